//! Any text is read without a panic, and an object that `serde_json` takes is one event.

#![no_main]

use event::{DecodeOptions, Format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let text = format!("{{{text}");
    let mut batches = Vec::new();
    event::decode(&"log".into(), text.as_bytes(), &DecodeOptions::default(), &mut |batch| batches.push(batch));
    // `serde_json` allows as many levels as the decoder does.
    if !text.contains('\0') && serde_json::from_str::<serde_json::Value>(&text).is_ok() {
        let [batch] = batches.as_slice() else { panic!("one batch expected: {text:?}") };
        let formats: Vec<Format> = batch.events.iter().map(|event| event.format).collect();
        assert_eq!((&*formats, batch.set_aside.len()), (&[Format::Json][..], 0), "{text:?}");
    }
});
