//! `searchmatch(X)`

use datafusion::common::plan_datafusion_err;
use plan::Predicate;
use spl::ast::ExprKind;

use super::Function;
use super::form::{Form, uncalled};
use super::support::truth;
use crate::column::Kind;
use crate::predicate;

pub(super) const SEARCHMATCH: Function = Function {
    name: "searchmatch",
    signature: "searchmatch(X)",
    summary: "true when the row matches the search terms X, which are text written out",
    examples: &[
        (r#"if(searchmatch("v=O*"), "y", "n")"#, r#"y"#),
        (r#"if(searchmatch("v=one v!=on*"), "y", "n")"#, r#"n"#),
    ],
    kind: truth,
    call: uncalled,
};

pub(super) const FORM: Form = Form {
    name: "searchmatch",
    lower: |frame, _, _, arguments| {
        let terms = match arguments {
            [argument] => match &argument.kind {
                ExprKind::Text(text) => plan::searchmatch_terms(text),
                _ => None,
            },
            _ => None,
        };
        let terms = terms.ok_or_else(|| plan_datafusion_err!("the terms of `searchmatch` cannot be read"))?;
        let predicate = terms.map_or(Predicate::True, |terms| plan::terms(&terms, &str::to_owned));
        Ok((predicate::lower(frame, &predicate)?.expr(), Kind::Bool))
    },
};
