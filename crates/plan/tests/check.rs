//! Searches against their verdict and the codes found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test may stop")]

use diag::Severity;
use plan::{Check, Names, Verdict};

fn run(search: &str) -> Check {
    let parsed = spl::parse(search);
    plan::check(&parsed.pipeline, search, &Names::default()).with_syntax_errors(parsed.diagnostics)
}

/// `codes` in order of place; a warning has a `w` behind its code.
#[track_caller]
fn check(search: &str, verdict: Verdict, codes: &str) {
    let found = run(search);
    let shown = found.diagnostics.iter().map(|found| match found.severity {
        Severity::Error => found.code.0.to_owned(),
        Severity::Warning => format!("{}w", found.code.0),
        Severity::Note => format!("{}n", found.code.0),
    });
    let shown: Vec<String> = shown.collect();
    assert_eq!((found.verdict, shown.join(" ").as_str()), (verdict, codes), "{search}\n{:#?}", found.diagnostics);
    assert_eq!(found.plan.is_some(), verdict == Verdict::Supported, "a plan exactly when it can run: {search}");
}

#[track_caller]
fn supported(search: &str) {
    check(search, Verdict::Supported, "");
}

#[track_caller]
fn unsupported(search: &str, codes: &str) {
    check(search, Verdict::Unsupported, codes);
}

#[track_caller]
fn invalid(search: &str, codes: &str) {
    check(search, Verdict::Invalid, codes);
}

const SEED: &str = r#"| tstats summariesonly=false allow_old_summaries=true fillnull_value=null count min(_time) as firstTime max(_time) as lastTime
  FROM datamodel=Endpoint.Processes
  WHERE Processes.process_name=ngrok.exe Processes.process IN ("*start*", "*--config*","*http*","*authtoken*", "*http*", "*tcp*")
  BY Processes.action Processes.dest Processes.original_file_name Processes.parent_process Processes.parent_process_exec
  Processes.parent_process_guid Processes.parent_process_id Processes.parent_process_name Processes.parent_process_path
  Processes.process Processes.process_exec Processes.process_guid Processes.process_hash Processes.process_id
  Processes.process_integrity_level Processes.process_name Processes.process_path Processes.user Processes.user_id
  Processes.vendor_product
| rename Processes.* as *
| convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime)
| convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(lastTime)
| search *"#;

#[test]
fn the_whole_form_of_a_detection_is_supported() {
    supported(SEED);
    let output = run(SEED).output;
    assert_eq!(output.fields.len(), 23);
    for field in ["user", "dest", "process_name", "parent_process_name", "firstTime", "count"] {
        assert!(plan::yields(&output, field), "{field}");
    }
    assert!(!plan::yields(&output, "Processes.user"));
}

#[test]
fn names_used_are_listed() {
    let usage = run(&format!("{SEED} | lookup update=true asr_rules ID OUTPUT rule | where like(user, \"a%\")")).usage;
    let listed = |names: &std::collections::BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(listed(&usage.commands), "convert lookup rename search tstats where");
    assert_eq!(listed(&usage.functions), "count ctime like max min");
    assert_eq!(listed(&usage.datasets), "Endpoint.Processes");
    assert_eq!(listed(&usage.lookups), "asr_rules");
    assert!(usage.fields.contains("Processes.process_name"));
}

#[test]
fn commands() {
    supported("index=main dest=a");
    supported("index=main | head | sort 0 - count | dedup 2 dest | fillnull value=x | regex process=\"a+\"");
    supported("index=main | bin span=5m _time | eventstats avg(x) as mean by dest | fields dest mean");
    supported("index=main | BUCKET _time span=1h | stats count by _time");
    invalid("index=main | evla x=1", "SPL101");
    invalid("index=main | xyzzy", "SPL101");
    supported("index=main | transaction dest");
    supported("index=main | streamstats count as n reset_after=(n > 3) by dest");
    invalid("| where x=1", "SPL001");
    invalid("| head 5", "SPL001");
}

