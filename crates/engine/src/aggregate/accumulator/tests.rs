use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, StringArray, TimestampMicrosecondArray};
use datafusion::logical_expr::{EmitTo, GroupsAccumulator};

use super::Groups;
use crate::aggregate::AGGREGATES;
use crate::column::{Input, Kind};

const VALUES: [Option<&str>; 7] = [Some("3"), Some(""), None, Some("x"), Some("10"), Some(""), Some("3")];
const GROUPS: [usize; 7] = [0, 1, 0, 0, 0, 2, 0];

/// What spills to disk, or comes from another machine, is put together to the same result.
#[test]
fn merged_states_give_the_same_as_one() {
    for (aggregate, all_numbers) in AGGREGATES.iter().flat_map(|aggregate| [(aggregate, false), (aggregate, true)]) {
        let groups = || Groups::new(aggregate, 50.0, all_numbers, (aggregate.kind)(Kind::Text));
        let mut whole = groups();
        whole.update_batch(&arrays(0, 7), &GROUPS, None, 3).unwrap();
        let mut merged = groups();
        for (from, to) in [(0, 3), (3, 7)] {
            let mut part = groups();
            part.update_batch(&arrays(from, to), &GROUPS[from..to], None, 3).unwrap();
            let state = part.state(EmitTo::All).unwrap();
            merged.merge_batch(&state, &[0, 1, 2], 3).unwrap();
        }
        let found = whole.evaluate(EmitTo::All).unwrap();
        let expected = merged.evaluate(EmitTo::All).unwrap();
        let (found, expected) = (Input::new(&found, false).unwrap(), Input::new(&expected, false).unwrap());
        for group in 0..3 {
            assert_eq!(found.item(group), expected.item(group), "{} of group {group}", aggregate.name);
        }
    }
}

/// States of one grouping come back in any order; an aggregate that depends on the order of rows gives what it gives of one.
#[test]
fn saved_states_are_merged_in_the_order_they_were_saved_in() {
    let ordered: Vec<_> = AGGREGATES.iter().filter(|aggregate| aggregate.ordered).collect();
    assert!(ordered.iter().any(|aggregate| aggregate.name == "first"));
    for aggregate in ordered {
        let groups = || Groups::new(aggregate, 50.0, false, (aggregate.kind)(Kind::Text));
        let mut whole = groups();
        whole.update_batch(&arrays(0, 7), &GROUPS, None, 3).unwrap();
        let mut spilling = groups();
        let mut saved = Vec::new();
        for (from, to) in [(0, 1), (1, 4), (4, 7)] {
            spilling.update_batch(&arrays(from, to), &GROUPS[from..to], None, 3).unwrap();
            saved.push(spilling.state(EmitTo::All).unwrap());
        }
        let mut merged = groups();
        for state in [&saved[1], &saved[2], &saved[0]] {
            merged.merge_batch(state, &[0, 1, 2], 3).unwrap();
        }
        let (found, expected) = (merged.evaluate(EmitTo::All).unwrap(), whole.evaluate(EmitTo::All).unwrap());
        let (found, expected) = (Input::new(&found, false).unwrap(), Input::new(&expected, false).unwrap());
        for group in 0..3 {
            assert_eq!(found.item(group), expected.item(group), "{} of group {group}", aggregate.name);
        }
    }
}

fn arrays(from: usize, to: usize) -> Vec<ArrayRef> {
    let times: TimestampMicrosecondArray = (from..to).map(|at| i64::try_from(at).ok()).collect();
    vec![Arc::new(StringArray::from(VALUES[from..to].to_vec())), Arc::new(times)]
}
