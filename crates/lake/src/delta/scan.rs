//! The shared scan over stored tables: one read for all searches.
//!
//! By group of rows: the columns that conditions are about are read first, as dictionaries where they are stored so, and
//! matched once per distinct value; of the other columns only the wanted rows are read. Days and groups of rows
//! outside the window are not opened.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, UInt32Array};
use datafusion::arrow::compute::{cast, concat_batches, take_record_batch};
use datafusion::arrow::datatypes::{DataType, Date32Type, Field, Schema, SchemaRef, TimestampMicrosecondType};
use datafusion::arrow::error::ArrowError;
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, RowSelection};
use datafusion::parquet::arrow::async_reader::{ParquetRecordBatchStream, ParquetRecordBatchStreamBuilder};
use datafusion::parquet::basic::Encoding;
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::metadata::RowGroupMetaData;
use datafusion::parquet::file::statistics::Statistics;
use futures::{StreamExt, TryStreamExt};
use normalize::TableId;
use prefilter::{Prefilter, RowSet};

use super::file::StoredFile;
use super::{DATE, Lake, MICROS_A_DAY, decode, delta_error};
use crate::arrow_rows::ArrowRows;
use crate::candidates::KeptBatch;
use crate::{CandidatesBuilder, LakeError, types};

/// Rows are matched in batches of so many.
const ROWS_A_BATCH: usize = 64 * 1024;

/// What to look for, and when.
#[derive(Debug, Clone)]
pub struct StoredScan {
    /// The conditions of the searches.
    pub prefilter: Arc<Prefilter>,
    /// First instant covered, in microseconds since the epoch.
    pub earliest: Option<i64>,
    /// First instant no longer covered.
    pub latest: Option<i64>,
    /// Groups of rows that are read at once.
    pub threads: usize,
}

/// What a scan read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoredReport {
    /// Rows looked at, by table: those of groups that the window meets.
    pub rows: BTreeMap<TableId, u64>,
    /// Parquet files opened.
    pub files: u64,
    /// Bytes of the columns that were read, as stored; of columns read in part the whole is counted.
    pub bytes: u64,
}

/// A group of rows of a file.
struct Unit {
    file: StoredFile,
    group: usize,
    metadata: ArrowReaderMetadata,
}

/// What all units of a table share.
struct Reading {
    table: TableId,
    scan: StoredScan,
    /// The fields of conditions.
    predicate: Arc<BTreeSet<String>>,
    /// The fields that searches read; `None` is all.
    read: Option<BTreeSet<String>>,
}

impl Lake {
    /// The tables that are stored.
    ///
    /// # Errors
    /// When the store cannot be listed.
    pub async fn table_ids(&self) -> Result<Vec<TableId>, LakeError> {
        let datasets: HashSet<String> = self.folders("datasets").await?.into_iter().collect();
        let all = cim::MODELS.iter().flat_map(|model| model.datasets.iter());
        let mut ids: Vec<TableId> = all
            .filter(|dataset| datasets.contains(&dataset.id.to_string()))
            .map(|dataset| TableId::Dataset(dataset.id))
            .collect();
        ids.extend(self.folders("events").await?.iter().map(|folder| TableId::Events(decode(folder))));
        ids.extend(self.folders("metrics").await?.iter().map(|_| TableId::Metrics));
        ids.sort();
        Ok(ids)
    }

    /// Find the rows of all tables that some search may want.
    ///
    /// # Errors
    /// When a table cannot be read, or has deletion vectors: rows that another tool has deleted would be found.
    pub async fn candidates(&self, scan: &StoredScan, into: &mut CandidatesBuilder) -> Result<StoredReport, LakeError> {
        let mut report = StoredReport::default();
        for id in self.table_ids().await? {
            if scan.prefilter.reads(&id) {
                self.candidates_of(id, scan, into, &mut report).await?;
            }
        }
        Ok(report)
    }

