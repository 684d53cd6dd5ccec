//! Names of fields that are made of other fields' values: `eval {counter}=x`, `eval "disk_{drive}"=x`.
//!
//! Source: "eval command", "Use the value of one field as the name for a new field".

/// A part of such a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text, as it is.
    Text(String),
    /// The value of this field.
    Field(String),
}

/// The parts of a name; `None` where no field stands in braces. Empty braces are text: `a{}.b` is a field of JSON.
pub fn parts(name: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = name;
    while let Some((before, inside)) = rest.split_once('{') {
        text.push_str(before);
        match inside.split_once('}') {
            Some((field, after)) if !field.is_empty() => {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                }
                parts.push(Part::Field(field.to_owned()));
                rest = after;
            }
            _ => {
                text.push('{');
                rest = inside;
            }
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    parts.iter().any(|part| matches!(part, Part::Field(_))).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn names_with_fields_in_braces() {
        let text = |text: &str| Part::Text(text.to_owned());
        let field = |name: &str| Part::Field(name.to_owned());
        assert_eq!(parts("{counter}"), Some(vec![field("counter")]));
        assert_eq!(
            parts("disk_{drive}_{kind}x"),
            Some(vec![text("disk_"), field("drive"), text("_"), field("kind"), text("x")])
        );
        assert_eq!(parts("a{}.{b}"), Some(vec![text("a{}."), field("b")]));
        for plain in ["a", "a{}.b", "{}", "{a", "a}"] {
            assert_eq!(parts(plain), None, "{plain}");
        }
    }
}
