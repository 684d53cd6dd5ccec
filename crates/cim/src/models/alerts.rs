//! The `Alerts` data model: alerts that other products raised.

use super::build::{asset_list, assets, multi, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel { name: "Alerts", version: VERSION, datasets: &[&ALERTS] };

/// An alert.
static ALERTS: Dataset = Dataset {
    id: DatasetId { model: "Alerts", dataset: "Alerts" },
    parent: None,
    tags: &["alert"],
    conditions: &[],
    fields: &[
        text("app", "The application involved.").or_unknown(),
        text("body", "The text of the alert."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("description", "What it is, in words."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        text("dest_type", "Type of the destination."),
        text("id", "Id of the alert."),
        multi("mitre_technique_id", "ATT&CK technique id."),
        text("severity", "Severity in words.").or_unknown(),
        text("severity_id", "Severity as a number."),
        text("signature", "What it is called."),
        text("signature_id", "Number of the signature."),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        assets("src_priority"),
        text("src_type", "Type of the source."),
        text("subject", "Subject line."),
        multi("tag", "Tags of the event."),
        text("type", "Type of the alert.").or_unknown(),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        text("user_name", "Name of the account."),
        assets("user_priority"),
        text("vendor_account", "Account with the vendor."),
        text("vendor_region", "Region with the vendor."),
    ],
};
