//! The `Change` data model: changes of accounts, audit settings, endpoints, instances and networks.

use super::build::{any, asset_list, assets, is, multi, not_all, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Change",
    version: VERSION,
    datasets: &[
        &ALL_CHANGES,
        &AUDITING_CHANGES,
        &ENDPOINT_CHANGES,
        &ENDPOINT_RESTARTS,
        &OTHER_ENDPOINT_CHANGES,
        &NETWORK_CHANGES,
        &DEVICE_RESTARTS,
        &ACCOUNT_MANAGEMENT,
        &ACCOUNTS_CREATED,
        &ACCOUNTS_DELETED,
        &ACCOUNT_LOCKOUTS,
        &ACCOUNTS_UPDATED,
        &INSTANCE_CHANGES,
    ],
};

/// A change of something.
static ALL_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "All_Changes" },
    parent: None,
    tags: &["change"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it.").or_unknown(),
        text("change_type", "The kind of change.").or_unknown(),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("command", "The command that started it.").or_unknown(),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        text("dvc", "The device that reported it.").or_unknown(),
        text("object", "Name of what was changed.").or_unknown(),
        text("object_attrs", "Attributes that were changed.").or_unknown(),
        text("object_category", "Class of what was changed.").or_unknown(),
        text("object_id", "Id of what was changed.").or_unknown(),
        text("object_path", "Path of what was changed.").or_unknown(),
        text("result", "Vendor's result.").or_field("signature", "unknown"),
        text("result_id", "Number of the result.").or_field("signature_id", "-1"),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        assets("src_priority"),
        text("status", "Outcome or state.").or_unknown(),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        text("user_agent", "User agent of the request."),
        assets("user_bunit"),
        asset_list("user_category"),
        text("user_name", "Name of the account.").or_unknown(),
        assets("user_priority"),
        text("user_type", "Type of the account."),
        text("vendor_account", "Account with the vendor."),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
        text("vendor_region", "Region with the vendor."),
    ],
};

/// A change of what is audited.
static AUDITING_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Auditing_Changes" },
    parent: Some("All_Changes"),
    tags: &["change", "audit"],
    conditions: &[],
    fields: &[],
};

/// A change of a host.
static ENDPOINT_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Endpoint_Changes" },
    parent: Some("All_Changes"),
    tags: &["change", "endpoint"],
    conditions: &[],
    fields: &[],
};

/// A host that restarted.
static ENDPOINT_RESTARTS: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Endpoint_Restarts" },
    parent: Some("Endpoint_Changes"),
    tags: &["change", "endpoint"],
    conditions: &[is("action", "modified"), is("change_type", "restart")],
    fields: &[],
};

/// A change of a host, not a restart.
static OTHER_ENDPOINT_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Other_Endpoint_Changes" },
    parent: Some("Endpoint_Changes"),
    tags: &["change", "endpoint"],
    conditions: &[not_all(&[is("change_type", "restart")])],
    fields: &[],
};

/// A change of a network or its rules.
static NETWORK_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Network_Changes" },
    parent: Some("All_Changes"),
    tags: &["change", "network"],
    conditions: &[],
    fields: &[
        text("dest_ip_range", "Address range of the destination."),
        text("dest_port_range", "Port range of the destination."),
        text("device_restarts", "Restarts of network devices."),
        text("direction", "Inbound or outbound."),
        text("protocol", "Network protocol."),
        text("rule_action", "Allow or deny."),
        text("src_ip_range", "Address range of the source."),
        text("src_port_range", "Port range of the source."),
    ],
};

/// A network device that restarted.
static DEVICE_RESTARTS: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Device_Restarts" },
    parent: Some("Network_Changes"),
    tags: &["change", "network"],
    conditions: &[is("action", "modified"), is("change_type", "restart")],
    fields: &[],
};

/// A change of an account.
static ACCOUNT_MANAGEMENT: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Account_Management" },
    parent: Some("All_Changes"),
    tags: &["change", "account"],
    conditions: &[],
    fields: &[
        text("dest_nt_domain", "Windows domain of the destination."),
        text("src_nt_domain", "Windows domain of the source."),
        text("src_user", "The account that acted."),
        assets("src_user_bunit"),
        asset_list("src_user_category"),
        text("src_user_name", "Name of the account that acted."),
        assets("src_user_priority"),
        text("src_user_type", "Type of the account that acted."),
    ],
};

/// An account that was created.
static ACCOUNTS_CREATED: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Accounts_Created" },
    parent: Some("Account_Management"),
    tags: &["change", "account"],
    conditions: &[is("action", "created")],
    fields: &[],
};

/// An account that was deleted.
static ACCOUNTS_DELETED: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Accounts_Deleted" },
    parent: Some("Account_Management"),
    tags: &["change", "account"],
    conditions: &[is("action", "deleted")],
    fields: &[],
};

/// An account that was locked out.
static ACCOUNT_LOCKOUTS: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Account_Lockouts" },
    parent: Some("Account_Management"),
    tags: &["change", "account"],
    conditions: &[is("result", "lockout")],
    fields: &[],
};

/// An account that was changed.
static ACCOUNTS_UPDATED: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Accounts_Updated" },
    parent: Some("Account_Management"),
    tags: &["change", "account"],
    conditions: &[any(&[is("action", "updated"), is("action", "modified")])],
    fields: &[],
};

/// A change of a cloud instance.
static INSTANCE_CHANGES: Dataset = Dataset {
    id: DatasetId { model: "Change", dataset: "Instance_Changes" },
    parent: Some("All_Changes"),
    tags: &["change", "instance"],
    conditions: &[],
    fields: &[text("image_id", "Image of the instance."), text("instance_type", "Type of the instance.")],
};
