use super::{automatic, cleaned, delimited};
use proptest::prelude::*;

fn shown(pairs: Vec<(&str, &str)>) -> Vec<String> {
    pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect()
}

#[test]
fn pairs_between_delimiters() {
    assert_eq!(shown(delimited("a:1;b: two ;;c:", ";", ":")), ["a=1", "b=two"]);
    assert_eq!(shown(delimited("a=1|b:2;c=3", "|;", "=:")), ["a=1", "b=2", "c=3"]);
    assert_eq!(shown(delimited("r: https://x.com;s:\"a;b:c\"", ";", ":")), ["s=a;b:c"]);
    assert_eq!(shown(delimited("\"a b\"=\"1\"", ";", "=")), ["a b=1"]);
    assert_eq!(shown(delimited("no pair", ";", ":")), [""; 0]);
}

#[test]
fn pairs_with_an_equals_sign() {
    let text = "12:00 a=1 b=\"two words\", c.d=3; url?e=4&f=5 (g=6) h== i= j=\"k";
    assert_eq!(shown(automatic(text)), ["a=1", "b=two words", "c.d=3", "e=4", "f=5", "g=6"]);
}

#[test]
fn keys_are_cleaned() {
    assert_eq!(cleaned("\"sc-status\""), "sc_status_");
    assert_eq!(cleaned("_1a b"), "a_b");
    assert_eq!(cleaned("_9"), "");
}

proptest! {
    #[test]
    fn no_text_panics(text in "[ab1=:;,|\"' \n&é]{0,40}") {
        for (key, value) in automatic(&text).into_iter().chain(delimited(&text, ";é", "=:")) {
            prop_assert!(!key.is_empty() || !value.is_empty());
            let _clean = cleaned(key);
        }
    }
}
