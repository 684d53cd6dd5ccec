//! How many rows: numbers that later conditions compare aggregates with say which are worth trying.

use plan::Aggregation;
use spl::value::Value;

use crate::check::{Check, Kind};
use crate::goal::Goal;
use crate::term::{ClassId, Formula, Term};

/// More rows than this are not made for one result row.
const MOST: f64 = 2_000.0;

/// Sizes of a group, the likeliest first. `made` tells the fields that the aggregates give.
pub(crate) fn of_groups(
    goal: &mut Goal<'_>,
    made: &dyn Fn(ClassId, &str) -> bool,
    aggregations: &[Aggregation],
) -> Vec<usize> {
    let counts =
        aggregations.iter().any(|made| matches!(made.function.as_str(), "count" | "dc" | "sum" | "values" | "list"));
    let mut sizes = vec![1];
    if counts {
        sizes.extend(thresholds(goal, made));
    }
    sizes.sort_unstable();
    sizes.dedup();
    let fits = |size: usize| {
        let given = |class: ClassId, name: &str| {
            let aggregation = aggregations.iter().find(|made| made.output == name).filter(|_| made(class, name))?;
            matches!(aggregation.function.as_str(), "count" | "dc").then(|| number(size))
        };
        goal.formulas
            .iter()
            .all(|formula| goal.context.fold(&formula.map(&|class, name| given(class, name))) != Some(false))
    };
    let (mut good, others): (Vec<usize>, Vec<usize>) = sizes.into_iter().partition(|size| fits(*size));
    if goal.breaking.is_some() {
        // A near miss is just below what would do.
        good.reverse();
    }
    good.extend(others);
    good
}

/// How many quiet rows surround the ones that stand out, the likeliest first; 0 is none.
pub(crate) fn of_surroundings(
    goal: &mut Goal<'_>,
    made: &dyn Fn(ClassId, &str) -> bool,
    aggregations: &[Aggregation],
) -> Vec<usize> {
    let asked = |function: &[&str]| {
        aggregations.iter().any(|aggregation| {
            function.contains(&aggregation.function.as_str())
                && goal
                    .formulas
                    .iter()
                    .any(|formula| mentions(formula, &|class, name| made(class, name) && name == aggregation.output))
        })
    };
    if asked(&["stdev", "stdevp", "var", "avg", "mean", "perc", "exactperc", "median"]) {
        return vec![25, 0, 60, 8, 3];
    }
    let mut sizes = vec![0];
    if asked(&["count", "dc", "sum", "values", "list"]) {
        sizes
            .extend(thresholds(goal, made).into_iter().filter_map(|size| size.checked_sub(1)).filter(|size| *size > 0));
        sizes.extend([1, 3]);
    } else if asked(&["max", "min", "range", "first", "last", "earliest", "latest"]) {
        sizes.push(1);
    }
    let mut seen = Vec::new();
    sizes.retain(|size| {
        !seen.contains(size) && {
            seen.push(*size);
            true
        }
    });
    sizes
}

/// Numbers of events that a transaction is made of.
pub(crate) fn of_events(goal: &mut Goal<'_>, counted: &dyn Fn(ClassId, &str) -> bool) -> Vec<usize> {
    let mut sizes = thresholds(goal, counted);
    sizes.push(1);
    sizes.sort_unstable();
    sizes.dedup();
    let fits = |size: usize| {
        goal.formulas.iter().all(|formula| {
            let formula = formula.map(&|class, name| counted(class, name).then(|| number(size)));
            goal.context.fold(&formula) != Some(false)
        })
    };
    let (mut good, others): (Vec<usize>, Vec<usize>) = sizes.into_iter().partition(|size| fits(*size));
    if goal.breaking.is_some() {
        good.reverse();
    }
    good.extend(others);
    good
}

#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
fn number(size: usize) -> Term {
    Term::number(size as f64)
}

fn mentions(formula: &Formula, wanted: &dyn Fn(ClassId, &str) -> bool) -> bool {
    let mut found = false;
    formula.visit(&mut |term| {
        if let Term::Field(class, name) = term {
            found |= wanted(*class, name);
        }
    });
    found
}

/// The numbers in formulas about the fields, and those next to them.
fn thresholds(goal: &Goal<'_>, made: &dyn Fn(ClassId, &str) -> bool) -> Vec<usize> {
    let mut numbers = Vec::new();
    for formula in goal.formulas.iter().filter(|formula| mentions(formula, made)) {
        numbers_in(formula, &mut numbers);
    }
    let mut sizes: Vec<usize> = Vec::new();
    for number in numbers.into_iter().filter(|number| (0.0..=MOST).contains(number)) {
        for size in [number.floor() - 1.0, number.floor(), number.floor() + 1.0] {
            if size >= 1.0 {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to MOST")]
                sizes.push(size as usize);
            }
        }
    }
    sizes.sort_unstable();
    sizes.dedup();
    sizes.truncate(40);
    sizes
}

/// Every number that a formula names.
pub(crate) fn numbers_in(formula: &Formula, numbers: &mut Vec<f64>) {
    formula.visit(&mut |term| match term {
        Term::Value(Value::Number(number)) => numbers.push(*number),
        Term::Value(value) => numbers.extend(value.as_number()),
        _ => (),
    });
    checks_in(formula, &mut |check| match &*check.kind {
        Kind::Order(_, number) | Kind::Is(Value::Number(number)) => numbers.push(*number),
        Kind::Search(_, pattern, _) => numbers.extend(spl::value::parse_number(&pattern.parts.join("*"))),
        _ => (),
    });
}

fn checks_in(formula: &Formula, see: &mut dyn FnMut(&Check)) {
    match formula {
        Formula::Check(_, check) => see(check),
        Formula::All(formulas) | Formula::Any(formulas) => {
            formulas.iter().for_each(|formula| checks_in(formula, see));
        }
        Formula::Not(formula) => checks_in(formula, see),
        _ => (),
    }
}
