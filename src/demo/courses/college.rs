//! The catalogue of the college.

use super::{Area, Course, SEMINAR, career, core};

/// Its courses.
pub fn courses() -> Vec<Course> {
    CORE.iter().chain(&CAREER).copied().collect()
}

const CORE: [Course; 7] = [
    core(1, "COM-101", "College Composition", "Communication"),
    core(1, "QNT-110", "Quantitative Reasoning", "Mathematics"),
    core(1, "PSY-105", "General Psychology", "Social Science"),
    core(2, "COM-210", "Professional Communication", "Communication"),
    core(2, "ETH-220", "Ethics at Work", "Humanities"),
    core(2, "STA-215", "Applied Statistics", "Mathematics"),
    // Taken by those who are placed, in whichever year they are.
    core(0, SEMINAR, "Practicum Seminar", "Career and Technical Education"),
];

const CAREER: [Course; 22] = [
    career(1, Area::Health, "NUR-120", "Fundamentals of Nursing"),
    career(2, Area::Health, "NUR-240", "Adult Health Nursing"),
    career(1, Area::Manufacturing, "MET-120", "Manufacturing Processes"),
    career(2, Area::Manufacturing, "MET-240", "Automation and Quality Systems"),
    career(1, Area::Information, "CIS-130", "Programming Fundamentals"),
    career(2, Area::Information, "CIS-250", "Systems Analysis and Design"),
    career(1, Area::Education, "ECE-110", "Guiding Young Children"),
    career(2, Area::Education, "ECE-230", "Curriculum for the Early Years"),
    career(1, Area::HumanServices, "SWK-110", "Introduction to Social Work"),
    career(2, Area::HumanServices, "SWK-230", "Interviewing and Case Work"),
    career(1, Area::Construction, "BLD-115", "Building Materials and Methods"),
    career(2, Area::Construction, "BLD-235", "Estimating and Site Management"),
    career(1, Area::Business, "ACC-110", "Financial Accounting"),
    career(2, Area::Business, "MKT-220", "Marketing Research"),
    career(1, Area::Agriculture, "HRT-110", "Horticulture"),
    career(2, Area::Agriculture, "HRT-225", "Landscape Design"),
    career(1, Area::Hospitality, "CUL-120", "Food Production"),
    career(2, Area::Hospitality, "CUL-230", "Institutional Kitchens"),
    career(1, Area::PublicSafety, "EMS-110", "Emergency Medical Technician"),
    career(2, Area::PublicSafety, "EMS-220", "Advanced Emergency Care"),
    career(1, Area::Transportation, "SCM-110", "Supply Chain Basics"),
    career(2, Area::Transportation, "SCM-225", "Warehouse Operations"),
];
