//! Field names with `*`: `rename Processes.* as *`, `values(x*) as y*`.

/// What the wildcards of `pattern` stand for in `name`; `None` when it does not match.
///
/// `*` at the start does not reach internal fields (`_time`, `_raw`).
/// The first wildcard takes as little as it can, as in `rename`'s documented examples (`rename foo* AS bar*`).
pub fn capture<'a>(pattern: &str, name: &'a str) -> Option<Vec<&'a str>> {
    if pattern.starts_with('*') && name.starts_with('_') {
        return None;
    }
    let mut parts = pattern.split('*');
    let mut rest = name.strip_prefix(parts.next()?)?;
    let mut captured = Vec::new();
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty().then_some(captured);
    };
    for part in middle {
        let (before, after) = rest.split_once(part)?;
        captured.push(before);
        rest = after;
    }
    captured.push(rest.strip_suffix(last)?);
    Some(captured)
}

/// Put what was captured where the wildcards of `pattern` are.
pub fn fill(pattern: &str, captured: &[&str]) -> String {
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

#[cfg(test)]
mod tests {
    use super::{capture, fill};

    fn check(from: &str, to: &str, name: &str, expected: Option<&str>) {
        let filled = capture(from, name).map(|captured| fill(to, &captured));
        assert_eq!(filled.as_deref(), expected, "{from} as {to} on {name}");
    }

    #[test]
    fn wildcards_carry_over() {
        check("Processes.*", "*", "Processes.dest", Some("dest"));
        check("Processes.*", "*", "Registry.dest", None);
        check("*ip", "*address", "src_ip", Some("src_address"));
        check("a*b*c", "x*y*z", "a1b2c", Some("x1y2z"));
        check("dest", "host", "dest", Some("host"));
        check("dest", "host", "dest_ip", None);
        check("*", "x*", "_time", None);
        check("_*", "x*", "_time", Some("xtime"));
    }
}
