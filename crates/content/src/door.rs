//! Typed values out of a YAML tree. Whatever is not as the schema says becomes a report with its place.

use diag::{Code, FileLabel, Report, Severity, codes};
use text::{FileId, FileSpan, Mapped, Span};

use crate::suggest::closest;
use crate::yaml::{Entry, Node, Value, decode};

/// Reads one file and collects what is wrong with it.
pub(crate) struct Door<'a> {
    pub(crate) source: &'a str,
    pub(crate) file: FileId,
    pub(crate) reports: Vec<Report>,
}

/// Text with its place.
pub(crate) type Placed = (String, FileSpan);

impl<'a> Door<'a> {
    pub(crate) fn new(source: &'a str, file: FileId) -> Self {
        Self { source, file, reports: Vec::new() }
    }

    pub(crate) fn place(&self, span: Span) -> FileSpan {
        FileSpan { file: self.file, span }
    }

    /// Report `message` at `span`.
    pub(crate) fn report(&mut self, code: Code, severity: Severity, span: Span, message: String) -> &mut Report {
        let primary = FileLabel { at: self.place(span), text: String::new() };
        self.reports.push(Report { code, severity, message, primary, secondary: Vec::new(), help: None });
        let last = self.reports.len() - 1;
        // The report that was pushed just above.
        #[allow(clippy::indexing_slicing)]
        &mut self.reports[last]
    }

    /// Report a value that the schema does not allow.
    pub(crate) fn bad(&mut self, span: Span, message: String) -> &mut Report {
        self.report(codes::BAD_VALUE, Severity::Error, span, message)
    }

    fn wrong_type(&mut self, key: &str, node: &Node<'_>, wanted: &str) {
        let at = shown(node);
        let message = match node.is_null() {
            true => format!("`{key}` is empty"),
            false => format!("`{key}` is {}, expected {wanted}", node.kind()),
        };
        self.bad(at, message).primary.text = format!("expected {wanted}");
    }

    /// Non-empty text. A number or `true` counts as the text it is written with.
    pub(crate) fn text(&mut self, key: &str, node: &Node<'_>) -> Option<String> {
        match &node.value {
            Value::Scalar(scalar) if !node.is_null() && !scalar.text.trim().is_empty() => {
                Some(scalar.text.trim().to_owned())
            }
            Value::Scalar(_) => {
                self.bad(shown(node), format!("`{key}` is empty"));
                None
            }
            _ => {
                self.wrong_type(key, node, "text");
                None
            }
        }
    }

