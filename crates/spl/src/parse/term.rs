//! Search terms (manual: "search command"). NOT binds tightest, then OR, then AND.

use text::Span;

use super::bare::{Bare, pattern};
use super::{Parse, Parser};
use crate::ast::{CompareOp, Field, Pattern, Spanned, Term};

/// Words that end the terms of `tstats`.
pub(crate) type Stops<'s> = &'s [&'s str];

const OPERATORS: [(&str, CompareOp); 7] = [
    // The manual does not name `==` here; that it is `=`, as in eval, is our reading.
    ("==", CompareOp::Equal),
    ("!=", CompareOp::NotEqual),
    ("<=", CompareOp::LessOrEqual),
    (">=", CompareOp::GreaterOrEqual),
    ("=", CompareOp::Equal),
    ("<", CompareOp::Less),
    (">", CompareOp::Greater),
];

impl Parser<'_> {
    /// Terms up to the end of the command or a word of `stops`; none is an empty search.
    pub(crate) fn terms(&mut self, stops: Stops<'_>) -> Parse<Option<Term>> {
        if self.at_terms_end(stops) {
            return Ok(None);
        }
        self.conjunction(stops).map(Some)
    }

    fn at_terms_end(&mut self, stops: Stops<'_>) -> bool {
        self.at_end() || self.peek() == Some(')') || stops.iter().any(|stop| self.at_keyword(stop))
    }

    fn conjunction(&mut self, stops: Stops<'_>) -> Parse<Term> {
        let mut terms = vec![self.disjunction(stops)?];
        loop {
            if self.eat_operator("AND") {
                terms.push(self.disjunction(stops)?);
            } else if self.at_terms_end(stops) {
                return Ok(one_or(terms, Term::And));
            } else {
                terms.push(self.disjunction(stops)?);
            }
        }
    }

    fn disjunction(&mut self, stops: Stops<'_>) -> Parse<Term> {
        let mut terms = vec![self.negation(stops)?];
        while self.eat_operator("OR") {
            terms.push(self.negation(stops)?);
        }
        Ok(one_or(terms, Term::Or))
    }

    fn negation(&mut self, stops: Stops<'_>) -> Parse<Term> {
        let start = self.mark_token();
        if !self.eat_operator("NOT") {
            return self.primary(stops);
        }
        let term = self.nested(|parser| parser.negation(stops))?;
        Ok(Term::Not(Box::new(term), self.span_from(start)))
    }

    fn primary(&mut self, stops: Stops<'_>) -> Parse<Term> {
        if self.at_end() || stops.iter().any(|stop| self.at_keyword(stop)) {
            return Err(self.expected("a search term"));
        }
        match self.peek() {
            Some('(') => self.group(),
            Some('[') => self.subsearch().map(Term::Subsearch),
            Some('"') => {
                let text = self.quoted('"')?;
                self.after_name(Name { text, quoted: true })
            }
            _ => self.bare_term(),
        }
    }

    /// Terms in parentheses.
    pub(crate) fn group(&mut self) -> Parse<Term> {
        let start = self.mark();
        self.bump();
        let opened = self.span_from(start);
        let term = self.nested(|parser| {
            if parser.eat_token(")") {
                return Err(parser.error(opened, "these parentheses are empty"));
            }
            parser.conjunction(&[])
        })?;
        if self.at_end() {
            return Err(self.unclosed(opened, "this parenthesis"));
        }
        self.expect(")")?;
        Ok(term)
    }

    /// A phrase in quotes that is no field's name.
    pub(crate) fn phrase(&mut self) -> Parse<Term> {
        let text = self.quoted('"')?;
        Ok(Term::Keyword(pattern(&text.value, true, text.span)))
    }

    /// A word to look for, or a comparison that starts with a bare name.
    pub(crate) fn bare_term(&mut self) -> Parse<Term> {
        let start = self.mark();
        let value = self.bare(Bare::Name);
        if value.is_empty() {
            return Err(self.expected("a search term"));
        }
        let span = self.span_from(start);
        if matches!(value.as_str(), "AND" | "OR") && self.peek_compare().is_none() {
            return Err(self.error(span, format!("`{value}` stands between two search terms, but one is missing")));
        }
        if matches!(value.as_str(), "TERM" | "CASE") && self.peek() == Some('(') {
            return self.directive(Spanned { value, span });
        }
        self.after_name(Name { text: Spanned { value, span }, quoted: false })
    }

    /// A name was read: what follows makes it a field, or it is a keyword.
    fn after_name(&mut self, name: Name) -> Parse<Term> {
        let Some((token, op)) = self.peek_compare() else {
            if self.at_in_list() {
                return self.in_list(name.into_field());
            }
            return Ok(self.keyword(name));
        };
        self.eat_token(token);
        let field = name.into_field();
        let value = self.value(&field, token)?;
        Ok(Term::Compare { field, op, value })
    }

    fn keyword(&mut self, name: Name) -> Term {
        let Name { text: Spanned { value, span }, quoted } = name;
        if !quoted {
            self.check_keyword(&value, span);
        }
        Term::Keyword(pattern(&value, quoted, span))
    }

    fn check_keyword(&mut self, value: &str, span: Span) {
        if let Some((field, text)) = value.split_once("::")
            && !field.is_empty()
            && !text.is_empty()
        {
            self.unsupported(span, &format!("`{field}::…`, the form that asks for an indexed field,"));
        }
        let is_operator = ["and", "or", "not"].contains(&value);
        if is_operator || (value == "in" && self.peek() == Some('(')) {
            let upper = value.to_ascii_uppercase();
            let help = format!("write `{upper}` for the operator, or `\"{value}\"` for the word");
            self.warn(span, format!("`{value}` in lower case is a word to look for, not an operator"), &help);
        }
    }

    /// The value of a comparison.
    fn value(&mut self, field: &Field, operator: &str) -> Parse<Pattern> {
        self.skip_blanks();
        let start = self.mark();
        match self.peek() {
            Some('"') => {
                let text = self.quoted('"')?;
                return Ok(pattern(&text.value, true, text.span));
            }
            Some('[') => {
                let span = self.subsearch()?.span;
                self.unsupported(span, "a subsearch as a value");
                return Ok(pattern("", true, span));
            }
            Some('(') => {
                self.skip_group()?;
                let span = self.span_from(start);
                self.unsupported(span, "a group of values behind a comparison");
                return Ok(pattern("", true, span));
            }
            _ => {}
        }
        let text = self.bare(Bare::Value);
        if text.is_empty() {
            return Err(self.expected(&format!("a value after `{}{operator}`", field.name)));
        }
        let span = self.span_from(start);
        if matches!(text.as_str(), "TERM" | "CASE") && self.peek() == Some('(') {
            self.directive(Spanned { value: text, span })?;
            let span = self.span_from(start);
            self.unsupported(span, "a `TERM()` or `CASE()` as a value");
            return Ok(pattern("", true, span));
        }
        Ok(pattern(&text, false, span))
    }

    /// `TERM(x)` or `CASE(x)`, from the parenthesis on.
    fn directive(&mut self, name: Spanned<String>) -> Parse<Term> {
        let open = self.mark();
        self.bump();
        let opened = self.span_from(open);
        self.skip_blanks();
        let start = self.mark();
        let value = if self.peek() == Some('"') {
            let text = self.quoted('"')?;
            pattern(&text.value, true, text.span)
        } else {
            let text = self.eat_while(|c| !matches!(c, ')' | '|')).trim_end().to_owned();
            pattern(&text, false, self.span_from(start))
        };
        if !self.eat_token(")") {
            return Err(self.unclosed(opened, "this parenthesis"));
        }
        Ok(Term::Directive { name, value })
    }

    fn at_in_list(&mut self) -> bool {
        let start = self.mark();
        self.skip_blanks();
        let found = self.eat("IN") && self.eat_token("(");
        self.reset(start);
        found
    }

    fn in_list(&mut self, field: Field) -> Parse<Term> {
        self.eat_token("IN");
        self.skip_blanks();
        let open = self.mark();
        self.bump();
        let opened = self.span_from(open);
        let mut values = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None | Some('|' | ']') => return Err(self.unclosed(opened, "this parenthesis")),
                Some(')') => break,
                // Commas are like blanks here: tested content has lists such as `("a",, "b",)`.
                Some(',') => {
                    self.bump();
                }
                _ => values.push(self.list_value()?),
            }
        }
        self.bump();
        let span = Span { start: field.span.start, end: self.span_from(open).end };
        if values.is_empty() {
            return Err(self.error(span, "this list of values is empty"));
        }
        Ok(Term::In { field, values, span })
    }

    fn list_value(&mut self) -> Parse<Pattern> {
        let start = self.mark();
        match self.peek() {
            Some('"') => {
                let text = self.quoted('"')?;
                Ok(pattern(&text.value, true, text.span))
            }
            Some('[') => {
                let span = self.subsearch()?.span;
                self.unsupported(span, "a subsearch as a value");
                Ok(pattern("", true, span))
            }
            _ => {
                let text = self.bare(Bare::ListValue);
                if text.is_empty() {
                    return Err(self.expected("a value"));
                }
                Ok(pattern(&text, false, self.span_from(start)))
            }
        }
    }

    /// Step over `( … )`, quotes and inner parentheses included.
    pub(crate) fn skip_group(&mut self) -> Parse<()> {
        let start = self.mark();
        let mut open = 0_u32;
        while let Some(next) = self.peek() {
            match next {
                '"' => {
                    self.quoted('"')?;
                    continue;
                }
                '(' => open += 1,
                ')' => open = open.saturating_sub(1),
                '|' | ']' => break,
                _ => {}
            }
            self.bump();
            if open == 0 {
                return Ok(());
            }
        }
        let opened = self.span_from(start);
        Err(self.unclosed(Span { end: opened.start + 1, ..opened }, "this parenthesis"))
    }

    fn peek_compare(&mut self) -> Option<(&'static str, CompareOp)> {
        let start = self.mark();
        self.skip_blanks();
        let rest = self.rest();
        self.reset(start);
        OPERATORS.into_iter().find(|(token, _)| rest.starts_with(token))
    }

    /// Step over `AND`, `OR` or `NOT` in upper case, unless it is the name of a field.
    fn eat_operator(&mut self, operator: &str) -> bool {
        self.skip_blanks();
        let start = self.mark();
        let found = self.bare(Bare::Name) == operator && self.peek_compare().is_none();
        if !found {
            self.reset(start);
        }
        found
    }
}

/// A word or phrase that may turn out to be a field.
struct Name {
    text: Spanned<String>,
    quoted: bool,
}

impl Name {
    fn into_field(self) -> Field {
        Field { name: self.text.value, span: self.text.span }
    }
}

fn one_or(mut terms: Vec<Term>, join: impl FnOnce(Vec<Term>) -> Term) -> Term {
    if terms.len() > 1 {
        return join(terms);
    }
    // The callers push one term before anything can fail.
    terms.pop().unwrap_or(Term::And(Vec::new()))
}
