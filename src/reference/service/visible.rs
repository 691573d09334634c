//! Who may see reference data: everybody who has a token.

use entity::{
    career_cluster, cip_program, cip_soc, occupation, occupation_cluster, occupation_edition,
    reference_release, soc_occupation,
};
use sea_orm::Condition;
use uuid::Uuid;

use crate::{auth::Caller, store::Visible};

/// Tables of public knowledge, each with the column by which its rows are told apart.
macro_rules! public {
    ($($table:ident called $noun:literal, by $key:ident as $column:ident;)+) => {$(
        impl Visible for $table::Entity {
            const NOUN: &'static str = $noun;

            fn visible(_: &Caller) -> Condition {
                Condition::all()
            }

            fn id(row: &Self::Model) -> Uuid {
                row.$key.into()
            }

            fn id_column() -> Self::Column {
                $table::Column::$column
            }
        }
    )+};
}

public! {
    reference_release called "release of reference data", by id as Id;
    occupation called "occupation", by id as Id;
    occupation_edition called "edition of an occupation", by occupation_id as OccupationId;
    career_cluster called "career cluster", by id as Id;
    occupation_cluster called "occupation of a cluster", by cluster_id as ClusterId;
    cip_program called "programme of study", by release_id as ReleaseId;
    soc_occupation called "SOC occupation", by release_id as ReleaseId;
    cip_soc called "way from a programme to an occupation", by release_id as ReleaseId;
}