    /// Text that may be empty, as a remark or an example may.
    pub(crate) fn remark(&mut self, key: &str, node: &Node<'_>) -> Option<String> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar.text.trim().to_owned()).filter(|text| !text.is_empty()),
            _ => self.text(key, node),
        }
    }

    /// Text, mapped to its bytes in the file.
    pub(crate) fn mapped(&mut self, key: &str, node: &Node<'_>) -> Option<Mapped> {
        self.text(key, node)?;
        match &node.value {
            Value::Scalar(scalar) => Some(decode(self.source, self.file, scalar, node.span)),
            _ => None,
        }
    }

    /// A list of texts with their places.
    pub(crate) fn texts(&mut self, key: &str, node: &Node<'_>) -> Vec<Placed> {
        let Value::List(items) = &node.value else {
            if !node.is_null() {
                self.wrong_type(key, node, "a list");
            }
            return Vec::new();
        };
        let read = |item: &Node<'_>| Some((self.text(key, item)?, self.place(item.span)));
        items.iter().filter_map(read).collect()
    }

    /// The items of a list.
    pub(crate) fn list<'n, 'v>(&mut self, key: &str, node: &'n Node<'v>) -> &'n [Node<'v>] {
        match &node.value {
            Value::List(items) => items,
            _ => {
                if !node.is_null() {
                    self.wrong_type(key, node, "a list");
                }
                &[]
            }
        }
    }

    /// A whole number within `range`.
    pub(crate) fn whole(&mut self, key: &str, node: &Node<'_>, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let text = self.text(key, node)?;
        // Not a number: reported below, like a number out of range.
        let number = text.parse::<u32>().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let wanted = match *range.end() {
                u32::MAX => format!("a whole number from {}", range.start()),
                end => format!("a whole number from {} to {end}", range.start()),
            };
            self.bad(node.span, format!("`{key}` is `{text}`, expected {wanted}")).primary.text =
                format!("expected {wanted}");
        }
        number
    }

    /// `true` or `false`; older content quotes them.
    pub(crate) fn boolean(&mut self, key: &str, node: &Node<'_>) -> Option<bool> {
        let text = self.text(key, node)?;
        match text.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.bad(node.span, format!("`{key}` is `{text}`, expected `true` or `false`"));
                None
            }
        }
    }

    /// One of the words that the schema knows.
    pub(crate) fn choice<T: Copy>(&mut self, key: &str, node: &Node<'_>, known: &[(&str, T)]) -> Option<T> {
        let text = self.text(key, node)?;
        if let Some((_, value)) = known.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let words: Vec<String> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
        let report = self.bad(node.span, format!("`{key}` is `{text}`, expected one of {}", words.join(", ")));
        report.help = closest(&text, known.iter().map(|(word, _)| *word)).map(|word| format!("did you mean `{word}`?"));
        None
    }

    /// The keys of a map.
    pub(crate) fn fields<'n, 'v>(&mut self, what: &'static str, node: &'n Node<'v>) -> Option<Fields<'n, 'v>> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(what, node, "a map of keys");
            return None;
        };
        for (at, entry) in entries.iter().enumerate() {
            let first = entries.iter().take(at).find(|earlier| earlier.key == entry.key);
            if let Some(first) = first {
                let first_at = self.place(first.key_at);
                let report = self.bad(entry.key_at, format!("`{}` is given twice", entry.key));
                report.secondary.push(FileLabel { at: first_at, text: "first here".to_owned() });
            }
        }
        Some(Fields { what, entries, known: Vec::new(), at: node.span })
    }
}

/// Where to point for a whole value: its first line is enough for a list or a map.
fn shown(node: &Node<'_>) -> Span {
    match &node.value {
        Value::Scalar(_) => node.span,
        Value::List(_) | Value::Map(_) => Span { start: node.span.start, end: node.span.start.saturating_add(1) },
    }
}