    async fn candidates_of(
        &self,
        id: TableId,
        scan: &StoredScan,
        into: &mut CandidatesBuilder,
        report: &mut StoredReport,
    ) -> Result<(), LakeError> {
        let Some(table) = self.load(&id).await? else { return Ok(()) };
        let fail = |source| delta_error(&id, "read", source);
        let mut files = Vec::new();
        for file in table.snapshot().map_err(fail)?.log_data().iter() {
            if file.deletion_vector_descriptor().is_some() {
                return Err(LakeError::Deleted { table: id.to_string() });
            }
            let days = file.partition_values_map();
            if in_days(days.get(DATE).and_then(Option::as_deref), scan) {
                let size = u64::try_from(file.size()).unwrap_or(0);
                files.push((days.get(DATE).cloned().flatten(), file.object_store_path(), size));
            }
        }
        files.sort();
        report.files += files.len() as u64;
        let read = scan.prefilter.all_fields_read(&id);
        let reading = Arc::new(Reading {
            predicate: scan.prefilter.fields(&id),
            table: id.clone(),
            scan: scan.clone(),
            read: read.filter(|read| read.iter().all(|field| !field.contains('*'))),
        });
        let failed = |source: ParquetError| LakeError::Parquet { table: id.to_string(), source };
        let store = table.log_store().object_store(None);
        let stored = |(_, path, size)| StoredFile { store: Arc::clone(&store), path, size };
        let units: Vec<Vec<Unit>> = futures::stream::iter(files)
            .map(|file| units(Arc::clone(&reading), stored(file)))
            .buffered(scan.threads.max(1))
            .try_collect()
            .await
            .map_err(failed)?;
        let tasks = units.into_iter().flatten().map(|unit| tokio::spawn(scan_unit(Arc::clone(&reading), unit)));
        let mut found = futures::stream::iter(tasks).buffered(scan.threads.max(1));
        while let Some(scanned) = found.next().await {
            let scanned = match scanned {
                Ok(scanned) => scanned?,
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            };
            *report.rows.entry(id.clone()).or_default() += scanned.rows;
            report.bytes += scanned.bytes;
            scanned.kept.into_iter().try_for_each(|kept| into.add(kept))?;
        }
        Ok(())
    }
}

/// Does a day, as the log writes it, meet the window? Rows without a day have no time: they are in every window.
fn in_days(day: Option<&str>, scan: &StoredScan) -> bool {
    let Some(day) = day.and_then(days_of) else { return true };
    scan.latest.is_none_or(|latest| day * MICROS_A_DAY < latest)
        && scan.earliest.is_none_or(|earliest| (day + 1) * MICROS_A_DAY > earliest)
}

/// `2024-03-05` as days since 1970.
fn days_of(text: &str) -> Option<i64> {
    let days = cast(&StringArray::from(vec![text]), &DataType::Date32).ok()?;
    let days = days.as_primitive_opt::<Date32Type>()?;
    days.is_valid(0).then(|| i64::from(days.value(0)))
}

/// The groups of a file that the window meets.
async fn units(reading: Arc<Reading>, mut file: StoredFile) -> Result<Vec<Unit>, ParquetError> {
    let metadata = ArrowReaderMetadata::load_async(&mut file, ArrowReaderOptions::new()).await?;
    let groups = metadata.metadata().row_groups().iter().enumerate();
    let met = groups.filter(|(_, group)| meets(group, &reading.scan)).map(|(at, _)| at);
    Ok(met.map(|group| Unit { file: file.clone(), group, metadata: metadata.clone() }).collect())
}

/// Does a group of rows have times in the window, as far as its statistics say?
fn meets(group: &RowGroupMetaData, scan: &StoredScan) -> bool {
    let time = group.columns().iter().find(|column| column.column_path().string() == "_time");
    let Some(Statistics::Int64(times)) = time.and_then(|column| column.statistics()) else { return true };
    let from = |bound: i64| times.max_opt().is_none_or(|last| *last >= bound);
    let until = |bound: i64| times.min_opt().is_none_or(|first| *first < bound);
    times.null_count_opt().unwrap_or(0) > 0 || scan.earliest.is_none_or(from) && scan.latest.is_none_or(until)
}

