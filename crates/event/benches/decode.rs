//! Decoding real logs, next to a bare parse of the same bytes in the same process, one thread each.
//!
//! `WEIR_DATA=… cargo bench -p event` prints megabytes, seconds (the best of some rounds) and the ratio.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench prints, and stops at what it cannot read"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use event::{DecodeOptions, Limits, Member};

const ROUNDS: usize = 15;

fn members(root: &Path, wanted: &dyn Fn(&str) -> bool, found: &mut Vec<Member>) {
    if root.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        return entries.iter().for_each(|entry| members(entry, wanted, found));
    }
    let bytes = std::fs::read(root).unwrap();
    event::open_container(&root.display().to_string(), bytes, &Limits::default(), &mut |member| {
        if wanted(&member.name) {
            found.push(member);
        }
    });
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn decode(members: &[Member], raw: bool) -> usize {
    let options = DecodeOptions { raw, ..DecodeOptions::default() };
    let mut events = 0;
    for member in members {
        event::decode(&member.name, &member.bytes, &options, &mut |batch| events += black_box(batch).events.len());
    }
    events
}

fn evtx_to_json(members: &[Member]) {
    for member in members {
        let settings = evtx::ParserSettings::default().indent(false).num_threads(1);
        let mut parser =
            evtx::EvtxParser::from_read_seek(std::io::Cursor::new(&member.bytes)).unwrap().with_configuration(settings);
        parser.records_json().for_each(|record| drop(black_box(record)));
    }
}

fn xml_events(members: &[Member]) {
    for member in members {
        let mut reader = quick_xml::Reader::from_reader(member.bytes.as_slice());
        reader.config_mut().check_end_names = false;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) | Err(_) => break,
                Ok(event) => drop(black_box(event)),
            }
        }
    }
}

fn json_values(members: &[Member]) {
    for member in members {
        let values = serde_json::Deserializer::from_slice(&member.bytes).into_iter::<serde_json::Value>();
        values.for_each(|value| drop(black_box(value)));
    }
}

fn report(what: &str, members: &[Member], bare: &dyn Fn(&[Member])) {
    let megabytes = members.iter().map(|member| member.bytes.len()).sum::<usize>() as f64 / 1e6;
    let events = decode(members, false);
    // The runs take turns, so that a busy machine slows all of them.
    let mut best = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let own = |raw| {
            time(|| {
                black_box(decode(members, raw));
            })
        };
        let times = [time(|| bare(members)), own(false), own(true)];
        for (best, time) in best.iter_mut().zip(times) {
            *best = time.min(*best);
        }
    }
    let [bare, own, own_raw] = best.map(|time| time.as_secs_f64());
    println!(
        "{what:<24} {megabytes:5.1} MB {events:6} events  bare {bare:.4} s  decode {own:.4} s = {:.2}  with raw {own_raw:.4} s = {:.2}",
        own / bare,
        own_raw / bare,
    );
}

/// The event logs' events as XML lines, as a forwarder would have sent them.
fn as_xml(members: &[Member]) -> Member {
    let options = DecodeOptions { raw: true, ..DecodeOptions::default() };
    let mut text = String::new();
    for member in members {
        event::decode(&member.name, &member.bytes, &options, &mut |batch| {
            for event in &batch.events {
                text.push_str(batch.text_of(event.raw));
                text.push('\n');
            }
        });
    }
    Member { name: "events.xml".into(), bytes: text.into_bytes() }
}

fn main() {
    let Some(data) = std::env::var_os("WEIR_DATA") else {
        println!("skipped: WEIR_DATA is not set");
        return;
    };
    let data = Path::new(&data);
    let mut logs = Vec::new();
    members(&data.join("evtx"), &|_| true, &mut logs);
    report("evtx, to JSON by evtx", &logs, &evtx_to_json);
    report("event XML, by quick-xml", &[as_xml(&logs)], &xml_events);
    let mut json = Vec::new();
    members(&data.join("attack_data"), &|name| name.contains(".tar.gz!"), &mut json);
    report("JSON, by serde_json", &json, &json_values);
}
