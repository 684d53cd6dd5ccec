//! Datasets and their fields, as `tstats` names them.

use cim::{DataModel, Dataset};
use diag::{Diagnostic, codes};
use spl::ast::{Field, Spanned};
use text::Span;

use crate::TstatsSource;
use crate::checker::{Checker, is_derived, is_unkept};
use crate::command::span_of;
use crate::suggest::{nearest, slip_of};

/// What `tstats` reads. A part that could not be found has been reported, and its fields are not judged.
pub(crate) struct Source {
    /// What was found.
    pub(crate) found: Option<TstatsSource>,
    /// Its model, when found.
    model: Option<&'static DataModel>,
}

/// Fields that every row of a dataset has, written without a prefix.
const META_FIELDS: &[&str] = &["_time", "host", "index", "source", "sourcetype"];

/// Find what `FROM datamodel=…` means, narrowed by `nodename=`.
pub(crate) fn find(checker: &mut Checker<'_>, from: Option<&Spanned<String>>, node: Option<Spanned<String>>) -> Source {
    let Some(from) = from else {
        return Source { found: Some(TstatsSource::Events), model: None };
    };
    let Some((model, named)) = model_of(checker, from) else {
        return Source { found: None, model: None };
    };
    let found = match (named, node) {
        (Some(name), None) | (None, Some(name)) => dataset(checker, model, &name).map(TstatsSource::Dataset),
        (None, None) => Some(roots(model)),
        (Some(name), Some(node)) => {
            let whole = dataset(checker, model, &name);
            let part = dataset(checker, model, &node);
            part.filter(|part| whole.is_some_and(|whole| is_part(checker, part, whole, node.span)))
                .map(TstatsSource::Dataset)
        }
    };
    for dataset in found.iter().flat_map(TstatsSource::datasets) {
        checker.usage.datasets.insert(dataset.id.to_string());
    }
    Source { found, model: Some(model) }
}

/// The dataset that `Model.Dataset` names; a model alone stands for its root when it has one.
pub(crate) fn one(checker: &mut Checker<'_>, name: &Spanned<String>) -> Option<&'static Dataset> {
    let (model, named) = model_of(checker, name)?;
    let found = match named {
        Some(named) => dataset(checker, model, &named),
        None => only_root(checker, model, name.span),
    }?;
    checker.usage.datasets.insert(found.id.to_string());
    Some(found)
}

/// The model of `Model.Dataset`, and the rest of the name.
fn model_of(
    checker: &mut Checker<'_>,
    from: &Spanned<String>,
) -> Option<(&'static DataModel, Option<Spanned<String>>)> {
    let written = from.value.trim_matches('"');
    let (model_name, dataset_name) = match written.split_once('.') {
        Some((model, dataset)) => (model, Some(dataset)),
        None => (written, None),
    };
    let Some(model) = cim::find_model(model_name) else {
        let found = Diagnostic::error(
            codes::UNKNOWN_DATA_MODEL,
            span_of(checker.text, from.span, model_name),
            format!("unknown data model `{model_name}`"),
        );
        let near = nearest(model_name, cim::MODELS.iter().map(|model| model.name));
        checker.unknown(found.label("no such data model"), near);
        return None;
    };
    let named =
        dataset_name.map(|name| Spanned { value: name.to_owned(), span: span_of(checker.text, from.span, name) });
    Some((model, named))
}

/// `FROM datamodel=Web` reads every root dataset, of which most models have one.
fn roots(model: &'static DataModel) -> TstatsSource {
    let mut roots: Vec<_> = model.datasets.iter().copied().filter(|dataset| dataset.parent.is_none()).collect();
    match roots.pop() {
        Some(only) if roots.is_empty() => TstatsSource::Dataset(only),
        last => TstatsSource::Roots(roots.into_iter().chain(last).collect()),
    }
}

/// A dataset by name, or by its lineage: `All_Changes.Account_Management`.
fn dataset(checker: &mut Checker<'_>, model: &'static DataModel, name: &Spanned<String>) -> Option<&'static Dataset> {
    let last = name.value.rsplit('.').next().unwrap_or_default();
    let is_named = |dataset: &&Dataset| dataset.id.dataset == name.value || dataset.lineage() == name.value;
    let found = cim::find_dataset(model.name, last).filter(is_named);
    if found.is_none() {
        let message = format!("data model `{}` has no dataset `{}`", model.name, name.value);
        let unknown = Diagnostic::error(codes::UNKNOWN_DATASET, name.span, message).label("no such dataset");
        let known = model.datasets.iter().map(|dataset| dataset.id.dataset);
        let unknown = match nearest(last, known.clone()) {
            Some(near) => unknown.help(format!("did you mean `{}.{near}`?", model.name)),
            None => unknown.help(format!("it has {}", list(known))),
        };
        checker.push(unknown);
    }
    found
}

