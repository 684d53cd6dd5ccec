//! Texts that commands take apart, made out of the parts that are asked for; lookups' rows.

use std::sync::Arc;

use serde_json::{Map, Value as Json};
use spl::ast::{CompareOp, Pattern};
use spl::value::Value;

use super::Solver;
use super::vars::VarId;
use crate::check::{Check, Kind};
use crate::goal::Conflict;
use crate::lookups::LookupTable;
use crate::run::Place;
use crate::sample::{Groups, sample};
use crate::shape::Shape;
use crate::term::{Formula, Source, SourceKind, Term};

/// How many samples of an expression are looked at.
const SAMPLES: usize = 48;
/// How many rows of a lookup are tried.
const ROWS: usize = 12;

impl Solver<'_> {
    /// Make every source, those of later stages first: they ask for parts of earlier ones.
    pub(super) fn make_sources(&mut self) -> Result<(), Conflict> {
        let mut made: Vec<usize> = Vec::new();
        loop {
            let next = (0..self.sources.len())
                .filter(|at| !made.contains(at))
                .min_by_key(|at| self.sources.get(*at).map(|source| source.depth));
            let Some(at) = next else { return Ok(()) };
            made.push(at);
            let Some(source) = self.sources.get(at).cloned() else { continue };
            match &source.kind {
                SourceKind::Regex { pattern, .. } => self.make_match(at, &source, pattern)?,
                SourceKind::Json => self.make_json(at, &source)?,
                SourceKind::Xml => self.make_xml(at, &source)?,
                SourceKind::Pairs(between, inside) => self.make_pairs(at, &source, between, inside)?,
                SourceKind::Lookup(name) => self.make_lookup(at, &source, name)?,
                SourceKind::Place => self.make_place(at, &source)?,
            }
            self.settle()?;
        }
    }

    fn input(&self, source: &Source) -> Term {
        source.inputs.first().map_or_else(Term::null, |(_, term)| self.bound(term))
    }

    /// The text of a part; `None` where there shall be none.
    fn part_text(&mut self, id: VarId) -> Result<Option<String>, Conflict> {
        match self.get(id) {
            Some(var) if var.absent => return Ok(None),
            Some(var) if !var.present && var.fixed.is_none() => return Ok(None),
            _ => (),
        }
        Ok(self.fix(id)?.to_text().map(std::borrow::Cow::into_owned))
    }

    fn make_match(&mut self, at: usize, source: &Source, pattern: &Arc<str>) -> Result<(), Conflict> {
        let input = self.input(source);
        let regex = self.context.expression(pattern);
        let regex = regex.ok_or_else(|| Conflict::new("an expression that does not compile"))?;
        let parts = self.parts_of(at);
        let wanted: Vec<(String, VarId)> = parts
            .iter()
            .filter(|(_, id)| self.get(*id).is_some_and(|var| !var.absent && (var.present || var.fixed.is_some())))
            .cloned()
            .collect();
        if wanted.is_empty() {
            if parts.iter().any(|(_, id)| self.get(*id).is_some_and(|var| var.absent)) {
                let check = Check::regex(pattern, regex);
                self.push(Formula::not(Formula::Check(input, check)));
            }
            return Ok(());
        }
        let samples = self.samples(pattern, &regex, &wanted);
        let chosen = self.choices.pick(samples.len());
        let Some((shape, groups)) = samples.into_iter().nth(chosen) else {
            return Err(Conflict::new(format!("no text was found that `{pattern}` takes apart as wanted")));
        };
        for (name, text) in &groups {
            let id = wanted.iter().find(|(known, _)| known == name).map(|(_, id)| *id);
            if let Some(var) = id.and_then(|id| self.get_mut(id)) {
                var.fixed = Some(Value::text(text.as_str()));
            }
        }
        let check = Check::new(Kind::Taken { shape, regex, groups }, true);
        self.require(&input, &check)
    }

    /// Shapes that the expression takes apart into what the parts ask for, and the parts that something is asked of.
    fn samples(
        &self,
        pattern: &str,
        regex: &fancy_regex::Regex,
        wanted: &[(String, VarId)],
    ) -> Vec<(Shape, Vec<(String, String)>)> {
        let asking: Vec<(String, Vec<String>)> = wanted
            .iter()
            .filter(|(_, id)| {
                self.get(*id)
                    .is_some_and(|var| !var.checks.is_empty() || var.fixed.is_some() || !var.classes.is_empty())
            })
            .map(|(name, id)| {
                let texts = self
                    .values_for(*id, 6)
                    .into_iter()
                    .filter_map(|value| value.to_text().map(|text| text.into_owned()));
                (name.clone(), texts.collect())
            })
            .collect();
        let mut found: Vec<(Shape, Vec<(String, String)>)> = Vec::new();
        for variation in 0..SAMPLES {
            let groups: Option<Groups> = asking
                .iter()
                .map(|(name, texts)| Some((name.clone(), texts.get(variation / 8 % texts.len().max(1))?.clone())))
                .collect();
            let Some(groups) = groups else { break };
            // Every other time the expression's own sample, which may satisfy what the plain value does not.
            let given = if variation % 4 == 3 { Groups::new() } else { groups };
            let Some(shape) = sample(pattern, &given, variation) else { break };
            let text = shape.fill(" ");
            // An expression that gives up has not matched.
            let Some(captures) = regex.captures(&text).ok().flatten() else { continue };
            let captured = |name: &str| captures.name(name).map(|group| group.as_str().to_owned());
            let fits = wanted.iter().all(|(name, id)| {
                let Some(text) = captured(name) else { return false };
                self.get(*id).is_some_and(|var| {
                    var.checks.iter().all(|check| check.matches(&text))
                        && var.fixed.as_ref().is_none_or(|value| value.to_text().is_some_and(|value| value == text))
                })
            });
            if !fits || found.iter().any(|(known, _)| *known == shape) {
                continue;
            }
            let groups = asking.iter().filter_map(|(name, _)| Some((name.clone(), captured(name)?))).collect();
            found.push((shape, groups));
            if found.len() >= 5 {
                break;
            }
        }
        found
    }

    fn make_json(&mut self, at: usize, source: &Source) -> Result<(), Conflict> {
        let input = self.input(source);
        let mut root = Json::Null;
        for (path, id) in self.parts_of(at) {
            let Some(text) = self.part_text(id)? else { continue };
            // Text that is JSON itself stands there as such.
            let leaf = match serde_json::from_str::<Json>(&text) {
                Ok(value @ (Json::Object(_) | Json::Array(_))) => value,
                _ => Json::String(text),
            };
            insert(&mut root, &steps(&path), leaf);
        }
        if root.is_null() {
            return Ok(());
        }
        let exact = root.to_string();
        let open = with_note(&exact);
        self.require(&input, &Check::new(Kind::Built(vec![Shape::exact(exact), open]), true))
    }

    fn make_xml(&mut self, at: usize, source: &Source) -> Result<(), Conflict> {
        let input = self.input(source);
        let mut body = String::new();
        for (name, id) in self.parts_of(at) {
            if let Some(text) = self.part_text(id)? {
                let tag = name.rsplit('.').next().unwrap_or(&name).to_owned();
                body.push_str(&format!("<{tag}>{}</{tag}>", escaped(&text)));
            }
        }
        if body.is_empty() {
            return Ok(());
        }
        let exact = Shape::exact(format!("<Task>{body}</Task>"));
        let open = Shape { parts: vec![format!("<Task>{body}<Note>"), "</Note></Task>".to_owned()] };
        self.require(&input, &Check::new(Kind::Built(vec![exact, open]), true))
    }

    fn make_pairs(&mut self, at: usize, source: &Source, between: &str, inside: &str) -> Result<(), Conflict> {
        let input = self.input(source);
        let mut pairs = Vec::new();
        for (name, id) in self.parts_of(at) {
            if let Some(text) = self.part_text(id)? {
                pairs.push(format!("{name}{inside}{text}"));
            }
        }
        if pairs.is_empty() {
            return Ok(());
        }
        let text = pairs.join(between);
        let open = Shape { parts: vec![format!("{text}{between}"), String::new()] };
        self.require(&input, &Check::new(Kind::Built(vec![Shape::exact(text), open]), true))
    }

    /// A row of the lookup that has what is asked for, and inputs that find it.
    fn make_lookup(&mut self, at: usize, source: &Source, name: &Arc<str>) -> Result<(), Conflict> {
        let parts = self.parts_of(at);
        let asked = |solver: &Self, id: VarId| {
            solver.get(id).is_some_and(|var| !var.absent && (var.present || var.fixed.is_some()))
        };
        let wanted: Vec<(String, VarId)> = parts.iter().filter(|(_, id)| asked(self, *id)).cloned().collect();
        let table = self.context.lookup(name);
        if table.computed {
            return self.compute(source, &wanted, name);
        }
        if wanted.is_empty() {
            let none = parts.iter().any(|(_, id)| self.get(*id).is_some_and(|var| var.absent));
            return if none && !table.rows.is_empty() {
                self.miss(&table, &compared(source, &table, self))
            } else {
                Ok(())
            };
        }
        if table.rows.is_empty() {
            self.fill_row(source, &wanted, name)
        } else {
            self.take_row(source, &table, &wanted, name)
        }
    }

    /// A word for which a lookup that computes gives what is asked for.
    fn compute(&mut self, source: &Source, wanted: &[(String, VarId)], name: &str) -> Result<(), Conflict> {
        let Some((column, input)) = source.inputs.first().cloned() else { return Ok(()) };
        let Some((output, id)) = wanted.first().cloned() else { return Ok(()) };
        let computed = self.context.runner.computed(name, &column, &output);
        let fits = |value: &str| self.get(id).is_some_and(|var| var.checks.iter().all(|check| check.matches(value)));
        let words: Vec<(String, String)> = computed.iter().filter(|(_, value)| fits(value)).take(8).cloned().collect();
        let chosen = self.choices.pick(words.len());
        let (word, value) = words
            .get(chosen)
            .ok_or_else(|| Conflict::new(format!("no word for which `{name}` gives what is asked for")))?;
        if let Some(var) = self.get_mut(id) {
            var.fixed = Some(Value::text(value.as_str()));
        }
        self.require(&input, &Check::is(Value::text(word.as_str())))
    }

    fn take_row(
        &mut self,
        source: &Source,
        table: &LookupTable,
        wanted: &[(String, VarId)],
        name: &str,
    ) -> Result<(), Conflict> {
        let column = |name: &str| table.columns.iter().position(|column| column == name);
        let inputs = compared(source, table, self);
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        let fits = |row: &&Vec<String>| {
            wanted.iter().all(|(name, id)| {
                let Some(text) = column(name).map(|at| cell(row, at)) else { return false };
                self.get(*id).is_some_and(|var| {
                    !text.is_empty()
                        && var.checks.iter().all(|check| check.matches(&text))
                        && var.fixed.as_ref().is_none_or(|value| value.to_text().is_some_and(|value| value == text))
                })
            }) && inputs.iter().all(|(at, term, wild)| match term {
                Term::Value(value) => equal(&cell(row, *at), *wild).matches_value(value),
                _ => !cell(row, *at).is_empty(),
            })
        };
        let rows: Vec<&Vec<String>> = table.rows.iter().filter(fits).take(ROWS).collect();
        let missed = table.default_match.as_ref().is_some_and(|text| {
            wanted
                .iter()
                .all(|(_, id)| self.get(*id).is_some_and(|var| var.checks.iter().all(|check| check.matches(text))))
        });
        let chosen = self.choices.pick(rows.len() + usize::from(missed));
        let Some(row) = rows.get(chosen) else {
            return if missed {
                self.miss(table, &inputs)
            } else {
                Err(Conflict::new(format!("no row of lookup `{name}` has what is asked for")))
            };
        };
        for (name, id) in wanted {
            let text = column(name).map(|at| cell(row, at)).unwrap_or_default();
            if let Some(var) = self.get_mut(*id) {
                var.fixed = Some(Value::text(text));
            }
        }
        for (at, term, wild) in inputs {
            self.require(&term, &equal(&cell(row, at), wild))?;
        }
        Ok(())
    }

    /// Inputs that find no row.
    fn miss(&mut self, table: &LookupTable, inputs: &[(usize, Term, bool)]) -> Result<(), Conflict> {
        let Some((at, term, wild)) = inputs.first() else { return Ok(()) };
        for row in table.rows.iter().take(2_000) {
            let cell = row.get(*at).cloned().unwrap_or_default();
            self.require(term, &equal(&cell, *wild).negated())?;
        }
        Ok(())
    }

    /// A row for a lookup whose rows nobody has given.
    fn fill_row(&mut self, source: &Source, wanted: &[(String, VarId)], name: &str) -> Result<(), Conflict> {
        let mut row: Vec<(String, String)> = Vec::new();
        for (column, term) in source.inputs.iter().filter(|(column, _)| !column.starts_with('#')) {
            let value = self.settled_value(term)?;
            row.push((column.to_string(), value.to_text().unwrap_or_default().into_owned()));
        }
        for (column, id) in wanted {
            let text = self.fix(*id)?.to_text().unwrap_or_default().into_owned();
            row.push((column.clone(), text));
        }
        self.lookup_rows.entry(name.to_owned()).or_default().push(row);
        Ok(())
    }

    /// An address of which the place is known as wanted.
    fn make_place(&mut self, at: usize, source: &Source) -> Result<(), Conflict> {
        let wanted: Vec<(String, VarId)> = self
            .parts_of(at)
            .into_iter()
            .filter(|(_, id)| self.get(*id).is_some_and(|var| !var.absent && (var.present || var.fixed.is_some())))
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let input = self.input(source);
        let fits = |place: &Place| {
            wanted.iter().all(|(name, id)| {
                let text = place.parts.iter().find(|(part, _)| part == name).map(|(_, text)| text);
                let text = text.filter(|text| !text.is_empty());
                text.zip(self.get(*id)).is_some_and(|(text, var)| {
                    let is_it = |value: &Value| value.to_text().is_some_and(|value| value == *text);
                    var.checks.iter().all(|check| check.matches(text)) && var.fixed.as_ref().is_none_or(is_it)
                })
            })
        };
        let places: Vec<&Place> = self.context.runner.places().iter().filter(|place| fits(place)).take(8).collect();
        let chosen = self.choices.pick(places.len());
        let place = places.get(chosen).ok_or_else(|| Conflict::new("no address that lies where it is asked for"))?;
        let (address, parts) = (place.address.clone(), place.parts.clone());
        for (name, id) in wanted {
            let text = parts.iter().find(|(part, _)| *part == name).map(|(_, text)| text.clone()).unwrap_or_default();
            if let Some(var) = self.get_mut(id) {
                var.fixed = Some(Value::text(text));
            }
        }
        self.require(&input, &Check::is(Value::text(address)))
    }
}

