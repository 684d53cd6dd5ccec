//! Finds the networks of a column that an address lies in: a question to one hash table for each length of prefix.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use spl::compare::Network;

/// The networks of one column, by row.
#[derive(Debug, Default)]
pub(super) struct Networks {
    /// By family and length of prefix, then by lowest address.
    ranges: BTreeMap<(bool, u8), HashMap<IpAddr, Vec<usize>>>,
    /// Cells that are neither a network nor an address are found by their text.
    others: HashMap<Box<str>, Vec<usize>>,
}

impl Networks {
    pub(super) fn build<'a>(cells: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut networks = Self::default();
        for (row, cell) in cells {
            let rows = match network(cell) {
                Some(network) => {
                    let first = network.first();
                    let ranges = networks.ranges.entry((first.is_ipv4(), network.bits())).or_default();
                    ranges.entry(first).or_default()
                }
                None => networks.others.entry(cell.into()).or_default(),
            };
            rows.push(row);
        }
        networks
    }

    /// Rows whose network holds the address, in no order.
    pub(super) fn candidates(&self, text: &str, found: &mut Vec<usize>) {
        found.extend(self.others.get(text).into_iter().flatten());
        let Ok(address) = text.trim().parse::<IpAddr>() else { return };
        let address = address.to_canonical();
        for ((is_v4, bits), ranges) in &self.ranges {
            let around = Network::around(address, *bits).filter(|_| *is_v4 == address.is_ipv4());
            found.extend(around.and_then(|around| ranges.get(&around.first())).into_iter().flatten());
        }
    }
}

/// A cell as a network; an address is one of its own.
fn network(cell: &str) -> Option<Network> {
    let address = || {
        // Not an address either: the cell is found by its text.
        let address = cell.parse::<IpAddr>().ok()?;
        Network::around(address, if address.is_ipv4() { 32 } else { 128 })
    };
    Network::parse(cell).or_else(address)
}

/// Does a cell hold the address?
pub(super) fn matches(cell: &str, text: &str) -> bool {
    match network(cell) {
        Some(network) => network.contains_text(text.trim()),
        None => cell == text,
    }
}
