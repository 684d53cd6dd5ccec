//! What the pass finds is what each condition finds row by row.

use std::cell::RefCell;

use event::{Column, Columns, MultiColumn, TextColumn};
use normalize::TableId;
use plan::Predicate;
use proptest::prelude::*;
use spl::compare::Comparison;

use crate::{Prefilter, WithText};

const VALUES: &[&str] =
    &["cmd.exe", "CMD.EXE", "C:\\Windows\\cmd.exe", "5", "5.0", "-0", "10.1.2.3", "", "é", "É", "nul"];
const PATTERNS: &[&str] =
    &["cmd.exe", "*cmd*", "*.exe", "c:*exe", "5", "0", "10.0.0.0/8", "*", "é*", "\"\"", "*d.e*x*", "<=5", ">9", "!=5"];

fn term() -> impl Strategy<Value = String> {
    let leaf = (prop::sample::select(vec!["a", "b", "m", "none", "index"]), prop::sample::select(PATTERNS.to_vec()))
        .prop_map(|(field, value)| match value.strip_prefix(['<', '>', '!']) {
            Some(_) => format!("{field}{value}"),
            None => format!("{field}={value}"),
        });
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|term| format!("NOT ({term})")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|terms| format!("({})", terms.join(" OR "))),
            prop::collection::vec(inner, 2..4).prop_map(|terms| format!("({})", terms.join(" "))),
        ]
    })
}

type Row = (Option<usize>, Option<usize>, Vec<usize>);

fn batch(rows: &[Row]) -> Columns {
    let (mut a, mut b, mut m) = (TextColumn::default(), TextColumn::default(), MultiColumn::default());
    for (of_a, of_b, of_m) in rows {
        a.push(of_a.map(|at| VALUES[at]));
        b.push(of_b.map(|at| VALUES[at]));
        m.push(of_m.iter().map(|at| VALUES[*at]));
    }
    let columns = vec![
        ("a".to_owned(), Column::Text(a)),
        ("b".to_owned(), Column::Text(b)),
        ("m".to_owned(), Column::Multi(m)),
        ("_time".to_owned(), Column::Time(vec![0; rows.len()])),
    ];
    Columns { rows: rows.len(), columns }
}

fn holds(predicate: &Predicate, row: &Row) -> bool {
    let values = |field: &str| -> Vec<&str> {
        match field {
            "a" => row.0.map(|at| VALUES[at]).into_iter().collect(),
            "b" => row.1.map(|at| VALUES[at]).into_iter().collect(),
            "m" => row.2.iter().map(|at| VALUES[*at]).collect(),
            "index" => vec!["main"],
            _ => Vec::new(),
        }
    };
    match predicate {
        Predicate::True => true,
        Predicate::False => false,
        Predicate::And(terms) => terms.iter().all(|term| holds(term, row)),
        Predicate::Or(terms) => terms.iter().any(|term| holds(term, row)),
        Predicate::Not(term) => !holds(term, row),
        Predicate::Compare { field, op, value } => {
            values(field).into_iter().any(|text| Comparison::new(*op, value).matches(text))
        }
        other => panic!("{other:?}"),
    }
}

fn plan_of(search: &str) -> plan::Plan {
    let parsed = spl::parse(search);
    assert!(parsed.diagnostics.is_empty(), "{search}: {:?}", parsed.diagnostics);
    let checked = plan::check(&parsed.pipeline, search, &plan::Names::default());
    checked.plan.unwrap_or_else(|| panic!("{search}: {:?}", checked.diagnostics))
}

proptest! {
    #[test]
    fn rows_are_those_that_each_condition_holds_for(
        terms in prop::collection::vec(term(), 1..6),
        rows in prop::collection::vec(
            (prop::option::of(0..VALUES.len()), prop::option::of(0..VALUES.len()), prop::collection::vec(0..VALUES.len(), 0..3)),
            0..90,
        ),
    ) {
        let plans: Vec<plan::Plan> = terms.iter().map(|term| plan_of(&format!("search {term}"))).collect();
        let found = Prefilter::new(&plans).matches(&TableId::Events("t".to_owned()), &batch(&rows));
        for (search, plan) in plans.iter().enumerate() {
            let plan::Op::ScanEvents(scan) = &plan.stages[0].op else { panic!("no scan") };
            let expected: Vec<usize> = (0..rows.len()).filter(|row| holds(&scan.predicate, &rows[*row])).collect();
            let rows: Vec<usize> =
                found.scans.iter().filter(|scan| scan.scan.search == search).flat_map(|scan| scan.rows.iter()).collect();
            prop_assert_eq!(rows, expected, "{}", &terms[search]);
        }
    }
}

#[test]
fn words_of_raw_text_leave_too_many_rows_rather_than_too_few() {
    let mut raw = TextColumn::default();
    ["one error here", "terrors", "nothing"].iter().for_each(|text| raw.push(Some(text)));
    let rows = Columns { rows: 3, columns: vec![("_raw".to_owned(), Column::Text(raw))] };
    let check = |search: &str, expected: &[usize]| {
        let plan = plan_of(search);
        let found = Prefilter::new([&plan]).matches(&TableId::Events("t".to_owned()), &rows);
        let rows: Vec<usize> = found.scans.iter().flat_map(|scan| scan.rows.iter()).collect();
        assert_eq!(rows, expected, "{search}");
    };
    check("search ERROR", &[0, 1]);
    check("search NOT error", &[0, 1, 2]);
    check("search NOT (error nothing)", &[0, 1, 2]);
}

