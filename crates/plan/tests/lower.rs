//! Searches against what they are lowered to, written as text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test may stop")]

use plan::{AggregateOver, Aggregation, Names, Op, Plan, Predicate};
use spl::ast::{CompareOp, Pattern};

#[track_caller]
fn plan(search: &str) -> Plan {
    let parsed = spl::parse(search);
    let check = plan::check(&parsed.pipeline, search, &Names::default()).with_syntax_errors(parsed.diagnostics);
    check.plan.unwrap_or_else(|| panic!("{search}: {:#?}", check.diagnostics))
}

/// The operations, one a line.
#[track_caller]
fn check(search: &str, expected: &[&str]) {
    let plan = plan(search);
    let got: Vec<String> = plan.stages.iter().map(|stage| op(&stage.op)).collect();
    assert_eq!(got, expected, "{search}");
}

/// The fields after each command; `…` where others may exist.
#[track_caller]
fn schemas(search: &str, expected: &[&str]) {
    let plan = plan(search);
    let got = plan.stages.iter().map(|stage| {
        let open = if stage.schema.open { " …" } else { "" };
        format!("{}{open}", stage.schema.fields.join(" "))
    });
    assert_eq!(got.collect::<Vec<_>>(), expected, "{search}");
}

/// What the raw scan must deliver: `-` no scan, `*` everything.
#[track_caller]
fn needs(search: &str, expected: &str) {
    let got = match plan(search).event_fields {
        None => "-".to_owned(),
        Some(None) => "*".to_owned(),
        Some(Some(fields)) => fields.into_iter().collect::<Vec<_>>().join(" "),
    };
    assert_eq!(got, expected, "{search}");
}

fn op(op: &Op) -> String {
    match op {
        Op::ScanEvents(read) => format!("scan {}", predicate(&read.predicate)),
        Op::Filter(filter) => format!("filter {}", predicate(filter)),
        Op::Where(condition) => format!("where {}", spl::print_expr(condition)),
        Op::Eval(made) => {
            let made = made.iter().map(|(name, value)| format!("{name}={}", spl::print_expr(value)));
            format!("eval {}", made.collect::<Vec<_>>().join(", "))
        }
        Op::Tstats(read) => {
            let by = read.by.iter().map(|by| {
                let field = by.field.as_deref().unwrap_or("null");
                format!(
                    "{}<-{field}{}",
                    by.output,
                    by.bucket.as_ref().map(|span| format!("/{span}")).unwrap_or_default()
                )
            });
            let filter = read.filter.as_ref().map_or("all".to_owned(), predicate);
            let fill = read.fillnull_value.as_ref().map(|value| format!(" fill {value}")).unwrap_or_default();
            let by: Vec<String> = by.collect();
            format!(
                "tstats {} [{filter}] {} by {}{fill}",
                read.dataset.id,
                aggregates(&read.aggregations),
                by.join(" ")
            )
        }
        Op::Stats { aggregations, by } => format!("stats {} by {}", aggregates(aggregations), by.join(" ")),
        other => format!("{other:?}"),
    }
}

fn aggregates(made: &[Aggregation]) -> String {
    let made = made.iter().map(|made| {
        let over = match &made.over {
            AggregateOver::Rows => "rows".to_owned(),
            AggregateOver::Field(field) | AggregateOver::Wildcard(field) => field.clone(),
            AggregateOver::Eval(expr) => format!("eval {}", spl::print_expr(expr)),
            AggregateOver::Missing => "missing".to_owned(),
        };
        let parameter = made.parameter.map(|number| number.to_string()).unwrap_or_default();
        format!("{}={}{parameter}({over})", made.output, made.function)
    });
    made.collect::<Vec<_>>().join(" ")
}

fn predicate(filter: &Predicate) -> String {
    let list = |all: &[Predicate], word: &str| all.iter().map(predicate).collect::<Vec<_>>().join(word);
    match filter {
        Predicate::True => "true".to_owned(),
        Predicate::False => "false".to_owned(),
        Predicate::And(all) => format!("({})", list(all, " and ")),
        Predicate::Or(all) => format!("({})", list(all, " or ")),
        Predicate::Not(inner) => format!("not {}", predicate(inner)),
        Predicate::Compare { field, op, value } => {
            let op = match op {
                CompareOp::Equal => "=",
                CompareOp::NotEqual => "!=",
                _ => "<>",
            };
            format!("{field}{op}{}", pattern(value))
        }
        Predicate::In { field, values } => {
            format!("{field} in {}", values.iter().map(pattern).collect::<Vec<_>>().join(","))
        }
        Predicate::Keyword(word) => format!("word {}", pattern(word)),
        Predicate::Subsearch(_) => "subsearch".to_owned(),
    }
}

fn pattern(value: &Pattern) -> String {
    value.parts.join("*")
}

#[test]
fn search_terms() {
    check("a=1 b=2 OR c=3", &["scan (a=1 and (b=2 or c=3))"]);
    check("a=1 NOT (b=2 c=x*)", &["scan (a=1 and not (b=2 and c=x*))"]);
    check("a=1 AND * AND word", &["scan (a=1 and word word)"]);
    check("*", &["scan true"]);
    check("search *", &["scan true"]);
    check("search search *", &["scan word search"]);
    check("a IN (x, \"y*\") b!=z", &["scan (a in x,y* and b!=z)"]);
    check("a=1 | search * OR b=2", &["scan a=1", "filter true"]);
}

