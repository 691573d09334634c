//! The two mutations that every synchronised type has: `…BulkUpsert` and `…Update`.
//!
//! A type says how its [`Input`] becomes a draft and declares both mutations with
//! [`synced_mutations!`](crate::synced_mutations); arguments, payloads and outcomes are then the
//! same for all.

use async_graphql::{Context, ID};
use entity::id::{DistrictId, TypedId};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait};

use super::{
    bulk::{ErrorPolicy, check_size},
    input::{actors, district, id_of},
    scalars::Long,
};
use crate::{
    error::{Problem, Result},
    store::{self, RowKey, RowOutcome, Synced, Wanted},
};

/// An input that says how a row of a district should be.
pub trait Input: Send {
    /// What the store takes.
    type Draft;

    /// The draft for this district, or everything that is wrong with the input's form.
    fn draft(self, district: DistrictId) -> Read<Self::Draft>;
}

/// What reading an input comes to: what it says, or everything that is wrong with its form.
pub type Read<D> = Result<D, Vec<Problem>>;

/// Which one row to change, and for whom.
#[derive(Debug)]
pub struct Named {
    /// The global id.
    pub id: ID,
    /// The version that the client has seen.
    pub expected_version: Option<Long>,
    /// The district that a platform client names.
    pub district: Option<ID>,
}

/// Writes the rows of a batch; `wanted` reads one of them for the district.
pub async fn bulk_upsert<E: Synced, R>(
    ctx: &Context<'_>,
    input: Vec<R>,
    policy: ErrorPolicy,
    named: Option<ID>,
    wanted: fn(R, DistrictId) -> Read<Wanted<E::Draft>>,
) -> Result<Vec<RowOutcome<E::Model>>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    check_size(input.len())?;
    let (app, caller) = actors(ctx)?;
    let district = district(caller, named.as_ref())?;
    let rows = input.into_iter().map(|row| wanted(row, district)).collect();
    store::upsert_rows::<E>(app, caller, district.into(), rows, policy.into()).await
}

/// Changes one row that is there already.
pub async fn update<E: Synced, I: TypedId>(
    ctx: &Context<'_>,
    named: Named,
    input: impl Input<Draft = E::Draft>,
) -> Result<Result<E::Model>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let (app, caller) = actors(ctx)?;
    let district = district(caller, named.district.as_ref())?;
    let key = RowKey::Id(id_of::<I>("id", &named.id)?.into());
    let expected = named.expected_version.map(|version| version.0);
    let draft = input.draft(district);
    Ok(store::update_row::<E>(app, caller, district.into(), key, expected, draft).await)
}

/// Declares both mutations of a type, with their inputs and payloads.
///
/// ```ignore
/// synced_mutations! {
///     /// Mutations of schools.
///     SchoolMutation of school: School, rows school::Entity, ids SchoolId,
///     reading SchoolInput, needs Scope::RosterWrite {
///         /// Creates and updates schools by your own system's keys.
///         school_bulk_upsert(SchoolUpsertInput) -> SchoolBulkUpsertPayload, SchoolUpsertResult;
///         /// Changes one school.
///         school_update -> SchoolUpdatePayload;
///     }
/// }
/// ```
#[macro_export]
macro_rules! synced_mutations {
    (
        $(#[doc = $doc:literal])+
        $mutation:ident of $field:ident: $type:ty, rows $entity:ty, ids $id:ty,
        reading $input:ident, needs $scope:path {
            $(#[doc = $bulk_doc:literal])+
            $bulk:ident($row:ident) -> $bulk_payload:ident, $result:ident;
            $(#[doc = $update_doc:literal])+
            $update:ident -> $payload:ident;
        }
    ) => {
        $crate::upsert_input!($row { $field: $input });
        $crate::bulk_payload!($bulk_payload, $result { $field: $type });
        $crate::payload! {
            /// The object after the update.
            $payload { $field: $type }
        }

        $(#[doc = $doc])+
        #[derive(Debug, Default)]
        pub struct $mutation;

        #[async_graphql::Object]
        impl $mutation {
            $(#[doc = $bulk_doc])+
            #[graphql(directive = $crate::graphql::scope::scope::apply($scope.name().to_owned()))]
            async fn $bulk(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "At most 250 rows.")] input: Vec<$row>,
                #[graphql(
                    desc = "What to do when some rows are refused.",
                    default_with = "crate::graphql::bulk::ErrorPolicy::RejectAll"
                )]
                error_policy: $crate::graphql::bulk::ErrorPolicy,
                #[graphql(desc = "The district; needed from a platform client only.")]
                district_id: Option<async_graphql::ID>,
            ) -> $crate::error::Result<$bulk_payload> {
                let outcomes = $crate::graphql::synced::bulk_upsert::<$entity, _>(
                    ctx,
                    input,
                    error_policy,
                    district_id,
                    |row: $row, district| {
                        let prefix = <$entity as $crate::store::Synced>::KIND;
                        row.wanted(prefix, |input| {
                            $crate::graphql::synced::Input::draft(input, district)
                        })
                    },
                );
                Ok($bulk_payload::of(outcomes.await?))
            }

            $(#[doc = $update_doc])+
            #[graphql(directive = $crate::graphql::scope::scope::apply($scope.name().to_owned()))]
            async fn $update(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Which object.")] id: async_graphql::ID,
                #[graphql(desc = "The version you have seen; a stale one is refused.")]
                expected_version: Option<$crate::graphql::scalars::Long>,
                #[graphql(desc = "What is absent is kept; null clears.")] input: $input,
                #[graphql(desc = "The district; needed from a platform client only.")]
                district_id: Option<async_graphql::ID>,
            ) -> $crate::error::Result<$payload> {
                let named =
                    $crate::graphql::synced::Named { id, expected_version, district: district_id };
                let row = $crate::graphql::synced::update::<$entity, $id>(ctx, named, input);
                $payload::of(row.await?)
            }
        }
    };
}
