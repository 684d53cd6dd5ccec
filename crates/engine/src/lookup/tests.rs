use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::function::SearchContext;

const NONE: [usize; 0] = [];

fn context() -> SearchContext {
    SearchContext { now: 0, zone: spl::time::utc() }
}

fn lookup(csv: &str, change: impl FnOnce(&mut LookupDefinition)) -> Lookup {
    let mut definition = LookupDefinition::file("t.csv");
    change(&mut definition);
    Lookup { definition: Arc::new(definition), table: Arc::new(LookupTable::from_csv(csv)) }
}

fn found(lookup: &Lookup, columns: &[&str], values: &[&str]) -> Vec<usize> {
    let columns: Vec<usize> = columns.iter().map(|name| lookup.table.column(name).expect("a column")).collect();
    Matcher::new(lookup, &columns, &context()).find(values, None)
}

#[track_caller]
fn check(lookup: &Lookup, columns: &[&str], values: &[&str], rows: &[usize]) {
    assert_eq!(found(lookup, columns, values), rows, "{columns:?} {values:?}");
}

fn match_type(kind: MatchType, fields: &[&str]) -> Vec<(MatchType, String)> {
    fields.iter().map(|field| (kind, (*field).to_owned())).collect()
}

#[test]
fn equal_values_match_in_the_order_of_the_table() {
    let table = lookup("user,host,n\na,x,1\nb,x,2\na,y,3\n,x,4\nA,x,5\n", |_| ());
    check(&table, &["user"], &["a"], &[0, 2]);
    check(&table, &["user", "host"], &["a", "y"], &[2]);
    check(&table, &["host", "user"], &["y", "a"], &[2]);
    check(&table, &["user"], &["c"], &[]);
    // An empty cell is no value: nothing equals it.
    check(&table, &["user"], &[""], &[]);
    check(&table, &["user"], &["*"], &[]);
    let table = lookup("user\na\nA\nÉ\n", |definition| definition.case_sensitive = false);
    check(&table, &["user"], &["A"], &[0, 1]);
    check(&table, &["user"], &["é"], &[2]);
}

#[test]
fn parts_of_combined_values_are_kept_apart() {
    let table = lookup("a,b\n1:1,1\n1,1:1\n", |_| ());
    check(&table, &["a", "b"], &["1:1", "1"], &[0]);
    check(&table, &["a", "b"], &["1", "1:1"], &[1]);
}

#[test]
fn stars_in_the_table_are_any_text() {
    let csv = "p\n*.exe\ncmd*\n*temp*x*\n*\nplain\n***\n*.EXE\n";
    let table = lookup(csv, |definition| definition.match_types = match_type(MatchType::Wildcard, &["p"]));
    check(&table, &["p"], &["cmd.exe"], &[0, 1, 3, 5]);
    check(&table, &["p"], &["a\\temp\\ax.y"], &[2, 3, 5]);
    check(&table, &["p"], &["plain"], &[3, 4, 5]);
    check(&table, &["p"], &["A.EXE"], &[3, 5, 6]);
    check(&table, &["p"], &[""], &[3, 5]);
    let table = lookup(csv, |definition| {
        definition.match_types = match_type(MatchType::Wildcard, &["p"]);
        definition.case_sensitive = false;
        definition.max_matches = Some(2);
    });
    check(&table, &["p"], &["A.exe"], &[0, 3]);
    // A star in the row's value is a star.
    check(&table, &["p"], &["pl*n"], &[3, 5]);
}

#[test]
fn several_columns_with_stars_must_all_match() {
    let csv = "name,path\na.dll,*\\windows\\*\na.dll,*\\tools\\*\n*,*\\any\\*\n,*\\windows\\*\n";
    let table = lookup(csv, |definition| definition.match_types = match_type(MatchType::Wildcard, &["name", "path"]));
    check(&table, &["name", "path"], &["a.dll", "c:\\tools\\x"], &[1]);
    check(&table, &["name", "path"], &["b.dll", "c:\\any\\windows\\x"], &[2]);
    check(&table, &["name"], &["a.dll"], &[0, 1, 2]);
}

