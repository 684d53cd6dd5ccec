//! Any bytes are opened without a panic and within the limits.

#![no_main]

use event::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { total_bytes: 1 << 20, ..Limits::default() };
    let mut total = 0;
    for start in [&b""[..], b"\x1f\x8b\x08", b"PK\x03\x04"] {
        let file = [start, bytes].concat();
        let plain = file.len();
        event::open_container("a", file, &limits, &mut |member| {
            total += member.bytes.len();
            assert!(member.bytes.len() <= plain.max(1 << 20), "more than the limit");
        });
    }
    assert!(total <= 3 * bytes.len() + 9 + (3 << 20), "more than the limits");
});
