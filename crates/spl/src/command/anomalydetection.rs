//! `anomalydetection`

use super::{Typed, plain};

pub(super) const COMMAND: Typed = Typed {
    name: "anomalydetection",
    aliases: &[],
    syntax: "anomalydetection [method=histogram | method=zscore | method=iqr] [action=<action>] [pthresh=<num>] [cutoff=<bool>] [<field-list>]",
    summary: "finds results that are unlikely",
    examples: &[
        "search * | anomalydetection \"count\" \"user_type\" action=annotate",
        "search * | anomalydetection method=iqr action=tf param=4 uselower=true mark=true",
    ],
    parse: plain::arguments,
    print: plain::print,
};
