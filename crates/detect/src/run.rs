//! Dispatches: run detections over windows, turn rows into findings.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use content::Detection;
use engine::{Engine, Room, Stores, Surroundings, Window};
use lake::Candidates;
use plan::Plan;
use prefilter::ScanId;
use rba::{Dispatch, Outcome};
use spl::value::Row;
use tokio::runtime::Handle;

use crate::compile::CompiledDetection;

/// When a search runs and over which event time, in microseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DispatchWindow {
    /// The scheduled time: `now()` inside the search.
    pub scheduled: i64,
    /// First instant covered; `None` is all the past.
    pub earliest: Option<i64>,
    /// First instant no longer covered; `None` is all the future.
    pub latest: Option<i64>,
}

/// One detection to run over one window.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The detection.
    pub detection: &'a Detection,
    /// The same, compiled.
    pub compiled: &'a CompiledDetection,
    /// The window.
    pub window: DispatchWindow,
}

/// What a job gave, handed over as it ends ([`Running::ended`]).
#[derive(Debug)]
pub struct Ended<'r, 'a> {
    /// The job's number.
    pub number: usize,
    /// The job.
    pub job: &'r Job<'a>,
    /// The rows as they stand after the last command.
    pub rows: &'r [Arc<Row>],
    /// What the rows mean.
    pub outcome: &'r Outcome,
}

/// How a job went.
#[derive(Debug)]
pub struct DetectionRun<'a> {
    /// The job.
    pub job: Job<'a>,
    /// Number of result rows.
    pub row_count: usize,
    /// Why it failed, if it did: then there are no rows.
    pub error: Option<RunError>,
    /// The lookups that it wrote.
    pub written: BTreeSet<String>,
    /// Time spent.
    pub spent: Duration,
}

/// Why a detection that compiles did not run to its end.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct RunError(#[from] engine::EngineError);

impl RunError {
    /// It applies a model that no baseline has fitted yet.
    pub fn is_not_fitted(&self) -> bool {
        matches!(self.0, engine::EngineError::NotFitted { .. })
    }
}

/// What a run of many detections gave, in the order of the jobs.
#[derive(Debug, Default)]
pub struct RunReport<'a> {
    /// One entry a job.
    pub runs: Vec<DetectionRun<'a>>,
}

/// What the searches read: the engine's tables, or what the shared scan has kept for each of them.
#[derive(Debug, Clone, Copy)]
pub enum Reads<'c> {
    /// The engine's tables.
    Tables,
    /// Candidates.
    Candidates {
        /// The rows kept.
        kept: &'c Candidates,
        /// The number of the first job's search; those of the others follow.
        first: usize,
    },
}

/// How jobs run.
#[derive(Clone, Copy)]
pub struct Running<'r> {
    /// On how many threads.
    pub threads: usize,
    /// What drives the searches.
    pub runtime: &'r Handle,
    /// Gets what each job gave, on the thread that it ran on, in the order that jobs end in. Nothing of it is held: what all
    /// detections find in many logs is more than memory has room for.
    pub ended: &'r (dyn Fn(&Ended<'_, '_>) + Sync),
}

/// Run jobs.
///
/// The result has the order of the jobs, whatever the order they ended in. Each search sees the lookups as they were when the
/// run began, and what it writes itself; what all have written is put together at the end, in the order of the jobs.
///
/// Searches that run beside others share little memory. Those that need more run again, each alone, once the others are done.
pub fn run<'a>(engine: &Engine, reads: Reads<'_>, jobs: &[Job<'a>], running: Running<'_>) -> RunReport<'a> {
    let next = AtomicUsize::new(0);
    let order = dearest_first(reads, jobs);
    let work = || {
        let mut runs = Vec::new();
        while let Some((number, job)) = take(&next, &order) {
            let one = One { engine, stores: engine.stores().fork(), reads, number, job };
            let result = one.attempt(&running, Room::Shared);
            runs.push((number, if lacks_memory(&result) { Err(job) } else { Ok(one.finish(result, &running)) }));
        }
        runs
    };
    let mut runs: Vec<(usize, Result<_, _>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..running.threads.max(1)).map(|_| scope.spawn(work)).collect();
        let mut runs = work();
        for other in others {
            match other.join() {
                Ok(more) => runs.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        runs
    });
    runs.sort_by_key(|(number, _)| *number);
    let again = |number, job| {
        let one = || One { engine, stores: engine.stores().fork(), reads, number, job };
        // Alone it may do with what it had to share; more is taken only where it must be.
        let first = one();
        let result = first.attempt(&running, Room::Shared);
        if !lacks_memory(&result) {
            return first.finish(result, &running);
        }
        let second = one();
        let result = second.attempt(&running, Room::Whole);
        second.finish(result, &running)
    };
    let runs = runs.into_iter().map(|(number, run)| run.unwrap_or_else(|job| again(number, job)));
    let runs: Vec<_> = runs.collect();
    RunReport { runs: runs.into_iter().map(|(run, stores)| merged(engine, run, &stores)).collect() }
}

