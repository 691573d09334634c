//! What can be asked of the reference data: any valid token will do.

use super::types::{CareerCluster, Occupation, ReferenceRelease};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<Occupation>("occupation", "An occupation by its global id.");
    query.list::<Occupation>(
        "occupations",
        "Occupations of O*NET; those that the newest release no longer lists are among them, unless \
         you ask for `isCurrent: { eq: true }`.",
    );
    query.get::<CareerCluster>("careerCluster", "A career cluster by its global id.");
    query.list::<CareerCluster>(
        "careerClusters",
        "The career clusters of both frameworks; ask for one by `framework`.",
    );
    query.get::<ReferenceRelease>(
        "referenceRelease",
        "A release of reference data by its global id.",
    );
    query.list::<ReferenceRelease>(
        "referenceReleases",
        "The releases of reference data that are loaded, older ones included.",
    );
}
