//! The `Email` data model: messages and what filters did with them.

use super::build::{asset_list, assets, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel =
    DataModel { name: "Email", version: VERSION, datasets: &[&ALL_EMAIL, &DELIVERY, &CONTENT, &FILTERING] };

/// A message.
static ALL_EMAIL: Dataset = Dataset {
    id: DatasetId { model: "Email", dataset: "All_Email" },
    parent: None,
    tags: &["email"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it.").or_unknown(),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        number("delay", "Total delay in seconds."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        number("duration", "How long it took."),
        text("file_hash", "Digests of the file."),
        text("file_name", "Name of the file, without its folder."),
        number("file_size", "Size of the file."),
        text("internal_message_id", "The mail server's own id."),
        text("message_id", "Id of the message.").or_unknown(),
        text("message_info", "More about the message."),
        text("orig_dest", "Destination before relaying."),
        text("orig_recipient", "Recipient before rewriting."),
        text("orig_src", "Source before relaying."),
        text("process", "Command line of the process."),
        number("process_id", "Operating system's id of the process."),
        text("protocol", "Network protocol."),
        multi("recipient", "Who the message is for.").or_unknown(),
        number("recipient_count", "Number of recipients.").count_of("recipient"),
        text("recipient_domain", "Domain of the recipient."),
        text("recipient_status", "Delivery state by recipient."),
        number("response_time", "Time until the answer."),
        number("retries", "Delivery attempts."),
        text("return_addr", "Return address."),
        number("size", "Size in bytes."),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        assets("src_priority"),
        text("src_user", "The account that acted.").or_unknown(),
        assets("src_user_bunit"),
        asset_list("src_user_category"),
        text("src_user_domain", "Domain of the account that acted."),
        assets("src_user_priority"),
        number("status_code", "Code of the delivery state."),
        text("subject", "Subject line."),
        multi("tag", "Tags of the event."),
        text("url", "Address of the resource."),
        text("user", "The account it concerns."),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
        number("xdelay", "Delay of the last hop in seconds."),
        text("xref", "Cross reference."),
    ],
};

/// The delivery of a message.
static DELIVERY: Dataset = Dataset {
    id: DatasetId { model: "Email", dataset: "Delivery" },
    parent: Some("All_Email"),
    tags: &["email", "delivery"],
    conditions: &[],
    fields: &[],
};

/// The content of a message.
static CONTENT: Dataset = Dataset {
    id: DatasetId { model: "Email", dataset: "Content" },
    parent: Some("All_Email"),
    tags: &["email", "content"],
    conditions: &[],
    fields: &[],
};

/// What a filter did with a message.
static FILTERING: Dataset = Dataset {
    id: DatasetId { model: "Email", dataset: "Filtering" },
    parent: Some("All_Email"),
    tags: &["email", "filter"],
    conditions: &[],
    fields: &[
        text("filter_action", "What the filter did."),
        number("filter_score", "The filter's score."),
        text("signature", "What it is called."),
        text("signature_extra", "More about the signature."),
        text("signature_id", "Number of the signature."),
    ],
};
