//! Regular expressions that are written out in a search.

use regex_syntax::hir::{Capture, Class, Hir, HirKind};
use spl::pcre::{Engine, translate};

/// Why a regular expression cannot be used; `None` when it can.
///
/// SPL's are PCRE. `fancy-regex` covers what published content uses, and is what the engine falls back to.
pub(crate) fn regex_problem(pattern: &str) -> Option<String> {
    groups(pattern).err()
}

/// The named groups of a regular expression, in order; none where it does not compile.
pub(crate) fn named_groups(pattern: &str) -> Vec<String> {
    groups(pattern).unwrap_or_default().into_iter().flatten().collect()
}

/// True when a regular expression has a group, named or not.
pub(crate) fn has_group(pattern: &str) -> bool {
    groups(pattern).is_ok_and(|groups| !groups.is_empty())
}

/// The groups of a regular expression with their names, or why it cannot be used.
fn groups(pattern: &str) -> Result<Vec<Option<String>>, String> {
    let pattern = translate(pattern, Engine::Backtracking);
    // Compiling takes ten times as long as reading, and content holds a thousand expressions. What needs no backtracking and
    // is small compiles.
    match regex_syntax::parse(&pattern) {
        Ok(read) if size(&read) <= SMALL => {
            let mut groups = Vec::new();
            collect(&read, &mut groups);
            if groups.iter().flatten().all(|name| is_plain(name)) { Ok(groups) } else { compiled(&pattern) }
        }
        _ => compiled(&pattern),
    }
}

/// PCRE's names of groups have fewer letters than those of `regex`.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Nodes of an expression that compiles for sure: far below what `regex` allows.
const SMALL: usize = 5_000;

/// Nodes of an expression, repeated ones as often as they are repeated.
fn size(expression: &Hir) -> usize {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(text) => text.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repeated) => {
            let times = repeated.max.unwrap_or(repeated.min).max(1) as usize;
            size(&repeated.sub).saturating_mul(times)
        }
        HirKind::Capture(group) => size(&group.sub).saturating_add(1),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(size).fold(1, |sum, part| sum.saturating_add(part))
        }
    }
}

fn collect(expression: &Hir, groups: &mut Vec<Option<String>>) {
    match expression.kind() {
        HirKind::Capture(Capture { name, sub, .. }) => {
            groups.push(name.as_deref().map(str::to_owned));
            collect(sub, groups);
        }
        HirKind::Repetition(repeated) => collect(&repeated.sub, groups),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| collect(part, groups)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

fn compiled(pattern: &str) -> Result<Vec<Option<String>>, String> {
    match fancy_regex::Regex::new(pattern) {
        Ok(regex) => Ok(regex.capture_names().skip(1).map(|name| name.map(str::to_owned)).collect()),
        Err(error) => {
            let text = error.to_string();
            // The parser's message quotes the expression over several lines; its last line says what is wrong.
            let reason = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it does not compile");
            let reason = reason.trim().trim_start_matches("error: ").trim_end_matches('.');
            Err(format!("regular expression does not compile: {}", lower_first(reason)))
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_says_what_compiling_says() {
        for pattern in [
            r"^(?i)power(?:shell|\.exe)$",
            r"(?<name>a+?)(b)(?P<other>[^\]]*)",
            r"((?<inner>x)|(y)){2,3}",
            r"(?<year>\d{4})-(?<rest>.*)",
            r"\bword\b(?<tail>\W+)",
            r"(?<late>(?:a{50}){50})",
            r"(?<large>\w{2000})",
            r"(?=ahead)(?<name>a)\1",
            r"(?<!behind)(?<name>a)",
            r"(unclosed",
            r"[z-a]",
            r"*nothing",
            r"(?<same>a)(?<same>b)",
            r"(?<2bad>a)",
            r"(?<with.point>a)",
            r"(?<né>a)",
            r"a{3,2}",
            r"\p{Nowhere}",
            r"((((a{200}){200}){200}){200})",
            "",
        ] {
            assert_eq!(groups(pattern), compiled(&translate(pattern, Engine::Backtracking)), "{pattern}");
        }
    }
}