/// The keys of a map while they are being read: what was asked for is known, the rest is unknown.
pub(crate) struct Fields<'n, 'a> {
    /// The thing that the map describes: `detection`, `rba`.
    pub(crate) what: &'static str,
    entries: &'n [Entry<'a>],
    known: Vec<&'static str>,
    pub(crate) at: Span,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// True when the key is there, even if empty.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// Where a key stands.
    pub(crate) fn key_at(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_at)
    }

    /// The value of a key that may be absent; `key:` with nothing after it is absent too.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'n Node<'a>> {
        self.known.push(key);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        Some(&entry.node).filter(|node| !node.is_null())
    }

    /// The value of a key without which nothing can be done.
    pub(crate) fn need(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<&'n Node<'a>> {
        self.demand(door, key, Severity::Error)
    }

    /// The value of a key that the schema demands but Weir can do without.
    pub(crate) fn expect(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<&'n Node<'a>> {
        self.demand(door, key, Severity::Warning)
    }

    fn demand(&mut self, door: &mut Door<'_>, key: &'static str, severity: Severity) -> Option<&'n Node<'a>> {
        let found = self.get(key);
        if found.is_none() {
            let (at, message) = match self.key_at(key) {
                Some(at) => (at, format!("`{key}` is empty")),
                None => (self.first_key(), self.has_no(key)),
            };
            door.report(codes::MISSING_KEY, severity, at, message);
        }
        found
    }

    /// The text of a key that may be absent.
    pub(crate) fn text(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<String> {
        self.get(key).and_then(|node| door.text(key, node))
    }

    /// The text of a key without which nothing can be done.
    pub(crate) fn need_text(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<String> {
        self.need(door, key).and_then(|node| door.text(key, node))
    }

    /// The same, with its place.
    pub(crate) fn need_placed(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<Placed> {
        let node = self.need(door, key)?;
        Some((door.text(key, node)?, door.place(node.span)))
    }

    /// The same, mapped to its bytes.
    pub(crate) fn need_mapped(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<Mapped> {
        self.need(door, key).and_then(|node| door.mapped(key, node))
    }

    /// Text for people, which may be absent or empty.
    pub(crate) fn remark(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<String> {
        self.get(key).and_then(|node| door.remark(key, node))
    }

    /// Text for people that the schema demands.
    pub(crate) fn expect_remark(&mut self, door: &mut Door<'_>, key: &'static str) -> String {
        self.expect(door, key).and_then(|node| door.remark(key, node)).unwrap_or_default()
    }

    /// A list of texts with their places; nothing for an absent key.
    pub(crate) fn placed_texts(&mut self, door: &mut Door<'_>, key: &'static str) -> Vec<Placed> {
        self.get(key).map(|node| door.texts(key, node)).unwrap_or_default()
    }

    /// A list of texts; nothing for an absent key.
    pub(crate) fn texts(&mut self, door: &mut Door<'_>, key: &'static str) -> Vec<String> {
        self.placed_texts(door, key).into_iter().map(|(text, _)| text).collect()
    }

    /// The items of a list; nothing for an absent key.
    pub(crate) fn items(&mut self, door: &mut Door<'_>, key: &'static str) -> &'n [Node<'a>] {
        self.get(key).map_or(&[][..], |node| door.list(key, node))
    }

    /// A whole number within `range`.
    pub(crate) fn whole(
        &mut self,
        door: &mut Door<'_>,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        self.get(key).and_then(|node| door.whole(key, node, range))
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&mut self, door: &mut Door<'_>, key: &'static str) -> Option<bool> {
        self.get(key).and_then(|node| door.boolean(key, node))
    }

    /// Keys that the schema has and Weir has no use for.
    pub(crate) fn skip(&mut self, keys: &[&'static str]) {
        self.known.extend_from_slice(keys);
    }

    /// Where to point when something is missing.
    pub(crate) fn first_key(&self) -> Span {
        self.entries.first().map_or(self.at, |entry| entry.key_at)
    }

    /// Report the keys that nobody asked for. `strict` makes one that looks like a misspelling of a known, absent key
    /// an error: what the author meant is lost otherwise.
    pub(crate) fn close(self, door: &mut Door<'_>, strict: bool) {
        for entry in self.entries.iter().filter(|entry| !self.known.iter().any(|known| *known == entry.key)) {
            let absent = self.known.iter().copied().filter(|known| !self.has(known));
            let meant = closest(&entry.key, absent);
            let missed = meant.and_then(|key| self.withdraw(door, key));
            let severity = match (missed, strict && meant.is_some()) {
                (Some(severity), _) if !strict => severity,
                (_, true) => Severity::Error,
                _ => Severity::Warning,
            };
            let message = format!("unknown key `{}` in {}", entry.key, self.what);
            let report = door.report(codes::UNKNOWN_KEY, severity, entry.key_at, message);
            report.help = meant.map(|word| format!("did you mean `{word}`?"));
        }
    }

    /// Take back the report that `key` is missing: the misspelt key says it better. Gives its severity.
    fn withdraw(&self, door: &mut Door<'_>, key: &str) -> Option<Severity> {
        let (at, message) = (door.place(self.first_key()), self.has_no(key));
        let said = |report: &Report| report.primary.at == at && report.message == message;
        let found = door.reports.iter().position(said)?;
        Some(door.reports.remove(found).severity)
    }

    fn has_no(&self, key: &str) -> String {
        format!("{} has no `{key}`", self.what)
    }
}
