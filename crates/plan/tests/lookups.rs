//! The commands that name a lookup, and `iplocation`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use diag::Severity;
use plan::{Check, LookupSchema, Names, Op, Verdict};

fn names() -> Names {
    let table = |fields: &[&str]| LookupSchema {
        fields: Some(fields.iter().map(|field| (*field).to_owned()).collect()),
        ..LookupSchema::default()
    };
    let assets = LookupSchema { absent: Some("it belongs to another app".to_owned()), ..table(&["asset", "owner"]) };
    let lookups = [
        ("users", table(&["name", "department", "boss"])),
        ("seen", LookupSchema::default()),
        ("assets", assets),
        ("shannon", LookupSchema { computed: true, ..table(&["word", "entropy"]) }),
        ("ports.csv", table(&["port", "note"])),
    ];
    let lookups = lookups.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    Names { lookups, locations: true, ..Names::default() }
}

fn run(search: &str) -> Check {
    let parsed = spl::parse(search);
    plan::check(&parsed.pipeline, search, &names()).with_syntax_errors(parsed.diagnostics)
}

/// `codes` in order of place; a warning has a `w` behind its code.
#[track_caller]
fn check(search: &str, verdict: Verdict, codes: &str) -> Check {
    let found = run(search);
    let shown = found.diagnostics.iter().map(|found| match found.severity {
        Severity::Error => found.code.0.to_owned(),
        Severity::Warning => format!("{}w", found.code.0),
        Severity::Note => format!("{}n", found.code.0),
    });
    let shown: Vec<String> = shown.collect();
    assert_eq!((found.verdict, shown.join(" ").as_str()), (verdict, codes), "{search}\n{:#?}", found.diagnostics);
    found
}

#[track_caller]
fn supported(search: &str) -> Check {
    check(search, Verdict::Supported, "")
}

#[track_caller]
fn fields(search: &str, expected: &str) {
    let output = supported(search).output;
    let open = if output.open { " …" } else { "" };
    assert_eq!(format!("{}{open}", output.fields.join(" ")), expected, "{search}");
}

/// What the raw scan must deliver: `*` is everything.
#[track_caller]
fn needs(search: &str, expected: &str) {
    let plan = supported(search).plan.expect("a plan");
    let got = match plan.event_fields.expect("a scan") {
        None => "*".to_owned(),
        Some(fields) => fields.into_iter().collect::<Vec<_>>().join(" "),
    };
    assert_eq!(got, expected, "{search}");
}

#[test]
fn lookups_are_known_with_their_fields() {
    supported("index=main | lookup users name AS user OUTPUT department | table department");
    check("index=main | lookup user name OUTPUT department", Verdict::Invalid, "CON203");
    check("index=main | lookup users nam OUTPUT department", Verdict::Invalid, "SPL301");
    check("index=main | lookup users name OUTPUT dept", Verdict::Invalid, "SPL301");
    check("index=main | stats count by dest | lookup users name AS user", Verdict::Supported, "SPL301w");
    check("index=main | lookup assets asset AS dest OUTPUT anything", Verdict::Supported, "CON203w");
    supported("index=main | lookup shannon word AS host OUTPUT entropy");
    supported("index=main | lookup ports.csv port OUTPUTNEW note");
    check("index=main | lookup other.csv port OUTPUTNEW note", Verdict::Supported, "CON203w");
    assert!(run("index=main | lookup users name").usage.lookups.contains("users"));
}

#[test]
fn outputs_come_to_the_fields() {
    let by = "index=main | stats count by user | ";
    fields(&format!("{by}lookup users name AS user OUTPUT department AS d, boss"), "user count d boss");
    fields(&format!("{by}lookup users name AS user"), "user count department boss");
    fields(&format!("{by}lookup seen a AS user"), "user count …");
    fields(&format!("{by}lookup users name AS user OUTPUTNEW department AS count"), "user count");
    needs("index=main | lookup users name AS user OUTPUT boss | table dest", "dest index user");
    needs("index=main | lookup users name AS user OUTPUTNEW boss | table dest", "boss dest index user");
}

#[test]
fn options_of_lookup() {
    supported("index=main | lookup update=true local=f users name");
    check("index=main | lookup updat=true users name", Verdict::Invalid, "SPL103");
    check("index=main | lookup local=perhaps users name", Verdict::Invalid, "SPL103");
    check("index=main | lookup event_time_field=t users name", Verdict::Unsupported, "SPL104");
}

