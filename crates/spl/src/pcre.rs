//! Perl-compatible regular expressions, which SPL's are, in the words of Rust's engines.
//!
//! Start from [`translate`]. PCRE's classes hold ASCII characters only, a `[` in a class is itself, `\h` is a blank, `\<` is
//! a `<`, and a `{` that begins no repetition is itself; to Rust's engines all of these mean something else.

#[cfg(test)]
mod tests;

/// The engine that will read the expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The crate `regex`: linear time, no look-around.
    Linear,
    /// The crate `fancy-regex`: look-around and back-references.
    Backtracking,
}

const WORD: &str = "0-9A-Za-z_";
const BLANK: &str = r"\t\n\x0B\f\r ";
const HORIZONTAL: &str = r"\t \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}";
const VERTICAL: &str = r"\n\x0B\f\r\x{85}\x{2028}\x{2029}";

/// An expression of PCRE as one that means the same to a Rust engine. What neither knows stays, for the engine to refuse.
pub fn translate(pattern: &str, engine: Engine) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        rest = match next {
            '\\' => escape(rest, Place::Outside(engine), &mut out),
            '[' => class(rest, &mut out),
            '{' if !is_repetition(rest) => push(rest, r"\{", 1, &mut out),
            _ => push(rest, next.encode_utf8(&mut [0; 4]), next.len_utf8(), &mut out),
        };
    }
    out
}

/// Has the expression a `$`, which in PCRE also matches before a line feed at the end of the text, and no `\z`, which does not?
pub fn ends_before_line_feed(pattern: &str) -> bool {
    let mut found = false;
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        rest = match next {
            '\\' if rest.starts_with(r"\z") => return false,
            '\\' => escape(rest, Place::Outside(Engine::Linear), &mut String::new()),
            '[' => class(rest, &mut String::new()),
            _ => {
                found |= next == '$';
                rest.get(next.len_utf8()..).unwrap_or("")
            }
        };
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside(Engine),
    Class,
}

/// Write `text` for the first `read` bytes of `rest`; gives what is left.
fn push<'t>(rest: &'t str, text: &str, read: usize, out: &mut String) -> &'t str {
    out.push_str(text);
    rest.get(read..).unwrap_or("")
}

/// `{2}`, `{2,}`, `{2,3}`
fn is_repetition(rest: &str) -> bool {
    let Some((inside, _)) = rest.get(1..).and_then(|inside| inside.split_once('}')) else { return false };
    let (least, most) = inside.split_once(',').unwrap_or((inside, "0"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

/// A backslash and what it stands before.
fn escape<'t>(rest: &'t str, place: Place, out: &mut String) -> &'t str {
    let Some(letter) = rest.get(1..).and_then(|rest| rest.chars().next()) else {
        return push(rest, rest, rest.len(), out);
    };
    if letter == 'Q' {
        return quoted(rest, out);
    }
    if matches!(letter, 'x' | 'o' | 'p' | 'P' | 'g' | 'k' | 'N')
        && rest.get(2..).is_some_and(|inside| inside.starts_with('{'))
        && let Some(end) = rest.find('}')
    {
        // The braces belong to the escape.
        return push(rest, rest.get(..=end).unwrap_or(rest), end + 1, out);
    }
    let set = match letter {
        'd' | 'D' => Some("0-9"),
        'w' | 'W' => Some(WORD),
        's' | 'S' => Some(BLANK),
        'h' | 'H' => Some(HORIZONTAL),
        'v' | 'V' => Some(VERTICAL),
        'N' if place != Place::Class => Some(r"\n"),
        _ => None,
    };
    if let Some(set) = set {
        let negated = letter.is_ascii_uppercase();
        return match (place, negated) {
            (Place::Class, false) => push(rest, set, 2, out),
            (_, true) => push(rest, &format!("[^{set}]"), 2, out),
            (_, false) => push(rest, &format!("[{set}]"), 2, out),
        };
    }
    let text = match (letter, place) {
        ('<' | '>', _) => letter.to_string(),
        ('E', _) => String::new(),
        ('e', _) => r"\x1B".to_owned(),
        ('R', Place::Outside(_)) => r"(?:\r\n|[\n\x0B\f\r\x{85}\x{2028}\x{2029}])".to_owned(),
        ('b', Place::Class) => r"\x08".to_owned(),
        ('b' | 'B', Place::Outside(Engine::Linear)) => format!(r"(?-u:\{letter})"),
        ('b', Place::Outside(Engine::Backtracking)) => {
            format!("(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))")
        }
        ('B', Place::Outside(Engine::Backtracking)) => {
            format!("(?:(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}]))")
        }
        _ => format!("\\{letter}"),
    };
    push(rest, &text, 1 + letter.len_utf8(), out)
}

/// `\Q…\E`: the text itself.
fn quoted<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let inside = rest.get(2..).unwrap_or("");
    let (text, after) = inside.split_once(r"\E").unwrap_or((inside, ""));
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(character);
    }
    after
}

/// `[…]`, from the bracket on. A class that does not end is left to the engine to refuse.
fn class<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let mut text = String::from("[");
    let mut left = rest.get(1..).unwrap_or("");
    if let Some(after) = left.strip_prefix('^') {
        text.push('^');
        left = after;
    }
    // A bracket that closes nothing yet is itself.
    if let Some(after) = left.strip_prefix(']') {
        text.push_str(r"\]");
        left = after;
    }
    loop {
        let Some(next) = left.chars().next() else {
            return push(rest, rest, rest.len(), out);
        };
        left = match next {
            ']' => {
                text.push(']');
                out.push_str(&text);
                return left.get(1..).unwrap_or("");
            }
            '\\' => escape(left, Place::Class, &mut text),
            '[' => posix(left, &mut text),
            // `&&`, `--` and `~~` are operators to Rust's engines.
            '&' | '~' => push(left, &format!("\\{next}"), 1, &mut text),
            '-' if left.starts_with("--") => push(left, r"\-", 1, &mut text),
            _ => push(left, next.encode_utf8(&mut [0; 4]), next.len_utf8(), &mut text),
        };
    }
}

/// `[:alpha:]` in a class; any other bracket there is itself.
fn posix<'t>(left: &'t str, text: &mut String) -> &'t str {
    let named = left.strip_prefix("[:").and_then(|inside| inside.split_once(":]"));
    match named {
        Some((name, after)) if name.trim_start_matches('^').bytes().all(|byte| byte.is_ascii_lowercase()) => {
            text.push_str(&format!("[:{name}:]"));
            after
        }
        _ => push(left, r"\[", 1, text),
    }
}
