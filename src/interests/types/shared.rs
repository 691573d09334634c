//! Fields that several signals have.

use std::collections::HashSet;

use entity::{career_exposure, career_goal, career_survey_question, occupation};
use sea_orm::sea_query::Expr;

use crate::{
    error::Result,
    graphql::object::{Loaded, Object, Parents},
    store::{any_text, visible},
};

/// A row that may be about an occupation.
pub(super) trait Tagged {
    /// The occupation's code.
    fn code(&self) -> Option<&str>;
}

macro_rules! tagged {
    ($($table:ident),+) => {$(
        impl Tagged for $table::Model {
            fn code(&self) -> Option<&str> {
                self.occupation_code.as_deref()
            }
        }
    )+};
}

tagged!(career_exposure, career_goal, career_survey_question);

/// The occupations that rows are about, in one statement.
pub(super) async fn occupations<T: Object<Row: Tagged>>(
    parents: &Parents<'_, T>,
) -> Result<Loaded<occupation::Model, Option<usize>>> {
    let codes: HashSet<&str> = parents.rows.iter().filter_map(|row| row.code()).collect();
    let mut codes: Vec<_> = codes.into_iter().collect();
    codes.sort_unstable();
    let reader = parents.cx.reader()?;
    let rows = if codes.is_empty() {
        Vec::new()
    } else {
        let code = Expr::col((occupation::Entity, occupation::Column::Code));
        let among = any_text(reader.backend, code, &codes);
        reader.all(visible::<occupation::Entity>(parents.cx.caller()?), among).await?
    };
    let wanted = parents.rows.iter().map(|row| row.code().map(str::to_owned));
    Ok(Loaded::by_key(rows, |row| row.code.clone(), wanted))
}

/// Declares what every signal of a student has.
macro_rules! declare_signal {
    ($declaration:ident) => {
        $declaration
            .column("gradeLevel", |row| row.grade_level.clone(), "The grade at that time, as `10`.")
            .pii(crate::auth::Class::Education);
        $declaration
            .column(
                "source",
                |row| row.source.clone(),
                "Where it comes from: a platform, an event, a lesson.",
            )
            .pii(crate::auth::Class::Interest);
        $declaration.column(
            "status",
            |row| crate::roster::types::RecordStatus::from(row.status),
            "Whether it counts. What was entered by mistake is RETIRED: it stays and counts no more.",
        );
        $declaration.belongs_to::<crate::roster::types::District>(
            "district",
            |row| Some(row.district_id.into()),
            "The district.",
        );
        $declaration.belongs_to::<crate::roster::types::Student>(
            "student",
            |row| Some(row.student_id.into()),
            "The student.",
        );
        $declaration.external_ids();
        crate::tracked!($declaration);
    };
}

/// Declares what a row is about.
macro_rules! declare_tag {
    ($declaration:ident of $table:ident) => {
        $declaration
            .column(
                "occupationCode",
                |row| row.occupation_code.clone(),
                "The occupation that it is about, by its O*NET-SOC code.",
            )
            .pii(crate::auth::Class::Interest);
        $declaration
            .one::<crate::reference::types::Occupation, ()>(
                "occupation",
                |parents, ()| Box::pin(super::shared::occupations(parents)),
                "The occupation that it is about.",
            )
            .reads([entity::$table::Column::OccupationCode])
            .pii(crate::auth::Class::Interest);
        $declaration
            .belongs_to::<crate::reference::types::CareerCluster>(
                "cluster",
                |row| row.cluster_id.map(Into::into),
                "The career cluster that it is about.",
            )
            .pii(crate::auth::Class::Interest);
    };
}

pub(super) use declare_signal;
pub(super) use declare_tag;