#[test]
fn the_forms_that_splunk_refuses() {
    invalid("", "SPL001");
    invalid("index=main | eval a=match(x, \"y\")", "SPL204");
    invalid("index=main | eval a=(x > 3)", "SPL204");
    supported("index=main | eval a=if(x > 3, \"yes\", \"no\"), b=x+1");
    invalid("index=main | stats min(x) as a max(x) as a", "SPL204");
    supported("index=main | stats count min(x) count min(x) by dest");
    // Beside a result that is named, a wildcard's of the same name is left out.
    let twice = "index=main | stats count by dest user | stats count values(*) as * by dest";
    check(twice, Verdict::Supported, "SPL204w");
    invalid("index=main | rename a* as b", "SPL001");
    unsupported("index=main | stats count by dest | stats latest(count) as n by dest", "SPL301w SPL104");
}

#[test]
fn subsearches_are_looked_into() {
    supported("index=main | join dest [search index=other | stats count by dest]");
    invalid("index=main | join dest [search index=other | statz count by dest]", "SPL101");
    invalid("index=main | join dest [| tstats count from datamodel=Nowhere by x]", "CIM001");
    unsupported("index=main | join dest [search index=other | cluster dest]", "SPL102");
    // Of a command that does not run, the names alone are judged.
    unsupported("index=main | multisearch [search index=other | cluster dest]", "SPL102");
    invalid("index=main | multisearch [search index=other | statz count by dest]", "SPL102 SPL101");
}

#[test]
fn options_and_forms() {
    invalid("| tstats sumariesonly=t count from datamodel=Web by Web.src", "SPL103");
    invalid("| tstats chunk_size=many count from datamodel=Web by Web.src", "SPL103");
    supported("| tstats prestats=f chunk_size=100 count from datamodel=Web by Web.src");
    unsupported("| tstats prestats=true count from datamodel=Web by Web.src", "SPL104");
    supported("| tstats count where index=main by sourcetype");
    invalid("index=main | stats colour=t count by dest", "SPL103");
    supported("index=main | stats partitions=2 allnum=f count by dest");
    supported("index=main | stats allnum=t max(x) by dest");
    unsupported("index=main | stats delim=\",\" values(x) by dest", "SPL104");
    supported("index=main | bin _time | stats count by _time");
    supported("index=main | bin span=1mon _time | stats count by _time");
    supported("index=main | bin span=2log3 size | stats count by size");
    invalid("index=main | bin span=3log2 size | stats count by size", "SPL204");
    invalid("index=main | bin bins=0 minspan=x start=a aligntime=b size", "SPL103 SPL204 SPL103 SPL103");
    invalid("index=main | bin span=5parsec _time | stats count by _time", "SPL204");
    supported("index=main earliest=-1h dest=a");
    supported("index=main TERM(a.b)");
    supported("index=main date_hour=3");
    unsupported("index=main date_zone=0", "SPL104");
    supported("index=main | eval date_hour=strftime(_time, \"%H\") | where date_hour=3");
    supported("| tstats count from datamodel=Web where index=main by Web.src");
    unsupported("| tstats count from datamodel=Web where _indextime>1 by Web.src", "SPL104");
    check("index=main | stats count by dest | search word", Verdict::Supported, "SPL301w");
    supported("index=main word \"a phrase\" | search other");
    supported("index=main | stats count by dest | search *");
}

