//! A pathway from its first row to a student on it.

use serde_json::json;

use super::{
    super::story::{Story, change, row},
    Roster,
};
use crate::support::TestApp;

/// After the interests, which load the clusters.
pub async fn laid(app: &TestApp, story: &mut Story<'_>, roster: &Roster) {
    let cluster = cluster(app).await;
    let pathway = json!({ "name": "Nursing", "clusterId": cluster, "cipCode": "51.3801" });
    let created = "CREATED pathway cipCode,cluster,district,name,status";
    let pathway = row("pathway", "pw", &pathway);
    let pathway = story.perform("pathwayBulkUpsert", pathway, &[created]).await;
    let wbl = change(&pathway, &json!({ "wblMinutes": 4800 }));
    story.perform("pathwayUpdate", wbl, &["UPDATED pathway wblMinutes"]).await;

    let course = json!({ "pathwayId": pathway, "courseId": roster.course, "position": 1 });
    let created = "CREATED pathcourse course,district,isRequired,pathway,position,status";
    let course = row("pathwayCourse", "pc", &course);
    let course = story.perform("pathwayCourseBulkUpsert", course, &[created]).await;
    let credits = change(&course, &json!({ "credits": "0.50", "isRequired": false }));
    let told = ["UPDATED pathcourse credits,isRequired"];
    story.perform("pathwayCourseUpdate", credits, &told).await;

    let credential = json!({ "pathwayId": pathway, "name": "CNA" });
    let created = "CREATED credential district,name,pathway,status";
    let credential = row("pathwayCredential", "cr", &credential);
    let credential = story.perform("pathwayCredentialBulkUpsert", credential, &[created]).await;
    let issuer = change(&credential, &json!({ "issuer": "State board" }));
    story.perform("pathwayCredentialUpdate", issuer, &["UPDATED credential issuer"]).await;
    walked(story, roster, &pathway).await;
}

async fn walked(story: &mut Story<'_>, roster: &Roster, pathway: &str) {
    let on = json!({ "studentId": roster.student, "pathwayId": pathway,
        "startedOn": "2026-08-20" });
    let created = "CREATED participation district,pathway,startedOn,status,student";
    let on = row("pathwayEnrollment", "pe", &on);
    let on = story.perform("pathwayEnrollmentBulkUpsert", on, &[created]).await;
    let exit = change(&on, &json!({ "endedOn": "2026-08-30", "exitReason": "WITHDREW" }));
    let told = ["UPDATED participation endedOn,exitReason"];
    story.perform("pathwayEnrollmentUpdate", exit, &told).await;

    let definition = json!({ "jurisdiction": "US-CO", "citation": "State plan", 
        "effectiveFrom": "2026-07-01", "participantCourses": 1, "concentratorCourses": 2 });
    let created = "CREATED definition citation,concentratorCourses,district,effectiveFrom,\
                   jurisdiction,participantCourses,status";
    let definition = row("pathwayDefinition", "pd", &definition);
    let definition = story.perform("pathwayDefinitionBulkUpsert", definition, &[created]).await;
    let credits = change(&definition, &json!({ "concentratorCredits": "12.00" }));
    let told = ["UPDATED definition concentratorCredits"];
    story.perform("pathwayDefinitionUpdate", credits, &told).await;
}

/// The cluster of the nurses.
async fn cluster(app: &TestApp) -> String {
    let operator = app.client(pathbridge::auth::Tenant::Platform).await;
    let ask = "{ careerClusters(first: 1, where: { code: { eq: \"healthcare-human-services\" } }) { nodes { id } } }";
    let found = operator.ok(ask, json!({})).await;
    found["careerClusters"]["nodes"][0]["id"].as_str().expect("the sample has it").to_owned()
}
