//! Datasets and their fields, as `tstats` names them.

use cim::{DataModel, Dataset};
use diag::{Diagnostic, codes};
use spl::ast::{Command, Field, Spanned};
use text::Span;

use crate::checker::{Checker, is_unkept};
use crate::command::span_of;
use crate::suggest::{nearest, slip_of};

/// What `tstats` reads. A part that could not be found has been reported, and its fields are not judged.
pub(crate) struct Source {
    /// The dataset, when found.
    pub(crate) dataset: Option<&'static Dataset>,
    /// Its model, when found.
    model: Option<&'static DataModel>,
}

/// Fields that every row of a dataset has, written without a prefix.
const META_FIELDS: &[&str] = &["_time", "host", "source", "sourcetype"];

/// Find the dataset of `FROM datamodel=…`, narrowed by `nodename=`.
pub(crate) fn find(
    checker: &mut Checker<'_>,
    command: &Command,
    from: Option<&Spanned<String>>,
    node: Option<Spanned<String>>,
) -> Source {
    let none = Source { dataset: None, model: None };
    let Some(from) = from else {
        let message = "`tstats` without `FROM datamodel=` is not supported";
        checker.unsupported(codes::UNSUPPORTED_OPTION, command.name.span, message);
        return none;
    };
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
        return none;
    };
    let named =
        dataset_name.map(|name| Spanned { value: name.to_owned(), span: span_of(checker.text, from.span, name) });
    let dataset = match (named, node) {
        (Some(name), None) => dataset(checker, model, &name),
        (None, Some(node)) => dataset(checker, model, &node),
        (None, None) => only_root(checker, model, from.span),
        (Some(name), Some(node)) => {
            let whole = dataset(checker, model, &name);
            dataset(checker, model, &node)
                .filter(|part| whole.is_some_and(|whole| is_part(checker, part, whole, node.span)))
        }
    };
    if let Some(dataset) = dataset {
        checker.usage.datasets.insert(dataset.id.to_string());
    }
    Source { dataset, model: Some(model) }
}

/// A dataset by name, or by its lineage: `All_Changes.Account_Management`.
fn dataset(checker: &mut Checker<'_>, model: &'static DataModel, name: &Spanned<String>) -> Option<&'static Dataset> {
    let last = name.value.rsplit('.').next().unwrap_or_default();
    let is_named = |dataset: &&Dataset| dataset.id.dataset == name.value || lineage(dataset) == name.value;
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
    let inside = part.id == whole.id || lineage(part).starts_with(&format!("{}.", lineage(whole)));
    if !inside {
        let message = format!("`{}` is no child of `{}`", part.id, whole.id);
        checker.unsupported(codes::UNSUPPORTED_OPTION, span, message);
    }
    inside
}

/// `FROM datamodel=Web` reads every root dataset, of which most models have one.
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

/// `All_Changes.Account_Management` for a child, `Processes` for a root.
fn lineage(dataset: &Dataset) -> String {
    let parent = dataset.parent.and_then(|parent| cim::find_dataset(dataset.id.model, parent));
    match parent {
        Some(parent) => format!("{}.{}", lineage(parent), dataset.id.dataset),
        None => dataset.id.dataset.to_owned(),
    }
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
    let dataset = source.dataset?;
    if name == "index" || is_unkept(name) {
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
fn strip_prefix<'a>(dataset: &Dataset, name: &'a str) -> Option<&'a str> {
    let own = name.strip_prefix(&lineage(dataset)).and_then(|rest| rest.strip_prefix('.'));
    own.or_else(|| {
        let parent = dataset.parent.and_then(|parent| cim::find_dataset(dataset.id.model, parent))?;
        strip_prefix(parent, name)
    })
}

fn own_field(checker: &mut Checker<'_>, dataset: &'static Dataset, field: &Field, bare: &str) -> Option<String> {
    if dataset.field(bare).is_some() {
        return Some(bare.to_owned());
    }
    if let Some(child) = child_with(dataset, bare) {
        let message = format!("`{}` belongs to the child dataset `{child}`, which is not supported here", field.name);
        let help = format!("read it from `{}.{child}`", dataset.id.model);
        checker.push(Diagnostic::error(codes::UNSUPPORTED_OPTION, field.span, message).help(help));
        return None;
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

/// The child dataset whose own field `Child.field` is.
fn child_with(dataset: &Dataset, bare: &str) -> Option<&'static str> {
    let (child, name) = bare.split_once('.')?;
    let child = cim::find_dataset(dataset.id.model, child).filter(|child| child.parent == Some(dataset.id.dataset))?;
    child.field(name).map(|_| child.id.dataset)
}

/// A name that does not start with the dataset's prefix is null in Splunk: a warning. It is an error when the prefix is a slip
/// by more than its case: published content has `processes.`, and runs.
fn foreign_field(checker: &mut Checker<'_>, source: &Source, dataset: &'static Dataset, field: &Field) {
    let lineage = lineage(dataset);
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
