//! Progress on stderr, where stderr is a terminal and the work is long.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of `length` steps under a verb: `reading`, `searching`.
pub(crate) fn bar(verb: &'static str, length: u64) -> ProgressBar {
    // Hidden by indicatif itself where stderr is no terminal.
    let bar = ProgressBar::new(length);
    let style = ProgressStyle::with_template("{prefix:>10} {wide_bar:.cyan/dim} {human_pos}/{human_len} {msg}");
    if let Ok(style) = style {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar.set_prefix(verb);
    // Short runs end before the first tick and draw nothing that flickers.
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// The same over bytes whose number becomes known on the way.
pub(crate) fn bytes(verb: &'static str) -> ProgressBar {
    let bar = bar(verb, 0);
    let style = ProgressStyle::with_template("{prefix:>10} {wide_bar:.cyan/dim} {bytes}/{total_bytes}");
    if let Ok(style) = style {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar
}
