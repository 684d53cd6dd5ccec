//! The lookups that unsupported commands name.

/// The lookup that `lookup`, `inputlookup` or `outputlookup` names: the first argument that is no option.
pub(crate) fn lookup_name(command: &str, arguments: &str) -> Option<String> {
    if !matches!(command, "lookup" | "inputlookup" | "outputlookup") {
        return None;
    }
    let words = arguments.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let mut names = words.filter(|word| !word.contains('='));
    names.next().map(|name| name.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::lookup_name;

    #[test]
    fn lookups_are_named() {
        let check = |command, arguments, expected: Option<&str>| assert_eq!(lookup_name(command, arguments).as_deref(), expected);
        check("lookup", "update=true asr_rules ID OUTPUT rule", Some("asr_rules"));
        check("inputlookup", " append=t \"hosts.csv\"", Some("hosts.csv"));
        check("rex", "asr_rules", None);
    }
}
