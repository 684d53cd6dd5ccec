//! Values against patterns.

use proptest::prelude::*;
use text::Span;

use super::*;

fn matcher(pattern: &str) -> Matcher {
    let parts = pattern.split('*').map(str::to_owned).collect();
    Matcher::new(&Pattern { parts, quoted: true, span: Span::default() })
}

/// The pattern matches each of the first texts and none of the others.
fn check(pattern: &str, matching: &[&str], others: &[&str]) {
    let matcher = matcher(pattern);
    for text in matching {
        assert!(matcher.matches(text), "{pattern:?} should match {text:?}");
    }
    for text in others {
        assert!(!matcher.matches(text), "{pattern:?} should not match {text:?}");
    }
}

#[test]
fn whole_text_in_any_letter_case() {
    check("ngrok.exe", &["ngrok.exe", "NGROK.EXE"], &["ngrok_exe", "ngrok.exe ", "xngrok.exe", ""]);
    check("", &[""], &["a"]);
    check("a?c", &["a?c"], &["abc"]);
}

#[test]
fn stars() {
    check("*", &["", "x", "a\nb"], &[]);
    check("**", &["", "x"], &[]);
    check("cmd*", &["cmd", "CMD.exe"], &["xcmd", "cm"]);
    check("*cmd", &["cmd", "xcmd"], &["cmdx"]);
    check("*start*", &["start", "a START b", "one\nstart\ntwo"], &["star", ""]);
    check("a*b*c", &["abc", "aXbYc", "abbcc", "a\nb\nc"], &["acb", "ab", "bc", "ac"]);
    check("a*a", &["aa", "aba"], &["a", "ab"]);
    check("*ab*ba*", &["abba", "ab ba"], &["aba"]);
    check(r"*\temp\*", &[r"C:\Temp\x"], &[r"C:\Temp"]);
    check("*aab*", &["aaab", "aaaaab"], &["aaaa"]);
}

#[test]
fn beyond_ascii() {
    check("*É*", &["caFé", "É"], &["e", "E"]);
    check("straße", &["STRAßE", "straße"], &["strasse"]);
    check("*k*", &["K", "äk"], &["\u{212a}"]);
    check("İ", &["İ"], &["i", "I"]);
    check("*a", &["äA", "€a"], &["ä"]);
}

#[test]
fn matches_all_is_the_star_alone() {
    assert!(matcher("*").matches_all() && matcher("**").matches_all());
    assert!(!matcher("").matches_all() && !matcher("*a*").matches_all());
}

/// Text full of the rarest byte would make the search quadratic; it takes the slow and steady path instead.
#[test]
fn hostile_text_takes_linear_time() {
    let started = std::time::Instant::now();
    for [first, filler] in [["q", "k"], ["o", "e"]] {
        let text = filler.repeat(2_000_000);
        check(&format!("*{first}{}*", filler.repeat(2000)), &[&format!("{first}{text}")], &[&text]);
        check(&format!("*{}{first}*", filler.repeat(2000)), &[&format!("{text}{first}")], &[&text]);
    }
    // Quadratic, this is sixteen billion steps; the bound is far from both.
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

/// The definition, letter by letter.
fn slow(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|at| slow(rest, &text[at..])),
        Some((c, rest)) => text.first() == Some(c) && slow(rest, &text[1..]),
    }
}

proptest! {
    #[test]
    fn agrees_with_the_definition(pattern in "[abAB*é]{0,7}", text in "[abABéÉ\n]{0,12}") {
        let fold = |text: &str| super::fold(text).chars().collect::<Vec<_>>();
        prop_assert_eq!(matcher(&pattern).matches(&text), slow(&fold(&pattern), &fold(&text)));
    }

    #[test]
    fn both_ways_to_find_a_literal_agree(literal in "[aek]{1,5}", text in "[aekAEK]{0,40}") {
        let needle = Needle::new(literal.as_bytes());
        prop_assert_eq!(needle.end_in(text.as_bytes()), needle.end_in_byte_by_byte(text.as_bytes(), 0));
    }
}
