//! The `Authentication` data model: log-ons and log-offs.

use super::build::{any, asset_list, assets, is, multi, not_all, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Authentication",
    version: VERSION,
    datasets: &[
        &AUTHENTICATION,
        &FAILED_AUTHENTICATION,
        &SUCCESSFUL_AUTHENTICATION,
        &DEFAULT_AUTHENTICATION,
        &FAILED_DEFAULT_AUTHENTICATION,
        &SUCCESSFUL_DEFAULT_AUTHENTICATION,
        &INSECURE_AUTHENTICATION,
        &PRIVILEGED_AUTHENTICATION,
        &FAILED_PRIVILEGED_AUTHENTICATION,
        &SUCCESSFUL_PRIVILEGED_AUTHENTICATION,
    ],
};

/// An attempt to log on.
static AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Authentication" },
    parent: None,
    tags: &["authentication"],
    conditions: &[not_all(&[is("action", "success"), is("user", "*$")])],
    fields: &[
        text("action", "What was done, or what was decided about it.").or_unknown(),
        text("app", "The application involved.").or_sourcetype(),
        text("authentication_method", "How the account proved itself."),
        text("authentication_service", "The service that checked the account."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        text("dest_nt_domain", "Windows domain of the destination."),
        assets("dest_priority"),
        number("duration", "How long it took."),
        text("process", "Command line of the process."),
        text("reason", "Why it ended so."),
        text("reason_id", "Number of the reason."),
        number("response_time", "Time until the answer."),
        text("result", "Vendor's result.").or_unknown(),
        text("session_id", "Id of the session."),
        text("signature", "What it is called."),
        text("signature_id", "Number of the signature."),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        text("src_nt_domain", "Windows domain of the source."),
        assets("src_priority"),
        text("src_user", "The account that acted.").or_unknown(),
        assets("src_user_bunit"),
        asset_list("src_user_category"),
        text("src_user_id", "Id of the account that acted."),
        assets("src_user_priority"),
        text("src_user_role", "Role of the account that acted."),
        text("src_user_type", "Type of the account that acted."),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        text("user_agent", "User agent of the request."),
        assets("user_bunit"),
        asset_list("user_category"),
        text("user_id", "Id of the account."),
        assets("user_priority"),
        text("user_role", "Role of the account."),
        text("user_type", "Type of the account."),
        text("vendor_account", "Account with the vendor."),
    ],
};

/// An attempt that failed.
static FAILED_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Failed_Authentication" },
    parent: Some("Authentication"),
    tags: &["authentication"],
    conditions: &[any(&[is("action", "failure"), is("result", "failure")])],
    fields: &[],
};

/// An attempt that succeeded.
static SUCCESSFUL_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Successful_Authentication" },
    parent: Some("Authentication"),
    tags: &["authentication"],
    conditions: &[any(&[is("action", "success"), is("result", "success")])],
    fields: &[],
};

/// An attempt with a default account.
static DEFAULT_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Default_Authentication" },
    parent: Some("Authentication"),
    tags: &["authentication", "default"],
    conditions: &[],
    fields: &[],
};

/// A failed attempt with a default account.
static FAILED_DEFAULT_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Failed_Default_Authentication" },
    parent: Some("Default_Authentication"),
    tags: &["authentication", "default"],
    conditions: &[is("action", "failure")],
    fields: &[],
};

/// A successful attempt with a default account.
static SUCCESSFUL_DEFAULT_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Successful_Default_Authentication" },
    parent: Some("Default_Authentication"),
    tags: &["authentication", "default"],
    conditions: &[is("action", "success")],
    fields: &[],
};

/// An attempt over an insecure method.
static INSECURE_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Insecure_Authentication" },
    parent: Some("Authentication"),
    tags: &["authentication", "insecure"],
    conditions: &[],
    fields: &[],
};

/// An attempt with a privileged account.
static PRIVILEGED_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Privileged_Authentication" },
    parent: Some("Authentication"),
    tags: &["authentication", "privileged"],
    conditions: &[],
    fields: &[],
};

/// A failed attempt with a privileged account.
static FAILED_PRIVILEGED_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Failed_Privileged_Authentication" },
    parent: Some("Privileged_Authentication"),
    tags: &["authentication", "privileged"],
    conditions: &[is("action", "failure")],
    fields: &[],
};

/// A successful attempt with a privileged account.
static SUCCESSFUL_PRIVILEGED_AUTHENTICATION: Dataset = Dataset {
    id: DatasetId { model: "Authentication", dataset: "Successful_Privileged_Authentication" },
    parent: Some("Privileged_Authentication"),
    tags: &["authentication", "privileged"],
    conditions: &[is("action", "success")],
    fields: &[],
};
