//! The HTTP client of webhooks: it goes where the guard lets it, follows nobody elsewhere, and
//! listens no longer than it must.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use entity::webhook_delivery::DeliveryError;
use reqwest::{
    Client, Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect,
};

use crate::webhooks::{
    service::outcome::Attempt,
    target::{self, Guard, Inside, Reach},
};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);
/// Of an answer we read no more than this.
const LONGEST_ANSWER: usize = 64 * 1024;
/// Of an answer we keep no more than this.
const LONGEST_EXCERPT: usize = 2 * 1024;

/// Something to be posted.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// Where to.
    pub url: &'a str,
    /// The same however often it is posted.
    pub id: &'a str,
    /// When this attempt was signed.
    pub timestamp: i64,
    /// The signatures, separated by spaces.
    pub signature: String,
    /// What is signed.
    pub body: &'a str,
}

/// The client; its copies share everything.
#[derive(Debug, Clone)]
pub struct Post {
    client: Client,
    reach: Reach,
}

impl Post {
    /// A client behind a guard that waits for each answer as long as its patience lasts.
    pub fn new(guard: Guard, patience: Duration) -> reqwest::Result<Self> {
        let reach = guard.reach();
        let client = Client::builder()
            .dns_resolver(guard)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .user_agent(concat!("Pathbridge-Webhooks/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT.min(patience))
            .timeout(patience)
            // A connection that is kept would outlive the look-up that was checked.
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self { client, reach })
    }

    /// Makes one attempt.
    pub async fn send(&self, now: DateTime<Utc>, letter: Letter<'_>) -> Attempt {
        let begun = Instant::now();
        let mut attempt = self.answer(now, letter).await;
        attempt.latency = begun.elapsed();
        attempt
    }

    async fn answer(&self, now: DateTime<Utc>, letter: Letter<'_>) -> Attempt {
        let Ok(url) = target::check(letter.url, self.reach) else {
            return failed(DeliveryError::RefusedAddress);
        };
        let request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", letter.id)
            .header("webhook-timestamp", letter.timestamp)
            .header("webhook-signature", letter.signature)
            .body(letter.body.to_owned());
        match request.send().await {
            Ok(response) => read(now, response).await,
            Err(error) => failed(class(&error)),
        }
    }
}

fn failed(error: DeliveryError) -> Attempt {
    Attempt { error: Some(error), ..Attempt::default() }
}

/// Why there was no answer.
fn class(error: &reqwest::Error) -> DeliveryError {
    if Inside::caused(error) {
        DeliveryError::RefusedAddress
    } else if error.is_timeout() {
        DeliveryError::Timeout
    } else if error.is_connect() {
        DeliveryError::Unreachable
    } else {
        DeliveryError::Broken
    }
}

async fn read(now: DateTime<Utc>, mut response: Response) -> Attempt {
    let status = response.status();
    let error = match status {
        status if status.is_success() => None,
        status if status.is_redirection() => Some(DeliveryError::Redirect),
        _ => Some(DeliveryError::Status),
    };
    let retry_after = retry_after(now, &response);
    let mut bytes = Vec::new();
    // The status counts, also where the rest of the answer never comes.
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() >= LONGEST_ANSWER {
            break;
        }
    }
    let answer = (!bytes.is_empty()).then(|| excerpt(&bytes));
    Attempt { status: Some(status.as_u16()), error, answer, retry_after, ..Attempt::default() }
}

/// For how long a receiver that is overwhelmed wants to be left alone.
fn retry_after(now: DateTime<Utc>, response: &Response) -> Option<TimeDelta> {
    let busy = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::GATEWAY_TIMEOUT,
    ];
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    busy.contains(&response.status()).then(|| pause(now, text)).flatten()
}

/// A number of seconds, or a date of HTTP.
fn pause(now: DateTime<Utc>, text: &str) -> Option<TimeDelta> {
    match text.trim().parse() {
        Ok(seconds) => TimeDelta::try_seconds(seconds),
        Err(_) => Some(DateTime::parse_from_rfc2822(text.trim()).ok()?.to_utc() - now),
    }
}

/// The beginning of an answer as text that both databases keep.
fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_EXCERPT)]);
    let mut kept = text.replace('\0', "\u{fffd}");
    kept.truncate(kept.floor_char_boundary(LONGEST_EXCERPT));
    kept
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::{excerpt, pause};

    #[test]
    fn a_pause_is_given_in_seconds_or_as_a_date() {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        assert_eq!(pause(now, "120"), Some(TimeDelta::seconds(120)));
        assert_eq!(pause(now, " 7 "), Some(TimeDelta::seconds(7)));
        let date = "Sun, 22 Nov 2026 12:05:00 GMT";
        assert_eq!(pause(now, date), Some(TimeDelta::minutes(5)));
        assert_eq!(pause(now, "soon"), None);
        assert_eq!(pause(DateTime::UNIX_EPOCH, "99999999999999999999"), None);
    }

    #[test]
    fn an_excerpt_is_short_text_without_nul() {
        assert_eq!(excerpt(b"ok"), "ok");
        assert_eq!(excerpt(b"a\0b\xff"), "a\u{fffd}b\u{fffd}");
        let long = excerpt(&vec![0xff; 100_000]);
        assert!(long.len() <= 2048 && long.chars().all(|letter| letter == '\u{fffd}'));
    }
}
