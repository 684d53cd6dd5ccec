//! `iplocation`: where an address is.

use diag::{Diagnostic, codes};
use spl::ast::{Command, CommandKind};

use super::{Spec, option, wants_results};
use crate::checker::Checker;
use crate::{Iplocation, Op};

pub(super) const SPEC: Spec = Spec { name: "iplocation", check };

/// What every location has, and what `allfields=true` adds (manual: "iplocation").
const FIELDS: [&str; 5] = ["City", "Country", "Region", "lat", "lon"];
const MORE_FIELDS: [&str; 3] = ["Continent", "MetroCode", "Timezone"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    let field = written.fields.first()?;
    checker.reads_field(field);
    let (mut prefix, mut all_fields, mut languages) = (String::new(), false, Vec::new());
    for setting in &written.options {
        match setting.0.value.to_lowercase().as_str() {
            "prefix" => prefix.clone_from(&setting.1.value),
            "allfields" => all_fields = option::boolean(checker, setting)?,
            "lang" => languages = setting.1.value.split(',').map(|lang| lang.trim().to_owned()).collect(),
            _ => option::unknown(checker, &setting.0, &["allfields", "lang", "prefix"]),
        }
    }
    if !checker.names.locations {
        let message = "no database of addresses is given, so `iplocation` fails when it runs";
        let found = Diagnostic::warning(codes::UNKNOWN_REFERENCE, command.name.span, message);
        checker.push(found.help("give one in MaxMind's format with `--geoip FILE` or the variable `WEIR_GEOIP`"));
    }
    let more: &[&str] = if all_fields { &MORE_FIELDS } else { &[] };
    let outputs: Vec<(String, String)> =
        FIELDS.iter().chain(more).map(|part| ((*part).to_owned(), format!("{prefix}{part}"))).collect();
    for (_, output) in &outputs {
        // Of an address without a place the field stays as it is.
        checker.needs(output);
        checker.schema.add(output);
    }
    Some(Op::Iplocation(Iplocation { field: field.name.clone(), outputs, languages }))
}
