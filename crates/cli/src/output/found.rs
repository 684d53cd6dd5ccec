//! What jobs found, taken in as each ends and kept as it will be printed: in memory or, past a limit, on disk.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use detect::{Ended, Job};
use rba::{Line, Outcome, Risks, RowJson};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use spl::value::Row;

use crate::args::OutputFormat;
use crate::output::rows;
use crate::output::timeline::{Timeline, Told};
use crate::spool::{Key, Run, Spool};

/// Bytes of lines that are held in memory, of findings and of rows each.
const LINES_HELD: usize = 32 << 20;

/// What is kept of what was found; it is always counted.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted {
    /// The format that all of it will be printed in.
    pub(crate) printed: Option<OutputFormat>,
    /// Findings as lines of JSON.
    pub(crate) lines: bool,
    /// Result rows as lines of JSON.
    pub(crate) rows: bool,
}

/// Takes in what jobs found, from many threads at once.
#[derive(Debug)]
pub(crate) struct Taking {
    wanted: Wanted,
    found: Mutex<io::Result<Found>>,
}

/// Everything a run found.
#[derive(Debug)]
pub(crate) struct Found {
    /// Number of findings, for the analyst queue.
    pub(crate) findings: u64,
    /// Number of intermediate findings, which add risk.
    pub(crate) intermediate: u64,
    /// By the name and type of a detection.
    pub(crate) fired: BTreeMap<(String, &'static str), Fired>,
    /// What entities carry.
    pub(crate) risks: Risks,
    pub(crate) timeline: Timeline,
    /// By the number of the job; the key is the time, and findings come before intermediate ones.
    lines: Spool<usize>,
    /// The same as they stand in an array of JSON, or as the cells of a row of CSV by their columns.
    objects: Spool<usize>,
    /// By the number of the job.
    rows: Spool<usize>,
}

/// What a detection came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fired {
    /// Result rows that gave findings.
    pub(crate) rows: u64,
    /// The highest score.
    pub(crate) highest: u32,
}

/// Lines are handed over when there are so many bytes of them.
const BYTES_AT_ONCE: usize = 1 << 20;

/// How a line is written.
type Writing<L> = fn(&L, &mut Vec<u8>) -> io::Result<()>;

/// Which of the spools lines go to.
type Choice = fn(&mut Found) -> &mut Spool<usize>;

impl Taking {
    /// Nothing was found yet.
    pub(crate) fn new(wanted: Wanted) -> Self {
        let found = Found {
            findings: 0,
            intermediate: 0,
            fired: BTreeMap::new(),
            risks: Risks::default(),
            timeline: Timeline::default(),
            lines: Spool::holding(LINES_HELD),
            objects: Spool::holding(LINES_HELD),
            rows: Spool::holding(LINES_HELD),
        };
        Self { wanted, found: Mutex::new(Ok(found)) }
    }

    /// Take in what a job gave.
    pub(crate) fn take(&self, ended: &Ended<'_, '_>) {
        if let Err(error) = self.add(ended) {
            // The first one is what is told.
            let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            if found.is_ok() {
                *found = Err(error);
            }
        }
    }

    fn add(&self, &Ended { number, job, rows, outcome }: &Ended<'_, '_>) -> io::Result<()> {
        if self.wanted.rows {
            let rows = rows.iter().map(|row| ((0, 0), ResultRow { job, row }));
            self.add_lines(number, rows, |line, into| Ok(serde_json::to_writer(into, line)?), |found| &mut found.rows)?;
        }
        let findings = || in_order(outcome).into_iter();
        if self.wanted.lines || self.wanted.printed == Some(OutputFormat::Ndjson) {
            let write: Writing<Line<'_>> = |line, into| Ok(serde_json::to_writer(into, line)?);
            self.add_lines(number, findings(), write, |found| &mut found.lines)?;
        }
        let (mut told, mut risks) = (None, Risks::default());
        match self.wanted.printed {
            Some(OutputFormat::Text) => {
                told = Told::of(outcome);
                risks.add(outcome);
            }
            Some(OutputFormat::Json) => {
                self.add_lines(number, findings(), rows::write_json_element, |found| &mut found.objects)?;
            }
            Some(OutputFormat::Csv) => {
                self.add_lines(number, findings(), rows::write_csv_cells, |found| &mut found.objects)?;
            }
            Some(OutputFormat::Ndjson) | None => {}
        }
        self.with_found(|found| {
            found.findings += outcome.findings.len() as u64;
            found.intermediate += outcome.intermediate_findings.len() as u64;
            found.risks.absorb(risks);
            told.map_or(Ok(()), |told| found.tell(told))
        })
    }

