//! What `append`, `appendcols`, `appendpipe` and `join` share: options, fields and a pipeline in brackets

use crate::ast::{CommandKind, Piped};
use crate::parse::{Parse, Parser};
use crate::print::{push_fields, push_option, push_subsearch};

/// Options, fields where `with_fields`, and one pipeline, in any order.
pub(super) fn arguments(parser: &mut Parser<'_>, with_fields: bool) -> Parse<CommandKind> {
    let (mut options, mut fields, mut subsearch) = (Vec::new(), Vec::new(), None);
    while !parser.at_end() {
        if parser.peek() == Some('[') {
            let again = subsearch.is_some();
            let found = parser.subsearch()?;
            if again {
                return Err(parser.error(found.span, "a second subsearch"));
            }
            subsearch = Some(found);
        } else if let Some(option) = parser.option()? {
            options.push(option);
        } else if with_fields {
            fields.push(parser.field()?);
        } else {
            return Err(parser.expected("a subsearch in `[ ]`"));
        }
        parser.eat_token(",");
    }
    match subsearch {
        Some(subsearch) => Ok(CommandKind::Piped(Piped { options, fields, subsearch })),
        None => Err(parser.expected("a subsearch in `[ ]`")),
    }
}

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Piped(piped) = kind else { return };
    piped.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    push_fields(&piped.fields, out);
    out.push(' ');
    push_subsearch(&piped.subsearch.pipeline, out);
}
