//! Which parts of a pack are for an event, remembered by the values of the few fields that its conditions read.
//!
//! The events of a log are of a few kinds, told apart by channel and event code, while a pack has dozens of conditions.

use std::collections::HashMap;

use event::FieldNames;

use super::plan::{Plan, WantedDataset};
use crate::expr::{self, Event};
use crate::pack::Pack;

/// More kinds than this are not remembered: then the conditions read something that differs from event to event.
const MOST_KINDS: usize = 4096;

/// The kinds of events of a pack met so far in a batch.
pub(super) struct Kinds<'p> {
    pack: &'p Pack,
    known: HashMap<Vec<u8>, Kind, foldhash::fast::RandomState>,
    /// The key of the current event, kept for its memory.
    key: Vec<u8>,
    plans: Vec<(u128, Plan<'p>)>,
    /// The number of its first plan.
    first: usize,
}

/// A kind of event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// Bit `i` is set when scope `i` of the pack holds.
    pub(super) scopes: u128,
    /// Index of the plan.
    plan: usize,
}

impl<'p> Kinds<'p> {
    /// `number` is that of the pack among those of the batch.
    pub(super) fn new(pack: &'p Pack, number: usize) -> Self {
        Self { pack, known: HashMap::default(), key: Vec::new(), plans: Vec::new(), first: 1 + number * MOST_KINDS }
    }

    /// The kind of an event.
    pub(super) fn kind(&mut self, event: &Event<'_>, wanted: &[WantedDataset], names: &FieldNames) -> Kind {
        self.key.clear();
        for name in &self.pack.condition_fields {
            for value in event.names.get(name.0).into_iter().flat_map(|candidates| event.named_values(candidates)) {
                self.key.extend_from_slice(value.as_bytes());
                self.key.push(0xFF);
            }
            self.key.push(0xFE);
        }
        if let Some(kind) = self.known.get(&self.key) {
            return *kind;
        }
        let scopes = bits(self.pack.scopes.iter().map(|scope| expr::is_true(scope, event)));
        let layers = self.layers(scopes, event);
        let plan = self.plans.iter().position(|(known, _)| *known == layers).unwrap_or_else(|| {
            // The plan of events that no pack is for has the number 0.
            let id = self.first + self.plans.len();
            self.plans.push((layers, Plan::new(id, (self.pack, layers), wanted, names)));
            self.plans.len() - 1
        });
        let kind = Kind { scopes, plan };
        if self.known.len() < MOST_KINDS {
            self.known.insert(self.key.clone(), kind);
        }
        kind
    }

    /// Bit `i` is set when layer `i` is for this event.
    fn layers(&self, scopes: u128, event: &Event<'_>) -> u128 {
        bits(self.pack.layers.iter().map(|layer| {
            in_scope(layer.scope, scopes) && layer.when.as_ref().is_none_or(|when| expr::is_true(when, event))
        }))
    }

    /// What is to be done for events of a kind.
    pub(super) fn plan(&self, kind: Kind) -> Option<&Plan<'p>> {
        self.plans.get(kind.plan).map(|(_, plan)| plan)
    }
}

fn bits(values: impl Iterator<Item = bool>) -> u128 {
    values.take(128).enumerate().fold(0, |bits, (at, value)| bits | (u128::from(value) << at))
}

/// Does the scope hold? What has none is for all events.
pub(super) fn in_scope(scope: Option<usize>, scopes: u128) -> bool {
    scope.is_none_or(|scope| scope < 128 && (scopes >> scope) & 1 == 1)
}
