//! The state that goes from command to command while a pipeline is checked.

use std::collections::BTreeSet;

use diag::{Code, Diagnostic, Severity, codes};
use spl::ast::{Command, CommandKind, Field, Pipeline, Subsearch};
use text::Span;

use crate::suggest::slip_of;
use crate::{Check, Names, Op, Plan, Schema, Stage, Usage, Verdict, command, key};

/// See the module's documentation.
pub(crate) struct Checker<'a> {
    /// The search, for names that are printed as they were written.
    pub(crate) text: &'a str,
    pub(crate) names: &'a Names,
    pub(crate) usage: Usage,
    /// The fields that reach the command being checked; it leaves the fields after it.
    pub(crate) schema: Schema,
    /// True for the first command of the pipeline.
    pub(crate) first: bool,
    /// The schema is open because columns are named by values, not because the events' own fields are still there.
    detached: bool,
    diagnostics: Vec<Diagnostic>,
    needed: Needed,
}

/// What is read of raw events.
#[derive(Default)]
struct Needed {
    fields: BTreeSet<String>,
    all: bool,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(text: &'a str, names: &'a Names) -> Self {
        Self {
            text,
            names,
            usage: Usage::default(),
            schema: Schema::default(),
            first: true,
            detached: false,
            diagnostics: Vec::new(),
            needed: Needed::default(),
        }
    }

    /// Check every command and put the plan together.
    pub(crate) fn run(mut self, pipeline: &Pipeline) -> Check {
        if pipeline.commands.is_empty() {
            self.push(Diagnostic::error(codes::SYNTAX, Span::new(0, 0), "the search is empty"));
        }
        let (mut stages, mut key) = (Vec::new(), None);
        for command in &pipeline.commands {
            let before = self.schema.clone();
            let op = self.command(command);
            self.first = false;
            key = op.as_ref().and_then(|op| key::after(op, key.take(), &before, &self.schema));
            let op = op.map(|op| command::nomv::behind(stages.last(), op));
            stages.extend(op.map(|op| Stage { op, schema: self.schema.clone(), span: command.span }));
        }
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span.start);
        let verdict = verdict(&self.diagnostics);
        let whole = stages.len() == pipeline.commands.len() && !stages.is_empty();
        let plan = (verdict == Verdict::Supported && whole).then(|| self.plan(stages, key));
        Check { verdict, diagnostics: self.diagnostics, plan, usage: self.usage, output: self.schema }
    }

    fn command(&mut self, command: &Command) -> Option<Op> {
        let name = command.name.value.to_lowercase();
        let before = self.errors();
        let op = match command::find(&name) {
            Some(known) => (known.check)(self, command),
            None => {
                command::refuse(self, command, &name);
                None
            }
        };
        self.usage.commands.insert(name);
        if let Some(function) = op.as_ref().and_then(command::per_unit_of_time) {
            let message = format!("`{function}` goes by the spans of `timechart`, which this command has not");
            self.push(Diagnostic::error(codes::BAD_ARGUMENT, command.span, message));
        }
        if op.is_none() && self.errors() == before {
            let written = &command.name.value;
            let message = format!("this form of `{written}` is not supported");
            self.unsupported(codes::UNSUPPORTED_OPTION, command.span, message);
        }
        if matches!(command.kind, CommandKind::Other { .. }) {
            // What it does to the fields is unknown.
            self.schema.open = true;
        }
        op
    }

    fn plan(&self, stages: Vec<Stage>, key: Option<Vec<String>>) -> Plan {
        let scans = matches!(stages.first(), Some(Stage { op: Op::ScanEvents(_), .. }));
        let all = self.needed.all || (self.schema.open && !self.detached);
        let event_fields = scans.then(|| (!all).then(|| self.needed.fields.clone()));
        Plan { stages, event_fields, key }
    }

    fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Right SPL that Weir cannot run exactly.
    pub(crate) fn unsupported(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::error(code, span, message).label("Weir cannot run this exactly yet"));
    }

    /// An error, with the name that was perhaps meant.
    pub(crate) fn unknown(&mut self, found: Diagnostic, near: Option<&str>) {
        self.push(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found,
        });
    }

    /// Note that a command reads a field. False when the field cannot exist here, which is reported.
    pub(crate) fn reads(&mut self, name: &str, span: Span) -> bool {
        self.needs(name);
        if self.schema.open
            && !self.detached
            && is_unkept(name)
            && !self.schema.fields.iter().any(|field| field == name)
        {
            self.unsupported(codes::UNSUPPORTED_OPTION, span, format!("events do not keep `{name}`"));
        }
        if self.schema.may_have(name) {
            return true;
        }
        let found = match slip_of(name, self.schema.fields.iter().map(String::as_str)) {
            Some(meant) => {
                Diagnostic::error(codes::UNKNOWN_FIELD, span, format!("no field `{name}` reaches this command"))
                    .label("never has a value")
                    .help(format!("did you mean `{meant}`?"))
            }
            None => Diagnostic::warning(codes::UNKNOWN_FIELD, span, format!("no field `{name}` reaches this command"))
                .label("always null"),
        };
        self.push(found);
        false
    }

    /// [`Self::reads`] of a field of a field list.
    pub(crate) fn reads_field(&mut self, field: &Field) -> bool {
        self.reads(&field.name, field.span)
    }

    /// What comes out are columns named by values, beside these fields: the events' own fields are gone.
    pub(crate) fn detach(&mut self, fields: Vec<String>) {
        self.schema = Schema { open: true, ..Schema::closed(fields) };
        self.detached = true;
    }

    /// Note that a field is wanted from the raw events, without asking whether it exists.
    pub(crate) fn needs(&mut self, name: &str) {
        if !self.schema.open || self.detached {
            return;
        }
        if name.contains('*') {
            self.needed.all = true;
        } else {
            self.needed.fields.insert(name.to_owned());
            self.usage.fields.insert(name.to_owned());
        }
    }

    /// Check a pipeline in square brackets for names that do not exist. It cannot run, whatever it holds: the
    /// command around it has said so.
    pub(crate) fn subsearch(&mut self, subsearch: &Subsearch) {
        let mut inner = Checker::new(self.text, self.names);
        for command in &subsearch.pipeline.commands {
            inner.command(command);
            inner.first = false;
        }
        let invalid = |found: &Diagnostic| found.severity == Severity::Error && !is_unsupported(found.code);
        self.diagnostics
            .extend(inner.diagnostics.into_iter().filter(|found| invalid(found) && found.code != codes::SYNTAX));
        self.usage.commands.extend(inner.usage.commands);
        self.usage.functions.extend(inner.usage.functions);
        self.usage.datasets.extend(inner.usage.datasets);
        self.usage.lookups.extend(inner.usage.lookups);
        self.usage.fields.extend(inner.usage.fields);
    }
}

