//! Fills an [`EventBatch`] event by event, and hands full batches on.

use std::sync::Arc;

use crate::{DecodeOptions, EventBatch, EventHead, FieldId, Format, Metadata, Place, SetAside, TextRef};

/// New names in one event that make the batch's table too full; the batch is closed well before.
const MOST_NAMES: usize = 32_768;

/// Marks the start of a value that stands in the event's text, counted from there until the text is added.
const QUOTED: u32 = 1 << 31;

/// Events that a batch may hold beyond its measure because they belong to the one before.
const MOST_BELONGING: usize = 256;

/// Where an event stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct At {
    /// Byte offset.
    pub(crate) offset: u64,
    /// Line or record number.
    pub(crate) record: u64,
}

/// Appends events to a batch; a full batch goes to the sink.
pub(crate) struct Builder<'s> {
    batch: EventBatch,
    /// The file that is being read.
    file: Arc<str>,
    sink: &'s mut dyn FnMut(EventBatch),
    most_events: usize,
    most_bytes: usize,
    keeps_raw: bool,
    open: EventHead,
    open_text: usize,
    open_fields: usize,
    /// The name that followed each name when it was last met, by the id and one more; first, the name that began an event.
    follows: Vec<FieldId>,
    /// The place in `follows` of the name met last.
    last: usize,
    too_many_names: bool,
    /// What is said about the events to come.
    metadata: Option<Metadata>,
}

impl<'s> Builder<'s> {
    pub(crate) fn new(options: &DecodeOptions, sink: &'s mut dyn FnMut(EventBatch)) -> Self {
        Self {
            batch: EventBatch::default(),
            file: Arc::from(""),
            sink,
            most_events: options.batch_events.max(1),
            most_bytes: options.batch_bytes.clamp(1, 1 << 30),
            keeps_raw: options.raw,
            open: EventHead::default(),
            open_text: 0,
            open_fields: 0,
            follows: Vec::new(),
            last: 0,
            too_many_names: false,
            metadata: options.metadata.clone(),
        }
    }

    /// Use a batch's memory for the first batch; nothing has been added yet.
    pub(crate) fn use_memory(&mut self, mut batch: EventBatch) {
        batch.clear();
        self.batch = batch;
    }

    /// The events to come are those of another file.
    pub(crate) fn open_file(&mut self, file: &Arc<str>) {
        self.file = Arc::clone(file);
    }

    /// Say something about the events to come; gives what was said before.
    pub(crate) fn describe(&mut self, metadata: Option<Metadata>) -> Option<Metadata> {
        std::mem::replace(&mut self.metadata, metadata)
    }

    /// What is said about the events to come.
    pub(crate) fn described(&self) -> Option<&Metadata> {
        self.metadata.as_ref()
    }

    /// True when the caller wants `_raw`.
    pub(crate) fn keeps_raw(&self) -> bool {
        self.keeps_raw
    }

