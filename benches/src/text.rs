//! JSON and event XML: decode and normalise, next to a plain parse of the same text by `sonic-rs` and `quick-xml`.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use normalize::{Needs, Normalizer};

use crate::{Log, ROUNDS, decode_logs, load_logs, normalise};

/// `text`: the recorded JSON logs, and the recorded event logs as the XML lines that a forwarder sends.
pub(crate) fn run() -> anyhow::Result<()> {
    let data = std::env::var_os("WEIR_DATA").context("set WEIR_DATA")?;
    let json = json_logs(Path::new(&data))?;
    let xml = vec![xml_lines(&load_logs(&[])?)];
    let (normalizer, _) = Normalizer::new(&[], &mut diag::Files::default());
    report("JSON, by sonic-rs", &json, &plain_json, &normalizer);
    report("event XML, by quick-xml", &xml, &plain_xml, &normalizer);
    Ok(())
}

fn json_logs(data: &Path) -> anyhow::Result<Vec<Log>> {
    let mut logs = Vec::new();
    for file in detect::walk(&data.join("attack_data"))? {
        if file.to_string_lossy().ends_with(".tar.gz") {
            let name: Arc<str> = file.to_string_lossy().into();
            let bytes = std::fs::read(&file)?;
            event::open_container(&name, bytes, &event::Limits::default(), &mut |member| {
                logs.push((member.name, member.bytes));
            });
        }
    }
    Ok(logs)
}

fn xml_lines(logs: &[Log]) -> Log {
    let mut lines = String::new();
    decode_logs(logs, true, &mut |batch| {
        for event in &batch.events {
            lines.push_str(batch.text_of(event.raw));
            lines.push('\n');
        }
    });
    ("events.xml".into(), lines.into_bytes())
}

fn plain_json(logs: &[Log]) {
    for (_, bytes) in logs {
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            drop(std::hint::black_box(sonic_rs::from_slice::<sonic_rs::Value>(line)));
        }
    }
}

fn plain_xml(logs: &[Log]) {
    for (_, bytes) in logs {
        let mut reader = quick_xml::Reader::from_reader(bytes.as_slice());
        reader.config_mut().check_end_names = false;
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) | Err(_) => break,
                Ok(event) => drop(std::hint::black_box(event)),
            }
        }
    }
}

fn report(what: &str, logs: &[Log], plain: &dyn Fn(&[Log]), normalizer: &Normalizer) {
    let megabytes = logs.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() as f64 / 1e6;
    // The runs take turns, so that a busy machine slows all of them.
    let mut best = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let bare = || plain(logs);
        let decode = || decode_logs(logs, false, &mut |batch| drop(std::hint::black_box(batch)));
        let whole = || drop(normalise(logs, normalizer, &Needs::default()));
        for (best, work) in best.iter_mut().zip([&bare as &dyn Fn(), &decode, &whole]) {
            let start = Instant::now();
            work();
            *best = start.elapsed().min(*best);
        }
    }
    let [plain, decode, whole] = best.map(|spent| spent.as_secs_f64());
    println!(
        "{what:<24} {megabytes:6.1} MB  plain {plain:.3} s  decode {decode:.3} s = {:.2}  decode, normalise {whole:.3} s = {:.2}",
        decode / plain,
        whole / plain
    );
}
