//! `multikv`

use super::Typed;
use crate::ast::{CommandKind, Multikv, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option, push_value};

pub(super) const COMMAND: Typed = Typed {
    name: "multikv",
    aliases: &[],
    syntax: "multikv [conf=<stanza>] [copyattrs=<bool>] [fields <field-list>] [filter <term-list>] [forceheader=<int>] \
             [multitable=<bool>] [noheader=<bool>] [rmorig=<bool>]",
    summary: "makes a result of each line of a table in _raw",
    examples: &["search * | multikv", "search * | multikv fields pid command filter splunkd forceheader=1"],
    parse,
    print: |kind, out| {
        let CommandKind::Multikv(multikv) = kind else { return };
        multikv.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        if !multikv.fields.is_empty() {
            out.push_str(" fields");
            push_fields(&multikv.fields, out);
        }
        if !multikv.filter.is_empty() {
            out.push_str(" filter");
        }
        for word in &multikv.filter {
            out.push(' ');
            match is_keyword(&word.value) {
                true => crate::print::push_text(&word.value, out),
                false => push_value(&word.value, out),
            }
        }
    },
};

fn is_keyword(word: &str) -> bool {
    ["fields", "filter"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}

/// What the words that come next belong to.
enum List {
    None,
    Fields,
    Filter,
}

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut multikv, mut list) = (Multikv::default(), List::None);
    while !parser.at_end() {
        if let Some(option) = parser.option()? {
            multikv.options.push(option);
        } else if parser.eat_keyword("fields") {
            list = List::Fields;
        } else if parser.eat_keyword("filter") {
            list = List::Filter;
        } else {
            match list {
                List::Fields => multikv.fields.push(parser.field()?),
                List::Filter => {
                    let word = parser.field()?;
                    multikv.filter.push(Spanned { value: word.name, span: word.span });
                }
                List::None => return Err(parser.expected("an option, `fields` or `filter`")),
            }
        }
        while parser.eat_token(",") {}
    }
    Ok(CommandKind::Multikv(multikv))
}
