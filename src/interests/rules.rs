//! What must hold for signals of interest, and what is made of them: pure functions over data.

mod about;
mod assessment;
pub mod decay;
pub mod fit;
pub mod profile;
pub mod scoring;
pub mod suppress;
mod survey;

pub use about::{about, goal};
pub use assessment::assessment;
pub use survey::{exposure, question, response, survey};
