//! Diagnostics: what is wrong in content or a search, where, why, and what to write instead.
//!
//! Start from [`Diagnostic`]. A stage that knows only a search (`spl`, `plan`) gives spans in that
//! search's text; `content` turns them into [`Report`]s, whose spans lie in files.
//!
//! Invariants: every diagnostic has a code of [`codes::ALL`]; messages are lower case, without a
//! full stop, and name the thing in backticks.

pub mod codes;
mod diagnostic;
mod files;
mod render;

pub use codes::Code;
pub use diagnostic::{Diagnostic, FileLabel, Label, Report, Severity};
pub use files::Files;
pub use render::{Style, render_concise, render_text};
