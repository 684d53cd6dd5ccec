//! What the bitwise functions share. Source: "Bitwise functions": whole numbers from 0 to 2^53-1, null for all others.

use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

use super::Call;
use super::support::number_item;
use crate::column::Input;

/// The largest number that a bitwise function takes and gives.
pub(super) const MOST: u64 = (1 << 53) - 1;

/// A row's number, when it is one that bitwise functions take.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "checked to be whole and in range"
)]
pub(super) fn bits(input: &Input, row: usize) -> Option<u64> {
    let number = input.number(row)?;
    (number.fract() == 0.0 && (0.0..=MOST as f64).contains(&number)).then_some(number as u64)
}

/// All arguments of a row joined by an operation.
pub(super) fn joined(call: &Call<'_>, operation: fn(u64, u64) -> u64) -> Result<ArrayRef> {
    let all = |row: usize| {
        let mut numbers = call.arguments.iter().map(|argument| bits(argument, row));
        let first = numbers.next()??;
        numbers.try_fold(first, |made, next| Some(operation(made, next?)))
    };
    Ok(call.each(|row| number_item(all(row).map(number_of))))
}

/// A number of at most 53 bits.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
pub(super) fn number_of(bits: u64) -> f64 {
    bits as f64
}
