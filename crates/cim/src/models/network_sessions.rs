//! The `Network_Sessions` data model: DHCP and VPN sessions.

use super::build::{asset_list, assets, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Network_Sessions",
    version: VERSION,
    datasets: &[&ALL_SESSIONS, &SESSION_START, &SESSION_END, &DHCP, &VPN],
};

/// A session.
static ALL_SESSIONS: Dataset = Dataset {
    id: DatasetId { model: "Network_Sessions", dataset: "All_Sessions" },
    parent: None,
    tags: &["network", "session"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        assets("dest_bunit"),
        asset_list("dest_category"),
        text("dest_dns", "DNS name of the destination.").or_unknown(),
        text("dest_ip", "Address of the destination.").or_unknown(),
        text("dest_mac", "MAC address of the destination.").or_unknown(),
        text("dest_nt_host", "Windows name of the destination.").or_unknown(),
        assets("dest_priority"),
        number("duration", "How long it took."),
        text("dvc", "The device that reported it.").or_unknown(),
        number("response_time", "Time until the answer."),
        text("signature", "What it is called."),
        text("signature_id", "Number of the signature."),
        assets("src_bunit"),
        asset_list("src_category"),
        text("src_dns", "DNS name of the source."),
        text("src_ip", "Address of the source."),
        text("src_mac", "MAC address of the source."),
        text("src_nt_host", "Windows name of the source."),
        assets("src_priority"),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// The start of a session.
static SESSION_START: Dataset = Dataset {
    id: DatasetId { model: "Network_Sessions", dataset: "Session_Start" },
    parent: Some("All_Sessions"),
    tags: &["network", "session", "start"],
    conditions: &[],
    fields: &[],
};

/// The end of a session.
static SESSION_END: Dataset = Dataset {
    id: DatasetId { model: "Network_Sessions", dataset: "Session_End" },
    parent: Some("All_Sessions"),
    tags: &["network", "session", "end"],
    conditions: &[],
    fields: &[],
};

/// A lease of an address.
static DHCP: Dataset = Dataset {
    id: DatasetId { model: "Network_Sessions", dataset: "DHCP" },
    parent: Some("All_Sessions"),
    tags: &["network", "session", "dhcp"],
    conditions: &[],
    fields: &[
        number("lease_duration", "Length of the lease in seconds."),
        text("lease_scope", "Addresses that can be leased."),
    ],
};

/// A VPN session.
static VPN: Dataset = Dataset {
    id: DatasetId { model: "Network_Sessions", dataset: "VPN" },
    parent: Some("All_Sessions"),
    tags: &["network", "session", "vpn"],
    conditions: &[],
    fields: &[],
};
