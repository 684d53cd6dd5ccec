//! What packs know, for people and for checks of content.

use std::collections::BTreeSet;

use cim::DatasetId;
use event::Format;

use crate::pack::{Pack, Piece, Symbols, Template};

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
        source: pack.source.iter().map(template).collect(),
        groups: groups(pack),
    }
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
