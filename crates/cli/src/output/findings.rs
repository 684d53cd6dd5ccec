//! Findings and risk, as people read them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use detect::RunReport;
use rba::{Common, Entity, EntityRisk, Finding, IntermediateFinding, Line};
use serde_json::{Map, Value};

use crate::output::lines;
use crate::style::{self, count, paint};
use crate::table::{Align, Cell, Table};

/// Everything a run found, in time order.
#[derive(Debug, Default)]
pub(crate) struct Found<'a> {
    /// For the analyst queue.
    pub(crate) findings: Vec<&'a Finding>,
    /// Risk.
    pub(crate) intermediate: Vec<&'a IntermediateFinding>,
}

impl<'a> Found<'a> {
    /// Gather and sort; equal times keep the order of the detections.
    pub(crate) fn of(report: &'a RunReport<'_>) -> Self {
        let outcomes = || report.runs.iter().map(|run| &run.outcome);
        let mut findings: Vec<&Finding> = outcomes().flat_map(|outcome| &outcome.findings).collect();
        let mut intermediate: Vec<&IntermediateFinding> =
            outcomes().flat_map(|outcome| &outcome.intermediate_findings).collect();
        findings.sort_by_key(|finding| finding.common.began());
        intermediate.sort_by_key(|finding| finding.common.began());
        Self { findings, intermediate }
    }

    /// Number of both.
    pub(crate) fn len(&self) -> usize {
        self.findings.len() + self.intermediate.len()
    }

    /// The risk of every entity, the highest first.
    pub(crate) fn risk(&self) -> Vec<EntityRisk> {
        rba::risk_by_entity(self.intermediate.iter().copied(), self.findings.iter().copied())
    }
}

/// What one result row means, however many entities it names. Equal ones are shown once, with how often.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Block {
    detection: String,
    kind: &'static str,
    queued: bool,
    messages: Vec<String>,
    entities: Vec<(String, &'static str, u32)>,
    techniques: Vec<String>,
}

#[derive(Debug)]
struct Times {
    first: i64,
    last: i64,
    count: u64,
}

/// The findings in time order, one block a distinct statement.
pub(crate) fn timeline(found: &Found<'_>) -> String {
    let mut blocks: Vec<(Block, Times)> = collapse(rows(found)).into_iter().collect();
    blocks
        .sort_by(|(left, left_times), (right, right_times)| (left_times.first, left).cmp(&(right_times.first, right)));
    let mut page = String::new();
    for (block, times) in &blocks {
        page.push_str(&render(block, times));
    }
    page
}

/// The findings of each result row together: they share the run's id and the row's number.
fn rows(found: &Found<'_>) -> Vec<(Block, i64)> {
    let mut rows: BTreeMap<(&str, usize), (Block, i64)> = BTreeMap::new();
    for finding in &found.findings {
        let (block, _) = rows.entry(row_of(&finding.common)).or_insert_with(|| start(&finding.common));
        block.queued = true;
        add(block, &finding.common, finding.entity.as_ref());
    }
    for finding in &found.intermediate {
        let (block, _) = rows.entry(row_of(&finding.common)).or_insert_with(|| start(&finding.common));
        add(block, &finding.common, Some(&finding.entity));
    }
    rows.into_values().collect()
}

fn row_of(common: &Common) -> (&str, usize) {
    (&common.rule.sid, common.origin.rid)
}

fn start(common: &Common) -> (Block, i64) {
    let block = Block {
        detection: common.rule.detection.clone(),
        kind: common.rule.kind.as_str(),
        queued: false,
        messages: Vec::new(),
        entities: Vec::new(),
        techniques: common.rule.annotations.mitre_attack.clone(),
    };
    (block, common.began())
}

fn add(block: &mut Block, common: &Common, entity: Option<&Entity>) {
    if !block.messages.contains(&common.message) {
        block.messages.push(common.message.clone());
    }
    if let Some(entity) = entity {
        let score = entity.score.map_or(0, rba::RiskScore::points);
        block.entities.push((entity.value.clone(), entity.kind.as_str(), score));
    }
}

fn collapse(rows: Vec<(Block, i64)>) -> BTreeMap<Block, Times> {
    let mut blocks: BTreeMap<Block, Times> = BTreeMap::new();
    for (block, time) in rows {
        let times = blocks.entry(block).or_insert(Times { first: time, last: time, count: 0 });
        times.first = times.first.min(time);
        times.last = times.last.max(time);
        times.count += 1;
    }
    blocks
}

fn render(block: &Block, times: &Times) -> String {
    let mut page = String::new();
    let often =
        if times.count > 1 { format!("  ×{} until {}", times.count, style::time(times.last)) } else { String::new() };
    let mark = if block.queued { paint(style::BAD, "finding") } else { paint(style::WARN, "risk   ") };
    let line = format!(
        "  {}  {mark}  {}  {}{}\n",
        style::time(times.first),
        paint(style::NAME, &block.detection),
        paint(style::DIM, format!("{} {}", block.kind, block.techniques.join(" "))),
        paint(style::DIM, often)
    );
    page.push_str(&line);
    for message in &block.messages {
        let room = crate::output::width().saturating_sub(24).max(40) * 3;
        page.push_str(&format!("  {:21}{}\n", "", style::shorten(message, room)));
    }
    let entities: Vec<String> = block
        .entities
        .iter()
        .map(|(value, kind, score)| {
            format!("{} {value} ({kind})", paint(style::score_style(f64::from(*score)), format!("+{score}")))
        })
        .collect();
    if !entities.is_empty() {
        page.push_str(&format!("  {:21}{}\n", "", entities.join("  ")));
    }
    page
}

