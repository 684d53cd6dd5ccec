//! The shared scan: which rows of a batch may match which of many searches, found in one pass over the batch's columns.
//!
//! Start from [`Prefilter`]. The conditions of all searches on a table are taken apart into atoms (`field=value`,
//! `field=*fragment*`), each kept once. A distinct value of a column is looked at once: exact values in a hash, fragments by
//! three of their bytes, a match of a whole pattern checked where its longest fragment was found. An atom then is a set
//! of rows, and a search's condition a formula over such sets.
//!
//! ```
//! let search = "| tstats count from datamodel=Endpoint.Processes where Processes.process_name=ngrok.exe by Processes.dest";
//! let plan = plan::check(&spl::parse(search).pipeline, search, &plan::Names::default()).plan.ok_or("refused")?;
//! let mut names = event::TextColumn::default();
//! ["cmd.exe", "NGROK.exe"].iter().for_each(|name| names.push(Some(name)));
//! let rows = event::Columns { rows: 2, columns: vec![("process_name".to_owned(), event::Column::Text(names))] };
//!
//! let prefilter = prefilter::Prefilter::new([&plan]);
//! let processes = cim::find_dataset("Endpoint", "Processes").ok_or("no such dataset")?;
//! let found = prefilter.matches(&normalize::TableId::Dataset(processes.id), &rows);
//! assert_eq!(found.scans.len(), 1);
//! assert_eq!(found.scans[0].rows.iter().collect::<Vec<_>>(), [1]);
//! # Ok::<(), &str>(())
//! ```
//!
//! Invariants: the rows of a scan are a superset of those that its condition holds for, never a subset; what is said of a
//! row does not depend on the other rows of its batch.

mod atom_rows;
mod atoms;
mod columns;
mod fields;
mod formula;
mod known;
mod rowset;
mod table;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use cim::DatasetId;
use event::Columns;
use normalize::{Made, TableId};
use plan::{Op, Plan, Predicate, Tstats, TstatsSource};
use text::Span;

pub use columns::{ColumnRef, Rows, TextRef, Validity, WithText};
use fields::{DatasetFields, FieldsRead};
pub use rowset::RowSet;
use table::{TableFilter, formulas};

/// A scan of a search: what a command reads by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScanId {
    /// The number of the search, in the order given to [`Prefilter::new`].
    pub search: usize,
    /// The place of the command that reads, in the search's text.
    pub span: Span,
}

impl ScanId {
    /// All scans of the searches that a search makes as it runs (`map`).
    pub fn of_made(search: usize) -> Self {
        Self { search, span: Span { start: u32::MAX, end: u32::MAX } }
    }
}

/// The rows of a batch that one scan may want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanRows {
    /// The scan.
    pub scan: ScanId,
    /// Its rows; at least one.
    pub rows: RowSet,
}

/// What a batch has for the searches. Scans that want no row of it are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matches {
    /// Scans with rows, in the order of the searches.
    pub scans: Vec<ScanRows>,
}

impl Matches {
    /// The rows that some scan wants, from the first.
    pub fn wanted(&self) -> Vec<u32> {
        self.union().iter().flat_map(RowSet::iter).filter_map(|row| u32::try_from(row).ok()).collect()
    }

    /// The wanted rows of a table, with what each scan wants of them. `columns` are those rows alone.
    pub fn kept(self, table: TableId, columns: Columns) -> Kept {
        let Some(union) = self.union() else { return Kept { table, columns, scans: Vec::new() } };
        let places = union.ranks();
        let scans = self.scans.iter().map(|scan| {
            let rows = scan.rows.iter().map(|row| places.of(row));
            (scan.scan, Selection::of(rows, columns.rows))
        });
        Kept { table, scans: scans.collect(), columns }
    }

    /// Leave out rows that are not among these.
    pub fn only(&mut self, rows: &RowSet) {
        self.scans.iter_mut().for_each(|scan| scan.rows.intersect(rows));
        self.scans.retain(|scan| !scan.rows.is_empty());
    }

    /// The wanted rows in their order, and which of them each scan wants.
    pub fn selections(&self) -> (Vec<u32>, Vec<(ScanId, Selection)>) {
        let Some(union) = self.union() else { return (Vec::new(), Vec::new()) };
        let places = union.ranks();
        let wanted = self.wanted();
        let scans = self.scans.iter().map(|scan| {
            let rows = scan.rows.iter().map(|row| places.of(row));
            (scan.scan, Selection::of(rows, wanted.len()))
        });
        (wanted.clone(), scans.collect())
    }

