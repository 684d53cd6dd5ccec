//! "Did you mean": the nearest known word, within an edit distance of a third of the word.

/// The known word nearest to `word`; the first of equals.
pub(crate) fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let limit = word.chars().count() / 3;
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        if fewest_edits(word, candidate) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(word, candidate);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Edits that it takes at the least: those of the letters that one word has more of. Counting is far quicker than aligning, and
/// most words are far apart.
fn fewest_edits(word: &str, other: &str) -> usize {
    if !word.is_ascii() || !other.is_ascii() {
        return 0;
    }
    let mut counts = [0_isize; 128];
    let mut add = |byte: u8, more: isize| {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += more;
        }
    };
    word.bytes().for_each(|byte| add(byte, 1));
    other.bytes().for_each(|byte| add(byte, -1));
    let (more, fewer) =
        counts.iter().fold((0, 0), |(more, fewer), count| (more + count.max(&0), fewer - count.min(&0)));
    more.max(fewer).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::{closest, fewest_edits};

    #[test]
    fn no_more_edits_are_counted_than_it_takes() {
        let words =
            ["", "a", "stats", "statss", "tsats", "eventstats", "Sysmon EventID 1", "Sysmon EventID 13", "ärger"];
        for word in words {
            for other in words {
                assert!(fewest_edits(word, other) <= strsim::damerau_levenshtein(word, other), "{word} {other}");
            }
        }
        assert_eq!(fewest_edits("stats", "state"), 1);
        assert_eq!(closest("eventstat", ["stats", "eventstats"]), Some("eventstats"));
    }
}
