//! What slices keep in memory, each under a type of its own.
//!
//! The app knows none of it. Whatever lies here can be made again from the database, and may be
//! gone at any time; another replica has its own.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// Memory of one process, by type.
#[derive(Default)]
pub struct Shelf(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Shelf {
    /// What lies under this type; empty at first.
    ///
    /// # Panics
    ///
    /// Never: what lies under a type is of that type.
    #[must_use]
    pub fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(TypeId::of::<T>()).or_insert_with(|| Arc::<T>::default());
        match place.clone().downcast() {
            Ok(found) => found,
            Err(_) => unreachable!("what lies under a type is of that type"),
        }
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Shelf")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::Shelf;

    #[test]
    fn what_is_put_under_a_type_is_found_there_again() {
        let shelf = Shelf::default();
        shelf.of::<Mutex<Vec<u8>>>().lock().unwrap().push(7);
        assert_eq!(*shelf.of::<Mutex<Vec<u8>>>().lock().unwrap(), [7]);
        assert!(shelf.of::<Mutex<Vec<i8>>>().lock().unwrap().is_empty());
        assert!(Arc::ptr_eq(&shelf.of::<Mutex<Vec<u8>>>(), &shelf.of()));
    }
}
