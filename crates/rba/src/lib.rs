//! What a detection's result means: findings, intermediate findings, entities, threat objects, scores.
//!
//! Start from [`evaluate`]: a detection, its result rows and its dispatch give an [`Outcome`]; [`Risks`] adds the
//! scores up.
//!
//! ```
//! let message = rba::fill_tokens("reverse proxy on $dest$ by $user$", &spl::value::Row {
//!     fields: vec![("dest".into(), spl::value::Value::Text("ws1".into()))],
//! });
//! assert_eq!(message, "reverse proxy on ws1 by $user$");
//! ```
//!
//! Invariants: pure functions on values: no clock, no I/O, no randomness. The same detection, rows and window give the same
//! findings with the same ids, whatever the order of the rows.

mod annotation;
mod entity;
mod evaluate;
mod finding;
mod identity;
mod json;
mod line;
mod message;
mod risk;
mod score;
mod value;

pub use annotation::Annotated;
pub use entity::{Entity, EntityKind, ThreatObject};
pub use evaluate::{Dispatch, Outcome, evaluate, evaluate_keyed};
pub use finding::{Common, Finding, IntermediateFinding, Origin, Rule};
pub use json::row_to_json;
pub use line::{Line, RowJson};
pub use message::fill_tokens;
pub use risk::{EntityRisk, Risks};
pub use score::{RiskScore, Severity};
