//! Searches that fit and apply models, and that read metrics, against their verdict, fields and keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

use plan::{Check, FittedModel, Names, Verdict};

fn names() -> Names {
    let mut names = Names::default();
    names.models.insert("dga".to_owned(), "it needs a container".to_owned());
    let fitted = FittedModel {
        baseline: "Baseline Of Api Calls".to_owned(),
        field: "api_calls".to_owned(),
        by: vec!["user".to_owned(), "HourOfDay".to_owned()],
        show_density: true,
    };
    names.fitted.insert("calls".to_owned(), fitted);
    names
}

fn run(search: &str) -> Check {
    let parsed = spl::parse(search);
    assert_eq!(parsed.diagnostics, [], "{search}");
    plan::check(&parsed.pipeline, search, &names())
}

/// `fields` are those after the last command, with `…` where there may be others.
#[track_caller]
fn check(search: &str, fields: &str) {
    let found = run(search);
    assert_eq!(found.verdict, Verdict::Supported, "{search}\n{:#?}", found.diagnostics);
    let mut shown = found.output.fields.join(" ");
    if found.output.open {
        shown.push_str(" …");
    }
    assert_eq!(shown, fields, "{search}");
}

#[track_caller]
fn refused(search: &str, message: &str) {
    let found = run(search);
    assert_ne!(found.verdict, Verdict::Supported, "{search}");
    let messages: Vec<&str> = found.diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert!(messages.contains(&message), "{search}\n{messages:#?}");
}

#[track_caller]
fn key(search: &str, expected: Option<&str>) {
    let plan = run(search).plan.expect("it runs");
    assert_eq!(plan.key.map(|key| key.join(" ")).as_deref(), expected, "{search}");
}

const CALLS: &str = "index=main | stats count as api_calls by user HourOfDay";

#[test]
fn fitting_adds_fields() {
    let more = |rest: &str| format!("{CALLS} | fit DensityFunction api_calls {rest}");
    check(&more("into m"), "user HourOfDay api_calls BoundaryRanges IsOutlier(api_calls)");
    check(
        &more("by \"user,HourOfDay\" into app:m dist=norm show_density=true metric=kolmogorov_smirnov random_state=3"),
        "user HourOfDay api_calls BoundaryRanges IsOutlier(api_calls) ProbabilityDensity(api_calls)",
    );
    check(
        &more("exclude_dist=\"beta,expon\" threshold=0.05"),
        "user HourOfDay api_calls BoundaryRanges IsOutlier(api_calls)",
    );
    refused(
        &more("exclude_dist=\"beta,expon,norm,gaussian_kde\""),
        "`exclude_dist` leaves out one to three densities, and only of `dist=auto`",
    );
    refused(
        &more("dist=norm exclude_dist=beta"),
        "`exclude_dist` leaves out one to three densities, and only of `dist=auto`",
    );
    refused(
        &more("dist=poisson"),
        "option `dist` takes `norm`, `expon`, `gaussian_kde`, `beta` or, for `dist`, `auto`, not `poisson`",
    );
    refused(&more("HourOfDay"), "`DensityFunction` models one field; `HourOfDay` is one too many");
    refused(&more("by \"a,b,c,d,e,f\""), "`DensityFunction` takes at most 5 by-fields");
    refused(
        &more("lower_threshold=0.5 upper_threshold=0.5"),
        "`lower_threshold` and `upper_threshold` are 1 or more together",
    );
    refused(&more("threshold=0"), "option `threshold` takes a number between 0.000000001 and 1, not `0`");
    key(&more("into m"), Some("user HourOfDay"));
}