/// Which detections fired, the most telling first.
pub(crate) fn by_detection(found: &Found<'_>) -> Table {
    /// Result rows, each once, and the highest score.
    type Fired<'f> = (BTreeSet<(&'f str, usize)>, u32);
    let mut counts: BTreeMap<(&str, &'static str), Fired<'_>> = BTreeMap::new();
    let findings = found.findings.iter().map(|finding| (&finding.common, finding.entity.as_ref()));
    let intermediate = found.intermediate.iter().map(|finding| (&finding.common, Some(&finding.entity)));
    for (common, entity) in findings.chain(intermediate) {
        let (rows, highest) = counts.entry((&common.rule.detection, common.rule.kind.as_str())).or_default();
        rows.insert(row_of(common));
        let score = entity.and_then(|entity| entity.score).map_or(0, rba::RiskScore::points);
        *highest = (*highest).max(score);
    }
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|(_, (rows, highest))| std::cmp::Reverse((*highest, rows.len())));
    let mut table = Table::new(&[
        ("score", Align::Right),
        ("rows", Align::Right),
        ("type", Align::Left),
        ("detection", Align::Left),
    ]);
    for ((detection, kind), (rows, highest)) in lines {
        table.push(vec![
            Cell::styled(highest.to_string(), style::score_style(f64::from(highest))),
            Cell::plain(style::number(rows.len() as u64)),
            Cell::plain(kind),
            Cell::styled(detection, style::NAME),
        ]);
    }
    table
}

/// Risk by entity, the highest first.
pub(crate) fn risk_table(risks: &[EntityRisk]) -> Table {
    let mut table = Table::new(&[
        ("risk", Align::Right),
        ("entity", Align::Left),
        ("type", Align::Left),
        ("detections", Align::Right),
        ("findings", Align::Right),
        ("first", Align::Left),
        ("last", Align::Left),
        ("tactics", Align::Left),
    ]);
    for risk in risks {
        let tactics: Vec<&str> = risk.tactics.iter().map(String::as_str).collect();
        table.push(vec![
            Cell::styled(style::number(risk.score), style::score_style(risk.score as f64 / 2.0)),
            Cell::styled(style::shorten(&risk.entity, 44), style::NAME),
            Cell::plain(risk.kind.as_str()),
            Cell::plain(style::number(risk.detections.len() as u64)),
            Cell::plain(style::number(risk.count as u64)),
            Cell::plain(style::time(risk.first)),
            Cell::plain(style::time(risk.last)),
            Cell::plain(tactics.join(", ")),
        ]);
    }
    table
}

/// Headed sections: what was found, which detections fired, who carries the risk.
pub(crate) fn page(found: &Found<'_>) -> String {
    let mut page = String::new();
    if found.len() == 0 {
        return format!("{}\n", paint(style::HEADING, "Nothing found"));
    }
    let heading = format!(
        "Findings  {}",
        paint(
            style::DIM,
            format!(
                "{}, {}",
                count(found.findings.len() as u64, "finding", "findings"),
                count(found.intermediate.len() as u64, "intermediate finding", "intermediate findings")
            )
        )
    );
    let width = crate::output::width();
    page.push_str(&format!("{}\n\n{}", paint(style::HEADING, heading), timeline(found)));
    page.push_str(&format!(
        "\n{}\n\n{}",
        paint(style::HEADING, "Detections that fired"),
        by_detection(found).render(width)
    ));
    page.push_str(&format!(
        "\n{}\n\n{}",
        paint(style::HEADING, "Risk by entity"),
        risk_table(&found.risk()).render(width)
    ));
    page
}

/// `--findings`: one object a line, in time order.
pub(crate) fn write_ndjson(found: &Found<'_>, into: &mut dyn Write) -> std::io::Result<()> {
    lines::write(&in_order(found), into)
}

/// The same as objects, for JSON and CSV.
pub(crate) fn objects(found: &Found<'_>) -> anyhow::Result<Vec<Map<String, Value>>> {
    let objects = in_order(found).into_iter().map(|line| match serde_json::to_value(line)? {
        Value::Object(map) => Ok(map),
        other => anyhow::bail!("a finding is no object: {other}"),
    });
    objects.collect()
}

fn in_order<'f>(found: &Found<'f>) -> Vec<Line<'f>> {
    let findings = found.findings.iter().map(|finding| (finding.common.began(), Line::from(*finding)));
    let intermediate = found.intermediate.iter().map(|finding| (finding.common.began(), Line::from(*finding)));
    let mut lines: Vec<(i64, Line<'_>)> = findings.chain(intermediate).collect();
    lines.sort_by_key(|(time, _)| *time);
    lines.into_iter().map(|(_, line)| line).collect()
}
