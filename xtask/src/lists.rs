//! Reads the lists beside this program: the part of TOML that they use, `[section]` and `key = number or [strings]`, one a line.

use std::collections::BTreeMap;

use anyhow::{Context, bail};

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// `["a", "b"]`.
    Names(Vec<String>),
    /// `12`.
    Number(usize),
}

/// Sections, and the entries of each.
pub(crate) type Lists = BTreeMap<String, BTreeMap<String, Entry>>;

/// Read a file of lists.
pub(crate) fn parse(text: &str) -> anyhow::Result<Lists> {
    let mut lists = Lists::new();
    let mut section = String::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let number = at + 1;
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim().to_owned();
            lists.entry(section.clone()).or_default();
            continue;
        }
        let (key, value) = line.split_once('=').with_context(|| format!("line {number}: expected `key = value`"))?;
        let key = unquote(key.trim()).to_owned();
        let entry = parse_entry(value.trim()).with_context(|| format!("line {number}"))?;
        if lists.entry(section.clone()).or_default().insert(key.clone(), entry).is_some() {
            bail!("line {number}: `{key}` stands twice in [{section}]");
        }
    }
    Ok(lists)
}

fn parse_entry(value: &str) -> anyhow::Result<Entry> {
    let Some(items) = value.strip_prefix('[') else {
        return value.parse().map(Entry::Number).with_context(|| format!("`{value}` is neither a number nor a list"));
    };
    let items = items.strip_suffix(']').context("a list must end on its line")?;
    let names = items.split(',').map(str::trim).filter(|item| !item.is_empty());
    Ok(Entry::Names(names.map(|item| unquote(item).to_owned()).collect()))
}

fn unquote(text: &str) -> &str {
    text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_lists_and_numbers() {
        let lists = parse("# head\n[a]\nx = [\"b\", \"c\"]\ny = []\n\n[n]\n\"src/a.rs\" = 12\n").unwrap();
        assert_eq!(lists["a"]["x"], Entry::Names(vec!["b".to_owned(), "c".to_owned()]));
        assert_eq!(lists["a"]["y"], Entry::Names(Vec::new()));
        assert_eq!(lists["n"]["src/a.rs"], Entry::Number(12));
    }

    #[test]
    fn mistakes_name_their_line() {
        for (text, expected) in
            [("[a]\nx", "line 2"), ("x = [\"a\"", "line 1"), ("x = y", "line 1"), ("x = 1\nx = 2", "line 2")]
        {
            let error = format!("{:#}", parse(text).unwrap_err());
            assert!(error.contains(expected), "{text:?} gives {error}");
        }
    }
}
