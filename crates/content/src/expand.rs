//! Macro expansion, as the Knowledge Manager Manual ("Use search macros in searches") describes it.
//!
//! Textual, before parsing, nested; a macro is found by its name and its number of arguments; arguments are given by
//! place or by name, and quotes around them are dropped. Macros inside quoted values are not expanded, except in the
//! `search` of a `map` command: that is a search of its own, and Splunk expands it when it runs.

use diag::{Diagnostic, FileLabel, Report, Severity, codes};
use text::{Mapped, Span};

use crate::load::Content;
use crate::model::Macro;
use crate::suggest::closest;

mod call;
#[cfg(test)]
mod tests;

use call::{Argument, Call};

/// Longest expanded search; the longest of ESCU is 5 kB.
const MAX_LENGTH: usize = 1 << 20;
/// Most macro calls in one search.
const MAX_CALLS: usize = 1_000;
/// Deepest nesting of macros; ESCU nests two levels.
const MAX_DEPTH: usize = 50;

/// What an undefined macro of other Splunk apps is, for the help text.
const OF_OTHER_APPS: [(&str, &str); 3] = [
    ("get_risk_severity", "Splunk Enterprise Security (SA-ThreatIntelligence)"),
    ("globedistance", "Splunk Enterprise Security (SA-Utils)"),
    ("cim_corporate_web_domain_search", "the Splunk Common Information Model add-on"),
];

/// A search without macros and comments.
#[derive(Debug, Clone, Default)]
pub struct Expansion {
    /// The text, each byte of which can be traced to the search or a macro's definition.
    pub search: Mapped,
    /// Macros that are unknown, recursive or too large. With one of severity error the search must not run.
    pub reports: Vec<Report>,
    /// Names of the macros used, directly or through others, in the order of their first call.
    pub macros: Vec<String>,
}

impl Content {
    /// Replace the macros of `search` by their definitions and take its comments out.
    ///
    /// A filter macro (`<detection>_filter`) that nobody defined is `search *`, as in the app that Splunk ships.
    pub fn expand(&self, search: &Mapped) -> Expansion {
        let mut expander =
            Expander { content: self, done: Expansion::default(), active: Vec::new(), calls: 0, full: false };
        let mut out = Mapped::default();
        expander.run(search, &mut out);
        expander.done.search = out;
        expander.done
    }
}

struct Expander<'c> {
    content: &'c Content,
    done: Expansion,
    /// The macros being expanded, outermost first.
    active: Vec<(String, usize)>,
    calls: usize,
    /// A limit was reached and reported; nothing more is expanded.
    full: bool,
}

/// Where in the text the expansion is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    /// A quoted value.
    Quotes,
    /// The quoted search of `map`.
    MapSearch,
}

/// What a character that may mean something means.
enum Piece {
    /// Nothing: go on after this many bytes.
    Text(usize),
    /// A quoted value begins or ends.
    Quote,
    Comment(Span),
    Call(Call),
    /// A comment that is never closed: the parser reports it.
    OpenComment,
}

