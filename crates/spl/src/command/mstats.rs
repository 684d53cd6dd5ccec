//! `mstats`

use super::Typed;
use crate::ast::{ByField, CommandKind, CompareOp, Spanned, Term, Tstats};
use crate::parse::{Parse, Parser, Setting};
use crate::print::{print_filter, push_aggregate, push_by, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "mstats",
    aliases: &[],
    syntax: "mstats [<option>=<value>]... (<function>(<metric>) [AS <string>])... [WHERE <search-query>] [BY <field-list>] \
             [span=<timespan>]",
    summary: "computes aggregates over metrics",
    examples: &[
        "| mstats avg(tcp.*) as tcp.* avg(udp.*) as udp.* where index=kubernetes_metrics AND earliest=-1h \
         by k8s.cluster.name source.workload.name span=10s",
        "| mstats avg(_value) prestats=f where index=* metric_name=\"cpu.*\" by metric_name, host",
    ],
    parse,
    print,
};

/// `mcatalog` has the same clauses.
pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Mstats(mstats) = kind else { return };
    mstats.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    mstats.aggregates.iter().for_each(|aggregate| push_aggregate(aggregate, out));
    if let Some(filter) = &mstats.filter {
        out.push_str(" where ");
        out.push_str(&print_filter(filter));
    }
    push_by(&mstats.by, out);
}

/// The words that start a clause.
const CLAUSES: &[&str] = &["where", "by", "groupby"];

/// Unlike in `tstats`, `span=` is an option of the command wherever it stands: grouping by `_time` is not written in BY.
pub(super) fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut mstats = Tstats::default();
    while !parser.at_end() {
        let start = parser.mark();
        if parser.eat_keyword("where") {
            let again = mstats.filter.is_some();
            let Some(terms) = parser.terms(CLAUSES)? else {
                return Err(parser.expected("a search term after `WHERE`"));
            };
            if again {
                return Err(parser.error(parser.span_from(start), "this clause is given twice"));
            }
            mstats.filter = without_spans(terms, &mut mstats.options);
        } else if parser.eat_keyword("by") || parser.eat_keyword("groupby") {
            if !mstats.by.is_empty() {
                return Err(parser.error(parser.span_from(start), "this clause is given twice"));
            }
            by(parser, &mut mstats)?;
        } else if let Some(option) = parser.option()? {
            mstats.options.push(option);
        } else {
            mstats.aggregates.push(parser.aggregate()?);
        }
        while parser.eat_token(",") {}
    }
    if mstats.aggregates.is_empty() {
        return Err(parser.expected("an aggregate such as `avg(cpu.usage)`"));
    }
    Ok(CommandKind::Mstats(mstats))
}

fn by(parser: &mut Parser<'_>, mstats: &mut Tstats) -> Parse<()> {
    loop {
        match parser.option()? {
            Some(option) => mstats.options.push(option),
            None => mstats.by.push(ByField { field: parser.field()?, bucket: None }),
        }
        if !parser.more(CLAUSES) {
            break;
        }
    }
    if mstats.by.is_empty() {
        return Err(parser.expected("a field"));
    }
    Ok(())
}

/// `span=` and `every=` behind WHERE look like terms, but are options (manual: "mstats", examples).
fn without_spans(terms: Term, options: &mut Vec<Setting>) -> Option<Term> {
    let terms = match terms {
        Term::And(terms) => terms,
        term => vec![term],
    };
    let mut kept = Vec::new();
    for term in terms {
        match term {
            Term::Compare { field, op: CompareOp::Equal, value } if field.name == "span" || field.name == "every" => {
                let name = Spanned { value: field.name, span: field.span };
                options.push((name, Spanned { value: value.parts.join("*"), span: value.span }));
            }
            term => kept.push(term),
        }
    }
    match kept.len() {
        0 => None,
        1 => kept.pop(),
        _ => Some(Term::And(kept)),
    }
}
