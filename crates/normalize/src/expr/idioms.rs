//! Expressions that add-ons write all the time, done without their general machinery.

use std::sync::Arc;

use super::{Capture, Case, Function, Op, Otherwise, Separator};
use crate::pattern::Pattern;

/// The quick form of `mvindex(split(x, "separator"), index)`.
pub(super) fn split_part(function: &Function, arguments: &[Op]) -> Option<Op> {
    let ("mvindex", [Op::Call(inner, split), Op::Number(index)]) = (function.name, arguments) else {
        return None;
    };
    let ("split", [value, Op::Text(separator)]) = (inner.name, &**split) else {
        return None;
    };
    if separator.is_empty() {
        return None;
    }
    // Indexes of packs are small whole numbers; anything else goes the long way.
    let index = (-100..100).find(|whole: &i64| format!("{whole}") == super::eval::number_text(*index))?;
    Some(Op::SplitPart(Box::new(value.clone()), Separator::new(separator), index))
}

/// The quick form of `replace(x, "^.*SEPARATOR", "")`.
pub(super) fn after_last(value: &Op, regex: &str, by: &str) -> Option<Op> {
    let literal = regex.strip_prefix("^.*")?;
    if !by.is_empty() || literal.is_empty() {
        return None;
    }
    Some(Op::AfterLast(Box::new(value.clone()), Separator::new(&unescape(literal)?)))
}

/// The quick form of `replace(x, "SEPARATOR[^SEPARATOR]*$", "")`.
pub(super) fn before_last(value: &Op, regex: &str, by: &str) -> Option<Op> {
    let (separator, class) = regex.strip_suffix("]*$")?.split_once("[^")?;
    let is_one = |text: &str| {
        let literal = unescape(text)?;
        let mut characters = literal.chars();
        characters.next().filter(|_| characters.next().is_none())
    };
    let separator = is_one(separator)?;
    (by.is_empty() && is_one(class) == Some(separator)).then(|| Op::BeforeLast(Box::new(value.clone()), separator))
}

/// The quick form of `replace(x, "^.*?EXPRESSION.*$", "\1")`, and of `replace(x, "^(?:[\s\S]*?EXPRESSION[\s\S]*|[\s\S]*)$", "\1")`:
/// an expression is found much faster by itself than behind a lazy prefix.
pub(super) fn capture(value: &Op, whole: &Arc<Pattern>, by: &str) -> Option<Op> {
    if by != "${1}" {
        return None;
    }
    let text = whole.as_str();
    let line = || text.strip_prefix("^.*?")?.strip_suffix(".*$").map(|part| (part, Otherwise::Kept));
    let any = || {
        let part = text.strip_prefix(r"^(?:[\s\S]*?")?.strip_suffix(r"[\s\S]*|[\s\S]*)$")?;
        Some((part, Otherwise::Empty))
    };
    let (part, otherwise) = any().or_else(line)?;
    if part.is_empty() || has_alternatives(part) {
        return None;
    }
    let capture = Capture { whole: Arc::clone(whole), part: Pattern::known(part), otherwise };
    Some(Op::Capture(Box::new(value.clone()), Box::new(capture)))
}

/// Is there a `|` outside of groups, or a group that is never closed?
fn has_alternatives(regex: &str) -> bool {
    let (mut depth, mut in_class) = (0_usize, false);
    let mut characters = regex.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '[' => in_class = true,
            ']' => in_class = false,
            _ if in_class => {}
            '(' => depth += 1,
            ')' if depth == 0 => return true,
            ')' => depth -= 1,
            '|' if depth == 0 => return true,
            _ => {}
        }
    }
    depth > 0 || in_class
}

/// The text that a regular expression without operators stands for.
fn unescape(regex: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = regex.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(escaped) if escaped.is_ascii_punctuation() => text.push(escaped),
                _ => return None,
            },
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => {
                return None;
            }
            other => text.push(other),
        }
    }
    Some(text)
}

/// The quick form of `x="text"` and `x IN ("text", …)`, also with `lower(x)`.
pub(super) fn is_one_of(value: &Op, list: &[Op]) -> Option<Op> {
    let texts: Option<Vec<Box<str>>> = list
        .iter()
        .map(|one| match one {
            Op::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    let texts = texts?;
    match value {
        Op::Call(function, arguments) if function.name == "lower" => {
            let [inner @ Op::Field(_)] = &**arguments else {
                return None;
            };
            if !texts.iter().all(|text| text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())) {
                return None;
            }
            Some(Op::IsOneOf(Box::new(inner.clone()), Case::Ignored, texts))
        }
        Op::Field(_) => Some(Op::IsOneOf(Box::new(value.clone()), Case::Exact, texts)),
        _ => None,
    }
}
