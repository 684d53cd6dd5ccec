//! Names of other content: each must be loaded.

use std::collections::HashMap;

use diag::{Report, Severity, codes};

use super::loader::Loader;
use super::merge::Kept;
use super::report;
use crate::attack;
use crate::model::{Detection, Schedule};
use crate::schema::{Mention, Target};
use crate::suggest::closest;

/// The names that are loaded, by what they name, and the folders that define such things at all.
#[derive(Default)]
struct Known {
    stories: Vec<String>,
    data_sources: Vec<String>,
    baselines: Vec<String>,
    detections: Vec<String>,
    schedules: HashMap<String, Schedule>,
    folders: Vec<(Target, usize)>,
}

/// Look up every name, fill in schedules, and report what is unknown.
///
/// Stories, data sources and the like only describe: an unknown one is a warning, and only in a folder that has such
/// files at all, as a single detection is often checked on its own. A schedule that is unknown is an error.
pub(super) fn resolve(loader: &mut Loader) {
    let known = known(loader);
    let Loader { detections, baselines, reports, .. } = loader;
    for kept in detections.iter_mut().chain(baselines) {
        let mentions = std::mem::take(&mut kept.read.mentions);
        for mention in &mentions {
            if mention.target == Target::Schedule {
                kept.read.value.schedule = schedule(&known, mention, reports);
            } else if !is_known(&known, mention) && expected(&known, kept, mention.target) {
                reports.push(unknown(&known, mention));
            }
        }
    }
}

fn known(loader: &Loader) -> Known {
    fn names<T>(kept: &[Kept<T>]) -> Vec<String> {
        let mut names: Vec<String> = kept.iter().map(|kept| kept.read.name.0.clone()).collect();
        names.sort();
        names
    }
    let schedules = loader.schedules.iter().map(|kept| (kept.read.name.0.clone(), kept.read.value.schedule.clone()));
    let deployments =
        loader.deployments.iter().map(|kept| (kept.read.name.0.clone(), kept.read.value.schedule.clone()));
    let mut folders = Vec::new();
    folders.extend(loader.stories.iter().map(|kept| (Target::Story, kept.folder)));
    folders.extend(loader.data_sources.iter().map(|kept| (Target::DataSource, kept.folder)));
    folders.extend(loader.baselines.iter().map(|kept| (Target::Baseline, kept.folder)));
    folders.dedup();
    Known {
        stories: names(&loader.stories),
        data_sources: names(&loader.data_sources),
        baselines: names(&loader.baselines),
        detections: names(&loader.detections),
        schedules: deployments.chain(schedules).collect(),
        folders,
    }
}

fn list(known: &Known, target: Target) -> &[String] {
    match target {
        Target::Story => &known.stories,
        Target::DataSource => &known.data_sources,
        Target::Baseline => &known.baselines,
        Target::Detection => &known.detections,
        Target::Technique | Target::Schedule => &[],
    }
}

fn is_known(known: &Known, mention: &Mention) -> bool {
    match mention.target {
        Target::Technique => attack::technique(&mention.name).is_some(),
        Target::Schedule => known.schedules.contains_key(&mention.name),
        // Baselines of ESCU 4 list detections that have long been renamed or removed; nothing depends on the list.
        Target::Detection => true,
        target => list(known, target).binary_search(&mention.name).is_ok(),
    }
}

/// True when the folder of `kept` should define what it names.
fn expected(known: &Known, kept: &Kept<Detection>, target: Target) -> bool {
    target == Target::Technique || known.folders.contains(&(target, kept.folder))
}

fn schedule(known: &Known, mention: &Mention, reports: &mut Vec<Report>) -> Option<Schedule> {
    let found = known.schedules.get(&mention.name).cloned();
    if found.is_none() {
        let mut names: Vec<&str> = known.schedules.keys().map(String::as_str).collect();
        names.sort_unstable();
        let mut unknown = report(
            codes::UNKNOWN_REFERENCE,
            Severity::Error,
            mention.at,
            format!("unknown schedule `{}`", mention.name),
        );
        unknown.help = closest(&mention.name, names).map(|name| format!("did you mean `{name}`?"));
        reports.push(unknown);
    }
    found
}

fn unknown(known: &Known, mention: &Mention) -> Report {
    let message = format!("unknown {} `{}`", mention.target.what(), mention.name);
    let mut unknown = report(codes::UNKNOWN_REFERENCE, Severity::Warning, mention.at, message);
    let names = list(known, mention.target).iter().map(String::as_str);
    unknown.help = closest(&mention.name, names).map(|name| format!("did you mean `{name}`?"));
    unknown
}
