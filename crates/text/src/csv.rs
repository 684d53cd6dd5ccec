//! Comma-separated values as people write tables by hand: RFC 4180, and blanks around a cell are no part of it.
//!
//! Splunk's manual does not speak of blanks. Published lookup files are written `name, note`, and the searches that use
//! them name the field `note`: so headers and cells are read without the blanks around them, quoted text with all of its own.

use std::borrow::Cow;

/// The rows of a text, the header's first. A line without a character is no row. A quote that is never closed reaches to
/// the end of the text.
pub fn rows(text: &str) -> Rows<'_> {
    Rows { rest: text.strip_prefix('\u{feff}').unwrap_or(text) }
}

/// See [`rows`].
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Vec<Cow<'a, str>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches(['\r', '\n']);
        if self.rest.is_empty() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell());
            let end = self.rest.chars().next();
            self.rest = end.and_then(|end| self.rest.get(end.len_utf8()..)).unwrap_or("");
            if end != Some(',') {
                return Some(cells);
            }
        }
    }
}

impl<'a> Rows<'a> {
    /// One cell; what ends it stays.
    fn cell(&mut self) -> Cow<'a, str> {
        let inner = self.rest.trim_start_matches([' ', '\t']);
        if let Some(quoted) = inner.strip_prefix('"') {
            let cell = self.quoted(quoted);
            // What stands between the closing quote and the comma says nothing.
            self.take_until_end();
            return cell;
        }
        Cow::Borrowed(self.take_until_end().trim())
    }

    fn take_until_end(&mut self) -> &'a str {
        let end = self.rest.find([',', '\n']).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        cell
    }

    /// The text of a quoted cell; `""` in it is one quote.
    fn quoted(&mut self, mut rest: &'a str) -> Cow<'a, str> {
        let mut cell = Cow::Borrowed("");
        loop {
            let (part, after) = rest.split_once('"').unwrap_or((rest, ""));
            if cell.is_empty() {
                cell = Cow::Borrowed(part);
            } else {
                cell.to_mut().push_str(part);
            }
            let Some(next) = after.strip_prefix('"') else {
                self.rest = after;
                return cell;
            };
            cell.to_mut().push('"');
            rest = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let got: Vec<Vec<String>> = rows(text).map(|row| row.into_iter().map(Into::into).collect()).collect();
        assert_eq!(got, expected, "{text:?}");
    }

    #[test]
    fn cells_are_read_without_the_blanks_around_them() {
        check("", &[]);
        check("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]);
        check("a, b\r\n 1 , x y \r\n", &[&["a", "b"], &["1", "x y"]]);
        check("\u{feff}a\n\n\nb", &[&["a"], &["b"]]);
        check("a,,\n,", &[&["a", "", ""], &["", ""]]);
        check("é,ü", &[&["é", "ü"]]);
    }

    #[test]
    fn quotes_keep_what_is_in_them() {
        check("\"a,b\", \" c \" ,d", &[&["a,b", " c ", "d"]]);
        check("\"say \"\"hi\"\"\",\"two\nlines\"\n\"\",x", &[&["say \"hi\"", "two\nlines"], &["", "x"]]);
        check("\"\"\"\"", &[&["\""]]);
        check("\"\"\"a\"", &[&["\"a"]]);
        check("a \"b\",c", &[&["a \"b\"", "c"]]);
        check("\"never closed,\nx", &[&["never closed,\nx"]]);
    }
}
