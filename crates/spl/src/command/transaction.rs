//! `transaction`

use super::Typed;
use crate::ast::{Boundary, CommandKind, Term, Transaction};
use crate::parse::{Parse, Parser};
use crate::print::{print_expr, print_term, push_fields, push_option, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "transaction",
    aliases: &["transam"],
    syntax: "transaction [<field-list>] [<option>=<value>]... [startswith=<filter>] [endswith=<filter>]",
    summary: "groups events that belong together into one result",
    examples: &[
        "search a | transaction user host maxspan=5m maxpause=30s",
        "search a | transaction user startswith=(action=\"log in\" OR action=open) endswith=\"logged out\"",
        "search a | transaction startswith=eval(speed < limit) keepevicted=t mvlist=t",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Transaction(transaction) = kind else { return };
        push_fields(&transaction.fields, out);
        transaction.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        push_boundary("startswith", transaction.starts_with.as_ref(), out);
        push_boundary("endswith", transaction.ends_with.as_ref(), out);
    },
};

fn push_boundary(name: &str, boundary: Option<&Boundary>, out: &mut String) {
    let Some(boundary) = boundary else { return };
    out.push(' ');
    out.push_str(name);
    out.push('=');
    match boundary {
        Boundary::Eval(expr) => {
            out.push_str("eval(");
            out.push_str(&print_expr(expr));
            out.push(')');
        }
        Boundary::Terms(Term::Keyword(phrase)) if phrase.quoted => push_text(&phrase.parts.join("*"), out),
        Boundary::Terms(terms) => {
            out.push('(');
            out.push_str(&print_term(terms));
            out.push(')');
        }
    }
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut transaction = Transaction::default();
    while !parser.at_end() {
        let start = parser.mark();
        let name = parser.peek_word().to_ascii_lowercase();
        if matches!(name.as_str(), "startswith" | "endswith") {
            parser.field()?;
            if parser.eat_token("=") {
                let place =
                    if name == "startswith" { &mut transaction.starts_with } else { &mut transaction.ends_with };
                if place.is_some() {
                    return Err(parser.error(parser.span_from(start), format!("`{name}` is given twice")));
                }
                *place = Some(boundary(parser)?);
                parser.eat_token(",");
                continue;
            }
            parser.reset(start);
        }
        match parser.option()? {
            Some(option) => transaction.options.push(option),
            None => transaction.fields.push(parser.field()?),
        }
        parser.eat_token(",");
    }
    Ok(CommandKind::Transaction(transaction))
}

/// `"phrase"`, `(TERMS)`, `eval(EXPR)` or a word.
fn boundary(parser: &mut Parser<'_>) -> Parse<Boundary> {
    let start = parser.mark_token();
    match parser.peek() {
        Some('(') => return parser.group().map(Boundary::Terms),
        Some('"') => return parser.phrase().map(Boundary::Terms),
        _ => {}
    }
    if parser.eat_keyword("eval") && parser.eat_token("(") {
        let expr = parser.expression()?;
        parser.expect(")")?;
        return Ok(Boundary::Eval(expr));
    }
    parser.reset(start);
    parser.bare_term().map(Boundary::Terms)
}
