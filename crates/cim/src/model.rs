//! The types that data models are written in.

/// A data model, such as `Endpoint`.
#[derive(Debug)]
pub struct DataModel {
    /// Its name as searches spell it.
    pub name: &'static str,
    /// The CIM version the data follows.
    pub version: &'static str,
    /// Its datasets, roots first.
    pub datasets: &'static [&'static Dataset],
}

/// Names a dataset: `Endpoint.Processes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DatasetId {
    /// The data model.
    pub model: &'static str,
    /// The dataset; also the prefix of its fields in `tstats`.
    pub dataset: &'static str,
}

impl std::fmt::Display for DatasetId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.model, self.dataset)
    }
}

/// A node of a data model.
#[derive(Debug)]
pub struct Dataset {
    /// Its name.
    pub id: DatasetId,
    /// The dataset it is a child of, in the same model.
    pub parent: Option<&'static str>,
    /// All of these tags put an event in it, its parents' tags among them.
    pub tags: &'static [&'static str],
    /// What its own constraint asks beside tags; its parents' conditions hold too.
    pub conditions: &'static [Condition],
    /// Its own fields; children inherit their parent's.
    pub fields: &'static [Field],
}

impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Dataset {}

impl Dataset {
    /// A field by name, own or inherited.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        let own = self.fields.iter().find(|field| field.name == name);
        own.or_else(|| self.parent()?.field(name))
    }

    /// The dataset it is a child of.
    pub fn parent(&self) -> Option<&'static Dataset> {
        crate::find_dataset(self.id.model, self.parent?)
    }

    /// Its names from the root down, as `nodename` and the fields of children are written: `All_Changes.Account_Management`.
    pub fn lineage(&self) -> String {
        match self.parent() {
            Some(parent) => format!("{}.{}", parent.lineage(), self.id.dataset),
            None => self.id.dataset.to_owned(),
        }
    }

    /// The constraint's conditions beside tags, inherited ones first.
    pub fn all_conditions(&self) -> Vec<&'static Condition> {
        let mut conditions = self.parent().map(Dataset::all_conditions).unwrap_or_default();
        conditions.extend(self.conditions);
        conditions
    }

    /// Own and inherited fields, the parent's first.
    pub fn all_fields(&self) -> Vec<&'static Field> {
        let mut fields = self.parent().map(Dataset::all_fields).unwrap_or_default();
        fields.extend(self.fields);
        fields
    }
}

/// A condition of a dataset's constraint on a field's value, as a search term: case is ignored, `*` is any text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// `field=pattern`
    Is {
        /// The field.
        field: &'static str,
        /// The value, with `*` as wildcard.
        pattern: &'static str,
    },
    /// One of them holds.
    Any(&'static [Condition]),
    /// They do not all hold.
    NotAll(&'static [Condition]),
}

/// The type that the model gives a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A number, kept as text until an operator needs it.
    Number,
    /// Several values are usual (`answer` of `Network_Resolution.DNS`).
    Multi,
}

/// A field of a dataset.
#[derive(Debug)]
pub struct Field {
    /// Its name without the dataset's prefix.
    pub name: &'static str,
    /// Its type.
    pub kind: FieldKind,
    /// What the model computes when the event's own value is missing, or always.
    pub calculation: Calculation,
    /// One line: what it means.
    pub description: &'static str,
}

/// Whether a URL without `http://` or the like has a host too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Only behind a scheme.
    Required,
    /// Also without one.
    Optional,
}

/// The calculated fields that CIM's models use ("eval expressions" of the model's JSON).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calculation {
    /// The event's value, else null.
    None,
    /// The event's value unless null or empty, else this text.
    Default(&'static str),
    /// The event's value unless null, empty or `-`, else this text.
    DefaultOrDash(&'static str),
    /// The event's value unless null or empty, else that of another field, else this text.
    FieldOr(&'static str, &'static str),
    /// The event's value unless null or empty, else the sourcetype.
    Sourcetype,
    /// Lower case.
    Lower,
    /// Lower case, and this text when null or empty.
    LowerDefault(&'static str),
    /// The event's value unless null or empty, else the file name in a command line of another field, else `unknown`.
    FileNameOf(&'static str),
    /// Null unless numeric.
    NumberOrNull,
    /// This number unless numeric.
    NumberOr(&'static str),
    /// The event's own number, else the sum of two fields, else null.
    SumOf(&'static str, &'static str),
    /// The event's own number, else one field less another, else null.
    DifferenceOf(&'static str, &'static str),
    /// The event's own number, else the count of values of another field, else 1.
    CountOf(&'static str),
    /// The number of characters of another field as the model fills it.
    LengthOf(&'static str),
    /// The host in the URL of another field, else null.
    DomainOf(&'static str, Scheme),
    /// Two fields as the model fills them, with text between.
    Joined(&'static str, &'static str, &'static str),
    /// The event's value, else the name of the DNS reply code in another field.
    DnsReplyCode(&'static str),
    /// `vendor_product`: the event's value, else vendor and product, else the sourcetype.
    VendorProduct,
}

impl Calculation {
    /// What the model fills in where an event says nothing.
    pub fn default(self) -> Option<&'static str> {
        match self {
            Self::Default(text)
            | Self::DefaultOrDash(text)
            | Self::FieldOr(_, text)
            | Self::LowerDefault(text)
            | Self::NumberOr(text) => Some(text),
            Self::FileNameOf(_) => Some("unknown"),
            _ => None,
        }
    }

    /// The fields that the value is made of where an event does not say it.
    pub fn made_of(self) -> Vec<&'static str> {
        match self {
            Self::FieldOr(other, _)
            | Self::FileNameOf(other)
            | Self::CountOf(other)
            | Self::LengthOf(other)
            | Self::DomainOf(other, _)
            | Self::DnsReplyCode(other) => vec![other],
            Self::SumOf(one, other) | Self::DifferenceOf(one, other) | Self::Joined(one, _, other) => vec![one, other],
            _ => Vec::new(),
        }
    }

    /// True when every event has a value: it is made of what all have.
    pub fn is_always_made(self) -> bool {
        matches!(self, Self::Sourcetype | Self::VendorProduct)
    }
}
