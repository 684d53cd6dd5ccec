//! `lookup`: fields of the rows of a table that match.

use spl::ast::{Command, CommandKind, Lookup as Written, LookupField};

use super::{Spec, lookups, option, wants_results};
use crate::checker::Checker;
use crate::{Lookup, LookupSchema, Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "lookup", check };

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Lookup(written) = &command.kind else {
        return None;
    };
    wants_results(checker, command)?;
    options(checker, written);
    let schema = lookups::find(checker, &written.name);
    let judged = schema.clone().unwrap_or_default();
    let name = &written.name.value;
    let mut complete = true;
    let mut inputs = Vec::new();
    for input in &written.inputs {
        complete &= lookups::check_field(checker, name, &judged, &input.field);
        let field = input.alias.as_ref().unwrap_or(&input.field);
        checker.reads_field(field);
        inputs.push((input.field.name.clone(), field.name.clone()));
    }
    let keep = written.output.as_ref().is_some_and(|output| output.keep);
    let outputs = match &written.output {
        Some(output) => {
            for field in &output.fields {
                complete &= lookups::check_field(checker, name, &judged, &field.field);
            }
            Some(output.fields.iter().map(pair).collect())
        }
        None => others(&judged, &inputs),
    };
    made(checker, outputs.as_deref(), keep);
    schema?;
    complete.then(|| Op::Lookup(Lookup { name: name.clone(), inputs, outputs, keep }))
}

fn options(checker: &mut Checker<'_>, written: &Written) {
    for setting in &written.options {
        match setting.0.value.to_lowercase().as_str() {
            // Where a lookup runs, and that it sees files that change meanwhile, changes no answer here.
            "local" | "update" => {
                option::boolean(checker, setting);
            }
            "event_time_field" => option::refuse(checker, setting, "is not supported"),
            _ => option::unknown(checker, &setting.0, &["local", "update"]),
        }
    }
}

fn pair(field: &LookupField) -> (String, String) {
    let to = field.alias.as_ref().unwrap_or(&field.field);
    (field.field.name.clone(), to.name.clone())
}

/// Without an output clause, every field that is not compared (manual: "lookup", "Usage").
fn others(schema: &LookupSchema, inputs: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let fields = schema.fields.as_ref()?;
    let others = fields.iter().filter(|field| !inputs.iter().any(|(input, _)| input == *field));
    Some(others.map(|field| (field.clone(), field.clone())).collect())
}

/// The fields that come to the results.
fn made(checker: &mut Checker<'_>, outputs: Option<&[(String, String)]>, keep: bool) {
    let Some(outputs) = outputs else {
        // Only the table knows.
        checker.mix(&Schema::open());
        return;
    };
    for (_, field) in outputs {
        if keep {
            checker.needs(field);
        }
        checker.schema.add(field);
    }
}