/// Is `part` the dataset `whole` or a child of it? An event of another one is in no row.
fn is_part(checker: &mut Checker<'_>, part: &Dataset, whole: &Dataset, span: Span) -> bool {
    let inside = part.id == whole.id || part.lineage().starts_with(&format!("{}.", whole.lineage()));
    if !inside {
        let message = format!("`{}` is no child of `{}`", part.id, whole.id);
        checker.unsupported(codes::UNSUPPORTED_OPTION, span, message);
    }
    inside
}

/// The root dataset of a model that has one.
fn only_root(checker: &mut Checker<'_>, model: &'static DataModel, span: Span) -> Option<&'static Dataset> {
    let mut roots = model.datasets.iter().copied().filter(|dataset| dataset.parent.is_none());
    let root = roots.next()?;
    if roots.next().is_some() {
        let message =
            format!("data model `{}` has several root datasets, and reading all of them is not supported", model.name);
        let help = format!("name one, such as `{}`", root.id);
        let found = Diagnostic::error(codes::UNSUPPORTED_OPTION, span, message).label("which dataset?").help(help);
        checker.push(found);
        return None;
    }
    Some(root)
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// The field that a name means, without the prefix; `None` when the dataset has none, which is reported.
pub(crate) fn field(checker: &mut Checker<'_>, source: &Source, field: &Field) -> Option<String> {
    let name = field.name.as_str();
    checker.usage.fields.insert(name.to_owned());
    if name.contains('*') {
        let message = format!("`tstats` takes no wildcard in a field name: `{name}`");
        checker.push(Diagnostic::error(codes::BAD_ARGUMENT, field.span, message));
        return None;
    }
    if META_FIELDS.contains(&name) {
        return Some(name.to_owned());
    }
    match source.found.as_ref()? {
        TstatsSource::Dataset(dataset) => field_of(checker, source, dataset, field),
        TstatsSource::Roots(roots) => {
            let root = roots.iter().find(|root| strip_prefix(root, name).is_some()).or(roots.first())?;
            field_of(checker, source, root, field).map(|_| name.to_owned())
        }
        TstatsSource::Events => {
            let message = format!("`tstats` without a data model reads only what Splunk's index keeps, not `{name}`");
            let help = format!("the index keeps {}", list(META_FIELDS.iter().copied()));
            let found = Diagnostic::error(codes::UNSUPPORTED_OPTION, field.span, message);
            checker.push(found.label("Weir cannot run this exactly yet").help(help));
            None
        }
    }
}

fn field_of(checker: &mut Checker<'_>, source: &Source, dataset: &'static Dataset, field: &Field) -> Option<String> {
    let name = field.name.as_str();
    if is_unkept(name) || is_derived(name) {
        let message = format!("datasets do not keep `{name}`");
        checker.unsupported(codes::UNSUPPORTED_OPTION, field.span, message);
        return None;
    }
    match strip_prefix(dataset, name) {
        Some(bare) => own_field(checker, dataset, field, bare),
        None => {
            foreign_field(checker, source, dataset, field);
            None
        }
    }
}

