//! Times. `2024-03-13 14:25:36.789` in UTC, a Wednesday, is now.

use jiff::tz::Offset;
use proptest::prelude::*;

use super::*;

const NOW: i64 = 1_710_339_936_789_000;

fn east(hours: i8) -> TimeZone {
    TimeZone::fixed(Offset::constant(hours))
}

/// Central Europe's rule, written out so that no database is needed: one hour more from the last Sunday of March.
fn europe() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

fn iso(micros: i64, zone: &TimeZone) -> String {
    strftime(micros, "%Y-%m-%dT%H:%M:%S.%3N%:z", zone).unwrap()
}

/// The modifier, with UTC and [`NOW`].
fn check_resolve(modifier: &str, expected: Option<&str>) {
    let found = resolve(modifier, NOW, &utc()).map(|time| iso(time, &utc()));
    assert_eq!(found.as_deref().map(|time| time.trim_end_matches("+00:00")), expected, "{modifier:?}");
}

#[test]
fn relative_modifiers() {
    let check = |modifier: &str, expected: &str| check_resolve(modifier, Some(expected));
    check("now", "2024-03-13T14:25:36.789");
    check("now()", "2024-03-13T14:25:36.789");
    check("-70m@m", "2024-03-13T13:15:00.000");
    check("-10m@m", "2024-03-13T14:15:00.000");
    check("+1d", "2024-03-14T14:25:36.789");
    check("-d", "2024-03-12T14:25:36.789");
    check("-30", "2024-03-13T14:25:06.789");
    check("@s", "2024-03-13T14:25:36.000");
    check("@h", "2024-03-13T14:00:00.000");
    check("@d", "2024-03-13T00:00:00.000");
    check("@w", "2024-03-10T00:00:00.000");
    check("@w0", "2024-03-10T00:00:00.000");
    check("@w7", "2024-03-10T00:00:00.000");
    check("@w1", "2024-03-11T00:00:00.000");
    check("@w3", "2024-03-13T00:00:00.000");
    check("@w4", "2024-03-07T00:00:00.000");
    check("@mon", "2024-03-01T00:00:00.000");
    check("@q", "2024-01-01T00:00:00.000");
    check("@y", "2024-01-01T00:00:00.000");
    check("-1mon@mon", "2024-02-01T00:00:00.000");
    check("-1d@d+8h", "2024-03-12T08:00:00.000");
    check("@d-2h", "2024-03-12T22:00:00.000");
    check("-1450m@m", "2024-03-12T14:15:00.000");
    check("-2weeks", "2024-02-28T14:25:36.789");
    check("now-1h@h", "2024-03-13T13:00:00.000");
    check("-1qtr", "2023-12-13T14:25:36.789");
    check(" -1yr ", "2023-03-13T14:25:36.789");
}

#[test]
fn absolute_modifiers() {
    let check = |modifier: &str, expected: &str| check_resolve(modifier, Some(expected));
    check("0", "1970-01-01T00:00:00.000");
    check("1700000000", "2023-11-14T22:13:20.000");
    check("1700000000.25", "2023-11-14T22:13:20.250");
    check("2024-01-02", "2024-01-02T00:00:00.000");
    check("2024-01-02T03:04:05", "2024-01-02T03:04:05.000");
    check("2024-01-02T03:04:05Z", "2024-01-02T03:04:05.000");
    check("2024-01-02T03:04:05.678+02:00", "2024-01-02T01:04:05.678");
    check("2024-01-02 03:04", "2024-01-02T03:04:00.000");
    check("10/19/2023:01:02:03", "2023-10-19T01:02:03.000");
    check("10/19/2023:0:0:0", "2023-10-19T00:00:00.000");
}

#[test]
fn what_is_no_modifier() {
    for text in [
        "",
        "-",
        "@",
        "-5x",
        "@w8",
        "@d1",
        "rt",
        "rt-5m",
        "5m",
        "tomorrow",
        "1.2.3",
        "2024-13-01",
        "2024-01-02T",
        "-99999999999y",
        "-9999999999999999999d",
        "-1d@",
        "--1d",
        "é",
    ] {
        check_resolve(text, None);
    }
}

