//! The `Vulnerabilities` data model: weaknesses that scanners found.

use super::build::{any, asset_list, assets, is, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Vulnerabilities",
    version: VERSION,
    datasets: &[
        &VULNERABILITIES,
        &HIGH_CRITICAL_VULNERABILITIES,
        &MEDIUM_VULNERABILITIES,
        &LOW_INFORMATIONAL_VULNERABILITIES,
    ],
};

/// A weakness of a host.
static VULNERABILITIES: Dataset = Dataset {
    id: DatasetId { model: "Vulnerabilities", dataset: "Vulnerabilities" },
    parent: None,
    tags: &["vulnerability", "report"],
    conditions: &[],
    fields: &[
        text("bugtraq", "Bugtraq id."),
        text("category", "The vendor's category.").or_unknown(),
        text("cert", "CERT id."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("cve", "CVE id."),
        number("cvss", "CVSS score."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        text("dvc", "The device that reported it."),
        assets("dvc_bunit"),
        asset_list("dvc_category"),
        assets("dvc_priority"),
        text("msft", "Microsoft bulletin."),
        text("mskb", "Microsoft knowledge base article."),
        text("severity", "Severity in words.").or_unknown(),
        text("severity_id", "Severity as a number."),
        text("signature", "What it is called.").or_unknown(),
        text("signature_id", "Number of the signature."),
        multi("tag", "Tags of the event."),
        text("url", "Address of the resource."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
        text("xref", "Cross reference."),
    ],
};

/// High or critical.
static HIGH_CRITICAL_VULNERABILITIES: Dataset = Dataset {
    id: DatasetId { model: "Vulnerabilities", dataset: "High_Critical_Vulnerabilities" },
    parent: Some("Vulnerabilities"),
    tags: &["vulnerability", "report"],
    conditions: &[any(&[is("severity", "high"), is("severity", "critical")])],
    fields: &[],
};

/// Medium.
static MEDIUM_VULNERABILITIES: Dataset = Dataset {
    id: DatasetId { model: "Vulnerabilities", dataset: "Medium_Vulnerabilities" },
    parent: Some("Vulnerabilities"),
    tags: &["vulnerability", "report"],
    conditions: &[is("severity", "medium")],
    fields: &[],
};

/// Low or informational.
static LOW_INFORMATIONAL_VULNERABILITIES: Dataset = Dataset {
    id: DatasetId { model: "Vulnerabilities", dataset: "Low_Informational_Vulnerabilities" },
    parent: Some("Vulnerabilities"),
    tags: &["vulnerability", "report"],
    conditions: &[any(&[is("severity", "low"), is("severity", "informational")])],
    fields: &[],
};
