//! Rows with the shared scan are the rows of each search alone, for random searches over random events.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails panics")]

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Engine, Options, Window};
use event::{Column, Columns, MultiColumn, TextColumn};
use lake::{CandidateLimits, CandidatesBuilder, FileRows, KeptBatch, Lake, MemoryTables, StoredScan};
use normalize::TableId;
use plan::Plan;
use prefilter::Prefilter;
use proptest::prelude::*;
use spl::value::Row;

const NAMES: &[&str] = &["cmd.exe", "CMD.exe", "powershell.exe", "ngrok.exe", "5", "10.1.2.3", ""];
const LINES: &[&str] =
    &["cmd /c whoami", "ngrok.exe tcp 22", "powershell -enc AAAA", "a\\b \"c\"", "/c start", "WHOAMI"];

fn value() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "cmd.exe",
        "*.EXE",
        "*who*",
        "5",
        "\"*/c *\"",
        "*",
        "10.0.0.0/8",
        "n*k*",
        "\"\"",
        "<6",
        "!=cmd.exe",
    ])
}

fn term(fields: &'static [&'static str]) -> impl Strategy<Value = String> {
    let leaf =
        (prop::sample::select(fields), value()).prop_map(|(field, value)| match value.strip_prefix(['<', '!']) {
            Some(_) => format!("{field}{value}"),
            None => format!("{field}={value}"),
        });
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|term| format!("NOT ({term})")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|terms| format!("({})", terms.join(" OR "))),
            prop::collection::vec(inner, 2..4).prop_map(|terms| format!("({})", terms.join(" "))),
        ]
    })
}

fn search() -> impl Strategy<Value = String> {
    const DATASET: &[&str] = &["Processes.process_name", "Processes.process", "Processes.user"];
    const EVENT: &[&str] = &["process_name", "process", "tags", "absent"];
    let tail = prop::sample::select(vec!["", "| where count > 1", "| stats count", "| sort - count | head 2"]);
    let tstats =
        (term(DATASET), prop::sample::select(vec!["", "by Processes.user", "by Processes.process_name"]), tail)
            .prop_map(|(term, by, tail)| {
                format!("| tstats count min(_time) as first from datamodel=Endpoint.Processes where {term} {by} {tail}")
            });
    let tail = prop::sample::select(vec![
        "| table process tags",
        "| stats count values(tags) by process_name",
        "| stats count",
    ]);
    let events = (term(EVENT), tail).prop_map(|(term, tail)| format!("search {term} {tail}"));
    let joined = (term(EVENT), term(DATASET)).prop_map(|(left, right)| {
        format!(
            "search {left} | join process_name [| tstats count from datamodel=Endpoint.Processes where {right} \
             by Processes.process_name | rename Processes.* as *] | table process_name count"
        )
    });
    prop_oneof![2 => tstats, 2 => events, 1 => joined, 3 => nested()]
}

/// Searches inside searches, and what else reads in a way of its own.
fn nested() -> impl Strategy<Value = String> {
    const DATASET: &[&str] = &["Processes.process_name", "Processes.process", "Processes.user"];
    const EVENT: &[&str] = &["process_name", "process", "tags", "date_second", "index"];
    let forms = prop::sample::select(vec![
        "search LEFT [search RIGHT | table process_name] | table process tags",
        "search LEFT NOT [search RIGHT | return 2 process] | table process tags",
        "search LEFT | table process | append [search RIGHT | table tags] | search *",
        "search LEFT | stats count by process | appendpipe [append [search RIGHT | stats count] | where isnull(process)]",
        "search LEFT | table process_name | appendcols [search RIGHT | table tags]",
        "search LEFT | table user | map search=\"search user=$user$ date_second>2 | table process user\"",
        "search LEFT | transaction user maxspan=3s startswith=(RIGHT) keepevicted=t | table process tags eventcount",
        "search LEFT | foreach process* [eval <<FIELD>>=upper('<<FIELD>>')] | table process_name date_second",
        "| from datamodel:Endpoint.Processes | search LEFT | table process_name user",
        "| tstats count where index=main by index",
        "| tstats count from datamodel=Endpoint where MODEL by Processes.user index",
        "| tstats count from datamodel=Endpoint.Processes where MODEL [search RIGHT | rename user as Processes.user | table Processes.user]",
    ]);
    (forms, term(EVENT), term(EVENT), term(DATASET)).prop_map(|(form, left, right, model)| {
        form.replace("LEFT", &left).replace("RIGHT", &right).replace("MODEL", &model)
    })
}

type Event = (Option<usize>, Option<usize>, Vec<usize>);

fn columns(events: &[Event], first: usize) -> Columns {
    let (mut names, mut lines, mut tags) = (TextColumn::default(), TextColumn::default(), MultiColumn::default());
    for (name, line, tag) in events {
        names.push(name.map(|at| NAMES[at]));
        lines.push(line.map(|at| LINES[at]));
        tags.push(tag.iter().map(|at| NAMES[*at]));
    }
    let times = (first..first + events.len()).map(|at| i64::try_from(at).unwrap() * 1_000_000).collect();
    let mut users = TextColumn::default();
    events.iter().for_each(|(_, line, _)| users.push(line.map(|at| if at % 2 == 0 { "bob" } else { "eve" })));
    let columns = vec![
        ("process_name".to_owned(), Column::Text(names)),
        ("process".to_owned(), Column::Text(lines)),
        ("tags".to_owned(), Column::Multi(tags)),
        ("user".to_owned(), Column::Text(users)),
        ("_time".to_owned(), Column::Time(times)),
    ];
    Columns { rows: events.len(), columns }
}

