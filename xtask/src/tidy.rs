//! `cargo xtask tidy`: what no compiler checks: file sizes, leftovers, head comments, tests of data.

use anyhow::{Context, bail};

use crate::lists::{self, Entry, Lists};
use crate::workspace::Workspace;

const LIST: &str = "xtask/tidy.toml";
/// Code lines a file may have unless it is listed. Tests, comments and blank lines do not count.
const MOST_LINES: usize = 400;

/// Check every file of the project.
pub(crate) fn run(workspace: &Workspace, _arguments: &[String]) -> anyhow::Result<()> {
    let exceptions = lists::parse(&workspace.read(LIST)?).context(LIST)?;
    let files = workspace.files()?;
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| is_text(file)) {
        let Ok(text) = workspace.read(file) else { continue };
        problems.extend(leftovers(file, &text));
        if is_source(file) {
            problems.extend(head_comment(file, &text));
            problems.extend(size(file, &text, &exceptions));
        }
    }
    problems.extend(packs_without_tests(&files));
    problems.extend(listed_but_gone(&files, &exceptions));
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    println!("{} files are tidy", files.len());
    Ok(())
}

fn is_text(file: &str) -> bool {
    const ENDS: &[&str] = &[".rs", ".toml", ".md", ".yml", ".spl"];
    ENDS.iter().any(|end| file.ends_with(end)) && !file.starts_with("tests/diagnostics/")
}

fn is_source(file: &str) -> bool {
    file.ends_with(".rs")
}

fn is_test(file: &str) -> bool {
    file.ends_with("tests.rs") || file.contains("/tests/") || file.contains("/benches/") || file.starts_with("fuzz/")
}

/// Work left lying about, and paths of somebody's machine. The words are put together here so that this file passes.
fn leftovers(file: &str, text: &str) -> Vec<String> {
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["todo", "!("], ["unimplemented", "!("], ["#[ign", "ore"], ["should_", "panic"]];
    let homes = [["/ro", "ot/"], ["/wo", "rk/"], ["/home/", "user/"]];
    let is_code = is_source(file);
    let mut problems = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let found = |words: &[[&str; 2]]| words.iter().map(|parts| parts.concat()).find(|word| holds(line, word));
        let mark = if is_code { found(&marks) } else { None };
        if let Some(word) = mark.or_else(|| found(&homes)) {
            problems.push(format!("{file}:{}: `{word}`", at + 1));
        }
    }
    problems
}

/// Is the word in the line, and not as the start of a longer one?
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let behind = line.get(at + word.len()..).and_then(|rest| rest.chars().next());
        word.ends_with(['/', '(']) || !behind.is_some_and(char::is_alphanumeric)
    })
}

fn head_comment(file: &str, text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let has = first.starts_with("//!") || is_test(file);
    (!has).then(|| format!("{file}: begins without a `//!` comment that says what it is"))
}

fn size(file: &str, text: &str, exceptions: &Lists) -> Option<String> {
    if is_test(file) {
        return None;
    }
    let lines = code_lines(text);
    let allowed = match exceptions.get("lines").and_then(|entries| entries.get(file)) {
        Some(Entry::Number(most)) => *most,
        _ => MOST_LINES,
    };
    (lines > allowed).then(|| format!("{file}: {lines} code lines, {allowed} allowed: cut it in two"))
}

/// Lines with code, up to the tests at the end of the file.
fn code_lines(text: &str) -> usize {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// Every pack that reads a source says by example what it gives.
fn packs_without_tests(files: &[String]) -> Vec<String> {
    let packs = files.iter().filter_map(|file| file.strip_prefix("packs/")?.strip_suffix("/pack.yml"));
    let lacking = packs.filter(|pack| !files.contains(&format!("packs/{pack}/tests.yml")));
    lacking.map(|pack| format!("packs/{pack}: no tests.yml")).collect()
}

/// The list of exceptions only shrinks.
fn listed_but_gone(files: &[String], exceptions: &Lists) -> Vec<String> {
    let listed = exceptions.get("lines").into_iter().flat_map(|entries| entries.keys());
    listed.filter(|file| !files.contains(file)).map(|file| format!("{LIST}: {file} is gone, take it out")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_lines_leave_comments_blanks_and_tests_out() {
        assert_eq!(
            code_lines("//! Head.\n\nfn a() {\n    // why\n    b();\n}\n#[cfg(test)]\nmod tests {\n    fn c() {}\n}\n"),
            3
        );
    }

    #[test]
    fn leftovers_are_found_with_their_line() {
        let text = format!("fn a() {{\n    {}!()\n}}\n", "todo");
        assert_eq!(leftovers("a.rs", &text), [format!("a.rs:2: `{}!(`", "todo")]);
        assert_eq!(leftovers("a.md", &format!("see {}x", ["/ro", "ot/"].concat())).len(), 1);
    }

    #[test]
    fn files_say_what_they_are() {
        assert!(head_comment("a.rs", "\nuse std::fs;\n").is_some());
        assert!(head_comment("a.rs", "//! What.\n").is_none());
    }

    #[test]
    fn packs_need_tests() {
        let files = ["packs/a/pack.yml", "packs/a/tests.yml", "packs/b/pack.yml"].map(str::to_owned);
        assert_eq!(packs_without_tests(&files), ["packs/b: no tests.yml"]);
    }
}
