//! ESCU content: detections, macros, lookups, stories, baselines, deployments, data sources; every
//! generation of the schema (4.x, 5.x, 6.x) read into one model; macro expansion with a source map.
//!
//! Start from [`Content`]. Callers read the files and pass path and text.
//!
//! Invariants: no file is opened here; an unknown key or a wrong value is a report with a span in the YAML; a search
//! that was expanded can always be traced back to the file that a person edits.

mod model;

pub use model::{
    AnalyticType, Annotations, DataSource, Deployment, Detection, Drilldown, EntityRule, FindingRule, Lookup, Macro, Schedule, Status,
    Story, Test, TestData, ThreatRule,
};