#[test]
fn functions_and_aggregates() {
    supported("index=main | eval a=case(x=1, \"a\", x=2, \"b\"), b=coalesce(a, c), d=IF(isnull(b), 1, 2)");
    invalid("index=main | eval a=case(x=1, \"a\", x=2)", "SPL203");
    invalid("index=main | eval a=round()", "SPL203");
    invalid("index=main | eval a=rund(x)", "SPL201");
    supported("index=main | eval a=mvmap(x, x+1), b=mvfilter(match(a, \"1\")), c=mvmap(mvindex(x, 0, 1), x . y)");
    unsupported("index=main | eval a=mvmap(mvappend(x, y), x)", "SPL104");
    invalid("index=main | eval a=mvfilter(x=y)", "SPL204");
    unsupported("index=main | eval a=commands(x)", "SPL202");
    supported("index=main | eval {counter}=value, \"disk_{drive}\"=1 | where disk_c=1");
    supported("index=main | where searchmatch(\"a=1 b=*\") AND !isnull(c)");
    supported("index=main | eval a=\"+\"+n+\"d\", b=c+d, e=1+c");
    invalid("index=main | eval a=\"x\"+1", "SPL204");
    invalid("index=main | where len(a)", "SPL204");
    supported("index=main | where a AND if(b=1, true(), false())");
    supported("index=main | eval r=random() | where random()%2=0");
    unsupported("index=main | stats sum(eval(random())) as s", "SPL202");
    invalid("index=main | where match(x, \"(\")", "SPL204");
    supported("index=main | where match(x, \"a{\") AND match(y, \"(?<!a)b(?=c)\")");
    invalid("index=main | eval a=tostring(x, \"roman\")", "SPL204");
    supported("index=main | stats count dc(a) p95(b) exactperc99.5(c) mean(d) as m count(eval(x=1)) as ones by dest");
    invalid("index=main | stats cout by dest", "SPL201");
    invalid("index=main | stats medain(x) by dest", "SPL201");
    supported("index=main | stats sumsq(x) estdc(y) upperperc95(z) rate(x) earliest_time(y) by dest");
    invalid("index=main | stats per_day(x) by dest", "SPL204");
    supported("index=main | timechart per_day(x) per_second(y) by dest");
    supported("index=main | stats sparkline count sparkline(dc(x), 5m) as s by dest");
    invalid("index=main | stats sparkline(list(x)) by dest", "SPL204");
    invalid("index=main | stats sparkline(x) by dest", "SPL201");
    unsupported("index=main | stats sparkline(avg(x*)) by dest", "SPL104");
    invalid("index=main | stats sum by dest", "SPL203");
    invalid("index=main | stats count(eval(x=1)) by dest", "SPL204");
    invalid("index=main | convert ctme(x)", "SPL201");
    unsupported("index=main | convert num(x)", "SPL202");
}

#[test]
fn datasets() {
    invalid("| tstats count from datamodel=Endpont.Processes by Processes.dest", "CIM001");
    invalid("| tstats count from datamodel=Endpoint.Proceses by Processes.dest", "CIM002");
    supported("| tstats count from datamodel=Endpoint by host");
    supported("| tstats count from datamodel=Web by Web.src");
    supported("| tstats count from datamodel=Web.Web by Web.src, \"Web.dest\"");
    supported("| tstats count from datamodel Endpoint.Processes by Processes.dest _time span=1h sourcetype");
    supported(
        "| tstats count from datamodel=Change.All_Changes where nodename=All_Changes.Account_Management by All_Changes.user",
    );
    supported(
        "| tstats count from datamodel=Change.Account_Management by All_Changes.user All_Changes.Account_Management.src_user",
    );
    unsupported(
        "| tstats count from datamodel=Endpoint.Processes where nodename=Filesystem by Processes.dest",
        "SPL104",
    );
    unsupported(
        "| tstats count from datamodel=Change.All_Changes where NOT nodename=All_Changes by All_Changes.user",
        "SPL104",
    );
    invalid(
        "| tstats count from datamodel=Change where nodename=All_Changes.Acount_Management by All_Changes.user",
        "CIM002",
    );
}

#[test]
fn fields_of_datasets() {
    let by = |fields: &str| format!("| tstats count from datamodel=Endpoint.Processes by {fields}");
    invalid(&by("Processes.proces_name"), "CIM003");
    invalid(&by("Processes.Process_name"), "CIM003");
    invalid(&by("Proceses.process_name"), "CIM002");
    check(&by("Processes.favourite"), Verdict::Supported, "CIM003w");
    check(&by("process_name"), Verdict::Supported, "CIM003w");
    check(&by("processes.process_name"), Verdict::Supported, "CIM003w");
    check(&by("Filesystem.file_name"), Verdict::Supported, "CIM003w");
    // A field of another dataset is no slip, however near.
    check("| tstats count from datamodel=Network_Resolution by DNS.dest_host", Verdict::Supported, "CIM003w");
    invalid(&by("Processes.*"), "SPL204");
}

