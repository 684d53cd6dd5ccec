//! The command line, as clap reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Runs Splunk security detections without Splunk.
#[derive(Debug, Parser)]
#[command(name = "weir", version, max_term_width = 100, propagate_version = true)]
#[command(after_help = "Results go to stdout, everything else to stderr.\n\
    Exit status: 0 fine; 1 findings with --fail-on-finding, or content errors; 2 Weir could not do (part of) what was asked.")]
pub(crate) struct Cli {
    /// Colours: auto (a terminal, and NO_COLOR is not set), always, never
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true)]
    pub(crate) color: Color,
    /// Say more on stderr; twice for debugging
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Where stdout is a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what Weir does, on a small bundled set of logs
    #[command(after_help = "Example:\n  weir demo")]
    Demo(Demo),
    /// Run detections over files, folders and archives
    #[command(after_help = "Examples:\n  \
        weir scan evidence/\n  \
        weir scan --content security_content --select type=TTP logs.zip\n  \
        weir scan --content security_content --lake ./lake --earliest=-1h@h --latest=@h\n  \
        zcat sysmon.json.gz | weir scan --findings findings.ndjson -")]
    Scan(Scan),
    /// Check, list and show detections
    #[command(subcommand)]
    Content(Content),
    /// Say which log sources are known and what each unlocks; with logs, which detections can fire on them and what is missing
    #[command(after_help = "Examples:\n  \
        weir sources --content security_content\n  \
        weir sources --content security_content evidence/")]
    Sources(Sources),
    /// Test normalisation packs
    #[command(subcommand)]
    Packs(Packs),
    /// Ask a question in SPL
    #[command(after_help = "Examples:\n  \
        weir search 'sourcetype=XmlWinEventLog EventCode=4688 | stats count by Computer' logs/\n  \
        weir search '| tstats count from datamodel=Endpoint.Processes by Processes.process_name' logs/")]
    Search(Search),
    /// Read logs into a lake: Delta tables that searches, and other tools, can open
    #[command(after_help = "Examples:\n  \
        weir ingest evidence/ --lake ./lake\n  \
        weir search --lake ./lake '| tstats count from datamodel=Endpoint.Processes'")]
    Ingest(Ingest),
    /// Say what a diagnostic code means, or print a detection's expanded search and plan
    #[command(after_help = "Examples:\n  weir explain SPL101\n  weir explain 'Windows Ngrok Reverse Proxy Usage'")]
    Explain(Explain),
    /// Print reference documentation as Markdown
    #[command(hide = true)]
    Reference(Reference),
    /// Make rows that detections must find and rows that they must just not find, and run them
    #[command(hide = true, after_help = "Example:\n  weir generate --content security_content --select type=TTP")]
    Generate(Generate),
}

#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Logs, as for `weir scan`; without them it is about what the packs know
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) content: ContentArgs,
    #[command(flatten)]
    pub(crate) known: KnownArgs,
    /// Folder of normalisation packs of your own; they win over the bundled ones
    #[arg(long, value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = SourcesFormat::Text)]
    pub(crate) output_format: SourcesFormat,
}

/// How `sources` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourcesFormat {
    /// For people.
    Text,
    /// One JSON object a detection, then a summary.
    Ndjson,
}

/// `weir packs …`
#[derive(Debug, Subcommand)]
pub(crate) enum Packs {
    /// Run the tests that lie beside packs
    #[command(after_help = "Examples:\n  weir packs test mypacks/\n  weir packs test")]
    Test(PacksTest),
}

#[derive(Debug, Args)]
pub(crate) struct PacksTest {
    /// Folders of packs of your own [default: the bundled packs]
    #[arg(value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// Print every case, not only those that fail
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) content: ContentArgs,
    /// Also make near misses: for each condition of a search, rows that break it alone
    #[arg(long)]
    pub(crate) near: bool,
    /// Write the rows here, a file a detection, one JSON object a line
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Where addresses are: a database in MaxMind's format, for `iplocation`
    #[arg(long, value_name = "FILE")]
    pub(crate) geoip: Option<PathBuf>,
    /// Threads; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// How to print what came of it
    #[arg(long, value_enum, default_value_t = GenerateFormat::Text)]
    pub(crate) output_format: GenerateFormat,
}

/// How `generate` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GenerateFormat {
    /// What needs a look, for people.
    Text,
    /// One JSON object a detection.
    Ndjson,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Keep the demo's logs and lake here instead of a temporary folder
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ContentArgs {
    /// Content: an ESCU checkout, a folder of YAML, or one file; later ones override earlier ones [default: bundled]
    #[arg(long, value_name = "DIR")]
    pub(crate) content: Vec<PathBuf>,
    /// Only detections for which the term holds: name=, id=, type=, story=, technique=, datamodel=, status=, with `*`
    /// and lists (`type=TTP,Anomaly`); several terms must all hold
    #[arg(long, value_name = "TERM", num_args = 1..)]
    pub(crate) select: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct KnownArgs {
    /// The sourcetype of all events, where their content does not tell it; it chooses the pack, too
    #[arg(long, value_name = "NAME")]
    pub(crate) sourcetype: Option<String>,
    /// The source of all events [default: made by the pack, or the file's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// The host of all events [default: taken from the event]
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Option<String>,
}

/// Where a scan's events are.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Logs: files, folders, gz, zip, tar.gz; `-` is stdin. The format is told by content, not by name
    #[arg(required_unless_present = "lake", conflicts_with = "lake", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Scan a lake instead of files: a folder or an object store URL; one read of its tables serves all detections
    #[arg(long, value_name = "URL", conflicts_with_all = IN_THE_LAKE)]
    pub(crate) lake: Option<String>,
}

