//! Classic events, CSV and lines in any mixture are read without a panic, in order.

#![no_main]

use event::DecodeOptions;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for start in ["01/14/2021 11:41:39 PM\nLogName=Security\n", "time,user,action\n1,2,3\n", ""] {
        let text = format!("{start}{text}");
        let mut last = 0;
        let options = DecodeOptions { raw: true, batch_events: 2, ..DecodeOptions::default() };
        event::decode(&"log".into(), text.as_bytes(), &options, &mut |batch| {
            for event in &batch.events {
                assert!(event.offset >= last, "out of order: {text:?}");
                last = event.offset;
                assert!(batch.fields_of(event).all(|(_, value)| !value.is_empty()), "an empty field: {text:?}");
            }
        });
    }
});
