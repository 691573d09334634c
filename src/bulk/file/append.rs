//! Writing a file from its beginning to its end.

use entity::{
    bulk_chunk::{ActiveModel, Column, Entity},
    id::JobId,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
};

use super::{PIECE, Part, length};
use crate::error::{Error, Result};

/// Adds bytes that belong at this place of a file; tells how long the file is then.
///
/// What the file has already is not written again, so whoever does not know whether bytes arrived
/// sends them once more. Bytes behind its end would leave a hole: they are not written, and the
/// length says from where on they are missing. Of two who write the same file at once, one fails
/// with [`Error::LostRace`].
pub async fn append(
    connection: &impl ConnectionTrait,
    job: JobId,
    part: Part,
    starts_at: u64,
    bytes: &[u8],
) -> Result<u64> {
    let has = length(connection, job, part).await?;
    let Some(known) = has.checked_sub(starts_at) else { return Ok(has) };
    let known = usize::try_from(known).map_err(Error::internal)?;
    let mut end = has;
    for piece in bytes.get(known..).unwrap_or_default().chunks(PIECE) {
        let row = ActiveModel {
            job_id: Set(job),
            part: Set(part),
            starts_at: Set(i64::try_from(end).map_err(Error::internal)?),
            bytes: Set(piece.to_vec()),
        };
        Entity::insert(row).exec_without_returning(connection).await?;
        end += piece.len() as u64;
    }
    Ok(end)
}

/// Forgets a file, or what there is of it.
pub async fn forget(connection: &impl ConnectionTrait, job: JobId, part: Part) -> Result<()> {
    let file = Column::JobId.eq(job).and(Column::Part.eq(part));
    Entity::delete_many().filter(file).exec(connection).await?;
    Ok(())
}
