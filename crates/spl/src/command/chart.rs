//! `chart`, and what `timechart` shares with it

use super::{Typed, bin};
use crate::ast::{Chart, ChartField, CommandKind, SeriesFilter, SeriesTest, Spanned};
use crate::parse::{Parse, Parser};
use crate::print::{push_aggregate, push_field, push_option};

pub(super) const COMMAND: Typed = Typed {
    name: "chart",
    aliases: &[],
    syntax: "chart [<chart-options>]... [agg=<aggregate>] (<function>(<wc-field> | eval(<expression>)) [AS <field>])... \
             [OVER <field> [<bin-options>]] [BY <field> [<bin-options>] [<field> [<bin-options>]]] [WHERE <series-filter>]",
    summary: "computes aggregates as a table: one field's values are its rows, another's its columns",
    examples: &[
        "search * | chart count over dest by user limit=5 useother=f",
        "search * | chart limit=top3 avg(size) max(size) by dest, user",
        "search * | chart count over size span=100 by dest where sum in top5",
        "search * | chart agg=count over dest",
    ],
    parse: arguments,
    print,
};

/// Options may stand anywhere; those of buckets behind a field are that field's.
pub(super) fn arguments(parser: &mut Parser<'_>) -> Parse<CommandKind> {
    let mut chart = Chart::default();
    let mut computed = false;
    while !parser.at_end() {
        if chart.by.is_empty() && parser.peek() == Some('(') {
            computed = true;
            expression(parser)?;
        } else {
            argument(parser, &mut chart)?;
        }
        while parser.eat_token(",") {}
    }
    if chart.aggregates.is_empty() && !computed {
        return Err(parser.expected("an aggregate such as `count`"));
    }
    Ok(CommandKind::Chart(chart))
}

fn argument(parser: &mut Parser<'_>, chart: &mut Chart) -> Parse<()> {
    let start = parser.mark();
    if parser.eat_keyword("over") {
        if chart.over.is_some() {
            return Err(parser.error(parser.span_from(start), "`OVER` is given twice"));
        }
        chart.over = Some(field(parser)?);
    } else if parser.eat_keyword("by") {
        if !chart.by.is_empty() {
            return Err(parser.error(parser.span_from(start), "`BY` is given twice"));
        }
        chart.by.push(field(parser)?);
    } else if parser.eat_keyword("where") {
        if chart.filter.is_some() {
            return Err(parser.error(parser.span_from(start), "`WHERE` is given twice"));
        }
        chart.filter = Some(filter(parser)?);
    } else if eat_agg(parser) {
        chart.aggregates.push(parser.aggregate()?);
    } else if let Some(option) = parser.option()? {
        match chart.by.last_mut() {
            Some(field) if bin::is_bin_option(&option.0.value) => field.options.push(option),
            _ => chart.options.push(option),
        }
    } else if !chart.by.is_empty() {
        chart.by.push(field(parser)?);
    } else {
        chart.aggregates.push(parser.aggregate()?);
    }
    Ok(())
}

/// `(EXPR) [AS f]`: aggregates inside an expression, which the tree cannot hold.
fn expression(parser: &mut Parser<'_>) -> Parse<()> {
    let start = parser.mark();
    parser.skip_group()?;
    let span = parser.span_from(start);
    parser.alias()?;
    parser.unsupported(span, "an expression over aggregates");
    Ok(())
}

/// `agg=`
fn eat_agg(parser: &mut Parser<'_>) -> bool {
    let start = parser.mark_token();
    let word = parser.peek_word();
    parser.eat(word);
    let found = word.eq_ignore_ascii_case("agg") && parser.eat_token("=");
    if !found {
        parser.reset(start);
    }
    found
}

fn field(parser: &mut Parser<'_>) -> Parse<ChartField> {
    let field = parser.field()?;
    let options = bin::bin_options(parser)?;
    Ok(ChartField { field, options })
}

/// What stands behind WHERE: `max in top5`, `avg > 10`.
fn filter(parser: &mut Parser<'_>) -> Parse<SeriesFilter> {
    let aggregate = parser.aggregate()?;
    let negated = parser.eat_keyword("notin");
    let test = if negated || parser.eat_keyword("in") {
        let bottom = parser.eat_token("bottom");
        if !bottom && !parser.eat_token("top") {
            return Err(parser.expected("`top` or `bottom` and a number"));
        }
        match parser.count()? {
            Some(count) => SeriesTest::Rank { negated, bottom, count },
            None => return Err(parser.expected("a number")),
        }
    } else {
        let above = parser.eat_token(">");
        if !above && !parser.eat_token("<") {
            return Err(parser.expected("`in`, `notin`, `<` or `>`"));
        }
        let start = parser.mark_token();
        let value = parser.eat_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')).to_owned();
        let span = parser.span_from(start);
        if crate::value::parse_number(&value).is_none() {
            return Err(parser.expected("a number"));
        }
        SeriesTest::Compare { above, number: Spanned { value, span } }
    };
    Ok(SeriesFilter { aggregate, test })
}

pub(super) fn print(kind: &CommandKind, out: &mut String) {
    let CommandKind::Chart(chart) = kind else { return };
    chart.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
    chart.aggregates.iter().for_each(|aggregate| push_aggregate(aggregate, out));
    if let Some(over) = &chart.over {
        out.push_str(" over ");
        push_chart_field(over, out);
    }
    for (at, by) in chart.by.iter().enumerate() {
        out.push_str(if at == 0 { " by " } else { ", " });
        push_chart_field(by, out);
    }
    if let Some(filter) = &chart.filter {
        out.push_str(" where");
        push_aggregate(&filter.aggregate, out);
        match &filter.test {
            SeriesTest::Compare { above, number } => {
                out.push_str(if *above { " > " } else { " < " });
                out.push_str(&number.value);
            }
            SeriesTest::Rank { negated, bottom, count } => {
                out.push_str(if *negated { " notin " } else { " in " });
                out.push_str(if *bottom { "bottom" } else { "top" });
                out.push_str(&count.to_string());
            }
        }
    }
}

fn push_chart_field(field: &ChartField, out: &mut String) {
    push_field(&field.field.name, out);
    field.options.iter().for_each(|(name, value)| push_option(&name.value, &value.value, out));
}
