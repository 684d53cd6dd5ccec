//! How far a density is from its data.
//!
//! The toolkit draws a random sample from the density and compares that with the data; here the density itself is
//! compared, which is what the sample's distance comes to as it grows.

use super::Metric;
use super::distribution::{At, Distribution};
use super::sample::Sample;
use super::special::reach;

impl Metric {
    /// The distance between a density and data.
    pub(super) fn distance(self, density: &Distribution, sample: &Sample) -> f64 {
        match self {
            Self::Wasserstein => wasserstein(density, sample),
            Self::KolmogorovSmirnov => kolmogorov_smirnov(density, sample),
        }
    }

    /// Its name in searches.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wasserstein => "wasserstein",
            Self::KolmogorovSmirnov => "kolmogorov_smirnov",
        }
    }
}

/// The area between the two cumulative functions.
fn wasserstein(density: &Distribution, sample: &Sample) -> f64 {
    let mut area = 0.0;
    let mut level = 0.0;
    let mut before: Option<(f64, At)> = None;
    for (value, times) in sample.values() {
        let here = (*value, density.at(*value));
        area += match &before {
            None => area_up_to(&here),
            Some(before) => between(density, level, before, &here),
        };
        level += times / sample.count();
        before = Some(here);
    }
    // What is left lies under one and above the last value.
    area + before.map_or(0.0, |last| density.mean() - last.0 + area_up_to(&last))
}

/// The area under the density's cumulative function up to a point.
fn area_up_to((x, at): &(f64, At)) -> f64 {
    x * at.cumulative - at.mean_below
}

/// The area between the density's cumulative function and a level, from one point to another.
fn between(density: &Distribution, level: f64, from: &(f64, At), to: &(f64, At)) -> f64 {
    let above = |from: &(f64, At), to: &(f64, At)| area_up_to(to) - area_up_to(from) - level * (to.0 - from.0);
    if from.1.cumulative >= level {
        return above(from, to);
    }
    if to.1.cumulative <= level {
        return -above(from, to);
    }
    let crossing = reach(level, from.0, to.0, |x| {
        let at = density.at(x);
        (at.cumulative, at.density)
    });
    let middle = (crossing, density.at(crossing));
    above(&middle, to) - above(from, &middle)
}

/// The largest gap between the two cumulative functions.
fn kolmogorov_smirnov(density: &Distribution, sample: &Sample) -> f64 {
    let mut level = 0.0;
    let gaps = sample.values().iter().map(|(value, times)| {
        let cumulative = density.at(*value).cumulative;
        let below = (cumulative - level).abs();
        level += times / sample.count();
        below.max((level - cumulative).abs())
    });
    gaps.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::super::distribution::Family;
    use super::super::sample::Sample;
    use super::Metric;

    const DATA: [f64; 10] = [1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 4.0, 4.5];

    #[track_caller]
    fn check(family: Family, metric: Metric, expected: f64) {
        let sample = Sample::new(&DATA).unwrap_or_else(|| panic!("numbers"));
        let density = family.fit(&sample).unwrap_or_else(|| panic!("it fits"));
        let found = metric.distance(&density, &sample);
        assert!((found - expected).abs() <= 1e-5 * expected, "{family:?}: {found} is not {expected}");
    }

    /// Expected values: the integral of the gap between SciPy's `cdf` and the data's own, by quadrature, and `kstest`.
    #[test]
    fn distances() {
        check(Family::Normal, Metric::Wasserstein, 2.392_347);
        check(Family::Exponential, Metric::Wasserstein, 1.129_388);
        check(Family::GaussianKde, Metric::Wasserstein, 1.782_645);
        check(Family::Normal, Metric::KolmogorovSmirnov, 0.290_248);
        check(Family::Exponential, Metric::KolmogorovSmirnov, 0.173_472);
        check(Family::GaussianKde, Metric::KolmogorovSmirnov, 0.220_824);
    }
}
