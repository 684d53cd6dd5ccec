//! How Linux' audit system writes text: in quotes, or as hexadecimal digits where it holds a blank, a quote or a control character
//! (audit-documentation, "audit event fields", encoded fields).

use super::eval::Val;
use super::functions::map_text;

/// `auditd_text(x)`: digits decoded, what stands between arguments as a blank; other text as it is.
pub(super) fn text([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    map_text(value, |text| decoded(text).map(|text| text.trim_end().to_owned()))
}

/// `auditd_arguments(x)`: the command line of an EXECVE record's `a0="sh" a1="-c" a2=6C73`.
///
/// Long arguments come in parts (`a1[0]=… a1[1]=…`), over which they are put together; `a1_len=` only says how long they are.
pub(super) fn arguments([value, ..]: [Val<'_>; 3]) -> Val<'_> {
    map_text(value, |text| Some(command_line(text)))
}

fn command_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut last = "";
    for part in Parts(text) {
        let (number, is_part) = match part.name.split_once('[') {
            Some((number, _)) => (number, true),
            None => (part.name, false),
        };
        let goes_on = is_part && number == last;
        if !line.is_empty() && !goes_on {
            line.push(' ');
        }
        last = number;
        match part.value {
            Written::Quoted(text) => line.push_str(text),
            Written::Bare(text) => line.push_str(&decoded(text).unwrap_or_else(|| text.to_owned())),
        }
    }
    line
}

/// The text that hexadecimal digits stand for; `None` where they are none.
fn decoded(text: &str) -> Option<String> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let digit = |byte: u8| if byte.is_ascii_lowercase() { None } else { char::from(byte).to_digit(16) };
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    let bytes: Vec<u8> = bytes?.into_iter().map(|byte| if byte == 0 { b' ' } else { byte }).collect();
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

enum Written<'t> {
    Quoted(&'t str),
    Bare(&'t str),
}

struct Part<'t> {
    name: &'t str,
    value: Written<'t>,
}

/// The arguments of a record in their order.
struct Parts<'t>(&'t str);

impl<'t> Iterator for Parts<'t> {
    type Item = Part<'t>;

    fn next(&mut self) -> Option<Part<'t>> {
        loop {
            let (name, rest) = self.0.trim_start().split_once('=')?;
            let (value, rest) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
                Some((value, rest)) => (Written::Quoted(value), rest),
                None => {
                    let (value, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                    (Written::Bare(value), rest)
                }
            };
            self.0 = rest;
            if is_argument(name) {
                return Some(Part { name, value });
            }
        }
    }
}

/// `a0`, `a12`, `a1[0]`
fn is_argument(name: &str) -> bool {
    let Some(number) = name.strip_prefix('a') else { return false };
    let (number, part) = number.split_once('[').unwrap_or((number, "0]"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(number) && part.strip_suffix(']').is_some_and(is_number)
}
