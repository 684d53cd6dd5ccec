//! The ranges of values that are outliers, from the area of a density that is to be so.

use serde::{Deserialize, Serialize};

use super::distribution::Distribution;
use super::kde::Kde;
use crate::convert::number_text;

/// The area of a density that is outliers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Thresholds {
    /// In all.
    Total(f64),
    /// Below and above, each where given.
    Sides {
        /// The area below.
        lower: Option<f64>,
        /// The area above.
        upper: Option<f64>,
    },
}

/// The toolkit's default: one part in a hundred.
impl Default for Thresholds {
    fn default() -> Self {
        Self::Total(0.01)
    }
}

/// A range of outliers, its ends not among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Region {
    from: f64,
    to: f64,
    area: f64,
}

impl Region {
    /// Is a value in it?
    pub(crate) fn holds(&self, value: f64) -> bool {
        self.from < value && value < self.to
    }

    /// `opening:closing:area`, with four decimals as in the manual's examples.
    pub(crate) fn text(&self) -> String {
        format!("{}:{}:{}", limit(self.from), limit(self.to), rounded(self.area))
    }
}

fn limit(value: f64) -> String {
    if value.is_finite() {
        rounded(value)
    } else {
        let sign = if value < 0.0 { "-" } else { "" };
        format!("{sign}Infinity")
    }
}

/// At most four decimals; what they do not show keeps its first digits: an area of 0.00005 is not 0.
fn rounded(value: f64) -> String {
    let four = (value * 1e4).round() / 1e4;
    number_text(if four == 0.0 { value } else { four })
}

/// The outliers of a density. A density without a width has none.
pub(super) fn regions(density: &Distribution, thresholds: Thresholds) -> Vec<Region> {
    if density.has_no_width() {
        return Vec::new();
    }
    let below = |area: f64| Region { from: f64::NEG_INFINITY, to: density.quantile(area), area };
    let above = |area: f64| Region { from: density.upper_quantile(area), to: f64::INFINITY, area };
    match (density, thresholds) {
        // The whole of it.
        (_, Thresholds::Total(area)) if area >= 1.0 => {
            vec![Region { from: f64::NEG_INFINITY, to: f64::INFINITY, area: 1.0 }]
        }
        (Distribution::Normal { .. }, Thresholds::Total(area)) => vec![below(area / 2.0), above(area / 2.0)],
        (Distribution::Exponential { .. }, Thresholds::Total(area)) => vec![above(area)],
        // Manual: the beta density has one region, at its left.
        (Distribution::Beta(_), Thresholds::Total(area)) => vec![below(area)],
        (Distribution::GaussianKde(kde), Thresholds::Total(area)) => thin_parts(kde, area),
        // Manual: of the exponential density a lower threshold gives no region.
        (Distribution::Exponential { .. }, Thresholds::Sides { upper, .. }) => upper.map(above).into_iter().collect(),
        (_, Thresholds::Sides { lower, upper }) => lower.map(below).into_iter().chain(upper.map(above)).collect(),
    }
}

/// Points a bandwidth at which a kernel density is looked at: between two of them it rises or falls, not both.
const POINTS_A_BANDWIDTH: f64 = 8.0;

/// Where a kernel density is lowest, so that these parts have the area.
///
/// The manual says that the number of regions depends on the density's peaks and dips: outliers lie where it is low.
fn thin_parts(kde: &Kde, area: f64) -> Vec<Region> {
    let points = curve(kde);
    let cut = |height: f64| below_height(kde, &points, height);
    let excess = |height: f64| total(&cut(height)) - area;
    let mut low = 0.0;
    let mut high = points.iter().map(|(_, height)| *height).fold(0.0, f64::max);
    let (mut low_excess, mut high_excess) = (-area, 1.0 - area);
    let mut height = high / 2.0;
    for step in 0..100 {
        let found = excess(height);
        if found.abs() <= 1e-10 * area || high - low <= f64::EPSILON * high {
            break;
        }
        if found < 0.0 {
            (low, low_excess) = (height, found);
        } else {
            (high, high_excess) = (height, found);
        }
        // False position and halving by turns: fast, and never stuck.
        let position = low - low_excess * (high - low) / (high_excess - low_excess);
        height = if step % 3 == 2 || position <= low || position >= high { f64::midpoint(low, high) } else { position };
    }
    cut(height)
}