/// What a group of rows gave.
struct Scanned {
    kept: Vec<KeptBatch>,
    rows: u64,
    bytes: u64,
}

async fn scan_unit(reading: Arc<Reading>, unit: Unit) -> Result<Scanned, LakeError> {
    let failed = |source: ParquetError| LakeError::Parquet { table: reading.table.to_string(), source };
    let merged = |source| LakeError::Merge { table: reading.table.to_string(), source };
    let is_predicate = |name: &str| name == "_time" || reading.predicate.contains(types::field_of(name));
    let is_read = |name: &str| reading.read.as_ref().is_none_or(|read| read.contains(types::field_of(name)));
    let mut bytes = 0;
    let mut wanted: Vec<usize> = Vec::new();
    // By batch: its wanted rows of the columns of conditions, and which scan wants which.
    let mut found = Vec::new();
    let mut first = 0;
    let is_kept = |name: &str| is_predicate(name) || is_read(name);
    let options = ArrowReaderOptions::new().with_schema(with_dictionaries(&unit, is_kept));
    let metadata = ArrowReaderMetadata::try_new(Arc::clone(unit.metadata.metadata()), options).map_err(failed)?;
    let mut batches = stream(&unit, metadata.clone(), &is_predicate, None, &mut bytes).map_err(failed)?;
    while let Some(batch) = batches.try_next().await.map_err(failed)? {
        let mut matches = reading.scan.prefilter.matches(&reading.table, &ArrowRows::new(&batch));
        if let Some(inside) = in_window(&batch, &reading.scan) {
            matches.only(&inside);
        }
        let (rows, scans) = matches.selections();
        if !rows.is_empty() {
            wanted.extend(rows.iter().map(|row| first + *row as usize));
            found.push((take_record_batch(&batch, &UInt32Array::from(rows)).map_err(merged)?, scans));
        }
        first += batch.num_rows();
    }
    let kept = if found.is_empty() {
        Vec::new()
    } else {
        let others = |name: &str| is_read(name) && !is_predicate(name) && name != DATE;
        let ranges = wanted.iter().map(|row| *row..row + 1);
        let selection = RowSelection::from_consecutive_ranges(ranges, first);
        let rest = stream(&unit, metadata, &others, Some(selection), &mut bytes).map_err(failed)?;
        let rest: Vec<RecordBatch> = rest.try_collect().await.map_err(failed)?;
        put_together(&reading, found, &rest).map_err(merged)?
    };
    Ok(Scanned { kept, rows: first as u64, bytes })
}

/// The columns of a group of rows for which `wanted` holds.
fn stream(
    unit: &Unit,
    metadata: ArrowReaderMetadata,
    wanted: &dyn Fn(&str) -> bool,
    selection: Option<RowSelection>,
    bytes: &mut u64,
) -> Result<ParquetRecordBatchStream<StoredFile>, ParquetError> {
    let names = metadata.schema().fields().iter().enumerate();
    let roots: Vec<usize> = names.filter(|(_, field)| wanted(field.name())).map(|(at, _)| at).collect();
    let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
    if let Some(group) = metadata.metadata().row_groups().get(unit.group) {
        let columns = group.columns().iter().enumerate().filter(|(at, _)| mask.leaf_included(*at));
        *bytes += columns.map(|(_, column)| u64::try_from(column.compressed_size()).unwrap_or(0)).sum::<u64>();
    }
    let mut builder = ParquetRecordBatchStreamBuilder::new_with_metadata(unit.file.clone(), metadata)
        .with_projection(mask)
        .with_row_groups(vec![unit.group])
        .with_batch_size(ROWS_A_BATCH);
    if let Some(selection) = selection {
        builder = builder.with_row_selection(selection);
    }
    builder.build()
}

