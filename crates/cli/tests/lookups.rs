//! Lookups and places of addresses, as users give them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

use std::path::Path;
use std::process::{Command, Output};

fn weir(arguments: &[&str], geoip: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weir"));
    command.args(arguments).env("NO_COLOR", "1").env_remove("WEIR_GEOIP");
    command.envs(geoip.map(|path| ("WEIR_GEOIP", path)));
    command.output().expect("weir starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// A folder with files in it, and the path of it.
fn folder(files: &[(&str, &[u8])]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    let path = folder.path().to_string_lossy().into_owned();
    (folder, path)
}

fn under(folder: &str, path: &str) -> String {
    Path::new(folder).join(path).to_string_lossy().into_owned()
}

/// What a search prints as CSV.
fn rows(arguments: &[&str]) -> String {
    let mut all = vec!["search", "--output-format", "csv"];
    all.extend(arguments);
    let output = weir(&all, None);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout).replace('\r', "")
}

const LOGS: (&str, &[u8]) = (
    "logs/web.json",
    b"{\"time\": \"2026-01-05T10:00:00Z\", \"src\": \"81.2.69.142\", \"user\": \"ann\"}\n\
      {\"time\": \"2026-01-05T10:00:01Z\", \"src\": \"10.0.0.1\", \"user\": \"bob\"}\n",
);

#[test]
fn a_later_folder_wins_and_a_file_is_enough_for_the_lookup_of_another_app() {
    let (_kept, here) = folder(&[
        LOGS,
        ("one/lookups/users.yml", b"name: users\nfilename: users.csv\n"),
        ("one/lookups/users.csv", b"name, dept\nann, IT\n"),
        ("two/lookups/users.csv", b"name,dept\nann,Sales\nbob,Sales\n"),
        ("two/lookups/asset_lookup_by_str.csv", b"asset,owner\nh1,carol\n"),
    ]);
    let (one, two, logs) = (under(&here, "one"), under(&here, "two"), under(&here, "logs"));
    let search = "user=* | lookup users name AS user OUTPUT dept | sort user | table user dept";
    assert_eq!(rows(&[search, &logs, "--content", &one]), "user,dept\nann,IT\nbob,\n");
    assert_eq!(rows(&[search, &logs, "--content", &one, "--content", &two]), "user,dept\nann,Sales\nbob,Sales\n");
    // A search that reads only lookups needs no logs.
    let assets = "| inputlookup asset_lookup_by_str | table asset owner";
    assert_eq!(rows(&[assets, "--content", &two]), "asset,owner\nh1,carol\n");
    assert_eq!(rows(&[assets, "--content", &one]).trim(), "");
    assert_eq!(rows(&["| inputlookup users.csv", "--content", &two]).lines().count(), 3);
}

#[test]
fn what_is_written_lasts_for_the_run_and_is_said() {
    let (_kept, here) = folder(&[LOGS]);
    let logs = under(&here, "logs");
    let search = "user=* | table user | outputlookup seen.csv | inputlookup append=t seen.csv";
    let output = weir(&["search", search, &logs], None);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("1 lookup was written for this run alone: `seen.csv`"));
    assert_eq!(rows(&[search, &logs]).lines().count(), 5);
}

#[test]
fn addresses_need_a_database() {
    let london = serde_json::json!({
        "network": "81.2.69.0/24",
        "city": {"names": {"en": "London"}},
        "country": {"names": {"en": "United Kingdom"}},
    });
    let database = testkit::mmdb(&[london.as_object().expect("an object").clone()]).expect("a database");
    let (_kept, here) = folder(&[LOGS, ("city.mmdb", &database), ("broken.mmdb", b"rubbish")]);
    let (logs, city, broken) = (under(&here, "logs"), under(&here, "city.mmdb"), under(&here, "broken.mmdb"));
    let search = ["search", "src=* | iplocation src | sort src | table src City", &logs, "--output-format", "csv"];
    let without = weir(&search, None);
    assert_eq!(without.status.code(), Some(2));
    assert!(text(&without.stderr).contains("--geoip"), "{}", text(&without.stderr));
    let expected = "src,City\n10.0.0.1,\n81.2.69.142,London\n";
    let by_environment = weir(&search, Some(&city));
    assert_eq!(text(&by_environment.stdout).replace('\r', ""), expected, "{}", text(&by_environment.stderr));
    let mut by_option = search.to_vec();
    by_option.extend(["--geoip", city.as_str()]);
    assert_eq!(text(&weir(&by_option, Some(&broken)).stdout).replace('\r', ""), expected);
    let unreadable = weir(&search, Some(&broken));
    assert_eq!(unreadable.status.code(), Some(2));
    assert!(text(&unreadable.stderr).contains("broken.mmdb"));
}
