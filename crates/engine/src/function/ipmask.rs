//! `ipmask(X, Y)`

use std::net::Ipv4Addr;

use super::Function;
use super::support::{text, text_item};

pub(super) const IPMASK: Function = Function {
    name: "ipmask",
    signature: "ipmask(X, Y)",
    summary: "the IPv4 address Y with the bits that the mask X has; null when one of them is no such address",
    examples: &[
        (r#"ipmask("255.255.255.0", "10.20.30.120")"#, r#"10.20.30.0"#),
        (r#"ipmask("0.255.0.224", "10.20.30.120")"#, r#"0.20.0.96"#),
        (r#"ipmask("255.0.0.0", "2001:db8::1")"#, r#"null"#),
    ],
    kind: text,
    call: |call| {
        let (mask, address) = (call.argument(0)?, call.argument(1)?);
        // The error says only that it is no address, and so does null.
        let read = |text: Option<std::borrow::Cow<'_, str>>| text?.parse::<Ipv4Addr>().ok();
        Ok(call.each(|row| {
            let both = read(mask.text(row)).zip(read(address.text(row)));
            text_item(both.map(|(mask, address)| (mask & address).to_string()))
        }))
    },
};
