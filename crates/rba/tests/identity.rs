//! Ids and sums do not depend on the order of things.

mod common;

use std::collections::BTreeSet;

use common::{anomaly, dispatch, evaluate, evaluate_keyed, row, ttp_with_entity, ttp_without_entity};
use proptest::prelude::*;
use rba::{Dispatch, EntityRisk, Outcome, Risks};
use spl::value::Row;

fn risk_of(outcome: &Outcome) -> Vec<EntityRisk> {
    let mut risks = Risks::default();
    risks.add(outcome);
    risks.by_entity()
}

fn ids(outcome: &Outcome) -> Vec<String> {
    let findings = outcome.findings.iter().map(|found| found.common.id.clone());
    findings.chain(outcome.intermediate_findings.iter().map(|found| found.common.id.clone())).collect()
}

fn sorted_ids(outcome: &Outcome) -> Vec<String> {
    let mut ids = ids(outcome);
    ids.sort();
    ids
}

fn seed() -> content::Detection {
    anomaly(&[("user", "user", 20), ("dest", "system", 30)], &[], "m")
}

#[test]
fn the_same_run_gives_the_same_ids() {
    let rows = [row("dest=a user=b count=1"), row("dest=a user=c count=1")];
    assert_eq!(ids(&evaluate(&seed(), &rows, &dispatch())), ids(&evaluate(&seed(), &rows, &dispatch())));
    // The time of the search is no part of what was found: a window that is run again is the same window.
    let again = Dispatch { search_time: 1_800_000_000_000_000, ..dispatch() };
    assert_eq!(ids(&evaluate(&seed(), &rows, &dispatch())), ids(&evaluate(&seed(), &rows, &again)));
}

#[test]
fn with_a_key_a_late_event_changes_no_id() {
    let key = ["dest".to_owned(), "user".to_owned()];
    let ids = |rows: &[Row]| ids(&evaluate_keyed(&seed(), rows, &dispatch(), Some(&key)));
    assert_eq!(ids(&[row("dest=a user=b count=1")]), ids(&[row("dest=a user=b count=2 lastTime=9")]));
    assert_ne!(ids(&[row("dest=a user=b count=1")]), ids(&[row("dest=a user=c count=1")]));
}

#[test]
fn what_differs_has_another_id() {
    let rows = [row("dest=a user=b")];
    let base = evaluate(&seed(), &rows, &dispatch());
    let newer = content::Detection { version: 4, ..seed() };
    let moved = Dispatch { earliest: Some(0), ..dispatch() };
    let others = [
        evaluate(&newer, &rows, &dispatch()),
        evaluate(&seed(), &rows, &moved),
        evaluate(&seed(), &[row("dest=a user=bb")], &dispatch()),
        evaluate(&ttp_without_entity(&[("x", "user", 1)]), &rows, &dispatch()),
    ];
    let mut all: BTreeSet<String> = ids(&base).into_iter().collect();
    let mut expected = all.len();
    for other in &others {
        all.extend(ids(other));
        expected += ids(other).len();
    }
    assert_eq!(all.len(), expected);
}

#[test]
fn risk_adds_up_under_one_name() {
    let rows = [row("dest=WS1 user=bob"), row("dest=ws1 user=bob"), row("dest=ws1 user=eve")];
    let outcome = evaluate(&seed(), &rows, &dispatch());
    let risks = risk_of(&outcome);
    let lines: Vec<String> = risks
        .iter()
        .map(|risk| format!("{} {} {} {}", risk.kind.as_str(), risk.entity, risk.score, risk.count))
        .collect();
    assert_eq!(lines, ["system ws1 90 3", "user bob 40 2", "user eve 20 1"]);
    assert_eq!(risks[0].detections.len(), 1);
    assert_eq!(risks[0].tactics, BTreeSet::from(["command-and-control".to_owned()]));
}

#[test]
fn a_finding_with_an_entity_scores() {
    let detection = ttp_with_entity("t", ("user", "user", 50), &[("dest", "system", 30)]);
    let outcome = evaluate(&detection, &[row("dest=a user=bob")], &dispatch());
    let risks = risk_of(&outcome);
    let scores: Vec<u64> = risks.iter().map(|risk| risk.score).collect();
    assert_eq!(scores, [50, 30]);
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let one = ("[ab]{1,2}", "[abAB]{1,2}", 0..3_u8);
    let one = one.prop_map(|(dest, user, count)| row(&format!("dest={dest} user={user} count={count}")));
    prop::collection::vec(one, 0..8)
}

proptest! {
    #[test]
    fn order_changes_neither_ids_nor_risk((rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        let (one, other) = (evaluate(&seed(), &rows, &dispatch()), evaluate(&seed(), &shuffled, &dispatch()));
        prop_assert_eq!(sorted_ids(&one), sorted_ids(&other));
        let distinct: BTreeSet<String> = ids(&one).into_iter().collect();
        prop_assert_eq!(distinct.len(), ids(&one).len(), "no two findings share an id");
        prop_assert_eq!(
            risk_of(&one),
            risk_of(&other)
        );
    }

    #[test]
    fn filling_tokens_never_panics(message in "\\PC{0,40}") {
        rba::fill_tokens(&message, &row("a=b"));
    }
}