/// Fields that Splunk gives every event and Weir does not (manual: "Use default fields"): read as null they would change
/// what a search finds.
pub(crate) fn is_unkept(name: &str) -> bool {
    let internal = ["_indextime", "_bkt", "_cd", "_si", "_serial", "_sourcetype", "_subsecond"];
    let basic = ["linecount", "punct", "splunk_server", "splunk_server_group", "timestartpos", "timeendpos"];
    let dates =
        ["date_hour", "date_mday", "date_minute", "date_month", "date_second", "date_wday", "date_year", "date_zone"];
    internal.contains(&name) || basic.contains(&name) || dates.contains(&name)
}

fn is_unsupported(code: Code) -> bool {
    [codes::UNSUPPORTED_COMMAND, codes::UNSUPPORTED_OPTION, codes::UNSUPPORTED_FUNCTION].contains(&code)
}

/// What was found makes of the search. What cannot be run exactly is unsupported even where the parser only warns.
pub(crate) fn verdict(diagnostics: &[Diagnostic]) -> Verdict {
    let verdicts = diagnostics.iter().map(|found| match found.severity {
        Severity::Note => Verdict::Supported,
        _ if is_unsupported(found.code) => Verdict::Unsupported,
        Severity::Warning => Verdict::Supported,
        Severity::Error => Verdict::Invalid,
    });
    verdicts.max().unwrap_or(Verdict::Supported)
}