    fn union(&self) -> Option<RowSet> {
        let (first, others) = self.scans.split_first()?;
        let mut union = first.rows.clone();
        others.iter().for_each(|scan| union.unite(&scan.rows));
        Some(union)
    }
}

/// Rows of a batch, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Every row.
    All,
    /// These, from the first.
    Rows(Vec<u32>),
}

impl Selection {
    fn of(rows: impl Iterator<Item = usize>, total: usize) -> Self {
        let rows: Vec<u32> = rows.filter_map(|row| u32::try_from(row).ok()).collect();
        if rows.len() == total { Self::All } else { Self::Rows(rows) }
    }
}

/// The rows of a batch that some scan may want.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The table that they belong to.
    pub table: TableId,
    /// The rows.
    pub columns: Columns,
    /// Which of them each scan may want.
    pub scans: Vec<(ScanId, Selection)>,
}

/// How the rows of a scan are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The scan.
    pub scan: ScanId,
    /// The dataset that it reads; `None` is raw events, or data points.
    pub dataset: Option<DatasetId>,
    /// A row must match one of these conditions, or it is not looked at further; `None`: nothing tells rows apart, so that
    /// every row of the table is a candidate, or is held against the whole condition.
    pub needs_one_of: Option<Vec<String>>,
}

/// A scan with its condition.
#[derive(Debug, Clone)]
struct Scan {
    id: ScanId,
    predicate: Predicate,
    /// Text of the condition that holds one of these is not known yet.
    unknown: Arc<BTreeSet<String>>,
}

/// The conditions of many searches.
#[derive(Debug)]
pub struct Prefilter {
    datasets: BTreeMap<DatasetId, Vec<Scan>>,
    events: Vec<Scan>,
    /// Scans of metrics: they want every data point.
    metrics: Vec<Scan>,
    read: FieldsRead,
    dataset_fields: DatasetFields,
    /// Made when a table is first met.
    tables: Mutex<HashMap<TableId, Arc<TableFilter>>>,
}

