//! Commands that read.

use plan::{ScanDataset, ScanEvents, TimeRange};
use spl::ast::CompareOp;

use crate::check::{Check, Kind};
use crate::goal::{Conflict, Goal, Scan, Site};
use crate::term::{ClassId, Formula, Term};

/// `search` as the first command.
pub(super) fn events(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    scan: &ScanEvents,
    active: &[ClassId],
) -> Result<Vec<ClassId>, Conflict> {
    super::filter(goal, site, &scan.predicate, active)?;
    for class in active {
        range(goal, &scan.range, *class);
    }
    read_from(goal, Scan::Events, active);
    Ok(Vec::new())
}

/// `from datamodel` and its like.
pub(super) fn dataset(
    goal: &mut Goal<'_>,
    scan: &ScanDataset,
    active: &[ClassId],
) -> Result<Vec<ClassId>, Conflict> {
    if scan.prefixed {
        let prefix = format!("{}.", scan.dataset.id.dataset);
        goal.replace(active, &|class, name| {
            let bare = name.strip_prefix(prefix.as_str())?;
            Some(Term::field(class, bare.rsplit('.').next().unwrap_or(bare)))
        });
    }
    read_from(goal, Scan::Dataset(scan.dataset), active);
    Ok(Vec::new())
}

/// `makeresults`: a row with nothing but a time.
pub(super) fn nothing(goal: &mut Goal<'_>, active: &[ClassId]) -> Result<Vec<ClassId>, Conflict> {
    let now = goal.context.now();
    goal.replace(active, &|_, name| Some(if &**name == "_time" { Term::number(now) } else { Term::null() }));
    read_from(goal, Scan::Nothing, active);
    Ok(Vec::new())
}

/// The rows of these classes are rows of this table.
pub(super) fn read_from(goal: &mut Goal<'_>, scan: Scan, active: &[ClassId]) {
    for class in active {
        if let Some(class) = goal.classes.get_mut(*class) {
            class.scan = Some(scan);
        }
    }
}

/// Time modifiers.
pub(super) fn range(goal: &mut Goal<'_>, range: &TimeRange, class: ClassId) {
    let time = |written: &Option<String>| written.as_ref().and_then(|written| goal.context.resolve(written));
    let (earliest, latest) = (time(&range.earliest), time(&range.latest));
    let mut ask = |op, seconds| {
        goal.ask(Formula::Check(Term::field(class, "_time"), Check::new(Kind::Order(op, seconds), true)));
    };
    if let Some(earliest) = earliest {
        ask(CompareOp::GreaterOrEqual, earliest);
    }
    if let Some(latest) = latest {
        ask(CompareOp::Less, latest);
    }
}
