//! Names of the fields of Windows events, the same from EVTX and from XML.
//!
//! As the search-time extractions of the Splunk Add-on for Microsoft Windows name them (sourcetype `XmlWinEventLog`):
//!
//! - children of `System`: their text under the element's name, their attributes under the attribute's name;
//!   `EventID` is also `EventCode`, `EventRecordID` is also `RecordNumber`;
//! - `EventData`: `<Data Name='x'>` is `x`, `<Data>` is `Data` (multivalue), other elements have their own name;
//! - `UserData` (and any other part): leaf elements and attributes under their own names;
//! - `RenderingInfo`: `Message`; the rest as `RenderingInfo.Level` and so on, for `System` has those names with
//!   other values.
//!
//! A name that `System` and `EventData` share becomes a multivalue field, `System`'s value first; none is lost.
//! Names differ by case: `ProcessID` is the logging process (`Execution`), `ProcessId` is the event's own.

/// A part of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// Directly below `Event`.
    Event,
    System,
    EventData,
    UserData,
    RenderingInfo,
}

impl Section {
    /// The part that a child of `Event` opens.
    pub(crate) fn of_child(name: &str) -> Self {
        match name {
            "System" => Self::System,
            "EventData" => Self::EventData,
            "RenderingInfo" => Self::RenderingInfo,
            _ => Self::UserData,
        }
    }

    /// Whether an attribute of an element in this part is a field.
    pub(crate) fn takes_attribute(self, attribute: &str) -> bool {
        matches!(self, Self::System | Self::UserData) && !attribute.starts_with("xmlns")
    }
}

/// Whether an element's `Name` attribute names the field.
pub(crate) fn is_named(section: Section, element: &str) -> bool {
    section == Section::EventData || (section == Section::UserData && element == "Data")
}

/// The second name of an element's text.
pub(crate) fn alias(section: Section, element: &str) -> Option<&'static str> {
    match (section, element) {
        (Section::System, "EventID") => Some("EventCode"),
        (Section::System, "EventRecordID") => Some("RecordNumber"),
        _ => None,
    }
}

/// The prefix of a field's name.
pub(crate) fn prefix(section: Section, element: &str) -> &'static str {
    if section == Section::RenderingInfo && element != "Message" { "RenderingInfo." } else { "" }
}
