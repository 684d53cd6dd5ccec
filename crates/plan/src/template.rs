//! Texts with tokens that become searches: `$field$` of `map`, `<<FIELD>>` of `foreach`.

use std::ops::Range;

use diag::{Diagnostic, Severity};
use spl::ast::{Command, CommandKind, Expr};

use crate::checker::Checker;
use crate::wildcard::capture;
use crate::{Foreach, Names, Schema, expr};

/// The token of `map` that counts its searches.
pub(crate) const SERIAL: &str = "_serial_id";

/// The `$field$` tokens of the search of a `map`: place and name. Blanks, quotes and pipes are in no name.
pub fn tokens(template: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(open) = template.get(start..).and_then(|rest| rest.find('$')).map(|at| start + at) {
        let name = template.get(open + 1..).and_then(|rest| rest.split_once('$')).map(|(name, _)| name);
        match name {
            None => break,
            Some(name) if is_name(name) => {
                let end = open + name.len() + 2;
                found.push((open..end, name));
                start = end;
            }
            // `$$` is a dollar sign.
            Some("") => start = open + 2,
            Some(_) => start = open + 1,
        }
    }
    found
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '|' | '\\' | '\''))
}

/// A number of so many characters: it may stand wherever a value may, in quotes and without.
pub(crate) fn stand_in(length: usize) -> String {
    format!("{:0>length$}", 1)
}

/// A field of `foreach`, with what the wildcards of its pattern stand for.
struct Match<'f> {
    field: &'f str,
    segments: Vec<&'f str>,
}

/// The fields that the patterns match, in the order of the patterns, each once.
fn matches<'f>(foreach: &Foreach, fields: &'f [String]) -> Vec<Match<'f>> {
    let mut found: Vec<Match<'f>> = Vec::new();
    for pattern in &foreach.fields {
        for field in fields {
            let known = found.iter().any(|known| known.field == field);
            if let Some(segments) = capture(pattern, field).filter(|_| !known) {
                found.push(Match { field, segments });
            }
        }
    }
    found
}

/// The commands for each field that a `foreach` works on.
pub(crate) fn filled(foreach: &Foreach, fields: &[String]) -> Vec<String> {
    let fill = |found: Match<'_>| {
        let segments = foreach.segment_tokens.iter().enumerate();
        let text = foreach.template.replace(&foreach.field_token, found.field);
        let text = text.replace(&foreach.match_token, &found.segments.concat());
        segments.fold(text, |text, (at, token)| text.replace(token, found.segments.get(at).unwrap_or(&"")))
    };
    matches(foreach, fields).into_iter().map(fill).collect()
}

/// The commands with stand-ins for names that are not known yet.
pub(crate) fn with_stand_ins(foreach: &Foreach) -> String {
    let tokens = [&foreach.field_token, &foreach.match_token].into_iter().chain(&foreach.segment_tokens);
    let text = foreach.template.clone();
    tokens.zip(STAND_INS).fold(text, |text, (token, name)| text.replace(token.as_str(), name))
}

/// What stands for `<<FIELD>>`, `<<MATCHSTR>>` and the three segments: names that no event has.
pub(crate) const STAND_INS: [&str; 5] =
    ["__FIELD__", "__MATCHSTR__", "__MATCHSEG1__", "__MATCHSEG2__", "__MATCHSEG3__"];

/// The `eval` commands of a text; what else it holds is an error.
pub(crate) fn evals(text: &str) -> Result<Vec<Command>, Vec<Diagnostic>> {
    let parsed = spl::parse(&format!("| {text}"));
    let wrong = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
    let only_evals = parsed.pipeline.commands.iter().all(|command| matches!(command.kind, CommandKind::Eval(_)));
    if wrong || !only_evals {
        return Err(parsed.diagnostics);
    }
    Ok(parsed.pipeline.commands)
}

/// The assignments that a `foreach` makes over fields that are known when it runs, in order.
///
/// # Errors
///
/// Says what is wrong with the commands as they are for one of the fields.
pub fn foreach_evals(foreach: &Foreach, fields: &[String]) -> Result<Vec<(String, Expr)>, String> {
    let names = Names::default();
    let mut made = Vec::new();
    for text in filled(foreach, fields) {
        let wrong = |found: &[Diagnostic]| {
            let why = found.first().map_or("it is no `eval`", |found| found.message.as_str());
            format!("`{text}`: {why}")
        };
        let mut checker = Checker::new(&text, &names);
        checker.schema = Schema::open();
        for command in evals(&text).map_err(|found| wrong(&found))? {
            let CommandKind::Eval(assignments) = command.kind else { continue };
            for assignment in assignments {
                made.push((assignment.field.name.clone(), expr::resolve(&mut checker, &assignment.expr)));
            }
        }
        let found: Vec<Diagnostic> = checker.take_diagnostics(0);
        if found.iter().any(|found| found.severity == Severity::Error) {
            return Err(wrong(&found));
        }
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::{filled, tokens};
    use crate::Foreach;

    #[test]
    fn tokens_are_names_between_dollar_signs() {
        let check = |text: &str, names: &[&str]| {
            let found: Vec<&str> = tokens(text).into_iter().map(|(_, name)| name).collect();
            assert_eq!(found, names, "{text}");
        };
        check("search a=$user$ b=\"$a{}.b$\"", &["user", "a{}.b"]);
        check("price=\"$5 and $6\" c=$d$", &["d"]);
        check("a=\"$$\" b=$c$", &["c"]);
        check("a=$b", &[]);
        check("a=$b$c$d$", &["b", "d"]);
    }

    #[test]
    fn templates_are_filled_field_by_field() {
        let foreach = Foreach {
            fields: vec!["a_*_*".to_owned(), "x".to_owned(), "*".to_owned()],
            template: "<<FIELD>>|<<MATCHSTR>>|<<MATCHSEG1>>|<<MATCHSEG2>>|<<MATCHSEG3>>".to_owned(),
            field_token: "<<FIELD>>".to_owned(),
            match_token: "<<MATCHSTR>>".to_owned(),
            segment_tokens: ["<<MATCHSEG1>>", "<<MATCHSEG2>>", "<<MATCHSEG3>>"].map(str::to_owned),
        };
        let fields = ["x", "a_1_22", "_time"].map(str::to_owned);
        assert_eq!(filled(&foreach, &fields), ["a_1_22|122|1|22|", "x||||"]);
    }
}
