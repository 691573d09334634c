//! Where partners work, who meets students there, under which agreement and with what to offer.

use sea_orm_migration::schema::{
    big_integer_null, boolean, date, date_null, integer, integer_null, text, text_null, uuid,
    uuid_null,
};
use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::sea_query::{Expr, ExprTrait};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{drop_tables, index_nulls_first, indexes, refers, tracked};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        partner_site(manager).await?;
        partner_contact(manager).await?;
        affiliation_agreement(manager).await?;
        opportunity(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["opportunity", "affiliation_agreement", "partner_contact", "partner_site"];
        drop_tables(manager, &tables).await
    }
}

async fn partner_site(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("partner_id"),
        text("name"),
        text_null("street"),
        text_null("city"),
        text_null("region"),
        text_null("postal_code"),
        text("country"),
        text("status"),
    ];
    let table = tracked(manager, "partner_site", columns)
        .foreign_key(&mut refers("partner_site", "partner_id", "partner"))
        .take();
    manager.create_table(table).await?;
    let all: [&[&'static str]; 7] = [
        &["partner_id", "id"],
        &["partner_id", "name", "id"],
        &["partner_id", "updated_at", "id"],
        &["name", "id"],
        &["region", "city", "id"],
        &["city", "id"],
        &["updated_at", "id"],
    ];
    indexes(manager, "partner_site", &all).await
}

async fn partner_contact(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("partner_id"),
        uuid_null("site_id"),
        text("given_name"),
        text("family_name"),
        text_null("email"),
        text_null("phone"),
        text_null("title"),
        text("role"),
        text("status"),
    ];
    let table = tracked(manager, "partner_contact", columns)
        .foreign_key(&mut refers("partner_contact", "partner_id", "partner"))
        .foreign_key(&mut refers("partner_contact", "site_id", "partner_site"))
        .take();
    manager.create_table(table).await?;
    let all: [&[&'static str]; 7] = [
        &["partner_id", "id"],
        &["partner_id", "family_name", "id"],
        &["partner_id", "updated_at", "id"],
        &["site_id", "id"],
        &["family_name", "id"],
        &["role", "id"],
        &["updated_at", "id"],
    ];
    indexes(manager, "partner_contact", &all).await
}

async fn affiliation_agreement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        uuid("partner_id"),
        text("state"),
        date("starts_on"),
        date("ends_on"),
        date_null("wind_down_until"),
        integer_null("max_students"),
        big_integer_null("insurance_minor"),
        text_null("insurance_currency"),
        text_null("programs"),
        text_null("terms"),
    ];
    let table = tracked(manager, "affiliation_agreement", columns)
        .foreign_key(&mut refers("affiliation_agreement", "district_id", "district"))
        .foreign_key(&mut refers("affiliation_agreement", "partner_id", "partner"))
        .take();
    manager.create_table(table).await?;
    let all: [&[&'static str]; 13] = [
        &["district_id", "id"],
        &["district_id", "starts_on", "id"],
        &["district_id", "ends_on", "id"],
        &["district_id", "updated_at", "id"],
        &["partner_id", "id"],
        &["partner_id", "starts_on", "id"],
        &["partner_id", "ends_on", "id"],
        &["partner_id", "updated_at", "id"],
        &["partner_id", "district_id", "state"],
        &["state", "id"],
        &["starts_on", "id"],
        &["ends_on", "id"],
        &["updated_at", "id"],
    ];
    indexes(manager, "affiliation_agreement", &all).await
}

async fn opportunity(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("partner_id"),
        uuid_null("site_id"),
        text("title"),
        text_null("description"),
        text("kind"),
        text_null("occupation_code"),
        boolean("is_paid"),
        big_integer_null("hourly_wage_minor"),
        text_null("wage_currency"),
        integer_null("minimum_age"),
        integer_null("weekly_minutes"),
        date_null("starts_on"),
        date_null("ends_on"),
        integer("seats"),
        integer("seats_taken"),
        text("state"),
    ];
    let table = tracked(manager, "opportunity", columns)
        .foreign_key(&mut refers("opportunity", "partner_id", "partner"))
        .foreign_key(&mut refers("opportunity", "site_id", "partner_site"))
        .check(("ck_opportunity_seats", Expr::col("seats_taken").between(0, Expr::col("seats"))))
        .take();
    manager.create_table(table).await?;
    opportunity_indexes(manager).await
}

async fn opportunity_indexes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for columns in [&["starts_on", "id"][..], &["partner_id", "starts_on", "id"][..]] {
        index_nulls_first(manager, "opportunity", columns, "starts_on").await?;
    }
    let all: [&[&'static str]; 9] = [
        &["partner_id", "id"],
        &["partner_id", "title", "id"],
        &["partner_id", "updated_at", "id"],
        &["site_id", "id"],
        &["state", "id"],
        &["kind", "id"],
        &["occupation_code", "id"],
        &["updated_at", "id"],
        &["title", "id"],
    ];
    indexes(manager, "opportunity", &all).await
}
