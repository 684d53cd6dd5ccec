//! Texts that satisfy several checks at once.
//!
//! Every check that must hold proposes shapes; the shapes of all are put into one, its gaps are filled, and what comes out
//! is held against all checks.

use std::net::IpAddr;

use spl::ast::{CompareOp, Pattern};
use spl::compare::Network;
use spl::value::{Value, format_number, parse_number};

use crate::check::{Check, Kind};
use crate::sample::{Groups, sample};
use crate::shape::Shape;

/// How often shapes are put together before it is given up.
const TRIES: usize = 600;
const SAMPLES: usize = 12;

/// Up to `count` texts that satisfy all checks, no two alike in any letter case. `plain` gives the texts that a field has
/// where nothing is asked of it.
pub(crate) fn texts(checks: &[Check], count: usize, plain: &dyn Fn(usize) -> String) -> Vec<String> {
    let mut found = Found { checks, count, texts: Vec::new() };
    let asking: Vec<Vec<Shape>> = checks.iter().filter_map(|check| proposals(check, plain)).collect();
    if checks.iter().any(Check::is_numeric) {
        numbers(checks, count).iter().for_each(|number| found.try_text(format_number(*number)));
    }
    if asking.is_empty() {
        (0..count + 8).for_each(|at| found.try_text(plain(at)));
        others(plain).into_iter().for_each(|text| found.try_text(text));
        return found.texts;
    }
    for round in 0..TRIES {
        if found.is_done() {
            break;
        }
        let Some(shapes) = combination(&asking, round) else { break };
        let merged = shapes.iter().skip(1).try_fold(shapes.first().map(|shape| (*shape).clone()), |merged, shape| {
            merged.map(|merged| merged.merge(shape))
        });
        if let Some(Some(merged)) = merged {
            found.try_shape(&merged, plain);
        }
    }
    found.texts
}

/// One shape of each, for every round others; the first check's change fastest.
fn combination(asking: &[Vec<Shape>], round: usize) -> Option<Vec<&Shape>> {
    let mut rest = round;
    let mut chosen = Vec::with_capacity(asking.len());
    for shapes in asking {
        chosen.push(shapes.get(rest % shapes.len().max(1))?);
        rest /= shapes.len().max(1);
    }
    (rest == 0).then_some(chosen)
}

struct Found<'c> {
    checks: &'c [Check],
    count: usize,
    texts: Vec<String>,
}

impl Found<'_> {
    fn is_done(&self) -> bool {
        self.texts.len() >= self.count
    }

    fn try_text(&mut self, text: String) {
        if self.is_done() || !self.checks.iter().all(|check| check.matches(&text)) {
            return;
        }
        if !self.texts.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
            self.texts.push(text);
        }
    }

    fn try_shape(&mut self, shape: &Shape, plain: &dyn Fn(usize) -> String) {
        if shape.is_exact() {
            let text = shape.fill("");
            self.try_text(text.clone());
            self.try_text(text.to_lowercase());
            self.try_text(text.to_uppercase());
            return;
        }
        // `*` alone is any text.
        if shape.parts.iter().all(String::is_empty) {
            (0..self.count + 4).for_each(|at| self.try_text(plain(at)));
        }
        let fillers = [" ", "", "x", "1", "\\", "/", "-", ", ", " a ", "\n"];
        for filler in fillers {
            self.try_text(shape.fill(filler));
            if self.is_done() {
                return;
            }
        }
        for filler in fillers.iter().skip(1) {
            self.try_text(shape.fill_with(filler, filler, filler));
        }
        for at in 0..self.count.saturating_mul(2) + 2 {
            if self.is_done() {
                return;
            }
            let counted = format!("w{at}");
            let spaced = format!(" {counted} ");
            let number = format!("{at}");
            for text in [
                shape.fill_with(" ", "", &spaced),
                shape.fill_with(" ", &counted, ""),
                shape.fill_with(&spaced, "", ""),
                shape.fill_with(&counted, "", ""),
                shape.fill_with(" ", "", &counted),
                shape.fill_with("", "", &number),
                shape.fill_with("", &number, ""),
                shape.fill_with(&number, "", ""),
            ] {
                self.try_text(text);
            }
        }
    }
}

