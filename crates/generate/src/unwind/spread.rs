//! Commands that compare each row with the others: rows that stand out need quiet rows around them.

use std::sync::Arc;

use plan::{Aggregation, Streamstats};

use super::group::argument;
use crate::goal::Goal;
use crate::sizes;
use crate::term::{ClassId, Facet, Formula, Over, Term};

pub(super) fn eventstats(
    goal: &mut Goal<'_>,
    aggregations: &[Aggregation],
    by: &[String],
    active: Vec<ClassId>,
) -> Vec<ClassId> {
    let made =
        |of: ClassId, name: &str| active.contains(&of) && aggregations.iter().any(|made| made.output.as_str() == name);
    let options = sizes::of_surroundings(goal, &made, aggregations);
    let at = goal.choices.pick(options.len());
    let quiet = options.get(at).copied().unwrap_or(0);
    let mut around: Vec<ClassId> = active.iter().copied().filter(|class| !goal.is_main(*class)).collect();
    let mut classes = active.clone();
    if quiet > 0 && around.is_empty() {
        let dim = goal.dim(quiet);
        let class = goal.class(false, vec![dim]);
        around.push(class);
        classes.push(class);
    }
    let main: Vec<ClassId> = active.iter().copied().filter(|class| goal.is_main(*class)).collect();
    let group: Vec<ClassId> = main.iter().chain(&around).copied().collect();
    let dims: Vec<_> = (0..goal.classes.len()).map(|class| goal.dims_of(class).last().copied()).collect();
    let sizes = goal.dims.clone();
    goal.replace(&active, &|_, name| {
        let made = aggregations.iter().find(|made| made.output.as_str() == &**name)?;
        let facets = group.iter().map(|class| {
            let dim = dims.get(*class).copied().flatten();
            let rows = dim.and_then(|dim| sizes.get(dim)).copied().unwrap_or(1);
            Facet { rows, dim, term: argument(&made.over, *class) }
        });
        let function = Arc::from(made.function.as_str());
        Some(Term::Over(Arc::new(Over { function, parameter: made.parameter, facets: facets.collect() })))
    });
    if let Some(first) = group.first().copied() {
        for field in by {
            for class in &group {
                goal.ask(Formula::Present(Term::field(*class, field)));
                if *class != first {
                    goal.ask(Formula::Same(Term::field(first, field), Term::field(*class, field)));
                }
            }
        }
    }
    classes
}

/// The first row of its kind: what is aggregated is the row itself.
pub(super) fn streamstats(goal: &mut Goal<'_>, streamstats: &Streamstats, active: Vec<ClassId>) -> Vec<ClassId> {
    goal.replace(&active, &|class, name| {
        let made = streamstats.aggregations.iter().find(|made| made.output.as_str() == &**name)?;
        let facet = Facet { rows: 1, dim: None, term: argument(&made.over, class) };
        let function = Arc::from(made.function.as_str());
        Some(Term::Over(Arc::new(Over { function, parameter: made.parameter, facets: vec![facet] })))
    });
    active
}
