//! The data that a density is fitted to.

/// Numbers, sorted, each once with the number of times it was seen. Never empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sample {
    values: Vec<(f64, f64)>,
    count: f64,
    mean: f64,
}

impl Sample {
    /// The finite numbers among `numbers`; `None` when there is none.
    #[expect(clippy::cast_precision_loss, reason = "a number of rows in memory")]
    pub(super) fn new(numbers: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = numbers.iter().copied().filter(|number| number.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let mut values: Vec<(f64, f64)> = Vec::new();
        for number in &sorted {
            match values.last_mut() {
                Some((value, times)) if value == number => *times += 1.0,
                _ => values.push((*number, 1.0)),
            }
        }
        let count = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / count;
        (!values.is_empty()).then_some(Self { values, count, mean })
    }

    /// Value and number of times, in rising order.
    pub(super) fn values(&self) -> &[(f64, f64)] {
        &self.values
    }

    pub(super) fn count(&self) -> f64 {
        self.count
    }

    pub(super) fn mean(&self) -> f64 {
        self.mean
    }

    pub(super) fn min(&self) -> f64 {
        self.values.first().map_or(f64::NAN, |(value, _)| *value)
    }

    pub(super) fn max(&self) -> f64 {
        self.values.last().map_or(f64::NAN, |(value, _)| *value)
    }

    /// The mean of the distances from the mean to a power: the second is the variance.
    pub(super) fn moment(&self, power: i32) -> f64 {
        self.values.iter().map(|(value, times)| times * (value - self.mean).powi(power)).sum::<f64>() / self.count
    }

    /// True when all values are the same, so that no density has a width.
    pub(super) fn is_one_value(&self) -> bool {
        self.values.len() == 1
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn moments() {
        let sample = Sample::new(&[3.0, 1.0, 1.0, f64::NAN, 7.0]).unwrap_or_else(|| panic!("numbers"));
        assert_eq!(sample.values(), [(1.0, 2.0), (3.0, 1.0), (7.0, 1.0)]);
        assert_eq!((sample.count(), sample.mean(), sample.min(), sample.max()), (4.0, 3.0, 1.0, 7.0));
        assert_eq!((sample.moment(2), sample.moment(3)), (6.0, 12.0));
        assert_eq!(Sample::new(&[f64::NAN]), None);
    }
}
