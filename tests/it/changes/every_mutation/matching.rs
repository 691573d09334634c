//! A list of wishes, and runs over it.

use serde_json::json;

use super::super::story::{Story, change, row};

pub async fn wished(story: &mut Story<'_>, student: &str, opportunity: &str) {
    let wish = json!({ "studentId": student, "opportunityId": opportunity, "rank": 1 });
    let created = "CREATED preference district,opportunity,rank,status,student";
    let wish = row("placementPreference", "w", &wish);
    let wish = story.perform("placementPreferenceBulkUpsert", wish, &[created]).await;
    let place = change(&wish, &json!({ "rank": 2 }));
    story.perform("placementPreferenceUpdate", place, &["UPDATED preference rank"]).await;
    let run = json!({ "input": { "name": "Spring", "seed": "s", "startsOn": "2026-09-14",
        "endsOn": "2026-12-11" } });
    let created = "CREATED matching assigned,district,endsOn,name,opportunities,priorities,seats,\
                   seed,startsOn,state,students";
    let first = story.perform("matchRunCreate", run.clone(), &[created]).await;
    let told = ["UPDATED matching settledAt,state"];
    story.perform("matchRunDiscard", json!({ "id": first }), &told).await;
    let second = story.perform("matchRunCreate", run, &[created]).await;
    let placement = "CREATED placement district,endsOn,hourlyWage,isPaid,kind,opportunity,partner,\
                     startsOn,state,student,wageCurrency";
    let seat = "UPDATED opportunity seatsLeft,seatsTaken";
    let told = [placement, told[0], seat];
    story.perform("matchRunConfirm", json!({ "id": second }), &told).await;
}