#[test]
fn addresses_are_found_in_networks() {
    let csv =
        "net,zone\n10.0.0.0/8,a\n10.1.0.0/16,b\n10.1.2.3,c\n2001:db8::/32,d\n0.0.0.0/0,e\nlocalhost,f\n10.1.9.9/16,g\n";
    let table = lookup(csv, |definition| definition.match_types = match_type(MatchType::Cidr, &["net"]));
    check(&table, &["net"], &["10.1.2.3"], &[0, 1, 2, 4, 6]);
    check(&table, &["net"], &["10.2.0.1"], &[0, 4]);
    check(&table, &["net"], &["::ffff:10.2.0.1"], &[0, 4]);
    check(&table, &["net"], &["2001:0db8:ffff::1"], &[3]);
    check(&table, &["net"], &["localhost"], &[5]);
    check(&table, &["net"], &["no address"], &[]);
    check(&table, &["net", "zone"], &["10.1.2.3", "b"], &[1]);
}

#[test]
fn a_time_bounded_lookup_gives_the_nearest_row_before() {
    let csv = "ip,since,user\na,100,first\na,200,second\nb,150,other\na,,never\na,200,twin\n";
    let bound = |min_offset, max_offset| TimeBound { field: "since".to_owned(), format: None, min_offset, max_offset };
    let at = |bound: TimeBound, max_matches, seconds: i64| {
        let table = lookup(csv, |definition| {
            definition.time = Some(bound);
            definition.max_matches = max_matches;
        });
        Matcher::new(&table, &[0], &context()).find(&["a"], Some(seconds * 1_000_000))
    };
    assert_eq!(at(bound(0, 1000), None, 250), [1]);
    assert_eq!(at(bound(0, 1000), Some(9), 250), [1, 4, 0]);
    assert_eq!(at(bound(0, 1000), None, 199), [0]);
    assert_eq!(at(bound(0, 10), None, 199), NONE);
    assert_eq!(at(bound(60, 1000), None, 250), [0]);
    assert_eq!(at(bound(-10, 1000), None, 195), [1]);
    assert_eq!(at(bound(0, 1000), None, 99), NONE);
}

#[test]
fn times_are_read_by_the_format() {
    let table = lookup("ip,since\na,2023-11-14\n", |definition| {
        let format = Some("%Y-%m-%d".to_owned());
        definition.time = Some(TimeBound { field: "since".to_owned(), format, min_offset: 0, max_offset: 86_400 });
    });
    let find = |seconds: i64| Matcher::new(&table, &[0], &context()).find(&["a"], Some(seconds * 1_000_000));
    assert_eq!(find(1_699_920_000), [0]);
    assert_eq!(find(1_699_919_999), NONE);
}

#[test]
fn a_collection_without_case_is_found_in_lower_case() {
    let mut table = LookupTable::new(["user".to_owned(), "tag".to_owned()]);
    table.push([LookupValue::of("Ann"), LookupValue::Null]);
    table.push([LookupValue::Many(vec!["ann".to_owned(), "bob".to_owned()]), LookupValue::of("x")]);
    let mut definition = LookupDefinition::file("c");
    definition.kind = LookupKind::Collection { fields: vec!["user".to_owned(), "tag".to_owned()] };
    definition.case_sensitive = false;
    let table = Lookup { definition: Arc::new(definition), table: Arc::new(table) };
    check(&table, &["user"], &["ANN"], &[1]);
    check(&table, &["user"], &["bob"], &[1]);
    check(&table, &["user", "tag"], &["bob", "X"], &[1]);
}

#[test]
fn tables_are_read_from_comma_separated_values() {
    let table = LookupTable::from_csv("a, b ,,a\n1, x ,y,2\n,\"\"\n3,4,5,6,7\n");
    assert_eq!(table.columns().collect::<Vec<_>>(), ["a", "b"]);
    let cells = |row: usize| [0, 1].map(|column| table.value(row, column).clone());
    assert_eq!(cells(0), [LookupValue::of("1"), LookupValue::of("x")]);
    assert_eq!(cells(1), [LookupValue::Null, LookupValue::Null]);
    assert_eq!(cells(2), [LookupValue::of("3"), LookupValue::of("4")]);
    assert_eq!(table.len(), 3);
    assert!(LookupTable::from_csv("").is_empty());
}

fn rows(csv: &str) -> Arc<LookupTable> {
    Arc::new(LookupTable::from_csv(csv))
}

fn shown(store: &dyn LookupStore, name: &str) -> String {
    let lookup = store.get(name).expect("readable").expect("known");
    let table = &lookup.table;
    let cell = |row, column| table.value(row, column).values().collect::<Vec<_>>().join("+");
    let line = |row| (0..table.columns().count()).map(|column| cell(row, column)).collect::<Vec<_>>().join(",");
    let header = table.columns().collect::<Vec<_>>().join(",");
    std::iter::once(header).chain((0..table.len()).map(line)).collect::<Vec<_>>().join(" ")
}

