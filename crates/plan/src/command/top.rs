//! `top`, and what `rare` shares with it: how often combinations of values occur.

use diag::codes;
use spl::ast::{Command, CommandKind, Field};

use super::option::{Setting, boolean, number, unknown};
use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, Schema, Top};

pub(super) const SPEC: Spec = Spec { name: "top", check: |checker, command| lower(checker, command, Frequency::Most) };

/// Which combinations are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    /// `top`
    Most,
    /// `rare`
    Least,
}

pub(super) fn lower(checker: &mut Checker<'_>, command: &Command, frequency: Frequency) -> Option<Op> {
    let CommandKind::Top(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let fields = names(checker, &written.fields);
    let by = names(checker, &written.by);
    let mut settings = Settings { limit: written.limit.unwrap_or(10), ..Settings::default() };
    settings.read(checker, &written.options, frequency);
    let made = [settings.count.clone(), settings.percent.clone()].into_iter().flatten();
    let all: Vec<String> = by.iter().chain(&fields).cloned().chain(made).collect();
    checker.schema = Schema::closed(all.clone());
    if checker.schema.fields.len() < all.len() {
        let message = format!("two fields of the result of `{}` have one name", command.name.value);
        checker.unsupported(codes::UNSUPPORTED_OPTION, command.span, message);
    }
    Some(Op::Top(Top {
        rare: frequency == Frequency::Least,
        fields,
        by,
        limit: settings.limit,
        count_field: settings.count,
        percent_field: settings.percent,
        other: settings.useother.then_some(settings.otherstr),
    }))
}

fn names(checker: &mut Checker<'_>, fields: &[Field]) -> Vec<String> {
    for field in fields {
        checker.reads_field(field);
        if field.name.contains('*') {
            checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, "a wildcard is not supported here");
        }
    }
    fields.iter().map(|field| field.name.clone()).collect()
}

struct Settings {
    limit: u64,
    count: Option<String>,
    percent: Option<String>,
    useother: bool,
    otherstr: String,
}

impl Default for Settings {
    fn default() -> Self {
        let (count, percent) = (Some("count".to_owned()), Some("percent".to_owned()));
        Self { limit: 10, count, percent, useother: false, otherstr: "OTHER".to_owned() }
    }
}

impl Settings {
    fn read(&mut self, checker: &mut Checker<'_>, options: &[Setting], frequency: Frequency) {
        const BOTH: &[&str] = &["countfield", "limit", "percentfield", "showcount", "showperc"];
        const OF_TOP: &[&str] = &["otherstr", "useother"];
        let (mut show_count, mut show_percent) = (true, true);
        for setting in options {
            let (name, value) = setting;
            match name.value.to_lowercase().as_str() {
                "limit" => self.limit = number(checker, setting).unwrap_or(self.limit),
                "countfield" => self.count = Some(value.value.clone()),
                "percentfield" => self.percent = Some(value.value.clone()),
                "showcount" => show_count = boolean(checker, setting).unwrap_or(true),
                "showperc" => show_percent = boolean(checker, setting).unwrap_or(true),
                "useother" if frequency == Frequency::Most => {
                    self.useother = boolean(checker, setting).unwrap_or_default();
                }
                "otherstr" if frequency == Frequency::Most => self.otherstr.clone_from(&value.value),
                _ if frequency == Frequency::Most => unknown(checker, name, &[BOTH, OF_TOP].concat()),
                _ => unknown(checker, name, BOTH),
            }
        }
        self.count = self.count.take().filter(|_| show_count);
        self.percent = self.percent.take().filter(|_| show_percent);
    }
}
