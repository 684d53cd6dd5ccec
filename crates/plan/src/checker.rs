//! The state that goes from command to command while a pipeline is checked.

use std::collections::BTreeSet;

use diag::{Code, Diagnostic, Severity, codes};
use spl::ast::{Command, CommandKind, Field, Pipeline, Subsearch};
use text::Span;

use crate::suggest::slip_of;
use crate::{
    Check, Names, Op, Plan, Schema, Stage, TimeRange, Tstats, TstatsSource, Usage, Verdict, command, key, time_range,
};

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
    /// True while the commands so far read events and filter them: a time modifier still says what is read.
    pub(crate) scanning: bool,
    /// The time modifiers found so far.
    pub(crate) range: TimeRange,
    /// Rows of other searches, with fields of their own, are among the rows.
    mixed: bool,
    /// The fields of the events read first are known here: if others may exist, they come from other searches.
    settled: bool,
    diagnostics: Vec<Diagnostic>,
    needed: Needed,
}

/// What checking a pipeline in brackets gave.
pub(crate) struct Nested {
    /// `None` where it cannot run, which is reported.
    pub(crate) plan: Option<Plan>,
    /// The fields of its results.
    pub(crate) schema: Schema,
}

impl Nested {
    /// Of a search that cannot run, the fields are not judged.
    fn new(plan: Option<Plan>, schema: Schema) -> Self {
        let schema = if plan.is_some() { schema } else { Schema::open() };
        Self { plan, schema }
    }
}

