//! The career pathway of each field of work: the same road of courses, with what districts say of
//! it.

use super::courses::Area;

/// What a district says of the pathway of a field.
pub struct Programme {
    /// The career cluster of 2024, by its code.
    pub cluster: &'static str,
    /// The programme of study by the CIP.
    pub cip_code: &'static str,
    /// What students can earn on the way, and who awards it.
    pub credential: (&'static str, &'static str),
    /// Hours of work-based learning that it asks for.
    pub wbl_hours: i32,
}

const fn programme(
    cluster: &'static str,
    cip_code: &'static str,
    credential: (&'static str, &'static str),
    wbl_hours: i32,
) -> Programme {
    Programme { cluster, cip_code, credential, wbl_hours }
}

/// The programme of a field.
pub const fn of(area: Area) -> Programme {
    const HEALTH: &str = "healthcare-human-services";
    const SUPPLY: &str = "supply-chain-transportation";
    match area {
        Area::Health => {
            programme(HEALTH, "51.3902", ("Certified Nursing Assistant", "State board"), 120)
        }
        Area::Manufacturing => {
            programme("advanced-manufacturing", "48.0501", ("Production Technician", "MSSC"), 80)
        }
        Area::Information => {
            programme("digital-technology", "11.0701", ("IT Fundamentals", "CompTIA"), 60)
        }
        Area::Education => {
            programme("education", "13.1210", ("Child Development Associate", "CDA Council"), 100)
        }
        Area::HumanServices => {
            programme(HEALTH, "44.0701", ("Youth Mental Health First Aid", "National Council"), 80)
        }
        Area::Construction => {
            programme("construction", "46.0201", ("Core Carpentry", "NCCER"), 100)
        }
        Area::Business => {
            programme("financial-services", "52.0301", ("Certified Bookkeeper", "AIPB"), 60)
        }
        Area::Agriculture => {
            programme("agriculture", "01.0102", ("Certified Horticulturist", "ASHS"), 60)
        }
        Area::Hospitality => programme(
            "hospitality-events-tourism",
            "12.0503",
            ("Food Protection Manager", "ServSafe"),
            80,
        ),
        Area::PublicSafety => {
            programme("public-service-safety", "43.0107", ("First Responder", "State office"), 60)
        }
        Area::Transportation => {
            programme(SUPPLY, "52.0203", ("Certified Logistics Associate", "MSSC"), 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::{demo::courses::Area, reference::rules::codes::is_cip_program};

    #[test]
    fn every_field_has_a_programme_of_the_right_form() {
        for area in Area::ALL {
            let programme = of(area);
            assert!(is_cip_program(programme.cip_code), "{area:?}");
            assert!(programme.wbl_hours > 0 && !programme.cluster.is_empty(), "{area:?}");
        }
    }
}
