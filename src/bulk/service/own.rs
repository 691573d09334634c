//! Whose files they are.

use entity::{
    id::JobId,
    job::{Entity, Model},
};

use crate::{
    app::App,
    auth::{Caller, Scope},
    error::{Error, Result},
    store::{Visible, any_of, visible},
};

/// A job of the caller's own, as it was committed last: operators see every job, and nobody else's
/// file.
pub(super) async fn job(app: &App, caller: &Caller, id: JobId) -> Result<Model> {
    caller.require(Scope::BulkManage)?;
    let reader = app.db.read_after(true);
    let of_id = any_of(reader.backend, <Entity as Visible>::id_column(), &[id.0]);
    let job = reader.all(visible::<Entity>(caller), of_id).await?.pop();
    let own = job.filter(|job| job.client_id == caller.client);
    own.ok_or(Error::NotFound(Entity::NOUN))
}
