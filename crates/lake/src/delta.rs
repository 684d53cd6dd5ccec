//! Delta Lake tables at a path or URL.
//!
//! `<root>/datasets/Endpoint.Processes`, `<root>/events/<sourcetype>` and `<root>/metrics/points`, partitioned by day of event time (`_date`, UTC).
//! A file's content hash is an application transaction of the commit that holds its rows: rows and hash are there
//! together or not at all, so the same file given twice is stored once, also after a crash.

mod file;
mod scan;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{Array, ArrayRef, Date32Array, RecordBatch, TimestampMicrosecondArray, UInt32Array};
use datafusion::arrow::compute::{concat_batches, take_record_batch};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::datasource::TableProvider;
use deltalake::kernel::Transaction;
use deltalake::kernel::transaction::CommitProperties;
use deltalake::operations::optimize::OptimizeType;
use deltalake::operations::write::SchemaMode;
use deltalake::protocol::SaveMode;
use deltalake::{DeltaTable, DeltaTableBuilder, DeltaTableError};
use event::Columns;
use normalize::TableId;
use tokio::sync::Mutex;

use crate::memory::joined;
use crate::{LakeError, Tables, record_batch, types};

const DATE: &str = "_date";
const MICROS_A_DAY: i64 = 86_400_000_000;

pub use scan::{StoredReport, StoredScan};

/// Rows of one file for one table.
#[derive(Debug, Clone, Default)]
pub struct FileRows {
    /// Hash of the file's content: what makes it the same file.
    pub content_hash: String,
    /// Its rows.
    pub rows: Vec<Columns>,
}

/// What an append did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appended {
    /// Rows written.
    pub rows: usize,
    /// Files whose rows were there already.
    pub known_files: usize,
}

/// Tables on an object store or a local folder.
#[derive(Debug)]
pub struct Lake {
    root: url::Url,
    storage_options: std::collections::HashMap<String, String>,
    /// Tables that were opened; refreshed before use.
    open: Mutex<BTreeMap<TableId, DeltaTable>>,
}

impl Lake {
    /// Open a lake at a path or URL; a local folder is made when it is not there.
    ///
    /// `storage_options` are the object store's, such as credentials.
    pub fn open(root: &str, storage_options: BTreeMap<String, String>) -> Result<Self, LakeError> {
        let at = deltalake::table::builder::ensure_table_uri(root)
            .map_err(|source| LakeError::Root { root: root.to_owned(), source: Box::new(source) })?;
        Ok(Self { root: at, storage_options: storage_options.into_iter().collect(), open: Mutex::default() })
    }

    /// Append files' rows to a table in one commit, making the table when it is not there and adding columns it lacks.
    pub async fn append(&self, id: &TableId, files: Vec<FileRows>) -> Result<Appended, LakeError> {
        let fail = |source| delta_error(id, "written", source);
        let known = self.load(id).await?;
        let mut appended = Appended::default();
        let mut batches = Vec::new();
        let mut transactions = Vec::new();
        for file in files {
            if is_stored(known.as_ref(), &file.content_hash).await.map_err(fail)? {
                appended.known_files += 1;
                continue;
            }
            transactions.push(Transaction::new(&file.content_hash, 1));
            for columns in file.rows.into_iter().filter(|columns| columns.rows > 0) {
                batches.push(record_batch(columns)?);
            }
        }
        if batches.is_empty() {
            return Ok(appended);
        }
        appended.rows = batches.iter().map(RecordBatch::num_rows).sum();
        let stored = match &known {
            Some(table) => Some(stored_schema(table).map_err(fail)?),
            None => None,
        };
        let dated = with_date(&batches, stored.as_deref()).and_then(|batches| by_time(&batches));
        let batches = dated.map_err(|source| LakeError::Merge { table: id.to_string(), source })?;
        let table = match known {
            Some(table) => table,
            None => self.builder(id).map_err(fail)?.build().map_err(fail)?,
        };
        let properties = CommitProperties::default().with_application_transactions(transactions);
        let write = table.write(batches).with_save_mode(SaveMode::Append).with_schema_mode(SchemaMode::Merge);
        let written = write.with_partition_columns([DATE]).with_commit_properties(properties).await.map_err(fail)?;
        self.open.lock().await.insert(id.clone(), written);
        Ok(appended)
    }

    /// Put small files together and sort rows of a day so that readers can skip by these columns.
    pub async fn compact(&self, id: &TableId, sort_by: &[&str]) -> Result<(), LakeError> {
        let fail = |source| delta_error(id, "compacted", source);
        let Some(table) = self.load(id).await? else { return Ok(()) };
        let kind = match sort_by {
            [] => OptimizeType::Compact,
            columns => OptimizeType::ZOrder(columns.iter().map(|column| (*column).to_owned()).collect()),
        };
        let (table, _) = table.optimize().with_type(kind).await.map_err(fail)?;
        self.open.lock().await.insert(id.clone(), table);
        Ok(())
    }

