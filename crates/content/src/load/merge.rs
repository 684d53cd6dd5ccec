//! The same name or id twice: a mistake within a folder, a site's own choice across folders.

use std::collections::HashMap;

use diag::{FileLabel, Report, Severity, codes};
use text::FileSpan;

use super::report;
use crate::schema::Read;

/// A value and the content folder it came from.
pub(super) struct Kept<T> {
    pub(super) folder: usize,
    pub(super) read: Read<T>,
}

/// Puts the values of one kind together.
pub(super) struct Merge {
    /// `detection`, for messages.
    pub(super) what: &'static str,
}

impl Merge {
    /// Keep one value for each name and id: the later folder's, and within a folder the first.
    pub(super) fn run<T>(
        &self,
        all: Vec<Kept<T>>,
        name: impl Fn(&Read<T>) -> String,
        reports: &mut Vec<Report>,
    ) -> Vec<Kept<T>> {
        let mut slots: Vec<Option<Kept<T>>> = Vec::with_capacity(all.len());
        let mut names: HashMap<String, (usize, FileSpan)> = HashMap::new();
        let mut ids: HashMap<String, (usize, FileSpan)> = HashMap::new();
        for kept in all {
            let key = name(&kept.read);
            let (_, name_at) = kept.read.name;
            let id = kept.read.id.clone();
            let same_name = names.get(&key).copied();
            let same_id = id.as_ref().and_then(|(id, _)| ids.get(id).copied());
            let clash = |slot: Option<(usize, FileSpan)>| {
                let (at, place) = slot?;
                let other = slots.get(at)?.as_ref()?;
                (other.folder == kept.folder).then_some(place)
            };
            if let Some(first) = clash(same_name) {
                let message = format!("{} `{key}` is defined twice", self.what);
                reports.push(duplicate(name_at, first, message));
                continue;
            }
            if let (Some(first), Some((id, at))) = (clash(same_id), &id) {
                let message = format!("id `{id}` is used by two {}s", self.what.replace("story", "storie"));
                reports.push(duplicate(*at, first, message));
                continue;
            }
            for (at, _) in [same_name, same_id].into_iter().flatten() {
                if let Some(slot) = slots.get_mut(at) {
                    *slot = None;
                }
            }
            names.insert(key, (slots.len(), name_at));
            if let Some((id, at)) = id {
                ids.insert(id, (slots.len(), at));
            }
            slots.push(Some(kept));
        }
        slots.into_iter().flatten().collect()
    }
}

fn duplicate(at: FileSpan, first: FileSpan, message: String) -> Report {
    let mut report = report(codes::DUPLICATE_NAME, Severity::Error, at, message);
    report.secondary.push(FileLabel { at: first, text: "first here".to_owned() });
    report
}
