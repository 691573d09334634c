//! Who sees signals of interest: the district that owns them and the platform, and no partner.

use entity::{
    career_exposure, career_goal, career_survey, career_survey_question, career_survey_response,
    id::DistrictId, interest_assessment, interest_standing,
};
use sea_orm::{ColumnTrait, Condition, sea_query::Expr};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    roster::service::owned::Owned,
    store::Visible,
};

macro_rules! visible {
    ($($table:ident called $noun:literal, by $key:ident as $column:ident;)+) => {$(
        impl Visible for $table::Entity {
            const NOUN: &'static str = $noun;

            fn visible(caller: &Caller) -> Condition {
                match caller.tenant {
                    Tenant::Platform => Condition::all(),
                    Tenant::District(id) => {
                        Condition::all().add($table::Column::DistrictId.eq(id))
                    }
                    Tenant::Partner(_) => Condition::all().add(Expr::val(false)),
                }
            }

            fn id(row: &Self::Model) -> Uuid {
                row.$key.into()
            }

            fn id_column() -> Self::Column {
                $table::Column::$column
            }
        }

        impl Owned for $table::Entity {
            fn district(row: &Self::Model) -> DistrictId {
                row.district_id
            }
        }
    )+};
}

visible! {
    interest_assessment called "interest assessment", by id as Id;
    career_survey called "career survey", by id as Id;
    career_survey_question called "question of a career survey", by id as Id;
    career_survey_response called "response to a career survey", by id as Id;
    career_exposure called "career exposure", by id as Id;
    career_goal called "career goal", by id as Id;
    interest_standing called "standing of a student's interests", by student_id as StudentId;
}
