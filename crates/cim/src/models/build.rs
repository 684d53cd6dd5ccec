//! How the models' files are written: small constant functions.

use crate::{Calculation, Condition, Field, FieldKind, Scheme};

/// A text field.
pub(super) const fn text(name: &'static str, description: &'static str) -> Field {
    Field { name, kind: FieldKind::Text, calculation: Calculation::None, description }
}

/// A number field.
pub(super) const fn number(name: &'static str, description: &'static str) -> Field {
    Field { name, kind: FieldKind::Number, calculation: Calculation::None, description }
}

/// A field that usually has several values.
pub(super) const fn multi(name: &'static str, description: &'static str) -> Field {
    Field { name, kind: FieldKind::Multi, calculation: Calculation::None, description }
}

/// A field that asset and identity lookups add.
pub(super) const fn assets(name: &'static str) -> Field {
    text(name, "Added by asset and identity lookups.")
}

/// A field with several values that asset and identity lookups add.
pub(super) const fn asset_list(name: &'static str) -> Field {
    multi(name, "Added by asset and identity lookups.")
}

/// `field=pattern`.
pub(super) const fn is(field: &'static str, pattern: &'static str) -> Condition {
    Condition::Is { field, pattern }
}

/// One of them holds.
pub(super) const fn any(conditions: &'static [Condition]) -> Condition {
    Condition::Any(conditions)
}

/// They do not all hold.
pub(super) const fn not_all(conditions: &'static [Condition]) -> Condition {
    Condition::NotAll(conditions)
}

impl Field {
    const fn with(self, calculation: Calculation) -> Self {
        Self { calculation, ..self }
    }

    pub(super) const fn or_unknown(self) -> Self {
        self.with(Calculation::Default("unknown"))
    }

    pub(super) const fn or_unknown_or_dash(self) -> Self {
        self.with(Calculation::DefaultOrDash("unknown"))
    }

    pub(super) const fn or_default(self, text: &'static str) -> Self {
        self.with(Calculation::Default(text))
    }

    pub(super) const fn or_field(self, other: &'static str, text: &'static str) -> Self {
        self.with(Calculation::FieldOr(other, text))
    }

    pub(super) const fn or_sourcetype(self) -> Self {
        self.with(Calculation::Sourcetype)
    }

    pub(super) const fn lower(self) -> Self {
        self.with(Calculation::Lower)
    }

    pub(super) const fn lower_or_unknown(self) -> Self {
        self.with(Calculation::LowerDefault("unknown"))
    }

    pub(super) const fn file_name_of(self, other: &'static str) -> Self {
        self.with(Calculation::FileNameOf(other))
    }

    pub(super) const fn number_or_null(self) -> Self {
        self.with(Calculation::NumberOrNull)
    }

    pub(super) const fn or_number(self, text: &'static str) -> Self {
        self.with(Calculation::NumberOr(text))
    }

    pub(super) const fn sum_of(self, left: &'static str, right: &'static str) -> Self {
        self.with(Calculation::SumOf(left, right))
    }

    pub(super) const fn difference_of(self, left: &'static str, right: &'static str) -> Self {
        self.with(Calculation::DifferenceOf(left, right))
    }

    pub(super) const fn count_of(self, other: &'static str) -> Self {
        self.with(Calculation::CountOf(other))
    }

    pub(super) const fn length_of(self, other: &'static str) -> Self {
        self.with(Calculation::LengthOf(other))
    }

    pub(super) const fn domain_of(self, other: &'static str, scheme: Scheme) -> Self {
        self.with(Calculation::DomainOf(other, scheme))
    }

    pub(super) const fn joined(self, left: &'static str, between: &'static str, right: &'static str) -> Self {
        self.with(Calculation::Joined(left, between, right))
    }

    pub(super) const fn dns_reply_code(self, other: &'static str) -> Self {
        self.with(Calculation::DnsReplyCode(other))
    }

    pub(super) const fn vendor_product(self) -> Self {
        self.with(Calculation::VendorProduct)
    }
}
