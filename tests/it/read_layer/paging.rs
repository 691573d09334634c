//! Walking through a list page by page.

use std::collections::BTreeSet;

use entity::row::Columns;
use entity::student;
use pathbridge::store::{Page, Position, Slice, SortKey, from_json, to_json, visible};
use sea_orm::{ColumnTrait, ModelTrait, QueryFilter, Select};
use uuid::Uuid;

use super::roster::{Chance, Roster, drawn, operator};
use crate::support::{TestApp, both};

const SIZES: [u64; 4] = [1, 3, 7, 50];

type Row = student::Model;
type Sort = SortKey<student::Entity>;

/// Every sort in both directions.
fn sorts() -> Vec<Sort> {
    let columns = [
        (None, false),
        (Some(student::Column::FamilyName), false),
        (Some(student::Column::GradeLevel), true),
        (Some(student::Column::UpdatedAt), false),
    ];
    let both = |(column, is_nullable)| {
        [false, true].map(|descending| SortKey { column, is_nullable, descending })
    };
    columns.into_iter().flat_map(both).collect()
}

/// A row's place as a cursor carries it.
fn position(sort: Sort, row: &Row) -> Position {
    let key = sort.column.map(|column| {
        let json = to_json(&row.get(column)).to_string();
        from_json(&json.parse().unwrap()).expect("a cursor is opened again")
    });
    Position { key, id: row.id.into() }
}

/// The list as GraphQL describes it, sorted in memory.
fn sorted(sort: Sort, mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by_key(|row| {
        let key = match sort.column {
            Some(student::Column::FamilyName) => Some(row.family_name.clone()),
            Some(student::Column::GradeLevel) => row.grade_level.clone(),
            Some(student::Column::UpdatedAt) => Some(row.updated_at.to_rfc3339()),
            _ => None,
        };
        (key, Uuid::from(row.id))
    });
    if sort.descending {
        rows.reverse();
    }
    rows
}

fn page(sort: Sort, size: u64, backward: bool, at: Option<&Row>) -> Page<student::Entity> {
    let at = at.map(|row| position(sort, row));
    let (after, before) = if backward { (None, at) } else { (at, None) };
    Page { size, backward, sort, after, before, count: None, columns: Columns::ALL }
}

fn students() -> Select<student::Entity> {
    visible::<student::Entity>(&operator())
}

fn ids(rows: &[Row]) -> Vec<Uuid> {
    rows.iter().map(|row| row.id.into()).collect()
}

async fn read(test: &TestApp, page: &Page<student::Entity>) -> Slice<Row> {
    test.app.db.reader().page(students(), page).await.unwrap()
}

/// Every row in the order of the list, read page by page from either end.
async fn walk(test: &TestApp, sort: Sort, size: u64, backward: bool) -> Vec<Row> {
    let mut seen: Vec<Row> = Vec::new();
    loop {
        let at = if backward { seen.first() } else { seen.last() };
        let slice = read(test, &page(sort, size, backward, at)).await;
        let begun = !seen.is_empty();
        let (more, less) = if backward {
            (slice.has_previous, slice.has_next)
        } else {
            (slice.has_next, slice.has_previous)
        };
        assert_eq!(less, begun);
        assert!(!more || slice.rows.len() as u64 == size, "only the last page is short");
        let at = if backward { 0 } else { seen.len() };
        seen.splice(at..at, slice.rows);
        if !more {
            return seen;
        }
    }
}

/// Every page of a walk, while students come and go between its pages.
async fn walk_while_it_changes(
    roster: &Roster<'_>,
    chance: &mut Chance,
    sort: Sort,
    backward: bool,
) {
    roster.all_leave().await;
    let rows = roster.enrol(chance.many(&drawn(), 16)).await;
    // Every other one stays; those that go take the cursor's row with them.
    let staying: BTreeSet<Uuid> = ids(&rows).into_iter().step_by(2).collect();
    let mut seen: Vec<Row> = Vec::new();
    loop {
        let at = if backward { seen.first() } else { seen.last() }.cloned();
        let slice = read(roster.test, &page(sort, 3, backward, at.as_ref())).await;
        let more = if backward { slice.has_previous } else { slice.has_next };
        let place = if backward { 0 } else { seen.len() };
        seen.splice(place..place, slice.rows.clone());
        for row in slice.rows {
            if rows.contains(&row) && !staying.contains(&row.id.into()) {
                roster.leaves(row).await;
            }
        }
        roster.enrol(chance.many(&drawn(), 1)).await;
        if !more {
            break;
        }
    }
    assert_eq!(ids(&sorted(sort, seen.clone())), ids(&seen), "out of order");
    let distinct: BTreeSet<_> = ids(&seen).into_iter().collect();
    assert_eq!(distinct.len(), seen.len(), "a row was met twice");
    assert!(staying.is_subset(&distinct), "a row that stayed was not met");
}

both! {
    async fn a_walk_meets_each_row_once_and_in_order(test: TestApp) {
        let roster = Roster::new(&test).await;
        let rows = roster.enrol(Chance::new().many(&drawn(), 30)).await;
        for sort in sorts() {
            let expected = ids(&sorted(sort, rows.clone()));
            for size in SIZES {
                for backward in [false, true] {
                    let seen = ids(&walk(&test, sort, size, backward).await);
                    assert_eq!(seen, expected, "{} by {size}, {backward}", sort.describe());
                }
            }
        }
    }

    async fn a_walk_is_not_disturbed_by_changes(test: TestApp) {
        let roster = Roster::new(&test).await;
        let mut chance = Chance::new();
        for sort in sorts() {
            for backward in [false, true] {
                walk_while_it_changes(&roster, &mut chance, sort, backward).await;
            }
        }
    }

    async fn pages_of_several_parents_are_those_of_each(test: TestApp) {
        let roster = Roster::new(&test).await;
        let rows = roster.enrol(Chance::new().many(&drawn(), 40)).await;
        let parents: Vec<Uuid> = roster.schools.iter().map(|id| (*id).into()).collect();
        let column = student::Column::SchoolId;
        let reader = test.app.db.reader();
        for sort in sorts() {
            for (at, size) in SIZES.into_iter().enumerate() {
                for backward in [false, true] {
                    let from = (at % 2 == 1).then(|| &rows[at * 9]);
                    let page = Page { count: Some(50), ..page(sort, size, backward, from) };
                    let together =
                        reader.page_per_parent(students(), column, &parents, &page).await.unwrap();
                    assert_eq!(together.len(), parents.len());
                    for (parent, slice) in parents.iter().zip(together) {
                        let alone = students().filter(column.eq(*parent));
                        let alone = reader.page(alone, &page).await.unwrap();
                        assert_eq!(ids(&slice.rows), ids(&alone.rows), "{}", sort.describe());
                        assert_eq!(slice.has_next, alone.has_next);
                        assert_eq!(slice.has_previous, alone.has_previous);
                        assert_eq!(slice.total, alone.total);
                    }
                }
            }
        }
    }

    async fn counting_stops_one_behind_the_limit(test: TestApp) {
        let roster = Roster::new(&test).await;
        roster.enrol(Chance::new().many(&drawn(), 51)).await;
        for (limit, expected) in [(40, 41), (50, 51), (51, 51), (52, 51)] {
            let page = Page { count: Some(limit), ..page(Sort::default(), 2, false, None) };
            assert_eq!(read(&test, &page).await.total, Some(expected), "up to {limit}");
        }
    }
}