    /// Put the files of every table together that has many small ones: a search pays for each file that it opens.
    ///
    /// # Errors
    /// When a table cannot be read or written.
    pub async fn tidy(&self) -> Result<(), LakeError> {
        const SMALL: i64 = 16 << 20;
        const MANY: usize = 16;
        for id in self.table_ids().await? {
            let fail = |source| delta_error(&id, "read", source);
            let Some(table) = self.load(&id).await? else { continue };
            let mut small: BTreeMap<Option<String>, usize> = BTreeMap::new();
            for file in table.snapshot().map_err(fail)?.log_data().iter().filter(|file| file.size() < SMALL) {
                let day = file.partition_values_map().get(DATE).cloned().flatten();
                *small.entry(day).or_default() += 1;
            }
            if small.values().any(|files| *files > MANY) {
                self.compact(&id, &[]).await?;
            }
        }
        Ok(())
    }

    fn builder(&self, id: &TableId) -> Result<DeltaTableBuilder, DeltaTableError> {
        let mut at = self.root.clone();
        if let Ok(mut segments) = at.path_segments_mut() {
            segments.pop_if_empty().extend(folder(id));
        }
        create_local_folder(&at)?;
        Ok(DeltaTableBuilder::from_url(at)?.with_storage_options(self.storage_options.clone()))
    }

    /// The folders in a folder of the lake.
    async fn folders(&self, folder: &str) -> Result<Vec<String>, LakeError> {
        let fail = |source| LakeError::Delta { table: folder.to_owned(), what: "listed", source: Box::new(source) };
        let builder = DeltaTableBuilder::from_url(self.root.clone()).map_err(fail)?;
        create_local_folder(&self.root).map_err(fail)?;
        let store = builder.with_storage_options(self.storage_options.clone()).build_storage().map_err(fail)?;
        let listed = store.object_store(None).list_with_delimiter(Some(&folder.into())).await;
        let listed = listed.map_err(|source| fail(source.into()))?;
        Ok(listed.common_prefixes.iter().filter_map(|path| path.filename().map(str::to_owned)).collect())
    }

    /// The table as it is now; `None` when it does not exist.
    async fn load(&self, id: &TableId) -> Result<Option<DeltaTable>, LakeError> {
        let fail = |source| delta_error(id, "read", source);
        let mut open = self.open.lock().await;
        if let Some(table) = open.get_mut(id) {
            table.update_state().await.map_err(fail)?;
            return Ok(Some(table.clone()));
        }
        let table = self.builder(id).map_err(fail)?.build().map_err(fail)?;
        if !table.verify_deltatable_existence().await.map_err(fail)? {
            return Ok(None);
        }
        let mut table = table;
        table.load().await.map_err(fail)?;
        open.insert(id.clone(), table.clone());
        Ok(Some(table))
    }
}

#[async_trait]
impl Tables for Lake {
    async fn table(&self, id: &TableId) -> Result<Option<Arc<dyn TableProvider>>, LakeError> {
        let Some(table) = self.load(id).await? else { return Ok(None) };
        let provider = table.table_provider().build().await;
        let provider =
            provider.map_err(|source| LakeError::Provider { table: id.to_string(), source: Box::new(source) })?;
        Ok(Some(Arc::new(provider)))
    }

    async fn sourcetypes(&self) -> Result<Vec<String>, LakeError> {
        let mut names: Vec<String> = self.folders("events").await?.iter().map(|folder| decode(folder)).collect();
        names.sort();
        Ok(names)
    }
}

fn delta_error(id: &TableId, what: &'static str, source: DeltaTableError) -> LakeError {
    LakeError::Delta { table: id.to_string(), what, source: Box::new(source) }
}

/// Local folders must exist before a store can be opened in them; other stores have no folders.
fn create_local_folder(at: &url::Url) -> Result<(), DeltaTableError> {
    match at.to_file_path() {
        Ok(path) => Ok(std::fs::create_dir_all(path)?),
        Err(()) => Ok(()),
    }
}

async fn is_stored(table: Option<&DeltaTable>, hash: &str) -> Result<bool, DeltaTableError> {
    let Some(table) = table else { return Ok(false) };
    let store = table.log_store();
    Ok(table.snapshot()?.transaction_version(store.as_ref(), hash).await?.is_some())
}

