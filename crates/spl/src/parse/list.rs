//! Field lists and `name=value` options, which most commands share.

use text::Span;

use super::cursor::{is_blank, is_word};
use super::{Parse, Parser};
use crate::ast::{Field, Spanned};

/// An option as written: name and value.
pub(crate) type Setting = (Spanned<String>, Spanned<String>);

impl Parser<'_> {
    /// A field, in quotes of either kind or bare; wildcards and glued parentheses (`flags(new)`) allowed.
    pub(crate) fn field(&mut self) -> Parse<Field> {
        let start = self.mark_token();
        let quoted = match self.peek() {
            Some(quote @ ('"' | '\'')) => Some(self.quoted(quote)?),
            _ => None,
        };
        let field = match quoted {
            Some(text) => Field { name: text.value, span: text.span },
            None => {
                let mut name = self.eat_while(is_field_character);
                while !name.is_empty() && self.peek() == Some('(') {
                    self.skip_group()?;
                    self.eat_while(is_field_character);
                    name = self.text_from(start);
                }
                Field { name: name.to_owned(), span: self.span_from(start) }
            }
        };
        if !field.name.is_empty() {
            return Ok(field);
        }
        if field.span.is_empty() {
            return Err(self.expected("a field"));
        }
        Err(self.error(field.span, "this field name is empty"))
    }

    /// Fields split by commas or blanks, up to the end of the command or a word of `stops`; at least one.
    pub(crate) fn fields(&mut self, stops: &[&str]) -> Parse<Vec<Field>> {
        let mut fields = vec![self.field()?];
        while self.more(stops) {
            fields.push(self.field()?);
        }
        Ok(fields)
    }

    /// Behind an item of a list: step over commas. True when another item follows.
    ///
    /// Commas are like blanks here: tested content has lists such as `a, , b,`.
    pub(crate) fn more(&mut self, stops: &[&str]) -> bool {
        while self.eat_token(",") {}
        !(self.at_end() || self.peek() == Some(')') || stops.iter().any(|stop| self.at_keyword(stop)))
    }

    /// `name=value` when it comes next, blanks around `=` allowed.
    pub(crate) fn option(&mut self) -> Parse<Option<Setting>> {
        let start = self.mark_token();
        let name = self.eat_while(is_word).to_owned();
        let span = self.span_from(start);
        if name.is_empty() || !self.eat_token("=") {
            self.reset(start);
            return Ok(None);
        }
        let name = Spanned { value: name, span };
        let value = self.option_value(&name.value)?;
        Ok(Some((name, value)))
    }

    /// The option `name` when it comes next.
    pub(crate) fn named_option(&mut self, name: &str) -> Parse<Option<Spanned<String>>> {
        let start = self.mark_token();
        match self.option()? {
            Some((found, value)) if found.value.eq_ignore_ascii_case(name) => Ok(Some(value)),
            _ => {
                self.reset(start);
                Ok(None)
            }
        }
    }

    fn option_value(&mut self, name: &str) -> Parse<Spanned<String>> {
        let start = self.mark_token();
        match self.peek() {
            Some('"') => return self.quoted('"'),
            Some('(') => {
                self.skip_group()?;
                return Ok(Spanned { value: self.text_from(start).to_owned(), span: self.span_from(start) });
            }
            _ => {}
        }
        let value = self.eat_while(is_option_character).to_owned();
        if value.is_empty() {
            return Err(self.expected(&format!("a value after `{name}=`")));
        }
        Ok(Spanned { value, span: self.span_from(start) })
    }

    /// A whole number when it comes next and stands alone.
    pub(crate) fn count(&mut self) -> Parse<Option<u64>> {
        let start = self.mark_token();
        let digits = self.eat_while(is_field_character);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            self.reset(start);
            return Ok(None);
        }
        let span = self.span_from(start);
        match digits.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(self.error(span, format!("`{digits}` is too large"))),
        }
    }

    /// The number that an option holds.
    pub(crate) fn number_option(&mut self, option: &str, value: &Spanned<String>) -> Parse<u64> {
        let message = format!("`{option}` takes a whole number, not `{}`", value.value);
        value.value.parse().map_err(|_| self.error(value.span, message))
    }

    /// Behind a field: `AS name` when it comes next.
    pub(crate) fn alias(&mut self) -> Parse<Option<Field>> {
        if self.eat_keyword("as") { self.field().map(Some) } else { Ok(None) }
    }

    /// The empty span of this place.
    pub(crate) fn here(&self) -> Span {
        self.span_from(self.mark())
    }
}

fn is_field_character(c: char) -> bool {
    !is_blank(c) && !matches!(c, ',' | '|' | '[' | ']' | '(' | ')' | '"' | '=')
}

fn is_option_character(c: char) -> bool {
    !is_blank(c) && !matches!(c, ',' | '|' | '[' | ']' | '"')
}

/// True when `name` needs no quotes in a list of fields.
pub(crate) fn is_bare_field(name: &str) -> bool {
    let keyword =
        ["as", "by", "from", "where", "groupby", "sortby", "over"].iter().any(|word| name.eq_ignore_ascii_case(word));
    let sign = name.starts_with(['\'', '-', '+']) || name.contains("```");
    let number = name.bytes().all(|byte| byte.is_ascii_digit());
    !keyword && !sign && !number && name.chars().all(is_field_character)
}
