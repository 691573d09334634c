//! Samples that the checks must refuse, each at its line and for its reason, and samples that they
//! must let pass.

use super::{source::SourceFile, violations};

/// The broken rules of one file beside a root of `roster` that re-exports a face and a service.
fn found(path: &str, code: &str) -> Vec<String> {
    let root =
        "//! x\nmod service;\nmod types;\npub use service::list;\npub use types::{Student};\n";
    let files = [
        SourceFile::new("src/roster/mod.rs", root),
        SourceFile::new(path, &format!("//! x\n{code}\n")),
    ];
    violations(&files).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn refused(path: &str, code: &str, reason: &str) {
    let found = found(path, code);
    let expected = format!("{path}:2: ");
    let as_expected = |line: &String| line.starts_with(&expected) && line.contains(reason);
    assert!(found.len() == 1 && found.iter().all(as_expected), "{path} `{code}`: {found:#?}");
}

#[track_caller]
fn passes(path: &str, code: &str) {
    assert_eq!(found(path, code), [""; 0], "{path} `{code}`");
}

#[test]
fn imports_to_the_left_are_refused() {
    for (path, code) in [
        ("src/schema.rs", "use crate::http::routes;"),
        ("src/store/page.rs", "use crate::graphql::page::Page;"),
        ("src/auth/token.rs", "fn f() -> crate::roster::service::Row {}"),
        ("src/error.rs", "use crate::{auth::Scope, schema};"),
        ("src/graphql/object.rs", "use crate::roster::types::Student;"),
        ("src/graphql/object.rs", "use super::super::http;"),
        ("src/demo/mod.rs", "use crate::roster::query;"),
        ("src/clock.rs", "use super::demo;"),
    ] {
        refused(path, code, "imports go to the right only");
    }
    refused("src/roster/query.rs", "use crate::http::routes;", "to the left of everything");
}

#[test]
fn slices_keep_to_their_order() {
    for (path, code) in [
        ("src/roster/types.rs", "use crate::placements::types::Placement;"),
        ("src/pathways/service.rs", "use crate::partners::service;"),
        ("src/mentorship/service/assign.rs", "use crate::roster::service;"),
        ("src/placements/service.rs", "use crate::roster::types::Student;"),
        ("src/placements/service.rs", "use crate::roster::Student;"),
        ("src/changes/feed.rs", "use crate::roster::list;"),
        ("src/bulk/import.rs", "use crate::roster::mutation;"),
    ] {
        refused(path, code, "may name these slices'");
    }
    refused("src/roster/service.rs", "use super::types::School;", "its slice's GraphQL face");
    refused("src/roster/service/get.rs", "use super::super::query;", "its slice's GraphQL face");
    refused("src/roster/service.rs", "use crate::graphql::page;", "only a slice's face");
}

#[test]
fn imports_to_the_right_pass() {
    for (path, code) in [
        ("src/main.rs", "use pathbridge::{http, demo}; fn a() { std::env::args(); }"),
        ("src/http/mod.rs", "use crate::{schema, app::App};"),
        ("src/schema.rs", "use crate::roster::query::RosterQuery;"),
        ("src/mentorship/types.rs", "use crate::{graphql::id, roster::types::Student};"),
        ("src/placements/service.rs", "use crate::{roster::list, changes, consent::gate, store};"),
        ("src/partners/types.rs", "use crate::roster::Student;"),
        ("src/roster/service/get.rs", "use super::super::rules; use super::list;"),
        ("src/roster/rules.rs", "use crate::error::Problem;"),
        ("src/bulk/import.rs", "use crate::{placements::service, changes};"),
        ("src/auth/client.rs", "// crate::http is on the left\nconst A: &str = \"crate::http\";"),
        ("src/auth/scope.rs", "#[cfg(test)]\nmod tests { use crate::http; }"),
        ("src/roster/service/tests.rs", "use crate::http;"),
    ] {
        passes(path, code);
    }
}

#[test]
fn crates_are_named_where_they_belong() {
    for path in ["src/auth/token.rs", "src/http/oauth.rs", "src/roster/service.rs", "src/app.rs"] {
        refused(path, "use async_graphql::Enum;", "changed in a day");
    }
    refused("src/roster/service/get.rs", "type A = axum::Json<B>;", "knows nothing of HTTP");
    refused("src/roster/rules.rs", "use sea_orm::Value;", "no database");
    refused("src/roster/rules/grade.rs", "use crate::clock::Clock;", "no `clock`");
    refused("src/roster/rules.rs", "use crate::store::visible;", "no `store`");
    refused("src/http/mod.rs", "use std::{env, fs};", "only src/config.rs");
    refused("src/main.rs", "let a = std::env::var(B);", "only src/config.rs");
    for path in ["src/graphql/id.rs", "src/http/graphql.rs", "src/http/graphql/read.rs"] {
        passes(path, "use async_graphql::Value;");
    }
    for path in ["src/error/present.rs", "src/schema.rs", "src/roster/types/student.rs"] {
        passes(path, "use async_graphql::Enum;");
    }
    passes("src/config.rs", "use std::{env, fs};");
}

#[test]
fn rows_are_written_through_one_door() {
    for code in [
        "E::insert_many(rows).exec_without_returning(&other).await?;",
        "E::delete_many().filter(among);",
        "let a = row.insert(&write.tx).await?;",
        "let a = update.exec(&write.tx).await?;",
        "let a = write.tx.execute(&statement).await?;",
    ] {
        refused("src/roster/service.rs", code, "does not hear of");
    }
    passes("src/roster/service.rs", "let a = write.insert(row).await?; seen.insert(&key);");
    passes("src/roster/service/class/joins.rs", "let a = row.insert(&write.tx).await?;");
}

#[test]
fn rows_leave_through_one_door() {
    for code in [
        "let a = student::Entity::find();",
        "let a = E::find_by_id(id);",
        "let a = <E as EntityTrait>::find();",
        "let a = ids.map(Student::find_by_id);",
        "let a = select.find_with_related(Other);",
        "let a = row.find_related(Other);",
        "let a = rows.load_many(Other, db);",
    ] {
        refused("src/roster/service.rs", code, "start at `store::visible`");
        passes("src/store/visible.rs", code);
        passes("src/auth/client.rs", code);
    }
    passes("src/roster/service.rs", "let a = visible::<E>(caller); rows.iter().find(b);");
    passes("src/roster/service.rs", "let a = text.find('a'); let b = Iterator::find(&mut c, d);");
}

#[test]
fn files_keep_their_shape() {
    for (path, reason) in [
        ("src/http/utils.rs", "`utils` says nothing"),
        ("tests/it/common/mod.rs", "`common` says nothing"),
        ("src/roster/handlers.rs", "`handlers` is not part of the slice `roster`"),
        ("src/roster/gate.rs", "`gate` is not part of the slice `roster`"),
        ("src/roster.rs", "a slice is a folder"),
        ("src/billing/mod.rs", "the plan has no such room"),
    ] {
        let found = found(path, "");
        assert!(found.len() == 1 && found[0].contains(reason), "{path}: {found:#?}");
    }
    for path in ["src/consent/gate.rs", "src/roster/service/create.rs", "tests/it/roster.rs"] {
        passes(path, "");
    }
    passes("src/store/page.rs", &"\n".repeat(297));
    let long = found("src/store/page.rs", &"\n".repeat(298));
    assert!(long.len() == 1 && long[0].starts_with("src/store/page.rs:300: 300 lines"), "{long:?}");
    let bare = violations(&[SourceFile::new("src/app.rs", "fn a() {}\n")]);
    assert!(bare.len() == 1 && bare[0].reason.contains("begins with `//!`"), "{bare:?}");
}
