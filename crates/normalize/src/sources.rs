//! What packs know, for people and for checks of content.

use std::collections::BTreeSet;

use cim::DatasetId;
use event::Format;

use crate::expr::Op;
use crate::extract::Step;
use crate::pack::{Pack, Piece, Symbols, Template, of_record};

/// The events that a pack is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The pack's name.
    pub pack: String,
    /// One line.
    pub description: String,
    /// The forms its events come in.
    pub formats: Vec<Format>,
    /// Their sourcetype.
    pub sourcetype: String,
    /// Other sourcetypes that they may be given as.
    pub also: Vec<String>,
    /// The index that they say they are in, where they do.
    pub index: Option<String>,
    /// The event types that some of them have.
    pub eventtypes: BTreeSet<String>,
    /// Fields that some of them have: computed, extracted, or read by what is computed.
    pub fields: BTreeSet<String>,
    /// The log itself names its fields, so that events may have others than the pack knows.
    pub is_open: bool,
    /// They are measurements.
    pub is_metrics: bool,
    /// How their `source` is made, `$Field$` standing for a field's value.
    pub source: Vec<String>,
    /// What the pack knows about some of them.
    pub groups: Vec<Group>,
}

/// Events of a pack that are treated alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Their event types.
    pub eventtypes: Vec<String>,
    /// Their tags.
    pub tags: Vec<String>,
    /// The datasets that these tags lead to.
    pub datasets: Vec<DatasetId>,
    /// The fields that are computed for them, by the group itself or for all events of its part.
    pub fields: BTreeSet<String>,
}

/// Describe a pack.
pub(crate) fn describe(pack: &Pack, symbols: &Symbols) -> Source {
    let template = |template: &Template| {
        let pieces = template.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(name) => format!("${}$", symbols.name(*name)),
        });
        pieces.collect::<String>()
    };
    Source {
        pack: pack.name.clone(),
        description: pack.description.clone(),
        formats: pack.formats.clone(),
        sourcetype: pack.sourcetype.clone(),
        also: pack.also.clone(),
        index: index(pack),
        eventtypes: pack.layers.iter().flat_map(|layer| layer.eventtypes.iter().cloned()).collect(),
        fields: fields(pack),
        is_open: pack.formats.iter().any(|format| *format != Format::Lines) || pack.extract.iter().any(Step::is_open),
        is_metrics: pack.metrics.is_some(),
        source: pack.source.iter().map(template).collect(),
        groups: groups(pack),
    }
}

/// The index that a pack gives every event.
fn index(pack: &Pack) -> Option<String> {
    let given = pack.layers.iter().flat_map(|layer| &layer.fields).find(|(name, _)| name == "index");
    match given {
        Some((_, Op::Text(index))) => Some(index.to_string()),
        _ => None,
    }
}

fn fields(pack: &Pack) -> BTreeSet<String> {
    let computed = pack.layers.iter().flat_map(|layer| layer.fields.iter().map(|(name, _)| name.clone()));
    let read = pack.used.iter().filter_map(|name| pack.spellings.get(name.0)).flatten();
    let read = read.filter(|name| of_record(name).is_none()).cloned();
    let extracted = pack.extract.iter().flat_map(Step::names);
    // What the definitions call a field that the log spells otherwise is a field, too.
    let short = pack.names.keys().filter(|name| *name != "*").cloned();
    computed.chain(read).chain(extracted).chain(short).collect()
}

fn groups(pack: &Pack) -> Vec<Group> {
    let mut groups = Vec::new();
    for layer in pack.layers.iter().filter(|layer| !layer.tags.is_empty()) {
        // Fields of layers without a condition of their own hold for every event of the same scope.
        let general = pack.layers.iter().filter(|other| {
            other.when.is_none() && other.tags.is_empty() && (other.scope.is_none() || other.scope == layer.scope)
        });
        let fields =
            general.chain([layer]).flat_map(|layer| layer.fields.iter().map(|(name, _)| name.clone())).collect();
        let datasets = cim::MODELS.iter().flat_map(|model| model.datasets.iter());
        let entered = datasets.filter(|dataset| dataset.tags.iter().all(|tag| layer.tags.iter().any(|own| own == tag)));
        groups.push(Group {
            eventtypes: layer.eventtypes.clone(),
            tags: layer.tags.clone(),
            datasets: entered.map(|dataset| dataset.id).collect(),
            fields,
        });
    }
    groups
}
