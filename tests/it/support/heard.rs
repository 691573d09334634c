//! What an app says to its database, kept while a test listens.

use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::Statement;

/// The statements of an app; its copies hold the same ones.
#[derive(Debug, Clone, Default)]
pub struct Heard(Arc<Mutex<Option<Vec<Statement>>>>);

impl Heard {
    /// Begins to listen, with nothing kept.
    pub fn listen(&self) {
        self.with(|kept| *kept = Some(Vec::new()));
    }

    /// What was said since; nobody listens any more.
    pub fn told(&self) -> Vec<Statement> {
        self.with(Option::take).unwrap_or_default()
    }

    /// Where the statements come in.
    pub fn ear(&self) -> impl Fn(&Statement) + Send + Sync + 'static {
        let heard = self.clone();
        move |statement| {
            heard.with(|kept| kept.iter_mut().for_each(|kept| kept.push(statement.clone())));
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Option<Vec<Statement>>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
