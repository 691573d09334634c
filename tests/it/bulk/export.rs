//! Exports: what may be exported, and what the file holds then.

use pathbridge::{
    auth::{Scope, Tenant},
    bulk::service::request::{Compression, Export, Format},
};
use serde_json::{Value as Json, json};

use super::exported::{export, ndjson, refusals, with};
use crate::{
    roster::world::{World, send},
    support::{
        both,
        crowd::{Crowd, Scale},
    },
};

const SCALE: Scale =
    Scale { rows: 2_600, districts: 2, schools: 20, partners: 20, affiliated: 2, values: 7 };

both! {
    async fn a_file_holds_every_node_in_the_order_that_was_asked(app: TestApp) {
        Crowd::gather(&app, SCALE).await;
        let sis = app.client(Tenant::District(Crowd::district(0))).await;
        let file = export(&app, &sis, &ndjson("{ students { nodes { id familyName school { id name } } } }")).await;
        let exported = file.nodes();
        assert_eq!(exported.len(), 1_300);
        assert_eq!(file.memory.begun.as_ref().map(|begun| begun.total), Some(1_300));
        assert_eq!(file.memory.nodes, 1_300);
        assert!(file.text().starts_with(r#"{"__typename":"Student","id":"student_"#), "type and id first");

        let mut read = Vec::new();
        let mut after = Json::Null;
        loop {
            let query = "query($after: String) { students(first: 250, after: $after) {
                nodes { __typename id familyName school { id name } } pageInfo { hasNextPage endCursor } } }";
            let mut page = sis.ok(query, json!({ "after": after })).await["students"].take();
            read.append(page["nodes"].as_array_mut().expect("nodes"));
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
            after = page["pageInfo"]["endCursor"].take();
        }
        assert_eq!(exported, read);

        let sorted = "{ students(orderBy: { field: FAMILY_NAME, direction: DESC }) { nodes { familyName } } }";
        let sorted = export(&app, &sis, &ndjson(sorted)).await.nodes();
        let names: Vec<_> = sorted.iter().map(|node| node["familyName"].to_string()).collect();
        assert_eq!(names.len(), 1_300);
        assert!(names.is_sorted_by(|one, other| one >= other));
    }

    async fn several_lists_share_a_file_and_variables_and_fragments_work(app: TestApp) {
        let world = World::new(&app, "north").await;
        for number in 0..4 {
            let fields = json!({ "givenName": "Eva", "familyName": format!("Lu {number}") });
            send(&world.sis, "student", &format!("n{number}"), &fields).await;
        }
        let query = "query Q($name: String!, $withStaff: Boolean!, $withCourses: Boolean = false) {
              eva: students(where: { familyName: { startsWith: $name } }) { nodes { ...person __typename } }
              staff @include(if: $withStaff) { nodes { id kind } }
              courses @include(if: $withCourses) { nodes { id } }
              schools { nodes { name externalIds { value } } }
            }
            fragment person on Student { id name: familyName ... on Node { id } }";
        let file = export(&app, &world.sis, &with(query, &json!({ "name": "Lu", "withStaff": true }))).await;
        let nodes = file.nodes();
        let types: Vec<_> = nodes.iter().map(|node| node["__typename"].as_str().expect("a type")).collect();
        assert_eq!(types, ["Student", "Student", "Student", "Student", "Staff", "School"]);
        assert_eq!(nodes[1]["name"], json!("Lu 1"));
        assert_eq!(nodes[5], json!({ "__typename": "School", "name": "East High", "externalIds": [{ "value": "s" }] }));
        assert_eq!(file.memory.begun.as_ref().map(|begun| begun.total), Some(6));
        let keys: Vec<_> = nodes[0].as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["__typename", "id", "name"]);
    }

    async fn values_stand_in_columns(app: TestApp) {
        let world = World::new(&app, "north").await;
        let fields = json!({ "givenName": "=1+1", "familyName": "O\"Neil, Zoë\nII", "schoolId": world.ids.school });
        send(&world.sis, "student", "q", &fields).await;
        let query = "{ students(orderBy: { field: FAMILY_NAME, direction: ASC }) { nodes {
            givenName familyName ...more school { name } } } }
            fragment more on Student { school { status } externalIds { system value } gradeLevel }";
        let wanted = Export { format: Format::Csv, ..ndjson(query) };
        let text = export(&app, &world.sis, &wanted).await.text();
        let lines: Vec<_> = text.split("\r\n").collect();
        assert_eq!(lines, [
            "__typename,givenName,familyName,school.status,school.name,externalIds,gradeLevel",
            r#"Student,Ada,Byron,ACTIVE,East High,"[{""system"":""sis"",""value"":""a""}]","#,
            "Student,=1+1,\"O\"\"Neil, Zoë\nII\",ACTIVE,East High,\"[{\"\"system\"\":\"\"sis\"\",\"\"value\"\":\"\"q\"\"}]\",",
            "",
        ]);
        let none = "{ students(where: { familyName: { eq: \"nobody\" } }) { nodes { id } } }";
        let empty = Export { format: Format::Csv, ..ndjson(none) };
        assert_eq!(export(&app, &world.sis, &empty).await.text(), "__typename,id\r\n");
        assert_eq!(export(&app, &world.sis, &ndjson(none)).await.text(), "");
    }

    async fn a_packed_file_opens_to_the_same_lines(app: TestApp) {
        Crowd::gather(&app, SCALE).await;
        let platform = app.client(Tenant::Platform).await;
        let query = "{ placements { nodes { id state kind startsOn endsOn createdAt updatedAt version
            student { id familyName givenName school { id name status createdAt updatedAt } district { id name slug createdAt } }
            partner { id name naics website status createdAt updatedAt }
            mentor { id givenName familyName email phone createdAt updatedAt } } } }";
        let plain = export(&app, &platform, &ndjson(query)).await;
        let wanted = Export { compression: Compression::Gzip, ..ndjson(query) };
        let packed = export(&app, &platform, &wanted).await;
        assert_eq!(plain.nodes().len(), SCALE.rows);
        assert!(plain.text() == packed.text(), "the same lines");
        assert!(packed.memory.bytes.len() * 4 < plain.memory.bytes.len());
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &packed.memory.bytes);
        let digits: Vec<_> = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let digits = digits.concat();
        assert_eq!(packed.made.sha256, digits);

        let none = "{ students(where: { id: { in: [] } }) { nodes { id } } }";
        let empty = export(&app, &platform, &Export { query: none.to_owned(), ..wanted }).await;
        assert!(empty.memory.bytes.starts_with(&[0x1f, 0x8b]), "an empty gzip file is no empty file");
        assert_eq!(empty.text(), "");
    }

    async fn what_is_no_list_as_a_whole_is_refused(app: TestApp) {
        let sis = app.client(Tenant::District(app.district("north").await)).await;
        let eleven: Vec<_> = (0..11).map(|n| format!("s{n}: students {{ nodes {{ id }} }}")).collect();
        let eleven = eleven.join(" ");
        let cases = [
            ("{ students { nodes { id }", "query: "),
            ("{ students { nodes { nope } } }", "query: Unknown field"),
            ("mutation { studentUpdate(id: \"x\", input: {}) { student { id } } }", "query: an export is a query"),
            ("{ __schema { types { name } } }", "query: an export asks for data"),
            ("query A { students { nodes { id } } } query B { students { nodes { id } } }", "query: an export is one query"),
            ("{ viewer { clientId } }", "query: `viewer` is no list that has pages"),
            ("{ changes(first: 1) { nodes { cursor } } }", "query: `changes` is no list that has pages"),
            ("{ student(id: \"x\") { id } }", "query: `student` is no list that has pages"),
            ("{ __typename }", "query: `__typename` is no list that has pages"),
            ("{ students(first: 5) { nodes { id } } }", "query: `students` takes no `first` here"),
            ("{ students(after: \"x\") { nodes { id } } }", "query: `students` takes no `after` here"),
            ("{ students { nodes { id } pageInfo { endCursor } } }", "query: of `students` an export selects `nodes"),
            ("{ students { totalCount { value } } }", "query: of `students` an export selects `nodes"),
            ("{ students { edges { node { id } } } }", "query: of `students` an export selects `nodes"),
            ("{ students { all: nodes { id } } }", "query: of `students` an export selects `nodes"),
            ("{ ...f } fragment f on Query { students { nodes { id } } }", "query: the root of an export names its lists"),
            ("{ students { ... { nodes { id } } } }", "query: of `students` an export selects `nodes"),
            ("{ students { nodes { id } } students { nodes { id } } }", "query: `students` is named twice"),
            ("{ students @skip(if: true) { nodes { id } } }", "query: an export names at least one list"),
            (&format!("{{ {eleven} }}"), "query: an export has 10 lists at most, here are 11"),
            ("{ students { nodes { __x: id } } }", "query: `students.nodes.__x` has an alias"),
            ("{ schools { nodes { students(first: 5) { nodes { id } } } } }", "query: `schools.nodes.students` comes in pages"),
            (
                "{ students { nodes { ...f } } } fragment f on Student { school { mine: students(first: 1) { nodes { id } } } }",
                "query: `students.nodes.school.mine` comes in pages",
            ),
            ("query($n: String!) { students(where: { familyName: { eq: $n } }) { nodes { id } } }", "variables: "),
        ];
        for (query, expected) in cases {
            let refused = refusals(&app, &sis, &ndjson(query)).await;
            assert!(refused.iter().all(|refusal| refusal.starts_with(expected)), "{query}: {refused:#?}");
            assert!(!refused.is_empty());
        }
        let many = "{ viewer { clientId } students(first: 1) { edges { cursor } } }";
        assert_eq!(refusals(&app, &sis, &ndjson(many)).await.len(), 3, "all problems at once");
    }

    async fn whoever_may_not_read_may_not_export(app: TestApp) {
        let world = World::new(&app, "north").await;
        let reader = app.granted(world.sis.caller.tenant, &[Scope::RosterRead]).await;
        let refused = refusals(&app, &reader, &ndjson("{ students { nodes { id } } }")).await;
        assert_eq!(refused, ["this needs the scope `students:read`, which the access token does not carry"]);
        let below = "{ courses { nodes { id school { name } } } }";
        assert_eq!(export(&app, &reader, &ndjson(below)).await.nodes().len(), 1);
        let stranger = app.client(Tenant::District(app.district("south").await)).await;
        assert_eq!(export(&app, &stranger, &ndjson("{ students { nodes { id } } }")).await.text(), "");
    }

    async fn a_value_that_fails_fails_the_export(app: TestApp) {
        let world = World::new(&app, "north").await;
        let query = "query($id: ID!) { students(where: { id: { eq: $id } }) { nodes { id } } }";
        let refused = refusals(&app, &world.sis, &with(query, &json!({ "id": "nonsense" }))).await;
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].starts_with("query: `students` could not be answered: "), "{refused:?}");
        let partner = app.client(Tenant::Partner(app.partner("Forge").await)).await;
        let withheld = "{ placements { nodes { id student { birthDate } } } }";
        assert_eq!(export(&app, &partner, &ndjson(withheld)).await.text(), "", "what is withheld is null, not an error");
    }
}
