//! The two edits that `rex mode=sed` knows.
//!
//! Source: Search Reference, "rex": `s/<regex>/<replacement>/<flags>`, where the flag is `g` for every match or the number of
//! one match, and `y/<characters>/<characters>/`. That another sign than `/` may part them, as in `sed`, is our reading.

#[cfg(test)]
mod tests;

/// An edit of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sed {
    /// `s/…/…/`
    Substitute {
        /// The expression (PCRE).
        pattern: String,
        /// What stands in place of a match; `\1` is the first group.
        replacement: String,
        /// Of which matches.
        which: Which,
    },
    /// `y/abc/xyz/`: each character and the one in its place.
    Transliterate(Vec<(char, char)>),
}

/// Which matches are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// This one, counted from 1.
    Only(u64),
}

impl Sed {
    /// Read a script; else what is wrong with it.
    pub fn parse(script: &str) -> Result<Self, String> {
        let script = script.trim();
        let mut characters = script.chars();
        let (kind, sign) = (characters.next(), characters.next());
        let sign = sign.filter(|sign| !sign.is_alphanumeric() && !sign.is_whitespace() && *sign != '\\');
        let (Some(kind @ ('s' | 'y')), Some(sign)) = (kind, sign) else {
            return Err(format!("`{script}` is neither `s/…/…/` nor `y/…/…/`"));
        };
        let mut rest = characters.as_str();
        let mut part = || {
            let (part, after) = until(rest, sign).ok_or_else(|| format!("`{script}` has not three `{sign}`"))?;
            rest = after;
            Ok::<&str, String>(part)
        };
        let (from, to) = (part()?, part()?);
        match kind {
            's' => Ok(Self::Substitute {
                pattern: unescaped(from, sign, is_special(sign)),
                replacement: unescaped(to, sign, false),
                which: which(rest)?,
            }),
            _ if !rest.is_empty() => Err(format!("`{rest}` behind `y{sign}…{sign}…{sign}`")),
            _ => transliteration(&plain(from, sign), &plain(to, sign)),
        }
    }

    /// A text with its characters exchanged; `None` where the edit is no transliteration.
    pub fn transliterate(&self, text: &str) -> Option<String> {
        let Self::Transliterate(pairs) = self else { return None };
        let exchanged = |c: char| pairs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
        Some(text.chars().map(exchanged).collect())
    }
}

/// The text before the next `sign` that has no backslash before it, and the text behind.
fn until(text: &str, sign: char) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == sign && !escaped {
            return Some((text.get(..at)?, text.get(at + c.len_utf8()..)?));
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// Without the backslashes before the sign, unless an expression needs them there; other backslashes stay.
fn unescaped(text: &str, sign: char, keep: bool) -> String {
    let (mut written, mut escaped) = (String::new(), false);
    for c in text.chars() {
        if escaped && c == sign && !keep {
            written.pop();
        }
        written.push(c);
        escaped = c == '\\' && !escaped;
    }
    written
}

/// The characters of `y`: a backslash takes its meaning from the sign and from itself.
fn plain(text: &str, sign: char) -> String {
    let (mut written, mut characters) = (String::new(), text.chars().peekable());
    while let Some(c) = characters.next() {
        let next = characters.next_if(|next| c == '\\' && (*next == sign || *next == '\\'));
        written.push(next.unwrap_or(c));
    }
    written
}

fn is_special(sign: char) -> bool {
    "|.*+?^$()[]{}".contains(sign)
}

fn which(flags: &str) -> Result<Which, String> {
    match (flags, flags.parse()) {
        ("", _) => Ok(Which::Only(1)),
        ("g", _) => Ok(Which::All),
        (_, Ok(number)) if number > 0 => Ok(Which::Only(number)),
        _ => Err(format!("the flag `{flags}` is neither `g` nor the number of a match")),
    }
}

fn transliteration(from: &str, to: &str) -> Result<Sed, String> {
    if from.chars().count() != to.chars().count() {
        return Err(format!("`{from}` and `{to}` have different numbers of characters"));
    }
    Ok(Sed::Transliterate(from.chars().zip(to.chars()).collect()))
}
