//! `anomalydetection`: with `method=iqr` it is `outlier`. The manual does not say how the other methods compute: into which
//! bins numbers are put, how `cutoff` changes the threshold, what a score is.

use diag::codes;
use spl::ast::{Command, CommandKind};

use super::option::bad_value;
use super::{Spec, outlier, wants_results};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "anomalydetection", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let option = |wanted: &str| plain.options.iter().find(|(name, _)| name.value.eq_ignore_ascii_case(wanted));
    let method = option("method");
    match method.map_or("histogram".to_owned(), |(_, value)| value.value.to_lowercase()).as_str() {
        "iqr" => {
            for (name, value) in ["pthresh", "cutoff"].iter().filter_map(|wanted| option(wanted)) {
                bad_value(checker, name, value, "no value where `method=iqr`");
            }
            return outlier::lower(checker, plain, &["method", "pthresh", "cutoff"]);
        }
        other @ ("histogram" | "zscore") => {
            let message = format!(
                "method `{other}` of `anomalydetection` is not supported: the manual leaves open how it computes"
            );
            let span = method.map_or(command.name.span, |(name, value)| name.span.to(value.span));
            checker.unsupported(codes::UNSUPPORTED_OPTION, span, message);
        }
        _ => {
            if let Some((name, value)) = method {
                bad_value(checker, name, value, "`histogram`, `zscore` or `iqr`");
            }
        }
    }
    for field in &plain.fields {
        checker.reads_field(field);
    }
    // What follows is checked against the fields that the manual names.
    let summary = option("action").is_some_and(|(_, value)| value.value.eq_ignore_ascii_case("summary"));
    if summary {
        let names = ["num_anomalies", "thresh", "max_logprob", "min_logprob", "1st_quartile", "3rd_quartile"];
        checker.schema = Schema::closed(names.iter().map(|name| (*name).to_owned()).collect());
    } else {
        ["log_event_prob", "probable_cause", "probable_cause_freq", "max_freq"]
            .iter()
            .for_each(|name| checker.schema.add(name));
    }
    None
}