#[test]
fn fields_that_cannot_exist() {
    let after = |rest: &str| format!("index=main | stats count as total values(user) as user by dest | {rest}");
    supported(&after("where total > 3 and user=\"a\""));
    invalid(&after("where totl > 3"), "SPL301");
    invalid(&after("table dset"), "SPL301");
    invalid(&after("sort - Total"), "SPL301");
    check(&after("where src_ip=1"), Verdict::Supported, "SPL301w");
    // A name that CIM has is no slip, nor is a plural.
    check(&after("table dest users"), Verdict::Supported, "SPL301w");
    // Published content converts fields that are not there, and it does nothing.
    supported(&after("convert ctime(firstTime)"));
    supported(&after("fillnull value=0 missing | where missing=0"));
    supported(&after("eval new=1 | where new=1"));
    check(&after("fields - user | where user=1"), Verdict::Supported, "SPL301w");
    check(&after("rename user as who | where user=1"), Verdict::Supported, "SPL301w");
    supported("index=main | where anything=1");
}

proptest::proptest! {
    #[test]
    fn no_search_breaks_the_check(words in proptest::collection::vec(word(), 0..24)) {
        let search = words.join(" ");
        let found = run(&search);
        for diagnostic in &found.diagnostics {
            proptest::prop_assert!(search.get(diagnostic.primary.span.range()).is_some(), "{search}: {diagnostic:?}");
        }
        proptest::prop_assert_eq!(found.plan.is_some(), found.verdict == Verdict::Supported);
    }
}

fn word() -> impl proptest::strategy::Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "|",
        "| tstats",
        "count",
        "from datamodel=",
        "Endpoint.Processes",
        "by",
        "where",
        "Processes.dest",
        "Processes.*",
        "*",
        "as",
        "| rename",
        "| stats",
        "values(x*)",
        "| eval",
        "a=",
        "if(a=1,",
        "2)",
        "é",
        "\"",
        "(",
        ")",
        "[",
        "]",
        "| table",
        "| fields -",
        "| bin",
        "span=1h",
        "_time",
        "| sort -",
        "NOT",
        "OR",
        "IN",
        "nodename=",
        "| fillnull",
        "| dedup",
        "3",
        "| regex",
        "| lookup",
        ",",
        "`x`",
        "{}",
        "| head",
        "| convert ctime(",
        "| eventstats",
        "p95(b)",
        "'",
    ])
}

#[test]
fn tables() {
    supported("index=main | chart limit=top5 useother=f count over dest by user span=10");
    supported("index=main | chart count avg(x) by dest");
    supported("index=main | timechart span=1h partial=f count by user limit=bottom3 where max in top5");
    unsupported("index=main | timechart eval(sum(a)/count) as r by user", "SPL104");
    unsupported("index=main | chart (sum(a)/count) as r by user", "SPL104 SPL104w");
    unsupported("index=main | chart count sum(x) by a b where sum > 3", "SPL104");
    invalid("index=main | timechart count over dest", "SPL001");
    invalid("index=main | chart count by a b c", "SPL001");
    invalid("index=main | chart count over a by b, c", "SPL001");
    invalid("index=main | chart partial=f count by a", "SPL103");
    invalid("index=main | chart limit=best3 count by a", "SPL103");
    invalid("index=main | chart count by a b where summ > 3", "SPL201");
    supported("index=main | top limit=5 useother=t a, b by c | rare showperc=f a");
    invalid("index=main | rare useother=t a", "SPL103");
    unsupported("index=main | top count", "SPL104");
    supported("index=main | addtotals row=t col=t labelfield=a fieldname=sum x, y | addcoltotals");
    invalid("index=main | addcoltotals fieldname=sum", "SPL103");
    supported("index=main | xyseries a b c d sep=- | transpose 0 header_field=a | untable column b c");
    invalid("index=main | xyseries a b", "SPL001");
    invalid("index=main | untable a b", "SPL001");
    invalid("index=main | reverse a", "SPL001");
    invalid("index=main | tail x", "SPL204");
    supported("index=main | filldown a, b* | tail 3 | uniq | accum x | delta x p=2 | addinfo");
    invalid("index=main | delta x p=0", "SPL103");
    supported("index=main | rangemap field=x low=0-3 high=4-9 | makecontinuous bins=10 x");
    invalid("index=main | rangemap low=0-3", "SPL001");
    invalid("index=main | rangemap field=x low=3", "SPL103");
    supported("index=main | head (x < 3) keeplast=t | dedup x consecutive=t sortby -ip(y) | fieldformat x=x*2");
    invalid("index=main | streamstats window=x count", "SPL103");
    unsupported("index=main | streamstats window=20000 count", "SPL104");
    invalid("index=main | streamstats time_window=1mon count", "SPL103");
}
