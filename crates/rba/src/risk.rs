//! Risk adds up per entity.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::{Common, Entity, EntityKind, Outcome, Rule};

/// The risk of one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRisk {
    /// Its name as most of its findings write it (the first in order when equally many do).
    pub entity: String,
    /// `normalized_risk_object`.
    pub normalized: String,
    /// What it is.
    pub kind: EntityKind,
    /// Sum of the scores.
    pub score: u64,
    /// Number of findings and intermediate findings that scored.
    pub count: usize,
    /// The distinct detections behind it, by name.
    pub detections: BTreeSet<String>,
    /// The distinct tactics behind it.
    pub tactics: BTreeSet<String>,
    /// The distinct techniques behind it.
    pub techniques: BTreeSet<String>,
    /// When the earliest activity began, microseconds ([`Common::began`]).
    pub first: i64,
    /// When the latest activity was last seen, microseconds.
    pub last: i64,
}

/// Risk as it adds up, finding by finding: what it takes grows with the entities, not with the findings.
///
/// The order of what is added changes nothing.
#[derive(Debug, Default)]
pub struct Risks {
    sums: BTreeMap<(EntityKind, String), Sum>,
}

#[derive(Debug, Default)]
struct Sum {
    names: BTreeMap<String, usize>,
    score: u64,
    count: usize,
    /// Each once.
    rules: Vec<Arc<Rule>>,
    /// When the earliest activity began, and when the latest was last seen.
    times: Option<(i64, i64)>,
}

impl Risks {
    /// Add all that a dispatch found.
    ///
    /// Findings count where they carry an entity with a score (ESCU 6); those of older content have none, since their
    /// intermediate findings score already.
    pub fn add(&mut self, outcome: &Outcome) {
        outcome.intermediate_findings.iter().for_each(|found| self.add_entity(&found.entity, &found.common));
        for found in &outcome.findings {
            found.entity.iter().for_each(|entity| self.add_entity(entity, &found.common));
        }
    }

    fn add_entity(&mut self, entity: &Entity, common: &Common) {
        let Some(score) = entity.score else { return };
        let sum = self.sums.entry((entity.kind, entity.normalized())).or_default();
        match sum.names.get_mut(&entity.value) {
            Some(times) => *times += 1,
            None => drop(sum.names.insert(entity.value.clone(), 1)),
        }
        sum.score += u64::from(score.points());
        sum.count += 1;
        sum.add_rule(&common.rule);
        sum.widen((common.began(), common.ended()));
    }

    /// Add what was added up elsewhere.
    pub fn absorb(&mut self, other: Self) {
        for (entity, more) in other.sums {
            let sum = self.sums.entry(entity).or_default();
            for (name, times) in more.names {
                *sum.names.entry(name).or_default() += times;
            }
            sum.score += more.score;
            sum.count += more.count;
            more.rules.iter().for_each(|rule| sum.add_rule(rule));
            more.times.into_iter().for_each(|times| sum.widen(times));
        }
    }

    /// The risk of every entity, the highest first; equal scores by kind and name.
    pub fn by_entity(&self) -> Vec<EntityRisk> {
        let mut risks: Vec<EntityRisk> =
            self.sums.iter().map(|((kind, normalized), sum)| total(*kind, normalized, sum)).collect();
        // The map's order, kind and name, is kept among equals.
        risks.sort_by_key(|risk| std::cmp::Reverse(risk.score));
        risks
    }
}

impl Sum {
    /// The findings of one dispatch come together, so that the rule is most often the last one.
    fn add_rule(&mut self, rule: &Arc<Rule>) {
        let says_the_same = |known: &Rule| known.detection == rule.detection && known.annotations == rule.annotations;
        if !self.rules.iter().rev().any(|known| Arc::ptr_eq(known, rule) || says_the_same(known)) {
            self.rules.push(Arc::clone(rule));
        }
    }

    fn widen(&mut self, (began, ended): (i64, i64)) {
        self.times = Some(match self.times {
            Some((first, last)) => (first.min(began), last.max(ended)),
            None => (began, ended),
        });
    }
}

fn total(kind: EntityKind, normalized: &str, sum: &Sum) -> EntityRisk {
    let named = sum.names.iter().rev().max_by_key(|(_, times)| **times);
    let annotations = || sum.rules.iter().map(|rule| &rule.annotations);
    let (first, last) = sum.times.unwrap_or_default();
    EntityRisk {
        entity: named.map_or(normalized, |(name, _)| name).to_owned(),
        normalized: normalized.to_owned(),
        kind,
        score: sum.score,
        count: sum.count,
        detections: sum.rules.iter().map(|rule| rule.detection.clone()).collect(),
        tactics: annotations().flat_map(|found| found.tactics.iter().cloned()).collect(),
        techniques: annotations().flat_map(|found| found.mitre_attack.iter().cloned()).collect(),
        first,
        last,
    }
}
