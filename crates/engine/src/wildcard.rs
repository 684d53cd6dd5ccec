//! Field names with `*`.

use crate::frame::Frame;

/// What the wildcards of `pattern` stand for in `name`; `None` when it does not match. The first takes as little as it
/// can. `*` at the start does not reach internal fields (`_time`, `_raw`).
pub(crate) fn capture<'a>(pattern: &str, name: &'a str) -> Option<Vec<&'a str>> {
    if pattern.starts_with('*') && name.starts_with('_') {
        return None;
    }
    capture_text(pattern, name)
}

/// [`capture`] of values, of which none is internal.
pub(crate) fn capture_text<'a>(pattern: &str, name: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split('*');
    let mut rest = name.strip_prefix(parts.next()?)?;
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty().then(Vec::new) };
    let mut captured = Vec::new();
    for part in middle {
        let (before, after) = rest.split_once(part)?;
        captured.push(before);
        rest = after;
    }
    captured.push(rest.strip_suffix(last)?);
    Some(captured)
}

/// Put what was captured where the wildcards of `pattern` are.
pub(crate) fn fill(pattern: &str, captured: &[&str]) -> String {
    let mut filled = String::new();
    let mut captured = captured.iter();
    for (at, part) in pattern.split('*').enumerate() {
        if at > 0 {
            filled.push_str(captured.next().copied().unwrap_or("*"));
        }
        filled.push_str(part);
    }
    filled
}

/// The columns of a frame that a name means, in the frame's order.
pub(crate) fn matching(frame: &Frame, pattern: &str) -> Vec<String> {
    let names = frame.columns().iter().map(|(name, _)| name);
    names.filter(|name| capture(pattern, name).is_some()).cloned().collect()
}

/// The columns of a frame that names mean, in the order of the names, each once.
pub(crate) fn expand(frame: &Frame, patterns: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in patterns.iter().flat_map(|pattern| matching(frame, pattern)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
