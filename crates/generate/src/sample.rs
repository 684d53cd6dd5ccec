//! Texts that a regular expression matches.
//!
//! The expression is taken apart with `regex-syntax`; look-around, which that does not read, is left out. What comes out
//! is a proposal: the caller matches it with the expression itself.

use std::collections::BTreeMap;

use regex_syntax::hir::{Capture, Class, Hir, HirKind, Look, Repetition};

use crate::shape::Shape;

/// What a group shall hold, by its name.
pub(crate) type Groups = BTreeMap<String, String>;

/// A text that the expression should match, as a shape: where it may go on is a gap. `variation` 0 is the plainest.
pub(crate) fn sample(pattern: &str, groups: &Groups, variation: usize) -> Option<Shape> {
    let hir = parse(pattern)?;
    let mut sampler = Sampler { groups, variation, drawn: 0, parts: vec![String::new()], starts: false, ends: false };
    sampler.hir(&hir);
    if !sampler.starts {
        sampler.parts.insert(0, String::new());
    }
    if !sampler.ends {
        sampler.parts.push(String::new());
    }
    Some(Shape { parts: sampler.parts })
}

fn parse(pattern: &str) -> Option<Hir> {
    // The error says only that it is another dialect.
    let parse = |pattern: &str| regex_syntax::ParserBuilder::new().utf8(true).build().parse(pattern).ok();
    parse(pattern).or_else(|| parse(&plain(pattern)))
}

/// The expression without look-around and atomic groups, and with literal braces escaped.
fn plain(pattern: &str) -> String {
    let characters: Vec<char> = pattern.chars().collect();
    let mut written = String::new();
    let mut at = 0;
    let mut in_class = false;
    while let Some(character) = characters.get(at).copied() {
        let rest: String = characters.iter().skip(at).take(4).collect();
        if character == '\\' {
            written.push(character);
            written.extend(characters.get(at + 1));
            at += 2;
            continue;
        }
        match character {
            '[' => in_class = true,
            ']' => in_class = false,
            _ => (),
        }
        if !in_class && ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|start| rest.starts_with(start)) {
            at = after_group(&characters, at);
        } else if !in_class && rest.starts_with("(?>") {
            written.push_str("(?:");
            at += 3;
        } else if !in_class && (character == '{' || character == '}') && !is_count(&characters, at, character) {
            written.push('\\');
            written.push(character);
            at += 1;
        } else {
            written.push(character);
            at += 1;
        }
    }
    written
}

/// Is this brace part of a count such as `{2,5}`?
fn is_count(characters: &[char], at: usize, brace: char) -> bool {
    let counts = |c: &char| c.is_ascii_digit() || *c == ',';
    if brace == '{' {
        let inner = characters.iter().skip(at + 1).take_while(|c| counts(c)).count();
        return inner > 0 && characters.get(at + 1 + inner) == Some(&'}');
    }
    let before = characters.iter().take(at).rev().take_while(|c| counts(c)).count();
    before > 0 && at > before && characters.get(at - before - 1) == Some(&'{')
}

/// The place behind a group that begins at `start`.
fn after_group(characters: &[char], start: usize) -> usize {
    let (mut depth, mut at, mut in_class) = (0_usize, start, false);
    while let Some(character) = characters.get(at) {
        match character {
            '\\' => at += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => (),
        }
        at += 1;
    }
    at
}

struct Sampler<'g> {
    groups: &'g Groups,
    variation: usize,
    drawn: usize,
    parts: Vec<String>,
    starts: bool,
    ends: bool,
}

