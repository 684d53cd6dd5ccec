//! `if(X, Y, Z)`

use super::Function;
use crate::column::Kind;

pub(super) const IF: Function = Function {
    name: "if",
    signature: "if(X, Y, Z)",
    summary: "Y when X is true, else Z; also when X is null",
    examples: &[
        (r#"if(1<2, "yes", "no")"#, r#"yes"#),
        (r#"if(null()==1, "yes", "no")"#, r#"no"#),
        (r#"if(1==1, 5, "five")"#, r#"5"#),
    ],
    kind: |kinds| Kind::unify(kinds.iter().skip(1).copied()),
    call: |call| {
        let (condition, yes, no) = (call.argument(0)?, call.argument(1)?, call.argument(2)?);
        Ok(call.each(|row| if condition.truth(row) == Some(true) { yes.item(row) } else { no.item(row) }))
    },
};
