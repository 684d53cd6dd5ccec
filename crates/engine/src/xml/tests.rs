use proptest::prelude::*;
use spl::path::steps;

use super::{each_pair, flatten, follow, parse, unescape};

fn fields(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    flatten(&parse(text), &mut String::new(), &mut |name, value| found.push(format!("{name}={value}")));
    found
}

fn path(text: &str, path: &str) -> Vec<String> {
    follow(&parse(text), &steps(path).unwrap()).into_iter().map(str::to_owned).collect()
}

#[test]
fn texts_and_attributes_have_names() {
    assert_eq!(
        fields(
            "<?xml version=\"1.0\"?>\n<a x='1'>\n <b>2 &lt; 3</b>\n <b y = \"&quot;\"><!-- no --><c/>t<![CDATA[<&>]]></b>\n</a>"
        ),
        ["a{@x}=1", "a.b=2 < 3", "a.b{@y}=\"", "a.b=t<&>"]
    );
    assert_eq!(fields("<a>1</a><b>2</b>"), ["a=1", "b=2"]);
    assert_eq!(fields("<n:a>x</n:a>"), ["n:a=x"]);
    assert_eq!(fields("text <a>1</a>"), [""; 0]);
}

#[test]
fn what_is_cut_off_gives_what_stands_before() {
    assert_eq!(fields("<a><b>1</b><c>2"), ["a.b=1"]);
    assert_eq!(fields("<a><b>1</b><c d='2"), ["a.b=1"]);
    assert_eq!(fields("<a><b>1</b><"), ["a.b=1"]);
    assert_eq!(fields(&"<a>".repeat(1000)), [""; 0]);
}

#[test]
fn paths_lead_to_values() {
    let text = "<s><p id='1'><d>x</d></p><p id='2'><d>y</d><d>z</d></p></s>";
    assert_eq!(path(text, "s.p.d"), ["x", "y", "z"]);
    assert_eq!(path(text, "s.p{}.d"), ["x", "y", "z"]);
    assert_eq!(path(text, "s.p{2}.d"), ["y", "z"]);
    assert_eq!(path(text, "s.p.d{1}"), ["x", "y"]);
    assert_eq!(path(text, "s.p{@id}"), ["1", "2"]);
    assert_eq!(path(text, "s.p{2}{@id}"), ["2"]);
    assert_eq!(path(text, "s.p"), ["<d>x</d>", "<d>y</d><d>z</d>"]);
    assert_eq!(path(text, "p"), [""; 0]);
    assert_eq!(path(text, "s.p{0}.d"), [""; 0]);
}

#[test]
fn entities_are_characters() {
    assert_eq!(unescape("a &amp;&#65;&#x42; &nbsp; & &lt"), "a &AB &nbsp; & &lt");
}

#[test]
fn pairs_of_elements_in_any_text() {
    let mut found = Vec::new();
    let text = "a < b: <?xml?><t x='1'>\n<a y=\"2\">1 &amp; 2</a><b></b><c/><d>3</e><f><g>4</g></f></t> <h>5";
    each_pair(text, &mut |name, value| found.push(format!("{name}={value}")));
    assert_eq!(found, ["a=1 &amp; 2", "g=4"]);
}

proptest! {
    #[test]
    fn no_text_panics(text in "[<>/&;'\"=!?\\[\\]CDATAab \n#xé-]{0,40}") {
        let _fields = fields(&text);
        let _values = follow(&parse(&text), &steps("a.b{1}{@x}").unwrap());
        each_pair(&text, &mut |_, _| {});
        let _plain = unescape(&text);
    }

    #[test]
    fn a_part_of_a_document_gives_a_part_of_its_values(cut in 0_usize..90) {
        let text = "<a x='1'><b y=\"2\">t &amp; é</b><!-- c --><c/><b><![CDATA[<>]]></b><d><e>u</e></d></a>";
        let all = fields(text);
        let part = fields(text.get(..text.floor_char_boundary(cut)).unwrap());
        prop_assert_eq!(part.as_slice(), all.get(..part.len()).unwrap());
    }
}
