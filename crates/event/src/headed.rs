//! Logs whose own comment lines name the columns.
//!
//! W3C extended log files ("Extended Log File Format", W3C working draft): `#Fields: date time c-ip …`, values apart by
//! blanks, `-` for none; field names are cleaned as Splunk cleans them (`cs(User-Agent)` is `cs_User_Agent`). A header may
//! come again with other columns. Zeek's logs ("Log Formats", Zeek manual): `#fields\tts\tuid…`, values apart by `#separator`,
//! `-` for none and `(empty)` for an empty set; sets are multivalues.

use crate::Format;
use crate::builder::Builder;
use crate::classic::clean_key;

/// The columns as the last header lines name them.
#[derive(Debug, Default)]
pub(crate) struct Header {
    names: Vec<String>,
    separator: Option<char>,
    set_separator: Option<char>,
    /// By column of Zeek: it holds several values.
    is_set: Vec<bool>,
    unset: String,
    empty: String,
    /// Zeek's `#path`: the log's name.
    path: String,
    software: String,
}

/// The form of a log that begins with such lines.
pub(crate) fn detect(text: &str) -> Option<Format> {
    let mut comments = text.lines().take_while(|line| line.starts_with('#')).take(16);
    comments.find_map(|line| {
        if line.starts_with("#Fields:") {
            Some(Format::W3c)
        } else if line.starts_with("#fields\t") || line.starts_with("#separator ") {
            Some(Format::Zeek)
        } else {
            None
        }
    })
}

impl Header {
    /// Read a comment line.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(names) = line.strip_prefix("#Fields:") {
            let mut name = String::new();
            let clean = |column: &str| {
                clean_key(column, &mut name);
                name.trim_end_matches('_').to_owned()
            };
            self.names = names.split_ascii_whitespace().map(clean).collect();
        } else if let Some(software) = line.strip_prefix("#Software:") {
            software.trim().clone_into(&mut self.software);
        } else if let Some(separator) = line.strip_prefix("#separator ") {
            self.separator = character(separator);
        } else {
            self.read_zeek(line);
        }
    }

    fn read_zeek(&mut self, line: &str) {
        let separator = self.separator();
        let Some((key, rest)) = line.split_once(separator) else { return };
        match key {
            "#fields" => self.names = rest.split(separator).map(str::to_owned).collect(),
            "#types" => {
                let is_set = |kind: &str| kind.starts_with("set[") || kind.starts_with("vector[");
                self.is_set = rest.split(separator).map(is_set).collect();
            }
            "#set_separator" => self.set_separator = character(rest),
            "#unset_field" => rest.clone_into(&mut self.unset),
            "#empty_field" => rest.clone_into(&mut self.empty),
            "#path" => rest.clone_into(&mut self.path),
            _ => {}
        }
    }

    fn separator(&self) -> char {
        self.separator.unwrap_or('\t')
    }

    /// Read a line of values into the open event; `Err` says why it is none.
    pub(crate) fn read_event(&self, format: Format, line: &str, builder: &mut Builder<'_>) -> Result<(), String> {
        if self.names.is_empty() {
            return Err("no header line names the columns".to_owned());
        }
        let width = self.names.len();
        let count = match format {
            Format::Zeek => self.zeek_event(line, builder),
            _ => self.w3c_event(line, builder),
        };
        if count == width { Ok(()) } else { Err(format!("{count} values under a header of {width}")) }
    }

    fn w3c_event(&self, line: &str, builder: &mut Builder<'_>) -> usize {
        let mut count = 0;
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            let (value, after) = w3c_value(rest);
            if let Some(name) = self.names.get(count).filter(|_| value != "-") {
                builder.field(name, value);
            }
            count += 1;
            rest = after.trim_start();
        }
        builder.field("_software", &self.software);
        count
    }

    fn zeek_event(&self, line: &str, builder: &mut Builder<'_>) -> usize {
        let mut count = 0;
        for (at, value) in line.split(self.separator()).enumerate() {
            count += 1;
            let known = if self.unset.is_empty() { "-" } else { &self.unset };
            let Some(name) = self.names.get(at).filter(|_| value != known && value != self.empty) else { continue };
            if self.is_set.get(at) == Some(&true) {
                value.split(self.set_separator.unwrap_or(',')).for_each(|one| builder.field(name, one));
            } else {
                builder.field(name, value);
            }
        }
        builder.field("_path", &self.path);
        count
    }
}

/// `\x09` or the character itself.
fn character(text: &str) -> Option<char> {
    match text.trim_end_matches(['\r', '\n']).strip_prefix("\\x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok().and_then(char::from_u32),
        None => text.chars().next(),
    }
}

/// The value at the start, in quotes or up to a blank, and what follows.
fn w3c_value(text: &str) -> (&str, &str) {
    if let Some(inside) = text.strip_prefix('"')
        && let Some((value, after)) = inside.split_once('"')
    {
        return (value, after);
    }
    text.split_once([' ', '\t']).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests;
