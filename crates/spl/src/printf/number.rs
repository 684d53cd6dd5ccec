//! Numbers as C's `printf` writes them.

use super::{Flags, whole};

/// A number taken apart, so that zeros can stand between its parts.
pub(super) struct Written {
    pub(super) sign: &'static str,
    pub(super) prefix: &'static str,
    pub(super) digits: String,
    /// May zeros fill it up to the width?
    pub(super) zeros: bool,
}

impl Written {
    /// Write it, at least `width` characters wide.
    pub(super) fn push(&self, flags: Flags, width: usize, out: &mut String) {
        let length = self.sign.len() + self.prefix.len() + self.digits.chars().count();
        let missing = width.saturating_sub(length);
        let zeros = flags.zero && self.zeros && !flags.left;
        let fill = |character: &str| character.repeat(missing);
        if !flags.left && !zeros {
            out.push_str(&fill(" "));
        }
        out.push_str(self.sign);
        out.push_str(self.prefix);
        if zeros {
            out.push_str(&fill("0"));
        }
        out.push_str(&self.digits);
        if flags.left {
            out.push_str(&fill(" "));
        }
    }
}

/// A number by one of the conversions that take one.
pub(super) fn write(letter: char, flags: Flags, precision: Option<usize>, number: f64) -> Option<Written> {
    let sign = match number.is_sign_negative() && !number.is_nan() {
        true => "-",
        false if flags.plus => "+",
        false if flags.blank => " ",
        false => "",
    };
    match letter {
        'd' | 'i' => {
            let whole = whole(number)?;
            let sign = if whole == 0 && sign == "-" { "" } else { sign };
            Some(integer(sign, "", whole.unsigned_abs().to_string(), flags, precision))
        }
        'u' | 'o' | 'x' | 'X' | 'p' => unsigned(letter, flags, precision, number),
        _ if !number.is_finite() => {
            let digits = if number.is_nan() { "nan" } else { "inf" };
            let digits = if letter.is_ascii_uppercase() { digits.to_uppercase() } else { digits.to_owned() };
            Some(Written { sign, prefix: "", digits, zeros: false })
        }
        _ => {
            let number = number.abs();
            let (prefix, digits) = match letter {
                'f' | 'F' => ("", fixed(number, precision.unwrap_or(6), flags)),
                'e' | 'E' => ("", exponential(number, precision.unwrap_or(6), flags.alternate)),
                'g' | 'G' => ("", general(number, precision.unwrap_or(6), flags)),
                _ => ("0x", hexadecimal(number, precision.unwrap_or(6), flags.alternate)),
            };
            if letter.is_ascii_uppercase() {
                let prefix = if prefix.is_empty() { "" } else { "0X" };
                return Some(Written { sign, prefix, digits: digits.to_uppercase(), zeros: true });
            }
            Some(Written { sign, prefix, digits, zeros: true })
        }
    }
}

/// `%u`, `%o`, `%x`: numbers below zero have no such form, and give none.
fn unsigned(letter: char, flags: Flags, precision: Option<usize>, number: f64) -> Option<Written> {
    let number = u64::try_from(whole(number)?).ok()?;
    let alternate = flags.alternate && number != 0;
    Some(match letter {
        'u' => integer("", "", number.to_string(), flags, precision),
        'o' => {
            let digits = format!("{number:o}");
            // `#` makes the first digit a zero.
            let least = if flags.alternate { digits.len() + usize::from(number != 0) } else { 0 };
            integer("", "", digits, flags, precision.max((least > 0).then_some(least)))
        }
        'x' => integer("", if alternate { "0x" } else { "" }, format!("{number:x}"), flags, precision),
        _ => integer("", if alternate { "0X" } else { "" }, format!("{number:X}"), flags, precision),
    })
}

/// Digits with at least `precision` of them; none for a zero with precision 0.
fn integer(
    sign: &'static str,
    prefix: &'static str,
    digits: String,
    flags: Flags,
    precision: Option<usize>,
) -> Written {
    let digits = match precision {
        Some(0) if digits == "0" => String::new(),
        Some(least) => format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len()))),
        None => digits,
    };
    let digits = if flags.thousands { thousands(&digits) } else { digits };
    Written { sign, prefix, digits, zeros: precision.is_none() }
}

/// Commas between groups of three, in front of the point.
fn thousands(digits: &str) -> String {
    let (whole, rest) = digits.find('.').and_then(|point| digits.split_at_checked(point)).unwrap_or((digits, ""));
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

fn fixed(number: f64, precision: usize, flags: Flags) -> String {
    let mut digits = format!("{number:.precision$}");
    if precision == 0 && flags.alternate {
        digits.push('.');
    }
    if flags.thousands { thousands(&digits) } else { digits }
}

/// `5.14e+03`
fn exponential(number: f64, precision: usize, point: bool) -> String {
    let written = format!("{number:.precision$e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let point = if point && precision == 0 { "." } else { "" };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}{point}e{sign}{:02}", exponent.abs())
}

/// `%e` for very large and very small numbers, else `%f`, with `precision` digits that count; zeros at the end are left out.
fn general(number: f64, precision: usize, flags: Flags) -> String {
    let precision = precision.max(1);
    let written = exponential(number, precision - 1, false);
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let power: i64 = exponent.parse().unwrap_or(0);
    let most = i64::try_from(precision).unwrap_or(i64::MAX);
    if power < -4 || power >= most {
        let mantissa = if flags.alternate { mantissa } else { without_zeros(mantissa) };
        return format!("{mantissa}e{exponent}");
    }
    let decimals = usize::try_from(most - 1 - power).unwrap_or(0);
    let digits = fixed(number, decimals, flags);
    if flags.alternate { digits } else { without_zeros(&digits).to_owned() }
}

fn without_zeros(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

/// `1.922p+1`, with `precision` hexadecimal digits behind the point.
fn hexadecimal(number: f64, precision: usize, point: bool) -> String {
    const FRACTION: u32 = 52;
    let bits = number.to_bits();
    let (mut power, mut mantissa) = (i64::try_from(bits >> FRACTION).unwrap_or(0), bits & ((1 << FRACTION) - 1));
    if power == 0 {
        power = if mantissa == 0 { 0 } else { -1022 };
    } else {
        mantissa |= 1 << FRACTION;
        power -= 1023;
    }
    let digits = u32::try_from(precision).unwrap_or(u32::MAX).min(FRACTION / 4);
    // Round half to even at the last digit that is kept.
    let dropped = FRACTION - digits * 4;
    if dropped > 0 {
        let (kept, rest, half) = (mantissa >> dropped, mantissa & ((1 << dropped) - 1), 1 << (dropped - 1));
        let up = rest > half || (rest == half && kept & 1 == 1);
        mantissa = (kept + u64::from(up)) << dropped;
    }
    let fraction = format!("{:013x}", mantissa & ((1 << FRACTION) - 1));
    let fraction = format!("{fraction:0<precision$}");
    let fraction = fraction.get(..precision).unwrap_or(&fraction);
    let dot = if precision > 0 || point { "." } else { "" };
    let sign = if power < 0 { '-' } else { '+' };
    format!("{}{dot}{fraction}p{sign}{}", mantissa >> FRACTION, power.abs())
}
