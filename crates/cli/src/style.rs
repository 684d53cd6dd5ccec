//! How text output looks: colours where there is a terminal, one palette for all commands.

use anstyle::{AnsiColor, Style};

/// Headings.
pub(crate) const HEADING: Style = Style::new().bold();
/// What matters less.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Names of entities and detections.
pub(crate) const NAME: Style = AnsiColor::Cyan.on_default();
/// Good news.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// Needs a look.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
/// Wrong, or a high score.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

/// `text` in a style, as something that prints.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The colour of a risk score: the bands of the ESCU guide (20 and 50).
pub(crate) fn score_style(score: f64) -> Style {
    if score >= 50.0 {
        BAD
    } else if score >= 20.0 {
        WARN
    } else {
        DIM
    }
}

/// `8,255`.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 file`, `8,255 events`.
pub(crate) fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// `12.3 MB`.
pub(crate) fn bytes(value: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut size = value as f64;
    let mut unit = "B";
    for name in UNITS {
        unit = name;
        if size < 1000.0 {
            break;
        }
        size /= 1000.0;
    }
    if unit == "B" { format!("{value} B") } else { format!("{size:.1} {unit}") }
}

/// `0.31 s`.
pub(crate) fn seconds(value: f64) -> String {
    if value < 10.0 { format!("{value:.2} s") } else { format!("{value:.0} s") }
}

/// Microseconds since the epoch as `2024-03-05 14:02:11` in UTC.
pub(crate) fn time(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros)
        .map_or_else(|_| micros.to_string(), |time| time.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// Shorten to `width` characters, with an ellipsis.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if clean.chars().count() <= width {
        return clean;
    }
    let mut short: String = clean.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_sizes_read_well() {
        assert_eq!(number(7), "7");
        assert_eq!(number(8255), "8,255");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(12_345_678), "12.3 MB");
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!(shorten("powershell.exe", 10), "powershel…");
    }
}
