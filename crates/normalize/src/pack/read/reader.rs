//! Typed access to YAML nodes, with a report for everything that is not as it should be.

use std::collections::HashMap;
use std::sync::Arc;

use diag::{Diagnostic, FileLabel, Report, Severity, codes};
use spl::ast::{CommandKind, Expr};
use text::{FileId, FileSpan, Mapped, Span};

use crate::expr::{Op, compile};
use crate::pack::{Kind, Node, Piece, Symbols, Template};

impl Node {
    /// The value of a key, when this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Kind::Map(pairs) = &self.kind else {
            return None;
        };
        pairs.iter().find(|(name, _)| name.as_text() == Some(key)).map(|(_, value)| value)
    }

    /// The text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }
}

/// A report about bytes of a file.
pub(super) fn report(file: FileId, span: Span, message: String) -> Report {
    Report {
        code: codes::BAD_PACK,
        severity: Severity::Error,
        message,
        primary: FileLabel { at: FileSpan { file, span }, text: String::new() },
        secondary: Vec::new(),
        help: None,
    }
}

/// Reads one file.
pub(super) struct Reader<'a> {
    file: FileId,
    yaml: String,
    pub(super) symbols: &'a mut Symbols,
    pub(super) reports: Vec<Report>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: FileId, yaml: String, symbols: &'a mut Symbols) -> Self {
        Self { file, yaml, symbols, reports: Vec::new() }
    }

    pub(super) fn report(&mut self, span: Span, message: String) {
        self.reports.push(report(self.file, span, message));
    }

    /// The keys and values of a map whose keys are all known.
    pub(super) fn map<'n>(&mut self, node: &'n Node, known: &[&str]) -> Option<Vec<(String, &'n Node)>> {
        let Kind::Map(pairs) = &node.kind else {
            self.report(node.span, "expected a map".to_owned());
            return None;
        };
        for (key, _) in pairs {
            let name = key.as_text().unwrap_or("");
            if !known.contains(&name) {
                let known: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
                self.report(key.span, format!("unknown key `{name}`; known here are {}", known.join(", ")));
            }
        }
        self.any_map(node)
    }

    /// The keys and values of a map.
    pub(super) fn any_map<'n>(&mut self, node: &'n Node) -> Option<Vec<(String, &'n Node)>> {
        let Kind::Map(pairs) = &node.kind else {
            self.report(node.span, "expected a map".to_owned());
            return None;
        };
        let mut read: Vec<(String, &Node)> = Vec::new();
        for (key, value) in pairs {
            let name = key.as_text().unwrap_or("").to_owned();
            if read.iter().any(|(known, _)| *known == name) {
                self.report(key.span, format!("`{name}` stands here twice"));
            }
            read.push((name, value));
        }
        Some(read)
    }

    pub(super) fn optional_text(&mut self, node: &Node, key: &str) -> Option<String> {
        let value = node.get(key)?;
        match value.as_text() {
            Some(text) => Some(text.to_owned()),
            None => {
                self.report(value.span, format!("`{key}` must be text"));
                None
            }
        }
    }

    pub(super) fn required_text(&mut self, node: &Node, key: &str) -> Option<String> {
        if node.get(key).is_none() {
            self.report(node.span, format!("`{key}` is missing"));
        }
        self.optional_text(node, key)
    }

    /// The texts of a key that holds one or a list; none when it is absent.
    pub(super) fn texts(&mut self, node: &Node, key: &str) -> Vec<(String, Span)> {
        node.get(key).map(|value| self.texts_of(value)).unwrap_or_default()
    }

    /// The texts of a node that is one or a list.
    pub(super) fn texts_of(&mut self, node: &Node) -> Vec<(String, Span)> {
        let list = match &node.kind {
            Kind::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for one in list {
            match one.as_text() {
                Some(text) => texts.push((text.to_owned(), one.span)),
                None => self.report(one.span, "expected text or a list of texts".to_owned()),
            }
        }
        texts
    }

    /// Read `tables`, which the expressions of this file may look values up in.
    pub(super) fn tables(&mut self, node: &Node) {
        self.symbols.tables.clear();
        let Some(tables) = node.get("tables").and_then(|tables| self.any_map(tables)) else { return };
        for (name, table) in tables {
            let mut rows = HashMap::new();
            for (keys, value) in self.any_map(table).unwrap_or_default() {
                match value.as_text() {
                    Some(text) => rows.extend(keys.split(',').map(|key| (key.trim().into(), text.into()))),
                    None => self.report(value.span, "a table holds texts".to_owned()),
                }
            }
            self.symbols.tables.insert(name, Arc::new(rows));
        }
    }

    /// Templates of a key: `text $Field$ text`.
    pub(super) fn templates(&mut self, node: &Node, key: &str) -> Vec<Template> {
        let mut templates = Vec::new();
        for (text, span) in self.texts(node, key) {
            if text.matches('$').count() % 2 != 0 {
                self.report(span, "a `$` has no partner".to_owned());
            }
            let pieces = text.split('$').enumerate().filter(|(_, piece)| !piece.is_empty());
            templates.push(Template(
                pieces
                    .map(|(at, piece)| {
                        if at % 2 == 0 {
                            Piece::Text(piece.to_owned())
                        } else {
                            Piece::Field(self.symbols.intern(piece))
                        }
                    })
                    .collect(),
            ));
        }
        templates
    }

    /// An eval expression.
    pub(super) fn expression(&mut self, node: &Node) -> Option<Op> {
        let Some(text) = node.as_text() else {
            self.report(node.span, "expected an eval expression".to_owned());
            return None;
        };
        let compiled = parse(text).and_then(|expr| compile(&expr, self.symbols).map_err(|problem| vec![*problem]));
        match compiled {
            Ok(Op::Field(_)) if self.is_double_quoted(node) && !text.starts_with('\'') => {
                self.report(
                    node.span,
                    format!("YAML took the quotes away; write '\"{text}\"' for text, or {text} for the field"),
                );
                None
            }
            Ok(Op::Concat(parts)) if !text.contains(' ') && parts.iter().all(|part| matches!(part, Op::Field(_))) => {
                let said = "joins fields, as SPL reads it without quotes";
                self.report(node.span, format!("`{text}` {said}; write \"'{text}'\" for the field of that name"));
                None
            }
            Ok(op) => Some(op),
            Err(problems) => {
                let mapped = self.mapped(node, text);
                let reports = problems.iter().filter_map(|problem| problem.locate(&mapped));
                self.reports.extend(reports.map(|report| Report { code: codes::BAD_PACK, ..report }));
                None
            }
        }
    }

    fn is_double_quoted(&self, node: &Node) -> bool {
        let before = node.span.start.checked_sub(1).and_then(|at| self.yaml.as_bytes().get(at as usize));
        before == Some(&b'"')
    }

    /// The expression with the map to its file: byte for byte where it stands there as it is.
    fn mapped(&self, node: &Node, text: &str) -> Mapped {
        let from = FileSpan { file: self.file, span: node.span };
        let mut mapped = Mapped::default();
        if node.span.of(&self.yaml) == text {
            mapped.push_verbatim(text, from)
        } else {
            mapped.push_replaced(text, from)
        }
        mapped
    }
}

