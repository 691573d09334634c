//! The columns of `orgs.csv` and `users.csv` that become rows.

use std::path::Path;

use serde::Deserialize;

/// One student as the bundle has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct User {
    pub sourced_id: String,
    #[serde(rename = "orgSourcedIds")]
    pub school: String,
    pub given_name: String,
    pub family_name: String,
    pub middle_name: Option<String>,
    #[serde(rename = "identifier")]
    pub student_number: Option<String>,
    pub email: Option<String>,
    #[serde(rename = "grades")]
    pub grade_level: Option<String>,
}

/// One school.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct School {
    pub sourced_id: String,
    pub name: String,
    pub identifier: Option<String>,
    #[serde(rename = "type")]
    kind: String,
}

/// The schools of the bundle and its students, the latter while they are read.
pub(super) struct Bundle {
    pub schools: Vec<School>,
    pub students: Box<dyn Iterator<Item = csv::Result<User>> + Send>,
}

/// Opens the files.
pub(super) fn read(folder: &Path) -> anyhow::Result<Bundle> {
    let mut orgs = csv::Reader::from_path(folder.join("orgs.csv"))?;
    let orgs: Vec<School> = orgs.deserialize().collect::<Result<_, _>>()?;
    let schools = orgs.into_iter().filter(|org| org.kind == "school").collect();
    let users = csv::Reader::from_path(folder.join("users.csv"))?;
    Ok(Bundle { schools, students: Box::new(users.into_deserialize()) })
}
