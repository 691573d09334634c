//! Signing what is posted, as Standard Webhooks 1.0.0 says it: `v1`, HMAC-SHA256 over the id, the
//! time and the body; and sealing the secrets that sign.

use std::fmt;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use entity::id::WebhookEndpointId;

use crate::{
    auth::Keys,
    clock::Clock,
    error::{Error, Result},
};

/// What secrets begin with, as the standard asks.
const PREFIX: &str = "whsec_";
/// The standard allows 24 to 64.
const BYTES: usize = 32;
/// What the key that seals secrets is for; another purpose has another key.
const PURPOSE: &[u8] = b"pathbridge webhook secrets, 1";

/// A secret that the receiver shares with us.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A new one.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        let mut bytes = vec![0; BYTES];
        clock.fill(&mut bytes);
        Self(bytes)
    }

    /// The secret as receivers keep it: to be shown to its owner once and nowhere else.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    fn sign(&self, content: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        format!("v1,{}", STANDARD.encode(hmac::sign(&key, content.as_bytes())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

/// The header `webhook-signature`: one signature for each secret, separated by spaces.
#[must_use]
pub fn signatures(secrets: &[Secret], id: &str, timestamp: i64, body: &str) -> String {
    let content = format!("{id}.{timestamp}.{body}");
    let each: Vec<_> = secrets.iter().map(|secret| secret.sign(&content)).collect();
    each.join(" ")
}

/// What seals secrets on their way into the database: whoever has the database alone has none.
pub struct Vault(LessSafeKey);

impl Vault {
    /// The vault of a service with these keys.
    pub fn of(keys: &Keys) -> Result<Self> {
        let key = UnboundKey::new(&AES_256_GCM, &keys.derived(PURPOSE)).map_err(Error::internal)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals a secret for this endpoint and no other.
    pub fn seal(
        &self,
        clock: &Clock,
        endpoint: WebhookEndpointId,
        secret: &Secret,
    ) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        clock.fill(&mut nonce);
        let mut sealed = secret.0.clone();
        let of = Aad::from(*endpoint.0.as_bytes());
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), of, &mut sealed)
            .map_err(Error::internal)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// The secret of this endpoint; nothing when it was sealed by other keys.
    #[must_use]
    pub fn open(&self, endpoint: WebhookEndpointId, sealed: &[u8]) -> Option<Secret> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = sealed.to_vec();
        let of = Aad::from(*endpoint.0.as_bytes());
        Some(Secret(self.0.open_in_place(nonce, of, &mut bytes).ok()?.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use entity::id::WebhookEndpointId;
    use uuid::Uuid;

    use super::{Secret, Vault, signatures};
    use crate::{auth::Keys, clock::Clock};

    #[test]
    fn the_example_of_the_standard_is_signed_as_it_says() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signatures(
            &[Secret(secret)],
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_secrets_make_two_signatures_that_the_reference_verifies() {
        let clock = Clock::system();
        let secrets = [Secret::new(&clock), Secret::new(&clock)];
        let now = clock.now().timestamp();
        let signed = signatures(&secrets, "delivery_1", now, "{}");
        assert_eq!(signed.split(' ').count(), 2);
        let mut headers = axum::http::HeaderMap::new();
        headers.insert("webhook-id", "delivery_1".parse().unwrap());
        headers.insert("webhook-timestamp", now.to_string().parse().unwrap());
        headers.insert("webhook-signature", signed.parse().unwrap());
        for secret in &secrets {
            let receiver = standardwebhooks::Webhook::new(&secret.reveal()).unwrap();
            receiver.verify(b"{}", &headers).unwrap();
            assert!(receiver.verify(b"{ }", &headers).is_err());
        }
        let stranger = standardwebhooks::Webhook::new(&Secret::new(&clock).reveal()).unwrap();
        assert!(stranger.verify(b"{}", &headers).is_err());
    }

    #[test]
    fn a_sealed_secret_opens_for_its_endpoint_and_its_service_only() {
        let clock = Clock::system();
        let [vault, other] = [1, 2].map(|byte| Vault::of(&Keys::new(&[byte; 32])).unwrap());
        let [here, there] = [1, 2].map(|id| WebhookEndpointId(Uuid::from_u128(id)));
        let secret = Secret::new(&clock);
        let sealed = vault.seal(&clock, here, &secret).unwrap();
        assert!(!sealed.windows(8).any(|part| secret.0.starts_with(part)));
        assert_eq!(vault.open(here, &sealed), Some(secret));
        assert_eq!(vault.open(there, &sealed), None);
        assert_eq!(other.open(here, &sealed), None);
        assert_eq!(vault.open(here, &sealed[..10]), None);
    }
}
