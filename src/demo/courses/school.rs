//! The catalogue of the school districts.

use super::{Area, Course, SEMINAR, career, core};

/// Its courses.
pub fn courses() -> Vec<Course> {
    CORE.iter().chain(&CAREER).copied().collect()
}

const CORE: [Course; 18] = [
    core(9, "ENG-109", "English 9", "English Language Arts"),
    core(9, "MTH-110", "Algebra I", "Mathematics"),
    core(9, "SCI-105", "Physical Science", "Science"),
    core(9, "SOC-101", "World Geography", "Social Studies"),
    core(9, "CTE-090", "Exploring Careers", "Career and Technical Education"),
    core(10, "ENG-110", "English 10", "English Language Arts"),
    core(10, "MTH-120", "Geometry", "Mathematics"),
    core(10, "SCI-210", "Biology", "Science"),
    core(10, "SOC-210", "World History", "Social Studies"),
    core(11, "ENG-111", "English 11: American Literature", "English Language Arts"),
    core(11, "MTH-210", "Algebra II", "Mathematics"),
    core(11, "SCI-310", "Chemistry", "Science"),
    core(11, "SOC-310", "United States History", "Social Studies"),
    core(12, "ENG-112", "English 12: Writing for Work and College", "English Language Arts"),
    core(12, "MTH-240", "Statistics and Financial Mathematics", "Mathematics"),
    core(12, "SOC-410", "Civics and Economics", "Social Studies"),
    core(12, "SCI-340", "Environmental Science", "Science"),
    // Taken by those who are placed, in whichever grade they are.
    core(0, SEMINAR, "Work-Based Learning Seminar", "Career and Technical Education"),
];

const CAREER: [Course; 33] = [
    career(10, Area::Health, "HLT-210", "Foundations of Health Science"),
    career(11, Area::Health, "HLT-310", "Anatomy and Patient Care"),
    career(12, Area::Health, "HLT-410", "Clinical Skills Capstone"),
    career(10, Area::Manufacturing, "MFG-210", "Measuring, Materials and Shop Safety"),
    career(11, Area::Manufacturing, "MFG-310", "Machining and Welding"),
    career(12, Area::Manufacturing, "MFG-410", "Computer-Controlled Manufacturing"),
    career(10, Area::Information, "INF-210", "Computer Science Principles"),
    career(11, Area::Information, "INF-310", "Web and Application Development"),
    career(12, Area::Information, "INF-410", "Software Project Studio"),
    career(10, Area::Education, "EDU-210", "Introduction to Teaching"),
    career(11, Area::Education, "EDU-310", "Child Development"),
    career(12, Area::Education, "EDU-410", "Practice of Teaching"),
    career(10, Area::HumanServices, "HUM-210", "Families and Communities"),
    career(11, Area::HumanServices, "HUM-310", "Psychology and Counseling Basics"),
    career(12, Area::HumanServices, "HUM-410", "Community Services Capstone"),
    career(10, Area::Construction, "CON-210", "Construction Core and Tool Safety"),
    career(11, Area::Construction, "CON-310", "Carpentry and Electrical Basics"),
    career(12, Area::Construction, "CON-410", "Building Project and Drawings"),
    career(10, Area::Business, "BUS-210", "Principles of Business"),
    career(11, Area::Business, "BUS-310", "Accounting I"),
    career(12, Area::Business, "BUS-410", "Marketing and Entrepreneurship"),
    career(10, Area::Agriculture, "AGR-210", "Plant and Soil Science"),
    career(11, Area::Agriculture, "AGR-310", "Greenhouse and Landscape Management"),
    career(12, Area::Agriculture, "AGR-410", "Land Stewardship Capstone"),
    career(10, Area::Hospitality, "HOS-210", "Culinary Arts I"),
    career(11, Area::Hospitality, "HOS-310", "Culinary Arts II and Nutrition"),
    career(12, Area::Hospitality, "HOS-410", "Kitchen Management"),
    career(10, Area::PublicSafety, "PUB-210", "Introduction to Public Safety"),
    career(11, Area::PublicSafety, "PUB-310", "First Response and Emergency Care"),
    career(12, Area::PublicSafety, "PUB-410", "Emergency Medical Responder"),
    career(10, Area::Transportation, "TRN-210", "Small Engines and Vehicle Systems"),
    career(11, Area::Transportation, "TRN-310", "Logistics and Inventory"),
    career(12, Area::Transportation, "TRN-410", "Diesel Technology"),
];
