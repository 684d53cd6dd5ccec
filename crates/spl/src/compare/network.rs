//! Address ranges in CIDR notation.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A range such as `10.0.0.0/8` or `fe80::/10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Read CIDR notation; bits of the address beyond the prefix do not count. `None` for all other text.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let digits = bits.len() <= 3 && !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit());
        // Both errors say only that it is no range, and so does `None`.
        let address: IpAddr = address.parse().ok()?;
        let bits: u8 = if digits { bits.parse().ok()? } else { return None };
        let most = if address.is_ipv4() { 32 } else { 128 };
        (bits <= most).then_some(Self { address, bits })
    }

    /// The range of `bits` leading bits that an address lies in; `None` when it has not as many.
    pub fn around(address: IpAddr, bits: u8) -> Option<Self> {
        let most = if address.is_ipv4() { 32 } else { 128 };
        (bits <= most).then_some(Self { address, bits })
    }

    /// Leading bits that all its addresses share.
    pub fn bits(&self) -> u8 {
        self.bits
    }

    /// The lowest address in the range: two ranges of as many bits are the same when theirs is.
    pub fn first(&self) -> IpAddr {
        match self.address {
            IpAddr::V4(own) => {
                let shift = 32 - u32::from(self.bits);
                Ipv4Addr::from(self.prefix_v4(own).checked_shl(shift).unwrap_or(0)).into()
            }
            IpAddr::V6(own) => {
                let shift = 128 - u32::from(self.bits);
                Ipv6Addr::from(self.prefix_v6(own).checked_shl(shift).unwrap_or(0)).into()
            }
        }
    }

    /// Is the address in the range? An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => self.prefix_v4(own) == self.prefix_v4(other),
            (IpAddr::V6(own), IpAddr::V6(other)) => self.prefix_v6(own) == self.prefix_v6(other),
            _ => false,
        }
    }

    /// Is the text an address in the range?
    pub fn contains_text(&self, text: &str) -> bool {
        text.parse().is_ok_and(|address| self.contains(address))
    }

    fn prefix_v4(&self, address: Ipv4Addr) -> u32 {
        u32::from(address).checked_shr(32 - u32::from(self.bits)).unwrap_or(0)
    }

    fn prefix_v6(&self, address: Ipv6Addr) -> u128 {
        u128::from(address).checked_shr(128 - u32::from(self.bits)).unwrap_or(0)
    }
}
