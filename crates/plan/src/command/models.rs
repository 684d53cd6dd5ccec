//! What `fit`, `apply` and `summary` share: names of models, areas of outliers.
//!
//! Source: Machine Learning Toolkit User Guide, "Search commands for machine learning" and "Algorithms", "DensityFunction".

use diag::{Diagnostic, codes};
use spl::ast::Spanned;
use text::Span;

use super::option::{bad_value, truth};
use crate::checker::Checker;
use crate::{FittedModel, Thresholds};

/// An option as written.
pub(super) type Setting = (Spanned<String>, Spanned<String>);

/// The name of a model. `app:` says whom the toolkit shows it to; there is one place for all models here.
pub(super) fn name_of(written: &str) -> String {
    written.strip_prefix("app:").unwrap_or(written).to_owned()
}

/// Note that a model is read. `None` when it is known and Weir cannot run it; else what is known of it.
pub(super) fn read<'n>(checker: &mut Checker<'n>, name: &str, span: Span) -> Option<Option<&'n FittedModel>> {
    if let Some(reason) = checker.names.models.get(name) {
        checker.unsupported(codes::UNSUPPORTED_OPTION, span, format!("model `{name}` is not supported: {reason}"));
        return None;
    }
    Some(checker.names.fitted.get(name))
}

/// The fields that a model gives rows: where it is not known, anything may be among them.
pub(super) fn outputs(field: &str, density: bool, alias: Option<&str>) -> Vec<String> {
    let outlier = alias.map_or_else(|| format!("IsOutlier({field})"), str::to_owned);
    let mut outputs = vec!["BoundaryRanges".to_owned(), outlier];
    if density {
        outputs.push(format!("ProbabilityDensity({field})"));
    }
    outputs
}

/// `threshold=`, `lower_threshold=` and `upper_threshold=`, collected.
#[derive(Default)]
pub(super) struct Areas {
    total: Option<(f64, Span)>,
    lower: Option<(f64, Span)>,
    upper: Option<(f64, Span)>,
}

impl Areas {
    /// Take an option; false when it is none of the three.
    pub(super) fn take(&mut self, checker: &mut Checker<'_>, (name, value): &Setting) -> bool {
        let place = match name.value.to_lowercase().as_str() {
            "threshold" => &mut self.total,
            "lower_threshold" => &mut self.lower,
            "upper_threshold" => &mut self.upper,
            _ => return false,
        };
        let span = name.span.to(value.span);
        if value.value.contains(',') {
            let message = format!("several values of `{}` at once are not supported", name.value);
            checker.unsupported(codes::UNSUPPORTED_OPTION, span, message);
            return true;
        }
        match value.value.parse::<f64>() {
            // Manual: between 0.00000001 and 1; of `threshold` alone it also says 0.000000001.
            Ok(area) if (1e-9..=1.0).contains(&area) => *place = Some((area, span)),
            _ => bad_value(checker, name, value, "a number between 0.000000001 and 1"),
        }
        true
    }

    /// What they say together; `None` when none was given or they do not fit each other, which is reported.
    pub(super) fn finish(self, checker: &mut Checker<'_>) -> Option<Thresholds> {
        let sides = self.lower.or(self.upper);
        match (self.total, sides) {
            (Some((_, span)), Some(_)) => {
                let message = "`threshold` cannot stand beside `lower_threshold` or `upper_threshold`";
                checker.push(Diagnostic::error(codes::BAD_ARGUMENT, span, message));
                None
            }
            (Some((area, _)), None) => Some(Thresholds::Total(area)),
            (None, Some((_, span))) => {
                let (lower, upper) = (self.lower.map(|(area, _)| area), self.upper.map(|(area, _)| area));
                if lower.unwrap_or(0.0) + upper.unwrap_or(0.0) >= 1.0 {
                    let message = "`lower_threshold` and `upper_threshold` are 1 or more together";
                    checker.push(Diagnostic::error(codes::BAD_ARGUMENT, span, message));
                }
                Some(Thresholds::Sides { lower, upper })
            }
            (None, None) => None,
        }
    }
}

/// `sample=` and `full_sample=` add random values; false when the option is neither.
pub(super) fn samples(checker: &mut Checker<'_>, (name, value): &Setting) -> bool {
    if !["sample", "full_sample"].iter().any(|known| name.value.eq_ignore_ascii_case(known)) {
        return false;
    }
    if truth(checker, name, value) == Some(true) {
        let message = format!("option `{}={}` gives random values, which is not supported", name.value, value.value);
        checker.unsupported(codes::UNSUPPORTED_OPTION, name.span.to(value.span), message);
    }
    true
}

/// `random_state=`: nothing is random here, so any seed gives the same model. False when the option is another one.
pub(super) fn seed(checker: &mut Checker<'_>, (name, value): &Setting) -> bool {
    let is_seed = name.value.eq_ignore_ascii_case("random_state");
    if is_seed && value.value.parse::<i64>().is_err() {
        bad_value(checker, name, value, "a whole number");
    }
    is_seed
}
