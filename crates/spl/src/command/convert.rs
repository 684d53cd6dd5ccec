//! `convert`

use super::Typed;
use crate::ast::{CommandKind, Convert};
use crate::parse::{Parse, Parser};
use crate::print::{push_aggregate, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "convert",
    aliases: &[],
    syntax: "convert [timeformat=<string>] (<convert-function>(<wc-field>) [AS <field>])...",
    summary: "turns numbers to times, times to numbers, and the like",
    examples: &["search * | convert timeformat=\"%Y-%m-%dT%H:%M:%S\" ctime(firstTime), mktime(a) AS b"],
    parse,
    print: |kind, out| {
        let CommandKind::Convert(convert) = kind else { return };
        if let Some(timeformat) = &convert.timeformat {
            push_option("timeformat", &timeformat.value, out);
        }
        convert.conversions.iter().for_each(|conversion| push_aggregate(conversion, out));
    },
};

fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut convert = Convert::default();
    loop {
        if let Some((name, value)) = parser.option()? {
            if !name.value.eq_ignore_ascii_case("timeformat") {
                return Err(parser.unknown_option("convert", &name));
            }
            convert.timeformat = Some(value);
        } else {
            convert.conversions.push(parser.aggregate()?);
        }
        if !parser.more(&[]) {
            break;
        }
    }
    if convert.conversions.is_empty() {
        return Err(parser.expected("a conversion such as `ctime(_time)`"));
    }
    Ok(CommandKind::Convert(convert))
}
