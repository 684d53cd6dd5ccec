//! The `Intrusion_Detection` data model: attacks that sensors reported.

use super::build::{asset_list, assets, is, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Intrusion_Detection",
    version: VERSION,
    datasets: &[&IDS_ATTACKS, &APPLICATION_IDS_ATTACKS, &HOST_IDS_ATTACKS, &NETWORK_IDS_ATTACKS],
};

/// An attack that a sensor reported.
static IDS_ATTACKS: Dataset = Dataset {
    id: DatasetId { model: "Intrusion_Detection", dataset: "IDS_Attacks" },
    parent: None,
    tags: &["ids", "attack"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it."),
        text("category", "The vendor's category.").or_unknown(),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        number("dest_port", "Port of the destination."),
        assets("dest_priority"),
        text("dest_type", "Type of the destination."),
        text("dvc", "The device that reported it.").or_unknown(),
        assets("dvc_bunit"),
        asset_list("dvc_category"),
        assets("dvc_priority"),
        text("file_hash", "Digests of the file."),
        text("file_name", "Name of the file, without its folder."),
        text("file_path", "Path of the file, with its name."),
        text("ids_type", "Network, host, application or wireless sensor.").or_unknown(),
        text("severity", "Severity in words.").or_unknown(),
        text("severity_id", "Severity as a number."),
        text("signature", "What it is called.").or_unknown(),
        text("signature_id", "Number of the signature."),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        text("src_ip", "Address of the source."),
        number("src_port", "Port of the source."),
        assets("src_priority"),
        multi("tag", "Tags of the event."),
        text("transport", "Transport protocol."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// Reported by an application sensor.
static APPLICATION_IDS_ATTACKS: Dataset = Dataset {
    id: DatasetId { model: "Intrusion_Detection", dataset: "Application_IDS_Attacks" },
    parent: Some("IDS_Attacks"),
    tags: &["ids", "attack"],
    conditions: &[is("ids_type", "application")],
    fields: &[],
};

/// Reported by a host sensor.
static HOST_IDS_ATTACKS: Dataset = Dataset {
    id: DatasetId { model: "Intrusion_Detection", dataset: "Host_IDS_Attacks" },
    parent: Some("IDS_Attacks"),
    tags: &["ids", "attack"],
    conditions: &[is("ids_type", "host")],
    fields: &[],
};

/// Reported by a network sensor.
static NETWORK_IDS_ATTACKS: Dataset = Dataset {
    id: DatasetId { model: "Intrusion_Detection", dataset: "Network_IDS_Attacks" },
    parent: Some("IDS_Attacks"),
    tags: &["ids", "attack"],
    conditions: &[is("ids_type", "network")],
    fields: &[],
};
