//! The functions of probability theory that densities are made of.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// The density of the standard normal distribution.
pub(super) fn normal_pdf(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// The cumulative function of the standard normal distribution.
pub(super) fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// Where the standard normal distribution's cumulative function reaches `p`, for `p` in (0, 1).
///
/// The start is Abramowitz and Stegun 26.2.23; Halley's method makes it exact.
pub(super) fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let t = (-2.0 * p.ln()).sqrt();
    let numerator = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let denominator = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = numerator / denominator - t;
    for _ in 0..4 {
        let error = (normal_cdf(z) - p) / normal_pdf(z);
        z -= error / (1.0 + z * error / 2.0);
    }
    z
}

/// The logarithm of the beta function.
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// The regularised incomplete beta function: the cumulative function of the beta distribution on [0, 1].
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22, a continued fraction.
pub(super) fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b)).exp();
    // The fraction converges fast on the side where the mean is.
    if x <= (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction of [`beta_cdf`], by Lentz's method.
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guarded = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guarded(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..=10_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for coefficient in [even, odd] {
            d = 1.0 / guarded(1.0 + coefficient * d);
            c = guarded(1.0 + coefficient / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

/// Where a rising function reaches `level` between `low` and `high`. `at` gives its value and slope.
///
/// Newton's method, kept between the bounds by halving.
pub(super) fn reach(level: f64, low: f64, high: f64, at: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut x = f64::midpoint(low, high);
    for _ in 0..200 {
        let (value, slope) = at(x);
        if value < level {
            low = x;
        } else {
            high = x;
        }
        let newton = x - (value - level) / slope;
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        if (next - x).abs() <= 1e-15 * next.abs().max(f64::MIN_POSITIVE) {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::{beta_cdf, normal_cdf, normal_quantile, reach};

    #[track_caller]
    fn check(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{found} is not {expected}");
    }

    /// Expected values: SciPy's `norm.cdf`, `norm.ppf`, `betainc`.
    #[test]
    fn special_functions() {
        check(normal_cdf(1.0), 0.841_344_746_068_542_9);
        check(normal_cdf(-8.0), 6.220_960_574_271_74e-16);
        check(normal_quantile(0.005), -2.575_829_303_548_901);
        check(normal_quantile(0.995), 2.575_829_303_548_901);
        check(normal_quantile(5e-10), -6.109_410_204_869_397);
        check(normal_quantile(0.5), 0.0);
        check(beta_cdf(0.3, 2.0, 5.0), 0.579_825);
        check(beta_cdf(0.999, 0.5, 0.5), 0.979_864_958_366_623_5);
        check(beta_cdf(0.01, 300.0, 2.0), 0.0);
    }

    #[test]
    fn a_rising_function_is_turned_round() {
        check(reach(0.25, 0.0, 1.0, |x| (x * x, 2.0 * x)), 0.5);
        check(reach(0.5, -40.0, 40.0, |x| (normal_cdf(x), super::normal_pdf(x))), 0.0);
    }
}