#[test]
fn applying_adds_the_fields_of_the_model() {
    let more = |rest: &str| format!("{CALLS} | apply {rest}");
    let outputs = "BoundaryRanges IsOutlier(api_calls) ProbabilityDensity(api_calls)";
    check(&more("calls"), &format!("user HourOfDay api_calls {outputs}"));
    check(&more("app:calls threshold=0.005 dist=norm"), &format!("user HourOfDay api_calls {outputs}"));
    check(&more("calls show_density=f as odd"), "user HourOfDay api_calls BoundaryRanges odd");
    check(&more("unheard_of"), "user HourOfDay api_calls …");
    refused(&more("dga"), "model `dga` is not supported: it needs a container");
    refused(&more("calls thresold=0.1"), "unknown option `thresold`");
    key(&more("calls"), Some("user HourOfDay"));
    key(&more("calls | rename \"IsOutlier(api_calls)\" as isOutlier | where isOutlier=1"), Some("user HourOfDay"));
}

#[test]
fn models_are_looked_at() {
    let columns = "type min max mean std cardinality distance other";
    check("| summary calls", &format!("user HourOfDay {columns}"));
    check("| summary unheard_of", &format!("{columns} …"));
    key("| summary calls", Some("user HourOfDay"));
    check("| listmodels", "name type");
    check("| deletemodel calls", "");
    refused("| summary dga", "model `dga` is not supported: it needs a container");
    refused("index=main | summary calls", "`summary` must be the first command of a search");
    refused("| summary calls other", "`summary` takes the name of a model alone");
}

#[test]
fn outliers() {
    check(&format!("{CALLS} | outlier action=RM api_calls"), "user HourOfDay api_calls");
    check(
        &format!("{CALLS} | anomalydetection method=iqr action=tf param=4 uselower=true mark=true"),
        "user HourOfDay api_calls",
    );
    key(&format!("{CALLS} | outlier action=RM api_calls"), Some("user HourOfDay"));
    key(&format!("{CALLS} | outlier user"), None);
    let left_open = "method `zscore` of `anomalydetection` is not supported: the manual leaves open how it computes";
    refused(&format!("{CALLS} | anomalydetection method=zscore"), left_open);
    refused(
        &format!("{CALLS} | anomalydetection method=iqr pthresh=0.1"),
        "option `pthresh` takes no value where `method=iqr`, not `0.1`",
    );
}

#[test]
fn metrics() {
    check(
        "| mstats avg(k8s.pod.network.io) as io where index=kubernetes_metrics AND earliest=-1h by k8s.pod.name direction span=10s",
        "_time k8s.pod.name direction io",
    );
    check("| mstats avg(tcp.*) as tcp.* count(x) where index=* by dest.workload.name", "dest.workload.name count(x) …");
    check(
        "| mstats avg(_value) count where index=* metric_name=\"cpu.*\" by metric_name",
        "metric_name avg(_value) count",
    );
    check(
        "| mstats max(cpu) fillnull_value=none chunk_size=20000 prestats=f where host IN (a, b) span=1m by host",
        "_time host max(cpu)",
    );
    key("| mstats avg(x) as x by host span=10s", Some("_time host"));
    refused("| mstats avg(_value) where index=*", "aggregates over `_value` need the metric's name");
    refused(
        "| mstats avg(x) avg(_value) where metric_name=x",
        "aggregates over `_value` and over named metrics cannot stand together",
    );
    refused("| mstats avg(*.free) as Free", "`Free` has not as many `*` as `*.free`");
    refused("| mstats avg(x) where TERM(a)", "metrics are not searched for `TERM()`");
    refused("| mstats avg(x) by _timeseries", "grouping by `_timeseries` is not supported");
    refused("| mstats avg(x) append=t", "option `append=t` of `mstats` is not supported");
    refused("| mstats avg(x) where earliest=yesteryear", "`yesteryear` is no time");
    check(
        "| mcatalog values(metric_name) values(_dims) as dims where index=* by host",
        "host values(metric_name) dims",
    );
    refused("| mcatalog count", "`mcatalog` takes `values(…)` of a dimension, of `metric_name` or of `_dims`");
}
