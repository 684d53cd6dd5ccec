//! Events in batches: one arena of text, no allocation per event or field.

use std::collections::HashMap;

/// The form that a file's content turned out to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Format {
    /// Windows event log files.
    Evtx,
    /// `<Event …>` elements, as Splunk's `renderXml` writes them.
    WindowsEventXml,
    /// One JSON object after another, or an array of them.
    Json,
    /// Classic Windows events: a time line, then `key=value` lines.
    ClassicWindowsEvent,
    /// Comma-separated values with a header line.
    Csv,
    /// W3C extended log files, whose `#Fields:` line names the columns: IIS, proxies.
    W3c,
    /// Zeek's tab-separated logs, whose `#fields` line names the columns.
    Zeek,
    /// One line of text an event, of no known form.
    #[default]
    Lines,
}

/// A piece of the batch's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextRef {
    /// First byte in [`EventBatch::text`].
    pub start: u32,
    /// Length in bytes.
    pub len: u32,
}

/// A field name of this batch, from [`FieldNames`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub u16);

/// The field names of a batch, interned. JSON paths are written as Splunk writes them: `a.b`, `a{}.b`.
#[derive(Debug, Clone, Default)]
pub struct FieldNames {
    names: Vec<Box<str>>,
    ids: HashMap<Box<str>, FieldId, foldhash::fast::RandomState>,
}

impl FieldNames {
    /// The id of a name, new or known. `None` when a batch has more than 65,535 names.
    pub fn intern(&mut self, name: &str) -> Option<FieldId> {
        if let Some(id) = self.ids.get(name) {
            return Some(*id);
        }
        let id = FieldId(u16::try_from(self.names.len()).ok()?);
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        Some(id)
    }

    /// The id of a name that some event of the batch has.
    pub fn get(&self, name: &str) -> Option<FieldId> {
        self.ids.get(name).copied()
    }

    fn clear(&mut self) {
        self.names.clear();
        self.ids.clear();
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True when no event of the batch has a field.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of an id.
    #[inline]
    pub fn name(&self, id: FieldId) -> &str {
        self.names.get(usize::from(id.0)).map_or("", |name| name)
    }

    /// Is this the id of that name?
    #[inline]
    pub(crate) fn is(&self, id: FieldId, name: &str) -> bool {
        self.names.get(usize::from(id.0)).is_some_and(|known| &**known == name)
    }

    /// Names in the order they were met; the index is the id.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &str)> {
        self.names.iter().enumerate().filter_map(|(at, name)| Some((FieldId(u16::try_from(at).ok()?), &**name)))
    }
}

/// Where an event or a problem stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Place {
    /// The file as the user named it; members of archives as `archive.zip!member`.
    pub file: std::sync::Arc<str>,
    /// Byte offset in the (decompressed) file.
    pub offset: u64,
    /// Record or line number, where the format has one.
    pub record: Option<u64>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// Where.
    pub place: Place,
    /// Why, in one line.
    pub reason: String,
}

/// What a transport or a person says about an event: HTTP Event Collector's envelope, an export of Splunk's, an option
/// of the command line. It goes before what the event itself says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// `sourcetype`.
    pub sourcetype: Option<Box<str>>,
    /// `source`.
    pub source: Option<Box<str>>,
    /// `host`.
    pub host: Option<Box<str>>,
    /// `_time` in microseconds.
    pub time: Option<i64>,
}

/// One event: its fields are a range of [`EventBatch::fields`].
#[derive(Debug, Clone, Default)]
pub struct EventHead {
    /// Microseconds since the epoch, where the format itself gives it (a pack may override it).
    pub time: Option<i64>,
    /// The event's text as Splunk would hold it. Empty when the caller did not ask for `_raw`.
    pub raw: TextRef,
    /// Byte offset in the file.
    pub offset: u64,
    /// Record or line number.
    pub record: u64,
    /// First entry in [`EventBatch::fields`].
    pub first_field: u32,
    /// Number of entries.
    pub field_count: u32,
    /// What was said about it from outside: one more than the place in [`EventBatch::metadata`], 0 for nothing.
    pub metadata: u32,
    /// Free for the stage that recognises events; decoders leave 0.
    pub mark: u32,
    /// Its form.
    pub format: Format,
    /// Its file: the place in [`EventBatch::files`].
    pub file: u32,
}

/// Events decoded together: of one file, or of several small ones.
#[derive(Debug, Clone, Default)]
pub struct EventBatch {
    /// The files, as in [`Place::file`].
    pub files: Vec<std::sync::Arc<str>>,
    /// The text that all values of all events are in.
    pub text: String,
    /// Field names.
    pub names: FieldNames,
    /// The events, in the order of the files and of each.
    pub events: Vec<EventHead>,
    /// Name and value of every field; a name that repeats within an event is a multivalue field. Empty values are
    /// not stored, as in Splunk an empty value is no field, but for those in arrays, where each keeps its place.
    pub fields: Vec<(FieldId, TextRef)>,
    /// What could not be read.
    pub set_aside: Vec<SetAside>,
    /// What [`EventHead::metadata`] points to.
    pub metadata: Vec<Metadata>,
    /// True once [`EventHead::mark`] has been set.
    pub marked: bool,
}

impl EventBatch {
    /// An empty batch for a file.
    pub fn of_file(file: std::sync::Arc<str>) -> Self {
        Self { files: vec![file], ..Self::default() }
    }

    /// Nothing is in it any more; its memory is there for what comes next.
    pub fn clear(&mut self) {
        let Self { files, text, names, events, fields, set_aside, metadata, marked } = self;
        files.clear();
        text.clear();
        names.clear();
        events.clear();
        fields.clear();
        set_aside.clear();
        metadata.clear();
        *marked = false;
    }

    /// An empty batch with room for as much as another holds.
    pub(crate) fn as_large_as(other: &Self) -> Self {
        Self {
            text: String::with_capacity(other.text.len()),
            events: Vec::with_capacity(other.events.len()),
            fields: Vec::with_capacity(other.fields.len()),
            ..Self::default()
        }
    }

    /// The name of an event's file.
    #[inline]
    pub fn file_of(&self, event: &EventHead) -> &str {
        self.files.get(event.file as usize).map_or("", |file| file)
    }

    /// What was said about an event from outside.
    #[inline]
    pub fn metadata_of(&self, event: &EventHead) -> Option<&Metadata> {
        self.metadata.get((event.metadata as usize).checked_sub(1)?)
    }

    /// The text of a reference.
    #[inline]
    pub fn text_of(&self, at: TextRef) -> &str {
        let start = at.start as usize;
        self.text.get(start..start + at.len as usize).unwrap_or("")
    }

    /// Name and value of the fields of an event, in order.
    #[inline]
    pub fn fields_of<'a>(&'a self, event: &EventHead) -> impl Iterator<Item = (FieldId, &'a str)> + use<'a> {
        let start = event.first_field as usize;
        let fields = self.fields.get(start..start + event.field_count as usize).unwrap_or(&[]);
        fields.iter().map(|(name, value)| (*name, self.text_of(*value)))
    }
}
