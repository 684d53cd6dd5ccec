//! Regular expressions that are written out in a search.

use spl::pcre::{Engine, translate};

/// Why a regular expression cannot be used; `None` when it can.
///
/// SPL's are PCRE. `fancy-regex` covers what published content uses, and is what the engine falls back to.
pub(crate) fn regex_problem(pattern: &str) -> Option<String> {
    let error = fancy_regex::Regex::new(&translate(pattern, Engine::Backtracking)).err()?;
    let text = error.to_string();
    // The parser's message quotes the expression over several lines; its last line says what is wrong.
    let reason = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it does not compile");
    let reason = reason.trim().trim_start_matches("error: ").trim_end_matches('.');
    Some(format!("regular expression does not compile: {}", lower_first(reason)))
}

/// The named groups of a regular expression, in order; none where it does not compile.
pub(crate) fn named_groups(pattern: &str) -> Vec<String> {
    let regex = fancy_regex::Regex::new(&translate(pattern, Engine::Backtracking));
    regex.map(|regex| regex.capture_names().flatten().map(str::to_owned).collect()).unwrap_or_default()
}

/// True when a regular expression has a group, named or not.
pub(crate) fn has_group(pattern: &str) -> bool {
    fancy_regex::Regex::new(&translate(pattern, Engine::Backtracking)).is_ok_and(|regex| regex.captures_len() > 1)
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