#[test]
fn days_follow_the_zone() {
    let zone = europe();
    let check = |now: &str, modifier: &str, expected: &str| {
        let now = strptime(now, "%Y-%m-%dT%H:%M:%S", 0, &zone).unwrap();
        assert_eq!(iso(resolve(modifier, now, &zone).unwrap(), &zone), expected, "{modifier:?}");
    };
    // Summer time starts on 2024-03-31 at two.
    check("2024-03-31T12:00:00", "@d", "2024-03-31T00:00:00.000+01:00");
    check("2024-03-31T12:00:00", "-1d", "2024-03-30T12:00:00.000+01:00");
    check("2024-03-31T12:00:00", "-24h", "2024-03-30T11:00:00.000+01:00");
    check("2024-03-31T03:10:00", "-1h@h", "2024-03-31T01:00:00.000+01:00");
    check("2024-03-31T12:00:00", "@w", "2024-03-31T00:00:00.000+01:00");
    let day = |zone: &TimeZone| iso(resolve("@d", NOW, zone).unwrap(), zone);
    assert_eq!(day(&east(10)), "2024-03-14T00:00:00.000+10:00");
    assert_eq!(day(&utc()), "2024-03-13T00:00:00.000+00:00");
}

#[test]
fn formats() {
    let check = |format: &str, expected: &str| {
        assert_eq!(strftime(NOW, format, &utc()).as_deref(), Some(expected), "{format:?}")
    };
    check("%Y-%m-%dT%H:%M:%S", "2024-03-13T14:25:36");
    check("%F %T", "2024-03-13 14:25:36");
    check("%s", "1710339936");
    check("%N %Q %3N %6N %f %6Q", "789000000 789 789 789000 789000 789000");
    check("%Z %z %:z %::z %:::z %Ez", "UTC +0000 +00:00 +00:00:00 +00 0");
    check("%c|%+", "Wed Mar 13 14:25:36 2024|Wed Mar 13 14:25:36 UTC 2024");
    check("%x|%X|%D|%R", "03/13/2024|14:25:36|03/13/24|14:25");
    check("%A %a %B %b %d %e %j", "Wednesday Wed March Mar 13 13 073");
    check("%H %I %k %l %p", "14 02 14  2 PM");
    check("%w %u %V %G %U %W %y", "3 3 11 2024 10 11 24");
    check("100%% %i %", "100% %i %");
    check("%5z%12Nä%", "%5z%12Nä%");
    let zone = europe();
    assert_eq!(strftime(NOW, "%H %Z %z", &zone).as_deref(), Some("15 CET +0100"));
    assert_eq!(strftime(-500_000, "%F %T.%3N", &utc()).as_deref(), Some("1969-12-31 23:59:59.500"));
    assert_eq!(strftime(i64::MAX, "%F", &utc()), None);
}

/// The text read by the format, as ISO 8601 in UTC.
fn check_read(text: &str, format: &str, expected: Option<&str>) {
    let found = strptime(text, format, NOW, &utc()).map(|time| iso(time, &utc()));
    assert_eq!(found.as_deref().map(|time| time.trim_end_matches("+00:00")), expected, "{text:?} by {format:?}");
}

#[test]
fn reading() {
    let check = |text: &str, format: &str, expected: &str| check_read(text, format, Some(expected));
    check("2024-01-02", "%Y-%m-%d", "2024-01-02T00:00:00.000");
    check("2024-01-02 03:04:05 and more", "%Y-%m-%d %H:%M:%S", "2024-01-02T03:04:05.000");
    check("1/2/24 3:04:05 pm", "%m/%d/%y %I:%M:%S %p", "2024-01-02T15:04:05.000");
    check("12:30 AM", "%I:%M %p", "2024-03-13T00:30:00.000");
    check("Tue Jan  2 03:04:05 2024", "%c", "2024-01-02T03:04:05.000");
    check("2 january 2024", "%d %B %Y", "2024-01-02T00:00:00.000");
    check("1700000000", "%s", "2023-11-14T22:13:20.000");
    check("2024-01-02T03:04:05.678Z", "%Y-%m-%dT%H:%M:%S.%3N%Z", "2024-01-02T03:04:05.678");
    check("2024-01-02T03:04:05.678901+0200", "%Y-%m-%dT%H:%M:%S.%6N%z", "2024-01-02T01:04:05.678");
    check("2024-01-02T03:04:05 EST", "%FT%T %Z", "2024-01-02T08:04:05.000");
    check("2024 060", "%Y %j", "2024-02-29T00:00:00.000");
    check("10:20", "%H:%M", "2024-03-13T10:20:00.000");
    check("Feb 7", "%b %d", "2024-02-07T00:00:00.000");
    check("17:19:01.89", "%H:%M:%S.%N", "2024-03-13T17:19:01.890");
    check("Mon July 23 2022 17:19:01.89", "%a %B %d %Y %H:%M:%S.%N", "2022-07-23T17:19:01.890");
    check("2022-9-25T09:45:22.000", "%Y-%m-%dT%H:%M:%S.%Q", "2022-09-25T09:45:22.000");
    check("29/Apr/2025:23:45:22.000123 -0700", "%d/%b/%Y:%H:%M:%S.%f %z", "2025-04-30T06:45:22.000");
    check("29 Apr '25", "%d %b '%y", "2025-04-29T00:00:00.000");
    check("23:59:60", "%T", "2024-03-13T23:59:59.000");
    for (text, format) in [
        ("2024-02-30", "%F"),
        ("x", "%Y"),
        ("2023", "%Y"),
        ("2023-05", "%Y-%m"),
        ("May", "%b"),
        ("", "%H"),
        ("24", "%H"),
        ("2024 366 x", "%Y %j y"),
        ("2023 366", "%Y %j"),
        ("13 pm", "%I %p"),
        ("2024-01-02 XYZ", "%F %Z"),
        ("5", "%"),
        ("5", "%i"),
    ] {
        check_read(text, format, None);
    }
}

