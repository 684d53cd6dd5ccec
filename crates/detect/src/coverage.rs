//! Which detections can fire on which logs: every dataset, sourcetype and field that a search reads, held against what packs
//! know, or against what logs have.
//!
//! Start from [`World::of_packs`] or [`World::of_logs`], then [`World::cover`] for each plan.

mod may;
mod seen;

use std::collections::{BTreeMap, BTreeSet};

use cim::{Dataset, DatasetId};
use normalize::testing::Evidence;
use normalize::{Normalizer, PackSource, Source, TableId};
use plan::{Op, Plan, Predicate, Tstats};
use prefilter::Prefilter;
use rayon::prelude::*;
use text::Span;

use may::{Known, may_hold};
pub use seen::{Look, Seen};

/// What is missing for a detection to fire.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// What it is.
    pub kind: MissingKind,
    /// Its name: `Endpoint.Processes`, `sourcetype="aws:cloudtrail"`, `Web.status`.
    pub name: String,
    /// Why, in one line.
    pub reason: String,
    /// The place of the command that reads it, in the search's text.
    pub span: Span,
}

/// What can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissingKind {
    /// A dataset that nothing fills.
    Dataset,
    /// Events that nothing gives.
    Sourcetype,
    /// A field that nothing gives a value.
    Field,
    /// The search itself: it does not run.
    Search,
}

impl MissingKind {
    /// As reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dataset => "dataset",
            Self::Sourcetype => "sourcetype",
            Self::Field => "field",
            Self::Search => "search",
        }
    }
}

/// What a detection finds of what it needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// What is missing.
    pub missing: Vec<Missing>,
    /// The sources that it can read, by their place in the world.
    pub sources: BTreeSet<usize>,
}

/// Sources of events and the datasets that they fill.
#[derive(Debug, Default)]
pub struct World {
    /// The sources.
    pub sources: Vec<Origin>,
    datasets: BTreeMap<DatasetId, Filled>,
    /// How it says that nothing gives something.
    said: Said,
}

/// Events of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The pack, or the sourcetype in logs.
    pub name: String,
    /// One line.
    pub description: String,
    /// Sourcetypes, the usual one first.
    pub sourcetypes: Vec<String>,
    /// Sources; `*` stands for any text.
    pub sources: Vec<String>,
    /// The index, where events say one.
    pub index: Option<String>,
    /// Event types.
    pub eventtypes: BTreeSet<String>,
    /// Fields that have a value in some event.
    pub fields: BTreeSet<String>,
    /// Events may have other fields.
    pub is_open: bool,
    /// They are measurements.
    pub is_metrics: bool,
    /// The datasets that they fill.
    pub datasets: BTreeSet<DatasetId>,
}

#[derive(Debug, Default)]
struct Filled {
    sources: BTreeSet<usize>,
    fields: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Said {
    no_dataset: &'static str,
    no_events: &'static str,
    no_field: &'static str,
}

/// Fields that every event has.
const DEFAULTS: &[&str] =
    &["_time", "_raw", "host", "source", "sourcetype", "index", "tag", "eventtype", "linecount", "splunk_server"];

impl World {
    /// What packs know: what they compute and extract, and what the events of their tests show.
    pub fn of_packs(normalizer: &Normalizer, files: &[PackSource<'_>]) -> Self {
        let evidence: Vec<Evidence> =
            files.par_iter().filter_map(|file| normalize::testing::evidence(normalizer, file)).collect();
        let said = Said {
            no_dataset: "no pack fills it",
            no_events: "no pack gives such events",
            no_field: "no pack that fills it gives this field a value",
        };
        let mut world = Self { said, ..Self::default() };
        for source in normalizer.sources() {
            let shown = evidence.iter().filter(|evidence| evidence.pack == source.pack);
            world.add_pack(&source, shown);
        }
        world
    }

    fn add_pack<'e>(&mut self, source: &Source, shown: impl Iterator<Item = &'e Evidence>) {
        let at = self.sources.len();
        let mut origin = Origin {
            name: source.pack.clone(),
            description: source.description.clone(),
            sourcetypes: std::iter::once(&source.sourcetype).chain(&source.also).cloned().collect(),
            sources: source.source.iter().map(|template| starred(template)).collect(),
            index: source.index.clone(),
            eventtypes: source.eventtypes.clone(),
            fields: source.fields.clone(),
            is_open: source.is_open,
            is_metrics: source.is_metrics,
            datasets: BTreeSet::new(),
        };
        for group in &source.groups {
            for dataset in &group.datasets {
                self.fill(*dataset, at, group.fields.iter());
                origin.datasets.insert(*dataset);
            }
        }
        for evidence in shown {
            origin.fields.extend(evidence.fields.iter().cloned());
            for (dataset, fields) in &evidence.datasets {
                self.fill(*dataset, at, fields.iter());
                origin.datasets.insert(*dataset);
            }
        }
        self.sources.push(origin);
    }

