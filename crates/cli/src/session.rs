//! What most commands begin with: content loaded and compiled, packs loaded, times read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use content::{Content, Detection};
use detect::{CompiledDetection, Selector};
use diag::Files;
use engine::{Geo, Stores};
use normalize::{Normalizer, PackSource};
use plan::{Names, Verdict};

/// The environment's place for `--geoip`.
const GEOIP: &str = "WEIR_GEOIP";

/// Content with its detections compiled; the two lists go side by side.
pub(crate) struct Loaded {
    /// The content.
    pub(crate) content: Content,
    /// The lookups and models that searches may name.
    pub(crate) names: Names,
    /// One entry a detection, in the content's order.
    pub(crate) compiled: Vec<CompiledDetection>,
    /// Baselines, in the content's order.
    pub(crate) baselines: Vec<CompiledDetection>,
}

impl Loaded {
    /// Load content folders, later ones over earlier ones; without any, the bundled content.
    ///
    /// The bundled macros lie under every content, as the CIM app and Enterprise Security do in Splunk.
    /// `geoip` is the database of addresses, where one is given.
    pub(crate) fn new(folders: &[PathBuf], geoip: Option<&Path>) -> anyhow::Result<Self> {
        let content = load_content(folders)?;
        let mut names = names(&content, geoip);
        let baselines = detect::compile(&content, &names, &content.baselines);
        names.fitted = detect::fitted_by(&content.baselines, &baselines);
        let compiled = detect::compile(&content, &names, &content.detections);
        Ok(Self { content, names, compiled, baselines })
    }

    /// The chosen detections.
    pub(crate) fn select(&self, terms: &[String]) -> anyhow::Result<Vec<(&Detection, &CompiledDetection)>> {
        let selector = Selector::parse(terms)?;
        let pairs = self.content.detections.iter().zip(&self.compiled);
        Ok(pairs.filter(|(detection, compiled)| selector.selects(compiled, detection)).collect())
    }

    /// Every baseline, by name.
    pub(crate) fn baselines(&self) -> impl Iterator<Item = (&Detection, &CompiledDetection)> {
        let mut pairs: Vec<_> = self.content.baselines.iter().zip(&self.baselines).collect();
        pairs.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        pairs.into_iter()
    }

    /// The detection of a name (any case) or id, or an error with the nearest name.
    pub(crate) fn find(&self, name: &str) -> anyhow::Result<(&Detection, &CompiledDetection)> {
        let mut pairs = self.content.detections.iter().zip(&self.compiled);
        let is_it = |detection: &Detection| {
            detection.name.eq_ignore_ascii_case(name) || detection.id.eq_ignore_ascii_case(name)
        };
        if let Some(found) = pairs.find(|(detection, _)| is_it(detection)) {
            return Ok(found);
        }
        let wanted = name.to_lowercase();
        let names = self.content.detections.iter().map(|detection| &detection.name);
        let nearest = names.min_by_key(|known| strsim::damerau_levenshtein(&wanted, &known.to_lowercase()));
        match nearest {
            Some(nearest) => anyhow::bail!("no detection is called `{name}`; the nearest name is `{nearest}`"),
            None => anyhow::bail!("no detection is called `{name}`: the content holds none"),
        }
    }
}

/// Load content without compiling it.
pub(crate) fn load_content(folders: &[PathBuf]) -> anyhow::Result<Content> {
    if folders.is_empty() {
        return Ok(Content::load(content::bundled()));
    }
    let mut layers = vec![content::bundled_defaults()];
    for folder in folders {
        layers.push(detect::content_files(folder)?);
    }
    Ok(Content::load_folders(layers))
}

/// What searches may name beyond SPL and CIM.
pub(crate) fn names(content: &Content, geoip: Option<&Path>) -> Names {
    Names { locations: geoip.is_some(), ..detect::names_of(content) }
}

/// The file with the places of addresses: `--geoip`, else the environment's.
pub(crate) fn geoip(option: Option<&Path>) -> Option<PathBuf> {
    option.map(Path::to_path_buf).or_else(|| std::env::var_os(GEOIP).filter(|path| !path.is_empty()).map(PathBuf::from))
}