/// The compared columns of a lookup, what they are compared with, and whether they hold wildcards.
fn compared(source: &Source, table: &LookupTable, solver: &Solver<'_>) -> Vec<(usize, Term, bool)> {
    let inputs = source.inputs.iter().filter_map(|(name, term)| {
        let at = table.columns.iter().position(|column| *column == **name)?;
        Some((at, solver.bound(term), table.wildcards.iter().any(|wild| *wild == **name)))
    });
    inputs.collect()
}

/// `= text` as a lookup compares: letter case aside, `*` where the column has wildcards.
fn equal(text: &str, wild: bool) -> Check {
    let parts = if wild { text.split('*').map(str::to_owned).collect() } else { vec![text.to_owned()] };
    Check::search(CompareOp::Equal, &Pattern { parts, quoted: true, span: text::Span::default() })
}

/// A step into JSON.
#[derive(Debug, PartialEq)]
enum Step<'p> {
    Member(&'p str),
    Item,
}

/// `a.b{}.c` as steps.
fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, items) = part.split_once('{').map_or((part, ""), |(name, items)| (name, items));
        if !name.is_empty() {
            steps.push(Step::Member(name));
        }
        steps.extend(items.chars().filter(|c| *c == '}').map(|_| Step::Item));
    }
    steps
}

