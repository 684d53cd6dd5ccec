//! The form of a macro call: `` `name` ``, `` `name(a, "b, c")` ``, `` `name(argument=a)` ``.

use text::Span;

/// A macro call in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) name_span: Span,
    pub(super) arguments: Vec<Argument>,
    /// With both back-ticks.
    pub(super) span: Span,
}

/// An argument as written, without the quotes around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) value: Span,
    pub(super) quoted: bool,
}

/// The call whose first back-tick stands at `start`; `None` when the back-tick is just a character.
///
/// `in_quotes`: the call stands in a quoted value, which ends at the next `"` and writes its own quotes as `\"`.
pub(super) fn read(text: &str, start: usize, in_quotes: bool) -> Option<Call> {
    let mut at = skip_blanks(text, start + 1);
    let name_start = at;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    while byte(text, at).is_some_and(is_name) {
        at += 1;
    }
    let name_span = Span::new(name_start, at);
    if name_span.is_empty() {
        return None;
    }
    at = skip_blanks(text, at);
    let mut arguments = Vec::new();
    if byte(text, at) == Some(b'(') {
        let end = closing(text, at, in_quotes)?;
        arguments = split(text, at + 1, end, if in_quotes { "\\\"" } else { "\"" });
        at = skip_blanks(text, end + 1);
    }
    if byte(text, at) != Some(b'`') {
        return None;
    }
    Some(Call { name: name_span.of(text).to_owned(), name_span, arguments, span: Span::new(start, at + 1) })
}

fn byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

fn skip_blanks(text: &str, mut at: usize) -> usize {
    while byte(text, at).is_some_and(|byte| byte.is_ascii_whitespace()) {
        at += 1;
    }
    at
}

/// The parenthesis that closes the one at `open`.
fn closing(text: &str, open: usize, in_quotes: bool) -> Option<usize> {
    let (mut depth, mut quoted, mut at) = (0_usize, false, open);
    loop {
        match byte(text, at)? {
            b'\\' => at += 1,
            b'"' if in_quotes => return None,
            b'"' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The arguments between `start` and `end`: split at commas outside quotes, which are written as `quote`, and parentheses.
fn split(text: &str, start: usize, end: usize, quote: &str) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let (mut depth, mut quoted, mut from, mut at) = (0_usize, false, start, start);
    while at < end {
        match byte(text, at) {
            _ if text.get(at..).is_some_and(|rest| rest.starts_with(quote)) => {
                quoted = !quoted;
                at += quote.len() - 1;
            }
            Some(b'\\') => at += 1,
            Some(b'(') if !quoted => depth += 1,
            Some(b')') if !quoted => depth = depth.saturating_sub(1),
            Some(b',') if !quoted && depth == 0 => {
                arguments.push(argument(text, Span::new(from, at), quote));
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    let last = Span::new(from, end);
    if !(arguments.is_empty() && last.of(text).trim().is_empty()) {
        arguments.push(argument(text, last, quote));
    }
    arguments
}

fn argument(text: &str, span: Span, quote: &str) -> Argument {
    let written = span.of(text);
    let start = span.start as usize + (written.len() - written.trim_start().len());
    let end = start + written.trim().len();
    let trimmed = written.trim();
    let length = quote.len();
    let quoted = trimmed.len() >= 2 * length && trimmed.starts_with(quote) && trimmed.ends_with(quote);
    let value = if quoted { Span::new(start + length, end - length) } else { Span::new(start, end) };
    Argument { value, quoted }
}

/// The value of each of a macro's parameters, in their order: by name (`name=value`), the others by place.
pub(super) fn by_parameter(parameters: &[String], text: &str, arguments: &[Argument]) -> Vec<Option<Argument>> {
    let mut values: Vec<Option<Argument>> = vec![None; parameters.len()];
    let mut by_place = Vec::new();
    for argument in arguments {
        let written = argument.value.of(text);
        let named = written.split_once('=').filter(|_| !argument.quoted);
        let parameter = named.and_then(|(name, _)| parameters.iter().position(|parameter| parameter == name.trim()));
        let slot = parameter.and_then(|at| values.get_mut(at)).filter(|slot| slot.is_none());
        match (named, slot) {
            (Some((name, _)), Some(slot)) => {
                let value = Span::new(argument.value.start as usize + name.len() + 1, argument.value.end as usize);
                *slot = Some(self::argument(text, value, "\""));
            }
            _ => by_place.push(argument.clone()),
        }
    }
    let mut by_place = by_place.into_iter();
    for slot in values.iter_mut().filter(|slot| slot.is_none()) {
        *slot = by_place.next();
    }
    values
}

/// True when a quoted value that begins after `before` is the search of a `map` command.
pub(super) fn is_map_search(before: &str) -> bool {
    let Some(before) = before.trim_end().strip_suffix('=') else {
        return false;
    };
    let Some(before) = before.trim_end().strip_suffix("search") else {
        return false;
    };
    let command = before.rsplit(['|', '[']).next().unwrap_or(before);
    command.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("map"))
}

/// What to put in the place of an unknown macro, so that the rest of the search can be checked: a command that does
/// nothing after a pipe, a term that matches all in parentheses, a blank elsewhere.
pub(super) fn stand_in(text: &str, call: Span) -> &'static str {
    let before = text.get(..call.start as usize).unwrap_or_default().trim_end();
    let after = text.get(call.end as usize..).unwrap_or_default().trim_start();
    if before.ends_with('|') && (after.is_empty() || after.starts_with(['|', ']'])) {
        "search *"
    } else if before.ends_with('(') && after.starts_with(')') {
        "*"
    } else {
        " "
    }
}