fn write(csv: &str, mode: WriteMode, key_field: Option<&str>) -> LookupWrite {
    LookupWrite { rows: rows(csv), mode, key_field: key_field.map(str::to_owned), multivalues: false }
}

#[test]
fn files_are_replaced_or_appended_to() {
    let mut store = MemoryLookups::default();
    store.set_csv("x.csv", "a,b\n1,2\n");
    store.write("x.csv", write("b,c\n3,4\n", WriteMode::Append, None)).expect("written");
    assert_eq!(shown(&store, "x.csv"), "a,b 1,2 ,3");
    store.write("x.csv", write("b,c\n3,4\n", WriteMode::Replace, None)).expect("written");
    assert_eq!(shown(&store, "x.csv"), "b,c 3,4");
    store.write("new.csv", write("b\n3\n", WriteMode::Append, None)).expect("written");
    assert_eq!(shown(&store, "new.csv"), "b 3");
    let unknown = store.write("nothing", write("b\n3\n", WriteMode::Append, None));
    assert_eq!(unknown, Err(LookupError::Unknown { name: "nothing".to_owned() }));
    assert!(store.write("x.csv", write("b\n3\n", WriteMode::Append, Some("b"))).is_err());
}

#[test]
fn collections_keep_their_fields_and_have_keys() {
    let mut store = MemoryLookups::default();
    let mut definition = LookupDefinition::file("c");
    definition.kind = LookupKind::Collection { fields: ["_key", "user", "n"].map(str::to_owned).to_vec() };
    store.define("seen", definition);
    assert_eq!(shown(&store, "seen"), "_key,user,n");
    store.write("seen", write("user,n,x\na,1,9\nb,2,9\n", WriteMode::Replace, None)).expect("written");
    assert_eq!(shown(&store, "seen"), format!("_key,user,n {:024x},a,1 {:024x},b,2", 1, 2));
    let again = format!("_key,user,n\n{:024x},b,3\n,c,4\n", 2);
    store.write("seen", write(&again, WriteMode::Append, None)).expect("written");
    assert_eq!(shown(&store, "seen"), format!("_key,user,n {:024x},a,1 {:024x},b,3 {:024x},c,4", 1, 2, 3));
    store.write("seen", write("user,n\na,1\na,2\n", WriteMode::Replace, Some("user"))).expect("written");
    assert_eq!(shown(&store, "seen"), "_key,user,n a,a,2");
}

#[test]
fn a_fork_sees_its_own_writes_and_others_do_after_merging() {
    let mut base = MemoryLookups::default();
    base.set_csv("x.csv", "a\n1\n");
    let stores = crate::Stores { lookups: Arc::new(base), ..crate::Stores::default() };
    let (first, second) = (stores.fork(), stores.fork());
    first.lookups.write("x.csv", write("a\n2\n", WriteMode::Append, None)).expect("written");
    second.lookups.write("x.csv", write("a\n3\n", WriteMode::Append, None)).expect("written");
    assert_eq!(shown(first.lookups.as_ref(), "x.csv"), "a 1 2");
    assert_eq!(shown(second.lookups.as_ref(), "x.csv"), "a 1 3");
    assert_eq!(shown(stores.lookups.as_ref(), "x.csv"), "a 1");
    stores.merge(&first).expect("merged");
    stores.merge(&second).expect("merged");
    assert_eq!(shown(stores.lookups.as_ref(), "x.csv"), "a 1 2 3");
}

proptest::proptest! {
    #[test]
    fn the_index_finds_what_comparing_every_row_finds(
        cells in proptest::collection::vec("[abA*]{0,5}", 0..30),
        value in "[abA]{0,6}",
        insensitive: bool,
    ) {
        let csv = format!("p\n{}\n", cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join("\n"));
        let table = lookup(&csv, |definition| {
            definition.match_types = match_type(MatchType::Wildcard, &["p"]);
            definition.case_sensitive = !insensitive;
            definition.max_matches = Some(1000);
        });
        let expected: BTreeSet<usize> = (0..cells.len()).filter(|at| naive(&cells[*at], &value, insensitive)).collect();
        proptest::prop_assert_eq!(found(&table, &["p"], &[&value]).into_iter().collect::<BTreeSet<_>>(), expected);
    }
}

fn naive(pattern: &str, text: &str, insensitive: bool) -> bool {
    if pattern.is_empty() {
        return false;
    }
    let parts = pattern.split('*').map(::regex::escape).collect::<Vec<_>>().join(".*");
    let flag = if insensitive { "(?i)" } else { "" };
    ::regex::Regex::new(&format!("{flag}^{parts}$")).expect("a pattern").is_match(text)
}
