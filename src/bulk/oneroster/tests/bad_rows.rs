//! Rows whose values break the rule of their column: each with its code, line and column.

use super::{ORG, ORGS, SESSIONS, USERS, collect, manifest, open_files};
use crate::bulk::oneroster::{
    Code, Demographics, Enrollment, Org, PersonKind, Record, Refusal, Role, Session, StaffKind,
    Status, User,
};

/// Opens one file without a manifest, so as bulk, and reads it.
fn read<R: Record>(text: &str) -> (Vec<R>, Vec<Refusal>) {
    collect(&open_files(&[(&R::FILE.file_name(), text)]).unwrap())
}

/// The refusal of a single row below a header.
fn refused<R: Record>(header: &str, row: &str) -> (Code, Option<String>) {
    let (_, mut refusals) = read::<R>(&format!("{header}{row}\n"));
    assert_eq!(refusals.len(), 1, "{row}");
    let refusal = refusals.remove(0);
    assert_eq!((refusal.file, refusal.line), (R::FILE.file_name(), Some(2)));
    (refusal.code, refusal.column)
}

fn org(row: &str) -> (Code, Option<String>) {
    refused::<Org>(ORGS, row)
}

fn at(code: Code, column: &str) -> (Code, Option<String>) {
    (code, Some(column.to_owned()))
}

#[test]
fn a_row_must_have_as_many_values_as_the_header() {
    assert_eq!(org("d-1,,,Alder,district,"), (Code::FieldCount, None));
    assert_eq!(org("d-1,,,Alder,district,,,"), (Code::FieldCount, None));
}

#[test]
fn required_values_and_identifiers() {
    assert_eq!(org(",,,Alder,district,,"), at(Code::ValueRequired, "sourcedId"));
    assert_eq!(org("d-1,,,  ,district,,"), at(Code::ValueRequired, "name"));
    assert_eq!(org("d-1,,,Alder,,,"), at(Code::ValueRequired, "type"));
    assert_eq!(org("{d-1},,,Alder,district,,"), at(Code::InvalidId, "sourcedId"));
    assert_eq!(org("d-1,,,Alder,district,,ä"), at(Code::InvalidId, "parentSourcedId"));
    let long = "x".repeat(256);
    assert_eq!(org(&format!("{long},,,Alder,district,,")), at(Code::IdTooLong, "sourcedId"));
    let good = read::<Org>(&format!("{ORGS}{},,,Alder,district,,\n", "x".repeat(255)));
    assert_eq!(good.0.len(), 1);
}

#[test]
fn choices_mind_their_case_and_say_what_is_allowed() {
    assert_eq!(org("d-1,,,Alder,District,,"), at(Code::InvalidChoice, "type"));
    let (_, refusals) = read::<Org>(&format!("{ORGS}{ORG}d-1,,,Alder,academy,,\n"));
    assert_eq!(
        refusals[0].to_string(),
        "orgs.csv:3: type: `academy` is not allowed here; allowed are department, school, \
         district, local, state, national [INVALID_CHOICE]"
    );
}

#[test]
fn line_breaks_in_values_are_refused() {
    assert_eq!(org("d-1,,,\"Al\nder\",district,,"), at(Code::ControlCharacter, "name"));
}

#[test]
fn bulk_rows_leave_status_blank_and_active_is_let_pass() {
    assert_eq!(org("d-1,tobedeleted,,A,district,,"), at(Code::NotBlankInBulk, "status"));
    assert_eq!(org("d-1,gone,,A,district,,"), at(Code::InvalidChoice, "status"));
    let dated = org("d-1,,2026-08-24T00:00:00Z,A,district,,");
    assert_eq!(dated, at(Code::NotBlankInBulk, "dateLastModified"));
    let bundle = open_files(&[(
        "orgs.csv",
        &format!("{ORGS}d-1,active,,A,district,,\nd-2,active,,B,school,,d-1\n"),
    )]);
    let report = bundle.unwrap().read::<Org>(|_| std::ops::ControlFlow::Continue(())).unwrap();
    assert_eq!((report.notes[0].code, report.notes[0].count), (Code::ActiveInBulk, 2));
}

#[test]
fn delta_rows_must_have_status_and_date() {
    let manifest = manifest(&[("orgs", "delta")]);
    let text = format!(
        "{ORGS}d-1,,2026-08-24T00:00:00Z,A,district,,\nd-2,active,,A,school,,\n\
         d-3,active,2026-08-24,A,school,,\nd-4,active,2026-08-24T00:00:00+02:00,A,school,,\n\
         d-5,tobedeleted,2026-08-24T00:00:00.000Z,A,school,,\n"
    );
    let bundle = open_files(&[("manifest.csv", &manifest), ("orgs.csv", &text)]).unwrap();
    let (orgs, refusals) = collect::<Org>(&bundle);
    let codes: Vec<_> = refusals.iter().map(|refusal| (refusal.line, refusal.code)).collect();
    assert_eq!(
        codes,
        [
            (Some(2), Code::ValueRequired),
            (Some(3), Code::ValueRequired),
            (Some(4), Code::InvalidDateTime),
            (Some(5), Code::InvalidDateTime),
        ]
    );
    assert_eq!(orgs[0].status, Status::ToBeDeleted);
}

