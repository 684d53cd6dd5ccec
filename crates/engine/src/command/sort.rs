//! `sort`: numbers by size, then addresses, then texts by their characters, unless `num()`, `ip()` or `str()` says otherwise.
//! Rows without a value come last in either direction. Rows that are equal keep their order.
//!
//! Source: "sort". Splunk compares two values at a time, by what both are; one order for all that does the same wherever the
//! values are of one kind is our reading.

use std::net::IpAddr;

use datafusion::common::Result;
use datafusion::logical_expr::{Expr, SortExpr};
use spl::ast::SortKey;

use crate::column::{Input, Item, Kind, Output};
use crate::frame::Frame;
use crate::{closure, order};

pub(super) fn apply(frame: Frame, limit: u64, keys: &[SortKey]) -> Result<Frame> {
    let columns = frame.all();
    let frame = order::numbered(frame)?;
    let mut sorts: Vec<SortExpr> = Vec::new();
    for key in keys {
        if let Some(kind) = frame.kind(&key.field.name) {
            sorts.extend(sort_exprs(frame.column(&key.field.name), kind, key));
        }
    }
    sorts.push(order::order().sort(true, false));
    let limit = if limit == 0 { None } else { usize::try_from(limit).ok() };
    frame.sort(sorts, limit)?.project(columns)
}

fn sort_exprs(column: Expr, kind: Kind, key: &SortKey) -> Vec<SortExpr> {
    let ascending = !key.descending;
    let sort = |expr: Expr, nulls_first: bool| expr.sort(ascending, nulls_first);
    if matches!(kind, Kind::Number | Kind::Time) && key.kind.as_deref() != Some("str") {
        return vec![sort(column, false)];
    }
    let number = closure::call("sort_number", String::new(), Kind::Number, column.clone(), |input, rows| {
        Ok(keyed(input, rows, Kind::Number, |item| item.number().map_or(Item::Null, Item::Number)))
    });
    let text = closure::call("sort_text", String::new(), Kind::Text, column.clone(), |input, rows| {
        Ok(keyed(input, rows, Kind::Text, |item| item))
    });
    let address = closure::call("sort_address", String::new(), Kind::Text, column.clone(), |input, rows| {
        Ok(keyed(input, rows, Kind::Text, |item| address(&item).map_or(Item::Null, |key| Item::Text(key.into()))))
    });
    let absent = column.is_null().sort(true, false);
    match key.kind.as_deref() {
        Some("num") => vec![sort(number, false)],
        Some("str") => vec![absent, sort(text, false)],
        Some("ip") => vec![absent, sort(address, !ascending), sort(text, false)],
        // Texts are above numbers: last going up, first going down.
        _ => vec![absent, sort(number, !ascending), sort(address, !ascending), sort(text, false)],
    }
}

/// An address as text that sorts as its bytes do, IPv4 before IPv6.
fn address(item: &Item<'_>) -> Option<String> {
    let Item::Text(text) = item else { return None };
    // What is no address has no key.
    match text.parse().ok()? {
        IpAddr::V4(address) => Some(format!("4{:08x}", address.to_bits())),
        IpAddr::V6(address) => Some(format!("6{:032x}", address.to_bits())),
    }
}

/// A sort key of every row; of several values, the first.
fn keyed(
    input: &Input,
    rows: usize,
    kind: Kind,
    key: impl Fn(Item<'_>) -> Item<'_>,
) -> datafusion::arrow::array::ArrayRef {
    let mut output = Output::new(kind, rows);
    for row in 0..rows {
        let item = match input.item(row) {
            Item::Multi(values) => values.first().map_or(Item::Null, |value| Item::Text((*value).into())),
            item => item,
        };
        output.push(key(item));
    }
    output.finish()
}
