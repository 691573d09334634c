//! The way back: from the types of older slices to their placements.

use entity::placement::Column;

use super::Placement;
use crate::{
    graphql::object::Graph,
    partners::types::{Opportunity, Partner, PartnerContact, PartnerSite},
    roster::types::{District, Staff, Student},
};

macro_rules! placements_of {
    ($graph:ident: $($type:ty, $name:literal by $column:ident: $description:literal;)+) => {$(
        $graph.object::<$type>().has_many::<Placement>(
            $name,
            Column::$column,
            |row| row.id.into(),
            $description,
        );
    )+};
}

pub(super) fn declare(graph: &mut Graph) {
    placements_of! { graph:
        Student, "placements" by StudentId: "The student's placements, past and present.";
        District, "placements" by DistrictId: "The placements of its students.";
        Partner, "placements" by PartnerId: "The placements with this partner that you may see.";
        PartnerSite, "placements" by SiteId: "The placements at this site that you may see.";
        Opportunity, "placements" by OpportunityId:
            "The placements that came of it and that you may see.";
        PartnerContact, "mentoredPlacements" by MentorId:
            "The placements in which this person is the mentor.";
        PartnerContact, "supervisedPlacements" by SupervisorId:
            "The placements in which this person directs the work.";
        Staff, "coordinatedPlacements" by CoordinatorId:
            "The placements that this person answers for.";
    }
}
