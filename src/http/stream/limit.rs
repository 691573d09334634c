//! How many streams a client has open.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use entity::id::ApiClientId;

use super::MOST_STREAMS;
use crate::error::{Code, Error, Result};

/// The open streams of every client.
#[derive(Clone)]
pub(super) struct Slots {
    what: &'static str,
    taken: Arc<Mutex<HashMap<ApiClientId, usize>>>,
}

/// One open stream; it is closed when this is dropped.
pub(super) struct Slot {
    slots: Slots,
    client: ApiClientId,
}

impl Slots {
    /// None is taken.
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, taken: Arc::default() }
    }

    /// One more for this client, unless it has as many as it may have.
    pub(super) fn take(&self, client: ApiClientId) -> Result<Slot> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let open = taken.entry(client).or_default();
        if *open >= MOST_STREAMS {
            let message =
                format!("a client has at most {MOST_STREAMS} {} open; close one", self.what);
            return Err(Error::argument(Code::Throttled, message));
        }
        *open += 1;
        Ok(Slot { slots: self.clone(), client })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = taken.get_mut(&self.client) {
            *open -= 1;
            if *open == 0 {
                taken.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use entity::id::ApiClientId;
    use uuid::Uuid;

    use super::{MOST_STREAMS, Slots};

    #[test]
    fn each_client_has_its_own_and_gets_them_back() {
        let slots = Slots::new("streams");
        let [one, other] = [1, 2].map(|number| ApiClientId(Uuid::from_u128(number)));
        let mut open: Vec<_> = (0..MOST_STREAMS).map(|_| slots.take(one).unwrap()).collect();
        assert!(slots.take(one).is_err());
        assert!(slots.take(other).is_ok());
        open.pop();
        assert!(slots.take(one).is_ok(), "what was closed is free");
        open.clear();
        assert!(slots.taken.lock().unwrap().is_empty(), "nothing is left behind");
    }
}
