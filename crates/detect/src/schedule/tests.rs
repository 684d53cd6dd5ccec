use super::*;

/// 2024-01-01T00:00:00Z, a Monday.
const MONDAY: i64 = 1_704_067_200;

fn check_times(cron: &str, hours: i64, expected: &[i64]) {
    let cron = Cron::parse(cron).expect("a cron schedule");
    let minutes: Vec<i64> =
        cron.times(MONDAY, MONDAY + hours * 3_600).iter().map(|time| (time - MONDAY) / 60).collect();
    assert_eq!(minutes, expected);
}

#[test]
fn hourly_detection_runs_on_the_hour() {
    check_times("0 * * * *", 3, &[0, 60, 120, 180]);
}

#[test]
fn lists_ranges_and_steps() {
    check_times("*/30 1-2 * * *", 4, &[60, 90, 120, 150]);
    check_times("5,7 0 * * *", 24, &[5, 7]);
}

#[test]
fn sunday_is_zero_and_seven() {
    let sunday = 6 * 24 * 60;
    check_times("0 2 * * 0", 24 * 7, &[sunday + 120]);
    check_times("0 2 * * 7", 24 * 7, &[sunday + 120]);
}

#[test]
fn restricted_day_of_month_and_of_week_are_alternatives() {
    check_times("0 0 3 * 2", 24 * 4, &[24 * 60, 48 * 60]);
}

#[test]
fn a_bad_field_is_named() {
    let error = Cron::parse("0 25 * * *").expect_err("hour 25");
    assert_eq!(
        error.to_string(),
        "`25` in cron schedule `0 25 * * *` is not a hour (0-23, with `*`, `,`, `-` and `/`)"
    );
    assert_eq!(Cron::parse("0 * * *"), Err(CronError::Fields("0 * * *".to_owned(), 4)));
}

#[test]
fn hourly_windows_tile_time() {
    let schedule = Schedule {
        cron: "0 * * * *".to_owned(),
        earliest: "-70m@m".to_owned(),
        latest: "-10m@m".to_owned(),
        window: "auto".to_owned(),
    };
    let first = (MONDAY + 12 * 3_600 + 50 * 60) * 1_000_000;
    let windows = dispatches(&schedule, first, first + 3_600 * 1_000_000).expect("a schedule");
    let bounds: Vec<(i64, i64)> = windows
        .iter()
        .map(|window| {
            let minutes = |time: Option<i64>| (time.unwrap_or(0) / 1_000_000 - MONDAY) / 60;
            (minutes(window.earliest), minutes(window.latest))
        })
        .collect();
    // 14:00 covers [12:50, 13:50), 15:00 covers [13:50, 14:50).
    assert_eq!(bounds, [(770, 830), (830, 890)]);
}
