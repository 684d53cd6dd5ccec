//! Results as text, JSON and CSV.

pub(crate) mod closing;
pub(crate) mod findings;
pub(crate) mod lines;
pub(crate) mod rows;
pub(crate) mod stats;

use std::io::Write as _;

/// Write to stdout; a closed pipe comes back as an error that `main` takes for success.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The width of the terminal, else 120 columns.
pub(crate) fn width() -> usize {
    let (_, columns) = console::Term::stdout().size();
    if console::Term::stdout().is_term() { usize::from(columns).max(60) } else { 120 }
}
