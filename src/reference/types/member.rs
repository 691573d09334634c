//! Occupations and the clusters that they stand in.

use std::collections::{HashMap, HashSet};

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{career_cluster, id::CareerClusterId, occupation, occupation_cluster};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{CareerCluster, Occupation};
use crate::{
    error::{Code, Error, Result},
    graphql::{
        filter::{Operators, among},
        object::{Declaration, Loaded, Parents},
    },
    reference::service::member,
    store::{Visible, any_of, visible},
    typeid,
};

/// Asks for what stands in a cluster.
#[derive(Debug, Clone, InputObject)]
pub struct InClusterFilter {
    /// Stands in this one.
    eq: MaybeUndefined<ID>,
    /// Stands in at least one of these; an empty list matches nothing.
    #[graphql(name = "in")]
    one_of: MaybeUndefined<Vec<ID>>,
}

impl Operators for InClusterFilter {
    /// The column is that of the code, by which clusters know their occupations.
    fn on<C: ColumnTrait>(self, column: C, name: &str) -> Result<Condition> {
        let key = |id: ID| -> Result<Uuid> {
            let key = typeid::decode::<CareerClusterId>(&id).ok_or_else(|| {
                let message = format!("`{name}`: an id as `cluster_…` is expected");
                Error::argument(Code::InvalidId, message)
            })?;
            Ok(key.into())
        };
        let one = self.eq.map_value(key).transpose()?;
        let keys = |ids: Vec<ID>| ids.into_iter().map(key).collect::<Result<Vec<_>>>();
        let list = self.one_of.map_value(keys).transpose()?;
        let fits = among(occupation_cluster::Column::ClusterId, name, one, list)?;
        // Without an operator nothing is asked.
        if fits.is_empty() {
            return Ok(fits);
        }
        Ok(Condition::all().add(column.in_subquery(member::codes_in(fits))))
    }
}

/// Adds the edge from an occupation to its clusters.
pub(super) fn declare_edge(occupation: &mut Declaration<Occupation>) {
    occupation
        .many::<CareerCluster, ()>(
            "clusters",
            |parents, ()| Box::pin(load(parents)),
            "The career clusters that it stands in, those of 2002 first. Of the clusters of 2024 only \
             those that follow without a choice: the newer framework has no single place for all of \
             the older clusters.",
        )
        .reads([occupation::Column::Code]);
}

/// In two statements: who stands where, and the clusters.
async fn load(
    parents: &Parents<'_, Occupation>,
) -> Result<Loaded<career_cluster::Model, Vec<usize>>> {
    let codes: HashSet<&str> = parents.rows.iter().map(|row| row.code.as_str()).collect();
    let mut codes: Vec<_> = codes.into_iter().collect();
    codes.sort_unstable();
    let (caller, reader) = (parents.cx.caller()?, parents.cx.reader()?);
    let members = member::of_codes(reader, caller, &codes).await?;
    let mut ids: Vec<Uuid> = members.iter().map(|one| one.cluster_id.into()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut rows = Vec::new();
    if !ids.is_empty() {
        let among = any_of(reader.backend, career_cluster::Entity::id_column(), &ids);
        rows = reader.all(visible::<career_cluster::Entity>(caller), among).await?;
    }
    rows.sort_by(|one, other| (one.framework, &one.code).cmp(&(other.framework, &other.code)));
    let at: HashMap<_, _> = rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
    let mut lists: HashMap<&str, Vec<usize>> = HashMap::new();
    for one in &members {
        lists.entry(&one.occupation_code).or_default().extend(at.get(&one.cluster_id));
    }
    for list in lists.values_mut() {
        list.sort_unstable();
    }
    let of = parents
        .rows
        .iter()
        .map(|row| Ok(lists.get(row.code.as_str()).cloned().unwrap_or_default()));
    Ok(Loaded { of: of.collect(), rows })
}
