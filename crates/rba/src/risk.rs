//! Risk adds up per entity.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Common, Entity, EntityKind, Finding, IntermediateFinding};

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

#[derive(Default)]
struct Sum<'a> {
    names: BTreeMap<&'a str, usize>,
    score: u64,
    scored: Vec<&'a Common>,
}

/// Add up the risk of every entity, the highest first; equal scores by kind and name. The order of what is added
/// changes nothing.
///
/// Findings count where they carry an entity with a score (ESCU 6); those of older content have none, since their intermediate
/// findings score already.
pub fn risk_by_entity<'a>(
    intermediate_findings: impl IntoIterator<Item = &'a IntermediateFinding>,
    findings: impl IntoIterator<Item = &'a Finding>,
) -> Vec<EntityRisk> {
    let intermediate = intermediate_findings.into_iter().map(|found| (&found.entity, &found.common));
    let queued = findings.into_iter().filter_map(|found| Some((found.entity.as_ref()?, &found.common)));
    let mut sums: BTreeMap<(EntityKind, String), Sum<'a>> = BTreeMap::new();
    for (entity, common) in intermediate.chain(queued) {
        add(&mut sums, entity, common);
    }
    let mut risks: Vec<EntityRisk> =
        sums.into_iter().map(|((kind, normalized), sum)| total(kind, normalized, &sum)).collect();
    // The map's order, kind and name, is kept among equals.
    risks.sort_by_key(|risk| std::cmp::Reverse(risk.score));
    risks
}

fn add<'a>(sums: &mut BTreeMap<(EntityKind, String), Sum<'a>>, entity: &'a Entity, common: &'a Common) {
    let Some(score) = entity.score else { return };
    let sum = sums.entry((entity.kind, entity.normalized())).or_default();
    *sum.names.entry(&entity.value).or_default() += 1;
    sum.score += u64::from(score.points());
    sum.scored.push(common);
}

fn total(kind: EntityKind, normalized: String, sum: &Sum<'_>) -> EntityRisk {
    let named = sum.names.iter().rev().max_by_key(|(_, times)| **times);
    let annotations = || sum.scored.iter().map(|common| &common.rule.annotations);
    EntityRisk {
        entity: named.map_or_else(|| normalized.clone(), |(name, _)| (*name).to_owned()),
        normalized,
        kind,
        score: sum.score,
        count: sum.scored.len(),
        detections: sum.scored.iter().map(|common| common.rule.detection.clone()).collect(),
        tactics: annotations().flat_map(|found| found.tactics.iter().cloned()).collect(),
        techniques: annotations().flat_map(|found| found.mitre_attack.iter().cloned()).collect(),
        first: sum.scored.iter().map(|common| common.began()).min().unwrap_or_default(),
        last: sum.scored.iter().map(|common| common.ended()).max().unwrap_or_default(),
    }
}