/// What a job wrote becomes what the next run finds.
fn merged<'a>(engine: &Engine, mut run: DetectionRun<'a>, stores: &Stores) -> DetectionRun<'a> {
    // What a failed search wrote before it failed is half of what it means to write.
    if run.error.is_none() {
        run.written = stores.lookups.writes().into_iter().map(|(name, _)| name).collect();
        run.error = engine.stores().merge(stores).err().map(|error| RunError(error.into()));
    }
    run
}

/// The jobs with their numbers, those with the most candidates first: one that is dear and begins last keeps one thread busy
/// and the others waiting.
fn dearest_first<'j, 'a>(reads: Reads<'_>, jobs: &'j [Job<'a>]) -> Vec<(usize, &'j Job<'a>)> {
    let mut order: Vec<(usize, &Job<'a>)> = jobs.iter().enumerate().collect();
    if let Reads::Candidates { kept, first } = reads {
        let candidates = kept.rows_by_search();
        order.sort_by_key(|(number, _)| std::cmp::Reverse(candidates.get(&(first + number)).copied().unwrap_or(0)));
    }
    order
}

/// The next job that no thread has taken.
fn take<'j, 'a>(next: &AtomicUsize, order: &[(usize, &'j Job<'a>)]) -> Option<(usize, &'j Job<'a>)> {
    order.get(next.fetch_add(1, Ordering::Relaxed)).copied()
}

/// The rows of a search, or why there are none; and when it began.
type Attempt = (Result<Vec<Row>, engine::EngineError>, Instant);

fn lacks_memory((rows, _): &Attempt) -> bool {
    rows.as_ref().is_err_and(engine::EngineError::is_memory)
}

/// One job about to run.
struct One<'r, 'a> {
    engine: &'r Engine,
    stores: Stores,
    reads: Reads<'r>,
    number: usize,
    job: &'r Job<'a>,
}

impl<'a> One<'_, 'a> {
    /// The rows, with no more memory than there is room.
    fn attempt(&self, running: &Running<'_>, room: Room) -> Attempt {
        let start = Instant::now();
        let rows = running.runtime.block_on(self.rows(room));
        (rows, start)
    }

    /// Hand over what an attempt gave; how it went, with what it wrote.
    fn finish(self, (rows, start): Attempt, running: &Running<'_>) -> (DetectionRun<'a>, Stores) {
        let job = *self.job;
        let (rows, error): (Vec<Arc<Row>>, _) = match rows {
            Ok(rows) => (rows.into_iter().map(Arc::new).collect(), None),
            Err(error) => (Vec::new(), Some(RunError(error))),
        };
        let DispatchWindow { scheduled, earliest, latest } = job.window;
        let dispatch = Dispatch { earliest, latest, search_time: scheduled };
        let key = job.compiled.plan.as_ref().and_then(|plan| plan.key.as_deref());
        let outcome = rba::evaluate_keyed(job.detection, &rows, &dispatch, key);
        (running.ended)(&Ended { number: self.number, job: self.job, rows: &rows, outcome: &outcome });
        let spent = start.elapsed();
        (DetectionRun { job, row_count: rows.len(), error, written: BTreeSet::new(), spent }, self.stores)
    }

    async fn rows(&self, room: Room) -> Result<Vec<Row>, engine::EngineError> {
        let Self { engine, ref stores, .. } = *self;
        let Some(plan) = &self.job.compiled.plan else { return Ok(Vec::new()) };
        let DispatchWindow { scheduled, earliest, latest } = self.job.window;
        let window = Window { earliest, latest, now: scheduled };
        match self.reads {
            Reads::Tables => engine.run_in(Surroundings { tables: None, stores, room }, plan, &window).await?.rows(),
            Reads::Candidates { kept, first } if is_silent(kept, first + self.number, plan) => Ok(Vec::new()),
            Reads::Candidates { kept, first } => {
                let tables = kept.of_search(first + self.number);
                let surroundings = Surroundings { tables: Some(&tables), stores, room };
                engine.run_in(surroundings, plan, &window).await?.rows()
            }
        }
    }
}

/// True when the search's first scan has no candidate, and the search says nothing without rows.
fn is_silent(candidates: &Candidates, search: usize, plan: &Plan) -> bool {
    let first = plan.stages.first().map(|stage| ScanId { search, span: stage.span });
    first.is_some_and(|scan| !candidates.has_rows(&scan)) && plan.is_silent_without_rows()
}