/// The lookups of content, and the places of addresses where one of the commands asks for them: their file is large.
pub(crate) fn stores<'c>(
    content: &Content,
    names: Names,
    geoip: Option<&Path>,
    mut commands: impl Iterator<Item = &'c str>,
) -> anyhow::Result<Stores> {
    // What `map` runs is not known before it runs.
    let wanted = commands.any(|command| matches!(command, "iplocation" | "map"));
    let read = |path: &Path| -> anyhow::Result<Arc<Geo>> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let geo = Geo::new(bytes);
        Ok(Arc::new(geo.with_context(|| format!("{} is no database in MaxMind's format", path.display()))?))
    };
    let geo = geoip.filter(|_| wanted).map(read).transpose()?;
    Ok(detect::stores_of(content, names, geo))
}

/// The files of packs in folders.
pub(crate) fn pack_files(folders: &[PathBuf]) -> anyhow::Result<Vec<detect::TextFile>> {
    let mut packs = Vec::new();
    for folder in folders {
        packs.extend(detect::pack_files(folder)?);
    }
    Ok(packs)
}

impl crate::args::KnownArgs {
    /// What the flags say of all events.
    pub(crate) fn metadata(&self) -> Option<event::Metadata> {
        let text = |flag: &Option<String>| flag.as_deref().map(Into::into);
        let (sourcetype, source, host) = (text(&self.sourcetype), text(&self.source), text(&self.host));
        let is_given = sourcetype.is_some() || source.is_some() || host.is_some();
        is_given.then_some(event::Metadata { sourcetype, source, host, time: None })
    }
}

/// The bundled packs, with the user's over them. A pack that cannot be read is an error: its logs would be misread.
pub(crate) fn load_packs(folders: &[PathBuf]) -> anyhow::Result<Normalizer> {
    let packs = pack_files(folders)?;
    let sources: Vec<PackSource<'_>> =
        packs.iter().map(|pack| PackSource { path: &pack.path, text: &pack.text }).collect();
    let mut files = Files::default();
    let (normalizer, reports) = Normalizer::new(&sources, &mut files);
    if reports.is_empty() {
        return Ok(normalizer.with_now(now()));
    }
    for report in &reports {
        anstream::eprintln!("{}\n", diag::render_text(report, &files, diag::Style::Colour));
    }
    anyhow::bail!("{} in normalisation packs", crate::style::count(reports.len() as u64, "error", "errors"))
}

/// `--earliest` and `--latest` in microseconds; relative times count from `now`.
pub(crate) fn window(earliest: Option<&str>, latest: Option<&str>, now: i64) -> anyhow::Result<detect::DispatchWindow> {
    let read = |name: &str, text: Option<&str>| -> anyhow::Result<Option<i64>> {
        let Some(text) = text else { return Ok(None) };
        let time = spl::time::resolve(text, now, &spl::time::utc());
        time.map(Some)
            .with_context(|| format!("--{name}: `{text}` is no time; write an epoch, 2024-05-14T10:00:00 or -24h@h"))
    };
    Ok(detect::DispatchWindow {
        scheduled: now,
        earliest: read("earliest", earliest)?,
        latest: read("latest", latest)?,
    })
}

/// The clock, read once a command.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

/// The runtime that searches run on.
pub(crate) fn runtime(threads: usize) -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads.max(1))
        .enable_all()
        .build()
        .context("cannot start the threads that searches run on")
}

/// Bytes for all searches that run beside others: nearly all need far less. The few that need more run alone.
const SHARED_MEMORY: usize = 256 << 20;

/// How searches run.
pub(crate) fn engine_options(memory: Option<usize>) -> engine::Options {
    engine::Options {
        memory_limit: crate::memory::limit(memory),
        shared_memory: Some(SHARED_MEMORY),
        ..engine::Options::default()
    }
}

/// How many threads to use.
pub(crate) fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get)).max(1)
}

/// `supported`, `unsupported`, `invalid`.
pub(crate) fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "supported",
        Verdict::Unsupported => "unsupported",
        Verdict::Invalid => "invalid",
    }
}

/// Decoding and compiling use as many threads as asked for.
pub(crate) fn limit_threads(threads: usize) -> anyhow::Result<()> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("cannot start threads")
}
