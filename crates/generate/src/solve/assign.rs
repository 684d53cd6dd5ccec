//! The last step: every field of every row gets its value.

use std::collections::BTreeMap;

use spl::value::Value;

use super::vars::{Var, VarId, VarKey};
use super::{Solver, size_of};
use crate::check::Check;
use crate::find;
use crate::goal::{Conflict, Scan};
use crate::rows::{Rows, Table};
use crate::term::{ClassId, DimId};

impl Solver<'_> {
    /// The rows of all classes.
    pub(super) fn rows(&mut self) -> Result<Rows, Conflict> {
        let mut rows = Rows { lookups: self.lookup_rows.clone(), ..Rows::default() };
        let mut columns: BTreeMap<VarId, Vec<Value>> = BTreeMap::new();
        for (class, known) in self.classes.iter().enumerate() {
            let table = match known.scan {
                Some(Scan::Dataset(dataset)) => Table::Dataset(dataset.id),
                Some(Scan::Events) => Table::Events,
                Some(Scan::Nothing) | None => continue,
            };
            let fields = self.fields_of(class);
            for (_, id) in &fields {
                if !columns.contains_key(id) {
                    let values = self.values(*id)?;
                    columns.insert(*id, values);
                }
            }
            let sizes: Vec<(DimId, usize)> = known.dims.iter().map(|dim| (*dim, size_of(self.dims, *dim))).collect();
            let total: usize = sizes.iter().map(|(_, size)| size).product();
            for number in 0..total {
                let places = places(&sizes, number);
                let mut row: Vec<(String, Value)> = Vec::new();
                for (name, id) in &fields {
                    let at = self.get(*id).map_or(0, |var| place_in(var, &places, self.dims));
                    let value = columns.get(id).and_then(|values| values.get(at).or(values.last())).cloned();
                    row.extend(value.filter(|value| !value.is_null()).map(|value| (name.clone(), value)));
                }
                rows.add(&table, row, self.context.base_time());
            }
        }
        Ok(rows)
    }

    /// The fields of a class of which something is known.
    fn fields_of(&self, class: ClassId) -> Vec<(String, VarId)> {
        let fields = self.known.iter().filter_map(|(key, id)| match key {
            VarKey::Field(of, name) if *of == class => Some((name.to_string(), self.root(*id))),
            _ => None,
        });
        fields.collect()
    }

    /// The values of a variable, one for each place along the dimensions that it varies in.
    fn values(&self, id: VarId) -> Result<Vec<Value>, Conflict> {
        let Some(var) = self.get(id) else { return Ok(vec![Value::Null]) };
        if let Some(value) = &var.fixed {
            return Ok(vec![value.clone()]);
        }
        if var.absent || !(var.present || !var.checks.is_empty() || !var.elements.is_empty()) {
            return Ok(vec![Value::Null]);
        }
        let count: usize = var.vary.iter().map(|dim| size_of(self.dims, *dim)).product();
        if &*var.name == "_time" {
            return self.times(id, var, count);
        }
        if !var.elements.is_empty() || var.count.is_some_and(|count| count > 1) {
            return self.several(var).map(|value| vec![value]);
        }
        let plain = |at: usize| crate::plain::text(&var.name, at);
        let texts = find::texts(&var.checks, var.offset + count, &plain);
        if texts.len() >= count {
            // Values passed over are taken after all where there are too few.
            let passed = var.offset.min(texts.len() - count);
            return Ok(texts.into_iter().skip(passed).map(Value::text).collect());
        }
        if count == 1 {
            return self.each_its_own(var).map(|value| vec![value]);
        }
        Err(Conflict::new(format!("`{}` does not have {count} values of the kind", var.name)))
    }

    fn times(&self, id: VarId, var: &Var, count: usize) -> Result<Vec<Value>, Conflict> {
        let first = self.times_for(id, 1).into_iter().next().and_then(|time| time.as_number());
        let first = first.ok_or_else(|| Conflict::new("no time is as asked for"))?;
        if count == 1 && var.offset == 0 {
            return Ok(vec![Value::Number(first)]);
        }
        #[expect(clippy::cast_precision_loss, reason = "few rows")]
        let times: Vec<f64> = (0..count).map(|at| first - (at + var.offset) as f64 * var.step).collect();
        let fits = |time: &f64| var.checks.iter().all(|check| check.matches(&spl::value::format_number(*time)));
        if times.iter().all(fits) {
            return Ok(times.into_iter().map(Value::Number).collect());
        }
        // What does not fit before the time may fit behind it.
        #[expect(clippy::cast_precision_loss, reason = "few rows")]
        let later: Vec<f64> = (0..count).map(|at| first + (at + var.offset) as f64 * var.step).collect();
        if later.iter().all(fits) {
            return Ok(later.into_iter().map(Value::Number).collect());
        }
        Err(Conflict::new("no times are as asked for"))
    }

    /// Several values, some of them at known places.
    fn several(&self, var: &Var) -> Result<Value, Conflict> {
        let last = var.elements.keys().filter(|at| **at >= 0).max().map_or(0, |at| at + 1);
        let from_end = var.elements.keys().filter(|at| **at < 0).min().map_or(0, |at| -at);
        let known = var.count.map_or(0, |count| i64::try_from(count).unwrap_or(0));
        let mut length = last.max(from_end).max(known).max(1);
        // A place from the start and one from the end that ask for different things are two places.
        if var.count.is_none() && last > 0 && from_end > 0 {
            length = last + from_end;
        }
        let mut values: Vec<Option<String>> = vec![None; usize::try_from(length).unwrap_or(1)];
        for (at, element) in &var.elements {
            let place = if *at < 0 { length + at } else { *at };
            let text = self
                .values_for(*element, 1)
                .into_iter()
                .next()
                .and_then(|value| value.to_text().map(|text| text.into_owned()));
            let text = text.ok_or_else(|| Conflict::new(format!("no value of `{}` is as asked for", var.name)))?;
            if let Some(slot) = usize::try_from(place).ok().and_then(|place| values.get_mut(place)) {
                if slot.as_ref().is_some_and(|known| *known != text) {
                    return Err(Conflict::new(format!("a value of `{}` would need to be two", var.name)));
                }
                *slot = Some(text);
            }
        }
        self.satisfy_among(var, &mut values)?;
        let filled = values
            .into_iter()
            .enumerate()
            .map(|(at, value)| Value::text(value.unwrap_or_else(|| crate::plain::text(&var.name, at + 100))));
        let filled: Vec<Value> = filled.collect();
        Ok(if filled.len() == 1 { filled.into_iter().next().unwrap_or(Value::Null) } else { Value::Multi(filled) })
    }

    /// What is asked of the field as a whole is true of one of its values.
    fn satisfy_among(&self, var: &Var, values: &mut Vec<Option<String>>) -> Result<(), Conflict> {
        let negative: Vec<Check> = var.checks.iter().filter(|check| !check.holds).cloned().collect();
        for check in var.checks.iter().filter(|check| check.holds) {
            if values.iter().flatten().any(|value| check.matches(value)) {
                continue;
            }
            let mut checks = negative.clone();
            checks.push(check.clone());
            let text = find::texts(&checks, 1, &|at| crate::plain::text(&var.name, at)).into_iter().next();
            let text = text.ok_or_else(|| Conflict::new(format!("no value of `{}` is as asked for", var.name)))?;
            match values.iter_mut().find(|value| value.is_none()) {
                Some(open) => *open = Some(text),
                None if var.count.is_none() => values.push(Some(text)),
                None => return Err(Conflict::new(format!("`{}` has too few values", var.name))),
            }
        }
        Ok(())
    }

    /// Where one value cannot satisfy all search terms, each gets a value of its own.
    fn each_its_own(&self, var: &Var) -> Result<Value, Conflict> {
        let shared: Vec<Check> =
            var.checks.iter().filter(|check| !check.of_search() || !check.holds).cloned().collect();
        let mut values = Vec::new();
        let own: Vec<&Check> = var.checks.iter().filter(|check| check.of_search() && check.holds).collect();
        if own.len() > 1 {
            for check in own {
                let mut checks = shared.clone();
                checks.push(check.clone());
                values.extend(find::texts(&checks, 1, &|at| crate::plain::text(&var.name, at)).into_iter().next());
            }
        }
        if values.len() < 2 {
            return Err(Conflict::new(format!("no value of `{}` satisfies everything asked of it", var.name)));
        }
        Ok(Value::Multi(values.into_iter().map(Value::text).collect()))
    }
}

/// The place along each dimension of the row of a number.
fn places(sizes: &[(DimId, usize)], number: usize) -> BTreeMap<DimId, usize> {
    let mut rest = number;
    let mut places = BTreeMap::new();
    for (dim, size) in sizes {
        places.insert(*dim, rest % size.max(&1));
        rest /= size.max(&1);
    }
    places
}

/// The number of the variable's value for a row.
fn place_in(var: &Var, places: &BTreeMap<DimId, usize>, dims: &[usize]) -> usize {
    let mut at = 0;
    for dim in var.vary.iter().rev() {
        at = at * size_of(dims, *dim) + places.get(dim).copied().unwrap_or(0);
    }
    at
}
