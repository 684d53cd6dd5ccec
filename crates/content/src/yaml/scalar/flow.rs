//! Plain, single-quoted and double-quoted scalars: line folding, `''` and escapes.

use text::Span;

use super::{Out, break_length};

/// What closes a flow scalar and what may be escaped in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

/// `text over
/// several lines`, without quotes.
pub(super) fn plain(out: Out<'_>, at: Span) -> Out<'_> {
    let written = at.of(out.source);
    let end = at.start as usize + written.trim_end_matches([' ', '\t', '\r', '\n']).len();
    Walk::new(out, at.start as usize, end, Quote::None).run()
}

/// `'it''s'`.
pub(super) fn single_quoted(out: Out<'_>, at: Span) -> Out<'_> {
    let end = out.source.len();
    Walk::new(out, at.start as usize + 1, end, Quote::Single).run()
}

/// `"a\tb"`.
pub(super) fn double_quoted(out: Out<'_>, at: Span) -> Out<'_> {
    let end = out.source.len();
    Walk::new(out, at.start as usize + 1, end, Quote::Double).run()
}

struct Walk<'a> {
    out: Out<'a>,
    /// Where the text not yet appended begins.
    pending: usize,
    at: usize,
    end: usize,
    quote: Quote,
}

impl<'a> Walk<'a> {
    fn new(out: Out<'a>, start: usize, end: usize, quote: Quote) -> Self {
        Self { out, pending: start, at: start, end, quote }
    }

    fn run(mut self) -> Out<'a> {
        while self.at < self.end {
            let next = self.out.byte(self.at + 1);
            match (self.out.byte(self.at), self.quote) {
                (Some(b'\n' | b'\r'), _) => self.fold(),
                (Some(b'\''), Quote::Single) if next == Some(b'\'') => self.replace("'", 2),
                (Some(b'\''), Quote::Single) | (Some(b'"'), Quote::Double) => break,
                (Some(b'\\'), Quote::Double) => self.escape(),
                (Some(_), _) => self.at += 1,
                (None, _) => break,
            }
        }
        self.flush(self.at);
        self.out
    }

    fn flush(&mut self, end: usize) {
        self.out.verbatim(self.pending, end);
        self.pending = end;
    }

    /// The next `length` bytes stand for `text`.
    fn replace(&mut self, text: &str, length: usize) {
        self.flush(self.at);
        self.out.replaced(text, self.at, self.at + length);
        self.at += length;
        self.pending = self.at;
    }

    /// A line end with the blanks around it: one becomes a space, each further one a line feed.
    fn fold(&mut self) {
        let mut blanks = self.at;
        while blanks > self.pending && matches!(self.out.byte(blanks - 1), Some(b' ' | b'\t')) {
            blanks -= 1;
        }
        self.flush(blanks);
        let breaks = self.skip_breaks();
        let folded = if breaks == 1 { " ".to_owned() } else { "\n".repeat(breaks.saturating_sub(1)) };
        self.out.replaced(&folded, blanks, self.at);
        self.pending = self.at;
    }

    /// Go past line ends and the blanks that follow them; gives the number of line ends.
    fn skip_breaks(&mut self) -> usize {
        let mut breaks = 0;
        loop {
            let length = break_length(self.out.source, self.at);
            if length == 0 {
                return breaks;
            }
            breaks += 1;
            self.at += length;
            while matches!(self.out.byte(self.at), Some(b' ' | b'\t')) {
                self.at += 1;
            }
        }
    }

    fn escape(&mut self) {
        let start = self.at;
        if break_length(self.out.source, start + 1) > 0 {
            self.flush(start);
            self.at = start + 1;
            let breaks = self.skip_breaks();
            self.out.replaced(&"\n".repeat(breaks.saturating_sub(1)), start, self.at);
            self.pending = self.at;
            return;
        }
        let digits = match self.out.byte(start + 1) {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let letter = if digits > 0 { self.by_number(digits) } else { self.out.byte(start + 1).and_then(by_letter) };
        match letter {
            Some(letter) => self.replace(letter.encode_utf8(&mut [0; 4]), 2 + digits),
            // No escape that YAML knows: the library refuses such a file before we come here.
            None => self.at += 1,
        }
    }

    fn by_number(&self, digits: usize) -> Option<char> {
        let number = self.out.source.get(self.at + 2..self.at + 2 + digits)?;
        // A number that is no character is no escape; the caller handles `None`.
        u32::from_str_radix(number, 16).ok().and_then(char::from_u32)
    }
}

/// The single-letter escapes of YAML 1.2, section 5.7.
fn by_letter(letter: u8) -> Option<char> {
    Some(match letter {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'r' => '\r',
        b'e' => '\u{1b}',
        b' ' => ' ',
        b'"' => '"',
        b'/' => '/',
        b'\\' => '\\',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
