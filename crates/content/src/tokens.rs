//! `$field$` in messages, titles and drill-down searches, `$argument$` in macros.

use text::Span;

/// The tokens of `text` in order: each name and the span of `$name$`, dollar signs included.
///
/// A name holds no blank and no dollar sign: `$dest$`, `$a.b$`, `$a{}.b$`.
///
/// ```
/// let found = content::tokens("run on $dest$ for $5");
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].0, "dest");
/// ```
pub fn tokens(text: &str) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('$')).map(|at| from + at) {
        let rest = text.get(open + 1..).unwrap_or_default();
        let Some(length) = rest.find(|letter: char| letter == '$' || letter.is_whitespace()) else {
            break;
        };
        let end = open + 1 + length;
        let closes = text.get(end..).is_some_and(|rest| rest.starts_with('$'));
        if closes && length > 0 {
            found.push((rest.get(..length).unwrap_or_default().to_owned(), Span::new(open, end + 1)));
            from = end + 1;
        } else {
            from = end.max(open + 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = tokens(text)
            .into_iter()
            .map(|(name, span)| {
                assert_eq!(span.of(text), format!("${name}$"));
                name
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn tokens_are_names_between_dollar_signs() {
        check("by $user$ on $dest$.", &["user", "dest"]);
        check("$a.b$$c{}.d$", &["a.b", "c{}.d"]);
        check("costs $5 or $6", &[]);
        check("$$ and $ $x$", &["x"]);
        check("é $größe$", &["größe"]);
        check("$open", &[]);
        check("", &[]);
    }
}
