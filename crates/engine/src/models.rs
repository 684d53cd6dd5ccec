//! Fitted models by name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Models in their stored form (JSON with a version), by name. `fit` writes them, `apply` and `summary` read them.
///
/// An overlay shows the models of the store below it and keeps writes to itself.
#[derive(Debug, Default)]
pub struct Models {
    below: Option<Arc<Models>>,
    /// `None` is a model that was deleted.
    own: Mutex<BTreeMap<String, Option<String>>>,
}

impl Models {
    /// An overlay.
    pub fn over(below: Arc<Self>) -> Self {
        Self { below: Some(below), own: Mutex::default() }
    }

    fn own(&self) -> MutexGuard<'_, BTreeMap<String, Option<String>>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A model's stored form.
    pub fn get(&self, name: &str) -> Option<String> {
        match self.own().get(name) {
            Some(written) => written.clone(),
            None => self.below.as_ref()?.get(name),
        }
    }

    /// Write a model, or with `None` delete it.
    pub fn set(&self, name: &str, stored: Option<String>) {
        self.own().insert(name.to_owned(), stored);
    }

    /// The names of all models, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: BTreeMap<String, bool> = BTreeMap::new();
        if let Some(below) = &self.below {
            names.extend(below.names().into_iter().map(|name| (name, true)));
        }
        names.extend(self.own().iter().map(|(name, stored)| (name.clone(), stored.is_some())));
        names.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
    }

    /// What was written here and not below, by name; `None` is a deletion.
    pub fn writes(&self) -> BTreeMap<String, Option<String>> {
        self.own().clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Models;

    #[test]
    fn an_overlay_keeps_writes_to_itself() {
        let below = Arc::new(Models::default());
        below.set("a", Some("1".to_owned()));
        below.set("b", Some("2".to_owned()));
        let overlay = Models::over(Arc::clone(&below));
        overlay.set("a", None);
        overlay.set("c", Some("3".to_owned()));
        assert_eq!((overlay.get("a"), overlay.get("b").as_deref()), (None, Some("2")));
        assert_eq!(
            (overlay.names(), below.names()),
            (vec!["b".to_owned(), "c".to_owned()], vec!["a".to_owned(), "b".to_owned()])
        );
        assert_eq!(overlay.writes().len(), 2);
    }
}