impl Expander<'_> {
    fn run(&mut self, from: &Mapped, out: &mut Mapped) {
        let text = from.text.as_str();
        let (mut copied, mut at, mut inside) = (0, 0, Inside::Code);
        while let Some(found) = text.get(at..).and_then(|rest| rest.find(['"', '`', '\\'])) {
            at += found;
            let end = match self.piece(text, at, inside) {
                Piece::Text(length) => {
                    at += length;
                    continue;
                }
                Piece::Quote => {
                    inside = after_quote(text, at, inside);
                    at += 1;
                    continue;
                }
                Piece::OpenComment => break,
                Piece::Comment(span) => {
                    out.push_mapped(from, Span::new(copied, at), None);
                    replace(from, span, " ", out);
                    span.range().end
                }
                Piece::Call(call) => {
                    out.push_mapped(from, Span::new(copied, at), None);
                    self.call(from, &call, inside, out);
                    call.span.range().end
                }
            };
            (at, copied) = (end, end);
        }
        out.push_mapped(from, Span::new(copied, text.len()), None);
    }

    /// What begins at `at`, where a quote, a back-tick or a backslash stands.
    fn piece(&self, text: &str, at: usize, inside: Inside) -> Piece {
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with('\\') {
            return Piece::Text(1 + rest.chars().nth(1).map_or(0, char::len_utf8));
        }
        if rest.starts_with('"') {
            return Piece::Quote;
        }
        if inside == Inside::Quotes {
            return Piece::Text(1);
        }
        if rest.starts_with("```") {
            let length = rest.get(3..).and_then(|rest| rest.find("```"));
            return length.map_or(Piece::OpenComment, |length| Piece::Comment(Span::new(at, at + 3 + length + 3)));
        }
        let call = if self.full { None } else { call::read(text, at, inside == Inside::MapSearch) };
        call.map_or(Piece::Text(1), Piece::Call)
    }

    fn call(&mut self, from: &Mapped, call: &Call, inside: Inside, out: &mut Mapped) {
        if !self.done.macros.contains(&call.name) {
            self.done.macros.push(call.name.clone());
        }
        let Some(found) = self.content.macro_of(&call.name, call.arguments.len()) else {
            if self.content.is_filter(&call.name) && call.arguments.is_empty() {
                replace(from, call.span, "search *", out);
            } else {
                self.unknown(from, call);
                replace(from, call.span, call::stand_in(&from.text, call.span), out);
            }
            return;
        };
        let key = (call.name.clone(), call.arguments.len());
        if self.active.contains(&key) {
            self.cycle(from, call);
            return;
        }
        self.calls += 1;
        let mut body = Mapped::default();
        substitute(found, from, call, &mut body);
        if let Some(limit) = self.limit(out.text.len() + body.text.len()) {
            self.full = true;
            self.report(from, call.span, codes::MACRO_CYCLE, format!("macro `{}` expands to {limit}", call.name));
            return;
        }
        self.active.push(key);
        if inside == Inside::MapSearch {
            let mut plain = Mapped::default();
            self.run(&body, &mut plain);
            push_quoted(&plain, out);
        } else {
            self.run(&body, out);
        }
        self.active.pop();
    }

    /// The limit that expanding one more macro to `length` bytes would break.
    fn limit(&self, length: usize) -> Option<String> {
        if self.active.len() >= MAX_DEPTH {
            Some(format!("macros nested deeper than {MAX_DEPTH} levels"))
        } else if self.calls > MAX_CALLS {
            Some(format!("more than {MAX_CALLS} macro calls"))
        } else if length > MAX_LENGTH {
            Some(format!("more than {MAX_LENGTH} bytes"))
        } else {
            None
        }
    }

    fn report(&mut self, from: &Mapped, span: Span, code: diag::Code, message: String) -> Option<&mut Report> {
        let report = Diagnostic::error(code, span, message).locate(from)?;
        self.done.reports.push(report);
        self.done.reports.last_mut()
    }

    fn unknown(&mut self, from: &Mapped, call: &Call) {
        let other = self.content.macros_named(&call.name).next();
        if let Some((count, at)) = other.map(|found| (found.arguments.len(), found.name_at)) {
            let found = call.arguments.len();
            let message = format!("macro `{}` takes {}, found {found}", call.name, arguments(count));
            if let Some(report) = self.report(from, call.span, codes::UNKNOWN_MACRO, message) {
                report.secondary.push(FileLabel { at, text: "defined here".to_owned() });
            }
            return;
        }
        let help = self.help(&call.name);
        let message = format!("unknown macro `{}`", call.name);
        if let Some(report) = self.report(from, call.name_span, codes::UNKNOWN_MACRO, message) {
            report.primary.text = "not defined in the loaded content".to_owned();
            report.help = help;
        }
    }

    /// What to do about a macro that nobody defined.
    fn help(&self, name: &str) -> Option<String> {
        if let Some((_, app)) = OF_OTHER_APPS.iter().find(|(known, _)| *known == name) {
            return Some(format!("it belongs to {app}; define it in a macros file of your own"));
        }
        let is_active = |known: &Macro| self.active.iter().any(|(active, _)| *active == known.name);
        let names = self.content.macros.iter().filter(|known| !is_active(known)).map(|known| known.name.as_str());
        if let Some(nearest) = closest(name, names.chain(self.content.filter_names())) {
            return Some(format!("did you mean `{nearest}`?"));
        }
        let is_filter = name.ends_with("_filter");
        is_filter.then(|| "a filter macro is named after its detection's file or name".to_owned())
    }

    fn cycle(&mut self, from: &Mapped, call: &Call) {
        let start = self.active.iter().position(|(name, _)| *name == call.name).unwrap_or(0);
        let names = self.active.iter().skip(start).map(|(name, _)| format!("`{name}`"));
        let path: Vec<String> = names.chain([format!("`{}`", call.name)]).collect();
        let message = format!("macro `{}` expands to itself: {}", call.name, path.join(" → "));
        let definition = self.content.macro_of(&call.name, call.arguments.len()).map(|found| found.name_at);
        if let Some(report) = self.report(from, call.span, codes::MACRO_CYCLE, message) {
            report.severity = Severity::Error;
            if let Some(at) = definition {
                report.secondary.push(FileLabel { at, text: "defined here".to_owned() });
            }
        }
    }
}

