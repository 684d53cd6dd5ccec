//! Metrics: events that hold measurements, as data points of one measurement each.
//!
//! Source: Splunk's manual "Metrics", "Get metrics in from other sources" (the formats of HTTP Event Collector): either
//! `metric_name:cpu.usage` fields, several in an event, or one `metric_name` with its `_value`. All other fields are
//! dimensions.

use event::{Column, Columns, EventHead, FieldId};

use super::columns::TextBuilder;
use super::open::OpenColumns;
use crate::expr::{Event, Val, parse_number};
use crate::pack::MetricsRule;

/// Dimensions of these names would hide what every data point has; Splunk calls them `extracted_host` and so on.
const RESERVED: &[&str] = &["host", "source", "sourcetype", "index"];

/// What a field of a metric event is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Role {
    /// A measurement of this name.
    Measurement(String),
    /// The name of the only measurement.
    Name,
    /// The value of the only measurement.
    Value,
    /// A dimension of this name.
    Dimension(String),
    /// Something else.
    Other,
}

impl Role {
    fn of(name: &str, rule: &MetricsRule) -> Self {
        let Some(inner) = name.strip_prefix(&*rule.prefix) else {
            return Self::Other;
        };
        match inner {
            "metric_name" => Self::Name,
            "_value" => Self::Value,
            // An array's name ends in `{}`; as a dimension it has several values.
            _ => match inner.strip_prefix("metric_name:") {
                Some(measured) => Self::Measurement(measured.to_owned()),
                None => Self::Dimension(inner.strip_suffix("{}").unwrap_or(inner).to_owned()),
            },
        }
    }
}

/// Does an event hold measurements, all of them numbers? One that does not is kept as it is.
pub(super) fn is_data_point(rule: &MetricsRule, event: &Event<'_>, head: &EventHead) -> bool {
    let (mut measured, mut name, mut value) = (false, false, false);
    for (field, text) in event.batch.fields_of(head) {
        let number = || parse_number(text).is_some_and(f64::is_finite);
        match Role::of(event.batch.names.name(field), rule) {
            Role::Measurement(_) if number() => measured = true,
            Role::Value if number() => value = true,
            Role::Measurement(_) | Role::Value => return false,
            Role::Name => name = true,
            Role::Dimension(_) | Role::Other => {}
        }
    }
    name == value && (measured || name)
}

/// What every data point has.
pub(super) struct Defaults<'a> {
    pub(super) time: i64,
    pub(super) host: Option<&'a str>,
    pub(super) source: &'a str,
    pub(super) sourcetype: &'a str,
    pub(super) index: &'a str,
}

/// Data points.
#[derive(Default)]
pub(super) struct MetricsTable {
    /// By field id: what it is, once it is known.
    roles: Vec<Option<Role>>,
    dimensions: OpenColumns,
    time: Vec<i64>,
    metric_name: TextBuilder,
    value: TextBuilder,
    host: TextBuilder,
    source: TextBuilder,
    sourcetype: TextBuilder,
    index: TextBuilder,
}

impl MetricsTable {
    pub(super) fn rows(&self) -> usize {
        self.time.len()
    }

    /// Add the measurements of an event.
    pub(super) fn add(&mut self, rule: &MetricsRule, event: &Event<'_>, head: &EventHead, defaults: &Defaults<'_>) {
        let (mut measured, mut dimensions) = (Vec::new(), Vec::new());
        let (mut name, mut value) = (None, None);
        for (field, text) in event.batch.fields_of(head) {
            match self.role(field, rule, event) {
                Role::Measurement(measurement) => measured.push((measurement, text)),
                Role::Dimension(dimension) => dimensions.push((dimension, field)),
                Role::Name => name = Some(text),
                Role::Value => value = Some(text),
                Role::Other => {}
            }
        }
        if let (Some(name), Some(value)) = (name, value) {
            measured.push((name.to_owned(), value));
        }
        for (measurement, text) in measured {
            let row = self.time.len();
            self.metric_name.set(row, &measurement);
            self.value.set(row, text);
            self.add_defaults(row, defaults);
            for (dimension, field) in &dimensions {
                self.add_dimension(row, dimension, event.value(*field), defaults);
            }
        }
    }

    fn role(&mut self, field: FieldId, rule: &MetricsRule, event: &Event<'_>) -> Role {
        let at = usize::from(field.0);
        if at >= self.roles.len() {
            self.roles.resize(at + 1, None);
        }
        let role = || Role::of(event.batch.names.name(field), rule);
        self.roles.get_mut(at).map_or(Role::Other, |known| known.get_or_insert_with(role).clone())
    }

    fn add_defaults(&mut self, row: usize, defaults: &Defaults<'_>) {
        self.time.push(defaults.time);
        if let Some(host) = defaults.host {
            self.host.set(row, host);
        }
        self.source.set(row, defaults.source);
        self.sourcetype.set(row, defaults.sourcetype);
        self.index.set(row, defaults.index);
    }

    /// A dimension `host` is the host of a data point that has no other.
    fn add_dimension(&mut self, row: usize, name: &str, value: Val<'_>, defaults: &Defaults<'_>) {
        if name == "host" && defaults.host.is_none() {
            self.host.set(row, &value.into_text().unwrap_or_default());
            return;
        }
        let renamed;
        let name = if RESERVED.contains(&name) {
            renamed = format!("extracted_{name}");
            &renamed
        } else {
            name
        };
        let column = self.dimensions.column(name);
        self.dimensions.set(row, column, value);
    }

    /// Dimensions sorted by name, then what every data point has.
    pub(super) fn finish(self) -> Columns {
        let rows = self.time.len();
        let mut columns = self.dimensions.finish(rows);
        columns.extend([
            ("_time".to_owned(), Column::Time(self.time)),
            ("metric_name".to_owned(), Column::Text(self.metric_name.finish(rows))),
            ("_value".to_owned(), Column::Text(self.value.finish(rows))),
            ("host".to_owned(), Column::Text(self.host.finish(rows))),
            ("source".to_owned(), Column::Text(self.source.finish(rows))),
            ("sourcetype".to_owned(), Column::Text(self.sourcetype.finish(rows))),
            ("index".to_owned(), Column::Text(self.index.finish(rows))),
        ]);
        Columns { rows, columns }
    }
}
