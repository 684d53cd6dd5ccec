//! The whole: rows that fire, and near misses.

use std::collections::BTreeMap;

use plan::Plan;

use crate::choice::Search;
use crate::context::Context;
use crate::goal::{Condition, Conflict, Goal, Place};
use crate::rows::Rows;
use crate::run::Runner;
use crate::solve;

/// Ways of building rows that are looked at, and how many of them the engine runs.
const WAYS: usize = 2_000;
const RUNS: usize = 40;

/// Makes rows for plans.
#[derive(Debug)]
pub struct Generator<'g> {
    runner: &'g Runner,
}

/// What was made for a plan.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Rows that the search finds.
    pub fires: Outcome,
    /// For each condition of the search, rows that break it alone.
    pub near: Vec<Near>,
}

/// Rows that a search finds, or why there are none.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The search finds these rows.
    Fires(Rows),
    /// Rows were made but the search finds none of them.
    Silent(Rows),
    /// The engine failed over the rows.
    Failed(String),
    /// No rows could be made, and why.
    CannotInvert(String),
}

/// A near miss.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The condition that is broken, as people write it.
    pub condition: String,
    /// What came of it.
    pub outcome: NearOutcome,
}

/// What came of breaking a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum NearOutcome {
    /// The search finds nothing, as it should.
    Silent(Rows),
    /// The search finds the rows all the same.
    Fires(Rows),
    /// The engine failed over the rows.
    Failed(String),
    /// The only way to break it is to have no rows.
    Trivial,
    /// The other conditions imply it, or no rows could be made.
    Implied(String),
}

/// One way of building rows.
struct Attempt {
    rows: Rows,
    conditions: Vec<Condition>,
}

impl<'g> Generator<'g> {
    /// A generator that runs searches so.
    pub fn new(runner: &'g Runner) -> Self {
        Self { runner }
    }

    /// Rows that the plan finds, with values for the fields of `wanted` in the result; and near misses if asked for.
    pub fn generate(&self, plan: &Plan, wanted: &[String], near: bool) -> Generated {
        let context = Context::new(self.runner);
        let (mut fires, mut conditions) = self.firing(&context, plan, wanted);
        if !matches!(fires, Outcome::Fires(_)) && !wanted.is_empty() {
            let (without, known) = self.firing(&context, plan, &[]);
            if matches!(without, Outcome::Fires(_)) || matches!(fires, Outcome::CannotInvert(_)) {
                (fires, conditions) = (without, known);
            }
        }
        let near = match &fires {
            Outcome::Fires(_) if near => {
                conditions.iter().map(|condition| self.near_miss(&context, plan, condition)).collect()
            }
            _ => Vec::new(),
        };
        Generated { fires, near }
    }

    fn firing(&self, context: &Context<'_>, plan: &Plan, wanted: &[String]) -> (Outcome, Vec<Condition>) {
        let mut search = Search::new();
        let mut reasons = Reasons::default();
        let mut silent = None;
        let (mut ways, mut runs) = (0, 0);
        while let Some(mut choices) = search.next() {
            ways += 1;
            if ways > WAYS || runs > RUNS {
                break;
            }
            let attempt = attempt(context, &mut choices, plan, wanted, None);
            search.learn(&choices);
            match attempt {
                Ok(attempt) => {
                    runs += 1;
                    match self.runner.run(plan, &attempt.rows) {
                        Ok(0) => silent = silent.or(Some(attempt.rows)),
                        Ok(_) => return (Outcome::Fires(attempt.rows), attempt.conditions),
                        Err(error) => return (Outcome::Failed(chain(&error)), attempt.conditions),
                    }
                }
                Err(conflict) => reasons.note(conflict),
            }
        }
        let outcome = match silent {
            Some(rows) => Outcome::Silent(rows),
            None => Outcome::CannotInvert(reasons.most()),
        };
        (outcome, Vec::new())
    }

    fn near_miss(&self, context: &Context<'_>, plan: &Plan, condition: &Condition) -> Near {
        let outcome = self.broken(context, plan, &condition.place);
        Near { condition: condition.text.clone(), outcome }
    }

    fn broken(&self, context: &Context<'_>, plan: &Plan, place: &Place) -> NearOutcome {
        let mut search = Search::new();
        let mut reasons = Reasons::default();
        let mut firing = None;
        let (mut ways, mut runs) = (0, 0);
        while let Some(mut choices) = search.next() {
            ways += 1;
            if ways > WAYS / 10 || runs > 8 {
                break;
            }
            let attempt = attempt(context, &mut choices, plan, &[], Some(place));
            search.learn(&choices);
            match attempt {
                Ok(attempt) if attempt.rows.is_empty() => return NearOutcome::Trivial,
                Ok(attempt) => {
                    runs += 1;
                    match self.runner.run(plan, &attempt.rows) {
                        Ok(0) => return NearOutcome::Silent(attempt.rows),
                        Ok(_) => firing = firing.or(Some(attempt.rows)),
                        Err(error) => return NearOutcome::Failed(chain(&error)),
                    }
                }
                Err(conflict) => reasons.note(conflict),
            }
        }
        match firing {
            Some(rows) => NearOutcome::Fires(rows),
            None => NearOutcome::Implied(reasons.most()),
        }
    }
}

fn attempt(
    context: &Context<'_>,
    choices: &mut crate::choice::Choices,
    plan: &Plan,
    wanted: &[String],
    breaking: Option<&Place>,
) -> Result<Attempt, Conflict> {
    let mut goal = Goal::new(context, choices, breaking);
    goal.result_row(plan, wanted)?;
    if breaking.is_some() && !goal.broken {
        return Err(Conflict::new("the condition is not on this way"));
    }
    let Goal { formulas, classes, dims, conditions, .. } = goal;
    let rows = solve::solve(context, choices, (&classes, &dims), formulas)?;
    Ok(Attempt { rows, conditions })
}

/// Why ways did not work, and how often.
#[derive(Debug, Default)]
struct Reasons {
    first: Option<String>,
    counts: BTreeMap<String, usize>,
}

impl Reasons {
    fn note(&mut self, Conflict(reason): Conflict) {
        self.first.get_or_insert_with(|| reason.clone());
        *self.counts.entry(reason).or_default() += 1;
    }

    /// The reason of the plainest way, and the most frequent one where it is another.
    fn most(&self) -> String {
        let first = self.first.clone().unwrap_or_else(|| "no way was found".to_owned());
        let most = self.counts.iter().max_by_key(|(_, count)| **count).map(|(reason, _)| reason.clone());
        match most {
            Some(most) if most != first => format!("{first}; mostly: {most}"),
            _ => first,
        }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
