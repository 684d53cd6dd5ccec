//! Writes databases of addresses in MaxMind's format, so that no test needs a real one.
//!
//! Source: the MaxMind DB file format specification 2.0.

use std::net::{IpAddr, Ipv6Addr};

use serde_json::{Map, Value};

/// Bits of the addresses in the tree; IPv4 addresses are those below `::/96`.
const BITS: u32 = 128;
const SEPARATOR: [u8; 16] = [0; 16];
const MARKER: &[u8] = b"\xab\xcd\xefMaxMind.com";

/// A side of a node of the tree.
#[derive(Clone, Copy)]
enum Side {
    Empty,
    Node(u32),
    /// A record, by its place in the data.
    Data(u32),
}

/// A database of type `GeoLite2-City`. Each row has a `network` in CIDR notation, and all its other keys are the record,
/// laid out as MaxMind's (`{"city": {"names": {"en": …}}, …}`). Networks must not overlap.
///
/// # Errors
/// A row without a network, or a number that is too large.
pub fn mmdb(rows: &[Map<String, Value>]) -> Result<Vec<u8>, String> {
    let mut nodes = vec![[Side::Empty; 2]];
    let mut data = Vec::new();
    for row in rows {
        let network = row.get("network").and_then(Value::as_str).ok_or("a row has no `network`")?;
        let (address, bits) = prefix(network).ok_or_else(|| format!("`{network}` is no network"))?;
        let place = u32::try_from(data.len()).map_err(|error| error.to_string())?;
        let record: Map<String, Value> = row.iter().filter(|(key, _)| *key != "network").map(cloned).collect();
        encode(&Value::Object(record), &mut data)?;
        insert(&mut nodes, address, bits, place)?;
    }
    let count = u32::try_from(nodes.len()).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    for side in nodes.iter().flatten() {
        let value = match side {
            Side::Empty => count,
            Side::Node(node) => *node,
            Side::Data(place) => count + 16 + place,
        };
        bytes.extend(value.to_be_bytes());
    }
    bytes.extend(SEPARATOR);
    bytes.extend(data);
    bytes.extend(MARKER);
    metadata(count, &mut bytes)?;
    Ok(bytes)
}

fn metadata(node_count: u32, bytes: &mut Vec<u8>) -> Result<(), String> {
    head(7, 9, bytes)?;
    let wholes: [(&str, u8, &[u8]); 6] = [
        ("binary_format_major_version", 5, &[2]),
        ("binary_format_minor_version", 5, &[]),
        ("build_epoch", 9, &[]),
        ("ip_version", 5, &[6]),
        ("node_count", 6, &node_count.to_be_bytes()),
        ("record_size", 5, &[32]),
    ];
    for (key, kind, digits) in wholes {
        encode(&Value::from(key), bytes)?;
        head(kind, digits.len(), bytes)?;
        bytes.extend(digits);
    }
    let texts = serde_json::json!({
        "database_type": "GeoLite2-City",
        "description": {"en": "made for a test"},
        "languages": ["en"],
    });
    for (key, value) in texts.as_object().into_iter().flatten() {
        encode(&Value::from(key.as_str()), bytes)?;
        encode(value, bytes)?;
    }
    Ok(())
}

fn cloned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// A network as the first of its addresses in the tree, and the bits that count.
fn prefix(network: &str) -> Option<(u128, u32)> {
    let (address, bits) = network.split_once('/')?;
    let bits: u32 = bits.parse().ok()?;
    match address.parse().ok()? {
        IpAddr::V4(address) => Some((u128::from(u32::from(address)), bits + 96)),
        IpAddr::V6(address) => Some((Ipv6Addr::to_bits(address), bits)),
    }
}

fn insert(nodes: &mut Vec<[Side; 2]>, address: u128, bits: u32, place: u32) -> Result<(), String> {
    let mut at = 0_usize;
    for depth in 0..bits {
        let bit = usize::from(address >> (BITS - 1 - depth) & 1 == 1);
        let last = depth + 1 == bits;
        let new = u32::try_from(nodes.len()).map_err(|error| error.to_string())?;
        let side = nodes.get_mut(at).and_then(|node| node.get_mut(bit)).ok_or("a node is not there")?;
        match (*side, last) {
            (Side::Empty, true) => *side = Side::Data(place),
            (Side::Empty, false) => {
                *side = Side::Node(new);
                nodes.push([Side::Empty; 2]);
                at = usize::try_from(new).map_err(|error| error.to_string())?;
            }
            (Side::Node(node), false) => at = usize::try_from(node).map_err(|error| error.to_string())?,
            _ => return Err("networks overlap".to_owned()),
        }
    }
    Ok(())
}

fn encode(value: &Value, bytes: &mut Vec<u8>) -> Result<(), String> {
    match value {
        Value::String(text) => {
            head(2, text.len(), bytes)?;
            bytes.extend(text.as_bytes());
        }
        Value::Number(number) => match number.as_u64() {
            Some(whole) => {
                let whole = u16::try_from(whole).map_err(|error| error.to_string())?;
                head(5, 2, bytes)?;
                bytes.extend(whole.to_be_bytes());
            }
            None => {
                head(3, 8, bytes)?;
                bytes.extend(number.as_f64().unwrap_or_default().to_be_bytes());
            }
        },
        Value::Object(map) => {
            head(7, map.len(), bytes)?;
            for (key, value) in map {
                encode(&Value::String(key.clone()), bytes)?;
                encode(value, bytes)?;
            }
        }
        Value::Array(values) => {
            head(11, values.len(), bytes)?;
            values.iter().try_for_each(|value| encode(value, bytes))?;
        }
        Value::Bool(value) => head(14, usize::from(*value), bytes)?,
        Value::Null => return Err("a record holds null".to_owned()),
    }
    Ok(())
}

/// The control byte of a type and a size.
fn head(kind: u8, size: usize, bytes: &mut Vec<u8>) -> Result<(), String> {
    let long = size.checked_sub(29).map(|rest| u8::try_from(rest).map_err(|_| "a value is too long".to_owned()));
    let short = u8::try_from(size.min(29)).map_err(|error| error.to_string())?;
    if kind < 8 {
        bytes.push(kind << 5 | short);
    } else {
        bytes.extend([short, kind - 7]);
    }
    if let Some(rest) = long {
        bytes.push(rest?);
    }
    Ok(())
}