fn insert(json: &mut Json, steps: &[Step<'_>], leaf: Json) {
    match steps.split_first() {
        None => *json = leaf,
        Some((Step::Member(name), rest)) => {
            if !json.is_object() {
                *json = Json::Object(Map::new());
            }
            if let Some(members) = json.as_object_mut() {
                insert(members.entry((*name).to_owned()).or_insert(Json::Null), rest, leaf);
            }
        }
        Some((Step::Item, rest)) => {
            if !json.is_array() {
                *json = Json::Array(vec![Json::Null]);
            }
            if let Some(first) = json.as_array_mut().and_then(|items| items.first_mut()) {
                insert(first, rest, leaf);
            }
        }
    }
}

/// The JSON with a place for more text: a member of its own in the innermost last object.
fn with_note(json: &str) -> Shape {
    let closing = json.len() - json.trim_end_matches(['}', ']']).len();
    let (body, end) = json.split_at(json.len() - closing);
    match end.find('}') {
        Some(at) => {
            let (arrays, objects) = end.split_at(at);
            Shape { parts: vec![format!("{body}{arrays},\"note\":\""), format!("\"{objects}")] }
        }
        None => Shape::exact(json),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_built_from_paths() {
        let mut json = Json::Null;
        insert(&mut json, &steps("a.b{}.c"), Json::String("x".into()));
        insert(&mut json, &steps("a.d"), Json::String("y".into()));
        assert_eq!(json.to_string(), "{\"a\":{\"b\":[{\"c\":\"x\"}],\"d\":\"y\"}}");
        assert_eq!(with_note("{\"a\":\"b\"}").fill("n"), "{\"a\":\"b\",\"note\":\"n\"}");
        let mut list = Json::Null;
        insert(&mut list, &steps("{}.Id"), Json::String("x".into()));
        assert_eq!(with_note(&list.to_string()).fill("n"), "[{\"Id\":\"x\",\"note\":\"n\"}]");
    }
}
