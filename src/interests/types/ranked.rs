//! Clusters and occupations that fit a profile.

use entity::id::{CareerClusterId, OccupationId};

use super::evidence::{InterestEvidence, Shown};
use crate::{
    auth::Class,
    graphql::{
        object::{Declaration, Graph, Loaded, Object},
        scalars::Decimal,
    },
    interests::{
        rules::fit::{Fit, hundredths},
        service::profile::Known,
    },
    reference::types::{CareerCluster, Occupation},
    value_object,
};

/// Something that fits, with its reasons.
#[derive(Debug, Clone)]
pub struct Ranked<K> {
    key: K,
    rank: usize,
    correlation: f64,
    reasons: Vec<Shown>,
}

impl<K> Ranked<K> {
    /// What stands at this rank of a profile, from 0.
    #[must_use]
    pub fn new(key: K, rank: usize, fit: &Fit, known: &Known) -> Self {
        let reasons = fit.reasons(&known.profile).into_iter();
        let shown = |(one, adds)| Shown::of(&known.profile, one, Some(adds));
        Self {
            key,
            rank: rank + 1,
            correlation: fit.correlation,
            reasons: reasons.map(shown).collect(),
        }
    }
}

value_object! {
    /// A career cluster that fits a profile. What it is compared with is the mean of the interest
    /// scores of its occupations.
    pub RankedCluster(Ranked<CareerClusterId>)
}

value_object! {
    /// An occupation that fits a profile.
    pub RankedOccupation(Ranked<OccupationId>)
}

pub(super) fn declare(graph: &mut Graph) {
    let cluster = graph.object::<RankedCluster>();
    declare_fit(cluster);
    cluster
        .belongs_to::<CareerCluster>("cluster", |row| Some(row.key.into()), "The cluster.")
        .pii(Class::Interest);
    let occupation = graph.object::<RankedOccupation>();
    declare_fit(occupation);
    occupation
        .belongs_to::<Occupation>("occupation", |row| Some(row.key.into()), "The occupation.")
        .pii(Class::Interest);
}

fn declare_fit<K, T: Object<Row = Ranked<K>>>(ranked: &mut Declaration<T>)
where
    K: Send + Sync + 'static,
{
    ranked
        .column("rank", |row| i32::try_from(row.rank).unwrap_or(i32::MAX), "Its place, from 1.")
        .pii(Class::Interest);
    ranked
        .column(
            "correlation",
            |row| Decimal { hundredths: hundredths(row.correlation) },
            "How alike the shapes of the six values are, from 0.00 to 1.00.",
        )
        .pii(Class::Interest);
    ranked
        .many::<InterestEvidence, ()>(
            "evidence",
            |parents, ()| {
                let lists = parents.rows.iter().map(|row| row.reasons.clone()).collect();
                Box::pin(async move { Ok(Loaded::lists(lists)) })
            },
            "The signals that put it there, the strongest first: at most five.",
        )
        .pii(Class::Interest);
}
