//! Risk scores and what they make of severity.

/// Points that an intermediate finding adds to its entity: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RiskScore(u32);

impl RiskScore {
    /// A score; `None` outside 1 to 100.
    pub fn new(points: u32) -> Option<Self> {
        (1..=100).contains(&points).then_some(Self(points))
    }

    /// The points.
    pub fn points(self) -> u32 {
        self.0
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Up to 20 points.
    Informational,
    /// Up to 40.
    Low,
    /// Up to 60.
    Medium,
    /// Up to 80; also what has no score, such as a correlation.
    High,
    /// Above 80.
    Critical,
}

impl Severity {
    /// Bands of 20 points on the highest score, `high` without one: how `contentctl` builds ESCU's findings.
    pub fn of(highest: Option<RiskScore>) -> Self {
        match highest.map(RiskScore::points) {
            None => Self::High,
            Some(..=20) => Self::Informational,
            Some(21..=40) => Self::Low,
            Some(41..=60) => Self::Medium,
            Some(61..=80) => Self::High,
            Some(81..) => Self::Critical,
        }
    }

    /// As Enterprise Security writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Informational => "informational",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RiskScore, Severity};

    #[test]
    fn scores_are_held_in_range() {
        assert_eq!(RiskScore::new(0), None);
        assert_eq!(RiskScore::new(101), None);
        assert_eq!(RiskScore::new(100).map(RiskScore::points), Some(100));
    }

    #[test]
    fn severity_has_bands_of_twenty() {
        let check = |points, expected| assert_eq!(Severity::of(RiskScore::new(points)).as_str(), expected, "{points}");
        check(0, "high");
        check(1, "informational");
        check(20, "informational");
        check(21, "low");
        check(40, "low");
        check(60, "medium");
        check(80, "high");
        check(81, "critical");
    }
}
