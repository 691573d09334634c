//! A `OneRoster` 1.1 bundle of one district: schools and students, nothing else.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
};

use crate::data::{Kind, Size, family_name, given_name};

/// The name that the manifest gives to the system it comes from.
pub const SYSTEM: &str = "Bench SIS";

const MANIFEST: &str = "\
propertyName,value
manifest.version,1.0
oneroster.version,1.1
file.academicSessions,absent
file.categories,absent
file.classes,absent
file.classResources,absent
file.courses,absent
file.courseResources,absent
file.demographics,absent
file.enrollments,absent
file.lineItems,absent
file.orgs,bulk
file.resources,absent
file.results,absent
file.users,bulk
";

const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId";
const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,\
                     userIds,givenName,familyName,middleName,identifier,email,sms,phone,\
                     agentSourcedIds,grades,password";

/// Writes the bundle into a folder.
pub fn write(folder: &Path, students: u64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let system = format!("source.systemName,{SYSTEM}\nsource.systemCode,bench\n");
    fs::write(folder.join("manifest.csv"), format!("{MANIFEST}{system}"))?;
    let mut orgs = BufWriter::new(File::create(folder.join("orgs.csv"))?);
    writeln!(orgs, "{ORGS}\norg-district,,,Import Public Schools,district,,")?;
    for n in 0..Size::SCHOOLS {
        writeln!(orgs, "org-{n},,,High School No. {n},school,99{n:010},org-district")?;
    }
    orgs.flush()?;
    let mut users = BufWriter::new(File::create(folder.join("users.csv"))?);
    writeln!(users, "{USERS}")?;
    for n in 0..students {
        let (given, family) = (given_name(Kind::Student, n), family_name(Kind::Student, n));
        let email = format!("{given}.{family}.{n}@students.example.org").to_lowercase();
        let school = Kind::Student.chance(n, 4) % Size::SCHOOLS;
        let grade = Kind::Student.pick(n, 8, &["09", "10", "11", "12"]);
        let number = 24_000_000 + n;
        writeln!(
            users,
            "usr-{n},,,true,org-{school},student,{email},,{given},{family},,{number},{email},,,,\
             {grade},"
        )?;
    }
    users.flush()
}
