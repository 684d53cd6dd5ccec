//! The downhill simplex method of Nelder and Mead, with the steps and limits of SciPy's `fmin`.

/// How close the corners must come to each other, in place and in value.
const TOLERANCE: f64 = 1e-4;

/// The place where `function` is least, looked for from `start` on.
pub(super) fn minimum<const N: usize>(start: [f64; N], function: impl Fn(&[f64; N]) -> f64) -> [f64; N] {
    let mut simplex = Simplex::around(start, &function);
    let most = N * 200;
    let mut steps = 0;
    while simplex.calls < most && steps < most && !simplex.is_small() {
        simplex.step(&function);
        steps += 1;
    }
    simplex.corners.first().map_or(start, |(place, _)| *place)
}

struct Simplex<const N: usize> {
    /// `N + 1` places with their values, the least first.
    corners: Vec<([f64; N], f64)>,
    calls: usize,
}

impl<const N: usize> Simplex<N> {
    fn around(start: [f64; N], function: &impl Fn(&[f64; N]) -> f64) -> Self {
        let mut corners = vec![(start, function(&start))];
        for axis in 0..N {
            let mut corner = start;
            if let Some(value) = corner.get_mut(axis) {
                *value = if *value == 0.0 { 0.000_25 } else { *value * 1.05 };
            }
            corners.push((corner, function(&corner)));
        }
        let mut simplex = Self { corners, calls: N + 1 };
        simplex.sort();
        simplex
    }

    fn sort(&mut self) {
        self.corners.sort_by(|a, b| a.1.total_cmp(&b.1));
    }

    fn is_small(&self) -> bool {
        let Some(((best, least), others)) = self.corners.split_first() else { return true };
        others.iter().all(|(place, value)| {
            let near = place.iter().zip(best).all(|(a, b)| (a - b).abs() <= TOLERANCE);
            near && (value - least).abs() <= TOLERANCE
        })
    }

    fn step(&mut self, function: &impl Fn(&[f64; N]) -> f64) {
        let (Some((worst, greatest)), Some((_, least))) = (self.corners.last().copied(), self.corners.first().copied())
        else {
            return;
        };
        let middle = self.middle();
        let before_greatest = self.corners.iter().rev().nth(1).map_or(greatest, |(_, value)| *value);
        let mut calls = 0;
        let mut between = |weight: f64| {
            calls += 1;
            let mut place = middle;
            place.iter_mut().zip(&worst).for_each(|(x, worst)| *x = (1.0 + weight) * *x - weight * worst);
            (place, function(&place))
        };
        let reflected = between(1.0);
        let replacement = if reflected.1 < least {
            let expanded = between(2.0);
            Some(if expanded.1 < reflected.1 { expanded } else { reflected })
        } else if reflected.1 < before_greatest {
            Some(reflected)
        } else if reflected.1 < greatest {
            let outside = between(0.5);
            (outside.1 <= reflected.1).then_some(outside)
        } else {
            let inside = between(-0.5);
            (inside.1 < greatest).then_some(inside)
        };
        self.calls += calls;
        match (replacement, self.corners.last_mut()) {
            (Some(corner), Some(last)) => *last = corner,
            _ => self.shrink(function),
        }
        self.sort();
    }

    /// The middle of all corners but the worst.
    #[expect(clippy::cast_precision_loss, reason = "a number of parameters")]
    fn middle(&self) -> [f64; N] {
        let mut middle = [0.0; N];
        for (place, _) in self.corners.iter().take(N) {
            middle.iter_mut().zip(place).for_each(|(sum, x)| *sum += x);
        }
        middle.map(|sum| sum / N as f64)
    }

    fn shrink(&mut self, function: &impl Fn(&[f64; N]) -> f64) {
        let Some(((best, _), others)) = self.corners.split_first_mut() else { return };
        for (place, value) in others {
            place.iter_mut().zip(best.iter()).for_each(|(x, best)| *x = best + 0.5 * (*x - best));
            *value = function(place);
            self.calls += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::minimum;

    /// Rosenbrock's valley, the usual hard case. Expected: what SciPy's `fmin` gives.
    #[test]
    fn a_curved_valley() {
        let found = minimum([-1.2, 1.0], |[x, y]| 100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2));
        assert_eq!(found, [1.000_022_021_783_569_6, 1.000_042_219_751_771_5]);
    }
}
