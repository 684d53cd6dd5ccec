//! `weir generate`: rows made from the searches themselves, run over them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context;
use content::Detection;
use detect::CompiledDetection;
use generate::{Generated, Generator, Near, NearOutcome, Outcome, Rows, Runner};
use serde_json::{Value, json};

use crate::args::{Generate, GenerateFormat};
use crate::exit::ExitStatus;
use crate::session::{self, Loaded};
use crate::style::{self, count, paint};

/// Make and run.
pub(crate) fn run(args: &Generate) -> anyhow::Result<ExitStatus> {
    let geoip = session::geoip(args.geoip.as_deref());
    let loaded = Loaded::new(&args.content.content, geoip.as_deref())?;
    let chosen = loaded.select(&args.content.select)?;
    let supported: Vec<_> = chosen.into_iter().filter(|(_, compiled)| compiled.plan.is_some()).collect();
    let threads = session::threads(args.threads);
    let runtime = session::runtime(threads)?;
    let commands = supported.iter().flat_map(|(_, compiled)| compiled.usage.commands.iter().map(String::as_str));
    let stores = session::stores(&loaded.content, loaded.names.clone(), geoip.as_deref(), commands)?;
    let runner = Runner::new(runtime.handle().clone(), stores)?;
    let made = made_by(&supported, threads, &|detection, compiled| {
        let generator = Generator::new(&runner);
        let wanted = wanted(detection);
        compiled.plan.as_ref().map(|plan| generator.generate(plan, &wanted, args.near))
    });
    let results: Vec<(&Detection, Generated)> =
        supported.iter().zip(made).filter_map(|((detection, _), made)| Some((*detection, made?))).collect();
    if let Some(folder) = &args.out {
        write_rows(folder, &results)?;
    }
    let mut page = String::new();
    for (detection, made) in &results {
        match args.output_format {
            GenerateFormat::Ndjson => writeln!(page, "{}", object(detection, made))?,
            GenerateFormat::Text => page.push_str(&lines(detection, made)),
        }
    }
    crate::output::print(&page)?;
    anstream::eprint!("{}", Summary::of(&results));
    let fine = results.iter().all(|(_, made)| matches!(made.fires, Outcome::Fires(_)));
    Ok(if fine { ExitStatus::Fine } else { ExitStatus::Found })
}

/// The fields that a finding needs.
fn wanted(detection: &Detection) -> Vec<String> {
    let of_finding = detection.finding.iter().filter_map(|finding| finding.entity.as_ref());
    let mut fields: Vec<String> = of_finding.chain(&detection.entities).map(|entity| entity.field.clone()).collect();
    fields.sort();
    fields.dedup();
    fields
}

/// What `make` gives for each, in order, made on several threads.
fn made_by<'d, T: Send>(
    chosen: &[(&'d Detection, &'d CompiledDetection)],
    threads: usize,
    make: &(dyn Fn(&Detection, &CompiledDetection) -> T + Sync),
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((detection, compiled)) = chosen.get(at) else { return made };
            made.push((at, make(detection, compiled)));
        }
    };
    let mut made: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let mut made = Vec::new();
        for worker in workers {
            match worker.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
}

/// One JSON lines file a detection: rows that fire, then near misses.
fn write_rows(folder: &Path, results: &[(&Detection, Generated)]) -> anyhow::Result<()> {
    let made = |folder: &Path| format!("cannot make the folder {}", folder.display());
    std::fs::create_dir_all(folder).with_context(|| made(folder))?;
    for (detection, generated) in results {
        let mut text = String::new();
        let mut push = |what: &str, rows: &Rows| -> std::fmt::Result {
            for (table, row) in rows.to_json() {
                writeln!(text, "{}", json!({"made_for": what, "table": table, "row": row}))?;
            }
            Ok(())
        };
        if let Outcome::Fires(rows) | Outcome::Silent(rows) = &generated.fires {
            push("fires", rows)?;
        }
        for near in &generated.near {
            if let NearOutcome::Silent(rows) | NearOutcome::Fires(rows) = &near.outcome {
                push(&format!("without {}", near.condition), rows)?;
            }
        }
        let path = folder.join(format!("{}.ndjson", detection.id));
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn outcome(outcome: &Outcome) -> (&'static str, Option<&str>) {
    match outcome {
        Outcome::Fires(_) => ("fires", None),
        Outcome::Silent(_) => ("silent", None),
        Outcome::Failed(reason) => ("failed", Some(reason)),
        Outcome::CannotInvert(reason) => ("cannot-invert", Some(reason)),
    }
}

fn near_outcome(near: &Near) -> (&'static str, Option<&str>) {
    match &near.outcome {
        NearOutcome::Silent(_) => ("silent", None),
        NearOutcome::Fires(_) => ("fires", None),
        NearOutcome::Failed(reason) => ("failed", Some(reason)),
        NearOutcome::Trivial => ("trivial", None),
        NearOutcome::Implied(reason) => ("not-made", Some(reason)),
    }
}

fn object(detection: &Detection, made: &Generated) -> Value {
    let (name, reason) = outcome(&made.fires);
    let near = made.near.iter().map(|near| {
        let (outcome, reason) = near_outcome(near);
        json!({"condition": near.condition, "outcome": outcome, "reason": reason})
    });
    json!({
        "name": detection.name,
        "id": detection.id,
        "outcome": name,
        "reason": reason,
        "near": near.collect::<Vec<_>>(),
    })
}

/// What needs a look; nothing where all is as it should be.
fn lines(detection: &Detection, made: &Generated) -> String {
    let (name, reason) = outcome(&made.fires);
    let mut text = String::new();
    let style = if matches!(made.fires, Outcome::Fires(_)) { style::GOOD } else { style::BAD };
    let because = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    text.push_str(&format!(
        "{} {}{because}\n",
        paint(style, format!("{name:<13}")),
        paint(style::NAME, &detection.name)
    ));
    for near in &made.near {
        let (name, reason) = near_outcome(near);
        if name != "silent" {
            let because = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
            text.push_str(&format!("  near miss {name}{because}: {}\n", near.condition));
        }
    }
    text
}

/// Counts of the whole.
#[derive(Default)]
struct Summary {
    outcomes: BTreeMap<&'static str, u64>,
    near: BTreeMap<&'static str, u64>,
    all_silent: u64,
}

impl Summary {
    fn of(results: &[(&Detection, Generated)]) -> Self {
        let mut summary = Self::default();
        for (_, made) in results {
            *summary.outcomes.entry(outcome(&made.fires).0).or_default() += 1;
            for near in &made.near {
                *summary.near.entry(near_outcome(near).0).or_default() += 1;
            }
            let loud = made.near.iter().any(|near| matches!(near_outcome(near).0, "fires" | "failed"));
            summary.all_silent += u64::from(matches!(made.fires, Outcome::Fires(_)) && !loud);
        }
        summary
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let listed = |counts: &BTreeMap<&str, u64>| {
            counts.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
        };
        let total = self.outcomes.values().sum();
        writeln!(f, "{}: {}", count(total, "detection", "detections"), listed(&self.outcomes))?;
        if !self.near.is_empty() {
            writeln!(f, "{}: {}", count(self.near.values().sum(), "near miss", "near misses"), listed(&self.near))?;
            writeln!(f, "{} with every near miss silent", self.all_silent)?;
        }
        Ok(())
    }
}
