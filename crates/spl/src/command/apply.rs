//! `apply`

use super::Typed;
use crate::ast::{CommandKind, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "apply",
    aliases: &[],
    syntax: "apply <model> [<option>=<value>]... [AS <field>]",
    summary: "applies a fitted model to the results",
    examples: &[
        "search * | apply cmdline_pdfmodel threshold=0.01",
        "search * | apply app:failures_by_src_count_1d upper_threshold=0.05 show_density=true",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Apply { model, options, alias } = kind else { return };
        out.push(' ');
        push_field(&model.value, out);
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        if let Some(alias) = alias {
            out.push_str(" as ");
            push_field(&alias.name, out);
        }
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let model = parser.field()?;
    let model = Spanned { value: model.name, span: model.span };
    let (mut options, mut alias) = (Vec::new(), None);
    while !parser.at_end() {
        let start = parser.mark_token();
        if let Some(option) = parser.option()? {
            options.push(option);
        } else if parser.peek() == Some('[') {
            parser.recover();
            parser.unsupported(parser.span_from(start), "a subsearch among the options of `apply`");
        } else if let (None, Some(name)) = (&alias, parser.alias()?) {
            alias = Some(name);
        } else {
            return Err(parser.expected("an option such as `threshold=0.01`"));
        }
        while parser.eat_token(",") {}
    }
    Ok(CommandKind::Apply { model, options, alias })
}
