//! `search`: read events, or filter results.

use std::collections::BTreeSet;

use spl::ast::{Command, CommandKind, Field};

use super::Spec;
use crate::checker::Checker;
use crate::predicate::{Raw, Resolved, Scope, lower};
use crate::{Op, Predicate, ScanEvents, Schema, TimeRange, time_range};

pub(super) const SPEC: Spec = Spec { name: "search", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Search(term) = &command.kind else {
        return None;
    };
    let first = checker.first;
    if first {
        checker.schema = Schema::open();
    }
    let terms = match term {
        // What stands here also says what is read: nothing but filters lies between.
        Some(term) if checker.scanning => {
            let mut range = std::mem::take(&mut checker.range);
            let left = time_range::split(checker, term, &mut range);
            checker.range = range;
            left
        }
        term => term.clone(),
    };
    let predicate = terms.as_ref().map_or(Predicate::True, |term| lower(checker, &mut Results, term));
    Some(if first {
        let (range, derived) = (TimeRange::default(), BTreeSet::new());
        Op::ScanEvents(ScanEvents { predicate, range, derived })
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

    fn raw(&self, checker: &Checker<'_>) -> Raw {
        if checker.schema.may_have("_raw") { Raw::Here } else { Raw::Gone }
    }
}
