//! An event log damaged in any way is read without a panic, and its pieces give what the whole gives.

#![no_main]

use event::{DecodeOptions, EventBatch};
use libfuzzer_sys::fuzz_target;

fn count(batch: &EventBatch) -> (usize, usize, usize) {
    (batch.events.len(), batch.fields.len(), batch.set_aside.len())
}

fuzz_target!(|bytes: &[u8]| {
    // The magic of a chunk comes for free: most inputs shall get past it.
    let mut file = b"ElfChnk\0".to_vec();
    file.extend(bytes);
    let options = DecodeOptions { raw: true, ..DecodeOptions::default() };
    let mut whole = Vec::new();
    event::decode(&"log".into(), &file, &options, &mut |batch| whole.push(count(&batch)));
    let mut pieces = Vec::new();
    for piece in event::split(&file) {
        event::decode_piece(&"log".into(), &piece, &options, &mut |batch| pieces.push(count(&batch)));
    }
    assert_eq!(whole, pieces);
});