impl Sampler<'_> {
    /// One of `total`; the first in the plainest variation.
    fn draw(&mut self, total: usize) -> usize {
        self.drawn += 1;
        if self.variation == 0 || total == 0 {
            return 0;
        }
        // A small mixing of two numbers: the same every time, other for every variation.
        let mixed = (self.variation * 2_654_435_761) ^ (self.drawn * 40_503);
        (mixed >> 7) % total
    }

    fn push(&mut self, text: &str) {
        if let Some(last) = self.parts.last_mut() {
            last.push_str(text);
        }
    }

    fn gap(&mut self) {
        self.parts.push(String::new());
    }

    fn hir(&mut self, hir: &Hir) {
        match hir.kind() {
            HirKind::Empty => (),
            HirKind::Literal(literal) => self.push(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(class) => {
                let character = self.character(class);
                self.push(character.encode_utf8(&mut [0; 4]));
            }
            HirKind::Look(look) => self.look(*look),
            HirKind::Repetition(repetition) => self.repetition(repetition),
            HirKind::Capture(capture) => self.capture(capture),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.hir(part)),
            HirKind::Alternation(ways) => {
                let wanted = ways.iter().position(|way| self.holds_wanted_group(way));
                let at = wanted.unwrap_or_else(|| self.draw(ways.len()));
                if let Some(way) = ways.get(at) {
                    self.hir(way);
                }
            }
        }
    }

    fn capture(&mut self, capture: &Capture) {
        let wanted = capture.name.as_ref().and_then(|name| self.groups.get(&**name)).cloned();
        match wanted {
            Some(text) => self.push(&text),
            None => self.hir(&capture.sub),
        }
    }

    fn holds_wanted_group(&self, hir: &Hir) -> bool {
        let inner = |sub: &Hir| self.holds_wanted_group(sub);
        match hir.kind() {
            HirKind::Capture(capture) => {
                capture.name.as_ref().is_some_and(|name| self.groups.contains_key(&**name)) || inner(&capture.sub)
            }
            HirKind::Repetition(repetition) => inner(&repetition.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(inner),
            _ => false,
        }
    }

    fn look(&mut self, look: Look) {
        let nothing_yet = self.parts.iter().all(String::is_empty) && self.parts.len() == 1;
        match look {
            Look::Start | Look::StartLF | Look::StartCRLF if nothing_yet => self.starts = true,
            Look::End | Look::EndLF | Look::EndCRLF => self.ends = true,
            _ => (),
        }
    }

    fn repetition(&mut self, repetition: &Repetition) {
        let (least, most) = (repetition.min, repetition.max.unwrap_or(u32::MAX));
        let any = matches!(repetition.sub.kind(), HirKind::Class(class) if is_wide(class));
        let mut times = least;
        if least == 0 && (self.holds_wanted_group(&repetition.sub) || (!any && self.draw(3) == 1)) {
            times = 1;
        }
        times = times.min(most).min(2_000);
        // Around 0 the draw adds nothing, so that the plainest sample is the shortest.
        if most > times && times > 0 && self.variation > 0 {
            times += u32::try_from(self.draw(4)).unwrap_or(0).min(most - times);
        }
        (0..times).for_each(|_| self.hir(&repetition.sub));
        if any && most == u32::MAX {
            self.gap();
        }
    }

    fn character(&mut self, class: &Class) -> char {
        const LIKED: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ _-.\\/:;,=@#$%&\"'()[]{}";
        let contains = |c: char| match class {
            Class::Unicode(unicode) => unicode.iter().any(|range| range.start() <= c && c <= range.end()),
            Class::Bytes(bytes) => {
                u8::try_from(c).is_ok_and(|c| bytes.iter().any(|range| range.start() <= c && c <= range.end()))
            }
        };
        let liked: Vec<char> = LIKED.chars().filter(|c| contains(*c)).collect();
        let at = self.draw(liked.len());
        let first = match class {
            Class::Unicode(unicode) => unicode.iter().next().map(regex_syntax::hir::ClassUnicodeRange::start),
            Class::Bytes(bytes) => bytes.iter().next().map(|range| char::from(range.start())),
        };
        liked.get(at).copied().or(first).unwrap_or('x')
    }
}

/// Does the class hold so much that a text may go on there?
fn is_wide(class: &Class) -> bool {
    match class {
        Class::Unicode(unicode) => {
            let size: u32 = unicode.iter().map(|range| u32::from(range.end()) - u32::from(range.start())).sum();
            size > 1_000
        }
        Class::Bytes(bytes) => bytes.iter().map(|range| u32::from(range.end() - range.start())).sum::<u32>() > 150,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_match() {
        let patterns = [
            "(?i)(rundll32\\.exe.{0,4}$)",
            "^(?<a>\\S+)\\s-\\s\\[(?<b>[^\\]]*)\\]",
            "[\\-|/]w(in*d*o*w*s*t*y*l*e*)*\\s+[^-]",
            "\\\\x{202E}|foo{bar}",
            "^(?!abc)\\d{1,3}\\.\\d{2}$",
            "(?<port>3269|636|989)",
            "{.*?}",
        ];
        for pattern in patterns {
            let regex = fancy_regex::Regex::new(pattern).unwrap();
            let matching = (0..20).filter(|variation| {
                let text = sample(pattern, &Groups::new(), *variation).unwrap().fill("");
                regex.is_match(&text).unwrap()
            });
            assert!(matching.count() > 10, "{pattern}: {:?}", sample(pattern, &Groups::new(), 0));
        }
    }

    #[test]
    fn groups_hold_what_is_wanted() {
        let groups = Groups::from([("b".to_owned(), "here".to_owned())]);
        let text = sample("^(?<a>\\w+): (x|<(?<b>\\w+)>)?$", &groups, 0).unwrap().fill("");
        assert_eq!(text, "a: <here>");
    }
}
