//! A story to look at.
mod calendar;
mod clock;
mod courses;
mod dice;
mod districts;
mod names;
mod partners;
mod person;
mod plan;
