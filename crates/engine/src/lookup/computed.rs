//! Lookups without a table, computed as the scripts of other apps do.

/// A lookup that is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computed {
    /// `ut_shannon_lookup` of URL Toolbox: the entropy of `word` as `ut_shannon`.
    Shannon,
}

impl Computed {
    /// The computed lookup of this name.
    pub fn find(name: &str) -> Option<Self> {
        (name == "ut_shannon_lookup").then_some(Self::Shannon)
    }

    /// Its columns: what it is given, and what it gives.
    pub fn columns(self) -> [&'static str; 2] {
        match self {
            Self::Shannon => ["word", "ut_shannon"],
        }
    }

    /// What it gives for a value.
    pub(crate) fn compute(self, value: &str) -> String {
        match self {
            Self::Shannon => python_number(shannon(value.trim())),
        }
    }
}

/// Bits a character, summed in the order in which characters first occur: URL Toolbox adds in that order, and sums of
/// doubles depend on it.
fn shannon(word: &str) -> f64 {
    let mut counts: Vec<(char, u32)> = Vec::new();
    let mut length = 0_u32;
    for letter in word.chars() {
        length += 1;
        match counts.iter_mut().find(|(known, _)| *known == letter) {
            Some((_, count)) => *count += 1,
            None => counts.push((letter, 1)),
        }
    }
    let mut entropy = 0.0;
    for (_, count) in counts {
        let share = f64::from(count) / f64::from(length);
        entropy -= share * (share.ln() / 2_f64.ln());
    }
    entropy
}

/// A number as a Python script writes it: the shortest digits that read back as it, and at least one decimal.
fn python_number(number: f64) -> String {
    format!("{number:?}")
}

#[cfg(test)]
mod tests {
    use super::Computed;

    #[test]
    fn entropy_is_written_as_python_writes_it() {
        // Computed with CPython 3: sums of -p * math.log(p, 2) in the order of the letters.
        let check = |word: &str, expected: &str| assert_eq!(Computed::Shannon.compute(word), expected, "{word}");
        check("", "0.0");
        check("aaaa", "0.0");
        check("ab", "1.0");
        check("abcd", "2.0");
        check(" ab ", "1.0");
        check("splunk", "2.584962500721156");
        check("google.com", "2.6464393446710153");
        check("éé", "0.0");
    }
}
