//! The Search Processing Language: text → tokens → syntax tree with spans → text.
//!
//! Start from [`parse`], which gives a [`ast::Pipeline`] and every problem found; [`print()`] writes it back.
//! [`command`] and [`function`] list the names that SPL has, [`value`] holds the values that rows carry,
//! [`pattern`] and [`compare`] decide search terms, [`time`] knows Splunk's relative time and `strftime` letters, [`path`] and
//! [`sed`] read the small languages of `spath` and `rex`, [`printf`] the formats of eval's function of that name, [`pcre`]
//! regular expressions, [`computed`] names made of values.
//!
//! ```
//! let parsed = spl::parse("index=main dest=web* | stats count by dest");
//! assert!(parsed.diagnostics.is_empty());
//! assert_eq!(spl::print(&parsed.pipeline), "search index=main dest=web* | stats count by dest");
//! ```
//!
//! Invariants: no I/O, no clock, no knowledge of YAML, CIM or an engine; `parse` never gives up and
//! never panics; `parse(print(tree))` is `tree` but for spans.

pub mod ast;
pub mod command;
pub mod compare;
pub mod computed;
pub mod function;
mod parse;
pub mod path;
pub mod pattern;
pub mod pcre;
mod print;
pub mod printf;
pub mod sed;
pub mod time;
pub mod value;
pub mod visit;

pub use parse::{Parsed, parse};
pub use print::{print, print_expr, print_term};
