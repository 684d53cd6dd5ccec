//! The formats of eval's `printf` (manual: "Conversion functions", `printf`).
//!
//! Start from [`Format::parse`]. As C's `printf`, without `%n`, `%C`, `%S` and `%1$d`.

mod number;

#[cfg(test)]
mod tests;

/// A format, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(Conversion),
}

/// `%-8.3f`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Conversion {
    flags: Flags,
    width: Option<Size>,
    precision: Option<Size>,
    letter: char,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    Written(usize),
    /// `*`: the next argument says.
    Argument,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the five flags of C's printf and the apostrophe")]
struct Flags {
    thousands: bool,
    left: bool,
    zero: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
}

/// A value to be written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Argument<'a> {
    /// Its text.
    pub text: &'a str,
    /// The number that it is.
    pub number: Option<f64>,
}

/// No result is wider than this: a format asks for more by mistake.
const WIDEST: usize = 100_000;

impl Format {
    /// Read a format, or say what is wrong with it.
    pub fn parse(format: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = format;
        while let Some((text, after)) = rest.split_once('%') {
            pieces.push(Piece::Text(text.to_owned()));
            let (piece, behind) = piece(after)?;
            pieces.push(piece);
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// How many arguments it reads.
    pub fn arguments(&self) -> usize {
        let read = |piece: &Piece| match piece {
            Piece::Text(_) => 0,
            Piece::Value(conversion) => {
                let sizes = [conversion.width, conversion.precision];
                1 + sizes.iter().filter(|size| **size == Some(Size::Argument)).count()
            }
        };
        self.pieces.iter().map(read).sum()
    }

    /// The text; `None` where an argument is missing or is no number though one is asked for. The manual does not say what
    /// happens then.
    pub fn write(&self, arguments: &[Argument<'_>]) -> Option<String> {
        let mut arguments = arguments.iter();
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value(conversion) => conversion.write(&mut arguments, &mut out)?,
            }
        }
        Some(out)
    }
}

/// What stands behind a `%`, and the rest of the format.
fn piece(text: &str) -> Result<(Piece, &str), String> {
    if let Some(rest) = text.strip_prefix('%') {
        return Ok((Piece::Text("%".to_owned()), rest));
    }
    let mut conversion = Conversion::default();
    let mut rest = text;
    while let Some(flag) = rest.chars().next() {
        let set = match flag {
            '\'' => &mut conversion.flags.thousands,
            '-' => &mut conversion.flags.left,
            '0' => &mut conversion.flags.zero,
            '+' => &mut conversion.flags.plus,
            ' ' => &mut conversion.flags.blank,
            '#' => &mut conversion.flags.alternate,
            _ => break,
        };
        *set = true;
        rest = rest.get(1..).unwrap_or("");
    }
    (conversion.width, rest) = size(rest)?;
    if let Some(after) = rest.strip_prefix('.') {
        let (precision, after) = size(after)?;
        conversion.precision = Some(precision.unwrap_or(Size::Written(0)));
        rest = after;
    }
    let Some(letter) = rest.chars().next() else {
        return Err("`%` stands at the end of the format; `%%` is a percent sign".to_owned());
    };
    let known = "aAcdieEfFgGosuxXpz";
    if !known.contains(letter) {
        return Err(format!("`%{letter}` is no conversion of `printf`"));
    }
    conversion.letter = letter;
    Ok((Piece::Value(conversion), rest.get(letter.len_utf8()..).unwrap_or("")))
}

fn size(text: &str) -> Result<(Option<Size>, &str), String> {
    if let Some(rest) = text.strip_prefix('*') {
        return Ok((Some(Size::Argument), rest));
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    if digits.is_empty() {
        return Ok((None, rest));
    }
    let size = digits.parse().ok().filter(|size| *size <= WIDEST);
    size.map(|size| (Some(Size::Written(size)), rest)).ok_or_else(|| format!("`{digits}` is too wide"))
}

impl Conversion {
    fn write<'a>(&self, arguments: &mut impl Iterator<Item = &'a Argument<'a>>, out: &mut String) -> Option<()> {
        let mut flags = self.flags;
        let width = match self.width {
            None => 0,
            Some(Size::Written(width)) => width,
            Some(Size::Argument) => {
                let width = whole(arguments.next()?.number?)?;
                // A width below zero is one with `-`, as in C.
                flags.left |= width < 0;
                usize::try_from(width.unsigned_abs()).ok()?
            }
        };
        let precision = match self.precision {
            None => None,
            Some(Size::Written(precision)) => Some(precision),
            // A precision below zero is none, as in C.
            Some(Size::Argument) => usize::try_from(whole(arguments.next()?.number?)?).ok(),
        };
        if width > WIDEST || precision.is_some_and(|precision| precision > WIDEST) {
            return None;
        }
        let argument = arguments.next()?;
        let written = match self.letter {
            's' | 'z' => {
                let most = precision.unwrap_or(usize::MAX);
                number::Written {
                    sign: "",
                    prefix: "",
                    digits: argument.text.chars().take(most).collect(),
                    zeros: false,
                }
            }
            'c' => number::Written { sign: "", prefix: "", digits: character(argument)?, zeros: false },
            letter => number::write(letter, flags, precision, argument.number?)?,
        };
        written.push(flags, width, out);
        Some(())
    }
}

/// The character of a code point, or the first one of a text.
fn character(argument: &Argument<'_>) -> Option<String> {
    let character = match argument.number {
        Some(number) => char::from_u32(u32::try_from(whole(number)?).ok()?),
        None => argument.text.chars().next(),
    };
    character.map(String::from)
}

/// The whole part of a number.
#[expect(clippy::cast_possible_truncation, reason = "checked to be in range")]
fn whole(number: f64) -> Option<i64> {
    (number.abs() < 9.0e18).then_some(number.trunc() as i64)
}
