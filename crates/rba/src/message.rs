//! `$tokens$` of messages and titles.

use spl::value::Row;

use crate::value::texts;

/// Fill the `$field$` tokens of a message from a row ([`content::tokens`]).
///
/// Several values are joined by `, `: Splunk's manual does not say how, and its own CSV hand-over would break the line. A
/// token whose field is null stays as it is, as in Enterprise Security, so that a hole in the data is seen.
pub fn fill_tokens(message: &str, row: &Row) -> String {
    let mut filled = String::with_capacity(message.len());
    let mut from = 0;
    for (name, span) in content::tokens(message) {
        let values = texts(row.get(&name));
        if !values.is_empty() {
            let range = span.range();
            filled.push_str(message.get(from..range.start).unwrap_or_default());
            filled.push_str(&values.join(", "));
            from = range.end;
        }
    }
    filled.push_str(message.get(from..).unwrap_or_default());
    filled
}

#[cfg(test)]
mod tests {
    use spl::value::{Row, Value};

    use super::fill_tokens;

    fn check(message: &str, expected: &str) {
        let text = |text: &str| Value::Text(text.into());
        let row = Row {
            fields: vec![
                ("user".into(), text("bob")),
                ("count".into(), Value::Number(3.0)),
                ("dest".into(), Value::Multi(vec![text("a"), text("b")])),
                ("Registry.path".into(), text("HKLM")),
                ("parts{}.name".into(), text("x")),
                ("gone".into(), Value::Null),
                ("empty".into(), text("")),
            ],
        };
        assert_eq!(fill_tokens(message, &row), expected, "{message}");
    }

    #[test]
    fn tokens_are_filled() {
        check("$user$ on $dest$, $count$ times", "bob on a, b, 3 times");
        check("$Registry.path$/$parts{}.name$", "HKLM/x");
        check("no tokens", "no tokens");
        check("$empty$.", ".");
    }

    #[test]
    fn what_is_no_token_stays() {
        check("$gone$ $absent$", "$gone$ $absent$");
        check("costs $5 or $user$", "costs $5 or bob");
        check("$$ $user$$user$ $", "$$ bobbob $");
    }
}
