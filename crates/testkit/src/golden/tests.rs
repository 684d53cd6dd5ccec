use super::{BlockName, Golden};

const FILE: &str = "# prose\nsource: manual stats\nevents json\n{\"a\": \"1\"}\n\nsearch\n* | stats count\n----\ncount\n1\n\nsearch\n*\n----\n";

#[test]
fn a_file_has_blocks_and_cases() {
    let golden = Golden::parse(FILE).unwrap();
    assert_eq!(golden.source.as_deref(), Some("manual stats"));
    assert_eq!(golden.blocks[0].name, BlockName::Events);
    assert_eq!(golden.blocks[0].rows.len(), 1);
    assert_eq!(golden.cases.len(), 2);
    assert_eq!(golden.cases[0].search, "* | stats count");
    assert_eq!(golden.cases[0].expected, "count\n1");
    assert_eq!(golden.cases[1].expected, "");
}

#[test]
fn answers_are_replaced_in_place() {
    let golden = Golden::parse(FILE).unwrap();
    let written = golden.with_answers(FILE, &["count\n2".to_owned(), "a\nb".to_owned()]);
    assert_eq!(written, FILE.replace("count\n1", "count\n2").replace("*\n----\n", "*\n----\na\nb\n"));
}

#[test]
fn what_begins_no_block_is_an_error() {
    let error = Golden::parse("# prose\nserach\n").unwrap_err();
    assert_eq!(error.to_string(), "line 2: `serach` begins no block");
}

#[test]
fn a_lookup_has_settings_and_rows() {
    let golden =
        Golden::parse("lookup l csv match_type=WILDCARD(a),CIDR(b) max_matches=1\na,b\n1,2\n\nsearch\n*\n----\n")
            .unwrap();
    let lookup = &golden.lookups[0];
    assert_eq!((lookup.name.as_str(), lookup.is_collection, lookup.csv.as_str()), ("l", false, "a,b\n1,2"));
    assert_eq!(lookup.settings[0], ("match_type".to_owned(), "WILDCARD(a),CIDR(b)".to_owned()));
    assert_eq!(golden.cases.len(), 1);
}