/// Parse an expression: spans of problems lie in `text`.
pub(crate) fn parse(text: &str) -> Result<Expr, Vec<Diagnostic>> {
    const BEFORE: &str = "| where ";
    let parsed = spl::parse(&format!("{BEFORE}{text}"));
    let shift = |span: Span| {
        let before = u32::try_from(BEFORE.len()).unwrap_or(0);
        Span { start: span.start.saturating_sub(before), end: span.end.saturating_sub(before) }
    };
    if !parsed.diagnostics.is_empty() {
        let problems = parsed.diagnostics.into_iter().map(|mut problem| {
            problem.primary.span = shift(problem.primary.span);
            problem.secondary.iter_mut().for_each(|label| label.span = shift(label.span));
            problem
        });
        return Err(problems.collect());
    }
    let mut commands = parsed.pipeline.commands;
    match (commands.len(), commands.pop().map(|command| command.kind)) {
        (1, Some(CommandKind::Where(mut expr))) => {
            shift_spans(&mut expr, &shift);
            Ok(expr)
        }
        _ => Err(vec![Diagnostic::error(codes::BAD_PACK, Span::new(0, text.len()), "not one eval expression")]),
    }
}

fn shift_spans(expr: &mut Expr, shift: &impl Fn(Span) -> Span) {
    use spl::ast::ExprKind;
    expr.span = shift(expr.span);
    match &mut expr.kind {
        ExprKind::Call { arguments, .. } => arguments.iter_mut().for_each(|one| shift_spans(one, shift)),
        ExprKind::Negate(inner) | ExprKind::Not(inner) => shift_spans(inner, shift),
        ExprKind::Binary { left, right, .. } | ExprKind::Like { value: left, pattern: right } => {
            shift_spans(left, shift);
            shift_spans(right, shift);
        }
        ExprKind::In { value, list } => {
            shift_spans(value, shift);
            list.iter_mut().for_each(|one| shift_spans(one, shift));
        }
        ExprKind::Field(_) | ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Null => {}
    }
}
