//! `streamstats`: aggregates of the rows seen so far, added to every row.

use diag::codes;
use spl::ast::{Command, CommandKind, Expr};
use spl::time::TimeSpan;

use super::option::{bad_value, boolean, number, unknown};
use super::stats;
use super::{Spec, wants_results};
use crate::checker::Checker;
use crate::{Op, Streamstats, expr};

pub(super) const SPEC: Spec = Spec { name: "streamstats", check };

const OPTIONS: &[&str] =
    &["allnum", "current", "global", "reset_after", "reset_before", "reset_on_change", "time_window", "window"];

/// Manual, "streamstats", window: the limit `max_stream_window` of limits.conf.
const LONGEST_WINDOW: u64 = 10_000;

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Streamstats(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let (aggregations, by) = stats::resolve(checker, &written.stats);
    let mut op = Streamstats {
        aggregations,
        by,
        window: 0,
        current: true,
        global: true,
        reset_on_change: false,
        reset_before: resolve(checker, written.reset_before.as_ref()),
        reset_after: None,
        time_window: None,
        all_numbers: false,
    };
    options(checker, command, &mut op);
    stats::add_outputs(checker, &op.aggregations);
    // Manual: the expression may name fields that the command itself makes.
    op.reset_after = resolve(checker, written.reset_after.as_ref());
    Some(Op::Streamstats(op))
}

fn resolve(checker: &mut Checker<'_>, condition: Option<&Expr>) -> Option<Expr> {
    condition.map(|condition| expr::resolve(checker, condition))
}

fn options(checker: &mut Checker<'_>, command: &Command, op: &mut Streamstats) {
    let CommandKind::Streamstats(written) = &command.kind else {
        return;
    };
    for setting in &written.stats.options {
        let (name, value) = setting;
        match name.value.to_lowercase().as_str() {
            "window" => op.window = number(checker, setting).unwrap_or_default(),
            "current" => op.current = boolean(checker, setting).unwrap_or(true),
            "global" => op.global = boolean(checker, setting).unwrap_or(true),
            "reset_on_change" => op.reset_on_change = boolean(checker, setting).unwrap_or_default(),
            "allnum" => op.all_numbers = boolean(checker, setting).unwrap_or_default(),
            "time_window" => {
                if !matches!(
                    TimeSpan::parse(&value.value),
                    Some(TimeSpan::Micros(_) | TimeSpan::Number(_) | TimeSpan::Days { first: None, .. })
                ) {
                    bad_value(checker, name, value, "a span of time such as `5m`");
                }
                checker.reads("_time", value.span);
                op.time_window = Some(value.value.clone());
            }
            _ => unknown(checker, name, OPTIONS),
        }
        if op.window > LONGEST_WINDOW {
            let message = format!("a window of more than {LONGEST_WINDOW} rows is not supported");
            checker.unsupported(codes::UNSUPPORTED_OPTION, value.span, message);
            op.window = LONGEST_WINDOW;
        }
    }
}
