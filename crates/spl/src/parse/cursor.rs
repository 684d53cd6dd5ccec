//! The place in the text: looking ahead, skipping blanks and comments.

use text::Span;

use super::{Parse, Parser};

/// A remembered place, to measure a span from or to go back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(usize);

const COMMENT: &str = "```";

impl<'a> Parser<'a> {
    /// The text from here on.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or("")
    }

    /// The next character.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character after the next one.
    pub(crate) fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    /// Step over one character.
    pub(crate) fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.position += next.len_utf8();
        Some(next)
    }

    /// Step over `token` when it comes next.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.position += token.len();
        }
        found
    }

    /// Step over blanks and comments, then over `token` when it comes next.
    pub(crate) fn eat_token(&mut self, token: &str) -> bool {
        self.skip_blanks();
        self.eat(token)
    }

    /// Step over blanks and `token`, or report what stands there instead.
    pub(crate) fn expect(&mut self, token: &str) -> Parse<()> {
        if self.eat_token(token) { Ok(()) } else { Err(self.expected(&format!("`{token}`"))) }
    }

    /// Step over blanks and comments.
    pub(crate) fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
            self.position += blanks;
            if !self.at_comment() {
                return;
            }
            self.skip_comment();
        }
    }

    /// True when a comment starts here.
    pub(crate) fn at_comment(&self) -> bool {
        self.rest().starts_with(COMMENT)
    }

    /// Step over the comment that starts here.
    pub(crate) fn skip_comment(&mut self) {
        let start = self.position;
        self.position += COMMENT.len();
        match self.rest().find(COMMENT) {
            Some(end) => self.position += end + COMMENT.len(),
            None => {
                self.position = self.text.len();
                self.unclosed(Span::new(start, start + COMMENT.len()), "this comment");
            }
        }
    }

    /// True at the end of the command: at a pipe, a closing bracket or the end of the text.
    pub(crate) fn at_end(&mut self) -> bool {
        self.skip_blanks();
        matches!(self.peek(), None | Some('|' | ']'))
    }

    /// This place.
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.position)
    }

    /// The next token's place, behind blanks and comments.
    pub(crate) fn mark_token(&mut self) -> Mark {
        self.skip_blanks();
        self.mark()
    }

    /// Go back.
    pub(crate) fn reset(&mut self, mark: Mark) {
        self.position = mark.0;
    }

    /// The span from `mark` to here.
    pub(crate) fn span_from(&self, mark: Mark) -> Span {
        Span::new(mark.0, self.position)
    }

    /// The text from `mark` to here.
    pub(crate) fn text_from(&self, mark: Mark) -> &'a str {
        self.text.get(mark.0..self.position).unwrap_or("")
    }

    /// The word or sign that comes next, for messages.
    pub(crate) fn token_span(&self) -> Span {
        let rest = self.rest();
        let word = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let length = if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) };
        Span::new(self.position, self.position + length)
    }

    /// The run of letters, digits and `_` that comes next, behind blanks; nothing is stepped over but blanks.
    pub(crate) fn peek_word(&mut self) -> &'a str {
        self.skip_blanks();
        self.token_word()
    }

    fn token_word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    /// True when the next word is `keyword` in any letter case and stands alone.
    pub(crate) fn at_keyword(&mut self, keyword: &str) -> bool {
        let word = self.peek_word();
        let next = self.rest().get(word.len()..).and_then(|after| after.chars().next());
        let alone = next.is_none_or(|next| is_blank(next) || "\"'()[]|,`".contains(next));
        alone && word.eq_ignore_ascii_case(keyword)
    }

    /// Step over `keyword` in any letter case.
    pub(crate) fn eat_keyword(&mut self, keyword: &str) -> bool {
        let found = self.at_keyword(keyword);
        if found {
            self.position += keyword.len();
        }
        found
    }

    /// Step over characters while `keep` holds and no comment starts.
    pub(crate) fn eat_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let start = self.mark();
        while let Some(next) = self.peek() {
            if !keep(next) || self.at_comment() {
                break;
            }
            self.bump();
        }
        self.text_from(start)
    }
}

/// What separates tokens.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{b}'
}

/// What names of commands and functions are made of.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
