//! The `Change_Analysis` data model: the forerunner of `Change`. The Common Information Model has called it deprecated since
//! version 4.12 and still documents it ("Change Analysis (deprecated)"); older content and baselines ask for it.

use super::build::{asset_list, assets, multi, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Change_Analysis",
    version: VERSION,
    datasets: &[&ALL_CHANGES, &AUDITING_CHANGES, &ENDPOINT_CHANGES, &NETWORK_CHANGES, &ACCOUNT_MANAGEMENT],
};

/// A change of something.
static ALL_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change_Analysis", dataset: "All_Changes" },
    parent: None,
    tags: &["change"],
    conditions: &[],
    fields: &[
        text("action", "What was done.").or_unknown(),
        text("change_type", "The kind of change.").or_unknown(),
        text("command", "The command that started it.").or_unknown(),
        text("dest", "The host or service that was changed.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        text("dvc", "The device that reported it.").or_unknown(),
        text("object", "Name of what was changed.").or_unknown(),
        text("object_attrs", "Attributes that were changed.").or_unknown(),
        text("object_category", "Class of what was changed.").or_unknown(),
        text("object_id", "Id of what was changed.").or_unknown(),
        text("object_path", "Path of what was changed.").or_unknown(),
        text("result", "Vendor's result.").or_unknown(),
        text("result_id", "Number of the result.").or_unknown(),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        assets("src_priority"),
        text("status", "Outcome or state.").or_unknown(),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// A change of what is audited.
static AUDITING_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change_Analysis", dataset: "Auditing_Changes" },
    parent: Some("All_Changes"),
    tags: &["change", "audit"],
    conditions: &[],
    fields: &[],
};

/// A change of a host.
static ENDPOINT_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change_Analysis", dataset: "Endpoint_Changes" },
    parent: Some("All_Changes"),
    tags: &["change", "endpoint"],
    conditions: &[],
    fields: &[],
};

/// A change of a network or its rules.
static NETWORK_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change_Analysis", dataset: "Network_Changes" },
    parent: Some("All_Changes"),
    tags: &["change", "network"],
    conditions: &[],
    fields: &[],
};

/// A change of an account.
static ACCOUNT_MANAGEMENT: Dataset = Dataset {
    id: DatasetId { model: "Change_Analysis", dataset: "Account_Management" },
    parent: Some("All_Changes"),
    tags: &["change", "account"],
    conditions: &[],
    fields: &[
        text("dest_nt_domain", "Windows domain of the destination."),
        text("src_nt_domain", "Windows domain of the source."),
        text("src_user", "The account that acted."),
        assets("src_user_bunit"),
        asset_list("src_user_category"),
        assets("src_user_priority"),
    ],
};
