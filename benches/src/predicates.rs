//! The conditions of `tstats` on one dataset, as SQL that another engine can run on the same table.

use detect::CompiledDetection;
use plan::{Op, Predicate};
use spl::ast::{CompareOp, Pattern};

/// Print one line a condition: the detection's name, a tab, the condition. What SQL cannot say as it stands is left out.
pub(crate) fn print(detections: &[content::Detection], compiled: &[CompiledDetection], dataset: &str) {
    for (detection, compiled) in detections.iter().zip(compiled) {
        let Some(plan) = &compiled.plan else { continue };
        for scan in plan.scans() {
            let Op::Tstats(tstats) = scan.op else { continue };
            let reads = tstats.source.datasets().iter().any(|read| read.id.to_string() == dataset);
            if let (true, Some(condition)) = (reads, tstats.filter.as_ref().and_then(sql)) {
                println!("{}\t{condition}", detection.name);
            }
        }
    }
}

fn sql(predicate: &Predicate) -> Option<String> {
    let joined = |terms: &[Predicate], between: &str| -> Option<String> {
        let terms: Option<Vec<String>> = terms.iter().map(sql).collect();
        Some(format!("({})", terms?.join(between)))
    };
    match predicate {
        Predicate::True => Some("TRUE".to_owned()),
        Predicate::False => Some("FALSE".to_owned()),
        Predicate::And(terms) => joined(terms, " AND "),
        Predicate::Or(terms) => joined(terms, " OR "),
        Predicate::Not(inner) => Some(format!("NOT coalesce({}, FALSE)", sql(inner)?)),
        Predicate::Compare { field, op: CompareOp::Equal, value } => Some(like(field, value)),
        Predicate::Compare { field, op: CompareOp::NotEqual, value } => Some(format!("NOT {}", like(field, value))),
        Predicate::In { field, values } => {
            let each: Vec<String> = values.iter().map(|value| like(field, value)).collect();
            Some(format!("({})", each.join(" OR ")))
        }
        _ => None,
    }
}

/// Case is ignored, as in SPL.
fn like(field: &str, value: &Pattern) -> String {
    let quoted = |text: &str| text.replace('\'', "''");
    if let [exact] = value.parts.as_slice() {
        return format!("lower(\"{field}\") = '{}'", quoted(&exact.to_lowercase()));
    }
    let escaped: Vec<String> =
        value.parts.iter().map(|part| quoted(&part.replace('~', "~~").replace('%', "~%").replace('_', "~_"))).collect();
    format!("\"{field}\" ILIKE '{}' ESCAPE '~'", escaped.join("%"))
}
