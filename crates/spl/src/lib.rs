//! The Search Processing Language: text → tokens → syntax tree with spans → text.
//!
//! Start from [`parse`], which gives a [`ast::Pipeline`] and every problem found; [`print`] writes it back.
//! [`value`] holds the values that rows carry, [`time`] Splunk's relative time and `strftime` letters.
//!
//! Invariants: no I/O, no clock, no knowledge of YAML, CIM or an engine; `parse` never gives up and
//! never panics; `parse(print(tree))` is `tree` but for spans.

pub mod ast;
pub mod value;
