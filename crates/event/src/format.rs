//! Telling a file's format by its content.

use crate::{Format, classic, evtx};

/// The format that a file begins with. Names and endings play no part. Text may change its format further on: each
/// event of a mixed file is decoded as what it is.
pub fn detect(bytes: &[u8]) -> Format {
    if bytes.starts_with(evtx::FILE_MAGIC) {
        return Format::Evtx;
    }
    let head = bytes.get(..bytes.len().min(64 << 10)).unwrap_or(bytes);
    detect_text(&String::from_utf8_lossy(head))
}

/// The same for text without a byte order mark.
pub(crate) fn detect_text(text: &str) -> Format {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let line = start.lines().next().unwrap_or_default();
    if line.contains("<Event") || start.starts_with("<?xml") {
        Format::WindowsEventXml
    } else if start.starts_with('{') || start.starts_with("[{") || is_array_of_objects(start) {
        Format::Json
    } else if classic::starts_event(line) {
        Format::ClassicWindowsEvent
    } else if is_csv_header(line) {
        Format::Csv
    } else {
        Format::Lines
    }
}

fn is_array_of_objects(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'))
}

/// A header names at least three columns, each of them by words, all of them different.
fn is_csv_header(line: &str) -> bool {
    let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
    let is_name = |cell: &&str| {
        let mut characters = cell.chars();
        characters.next().is_some_and(|first| first.is_alphabetic() || "_@\"".contains(first))
            && characters.all(|character| character.is_alphanumeric() || " _-.:/{}()#@".contains(character))
    };
    let mut unique = cells.clone();
    unique.sort_unstable();
    unique.dedup();
    cells.len() >= 3 && unique.len() == cells.len() && cells.iter().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_content() {
        for (text, expected) in [
            ("ElfFile\0rest", Format::Evtx),
            ("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>", Format::WindowsEventXml),
            ("Oct 14 10:00:00 host <Event><System/></Event>", Format::WindowsEventXml),
            ("\u{feff}<?xml version=\"1.0\"?>\n<Events>", Format::WindowsEventXml),
            ("  {\"EventID\": 1}\n", Format::Json),
            ("[\n  {\"a\": 1}]", Format::Json),
            ("\u{feff}CreationTime,User,Operation\n", Format::Csv),
            ("05/10/2023 09:12:33 AM\nLogName=Security\n", Format::ClassicWindowsEvent),
            ("type=SYSCALL msg=audit(1, 2, 3): a", Format::Lines),
            ("", Format::Lines),
        ] {
            assert_eq!(detect(text.as_bytes()), expected, "{text}");
        }
    }
}
