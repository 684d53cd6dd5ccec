//! Makes the rows that a search must find, and rows that it must just not find, from the search's own conditions.
//!
//! Start from [`Generator`].
//!
//! A plan is undone from its last stage to its first: what a result row asks of the rows that the stage reads is kept as
//! formulas over their fields. What is left at the first stage is solved field by field. Where there are several ways
//! (the arms of OR, the size of a group) they are tried one after the other; the engine decides, by running the search over
//! what was made. For a near miss one condition is turned into its opposite and all others stay.
//!
//! ```no_run
//! # use generate::{Generator, Runner};
//! # fn example(handle: tokio::runtime::Handle, plan: &plan::Plan) -> Result<(), generate::RunError> {
//! let runner = Runner::new(handle, engine::Stores::default())?;
//! let made = Generator::new(&runner).generate(plan, &[], true);
//! println!("{:?}", made.fires);
//! # Ok(())
//! # }
//! ```
//!
//! Invariants: the same plan gives the same rows; no search is known by its name; what is said to fire or to be silent was
//! run by the engine.

mod check;
mod choice;
mod context;
mod find;
mod generator;
mod goal;
mod lookups;
mod lower;
mod plain;
mod rows;
mod run;
mod sample;
mod shape;
mod sizes;
mod solve;
mod term;
mod to_expr;
mod unwind;

pub use generator::{Generated, Generator, Near, NearOutcome, Outcome};
pub use rows::Rows;
pub use run::{NOW, RunError, Runner};
