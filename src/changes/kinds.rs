//! The tables whose changes the log tells: what reading them takes, and which rows a caller sees.

use std::collections::HashSet;

use entity::row::Columns;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::{
    auth::{Caller, Scope},
    error::Result,
    store::{Logged, Reader, any_of, visible},
};

type Seen = for<'x> fn(Reader<'x>, &'x Caller, Vec<Uuid>) -> BoxFuture<'x, Result<HashSet<Uuid>>>;

/// One kind of rows.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// The prefix of their global ids.
    pub prefix: &'static str,
    /// What reading them takes.
    pub scope: Scope,
    seen: Seen,
}

impl Kind {
    /// The kind of this prefix.
    #[must_use]
    pub fn of(prefix: &str) -> Option<&'static Self> {
        ALL.iter().find(|kind| kind.prefix == prefix)
    }

    /// Those of the rows that the caller may see now, in one statement.
    pub async fn seen(
        &self,
        reader: Reader<'_>,
        caller: &Caller,
        ids: Vec<Uuid>,
    ) -> Result<HashSet<Uuid>> {
        (self.seen)(reader, caller, ids).await
    }
}

async fn seen<E: Logged>(
    reader: Reader<'_>,
    caller: &Caller,
    ids: Vec<Uuid>,
) -> Result<HashSet<Uuid>> {
    let among = any_of(reader.backend, E::id_column(), &ids);
    let rows = reader.some(visible::<E>(caller), among, Columns::NONE).await?;
    Ok(rows.iter().map(E::id).collect())
}

macro_rules! kinds {
    ($($table:ident needs $scope:ident;)+) => {
        /// Every kind.
        pub static ALL: &[Kind] = &[$(Kind {
            prefix: <entity::$table::Entity as Logged>::KIND,
            scope: Scope::$scope,
            seen: |reader, caller, ids| Box::pin(seen::<entity::$table::Entity>(reader, caller, ids)),
        }),+];
    };
}

kinds! {
    district needs RosterRead;
    school needs RosterRead;
    academic_session needs RosterRead;
    student needs StudentsRead;
    guardian needs GuardiansRead;
    guardianship needs GuardiansRead;
    staff needs RosterRead;
    course needs RosterRead;
    class needs RosterRead;
    enrollment needs EnrollmentsRead;
    partner needs PartnersRead;
    partner_site needs PartnersRead;
    partner_contact needs PartnersRead;
    affiliation_agreement needs PartnersRead;
    opportunity needs PartnersRead;
    placement needs PlacementsRead;
    placement_preference needs PlacementsRead;
    match_run needs PlacementsRead;
    time_entry needs HoursRead;
    webhook_endpoint needs WebhooksManage;
    job needs BulkManage;
    sandbox needs SandboxesManage;
    interest_assessment needs InterestsRead;
    career_survey needs InterestsRead;
    career_survey_question needs InterestsRead;
    career_survey_response needs InterestsRead;
    career_exposure needs InterestsRead;
    career_goal needs InterestsRead;
    pathway needs PathwaysRead;
    pathway_course needs PathwaysRead;
    pathway_credential needs PathwaysRead;
    pathway_definition needs PathwaysRead;
    pathway_enrollment needs PathwaysRead;
}
