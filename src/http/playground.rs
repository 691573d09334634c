//! The playground: the API's own query editor, served whole from the binary.
//!
//! The files were made by `build.rs`: GraphiQL with its editor and workers, or a plain query page
//! where there was no Node. A page that holds a client secret must not be able to send it anywhere
//! else, so every answer carries a policy that allows this origin and nothing more.

use std::fmt::Write as _;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::EmbeddedFile;

/// What a page of the playground may load, and from where.
///
/// Relaxed in two places only: Monaco writes its theme and its line positions as inline styles,
/// and GraphiQL's style sheet carries Monaco's icon font and a few pictures as `data:` addresses.
/// Scripts and workers are files of this origin; `eval` and inline scripts are refused.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
     connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

const INDEX: &str = "index.html";

/// Names under this folder carry a hash of their content, so they never change.
const HASHED: &str = "assets/";

#[derive(rust_embed::Embed)]
#[folder = "$OUT_DIR/playground"]
struct Files;

/// The playground's page and its files, under `/playground`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/playground", get(index))
        .route("/playground/", get(index))
        .route("/playground/{*path}", get(file))
}

async fn index(headers: HeaderMap) -> Response {
    answer(INDEX, &headers)
}

async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    answer(&path, &headers)
}

fn answer(path: &str, request: &HeaderMap) -> Response {
    let response = match Files::get(path) {
        None => (StatusCode::NOT_FOUND, "The playground has no such file.\n").into_response(),
        Some(file) => {
            let tag = entity_tag(&file);
            if knows(request, &tag) {
                with_caching(path, &tag, StatusCode::NOT_MODIFIED.into_response())
            } else {
                with_caching(path, &tag, content(file))
            }
        }
    };
    guarded(response)
}

fn content(file: EmbeddedFile) -> Response {
    let mut kind = file.metadata.mimetype().to_owned();
    if kind.starts_with("text/") {
        kind.push_str("; charset=utf-8");
    }
    let body = match file.data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    };
    ([(header::CONTENT_TYPE, kind)], Body::from(body)).into_response()
}

/// Weak, because a compressing layer may change the bytes but not what they say.
fn entity_tag(file: &EmbeddedFile) -> String {
    let mut tag = String::from("W/\"");
    for byte in &file.metadata.sha256_hash()[..16] {
        // Writing to a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn knows(request: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == "*" || opaque(known) == opaque(tag))
}

fn with_caching(path: &str, tag: &str, mut response: Response) -> Response {
    let lifetime =
        if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lifetime));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// On every answer, workers included: a worker obeys the policy of its own file.
fn guarded(mut response: Response) -> Response {
    const GUARDS: [(HeaderName, &str); 3] = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in GUARDS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str, if_none_match: Option<&str>) -> Response {
        let mut request = Request::get(path);
        if let Some(tag) = if_none_match {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        routes::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    fn header_of(response: &Response, name: HeaderName) -> &str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    async fn text_of(response: Response) -> String {
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// The addresses a page loads: values of `src` and of the `href` of links.
    fn loaded_by(page: &str) -> Vec<&str> {
        page.split(['<', '>'])
            .filter(|tag| tag.starts_with("script") || tag.starts_with("link"))
            .flat_map(|tag| [" src=\"", " href=\""].map(|name| tag.split_once(name)))
            .flatten()
            .filter_map(|(_, rest)| rest.split('"').next())
            .collect()
    }

    #[tokio::test]
    async fn the_page_carries_its_policy() {
        for path in ["/playground", "/playground/"] {
            let response = ask(path, None).await;
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(header_of(&response, header::CONTENT_TYPE), "text/html; charset=utf-8");
            assert_eq!(header_of(&response, header::CACHE_CONTROL), "no-cache");
            assert_eq!(header_of(&response, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
            assert_eq!(header_of(&response, header::REFERRER_POLICY), "no-referrer");
            let policy = header_of(&response, header::CONTENT_SECURITY_POLICY);
            let script = policy.split("; ").find(|rule| rule.starts_with("script-src"));
            assert_eq!(script, Some("script-src 'self'"));
            assert!(policy.starts_with("default-src 'none'; "));
            assert!(text_of(response).await.contains("<title>Pathbridge playground</title>"));
        }
    }

    #[tokio::test]
    async fn the_page_loads_only_files_that_are_here() {
        let page = text_of(ask("/playground", None).await).await;
        assert!(!page.contains("http://") && !page.contains("https://"), "{page}");
        let loaded = loaded_by(&page);
        assert!(
            loaded.iter().any(|path| std::path::Path::new(path).extension() == Some("js".as_ref()))
        );
        for path in loaded {
            let response = ask(path, None).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let cached = header_of(&response, header::CACHE_CONTROL).contains("immutable");
            assert_eq!(cached, path.starts_with("/playground/assets/"), "{path}");
        }
    }

    #[tokio::test]
    async fn a_known_file_is_not_sent_again() {
        let tag = header_of(&ask("/playground", None).await, header::ETAG).to_owned();
        for known in [tag.as_str(), "*", &format!("\"other\", {}", &tag[2..])] {
            let response = ask("/playground", Some(known)).await;
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert_eq!(header_of(&response, header::ETAG), tag);
            assert_eq!(text_of(response).await, "");
        }
        assert_eq!(ask("/playground", Some("\"other\"")).await.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn what_is_not_in_the_bundle_is_not_found() {
        for path in ["/playground/nothing.js", "/playground/../Cargo.toml", "/playground/%2e%2e/x"]
        {
            let response = ask(path, None).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            assert_ne!(header_of(&response, header::CONTENT_SECURITY_POLICY), "", "{path}");
        }
    }

    #[tokio::test]
    async fn scripts_are_named_as_scripts() {
        for path in Files::iter().filter(|path| path.ends_with(".js")) {
            let response = ask(&format!("/playground/{path}"), None).await;
            let kind = header_of(&response, header::CONTENT_TYPE);
            assert_eq!(kind, "text/javascript; charset=utf-8", "{path}");
        }
    }
}
