//! How many students of a school stand where: counted from their standings, without a look at a
//! single signal.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    id::{CareerClusterId, SchoolId},
    interest_standing,
    riasec::InterestArea,
    school,
    status::PersonStatus,
    student,
};
use sea_orm::{
    ColumnTrait, FromQueryResult, QueryFilter, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Func, JoinType, SelectStatement},
};

use crate::{
    auth::Caller,
    error::Result,
    interests::rules::suppress::{Cell, Line, suppress},
    store::{Reader, any_of, visible},
};

/// The students of a school, by what they are drawn to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The grade that was asked for.
    pub grade_level: Option<String>,
    /// Everybody with a profile.
    pub students: Cell,
    /// By the strongest area; those without one last.
    pub areas: Vec<(Option<InterestArea>, Cell)>,
    /// By the cluster that fits best; those without one last.
    pub clusters: Vec<(Option<CareerClusterId>, Cell)>,
}

/// Students of one grade who stand in the same place.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Group {
    /// The grade.
    pub grade_level: Option<String>,
    /// The strongest area.
    pub primary_area: Option<InterestArea>,
    /// The cluster that fits best.
    pub primary_cluster_id: Option<CareerClusterId>,
    /// How many.
    pub students: i64,
}

/// The summary of a school, or of one grade of it; none when the caller does not see the school.
pub async fn of(
    reader: Reader<'_>,
    caller: &Caller,
    school: SchoolId,
    grade_level: Option<String>,
) -> Result<Option<Summary>> {
    let with_key = any_of(reader.backend, school::Column::Id, &[school.0]);
    if reader.all(visible::<school::Entity>(caller), with_key).await?.is_empty() {
        return Ok(None);
    }
    let groups = reader.rows::<Group>(&counted(caller, school)).await?;
    Ok(Some(Summary::new(&groups, grade_level)))
}

/// Each grade, area and cluster of the school's students, with how many stand there.
fn counted(caller: &Caller, school: SchoolId) -> SelectStatement {
    use interest_standing::{Column, Entity};
    let grade = (student::Entity, student::Column::GradeLevel);
    let (area, cluster) = ((Entity, Column::PrimaryArea), (Entity, Column::PrimaryClusterId));
    let mut statement = visible::<student::Entity>(caller)
        .filter(student::Column::SchoolId.eq(school))
        .filter(student::Column::Status.eq(PersonStatus::Active))
        .into_query();
    let same =
        Expr::col((Entity, Column::StudentId)).equals((student::Entity, student::Column::Id));
    statement
        .clear_selects()
        .column(grade)
        .column(area)
        .column(cluster)
        .expr_as(Func::count(Expr::col((Entity, Column::StudentId))), Alias::new("students"))
        .join(JoinType::InnerJoin, Entity, same)
        .group_by_col(grade)
        .group_by_col(area)
        .group_by_col(cluster)
        .to_owned()
}

impl Summary {
    /// The part of a school's table that was asked for, with all of it suppressed before.
    #[must_use]
    pub fn new(groups: &[Group], grade_level: Option<String>) -> Self {
        let table = Table::of(groups);
        let row = match &grade_level {
            Some(grade) => table.grades.iter().position(|one| one.as_ref() == Some(grade)),
            None => Some(table.grades.len()),
        };
        // Of a grade that nobody is in, nothing may be told either.
        let cell = |column: usize| {
            row.map_or(Cell { count: 0, is_hidden: true }, |row| {
                table.cells[row * table.width() + column]
            })
        };
        let areas = table.areas.iter().enumerate();
        let clusters = table.clusters.iter().enumerate();
        let first_cluster = 1 + table.areas.len();
        Self {
            students: cell(0),
            areas: areas.map(|(at, area)| (*area, cell(1 + at))).collect(),
            clusters: clusters.map(|(at, one)| (*one, cell(first_cluster + at))).collect(),
            grade_level,
        }
    }
}

