//! The `Certificates` data model: certificates seen on the network.

use super::build::{asset_list, assets, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel =
    DataModel { name: "Certificates", version: VERSION, datasets: &[&ALL_CERTIFICATES, &SSL] };

/// A certificate that was seen.
static ALL_CERTIFICATES: Dataset = Dataset {
    id: DatasetId { model: "Certificates", dataset: "All_Certificates" },
    parent: None,
    tags: &["certificate"],
    conditions: &[],
    fields: &[
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        number("dest_port", "Port of the destination."),
        assets("dest_priority"),
        number("duration", "How long it took."),
        number("response_time", "Time until the answer."),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        number("src_port", "Port of the source."),
        assets("src_priority"),
        multi("tag", "Tags of the event."),
        text("transport", "Transport protocol."),
    ],
};

/// A TLS certificate.
static SSL: Dataset = Dataset {
    id: DatasetId { model: "Certificates", dataset: "SSL" },
    parent: Some("All_Certificates"),
    tags: &["certificate", "ssl"],
    conditions: &[],
    fields: &[
        text("ssl_end_time", "End of validity."),
        text("ssl_engine", "Engine that made it."),
        text("ssl_hash", "Digest of the certificate.").or_unknown(),
        text("ssl_is_valid", "It is valid."),
        text("ssl_issuer", "Issuer.").or_unknown(),
        text("ssl_issuer_common_name", "Common name of the issuer.").or_unknown(),
        text("ssl_issuer_email", "Mail address of the issuer."),
        text("ssl_issuer_email_domain", "Mail domain of the issuer."),
        text("ssl_issuer_locality", "Place of the issuer."),
        text("ssl_issuer_organization", "Organisation of the issuer."),
        text("ssl_issuer_street", "Street of the issuer."),
        text("ssl_issuer_unit", "Unit of the issuer."),
        text("ssl_name", "Name of the certificate."),
        text("ssl_policies", "Policies of the certificate."),
        text("ssl_publickey", "Public key."),
        text("ssl_publickey_algorithm", "Algorithm of the public key."),
        text("ssl_serial", "Serial number.").or_unknown(),
        text("ssl_session_id", "Id of the TLS session."),
        text("ssl_signature_algorithm", "Algorithm of the signature."),
        text("ssl_start_time", "Start of validity."),
        text("ssl_subject", "Subject.").or_unknown(),
        text("ssl_subject_common_name", "Common name of the subject.").or_unknown(),
        text("ssl_subject_email", "Mail address of the subject."),
        text("ssl_subject_email_domain", "Mail domain of the subject."),
        text("ssl_subject_locality", "Place of the subject."),
        text("ssl_subject_organization", "Organisation of the subject."),
        text("ssl_subject_state", "State of the subject."),
        text("ssl_subject_street", "Street of the subject."),
        text("ssl_subject_unit", "Unit of the subject."),
        number("ssl_validity_window", "Length of validity in seconds."),
        text("ssl_version", "Version of the certificate."),
    ],
};
