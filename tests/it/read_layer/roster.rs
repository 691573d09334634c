//! Schools and students for the tests of lists, and somebody who may see them all.

use async_graphql::{Request, Response, Variables};
use chrono::TimeDelta;
use entity::{
    district,
    id::{ApiClientId, DistrictId, SchoolId},
    school,
    status::{PersonStatus, RecordStatus},
    student,
};
use pathbridge::{
    auth::{Caller, Scopes, Tenant},
    error::{Code, Error},
    graphql::object::Query,
};
use proptest::{
    prelude::{BoxedStrategy, Just, Strategy, prop_oneof},
    strategy::ValueTree,
    test_runner::TestRunner,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait};
use serde_json::Value;
use uuid::Uuid;

use crate::support::TestApp;

/// The operator of the service, who sees every row.
pub fn operator() -> Caller {
    Caller {
        client: ApiClientId(Uuid::nil()),
        tenant: Tenant::Platform,
        scopes: Scopes::all(),
        now: "2026-09-01T08:00:00Z".parse().expect("it is an instant"),
        request: None,
        once: None,
    }
}

/// What differs between students.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub family_name: String,
    pub grade_level: Option<String>,
    /// Which school, if any.
    pub school: Option<usize>,
    pub is_active: bool,
    /// When the record last changed, in microseconds after the start.
    pub changed: i64,
}

/// Family names that a careless comparison takes for one another.
pub const NAMES: [&str; 14] = [
    "", "Ann", "ann", "Anna", "A%b", "A_b", "A\\b", "A\\%b", "Axb", "Åse", "B", "B*", "[B]",
    "B'\"?",
];

/// Many equal names, many without a grade.
pub fn drawn() -> BoxedStrategy<Drawn> {
    let grade = prop_oneof![
        2 => Just(None),
        3 => proptest::sample::select(vec!["09", "10", "KG"]).prop_map(|grade| Some(grade.to_owned())),
    ];
    let school = proptest::option::weighted(0.8, 0..3_usize);
    let name = proptest::sample::select(NAMES.to_vec());
    (name, grade, school, proptest::bool::ANY, 0..4_i64)
        .prop_map(|(family_name, grade_level, school, is_active, changed)| Drawn {
            family_name: family_name.to_owned(),
            grade_level,
            school,
            is_active,
            changed: changed * 500_001,
        })
        .boxed()
}

/// Values that are the same in every run.
pub struct Chance(TestRunner);

impl Chance {
    pub fn new() -> Self {
        Self(TestRunner::deterministic())
    }

    pub fn draw<S: Strategy>(&mut self, strategy: &S) -> S::Value {
        strategy.new_tree(&mut self.0).expect("nothing is filtered out").current()
    }

    pub fn many<S: Strategy + Clone>(&mut self, strategy: &S, count: usize) -> Vec<S::Value> {
        (0..count).map(|_| self.draw(strategy)).collect()
    }
}

/// A district with three schools.
pub struct Roster<'a> {
    pub test: &'a TestApp,
    pub schools: Vec<SchoolId>,
    district: DistrictId,
}

impl<'a> Roster<'a> {
    pub async fn new(test: &'a TestApp) -> Self {
        let (clock, writer) = (&test.app.clock, test.app.db.writer());
        let district = district::Model {
            id: clock.id(),
            slug: "district".to_owned(),
            name: "District".to_owned(),
            kind: district::DistrictKind::District,
            identifier: None,
            time_zone: "America/Denver".to_owned(),
            is_sandbox: false,
            created_at: clock.now(),
            updated_at: clock.now(),
            version: 1,
        };
        let schools: Vec<_> = (0..3)
            .map(|at| school::Model {
                id: clock.id(),
                district_id: district.id,
                name: format!("School {at}"),
                identifier: None,
                status: RecordStatus::Active,
                created_at: clock.now(),
                updated_at: clock.now(),
                version: 1,
            })
            .collect();
        let district_id = district.id;
        district.into_active_model().reset_all().insert(writer).await.unwrap();
        let rows = schools.iter().map(|row| row.clone().into_active_model().reset_all());
        school::Entity::insert_many(rows).exec(writer).await.unwrap();
        Self { test, schools: schools.iter().map(|row| row.id).collect(), district: district_id }
    }

    /// Writes students and answers their rows.
    pub async fn enrol(&self, drawn: Vec<Drawn>) -> Vec<student::Model> {
        let rows: Vec<_> = drawn.into_iter().map(|drawn| self.student(drawn)).collect();
        let models = rows.iter().map(|row| row.clone().into_active_model().reset_all());
        student::Entity::insert_many(models).exec(self.test.app.db.writer()).await.unwrap();
        rows
    }

    fn student(&self, drawn: Drawn) -> student::Model {
        let clock = &self.test.app.clock;
        student::Model {
            id: clock.id(),
            district_id: self.district,
            school_id: drawn.school.map(|at| self.schools[at]),
            given_name: "Given".to_owned(),
            family_name: drawn.family_name,
            middle_name: None,
            preferred_given_name: None,
            birth_date: None,
            grade_level: drawn.grade_level,
            email: None,
            phone: None,
            student_number: None,
            status: if drawn.is_active { PersonStatus::Active } else { PersonStatus::Inactive },
            created_at: clock.now(),
            updated_at: clock.now() + TimeDelta::microseconds(drawn.changed),
            version: 1,
        }
    }

    pub async fn all_leave(&self) {
        student::Entity::delete_many().exec(self.test.app.db.writer()).await.unwrap();
    }

    pub async fn leaves(&self, student: student::Model) {
        student.delete(self.test.app.db.writer()).await.unwrap();
    }

    /// Asks as the operator.
    pub async fn ask(&self, document: &str, variables: Value) -> Response {
        let request = Request::new(document).variables(Variables::from_json(variables));
        super::execute::<Query>(request.data(self.test.app.clone()).data(operator())).await
    }

    /// The data of an answer without errors.
    pub async fn data(&self, document: &str, variables: Value) -> Value {
        let answer = self.ask(document, variables).await;
        assert!(answer.errors.is_empty(), "{document}\n{:?}", answer.errors);
        serde_json::to_value(&answer.data).unwrap()
    }

    /// The code of the only error of an answer.
    pub async fn refusal(&self, document: &str, variables: Value) -> Code {
        let answer = self.ask(document, variables).await;
        assert_eq!(answer.errors.len(), 1, "{document}\n{:?}", answer.errors);
        let error: &Error = answer.errors[0].source().expect("one of our own errors");
        error.code()
    }
}
