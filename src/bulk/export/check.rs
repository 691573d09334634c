//! What is known of an export before it is begun.

use crate::{
    auth::Caller,
    bulk::service::request::{Export, Format},
    error::{Problem, ProblemCode, Result},
    graphql::Api,
};

/// Refuses what could not be exported, as far as that is known beforehand; tells the lists.
pub async fn check(api: &Api, caller: &Caller, wanted: &Export) -> Result<Vec<String>> {
    let export = api.export(&wanted.query, wanted.variables.clone(), caller).await?;
    let lists: Vec<_> = export.lists().iter().map(|list| list.key.clone()).collect();
    if wanted.format == Format::Csv && lists.len() > 1 {
        let message = format!(
            "a file of CSV has one header and so one list, here are {}: export them one by one, \
             or as NDJSON",
            lists.len()
        );
        return Err(Problem::field(ProblemCode::InvalidFormat, "format", message).into());
    }
    Ok(lists)
}
