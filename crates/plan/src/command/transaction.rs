//! `transaction`: events that belong together as one result.
//!
//! Source: Search Reference, "transaction".

use diag::{Diagnostic, codes};
use spl::ast::{self, Boundary, Command, CommandKind};

use super::{Spec, option, search, wants_results};
use crate::checker::Checker;
use crate::predicate::lower;
use crate::{Condition, MvList, Op, Transaction, expr};

pub(super) const SPEC: Spec = Spec { name: "transaction", check };

const OPTIONS: &[&str] = &[
    "connected",
    "delim",
    "endswith",
    "keepevicted",
    "keeporphans",
    "maxevents",
    "maxopenevents",
    "maxopentxn",
    "maxpause",
    "maxspan",
    "mvlist",
    "mvraw",
    "name",
    "nullstr",
    "startswith",
    "unifyends",
];

const SECOND: i64 = 1_000_000;

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Transaction(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    if !checker.reads("_time", command.name.span) {
        let message = "`transaction` goes by `_time`, which no longer exists here";
        checker.unsupported(codes::UNSUPPORTED_OPTION, command.name.span, message);
    }
    let mut transaction = Transaction {
        fields: fields(checker, written),
        max_span: None,
        max_pause: None,
        max_events: Some(1000),
        starts_with: condition(checker, written.starts_with.as_ref()),
        ends_with: condition(checker, written.ends_with.as_ref()),
        connected: true,
        keep_evicted: false,
        keep_orphans: false,
        mv_list: MvList::None,
        null_text: "NULL".to_owned(),
        mv_raw: false,
    };
    for setting in &written.options {
        set(checker, setting, &mut transaction);
    }
    for name in ["duration", "eventcount", "closed_txn"] {
        checker.schema.add(name);
    }
    if transaction.keep_orphans {
        checker.schema.add("_txn_orphan");
    }
    Some(Op::Transaction(Box::new(transaction)))
}

fn fields(checker: &mut Checker<'_>, written: &ast::Transaction) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in &written.fields {
        checker.reads_field(field);
        if !names.contains(&field.name) {
            names.push(field.name.clone());
        }
    }
    names
}

fn condition(checker: &mut Checker<'_>, boundary: Option<&Boundary>) -> Option<Condition> {
    Some(match boundary? {
        Boundary::Eval(inner) => Condition::Eval(expr::resolve(checker, inner)),
        Boundary::Terms(terms) => {
            if let Some(subsearch) = terms.subsearches().first() {
                let message = "a subsearch in `startswith` or `endswith` is not supported";
                checker.unsupported(codes::UNSUPPORTED_OPTION, subsearch.span, message);
            }
            Condition::Terms(lower(checker, &mut search::Results, terms))
        }
    })
}

fn set(checker: &mut Checker<'_>, setting: &option::Setting, transaction: &mut Transaction) {
    let (name, value) = setting;
    let written = value.value.trim_matches('"');
    match name.value.to_lowercase().as_str() {
        "maxspan" => transaction.max_span = length(checker, setting),
        "maxpause" => transaction.max_pause = length(checker, setting),
        "maxevents" => match written.parse::<i64>() {
            // Negative is no limit.
            Ok(number) => transaction.max_events = u64::try_from(number).ok(),
            Err(_) => option::bad_value(checker, name, value, "a whole number"),
        },
        "connected" => transaction.connected = option::boolean(checker, setting).unwrap_or(true),
        "keepevicted" => transaction.keep_evicted = option::boolean(checker, setting).unwrap_or(false),
        "keeporphans" => transaction.keep_orphans = option::boolean(checker, setting).unwrap_or(false),
        "mvraw" => transaction.mv_raw = option::boolean(checker, setting).unwrap_or(false),
        "nullstr" => written.clone_into(&mut transaction.null_text),
        "mvlist" => transaction.mv_list = mv_list(written),
        "unifyends" => {
            // An event without any of the fields is in no transaction, so this is how it always is.
            option::boolean(checker, setting);
        }
        "name" => option::refuse(checker, setting, "is not supported: no transaction types are loaded"),
        "maxopentxn" | "maxopenevents" => {
            option::number(checker, setting);
            option::refuse(checker, setting, "is not supported: open transactions are not limited");
        }
        "delim" => option::refuse(checker, setting, "is not supported"),
        _ => option::unknown(checker, name, OPTIONS),
    }
}

/// `5m` in microseconds; none for a negative one, which is no limit.
fn length(checker: &mut Checker<'_>, (name, value): &option::Setting) -> Option<i64> {
    let written = value.value.trim_matches('"');
    let digits = written.trim_start_matches('-').trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = written.get(written.len() - written.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).len()..);
    let seconds = match unit.unwrap_or_default().to_lowercase().as_str() {
        "" | "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86_400,
        _ => 0,
    };
    // Too large a number is as wrong as none.
    let number: Option<i64> = digits.parse().ok();
    match number.and_then(|number| number.checked_mul(seconds * SECOND)) {
        Some(length) if seconds > 0 => (!written.starts_with('-')).then_some(length),
        _ => {
            let message = format!("option `{}` takes a length of time such as `5m`, not `{written}`", name.value);
            checker.push(Diagnostic::error(codes::UNKNOWN_OPTION, value.span, message));
            None
        }
    }
}

/// True, false, or the fields that are lists.
fn mv_list(written: &str) -> MvList {
    match written.to_lowercase().as_str() {
        "t" | "true" | "1" => MvList::All,
        "f" | "false" | "0" => MvList::None,
        _ => {
            let names = written.split([',', ' ']).filter(|name| !name.is_empty());
            MvList::Fields(names.map(str::to_owned).collect())
        }
    }
}
