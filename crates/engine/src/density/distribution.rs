//! The four density functions.

use serde::{Deserialize, Serialize};

use super::beta::Beta;
use super::kde::Kde;
use super::sample::Sample;
use super::special::{normal_cdf, normal_pdf, normal_quantile};

/// A fitted density function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Distribution {
    /// The normal distribution.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation; 0 where all data are one value.
        std: f64,
    },
    /// The exponential distribution, from `start` on.
    Exponential {
        /// Where it begins: the least value of the data.
        start: f64,
        /// Its mean, counted from there.
        scale: f64,
    },
    /// A sum of normal distributions, one for each data point.
    GaussianKde(Kde),
    /// The beta distribution, moved and stretched.
    Beta(Beta),
}

/// The kinds of density functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `norm`
    Normal,
    /// `expon`
    Exponential,
    /// `gaussian_kde`
    GaussianKde,
    /// `beta`
    Beta,
}

impl Family {
    /// All of them, in the order that `auto` tries them: of two that are as near, the first one stays.
    pub(super) const ALL: [(Self, &'static str); 4] = [
        (Self::Normal, "norm"),
        (Self::Exponential, "expon"),
        (Self::GaussianKde, "gaussian_kde"),
        (Self::Beta, "beta"),
    ];

    /// The density of this kind that fits the data; `None` where none does.
    pub(super) fn fit(self, sample: &Sample) -> Option<Distribution> {
        match self {
            Self::Normal => Some(Distribution::Normal { mean: sample.mean(), std: sample.moment(2).sqrt() }),
            Self::Exponential => {
                Some(Distribution::Exponential { start: sample.min(), scale: sample.mean() - sample.min() })
            }
            Self::GaussianKde => Kde::fit(sample).map(Distribution::GaussianKde),
            Self::Beta => Beta::fit(sample).map(Distribution::Beta),
        }
    }
}

/// What a density says at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct At {
    /// The probability of a value not above the point.
    pub(super) cumulative: f64,
    /// The mean of the values not above the point, times their probability.
    pub(super) mean_below: f64,
    /// The density.
    pub(super) density: f64,
}

