use super::Value;

fn check(kind: u8, bytes: &[u8], expected: &str) {
    let mut text = String::new();
    assert_eq!(Value { kind, bytes, at: 0 }.write(&mut text), Some(()), "{kind:#x}");
    assert_eq!(text, expected, "{kind:#x}");
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn every_type_as_windows_writes_it() {
    check(0x00, &[], "");
    check(0x01, &utf16("é 日本 😀\r\n\t\u{1}"), "é 日本 😀\r\n\t_");
    check(
        0x01,
        &utf16("a line that is longer than one block of units, and more\0tail"),
        "a line that is longer than one block of units, and more",
    );
    check(0x02, b"caf\xe9 \x80\0", "café €");
    check(0x03, &[0xff], "-1");
    check(0x04, &[0xff], "255");
    check(0x05, &[0xff, 0xff], "-1");
    check(0x06, &[0xff, 0xff], "65535");
    check(0x07, &[0xff; 4], "-1");
    check(0x08, &[0xff; 4], "4294967295");
    check(0x09, &[0xff; 8], "-1");
    check(0x0a, &[0xff; 8], "18446744073709551615");
    check(0x0c, &1.5_f64.to_le_bytes(), "1.5");
    check(0x0d, &[0, 0, 0, 0], "false");
    check(0x0d, &[1, 0, 0, 0], "true");
    check(0x0d, &[16, 0, 0, 0], "16");
    check(0x0e, &[0x0a, 0xff], "0AFF");
    let guid = [0x5f, 0x38, 0x70, 0x57, 0x2a, 0xc2, 0xe0, 0x43, 0xbf, 0x4c, 0x06, 0xf5, 0x69, 0x8f, 0xfb, 0xd9];
    check(0x0f, &guid, "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}");
    check(0x10, &[0x1f, 0, 0, 0], "0x1f");
    check(0x11, &132_551_413_001_453_352_u64.to_le_bytes(), "2021-01-14T23:41:40.1453352Z");
    check(0x11, &0_u64.to_le_bytes(), "1601-01-01T00:00:00.0000000Z");
    check(0x12, &[0xe5, 7, 1, 0, 4, 0, 14, 0, 23, 0, 41, 0, 40, 0, 145, 0], "2021-01-14T23:41:40.1450000Z");
    check(0x13, &[1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], "S-1-5-18");
    check(0x14, &[0x28, 0x1b, 0, 0], "0x1b28");
    check(0x15, &[0, 0, 0, 0, 0, 0, 0x20, 0x80], "0x8020000000000000");
}

#[test]
fn bytes_that_do_not_fit_are_refused() {
    for (kind, bytes) in
        [(0x08, &[1_u8][..]), (0x0f, &[0; 15]), (0x13, &[1, 2, 0, 0, 0, 0, 0, 5]), (0x16, &[]), (0x7f, &[])]
    {
        assert_eq!(Value { kind, bytes, at: 0 }.write(&mut String::new()), None, "{kind:#x}");
    }
}

#[test]
fn arrays_are_taken_apart() {
    let check = |kind: u8, bytes: &[u8], expected: &[&str]| {
        let items = Value { kind, bytes, at: 0 }.items().unwrap();
        let text = |item: &Value<'_>| {
            let mut text = String::new();
            item.write(&mut text).unwrap();
            text
        };
        assert_eq!(items.iter().map(text).collect::<Vec<_>>(), expected, "{kind:#x}");
    };
    check(0x81, &utf16("a\0\0bc\0"), &["a", "", "bc"]);
    check(0x82, b"a\0b\0", &["a", "b"]);
    check(0x88, &[1, 0, 0, 0, 2, 0, 0, 0], &["1", "2"]);
    let sids = [[1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 5, 19, 0, 0, 0]];
    check(0x93, sids.as_flattened(), &["S-1-5-18", "S-1-5-19"]);
}
