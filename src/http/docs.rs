//! A page for each code of an error: what it means, what to do, whether trying again helps.
//!
//! Every error names its page in `docUrl`, so the address in an integration's log leads straight
//! to the answer. The pages lie in the binary: they are always those of the version that runs.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::{Embed, EmbeddedFile};

#[derive(Embed)]
#[folder = "docs/errors/"]
struct ErrorPages;

#[derive(Embed)]
#[folder = "docs/user-errors/"]
struct UserErrorPages;

/// The pages of the codes, under `/docs/errors` and `/docs/user-errors`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/docs/errors/{code}", get(error))
        .route("/docs/user-errors/{code}", get(user_error))
}

async fn error(Path(code): Path<String>) -> Response {
    answer(ErrorPages::get(&file_name(&code)))
}

async fn user_error(Path(code): Path<String>) -> Response {
    answer(UserErrorPages::get(&file_name(&code)))
}

fn file_name(code: &str) -> String {
    format!("{code}.md")
}

fn answer(page: Option<EmbeddedFile>) -> Response {
    const TEXT: [(header::HeaderName, &str); 1] =
        [(header::CONTENT_TYPE, "text/markdown; charset=utf-8")];
    match page {
        Some(page) => (TEXT, page.data).into_response(),
        None => (StatusCode::NOT_FOUND, TEXT, "There is no such code.\n").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::{
        body::Body,
        http::{Request, StatusCode, header},
    };
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    async fn get(path: &str) -> (StatusCode, String, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = super::routes::<()>().oneshot(request).await.unwrap();
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, kind, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn each_code_has_its_page() {
        for path in ["/docs/errors/CURSOR_MISMATCH", "/docs/user-errors/VERSION_CONFLICT"] {
            let (status, kind, text) = get(path).await;
            assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/markdown; charset=utf-8"));
            let code = path.rsplit('/').next().unwrap();
            assert!(text.starts_with(&format!("# {code}\n")), "{path}: {text}");
        }
    }

    #[tokio::test]
    async fn an_unknown_code_has_none() {
        for path in ["/docs/errors/NO_SUCH", "/docs/user-errors/..%2Ferrors%2FINTERNAL"] {
            assert_eq!(get(path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
