//! Reads golden files.

use serde_json::{Map, Value};

/// What is wrong with a golden file.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct GoldenError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// What a block of data fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockName {
    /// Raw events.
    Events,
    /// A data model's dataset, as `Endpoint.Processes`.
    Dataset(String),
    /// Where addresses are: see [`crate::mmdb`].
    Geo,
    /// Data points of metrics.
    Metrics,
}

/// A block of data.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it fills.
    pub name: BlockName,
    /// One JSON object a row.
    pub rows: Vec<Map<String, Value>>,
}

/// A lookup: `lookup NAME csv`, or `lookup NAME kvstore` for a collection, then comma-separated values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupBlock {
    /// Its name.
    pub name: String,
    /// True for a collection of the key-value store: its fields are the header's.
    pub is_collection: bool,
    /// Settings as in transforms.conf: `match_type=WILDCARD(a),CIDR(b)`, `max_matches=1`.
    pub settings: Vec<(String, String)>,
    /// Its rows.
    pub csv: String,
}

/// A search and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The line of `search`.
    pub line: usize,
    /// The search.
    pub search: String,
    /// The answer, as written.
    pub expected: String,
    /// First and one past the last line of the answer, from 0.
    answer: (usize, usize),
}

/// A golden file.
#[derive(Debug, Clone, PartialEq)]
pub struct Golden {
    /// Where the answers are from: `manual <page>`, `our reading`.
    pub source: Option<String>,
    /// The time that searches run over, in epoch seconds: first, and first no longer covered; all time when absent.
    pub window: Option<(i64, i64)>,
    /// The data.
    pub blocks: Vec<Block>,
    /// The lookups.
    pub lookups: Vec<LookupBlock>,
    /// The searches.
    pub cases: Vec<Case>,
}

const RULE: &str = "----";

impl Golden {
    /// Read a file.
    pub fn parse(text: &str) -> Result<Self, GoldenError> {
        let lines: Vec<&str> = text.lines().collect();
        let mut golden =
            Self { source: None, window: None, blocks: Vec::new(), lookups: Vec::new(), cases: Vec::new() };
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(source) = line.strip_prefix("source:") {
                golden.source = Some(source.trim().to_owned());
            } else if let Some(window) = line.strip_prefix("window:") {
                golden.window = Some(seconds(window).ok_or_else(|| GoldenError {
                    line: at,
                    problem: format!("`{}` is no window: write two numbers of seconds", window.trim()),
                })?);
            } else if *line == "events json" {
                at = golden.block(BlockName::Events, &lines, at)?;
            } else if *line == "geo json" {
                at = golden.block(BlockName::Geo, &lines, at)?;
            } else if let Some(rest) = line.strip_prefix("lookup ") {
                at = golden.lookup(rest, &lines, at)?;
            } else if *line == "metrics json" {
                at = golden.block(BlockName::Metrics, &lines, at)?;
            } else if let Some(name) = line.strip_prefix("dataset ").and_then(|rest| rest.strip_suffix(" json")) {
                at = golden.block(BlockName::Dataset(name.to_owned()), &lines, at)?;
            } else if *line == "search" {
                at = golden.case(&lines, at)?;
            } else {
                return Err(GoldenError { line: at, problem: format!("`{line}` begins no block") });
            }
        }
        Ok(golden)
    }

    fn block(&mut self, name: BlockName, lines: &[&str], start: usize) -> Result<usize, GoldenError> {
        let mut rows = Vec::new();
        let mut at = start;
        while let Some(line) = lines.get(at).filter(|line| line.starts_with('{')) {
            let row =
                serde_json::from_str(line).map_err(|error| GoldenError { line: at + 1, problem: error.to_string() })?;
            rows.push(row);
            at += 1;
        }
        self.blocks.push(Block { name, rows });
        Ok(at)
    }

    fn lookup(&mut self, head: &str, lines: &[&str], start: usize) -> Result<usize, GoldenError> {
        let problem = |problem: &str| GoldenError { line: start, problem: problem.to_owned() };
        let mut words = head.split_whitespace();
        let name = words.next().ok_or_else(|| problem("a lookup has a name"))?.to_owned();
        let is_collection = match words.next() {
            Some("csv") => false,
            Some("kvstore") => true,
            _ => return Err(problem("a lookup is `csv` or `kvstore`")),
        };
        let mut settings = Vec::new();
        for word in words {
            let (key, value) = word.split_once('=').ok_or_else(|| problem("a setting is written `name=value`"))?;
            settings.push((key.to_owned(), value.to_owned()));
        }
        let rows: Vec<&str> = lines.iter().skip(start).take_while(|line| !line.is_empty()).copied().collect();
        self.lookups.push(LookupBlock { name, is_collection, settings, csv: rows.join("\n") });
        Ok(start + rows.len())
    }

    fn case(&mut self, lines: &[&str], start: usize) -> Result<usize, GoldenError> {
        let rest = lines.get(start..).unwrap_or(&[]);
        let rule = rest.iter().position(|line| *line == RULE).map(|rule| start + rule);
        let rule = rule.ok_or_else(|| GoldenError { line: start, problem: format!("no `{RULE}` after the search") })?;
        let answer = lines.get(rule + 1..).unwrap_or(&[]);
        let end = rule + 1 + answer.iter().position(|line| line.is_empty()).unwrap_or(answer.len());
        let joined = |from: usize, to: usize| lines.get(from..to).unwrap_or(&[]).join("\n");
        let case =
            Case { line: start, search: joined(start, rule), expected: joined(rule + 1, end), answer: (rule + 1, end) };
        self.cases.push(case);
        Ok(end)
    }

    /// The file's text with other answers.
    pub fn with_answers(&self, text: &str, answers: &[String]) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let mut written = String::new();
        let mut from = 0;
        let copy = |written: &mut String, from: usize, to: usize| {
            lines.get(from..to).unwrap_or(&[]).iter().for_each(|line| {
                written.push_str(line);
                written.push('\n');
            });
        };
        for (case, answer) in self.cases.iter().zip(answers) {
            copy(&mut written, from, case.answer.0);
            if !answer.is_empty() {
                written.push_str(answer);
                written.push('\n');
            }
            from = case.answer.1;
        }
        copy(&mut written, from, lines.len());
        written
    }
}

/// `0 600`
fn seconds(window: &str) -> Option<(i64, i64)> {
    let (earliest, latest) = window.trim().split_once(' ')?;
    // What is no number is no window.
    Some((earliest.parse().ok()?, latest.trim().parse().ok()?))
}

#[cfg(test)]
mod tests;
