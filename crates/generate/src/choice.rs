//! Search over choices: what is built by a procedure that chooses is built again with other choices until it fits.
//!
//! The first choice everywhere is tried first, then every single other choice, then every pair of others: most searches
//! need few choices that are not the first ones, wherever these lie.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The choices of one run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choices {
    given: Vec<usize>,
    /// What was chosen, and among how many.
    made: Vec<(usize, usize)>,
}

impl Choices {
    /// Choose one of `total` ways; 0 unless told otherwise. `total` is at least 1.
    pub(crate) fn pick(&mut self, total: usize) -> usize {
        if total <= 1 {
            return 0;
        }
        let chosen = self.given.get(self.made.len()).copied().unwrap_or(0).min(total - 1);
        self.made.push((chosen, total));
        chosen
    }
}

/// Runs that are still to be tried, the most promising first.
#[derive(Debug, Default)]
pub(crate) struct Search {
    waiting: BinaryHeap<Reverse<(usize, usize, Vec<usize>)>>,
    added: usize,
}

impl Search {
    /// Begin with the run of first choices.
    pub(crate) fn new() -> Self {
        let mut search = Self::default();
        search.waiting.push(Reverse((0, 0, Vec::new())));
        search
    }

    /// The choices of the next run.
    pub(crate) fn next(&mut self) -> Option<Choices> {
        let Reverse((_, _, given)) = self.waiting.pop()?;
        Some(Choices { given, made: Vec::new() })
    }

    /// Note what a run could have chosen otherwise.
    pub(crate) fn learn(&mut self, run: &Choices) {
        const MOST: usize = 200_000;
        let chosen: Vec<usize> = run.made.iter().map(|(chosen, _)| *chosen).collect();
        let others = chosen.iter().filter(|chosen| **chosen > 0).count();
        for (at, (_, total)) in run.made.iter().enumerate().skip(run.given.len()) {
            for other in 1..*total {
                let mut given: Vec<usize> = chosen.iter().take(at).copied().collect();
                given.push(other);
                self.added += 1;
                if self.added < MOST {
                    // A later way of the same choice is a little less likely.
                    self.waiting.push(Reverse((others * 4 + 4 + other.min(8) / 2, self.added, given)));
                }
            }
        }
    }
}
