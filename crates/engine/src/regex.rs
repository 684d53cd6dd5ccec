//! Regular expressions as PCRE writes them.

use std::collections::HashMap;

use datafusion::common::{Result, exec_datafusion_err};
use spl::pcre::{Engine, ends_before_line_feed, translate};

/// A compiled expression: the fast engine where it can, the backtracking one for look-around and back-references.
#[derive(Debug, Clone)]
pub(crate) struct Regex {
    engine: Engines,
    /// In PCRE a `$` of it also matches before a line feed at the end.
    dollar: bool,
}

#[derive(Debug, Clone)]
enum Engines {
    Fast(::regex::Regex),
    Full(fancy_regex::Regex),
}

impl Regex {
    /// Compile an expression.
    pub(crate) fn new(pattern: &str) -> Result<Self> {
        let dollar = ends_before_line_feed(pattern);
        if let Ok(regex) = ::regex::Regex::new(&translate(pattern, Engine::Linear)) {
            return Ok(Self { engine: Engines::Fast(regex), dollar });
        }
        let full = fancy_regex::Regex::new(&translate(pattern, Engine::Backtracking));
        let full = full.map_err(|error| exec_datafusion_err!("regular expression `{pattern}`: {error}"))?;
        Ok(Self { engine: Engines::Full(full), dollar })
    }

    /// Does it match some part of the text?
    pub(crate) fn is_match(&self, text: &str) -> Result<bool> {
        let matches = |text: &str| match &self.engine {
            Engines::Fast(regex) => Ok(regex.is_match(text)),
            Engines::Full(regex) => {
                regex.is_match(text).map_err(|error| exec_datafusion_err!("regular expression `{regex}`: {error}"))
            }
        };
        Ok(matches(text)?
            || match text.strip_suffix('\n') {
                Some(line) if self.dollar => matches(line)?,
                _ => false,
            })
    }

    /// The number of a named group.
    pub(crate) fn group(&self, name: &str) -> Option<usize> {
        match &self.engine {
            Engines::Fast(regex) => regex.capture_names().position(|known| known == Some(name)),
            Engines::Full(regex) => regex.capture_names().position(|known| known == Some(name)),
        }
    }

    /// Room for the groups of a match, to be used for many.
    pub(crate) fn groups(&self) -> Groups {
        match &self.engine {
            Engines::Fast(regex) => Groups::Fast(regex.capture_locations()),
            Engines::Full(_) => Groups::Full(Vec::new()),
        }
    }

    /// The first match at or behind a place: its start and end. The groups are left in `groups`.
    pub(crate) fn find_at(&self, text: &str, at: usize, groups: &mut Groups) -> Result<Option<(usize, usize)>> {
        let found = self.find_in(text, at, groups)?;
        let Some(line) = text.strip_suffix('\n').filter(|line| self.dollar && at <= line.len()) else {
            return Ok(found);
        };
        // A `$` before the last line feed may make a match that begins earlier.
        let mut earlier = self.groups();
        match (self.find_in(line, at, &mut earlier)?, found) {
            (Some(before), found) if found.is_none_or(|found| before.0 < found.0) => {
                *groups = earlier;
                Ok(Some(before))
            }
            _ => Ok(found),
        }
    }

    fn find_in(&self, text: &str, at: usize, groups: &mut Groups) -> Result<Option<(usize, usize)>> {
        match (&self.engine, groups) {
            (Engines::Fast(regex), Groups::Fast(groups)) => {
                Ok(regex.captures_read_at(groups, text, at).map(|found| (found.start(), found.end())))
            }
            (Engines::Full(regex), Groups::Full(groups)) => {
                let found = regex.captures_from_pos(text, at);
                let found = found.map_err(|error| exec_datafusion_err!("regular expression `{regex}`: {error}"))?;
                groups.clear();
                let all = found.iter().flat_map(|found| found.iter());
                groups.extend(all.map(|group| group.map(|group| (group.start(), group.end()))));
                Ok(groups.first().copied().flatten())
            }
            _ => Err(exec_datafusion_err!("the groups of another expression")),
        }
    }

