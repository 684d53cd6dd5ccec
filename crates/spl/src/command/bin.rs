//! `bin`, also called `bucket`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser, Setting};
use crate::print::{push_field, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "bin",
    aliases: &["bucket", "discretize"],
    syntax: "bin [<bin-options>]... <field> [AS <field>]",
    summary: "puts times or numbers into buckets",
    examples: &[
        "search * | bin _time span=5m",
        "search * | bucket span=10 size AS bucket",
        "search * | bin bins=20 minspan=1m aligntime=@d+3h _time",
        "search * | bin start=0 end=1000 size",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Bin { options, field, alias } = kind else { return };
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        out.push(' ');
        push_field(&field.name, out);
        if let Some(alias) = alias {
            out.push_str(" as ");
            push_field(&alias.name, out);
        }
    },
};

/// The options that say how buckets are made.
const OPTIONS: &[&str] = &["span", "bins", "minspan", "start", "end", "aligntime"];

/// True for an option that says how buckets are made.
pub(super) fn is_bin_option(name: &str) -> bool {
    OPTIONS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Step over the options of buckets that come next.
pub(super) fn bin_options(parser: &mut Parser<'_>) -> Parse<Vec<Setting>> {
    let mut options = Vec::new();
    loop {
        let start = parser.mark();
        match parser.option()? {
            Some(option) if is_bin_option(&option.0.value) => options.push(option),
            _ => {
                parser.reset(start);
                return Ok(options);
            }
        }
    }
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut field, mut alias) = (Vec::new(), None, None);
    while !parser.at_end() {
        if let Some((name, value)) = parser.option()? {
            if !is_bin_option(&name.value) {
                return Err(parser.unknown_option("bin", &name));
            }
            options.push((name, value));
        } else if field.is_none() {
            field = Some(parser.field()?);
            alias = parser.alias()?;
        } else {
            return Err(parser.expected("the end of the command"));
        }
    }
    match field {
        Some(field) => Ok(CommandKind::Bin { options, field, alias }),
        None => Err(parser.expected("a field")),
    }
}
