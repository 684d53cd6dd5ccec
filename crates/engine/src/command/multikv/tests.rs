use plan::Multikv;
use proptest::prelude::*;

use super::read;

fn lines(text: &str, multikv: &Multikv) -> Vec<String> {
    let shown = |line: super::Line| {
        line.cells.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    };
    read(text, multikv).into_iter().map(shown).collect()
}

#[test]
fn columns_are_named_by_the_header() {
    let text = "Name     Age   Occupation\nJosh     42    SoftwareEngineer\nFrancine       CEO\n";
    assert_eq!(
        lines(text, &Multikv::default()),
        ["Name=Josh Age=42 Occupation=SoftwareEngineer", "Name=Francine Occupation=CEO"]
    );
    let text = "up 3 days\nPID %CPU COMMAND\n1 0.0 init --x y\n2 0.5 sh";
    assert_eq!(lines(text, &Multikv::default()), ["PID=1 CPU=0.0 COMMAND=init --x y", "PID=2 CPU=0.5 COMMAND=sh"]);
}

#[test]
fn commas_part_values_that_keep_their_quotes() {
    let text = "\"c_ip\",\"sc_status\",\"ua\"\n\"1.2.3.4\",\"200\",\"a, b\"";
    assert_eq!(lines(text, &Multikv::default()), ["c_ip_=\"1.2.3.4\" sc_status_=\"200\" ua_=\"a, b\""]);
}

#[test]
fn options() {
    let text = "a b\n1 2\n3 4";
    let with = |change: fn(&mut Multikv)| {
        let mut multikv = Multikv::default();
        change(&mut multikv);
        lines(text, &multikv)
    };
    assert_eq!(with(|m| m.fields = vec!["b".to_owned()]), ["b=2", "b=4"]);
    assert_eq!(with(|m| m.filter = vec!["3".to_owned()]), ["a=3 b=4"]);
    assert_eq!(
        with(|m| m.no_header = true),
        ["Column_1=a Column_2=b", "Column_1=1 Column_2=2", "Column_1=3 Column_2=4"]
    );
    // Numbers name nothing.
    assert_eq!(with(|m| m.header_line = Some(2)), [""]);
    assert_eq!(with(|m| m.header_line = Some(9)), [""; 0]);
    let two = "A B\n1 2\n\nC D\n3 4";
    assert_eq!(lines(two, &Multikv::default()), ["A=1 B=2", "C=3 D=4"]);
    assert_eq!(lines(two, &Multikv { one_table: true, ..Multikv::default() }), ["A=1 B=2", "A=C B=D", "A=3 B=4"]);
}

proptest! {
    #[test]
    fn no_text_panics(text in "[abAB1,\" \t\n%é]{0,60}", header in proptest::option::of(1_u64..4), no_header: bool) {
        let multikv = Multikv { header_line: header, no_header, ..Multikv::default() };
        let _lines = lines(&text, &multikv);
    }
}
