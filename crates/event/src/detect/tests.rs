use super::detect;
use crate::Format;

fn check(bytes: &[u8], expected: Option<Format>) {
    assert_eq!(detect(bytes), expected, "{}", String::from_utf8_lossy(bytes));
}

#[test]
fn the_form_is_told_by_content() {
    check(b"ElfFile\0...", Some(Format::Evtx));
    check(b"<Event xmlns='x'>", Some(Format::WindowsEventXml));
    check(b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Events><Event>", Some(Format::WindowsEventXml));
    check(b"Nov 1 host sysmon: <Event><System>", Some(Format::WindowsEventXml));
    check(b"<EventData>", Some(Format::Lines));
    check(b" {\"a\":1}", Some(Format::Json));
    check(b"[\n{\"a\":1}]", Some(Format::Json));
    check(b"[error] x", Some(Format::Lines));
    check(b"01/14/2021 11:41:39 PM\nLogName=x\n", Some(Format::ClassicWindowsEvent));
    check(b"a,b,c\n1,2,3\n", Some(Format::Csv));
    check(b"", Some(Format::Lines));
    check(b"\x7fELF\x02\x01\x01\0\0\0", None);
}