/// The shapes that a check proposes; `None` where it asks for nothing of the kind.
fn proposals(check: &Check, plain: &dyn Fn(usize) -> String) -> Option<Vec<Shape>> {
    if !check.holds {
        return check.near.then(|| near(check, plain)).filter(|shapes| !shapes.is_empty());
    }
    let shapes = match &*check.kind {
        Kind::Search(CompareOp::Equal, pattern, _) => of_pattern(pattern),
        Kind::Search(CompareOp::NotEqual, ..) => return None,
        Kind::Search(_, pattern, _) => return around_text(&pattern.parts.join("*")),
        Kind::Among(patterns, _) => patterns.iter().flat_map(of_pattern).collect(),
        Kind::Keyword(pattern, _) => vec![Shape {
            parts: std::iter::once(String::new()).chain([pattern.parts.join("x")]).chain([String::new()]).collect(),
        }],
        Kind::Regex(pattern, _) => (0..SAMPLES).filter_map(|at| sample(pattern, &Groups::new(), at)).collect(),
        Kind::Like(pattern, _) => {
            vec![Shape { parts: pattern.replace('_', "a").split('%').map(str::to_owned).collect() }]
        }
        Kind::Is(value) => value.to_text().map(|text| vec![Shape::exact(text)]).unwrap_or_default(),
        Kind::Order(..) => return None,
        Kind::Network(written, network) => inside(written, network).into_iter().map(Shape::exact).collect(),
        Kind::Length(op, number) => long(*op, *number),
        Kind::Piece { delimiter, at, check } => piece(delimiter, *at, check, plain),
        Kind::Pieces(delimiter, op, number) => pieces(delimiter, *op, *number),
        Kind::Slice { start, length, check } => sliced(*start, *length, check, plain),
        Kind::Taken { shape, .. } => vec![shape.clone()],
        Kind::Built(shapes) => shapes.clone(),
    };
    Some(shapes)
}

fn of_pattern(pattern: &Pattern) -> Vec<Shape> {
    if let [text] = pattern.parts.as_slice()
        && let Some(network) = Network::parse(text)
    {
        let addresses = inside(text, &network).into_iter().map(Shape::exact);
        return addresses.chain([Shape::exact(text)]).collect();
    }
    vec![Shape { parts: pattern.parts.clone() }]
}

/// Texts close to what the check asks, that should not satisfy it.
fn near(check: &Check, plain: &dyn Fn(usize) -> String) -> Vec<Shape> {
    let wanted = Check { holds: true, near: false, ..check.clone() };
    let mut shapes = Vec::new();
    for shape in proposals(&wanted, plain).unwrap_or_default().into_iter().take(6) {
        for at in 0..shape.parts.len() {
            for changed in changed(shape.parts.get(at).map_or("", String::as_str)) {
                let mut near = shape.clone();
                if let Some(part) = near.parts.get_mut(at) {
                    *part = changed;
                }
                shapes.push(near);
            }
        }
        if let Kind::Search(..) | Kind::Among(..) | Kind::Is(_) = &*check.kind
            && shape.is_exact()
        {
            shapes.push(Shape::exact(format!("{}x", shape.fill(""))));
        }
    }
    if let Kind::Network(_, network) = &*check.kind {
        shapes.extend(outside(network).into_iter().map(Shape::exact));
    }
    shapes
}

/// The text with one letter or digit changed: the last one, the middle one, the first one.
fn changed(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let places: Vec<usize> =
        (0..characters.len()).filter(|at| characters.get(*at).is_some_and(|c| c.is_ascii_alphanumeric())).collect();
    let wanted = [places.last(), places.get(places.len() / 2), places.first()];
    let mut texts = Vec::new();
    for at in wanted.into_iter().flatten() {
        let replace = |(place, character): (usize, &char)| if place == *at { other(*character) } else { *character };
        texts.push(characters.iter().enumerate().map(replace).collect());
    }
    if places.is_empty() && !text.is_empty() {
        texts.push("x".repeat(characters.len()));
    }
    texts
}

fn other(character: char) -> char {
    match character {
        'z' => 'y',
        'Z' => 'Y',
        '9' => '8',
        c => char::from_u32(u32::from(c) + 1).unwrap_or('x'),
    }
}

/// Numbers around those that the checks name, as many as asked for and a few more.
pub(crate) fn numbers(checks: &[Check], count: usize) -> Vec<f64> {
    let mut bounds = Vec::new();
    for check in checks {
        match &*check.kind {
            Kind::Order(_, number) => bounds.push(*number),
            Kind::Is(Value::Number(number)) => bounds.push(*number),
            Kind::Search(_, pattern, _) => bounds.extend(parse_number(&pattern.parts.join("*"))),
            Kind::Is(value) => bounds.extend(value.as_number()),
            _ => (),
        }
    }
    let mut numbers: Vec<f64> = bounds.clone();
    let steps = [1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 0.1, -0.1, 10.0, -10.0, 100.0];
    numbers.extend(bounds.iter().flat_map(|bound| steps.iter().map(move |step| bound + step)));
    numbers.extend(bounds.iter().flat_map(|bound| [bound * 2.0, bound / 2.0]));
    let between = bounds.iter().flat_map(|low| bounds.iter().map(move |high| f64::midpoint(*low, *high)));
    numbers.extend(between.collect::<Vec<_>>());
    let mut step = 0.0;
    for _ in 0..count * 2 {
        step += 1.0;
        numbers.extend(bounds.iter().flat_map(|bound| [bound + step, bound - step]));
    }
    numbers
}

