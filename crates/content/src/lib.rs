//! ESCU content: detections, macros, lookups, stories, baselines, deployments, data sources; every
//! generation of the schema (4.x, 5.x, 6.x) read into one model; macro expansion with a source map.
//!
//! Start from [`Content`]. Callers read the files and pass path and text.
//!
//! ```
//! use content::{Content, SourceFile};
//!
//! let mine = SourceFile { path: "macros/mine.yml".to_owned(), text: "name: mine\ndefinition: index=main".to_owned() };
//! let content = Content::load_folders(vec![content::bundled(), vec![mine]]);
//! let detection = content.detection("Windows Ngrok Reverse Proxy Usage").expect("bundled");
//! let expansion = content.expand(&detection.search);
//! assert!(expansion.reports.is_empty());
//! assert!(expansion.search.text.contains("rename Processes.* as *"));
//! ```
//!
//! Invariants: no file is opened here; an unknown key or a wrong value is a report with a span in the YAML; a search
//! that was expanded can always be traced back to the file that a person edits.

pub mod attack;
mod bundled;
mod door;
mod expand;
mod load;
mod model;
mod schema;
mod suggest;
mod tokens;
mod yaml;

pub use bundled::{bundled, bundled_defaults, demo_sysmon};
pub use expand::Expansion;
pub use load::{Content, SourceFile};
pub use model::{
    AnalyticType, Annotations, DataSource, Deployment, Detection, Drilldown, EntityRule, FindingRule, Generation,
    Lookup, LookupFile, LookupSource, LookupTime, Macro, MatchType, NamedSchedule, Schedule, Status, Story, Test,
    TestData, ThreatRule, Throttling,
};
pub use tokens::tokens;
