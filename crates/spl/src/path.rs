//! Location paths of `spath` and the JSON functions: `a.b`, `a{}.b`, `a{0}.b`, `{}.a`, `a{@b}`.
//!
//! Source: Search Reference, "spath". A path is steps between points; a step is a name with an index in braces, a number
//! (counted from 0 in JSON and from 1 in XML) or `@` and the name of an XML attribute. Empty braces are every element.

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member's or an element's name.
    Member(String),
    /// `{}`: every element of an array.
    Every,
    /// `{3}`: one element.
    At(usize),
    /// `{@name}`: an attribute.
    Attribute(String),
}

/// The steps of a path; `None` where it has none, or where braces do not close or hold what is no index.
pub fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (name, after) = rest.split_at(rest.find(['.', '{']).unwrap_or(rest.len()));
        if !name.is_empty() {
            steps.push(Step::Member(name.to_owned()));
        }
        rest = after;
        while let Some(inside) = rest.strip_prefix('{') {
            let (index, after) = inside.split_once('}')?;
            steps.push(match (index, index.strip_prefix('@')) {
                ("", _) => Step::Every,
                (_, Some(attribute)) => Step::Attribute(attribute.to_owned()),
                (index, None) => Step::At(index.parse().ok()?),
            });
            rest = after;
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn a_path_has_steps() {
        let member = |name: &str| Step::Member(name.to_owned());
        let expected =
            vec![member("a"), member("b"), Step::Every, Step::At(2), member("c"), Step::Attribute("d".to_owned())];
        assert_eq!(steps("a.b{}{2}.c{@d}"), Some(expected));
        assert_eq!(steps("{}"), Some(vec![Step::Every]));
        assert_eq!(steps("{}.a"), Some(vec![Step::Every, member("a")]));
        for bad in ["", ".", "a{b}", "a{", "a{-1}"] {
            assert_eq!(steps(bad), None, "{bad}");
        }
    }
}