impl Distribution {
    /// Its name, as `summary` shows it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Normal { .. } => "Normal",
            Self::Exponential { .. } => "Exponential",
            Self::GaussianKde(_) => "Gaussian KDE",
            Self::Beta(_) => "Beta",
        }
    }

    /// Its mean; of a Gaussian KDE that of the data.
    pub(super) fn mean(&self) -> f64 {
        match self {
            Self::Normal { mean, .. } => *mean,
            Self::Exponential { start, scale } => start + scale,
            Self::GaussianKde(kde) => kde.mean(),
            Self::Beta(beta) => beta.mean(),
        }
    }

    /// Its standard deviation; of a Gaussian KDE that of the data.
    pub(super) fn std(&self) -> f64 {
        match self {
            Self::Normal { std, .. } => *std,
            Self::Exponential { scale, .. } => *scale,
            Self::GaussianKde(kde) => kde.std(),
            Self::Beta(beta) => beta.std(),
        }
    }

    /// True when it is one point: then nothing can be told from it.
    pub(super) fn has_no_width(&self) -> bool {
        match self {
            Self::Normal { std: width, .. } | Self::Exponential { scale: width, .. } => *width <= 0.0,
            Self::GaussianKde(_) | Self::Beta(_) => false,
        }
    }

    /// What it says at a point.
    pub(super) fn at(&self, x: f64) -> At {
        match self {
            Self::Normal { mean, std } => {
                let z = (x - mean) / std;
                let (cumulative, density) = (normal_cdf(z), normal_pdf(z));
                At { cumulative, mean_below: mean * cumulative - std * density, density: density / std }
            }
            Self::Exponential { start, scale } => {
                if x < *start {
                    return At { cumulative: 0.0, mean_below: 0.0, density: 0.0 };
                }
                let z = (x - start) / scale;
                let left = (-z).exp();
                let cumulative = -(-z).exp_m1();
                At {
                    cumulative,
                    mean_below: start * cumulative + scale * (cumulative - z * left),
                    density: left / scale,
                }
            }
            Self::GaussianKde(kde) => kde.at(x),
            Self::Beta(beta) => beta.at(x),
        }
    }

    /// Where the cumulative function reaches `p`, for `p` in (0, 1).
    pub(super) fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Normal { mean, std } => mean + std * normal_quantile(p),
            Self::Exponential { start, scale } => start - scale * (-p).ln_1p(),
            Self::GaussianKde(kde) => kde.quantile(p),
            Self::Beta(beta) => beta.quantile(p),
        }
    }

    /// Where the area above is `p`: exact also where it is tiny.
    pub(super) fn upper_quantile(&self, p: f64) -> f64 {
        match self {
            Self::Normal { mean, std } => mean - std * normal_quantile(p),
            Self::Exponential { start, scale } => start - scale * p.ln(),
            Self::GaussianKde(_) | Self::Beta(_) => self.quantile(1.0 - p),
        }
    }

    /// Its parameters beside mean and standard deviation, as `summary` shows them.
    pub(super) fn other(&self) -> Option<String> {
        use crate::convert::number_text;
        match self {
            Self::Normal { .. } | Self::Exponential { .. } => None,
            Self::GaussianKde(kde) => {
                Some(format!("parameter size: {}, bandwidth: {}", kde.points(), number_text(kde.bandwidth())))
            }
            Self::Beta(beta) => {
                let [a, b, start, scale] = beta.parameters().map(number_text);
                Some(format!("alpha: {a}, beta: {b}, loc: {start}, scale: {scale}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::{Distribution, Family};

    const DATA: [f64; 8] = [1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0];

    fn fit(family: Family) -> Distribution {
        let fitted = Sample::new(&DATA).and_then(|sample| family.fit(&sample));
        fitted.unwrap_or_else(|| panic!("{family:?} fits"))
    }

    #[track_caller]
    fn check(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
    }

    /// Expected values: SciPy's `norm.fit` and `expon.fit` with their `pdf`, `cdf` and `ppf`.
    #[test]
    fn normal_and_exponential() {
        let normal = fit(Family::Normal);
        check(normal.mean(), 6.875);
        check(normal.std(), NORMAL_STD);
        check(normal.at(10.0).density, NORMAL_DENSITY);
        check(normal.at(10.0).cumulative, NORMAL_CDF);
        check(normal.quantile(0.05), NORMAL_P05);
        check(normal.upper_quantile(0.05), NORMAL_P95);
        let exponential = fit(Family::Exponential);
        check(exponential.mean(), 6.875);
        check(exponential.std(), 5.875);
        check(exponential.at(10.0).density, EXPON_DENSITY);
        check(exponential.at(10.0).cumulative, EXPON_CDF);
        check(exponential.upper_quantile(0.01), EXPON_P99);
        check(exponential.at(0.5).cumulative, 0.0);
    }

    /// The mean below a point is the integral of `x` times the density up to it.
    #[test]
    fn means_below_a_point() {
        for family in [Family::Normal, Family::Exponential, Family::GaussianKde, Family::Beta] {
            let density = fit(family);
            let (from, to, step) = (-100.0_f64, 9.0, 0.001);
            let mut integral = 0.0;
            let mut x = from + step / 2.0;
            while x < to {
                integral += x * density.at(x).density * step;
                x += step;
            }
            let found = density.at(to).mean_below;
            // The sum is coarse where the beta density rises without end.
            assert!((found - integral).abs() < 0.02, "{family:?}: {found} is not {integral}");
        }
    }

    const NORMAL_STD: f64 = 6.508_408_023_472_406;
    const NORMAL_DENSITY: f64 = 0.054_622_765_425_638_03;
    const NORMAL_CDF: f64 = 0.684_438_969_826_696_8;
    const NORMAL_P05: f64 = -3.830_378_543_088_654_6;
    const NORMAL_P95: f64 = 17.580_378_543_088_656;
    const EXPON_DENSITY: f64 = 0.036_786_624_901_092_49;
    const EXPON_CDF: f64 = 0.783_878_578_706_081_6;
    const EXPON_P99: f64 = 28.055_374_842_680_035;
}