#[test]
fn spans() {
    let check = |text: &str, expected: Option<TimeSpan>| assert_eq!(TimeSpan::parse(text), expected, "{text:?}");
    check("5m", Some(TimeSpan::Micros(300_000_000)));
    check("1h", Some(TimeSpan::Micros(3_600_000_000)));
    check("250ms", Some(TimeSpan::Micros(250_000)));
    check("10", Some(TimeSpan::Number(10.0)));
    check("0.5", Some(TimeSpan::Number(0.5)));
    check("1d", Some(TimeSpan::Days { count: 1, first: None }));
    check("2w@w1", Some(TimeSpan::Days { count: 14, first: Some(1) }));
    check("1d@d", Some(TimeSpan::Days { count: 1, first: None }));
    check("1q", Some(TimeSpan::Months(3)));
    for text in ["", "0", "0m", "-5m", "5x", "1d@h", "5m@w1", "1.5h", "99999999999999999999s", "5 m"] {
        check(text, None);
    }
}

#[test]
fn buckets() {
    let check = |span: &str, zone: &TimeZone, expected: &str| {
        let start = TimeSpan::parse(span).unwrap().bucket(NOW, zone).unwrap();
        assert_eq!(iso(start, zone), expected, "{span:?}");
    };
    check("5m", &utc(), "2024-03-13T14:25:00.000+00:00");
    check("10", &utc(), "2024-03-13T14:25:30.000+00:00");
    check("4h", &utc(), "2024-03-13T12:00:00.000+00:00");
    check("4h", &east(10), "2024-03-14T00:00:00.000+10:00");
    check("1d", &utc(), "2024-03-13T00:00:00.000+00:00");
    check("1d", &europe(), "2024-03-13T00:00:00.000+01:00");
    check("1w", &utc(), "2024-03-07T00:00:00.000+00:00");
    check("1w@w1", &utc(), "2024-03-11T00:00:00.000+00:00");
    check("1w@w0", &utc(), "2024-03-10T00:00:00.000+00:00");
    check("1w@w3", &utc(), "2024-03-13T00:00:00.000+00:00");
    check("1w@w5", &utc(), "2024-03-08T00:00:00.000+00:00");
    check("1mon", &utc(), "2024-03-01T00:00:00.000+00:00");
    check("1q", &utc(), "2024-01-01T00:00:00.000+00:00");
    assert_eq!(TimeSpan::parse("5m").unwrap().bucket(-1, &utc()), Some(-300_000_000));
    assert_eq!(bucket_label(25.0, 10.0), "20-30");
    assert_eq!(bucket_label(-5.0, 10.0), "-10-0");
    assert_eq!(bucket_label(0.35, 0.1), "0.3-0.4");
}

#[test]
fn buckets_one_after_another() {
    let check = |span: &str, zone: &TimeZone, expected: &[&str]| {
        let span = TimeSpan::parse(span).unwrap();
        let mut start = span.bucket(NOW, zone).unwrap();
        for expected in expected {
            assert_eq!(iso(start, zone), *expected, "{span:?}");
            start = span.next(start, None, zone).unwrap();
        }
    };
    check("30m", &utc(), &["2024-03-13T14:00:00.000+00:00", "2024-03-13T14:30:00.000+00:00"]);
    check(
        "1mon",
        &utc(),
        &["2024-03-01T00:00:00.000+00:00", "2024-04-01T00:00:00.000+00:00", "2024-05-01T00:00:00.000+00:00"],
    );
    // The clocks were put forward on 31 March 2024.
    check(
        "3w@w0",
        &europe(),
        &["2024-02-25T00:00:00.000+01:00", "2024-03-17T00:00:00.000+01:00", "2024-04-07T00:00:00.000+02:00"],
    );
}

