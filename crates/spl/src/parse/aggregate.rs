//! Aggregates and the BY clause of `stats`, `tstats` and their kin.

use text::Span;

use super::cursor::is_word;
use super::{Parse, Parser};
use crate::ast::{Aggregate, AggregateArgument, ByField, Field, Spanned};

impl Parser<'_> {
    /// `function(argument) [AS alias]`, or a bare `count`.
    pub(crate) fn aggregate(&mut self) -> Parse<Aggregate> {
        let start = self.mark_token();
        let function = self.eat_while(|c| is_word(c) || c == '.').to_owned();
        let name_span = self.span_from(start);
        if function.is_empty() || ["as", "by"].iter().any(|word| function.eq_ignore_ascii_case(word)) {
            self.reset(start);
            return Err(self.expected("an aggregate such as `count`"));
        }
        let after_name = self.mark();
        self.skip_blanks();
        let argument = if self.peek() == Some('(') {
            self.aggregate_argument()?
        } else {
            self.reset(after_name);
            None
        };
        let mut span = self.span_from(start);
        let alias = self.alias()?;
        if let Some(alias) = &alias {
            span = span.to(alias.span);
        }
        Ok(Aggregate { function: Spanned { value: function, span: name_span }, argument, alias, span })
    }

    /// From the opening parenthesis on; none for `count()`.
    fn aggregate_argument(&mut self) -> Parse<Option<AggregateArgument>> {
        let start = self.mark();
        if self.at_eval_argument() {
            return self.eval_argument().map(|expr| Some(AggregateArgument::Eval(expr)));
        }
        self.bump();
        self.skip_blanks();
        let inner = self.mark();
        let field = match self.peek() {
            Some('"') => {
                let text = self.quoted('"')?;
                Field { name: text.value, span: text.span }
            }
            _ => {
                self.reset(start);
                self.skip_group()?;
                let raw = Span { start: self.span_from(inner).start, end: self.span_from(inner).end.saturating_sub(1) };
                let name = raw.of(self.text).trim_end();
                let begin = raw.start as usize;
                return Ok((!name.is_empty()).then(|| {
                    AggregateArgument::Field(Field {
                        name: name.to_owned(),
                        span: Span::new(begin, begin + name.len()),
                    })
                }));
            }
        };
        self.expect(")")?;
        Ok(Some(AggregateArgument::Field(field)))
    }

    /// At `( eval (`?
    fn at_eval_argument(&mut self) -> bool {
        let start = self.mark();
        self.bump();
        let found = self.eat_keyword("eval") && self.eat_token("(");
        self.reset(start);
        found
    }

    fn eval_argument(&mut self) -> Parse<crate::ast::Expr> {
        self.bump();
        self.eat_keyword("eval");
        self.expect("(")?;
        let expr = self.nested(Self::expression)?;
        self.expect(")")?;
        self.expect(")")?;
        Ok(expr)
    }

    /// The fields behind BY, each with its `span=`.
    pub(crate) fn by_fields(&mut self, stops: &[&str]) -> Parse<Vec<ByField>> {
        let mut fields: Vec<ByField> = Vec::new();
        let mut span: Option<Spanned<String>> = None;
        loop {
            if let Some(found) = self.named_option("span")? {
                if let Some(first) = span.replace(found) {
                    let again = span.map_or(first.span, |second| second.span);
                    return Err(self.error(again, "`span` is given twice"));
                }
            } else if self.at_other_option() {
                break;
            } else {
                let field = self.field()?;
                if field.name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("prefix(")) {
                    self.unsupported(field.span, "`PREFIX()`");
                }
                fields.push(ByField { field, bucket: None });
            }
            if !self.more(stops) {
                break;
            }
        }
        if fields.is_empty() {
            return Err(self.expected("a field"));
        }
        if let Some(span) = span {
            attach(span, &mut fields);
        }
        Ok(fields)
    }

    /// At an option of the command itself, behind the BY clause?
    fn at_other_option(&mut self) -> bool {
        let start = self.mark_token();
        let found = !self.eat_while(is_word).is_empty() && self.eat_token("=");
        self.reset(start);
        found
    }
}

/// `span=` belongs to `_time` wherever it stands in the list (manual: "tstats", BY clause); without `_time`, to the last field.
fn attach(span: Spanned<String>, fields: &mut [ByField]) {
    let time = fields.iter().position(|by| by.field.name == "_time");
    let at = time.unwrap_or(fields.len().saturating_sub(1));
    if let Some(by) = fields.get_mut(at) {
        by.bucket = Some(span);
    }
}
