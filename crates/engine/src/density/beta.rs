//! The beta distribution, moved and stretched, fitted by the greatest likelihood.
//!
//! As SciPy's `beta.fit`: the search starts from the shape that has the data's skewness and kurtosis, and from the support
//! that fits their mean and variance, or lies a tenth around them. Where no beta distribution has the data's skewness and
//! kurtosis, SciPy starts from where its equation solver gave up; here the start is the even shape, 1 and 1.

use serde::{Deserialize, Serialize};

use super::distribution::At;
use super::sample::Sample;
use super::simplex;
use super::special::{beta_cdf, ln_beta, reach};

/// A beta distribution from `start` to `start + scale`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    start: f64,
    scale: f64,
}

impl Beta {
    /// `None` where no parameters hold the data.
    pub(super) fn fit(sample: &Sample) -> Option<Self> {
        if sample.is_one_value() {
            return None;
        }
        let [a, b] = shape_of_moments(sample);
        let [start, scale] = support(sample, a, b);
        let [a, b, start, scale] =
            simplex::minimum([a, b, start, scale], |parameters| unlikelihood(sample, parameters));
        let found = Self { a, b, start, scale };
        let valid = a > 0.0 && b > 0.0 && scale > 0.0 && [a, b, start, scale].iter().all(|value| value.is_finite());
        valid.then_some(found)
    }

    /// `a`, `b`, where it begins and its width.
    pub(super) fn parameters(&self) -> [f64; 4] {
        [self.a, self.b, self.start, self.scale]
    }

    pub(super) fn mean(&self) -> f64 {
        self.start + self.scale * self.a / (self.a + self.b)
    }

    pub(super) fn std(&self) -> f64 {
        self.scale * variance(self.a, self.b).sqrt()
    }

    pub(super) fn at(&self, x: f64) -> At {
        let Self { a, b, start, scale } = *self;
        let unit = (x - start) / scale;
        let cumulative = beta_cdf(unit, a, b);
        let mean_below = start * cumulative + scale * a / (a + b) * beta_cdf(unit, a + 1.0, b);
        let density = if unit > 0.0 && unit < 1.0 { log_density(unit, a, b).exp() / scale } else { 0.0 };
        At { cumulative, mean_below, density }
    }

    pub(super) fn quantile(&self, p: f64) -> f64 {
        reach(p, self.start, self.start + self.scale, |x| {
            let at = self.at(x);
            (at.cumulative, at.density)
        })
    }
}

/// The variance on [0, 1].
fn variance(a: f64, b: f64) -> f64 {
    a * b / ((a + b).powi(2) * (a + b + 1.0))
}

fn log_density(unit: f64, a: f64, b: f64) -> f64 {
    (a - 1.0) * unit.ln() + (b - 1.0) * (-unit).ln_1p() - ln_beta(a, b)
}

/// The shape with the data's skewness and kurtosis. Source: Johnson, Kotz and Balakrishnan, "Continuous Univariate
/// Distributions", volume 2, on fitting four parameters by moments.
fn shape_of_moments(sample: &Sample) -> [f64; 2] {
    let variance = sample.moment(2);
    let skewness = sample.moment(3) / variance.powf(1.5);
    let kurtosis = sample.moment(4) / variance.powi(2) - 3.0;
    let squared = skewness * skewness;
    let sum = 3.0 * (kurtosis - squared + 2.0) / (1.5 * squared - kurtosis);
    if !(kurtosis > squared - 2.0 && kurtosis < 1.5 * squared) {
        return [1.0, 1.0];
    }
    let off = 1.0 / (1.0 + 16.0 * (sum + 1.0) / ((sum + 2.0).powi(2) * squared)).sqrt();
    // Skewed to the right, the smaller parameter comes first.
    let off = if squared == 0.0 { 0.0 } else { off * skewness.signum() };
    [sum / 2.0 * (1.0 - off), sum / 2.0 * (1.0 + off)]
}

/// Where the distribution begins and how wide it is, for the search to start from.
fn support(sample: &Sample, a: f64, b: f64) -> [f64; 2] {
    let scale = (sample.moment(2) / variance(a, b)).sqrt();
    let start = sample.mean() - scale * a / (a + b);
    if start < sample.min() && sample.max() < start + scale {
        return [start, scale];
    }
    let width = sample.max() - sample.min();
    [sample.min() - 0.1 * width, 1.2 * width]
}

/// How unlikely the data are, as a logarithm; data outside the support cost more than any others.
fn unlikelihood(sample: &Sample, &[a, b, start, scale]: &[f64; 4]) -> f64 {
    if !(a > 0.0 && b > 0.0 && scale > 0.0) {
        return f64::INFINITY;
    }
    let penalty = f64::MAX.ln() * 100.0;
    let constant = ln_beta(a, b);
    let mut sum = sample.count() * scale.ln();
    for (value, times) in sample.values() {
        let unit = (value - start) / scale;
        let log = (a - 1.0) * unit.ln() + (b - 1.0) * (-unit).ln_1p() - constant;
        sum += times * if log.is_finite() { -log } else { penalty };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::Beta;

    #[track_caller]
    fn check(data: &[f64], expected: [f64; 4]) {
        let fitted = Sample::new(data).and_then(|sample| Beta::fit(&sample));
        let found = fitted.unwrap_or_else(|| panic!("it fits")).parameters();
        let near =
            found.iter().zip(&expected).all(|(found, expected)| (found - expected).abs() <= 1e-3 * expected.abs());
        assert!(near, "{found:?} is not {expected:?}");
    }

    /// Expected values: SciPy's `beta.fit` over the same data.
    #[test]
    fn parameters() {
        check(&[1.0, 2.0, 2.5, 3.0, 3.2, 3.8, 4.0, 4.1, 5.0, 6.0], [0.622_81, 0.592_06, 0.999_93, 5.000_07]);
        check(&[0.1, 0.3, 0.2, 0.15, 0.4, 0.5, 0.22, 0.33, 0.61, 0.9], [0.619_50, 1.134_43, 0.1, 0.804_95]);
        check(&[1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 4.0, 4.5], [0.558_60, 0.894_36, 1.0, 20.028_64]);
        check(
            &[3.0, 4.0, 4.0, 5.0, 5.0, 5.0, 6.0, 6.0, 7.0, 9.0, 12.0, 15.0, 7.0, 8.0, 6.0, 5.0, 5.0],
            [0.517_77, 1.394_47, 3.0, 12.314_11],
        );
    }
}
