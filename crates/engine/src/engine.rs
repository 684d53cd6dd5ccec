//! Runs plans.

use std::sync::Arc;

use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::LogicalPlan;
use datafusion::optimizer::OptimizerRule;
use datafusion::optimizer::optimize_projections::OptimizeProjections;
use datafusion::optimizer::push_down_filter::PushDownFilter;
use datafusion::physical_optimizer::optimizer::{PhysicalOptimizer, PhysicalOptimizerRule};
use datafusion::prelude::SessionConfig;
use lake::Tables;
use plan::Plan;
use spl::time::TimeZone;

use crate::compile::compile;
use crate::env::Env;
use crate::function::SearchContext;
use crate::in_order::OneStream;
use crate::{EngineError, Results, Stores};

/// The event time that a search covers, in microseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// The first instant; `None` is all the past.
    pub earliest: Option<i64>,
    /// The first instant no longer covered; `None` is all the future.
    pub latest: Option<i64>,
    /// `now()`.
    pub now: i64,
}

/// How searches run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Bytes that all running searches together may hold; beyond it they spill to disk, then fail. `None` is no limit.
    pub memory_limit: Option<usize>,
    /// Bytes that the searches may hold together that run beside others ([`Room::Shared`]); not more than `memory_limit`.
    pub shared_memory: Option<usize>,
    /// The zone in which times are written and snapped.
    pub zone: TimeZone,
}

impl Default for Options {
    fn default() -> Self {
        Self { memory_limit: None, shared_memory: None, zone: spl::time::utc() }
    }
}

/// Runs searches over tables.
#[derive(Debug)]
pub struct Engine {
    tables: Arc<dyn Tables>,
    stores: Stores,
    zone: TimeZone,
    shared: States,
    whole: States,
}

/// How plans are made and run, with the memory that they may take.
#[derive(Debug)]
struct States {
    stored: SessionState,
    /// For tables in memory.
    in_memory: SessionState,
    memory_limit: Option<usize>,
}

/// The memory that a search may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Room {
    /// What is set aside for searches that run beside others: most need little, and what many need together is bounded.
    Shared,
    /// All that searches may hold: for a search that runs alone.
    #[default]
    Whole,
}

/// What a search reads and writes.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'s> {
    /// The tables; the engine's own when absent.
    pub tables: Option<&'s dyn Tables>,
    /// Lookups and models.
    pub stores: &'s Stores,
    /// The memory.
    pub room: Room,
}

/// DataFusion's physical rules without which a plan is wrong or slow. The others look for
/// what SPL's plans do not have, or put sorts and exchanges where SQL allows them: here [`OneStream`] makes every plan one
/// stream of rows, and commands sort where they need to.
const PHYSICAL_RULES: &[&str] =
    &["FilterPushdown", "CombinePartialFinalAggregate", "LimitPushdown", "ProjectionPushdown"];

/// Over tables in memory there is nothing to push down to: most searches of a scan have few rows, and their planning is what
/// they take.
const IN_MEMORY_RULES: &[&str] = &["CombinePartialFinalAggregate"];

impl Engine {
    /// An engine over tables.
    pub fn new(tables: Arc<dyn Tables>, options: Options) -> Result<Self, EngineError> {
        let least = options.shared_memory.into_iter().chain(options.memory_limit).min();
        let (shared, whole) = (States::new(least)?, States::new(options.memory_limit)?);
        Ok(Self { tables, stores: Stores::default(), zone: options.zone, shared, whole })
    }

    /// The engine with lookups and models.
    #[must_use]
    pub fn with_stores(mut self, stores: Stores) -> Self {
        self.stores = stores;
        self
    }

    /// The lookups and models of its searches.
    pub fn stores(&self) -> &Stores {
        &self.stores
    }

    /// Run a plan over a window.
    pub async fn run(&self, plan: &Plan, window: &Window) -> Result<Results, EngineError> {
        self.run_over(self.tables.as_ref(), plan, window).await
    }

