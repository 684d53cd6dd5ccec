//! The registry of diagnostic codes. A code is never reused.

/// A stable code such as `SPL101`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// What a code means, for `weir explain CODE` and the reference.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// A short title.
    pub title: &'static str,
    /// What triggers it and how to mend it.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal, $title:literal, $explanation:literal;)*) => {
        $(#[doc = concat!("`", $code, "`: ", $title, ".")] pub const $name: Code = Code($code);)*
        /// Every code, in order.
        pub const ALL: &[Entry] = &[$(Entry { code: $name, title: $title, explanation: $explanation },)*];
    };
}

codes! {
    SYNTAX = "SPL001", "syntax error", "The search does not follow SPL's grammar at this point. The message names what was found and what may stand there.";
    UNCLOSED = "SPL002", "unclosed quote, bracket or comment", "A quote, parenthesis, square bracket or triple-backtick comment is opened and never closed.";
    UNKNOWN_COMMAND = "SPL101", "unknown command", "No SPL command has this name. Check the spelling; commands of apps are not known.";
    UNSUPPORTED_COMMAND = "SPL102", "unsupported command", "The command exists in SPL, but Weir cannot run it exactly, so the search does not run.";
    UNKNOWN_OPTION = "SPL103", "unknown option", "The command has no option of this name, or the option does not take this value.";
    UNSUPPORTED_OPTION = "SPL104", "unsupported option or form", "The option exists in SPL, but Weir cannot run it exactly, so the search does not run.";
    UNKNOWN_FUNCTION = "SPL201", "unknown function", "No eval function or aggregate has this name.";
    UNSUPPORTED_FUNCTION = "SPL202", "unsupported function", "The function exists in SPL, but Weir cannot run it exactly, so the search does not run.";
    WRONG_ARITY = "SPL203", "wrong number of arguments", "The function takes another number of arguments.";
    BAD_ARGUMENT = "SPL204", "bad argument", "An argument has a value that the function or command cannot take, such as a regular expression that does not compile.";
    UNKNOWN_FIELD = "SPL301", "field cannot exist here", "No command before this point yields a field of this name, so it is always null.";
    UNKNOWN_DATA_MODEL = "CIM001", "unknown data model", "No data model of the Common Information Model has this name.";
    UNKNOWN_DATASET = "CIM002", "unknown dataset", "The data model has no dataset of this name.";
    UNKNOWN_DATASET_FIELD = "CIM003", "unknown dataset field", "The dataset has no field of this name, so it is always null.";
    BAD_YAML = "CON001", "YAML cannot be read", "The file is not well-formed YAML.";
    UNKNOWN_KEY = "CON002", "unknown key", "The schema has no key of this name here.";
    MISSING_KEY = "CON003", "missing key", "A key that the schema requires is absent.";
    BAD_VALUE = "CON004", "bad value", "The value is not of the type or the range that the schema asks for.";
    UNKNOWN_MACRO = "CON101", "unknown macro", "No macro of this name and number of arguments is defined in the loaded content.";
    MACRO_CYCLE = "CON102", "macro cycle", "A macro expands to itself, directly or through others.";
    UNFILLED_TOKEN = "CON201", "token that the search never yields", "A `$token$` of a message or title names a field that the search's result rows never carry.";
    MISSING_ENTITY_FIELD = "CON202", "entity or threat object field that the search never yields", "A risk object or threat object names a field that the search's result rows never carry.";
    UNKNOWN_REFERENCE = "CON203", "unknown reference", "The content names a story, data source, lookup, schedule or technique that is not loaded.";
    DUPLICATE_NAME = "CON301", "duplicate name", "Two pieces of content of one kind share a name or id; the later one wins only across content folders.";
    BAD_PACK = "PCK001", "pack cannot be read", "A normalisation pack has a mistake; the pack is not loaded.";
    NO_SOURCE = "SRC001", "no source gives what the search reads", "No loaded pack fills the dataset, or gives events of the sourcetype, source, index or event type, that this command reads: on logs that the packs know it finds nothing. A pack of your own can give them (docs/guide/packs.md); `weir sources` lists what is known.";
    NO_ORIGIN = "SRC002", "no source gives a field that the search reads", "The packs that give what this command reads give this field no value, so it is null or what the data model fills in. Fields of assets and identities (`dest_category`, `user_bunit`) come from lists of your own, not from logs.";
    RUN_FAILED = "ENG001", "search failed while running", "The engine stopped the search; the message says why.";
}

/// The entry of a code, by its text (`SPL101`).
pub fn find(code: &str) -> Option<&'static Entry> {
    ALL.iter().find(|entry| entry.code.0.eq_ignore_ascii_case(code))
}
