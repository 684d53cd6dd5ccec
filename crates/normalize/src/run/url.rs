//! The host in a URL and the file name in a command line, as CIM's models find them.

use std::sync::LazyLock;

use cim::Scheme;
use regex::Regex;

/// The host of a URL, without user and port.
pub(super) fn host(url: &str, scheme: Scheme) -> Option<&str> {
    let rest = ["http://", "https://", "ftp://"].iter().find_map(|prefix| url.strip_prefix(prefix));
    let rest = match (rest, scheme) {
        (Some(rest), _) => rest,
        (None, Scheme::Optional) => url,
        (None, Scheme::Required) => return None,
    };
    let authority = rest.split('/').next().unwrap_or(rest);
    let host = authority.split_once('@').map_or(authority, |(_, host)| host);
    host.split(':').next().filter(|host| !host.is_empty())
}

/// CIM (`Endpoint`, calculated field `process_name`): a quoted path's last component, else the last
/// component up to a blank; what follows on further lines stays, as the models' `replace` leaves it.
pub(super) fn file_name(command: &str) -> Option<String> {
    let found = if let Some(found) = pattern(&QUOTED)?.captures(command) {
        found
    } else {
        pattern(&PLAIN)?.captures(command)?
    };
    let name = found.get(1)?;
    let rest = command.get(name.end()..)?.split_once('\n').map(|(_, rest)| rest);
    Some(rest.map_or_else(|| name.as_str().to_owned(), |rest| format!("{}\n{rest}", name.as_str())))
}

// Both are constant and compile, which the tests show; without one no name is found.
static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"^\s*".+\\([^"]+)""#).ok());
static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"^(?:.+\\)?([^\s"]+)(?:\s|$)"#).ok());

fn pattern(pattern: &LazyLock<Option<Regex>>) -> Option<&Regex> {
    pattern.as_ref()
}

#[cfg(test)]
mod tests {
    use cim::Scheme;

    use super::{file_name, host};

    #[track_caller]
    fn check(command: &str, expected: Option<&str>) {
        assert_eq!(file_name(command).as_deref(), expected, "{command}");
    }

    #[test]
    fn file_names_in_command_lines() {
        check(r"C:\Windows\System32\cmd.exe /c dir", Some("cmd.exe"));
        check(r#""C:\Program Files\a b.exe" -x"#, Some("a b.exe"));
        check("notepad", Some("notepad"));
        check("unknown", Some("unknown"));
        // The model's expression is greedy: it takes the last backslash of the line.
        check(r"reg.exe add HKLM\SAM /f", Some("SAM"));
        check(r#""""#, None);
        check("", None);
        check("a.exe\nb", Some("a.exe\nb"));
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://me@example.com:8080/x", Scheme::Required), Some("example.com"));
        assert_eq!(host("example.com/x", Scheme::Optional), Some("example.com"));
        assert_eq!(host("example.com/x", Scheme::Required), None);
    }
}
