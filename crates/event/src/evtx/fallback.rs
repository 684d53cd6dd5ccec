//! Records that the reader here cannot make out, through the crate `evtx`: its XML, read as event XML.

use std::collections::HashMap;
use std::sync::Arc;

use evtx::{EvtxChunkData, ParserSettings};

use crate::builder::Builder;
use crate::xml;

/// The records of one chunk as XML, or why not, by their id. Rendered when the first is asked for.
pub(super) struct Fallback<'c> {
    chunk: &'c [u8],
    records: Option<HashMap<u64, String>>,
    damage: String,
}

impl<'c> Fallback<'c> {
    pub(super) fn new(chunk: &'c [u8]) -> Self {
        Self { chunk, records: None, damage: String::new() }
    }

    /// Read a record into the open event of the builder.
    pub(super) fn read(&mut self, record: u64, builder: &mut Builder<'_>) -> Result<(), String> {
        if self.records.is_none() {
            let rendered = self.render();
            self.records = Some(rendered.unwrap_or_else(|error| {
                self.damage = error;
                HashMap::new()
            }));
        }
        let Some(text) = self.records.as_ref().and_then(|records| records.get(&record)) else {
            return Err(if self.damage.is_empty() {
                "no other reader can make it out".to_owned()
            } else {
                self.damage.clone()
            });
        };
        let start = text.find("<Event").ok_or("no event in it")?;
        xml::read_event(text, start, builder).map_err(|broken| broken.reason)?;
        builder.quoted(text.get(start..).unwrap_or(""), 0);
        Ok(())
    }

    fn render(&self) -> Result<HashMap<u64, String>, String> {
        let settings = Arc::new(ParserSettings::default().indent(false));
        let mut data = EvtxChunkData::new(self.chunk.to_vec(), false).map_err(|error| error.to_string())?;
        let mut chunk = data.parse(settings).map_err(|error| error.to_string())?;
        // A record that this crate cannot render either is reported by the caller, with its place.
        let rendered = chunk.iter().filter_map(|record| record.and_then(|record| record.into_xml()).ok());
        Ok(rendered.map(|record| (record.event_record_id, record.data)).collect())
    }
}
