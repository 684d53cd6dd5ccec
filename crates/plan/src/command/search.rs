//! `search`: read events, or filter results.

use spl::ast::{Command, CommandKind, Field};

use super::Spec;
use crate::checker::Checker;
use crate::predicate::{Resolved, Scope, lower};
use crate::{Op, Predicate, ScanEvents, Schema, TimeRange};

pub(super) const SPEC: Spec = Spec { name: "search", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Search(term) = &command.kind else {
        return None;
    };
    let first = checker.first;
    if first {
        checker.schema = Schema::open();
    }
    let predicate = term.as_ref().map_or(Predicate::True, |term| lower(checker, &mut Results, term));
    Some(if first {
        Op::ScanEvents(ScanEvents { predicate, range: TimeRange::default() })
    } else {
        Op::Filter(predicate)
    })
}

/// The fields of the results that reach the command.
pub(crate) struct Results;

impl Scope for Results {
    fn resolve(&mut self, checker: &mut Checker<'_>, field: &Field) -> Resolved {
        if checker.reads_field(field) { Resolved::Field(field.name.clone()) } else { Resolved::Missing }
    }

    fn has_raw(&self, checker: &Checker<'_>) -> bool {
        checker.schema.may_have("_raw")
    }
}
