//! `mvmap(X, Y)`

use datafusion::common::plan_datafusion_err;

use super::Function;
use super::form::{Form, uncalled};
use super::lambda::{self, Fold};
use super::support::multi;
use crate::expr::lower;

pub(super) const MVMAP: Function = Function {
    name: "mvmap",
    signature: "mvmap(X, Y)",
    summary: "what Y gives for each value of X, in which X's field stands for that value; null gives no value",
    examples: &[
        (r#"mvmap(v, upper(v))"#, r#"ONE"#),
        (r#"mvmap(split(v, ""), v . "1")"#, r#"o1 n1 e1"#),
        (r#"mvmap(split(v, ""), if(v="n", null, v))"#, r#"o e"#),
        (r#"mvmap(mvindex(split(v, ""), 0, 1), len(v))"#, r#"1 1"#),
    ],
    kind: multi,
    call: uncalled,
};

pub(super) const FORM: Form = Form {
    name: "mvmap",
    lower: |frame, context, _, arguments| {
        let field = plan::lambda_field("mvmap", arguments);
        let (Some(field), [list, body]) = (field, arguments) else {
            return Err(plan_datafusion_err!("`mvmap` has no field"));
        };
        let (list, _) = lower(frame, context, list)?;
        let (body, _) = lower(&lambda::inner(frame, &field)?, context, body)?;
        lambda::over(frame, &field, list, &body, Fold::Map)
    },
};
