//! `cidrmatch(X, Y)`

use super::Function;
use super::support::{truth, truth_item};
use spl::compare::Network;

pub(super) const CIDRMATCH: Function = Function {
    name: "cidrmatch",
    signature: "cidrmatch(X, Y)",
    summary: "true when the address Y lies in the network X, IPv4 or IPv6",
    examples: &[
        (r#"if(cidrmatch("10.0.0.0/8", "10.1.2.3"), "y", "n")"#, r#"y"#),
        (r#"if(cidrmatch("10.0.0.0/8", "11.0.0.1"), "y", "n")"#, r#"n"#),
        (r#"if(cidrmatch("2001:db8::/32", "2001:db8::1"), "y", "n")"#, r#"y"#),
    ],
    kind: truth,
    call: |call| {
        let (network, address) = (call.argument(0)?, call.argument(1)?);
        Ok(call.each(|row| {
            let values = address.values(row);
            let network = network.text(row).filter(|_| !values.is_empty());
            truth_item(network.map(|network| {
                Network::parse(&network).is_some_and(|network| values.iter().any(|value| network.contains_text(value)))
            }))
        }))
    },
};
