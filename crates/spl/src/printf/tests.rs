//! The manual's examples, and what C does.

use proptest::prelude::*;

use super::*;

fn argument(text: &str) -> Argument<'_> {
    Argument { text, number: crate::value::parse_number(text) }
}

/// The format with these values, numbers as they look.
fn check(format: &str, values: &[&str], expected: &str) {
    let arguments: Vec<Argument<'_>> = values.iter().map(|text| argument(text)).collect();
    let found = Format::parse(format).map(|format| format.write(&arguments));
    assert_eq!(found.as_ref().map(Option::as_deref), Ok(Some(expected)), "{format:?} of {values:?}");
}

const PI: &str = "3.141592653589793";

#[test]
fn examples_of_the_manual() {
    check("%.3A", &[PI], "0X1.922P+1");
    check("%c,%c", &["65", "Foo"], "A,F");
    check("%d,%i,%d", &["-2", "4", "30"], "-2,4,30");
    check("%.2e", &["5139"], "5.14e+03");
    check("%.2f", &[PI], "3.14");
    check("%.2g,%.2g", &[PI, "123"], "3.1,1.2e+02");
    check("%o", &["255"], "377");
    check("%s%z", &["foo", "bar"], "foobar");
    check("%u", &["99"], "99");
    check("%x,%X,%p", &["10", "10", "10"], "a,A,A");
    check("100%%", &[], "100%");
    check("%'d", &["12345"], "12,345");
    check("%-4d", &["1"], "1   ");
    check("%04d", &["1"], "0001");
    check("%+4d", &["1"], "  +1");
    check("% -4d", &["1"], " 1  ");
    check("%#x", &["1"], "0x1");
    check("%*d", &["5", "123"], "  123");
    check("%.*f", &["1", "1.23"], "1.2");
    check("%*.*e", &["9", "2", PI], " 3.14e+00");
    check("%04.4f %-30s", &["7.5", "x"], "7.5000 x                             ");
}

#[test]
fn numbers_as_in_c() {
    check("%d %d %d", &["2.9", "-2.9", "-0.5"], "2 -2 0");
    check("%5.3d|%-5d|%05d", &["7", "7", "-7"], "  007|7    |-0007");
    check("%.0d|%.d", &["0", "1"], "|1");
    check("%'d %'.2f", &["-1234567", "9876543.215"], "-1,234,567 9,876,543.21");
    check("%#o %o %#X %#x", &["8", "8", "255", "0"], "010 10 0XFF 0");
    check("%f %F %.0f %#.0f", &["1.5", "-1.5", "2.5", "3"], "1.500000 -1.500000 2 3.");
    check("%e %E", &["0", "0.000123"], "0.000000e+00 1.230000E-04");
    check("%g %g %g %g", &["100000", "1000000", "0.0001", "0.00001"], "100000 1e+06 0.0001 1e-05");
    check("%g %#g %.3g %.0g", &["1.5", "1.5", "1234.5", "15"], "1.5 1.50000 1.23e+03 2e+01");
    check("%a %.0a %.1a", &["1", "0.5", "1.96875"], "0x1.000000p+0 0x1p-1 0x2.0p+0");
    check("%+.1f %+d % d", &["2", "-2", "3"], "+2.0 -2  3");
    check("%08.3f|%-8.3f|%+08d", &["-3.14159", "3.14159", "42"], "-003.142|3.142   |+0000042");
    let infinite = Argument { text: "inf", number: Some(f64::INFINITY) };
    assert_eq!(Format::parse("%5.1f|%05d").unwrap().write(&[infinite]), None);
    assert_eq!(Format::parse("%05.1F").unwrap().write(&[infinite]).as_deref(), Some("  INF"));
}

#[test]
fn texts() {
    check("%5s|%-5s|%.2s|%05s", &["é", "ab", "abc", "x"], "    é|ab   |ab|    x");
    check("%*s|%.*s", &["-4", "a", "1", "bc"], "a   |b");
    check("%c", &["8364"], "€");
    check("plain", &["unused"], "plain");
}

#[test]
fn what_is_no_format() {
    for format in ["%", "%5", "%n", "%C", "%S", "%1$d", "%k", "%-", "%.", "%999999999d"] {
        assert!(Format::parse(format).is_err(), "{format:?}");
    }
    assert_eq!(Format::parse("%d %*.*f %%").unwrap().arguments(), 4);
    for (format, values) in
        [("%d", &["x"][..]), ("%d %d", &["1"]), ("%x", &["-1"]), ("%*d", &["x", "1"]), ("%c", &[""])]
    {
        let arguments: Vec<Argument<'_>> = values.iter().map(|text| argument(text)).collect();
        assert_eq!(Format::parse(format).unwrap().write(&arguments), None, "{format:?}");
    }
}

proptest! {
    #[test]
    fn no_format_panics(format in "(%[-0-9 #'+.*]{0,5}[aAcdieEfFgGosuxXpz]|\\PC){0,4}", number in prop::num::f64::ANY) {
        if let Ok(format) = Format::parse(&format) {
            let argument = Argument { text: "7", number: Some(number) };
            let written = format.write(&vec![argument; format.arguments()]);
            prop_assert!(written.is_none_or(|text| text.len() < 500_000));
        }
    }

    #[test]
    fn decimals_are_those_of_rust(number in -1e15_f64..1e15, precision in 0_usize..8) {
        let argument = Argument { text: "", number: Some(number) };
        let written = Format::parse(&format!("%.{precision}f")).unwrap().write(&[argument]);
        prop_assert_eq!(written, Some(format!("{number:.precision$}")));
    }
}
