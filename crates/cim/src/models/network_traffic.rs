//! The `Network_Traffic` data model: connections and flows.

use super::build::{asset_list, assets, is, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Network_Traffic",
    version: VERSION,
    datasets: &[&ALL_TRAFFIC, &TRAFFIC_BY_ACTION, &ALLOWED_TRAFFIC, &BLOCKED_TRAFFIC],
};

/// A connection or flow.
static ALL_TRAFFIC: Dataset = Dataset {
    id: DatasetId { model: "Network_Traffic", dataset: "All_Traffic" },
    parent: None,
    tags: &["network", "communicate"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it.").or_unknown(),
        text("app", "The application involved."),
        number("bytes", "Bytes in both directions.").sum_of("bytes_in", "bytes_out"),
        number("bytes_in", "Bytes received.").difference_of("bytes", "bytes_out"),
        number("bytes_out", "Bytes sent.").difference_of("bytes", "bytes_in"),
        number("channel", "Wireless channel."),
        text("cim_entity_zone", "Zone that tells entities of one name apart."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        text("dest_interface", "Interface on the far side."),
        text("dest_ip", "Address of the destination."),
        text("dest_mac", "MAC address of the destination."),
        number("dest_port", "Port of the destination.").or_number("0"),
        assets("dest_priority"),
        text("dest_translated_ip", "Destination address after NAT."),
        number("dest_translated_port", "Destination port after NAT."),
        text("dest_zone", "Network zone of the destination."),
        text("direction", "Inbound or outbound."),
        number("duration", "How long it took."),
        text("dvc", "The device that reported it.").or_unknown(),
        assets("dvc_bunit"),
        asset_list("dvc_category"),
        text("dvc_ip", "Address of the device."),
        text("dvc_mac", "MAC address of the device."),
        assets("dvc_priority"),
        text("dvc_zone", "Network zone of the device."),
        text("flow_id", "Id of the flow."),
        text("icmp_code", "ICMP code."),
        number("icmp_type", "ICMP type."),
        number("packets", "Packets in both directions.").sum_of("packets_in", "packets_out"),
        number("packets_in", "Packets received.").difference_of("packets", "packets_out"),
        number("packets_out", "Packets sent.").difference_of("packets", "packets_in"),
        text("process_guid", "Globally unique id of the process."),
        number("process_id", "Operating system's id of the process."),
        text("protocol", "Network protocol."),
        text("protocol_version", "Version of the network protocol."),
        number("response_time", "Time until the answer."),
        text("rule", "The rule that decided.").or_unknown(),
        text("rule_id", "Id of the rule."),
        text("session_id", "Id of the session."),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        text("src_interface", "Interface on the near side."),
        text("src_ip", "Address of the source."),
        text("src_mac", "MAC address of the source."),
        number("src_port", "Port of the source.").or_number("0"),
        assets("src_priority"),
        text("src_translated_ip", "Source address after NAT."),
        number("src_translated_port", "Source port after NAT."),
        text("src_zone", "Network zone of the source."),
        text("ssid", "Wireless network name."),
        multi("tag", "Tags of the event."),
        multi("tcp_flag", "TCP flags."),
        text("tos", "Type of service."),
        text("transport", "Transport protocol.").lower_or_unknown(),
        number("ttl", "Time to live."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_account", "Account with the vendor."),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
        multi("vlan", "Virtual network."),
        multi("wifi", "Wireless standards."),
    ],
};

/// Traffic of any action; the model fills every action.
static TRAFFIC_BY_ACTION: Dataset = Dataset {
    id: DatasetId { model: "Network_Traffic", dataset: "Traffic_By_Action" },
    parent: Some("All_Traffic"),
    tags: &["network", "communicate"],
    conditions: &[],
    fields: &[],
};

/// Traffic that was let through.
static ALLOWED_TRAFFIC: Dataset = Dataset {
    id: DatasetId { model: "Network_Traffic", dataset: "Allowed_Traffic" },
    parent: Some("Traffic_By_Action"),
    tags: &["network", "communicate"],
    conditions: &[is("action", "allowed")],
    fields: &[],
};

/// Traffic that was stopped.
static BLOCKED_TRAFFIC: Dataset = Dataset {
    id: DatasetId { model: "Network_Traffic", dataset: "Blocked_Traffic" },
    parent: Some("Traffic_By_Action"),
    tags: &["network", "communicate"],
    conditions: &[is("action", "blocked")],
    fields: &[],
};
