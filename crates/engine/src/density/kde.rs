//! The Gaussian kernel density: a normal distribution around every data point, as wide as Scott's rule says.

use serde::{Deserialize, Serialize};

use super::distribution::At;
use super::sample::Sample;
use super::special::{normal_cdf, normal_pdf, reach};

/// Kernels farther away than this many bandwidths add less than a double can hold beside the others.
const REACH: f64 = 9.0;

/// Samples with more distinct values are thinned.
const MOST_POINTS: usize = 2000;

/// Values of a thinned sample lie at least this part of a bandwidth apart.
///
/// Merged values keep their mean, so that the density changes by less than one part in ten thousand; the toolkit keeps a
/// random sample of at most 10,000 values, which changes it more.
const THINNED: f64 = 1.0 / 64.0;

/// A Gaussian kernel density.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kde {
    /// Centres in rising order, each with its weight; the weights are 1 in sum.
    points: Vec<(f64, f64)>,
    bandwidth: f64,
    /// Number of data points.
    count: f64,
    mean: f64,
    std: f64,
    /// Of the centres before each one: the sums of their weights and of their weighted values.
    #[serde(skip)]
    before: Vec<(f64, f64)>,
}

impl Kde {
    /// `None` where all data are one value: then there is no bandwidth.
    pub(super) fn fit(sample: &Sample) -> Option<Self> {
        if sample.is_one_value() {
            return None;
        }
        let count = sample.count();
        // Scott: n^(-1/5) times the standard deviation with n - 1 in the denominator.
        let unbiased = (sample.moment(2) * count / (count - 1.0)).sqrt();
        let bandwidth = count.powf(-0.2) * unbiased;
        let points = thinned(sample.values(), bandwidth).into_iter().map(|(value, times)| (value, times / count));
        let mut kde = Self {
            points: points.collect(),
            bandwidth,
            count,
            mean: sample.mean(),
            std: sample.moment(2).sqrt(),
            before: Vec::new(),
        };
        kde.index();
        Some(kde)
    }

    /// Work out what is not stored.
    pub(super) fn index(&mut self) {
        let mut sums = (0.0, 0.0);
        self.before = std::iter::once(sums)
            .chain(self.points.iter().map(|(value, weight)| {
                sums = (sums.0 + weight, sums.1 + weight * value);
                sums
            }))
            .collect();
    }

    pub(super) fn mean(&self) -> f64 {
        self.mean
    }

    pub(super) fn std(&self) -> f64 {
        self.std
    }

    pub(super) fn bandwidth(&self) -> f64 {
        self.bandwidth
    }

    /// Number of data points.
    pub(super) fn points(&self) -> f64 {
        self.count
    }

    /// The range outside of which the density is nothing.
    pub(super) fn range(&self) -> (f64, f64) {
        let first = self.points.first().map_or(0.0, |(value, _)| *value);
        let last = self.points.last().map_or(0.0, |(value, _)| *value);
        (first - REACH * self.bandwidth, last + REACH * self.bandwidth)
    }

    pub(super) fn at(&self, x: f64) -> At {
        let width = REACH * self.bandwidth;
        let low = self.points.partition_point(|(value, _)| *value < x - width);
        let high = self.points.partition_point(|(value, _)| *value <= x + width);
        let (mut cumulative, mut mean_below) = self.before.get(low).copied().unwrap_or_default();
        let mut density = 0.0;
        for (value, weight) in self.points.get(low..high).unwrap_or_default() {
            let z = (x - value) / self.bandwidth;
            let (below, here) = (normal_cdf(z), normal_pdf(z));
            cumulative += weight * below;
            mean_below += weight * (value * below - self.bandwidth * here);
            density += weight * here;
        }
        At { cumulative, mean_below, density: density / self.bandwidth }
    }

    pub(super) fn density(&self, x: f64) -> f64 {
        let width = REACH * self.bandwidth;
        let low = self.points.partition_point(|(value, _)| *value < x - width);
        let high = self.points.partition_point(|(value, _)| *value <= x + width);
        let near = self.points.get(low..high).unwrap_or_default();
        near.iter().map(|(value, weight)| weight * normal_pdf((x - value) / self.bandwidth)).sum::<f64>()
            / self.bandwidth
    }

    pub(super) fn quantile(&self, p: f64) -> f64 {
        let (low, high) = self.range();
        reach(p, low, high, |x| {
            let at = self.at(x);
            (at.cumulative, at.density)
        })
    }
}

/// The values, those of a large sample that lie close together put into one.
fn thinned(values: &[(f64, f64)], bandwidth: f64) -> Vec<(f64, f64)> {
    if values.len() <= MOST_POINTS {
        return values.to_vec();
    }
    let mut merged: Vec<(f64, f64)> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for (value, times) in values {
        match merged.last_mut() {
            Some((mean, count)) if *value < end => {
                *count += times;
                *mean += (value - *mean) * times / *count;
            }
            _ => {
                merged.push((*value, *times));
                end = value + bandwidth * THINNED;
            }
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::Kde;

    fn fit(data: &[f64]) -> Kde {
        Sample::new(data).and_then(|sample| Kde::fit(&sample)).unwrap_or_else(|| panic!("it has a width"))
    }

    #[track_caller]
    fn check(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
    }

    /// Expected values: SciPy's `gaussian_kde` over the same data, its `factor`, its value at points and `integrate_box_1d`.
    #[test]
    fn a_few_points() {
        let kde = fit(&[1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0]);
        check(kde.bandwidth(), 4.590_423_433_137_53);
        check(kde.density(4.0), 0.058_784_066_555_450_55);
        check(kde.at(4.0).cumulative, 0.412_134_346_744_784_44);
        check(kde.quantile(0.9), 18.788_359_862_754_405);
    }

    #[test]
    fn one_value_has_no_density() {
        assert_eq!(Sample::new(&[2.0, 2.0]).and_then(|sample| Kde::fit(&sample)), None);
    }

    /// Thinning large samples changes the density by less than anyone sees.
    #[test]
    fn large_samples_are_thinned() {
        let data: Vec<f64> = (0..9000).map(|at| f64::from(at * 7919 % 9973) * 0.01 + f64::from(at % 13)).collect();
        let sample = Sample::new(&data).unwrap_or_else(|| panic!("numbers"));
        let kde = fit(&data);
        assert!(kde.points.len() < 3000 && sample.values().len() > 5000);
        for x in [-3.0, 0.0, 5.5, 50.0, 99.0, 115.0] {
            let exact: f64 = data.iter().map(|value| super::normal_pdf((x - value) / kde.bandwidth)).sum::<f64>()
                / kde.bandwidth
                / kde.count;
            assert!((kde.density(x) - exact).abs() <= 1e-4 * exact, "{x}");
        }
    }
}