fn total(regions: &[Region]) -> f64 {
    regions.iter().map(|region| region.area).sum()
}

/// The density at points that lie close enough together.
fn curve(kde: &Kde) -> Vec<(f64, f64)> {
    let (from, to) = kde.range();
    let step = kde.bandwidth() / POINTS_A_BANDWIDTH;
    let mut points = Vec::new();
    let mut x = from;
    while x < to {
        points.push((x, kde.density(x)));
        x += step;
    }
    points.push((to, kde.density(to)));
    points
}

/// The parts where the density is below a height, with their areas.
fn below_height(kde: &Kde, points: &[(f64, f64)], height: f64) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut from = Some((f64::NEG_INFINITY, 0.0));
    for (before, after) in points.iter().zip(points.iter().skip(1)) {
        let (falls, rises) = (before.1 >= height && after.1 < height, before.1 < height && after.1 >= height);
        if !falls && !rises {
            continue;
        }
        let x = crossing(kde, before.0, after.0, height, rises);
        let cumulative = kde.at(x).cumulative;
        match from.take() {
            Some((opened, below)) if rises => regions.push(Region { from: opened, to: x, area: cumulative - below }),
            _ => from = Some((x, cumulative)),
        }
    }
    if let Some((opened, below)) = from {
        regions.push(Region { from: opened, to: f64::INFINITY, area: 1.0 - below });
    }
    regions
}

/// Where the density crosses a height between two points.
fn crossing(kde: &Kde, low: f64, high: f64, height: f64, rises: bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if (kde.density(middle) < height) == rises {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::super::distribution::Family;
    use super::super::sample::Sample;
    use super::{Thresholds, regions};

    const DATA: [f64; 10] = [1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 4.0, 4.5];

    #[track_caller]
    fn check(family: Family, data: &[f64], thresholds: Thresholds, expected: &[&str]) {
        let sample = Sample::new(data).unwrap_or_else(|| panic!("numbers"));
        let density = family.fit(&sample).unwrap_or_else(|| panic!("it fits"));
        let found: Vec<String> = regions(&density, thresholds).iter().map(super::Region::text).collect();
        assert_eq!(found, expected, "{family:?}");
    }

    /// Expected values: SciPy's `ppf` and `isf` of the fitted distributions; of the kernel density those of a fine grid over
    /// `gaussian_kde`.
    #[test]
    fn regions_of_each_density() {
        let (lower, upper) = (Some(0.02), Some(0.05));
        let both = Thresholds::Sides { lower, upper };
        check(Family::Normal, &DATA, Thresholds::default(), &["-Infinity:-8.8894:0.005", "21.5894:Infinity:0.005"]);
        check(Family::Normal, &DATA, both, &["-Infinity:-5.8006:0.02", "16.0814:Infinity:0.05"]);
        check(Family::Normal, &DATA, Thresholds::Sides { lower: None, upper }, &["16.0814:Infinity:0.05"]);
        check(Family::Exponential, &DATA, Thresholds::default(), &["25.6377:Infinity:0.01"]);
        check(Family::Exponential, &DATA, both, &["17.0272:Infinity:0.05"]);
        check(Family::Exponential, &DATA, Thresholds::Sides { lower, upper: None }, &[]);
        check(
            Family::GaussianKde,
            &DATA,
            Thresholds::default(),
            &["-Infinity:-7.3543:0.0043", "27.2139:Infinity:0.0057"],
        );
        check(Family::GaussianKde, &DATA, both, &["-Infinity:-4.8588:0.02", "21.189:Infinity:0.05"]);
        check(Family::Beta, &DATA, Thresholds::default(), &["-Infinity:1.006:0.01"]);
    }

    #[test]
    fn dips_of_a_kernel_density_are_outliers_too() {
        let two_heaps = [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 9.0, 9.1, 9.2, 9.3, 9.4, 9.5];
        let expected = ["-Infinity:-1.0297:0.0928", "4.0598:6.4402:0.1143", "11.5297:Infinity:0.0928"];
        check(Family::GaussianKde, &two_heaps, Thresholds::Total(0.3), &expected);
    }

    #[test]
    fn edges() {
        check(Family::Normal, &[4.0, 4.0, 4.0], Thresholds::default(), &[]);
        check(Family::Exponential, &[4.0], Thresholds::default(), &[]);
        check(Family::Normal, &DATA, Thresholds::Total(1.0), &["-Infinity:Infinity:1"]);
    }
}
