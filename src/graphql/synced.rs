//! The mutations that every synchronised type has: `…BulkUpsert`, `…Update`, and for some `…Create`.
//!
//! A type says how its [`Input`] becomes a draft and declares its mutations with
//! [`synced_mutations!`](crate::synced_mutations); arguments, payloads and outcomes are then the
//! same for all. What differs is their [`Home`]: rows of a district belong to it and go by its
//! keys, rows of the bank are shared and go by the keys of whoever writes.

mod by_file;

use async_graphql::{Context, ID};
use entity::id::{DistrictId, TypedId};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait};
use uuid::Uuid;

pub use by_file::{ByFile, Rows};

use super::{
    bulk::{ErrorPolicy, check_size},
    input::{actors, district, id_of},
    scalars::Long,
};
use crate::{
    auth::Caller,
    error::{Problem, Result},
    store::{self, RowKey, RowOutcome, Synced, Wanted},
};

/// For whom rows are written, and under whose keys.
pub trait Home: Copy + Send + Sync {
    /// What the caller is, or what it names when it is the platform.
    fn of(caller: &Caller, named: Option<&ID>) -> Result<Self>;

    /// The tenant whose keys name the rows of a batch.
    fn keys(&self) -> Result<Uuid>;
}

impl Home for DistrictId {
    fn of(caller: &Caller, named: Option<&ID>) -> Result<Self> {
        district(caller, named)
    }

    fn keys(&self) -> Result<Uuid> {
        Ok(self.0)
    }
}

/// An input that says how a row should be.
pub trait Input: Send {
    /// What the store takes.
    type Draft;
    /// Where the rows belong.
    type Home: Home;

    /// The draft for this home, or everything that is wrong with the input's form.
    fn draft(self, home: Self::Home) -> Read<Self::Draft>;
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
    pub home: Option<ID>,
}

/// Writes the rows of a batch; `wanted` reads one of them for its home.
pub async fn bulk_upsert<E: Synced, H: Home, R>(
    ctx: &Context<'_>,
    input: Vec<R>,
    policy: ErrorPolicy,
    named: Option<ID>,
    wanted: fn(R, H) -> Read<Wanted<E::Draft>>,
) -> Result<Vec<RowOutcome<E::Model>>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    check_size(input.len())?;
    let (app, caller) = actors(ctx)?;
    let home = H::of(caller, named.as_ref())?;
    let keys = home.keys()?;
    let rows = input.into_iter().map(|row| wanted(row, home)).collect();
    store::upsert_rows::<E>(app, caller, keys, rows, policy.into()).await
}

/// Changes one row that is there already.
pub async fn update<E: Synced, T: TypedId, I: Input<Draft = E::Draft>>(
    ctx: &Context<'_>,
    named: Named,
    input: I,
) -> Result<Result<E::Model>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let (app, caller) = actors(ctx)?;
    let home = I::Home::of(caller, named.home.as_ref())?;
    let key = RowKey::Id(id_of::<T>("id", &named.id)?.into());
    let expected = named.expected_version.map(|version| version.0);
    Ok(store::update_row::<E>(app, caller, key, expected, input.draft(home)).await)
}

/// Makes one row that no other system has a key for.
pub async fn create<E: Synced, I: Input<Draft = E::Draft>>(
    ctx: &Context<'_>,
    input: I,
) -> Result<Result<E::Model>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let (app, caller) = actors(ctx)?;
    let home = I::Home::of(caller, None)?;
    Ok(store::create_row::<E>(app, caller, input.draft(home)).await)
}

/// Lets the rows of a bulk mutation also come by file.
#[macro_export]
macro_rules! by_file {
    ($mutation:ident, $entity:ty, $input:ident, $row:ident, $scope:path) => {
        impl $mutation {
            /// The same rows by file.
            #[must_use]
            pub fn by_file() -> &'static dyn $crate::graphql::synced::ByFile {
                static BY_FILE: $crate::graphql::synced::Rows<
                    $entity,
                    <$input as $crate::graphql::synced::Input>::Home,
                    $row,
                > = $crate::graphql::synced::Rows::new(stringify!($row), $scope, $mutation::wanted);
                &BY_FILE
            }

            /// The row for the store, or everything that is wrong with its form.
            fn wanted(
                row: $row,
                home: <$input as $crate::graphql::synced::Input>::Home,
            ) -> $crate::graphql::synced::Read<
                $crate::store::Wanted<<$entity as $crate::store::Synced>::Draft>,
            > {
                let prefix = <$entity as $crate::store::Logged>::KIND;
                row.wanted(prefix, |input| $crate::graphql::synced::Input::draft(input, home))
            }
        }
    };
}

