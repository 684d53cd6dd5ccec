//! Regular expressions of packs, compiled when they are first needed: the packs have thousands, a log needs a few.
//!
//! They are PCRE's, as in an add-on's `props.conf`: `\d` and `\w` are of ASCII alone, which also compiles and runs faster.

use std::sync::OnceLock;

use regex::Regex;
use spl::pcre::{Engine, translate};

/// An expression as the engine reads it.
pub(crate) fn translated(text: &str) -> String {
    translate(text, Engine::Linear)
}

fn compile(text: &str) -> Result<Regex, regex::Error> {
    Regex::new(&translated(text))
}

/// A regular expression.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    text: Box<str>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// An expression that is known to compile: the tests compile those of all bundled packs.
    pub(crate) fn known(text: &str) -> Self {
        Self { text: text.into(), compiled: OnceLock::new() }
    }

    /// An expression, or why it is none.
    pub(crate) fn new(text: &str) -> Result<Self, String> {
        match compile(text) {
            Ok(regex) => Ok(Self { text: text.into(), compiled: OnceLock::from(Some(regex)) }),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or("").trim_start_matches("error: ");
                Err(format!("regular expression does not compile: {reason}"))
            }
        }
    }

    /// As it was written.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Compiled; `None` never happens, as what does not compile is refused when it is read.
    pub(crate) fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.text).ok()).as_ref()
    }
}
