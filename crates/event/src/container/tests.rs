//! Containers of every kind, nested, damaged, and made to burst.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use super::open_container;
use crate::Limits;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn check_within(bytes: &[u8], limits: &Limits, expected: &[(&str, &str)], refused: &[(&str, &str)]) {
    let mut members = Vec::new();
    let set_aside = open_container("a", bytes.to_vec(), limits, &mut |member| {
        members.push((member.name.to_string(), String::from_utf8_lossy(&member.bytes).into_owned()));
    });
    let members: Vec<(&str, &str)> = members.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(members, expected);
    let set_aside: Vec<(&str, &str)> = set_aside.iter().map(|one| (&*one.place.file, one.reason.as_str())).collect();
    assert_eq!(set_aside, refused);
}

fn check(bytes: &[u8], expected: &[(&str, &str)], refused: &[(&str, &str)]) {
    check_within(bytes, &Limits::default(), expected, refused);
}

#[test]
fn a_plain_file_is_its_own_member() {
    check(b"text", &[("a", "text")], &[]);
    check(b"", &[("a", "")], &[]);
}

#[test]
fn gzip_keeps_the_name_and_may_have_several_streams() {
    check(&gzip(b"text"), &[("a", "text")], &[]);
    check(&[gzip(b"one\n"), gzip(b"two\n")].concat(), &[("a", "one\ntwo\n")], &[]);
}

#[test]
fn members_are_named_by_their_path() {
    check(
        &zip(&[("logs\\Sec %4&, é.evtx", b"x"), ("b/", b""), ("b/c", b"y")]),
        &[("a!logs/Sec %4&, é.evtx", "x"), ("a!b/c", "y")],
        &[],
    );
    check(&gzip(&tar(&[("./d/e.txt", b"x"), ("f", b"")])), &[("a!d/e.txt", "x"), ("a!f", "")], &[]);
}

#[test]
fn containers_in_containers() {
    let inner = zip(&[("b.log", b"x")]);
    check(&tar(&[("in.zip", &inner), ("c.gz", &gzip(b"y"))]), &[("a!in.zip!b.log", "x"), ("a!c.gz", "y")], &[]);
}

#[test]
fn nesting_is_bounded() {
    let nested = (0..4).fold(b"x".to_vec(), |inside, _| gzip(&inside));
    let limits = Limits { depth: 3, ..Limits::default() };
    check_within(&nested, &limits, &[], &[("a", "containers nested too deeply")]);
}

#[test]
fn a_bomb_is_set_aside_and_what_came_before_is_kept() {
    let zeros = vec![0_u8; 1 << 20];
    let limits = Limits { total_bytes: 1 << 19, ..Limits::default() };
    let bomb = zip(&[("first", b"x"), ("zeros", &zeros), ("last", b"y")]);
    let reason = "unpacks to more than the limit (524287 bytes were left)";
    check_within(&bomb, &limits, &[("a!first", "x"), ("a!last", "y")], &[("a!zeros", reason)]);
    let limits = Limits { ratio: 100, ratio_from: 1000, ..Limits::default() };
    let bomb = gzip(&zeros);
    let reason = format!("unpacks to more than the limit ({} bytes were left)", bomb.len() * 100);
    check_within(&bomb, &limits, &[], &[("a", &reason)]);
}

#[test]
fn what_came_before_damage_is_kept() {
    let mut bytes = gzip(b"some text that is long enough to be there before the end");
    bytes.truncate(bytes.len() - 12);
    let mut members = 0;
    let set_aside = open_container("a", bytes, &Limits::default(), &mut |_| members += 1);
    assert_eq!((members, set_aside.len()), (1, 1));
    let mut bytes = zip(&[("b", b"x")]);
    bytes.truncate(20);
    check(&bytes, &[], &[("a", "damaged zip: invalid Zip archive: Could not find EOCD")]);
}

#[test]
fn other_compressions_are_named() {
    check(b"\xfd7zXZ\0...", &[], &[("a", "xz compression is not supported")]);
    check(b"\x28\xb5\x2f\xfd...", &[], &[("a", "zstd compression is not supported")]);
}