    /// Make room for a text of about this length.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.batch.text.reserve(bytes.min(self.most_bytes));
    }

    /// Start an event. A batch that is full is handed on first.
    pub(crate) fn begin(&mut self, format: Format, at: At) {
        self.begin_after(format, at, || false);
    }

    /// The same, where the event may belong to the one before it: then it comes into its batch even if that is full.
    pub(crate) fn begin_after(&mut self, format: Format, at: At, belongs: impl FnOnce() -> bool) {
        let events = self.batch.events.len();
        let full = events >= self.most_events
            || self.batch.text.len() >= self.most_bytes
            || self.batch.names.len() >= MOST_NAMES;
        let full = full && !(events < self.most_events.saturating_add(MOST_BELONGING) && belongs());
        if full {
            let next = EventBatch::as_large_as(&self.batch);
            self.flush();
            self.batch = next;
        }
        self.open_text = self.batch.text.len();
        self.open_fields = self.batch.fields.len();
        self.last = 0;
        self.too_many_names = false;
        let first_field = u32::try_from(self.open_fields).unwrap_or(u32::MAX);
        let metadata = self.metadata_id();
        let file = self.file_id();
        let (offset, record) = (at.offset, at.record);
        self.open = EventHead { offset, record, first_field, metadata, format, file, ..EventHead::default() };
    }

    fn file_id(&mut self) -> u32 {
        if self.batch.files.last() != Some(&self.file) {
            self.batch.files.push(Arc::clone(&self.file));
        }
        u32::try_from(self.batch.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// The events of a file mostly share what is said about them.
    fn metadata_id(&mut self) -> u32 {
        let Some(metadata) = &self.metadata else { return 0 };
        if self.batch.metadata.last() != Some(metadata) {
            self.batch.metadata.push(metadata.clone());
        }
        u32::try_from(self.batch.metadata.len()).unwrap_or(0)
    }

    /// The id of a name. Names mostly come in the order in which they came before, which saves most look-ups.
    pub(crate) fn id(&mut self, name: &str) -> Option<FieldId> {
        if let Some(id) = self.follows.get(self.last).copied()
            && self.batch.names.is(id, name)
        {
            self.last = usize::from(id.0) + 1;
            return Some(id);
        }
        self.look_up(name)
    }

    fn look_up(&mut self, name: &str) -> Option<FieldId> {
        let id = self.batch.names.intern(name);
        self.too_many_names |= id.is_none();
        let id = id?;
        if self.follows.len() <= self.last {
            // Whatever stands where nothing followed yet is held against the name.
            self.follows.resize(self.last + 1, id);
        }
        if let Some(follows) = self.follows.get_mut(self.last) {
            *follows = id;
        }
        self.last = usize::from(id.0) + 1;
        Some(id)
    }

    /// Add a field; an empty value is no field.
    pub(crate) fn field(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if let Some(id) = self.id(name) {
            self.field_id(id, value);
        }
    }

    /// Add a field whose id is known.
    pub(crate) fn field_id(&mut self, id: FieldId, value: &str) {
        let start = self.batch.text.len();
        self.batch.text.push_str(value);
        self.field_from(id, start);
    }

    /// Add a value, also an empty one.
    pub(crate) fn value(&mut self, id: FieldId, value: &str) {
        let start = self.batch.text.len();
        self.batch.text.push_str(value);
        let value = self.reference(start);
        self.batch.fields.push((id, value));
    }

    /// Add a value that stands in the event's text as it is: its bytes there. [`Self::quoted`] must follow.
    pub(crate) fn quote(&mut self, id: FieldId, at: usize, length: usize) {
        let start = u32::try_from(at).map_or(u32::MAX, |at| at | QUOTED);
        self.batch.fields.push((id, TextRef { start, len: u32::try_from(length).unwrap_or(0) }));
    }

    /// The text of the event whose values were quoted from this byte of it on.
    pub(crate) fn quoted(&mut self, text: &str, from: usize) {
        let start = self.batch.text.len();
        self.batch.text.push_str(text);
        if self.keeps_raw {
            self.open.raw = self.reference(start);
        }
        let first = u32::try_from(start + from).unwrap_or(u32::MAX);
        for (_, value) in self.batch.fields.iter_mut().skip(self.open_fields) {
            if value.start & QUOTED != 0 {
                value.start = (value.start & !QUOTED).saturating_add(first);
            }
        }
    }

    /// The text so far, to write a value into; [`Self::field_from`] then makes it a field.
    pub(crate) fn text(&mut self) -> &mut String {
        &mut self.batch.text
    }

    /// Make what was written since `start` a field; nothing written is no field.
    pub(crate) fn field_from(&mut self, id: FieldId, start: usize) {
        let value = self.reference(start);
        if value.len > 0 {
            self.batch.fields.push((id, value));
        }
    }

    /// Give the last field's value a second name.
    pub(crate) fn alias(&mut self, id: FieldId) {
        if let Some((_, value)) = self.batch.fields.last().copied() {
            self.batch.fields.push((id, value));
        }
    }

    fn reference(&self, start: usize) -> TextRef {
        let len = self.batch.text.len().saturating_sub(start);
        TextRef { start: u32::try_from(start).unwrap_or(u32::MAX), len: u32::try_from(len).unwrap_or(0) }
    }

    pub(crate) fn time(&mut self, micros: i64) {
        self.open.time = Some(micros);
    }

    /// Keep the event's text, when the caller wants it.
    pub(crate) fn raw(&mut self, raw: &str) {
        if self.keeps_raw {
            self.raw_line(raw);
        }
    }

    /// Keep the event's text always: its fields are yet to be taken from it.
    pub(crate) fn raw_line(&mut self, raw: &str) {
        let start = self.batch.text.len();
        self.batch.text.push_str(raw);
        self.open.raw = self.reference(start);
    }

    /// The event is complete.
    pub(crate) fn end(&mut self) {
        let own = self.batch.fields.iter().skip(self.open_fields);
        debug_assert!(own.clone().all(|(_, value)| value.start & QUOTED == 0), "quoted values, and no text");
        if self.too_many_names {
            let at = At { offset: self.open.offset, record: self.open.record };
            self.abandon();
            self.set_aside(at, "more than 65,535 field names".to_owned());
            return;
        }
        self.open.field_count = u32::try_from(self.batch.fields.len() - self.open_fields).unwrap_or(0);
        self.batch.events.push(std::mem::take(&mut self.open));
    }

    /// Forget the event begun last.
    pub(crate) fn abandon(&mut self) {
        self.batch.text.truncate(self.open_text);
        self.batch.fields.truncate(self.open_fields);
    }

    /// Note something that could not be read.
    pub(crate) fn set_aside(&mut self, at: At, reason: String) {
        let record = (at.record > 0).then_some(at.record);
        let place = Place { file: Arc::clone(&self.file), offset: at.offset, record };
        self.batch.set_aside.push(SetAside { place, reason });
    }

    /// Hand on what there is.
    pub(crate) fn flush(&mut self) {
        if self.batch.events.is_empty() && self.batch.set_aside.is_empty() {
            return;
        }
        let full = std::mem::take(&mut self.batch);
        self.open_text = 0;
        self.open_fields = 0;
        self.follows.clear();
        self.last = 0;
        (self.sink)(full);
    }
}
