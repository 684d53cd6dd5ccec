//! The `Network_Resolution` data model: DNS queries and answers.

use super::build::{asset_list, assets, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel { name: "Network_Resolution", version: VERSION, datasets: &[&DNS] };

/// A DNS message.
static DNS: Dataset = Dataset {
    id: DatasetId { model: "Network_Resolution", dataset: "DNS" },
    parent: None,
    tags: &["network", "resolution", "dns"],
    conditions: &[],
    fields: &[
        number("additional_answer_count", "Entries in the additional section."),
        multi("answer", "What the query resolved to.").or_unknown(),
        number("answer_count", "Entries in the answer section.").count_of("answer"),
        number("authority_answer_count", "Entries in the authority section."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        text("dest_ip", "Address of the destination."),
        number("dest_port", "Port of the destination."),
        assets("dest_priority"),
        number("duration", "How long it took."),
        text("message_type", "Query or response.").or_unknown(),
        text("name", "Name of the DNS event."),
        text("query", "Name that was asked for.").or_unknown(),
        number("query_count", "Entries in the question section.").count_of("query"),
        text("query_type", "Type of the query."),
        text("record_type", "DNS record type."),
        text("reply_code", "Meaning of the reply code.").dns_reply_code("reply_code_id"),
        text("reply_code_id", "Number or name of the reply code.").or_field("reply_code", "unknown"),
        number("response_time", "Time until the answer."),
        text("src", "The host or service it came from."),
        assets("src_bunit"),
        asset_list("src_category"),
        text("src_ip", "Address of the source."),
        number("src_port", "Port of the source."),
        assets("src_priority"),
        multi("tag", "Tags of the event."),
        number("transaction_id", "Id of the DNS transaction."),
        text("transport", "Transport protocol."),
        number("ttl", "Time to live."),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};
