//! Occupations.

use async_graphql::registry::{MetaInputValue, Registry};
use entity::{
    id::{OccupationId, ReferenceReleaseId},
    occupation,
};
use sea_orm::ColumnTrait;

use super::{ReferenceRelease, interests, member, member::InClusterFilter};
use crate::{
    auth::Scope,
    error::Result,
    filter,
    graphql::{
        filter::{BooleanFilter, DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::{Arguments, Cx, Graph, Loaded, Parents, Picked, Query, declared},
    },
    object, order,
    store::visible,
    tracked,
};

filter! {
    pub OccupationWhere on occupation::Entity as occupation::Column {
        /// The global id.
        id: IdFilter => Id of OccupationId,
        /// The O*NET-SOC code, as `29-1141.00`; a whole group by `startsWith`, as `29-`.
        code: StringFilter => Code,
        /// What it is called.
        title: StringFilter => Title,
        /// A career cluster that it stands in, of either framework.
        cluster: InClusterFilter => Code,
        /// The newest release that lists it.
        release: IdFilter => ReleaseId of ReferenceReleaseId,
        /// Whether the newest release lists it.
        is_current: BooleanFilter => IsCurrent,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub OccupationOrder, OccupationOrderField on occupation::Entity as occupation::Column {
        /// By the code, so that related occupations stand together.
        Code,
        /// By the title.
        Title,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// An occupation of the O*NET-SOC taxonomy. It keeps its id over all releases that list its code.
    /// Codes, titles and scores are from the O*NET database by the U.S. Department of Labor,
    /// Employment and Training Administration (USDOL/ETA), used under CC BY 4.0; O*NET is a trademark
    /// of USDOL/ETA, which has not approved, endorsed or tested this use. Its descriptions are not
    /// kept here.
    pub Occupation(occupation::Entity) is OccupationId, needs Scope::Any, by OccupationWhere, OccupationOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let occupation = graph.node::<Occupation>();
    occupation.column("id", |row| Key(row.id), "The global id.");
    occupation.column("code", |row| row.code.clone(), "The O*NET-SOC code, as `29-1141.00`.");
    occupation.column("title", |row| row.title.clone(), "What it is called.");
    occupation.column(
        "jobZone",
        |row| row.job_zone,
        "How much preparation it takes, from 1 (little) to 5 (extensive); null where the release \
         does not tell.",
    );
    occupation.column(
        "isCurrent",
        |row| row.is_current,
        "Whether the newest release that is loaded lists it; older ones stay for what refers to them.",
    );
    occupation.belongs_to::<ReferenceRelease>(
        "release",
        |row| Some(row.release_id.into()),
        "The newest release that lists it, which title and job zone are of.",
    );
    interests::declare_edge(occupation);
    member::declare_edge(occupation);
    tracked!(occupation);
    graph
        .query()
        .one::<Occupation, OfCode>(
            "occupationByCode",
            |parents, of| Box::pin(load(parents, of.0)),
            "An occupation by its O*NET-SOC code; null when no release lists it.",
        )
        .needs(Scope::Any);
}

/// The code that was asked for.
struct OfCode(String);

impl Arguments for OfCode {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<String>(registry, "code", "The O*NET-SOC code, as `29-1141.00`.")]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument(cx, "code").map(Self)
    }
}

async fn load(
    parents: &Parents<'_, Query>,
    code: String,
) -> Result<Loaded<occupation::Model, Option<usize>>> {
    let select = visible::<occupation::Entity>(parents.cx.caller()?);
    let with_code = occupation::Column::Code.eq(code);
    let rows = parents.cx.reader()?.all(select, with_code).await?;
    Ok(Loaded::each(vec![rows.into_iter().next()]))
}
