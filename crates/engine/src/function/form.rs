//! Functions whose arguments are no values: lambdas, search terms, what needs to know the row or the expression itself.

use datafusion::arrow::array::ArrayRef;
use datafusion::common::{Result, plan_err};
use spl::ast::Expr;

use super::{Call, SearchContext, mvfilter, mvmap, random, searchmatch, sigfig};
use crate::expr::Typed;
use crate::frame::Frame;

/// A function that lowers its arguments itself.
pub(crate) struct Form {
    /// The name of its [`super::Function`], which describes it.
    pub(crate) name: &'static str,
    /// The call as an expression over the columns of a frame.
    pub(crate) lower: fn(&Frame, &SearchContext, &Expr, &[Expr]) -> Result<Typed>,
}

const FORMS: &[Form] = &[mvfilter::FORM, mvmap::FORM, random::FORM, searchmatch::FORM, sigfig::FORM];

/// The form of this name, if the function has one.
pub(crate) fn find(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

/// What such a function does when it is called with values: nothing does.
pub(super) fn uncalled(call: &Call<'_>) -> Result<ArrayRef> {
    plan_err!("a form of {} arguments is called as a function", call.arguments.len())
}
