//! The only shared state of the process: cheap to clone, handed to every part.

mod lifetime;
mod shelf;

use std::sync::Arc;

pub use lifetime::Lifetime;
pub use shelf::Shelf;

use crate::{
    auth::{Keys, Memory},
    clock::Clock,
    config::Config,
    store::Db,
};

/// What every part of the house may hold.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The settings.
    pub config: Config,
    /// Time, ids, randomness.
    pub clock: Clock,
    /// The signing keys and the secret of the cursors.
    pub keys: Keys,
    /// What this process knows about tokens it has seen lately.
    pub memory: Memory,
    /// What slices keep in memory.
    pub shelf: Shelf,
    /// How long the process goes on.
    pub lifetime: Lifetime,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(db: Db, config: Config, clock: Clock, keys: Keys) -> Self {
        let (memory, shelf, lifetime) = (Memory::default(), Shelf::default(), Lifetime::default());
        Self(Arc::new(Parts { db, config, clock, keys, memory, shelf, lifetime }))
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