    fn fill<'f>(&mut self, dataset: DatasetId, source: usize, fields: impl Iterator<Item = &'f String>) {
        let filled = self.datasets.entry(dataset).or_default();
        filled.sources.insert(source);
        filled.fields.extend(fields.cloned());
    }

    /// What a plan finds of what it needs.
    pub fn cover(&self, plan: &Plan) -> Coverage {
        let mut coverage = Coverage::default();
        let prefilter = Prefilter::new([plan]);
        let templates = plan.templates().flat_map(|template| template.plan.scans());
        let mut raw = BTreeSet::new();
        let mut first_raw = None;
        for scan in plan.scans().into_iter().chain(templates) {
            match scan.op {
                Op::Tstats(tstats) => self.tstats(tstats, scan.span, &prefilter, &mut coverage),
                Op::ScanDataset(read) => {
                    let fields = read.fields.iter().map(|(name, _)| name.clone()).collect();
                    self.dataset(read.dataset, Some(&fields), scan.span, &mut coverage);
                }
                Op::ScanEvents(read) => {
                    let found = self.events(&read.predicate, scan.span, &mut coverage);
                    first_raw.get_or_insert(scan.span);
                    raw.extend(found);
                }
                Op::Mstats(_) | Op::Mcatalog(_) => self.metrics(scan.span, &mut coverage),
                _ => {}
            }
        }
        if let (Some(span), Some(Some(fields)), false) = (first_raw, plan.all_event_fields(), raw.is_empty()) {
            self.event_fields((&fields, &Made::by(plan)), &raw, span, &mut coverage);
        }
        coverage.sources.extend(raw);
        coverage.missing.sort();
        coverage.missing.dedup();
        coverage
    }

    fn tstats(&self, tstats: &Tstats, span: Span, prefilter: &Prefilter, coverage: &mut Coverage) {
        if let plan::TstatsSource::Events = tstats.source {
            let all = Predicate::True;
            let found = self.events(tstats.filter.as_ref().unwrap_or(&all), span, coverage);
            coverage.sources.extend(found);
            return;
        }
        for dataset in tstats.source.datasets().iter().chain(&tstats.children) {
            let fields = prefilter.all_fields_read(&TableId::Dataset(dataset.id));
            self.dataset(dataset, fields.as_ref(), span, coverage);
        }
    }

    fn dataset(
        &self,
        dataset: &'static Dataset,
        fields: Option<&BTreeSet<String>>,
        span: Span,
        coverage: &mut Coverage,
    ) {
        // Findings fill it: it needs no log.
        if dataset.id.model == "Risk" {
            return;
        }
        let missing = |kind, name: String, reason: &str| Missing { kind, name, reason: reason.to_owned(), span };
        let Some(filled) = self.datasets.get(&dataset.id) else {
            let name = dataset.id.to_string();
            coverage.missing.push(missing(MissingKind::Dataset, name, self.said.no_dataset));
            return;
        };
        coverage.sources.extend(&filled.sources);
        for field in fields.into_iter().flatten() {
            let Some(known) = dataset.field(field) else { continue };
            if !DEFAULTS.contains(&known.name) && !is_given(dataset, known.name, &filled.fields) {
                let name = format!("{}.{field}", dataset.id);
                let said = if is_of_assets(field) { FROM_ASSETS } else { self.said.no_field };
                coverage.missing.push(missing(MissingKind::Field, name, said));
            }
        }
    }

    /// The sources of which a condition may hold.
    fn events(&self, predicate: &Predicate, span: Span, coverage: &mut Coverage) -> BTreeSet<usize> {
        let sources = self.sources.iter().enumerate().filter(|(_, origin)| !origin.is_metrics);
        let found: BTreeSet<usize> =
            sources.filter(|(_, origin)| may_hold(predicate, origin)).map(|(at, _)| at).collect();
        if found.is_empty() {
            let name = may::asked(predicate);
            let reason = self.said.no_events.to_owned();
            coverage.missing.push(Missing { kind: MissingKind::Sourcetype, name, reason, span });
        }
        found
    }

    fn metrics(&self, span: Span, coverage: &mut Coverage) {
        let found: Vec<usize> =
            self.sources.iter().enumerate().filter(|(_, origin)| origin.is_metrics).map(|(at, _)| at).collect();
        if found.is_empty() {
            let reason = self.said.no_events.to_owned();
            let name = "metrics".to_owned();
            coverage.missing.push(Missing { kind: MissingKind::Sourcetype, name, reason, span });
        }
        coverage.sources.extend(found);
    }

