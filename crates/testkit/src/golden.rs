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
    /// The data.
    pub blocks: Vec<Block>,
    /// The searches.
    pub cases: Vec<Case>,
}

const RULE: &str = "----";

impl Golden {
    /// Read a file.
    pub fn parse(text: &str) -> Result<Self, GoldenError> {
        let lines: Vec<&str> = text.lines().collect();
        let mut golden = Self { source: None, blocks: Vec::new(), cases: Vec::new() };
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(source) = line.strip_prefix("source:") {
                golden.source = Some(source.trim().to_owned());
            } else if *line == "events json" {
                at = golden.block(BlockName::Events, &lines, at)?;
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

#[cfg(test)]
mod tests;
