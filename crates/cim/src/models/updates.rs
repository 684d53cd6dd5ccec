//! The `Updates` data model: software updates.

use super::build::{asset_list, assets, is, multi, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Updates",
    version: VERSION,
    datasets: &[&UPDATES, &AVAILABLE_UPDATES, &INSTALLED_UPDATES, &RESTART_REQUIRED_UPDATES],
};

/// An update and its state on a host.
static UPDATES: Dataset = Dataset {
    id: DatasetId { model: "Updates", dataset: "Updates" },
    parent: None,
    tags: &["update", "status"],
    conditions: &[],
    fields: &[
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        assets("dest_requires_av"),
        assets("dest_should_timesync"),
        assets("dest_should_update"),
        text("dvc", "The device that reported it."),
        text("file_hash", "Digests of the file."),
        text("file_name", "Name of the file, without its folder."),
        text("severity", "Severity in words."),
        text("severity_id", "Severity as a number."),
        text("signature", "What it is called.").or_field("signature_id", "unknown"),
        text("signature_id", "Number of the signature.").or_field("signature", "unknown"),
        text("status", "Outcome or state.").or_unknown(),
        multi("tag", "Tags of the event."),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// An update that can be installed.
static AVAILABLE_UPDATES: Dataset = Dataset {
    id: DatasetId { model: "Updates", dataset: "Available_Updates" },
    parent: Some("Updates"),
    tags: &["update", "status"],
    conditions: &[is("status", "available")],
    fields: &[],
};

/// An update that was installed.
static INSTALLED_UPDATES: Dataset = Dataset {
    id: DatasetId { model: "Updates", dataset: "Installed_Updates" },
    parent: Some("Updates"),
    tags: &["update", "status"],
    conditions: &[is("status", "installed")],
    fields: &[],
};

/// An update that waits for a restart.
static RESTART_REQUIRED_UPDATES: Dataset = Dataset {
    id: DatasetId { model: "Updates", dataset: "Restart_Required_Updates" },
    parent: Some("Updates"),
    tags: &["update", "status"],
    conditions: &[is("status", "restart_required")],
    fields: &[],
};
