//! No file tells a partner of interests.

use serde_json::{Value as Json, json};

use super::fence::{asked, forbidden, world};
use crate::support::both;

const KINDS: [&str; 6] = [
    "INTEREST_ASSESSMENT",
    "CAREER_SURVEY",
    "CAREER_SURVEY_QUESTION",
    "CAREER_SURVEY_RESPONSE",
    "CAREER_EXPOSURE",
    "CAREER_GOAL",
];

both! {
    async fn no_file_holds_them(app: TestApp) {
        let (side, hidden, portal) = world(&app).await;
        let export = "mutation($query: String!) { bulkExportCreate(input: { query: $query, format: NDJSON }) {
            job { id } userErrors { code } } }";
        for query in [
            "{ careerGoals { nodes { id statement } } }",
            "{ interestAssessments { nodes { id } } }",
            "{ careerSurveyResponses { nodes { rating } } }",
            "{ students { nodes { interestProfile { hollandCode } } } }",
            "{ placements { nodes { student { interestProfile { occupations { rank } } } } } }",
        ] {
            forbidden(&portal, &hidden, export, json!({ "query": query })).await;
        }
        let root = format!("{{ interestProfile(studentId: \"{}\") {{ hollandCode }} }}", side.row("student", 1).id());
        let (data, _) = asked(&portal, &hidden, export, json!({ "query": root })).await;
        assert_eq!(data.pointer("/bulkExportCreate/job/id"), None, "it is no list, and not for a partner");

        let import = "mutation($input: BulkImportCreateInput!) { bulkImportCreate(input: $input) {
            job { id } userErrors { code path } } }";
        for kind in KINDS {
            let input = json!({ "input": { "type": kind, "format": "NDJSON", "sizeBytes": "1", "sha256": "0".repeat(64) } });
            let (data, _) = asked(&portal, &hidden, import, input).await;
            let payload = &data["bulkImportCreate"];
            assert_eq!((&payload["job"], &payload["userErrors"][0]["code"]), (&Json::Null, &json!("FORBIDDEN")), "{kind}");
        }
    }
}
