//! What a profile is made of.

use async_graphql::{Enum, ID};
use chrono::NaiveDate;
use entity::id::{
    CareerExposureId, CareerGoalId, CareerSurveyResponseId, InterestAssessmentId, TypedId,
};
use uuid::Uuid;

use crate::{
    auth::Class,
    graphql::{object::Graph, scalars::Decimal},
    interests::rules::{
        decay::Source,
        fit::hundredths,
        profile::{Evidence, Profile},
    },
    leaf_enums, typeid, value_object,
};

/// Where a piece of evidence comes from, with its weight beside the others when it is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Source")]
pub enum InterestSignalKind {
    /// The O*NET Interest Profiler, short form: 100.
    #[graphql(name = "ONET_SHORT_FORM_60")]
    ShortForm,
    /// The O*NET Mini Interest Profiler: 70.
    #[graphql(name = "ONET_MINI_30")]
    Mini,
    /// Another instrument: 70.
    OtherInstrument,
    /// A goal: 60.
    Goal,
    /// A job shadow: 50.
    JobShadow,
    /// An informational interview: 30.
    #[graphql(name = "INFORMATIONAL_INTERVIEW")]
    Interview,
    /// A tour: 25.
    Tour,
    /// A speaker: 15.
    Speaker,
    /// A career fair: 10.
    Fair,
    /// Another exposure: 10.
    OtherExposure,
    /// An answer to one question of a survey: 5.
    #[graphql(name = "SURVEY_RESPONSE")]
    Response,
}

leaf_enums!(InterestSignalKind);

/// A piece of evidence as an answer shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    source: Source,
    key: Uuid,
    on: NaiveDate,
    share: i64,
    adds: Option<f64>,
}

impl Shown {
    /// A piece of a profile, with what it adds to a fit.
    pub(super) fn of(profile: &Profile, one: &Evidence, adds: Option<f64>) -> Self {
        Self { source: one.source, key: one.key, on: one.on, share: profile.share(one), adds }
    }

    /// The global id of the signal.
    fn signal(&self) -> ID {
        let prefix = match self.source {
            Source::ShortForm | Source::Mini | Source::OtherInstrument => {
                InterestAssessmentId::PREFIX
            }
            Source::Goal => CareerGoalId::PREFIX,
            Source::Response => CareerSurveyResponseId::PREFIX,
            Source::JobShadow
            | Source::Interview
            | Source::Tour
            | Source::Speaker
            | Source::Fair
            | Source::OtherExposure => CareerExposureId::PREFIX,
        };
        ID(typeid::with_prefix(prefix, self.key))
    }
}

value_object! {
    /// A signal that a profile is made of. Its weight follows from its kind and halves every 24
    /// months.
    pub InterestEvidence(Shown)
}

pub(super) fn declare(graph: &mut Graph) {
    let evidence = graph.object::<InterestEvidence>();
    evidence
        .column("kind", |row| InterestSignalKind::from(row.source), "Where it comes from.")
        .pii(Class::Interest);
    evidence
        .column("signalId", Shown::signal, "The global id of the signal; `node` shows all of it.")
        .pii(Class::Interest);
    evidence.column("occurredOn", |row| row.on, "The day of the signal.").pii(Class::Interest);
    evidence
        .column(
            "weightPercent",
            |row| Decimal { hundredths: row.share },
            "Its part of the whole weight of the profile.",
        )
        .pii(Class::Interest);
    evidence
        .column(
            "contribution",
            |row| row.adds.map(|adds| Decimal { hundredths: hundredths(adds) }),
            "What it adds to the correlation of the cluster or occupation that it speaks for; null \
             where the evidence of the profile itself is listed.",
        )
        .pii(Class::Interest);
}
