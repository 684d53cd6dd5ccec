//! `fit`: of the toolkit's algorithms the density function.
//!
//! Source: Machine Learning Toolkit User Guide, "Algorithms", "DensityFunction", parameters and syntax constraints.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind, Fit};

use super::models::{Areas, Setting, name_of, outputs, samples, seed};
use super::option::{bad_value, truth};
use super::{Spec, stats, wants_results};
use crate::checker::Checker;
use crate::{Densities, Metric, Op};

pub(super) const SPEC: Spec = Spec { name: "fit", check };

/// The columns of `summary`, which by-fields may not be called.
pub(super) const SUMMARY: &[&str] = &["type", "min", "max", "mean", "std", "cardinality", "distance", "other"];

/// The toolkit's limit.
const MOST_GROUP_FIELDS: usize = 5;

const DENSITIES: &[&str] = &["norm", "expon", "gaussian_kde", "beta"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Fit(fit) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    if fit.algorithm.value != "DensityFunction" {
        let message = format!("algorithm `{}` is not supported", fit.algorithm.value);
        checker.unsupported(codes::UNSUPPORTED_OPTION, fit.algorithm.span, message);
        checker.schema.open = true;
        return None;
    }
    let field = target(checker, fit)?;
    let by = by(checker, fit);
    let options = options(checker, &fit.options);
    let outputs = outputs(&field, options.show_density, None);
    outputs.iter().for_each(|name| checker.schema.add(name));
    let into = fit.into.as_ref().map(|model| name_of(&model.value));
    Some(Op::Fit(crate::Fit { field, by, into, ..options }))
}

fn target(checker: &mut Checker<'_>, fit: &Fit) -> Option<String> {
    let (field, more) = fit.targets.split_first()?;
    for extra in more.iter().chain(&fit.from) {
        let message = format!("`DensityFunction` models one field; `{}` is one too many", extra.name);
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, extra.span, message));
    }
    if field.name.contains('*') {
        checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, "a wildcard as the modelled field is not supported");
        return None;
    }
    checker.reads_field(field);
    Some(field.name.clone())
}

fn by(checker: &mut Checker<'_>, fit: &Fit) -> Vec<String> {
    for (at, field) in fit.by.iter().enumerate() {
        checker.reads_field(field);
        if SUMMARY.contains(&field.name.as_str()) {
            let message = format!("a by-field of `DensityFunction` cannot be called `{}`", field.name);
            let found = Diagnostic::error(codes::BAD_ARGUMENT, field.span, message);
            checker.push(found.help("`summary` has a column of this name: rename the field first"));
        }
        if at == MOST_GROUP_FIELDS {
            let message = format!("`DensityFunction` takes at most {MOST_GROUP_FIELDS} by-fields");
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, field.span, message));
        }
    }
    fit.by.iter().map(|field| field.name.clone()).collect()
}

/// The options, in a `Fit` that lacks field, by-fields and name.
fn options(checker: &mut Checker<'_>, options: &[Setting]) -> crate::Fit {
    let mut areas = Areas::default();
    let mut only = None;
    let mut except = Vec::new();
    let mut metric = Metric::Wasserstein;
    let mut show_density = false;
    for option in options {
        if areas.take(checker, option) || samples(checker, option) || seed(checker, option) {
            continue;
        }
        let (name, value) = option;
        match name.value.to_lowercase().as_str() {
            "dist" if value.value == "auto" => only = None,
            "dist" => only = density(checker, option, &value.value),
            "exclude_dist" => {
                except = value.value.split(',').filter_map(|one| density(checker, option, one.trim())).collect();
            }
            "metric" => match value.value.as_str() {
                "wasserstein" => metric = Metric::Wasserstein,
                "kolmogorov_smirnov" => metric = Metric::KolmogorovSmirnov,
                _ => bad_value(checker, name, value, "`wasserstein` or `kolmogorov_smirnov`"),
            },
            "show_density" => show_density = truth(checker, name, value).unwrap_or(false),
            "partial_fit" => {
                if truth(checker, name, value) == Some(true) {
                    let message = "`partial_fit=true`, which adds to a model, is not supported";
                    checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
                }
            }
            _ => stats::unknown_option(checker, name, KNOWN),
        }
    }
    if let Some((name, value)) = options.iter().find(|(name, _)| name.value.eq_ignore_ascii_case("exclude_dist"))
        && (only.is_some() || except.len() >= DENSITIES.len())
    {
        let message = "`exclude_dist` leaves out one to three densities, and only of `dist=auto`";
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, name.span.to(value.span), message));
    }
    let densities = only.map_or(Densities::Nearest { except }, Densities::One);
    let thresholds = areas.finish(checker);
    crate::Fit { field: String::new(), by: Vec::new(), into: None, densities, metric, thresholds, show_density }
}

const KNOWN: &[&str] = &[
    "dist",
    "exclude_dist",
    "full_sample",
    "lower_threshold",
    "metric",
    "partial_fit",
    "random_state",
    "sample",
    "show_density",
    "threshold",
    "upper_threshold",
];

fn density(checker: &mut Checker<'_>, (name, value): &Setting, written: &str) -> Option<String> {
    if DENSITIES.contains(&written) {
        return Some(written.to_owned());
    }
    bad_value(checker, name, value, "`norm`, `expon`, `gaussian_kde`, `beta` or, for `dist`, `auto`");
    None
}