    /// Call `see` with the groups of up to `most` matches that do not overlap; 0 is all.
    pub(crate) fn each_match(
        &self,
        text: &str,
        most: u64,
        groups: &mut Groups,
        mut see: impl FnMut(&Groups),
    ) -> Result<()> {
        let (mut at, mut seen) = (0, 0);
        while at <= text.len() && (most == 0 || seen < most) {
            let Some((start, end)) = self.find_at(text, at, groups)? else { break };
            see(groups);
            seen += 1;
            // Behind an empty match the next one begins at the next character.
            let step = text.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            at = if end > start { end } else { end + step };
        }
        Ok(())
    }

    /// The text with one match replaced, counted from 1; as it is where there are fewer.
    pub(crate) fn replace_one(&self, text: &str, number: u64, replacement: &str) -> Result<String> {
        self.replace(text, number, replacement, |seen| seen == number)
    }

    /// The text with some of up to `most` matches replaced, by their number.
    fn replace(&self, text: &str, most: u64, replacement: &str, wanted: impl Fn(u64) -> bool) -> Result<String> {
        let (mut written, mut behind, mut seen) = (String::with_capacity(text.len()), 0, 0);
        self.each_match(text, most, &mut self.groups(), |groups| {
            seen += 1;
            if let Some((start, end)) = groups.get(0).filter(|_| wanted(seen)) {
                written.push_str(text.get(behind..start).unwrap_or(""));
                written.push_str(&expanded(replacement, text, groups));
                behind = end;
            }
        })?;
        written.push_str(text.get(behind..).unwrap_or(""));
        Ok(written)
    }

    /// The text with every match replaced; `\1` in the replacement is the first group.
    pub(crate) fn replace_all(&self, text: &str, replacement: &str) -> Result<String> {
        if self.dollar && text.ends_with('\n') {
            return self.replace(text, 0, replacement, |_| true);
        }
        let replacement = dollar_groups(replacement);
        match &self.engine {
            Engines::Fast(regex) => Ok(regex.replace_all(text, replacement.as_str()).into_owned()),
            Engines::Full(regex) => {
                let replaced = regex.try_replacen(text, 0, replacement.as_str());
                Ok(replaced
                    .map_err(|error| exec_datafusion_err!("regular expression `{regex}`: {error}"))?
                    .into_owned())
            }
        }
    }
}

/// Where the groups of a match lie.
#[derive(Debug, Clone)]
pub(crate) enum Groups {
    Fast(::regex::CaptureLocations),
    Full(Vec<Option<(usize, usize)>>),
}

impl Groups {
    /// Start and end of a group that took part in the match; 0 is the whole match.
    pub(crate) fn get(&self, group: usize) -> Option<(usize, usize)> {
        match self {
            Self::Fast(groups) => groups.get(group),
            Self::Full(groups) => groups.get(group).copied().flatten(),
        }
    }
}

/// A replacement with `\1` and its like filled in.
fn expanded(replacement: &str, text: &str, groups: &Groups) -> String {
    let mut written = String::with_capacity(replacement.len());
    let mut characters = replacement.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.next_if(|next| character == '\\' && (next.is_ascii_digit() || *next == '\\'));
        match next.and_then(|next| next.to_digit(10)) {
            Some(group) => {
                let place = usize::try_from(group).ok().and_then(|group| groups.get(group));
                written.push_str(place.and_then(|(start, end)| text.get(start..end)).unwrap_or(""));
            }
            None => written.push(character),
        }
    }
    written
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
    written.push_str(r"\z");
    written
}

/// Expressions compiled once a batch.
#[derive(Debug, Default)]
pub(crate) struct Regexes {
    compiled: HashMap<String, Option<Regex>>,
}

impl Regexes {
    /// The expression, compiled. `None` when it is none: `plan` refuses such an expression where it is written out; where it
    /// is a field's value, what depends on it is null in that row (manual: "eval command", an expression that cannot be
    /// evaluated for an event).
    pub(crate) fn get(&mut self, pattern: &str) -> Option<&Regex> {
        self.get_with(pattern, str::to_owned)
    }

    /// The expression that `translate` makes of a pattern, compiled.
    pub(crate) fn get_with(&mut self, pattern: &str, translate: fn(&str) -> String) -> Option<&Regex> {
        if !self.compiled.contains_key(pattern) {
            // The error says only that it is no expression, and so does `None`.
            let regex = Regex::new(&translate(pattern)).ok();
            self.compiled.insert(pattern.to_owned(), regex);
        }
        self.compiled.get(pattern)?.as_ref()
    }
}