fn stored_schema(table: &DeltaTable) -> Result<SchemaRef, DeltaTableError> {
    Ok(table.snapshot()?.snapshot().arrow_schema())
}

/// The batches in one schema with their day.
///
/// Delta Lake cannot change a column's type. A list that meets a text column of its name is kept beside it, in the column
/// of [`types::overflow_name`]; text that meets a list column becomes a list of one. Fields that differ in case alone get
/// columns that do not ([`types::stored_name`]).
fn with_date(batches: &[RecordBatch], stored: Option<&Schema>) -> Result<Vec<RecordBatch>, ArrowError> {
    let schemas: Vec<SchemaRef> = batches.iter().map(RecordBatch::schema).collect();
    let merged = types::merge(schemas.iter().map(AsRef::as_ref));
    let is_list = |field: &Field| matches!(field.data_type(), DataType::List(_));
    let stored_list = |name: &str| stored.and_then(|schema| schema.field_with_name(name).ok()).map(is_list);
    let mut taken: Vec<String> =
        stored.iter().flat_map(|schema| schema.fields()).map(|field| field.name().clone()).collect();
    let mut wanted: Vec<Field> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for field in merged.fields() {
        let column = types::stored_name(field.name(), &mut taken);
        let (name, kind) = match (is_list(field), stored_list(&column)) {
            (true, Some(false)) => (types::overflow_name(&column), types::multi()),
            (false, Some(true)) => (column, types::multi()),
            _ => (column, field.data_type().clone()),
        };
        wanted.push(Field::new(field.name(), kind, true));
        names.push(name);
    }
    let renamed: Vec<Field> = wanted.iter().zip(names).map(|(field, name)| field.clone().with_name(name)).collect();
    let (wanted, renamed) = (Arc::new(Schema::new(wanted)), Arc::new(Schema::new(renamed)));
    let renamed_batch = |batch: &RecordBatch| {
        let conforming = joined(std::slice::from_ref(batch), &wanted)?;
        dated(&RecordBatch::try_new(Arc::clone(&renamed), conforming.columns().to_vec())?)
    };
    batches.iter().map(renamed_batch).collect()
}

/// The rows in the order of their times, so that the statistics of a group of rows say which times it has. Rows of one time
/// keep their order.
fn by_time(batches: &[RecordBatch]) -> Result<Vec<RecordBatch>, ArrowError> {
    let Some(first) = batches.first() else { return Ok(Vec::new()) };
    let all = concat_batches(&first.schema(), batches)?;
    let Some(times) = all.column_by_name("_time") else { return Ok(vec![all]) };
    let Some(times) = times.as_any().downcast_ref::<TimestampMicrosecondArray>() else { return Ok(vec![all]) };
    let mut order: Vec<u32> = (0..u32::try_from(all.num_rows()).unwrap_or(u32::MAX)).collect();
    let time = |row: &u32| times.values().get(*row as usize).copied();
    if order.is_sorted_by_key(time) {
        return Ok(vec![all]);
    }
    order.sort_by_key(time);
    Ok(vec![take_record_batch(&all, &UInt32Array::from(order))?])
}

fn dated(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let times =
        batch.column_by_name("_time").and_then(|column| column.as_any().downcast_ref::<TimestampMicrosecondArray>());
    let dates: Date32Array = match times {
        Some(times) => times
            .iter()
            .map(|time| time.and_then(|micros| i32::try_from(micros.div_euclid(MICROS_A_DAY)).ok()))
            .collect(),
        None => Date32Array::new_null(batch.num_rows()),
    };
    let mut fields = batch.schema().fields().to_vec();
    fields.push(Arc::new(Field::new(DATE, DataType::Date32, true)));
    let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
    columns.push(Arc::new(dates));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

fn folder(id: &TableId) -> [String; 2] {
    match id {
        TableId::Dataset(dataset) => ["datasets".to_owned(), dataset.to_string()],
        TableId::Events(sourcetype) => ["events".to_owned(), encode(sourcetype)],
        TableId::Metrics => ["metrics".to_owned(), "points".to_owned()],
    }
}

/// A sourcetype as a folder name: `XmlWinEventLog`, `aws~3Acloudtrail`. `~` and two hexadecimal digits stand for a
/// byte that is no letter, digit, `.`, `_` or `-`: `%` would be read differently by different stores.
fn encode(sourcetype: &str) -> String {
    let mut encoded = String::new();
    for byte in sourcetype.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("~{byte:02X}")),
        }
    }
    encoded
}

fn decode(folder: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = folder;
    while let Some((before, after)) = rest.split_once('~') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'~'));
        rest = if byte.is_some() { after.get(2..).unwrap_or("") } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
