//! What a plan reads.

use std::collections::BTreeSet;

use spl::compare::{Comparison, Equal};
use text::Span;

use crate::{Op, Plan, Predicate, Stage};

/// A command that reads by itself.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'p> {
    /// What it reads: `ScanEvents`, `ScanDataset`, `Tstats`, `Mstats` or `Mcatalog`.
    pub op: &'p Op,
    /// Its place in the search: no two scans of a search have the same.
    pub span: Span,
}

/// A search that `map` runs, as far as it is known before.
#[derive(Debug, Clone, Copy)]
pub struct Template<'p> {
    /// The search with stand-ins.
    pub plan: &'p Plan,
    /// Text that holds one of these may be any text.
    pub stand_ins: &'p BTreeSet<String>,
}

impl Plan {
    /// Everything that the plan and the plans nested in it read, in order of stages.
    pub fn scans(&self) -> Vec<Scan<'_>> {
        let mut scans = Vec::new();
        in_stages(&self.stages, &mut scans);
        scans
    }
}

impl Plan {
    /// True when the search gives no row where its first scan finds none: then it need not run. A `stats` without a
    /// by-clause counts to 0, and some commands bring rows of their own or write what they are given.
    pub fn is_silent_without_rows(&self) -> bool {
        // What a nested search writes, it writes whatever the search around it finds.
        !self.all_stages().any(|stage| matches!(stage.op, Op::Outputlookup(_)))
            && self.stages.iter().all(|stage| match &stage.op {
                Op::ScanEvents(_) | Op::ScanDataset(_) => true,
                Op::Tstats(tstats) => !tstats.by.is_empty() && !tstats.append,
                Op::Stats { by, .. } => !by.is_empty(),
                // Without groups there is a row, of zeros.
                Op::Mstats(mstats) => !mstats.by.is_empty() || mstats.span.is_some(),
                Op::Filter(_)
                | Op::Where(_)
                | Op::Eval(_)
                | Op::Rename(_)
                | Op::Table(_)
                | Op::Keep(_)
                | Op::Remove(_)
                | Op::Convert { .. }
                | Op::Eventstats { .. }
                | Op::Streamstats(_)
                | Op::Head(_)
                | Op::Tail(_)
                | Op::Sort { .. }
                | Op::Dedup { .. }
                | Op::Fillnull { .. }
                | Op::Filldown { .. }
                | Op::Regex { .. }
                | Op::Bin { .. }
                | Op::Rex { .. }
                | Op::Sed { .. }
                | Op::Lookup(_)
                | Op::Iplocation { .. }
                | Op::Spath { .. }
                | Op::Xmlkv { .. }
                | Op::Fromjson { .. }
                | Op::Extract { .. }
                | Op::Multikv(_)
                | Op::Mvexpand { .. }
                | Op::Makemv { .. }
                | Op::Nomv { .. }
                | Op::Foreach(_)
                | Op::Join(_)
                | Op::Map { .. }
                | Op::Replace { .. }
                | Op::Transaction(_)
                | Op::Reverse
                | Op::Uniq => true,
                _ => false,
            })
    }

    /// The searches that `map` commands run, with stand-ins for what is not known before they run.
    pub fn templates(&self) -> impl Iterator<Item = Template<'_>> {
        self.all_stages().filter_map(|stage| match &stage.op {
            Op::Map { checked, stand_ins, .. } => Some(Template { plan: checked, stand_ins }),
            _ => None,
        })
    }
}

/// The search terms of a command, which may hold subsearches.
pub(crate) fn filter_of(op: &Op) -> Option<&Predicate> {
    match op {
        Op::ScanEvents(scan) => Some(&scan.predicate),
        Op::Tstats(tstats) => tstats.filter.as_ref(),
        Op::Mstats(mstats) => Some(&mstats.filter),
        Op::Mcatalog(mcatalog) => Some(&mcatalog.filter),
        Op::Filter(predicate) => Some(predicate),
        Op::Inputlookup(read) => read.filter.as_ref(),
        _ => None,
    }
}

fn in_stages<'p>(stages: &'p [Stage], scans: &mut Vec<Scan<'p>>) {
    for stage in stages {
        if let Some(filter) = filter_of(&stage.op) {
            in_predicate(filter, scans);
        }
        match &stage.op {
            Op::ScanEvents(_) | Op::ScanDataset(_) | Op::Tstats(_) | Op::Mstats(_) | Op::Mcatalog(_) => {
                scans.push(Scan { op: &stage.op, span: stage.span });
            }
            Op::Append(plan) => in_stages(&plan.stages, scans),
            Op::Appendcols { right, .. } => in_stages(&right.stages, scans),
            Op::Join(join) => in_stages(&join.right.stages, scans),
            Op::Appendpipe(stages) => in_stages(stages, scans),
            _ => {}
        }
    }
}

fn in_predicate<'p>(predicate: &'p Predicate, scans: &mut Vec<Scan<'p>>) {
    match predicate {
        Predicate::And(terms) | Predicate::Or(terms) => terms.iter().for_each(|term| in_predicate(term, scans)),
        Predicate::Not(term) => in_predicate(term, scans),
        Predicate::Subsearch(plan) => in_stages(&plan.stages, scans),
        _ => {}
    }
}

impl Predicate {
    /// May it hold for an event of this sourcetype, as far as its terms on `sourcetype` say?
    pub fn may_hold_for(&self, sourcetype: &str) -> bool {
        match self {
            Self::False => false,
            Self::And(terms) => terms.iter().all(|term| term.may_hold_for(sourcetype)),
            Self::Or(terms) => terms.iter().any(|term| term.may_hold_for(sourcetype)),
            Self::Compare { field, op, value } if field == "sourcetype" => {
                Comparison::new(*op, value).matches(sourcetype)
            }
            Self::In { field, values } if field == "sourcetype" => {
                values.iter().any(|value| Equal::new(value).matches(sourcetype))
            }
            _ => true,
        }
    }
}
