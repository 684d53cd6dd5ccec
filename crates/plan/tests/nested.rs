//! Pipelines inside pipelines, templates, and what the first command of a search may say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test may stop")]

use diag::Severity;
use plan::{Check, Names, Op, Plan, Verdict};

fn run(search: &str) -> Check {
    let parsed = spl::parse(search);
    plan::check(&parsed.pipeline, search, &Names::default()).with_syntax_errors(parsed.diagnostics)
}

/// `codes` in order of place; a warning has a `w` behind its code.
#[track_caller]
fn check(search: &str, verdict: Verdict, codes: &str) {
    let found = run(search);
    let shown = found.diagnostics.iter().map(|found| match found.severity {
        Severity::Warning => format!("{}w", found.code.0),
        _ => found.code.0.to_owned(),
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

#[track_caller]
fn plan(search: &str) -> Plan {
    let found = run(search);
    found.plan.unwrap_or_else(|| panic!("{search}: {:#?}", found.diagnostics))
}

/// The fields of the results; `…` where others may exist.
#[track_caller]
fn yields(search: &str, expected: &str) {
    let output = run(search).output;
    assert_eq!(format!("{}{}", output.fields.join(" "), if output.open { " …" } else { "" }), expected, "{search}");
}

/// What the raw scans read, the outer one first: `-` no scan, `*` everything.
#[track_caller]
fn needs(search: &str, expected: &[&str]) {
    let plan = plan(search);
    let read = |plan: &Plan| match &plan.event_fields {
        None => "-".to_owned(),
        Some(None) => "*".to_owned(),
        Some(Some(fields)) => fields.iter().cloned().collect::<Vec<_>>().join(" "),
    };
    let got: Vec<String> = std::iter::once(&plan).chain(plan.nested()).map(read).collect();
    assert_eq!(got, expected, "{search}");
}

/// Earliest and latest of the scan.
#[track_caller]
fn range(search: &str, earliest: Option<&str>, latest: Option<&str>) {
    let plan = plan(search);
    let range = match &plan.stages.first().unwrap().op {
        Op::ScanEvents(scan) => &scan.range,
        Op::ScanDataset(scan) => &scan.range,
        Op::Tstats(tstats) => &tstats.range,
        other => panic!("{other:?}"),
    };
    assert_eq!((range.earliest.as_deref(), range.latest.as_deref()), (earliest, latest), "{search}");
}

#[test]
fn joins() {
    let left = "index=a | stats count by user";
    yields(&format!("{left} | join user [search index=b | stats dc(x) as n by user]"), "user count n");
    yields(&format!("{left} | join user [search index=b]"), "user count …");
    supported(&format!("{left} | join type=outer max=0 overwrite=f usetime=f earlier=t user [search index=b]"));
    supported(&format!("{left} | join [search index=b | table user x]"));
    unsupported(&format!("{left} | join [search index=b | table x]"), "SPL104");
    unsupported(&format!("{left} | join usetime=t user [search index=b]"), "SPL104");
    unsupported(&format!("{left} | join left=L right=R where L.user=R.u [search index=b]"), "SPL104 SPL104w");
    invalid(&format!("{left} | join typ=left user [search index=b]"), "SPL103");
    invalid(&format!("{left} | join type=full user [search index=b]"), "SPL103");
    invalid(&format!("{left} | join max=some user [search index=b]"), "SPL103");
    check(&format!("{left} | join who [search index=b]"), Verdict::Supported, "SPL301w");
    check(&format!("{left} | join user [search index=b | table x]"), Verdict::Supported, "SPL301w");
    invalid("| join user [search index=b]", "SPL001");
    unsupported(&format!("{left} | join us* [search index=b]"), "SPL104");
}

#[test]
fn appended_rows() {
    yields("index=a | table x | append [search index=b | table y x]", "x y");
    yields("index=a | table x | appendcols [| tstats count from datamodel=Web by _time]", "x count");
    yields("index=a | stats count by x | appendpipe [stats sum(count) as all | where all>1]", "x count all");
    supported("index=a | table x | append maxtime=5 maxout=10 timeout=3 [search index=b | table x]");
    unsupported("index=a | table x | append extendtimerange=t [search index=b | table x]", "SPL104");
    invalid("index=a | table x | append overide=t [search index=b | table x]", "SPL103");
    supported("index=a | table x | appendcols override=t maxout=5 [search index=b | table x]");
    supported("index=a | table x | appendpipe run_in_preview=f [head 1]");
    invalid("index=a | table x | appendpipe run=f [head 1]", "SPL103");
    invalid("index=a | stats count by x | appendpipe [where cout>1]", "SPL301");
    invalid("index=a | stats count by x | appendpipe [statz count]", "SPL101");
    invalid("index=a | append [head 5]", "SPL001");
    let limited = plan("index=a | append maxout=7 [search index=b]");
    let nested = limited.nested().next().unwrap();
    assert_eq!(nested.stages.last().unwrap().op, Op::Head(7));
}

#[test]
fn what_nested_searches_read() {
    needs("index=a | stats count by x | append [search b=1 | stats count by c]", &["index x", "b c"]);
    needs("index=a | table x | join x [search b=1]", &["index x", "*"]);
    needs("index=a [search b=1 | table c d] | table x", &["c d index x", "b c d"]);
    needs("index=a [search b=1 | return 5 $c] | table x", &["_raw index x", "b c"]);
    needs("index=a [search b=1 | return e=c] | table x", &["e index x", "b c"]);
    needs("index=a [search b=1 | fields - z | eval search=c] | table x", &["*", "*"]);
    needs("index=a | table x | map search=\"search y=$x$ | stats count by z\"", &["index x", "y z"]);
    needs("index=a | table x | map search=\"search $x$=1 | table z\"", &["index x", "*"]);
    needs("index=a | appendpipe [append [search b=1 | table c]] | table c", &["c index", "b c"]);
    needs("index=a date_hour>3 | table linecount", &["_raw _time date_hour index linecount"]);
    needs("| tstats count where sourcetype=a", &[""]);
    needs("index=a | foreach a*_x [eval b_<<MATCHSTR>>='<<FIELD>>'.c_<<MATCHSEG1>>] | table d", &["a*_x c_* d index"]);
}

#[test]
fn subsearches_as_terms() {
    supported("index=a [search index=b | table dest]");
    supported("index=a NOT [search index=b | table dest]");
    supported("index=a | search [search index=b | table dest]");
    supported("| tstats count from datamodel=Web where [search index=b | table Web.src] by Web.src");
    check(
        "| tstats count from datamodel=Web where [search index=b | table src] by Web.src",
        Verdict::Supported,
        "CIM003w",
    );
    check("index=a | stats count by x | search [search index=b | table y]", Verdict::Supported, "SPL301w");
    supported("index=a | stats count by x | search [search index=b | return x]");
    check("index=a | stats count by x | search [search index=b | return $x]", Verdict::Supported, "SPL301w");
    invalid("index=a [search index=b | tabel dest]", "SPL101");
    supported("index=a [search index=b | fields dest | format maxresults=5]");
    supported("index=a [search index=b | table dest | format \"(\" \"(\" \"OR\" \")\" \"OR\" \")\"]");
    invalid("index=a [search index=b | table dest | format max=5]", "SPL103");
}

#[test]
fn searches_of_map() {
    let map = |search: &str| format!("index=a | stats count by user dest | map search=\"{search}\"");
    supported(&map("search index=b user=$user$ dest=\\\"$dest$\\\" | head 1"));
    supported(&map("| tstats count from datamodel=Web where Web.src=$user$ earliest=$count$ by Web.src"));
    supported(&map("search index=b | eval n=$_serial_id$, price=\\\"$$5\\\""));
    yields(&map("search index=b user=$user$ | stats count by x"), "x count");
    invalid(&map("search index=b user=$usr$"), "SPL301");
    invalid(&map("search index=b | statz count"), "SPL101");
    invalid(&map("search index=b (user=$user$"), "SPL002");
    unsupported(&map("search index=b | cluster user"), "SPL102");
    supported("index=a | map [search user=$user$ | head 1] maxsearches=100");
    invalid("index=a | map maxsearches=0 search=\"search user=$user$\"", "SPL103");
    invalid("index=a | map max=3 search=\"search user=$user$\"", "SPL103");
    unsupported("index=a | map saved_search", "SPL104 SPL104w");
}

#[test]
fn templates_of_foreach() {
    let known = "index=a | stats sum(x) as sum_x sum(y) as sum_y by z";
    yields(&format!("{known} | foreach sum_* [eval half_<<MATCHSTR>>='<<FIELD>>'/2]"), "z sum_x sum_y half_x half_y");
    invalid(&format!("{known} | foreach sum_* [eval half='sumx'/2]"), "SPL301");
    check(&format!("{known} | foreach none_* [eval a=1]"), Verdict::Supported, "SPL301w");
    supported(&format!("{known} | foreach sum_x z fieldstr=\"#f\" [eval #f=1 | eval b='#f']"));
    unsupported(&format!("{known} | foreach sum_* [rename <<FIELD>> as a]"), "SPL104");
    unsupported(&format!("{known} | foreach mode=multivalue z [eval a=<<ITEM>>]"), "SPL104");
    invalid(&format!("{known} | foreach mode=many z [eval a=1]"), "SPL103");
    invalid(&format!("{known} | foreach sum_* [eval a=nosuch(<<FIELD>>)]"), "SPL201");
    invalid(&format!("{known} | foreach sum_* [eval a=(<<FIELD>>]"), "SPL002");
    yields("index=a | foreach a* [eval b=if(t=\"x\", mvappend(b, '<<FIELD>>'), b)]", "b …");
    yields("index=a | foreach * [ eval <<FIELD>> = if(<<FIELD>>=\"null\",null(),<<FIELD>>)]", " …");
    invalid("index=a | foreach a* [eval b=nosuch(<<FIELD>>)]", "SPL201");
}

#[test]
fn transactions() {
    let after = |rest: &str| format!("index=a | transaction {rest}");
    supported(&after("user, host maxspan=5m maxpause=-1 maxevents=5 connected=f keepevicted=t mvlist=\"a, b\""));
    supported(&after(
        "user startswith=(EventCode=1 OR x=\"a b\") endswith=\"bye\" keeporphans=true nullstr=none mvraw=t",
    ));
    supported(&after("startswith=eval(a<b) unifyends=t"));
    yields("index=a | table user _time | transaction user", "user _time duration eventcount closed_txn");
    check("index=a | stats count by x, _time | transaction user", Verdict::Supported, "SPL301w");
    unsupported("index=a | stats count by user | transaction user", "SPL301w SPL104");
    unsupported(&after("user name=web"), "SPL104");
    unsupported(&after("user maxopentxn=5"), "SPL104");
    unsupported(&after("user delim=\",\""), "SPL104");
    unsupported(&after("user startswith=(a=1 [search b])"), "SPL104");
    invalid(&after("user maxspan=5parsec"), "SPL103");
    invalid(&after("user maxspn=5m"), "SPL103");
    invalid(&after("user startswith=eval(nosuch(a))"), "SPL201");
}

#[test]
fn time_modifiers() {
    range("index=a earliest=-1h@h latest=-5m b=1", Some("-1h@h"), Some("-5m"));
    range("index=a earliest=\"-1d\"", Some("-1d"), Some("now"));
    range("index=a latest=now", None, Some("now"));
    range("index=a earliest=01/02/2024:00:00:00", Some("01/02/2024:00:00:00"), Some("now"));
    range("index=a (earliest=1700000000 latest=now())", Some("1700000000"), Some("now()"));
    range("index=a starthoursago=2 endminutesago=5", Some("-2h"), Some("-5m"));
    range("| tstats count from datamodel=Web where earliest=-1h Web.src=a by Web.src", Some("-1h"), Some("now"));
    range("| from datamodel:Web.Web | search starthoursago=168 src=a", Some("-168h"), Some("now"));
    range("index=a | search earliest=-1h | search latest=-5m", Some("-1h"), Some("-5m"));
    unsupported("index=a (earliest=-1h OR b=1)", "SPL104");
    unsupported("index=a NOT earliest=-1h", "SPL104");
    unsupported("index=a | stats count | search earliest=-1h", "SPL104");
    unsupported("index=a _index_earliest=-1h", "SPL104");
    unsupported("index=a earliest=rt-5m", "SPL104");
    unsupported("index=a earliest=-5m earliest=-1h", "SPL104");
    invalid("index=a earliest=yesterday", "SPL204");
    invalid("index=a earliest>-1h", "SPL204");
    // They belong to the search that they stand in.
    let nested = plan("index=a earliest=-1h [search index=b | table c]");
    let inner = nested.nested().next().unwrap();
    assert!(matches!(&inner.stages[0].op, Op::ScanEvents(scan) if scan.range.earliest.is_none()));
}

#[test]
fn what_is_read_first() {
    yields("| makeresults", "_time");
    yields("| makeresults count=2 annotate=t", "_time _raw host source sourcetype splunk_server splunk_server_group");
    yields("| makeresults format=csv data=\"a,b\n1,2\"", "a b");
    yields("| makeresults format=json data=\"[{\\\"a\\\": 1}]\"", "a");
    invalid("| makeresults format=json data=\"[\"", "SPL204");
    invalid("| makeresults format=xml data=\"[\"", "SPL103");
    invalid("| makeresults data=\"a\"", "SPL204");
    invalid("| makeresults cout=2", "SPL103");
    invalid("index=a | makeresults", "SPL001");
    supported("| from datamodel:Web.Web | stats count by src, _raw");
    supported("| from datamodel Web | stats count by src");
    check("| from datamodel:Web.Web | stats count by Web.src", Verdict::Supported, "SPL301w");
    supported("| datamodel Web Web search | stats count by Web.src");
    supported(
        "| datamodel Change Account_Management search | stats count by All_Changes.user All_Changes.Account_Management.src_user",
    );
    supported("| datamodel Web Web flat summariesonly=t | stats count by src");
    unsupported("| datamodel Web Web acceleration_search", "SPL104");
    unsupported("| datamodel Web", "SPL104");
    unsupported("| datamodel Web Web search strict_fields=f", "SPL104");
    invalid("| datamodel Web Web serch", "SPL103");
    unsupported("| from datamodel:Endpoint", "SPL104");
    unsupported("| from savedsearch:mine", "SPL104");
    invalid("| from lookpu:mine", "SPL103");
    invalid("| from datamodel:Wbe.Web", "CIM001");
    check("| from lookup:hosts.csv | search a=1", Verdict::Supported, "CON203w");
    invalid("index=a | from datamodel:Web.Web", "SPL001");
}

#[test]
fn terms_of_events() {
    supported("index=a TERM(a.b=c*) CASE(Error) eventtype=x tag=y tag::eventtype=z");
    unsupported("index=a tag::host=web", "SPL104");
    unsupported("index=a x*=1", "SPL104");
    unsupported("index=a savedsearch=x", "SPL104");
    check("index=a | stats count by x | search TERM(a)", Verdict::Supported, "SPL301w");
    supported("index=a date_hour>=20 OR date_wday=sunday | stats count by linecount");
    unsupported("index=a punct=\"*\"", "SPL104");
    unsupported("index=a | append [search index=b] | where date_hour=3", "SPL104");
}

#[test]
fn sources_of_tstats() {
    let by = |by: &str| format!("| tstats count from datamodel=Change.All_Changes by {by}");
    supported(&by("All_Changes.Instance_Changes.image_id, All_Changes.user, index"));
    unsupported(&by("All_Changes.Instance_Changes.image_id All_Changes.Account_Management.src_user"), "SPL104");
    check(&by("All_Changes.Instance_Changes.colour"), Verdict::Supported, "CIM003w");
    supported("| tstats count from datamodel=Endpoint where Processes.dest=a Registry.dest=b by Processes.dest host");
    check("| tstats count from datamodel=Endpoint by Nowhere.dest", Verdict::Supported, "CIM003w");
    unsupported("| tstats count where index=* by user", "SPL104");
    supported("| tstats count min(_time) as first where index=* sourcetype=a earliest=-1d by host, _time span=1h");
    unsupported("| tstats count from datamodel=Web where TERM(x) by Web.src", "SPL104");
    supported(
        "| tstats local=t chunk_size=5 use_summary_index_values=t prestats=f count from datamodel=Web by Web.tag",
    );
    unsupported("| tstats append=t count from datamodel=Web by Web.src", "SPL104");
}
