//! One ES256 key pair.

use std::fmt;

use aws_lc_rs::{
    digest,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::{Value, json};

use super::KeyError;

/// The tag of a private key in a PEM file.
const TAG: &str = "PRIVATE KEY";
/// The first byte of a point that is written with both coordinates.
const UNCOMPRESSED: u8 = 4;

/// A key pair that signs access tokens.
pub struct SigningKey {
    kid: String,
    x: String,
    y: String,
    private: EncodingKey,
    public: DecodingKey,
}

impl SigningKey {
    /// A new key pair.
    pub fn generate() -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING);
        let pkcs8 = pair.and_then(|pair| pair.to_pkcs8v1()).map_err(|_| KeyError::Generate)?;
        Self::from_pkcs8(pkcs8.as_ref()).ok_or(KeyError::Generate)
    }

    /// The key pair of a PEM file in PKCS#8 form, unless it is none on the curve P-256.
    pub(super) fn from_pem(text: &str) -> Option<Self> {
        let pem = pem::parse(text).ok().filter(|pem| pem.tag() == TAG)?;
        Self::from_pkcs8(pem.contents())
    }

    /// The key pair as a PEM file in PKCS#8 form.
    pub(in crate::auth) fn to_pem(&self) -> String {
        pem::encode(&pem::Pem::new(TAG, self.private.as_bytes()))
    }

    fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).ok()?;
        let point = pair.public_key().as_ref();
        let (form, coordinates) = point.split_first()?;
        let (x, y) = coordinates.split_at_checked(32)?;
        if *form != UNCOMPRESSED || y.len() != 32 {
            return None;
        }
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        Some(Self {
            kid: thumbprint(&x, &y),
            x,
            y,
            private: EncodingKey::from_ec_der(der),
            public: DecodingKey::from_ec_der(point),
        })
    }

    /// The id of the key: its RFC 7638 thumbprint, so that it never needs to be agreed upon.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    pub(super) fn public(&self) -> &DecodingKey {
        &self.public
    }

    pub(in crate::auth) fn private(&self) -> &EncodingKey {
        &self.private
    }

    pub(super) fn jwk(&self) -> Value {
        json!({
            "kty": "EC",
            "crv": "P-256",
            "x": self.x,
            "y": self.y,
            "kid": self.kid,
            "use": "sig",
            "alg": "ES256",
        })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.kid)
    }
}

/// The members that RFC 7638 names, in its order, without a space.
fn thumbprint(x: &str, y: &str) -> String {
    let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, members.as_bytes()))
}
