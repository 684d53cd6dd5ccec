//! Pipelines, commands, subsearches.

use text::Span;

use super::cursor::is_word;
use super::{Mark, Parse, Parser};
use crate::ast::{Command, CommandKind, Pipeline, Spanned, Subsearch, Term};
use crate::command;

/// How a pipeline that does not start with a pipe starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// With the terms of an implied `search`.
    Implied,
    /// With the name of a command, as in a subsearch.
    Named,
}

impl Parser<'_> {
    /// The whole text.
    pub(super) fn search(&mut self) -> Pipeline {
        let mut pipeline = self.pipeline(First::Implied);
        while self.peek().is_some() {
            let start = self.mark();
            self.bump();
            let span = self.span_from(start);
            self.error(span, "`]` closes no subsearch");
            self.recover();
            if self.eat("|") {
                pipeline.commands.extend(self.commands());
            }
        }
        pipeline
    }

    fn pipeline(&mut self, first: First) -> Pipeline {
        self.skip_blanks();
        if self.peek().is_none() {
            return Pipeline::default();
        }
        let named = first == First::Named || (self.peek_word() == "search" && self.at_keyword("search"));
        if self.eat("|") || named {
            return Pipeline { commands: self.commands() };
        }
        let start = self.mark();
        let empty = self.span_from(start);
        let name = Spanned { value: "search".to_owned(), span: empty };
        let mut commands = vec![self.arguments(name, start)];
        if self.eat_token("|") {
            commands.extend(self.commands());
        }
        Pipeline { commands }
    }

    /// Commands split by pipes, from a command's name on.
    fn commands(&mut self) -> Vec<Command> {
        let mut commands = Vec::new();
        loop {
            commands.extend(self.command());
            if !self.eat_token("|") {
                return commands;
            }
        }
    }

    fn command(&mut self) -> Option<Command> {
        let start = self.mark_token();
        let name = self.eat_while(is_word).to_owned();
        if name.is_empty() {
            self.expected("a command");
            self.recover();
            return None;
        }
        let span = self.span_from(start);
        Some(self.arguments(Spanned { value: name, span }, start))
    }

    /// A command from behind its name on. Whatever is wrong in it, the parser then stands at its end.
    fn arguments(&mut self, name: Spanned<String>, start: Mark) -> Command {
        let from = self.mark();
        self.unsupported = false;
        let kind = match command::typed(&name.value) {
            Some(typed) => self.typed(typed),
            None => Some(self.other()),
        };
        if kind.is_none() {
            self.recover();
        }
        let kind = match kind {
            Some(kind) if !self.unsupported => kind,
            kind => self.untyped(from, kind.map(subsearches).unwrap_or_default()),
        };
        self.unsupported = false;
        let trimmed = self.text_from(start).trim_end().len();
        let begin = self.span_from(start).start as usize;
        Command { name, span: Span::new(begin, begin + trimmed), kind }
    }

    fn typed(&mut self, typed: &command::Typed) -> Option<CommandKind> {
        let kind = (typed.parse)(self).ok()?;
        if self.at_end() {
            return Some(kind);
        }
        self.expected("the end of the command");
        self.recover();
        Some(kind)
    }

    /// The arguments of a command without a typed form: quotes and brackets are matched, nothing more.
    fn other(&mut self) -> CommandKind {
        let from = self.mark();
        let mut subsearches = Vec::new();
        while let Some(next) = self.peek() {
            let read = match next {
                '|' | ']' => break,
                '"' => self.quoted('"').map(|_| ()),
                '[' => self.subsearch().map(|subsearch| subsearches.push(subsearch)),
                _ if self.at_comment() => {
                    self.skip_comment();
                    Ok(())
                }
                _ => {
                    self.bump();
                    Ok(())
                }
            };
            if read.is_err() {
                self.recover();
            }
        }
        self.untyped(from, subsearches)
    }

    fn untyped(&self, from: Mark, subsearches: Vec<Subsearch>) -> CommandKind {
        let raw = self.text_from(from);
        let blank = raw.len() - raw.trim_start().len();
        let arguments = raw.trim();
        let begin = self.span_from(from).start as usize + blank;
        let span = Span::new(begin, begin + arguments.len());
        CommandKind::Other { arguments: arguments.to_owned(), span, subsearches }
    }

    /// `[ pipeline ]`
    pub(crate) fn subsearch(&mut self) -> Parse<Subsearch> {
        let start = self.mark();
        self.bump();
        let opened = self.span_from(start);
        // The outer command may already be known to be unsupported: the inner ones decide for themselves.
        let outer = self.unsupported;
        let pipeline = self.nested(|parser| {
            if parser.at_end() && parser.peek() != Some('|') {
                return Err(parser.expected("a command"));
            }
            Ok(parser.pipeline(First::Named))
        })?;
        self.unsupported = outer;
        if !self.eat_token("]") {
            return Err(self.unclosed(opened, "this subsearch"));
        }
        Ok(Subsearch { pipeline, span: self.span_from(start) })
    }

    /// The text between `[` and `]`, for whoever fills in its tokens and reads it then.
    pub(crate) fn bracketed(&mut self) -> Parse<Spanned<String>> {
        let start = self.mark();
        if !self.eat("[") {
            return Err(self.expected("`[`"));
        }
        let opened = self.span_from(start);
        let inner = self.mark();
        let mut open = 0_u32;
        loop {
            match self.peek() {
                None => return Err(self.unclosed(opened, "this bracket")),
                Some(']') if open == 0 => break,
                Some(']') => open -= 1,
                Some('[') => open += 1,
                Some('"') => {
                    self.quoted('"')?;
                    continue;
                }
                Some(_) if self.at_comment() => {
                    self.skip_comment();
                    continue;
                }
                Some(_) => {}
            }
            self.bump();
        }
        let found = Spanned { value: self.text_from(inner).to_owned(), span: self.span_from(inner) };
        self.bump();
        Ok(found)
    }

    /// Step to the pipe or `]` that ends the command, over quotes and whole brackets.
    pub(crate) fn recover(&mut self) {
        let mut open = 0_u32;
        while let Some(next) = self.peek() {
            match next {
                '|' if open == 0 => return,
                ']' if open == 0 => return,
                ']' => open -= 1,
                '[' => open += 1,
                '"' => self.skip_quoted(),
                _ => {}
            }
            if self.at_comment() {
                self.skip_comment();
            } else {
                self.bump();
            }
        }
    }

    /// Step to the closing quote, or to the end of the text.
    fn skip_quoted(&mut self) {
        self.bump();
        while let Some(next) = self.peek() {
            match next {
                '"' => return,
                '\\' => {
                    self.bump();
                    self.bump();
                }
                _ => {
                    self.bump();
                }
            }
        }
    }
}

/// The subsearches of a command that is given up as a typed one.
fn subsearches(kind: CommandKind) -> Vec<Subsearch> {
    let term = match kind {
        CommandKind::Search(term) => term,
        CommandKind::Tstats(tstats) => tstats.filter,
        CommandKind::Piped(piped) => return vec![piped.subsearch],
        CommandKind::Other { subsearches, .. } => return subsearches,
        _ => None,
    };
    let mut found = Vec::new();
    if let Some(term) = term {
        collect(term, &mut found);
    }
    found
}

fn collect(term: Term, found: &mut Vec<Subsearch>) {
    match term {
        Term::And(terms) | Term::Or(terms) => terms.into_iter().for_each(|term| collect(term, found)),
        Term::Not(term, _) => collect(*term, found),
        Term::Subsearch(subsearch) => found.push(subsearch),
        _ => {}
    }
}
