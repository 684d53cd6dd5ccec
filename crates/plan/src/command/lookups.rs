//! The lookups that commands name.

use diag::{Diagnostic, codes};
use text::Span;

use crate::checker::Checker;
use crate::suggest::nearest;

/// Note the lookup that a command names, and warn when it is not loaded.
pub(super) fn note(checker: &mut Checker<'_>, command: &str, arguments: &str, span: Span) {
    let Some(name) = lookup_name(command, arguments) else { return };
    let names = checker.names;
    // Content without any lookup has not been loaded whole: nothing can be said. A file is not a definition.
    let judged = !names.lookups.is_empty() && command != "outputlookup" && !name.ends_with(".csv");
    if judged && !names.lookups.contains_key(name) {
        let message = format!("lookup `{name}` is not loaded");
        let found = Diagnostic::warning(codes::UNKNOWN_REFERENCE, span_of(checker.text, span, name), message);
        checker.unknown(found, nearest(name, names.lookups.keys().map(String::as_str)));
    }
    checker.usage.lookups.insert(name.to_owned());
}

/// The place of a word in a span; the span when it is not there.
pub(crate) fn span_of(text: &str, span: Span, word: &str) -> Span {
    let place = span.of(text).find(word).map(|at| span.range().start + at);
    place.map_or(span, |start| Span::new(start, start + word.len()))
}

/// The lookup that `lookup`, `inputlookup` or `outputlookup` names: the first argument that is no option.
fn lookup_name<'a>(command: &str, arguments: &'a str) -> Option<&'a str> {
    if !matches!(command, "lookup" | "inputlookup" | "outputlookup") {
        return None;
    }
    let words = arguments.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let mut names = words.filter(|word| !word.contains('='));
    names.next().map(|name| name.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::lookup_name;

    #[test]
    fn lookups_are_named() {
        let check = |command, arguments, expected: Option<&str>| assert_eq!(lookup_name(command, arguments), expected);
        check("lookup", "update=true asr_rules ID OUTPUT rule", Some("asr_rules"));
        check("inputlookup", " append=t \"hosts.csv\"", Some("hosts.csv"));
        check("rex", "asr_rules", None);
    }
}
