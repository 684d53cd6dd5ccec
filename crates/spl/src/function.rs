//! The functions that SPL has: names and how many arguments they take.
//!
//! From the manual's pages "Evaluation functions" and "Statistical and charting functions".

mod aggregates;
mod evals;

#[cfg(test)]
mod tests;

pub use aggregates::{AGGREGATES, Aggregate};
pub use evals::{EVALS, Eval, Gives};

/// The eval function of this name, in any letter case.
pub fn eval(name: &str) -> Option<&'static Eval> {
    EVALS.iter().find(|function| function.name.eq_ignore_ascii_case(name))
}

/// An aggregate as a search names it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named {
    /// The aggregate.
    pub aggregate: &'static Aggregate,
    /// The number in the name: 95 of `perc95` and `p95`.
    pub parameter: Option<f64>,
}

/// The aggregate of this name, in any letter case: `dc`, `distinct_count`, `perc95`.
pub fn aggregate(name: &str) -> Option<Named> {
    let named = |text: &str| {
        AGGREGATES.iter().find(|aggregate| {
            aggregate.name.eq_ignore_ascii_case(text)
                || aggregate.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(text))
        })
    };
    let plain = named(name).filter(|aggregate| !aggregate.takes_percent);
    if let Some(aggregate) = plain {
        return Some(Named { aggregate, parameter: None });
    }
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (prefix, percent) = name.split_at_checked(digits)?;
    let aggregate = named(prefix).filter(|aggregate| aggregate.takes_percent)?;
    let parameter = crate::value::parse_number(percent).filter(|percent| (0.0..=100.0).contains(percent))?;
    Some(Named { aggregate, parameter: Some(parameter) })
}

/// The eval function whose name is nearest to a misspelt one.
pub fn closest_eval(name: &str) -> Option<&'static str> {
    nearest(name, EVALS.iter().map(|function| function.name))
}

/// The aggregate whose name is nearest to a misspelt one.
pub fn closest_aggregate(name: &str) -> Option<&'static str> {
    nearest(
        name,
        AGGREGATES
            .iter()
            .flat_map(|aggregate| std::iter::once(aggregate.name).chain(aggregate.aliases.iter().copied())),
    )
}

/// The name nearest to `name`, when no more than a third of it is wrong.
pub(crate) fn nearest(name: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let limit = lower.chars().count() / 3;
    let distances = names.map(|known| (strsim::damerau_levenshtein(&lower, known), known));
    distances.filter(|(distance, _)| *distance <= limit).min().map(|(_, known)| known)
}
