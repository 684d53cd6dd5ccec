//! `convert`: `ctime` writes epoch times as text. A field that does not exist is left alone, as is a value that is no number.

use datafusion::common::{Result, plan_datafusion_err};
use datafusion::logical_expr::Expr;
use plan::Conversion;

use crate::column::{Item, Kind, Output};
use crate::convert::micros;
use crate::frame::Frame;
use crate::function::SearchContext;
use crate::{closure, wildcard};

pub(super) fn apply(
    frame: Frame,
    context: &SearchContext,
    timeformat: &str,
    conversions: &[Conversion],
) -> Result<Frame> {
    let mut columns = frame.all();
    for conversion in conversions {
        if conversion.function != "ctime" {
            return Err(plan_datafusion_err!("conversion `{}` is not known", conversion.function));
        }
        for name in wildcard::matching(&frame, &conversion.field) {
            let output = match wildcard::capture(&conversion.field, &name) {
                Some(captured) => wildcard::fill(&conversion.output, &captured),
                None => conversion.output.clone(),
            };
            let made = ctime(frame.column(&name), timeformat, context);
            match columns.iter_mut().find(|(column, ..)| *column == output) {
                Some(column) => (column.1, column.2) = (made, Kind::Text),
                None => columns.push((output, made, Kind::Text)),
            }
        }
    }
    frame.project(columns)
}

fn ctime(column: Expr, timeformat: &str, context: &SearchContext) -> Expr {
    let (format, zone) = (timeformat.to_owned(), context.zone.clone());
    closure::call("ctime", timeformat.to_owned(), Kind::Text, column, move |input, rows| {
        let mut output = Output::new(Kind::Text, rows);
        for row in 0..rows {
            let item = input.item(row);
            let written = item.number().and_then(micros).and_then(|time| spl::time::strftime(time, &format, &zone));
            output.push(written.map_or(item, |text| Item::Text(text.into())));
        }
        Ok(output.finish())
    })
}
