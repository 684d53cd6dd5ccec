//! Commands that read.

use std::sync::Arc;

use cim::Dataset;
use plan::{Inputlookup, ScanDataset, ScanEvents, TimeRange, Tstats, TstatsSource};
use spl::ast::CompareOp;

use crate::check::{Check, Kind};
use crate::goal::{Conflict, Goal, Scan, Site};
use crate::term::{ClassId, Formula, Source, SourceKind, Term};

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
pub(super) fn dataset(goal: &mut Goal<'_>, scan: &ScanDataset, active: &[ClassId]) -> Result<Vec<ClassId>, Conflict> {
    goal.replace(active, &|class, name| {
        let (own, _) = scan.fields.iter().find(|(_, output)| output.as_str() == &**name)?;
        Some(Term::field(class, own))
    });
    for class in active {
        range(goal, &scan.range, *class);
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

/// `inputlookup`: a row of the lookup.
pub(super) fn inputlookup(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    read: &Inputlookup,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let (rest, own): (Vec<ClassId>, Vec<ClassId>) =
        if read.append { active.into_iter().partition(|_| goal.choices.pick(2) == 0) } else { (Vec::new(), active) };
    if let Some(filter) = &read.filter {
        super::filter(goal, site, filter, &own)?;
    }
    let columns = goal.context.columns(&read.name);
    for class in &own {
        goal.formulas.extend(columns.first().map(|column| Formula::Present(Term::field(*class, column))));
    }
    let depth = goal.depth;
    goal.replace(&own, &|class, name| {
        // The class tells apart the rows that are read.
        let row = u32::try_from(class).unwrap_or_default();
        let inputs = vec![(Arc::from("#row"), Term::number(f64::from(row)))];
        let kind = SourceKind::Lookup(read.name.as_str().into());
        Some(Term::Part(Arc::new(Source { kind, depth, inputs }), Arc::clone(name)))
    });
    read_from(goal, Scan::Nothing, &own);
    Ok(rest)
}

/// `makeresults data=`: one of the rows that are written out.
pub(super) fn written(
    goal: &mut Goal<'_>,
    fields: &[String],
    rows: &[Vec<Option<String>>],
    active: &[ClassId],
) -> Result<Vec<ClassId>, Conflict> {
    for class in active {
        let at = goal.choices.pick(rows.len());
        let row = rows.get(at).ok_or_else(|| Conflict::new("no rows are written out"))?;
        goal.replace(&[*class], &|_, name| {
            let at = fields.iter().position(|field| field.as_str() == &**name);
            let cell = at.and_then(|at| row.get(at)).and_then(Option::as_deref);
            Some(cell.map_or_else(Term::null, Term::text))
        });
    }
    read_from(goal, Scan::Nothing, active);
    Ok(Vec::new())
}

/// What `tstats` reads: fields of one dataset, of one of its children, of one of a model's roots, or of raw events.
pub(super) fn tstats(goal: &mut Goal<'_>, tstats: &Tstats, active: &[ClassId]) {
    let dataset = match &tstats.source {
        TstatsSource::Events => {
            read_from(goal, Scan::Events, active);
            return;
        }
        TstatsSource::Dataset(dataset) => {
            let children = tstats.children.iter().copied();
            let child = children
                .map(|child| (child, child_prefix(dataset, child)))
                .find(|(_, prefix)| asks_for(goal, active, prefix));
            match child {
                Some((child, prefix)) => {
                    strip(goal, active, &prefix);
                    child
                }
                None => dataset,
            }
        }
        TstatsSource::Roots(roots) => {
            let prefixes = roots.iter().map(|root| (*root, format!("{}.", root.lineage())));
            let Some((root, prefix)) =
                prefixes.clone().find(|(_, prefix)| asks_for(goal, active, prefix)).or_else(|| prefixes.clone().next())
            else {
                return;
            };
            strip(goal, active, &prefix);
            root
        }
    };
    read_from(goal, Scan::Dataset(dataset), active);
}

fn child_prefix(dataset: &Dataset, child: &Dataset) -> String {
    let full = child.lineage();
    let rest = full.strip_prefix(&format!("{}.", dataset.lineage())).unwrap_or(&full);
    format!("{rest}.")
}

/// Is something asked of a field whose name begins so?
fn asks_for(goal: &Goal<'_>, active: &[ClassId], prefix: &str) -> bool {
    let mut found = false;
    for formula in &goal.formulas {
        formula.visit(&mut |term| {
            if let Term::Field(class, name) = term {
                found |= active.contains(class) && name.starts_with(prefix);
            }
        });
    }
    found
}

fn strip(goal: &mut Goal<'_>, active: &[ClassId], prefix: &str) {
    goal.replace(active, &|class, name| Some(Term::field(class, name.strip_prefix(prefix)?)));
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
