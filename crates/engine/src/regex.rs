//! Regular expressions as PCRE writes them.

use std::collections::HashMap;

use datafusion::common::{Result, exec_datafusion_err};

/// A compiled expression: the fast engine where it can, the backtracking one for look-around and back-references.
#[derive(Debug, Clone)]
pub(crate) enum Regex {
    Fast(::regex::Regex),
    Full(fancy_regex::Regex),
}

impl Regex {
    /// Compile an expression.
    pub(crate) fn new(pattern: &str) -> Result<Self> {
        if let Ok(regex) = ::regex::Regex::new(pattern) {
            return Ok(Self::Fast(regex));
        }
        let full = fancy_regex::Regex::new(pattern);
        Ok(Self::Full(full.map_err(|error| exec_datafusion_err!("regular expression `{pattern}`: {error}"))?))
    }

    /// Does it match some part of the text?
    pub(crate) fn is_match(&self, text: &str) -> Result<bool> {
        match self {
            Self::Fast(regex) => Ok(regex.is_match(text)),
            Self::Full(regex) => {
                regex.is_match(text).map_err(|error| exec_datafusion_err!("regular expression `{regex}`: {error}"))
            }
        }
    }

    /// The text with every match replaced; `\1` in the replacement is the first group.
    pub(crate) fn replace_all(&self, text: &str, replacement: &str) -> Result<String> {
        let replacement = dollar_groups(replacement);
        match self {
            Self::Fast(regex) => Ok(regex.replace_all(text, replacement.as_str()).into_owned()),
            Self::Full(regex) => {
                let replaced = regex.try_replacen(text, 0, replacement.as_str());
                Ok(replaced
                    .map_err(|error| exec_datafusion_err!("regular expression `{regex}`: {error}"))?
                    .into_owned())
            }
        }
    }
}

/// `\1` as `${1}`, and `$` as itself.
fn dollar_groups(replacement: &str) -> String {
    let mut written = String::with_capacity(replacement.len());
    let mut characters = replacement.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('$', _) => written.push_str("$$"),
            ('\\', Some(digit)) if digit.is_ascii_digit() => {
                written.push_str(&format!("${{{digit}}}"));
                characters.next();
            }
            ('\\', Some('\\')) => {
                written.push('\\');
                characters.next();
            }
            (other, _) => written.push(other),
        }
    }
    written
}

/// The expression of a pattern of `like`: `%` is any text, `_` one character.
pub(crate) fn like_pattern(pattern: &str) -> String {
    let mut written = String::from("(?s)^");
    for character in pattern.chars() {
        match character {
            '%' => written.push_str(".*"),
            '_' => written.push('.'),
            other => written.push_str(&::regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    written.push('$');
    written
}

/// Expressions compiled once a batch.
#[derive(Debug, Default)]
pub(crate) struct Regexes {
    compiled: HashMap<String, Regex>,
}

impl Regexes {
    /// The expression, compiled.
    pub(crate) fn get(&mut self, pattern: &str) -> Result<&Regex> {
        self.get_with(pattern, str::to_owned)
    }

    /// The expression that `translate` makes of a pattern, compiled.
    pub(crate) fn get_with(&mut self, pattern: &str, translate: fn(&str) -> String) -> Result<&Regex> {
        if !self.compiled.contains_key(pattern) {
            let regex = Regex::new(&translate(pattern))?;
            self.compiled.insert(pattern.to_owned(), regex);
        }
        self.compiled.get(pattern).ok_or_else(|| exec_datafusion_err!("regular expression `{pattern}` is lost"))
    }
}
