//! Where the fields of an event stand.

use event::{EventBatch, EventHead, FieldId};

/// The fields of one event, found by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slots {
    /// Changes with every event, so that nothing need be cleared.
    stamp: u32,
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    stamp: u32,
    first: u32,
    count: u32,
}

impl Slots {
    pub(crate) fn load(&mut self, batch: &EventBatch, head: &EventHead) {
        self.stamp = self.stamp.wrapping_add(1);
        let start = head.first_field as usize;
        let fields = batch.fields.get(start..start + head.field_count as usize).unwrap_or(&[]);
        for (at, (field, _)) in (head.first_field..).zip(fields) {
            let index = usize::from(field.0);
            if index >= self.slots.len() {
                self.slots.resize(index + 1, Slot::default());
            }
            let Some(slot) = self.slots.get_mut(index) else {
                continue;
            };
            if slot.stamp == self.stamp {
                slot.count += 1;
            } else {
                *slot = Slot { stamp: self.stamp, first: at, count: 1 };
            }
        }
    }

    fn slot(&self, field: FieldId) -> Option<&Slot> {
        self.slots.get(usize::from(field.0)).filter(|slot| slot.stamp == self.stamp)
    }

    /// How many values the event has of a field.
    pub(crate) fn count(&self, field: FieldId) -> usize {
        self.slot(field).map_or(0, |slot| slot.count as usize)
    }

    /// Where in the batch's fields the first one stands.
    pub(crate) fn first(&self, field: FieldId) -> Option<usize> {
        self.slot(field).map(|slot| slot.first as usize)
    }
}
