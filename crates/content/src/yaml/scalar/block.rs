//! Literal `|` and folded `>` blocks: indentation, folding and chomping.

use text::Span;

use super::{Out, break_length};

/// What happens to the line ends after the last line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomp {
    Strip,
    Clip,
    Keep,
}

/// A line below the header: where it starts, where its text ends, where the next line starts.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    next: usize,
}

/// A block scalar's header and the lines that may belong to it.
pub(super) struct Block<'a> {
    source: &'a str,
    chomp: Chomp,
    explicit: bool,
    lines: Vec<Line>,
}

impl<'a> Block<'a> {
    /// `at` begins at the text, below the header and perhaps below blank lines.
    pub(super) fn read(source: &'a str, at: Span) -> Option<Self> {
        let (indicators, header_end) = header(source, at.start as usize)?;
        let chomp = match indicators {
            text if text.contains('-') => Chomp::Strip,
            text if text.contains('+') => Chomp::Keep,
            _ => Chomp::Clip,
        };
        let explicit = indicators.contains(|letter: char| letter.is_ascii_digit());
        let mut lines = Vec::new();
        let mut from = header_end + break_length(source, header_end);
        while from < source.len() {
            let end = source.get(from..)?.find(['\n', '\r']).map_or(source.len(), |length| from + length);
            let next = end + break_length(source, end);
            lines.push(Line { start: from, end, next });
            from = next;
        }
        Some(Self { source, chomp, explicit, lines })
    }

    /// The indentations to try: the first line's, or with an indicator (`|2`) every smaller one too, as the
    /// indicator counts from the parent's, which is not known here.
    pub(super) fn indents(&self) -> impl Iterator<Item = usize> + use<> {
        let first = self.lines.iter().find(|line| !self.is_blank(**line)).map_or(0, |line| self.spaces(*line));
        let last = if self.explicit { 0 } else { first };
        (last..=first).rev()
    }

    pub(super) fn decode<'o>(&self, mut out: Out<'o>, indent: usize, folded: bool) -> Out<'o> {
        let mut lines: Vec<Line> = self.content(indent).collect();
        let tail = lines.last().map_or(0, |line| line.next);
        let mut blank_tail = 0;
        while lines.last().is_some_and(|line| line.start == line.end) {
            lines.pop();
            blank_tail += 1;
        }
        let Some(last) = lines.last().copied() else {
            return self.only_blank(out, indent);
        };
        if folded {
            fold(&mut out, &lines)
        } else {
            self.keep_lines(&mut out, &lines)
        }
        let ends = match self.chomp {
            Chomp::Strip => 0,
            Chomp::Clip => 1,
            Chomp::Keep => 1 + blank_tail,
        };
        if ends == 1 && self.source.get(last.end..last.next) == Some("\n") {
            out.verbatim(last.end, last.next);
        } else {
            out.replaced(&"\n".repeat(ends), last.end, tail);
        }
        out
    }

    fn only_blank<'o>(&self, mut out: Out<'o>, indent: usize) -> Out<'o> {
        let lines: Vec<Line> = self.content(indent).collect();
        if let (Chomp::Keep, Some(first), Some(last)) = (self.chomp, lines.first(), lines.last()) {
            out.replaced(&"\n".repeat(lines.len()), first.start, last.next);
        }
        out
    }

    /// The lines that belong to the block, without their indentation.
    fn content(&self, indent: usize) -> impl Iterator<Item = Line> {
        let inside = move |line: &&Line| self.is_blank(**line) || self.spaces(**line) >= indent;
        self.lines
            .iter()
            .take_while(inside)
            .map(move |line| Line { start: (line.start + indent).min(line.end), ..*line })
    }

    /// Literal style: the lines as they are.
    fn keep_lines(&self, out: &mut Out<'_>, lines: &[Line]) {
        let mut open = lines.first().map_or(0, |line| line.start);
        for pair in lines.windows(2) {
            let [line, following] = pair else { continue };
            let plain_end = self.source.get(line.end..line.next) == Some("\n");
            if plain_end {
                out.verbatim(open, line.next);
            } else {
                out.verbatim(open, line.end);
                out.replaced("\n", line.end, line.next);
            }
            open = following.start;
        }
        out.verbatim(open, lines.last().map_or(open, |line| line.end));
    }

    fn is_blank(&self, line: Line) -> bool {
        Span::new(line.start, line.end).of(self.source).bytes().all(|byte| byte == b' ')
    }

    fn spaces(&self, line: Line) -> usize {
        Span::new(line.start, line.end).of(self.source).bytes().take_while(|byte| *byte == b' ').count()
    }
}

/// The indicators (`2-`) of the header above the text at `start`, and where the header's line ends.
fn header(source: &str, start: usize) -> Option<(&str, usize)> {
    let above = source.get(..start)?.trim_end_matches([' ', '\t', '\r', '\n']);
    let line = above.rsplit(['\n', '\r']).next()?;
    let line_start = above.len() - line.len();
    for (at, _) in line.match_indices(['|', '>']) {
        let rest = line.get(at + 1..)?;
        let indicators = rest.split([' ', '\t']).next()?;
        let remark = rest.get(indicators.len()..)?.trim_start();
        let is_header = indicators.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '+' | '-'))
            && (remark.is_empty() || remark.starts_with('#'));
        if is_header {
            let from = line_start + at;
            let length = source.get(from..)?.find(['\n', '\r'])?;
            return Some((indicators, from + length));
        }
    }
    None
}

/// Folded style: a line end between two lines of text becomes a space, blank lines become line feeds, and lines that
/// are indented further keep their line ends.
fn fold(out: &mut Out<'_>, lines: &[Line]) {
    let mut previous: Option<(Line, bool)> = None;
    let mut blank = 0;
    for line in lines {
        if line.start == line.end {
            blank += 1;
            continue;
        }
        let further = matches!(out.byte(line.start), Some(b' ' | b'\t'));
        let (from, between) = match previous {
            None => (lines.first().map_or(line.start, |first| first.start), "\n".repeat(blank)),
            Some((before, deeper)) if deeper || further => (before.end, "\n".repeat(blank + 1)),
            Some((before, _)) if blank == 0 => (before.end, " ".to_owned()),
            Some((before, _)) => (before.end, "\n".repeat(blank)),
        };
        out.replaced(&between, from, line.start);
        out.verbatim(line.start, line.end);
        previous = Some((*line, further));
        blank = 0;
    }
}