    fn add_lines<L>(
        &self,
        number: usize,
        lines: impl Iterator<Item = (Key, L)>,
        write: Writing<L>,
        spool: Choice,
    ) -> io::Result<()> {
        let mut run = Run::default();
        for (key, line) in lines {
            run.push(key, |into| write(&line, into))?;
            if run.len() >= BYTES_AT_ONCE {
                self.with_found(|found| spool(found).add(number, std::mem::take(&mut run)))?;
            }
        }
        self.with_found(|found| spool(found).add(number, run))
    }

    /// Change what was found; nothing is, once something has failed.
    fn with_found(&self, change: impl FnOnce(&mut Found) -> io::Result<()>) -> io::Result<()> {
        match &mut *self.found.lock().unwrap_or_else(PoisonError::into_inner) {
            Ok(found) => change(found),
            Err(_) => Ok(()),
        }
    }

    /// What all jobs found.
    ///
    /// # Errors
    /// When what memory had no room for could not be written to disk.
    pub(crate) fn finish(self) -> anyhow::Result<Found> {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.with_context(|| format!("cannot keep findings in {}", std::env::temp_dir().display()))
    }
}

/// The findings of one job by time, as all of them are ordered.
fn in_order(outcome: &Outcome) -> Vec<(Key, Line<'_>)> {
    let findings = outcome.findings.iter().map(|found| ((found.common.began(), 0), Line::from(found)));
    let intermediate = outcome.intermediate_findings.iter();
    let intermediate = intermediate.map(|found| ((found.common.began(), 1), Line::from(found)));
    let mut lines: Vec<_> = findings.chain(intermediate).collect();
    lines.sort_by_key(|(key, _)| *key);
    lines
}

impl Found {
    fn tell(&mut self, told: Told) -> io::Result<()> {
        let fired = self.fired.entry(told.detection()).or_default();
        fired.rows += told.rows();
        fired.highest = fired.highest.max(told.highest());
        self.timeline.add(told)
    }

    /// Number of findings and intermediate findings.
    pub(crate) fn len(&self) -> u64 {
        self.findings + self.intermediate
    }

    /// Findings as lines of JSON, in time order.
    pub(crate) fn write_lines(&self, into: &mut dyn Write) -> io::Result<()> {
        self.lines.read(&mut |line| write_line(into, line))
    }

    /// Each finding as an element of an array of JSON, or as the cells of a row of CSV, as it was wanted; in time order.
    pub(crate) fn each_object(&self, each: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        self.objects.read(each)
    }

    /// Result rows as lines of JSON, in the order of the jobs.
    pub(crate) fn write_rows(&self, into: &mut dyn Write) -> io::Result<()> {
        self.rows.read(&mut |line| write_line(into, line))
    }
}

fn write_line(into: &mut dyn Write, line: &[u8]) -> io::Result<()> {
    into.write_all(line)?;
    into.write_all(b"\n")
}

/// A line of `--rows`.
struct ResultRow<'r> {
    job: &'r Job<'r>,
    row: &'r Row,
}

impl Serialize for ResultRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Job { detection, window, .. } = self.job;
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("detection", &detection.name)?;
        line.serialize_entry("id", &detection.id)?;
        for (key, time) in [("earliest", window.earliest), ("latest", window.latest)] {
            if let Some(time) = time {
                line.serialize_entry(key, &time.div_euclid(1_000_000))?;
            }
        }
        line.serialize_entry("row", &RowJson(self.row))?;
        line.end()
    }
}
