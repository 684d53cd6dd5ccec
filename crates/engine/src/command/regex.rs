//! `regex`: rows of which a field matches an expression. A field without a value does not match.

use std::sync::Arc;

use datafusion::arrow::array::BooleanArray;
use datafusion::common::Result;
use datafusion::logical_expr::{lit, not};

use crate::closure;
use crate::column::Kind;
use crate::frame::Frame;
use crate::regex::Regex;

pub(super) fn apply(frame: Frame, field: &str, negated: bool, pattern: &str) -> Result<Frame> {
    let regex = Regex::new(pattern)?;
    if frame.kind(field).is_none() {
        return if negated { Ok(frame) } else { frame.filter(lit(false)) };
    }
    let matches = closure::call("regex", pattern.to_owned(), Kind::Bool, frame.column(field), move |input, rows| {
        let mut matched = Vec::with_capacity(rows);
        for row in 0..rows {
            let mut found = false;
            for value in input.values(row) {
                found = found || regex.is_match(&value)?;
            }
            matched.push(found);
        }
        Ok(Arc::new(BooleanArray::from(matched)))
    });
    frame.filter(if negated { not(matches) } else { matches })
}