    /// Run a plan over a window of other tables than the engine's own.
    pub async fn run_over(&self, tables: &dyn Tables, plan: &Plan, window: &Window) -> Result<Results, EngineError> {
        self.run_in(Surroundings { tables: Some(tables), stores: &self.stores, room: Room::Whole }, plan, window).await
    }

    /// Run a plan over a window in other surroundings than the engine's own.
    pub async fn run_in(
        &self,
        surroundings: Surroundings<'_>,
        plan: &Plan,
        window: &Window,
    ) -> Result<Results, EngineError> {
        let env = self.env(surroundings, window);
        let physical = env.physical(&self.logical(&env, plan).await?).await?;
        let schema = physical.schema();
        let batches = env.results(physical).await?;
        Ok(Results { schema, batches })
    }

    /// The plan as DataFusion runs it, for people to read. Nested searches, and what comes before a command that needs all
    /// its rows at once, run while the plan is made; of those only the rows are in it.
    pub async fn explain(&self, plan: &Plan, window: &Window) -> Result<String, EngineError> {
        // What it writes is forgotten.
        let stores = self.stores.fork();
        let env = self.env(Surroundings { tables: None, stores: &stores, room: Room::Whole }, window);
        let physical = env.physical(&self.logical(&env, plan).await?).await?;
        Ok(datafusion::physical_plan::displayable(physical.as_ref()).indent(false).to_string())
    }

    fn env<'e>(&'e self, surroundings: Surroundings<'e>, window: &Window) -> Env<'e> {
        let tables = surroundings.tables.unwrap_or_else(|| self.tables.as_ref());
        let states = match surroundings.room {
            Room::Shared => &self.shared,
            Room::Whole => &self.whole,
        };
        Env {
            tables,
            stores: surroundings.stores,
            context: SearchContext { now: window.now, zone: self.zone.clone() },
            window: *window,
            covered: *window,
            state: if tables.in_memory() { &states.in_memory } else { &states.stored },
            memory_limit: states.memory_limit,
        }
    }

    async fn logical(&self, env: &Env<'_>, plan: &Plan) -> Result<LogicalPlan, EngineError> {
        compile(env, plan).await?.build().map_err(|source| env.failed(source))
    }
}

impl States {
    fn new(memory_limit: Option<usize>) -> Result<Self, EngineError> {
        // One search is one stream of rows: SPL's commands see rows in order. Many searches at once use the machine.
        let mut config = SessionConfig::new().with_target_partitions(1).with_repartition_sorts(false);
        config.options_mut().execution.parquet.schema_force_view_types = false;
        config.options_mut().execution.parquet.pushdown_filters = true;
        // Each rule does all that it can do in one pass; what a second would do is to find that out.
        config.options_mut().optimizer.max_passes = 1;
        // Many searches share the memory: each keeps little back for the end of its sort.
        config.options_mut().execution.sort_spill_reservation_bytes = 1 << 20;
        let mut runtime = RuntimeEnvBuilder::new();
        if let Some(limit) = memory_limit {
            runtime = runtime.with_memory_pool(Arc::new(FairSpillPool::new(limit)));
        }
        let runtime = runtime.build_arc().map_err(|source| EngineError::run(source, memory_limit))?;
        // Expressions are made with exact types, so nothing is left to an analyzer.
        let state = |rules: &[&str]| {
            SessionStateBuilder::new()
                .with_config(config.clone())
                .with_runtime_env(Arc::clone(&runtime))
                .with_analyzer_rules(Vec::new())
                .with_optimizer_rules(logical_rules())
                .with_physical_optimizer_rules(physical_rules(rules))
                .build()
        };
        Ok(Self { stored: state(PHYSICAL_RULES), in_memory: state(IN_MEMORY_RULES), memory_limit })
    }
}

fn logical_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    vec![Arc::new(PushDownFilter::new()), Arc::new(OptimizeProjections::new())]
}

fn physical_rules(wanted: &[&str]) -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    let all = PhysicalOptimizer::new().rules;
    let one_stream: Arc<dyn PhysicalOptimizerRule + Send + Sync> = Arc::new(OneStream);
    std::iter::once(one_stream).chain(all.into_iter().filter(|rule| wanted.contains(&rule.name()))).collect()
}
