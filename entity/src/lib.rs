//! Rows of the database: one file per table, typed keys, and states that know their transitions.

pub mod academic_session;
pub mod affiliation_agreement;
pub mod api_client;
pub mod assertion_jti;
pub mod class;
pub mod class_session;
pub mod class_teacher;
pub mod course;
pub mod district;
pub mod enrollment;
pub mod external_id;
pub mod guardian;
pub mod guardianship;
pub mod id;
pub mod opportunity;
pub mod partner;
pub mod partner_contact;
pub mod partner_site;
pub mod placement;
pub mod revoked_token;
pub mod school;
pub mod staff;
pub mod status;
pub mod student;
pub mod time_entry;
pub mod wbl;