/// Every grade in a row, with the whole school last; in columns everybody, the areas, the clusters.
struct Table {
    grades: Vec<Option<String>>,
    areas: Vec<Option<InterestArea>>,
    clusters: Vec<Option<CareerClusterId>>,
    cells: Vec<Cell>,
}

impl Table {
    fn of(groups: &[Group]) -> Self {
        let grades: BTreeSet<_> = groups.iter().map(|group| group.grade_level.clone()).collect();
        let named: BTreeSet<_> = groups.iter().filter_map(|one| one.primary_cluster_id).collect();
        let areas = InterestArea::ALL.into_iter().map(Some).chain([None]).collect();
        let clusters = named.into_iter().map(Some).chain([None]).collect();
        let grades = grades.into_iter().collect();
        let mut table = Self { grades, areas, clusters, cells: Vec::new() };
        table.count(groups);
        let lines = table.lines();
        suppress(&mut table.cells, &lines);
        table
    }

    fn width(&self) -> usize {
        1 + self.areas.len() + self.clusters.len()
    }

    fn count(&mut self, groups: &[Group]) {
        let width = self.width();
        self.cells = vec![Cell::default(); width * (self.grades.len() + 1)];
        let rows: BTreeMap<_, _> =
            self.grades.iter().enumerate().map(|(at, one)| (one, at)).collect();
        let mut counts = Vec::new();
        for group in groups {
            let area = self.areas.iter().position(|one| *one == group.primary_area);
            let cluster = self.clusters.iter().position(|one| *one == group.primary_cluster_id);
            let columns =
                [Some(0), area.map(|at| 1 + at), cluster.map(|at| 1 + self.areas.len() + at)];
            let grade = rows.get(&group.grade_level).copied();
            for row in grade.into_iter().chain([self.grades.len()]) {
                let places = columns.into_iter().flatten().map(|column| row * width + column);
                counts.extend(places.map(|at| (at, group.students)));
            }
        }
        for (at, students) in counts {
            self.cells[at].count += students;
        }
    }

    /// What adds up to what.
    fn lines(&self) -> Vec<Line> {
        let (width, last) = (self.width(), self.grades.len());
        let first_cluster = 1 + self.areas.len();
        let mut lines = Vec::new();
        for row in 0..=last {
            for columns in [1..first_cluster, first_cluster..width] {
                let parts = columns.map(|column| row * width + column).collect();
                lines.push(Line { parts, whole: row * width });
            }
        }
        for column in 0..width {
            let parts = (0..last).map(|row| row * width + column).collect();
            lines.push(Line { parts, whole: last * width + column });
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use entity::riasec::InterestArea::{Artistic, Realistic, Social};

    use super::{Group, Summary};

    fn group(grade: &str, area: entity::riasec::InterestArea, students: i64) -> Group {
        Group {
            grade_level: Some(grade.to_owned()),
            primary_area: Some(area),
            primary_cluster_id: None,
            students,
        }
    }

    fn told(summary: &Summary) -> Vec<Option<i64>> {
        summary.areas.iter().map(|(_, cell)| cell.shown()).collect()
    }

    #[test]
    fn no_grade_is_left_when_the_others_are_taken_from_the_school() {
        let groups = [
            group("9", Realistic, 40),
            group("9", Social, 30),
            group("10", Realistic, 3),
            group("10", Social, 50),
            group("10", Artistic, 20),
            group("11", Social, 60),
        ];
        let of = |grade: Option<&str>| Summary::new(&groups, grade.map(str::to_owned));
        let (school, ninth, tenth) = (of(None), of(Some("9")), of(Some("10")));
        assert_eq!(school.students.shown(), Some(203));
        assert_eq!(told(&tenth)[0], None);
        // 43 less 40 would be the 3.
        assert!(told(&school)[0].is_none() || told(&ninth)[0].is_none());
        assert_eq!(of(Some("12")).students.shown(), None);
    }
}
