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
/// Splunk reads a field that does not exist as null. That is right for a field of an older or newer model, and it
/// silently breaks a detection whose author hit a wrong key. The two are told apart by edit distance: a name
/// of at least four letters, one edit (a letter added, lost, changed, or two swapped, or another case) away from a known name, or two edits in at
/// least nine letters, is a slip and an error; anything farther is a warning. A name that some dataset of
/// CIM has is a word of its own (`dest_host` is no slip of `dest_port`) unless only its case differs.
pub(crate) fn slip_of<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = word.chars().count();
    let limit = match letters {
        0..=3 => return None,
        4..=8 => 1,
        _ => 2,
    };
    let known = is_cim_field(word);
    let near = candidates.into_iter().filter(|candidate| *candidate != word);
    let near = near.filter_map(|candidate| {
        if candidate.eq_ignore_ascii_case(word) {
            return Some((0, candidate));
        }
        let distance = strsim::osa_distance(word, candidate);
        (!known && distance <= limit && !differs_by_number(word, candidate)).then_some((distance, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// `field1` and `field2`, `user` and `users` are names that authors tell apart on purpose.
fn differs_by_number(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit() || c == 's').to_owned();
    bare(one) == bare(other)
}

fn is_cim_field(name: &str) -> bool {
    let datasets = cim::MODELS.iter().flat_map(|model| model.datasets);
    datasets.flat_map(|dataset| dataset.fields).any(|field| field.name == name)
}
