//! Media types: what the client accepts, and what it sends.

use axum::http::{HeaderMap, StatusCode, header};

use super::failure::Failure;
use crate::error::Code;

/// A media type of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Media {
    /// `application/graphql-response+json`: the status tells how the request fared.
    GraphqlResponse,
    /// `application/json`: for clients from before the specification.
    Json,
}

impl Media {
    /// The value of `Content-Type`.
    pub(in crate::http) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::Json => "application/json",
        }
    }
}

/// Whether the client takes a stream of events; one that says nothing takes anything.
pub(in crate::http) fn accepts_events(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut ranges = lines.flat_map(|line| line.split(',')).map(split).peekable();
    let is_meant = |essence: &str| matches!(essence, "" | "text/event-stream" | "text/*" | "*/*");
    ranges.peek().is_none()
        || ranges.any(|(essence, parameters)| is_meant(&essence) && quality(&parameters) > 0)
}

/// How well a media type fits: its quality in thousandths, then how exactly it was named.
type Fit = (u16, u8);

const EXACT: u8 = 3;

/// The media type that fits `Accept` best; none if nothing fits.
pub(in crate::http) fn answer_media(headers: &HeaderMap) -> Option<Media> {
    let mut accepted = headers.get_all(header::ACCEPT).iter().peekable();
    if accepted.peek().is_none() {
        return Some(Media::Json);
    }
    let lines: Vec<&str> = accepted.filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<&str> = lines.iter().flat_map(|line| line.split(',')).collect();
    if ranges.iter().all(|range| range.trim().is_empty()) {
        return Some(Media::Json);
    }
    let json = fit(Media::Json, &ranges);
    let graphql = fit(Media::GraphqlResponse, &ranges);
    // Named alike, the newer type says more; taken alike as part of `*/*`, the older one is meant.
    let graphql_wins = graphql > json || (graphql == json && graphql.1 == EXACT);
    match if graphql_wins { (graphql, Media::GraphqlResponse) } else { (json, Media::Json) } {
        ((0, _), _) => None,
        (_, media) => Some(media),
    }
}

/// The most exact range that covers the media type decides its quality.
fn fit(media: Media, ranges: &[&str]) -> Fit {
    let fits = ranges.iter().filter_map(|range| {
        let (essence, parameters) = split(range);
        let exactness = match essence.as_str() {
            name if name == media.name() => EXACT,
            "application/*" => 2,
            "*/*" => 1,
            _ => return None,
        };
        Some((exactness, quality(&parameters)))
    });
    let (exactness, quality) = fits.max().unwrap_or_default();
    (quality, exactness)
}

fn quality(parameters: &[(String, String)]) -> u16 {
    let given = parameters.iter().find(|(name, _)| name == "q");
    let Some((_, given)) = given else { return 1000 };
    match given.parse::<f32>() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
        Ok(quality) if (0.0..=1.0).contains(&quality) => (quality * 1000.0) as u16,
        _ => 0,
    }
}

/// A media type in lower case and its parameters.
fn split(range: &str) -> (String, Vec<(String, String)>) {
    let mut parts = range.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let parameters = parts.filter_map(|part| part.split_once('=')).map(|(name, value)| {
        let value = value.trim().trim_matches('"').to_ascii_lowercase();
        (name.trim().to_ascii_lowercase(), value)
    });
    (essence, parameters.collect())
}

/// Refuses a body that is not declared as plain JSON in UTF-8. Forms and plain text are what a
/// page of another site can make a browser send without asking.
pub(in crate::http) fn check_content(headers: &HeaderMap) -> Result<(), Failure> {
    let refuse = |message: &str| {
        Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, message))
    };
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(only), None) = (types.next(), types.next()) else {
        return refuse("one Content-Type is expected: application/json");
    };
    let (essence, parameters) = split(only.to_str().unwrap_or_default());
    if essence != "application/json" {
        return refuse("the Content-Type must be application/json");
    }
    let charset = parameters.iter().find(|(name, _)| name == "charset");
    if charset.is_some_and(|(_, value)| value != "utf-8" && value != "utf8") {
        return refuse("the charset must be utf-8");
    }
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if !encoding.as_bytes().eq_ignore_ascii_case(b"identity") => {
            refuse("the body must not be encoded")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{Media, answer_media};

    fn media(accept: &[&'static str]) -> Option<Media> {
        let lines = accept.iter().map(|line| (header::ACCEPT, HeaderValue::from_static(line)));
        answer_media(&lines.collect::<HeaderMap>())
    }

    #[test]
    fn the_best_fit_wins() {
        let (graphql, json) = (Some(Media::GraphqlResponse), Some(Media::Json));
        let cases: [(&[&'static str], Option<Media>); 16] = [
            (&[], json),
            (&[""], json),
            (&["*/*"], json),
            (&["application/*"], json),
            (&["application/json"], json),
            (&["application/graphql-response+json"], graphql),
            (&["application/graphql-response+json, application/json;q=0.9"], graphql),
            (&["application/json, application/graphql-response+json"], graphql),
            (&["application/json", "application/graphql-response+json;q=0.5"], json),
            (&["application/graphql-response+json;q=0.5, */*;q=0.1"], graphql),
            (&["application/json;q=0, */*"], graphql),
            (&["APPLICATION/JSON; charset=UTF-8"], json),
            (&["text/html, application/xhtml+xml, */*;q=0.8"], json),
            (&["text/html"], None),
            (&["application/json;q=0"], None),
            (&["text/event-stream"], None),
        ];
        for (accept, expected) in cases {
            assert_eq!(media(accept), expected, "{accept:?}");
        }
    }
}
