//! `lookup`

use super::Typed;
use crate::ast::{CommandKind, Lookup, LookupField, LookupOutput, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_option, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "lookup",
    aliases: &[],
    syntax: "lookup [local=<bool>] [update=<bool>] <lookup-table-name> (<lookup-field> [AS <event-field>])... \
             [OUTPUT | OUTPUTNEW (<lookup-destfield> [AS <event-destfield>])...]",
    summary: "adds fields of the rows of a lookup that match a result",
    examples: &[
        "search * | lookup users name AS user OUTPUT department, manager AS boss",
        "search * | lookup update=true hosts.csv ip",
        "search * | lookup seen src, user, outputnew firstTime",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Lookup(lookup) = kind else { return };
        lookup.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        out.push(' ');
        push_field(&lookup.name.value, out);
        push_list(&lookup.inputs, out);
        if let Some(output) = &lookup.output {
            out.push_str(if output.keep { " OUTPUTNEW" } else { " OUTPUT" });
            push_list(&output.fields, out);
        }
    },
};

const OUTPUTS: &[&str] = &["output", "outputnew"];

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut options = Vec::new();
    while let Some(option) = parser.option()? {
        options.push(option);
        parser.eat_token(",");
    }
    let name = parser.field()?;
    let name = Spanned { value: name.name, span: name.span };
    parser.eat_token(",");
    if OUTPUTS.iter().any(|word| parser.at_keyword(word)) {
        return Err(parser.expected("a field of the lookup"));
    }
    let inputs = list(parser, OUTPUTS)?;
    let keep = parser.at_keyword("outputnew");
    let output = if keep || parser.at_keyword("output") {
        parser.eat_keyword(if keep { "outputnew" } else { "output" });
        Some(LookupOutput { keep, fields: list(parser, &[])? })
    } else {
        None
    };
    Ok(CommandKind::Lookup(Lookup { options, name, inputs, output }))
}

fn list(parser: &mut Parser<'_>, stops: &[&str]) -> Parse<Vec<LookupField>> {
    let mut fields = Vec::new();
    loop {
        let field = parser.field()?;
        let alias = parser.alias()?;
        fields.push(LookupField { field, alias });
        if !parser.more(stops) {
            return Ok(fields);
        }
    }
}

fn push_list(fields: &[LookupField], out: &mut String) {
    for (at, LookupField { field, alias }) in fields.iter().enumerate() {
        out.push_str(if at == 0 { " " } else { ", " });
        push_name(&field.name, out);
        if let Some(alias) = alias {
            out.push_str(" as ");
            push_name(&alias.name, out);
        }
    }
}

/// A field that is called as a word of this command is not taken for it in quotes.
fn push_name(name: &str, out: &mut String) {
    if OUTPUTS.iter().any(|word| name.eq_ignore_ascii_case(word)) {
        push_text(name, out)
    } else {
        push_field(name, out)
    }
}
