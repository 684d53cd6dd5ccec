//! `format`

use super::Typed;
use crate::ast::CommandKind;
use crate::parse::{Parse, Parser};
use crate::print::{push_option, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "format",
    aliases: &[],
    syntax: "format [mvsep=\"<string>\"] [maxresults=<int>] [\"<row prefix>\" \"<column prefix>\" \"<column separator>\" \
             \"<column end>\" \"<row separator>\" \"<row end>\"] [emptystr=\"<string>\"]",
    summary: "writes all results as search terms into one field `search`",
    examples: &[
        "search a | fields b | format",
        "search a | fields b | format maxresults=5 \"[\" \"[\" \"&&\" \"]\" \"||\" \"]\" emptystr=\"NOT *\"",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Format { options, strings } = kind else { return };
        options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
        for string in strings {
            out.push(' ');
            push_text(&string.value, out);
        }
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let (mut options, mut strings) = (Vec::new(), Vec::new());
    while !parser.at_end() {
        if parser.peek() == Some('"') {
            strings.push(parser.quoted('"')?);
        } else if let Some(option) = parser.option()? {
            options.push(option);
        } else {
            return Err(parser.expected("an option or text in quotes"));
        }
    }
    match strings.len() {
        0 | 6 => Ok(CommandKind::Format { options, strings }),
        count => {
            let span = strings.iter().map(|string| string.span).reduce(|all, span| all.to(span)).unwrap_or_default();
            Err(parser.error(span, format!("`format` takes no texts or six, found {count}")))
        }
    }
}