#[test]
fn sessions_have_dates_in_order_and_a_year() {
    let session = |rest: &str| refused::<Session>(SESSIONS, &format!("s-1,,,Fall,{rest}"));
    let invalid = at(Code::InvalidDate, "startDate");
    for date in ["24.08.2026", "2026-8-24", "2026-02-30", "20260824", "+026-08-24"] {
        assert_eq!(session(&format!("term,{date},2027-01-01,,2027")), invalid, "{date}");
    }
    let ends = |end: &str| session(&format!("term,2026-08-24,{end},,2027"));
    assert_eq!(ends("2026-08-24"), at(Code::DateOrder, "endDate"));
    assert_eq!(ends(""), at(Code::ValueRequired, "endDate"));
    let year = session("term,2026-08-24,2027-01-01,,26-27");
    assert_eq!(year, at(Code::InvalidYear, "schoolYear"));
}

fn user(enabled: &str, role: &str, ids: &str, agents: &str) -> String {
    format!(
        "u-1,,,{enabled},\"s-1, s-2\",{role},ada,\"{ids}\",Ada,Park,,,,,,\"{agents}\",,hush-1\n"
    )
}

#[test]
fn users_of_1p1_carry_their_role() {
    let refused = |row: String| refused::<User>(USERS, row.trim_end());
    assert_eq!(refused(user("True", "student", "", "")), at(Code::InvalidBoolean, "enabledUser"));
    assert_eq!(refused(user("", "student", "", "")), at(Code::ValueRequired, "enabledUser"));
    assert_eq!(refused(user("true", "pupil", "", "")), at(Code::InvalidChoice, "role"));
    assert_eq!(refused(user("true", "student", "{AB}", "")), at(Code::InvalidUserIds, "userIds"));
    assert_eq!(refused(user("true", "student", "{A:1", "")), at(Code::InvalidUserIds, "userIds"));
    let agent = refused(user("true", "student", "", "g 1"));
    assert_eq!(agent, at(Code::InvalidId, "agentSourcedIds"));
    let (users, _) = read::<User>(&format!(
        "{USERS}{}{}",
        user("true", "student", "{SIS:7},{LDAP:ada}", "g-1,g-2"),
        user("false", "principal", "98861739", "")
    ));
    let role = users[0].inline_role.as_ref().unwrap();
    assert_eq!((role.role.person, role.orgs.len()), (PersonKind::Student, 2));
    assert_eq!(users[0].user_ids[1].kind.as_deref(), Some("LDAP"));
    assert_eq!(users[0].agents, ["g-1", "g-2"]);
    let principal = users[1].inline_role.as_ref().unwrap().role.person;
    assert_eq!(principal, PersonKind::Staff(StaffKind::Administrator));
    assert_eq!((users[1].enabled, users[1].user_ids[0].kind.is_none()), (false, true));
}

#[test]
fn passwords_are_nowhere_in_a_record() {
    let (users, _) = read::<User>(&format!("{USERS}{}", user("true", "student", "", "")));
    assert!(!format!("{users:?}").contains("hush-1"));
}

#[test]
fn a_refusal_never_repeats_a_person() {
    let row = "u-1,,,yes please,s-1,Ada Lovelace Park,ada,,Ada,Park,,,,,,,,\n";
    let (_, refusals) = read::<User>(&format!("{USERS}{row}"));
    assert_eq!(refusals[0].code, Code::InvalidBoolean);
    let row = row.replace("yes please", "true");
    let (_, refusals) = read::<User>(&format!("{USERS}{row}"));
    assert_eq!(refusals[0].code, Code::InvalidChoice);
    assert!(!refusals[0].to_string().contains("Lovelace"));
}

#[test]
fn roles_and_enrollments_do_not_end_before_they_begin() {
    let roles = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
                 orgSourcedId,userProfileSourcedId\n";
    let role = |rest: &str| refused::<Role>(roles, &format!("r-1,,,u-1,{rest}"));
    let order = role("primary,student,2026-08-24,2026-08-23,s-1,");
    assert_eq!(order, at(Code::DateOrder, "endDate"));
    assert_eq!(role("main,student,,,s-1,"), at(Code::InvalidChoice, "roleType"));
    assert_eq!(role("primary,administrator,,,s-1,"), at(Code::InvalidChoice, "role"));
    let enrollments = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,\
                       userSourcedId,role,primary,beginDate,endDate\n";
    let (taken, refusals) = read::<Enrollment>(&format!(
        "{enrollments}e-1,,,c-1,s-1,u-1,student,,2026-08-24,2026-08-24\n\
         e-2,,,c-1,s-1,u-1,aide,,,\n"
    ));
    assert_eq!((taken.len(), refusals[0].code), (1, Code::InvalidChoice));
}

#[test]
fn of_demographics_only_the_birth_date_is_read() {
    let header = "sourcedId,status,dateLastModified,birthDate,sex\n";
    let birth = refused::<Demographics>(header, "u-1,,,11/03/2009,female");
    assert_eq!(birth, at(Code::InvalidDate, "birthDate"));
    let (read, _) = read::<Demographics>(&format!("{header}u-1,,,2009-11-03,whatever\n"));
    assert!(!format!("{read:?}").contains("whatever"));
}
