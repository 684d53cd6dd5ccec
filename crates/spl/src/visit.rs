//! Walks over trees: which fields, which functions.

#[cfg(test)]
mod tests;

use crate::ast::{Expr, ExprKind, Field, Subsearch, Term};

impl Expr {
    /// Call `see` for this expression and every one inside it, outermost first.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match &self.kind {
            ExprKind::Call { arguments, .. } => arguments.iter().for_each(|argument| argument.visit(see)),
            ExprKind::Negate(operand) | ExprKind::Not(operand) => operand.visit(see),
            ExprKind::Binary { left, right, .. } | ExprKind::Like { value: left, pattern: right } => {
                left.visit(see);
                right.visit(see);
            }
            ExprKind::In { value, list } => {
                value.visit(see);
                list.iter().for_each(|item| item.visit(see));
            }
            ExprKind::Field(_) | ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Null => {}
        }
    }

    /// The fields it reads, in order of place, with repeats.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        self.visit(&mut |expr| {
            if let ExprKind::Field(name) = &expr.kind {
                fields.push(Field { name: name.clone(), span: expr.span });
            }
        });
        fields
    }
}

impl Term {
    /// Call `see` for this term and every one inside it, outermost first; subsearches are not entered.
    pub fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match self {
            Self::And(terms) | Self::Or(terms) => terms.iter().for_each(|term| term.visit(see)),
            Self::Not(term, _) => term.visit(see),
            Self::Compare { .. } | Self::In { .. } | Self::Keyword(_) | Self::Directive { .. } | Self::Subsearch(_) => {
            }
        }
    }

    /// The fields it compares, in order of place, with repeats.
    pub fn fields(&self) -> Vec<&Field> {
        let mut fields = Vec::new();
        self.visit(&mut |term| {
            if let Self::Compare { field, .. } | Self::In { field, .. } = term {
                fields.push(field);
            }
        });
        fields
    }

    /// The subsearches in it, in order of place.
    pub fn subsearches(&self) -> Vec<&Subsearch> {
        let mut found = Vec::new();
        self.visit(&mut |term| {
            if let Self::Subsearch(subsearch) = term {
                found.push(subsearch);
            }
        });
        found
    }
}
