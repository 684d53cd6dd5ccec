use super::{Row, field_name, looks_like_csv};

#[test]
fn rows_and_their_cells() {
    let check = |text: &str, expected: &[&[&str]]| {
        let mut rows = Vec::new();
        let mut rest = text;
        while let Some((row, length)) = Row::read(rest) {
            rows.push(row.cells.iter().map(|cell| cell.to_string()).collect::<Vec<_>>());
            rest = rest.split_at(length).1;
        }
        assert_eq!(rows, expected, "{text}");
    };
    check("a,b\n1,\n", &[&["a", "b"], &["1", ""]]);
    check("a,b\r\n\"1\",\"2\"\"\"\r\n", &[&["a", "b"], &["1", "2\""]]);
    check("\"x\r\ny\",\"\"\nz", &[&["x\r\ny", ""], &["z"]]);
    check("\"a\" b,c", &[&["a b", "c"]]);
    check("\"a,b", &[&["a,b"]]);
}

#[test]
fn a_header_and_a_row_as_wide() {
    let check = |text: &str, expected: bool| assert_eq!(looks_like_csv(text), expected, "{text}");
    check("time,user,action\n1,2,3\n", true);
    check("time,user,action\n", false);
    check("time,user,user\n1,2,3\n", false);
    check("it rained, snowed, and hailed\nthen it stopped\n", false);
    check("1,2,3\n4,5,6\n", false);
}

#[test]
fn names_are_cleaned() {
    assert_eq!(field_name(" Sender/Author "), "Sender_Author");
    assert_eq!(field_name("a.b_c"), "a.b_c");
}
