//! Making one row that no other system has a key for.

use sea_orm::ActiveModelTrait;
use uuid::Uuid;

use super::{Synced, Write, settled};
use crate::{
    app::App,
    auth::Caller,
    error::{Error, Problem, Result},
};

/// Makes a row in a transaction of its own; what is wrong is told with paths below `input`.
pub async fn create_row<E: Synced>(
    app: &App,
    caller: &Caller,
    draft: Result<E::Draft, Vec<Problem>>,
) -> Result<E::Model>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let draft = draft.map_err(under_input)?;
    settled(|| async {
        let draft = draft.clone();
        let write = Write::begin(app, caller).await?;
        let row = create::<E>(&write, &draft).await?;
        write.commit_row(row).await
    })
    .await
}

/// Makes a row.
pub async fn create<E: Synced>(write: &Write<'_>, draft: &E::Draft) -> Result<E::Model>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let problems = E::check(write, &[(draft, None)]).await?.into_iter().flatten();
    let problems: Vec<_> = problems.collect();
    if !problems.is_empty() {
        return Err(under_input(problems));
    }
    let mut row = <E::ActiveModel as Default>::default();
    let id = Uuid::from(write.app.clock.id::<entity::id::ExternalIdId>());
    row.set(E::id_column(), id.into());
    E::assign(draft, &mut row);
    write.insert(row).await
}

fn under_input(problems: Vec<Problem>) -> Error {
    Error::Invalid(problems.into_iter().map(|problem| problem.under(&["input"])).collect())
}
