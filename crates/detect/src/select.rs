//! `--select`: which detections to run.

use content::{Detection, Status};

use crate::compile::CompiledDetection;

/// Terms that must all hold, each with a list of alternatives. No terms: all but deprecated content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selector {
    terms: Vec<(Key, Vec<String>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Name,
    Id,
    Type,
    Story,
    Technique,
    DataModel,
    Status,
}

const KEYS: &[(&str, Key)] = &[
    ("name", Key::Name),
    ("id", Key::Id),
    ("type", Key::Type),
    ("story", Key::Story),
    ("technique", Key::Technique),
    ("datamodel", Key::DataModel),
    ("status", Key::Status),
];

/// Why `--select` cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SelectorError {
    /// No `=`.
    #[error("`{0}` is not `key=value`; keys are name, id, type, story, technique, datamodel, status")]
    Form(String),
    /// No such key.
    #[error("`{0}` is no key of --select; keys are name, id, type, story, technique, datamodel, status")]
    Key(String),
}

impl Selector {
    /// Read terms such as `type=TTP,Anomaly`, one an argument.
    ///
    /// # Errors
    /// [`SelectorError`] quotes the term at fault.
    pub fn parse(terms: &[String]) -> Result<Self, SelectorError> {
        let terms = terms.iter().map(|term| {
            let (key, values) = term.split_once('=').ok_or_else(|| SelectorError::Form(term.clone()))?;
            let known = KEYS.iter().find(|(name, _)| name.eq_ignore_ascii_case(key.trim()));
            let key = known.map(|(_, key)| *key).ok_or_else(|| SelectorError::Key(key.to_owned()))?;
            Ok((key, values.split(',').map(|value| value.trim().to_lowercase()).collect()))
        });
        Ok(Self { terms: terms.collect::<Result<_, _>>()? })
    }

    /// True when the detection is chosen.
    pub fn selects(&self, compiled: &CompiledDetection, detection: &Detection) -> bool {
        let names_status = self.terms.iter().any(|(key, _)| *key == Key::Status);
        if detection.status == Status::Deprecated && !names_status && !self.names_it(detection) {
            return false;
        }
        self.terms.iter().all(|(key, wanted)| {
            let actual = actual_values(*key, compiled, detection);
            actual.iter().any(|value| wanted.iter().any(|pattern| like(pattern, value)))
        })
    }

    /// A deprecated detection asked for by its exact name or id is meant.
    fn names_it(&self, detection: &Detection) -> bool {
        self.terms.iter().any(|(key, wanted)| match key {
            Key::Name => wanted.contains(&detection.name.to_lowercase()),
            Key::Id => wanted.contains(&detection.id.to_lowercase()),
            _ => false,
        })
    }
}

fn actual_values(key: Key, compiled: &CompiledDetection, detection: &Detection) -> Vec<String> {
    match key {
        Key::Name => vec![detection.name.to_lowercase()],
        Key::Id => vec![detection.id.to_lowercase()],
        Key::Type => vec![detection.kind.as_str().to_lowercase()],
        Key::Story => detection.stories.iter().map(|story| story.to_lowercase()).collect(),
        Key::Technique => detection.annotations.mitre_attack.iter().map(|id| id.to_lowercase()).collect(),
        Key::DataModel => compiled.usage.datasets.iter().flat_map(|dataset| with_model(dataset)).collect(),
        Key::Status => vec![detection.status.as_str().to_owned()],
    }
}

/// `endpoint.processes` is asked for as `Endpoint` and as `Endpoint.Processes`.
fn with_model(dataset: &str) -> Vec<String> {
    let dataset = dataset.to_lowercase();
    let model = dataset.split('.').next().unwrap_or_default().to_owned();
    vec![model, dataset]
}

/// `*` is any text; both sides are in lower case.
fn like(pattern: &str, value: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = value.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some((_, after)) = rest.split_once(part).or(part.is_empty().then_some(("", rest))) else { return false };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn star_is_any_text() {
        for (pattern, value, expected) in [
            ("ttp", "ttp", true),
            ("ttp", "ttps", false),
            ("windows *", "windows ngrok", true),
            ("*ngrok*", "windows ngrok reverse proxy", true),
            ("*ngrok*proxy", "windows ngrok reverse proxy usage", false),
            ("t1003*", "t1003.001", true),
            ("*", "", true),
        ] {
            assert_eq!(like(pattern, value), expected, "{pattern} on {value}");
        }
    }
}
