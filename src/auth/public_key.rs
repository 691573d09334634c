//! The public half of a key pair that a client signs its assertions with.

use aws_lc_rs::{
    rsa::PublicEncryptingKey,
    signature::{ECDSA_P256_SHA256_FIXED, ED25519, ParsedPublicKey},
};
use jsonwebtoken::{Algorithm, DecodingKey};

/// A key with the one algorithm it is good for.
pub(super) struct PublicKey {
    pub algorithm: Algorithm,
    pub key: DecodingKey,
}

/// The algorithms of client keys, as the metadata names them.
pub const ASSERTION_ALGORITHMS: [&str; 3] = ["ES256", "RS256", "EdDSA"];

const EXPECTED: &str = "a public key in PEM form is expected (-----BEGIN PUBLIC KEY-----): P-256, \
                        Ed25519, or RSA of 2048 to 8192 bits";
const PRIVATE: &str = "this is a private key; keep it to yourself and send the public half \
                       (-----BEGIN PUBLIC KEY-----)";

impl PublicKey {
    /// Reads a PEM file; the error says what is expected.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let pem = pem::parse(text).map_err(|_| EXPECTED)?;
        if pem.tag().contains("PRIVATE") {
            return Err(PRIVATE);
        }
        if pem.tag() != "PUBLIC KEY" {
            return Err(EXPECTED);
        }
        let der = pem.contents();
        let (algorithm, key) = if ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, der).is_ok() {
            (Algorithm::ES256, DecodingKey::from_ec_pem(text.as_bytes()))
        } else if ParsedPublicKey::new(&ED25519, der).is_ok() {
            (Algorithm::EdDSA, DecodingKey::from_ed_pem(text.as_bytes()))
        } else if PublicEncryptingKey::from_der(der)
            .is_ok_and(|key| (2048..=8192).contains(&key.key_size_bits()))
        {
            (Algorithm::RS256, DecodingKey::from_rsa_pem(text.as_bytes()))
        } else {
            return Err(EXPECTED);
        };
        Ok(Self { algorithm, key: key.map_err(|_| EXPECTED)? })
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::{
        encoding::{AsDer, PublicKeyX509Der},
        rsa::KeySize,
        signature::{
            ECDSA_P256K1_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
            Ed25519KeyPair, KeyPair, RsaKeyPair,
        },
    };

    use super::*;
    use crate::auth::SigningKey;

    fn pem_of(key: &impl AsDer<PublicKeyX509Der<'static>>) -> String {
        pem::encode(&pem::Pem::new("PUBLIC KEY", key.as_der().unwrap().as_ref()))
    }

    #[test]
    fn each_kind_of_key_brings_its_algorithm() {
        let rsa = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let rsa = PublicKey::parse(&pem_of(rsa.public_key())).unwrap();
        assert_eq!(rsa.algorithm, Algorithm::RS256);
        let ed25519 = Ed25519KeyPair::generate().unwrap();
        let ed25519 = PublicKey::parse(&pem_of(ed25519.public_key())).unwrap();
        assert_eq!(ed25519.algorithm, Algorithm::EdDSA);
    }

    #[test]
    fn other_curves_and_private_keys_are_refused() {
        for curve in [&ECDSA_P384_SHA384_FIXED_SIGNING, &ECDSA_P256K1_SHA256_FIXED_SIGNING] {
            let pair = EcdsaKeyPair::generate(curve).unwrap();
            assert_eq!(PublicKey::parse(&pem_of(pair.public_key())).err(), Some(EXPECTED));
        }
        let private = SigningKey::generate().unwrap().to_pem();
        assert_eq!(PublicKey::parse(&private).err(), Some(PRIVATE));
        assert_eq!(PublicKey::parse("ssh-ed25519 AAAA").err(), Some(EXPECTED));
    }
}
