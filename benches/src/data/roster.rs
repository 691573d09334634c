//! Districts, their schools and their students.

use chrono::{Days, NaiveDate};

use super::{cell::Cell, seed::Kind, size::Size, table::Table};

/// How many districts there are.
pub const DISTRICTS: u64 = 10;

const GIVEN: [&str; 16] = [
    "Amara", "Bence", "Chloe", "Diego", "Elif", "Farid", "Grace", "Hiro", "Imani", "Jonas",
    "Keiko", "Liam", "Mina", "Noor", "Olga", "Pavel",
];
const FAMILY: [&str; 16] = [
    "Abbott", "Bauer", "Castillo", "Dubois", "Eriksen", "Flores", "Garner", "Hughes", "Ito",
    "Jensen", "Kovacs", "Lopez", "Moreau", "Nguyen", "Okafor", "Petrov",
];

pub(super) fn tables(size: &Size) -> Vec<Table> {
    vec![
        Table {
            name: "district",
            columns: &["slug", "name", "kind", "identifier", "time_zone"],
            kind: Kind::District,
            rows: DISTRICTS,
            row: district,
        },
        Table {
            name: "school",
            columns: &["district_id", "name", "identifier", "status"],
            kind: Kind::School,
            rows: Size::SCHOOLS,
            row: school,
        },
        Table {
            name: "student",
            columns: &[
                "district_id",
                "school_id",
                "given_name",
                "family_name",
                "middle_name",
                "preferred_given_name",
                "birth_date",
                "grade_level",
                "email",
                "phone",
                "student_number",
                "status",
            ],
            kind: Kind::Student,
            rows: size.students,
            row: student,
        },
    ]
}

/// The short name of district `n`.
pub(super) fn slug(n: u64) -> String {
    format!("district-{n}")
}

/// The first name of somebody.
pub fn given_name(kind: Kind, n: u64) -> &'static str {
    kind.pick(n, 2, &GIVEN)
}

/// The last name of somebody.
pub fn family_name(kind: Kind, n: u64) -> &'static str {
    kind.pick(n, 3, &FAMILY)
}

fn school_of(student: u64) -> u64 {
    Kind::Student.chance(student, 4) % Size::SCHOOLS
}

/// The district of a student.
pub(super) fn district_of(student: u64) -> u64 {
    school_of(student) % DISTRICTS
}

fn district(_: &Size, n: u64) -> Vec<Cell> {
    vec![
        Cell::Text(slug(n)),
        Cell::Text(format!("District {n} Public Schools")),
        Cell::Word("DISTRICT"),
        Cell::Text(format!("99{n:05}")),
        Cell::Word("America/Denver"),
    ]
}

fn school(_: &Size, n: u64) -> Vec<Cell> {
    vec![
        Cell::Key(Kind::District.id(n % DISTRICTS)),
        Cell::Text(format!("High School No. {n}")),
        Cell::Text(format!("99{n:010}")),
        Cell::Word("ACTIVE"),
    ]
}

fn student(_: &Size, n: u64) -> Vec<Cell> {
    let kind = Kind::Student;
    let (given, family) = (given_name(kind, n), family_name(kind, n));
    let born = NaiveDate::default() + Days::new(13_500 + kind.chance(n, 5) % 1_400);
    let middle = kind.chance(n, 6).is_multiple_of(3).then(|| Cell::Word(kind.pick(n, 7, &GIVEN)));
    vec![
        Cell::Key(Kind::District.id(district_of(n))),
        Cell::Key(Kind::School.id(school_of(n))),
        Cell::Word(given),
        Cell::Word(family),
        middle.unwrap_or(Cell::Nothing),
        Cell::Nothing,
        Cell::Day(born),
        Cell::Word(kind.pick(n, 8, &["9", "10", "11", "12"])),
        Cell::Text(format!("{given}.{family}.{n}@students.example.org").to_lowercase()),
        Cell::Nothing,
        Cell::Text(format!("{:08}", 24_000_000 + n)),
        Cell::Word(kind.pick(n, 10, &["ACTIVE", "ACTIVE", "ACTIVE", "INACTIVE"])),
    ]
}
