//! `makeresults`: rows made of nothing, or written out in the search.
//!
//! Source: Search Reference, "makeresults". Rows of `data=` have the fields that it names and no `_time` (our reading).

use diag::{Diagnostic, codes};
use serde_json::Value;
use spl::ast::{Command, CommandKind, Spanned};

use super::{Spec, from, option};
use crate::checker::Checker;
use crate::{Op, Schema};

pub(super) const SPEC: Spec = Spec { name: "makeresults", check };

const OPTIONS: &[&str] = &["annotate", "count", "data", "format", "splunk_server", "splunk_server_group"];

/// The fields that `annotate=true` adds.
const ANNOTATIONS: &[&str] = &["_raw", "host", "source", "sourcetype", "splunk_server", "splunk_server_group"];

fn check(checker: &mut Checker<'_>, command: &Command) -> Option<Op> {
    let CommandKind::Plain(plain) = &command.kind else {
        return None;
    };
    from::comes_first(checker, command);
    checker.schema = Schema::open();
    let (mut count, mut annotate, mut format, mut data) = (1, false, None, None);
    for setting in &plain.options {
        match setting.0.value.to_lowercase().as_str() {
            "count" => count = option::number(checker, setting).unwrap_or(1),
            "annotate" => annotate = option::boolean(checker, setting).unwrap_or(false),
            "format" => format = Some(&setting.1),
            "data" => data = Some(&setting.1),
            "splunk_server" | "splunk_server_group" => {
                option::refuse(checker, setting, "is not supported: there is one server");
            }
            _ => option::unknown(checker, &setting.0, OPTIONS),
        }
    }
    if let Some(field) = plain.fields.first() {
        let message = format!("`makeresults` takes options alone, not `{}`", field.name);
        checker.push(Diagnostic::error(codes::SYNTAX, field.span, message));
        return None;
    }
    match (format, data) {
        (None, None) => {
            let names = ["_time"].iter().chain(ANNOTATIONS.iter().filter(|_| annotate));
            checker.schema = Schema::closed(names.map(|name| (*name).to_owned()).collect());
            Some(Op::Makeresults { count, annotate })
        }
        (Some(format), Some(data)) => rows(checker, format, data),
        (Some(lone), None) | (None, Some(lone)) => {
            let message = "`format=` and `data=` belong together";
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, lone.span, message));
            None
        }
    }
}

fn rows(checker: &mut Checker<'_>, format: &Spanned<String>, data: &Spanned<String>) -> Option<Op> {
    let made = match format.value.to_lowercase().as_str() {
        "csv" => Ok(csv(&data.value)),
        "json" => json(&data.value),
        other => {
            let message = format!("`format=` is `csv` or `json`, not `{other}`");
            checker.push(Diagnostic::error(codes::UNKNOWN_OPTION, format.span, message));
            return None;
        }
    };
    match made {
        Ok((fields, rows)) => {
            checker.schema = Schema::closed(fields.clone());
            Some(Op::Rows { fields, rows })
        }
        Err(why) => {
            checker.push(Diagnostic::error(codes::BAD_ARGUMENT, data.span, format!("`data=` is no JSON: {why}")));
            None
        }
    }
}

type Rows = (Vec<String>, Vec<Vec<Option<String>>>);

/// A line of names, then lines of values. Empty values are null.
fn csv(text: &str) -> Rows {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(cells);
    let fields: Vec<String> = lines.next().unwrap_or_default();
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        fields.iter().map(|_| cells.next().filter(|cell| !cell.is_empty())).collect()
    };
    let rows = lines.map(row).collect();
    (fields, rows)
}

/// The cells of a line: `"` stands around those with commas, and is doubled inside.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(next) = characters.next() {
        match next {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            other => cell.push(other),
        }
    }
    cells.push(cell.trim().to_owned());
    cells
}

/// A list of objects, or one object.
fn json(text: &str) -> Result<Rows, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let list = match value {
        Value::Array(list) => list,
        other => vec![other],
    };
    let mut fields: Vec<String> = Vec::new();
    for object in &list {
        let object = object.as_object().ok_or("it is a list of objects")?;
        for name in object.keys() {
            if !fields.contains(name) {
                fields.push(name.clone());
            }
        }
    }
    let cell = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let row = |object: &Value| fields.iter().map(|name| object.get(name).and_then(cell)).collect();
    let rows = list.iter().map(row).collect();
    Ok((fields, rows))
}

#[cfg(test)]
mod tests {
    use super::{cells, csv, json};

    #[test]
    fn lines_of_cells() {
        assert_eq!(cells("a, \"b,\"\"c\" ,"), ["a", "b,\"c", ""]);
        let (fields, rows) = csv("user,n\n\nalice,1\n,2,3\n");
        assert_eq!(fields, ["user", "n"]);
        let cell = |text: &str| Some(text.to_owned());
        assert_eq!(rows, [[cell("alice"), cell("1")], [None, cell("2")]]);
    }

    #[test]
    fn objects() {
        let (fields, rows) = json("[{\"b\": 1.5, \"a\": null}, {\"c\": [1]}]").unwrap_or_default();
        assert_eq!(fields, ["b", "a", "c"]);
        assert_eq!(rows[0], [Some("1.5".to_owned()), None, None]);
        assert_eq!(rows[1], [None, None, Some("[1]".to_owned())]);
        assert!(json("[1]").is_err() && json("{").is_err());
    }
}