#[test]
fn rows_of_lookups_are_read() {
    fields("| inputlookup users", "name department boss");
    fields("| inputlookup seen", " …");
    fields("| inputlookup ports.csv where port>3 AND note=\"a*\"", "port note");
    fields("index=main | stats count by user | inputlookup append=t users", "user count name department boss");
    fields("index=main | stats count by user | inputlookup seen append=T", "user count …");
    fields("| inputlookup append=t users start=1 max=2 strict=t", "name department boss");
    check("index=main | inputlookup users", Verdict::Invalid, "SPL001");
    check("| inputlookup user", Verdict::Invalid, "CON203");
    check("| inputlookup assets", Verdict::Supported, "CON203w");
    check("| inputlookup shannon", Verdict::Invalid, "SPL204");
    check("| inputlookup users max=all", Verdict::Invalid, "SPL103");
    check("| inputlookup users begin=1", Verdict::Invalid, "SPL103");
    check("| inputlookup users where departmnet=IT", Verdict::Invalid, "SPL301");
    check("| inputlookup users where floor=3", Verdict::Supported, "SPL301w");
    check("| inputlookup users where word", Verdict::Unsupported, "SPL104");
}

#[test]
fn rows_are_written_to_lookups() {
    fields("index=main | stats count by user | outputlookup seen", "user count");
    needs("index=main | outputlookup seen | table user", "*");
    supported(
        "index=main | table user | outputlookup new.csv createinapp=true create_empty=t create_context=user max=3",
    );
    check("index=main | table user | outputlookup sene", Verdict::Invalid, "CON203");
    check("index=main | table user | outputlookup shannon", Verdict::Invalid, "SPL204");
    check("index=main | table user | outputlookup append=2 seen", Verdict::Invalid, "SPL103");
    check("index=main | table user | outputlookup create_context=mine seen", Verdict::Invalid, "SPL103");
    check("index=main | table user | outputlookup key_field=usr seen", Verdict::Invalid, "SPL301");
    check("index=main | table user | outputlookup allow_updates=f append=t seen", Verdict::Unsupported, "SPL104");
    let write = |options: &str| {
        let plan = supported(&format!("index=main | table user | outputlookup {options} seen")).plan.expect("a plan");
        match plan.stages.into_iter().next_back().expect("a stage").op {
            Op::Outputlookup(write) => write,
            other => panic!("{other:?}"),
        }
    };
    assert!(!write("").append && write("").override_if_empty);
    assert!(write("key_field=user").append);
    assert!(!write("key_field=user append=f").append);
    assert_eq!(write("max=5 override_if_empty=false").max, Some(5));
    assert!(write("output_format=splunk_mv_csv").multivalues);
}

#[test]
fn locations_come_to_the_fields() {
    fields("index=main | stats count by src | iplocation src", "src count City Country Region lat lon");
    fields(
        "index=main | stats count by src | iplocation prefix=p_ allfields=t lang=de,code src",
        "src count p_City p_Country p_Region p_lat p_lon p_Continent p_MetroCode p_Timezone",
    );
    check("index=main | iplocation prefx=p_ src", Verdict::Invalid, "SPL103");
    check("index=main | stats count by src | iplocation scr", Verdict::Invalid, "SPL301");
    let search = "index=main | iplocation src";
    let found = plan::check(&spl::parse(search).pipeline, search, &Names::default());
    assert_eq!((found.verdict, found.diagnostics.len()), (Verdict::Supported, 1));
}

#[test]
fn keys_survive_what_is_added() {
    let key = |rest: &str| supported(&format!("index=main | stats count by user | {rest}")).plan.expect("a plan").key;
    let user = Some(vec!["user".to_owned()]);
    assert_eq!(key("lookup users name AS user OUTPUT boss"), user);
    assert_eq!(key("lookup users name AS user OUTPUT boss AS user"), None);
    assert_eq!(key("lookup seen name AS user"), None);
    assert_eq!(key("iplocation user"), user);
    assert_eq!(key("outputlookup seen"), user);
    assert_eq!(key("inputlookup append=t users"), None);
}