/// Declares the mutations of a type, with their inputs and payloads.
///
/// It begins with where the rows belong: `of a district`, which a platform client names in
/// `districtId`, or `of the bank`, where it names in `tenantId` whose keys it uses. A type of
/// which rows are also made one by one has a third line.
///
/// ```ignore
/// synced_mutations! { of the bank:
///     /// Mutations of partners.
///     PartnerMutation of partner: Partner, rows partner::Entity, ids PartnerId,
///     reading PartnerInput, needs Scope::PartnersWrite {
///         /// Creates and updates partners by your own system's keys.
///         partner_bulk_upsert(PartnerUpsertInput) -> PartnerBulkUpsertPayload, PartnerUpsertResult;
///         /// Changes one partner.
///         partner_update -> PartnerUpdatePayload;
///         /// Adds a partner to the bank.
///         partner_create -> PartnerCreatePayload;
///     }
/// }
/// ```
#[macro_export]
macro_rules! synced_mutations {
    (of a district: $($declaration:tt)+) => {
        $crate::synced_mutations! {
            @write [district_id "The district; needed from a platform client only."]
            [district_id "The district; needed from a platform client only."]
            $($declaration)+
        }
    };
    (of the bank: $($declaration:tt)+) => {
        $crate::synced_mutations! {
            @write [tenant_id "The district or partner whose keys are used; needed from a platform client only."]
            []
            $($declaration)+
        }
    };
    (
        @write [$home:ident $home_doc:tt] [$($update_home:ident $update_home_doc:tt)?]
        $(#[doc = $doc:literal])+
        $mutation:ident of $field:ident: $type:ty, rows $entity:ty, ids $id:ty,
        reading $input:ident, needs $scope:path {
            $(#[doc = $bulk_doc:literal])+
            $bulk:ident($row:ident) -> $bulk_payload:ident, $result:ident;
            $(#[doc = $update_doc:literal])+
            $update:ident -> $payload:ident;
            $(
                $(#[doc = $create_doc:literal])+
                $create:ident -> $create_payload:ident;
            )?
        }
    ) => {
        $crate::upsert_input!($row { $field: $input });
        $crate::bulk_payload!($bulk_payload, $result { $field: $type });
        $crate::payload! {
            /// The object after the update.
            $payload { $field: $type }
            $(
                /// The new object.
                $create_payload { $field: $type }
            )?
        }

        $(#[doc = $doc])+
        #[derive(Debug, Default)]
        pub struct $mutation;

        $crate::by_file!($mutation, $entity, $input, $row, $scope);

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
                #[graphql(desc = $home_doc)] $home: Option<async_graphql::ID>,
            ) -> $crate::error::Result<$bulk_payload> {
                let outcomes = $crate::graphql::synced::bulk_upsert::<$entity, _, _>(
                    ctx,
                    input,
                    error_policy,
                    $home,
                    Self::wanted,
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
                $(#[graphql(desc = $update_home_doc)] $update_home: Option<async_graphql::ID>,)?
            ) -> $crate::error::Result<$payload> {
                let home = None $(.or($update_home))?;
                let named = $crate::graphql::synced::Named { id, expected_version, home };
                let row = $crate::graphql::synced::update::<$entity, $id, _>(ctx, named, input);
                $payload::of(row.await?)
            }

            $(
                $(#[doc = $create_doc])+
                #[graphql(directive = $crate::graphql::scope::scope::apply($scope.name().to_owned()))]
                async fn $create(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "How it should be.")] input: $input,
                ) -> $crate::error::Result<$create_payload> {
                    let row = $crate::graphql::synced::create::<$entity, _>(ctx, input);
                    $create_payload::of(row.await?)
                }
            )?
        }
    };
}
