use super::*;
use proptest::prelude::*;
use text::FileId;

const FILE: FileId = FileId(0);

/// Decode the value of the key `k` of `source` and hold it against the library; gives the text.
#[track_caller]
fn check(source: &str) -> String {
    let documents = parse(source).expect("readable YAML");
    let Some(Node { value: Value::Map(entries), .. }) = documents.first() else { panic!("no map: {source:?}") };
    let node = &entries.iter().find(|entry| entry.key == "k").expect("key k").node;
    let Value::Scalar(scalar) = &node.value else { panic!("no scalar: {source:?}") };
    if scalar.text.trim().is_empty() {
        // Nothing that a report could point into: the coarse mapping will do.
        return scalar.text.to_string();
    }
    let mapped = scalar::decode_exactly(source, FILE, scalar, node.span)
        .unwrap_or_else(|| panic!("not decoded as {:?} at {:?}: {source:?}", scalar.text, node.span));
    for (at, letter) in mapped.text.char_indices() {
        let span = Span::new(at, at + letter.len_utf8());
        let place = mapped.map.locate(span).expect("every byte is mapped").primary.span;
        let original = place.of(source);
        assert!(!original.is_empty(), "{letter:?} maps to {place:?} in {source:?}");
        let kept = original.len() == letter.len_utf8() && !"\n \t".contains(letter);
        assert!(!kept || original == letter.to_string() || "'\"".contains(original), "{letter:?} maps to {original:?}");
    }
    mapped.text
}

#[test]
fn every_scalar_style_is_decoded_as_the_library_does() {
    let cases = [
        ("k: one line", "one line"),
        ("k: one\n  two\n\n  three   \n  four\nnext: 1", "one two\nthree four"),
        ("k: 'it''s'", "it's"),
        ("k: ' a\n   b  \n\n   c '", " a b\nc "),
        ("k: \"a\\tb \\\n    c\\\n  \\ d\\x41\\u00e9\"", "a\tb c dAé"),
        ("k: \"a\n  b\"", "a b"),
        ("k: |\n  one\n   two\n\n  three\nnext: 1", "one\n two\n\nthree\n"),
        ("k: |-\n  one\n  two\n\n", "one\ntwo"),
        ("k: |+\n  one\n\n\nnext: 1", "one\n\n\n"),
        ("k: |2\n   one\n  two\n", " one\ntwo\n"),
        ("a:\n  k: |2-\n      one\n    two\nk: x", "x"),
        ("k: >\n  one\n  two\n\n  three\n    code\n    more\n  four\n", "one two\nthree\n  code\n  more\nfour\n"),
        ("k: >-\n\n  one\n  two\n\n\n", "\none two"),
        ("k: > # remark\n  one\n  two\n", "one two\n"),
        ("k: |\r\n  one\r\n  two\r\nnext: 1", "one\ntwo\n"),
        ("k: 'a\r\n  b'\r\n", "a b"),
        ("é: ü\nk: |\n  größer\n  und\n", "größer\nund\n"),
        ("k: &anchor 'a''b'", "a'b"),
        ("k: ''", ""),
        ("z: ü\na:\n  k: x\nk: 'it''s\non\n\n the left'\nn: \"so\nis this\"\n", "it's on\nthe left"),
        ("k: \"é \\\"\nb\"\nn: [a\n  b]\n", "é \" b"),
    ];
    for (source, expected) in cases {
        assert_eq!(check(source), expected, "{source:?}");
    }
}

#[test]
fn broken_yaml_names_the_place() {
    let problem = parse("name: a\nsearch: 'open\nid: 1\n").expect_err("the quote is never closed");
    assert!(problem.message.starts_with("YAML cannot be read: "), "{}", problem.message);
    let problem = parse("name: a\n  id: b: c\n").expect_err("two colons");
    assert!(problem.at.start >= 8, "{problem:?}");
}

#[test]
fn nesting_and_aliases_are_bounded() {
    let deep = "[".repeat(200);
    assert!(parse(&deep).is_err());
    let deep: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert!(parse(&deep).expect_err("too deep").message.contains("64 levels"));
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let uses = vec![format!("*a{}", level - 1); 8].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{uses}]\n"));
    }
    assert!(parse(&bomb).expect_err("a bomb").message.contains("100000 values"));
}

#[test]
fn aliases_stand_for_their_anchor() {
    let documents = parse("a: &x [one]\nb: *x\n").expect("readable");
    let Value::Map(entries) = &documents[0].value else { panic!("no map") };
    assert!(matches!(&entries[1].node.value, Value::List(items) if items.len() == 1));
}

fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        3 => "[a-c|`\"'$\\\\é=*]{1,3}( {1,2}[a-c\"'#:é\\\\]{1,3}){0,3}",
        1 => Just(String::new()),
        1 => " {1,2}[a-c]{1,3}",
    ];
    proptest::collection::vec(line, 1..7)
}

/// Library and decoder must agree whenever the library takes the text at all.
fn agree(source: &str) {
    let readable = parse(source).is_ok_and(|documents| {
        let map = documents.into_iter().next();
        map.is_some_and(|node| {
            matches!(&node.value, Value::Map(entries)
            if entries.iter().any(|entry| entry.key == "k" && matches!(entry.node.value, Value::Scalar(_))))
        })
    });
    if readable {
        check(source);
    }
}

proptest! {
    #[test]
    fn decoding_agrees_with_the_library(lines in lines(), style in 0..7_usize, crlf in any::<bool>(), chomp in 0..3_usize) {
        let chomp = ["", "-", "+"].get(chomp).copied().unwrap_or("");
        let body = lines.join("\n    ");
        let mut source = match style {
            0 => format!("k: {body}\nz: 1\n"),
            1 => format!("k: '{}'\nz: 1\n", body.replace('\'', "''")),
            2 => format!("k: \"{}\"\nz: 1\n", body.replace('\\', "\\\\").replace('"', "\\\"")),
            3 => format!("k: \"{body}\"\nz: 1\n"),
            4 => format!("k: |{chomp}\n    {body}\nz: 1\n"),
            5 => format!("k: >{chomp}\n    {body}\nz: 1\n"),
            _ => format!("k: |2{chomp}\n    {body}\n\nz: 1\n"),
        };
        if crlf {
            source = source.replace('\n', "\r\n");
        }
        agree(&source);
    }
}