#[test]
fn a_field_that_cannot_exist_is_null() {
    check(
        "a=1 | stats count by dest | search src=x OR NOT src=y | where isnull(src) OR count > 1",
        &["scan a=1", "stats count=count(rows) by dest", "filter not false", "where isnull(null) OR count > 1"],
    );
    check(
        "a=1 | stats count by dest | stats values(src) count(src) as n by dest",
        &["scan a=1", "stats count=count(rows) by dest", "stats values(src)=values(missing) n=count(missing) by dest"],
    );
}

#[test]
fn tstats_is_resolved() {
    check(
        "| tstats fillnull_value=null count values(Processes.process) as p max(_time) from datamodel=Endpoint.Processes \
         where Processes.process_name=cmd.exe OR Processes.nothing=1 by _time span=1h Processes.dest, Processes.nothing sourcetype",
        &[
            "tstats Endpoint.Processes [process_name=cmd.exe] count=count(rows) p=values(process) max(_time)=max(_time) by \
           _time<-_time/1h Processes.dest<-dest Processes.nothing<-null sourcetype<-sourcetype fill null",
        ],
    );
    check(
        "| tstats dc(All_Changes.user) from datamodel=Change where nodename=All_Changes.Account_Management All_Changes.action=x \
         by All_Changes.Account_Management.src_user",
        &["tstats Change.Account_Management [action=x] dc(All_Changes.user)=dc(user) by \
           All_Changes.Account_Management.src_user<-src_user"],
    );
    check("| tstats count from datamodel=Web", &["tstats Web.Web [all] count=count(rows) by "]);
}

#[test]
fn aggregates_are_named_as_splunk_prints_them() {
    check(
        "a=1 | stats count, distinct_count(x), values(\"a b\"), p95(x) as p, sum(eval(x * 2)) as s, count(x) by dest",
        &[
            "scan a=1",
            "stats count=count(rows) distinct_count(x)=dc(x) values(a b)=values(a b) p=perc95(x) s=sum(eval x * 2) \
           count(x)=count(x) by dest",
        ],
    );
    check(
        "a=1 | stats values(x*) as y* latest(*) by dest",
        &["scan a=1", "stats y*=values(x*) latest(*)=latest(*) by dest"],
    );
    check(
        "a=1 | stats count(a1) as x1 count(a2) as x2 by dest | stats values(x*) as y* max(*) as * by dest",
        &[
            "scan a=1",
            "stats x1=count(a1) x2=count(a2) by dest",
            "stats y1=values(x1) y2=values(x2) x1=max(x1) x2=max(x2) by dest",
        ],
    );
}

#[test]
fn schemas_follow_the_commands() {
    schemas(
        "| tstats count min(_time) as first from datamodel=Endpoint.Processes by Processes.dest Processes.user \
         | rename Processes.* as * | eval risk=1 | fields - user | fields dest risk missing* | rename dest as host",
        &[
            "Processes.dest Processes.user count first",
            "dest user count first",
            "dest user count first risk",
            "dest count first risk",
            "dest risk",
            "host risk",
        ],
    );
    schemas("a=1 | fields dest", &[" …", "dest _time _raw"]);
    schemas("a=1 | table dest user*", &[" …", "dest …"]);
    schemas("a=1 | stats values(x*) as y* count by dest", &[" …", "dest count …"]);
    schemas("a=1 | eventstats count as n | table n", &[" … ", "n …", "n"].map(str::trim_end));
    // Renaming a field that is not there empties the one it would become.
    schemas(
        "a=1 | stats count by dest | eval x=1 | rename zzzz as x",
        &[" …", "dest count", "dest count x", "dest count"],
    );
}

#[test]
fn raw_scans_read_what_is_needed() {
    needs("| tstats count from datamodel=Web by Web.src", "-");
    needs("a=1", "*");
    needs("a=1 | where b=2", "*");
    needs("a=1 | eval c=lower(b) | stats count latest(d) by c", "_time a b c d");
    needs("a=1 word | table x", "_raw a x");
    needs("a=1 | stats values(*) as * by x", "*");
    needs("a=1 | fields x | where x=1", "_raw _time a x");
}

#[test]
fn rows_are_told_apart_by_their_group() {
    #[track_caller]
    fn key(search: &str, expected: &str) {
        let got = plan(search).key.map_or_else(|| "-".to_owned(), |fields| fields.join(" "));
        assert_eq!(got, expected, "{search}");
    }
    let tstats =
        "| tstats count min(_time) as first from datamodel=Endpoint.Processes by Processes.dest Processes.user";
    key(tstats, "Processes.dest Processes.user");
    key(&format!("{tstats} | rename Processes.* as * | convert ctime(first) | search *"), "dest user");
    key(&format!("{tstats} | rename Processes.* as * | rename dest as host | where count > 3"), "host user");
    key(&format!("{tstats} | rename Processes.* as * | table dest count"), "-");
    key(&format!("{tstats} | rename Processes.* as * | fields - user"), "-");
    key(&format!("{tstats} | rename Processes.* as * | eval user=lower(user)"), "-");
    key(&format!("{tstats} | rename Processes.* as * | rename first as dest"), "-");
    key(&format!("{tstats} | rename Processes.dest as first | stats count by first | head 3"), "first");
    key("a=1 | stats count", "");
    key("a=1 | where b=2", "-");
}
