//! Lists of wishes, recommendations for one student, and runs of the matching for all.

mod preferences;
mod recommendations;
mod runs;
mod scale;
mod world;
