//! `mvfilter(X)`

use datafusion::common::plan_datafusion_err;

use super::Function;
use super::form::{Form, uncalled};
use super::lambda::{self, Fold};
use super::support::multi;
use crate::expr::{lower, truth};

pub(super) const MVFILTER: Function = Function {
    name: "mvfilter",
    signature: "mvfilter(X)",
    summary: "the values of the one field in the condition X for which it is true",
    examples: &[
        (r#"mvfilter(match(v, "n"))"#, r#"one"#),
        (r#"mvfilter(!isnull(v))"#, r#"one"#),
        (r#"mvfilter(v="x")"#, r#"null"#),
    ],
    kind: multi,
    call: uncalled,
};

pub(super) const FORM: Form = Form {
    name: "mvfilter",
    lower: |frame, context, _, arguments| {
        let field = plan::lambda_field("mvfilter", arguments);
        let (Some(field), Some(condition)) = (field, arguments.first()) else {
            return Err(plan_datafusion_err!("`mvfilter` has no field"));
        };
        let condition = truth(lower(&lambda::inner(frame, &field)?, context, condition)?);
        lambda::over(frame, &field, frame.column(&field), &condition, Fold::Filter)
    },
};
