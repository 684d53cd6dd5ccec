use proptest::prelude::*;

use super::{Sed, Which};

fn substitute(pattern: &str, replacement: &str, which: Which) -> Result<Sed, String> {
    Ok(Sed::Substitute { pattern: pattern.to_owned(), replacement: replacement.to_owned(), which })
}

#[test]
fn substitutions() {
    assert_eq!(Sed::parse(r"s/(\d{4}-){3}/XXXX-/g"), substitute(r"(\d{4}-){3}", "XXXX-", Which::All));
    assert_eq!(Sed::parse("s/a/b/"), substitute("a", "b", Which::Only(1)));
    assert_eq!(Sed::parse(" s/a/\\1/3 "), substitute("a", "\\1", Which::Only(3)));
    assert_eq!(Sed::parse(r"s/a\/b/c\/d/"), substitute("a/b", "c/d", Which::Only(1)));
    assert_eq!(Sed::parse(r"s/\\/x/g"), substitute(r"\\", "x", Which::All));
    assert_eq!(Sed::parse("s#/#:#g"), substitute("/", ":", Which::All));
    assert_eq!(Sed::parse(r"s|a\|b|\||g"), substitute(r"a\|b", "|", Which::All));
    assert_eq!(Sed::parse("s/x//g"), substitute("x", "", Which::All));
}

#[test]
fn transliterations() {
    let script = Sed::parse("y/abc/xyz/").unwrap();
    assert_eq!(script.transliterate("cab!").as_deref(), Some("zxy!"));
    assert_eq!(Sed::parse(r"y/\\\//ab/").unwrap().transliterate(r"1\2/3").as_deref(), Some("1a2b3"));
    assert_eq!(Sed::parse("s/a/b/").unwrap().transliterate("a"), None);
}

#[test]
fn what_is_no_script() {
    for script in
        ["", "s", "s/a", "s/a/b", "d/a/b/", "s/a/b/x", "s/a/b/0", "y/ab/c/", "y/a/b/g", "saab", "s/a/b/g s/c/d/g"]
    {
        assert!(Sed::parse(script).is_err(), "{script:?}");
    }
}

proptest! {
    #[test]
    fn no_script_panics(script in "[sy][/#|][a-cß/#|\\\\]{0,8}") {
        if let Ok(parsed) = Sed::parse(&script) {
            let _same = parsed.transliterate("abcß");
        }
    }
}
