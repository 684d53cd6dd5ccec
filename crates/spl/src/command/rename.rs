//! `rename`

use super::Typed;
use crate::ast::{CommandKind, Renaming};
use crate::parse::{Parse, Parser};
use crate::print::push_field;

pub(super) const COMMAND: Typed = Typed {
    name: "rename",
    aliases: &[],
    syntax: "rename <wc-field> AS <wc-field>[\",\" <wc-field> AS <wc-field>]...",
    summary: "gives fields new names",
    examples: &["search * | rename Processes.* as *", "search * | rename a{}.b AS c, \"d e\" as f g as h"],
    parse,
    print: |kind, out| {
        let CommandKind::Rename(renamings) = kind else { return };
        for (at, renaming) in renamings.iter().enumerate() {
            out.push_str(if at == 0 { " " } else { ", " });
            push_field(&renaming.from.name, out);
            out.push_str(" as ");
            push_field(&renaming.to.name, out);
        }
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut renamings: Vec<Renaming> = Vec::new();
    loop {
        let from = parser.field()?;
        if !parser.eat_keyword("as") {
            return Err(parser.expected(&format!("`AS` after the field `{}`", from.name)));
        }
        let to = parser.field()?;
        let stars = |name: &str| name.matches('*').count();
        if stars(&from.name) != stars(&to.name) {
            let message = format!("`{}` and `{}` hold different numbers of `*`", from.name, to.name);
            return Err(parser.error(from.span.to(to.span), message));
        }
        renamings.push(Renaming { from, to });
        if !parser.more(&[]) {
            return Ok(CommandKind::Rename(renamings));
        }
    }
}
