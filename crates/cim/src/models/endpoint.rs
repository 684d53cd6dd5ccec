//! The `Endpoint` data model: processes, registry, files, services and listening ports of hosts.

use super::build::{asset_list, assets, multi, number, text};
use crate::{DataModel, Dataset, DatasetId, VERSION};

/// See the module's documentation.
pub(crate) static MODEL: DataModel = DataModel {
    name: "Endpoint",
    version: VERSION,
    datasets: &[&PROCESSES, &PORTS, &SERVICES, &FILESYSTEM, &REGISTRY],
};

/// A process that was launched.
static PROCESSES: Dataset = Dataset {
    id: DatasetId {
        model: "Endpoint",
        dataset: "Processes",
    },
    parent: None,
    tags: &["process", "report"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it."),
        text(
            "cim_entity_zone",
            "Zone that tells entities of one name apart.",
        ),
        number("cpu_load_percent", "CPU load in percent."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_is_expected"),
        assets("dest_priority"),
        assets("dest_requires_av"),
        assets("dest_should_timesync"),
        assets("dest_should_update"),
        text("loaded_file", "File that was loaded.").or_unknown(),
        number("mem_used", "Memory used, in bytes."),
        text(
            "original_file_name",
            "File name in the program's version resource.",
        )
        .or_unknown(),
        text("os", "Operating system."),
        text("parent_process", "Command line of the parent process.").or_unknown(),
        text("parent_process_exec", "Executable of the parent process."),
        text(
            "parent_process_guid",
            "Globally unique id of the parent process.",
        ),
        text(
            "parent_process_hash",
            "Digests of the parent's program file.",
        ),
        number(
            "parent_process_id",
            "Operating system's id of the parent process.",
        ),
        text("parent_process_name", "File name of the parent process.")
            .file_name_of("parent_process"),
        text("parent_process_path", "Path of the parent's program file."),
        text("parent_user", "Account of the parent process.").or_unknown(),
        text("process", "Command line of the process.").or_unknown(),
        text("process_current_directory", "Folder it was started in."),
        text("process_exec", "Executable of the process."),
        text("process_guid", "Globally unique id of the process."),
        text("process_hash", "Digests of the program file."),
        number("process_id", "Operating system's id of the process."),
        text(
            "process_integrity_level",
            "Windows integrity level, in lower case.",
        )
        .lower(),
        text("process_name", "File name of the process.").file_name_of("process"),
        text("process_path", "Path of the program file."),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        text("user_id", "Id of the account."),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// A port that a process listens on.
static PORTS: Dataset = Dataset {
    id: DatasetId {
        model: "Endpoint",
        dataset: "Ports",
    },
    parent: None,
    tags: &["listening", "port"],
    conditions: &[],
    fields: &[
        text(
            "cim_entity_zone",
            "Zone that tells entities of one name apart.",
        ),
        text("creation_time", "When listening began."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        number("dest_port", "Port of the destination.").or_default("0"),
        assets("dest_priority"),
        assets("dest_requires_av"),
        assets("dest_should_timesync"),
        assets("dest_should_update"),
        text("process_guid", "Globally unique id of the process."),
        number("process_id", "Operating system's id of the process."),
        text("src", "The host or service it came from.").or_unknown(),
        assets("src_bunit"),
        asset_list("src_category"),
        number("src_port", "Port of the source.").or_number("0"),
        assets("src_priority"),
        assets("src_requires_av"),
        assets("src_should_timesync"),
        assets("src_should_update"),
        text("state", "State of the port."),
        multi("tag", "Tags of the event."),
        text("transport", "Transport protocol.").or_unknown(),
        text("transport_dest_port", "Transport and port, such as tcp/53.").joined(
            "transport",
            "/",
            "dest_port",
        ),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// A service and its state.
static SERVICES: Dataset = Dataset {
    id: DatasetId {
        model: "Endpoint",
        dataset: "Services",
    },
    parent: None,
    tags: &["service", "report"],
    conditions: &[],
    fields: &[
        text(
            "cim_entity_zone",
            "Zone that tells entities of one name apart.",
        ),
        text("description", "What it is, in words."),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_is_expected"),
        assets("dest_priority"),
        assets("dest_requires_av"),
        assets("dest_should_timesync"),
        assets("dest_should_update"),
        text("process_guid", "Globally unique id of the process."),
        number("process_id", "Operating system's id of the process."),
        text("service", "Full name of the service.").or_unknown(),
        text("service_dll", "Library of the service."),
        text("service_dll_hash", "Digests of the library."),
        text("service_dll_path", "Path of the library."),
        text("service_dll_signature_exists", "The library is signed."),
        text(
            "service_dll_signature_verified",
            "The library's signature is valid.",
        ),
        text("service_exec", "Executable of the service."),
        text("service_hash", "Digests of the service's program file."),
        text("service_id", "Operating system's id of the service.").or_unknown(),
        text("service_name", "Friendly name of the service.").or_unknown(),
        text("service_path", "Path of the service's program file."),
        text("service_signature_exists", "The service is signed."),
        text(
            "service_signature_verified",
            "The service's signature is valid.",
        ),
        text("start_mode", "When it starts: auto, manual, disabled.").or_unknown(),
        text("status", "Outcome or state.").or_unknown(),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// A file that was created, changed, read or deleted.
static FILESYSTEM: Dataset = Dataset {
    id: DatasetId {
        model: "Endpoint",
        dataset: "Filesystem",
    },
    parent: None,
    tags: &["endpoint", "filesystem"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it.").or_unknown(),
        text(
            "cim_entity_zone",
            "Zone that tells entities of one name apart.",
        ),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        assets("dest_requires_av"),
        assets("dest_should_timesync"),
        assets("dest_should_update"),
        text("file_access_time", "When the file was read."),
        text("file_acl", "Access rights of the file.").or_unknown(),
        text("file_create_time", "When the file was created."),
        text("file_hash", "Digests of the file.").or_unknown(),
        text("file_modify_time", "When the file was changed."),
        text("file_name", "Name of the file, without its folder.").or_unknown(),
        text("file_path", "Path of the file, with its name.").or_unknown(),
        number("file_size", "Size of the file.").number_or_null(),
        text("image", "Program file of the process."),
        text("parent_process", "Command line of the parent process.").or_unknown(),
        text("parent_process_exec", "Executable of the parent process."),
        text(
            "parent_process_guid",
            "Globally unique id of the parent process.",
        ),
        text(
            "parent_process_hash",
            "Digests of the parent's program file.",
        ),
        number(
            "parent_process_id",
            "Operating system's id of the parent process.",
        ),
        text("parent_process_name", "File name of the parent process.")
            .file_name_of("parent_process"),
        text("parent_process_path", "Path of the parent's program file."),
        text("process", "Command line of the process.").or_unknown(),
        text("process_exec", "Executable of the process."),
        text("process_guid", "Globally unique id of the process."),
        text("process_hash", "Digests of the program file."),
        number("process_id", "Operating system's id of the process."),
        text("process_name", "File name of the process.").file_name_of("process"),
        text("process_path", "Path of the program file."),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};

/// A registry key or value that was created, changed, read or deleted.
static REGISTRY: Dataset = Dataset {
    id: DatasetId {
        model: "Endpoint",
        dataset: "Registry",
    },
    parent: None,
    tags: &["endpoint", "registry"],
    conditions: &[],
    fields: &[
        text("action", "What was done, or what was decided about it.").or_unknown(),
        text(
            "cim_entity_zone",
            "Zone that tells entities of one name apart.",
        ),
        text("dest", "The host or service it happened on or went to.").or_unknown(),
        assets("dest_bunit"),
        asset_list("dest_category"),
        assets("dest_priority"),
        assets("dest_requires_av"),
        assets("dest_should_timesync"),
        assets("dest_should_update"),
        text("image", "Program file of the process."),
        text("parent_process", "Command line of the parent process.").or_unknown(),
        text("parent_process_exec", "Executable of the parent process."),
        text(
            "parent_process_guid",
            "Globally unique id of the parent process.",
        ),
        text(
            "parent_process_hash",
            "Digests of the parent's program file.",
        ),
        number(
            "parent_process_id",
            "Operating system's id of the parent process.",
        ),
        text("parent_process_name", "File name of the parent process.")
            .file_name_of("parent_process"),
        text("parent_process_path", "Path of the parent's program file."),
        text("process", "Command line of the process.").or_unknown(),
        text("process_exec", "Executable of the process."),
        text("process_guid", "Globally unique id of the process."),
        text("process_hash", "Digests of the program file."),
        number("process_id", "Operating system's id of the process."),
        text("process_name", "File name of the process.").file_name_of("process"),
        text("process_path", "Path of the program file."),
        text("registry_hive", "Hive of the key."),
        text(
            "registry_key_name",
            "Path of the key, without the value's name.",
        )
        .or_unknown(),
        text("registry_path", "Path of the key, with the value's name.").or_unknown(),
        text("registry_value_data", "Data of the value.").or_unknown(),
        text("registry_value_name", "Name of the value.").or_unknown(),
        text("registry_value_text", "Data of the value as text."),
        text("registry_value_type", "Type of the value.").or_unknown(),
        text("status", "Outcome or state."),
        multi("tag", "Tags of the event."),
        text("user", "The account it concerns.").or_unknown(),
        assets("user_bunit"),
        asset_list("user_category"),
        assets("user_priority"),
        text("vendor_product", "Vendor and product that reported it.").vendor_product(),
    ],
};
