//! W3C and Zeek logs, envelopes of transports, carriers of events: read without a panic, in order; a file in segments has the
//! events of the file, where nothing in it is broken.

#![no_main]

use std::collections::BTreeSet;
use std::sync::Arc;

use event::{DecodeOptions, EventBatch, Origin, Segmented};
use libfuzzer_sys::fuzz_target;

fn options() -> DecodeOptions {
    let carriers = Arc::new(BTreeSet::from(["Records".to_owned()]));
    DecodeOptions { raw: true, batch_events: 2, carriers, ..DecodeOptions::default() }
}

fn events(batch: &EventBatch) -> Vec<(u64, String)> {
    batch.events.iter().map(|event| (event.offset, batch.text_of(event.raw).to_owned())).collect()
}

fuzz_target!(|text: &str| {
    let starts = [
        "#Fields: date time c-ip cs(User-Agent)\n",
        "#separator \\x09\n#fields\tts\tid\n#types\ttime\tset[string]\n",
        "{\"event\":",
        "{\"Records\":[{",
        "{\"result\":{\"sourcetype\":\"x\",\"_raw\":",
        "one line\n",
    ];
    for start in starts {
        let text = format!("{start}{text}");
        let (mut whole, mut is_broken) = (Vec::new(), false);
        event::decode(&"log".into(), text.as_bytes(), &options(), &mut |batch| {
            whole.extend(events(&batch));
            is_broken |= !batch.set_aside.is_empty();
        });
        assert!(whole.is_sorted_by_key(|(offset, _)| *offset), "out of order: {text:?}");
        // Where JSON is broken, or a carrier lacks a comma, what is left of it depends on what stood before.
        if is_broken || start.contains("Records") {
            continue;
        }
        // An object over several lines of plain text, not indented, may be cut.
        if whole.iter().any(|(_, raw)| raw.contains('\n')) {
            continue;
        }
        let Some(how) = Segmented::of(text.as_bytes()) else { continue };
        let cut = how.last_cut(text.as_bytes(), Origin::default());
        let mut parts = Vec::new();
        let (first, rest) = text.as_bytes().split_at(cut);
        let line = 1 + first.iter().filter(|byte| **byte == b'\n').count() as u64;
        for (bytes, origin) in [(first, Origin::default()), (rest, Origin { offset: cut, line, ..Origin::default() })] {
            for piece in how.split(bytes, origin) {
                event::decode_piece(&"log".into(), &piece, &options(), &mut |batch| parts.extend(events(&batch)));
            }
        }
        assert_eq!(parts, whole, "cut at {cut}: {text:?}");
    }
});