/// Texts just before, at and just behind another in order.
fn around_text(text: &str) -> Option<Vec<Shape>> {
    if parse_number(text).is_some() {
        return None;
    }
    let mut shapes = vec![Shape::exact(text), Shape::exact(format!("{text}a"))];
    shapes.extend([Shape::exact(" "), Shape::exact("~")]);
    Some(shapes)
}

/// Addresses in a range: well-known ones, and those behind the one that it is written with.
fn inside(written: &str, network: &Network) -> Vec<String> {
    const KNOWN: &[&str] = &[
        "10.0.0.5",
        "10.1.2.3",
        "172.16.0.5",
        "192.168.0.5",
        "192.168.1.20",
        "127.0.0.1",
        "169.254.1.1",
        "224.0.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "203.0.113.5",
        "198.51.100.5",
        "192.0.2.5",
        "8.8.8.8",
        "1.1.1.1",
        "fe80::1",
        "::1",
        "fc00::1",
        "2001:db8::1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.0.1",
        "192.88.99.1",
    ];
    let known = KNOWN.iter().filter(|address| network.contains_text(address)).map(|address| (*address).to_owned());
    let mut addresses: Vec<String> = known.collect();
    let start = written.split_once('/').and_then(|(address, _)| address.parse().ok());
    let behind = start.map(next_address).into_iter().flatten();
    addresses.extend(behind.filter(|address| network.contains_text(address)));
    addresses
}

fn outside(network: &Network) -> Vec<String> {
    let known = ["203.0.113.5", "198.51.100.7", "8.8.8.8", "10.0.0.5", "192.168.0.5"];
    known.iter().filter(|address| !network.contains_text(address)).map(|address| (*address).to_owned()).collect()
}