impl Prefilter {
    /// Collect the conditions of searches.
    pub fn new<'p>(plans: impl IntoIterator<Item = &'p Plan>) -> Self {
        let plans: Vec<&Plan> = plans.into_iter().collect();
        let mut filter = Self {
            datasets: BTreeMap::new(),
            events: Vec::new(),
            metrics: Vec::new(),
            read: FieldsRead::new(plans.iter().copied()),
            dataset_fields: DatasetFields::default(),
            tables: Mutex::new(HashMap::new()),
        };
        for (search, plan) in plans.into_iter().enumerate() {
            filter.add(search, plan);
        }
        filter
    }

    fn add(&mut self, search: usize, plan: &Plan) {
        let known = Arc::default();
        for scan in plan.scans() {
            self.add_scan(ScanId { search, span: scan.span }, scan.op, &known);
        }
        for template in plan.templates() {
            let unknown = Arc::new(template.stand_ins.clone());
            for scan in template.plan.scans() {
                self.add_scan(ScanId::of_made(search), scan.op, &unknown);
            }
        }
    }

    fn add_scan(&mut self, id: ScanId, op: &Op, unknown: &Arc<BTreeSet<String>>) {
        let scan = |predicate| Scan { id, predicate, unknown: Arc::clone(unknown) };
        self.dataset_fields.add(op);
        match op {
            Op::Tstats(tstats) => self.add_tstats(tstats, &scan),
            Op::ScanDataset(read) => self.datasets.entry(read.dataset.id).or_default().push(scan(Predicate::True)),
            // Their conditions tell upper and lower case apart.
            Op::Mstats(_) | Op::Mcatalog(_) => self.metrics.push(scan(Predicate::True)),
            Op::ScanEvents(read) => self.events.push(scan(read.predicate.clone())),
            _ => {}
        }
    }

    /// Where rows of several tables come together, the condition's names are not those of one table: all rows are wanted.
    fn add_tstats(&mut self, tstats: &Tstats, scan: &dyn Fn(Predicate) -> Scan) {
        let predicate = tstats.filter.clone().unwrap_or(Predicate::True);
        match &tstats.source {
            TstatsSource::Events => self.events.push(scan(predicate)),
            TstatsSource::Dataset(dataset) if tstats.children.is_empty() => {
                self.datasets.entry(dataset.id).or_default().push(scan(predicate));
            }
            source => {
                for dataset in source.datasets().iter().chain(&tstats.children) {
                    self.datasets.entry(dataset.id).or_default().push(scan(Predicate::True));
                }
            }
        }
    }

    /// How the rows of each scan are found, in the order of the searches.
    pub fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        let datasets = self.datasets.iter().map(|(dataset, scans)| (Some(*dataset), scans));
        for (dataset, scans) in datasets.chain([(None, &self.events), (None, &self.metrics)]) {
            let (formulas, atoms) = formulas(scans.iter());
            ways.extend(formulas.into_iter().map(|(scan, formula)| {
                let needed = formula.needs_one_of(&atoms);
                let said = |needed: Vec<u32>| {
                    needed.iter().filter_map(|atom| Some(atoms.get(*atom as usize)?.said())).collect()
                };
                Way { scan, dataset, needs_one_of: needed.map(said) }
            }));
        }
        ways.sort_by_key(|way| way.scan);
        ways
    }

    /// The rows of a batch of a table, scan by scan.
    pub fn matches(&self, table: &TableId, rows: &dyn Rows) -> Matches {
        self.table(table).matches(rows)
    }

    /// The fields of a table that conditions are about: what [`Self::matches`] reads of a batch.
    pub fn fields(&self, table: &TableId) -> Arc<BTreeSet<String>> {
        Arc::clone(self.table(table).fields())
    }

    /// The same, but for `_raw` of events, whose text is looked at row by row ([`WithText`]): few rows need it.
    pub fn fields_but_text(&self, table: &TableId) -> Arc<BTreeSet<String>> {
        match table {
            TableId::Events(_) => Arc::clone(self.table(table).fields_but_text()),
            TableId::Dataset(_) | TableId::Metrics => self.fields(table),
        }
    }

    /// What the wanted rows of a sourcetype's events are made of: every row of the fields that searches of a few fields read, and
    /// rows that some search reads the text of, or reads whole, of more.
    pub fn made(&self, matches: &Matches) -> Made {
        let is_wide = |scan: &&ScanRows| self.read.is_wide(scan.scan.search);
        let mut wide: Option<RowSet> = None;
        for scan in matches.scans.iter().filter(is_wide) {
            match &mut wide {
                Some(wide) => wide.unite(&scan.rows),
                None => wide = Some(scan.rows.clone()),
            }
        }
        let searches = || matches.scans.iter().map(|scan| scan.scan.search);
        let narrow = searches().filter(|search| !self.read.is_wide(*search));
        Made {
            narrow: self.read.of(narrow).map(Arc::new),
            wide: self.read.of(searches()).map(Arc::new),
            wide_rows: wide.iter().flat_map(RowSet::iter).filter_map(|row| u32::try_from(row).ok()).collect(),
        }
    }

    /// True when some scan wants every row of a table, whatever is in it.
    pub fn wants_all(&self, table: &TableId) -> bool {
        self.table(table).wants_all
    }

    /// True when some scan may want rows of a table.
    pub fn reads(&self, table: &TableId) -> bool {
        self.table(table).has_scans()
    }

    /// The fields of a table that any search reads; `None` is all.
    pub fn all_fields_read(&self, table: &TableId) -> Option<BTreeSet<String>> {
        match table {
            TableId::Dataset(dataset) => self.dataset_fields.of(*dataset).cloned(),
            TableId::Events(_) => self.read.of(self.table(table).searches()),
            TableId::Metrics => None,
        }
    }

    /// The same of a dataset, for every batch.
    pub fn dataset_fields_read(&self, dataset: DatasetId) -> Option<Arc<BTreeSet<String>>> {
        self.table(&TableId::Dataset(dataset)).read.clone()
    }

    /// Keep the rows of a batch that some scan may want; `None` when none does.
    pub fn keep(&self, table: TableId, columns: Columns) -> Option<Kept> {
        let matches = self.matches(&table, &columns);
        let wanted = matches.wanted();
        if wanted.is_empty() {
            return None;
        }
        let whole = wanted.len() == columns.rows;
        let columns = if whole { columns } else { columns.select(&wanted) };
        Some(matches.kept(table, columns))
    }

    fn table(&self, id: &TableId) -> Arc<TableFilter> {
        // The lock is held while a table's filter is made, so that it is made once.
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = tables.get(id) {
            return Arc::clone(table);
        }
        let table = Arc::new(match id {
            TableId::Dataset(dataset) => {
                let mut table = TableFilter::new(self.datasets.get(dataset).into_iter().flatten());
                table.read = self.dataset_fields.of(*dataset).cloned().map(Arc::new);
                table
            }
            TableId::Events(sourcetype) => {
                let may = |scan: &&Scan| !scan.unknown.is_empty() || scan.predicate.may_hold_for(sourcetype);
                TableFilter::new(self.events.iter().filter(may))
            }
            TableId::Metrics => TableFilter::new(self.metrics.iter()),
        });
        tables.insert(id.clone(), Arc::clone(&table));
        table
    }
}

#[cfg(test)]
mod tests;