fn tables(events: &[Event], first: usize) -> BTreeMap<TableId, Columns> {
    let processes = cim::find_dataset("Endpoint", "Processes").unwrap().id;
    let rows = columns(events, first);
    let mut dataset = rows.clone();
    dataset.columns.retain(|(name, _)| name != "tags");
    BTreeMap::from([(TableId::Dataset(processes), dataset), (TableId::Events("edr".to_owned()), rows)])
}

fn plan_of(search: &str) -> Plan {
    let parsed = spl::parse(search);
    let checked = plan::check(&parsed.pipeline, search, &plan::Names::default());
    checked.plan.unwrap_or_else(|| panic!("{search}: {:?} {:?}", parsed.diagnostics, checked.diagnostics))
}

/// Rows that are held and rows that go to disk, many chunks, searches that take all of their rows at once and such that do not.
const LITTLE: CandidateLimits =
    CandidateLimits { bytes_held: 4096, chunk_rows: 5, chunk_bytes: 1 << 20, rows_at_once: 4 };

fn run(plans: &[Plan], files: &[Vec<Event>]) -> Vec<(Vec<Row>, Vec<Row>)> {
    let mut all = MemoryTables::default();
    let mut kept = CandidatesBuilder::within(LITTLE);
    let prefilter = Prefilter::new(plans);
    let mut first = 0;
    for events in files {
        let tables = tables(events, first);
        for (table, rows) in tables.clone() {
            if let Some(rows) = prefilter.keep(table, rows) {
                kept.add(KeptBatch::new(rows).unwrap()).unwrap();
            }
        }
        all.add(tables).unwrap();
        first += events.len();
    }
    let kept = kept.finish().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let engine = Engine::new(Arc::new(all), Options::default()).unwrap();
    let window = Window { now: 1_000_000_000, ..Window::default() };
    let both = plans.iter().enumerate().map(|(search, plan)| {
        let alone = runtime.block_on(engine.run(plan, &window)).unwrap().rows().unwrap();
        let shared = runtime.block_on(engine.run_over(&kept.of_search(search), plan, &window)).unwrap();
        (alone, shared.rows().unwrap())
    });
    both.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn the_shared_scan_changes_no_row(
        searches in prop::collection::vec(search(), 1..5),
        files in prop::collection::vec(
            prop::collection::vec(
                (prop::option::of(0..NAMES.len()), prop::option::of(0..LINES.len()), prop::collection::vec(0..NAMES.len(), 0..3)),
                0..12,
            ),
            1..5,
        ),
    ) {
        let plans: Vec<Plan> = searches.iter().map(|search| plan_of(search)).collect();
        for ((alone, shared), search) in run(&plans, &files).into_iter().zip(&searches) {
            prop_assert_eq!(shared, alone, "{}", search);
        }
    }
}

/// The rows of each search alone and with the shared scan, over a lake that holds the files.
fn run_stored(plans: &[Plan], files: &[Vec<Event>], window: Window) -> Vec<(Vec<Row>, Vec<Row>)> {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let lake = Arc::new(Lake::open(folder.path().to_str().unwrap(), BTreeMap::new()).unwrap());
    let mut stored: BTreeMap<TableId, Vec<FileRows>> = BTreeMap::new();
    let mut first = 0;
    for (number, events) in files.iter().enumerate() {
        for (table, rows) in tables(events, first) {
            stored.entry(table).or_default().push(FileRows { content_hash: number.to_string(), rows: vec![rows] });
        }
        first += events.len();
    }
    for (table, files) in stored {
        runtime.block_on(lake.append(&table, files)).unwrap();
    }
    let mut kept = CandidatesBuilder::within(LITTLE);
    let scan = StoredScan {
        prefilter: Arc::new(Prefilter::new(plans)),
        earliest: window.earliest,
        latest: window.latest,
        threads: 2,
    };
    runtime.block_on(lake.candidates(&scan, &mut kept)).unwrap();
    let kept = kept.finish().unwrap();
    let engine = Engine::new(lake, Options::default()).unwrap();
    let both = plans.iter().enumerate().map(|(search, plan)| {
        let alone = runtime.block_on(engine.run(plan, &window)).unwrap().rows().unwrap();
        let shared = runtime.block_on(engine.run_over(&kept.of_search(search), plan, &window)).unwrap();
        (alone, shared.rows().unwrap())
    });
    both.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn the_shared_scan_of_a_lake_changes_no_row(
        searches in prop::collection::vec(search(), 1..5),
        files in prop::collection::vec(
            prop::collection::vec(
                (prop::option::of(0..NAMES.len()), prop::option::of(0..LINES.len()), prop::collection::vec(0..NAMES.len(), 0..3)),
                0..12,
            ),
            1..3,
        ),
        earliest in prop::option::of(0..20_i64),
        latest in prop::option::of(0..20_i64),
    ) {
        let plans: Vec<Plan> = searches.iter().map(|search| plan_of(search)).collect();
        let micros = |second: i64| second * 1_000_000;
        let window = Window { now: 1_000_000_000, earliest: earliest.map(micros), latest: latest.map(micros) };
        for ((alone, shared), search) in run_stored(&plans, &files, window).into_iter().zip(&searches) {
            prop_assert_eq!(shared, alone, "{}", search);
        }
    }
}
