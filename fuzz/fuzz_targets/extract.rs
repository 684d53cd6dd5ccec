//! Any line, given as any sourcetype that the packs know, has its fields taken out and its rows made without a panic.

#![no_main]

use std::sync::LazyLock;

use event::{DecodeOptions, Metadata};
use libfuzzer_sys::fuzz_target;
use normalize::{Needs, Normalizer};

static NORMALIZER: LazyLock<Normalizer> =
    LazyLock::new(|| Normalizer::new(&[], &mut diag::Files::default()).0.with_now(1_735_689_600_000_000));

static SOURCETYPES: LazyLock<Vec<String>> =
    LazyLock::new(|| NORMALIZER.sources().into_iter().map(|source| source.sourcetype).collect());

fuzz_target!(|input: (u16, &str)| {
    let (number, text) = input;
    let Some(sourcetype) = SOURCETYPES.get(usize::from(number) % SOURCETYPES.len().max(1)) else { return };
    let metadata = Metadata { sourcetype: Some(sourcetype.as_str().into()), ..Metadata::default() };
    for metadata in [Some(metadata), None] {
        let options =
            DecodeOptions { raw: true, carriers: NORMALIZER.carriers(), metadata, ..DecodeOptions::default() };
        event::decode(&"log".into(), text.as_bytes(), &options, &mut |mut batch| {
            let events = batch.events.len();
            NORMALIZER.extract(&mut batch);
            assert_eq!(batch.events.len(), events, "{text:?}");
            NORMALIZER.normalize(&batch, &Needs::all());
        });
    }
});
