//! Whether all servers answer the same: a quick wrong answer is no answer.

use std::collections::HashMap;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::{
    peer::{Base, Peer, Question, Work},
    questions::fresh,
    stage::Stage,
};

/// Asks every server some of the questions and compares the answers with Pathbridge's on
/// PostgreSQL, value by value.
pub(super) async fn same_answers(
    stage: &Stage,
    works: &[Work],
    bodies: &HashMap<Work, Vec<String>>,
) -> anyhow::Result<()> {
    for question in [Question::Pages, Question::Student] {
        let ours = sample(stage, (Peer::Postgres, Base::Full, question), bodies).await?;
        for work in works.iter().filter(|work| work.1 == Base::Full && work.2 == question) {
            let theirs = sample(stage, *work, bodies).await?;
            for (ours, theirs) in ours.iter().zip(&theirs) {
                let loosely = work.0 == Peer::PostGraphile;
                let (ours, theirs) = (reduced(ours, loosely), reduced(theirs, loosely));
                let name = work.0.name();
                ensure!(ours == theirs, "{name} answers {theirs} and not {ours}");
            }
            eprintln!("bench: {} answers the same: {}", question.name(), work.0.name());
        }
    }
    for work in works.iter().filter(|work| work.2 == Question::Write) {
        let answers = sample(stage, *work, bodies).await?;
        let written = answers.iter().all(|answer| {
            let answer = &answer["studentUpdate"];
            answer["student"]["version"].is_string() && answer["userErrors"] == json!([])
        });
        ensure!(written, "{} did not write: {answers:?}", work.0.name());
    }
    Ok(())
}

/// The answers to the first, a middle and the last question.
async fn sample(
    stage: &Stage,
    work: Work,
    bodies: &HashMap<Work, Vec<String>>,
) -> anyhow::Result<Vec<Value>> {
    let bodies = bodies.get(&work).context("no questions")?;
    let server = stage.start(work.0, work.1).await?;
    let mut answers = Vec::new();
    for place in [0, bodies.len() / 2, bodies.len() - 1] {
        answers.push(server.ask(&fresh(&bodies[place])).await?["data"].take());
    }
    server.stop().await?;
    Ok(answers)
}

/// The answer without what may differ: cursors always; and, where another server has other forms
/// of ids and instants and no sums of hours, without those.
fn reduced(answer: &Value, loosely: bool) -> Value {
    let keeps =
        |key: &str| key != "endCursor" && !(loosely && matches!(key, "id" | "updatedAt" | "hours"));
    match answer {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| keeps(key))
            .map(|(key, value)| (key.clone(), reduced(value, loosely)))
            .collect(),
        Value::Array(items) => items.iter().map(|item| reduced(item, loosely)).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::reduced;

    #[test]
    fn only_what_may_differ_is_left_out() {
        let answer = json!({"nodes": [{"id": "a_1", "name": "x"}], "endCursor": "c"});
        assert_eq!(reduced(&answer, false), json!({"nodes": [{"id": "a_1", "name": "x"}]}));
        assert_eq!(reduced(&answer, true), json!({"nodes": [{"name": "x"}]}));
    }
}
