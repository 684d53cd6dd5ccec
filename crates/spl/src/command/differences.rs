//! Where a command or function differs from Splunk's manual, or goes by our reading where the manual is silent.
//!
//! What is not listed has no known difference. `docs/spl.md` has the same by topic.

mod commands;
mod functions;

pub use commands::COMMANDS;
pub use functions::FUNCTIONS;

const ASCII_CLASSES: &str =
    r"Regular expressions are PCRE without Unicode classes: `\d`, `\w`, `\s` and `\b` know ASCII alone.";
const UTC: &str = "Times are in UTC.";

/// What differs in a command; empty where nothing is known to.
pub fn of_command(name: &str) -> &'static [&'static str] {
    of(COMMANDS, name)
}

/// The same for a function or an aggregate.
pub fn of_function(name: &str) -> &'static [&'static str] {
    of(FUNCTIONS, name)
}

fn of(list: &'static [(&'static str, &'static [&'static str])], name: &str) -> &'static [&'static str] {
    list.iter().find(|(known, _)| *known == name).map_or(&[], |(_, differences)| differences)
}

#[cfg(test)]
mod tests {
    use super::{COMMANDS, FUNCTIONS, of_command, of_function};

    #[test]
    fn lists_are_sorted_and_name_what_there_is() {
        for list in [COMMANDS, FUNCTIONS] {
            assert!(list.is_sorted_by(|(left, _), (right, _)| left < right));
            assert!(list.iter().flat_map(|(_, sentences)| *sentences).all(|sentence| sentence.ends_with('.')));
        }
        let known = |name: &str| crate::command::typed(name).is_some_and(|typed| typed.name == name);
        assert!(COMMANDS.iter().all(|(name, _)| known(name)));
        assert!(of_command("rename").len() == 1 && of_command("table").is_empty());
        assert!(of_function("estdc").len() == 1 && of_function("count").is_empty());
    }
}
