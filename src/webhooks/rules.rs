//! What must hold of endpoints and deliveries: pure functions over data.

mod endpoint;
mod message;
mod schedule;

pub use endpoint::{endpoint, overlap};
pub use message::{Data, Key, Message, PING, body, event};
pub use schedule::{ATTEMPTS, FAILING_FOR, next_attempt};
