//! A release is loaded once and never changes; newer ones come to stand beside it.

use std::sync::Arc;

use entity::{
    career_cluster::ClusterFramework, reference_release::ReferenceDataset, riasec::Riasec,
};
use pathbridge::{
    app::App,
    auth::{Keys, Tenant},
    bulk::reference::{LoadOutcome, sample},
    reference::{
        rules::catalogue::Catalogue,
        service::{bridge, catalogue},
    },
};
use serde_json::{Value, json};

use super::files::{Files, load_all};
use crate::support::{both, dump::dump};

both! {
    async fn occupations_are_loaded_with_their_scores(app: TestApp) {
        let report = Files::onet().load(&app, ReferenceDataset::Onet).await;
        assert_eq!((report.outcome, report.refused), (LoadOutcome::Loaded, 0));
        assert_eq!(report.release.as_deref(), Some("2026-02"), "the month of the newest scores");
        assert_eq!(report.released_on.unwrap().to_string(), "2026-02-01");
        assert_eq!(report.count("occupations"), Some(4));
        assert_eq!(report.count("with interest scores"), Some(3));
        assert_eq!(report.count("without interest scores"), Some(1));
        assert_eq!(report.notes, ["3 rows of the scale IH are no scores: left out"]);
        let rows: Vec<_> = report.files.iter().map(|file| (file.file.as_str(), file.rows)).collect();
        assert_eq!(rows, [("Occupation Data.txt", 4), ("Interests.txt", 21)]);

        let known = catalogue::current(&app.app).await.unwrap();
        let codes: Vec<_> = known.occupations.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, ["15-1252.00", "15-1299.00", "29-1141.00", "29-1141.01"]);
        let nurses = known.occupation("29-1141.00").unwrap();
        assert_eq!(nurses.title, "Registered Nurses");
        assert_eq!(nurses.interests, Some(Riasec([311, 500, 162, 670, 241, 424])));
        assert_eq!(known.occupation("15-1299.00").unwrap().interests, None);
        assert_eq!(known.scored().count(), 3);
        assert_eq!(known.occupation_of(nurses.id), Some(nurses));
    }

    async fn the_same_again_changes_nothing(app: TestApp) {
        load_all(&app).await;
        let before = dump(&app).await;
        app.clock.advance(chrono::TimeDelta::days(1));
        for (files, dataset) in [
            (Files::onet(), ReferenceDataset::Onet),
            (Files::clusters(), ReferenceDataset::CareerClusters),
            (Files::cip_soc(), ReferenceDataset::CipSoc),
        ] {
            let report = files.load(&app, dataset).await;
            assert_eq!((report.outcome, report.refused), (LoadOutcome::Unchanged, 0));
            assert!(report.is_current && report.release.is_some());
        }
        // Neither another name nor other line ends make other data.
        let files = Files::onet();
        let text = files.read("Interests.txt").replace("\r\n", "\n");
        let files = files.write("Interests.txt", &format!("\u{feff}{text}"));
        let report = files.load_onet_as(&app, "30.3", "2026-05-01").await;
        assert_eq!((report.outcome, report.release.as_deref()), (LoadOutcome::Unchanged, Some("2026-02")));
        assert_eq!(before, dump(&app).await);
    }

    async fn a_newer_release_keeps_the_older_one(app: TestApp) {
        let report = Files::onet().load_onet_as(&app, "30.2", "2026-02-01").await;
        assert!(report.is_current);
        let older = catalogue::current(&app.app).await.unwrap();
        let files = Files::onet()
            .replace("Interests.txt", "29-1141.00\t1.B.1.d\tSocial\tOI\t6.70", "29-1141.00\t1.B.1.d\tSocial\tOI\t6.90")
            .replace("Occupation Data.txt", "Registered Nurses", "Nurses, Registered")
            .replace("Occupation Data.txt", "15-1299.00\tComputer Occupations, All Other", "15-1299.10\tBlockchain Engineers");
        let report = files.load_onet_as(&app, "30.3", "2026-05-01").await;
        assert!(report.is_current && report.outcome == LoadOutcome::Loaded);

        let newer = catalogue::current(&app.app).await.unwrap();
        let of = |known: &Catalogue| known.occupation("29-1141.00").unwrap().clone();
        assert_eq!(of(&older).id, of(&newer).id, "an occupation outlives its releases");
        assert_eq!(of(&older).interests.unwrap().0[3], 670);
        assert_eq!(of(&newer).interests.unwrap().0[3], 690);
        assert_eq!(of(&newer).title, "Nurses, Registered");
        assert!(newer.occupation("15-1299.00").is_none() && newer.occupation("15-1299.10").is_some());
        let again = catalogue::at(&app.app, older.onet.as_ref().unwrap().id, None).await.unwrap();
        assert_eq!(of(&again), of(&older), "what was derived from it can be explained");

        let operator = app.client(Tenant::Platform).await;
        let query = "query($code: String!, $old: ID!) { occupationByCode(code: $code) {
            title isCurrent version release { name } interests { social release { name } }
            before: interests(release: $old) { social release { name isCurrent } } } }";
        let old = json!({ "code": "29-1141.00", "old": report_id(&older) });
        let nurses = operator.ok(query, old).await["occupationByCode"].take();
        assert_eq!(nurses, json!({
            "title": "Nurses, Registered", "isCurrent": true, "version": "2",
            "release": { "name": "30.3" },
            "interests": { "social": "6.90", "release": { "name": "30.3" } },
            "before": { "social": "6.70", "release": { "name": "30.2", "isCurrent": false } },
        }));
        let gone = json!({ "code": "15-1299.00", "old": report_id(&older) });
        let gone = operator.ok(query, gone).await["occupationByCode"].take();
        assert_eq!((&gone["isCurrent"], &gone["release"]["name"]), (&Value::Bool(false), &json!("30.2")));
        assert_eq!(gone["interests"], Value::Null, "the release has no scores for it");
    }

    async fn an_older_release_and_a_sample_stay_behind(app: TestApp) {
        Files::onet().load_onet_as(&app, "30.3", "2026-05-01").await;
        let current = catalogue::current(&app.app).await.unwrap();
        let files = Files::onet()
            .replace("Occupation Data.txt", "Registered Nurses", "Sisters")
            .replace("Occupation Data.txt", "15-1252.00\tSoftware Developers", "15-1251.00\tProgrammers")
            .replace("Interests.txt", "15-1252.00\t", "15-1251.00\t");
        let text = files.read("Interests.txt").replace("15-1252.00", "15-1251.00");
        let report = files.write("Interests.txt", &text).load_onet_as(&app, "29.0", "2024-08-01").await;
        assert!(report.outcome == LoadOutcome::Loaded && !report.is_current);
        let [onet, clusters, cip_soc] = sample::load(&app.app).await.unwrap();
        assert!(onet.is_new && !onet.release.is_current, "the sample is older than anything official");
        assert!(clusters.release.is_current && cip_soc.release.is_current, "there is nothing else yet");
        let still = catalogue::current(&app.app).await.unwrap();
        assert_eq!(still.occupations.len(), current.occupations.len());
        assert_eq!(still.occupation("29-1141.00").unwrap().title, "Registered Nurses");

        let operator = app.client(Tenant::Platform).await;
        let query = "{ occupationByCode(code: \"15-1251.00\") { title isCurrent release { name } } }";
        let only_older = operator.ok(query, json!({})).await["occupationByCode"].take();
        assert_eq!(only_older, json!({ "title": "Programmers", "isCurrent": false, "release": { "name": "29.0" } }));

        let report = Files::clusters().load(&app, ReferenceDataset::CareerClusters).await;
        assert!(report.is_current, "the official one goes before the sample, whatever its date");
        let grouped = catalogue::current(&app.app).await.unwrap();
        assert!(!grouped.grouping.as_ref().unwrap().is_sample);
        assert_eq!(grouped.clusters.len(), 12, "clusters that only the sample has are no part of it");
    }

    async fn the_sample_is_loaded_once(app: TestApp) {
        assert!(sample::load(&app.app).await.unwrap().iter().all(|one| one.is_new));
        let before = dump(&app).await;
        assert!(sample::load(&app.app).await.unwrap().iter().all(|one| !one.is_new));
        assert_eq!(before, dump(&app).await);
        let known = catalogue::current(&app.app).await.unwrap();
        assert_eq!(known.clusters_of(ClusterFramework::Sixteen).count(), 16);
        assert_eq!(known.clusters_of(ClusterFramework::Fourteen).count(), 14);
        assert!(known.clusters.iter().all(|cluster| !cluster.occupations.is_empty()));
        let again = catalogue::current(&app.app).await.unwrap();
        assert!(Arc::ptr_eq(&known, &again), "a release is read once");
        assert!(bridge::current(&app.app).await.unwrap().unwrap().program("51.3801").is_some());
    }

    async fn a_name_stands_for_one_release(app: TestApp) {
        Files::onet().load_onet_as(&app, "30.3", "2026-05-01").await;
        let before = dump(&app).await;
        let files = Files::onet().replace("Interests.txt", "3.05", "3.06");
        let report = files.load_onet_as(&app, "30.3", "2026-05-01").await;
        assert_eq!(report.outcome, LoadOutcome::Refused);
        let [refusal] = report.refusals.as_slice() else { panic!("{:?}", report.refusals) };
        assert_eq!(refusal.code, "ALREADY_EXISTS");
        assert!(refusal.reason.contains("`30.3`"), "{}", refusal.reason);
        assert_eq!(before, dump(&app).await);
    }

    async fn two_who_load_at_once_load_it_once(app: TestApp) {
        let files = Files::onet();
        let (one, other) = tokio::join!(
            files.load(&app, ReferenceDataset::Onet),
            files.load(&app, ReferenceDataset::Onet),
        );
        let outcomes = [one.outcome, other.outcome];
        assert!(outcomes.contains(&LoadOutcome::Loaded), "{outcomes:?}");
        assert!(outcomes.contains(&LoadOutcome::Unchanged), "{outcomes:?}");
    }

    async fn another_replica_notices_a_newer_release(app: TestApp) {
        load_all(&app).await;
        let keys = Keys::ephemeral(&app.clock.clock()).unwrap();
        let other = App::new(app.app.db.clone(), app.app.config.clone(), app.clock.clock(), keys);
        assert_eq!(catalogue::current(&other).await.unwrap().onet.as_ref().unwrap().name, "2026-02");
        let files = Files::onet().replace("Interests.txt", "3.05", "3.06");
        files.load_onet_as(&app, "31.0", "2026-08-01").await;
        assert_eq!(catalogue::current(&other).await.unwrap().onet.as_ref().unwrap().name, "31.0");
    }

    async fn job_zones_are_taken_when_they_are_there(app: TestApp) {
        let zones = "O*NET-SOC Code\tJob Zone\tDate\tDomain Source\r\n29-1141.00\t3\t08/2025\tAnalyst\r\n";
        let files = Files::onet().write("Job Zones.txt", zones);
        assert_eq!(files.load(&app, ReferenceDataset::Onet).await.outcome, LoadOutcome::Loaded);
        let known = catalogue::current(&app.app).await.unwrap();
        assert_eq!(known.occupation("29-1141.00").unwrap().job_zone, Some(3));
        assert_eq!(known.occupation("29-1141.01").unwrap().job_zone, None);
    }
}

fn report_id(known: &Catalogue) -> String {
    pathbridge::typeid::encode(known.onet.as_ref().unwrap().id)
}
