//! The transactions that may still get events.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use plan::Transaction;

use super::{Event, Group};

/// Open transactions, found by a value that they share with an event.
#[derive(Default)]
pub(super) struct Open {
    /// By number: in the order in which they were opened.
    groups: BTreeMap<u64, Group>,
    /// Their numbers, in the order in which they got their last event.
    updated: BTreeMap<u64, u64>,
    /// Their numbers by a field's place and value.
    by_value: HashMap<(usize, Option<String>), BTreeSet<u64>>,
    /// Counts what has happened.
    clock: u64,
}

impl Open {
    /// Put a transaction in, or back in.
    pub(super) fn insert(&mut self, mut group: Group) {
        self.clock += 1;
        let number = *group.number.get_or_insert(self.clock);
        group.updated = self.clock;
        for (place, key) in group.keys.iter().enumerate() {
            self.by_value.entry((place, key.clone())).or_default().insert(number);
        }
        self.updated.insert(group.updated, number);
        self.groups.insert(number, group);
    }

    /// Take a transaction out.
    pub(super) fn remove(&mut self, number: u64) -> Option<Group> {
        let group = self.groups.remove(&number)?;
        self.updated.remove(&group.updated);
        for (place, key) in group.keys.iter().enumerate() {
            let place = (place, key.clone());
            if let Some(numbers) = self.by_value.get_mut(&place) {
                numbers.remove(&number);
                if numbers.is_empty() {
                    self.by_value.remove(&place);
                }
            }
        }
        Some(group)
    }

    /// Take out the transactions that an event at this time is too old for.
    pub(super) fn expired(&mut self, time: i64, transaction: &Transaction) -> Vec<Group> {
        let mut expired = Vec::new();
        while let Some(number) = self.next_expired(time, transaction) {
            expired.extend(self.remove(number));
        }
        expired
    }

    /// Events come newest first: the one opened first is the one that reaches farthest ahead of an event, and the one whose
    /// last event is longest ago is the one that has paused longest.
    fn next_expired(&self, time: i64, transaction: &Transaction) -> Option<u64> {
        let spanned = transaction.max_span.and_then(|most| {
            let (number, group) = self.groups.first_key_value()?;
            (group.newest.saturating_sub(time) > most).then_some(*number)
        });
        spanned.or_else(|| {
            let most = transaction.max_pause?;
            let (_, number) = self.updated.first_key_value()?;
            let group = self.groups.get(number)?;
            (group.oldest.saturating_sub(time) > most).then_some(*number)
        })
    }

    /// The transaction that an event belongs to: of several, the one that got an event last.
    pub(super) fn find(&self, event: &Event, transaction: &Transaction) -> Option<u64> {
        let fits = |group: &&Group| belongs(group, event, transaction);
        let last = |groups: &mut dyn Iterator<Item = &Group>| {
            groups.filter(fits).max_by_key(|group| group.updated).and_then(|group| group.number)
        };
        if transaction.fields.is_empty() || (!transaction.connected && event.keys.len() > 1) {
            return last(&mut self.groups.values());
        }
        let mut places: Vec<(usize, Option<String>)> =
            event.keys.iter().enumerate().filter(|(_, key)| key.is_some()).map(|(at, key)| (at, key.clone())).collect();
        if !transaction.connected {
            if places.is_empty() {
                return last(&mut self.groups.values());
            }
            places.push((0, None));
        }
        let numbers = places.iter().filter_map(|place| self.by_value.get(place)).flatten();
        last(&mut numbers.filter_map(|number| self.groups.get(number)))
    }

    /// The transactions that are still open at the end.
    pub(super) fn into_groups(self) -> impl Iterator<Item = Group> {
        self.groups.into_values()
    }
}

/// Does nothing speak against it, and, unless `connected=false`, something for it?
fn belongs(group: &Group, event: &Event, transaction: &Transaction) -> bool {
    let mut shared = transaction.fields.is_empty() || !transaction.connected;
    for (known, value) in group.keys.iter().zip(&event.keys) {
        match (known, value) {
            (Some(known), Some(value)) if known == value => shared = true,
            (Some(_), Some(_)) => return false,
            _ => (),
        }
    }
    shared
}
