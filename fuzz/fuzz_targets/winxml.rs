//! Any text that holds event XML is read without a panic; what `_raw` keeps reads to the same fields.

#![no_main]

use event::{DecodeOptions, EventBatch, EventHead, Format};
use libfuzzer_sys::fuzz_target;

fn fields(batch: &EventBatch, at: usize) -> Vec<(String, String)> {
    let fields = batch.fields_of(&batch.events[at]);
    fields.map(|(id, value)| (batch.names.name(id).to_owned(), value.to_owned())).collect()
}

fuzz_target!(|text: &str| {
    let text = format!("<Event>{text}");
    let options = DecodeOptions { raw: true, ..DecodeOptions::default() };
    event::decode(&"log".into(), text.as_bytes(), &options, &mut |batch| {
        let is_xml = |event: &EventHead| event.format == Format::WindowsEventXml;
        for (at, one) in batch.events.iter().enumerate().filter(|(_, event)| is_xml(event)) {
            let raw = batch.text_of(one.raw);
            let mut again = Vec::new();
            event::decode(&"raw".into(), raw.as_bytes(), &options, &mut |batch| again.push(batch));
            // A byte order mark or a NUL in a value makes its raw text another kind of file.
            if let [only] = again.as_slice()
                && only.events.len() == 1
                && only.events.iter().all(is_xml)
            {
                assert_eq!(fields(only, 0), fields(&batch, at), "{raw:?}");
            }
        }
    });
});
