//! The eval functions and aggregates: which exist, which Weir runs, how many arguments they take.
//!
//! Source: Search Reference, "Evaluation functions" and "Statistical and charting functions". The engine registers
//! exactly the supported ones; a test there compares its registry with these lists.

mod aggregate;
mod eval;

pub use aggregate::SUPPORTED_AGGREGATES;
pub(crate) use aggregate::{AggregateName, resolve_aggregate};
pub use eval::SUPPORTED_FUNCTIONS;
pub(crate) use eval::{Known, known_functions, resolve_function};

/// An eval function that Weir runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Function {
    /// Its name, lower case.
    pub name: &'static str,
    /// The fewest arguments.
    pub least: usize,
    /// The most arguments; `None` is any number.
    pub most: Option<usize>,
}