/// What is read of raw events.
#[derive(Default)]
struct Needed {
    fields: BTreeSet<String>,
    all: bool,
    /// Fields among them that are made of an event's time and text.
    derived: BTreeSet<String>,
    /// A command reads `_raw`.
    raw: bool,
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
            scanning: true,
            range: TimeRange::default(),
            mixed: false,
            settled: false,
            diagnostics: Vec::new(),
            needed: Needed::default(),
        }
    }

    /// Check every command and put the plan together.
    pub(crate) fn run(mut self, pipeline: &Pipeline) -> Check {
        if pipeline.commands.is_empty() {
            self.push(Diagnostic::error(codes::SYNTAX, Span::new(0, 0), "the search is empty"));
        }
        let (stages, key) = self.commands(pipeline);
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span.start);
        let verdict = verdict(&self.diagnostics);
        let whole = stages.len() == pipeline.commands.len() && !stages.is_empty();
        let plan = (verdict == Verdict::Supported && whole).then(|| self.plan(stages, key));
        Check { verdict, diagnostics: self.diagnostics, plan, usage: self.usage, output: self.schema }
    }

    fn commands(&mut self, pipeline: &Pipeline) -> (Vec<Stage>, Option<Vec<String>>) {
        let (mut stages, mut key) = (Vec::new(), None);
        for command in &pipeline.commands {
            let before = self.schema.clone();
            let op = self.command(command);
            self.first = false;
            self.scanning &= matches!(op, Some(Op::ScanEvents(_) | Op::ScanDataset(_) | Op::Filter(_)));
            key = op.as_ref().and_then(|op| key::after(op, key.take(), &before, &self.schema));
            let op = op.map(|op| command::nomv::behind(stages.last(), op));
            stages.extend(op.map(|op| Stage { op, schema: self.schema.clone(), span: command.span }));
        }
        (stages, key)
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

    fn plan(&self, mut stages: Vec<Stage>, key: Option<Vec<String>>) -> Plan {
        let all = self.needed.all || (self.schema.open && !self.settled && !self.detached);
        let event_fields = match stages.first_mut().map(|stage| &mut stage.op) {
            Some(Op::ScanEvents(scan)) => {
                scan.range = time_range::finished(self.range.clone());
                scan.derived = self.needed.derived.clone();
                Some((!all).then(|| self.needed.fields.clone()))
            }
            Some(Op::ScanDataset(scan)) => {
                scan.range = time_range::finished(self.range.clone());
                scan.reads_raw = self.needed.raw;
                None
            }
            // What Splunk's index keeps, every events table has.
            Some(Op::Tstats(Tstats { source: TstatsSource::Events, .. })) => Some(Some(BTreeSet::new())),
            _ => None,
        };
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
        if self.schema.open && !self.detached && !self.schema.fields.iter().any(|field| field == name) {
            if is_unkept(name) || (self.mixed && is_derived(name)) {
                self.unsupported(codes::UNSUPPORTED_OPTION, span, format!("events do not keep `{name}`"));
            } else if is_derived(name) {
                self.needed.derived.insert(name.to_owned());
                self.needs(if name.starts_with("date_") { "_time" } else { "_raw" });
            }
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
        self.needed.raw |= name == "_raw";
        if !self.schema.open || self.settled || self.detached {
            return;
        }
        if name.contains('*') {
            self.needed.all = true;
        } else {
            self.needed.fields.insert(name.to_owned());
            self.usage.fields.insert(name.to_owned());
        }
    }

    /// Note that every field is wanted whose name this pattern matches.
    pub(crate) fn needs_pattern(&mut self, pattern: &str) {
        if pattern.trim_matches('*').is_empty() {
            self.needs(pattern);
        } else if self.schema.open && !self.settled {
            self.needed.fields.insert(pattern.to_owned());
        }
    }

    /// The fields wanted so far whose names hold this text, taken out.
    pub(crate) fn take_needs(&mut self, stand_in: &str) -> Vec<String> {
        let named: Vec<String> = self.needed.fields.iter().filter(|name| name.contains(stand_in)).cloned().collect();
        for name in &named {
            self.needed.fields.remove(name);
            self.usage.fields.remove(name);
        }
        named
    }

    /// Check a pipeline in square brackets, which runs on its own.
    pub(crate) fn nested(&mut self, subsearch: &Subsearch) -> Nested {
        let check = Checker::new(self.text, self.names).run(&subsearch.pipeline);
        self.diagnostics.extend(check.diagnostics);
        self.add_usage(check.usage);
        Nested::new(check.plan, check.output)
    }

    /// Check a pipeline that works on the rows that reach the command; the fields that it makes come to theirs. `None` where
    /// it cannot run, which is reported.
    pub(crate) fn pipeline(&mut self, pipeline: &Pipeline) -> Option<Vec<Stage>> {
        let before = self.errors();
        self.scanning = false;
        let (schema, settled) = (self.schema.clone(), self.settled);
        let (stages, _) = self.commands(pipeline);
        let made = std::mem::replace(&mut self.schema, schema);
        self.settled = settled || !self.schema.open;
        made.fields.iter().for_each(|name| self.schema.add(name));
        self.schema.open |= made.open;
        (self.errors() == before && stages.len() == pipeline.commands.len()).then_some(stages)
    }

    /// Rows of another search come among these rows, or beside them.
    pub(crate) fn mix(&mut self, schema: &Schema) {
        self.settled |= !self.schema.open;
        schema.fields.iter().for_each(|name| self.schema.add(name));
        self.schema.open |= schema.open;
        self.mixed |= schema.open;
    }

    /// Check a search that a command makes out of a text, whose places are not those of the search's text: problems are
    /// reported at `span`.
    pub(crate) fn text_search(&mut self, search: &str, span: Span) -> Nested {
        let parsed = spl::parse(search);
        let check = Checker::new(search, self.names).run(&parsed.pipeline).with_syntax_errors(parsed.diagnostics);
        self.extend_at(check.diagnostics, span);
        self.add_usage(check.usage);
        Nested::new(check.plan, check.output)
    }

    /// Report problems found in another text at `span`, each once.
    pub(crate) fn extend_at(&mut self, found: Vec<Diagnostic>, span: Span) {
        for mut diagnostic in found {
            diagnostic.primary.span = span;
            diagnostic.secondary.clear();
            if !self.diagnostics.contains(&diagnostic) {
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// The problems found since there were `count`, taken out.
    pub(crate) fn take_diagnostics(&mut self, count: usize) -> Vec<Diagnostic> {
        self.diagnostics.split_off(count.min(self.diagnostics.len()))
    }

    /// How many problems were found so far.
    pub(crate) fn diagnostics(&self) -> usize {
        self.diagnostics.len()
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
        self.add_usage(inner.usage);
    }

    fn add_usage(&mut self, usage: Usage) {
        self.usage.commands.extend(usage.commands);
        self.usage.functions.extend(usage.functions);
        self.usage.datasets.extend(usage.datasets);
        self.usage.lookups.extend(usage.lookups);
        self.usage.fields.extend(usage.fields);
    }
}

/// Fields that Splunk gives every event and Weir does not (manual: "Use default fields"): read as null they would change
/// what a search finds.
pub(crate) fn is_unkept(name: &str) -> bool {
    let internal = ["_indextime", "_bkt", "_cd", "_si", "_serial", "_sourcetype", "_subsecond"];
    let basic = ["date_zone", "punct", "splunk_server", "splunk_server_group", "timestartpos", "timeendpos"];
    internal.contains(&name) || basic.contains(&name)
}

/// Is it a field that Splunk gives every event and that Weir makes of its time and text where a search reads it?
pub fn is_derived(name: &str) -> bool {
    let dates = ["date_hour", "date_mday", "date_minute", "date_month", "date_second", "date_wday", "date_year"];
    let sections = ["EventData_Xml", "RenderingInfo_Xml", "UserData_Xml"];
    name == "linecount" || dates.contains(&name) || sections.contains(&name)
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