/// Where the text goes on after the quote at `at`.
fn after_quote(text: &str, at: usize, inside: Inside) -> Inside {
    match inside {
        Inside::Code if call::is_map_search(text.get(..at).unwrap_or_default()) => Inside::MapSearch,
        Inside::Code => Inside::Quotes,
        Inside::Quotes | Inside::MapSearch => Inside::Code,
    }
}

fn arguments(count: usize) -> String {
    match count {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        count => format!("{count} arguments"),
    }
}

/// Append `text` in the place of the bytes `span` of `from`.
fn replace(from: &Mapped, span: Span, text: &str, out: &mut Mapped) {
    if let Some(place) = from.map.locate(span) {
        out.push_replaced(text, place.primary);
    }
}

/// The definition of `found` with `$argument$` replaced by what the call gives.
fn substitute(found: &Macro, from: &Mapped, call: &Call, body: &mut Mapped) {
    let definition = &found.definition;
    let id = body.add_call(&call.name, from, call.span);
    let values = call::by_parameter(&found.arguments, &from.text, &call.arguments);
    let mut copied = 0;
    for (name, span) in crate::tokens(&definition.text) {
        let Some(value) = found.arguments.iter().position(|known| *known == name).and_then(|at| values.get(at)) else {
            continue;
        };
        body.push_mapped(definition, Span::new(copied, span.start as usize), id);
        if let Some(value) = value {
            push_argument(from, value, body);
        }
        copied = span.end as usize;
    }
    body.push_mapped(definition, Span::new(copied, definition.text.len()), id);
}

/// An argument's text; inside quotes `\"` stands for a quote.
fn push_argument(from: &Mapped, argument: &Argument, body: &mut Mapped) {
    let span = argument.value;
    if !argument.quoted {
        body.push_mapped(from, span, None);
        return;
    }
    let mut at = span.start as usize;
    for (escape, _) in span.of(&from.text).match_indices("\\\"") {
        let escape = span.start as usize + escape;
        body.push_mapped(from, Span::new(at, escape), None);
        at = escape + 1;
    }
    body.push_mapped(from, Span::new(at, span.end as usize), None);
}

/// Append `plain` as part of a quoted value.
fn push_quoted(plain: &Mapped, out: &mut Mapped) {
    let mut copied = 0;
    for (at, _) in plain.text.match_indices(['"', '\\']) {
        out.push_mapped(plain, Span::new(copied, at), None);
        replace(plain, Span::new(at, at + 1), "\\", out);
        copied = at;
    }
    out.push_mapped(plain, Span::new(copied, plain.text.len()), None);
}