/// What was settled when a lake's events were ingested: asking for it again would do nothing.
const IN_THE_LAKE: [&str; 4] = ["sourcetype", "source", "host", "packs"];

#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    #[command(flatten)]
    pub(crate) known: KnownArgs,
    /// Folder of normalisation packs of your own; they win over the bundled ones
    #[arg(long, value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// First time covered: epoch, ISO 8601, or relative (`-24h@h`)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) earliest: Option<String>,
    /// First time no longer covered
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) latest: Option<String>,
    /// Where addresses are, for `iplocation`: a city database in MaxMind's format [default: the file that WEIR_GEOIP names]
    #[arg(long, value_name = "FILE")]
    pub(crate) geoip: Option<PathBuf>,
    /// Threads; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Memory that a search may hold, such as 800M or 4G; beyond it it spills to disk, and one whose rows do not fit fails. Of
    /// this a scan's searches share 256M while they run side by side; those that need more run alone [default: half of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = crate::memory::size)]
    pub(crate) memory: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct Scan {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) content: ContentArgs,
    #[command(flatten)]
    pub(crate) logs: LogArgs,
    /// Write the result rows of every detection here, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) rows: Option<PathBuf>,
    /// Write findings and intermediate findings here, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) findings: Option<PathBuf>,
    /// Write counts and timings here, as one JSON object
    #[arg(long, value_name = "FILE")]
    pub(crate) stats: Option<PathBuf>,
    /// How to print the findings
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub(crate) output_format: OutputFormat,
    /// Exit with 1 when there is a finding or intermediate finding
    #[arg(long)]
    pub(crate) fail_on_finding: bool,
    /// Run the content's baselines over the same logs first: they train the models and fill the lookups that detections read
    #[arg(long)]
    pub(crate) baselines: bool,
    /// Without the shared scan: every search reads every event. The results are the same
    #[arg(long, hide = true)]
    pub(crate) each_search_alone: bool,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated values with a header.
    Csv,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Content {
    /// Parse, expand and check every search and every other file
    #[command(
        after_help = "Examples:\n  weir content check security_content\n  weir content check --output-format concise my.yml"
    )]
    Check(ContentCheck),
    /// Say where the time of a scan goes: by stage, the dearest detections, those with the most candidates
    #[command(after_help = "Example:\n  weir content cost --content security_content evidence/")]
    Cost(Box<ContentCost>),
    /// List detections with their verdicts
    #[command(after_help = "Example:\n  weir content list --content security_content --select technique=T1003*")]
    List(ContentList),
    /// Show one detection: what it finds, its expanded search, its outcome, its verdict
    #[command(after_help = "Example:\n  weir content show 'Windows Ngrok Reverse Proxy Usage'")]
    Show(ContentShow),
}

#[derive(Debug, Args)]
pub(crate) struct ContentCost {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) content: ContentArgs,
    #[command(flatten)]
    pub(crate) logs: LogArgs,
    /// How to print: text, or json for the object of `weir scan --stats`
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub(crate) output_format: OutputFormat,
}

#[derive(Debug, Args)]
pub(crate) struct ContentCheck {
    /// Content: an ESCU checkout, a folder of YAML, or one file; later ones override earlier ones
    #[arg(required = true, value_name = "DIR")]
    pub(crate) content: Vec<PathBuf>,
    /// How to print what is wrong
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) output_format: CheckFormat,
    /// Print warnings too (ndjson always has them)
    #[arg(long)]
    pub(crate) warnings: bool,
}

/// How `content check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// With the source and carets.
    Text,
    /// One line a problem: `file:line:column: error[CODE]: message`.
    Concise,
    /// One JSON object a detection, then a summary.
    Ndjson,
}

#[derive(Debug, Args)]
pub(crate) struct ContentList {
    #[command(flatten)]
    pub(crate) content: ContentArgs,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub(crate) output_format: OutputFormat,
}

#[derive(Debug, Args)]
pub(crate) struct ContentShow {
    /// A detection's name or id
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) content: ContentArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The search; without a leading `|` it starts with an implied `search`
    #[arg(value_name = "SPL")]
    pub(crate) search: String,
    /// Logs, as for `weir scan`; a search that reads only lookups needs none
    #[arg(value_name = "PATH", conflicts_with = "lake")]
    pub(crate) paths: Vec<PathBuf>,
    /// Search a lake instead of files: a folder or an object store URL
    #[arg(long, value_name = "URL", conflicts_with_all = IN_THE_LAKE)]
    pub(crate) lake: Option<String>,
    #[command(flatten)]
    pub(crate) logs: LogArgs,
    /// Content whose macros and lookups the search may use [default: bundled]
    #[arg(long, value_name = "DIR")]
    pub(crate) content: Vec<PathBuf>,
    /// How to print the rows
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub(crate) output_format: OutputFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Ingest {
    #[command(flatten)]
    pub(crate) known: KnownArgs,
    /// Logs, as for `weir scan`
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The lake: a folder or an object store URL; made when it is not there
    #[arg(long, value_name = "URL")]
    pub(crate) lake: String,
    /// Folder of normalisation packs of your own; they win over the bundled ones
    #[arg(long, value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A diagnostic code, or a detection's name or id
    #[arg(value_name = "CODE|NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) content: ContentArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Reference {
    /// What to print
    #[arg(value_enum)]
    pub(crate) topic: Topic,
}

/// A page of the generated reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Topic {
    /// This command line.
    Cli,
    /// Diagnostic codes.
    Codes,
    /// SPL commands.
    Commands,
    /// Eval functions and aggregates.
    Functions,
    /// Data models.
    Datasets,
}
