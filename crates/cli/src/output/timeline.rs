//! What was found in time order, one block a distinct statement.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::io::{self, Write};

use rayon::prelude::*;
use rba::{Common, Entity, Outcome};

use crate::spool::{Run, Spool};
use crate::style::{self, paint};

/// Bytes of statements that are held to tell equal ones; of the blocks that are made of them as many are held.
const BYTES_HELD: usize = 32 << 20;

/// A detection, as blocks name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Heading {
    detection: String,
    kind: &'static str,
    techniques: Vec<String>,
}

/// What one result row means, however many entities it names. Equal ones are shown once, with how often.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Statement {
    queued: bool,
    messages: Vec<String>,
    entities: Vec<(String, &'static str, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Times {
    first: i64,
    last: i64,
    count: u64,
}

type Statements = BTreeMap<Statement, Times>;

/// Statements as jobs make them. Those that were made longest ago are turned to text where there are too many to hold: equal
/// ones of later jobs of the same detection are then told apart.
#[derive(Debug)]
pub(crate) struct Timeline {
    open: BTreeMap<Heading, Statements>,
    open_bytes: usize,
    /// By detection, and how many times it has been turned to text before.
    blocks: Spool<(Heading, usize)>,
    turned: usize,
    limit: usize,
}

impl Default for Timeline {
    fn default() -> Self {
        Self::holding(BYTES_HELD)
    }
}

/// The statements of one job.
#[derive(Debug)]
pub(crate) struct Told {
    heading: Heading,
    statements: Statements,
    bytes: usize,
    /// Result rows.
    rows: u64,
}

impl Told {
    /// What an outcome says; none where it says nothing.
    pub(crate) fn of(outcome: &Outcome) -> Option<Self> {
        let rule = outcome.findings.first().map(|found| &found.common.rule);
        let rule = rule.or_else(|| outcome.intermediate_findings.first().map(|found| &found.common.rule))?;
        let heading = Heading {
            detection: rule.detection.clone(),
            kind: rule.kind.as_str(),
            techniques: rule.annotations.mitre_attack.clone(),
        };
        let mut told = Self { heading, statements: Statements::new(), bytes: 0, rows: 0 };
        for (statement, time) in by_row(outcome).into_values() {
            let size = statement.size();
            let times = told.statements.entry(statement).or_insert_with(|| {
                told.bytes += size;
                Times { first: time, last: time, count: 0 }
            });
            times.absorb(Times { first: time, last: time, count: 1 });
            told.rows += 1;
        }
        Some(told)
    }

    /// The detection's name and type.
    pub(crate) fn detection(&self) -> (String, &'static str) {
        (self.heading.detection.clone(), self.heading.kind)
    }

    /// Number of result rows that gave findings.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// The highest score of an entity.
    pub(crate) fn highest(&self) -> u32 {
        let entities = self.statements.keys().flat_map(|statement| &statement.entities);
        entities.map(|(_, _, score)| *score).max().unwrap_or(0)
    }
}

/// The findings of each result row together, by the row's number.
fn by_row(outcome: &Outcome) -> HashMap<usize, (Statement, i64)> {
    let mut rows = HashMap::with_capacity(outcome.findings.len().max(outcome.intermediate_findings.len()));
    let start = |common: &Common| (Statement::default(), common.began());
    for found in &outcome.findings {
        let (statement, _) = rows.entry(found.common.origin.rid).or_insert_with(|| start(&found.common));
        statement.queued = true;
        statement.add(&found.common, found.entity.as_ref());
    }
    for found in &outcome.intermediate_findings {
        let (statement, _) = rows.entry(found.common.origin.rid).or_insert_with(|| start(&found.common));
        statement.add(&found.common, Some(&found.entity));
    }
    rows
}

impl Statement {
    fn add(&mut self, common: &Common, entity: Option<&Entity>) {
        if !self.messages.contains(&common.message) {
            self.messages.push(common.message.clone());
        }
        if let Some(entity) = entity {
            let score = entity.score.map_or(0, rba::RiskScore::points);
            self.entities.push((entity.value.clone(), entity.kind.as_str(), score));
        }
    }

    /// Bytes that it takes, about.
    fn size(&self) -> usize {
        const A_TEXT: usize = 64;
        let texts = self.messages.iter().chain(self.entities.iter().map(|(value, ..)| value));
        2 * A_TEXT + texts.map(|text| text.len() + A_TEXT).sum::<usize>()
    }
}

impl Times {
    fn absorb(&mut self, other: Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.count += other.count;
    }
}

impl Timeline {
    fn holding(limit: usize) -> Self {
        Self { open: BTreeMap::new(), open_bytes: 0, blocks: Spool::holding(limit), turned: 0, limit }
    }

