//! The lookups and models of content: as names that searches are checked against, and as the stores that they run with.

use std::collections::BTreeMap;
use std::sync::Arc;

use content::{Content, Detection, Lookup, LookupSource};
use engine::lookup::{Computed, LookupDefinition, LookupKind, MatchType, MemoryLookups, TimeBound};
use engine::{Geo, Stores};
use plan::{Fit, FittedModel, LookupSchema, Names, Op};

use crate::compile::CompiledDetection;

/// The names that searches may refer to beyond SPL and CIM. Whether there is a database of addresses, the caller knows.
pub fn names_of(content: &Content) -> Names {
    let mut names = Names::default();
    for table in &content.tables {
        let fields = Some(table.columns.clone());
        names.lookups.insert(table.name.clone(), LookupSchema { fields, ..LookupSchema::default() });
    }
    for lookup in &content.lookups {
        if let LookupSource::Model(file) = &lookup.source {
            names.models.insert(model_name(&lookup.name).to_owned(), model_reason(file));
            continue;
        }
        let schema = schema(content, lookup);
        if let (LookupSource::Csv(file), Some(_)) = (&lookup.source, &schema.absent) {
            names.lookups.entry(file.clone()).or_insert_with(|| schema.clone());
        }
        names.lookups.insert(lookup.name.clone(), schema);
    }
    names
}

/// The models that baselines fit, by name: what a search may know of a model that it applies before there is one.
pub fn fitted_by(baselines: &[Detection], compiled: &[CompiledDetection]) -> BTreeMap<String, FittedModel> {
    let mut models = BTreeMap::new();
    for (baseline, compiled) in baselines.iter().zip(compiled) {
        for stage in compiled.plan.iter().flat_map(|plan| &plan.stages) {
            let Op::Fit(Fit { into: Some(model), field, by, show_density, .. }) = &stage.op else { continue };
            let fitted = FittedModel {
                baseline: baseline.name.clone(),
                field: field.clone(),
                by: by.clone(),
                show_density: *show_density,
            };
            models.entry(model.clone()).or_insert(fitted);
        }
    }
    models
}

/// The Machine Learning Toolkit keeps a model as a lookup, under its name with this before it.
fn model_name(lookup: &str) -> &str {
    lookup.strip_prefix("__mlspl_").unwrap_or(lookup)
}

fn model_reason(file: &str) -> String {
    format!("`{file}` holds Python objects of the Machine Learning Toolkit")
}

fn schema(content: &Content, lookup: &Lookup) -> LookupSchema {
    let listed = (!lookup.fields.is_empty()).then(|| lookup.fields.clone());
    match &lookup.source {
        LookupSource::Csv(file) => match content.table(file) {
            Some(table) => LookupSchema { fields: Some(table.columns.clone()), ..LookupSchema::default() },
            None => LookupSchema { fields: listed, absent: Some(absent(lookup, file)), ..LookupSchema::default() },
        },
        LookupSource::Collection(_) | LookupSource::Model(_) => {
            let absent = lookup.app.as_ref().map(|app| format!("it belongs to {app}"));
            LookupSchema { fields: listed, absent, ..LookupSchema::default() }
        }
        LookupSource::Computed if Computed::find(&lookup.name).is_some() => {
            LookupSchema { fields: listed, computed: true, ..LookupSchema::default() }
        }
        LookupSource::Computed => {
            let absent = Some("Weir does not know how it is computed".to_owned());
            LookupSchema { fields: listed, absent, ..LookupSchema::default() }
        }
    }
}

fn absent(lookup: &Lookup, file: &str) -> String {
    match &lookup.app {
        Some(app) => format!("it belongs to {app}, and no content folder has its file `{file}`"),
        None => format!("its file `{file}` is not loaded"),
    }
}

/// The stores that searches over this content begin with: the tables of its files, and empty collections. `names` is what
/// searches are checked against that come up while another one runs.
pub fn stores_of(content: &Content, names: Names, geo: Option<Arc<Geo>>) -> Stores {
    let mut lookups = MemoryLookups::default();
    for table in &content.tables {
        lookups.set_csv(table.name.clone(), content.files.text(table.file));
    }
    for lookup in &content.lookups {
        if let Some(definition) = definition(lookup) {
            lookups.define(lookup.name.clone(), definition);
        }
    }
    Stores::new(Arc::new(names), Arc::new(lookups), geo)
}

/// How the engine searches a lookup; `None` for a model, which is none.
fn definition(lookup: &Lookup) -> Option<LookupDefinition> {
    let (table, kind) = match &lookup.source {
        LookupSource::Csv(file) => (file.clone(), LookupKind::File),
        LookupSource::Collection(name) => (name.clone(), LookupKind::Collection { fields: lookup.fields.clone() }),
        LookupSource::Computed => {
            let kind = Computed::find(&lookup.name).map_or(LookupKind::File, LookupKind::Computed);
            (lookup.name.clone(), kind)
        }
        LookupSource::Model(_) => return None,
    };
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    Some(LookupDefinition {
        table,
        kind,
        match_types: lookup.match_types.iter().map(|(kind, field)| (match_type(*kind), field.clone())).collect(),
        case_sensitive: lookup.case_sensitive,
        min_matches: lookup.min_matches.map_or(0, count),
        max_matches: lookup.max_matches.map(count),
        default_match: lookup.default_match.clone().unwrap_or_default(),
        time: lookup.time.as_ref().map(|time| TimeBound {
            field: time.field.clone(),
            format: time.format.clone(),
            min_offset: time.min_offset,
            max_offset: time.max_offset,
        }),
    })
}

fn match_type(kind: content::MatchType) -> MatchType {
    match kind {
        content::MatchType::Wildcard => MatchType::Wildcard,
        content::MatchType::Cidr => MatchType::Cidr,
    }
}

#[cfg(test)]
mod tests;