#[test]
fn buckets_from_another_origin() {
    let span = TimeSpan::parse("12h").unwrap();
    let three = NOW - NOW.rem_euclid(86_400_000_000) + 3 * 3_600_000_000;
    let start = span.bucket_from(NOW, Some(three), &utc()).unwrap();
    assert_eq!(iso(start, &utc()), "2024-03-13T03:00:00.000+00:00");
    let day = TimeSpan::parse("1d").unwrap();
    assert_eq!(day.bucket_from(NOW, Some(three), &utc()), day.bucket(NOW, &utc()));
}

#[test]
fn spans_that_the_range_chooses() {
    let check = |seconds: i64, least: Option<&str>, expected: &str| {
        let least = least.map(|least| TimeSpan::parse(least).unwrap());
        let chosen = TimeSpan::automatic(seconds * 1_000_000, 100, least);
        assert_eq!(chosen, TimeSpan::parse(expected).unwrap(), "{seconds}");
    };
    // The manual's table of default spans.
    check(15 * 60, None, "10s");
    check(60 * 60, None, "1m");
    check(4 * 3600, None, "5m");
    check(86_400, None, "30m");
    check(7 * 86_400, None, "1d");
    check(30 * 86_400, None, "1d");
    check(365 * 86_400, None, "1mon");
    check(60, Some("15m"), "30m");
    check(0, None, "1s");
    let width = |low, high, most| automatic_width(low, high, most, None);
    assert_eq!(
        (width(0.0, 99.0, 10), width(0.0, 100.0, 10), width(5.0, 5.0, 10), width(0.0, 1.0, 20)),
        (10.0, 100.0, 1.0, 0.1)
    );
}

#[test]
fn spans_that_grow() {
    let check = |span: &str, number: f64, expected: Option<(f64, f64)>| {
        assert_eq!(LogSpan::parse(span).unwrap().bucket(number), expected, "{span} {number}");
    };
    check("log10", 1000.0, Some((1000.0, 10_000.0)));
    check("log10", 999.0, Some((100.0, 1000.0)));
    check("2log10", 20.0, Some((20.0, 200.0)));
    check("2log10", 1.0, Some((0.2, 2.0)));
    check("log2", 8.0, Some((8.0, 16.0)));
    check("log", 0.0, None);
    for text in ["10", "log1", "0.5log10", "10log10", "xlog"] {
        assert_eq!(LogSpan::parse(text), None, "{text}");
    }
}

/// 2035-10-28, 03:00 becomes 02:00: spans shorter than an hour begin anew, longer ones keep to the clock.
#[test]
fn buckets_where_clocks_change() {
    let change = 2_077_146_000_000_000;
    let at = |span: &str, micros: i64| TimeSpan::parse(span).unwrap().bucket(micros, &europe()).unwrap();
    assert_eq!(at("7m", change), change);
    assert_eq!(at("4h", change), change - 3 * 3_600_000_000);
    assert_eq!(at("1h", change - 1), change - 3_600_000_000);
    assert_eq!(at("1h", change), change);
}

proptest! {
    #[test]
    fn a_written_time_reads_back(micros in -60_000_000_000_000_000_i64..250_000_000_000_000_000) {
        let format = "%Y-%m-%d %H:%M:%S.%6N %z";
        let zone = europe();
        let text = strftime(micros, format, &zone).unwrap();
        prop_assert_eq!(strptime(&text, format, 0, &utc()), Some(micros), "{}", text);
    }

    #[test]
    fn a_bucket_holds_its_time(micros in any::<i32>(), span in prop::sample::select(vec!["7m", "4h", "3d", "1w@w2", "5mon", "90"])) {
        let micros = i64::from(micros) * 1_000_000;
        let span = TimeSpan::parse(span).unwrap();
        let start = span.bucket(micros, &europe()).unwrap();
        prop_assert!(start <= micros);
        prop_assert_eq!(span.bucket(start, &europe()), Some(start));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,20}", format in "(\\PC|%[a-zA-Z0-9+]){0,8}", now in any::<i64>()) {
        let _ = (resolve(&text, now, &utc()), strptime(&text, &format, now, &utc()), strftime(now, &format, &utc()));
        let _ = TimeSpan::parse(&text).and_then(|span| span.bucket(now, &utc()));
    }

    #[test]
    fn no_modifier_panics(text in "(now|[-+@0-9.]|w|d|mon|q|y|h|s){0,8}", now in any::<i64>()) {
        let _ = resolve(&text, now, &europe());
    }
}
