//! Why a search did not run to its end.

use datafusion::error::DataFusionError;
use lake::LakeError;
use text::Span;

use crate::lookup::LookupError;

/// A failed run. The caller knows which search it was; [`EngineError::named`] puts the name in the message.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A table cannot be read.
    #[error("a table cannot be read")]
    Lake(#[from] LakeError),
    /// A lookup cannot be used.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// `iplocation` without a database of addresses.
    #[error(
        "`iplocation` needs a database of addresses in MaxMind's format: give one with --geoip FILE or the environment \
         variable WEIR_GEOIP"
    )]
    NoGeo,
    /// A stage cannot be planned.
    #[error("`{command}` cannot be planned")]
    Compile {
        /// The command.
        command: &'static str,
        /// Its place in the search.
        span: Span,
        /// What DataFusion says.
        source: Box<DataFusionError>,
    },
    /// The plan failed while it ran.
    #[error("the search failed")]
    Run {
        /// What DataFusion says.
        source: Box<DataFusionError>,
    },
    /// The search needs more memory than it may have.
    #[error("the search needs more memory than the {limit} bytes that searches may hold together")]
    Memory {
        /// The limit.
        limit: usize,
        /// What DataFusion says.
        source: Box<DataFusionError>,
    },
    /// A time modifier of the search that is none.
    #[error("`{modifier}` is no time")]
    Time {
        /// As written, or as it came out of a row's value.
        modifier: String,
    },
    /// A model cannot be fitted or read.
    #[error("model `{model}`: {problem}")]
    Model {
        /// The model, or what is modelled.
        model: String,
        /// What is wrong.
        problem: String,
    },
    /// A model is applied, or looked at, before there is one.
    #[error("model `{model}` has not been fitted: {remedy}")]
    NotFitted {
        /// The model.
        model: String,
        /// What fits it.
        remedy: String,
    },
    /// Any of the above, with the search's name.
    #[error("search `{name}` did not run: {source}")]
    Search {
        /// The search.
        name: String,
        /// Why.
        source: Box<EngineError>,
    },
}

impl EngineError {
    /// The same, naming the search.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        Self::Search { name: name.to_owned(), source: Box::new(self) }
    }

    /// It needs more memory than it was given; with more of it, or alone, the same search may run.
    pub fn is_memory(&self) -> bool {
        match self {
            Self::Memory { .. } => true,
            Self::Search { source, .. } => source.is_memory(),
            _ => false,
        }
    }

    pub(crate) fn run(source: DataFusionError, limit: Option<usize>) -> Self {
        match (source.find_root(), limit) {
            (DataFusionError::ResourcesExhausted(_), Some(limit)) => Self::Memory { limit, source: Box::new(source) },
            _ => Self::Run { source: Box::new(source) },
        }
    }
}
