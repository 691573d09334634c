//! What everybody may know: occupations with their interest scores, career clusters, and how the
//! codes of one framework lead to those of another.
//!
//! **Releases.** Publishers release such data as a whole, under a name and a date, and so they are
//! loaded: whole or not at all, in one transaction. A release never changes. A newer one is loaded
//! beside the older ones, which stay for whatever was derived from them; the newest of a dataset is
//! the current one. The small compilation that the program brings along is older than anything
//! official, whenever it is loaded.
//!
//! **Occupations** keep their id over all releases that list their code, so that a student's goal
//! outlives a release. What a release says of them, title and scores, is an *edition*. Career
//! clusters exist in two frameworks, sixteen of 2002 and fourteen of 2024.
//!
//! **In memory.** A profile looks at every occupation at once. `service::catalogue` has a whole
//! release ready in memory: it is read once for each process and release, for it never changes, and
//! one small statement tells which is current, so that every replica notices a newer one.
//!
//! **Who sees it.** Reference data are public knowledge and belong to no tenant: any valid token
//! reads them, and none writes them, for they are loaded from the command line. They are not in the
//! log of changes; a release is told by its name in the answers that are drawn from it.
//!
//! The scores of an occupation are facts of the O*NET database, by the U.S. Department of Labor,
//! Employment and Training Administration, under CC BY 4.0. A student's own scores are another
//! matter: they never live here.

pub mod query;
pub mod rules;
pub mod service;
pub mod types;
