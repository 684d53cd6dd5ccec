//! `fit`

use super::Typed;
use crate::ast::{CommandKind, Field, Fit, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_field, push_option, push_text};

pub(super) const COMMAND: Typed = Typed {
    name: "fit",
    aliases: &[],
    syntax: "fit <algorithm> <field-list> [from <field-list>] [by \"<field>,...\"] [into <model>] [<option>=<value>]...",
    summary: "fits a model to the results and applies it to them",
    examples: &[
        "search * | fit DensityFunction count by \"HourOfDay,DayOfWeek\" into app:smb_pdfmodel dist=norm show_density=true",
        "search * | fit DensityFunction processlen by user into cmdline_pdfmodel",
        "search * | fit LinearRegression a b from c d into m",
    ],
    parse,
    print: |kind, out| {
        let CommandKind::Fit(fit) = kind else { return };
        out.push(' ');
        out.push_str(&fit.algorithm.value);
        push_list(&fit.targets, out);
        if !fit.from.is_empty() {
            out.push_str(" from");
            push_list(&fit.from, out);
        }
        if !fit.by.is_empty() {
            out.push_str(" by ");
            let names: Vec<&str> = fit.by.iter().map(|field| field.name.as_str()).collect();
            push_text(&names.join(","), out);
        }
        if let Some(model) = &fit.into {
            out.push_str(" into ");
            push_name(&model.value, out);
        }
        fit.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    },
};

/// The words that start a clause.
const CLAUSES: &[&str] = &["from", "by", "into", "as"];

fn push_list(fields: &[Field], out: &mut String) {
    for field in fields {
        out.push(' ');
        push_name(&field.name, out);
    }
}

fn push_name(name: &str, out: &mut String) {
    if name.eq_ignore_ascii_case("into") { push_text(name, out) } else { push_field(name, out) }
}

/// The clauses and options are read in any order, as the toolkit reads them.
fn parse(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let algorithm = parser.field()?;
    let mut fit = Fit {
        algorithm: Spanned { value: algorithm.name, span: algorithm.span },
        targets: Vec::new(),
        from: Vec::new(),
        by: Vec::new(),
        options: Vec::new(),
        into: None,
    };
    while !parser.at_end() {
        let start = parser.mark_token();
        if let Some(option) = parser.option()? {
            fit.options.push(option);
        } else if parser.eat_keyword("from") {
            features(parser, &mut fit)?;
        } else if parser.eat_keyword("by") {
            fit.by.extend(groups(parser)?);
        } else if parser.eat_keyword("into") {
            let model = parser.field()?;
            if fit.into.replace(Spanned { value: model.name, span: model.span }).is_some() {
                return Err(parser.error(parser.span_from(start), "this clause is given twice"));
            }
        } else if parser.eat_keyword("as") {
            parser.field()?;
            parser.unsupported(parser.span_from(start), "`AS` of `fit`");
        } else {
            fit.targets.push(parser.field()?);
        }
        while parser.eat_token(",") {}
    }
    if fit.targets.is_empty() {
        return Err(parser.expected("a field"));
    }
    Ok(CommandKind::Fit(fit))
}

/// The fields behind FROM, up to a clause; options may stand among them.
fn features(parser: &mut Parser<'_>, fit: &mut Fit) -> Parse<()> {
    loop {
        match parser.option()? {
            Some(option) => fit.options.push(option),
            None => fit.from.push(parser.field()?),
        }
        if !parser.more(CLAUSES) {
            return Ok(());
        }
    }
}

/// The fields behind BY: one text that holds them, or bare ones split by commas.
fn groups(parser: &mut Parser<'_>) -> Parse<Vec<Field>> {
    let mut fields = Vec::new();
    loop {
        let list = parser.field()?;
        for name in list.name.split(',').map(str::trim) {
            if name.is_empty() {
                return Err(parser.error(list.span, "a field name is empty"));
            }
            fields.push(Field { name: name.to_owned(), span: list.span });
        }
        if !parser.eat_token(",") {
            return Ok(fields);
        }
    }
}