#[test]
fn text_is_looked_at_where_all_else_holds() {
    const TEXTS: [&str; 4] = ["one error here", "terrors", "nothing", "error"];
    let mut code = TextColumn::default();
    ["1", "2", "1", "3"].iter().for_each(|text| code.push(Some(text)));
    let columns = Columns { rows: 4, columns: vec![("code".to_owned(), Column::Text(code))] };
    let mut raw = TextColumn::default();
    TEXTS.iter().for_each(|text| raw.push(Some(text)));
    let mut with_raw = columns.clone();
    with_raw.columns.push(("_raw".to_owned(), Column::Text(raw)));
    let table = TableId::Events("t".to_owned());
    let check = |search: &str, expected: &[usize], looked_at: &[usize]| {
        let plan = plan_of(search);
        let filter = Prefilter::new([&plan]);
        let rows =
            |found: crate::Matches| -> Vec<usize> { found.scans.iter().flat_map(|scan| scan.rows.iter()).collect() };
        let seen = RefCell::new(Vec::new());
        let text = |row: usize| {
            seen.borrow_mut().push(row);
            TEXTS.get(row).copied()
        };
        assert_eq!(rows(filter.matches(&table, &WithText { columns: &columns, text: &text })), expected, "{search}");
        assert_eq!(rows(filter.matches(&table, &with_raw)), expected, "{search}");
        assert_eq!(*seen.borrow(), looked_at, "{search}");
        assert!(!filter.fields_but_text(&table).contains("_raw"));
    };
    check("search error", &[0, 1, 3], &[0, 1, 2, 3]);
    check("search code=1 error", &[0], &[0, 2]);
    check("search code=7 error", &[], &[]);
    check("search code=2 OR (code=1 error)", &[0, 1], &[0, 1, 2]);
    check("search code=1 _raw=*nothing*", &[2], &[0, 2]);
    check("search code=1 NOT _raw=*nothing*", &[0], &[0, 2]);
}

#[test]
fn a_sourcetype_that_a_search_excludes_is_not_looked_at() {
    let plan = plan_of("search sourcetype=web status=200");
    let mut status = TextColumn::default();
    status.push(Some("200"));
    let rows = Columns { rows: 1, columns: vec![("status".to_owned(), Column::Text(status))] };
    let filter = Prefilter::new([&plan]);
    assert!(filter.matches(&TableId::Events("app".to_owned()), &rows).scans.is_empty());
}

#[test]
fn kept_rows_are_numbered_anew() {
    let rows: Vec<Row> = (0..200).map(|row| (Some(if row % 3 == 0 { 3 } else { 0 }), None, Vec::new())).collect();
    let plans = [plan_of("search a=5"), plan_of("search a=5 OR b=nul"), plan_of("search b=*")];
    let kept = Prefilter::new(&plans).keep(TableId::Events("t".to_owned()), batch(&rows)).unwrap();
    assert_eq!(kept.columns.rows, 67);
    assert_eq!(kept.scans.len(), 2);
    assert!(kept.scans.iter().all(|(_, rows)| *rows == crate::Selection::All));
    let plans = [plan_of("search a=5"), plan_of("search a=*")];
    let kept = Prefilter::new(&plans).keep(TableId::Events("t".to_owned()), batch(&rows)).unwrap();
    let expected: Vec<u32> = (0..200).step_by(3).collect();
    assert_eq!(kept.scans[0].1, crate::Selection::Rows(expected));
    let plans = [plan_of("search a=5 index=main"), plan_of("search a=cmd.exe index=other")];
    let mut few = rows;
    few.truncate(5);
    let kept = Prefilter::new(&plans).keep(TableId::Events("t".to_owned()), batch(&few)).unwrap();
    assert_eq!((kept.columns.rows, kept.scans.len()), (2, 1));
}

/// An event that names no index is in the default one, whatever the others of its batch say.
#[test]
fn an_index_of_others_is_not_mine() {
    let search = "index=main";
    let plan = plan::check(&spl::parse(search).pipeline, search, &plan::Names::default()).plan.unwrap();
    let mut index = TextColumn::default();
    [Some("dmz"), None, Some("main")].into_iter().for_each(|value| index.push(value));
    let columns = vec![("index".to_owned(), Column::Text(index))];
    let found = Prefilter::new([&plan]).matches(&TableId::Events("web".to_owned()), &Columns { rows: 3, columns });
    assert_eq!(found.wanted(), [1, 2]);
}

#[test]
fn values_are_remembered_and_forgotten() {
    let search = "| tstats count from datamodel=Endpoint.Processes where Processes.process=*needle* OR \
                  Processes.process=line7* by Processes.dest";
    let plan = plan::check(&spl::parse(search).pipeline, search, &plan::Names::default()).plan.unwrap();
    let processes = TableId::Dataset(cim::find_dataset("Endpoint", "Processes").unwrap().id);
    let batch = |from: u32| {
        let mut column = TextColumn::default();
        // More than is remembered, the first again between the others, and one that is too long for it.
        for at in from..from + 20_000 {
            column.push(Some(&format!("line{at} of many {}", if at % 1000 == 0 { "Needle" } else { "straws" })));
            column.push(Some("line7"));
        }
        column.push(Some(&format!("{}needle", " ".repeat(20_000))));
        Columns { rows: column.rows(), columns: vec![("process".to_owned(), Column::Text(column))] }
    };
    let kept = Prefilter::new([&plan]);
    for from in [0, 5_000, 0] {
        let rows = batch(from);
        assert_eq!(kept.matches(&processes, &rows), Prefilter::new([&plan]).matches(&processes, &rows));
        let Column::Text(text) = &rows.columns[0].1 else { panic!("text") };
        let value = |row: usize| text.get(row).unwrap_or("").to_lowercase();
        let expected = (0..rows.rows).filter(|row| value(*row).contains("needle") || value(*row).starts_with("line7"));
        let found = kept.matches(&processes, &rows);
        assert_eq!(found.scans[0].rows.iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}
