//! The `Web` data model: web requests, proxies and storage.

use super::build::{asset_list, assets, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, Scheme, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel { name: "Web", version: VERSION, datasets: &[&WEB, &PROXY, &STORAGE] };

/// A web request.
static WEB: Dataset = Dataset {
    id: DatasetId { model: "Web", dataset: "Web" },
    parent: None,
    tags: &["web"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it.").or_unknown(),
        text("app", "The application involved."),
        number("bytes", "Bytes in both directions.").sum_of("bytes_in", "bytes_out"),
        number("bytes_in", "Bytes received.").difference_of("bytes", "bytes_out"),
        number("bytes_out", "Bytes sent.").difference_of("bytes", "bytes_in"),
        text("cached", "Answered from a cache."),
        text("category", "The vendor's category."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("cookie", "Cookie of the request."),
        text("dest", "The host or service it happened on or went to.").or_unknown_or_dash(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        text("dest_ip", "Address of the destination."),
        number("dest_port", "Port of the destination."),
        assets("dest_priority"),
        number("duration", "How long it took."),
        text("http_content_type", "Content type.").or_unknown_or_dash(),
        text("http_method", "Method of the request.").or_unknown_or_dash(),
        text("http_referrer", "Page that led here.").or_unknown_or_dash(),
        text("http_referrer_domain", "Domain of the page that led here.").domain_of("http_referrer", Scheme::Required),
        text("http_user_agent", "User agent of the request.").or_unknown_or_dash(),
        number("http_user_agent_length", "Length of the user agent.").length_of("http_user_agent"),
        number("response_time", "Time until the answer."),
        text("site", "Site that answered."),
        text("src", "The host or service it came from.").or_unknown_or_dash(),
        assets("src_bunit"),
        asset_list("src_category"),
        text("src_ip", "Address of the source."),
        assets("src_priority"),
        text("status", "Outcome or state.").or_unknown_or_dash(),
        multi("tag", "Tags of the event."),
        text("uri_path", "Path of the resource."),
        text("uri_query", "Query of the resource."),
        text("url", "Address of the resource.").or_unknown_or_dash(),
        text("url_domain", "Domain of the address.").domain_of("url", Scheme::Optional),
        number("url_length", "Length of the address.").length_of("url"),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// A request through a proxy.
static PROXY: Dataset = Dataset {
    id: DatasetId { model: "Web", dataset: "Proxy" },
    parent: Some("Web"),
    tags: &["web", "proxy"],
    conditions: &[],
    fields: &[],
};

/// A request to cloud storage.
static STORAGE: Dataset = Dataset {
    id: DatasetId { model: "Web", dataset: "Storage" },
    parent: Some("Web"),
    tags: &["web", "storage"],
    conditions: &[],
    fields: &[
        text("error_code", "Error code of the access."),
        text("operation", "Operation on the storage."),
        text("storage_name", "Bucket or storage account."),
    ],
};
