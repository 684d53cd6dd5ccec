//! `apply`: a model that `fit` made, on other rows.

use spl::ast::{Command, CommandKind};

use super::models::{Areas, name_of, outputs, read, samples, seed};
use super::option::truth;
use super::{Spec, stats, wants_results};
use crate::checker::Checker;
use crate::{Apply, Op};

pub(super) const SPEC: Spec = Spec { name: "apply", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Apply { model, options, alias } = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let name = name_of(&model.value);
    let mut areas = Areas::default();
    let mut show_density = None;
    for option in options {
        if areas.take(checker, option) || samples(checker, option) || seed(checker, option) {
            continue;
        }
        let (name, value) = option;
        match name.value.to_lowercase().as_str() {
            "show_density" => show_density = truth(checker, name, value),
            // Manual: these cannot be changed when a model is applied; what is given is ignored.
            "dist" | "metric" => {}
            _ => stats::unknown_option(checker, name, KNOWN),
        }
    }
    let thresholds = areas.finish(checker);
    let output = alias.as_ref().map(|alias| alias.name.clone());
    let known = read(checker, &name, model.span);
    match known.flatten() {
        Some(fitted) => {
            checker.reads(&fitted.field, model.span);
            for field in &fitted.by {
                checker.reads(field, model.span);
            }
            let density = show_density.unwrap_or(fitted.show_density);
            let outputs = outputs(&fitted.field, density, output.as_deref());
            outputs.iter().for_each(|name| checker.schema.add(name));
        }
        None => {
            // Which field it models is known only to the model.
            checker.needs("*");
            checker.schema.open = true;
        }
    }
    known?;
    Some(Op::Apply(Apply { model: name, thresholds, show_density, output }))
}

const KNOWN: &[&str] = &[
    "dist",
    "full_sample",
    "lower_threshold",
    "metric",
    "random_state",
    "sample",
    "show_density",
    "threshold",
    "upper_threshold",
];
