//! A builder: houses and schools, with a yard where the trucks are kept.

use entity::{
    partner::PartnerKind,
    partner_contact::ContactRole,
    wbl::WorkBasedLearningKind::{Internship, PreApprenticeship},
};

use super::{Agreement, Opening, Partner, Post, Site};
use crate::demo::courses::Area;

pub static PARTNER: Partner = Partner {
    name: "Bluestem Builders",
    key: "bluestem",
    kind: PartnerKind::Employer,
    naics: "236220",
    domain: "bluestem.example.org",
    description: "A general contractor that builds schools and housing, with its own crews for \
                  carpentry, electrical work and landscaping.",
    area_code: "719",
    sites: &[
        Site { name: "Quarry Hill Yard", city: "Summit", region: "CO", postal_code: "80597" },
        Site { name: "Drafting Office", city: "Summit", region: "CO", postal_code: "80596" },
    ],
    people: &[
        Post { role: ContactRole::Hr, title: "Safety and Training Officer", site: 0 },
        Post { role: ContactRole::Mentor, title: "Journey-Level Carpenter", site: 0 },
        Post { role: ContactRole::Mentor, title: "Fleet Mechanic", site: 0 },
        Post { role: ContactRole::Mentor, title: "Building Designer", site: 1 },
        Post { role: ContactRole::Supervisor, title: "Site Superintendent", site: 0 },
        Post { role: ContactRole::Supervisor, title: "Office Manager", site: 1 },
    ],
    openings: &[
        Opening {
            title: "Carpentry Pre-Apprenticeship",
            description: "Frame, sheathe and finish under a journey-level carpenter.",
            kind: PreApprenticeship,
            occupation: "47-2031.00",
            site: 0,
            area: Area::Construction,
            for_college: false,
            wage: Some(1_700),
            minimum_age: 16,
            weekly_hours: 10,
            goal_hours: 140,
            notes: &[
                "Laid out studs for two walls",
                "Cut and fitted trim",
                "Toolbox talk on ladders",
                "Checked plumb and level with the mentor",
            ],
        },
        Opening {
            title: "Drafting Internship",
            description: "Turn site measurements into drawings that a crew can build from.",
            kind: Internship,
            occupation: "17-3011.00",
            site: 1,
            area: Area::Construction,
            for_college: false,
            wage: Some(1_650),
            minimum_age: 16,
            weekly_hours: 8,
            goal_hours: 100,
            notes: &[
                "Measured the gym addition",
                "Updated the door schedule",
                "Drew a stair section",
            ],
        },
        Opening {
            title: "Fleet Maintenance Internship",
            description: "Inspect, service and record: trucks, lifts and small engines.",
            kind: Internship,
            occupation: "49-3031.00",
            site: 0,
            area: Area::Transportation,
            for_college: false,
            wage: Some(1_650),
            minimum_age: 16,
            weekly_hours: 9,
            goal_hours: 120,
            notes: &[
                "Oil and filters on two trucks",
                "Inspected brakes with the mechanic",
                "Recorded tire wear of the fleet",
            ],
        },
        Opening {
            title: "Landscape Crew Internship",
            description: "Plants, paths and drainage around new schools.",
            kind: Internship,
            occupation: "37-3011.00",
            site: 0,
            area: Area::Agriculture,
            for_college: false,
            wage: Some(1_550),
            minimum_age: 16,
            weekly_hours: 9,
            goal_hours: 110,
            notes: &["Planted the bioswale", "Laid out a gravel path", "Checked irrigation zones"],
        },
    ],
    agreements: [Agreement::Ended, Agreement::InForce, Agreement::Nothing],
};
