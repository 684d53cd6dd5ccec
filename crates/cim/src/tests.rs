use std::collections::BTreeSet;

use super::{Calculation, Dataset, MODELS, find_dataset, find_model, root_dataset};

fn all_datasets() -> impl Iterator<Item = &'static Dataset> {
    MODELS.iter().flat_map(|model| model.datasets.iter().copied())
}

#[track_caller]
fn check(model: &str, dataset: &str, field: &str, expected: Option<Calculation>) {
    let found = find_dataset(model, dataset).and_then(|dataset| dataset.field(field));
    assert_eq!(found.map(|field| field.calculation), expected, "{model}.{dataset} {field}");
}

#[test]
fn fields_and_what_the_model_computes() {
    let unknown = Some(Calculation::Default("unknown"));
    check("Endpoint", "Processes", "dest", unknown);
    check("Endpoint", "Processes", "loaded_file", unknown);
    check("Endpoint", "Processes", "process_id", Some(Calculation::None));
    check("Endpoint", "Processes", "process_integrity_level", Some(Calculation::Lower));
    check("Endpoint", "Processes", "process_name", Some(Calculation::FileNameOf("process")));
    check("Endpoint", "Registry", "registry_value_data", unknown);
    check("Endpoint", "Filesystem", "file_size", Some(Calculation::NumberOrNull));
    check("Network_Resolution", "DNS", "src", Some(Calculation::None));
    check("Network_Traffic", "All_Traffic", "dest_port", Some(Calculation::NumberOr("0")));
    check("Endpoint", "Processes", "Process_name", None);
    check("endpoint", "Processes", "dest", None);
}

#[test]
fn children_inherit() {
    let child = find_dataset("Change", "Account_Management").unwrap();
    assert_eq!(child.lineage(), "All_Changes.Account_Management");
    assert_eq!(child.field("user").unwrap().calculation, Calculation::Default("unknown"));
    assert_eq!(child.all_fields().first().unwrap().name, "action");
    let created = find_dataset("Change", "Accounts_Created").unwrap();
    assert_eq!(created.all_conditions().len(), 1);
    assert_eq!(created.lineage(), "All_Changes.Account_Management.Accounts_Created");
}

#[test]
fn models_by_name() {
    assert_eq!(find_model("Web").unwrap().version, crate::VERSION);
    assert!(find_model("web").is_none());
    assert_eq!(root_dataset("Change").unwrap().id.dataset, "All_Changes");
    assert_eq!(root_dataset("Endpoint").unwrap().id.dataset, "Processes");
    assert_eq!(find_dataset("Risk", "All_Risk").unwrap().id.to_string(), "Risk.All_Risk");
}

#[test]
fn models_are_sorted_and_names_unique() {
    let names: Vec<&str> = MODELS.iter().map(|model| model.name).collect();
    assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    for model in MODELS {
        let datasets: BTreeSet<&str> = model.datasets.iter().map(|dataset| dataset.id.dataset).collect();
        assert_eq!(datasets.len(), model.datasets.len(), "{}", model.name);
        assert!(model.datasets.iter().all(|dataset| dataset.id.model == model.name));
    }
    for dataset in all_datasets() {
        let fields = dataset.all_fields();
        let names: BTreeSet<&str> = fields.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), fields.len(), "{}", dataset.id);
    }
}

#[test]
fn what_names_something_names_something_that_exists() {
    for dataset in all_datasets() {
        assert_eq!(dataset.parent.is_some(), dataset.parent().is_some(), "{}", dataset.id);
        if let Some(parent) = dataset.parent() {
            assert!(parent.tags.iter().all(|tag| dataset.tags.contains(tag)), "{}", dataset.id);
        }
        for field in dataset.all_fields() {
            for name in named_by(field.calculation) {
                assert!(dataset.field(name).is_some(), "{} {} names `{name}`", dataset.id, field.name);
            }
        }
    }
}

fn named_by(calculation: Calculation) -> Vec<&'static str> {
    match calculation {
        Calculation::FileNameOf(name)
        | Calculation::CountOf(name)
        | Calculation::LengthOf(name)
        | Calculation::DomainOf(name, _)
        | Calculation::DnsReplyCode(name) => vec![name],
        Calculation::Joined(left, _, right)
        | Calculation::SumOf(left, right)
        | Calculation::DifferenceOf(left, right) => {
            vec![left, right]
        }
        // `FieldOr` may name a field of the event that the model does not have: `Change`'s `signature`.
        _ => Vec::new(),
    }
}
