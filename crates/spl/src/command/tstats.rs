//! `tstats`

use text::Span;

use super::Typed;
use crate::ast::{CommandKind, Spanned, Tstats};
use crate::parse::{Parse, Parser};
use crate::print::{print_filter, push_aggregate, push_by, push_option, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "tstats",
    aliases: &[],
    syntax: "tstats [<option>=<bool>]... (<function>(<field>) [AS <string>])... [FROM datamodel=<model>[.<dataset>]] \
             [WHERE <search-query>] [BY <field-list> [span=<timespan>]]",
    summary: "computes aggregates over the events of a data model",
    examples: &[
        "| tstats summariesonly=false count min(_time) as firstTime FROM datamodel=Endpoint.Processes \
         WHERE Processes.process_name=cmd.exe Processes.process IN (\"*a*\", \"*b*\") BY Processes.dest, _time span=1h",
        "| tstats count where index=* by host",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Tstats(tstats) = kind else { return };
        tstats.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        tstats.aggregates.iter().for_each(|aggregate| push_aggregate(aggregate, out));
        if let Some(from) = &tstats.from {
            out.push_str(" from datamodel=");
            if from.value.split('.').all(is_part) { out.push_str(&from.value) } else { push_text(&from.value, out) }
        }
        if let Some(filter) = &tstats.filter {
            out.push_str(" where ");
            out.push_str(&print_filter(filter));
        }
        push_by(&tstats.by, out);
    },
};

/// The words that start a clause.
pub(crate) const CLAUSES: &[&str] = &["from", "where", "by", "groupby"];

/// The manual's order is options, aggregates, FROM, WHERE, BY; the order of the clauses changes nothing, so any is read.
fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut tstats = Tstats::default();
    while !parser.at_end() {
        let start = parser.mark();
        if parser.eat_keyword("from") {
            let again = tstats.from.is_some();
            tstats.from = source(parser)?;
            once(parser, again, parser.span_from(start))?;
        } else if parser.eat_keyword("where") {
            let again = tstats.filter.is_some();
            tstats.filter = parser.terms(CLAUSES)?;
            once(parser, again, parser.span_from(start))?;
            if tstats.filter.is_none() {
                return Err(parser.expected("a search term after `WHERE`"));
            }
        } else if parser.eat_keyword("by") || parser.eat_keyword("groupby") {
            let again = !tstats.by.is_empty();
            tstats.by = parser.by_fields(CLAUSES)?;
            once(parser, again, parser.span_from(start))?;
        } else if let Some(option) = parser.option()? {
            tstats.options.push(option);
        } else {
            tstats.aggregates.push(parser.aggregate()?);
        }
        parser.eat_token(",");
    }
    if tstats.aggregates.is_empty() {
        return Err(parser.expected("an aggregate such as `count`"));
    }
    Ok(CommandKind::Tstats(tstats))
}

fn once(parser: &mut Parser<'_>, again: bool, span: Span) -> Parse<()> {
    if again { Err(parser.error(span, "this clause is given twice")) } else { Ok(()) }
}

/// `datamodel=M.D`, `datamodel M.D`, `datamodel="M"."D"`. Other sources (`sid=`, a namespace) do not fit the tree.
fn source(parser: &mut Parser<'_>) -> Parse<Option<Spanned<String>>> {
    let start = parser.mark_token();
    let word = parser.eat_while(|c| c.is_alphanumeric() || c == '_').to_owned();
    if !word.eq_ignore_ascii_case("datamodel") {
        parser.recover();
        let span = parser.span_from(start);
        parser.unsupported(span, "a source of `tstats` that is not a data model");
        return Ok(None);
    }
    // Both `datamodel=M` and `datamodel:M` are seen in content.
    let _ = parser.eat_token("=") || parser.eat(":");
    let start = parser.mark_token();
    let mut value = part(parser)?;
    while parser.eat(".") {
        value.push('.');
        value.push_str(&part(parser)?);
    }
    Ok(Some(Spanned { value, span: parser.span_from(start) }))
}

fn part(parser: &mut Parser<'_>) -> Parse<String> {
    if parser.peek() == Some('"') {
        return parser.quoted('"').map(|text| text.value);
    }
    let name = parser.eat_while(is_part_character).to_owned();
    if name.is_empty() {
        return Err(parser.expected("a data model"));
    }
    Ok(name)
}

/// True for a part of a name that needs no quotes.
fn is_part(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_part_character)
}

fn is_part_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}
