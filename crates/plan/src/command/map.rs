//! `map`: a search for each result.
//!
//! Source: Search Reference, "map". The search is checked with numbers in the place of its tokens.

use std::collections::BTreeSet;

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind};

use super::{Spec, option, wants_results};
use crate::checker::Checker;
use crate::suggest::nearest;
use crate::template::{SERIAL, stand_in, tokens};
use crate::{Op, Plan};

pub(super) const SPEC: Spec = Spec { name: "map", check };

/// Searches run when `maxsearches=` does not say.
const DEFAULT_SEARCHES: u64 = 10;

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Map { options, search } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let mut max_searches = DEFAULT_SEARCHES;
    for setting in options {
        let (name, value) = setting;
        if !name.value.eq_ignore_ascii_case("maxsearches") {
            option::unknown(checker, name, &["maxsearches", "search"]);
        } else if let Some(number) = option::number(checker, setting) {
            max_searches = number;
            // Manual: zero is not unlimited. It does not say what it is.
            if number == 0 {
                option::bad_value(checker, name, value, "a number above 0");
            }
        }
    }
    let (mut filled, mut copied) = (String::new(), 0);
    let mut stand_ins = BTreeSet::new();
    for (place, name) in tokens(&search.value) {
        if name != SERIAL {
            checker.needs(name);
            if !checker.schema.may_have(name) {
                let message = format!("no field `{name}` reaches this command, so `${name}$` is never filled");
                let found = Diagnostic::error(codes::UNKNOWN_FIELD, search.span, message);
                let near = nearest(name, checker.schema.fields.iter().map(String::as_str)).map(str::to_owned);
                checker.unknown(found, near.as_deref());
            }
        }
        let number = stand_in(place.len());
        filled.push_str(search.value.get(copied..place.start).unwrap_or_default());
        filled.push_str(&number);
        copied = place.end;
        stand_ins.insert(number);
    }
    filled.push_str(search.value.get(copied..).unwrap_or_default());
    let nested = checker.text_search(&filled, search.span);
    checker.schema = nested.schema;
    let checked = Box::new(known_fields(nested.plan?, &stand_ins));
    Some(Op::Map { template: search.value.clone(), max_searches, checked, stand_ins })
}

/// A token in the place of a field's name may name any field.
fn known_fields(mut plan: Plan, stand_ins: &BTreeSet<String>) -> Plan {
    let named = plan.event_fields.iter().flatten().flatten().any(|name| stand_ins.contains(name));
    if named {
        plan.event_fields = Some(None);
    }
    plan
}