/// The name without the dataset's prefix: `Processes.dest`; `All_Changes.user` for a field that a child inherits, and
/// `All_Changes.Account_Management.src_user` for its own.
pub(crate) fn strip_prefix<'a>(dataset: &Dataset, name: &'a str) -> Option<&'a str> {
    let own = name.strip_prefix(&dataset.lineage()).and_then(|rest| rest.strip_prefix('.'));
    own.or_else(|| strip_prefix(dataset.parent()?, name))
}

/// The name of a dataset's field as `datamodel … search` writes it: with the names from the root to the dataset whose own it is.
pub(crate) fn full_name(dataset: &Dataset, field: &str) -> String {
    let own = dataset.fields.iter().any(|own| own.name == field);
    match dataset.parent() {
        Some(parent) if !own => full_name(parent, field),
        _ => format!("{}.{field}", dataset.lineage()),
    }
}

fn own_field(checker: &mut Checker<'_>, dataset: &'static Dataset, field: &Field, bare: &str) -> Option<String> {
    if dataset.field(bare).is_some() {
        return Some(bare.to_owned());
    }
    // A row that is in no such child has no value there.
    if child_field(dataset, bare).is_some() {
        return Some(bare.to_owned());
    }
    let message = format!("dataset `{}` has no field `{bare}`", dataset.id);
    let known: Vec<&str> = dataset.all_fields().iter().map(|field| field.name).collect();
    let prefix = field.name.strip_suffix(bare).unwrap_or_default();
    let found = match slip_of(bare, known.iter().copied()) {
        Some(meant) => Diagnostic::error(codes::UNKNOWN_DATASET_FIELD, field.span, message)
            .label("no such field")
            .help(format!("did you mean `{prefix}{meant}`?")),
        None => Diagnostic::warning(codes::UNKNOWN_DATASET_FIELD, field.span, message).label("always null"),
    };
    checker.push(found);
    None
}

/// The child dataset, or one of its children, whose own field `Child.field` is.
pub(crate) fn child_field<'a>(dataset: &Dataset, bare: &'a str) -> Option<(&'static Dataset, &'a str)> {
    let (child, name) = bare.split_once('.')?;
    let child = cim::find_dataset(dataset.id.model, child).filter(|child| child.parent == Some(dataset.id.dataset))?;
    if child.fields.iter().any(|field| field.name == name) {
        return Some((child, name));
    }
    child_field(child, name)
}

/// A name that does not start with the dataset's prefix is null in Splunk: a warning. It is an error when the prefix is a slip
/// by more than its case: published content has `processes.`, and runs.
fn foreign_field(checker: &mut Checker<'_>, source: &Source, dataset: &'static Dataset, field: &Field) {
    let lineage = dataset.lineage();
    let root = lineage.split('.').next().unwrap_or_default();
    let name = field.name.as_str();
    let (prefix, bare) = name.split_once('.').map_or((None, name), |(prefix, bare)| (Some(prefix), bare));
    let known = |prefix: &str| source.model.is_some_and(|model| cim::find_dataset(model.name, prefix).is_some());
    let slip = prefix.filter(|prefix| !known(prefix) && slip_of(prefix, [root]).is_some());
    if slip.is_some_and(|prefix| !prefix.eq_ignore_ascii_case(root)) {
        let message = format!("`{name}` does not belong to dataset `{}`", dataset.id);
        let found = Diagnostic::error(codes::UNKNOWN_DATASET, field.span, message).label("no such dataset");
        checker.push(found.help(format!("did you mean `{root}.{bare}`?")));
        return;
    }
    let message = format!("`{name}` is not a field of dataset `{}`", dataset.id);
    let found = Diagnostic::warning(codes::UNKNOWN_DATASET_FIELD, field.span, message).label("always null");
    checker.push(match dataset.field(bare) {
        Some(_) => found.help(format!("write `{root}.{bare}`")),
        None => found,
    });
}
