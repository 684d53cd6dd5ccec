//! Results as text, JSON and CSV.

pub(crate) mod closing;
pub(crate) mod findings;
pub(crate) mod found;
pub(crate) mod rows;
pub(crate) mod stats;
mod timeline;

use std::io::{BufWriter, Write};

/// Write to stdout; a closed pipe comes back as an error that `main` takes for success.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    print_with(|out| out.write_all(text.as_bytes()))
}

/// The same for what is made as it is written.
pub(crate) fn print_with(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(64 << 10, anstream::stdout().lock());
    write(&mut out)?;
    out.flush()
}

/// The width of the terminal, else 120 columns.
pub(crate) fn width() -> usize {
    let (_, columns) = console::Term::stdout().size();
    if console::Term::stdout().is_term() { usize::from(columns).max(60) } else { 120 }
}
