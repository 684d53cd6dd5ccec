//! The operands of eval expressions: constants, fields, calls, what stands in parentheses.

use super::Mark;
use super::cursor::is_word;
use super::expr::{COMPARE_LEVEL, Node, UNARY_LEVEL};
use super::{Parse, Parser};
use crate::ast::{ExprKind, Spanned};

impl Parser<'_> {
    /// One operand, with the unary operators before it.
    pub(super) fn operand(&mut self, least: u8) -> Parse<Node> {
        let start = self.mark_token();
        match self.peek() {
            Some('(') => self.nested(Self::parenthesised),
            Some('"') => {
                let text = self.quoted('"')?;
                self.node(ExprKind::Text(text.value), text.span, 0)
            }
            Some('\'') => {
                let name = self.quoted('\'')?;
                if name.value.is_empty() {
                    return Err(self.error(name.span, "this field name is empty"));
                }
                self.node(ExprKind::Field(name.value), name.span, 0)
            }
            Some('-') => {
                self.bump();
                let operand = self.nested(|parser| parser.operators(UNARY_LEVEL))?;
                let span = self.span_from(start);
                self.node(ExprKind::Negate(Box::new(operand.expr)), span, operand.depth)
            }
            // As in the manual's `mvfilter(!isnull(x))`.
            Some('!') if self.peek_second() != Some('=') => {
                self.bump();
                self.negated(start, least)
            }
            Some('[') => {
                let span = self.subsearch()?.span;
                self.unsupported(span, "a subsearch in an expression");
                self.node(ExprKind::Null, span, 0)
            }
            Some('.') if self.peek_second().is_some_and(|next| next.is_ascii_digit()) => self.number(),
            Some(next) if next.is_ascii_digit() => self.number(),
            _ => self.word(least),
        }
    }

    /// What stands behind NOT, as an operand of operators that bind at least as tightly as `least`.
    fn negated(&mut self, start: Mark, least: u8) -> Parse<Node> {
        let operand = |parser: &mut Self| parser.operators(COMPARE_LEVEL);
        // Behind a tighter operator it is printed in parentheses, which are a level of their own: what was read once can be
        // read again as it is printed.
        let tight = least > COMPARE_LEVEL;
        let operand = if tight { self.nested(|parser| parser.nested(operand))? } else { self.nested(operand)? };
        let span = self.span_from(start);
        self.node(ExprKind::Not(Box::new(operand.expr)), span, operand.depth)
    }

    fn parenthesised(&mut self) -> Parse<Node> {
        let start = self.mark();
        self.bump();
        let opened = self.span_from(start);
        let inner = self.operators(0)?;
        if self.at_end() {
            return Err(self.unclosed(opened, "this parenthesis"));
        }
        self.expect(")")?;
        Ok(inner)
    }

    fn number(&mut self) -> Parse<Node> {
        let start = self.mark();
        self.eat_while(|c| c.is_ascii_digit());
        if self.peek() == Some('.') && self.peek_second().is_some_and(|next| next.is_ascii_digit()) {
            self.bump();
            self.eat_while(|c| c.is_ascii_digit());
        }
        self.exponent();
        let number = self.text_from(start).to_owned();
        let rest = self.eat_while(is_word);
        let span = self.span_from(start);
        if !rest.is_empty() {
            let name = span.of(self.text).to_owned();
            let failed = self.error(span, format!("`{name}` is neither a number nor a field name"));
            self.help(&format!("a field whose name starts with a digit stands in single quotes: `'{name}'`"));
            return Err(failed);
        }
        self.node(ExprKind::Number(number), span, 0)
    }

    /// `e5`, `E-5`
    fn exponent(&mut self) {
        let start = self.mark();
        if !matches!(self.peek(), Some('e' | 'E')) {
            return;
        }
        self.bump();
        if matches!(self.peek(), Some('+' | '-')) {
            self.bump();
        }
        if self.eat_while(|c| c.is_ascii_digit()).is_empty() {
            self.reset(start);
        }
    }

    /// NOT, a function call, a constant or a field.
    fn word(&mut self, least: u8) -> Parse<Node> {
        let start = self.mark();
        let name = self.name();
        let span = self.span_from(start);
        if name.is_empty() {
            return Err(self.expected("an expression"));
        }
        let lower = name.to_ascii_lowercase();
        if lower == "not" {
            return self.negated(start, least);
        }
        if matches!(lower.as_str(), "and" | "or" | "xor") {
            return Err(self.error(span, format!("`{name}` stands between two expressions, but one is missing")));
        }
        self.skip_blanks();
        if self.peek() == Some('(') {
            let name = Spanned { value: lower, span };
            let (arguments, depth) = self.parenthesised_list()?;
            let span = self.span_from(start);
            return self.node(ExprKind::Call { name, arguments }, span, depth);
        }
        let kind = match lower.as_str() {
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            "null" => ExprKind::Null,
            _ => ExprKind::Field(name),
        };
        self.node(kind, span, 0)
    }

    /// A name without quotes: letters, digits, `_` and `{}`.
    fn name(&mut self) -> String {
        let start = self.mark();
        loop {
            let before = self.mark();
            self.eat_while(is_word);
            if self.mark() != start {
                self.eat("{}");
            }
            if self.mark() == before {
                return self.text_from(start).to_owned();
            }
        }
    }
}

/// True for words that cannot be a field's name without quotes.
pub(crate) fn is_reserved(name: &str) -> bool {
    ["and", "or", "xor", "not", "in", "like", "true", "false", "null"]
        .iter()
        .any(|word| name.eq_ignore_ascii_case(word))
}
