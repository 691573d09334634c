//! How a client shows that it is the one it says it is.

use entity::{api_client::ApiClientState, id::ApiClientId};

use super::{
    Client, assertion,
    client::{self, Credential},
};
use crate::{
    app::App,
    error::{Error, Result},
    typeid,
};

/// What a client puts forward.
pub enum Proof {
    /// Its secret.
    Secret(String),
    /// A statement signed with its key (`private_key_jwt`).
    Assertion(String),
}

const REFUSED: Error = Error::Unauthenticated(
    "the client is unknown or revoked, or this is not what it proves itself with",
);

/// The client that proves to be this one.
///
/// Whether the client is unknown, revoked or fails its proof is not told apart.
pub async fn prove(app: &App, client_id: &str, proof: &Proof) -> Result<Client> {
    let named = typeid::decode::<ApiClientId>(client_id);
    // A text that is no id at all is nobody's: there is nothing to guess.
    if let Some(id) = named {
        app.memory.attempts.check(id, app.clock.now())?;
    }
    let proved = attempt(app, client_id, proof).await;
    if let (Some(id), Err(Error::Unauthenticated(_))) = (named, &proved) {
        app.memory.attempts.failed(id, app.clock.now());
    }
    let client = proved?;
    client::note_use(app, &client);
    Ok(client)
}

async fn attempt(app: &App, client_id: &str, proof: &Proof) -> Result<Client> {
    let found = client::find(app, client_id).await?;
    let active = found.filter(|client| client.state == ApiClientState::Active);
    match proof {
        Proof::Secret(secret) => {
            let stored = match active.as_ref().map(|client| &client.credential) {
                Some(Credential::Secret(hash)) => Some(hash.as_slice()),
                Some(Credential::Key(_)) | None => None,
            };
            let matches = client::secret_matches(stored, secret);
            active.filter(|_| matches).ok_or(REFUSED)
        }
        Proof::Assertion(assertion) => {
            let client = active.ok_or(REFUSED)?;
            let Credential::Key(pem) = &client.credential else { return Err(REFUSED) };
            assertion::check(app, &client, pem, assertion).await?;
            Ok(client)
        }
    }
}
