//! The golden-file harness: a file holds data, searches and their answers; a test runs the searches and compares.
//!
//! Start from [`check_folder`]. A file looks like this; text before the first block is prose, and says where the answer is from:
//!
//! ```text
//! # eventstats adds the aggregate to every result and keeps order
//! source: manual eventstats
//! events json
//! {"_time": 10, "dest": "a", "n": "1"}
//! {"_time": 20, "dest": "a", "n": "3"}
//! search
//! * | eventstats avg(n) as mean by dest | table dest n mean
//! ----
//! dest n mean
//! a    3 2
//! a    1 2
//! ```
//!
//! `events json` holds raw events, `dataset Endpoint.Processes json` rows of a dataset, `lookup hosts csv max_matches=1` those
//! of a lookup (`kvstore` for a collection) up to an empty line, `geo json` where addresses are. Each `search` block up to an empty
//! line is a case. `window: 0 600` before the data is the time in seconds that the searches run over. `null` is no value, `[a b]` several values; text with blanks stands in double quotes.
//!
//! With the environment variable `WEIR_BLESS` set to 1 the answers are rewritten instead: read the difference.
//!
//! Invariants: for tests only; files are visited in the order of their names.

mod columns;
mod golden;
mod mmdb;
mod table;

use std::path::{Path, PathBuf};

pub use columns::columns_of;
pub use golden::{Block, BlockName, Case, Golden, GoldenError, LookupBlock};
pub use mmdb::mmdb;
pub use table::{Answer, Cell};

/// A case whose answer is not the expected one, or a file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not of the format.
    #[error("{path}: {source}")]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: GoldenError,
    },
    /// The answer differs.
    #[error("{path}:{line}\n--- expected\n{expected}\n--- found\n{found}\n")]
    Differs {
        /// The file.
        path: PathBuf,
        /// The line of the case.
        line: usize,
        /// What the file says.
        expected: String,
        /// What the search gave.
        found: String,
    },
}

/// Run every case of the `.spl` files under a folder. `answer` runs one search; an error's text is an answer too.
pub fn check_folder(
    folder: &Path,
    answer: &mut dyn FnMut(&Golden, &Case) -> Result<Answer, String>,
) -> Result<usize, Vec<Failure>> {
    let bless = std::env::var_os("WEIR_BLESS").is_some_and(|value| value == "1");
    let mut failures = Vec::new();
    let mut cases = 0;
    let files = files(folder).map_err(|failure| vec![failure])?;
    for path in files {
        match check_file(&path, bless, answer) {
            Ok((count, mut differs)) => {
                cases += count;
                failures.append(&mut differs);
            }
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(cases) } else { Err(failures) }
}

type Answerer<'a> = dyn FnMut(&Golden, &Case) -> Result<Answer, String> + 'a;

fn check_file(path: &Path, bless: bool, answer: &mut Answerer<'_>) -> Result<(usize, Vec<Failure>), Failure> {
    let at = |source| Failure::File { path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(at)?;
    let golden = Golden::parse(&text).map_err(|source| Failure::Format { path: path.to_owned(), source })?;
    let mut failures = Vec::new();
    let mut answers = Vec::new();
    for case in &golden.cases {
        let found = match answer(&golden, case) {
            Ok(answer) => answer.to_string(),
            Err(error) => format!("error: {error}"),
        };
        if found != case.expected {
            failures.push(Failure::Differs {
                path: path.to_owned(),
                line: case.line,
                expected: case.expected.clone(),
                found: found.clone(),
            });
        }
        answers.push(found);
    }
    if bless && !failures.is_empty() {
        std::fs::write(path, golden.with_answers(&text, &answers)).map_err(at)?;
        failures.clear();
    }
    Ok((golden.cases.len(), failures))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let at = |source| Failure::File { path: folder.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(at)? {
        let path = entry.map_err(at)?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "spl") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