/// The address and the ones behind it.
fn next_address(first: IpAddr) -> Vec<String> {
    match first {
        IpAddr::V4(address) => {
            (0..64).map(|at| std::net::Ipv4Addr::from(u32::from(address).saturating_add(at)).to_string()).collect()
        }
        IpAddr::V6(address) => {
            (0..64).map(|at| std::net::Ipv6Addr::from(u128::from(address).saturating_add(at)).to_string()).collect()
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lengths are small and not negative")]
fn whole(number: f64) -> usize {
    number.clamp(0.0, 100_000.0) as usize
}

fn long(op: CompareOp, number: f64) -> Vec<Shape> {
    let lengths: Vec<usize> = match op {
        CompareOp::Greater | CompareOp::NotEqual => vec![whole(number) + 1, whole(number) + 20],
        CompareOp::Less => vec![whole(number).saturating_sub(1), 1],
        CompareOp::LessOrEqual => vec![whole(number), 1],
        CompareOp::Equal | CompareOp::GreaterOrEqual => vec![whole(number)],
    };
    let mut shapes: Vec<Shape> = lengths.iter().map(|length| Shape::exact("x".repeat(*length))).collect();
    if matches!(op, CompareOp::Greater | CompareOp::GreaterOrEqual) {
        shapes.extend(lengths.iter().map(|length| Shape::within("x".repeat(*length))));
    } else {
        shapes.push(Shape { parts: vec![String::new(), String::new()] });
        // Short texts around what the other checks ask for.
        shapes.extend((0..whole(number).min(40)).map(|at| Shape { parts: vec!["x".repeat(at), String::new()] }));
    }
    shapes
}

fn piece(delimiter: &str, at: i64, check: &Check, plain: &dyn Fn(usize) -> String) -> Vec<Shape> {
    let inner = proposals(check, plain).unwrap_or_else(|| vec![Shape::exact(plain(0))]);
    let others = usize::try_from(at.unsigned_abs()).unwrap_or(0);
    inner
        .into_iter()
        .map(|shape| {
            let text = shape.fill("");
            if at < 0 {
                let behind = format!("{delimiter}x").repeat(others.saturating_sub(1));
                Shape { parts: vec![String::new(), format!("{delimiter}{text}{behind}")] }
            } else {
                let before = format!("x{delimiter}").repeat(others);
                Shape { parts: vec![format!("{before}{text}{delimiter}x"), String::new()] }
            }
        })
        .collect()
}

fn pieces(delimiter: &str, op: CompareOp, number: f64) -> Vec<Shape> {
    let count = match op {
        CompareOp::Greater => whole(number) + 1,
        CompareOp::Less => whole(number).saturating_sub(1),
        CompareOp::NotEqual => whole(number) + 1,
        _ => whole(number),
    };
    let delimiters = format!("{delimiter}a").repeat(count.saturating_sub(1));
    if count <= 1 {
        vec![Shape { parts: vec![String::new(), String::new()] }]
    } else {
        vec![Shape::within(format!("a{delimiters}"))]
    }
}

fn sliced(start: i64, length: Option<usize>, check: &Check, plain: &dyn Fn(usize) -> String) -> Vec<Shape> {
    let inner = proposals(check, plain).unwrap_or_else(|| vec![Shape::exact(plain(0))]);
    inner
        .into_iter()
        .map(|shape| {
            let text = shape.fill("");
            let size = text.chars().count();
            if start < 0 {
                let span = usize::try_from(start.unsigned_abs()).unwrap_or(0);
                let behind = length.map_or(0, |_| span.saturating_sub(size));
                Shape { parts: vec![String::new(), format!("{text}{}", "x".repeat(behind))] }
            } else {
                let before = usize::try_from(start - 1).unwrap_or(0);
                let shape = format!("{}{text}", "x".repeat(before));
                Shape { parts: if length.is_some() { vec![shape, String::new()] } else { vec![shape] } }
            }
        })
        .collect()
}

/// Other texts than the plain ones, where these do not do.
fn others(plain: &dyn Fn(usize) -> String) -> Vec<String> {
    let fixed = [
        "value",
        "other",
        "x",
        "1",
        "0",
        "2",
        "10",
        "100",
        "1000",
        "65000",
        "-1",
        "true",
        "false",
        "203.0.113.5",
        "198.51.100.7",
        "8.8.8.8",
        "10.0.0.5",
        "192.168.0.5",
        "a.b",
        "/a/b",
        "C:\\a\\b.txt",
        "",
        "*",
        "-",
        "null",
    ];
    let mut texts: Vec<String> = fixed.iter().map(|text| (*text).to_owned()).collect();
    texts.push(plain(0).to_uppercase());
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        let parts = text.split('*').map(str::to_owned).collect();
        Pattern { parts, quoted: true, span: text::Span::default() }
    }

    fn equal(text: &str) -> Check {
        Check::search(CompareOp::Equal, &pattern(text))
    }

    fn found(checks: &[Check], count: usize) -> Vec<String> {
        texts(checks, count, &|at| format!("plain{at}"))
    }

    #[test]
    fn texts_satisfy_all_checks() {
        let compiled = |pattern: &str| std::sync::Arc::new(fancy_regex::Regex::new(pattern).unwrap());
        let expression = "(?i)cmd\\.exe\\s+/c";
        let regex = Check::regex(expression, compiled(expression));
        let like = Check::like("%-enc%", compiled("-enc"));
        let checks = [equal("*powershell*"), regex, equal("*safe*").negated(), like];
        assert_eq!(found(&checks, 1).len(), 1);
        assert_eq!(found(&[equal("*.exe"), equal("c:\\*")], 3).len(), 3);
        assert_eq!(found(&[equal("cmd.exe")], 2), ["cmd.exe"]);
        assert_eq!(found(&[Check::among(&[pattern("a"), pattern("b")])], 3), ["a", "b"]);
        assert!(found(&[equal("a"), equal("b")], 1).is_empty());
        assert_eq!(found(&[], 2), ["plain0", "plain1"]);
    }

    #[test]
    fn numbers_and_networks() {
        let over = |number| Check::new(Kind::Order(CompareOp::Greater, number), true);
        assert_eq!(found(&[over(5.0)], 1), ["6"]);
        assert_eq!(found(&[equal("10.20.0.0/16")], 1), ["10.20.0.0"]);
        let outside = found(&[equal("10.0.0.0/8").negated().with_near(true)], 1);
        assert_eq!(outside.len(), 1);
        let long = Check::new(Kind::Length(CompareOp::Greater, 200.0), true);
        assert!(found(&[long, equal("*cmd*")], 1)[0].len() > 200);
    }

    #[test]
    fn a_near_miss_is_close() {
        assert_eq!(found(&[equal("cmd.exe").negated().with_near(true)], 1), ["cmd.exf"]);
        assert_eq!(found(&[equal("*-enc*").negated().with_near(true)], 1), ["-end"]);
    }
}