/// The file's schema, with text as dictionaries in the columns of conditions that are stored as such.
fn with_dictionaries(unit: &Unit, wanted: impl Fn(&str) -> bool) -> SchemaRef {
    let schema = unit.metadata.schema();
    let group = unit.metadata.metadata().row_groups().get(unit.group);
    let is_stored_so = |name: &str| {
        let columns = group.into_iter().flat_map(|group| group.columns());
        let mut named = columns.filter(|column| column.column_path().string() == name);
        named.next().is_some_and(|column| match column.page_encoding_stats_mask() {
            Some(mask) => mask.is_only(Encoding::RLE_DICTIONARY) || mask.is_only(Encoding::PLAIN_DICTIONARY),
            None => column.dictionary_page_offset().is_some(),
        })
    };
    let fields = schema.fields().iter().map(|field| {
        if *field.data_type() == DataType::Utf8 && wanted(field.name()) && is_stored_so(field.name()) {
            let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            Arc::new(Field::new(field.name(), dictionary, field.is_nullable()).with_metadata(field.metadata().clone()))
        } else {
            Arc::clone(field)
        }
    });
    Arc::new(Schema::new_with_metadata(fields.collect::<Vec<_>>(), schema.metadata().clone()))
}

/// The rows in the window; `None` when all are.
fn in_window(batch: &RecordBatch, scan: &StoredScan) -> Option<RowSet> {
    if scan.earliest.is_none() && scan.latest.is_none() {
        return None;
    }
    let times = batch.column_by_name("_time")?;
    let times = cast(times, &types::time()).ok()?;
    let times = times.as_primitive_opt::<TimestampMicrosecondType>()?;
    let inside = |time: i64| {
        scan.earliest.is_none_or(|earliest| time >= earliest) && scan.latest.is_none_or(|latest| time < latest)
    };
    if times.null_count() == 0 && times.values().iter().all(|time| inside(*time)) {
        return None;
    }
    let mut rows = RowSet::none(batch.num_rows());
    for (row, time) in times.iter().enumerate() {
        if time.is_some_and(inside) {
            rows.insert(row);
        }
    }
    Some(rows)
}

/// Dictionaries of more values than there are rows as text: few rows are kept of a batch of many. So are those of long values,
/// of which a chunk's rows might be more text than a column can hold.
fn with_fitting_dictionaries(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let columns: Result<Vec<_>, _> = batch
        .columns()
        .iter()
        .map(|column| match column.as_any_dictionary_opt() {
            Some(dictionary) if !is_fitting(dictionary.values(), batch.num_rows()) => cast(column, &types::TEXT),
            _ => Ok(Arc::clone(column)),
        })
        .collect();
    let columns = columns?;
    let fields = batch.schema_ref().fields().iter().zip(&columns);
    let fields = fields.map(|(field, column)| Field::new(field.name(), column.data_type().clone(), true));
    RecordBatch::try_new(Arc::new(Schema::new(fields.collect::<Vec<_>>())), columns)
}

fn is_fitting(values: &ArrayRef, rows: usize) -> bool {
    const LONG: usize = 4096;
    values.len() <= rows && values.get_array_memory_size() <= values.len().saturating_mul(LONG)
}

type FoundRows = Vec<(RecordBatch, Vec<(prefilter::ScanId, prefilter::Selection)>)>;

/// Put the other columns of the wanted rows beside those of conditions.
fn put_together(reading: &Reading, found: FoundRows, rest: &[RecordBatch]) -> Result<Vec<KeptBatch>, ArrowError> {
    let rest = match rest.first() {
        Some(one) => Some(concat_batches(&one.schema(), rest)?),
        None => None,
    };
    let mut start = 0;
    let mut kept = Vec::new();
    for (conditions, scans) in found {
        let rows = conditions.num_rows();
        let mut fields: Vec<Field> = conditions.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
        let mut columns = conditions.columns().to_vec();
        if let Some(rest) = &rest {
            fields.extend(rest.schema().fields().iter().map(|field| field.as_ref().clone().with_nullable(true)));
            columns.extend(rest.columns().iter().map(|column| column.slice(start, rows)));
        }
        start += rows;
        let batch = with_fitting_dictionaries(&RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)?;
        kept.push(KeptBatch::of_stored(reading.table.clone(), batch, scans));
    }
    Ok(kept)
}
