//! Numbers, text, order.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;

#[test]
fn numbers_print_as_splunk_prints_them() {
    let check = |number: f64, expected: &str| assert_eq!(format_number(number), expected);
    check(3.0, "3");
    check(-3.0, "-3");
    check(0.0, "0");
    check(-0.0, "0");
    check(0.1, "0.1");
    check(2.5, "2.5");
    check(1_700_000_000.0, "1700000000");
    check(1_700_000_000.123_456, "1700000000.123456");
    check(1e15, "1000000000000000");
    check(1e300, "1e300");
    check(1e-12, "1e-12");
    check(f64::NAN, "nan");
    check(f64::INFINITY, "inf");
    check(f64::NEG_INFINITY, "-inf");
    check(9_007_199_254_740_993.0, "9007199254740992");
}

#[test]
fn times_print_without_zeros_at_the_end() {
    let check = |micros: i64, expected: &str| assert_eq!(format_time(micros), expected);
    check(0, "0");
    check(1_700_000_000_000_000, "1700000000");
    check(1_700_000_000_120_000, "1700000000.12");
    check(1_700_000_000_000_001, "1700000000.000001");
    check(-1_500_000, "-1.5");
}

#[test]
fn text_that_is_a_number() {
    let check = |text: &str, expected: Option<f64>| assert_eq!(parse_number(text), expected, "{text:?}");
    check("4624", Some(4624.0));
    check("-1.5", Some(-1.5));
    check("+2", Some(2.0));
    check(".5", Some(0.5));
    check("5.", Some(5.0));
    check("1e3", Some(1000.0));
    for text in ["", "-", ".", "0x1f", "inf", "nan", "-infinity", " 1", "1 ", "1_000", "1,000", "12ab", "1e999", "١"] {
        check(text, None);
    }
}

fn number(value: f64) -> Value {
    Value::Number(value)
}

#[test]
fn eval_compares_numbers_by_size_and_text_by_letters() {
    let check =
        |left: Value, right: Value, expected| assert_eq!(eval_order(&left, &right), expected, "{left:?} {right:?}");
    check(number(9.0), number(10.0), Some(Ordering::Less));
    check(Value::text("9"), number(10.0), Some(Ordering::Less));
    check(Value::text("1.0"), Value::text("1"), Some(Ordering::Equal));
    check(Value::text("a"), Value::text("B"), Some(Ordering::Greater));
    check(Value::text("10"), Value::text("9a"), Some(Ordering::Less));
    check(Value::Null, number(1.0), None);
    check(Value::text(""), Value::Null, None);
}

#[test]
fn sort_puts_numbers_before_text() {
    let mut texts = vec!["b", "10", "9a", "9", "B", "", "-1"];
    texts.sort_by(|left, right| text_order(left, right));
    assert_eq!(texts, ["-1", "9", "10", "", "9a", "B", "b"]);
    assert_eq!(sort_order(&Value::Null, &number(-1.0)), Ordering::Less);
    assert_eq!(sort_order(&Value::Multi(vec![number(2.0)]), &number(1.0)), Ordering::Greater);
}

#[test]
fn values_as_text() {
    assert_eq!(Value::Null.to_text(), None);
    assert_eq!(Value::Bool(true).to_text().as_deref(), Some("True"));
    assert_eq!(Value::Multi(vec![Value::text("a"), number(2.0)]).to_text().as_deref(), Some("a\n2"));
    assert_eq!(Value::text("12").as_number(), Some(12.0));
}

proptest! {
    #[test]
    fn a_printed_number_reads_back(number in prop::num::f64::ANY) {
        let text = format_number(number);
        let read = parse_number(&text);
        prop_assert_eq!(read, number.is_finite().then_some(number));
        // What is read prints the same again, so that grouping by it and joining on it find it.
        prop_assert_eq!(read.map(format_number), number.is_finite().then_some(text));
    }

    #[test]
    fn a_whole_number_prints_its_digits(number in -9_007_199_254_740_992_i64..=9_007_199_254_740_992) {
        prop_assert_eq!(format_number(number as f64), number.to_string());
    }

    #[test]
    fn a_time_prints_the_number_of_its_seconds(micros in -4_000_000_000_000_000_i64..4_000_000_000_000_000) {
        prop_assert_eq!(parse_number(&format_time(micros)), Some(micros as f64 / 1e6));
    }

    #[test]
    fn text_is_a_number_or_stays(text in "[-+.0-9eE ]{0,8}") {
        // Only digits, a sign, a point and an exponent make a number, and it is the one that Rust reads.
        if let Some(number) = parse_number(&text) {
            prop_assert_eq!(text.parse::<f64>().ok(), Some(number));
            prop_assert!(text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(' '));
        }
    }

    #[test]
    fn comparing_texts_is_comparing_values(left in "[-0-9a.]{0,3}", right in "[-0-9a.]{0,3}") {
        let values = eval_order(&Value::text(left.as_str()), &Value::text(right.as_str()));
        prop_assert_eq!(Some(compare_text(&left, &right)), values);
        let both = sort_order(&Value::text(left.as_str()), &Value::text(right.as_str()));
        prop_assert_eq!(text_order(&left, &right), both);
    }

    #[test]
    fn sort_order_is_total(texts in prop::collection::vec("[0-9a.-]{0,3}", 3)) {
        let [a, b, c] = texts.as_slice() else { return Ok(()) };
        prop_assert_eq!(text_order(a, b), text_order(b, a).reverse());
        if text_order(a, b).is_le() && text_order(b, c).is_le() {
            prop_assert!(text_order(a, c).is_le(), "{:?}", texts);
        }
    }
}