    /// Add what a job said.
    pub(crate) fn add(&mut self, told: Told) -> io::Result<()> {
        self.open_bytes += told.bytes;
        let known = self.open.entry(told.heading).or_default();
        if known.is_empty() {
            *known = told.statements;
        } else {
            for (statement, times) in told.statements {
                known.entry(statement).and_modify(|known| known.absorb(times)).or_insert(times);
            }
        }
        if self.open_bytes > self.limit { self.turn() } else { Ok(()) }
    }

    /// Turn all statements to text.
    fn turn(&mut self) -> io::Result<()> {
        let width = crate::output::width();
        self.open_bytes = 0;
        let runs: Vec<(Heading, Run)> = std::mem::take(&mut self.open)
            .into_par_iter()
            .map(|(heading, statements)| {
                let run = blocks(&heading, statements, width);
                (heading, run)
            })
            .collect();
        for (heading, run) in runs {
            self.blocks.add((heading, self.turned), run)?;
        }
        self.turned += 1;
        Ok(())
    }

    /// Every block, in the order of their first times, then of the detections' names.
    pub(crate) fn write(&mut self, into: &mut dyn Write) -> io::Result<()> {
        self.turn()?;
        self.blocks.read(&mut |block| into.write_all(block))
    }
}

fn blocks(heading: &Heading, statements: Statements, width: usize) -> Run {
    let mut statements: Vec<(Statement, Times)> = statements.into_iter().collect();
    // Equal times keep the order of the statements.
    statements.sort_by_key(|(_, times)| times.first);
    let mut run = Run::default();
    let mut block = String::new();
    for (statement, times) in &statements {
        block.clear();
        render(&mut block, heading, (statement, times), width);
        let Ok(()) = run.push::<Infallible>((times.first, 0), |into| {
            into.extend_from_slice(block.as_bytes());
            Ok(())
        });
    }
    run
}

fn render(page: &mut String, heading: &Heading, (statement, times): (&Statement, &Times), width: usize) {
    let often =
        if times.count > 1 { format!("  ×{} until {}", times.count, style::time(times.last)) } else { String::new() };
    let mark = if statement.queued { paint(style::BAD, "finding") } else { paint(style::WARN, "risk   ") };
    page.push_str(&format!(
        "  {}  {mark}  {}  {}{}\n",
        style::time(times.first),
        paint(style::NAME, &heading.detection),
        paint(style::DIM, format!("{} {}", heading.kind, heading.techniques.join(" "))),
        paint(style::DIM, often)
    ));
    let room = width.saturating_sub(24).max(40) * 3;
    for message in &statement.messages {
        page.push_str(&format!("  {:21}{}\n", "", style::shorten(message, room)));
    }
    let entities: Vec<String> = statement
        .entities
        .iter()
        .map(|(value, kind, score)| {
            format!("{} {value} ({kind})", paint(style::score_style(f64::from(*score)), format!("+{score}")))
        })
        .collect();
    if !entities.is_empty() {
        page.push_str(&format!("  {:21}{}\n", "", entities.join("  ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a job of a detection said: a message and when.
    fn told(detection: &str, said: &[(&str, i64)]) -> Told {
        let heading = Heading { detection: detection.to_owned(), kind: "TTP", techniques: vec!["T1572".to_owned()] };
        let mut told = Told { heading, statements: Statements::new(), bytes: 100, rows: 0 };
        for (message, time) in said {
            let statement = Statement { messages: vec![(*message).to_owned()], ..Statement::default() };
            let times = Times { first: *time, last: *time, count: 0 };
            told.statements.entry(statement).or_insert(times).absorb(Times { count: 1, ..times });
        }
        told
    }

    fn page(limit: usize, jobs: [Told; 3]) -> String {
        let mut timeline = Timeline::holding(limit);
        jobs.into_iter().for_each(|job| timeline.add(job).unwrap());
        let mut page = Vec::new();
        timeline.write(&mut page).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn blocks_stand_in_time_order_wherever_they_were_kept() {
        let jobs = || {
            [
                told("B", &[("late", 9_000_000), ("early", 1_000_000), ("early", 5_000_000)]),
                told("A", &[("middle", 4_000_000), ("as early", 1_000_000)]),
                told("C", &[("last", 10_000_000)]),
            ]
        };
        let held = page(BYTES_HELD, jobs());
        let place = |text: &str| held.find(text).unwrap();
        let order = ["as early", "      early", "middle", "late", "last"].map(place);
        assert!(order.is_sorted(), "{held}");
        assert!(held.contains("×2 until 1970-01-01 00:00:05"), "{held}");
        assert_eq!(page(0, jobs()), held, "with all of it on disk");
    }

    #[test]
    fn equal_statements_of_jobs_of_one_detection_are_one_block() {
        let jobs = [told("A", &[("same", 1)]), told("A", &[("same", 3_000_000)]), told("A", &[("same", 2)])];
        let page = page(BYTES_HELD, jobs);
        assert_eq!(page.matches("same").count(), 1, "{page}");
        assert!(page.contains("×3 until 1970-01-01 00:00:03"), "{page}");
    }
}
