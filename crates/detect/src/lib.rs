//! Decides when detections run and over what, runs them, and hands their rows to `rba`.
//!
//! Start from [`compile`], which turns loaded content into detections that can run; [`read_inputs`] brings logs
//! into tables; [`run`] dispatches detections over them.
//!
//! Invariants: the same content, logs and clock give the same findings in the same order; a detection that cannot
//! run exactly is reported and does not run; every event is counted, also those that could not be read.

mod compile;
mod coverage;
mod files;
mod input;
mod lookups;
mod needs;
mod run;
mod schedule;
mod select;
mod sink;

pub use compile::{CompiledDetection, CompiledSearch, compile, compile_search};
pub use coverage::{Coverage, Look, Missing, MissingKind, Origin, Seen, World};
pub use files::{FileError, TextFile, content_files, pack_files, walk};
pub use input::{InputError, InputOptions, InputReport, Reading, read_inputs};
pub use lookups::{fitted_by, names_of, stores_of};
pub use needs::needs_of;
pub use run::{DetectionRun, DispatchWindow, Ended, Job, Reads, RunError, RunReport, Running, run};
pub use schedule::{Cron, CronError, dispatches};
pub use select::{Selector, SelectorError};
pub use sink::{Everything, Keep, LakeSink, Prepare, Prepared, Source};
