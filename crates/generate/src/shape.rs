//! Texts with gaps, and putting several into one.

/// A text of which the parts are fixed and anything may stand between them. One part is the whole text; an empty first
/// or last part leaves the start or the end open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) parts: Vec<String>,
}

impl Shape {
    /// Exactly this text.
    pub(crate) fn exact(text: impl Into<String>) -> Self {
        Self { parts: vec![text.into()] }
    }

    /// This text somewhere.
    pub(crate) fn within(text: impl Into<String>) -> Self {
        Self { parts: vec![String::new(), text.into(), String::new()] }
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.parts.len() == 1
    }

    /// Does the text begin and end as the shape does, with its other parts between?
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut rest = text;
        let last = self.parts.len().saturating_sub(1);
        for (at, part) in self.parts.iter().enumerate() {
            let behind = match at {
                0 => rest.strip_prefix(part.as_str()),
                at if at == last => return rest.ends_with(part.as_str()),
                _ => rest.split_once(part.as_str()).map(|(_, behind)| behind),
            };
            match behind {
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        rest.is_empty()
    }

    /// The text with its inner gaps filled.
    pub(crate) fn fill(&self, filler: &str) -> String {
        self.fill_with(filler, "", "")
    }

    /// The text with inner gaps, an open start and an open end filled.
    pub(crate) fn fill_with(&self, inner: &str, start: &str, end: &str) -> String {
        let last = self.parts.len().saturating_sub(1);
        let mut text = String::new();
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                let opens = at == 1 && self.parts.first().is_some_and(String::is_empty);
                let closes = at == last && part.is_empty();
                text.push_str(match (opens, closes) {
                    (true, true) if last == 1 => inner,
                    (true, _) => start,
                    (_, true) => end,
                    _ => inner,
                });
            }
            text.push_str(part);
        }
        text
    }

    /// A shape that has what both have; `None` where they begin or end otherwise, letter case aside.
    pub(crate) fn merge(&self, other: &Self) -> Option<Self> {
        match (self.is_exact(), other.is_exact()) {
            // The checks say whether the exact text does for both.
            (true, _) => Some(self.clone()),
            (_, true) => Some(other.clone()),
            _ => {
                let (first, second) = (self.parts.first()?, other.parts.first()?);
                let prefix = longer(first, second, starts_with)?;
                let (first, second) = (self.parts.last()?, other.parts.last()?);
                let suffix = longer(first, second, ends_with)?;
                let mut parts = vec![prefix.clone()];
                for part in self.inner().iter().chain(other.inner()) {
                    let known = [&prefix, &suffix]
                        .into_iter()
                        .chain(parts.iter().skip(1))
                        .any(|known| known.contains(part.as_str()));
                    if !part.is_empty() && !known {
                        parts.push(part.clone());
                    }
                }
                parts.push(suffix);
                Some(Self { parts })
            }
        }
    }

    fn inner(&self) -> &[String] {
        self.parts.get(1..self.parts.len().saturating_sub(1)).unwrap_or(&[])
    }
}

fn longer(first: &str, second: &str, holds: impl Fn(&str, &str) -> bool) -> Option<String> {
    let (long, short) = if first.len() >= second.len() { (first, second) } else { (second, first) };
    holds(long, short).then(|| long.to_owned())
}

fn starts_with(long: &str, short: &str) -> bool {
    long.get(..short.len()).is_some_and(|start| start.eq_ignore_ascii_case(short))
}

fn ends_with(long: &str, short: &str) -> bool {
    long.get(long.len() - short.len()..).is_some_and(|end| end.eq_ignore_ascii_case(short))
}

#[cfg(test)]
mod tests {
    use super::Shape;

    fn shape(text: &str) -> Shape {
        Shape { parts: text.split('*').map(str::to_owned).collect() }
    }

    fn check(first: &str, second: &str, expected: Option<&str>) {
        let merged = shape(first).merge(&shape(second)).map(|merged| merged.parts.join("*"));
        assert_eq!(merged.as_deref(), expected, "{first} and {second}");
    }

    #[test]
    fn shapes_merge() {
        check("*a*", "*b*", Some("*a*b*"));
        check("*.exe", "*cmd*", Some("*cmd*.exe"));
        check("c:\\*", "C:\\win*", Some("C:\\win*"));
        check("a*", "b*", None);
        check("*\\cmd.exe", "*cmd*", Some("*\\cmd.exe"));
    }
}