    fn event_fields(
        &self,
        (fields, made): (&BTreeSet<String>, &Made),
        sources: &BTreeSet<usize>,
        span: Span,
        coverage: &mut Coverage,
    ) {
        let origins: Vec<&Origin> = sources.iter().filter_map(|at| self.sources.get(*at)).collect();
        for field in fields.iter().filter(|field| !made.has(field)) {
            let is_default = DEFAULTS.contains(&field.as_str()) || plan::is_derived(field) || field.contains('*');
            let given = |origin: &&Origin| origin.fields.contains(field) || (origin.is_open && !is_common(field));
            if !is_default && !origins.iter().any(given) {
                let names: Vec<&str> = origins.iter().map(|origin| origin.name.as_str()).collect();
                let said = if is_of_assets(field) { FROM_ASSETS } else { self.said.no_field };
                let reason = format!("{said} ({})", names.join(", "));
                coverage.missing.push(Missing { kind: MissingKind::Field, name: field.clone(), reason, span });
            }
        }
    }
}

const FROM_ASSETS: &str = "a list of assets and identities gives it, no log does";

/// Fields that Enterprise Security looks up in the lists of assets and identities.
fn is_of_assets(field: &str) -> bool {
    field == "cim_entity_zone" || ["_category", "_bunit", "_priority"].iter().any(|end| field.ends_with(end))
}

/// Fields that a search makes by itself: whether events have them too does not matter.
#[derive(Debug, Default)]
struct Made {
    fields: BTreeSet<String>,
    /// It may make fields of any name.
    is_open: bool,
}

impl Made {
    fn by(plan: &Plan) -> Self {
        let mut made = Self::default();
        for stage in plan.all_stages() {
            match &stage.op {
                Op::Eval(assignments) => made.fields.extend(assignments.iter().map(|(name, _)| name.clone())),
                Op::Rename(pairs) => made.fields.extend(pairs.iter().map(|(_, name)| name.clone())),
                Op::Rex { groups, .. } => made.fields.extend(groups.iter().cloned()),
                Op::Iplocation(found) => made.fields.extend(found.outputs.iter().map(|(_, name)| name.clone())),
                Op::Lookup(lookup) => match &lookup.outputs {
                    Some(outputs) => made.fields.extend(outputs.iter().map(|(_, name)| name.clone())),
                    None => made.is_open = true,
                },
                Op::Spath { path: Some(path), output, .. } => {
                    made.fields.insert(output.clone().unwrap_or_else(|| path.clone()));
                }
                Op::Spath { path: None, .. }
                | Op::Xmlkv { .. }
                | Op::Fromjson { .. }
                | Op::Extract { .. }
                | Op::Multikv(_)
                | Op::Foreach(_)
                | Op::Inputlookup(_)
                | Op::Join(_) => made.is_open = true,
                _ => {}
            }
        }
        made
    }

    fn has(&self, field: &str) -> bool {
        self.is_open || self.fields.contains(field)
    }
}

/// A name of the Common Information Model: an add-on gives it, not the log by itself.
fn is_common(field: &str) -> bool {
    cim::MODELS.iter().flat_map(|model| model.datasets.iter()).any(|dataset| dataset.field(field).is_some())
}

/// Does a dataset's field get a value: from an event, or made of fields that do?
fn is_given(dataset: &Dataset, field: &str, given: &BTreeSet<String>) -> bool {
    is_given_within(dataset, field, given, 4)
}

/// Two fields may be made of one another, so the way from field to field has an end.
fn is_given_within(dataset: &Dataset, field: &str, given: &BTreeSet<String>, steps: usize) -> bool {
    let Some(known) = dataset.field(field) else { return false };
    let made_of = known.calculation.made_of();
    given.contains(field)
        || known.calculation.is_always_made()
        || (steps > 0
            && !made_of.is_empty()
            && made_of.iter().all(|other| is_given_within(dataset, other, given, steps - 1)))
}

/// A template with its fields as `*`.
fn starred(template: &str) -> String {
    let pieces = template.split('$').enumerate();
    pieces.map(|(at, piece)| if at % 2 == 0 { piece } else { "*" }).collect()
}

impl Origin {
    /// What is known of a field that tells sources apart.
    fn known(&self, field: &str) -> Known<'_> {
        match field {
            "sourcetype" => Known::Any(&self.sourcetypes),
            "source" => Known::Any(&self.sources),
            "eventtype" => Known::Some(&self.eventtypes),
            "index" => Known::Index(self.index.as_deref()),
            _ => Known::Nothing,
        }
    }
}

#[cfg(test)]
mod tests;
