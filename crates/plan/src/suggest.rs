//! "Did you mean": the nearest known name, and whether a name is so near that it must be a slip.

/// The nearest of `candidates` within an edit distance of a third of the word's length.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    let lower = word.to_lowercase();
    let scored = candidates.into_iter().filter(|candidate| *candidate != word);
    let scored = scored.map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate));
    scored.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

/// The candidate that `word` is a slip of, when there is one.
///
/// Splunk reads a field that does not exist as null. That is right for a field of an older or newer model, and it silently
/// breaks a detection whose author hit a wrong key. The two are told apart by edit distance, word by word between
/// underscores: a word of four letters or more with one edit (a letter added, lost, changed, or two swapped), or of eight or
/// more with two, is a slip and an error; so are two swapped letters of a shorter one, another case, and a lost or added
/// underscore. Anything farther is a warning: `dest_host` is no slip of `dest_port`, nor `dest_id` of `dest_ip`. A name that
/// some dataset of CIM has is a word of its own unless only its case differs, and so is a plural or a numbered name.
pub(crate) fn slip_of<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known = is_cim_field(word);
    let near = candidates.into_iter().filter(|candidate| *candidate != word);
    let near = near.filter(|candidate| candidate.eq_ignore_ascii_case(word) || (!known && is_slip(word, candidate)));
    near.min_by_key(|candidate| (strsim::osa_distance(word, candidate), *candidate))
}

fn is_slip(word: &str, meant: &str) -> bool {
    let (words, meant_words): (Vec<&str>, Vec<&str>) = (word.split('_').collect(), meant.split('_').collect());
    if words.len() != meant_words.len() {
        return word.replace('_', "") == meant.replace('_', "");
    }
    let differing = words.iter().zip(&meant_words).filter(|(one, other)| one != other);
    let mut edits = 0;
    for (one, other) in differing {
        let distance = strsim::osa_distance(one, other);
        let limit = match one.chars().count().max(other.chars().count()) {
            0..=3 => usize::from(sorted(one) == sorted(other)),
            4..=7 => 1,
            _ => 2,
        };
        if distance > limit || numbered(one, other) {
            return false;
        }
        edits += distance;
    }
    edits <= 2
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// `field1` and `field2`, `user` and `users` are names that authors tell apart on purpose.
fn numbered(one: &str, other: &str) -> bool {
    let bare = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let plural = |one: &str, other: &str| other.strip_suffix('s') == Some(one) && !one.ends_with('s');
    bare(one) == bare(other) || plural(one, other) || plural(other, one)
}

fn is_cim_field(name: &str) -> bool {
    let datasets = cim::MODELS.iter().flat_map(|model| model.datasets);
    datasets.flat_map(|dataset| dataset.fields).any(|field| field.name == name)
}

#[cfg(test)]
mod tests {
    use super::{nearest, slip_of};

    #[track_caller]
    fn check(word: &str, candidate: &str, slip: bool) {
        assert_eq!(slip_of(word, [candidate]).is_some(), slip, "{word} for {candidate}");
    }

    #[test]
    fn slips_are_told_from_other_names() {
        check("proces_name", "process_name", true);
        check("prcoess_name", "process_name", true);
        check("usr", "user", true);
        check("Process_name", "process_name", true);
        check("processname", "process_name", true);
        check("regsitry_value_dta", "registry_value_data", true);
        check("orig_process_name", "process_name", false);
        check("dest_host", "dest_port", false);
        check("dest_id", "dest_ip", false);
        check("scr_ip", "src_ip", true);
        check("sr_ip", "src_ip", false);
        check("users", "user", false);
        check("field1", "field2", false);
        check("file_name", "file_names", false);
        // Both are fields of CIM.
        check("dest", "test", false);
    }

    #[test]
    fn suggestions_reach_a_third() {
        assert_eq!(nearest("Endpont", ["Endpoint", "Email"]), Some("Endpoint"));
        assert_eq!(nearest("xyz", ["Endpoint"]), None);
    }
}
