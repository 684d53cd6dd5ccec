//! Exit statuses, as scripts rely on them.

use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ExitStatus {
    /// All that was asked was done.
    Fine,
    /// Findings where `--fail-on-finding` asks for it, or errors in content.
    Found,
    /// Weir itself could not do (part of) what was asked.
    Failed,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        match status {
            ExitStatus::Fine => Self::from(0),
            ExitStatus::Found => Self::from(1),
            ExitStatus::Failed => Self::from(2),
        }
    }
}
