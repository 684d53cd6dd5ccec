#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use std::sync::Arc;

use normalize::{Needs, Normalizer, bundled_packs};
use plan::Plan;

use super::{Coverage, Look, Seen, World};
use crate::sink::{Keep as _, Prepare as _, Source};

fn plan_of(search: &str) -> Plan {
    let parsed = spl::parse(search);
    let checked = plan::check(&parsed.pipeline, search, &plan::Names::default());
    checked.plan.unwrap_or_else(|| panic!("{search}: {:?} {:?}", parsed.diagnostics, checked.diagnostics))
}

/// What is missing, as `kind name`.
fn missing(coverage: &Coverage) -> Vec<String> {
    coverage.missing.iter().map(|missing| format!("{} {}", missing.kind.name(), missing.name)).collect()
}

fn packs() -> (Normalizer, World) {
    let (normalizer, _) = Normalizer::new(&[], &mut diag::Files::default());
    let world = World::of_packs(&normalizer, &bundled_packs());
    (normalizer, world)
}

#[test]
fn what_packs_give() {
    let (_, world) = packs();
    let check = |search: &str, expected: &[&str]| {
        assert_eq!(missing(&world.cover(&plan_of(search))), expected, "{search}");
    };
    check("| tstats count from datamodel=Endpoint.Processes by Processes.process_name Processes.dest", &[]);
    check(
        "| tstats count from datamodel=Endpoint.Processes by Processes.dest_category",
        &["field Endpoint.Processes.dest_category"],
    );
    check("| tstats count from datamodel=Risk.All_Risk by All_Risk.risk_object", &[]);
    check("search sourcetype=aws:cloudtrail eventName=ConsoleLogin | stats count by userIdentity.arn", &[]);
    check("search source=XmlWinEventLog:Security EventCode=4688 | stats count by NewProcessName", &[]);
    check("search sourcetype=nobody:knows | stats count", &["sourcetype sourcetype=\"nobody:knows\""]);
    check("search eventtype=okta_log | stats count by user", &[]);
    check("search eventtype=nobody_knows x=1 | stats count", &["sourcetype eventtype=\"nobody_knows\""]);
    // What the search makes by itself it does not need of events.
    check("search sourcetype=aws:cloudtrail | eval severity=\"high\" | stats count by severity", &[]);
}

#[test]
fn what_logs_give() {
    let (normalizer, _) = packs();
    let log = "{\"event_simpleName\":\"ProcessRollup2\",\"aid\":\"1\",\"ComputerName\":\"pc\",\"CommandLine\":\"cmd /c x\",\"ImageFileName\":\"\\\\Device\\\\a\\\\cmd.exe\",\"timestamp\":\"1700000000000\"}\n";
    let mut seen = Seen::default();
    let mut batches = Vec::new();
    event::decode(&Arc::from("log"), log.as_bytes(), &event::DecodeOptions::default(), &mut |mut batch| {
        normalizer.extract(&mut batch);
        let source = Source { batch: &batch, normalizer: &normalizer, needs: &Needs::all() };
        batches.push(Look.prepare(&source).unwrap().rows);
    });
    seen.keep(&|| event::content_hash(b""), batches).unwrap();
    let world = World::of_logs(&seen);
    let check = |search: &str, expected: &[&str]| {
        assert_eq!(missing(&world.cover(&plan_of(search))), expected, "{search}");
    };
    check("| tstats count from datamodel=Endpoint.Processes by Processes.process Processes.dest", &[]);
    check(
        "| tstats count from datamodel=Endpoint.Processes by Processes.user Processes.process_hash",
        &["field Endpoint.Processes.process_hash", "field Endpoint.Processes.user"],
    );
    check("| tstats count from datamodel=Web.Web by Web.url", &["dataset Web.Web"]);
    check("search sourcetype=crowdstrike:events:sensor | stats count by CommandLine", &[]);
    check("search sourcetype=crowdstrike:events:sensor | stats count by Absent", &["field Absent"]);
    check("search sourcetype=aws:cloudtrail | stats count", &["sourcetype sourcetype=\"aws:cloudtrail\""]);
}
