//! `transaction`: events that belong together as one row.
//!
//! Source: Search Reference, "transaction"; Knowledge Manager Manual, "Search for transactions". Events are seen newest first.
//! An event belongs to the open transaction that it contradicts in no field and shares a value with; of several, to the one
//! that got an event last. What the manual leaves open is our reading:
//!
//! - An event without a value for any of the fields is in no transaction, unless `connected=false` lets it join the last one.
//! - `endswith` opens a transaction, `startswith` closes one; one that lacks either, where asked for, is evicted and not kept.
//!   Where neither is asked for, what is open at the end is kept, with `closed_txn` 0.
//! - Values of a field are in the order of time where they are a list, else sorted as text; one value is no list.
//! - Results come by their `_time`, newest first.

mod open;

use std::collections::BTreeSet;

use datafusion::common::Result;
use plan::{Condition, MvList, Transaction};

use crate::column::{Input, Item, Kind};
use crate::convert::micros;
use crate::env::Env;
use crate::frame::Frame;
use crate::predicate::{self, Lowered};
use crate::table::{Cell, Grid, Table};
use crate::{EngineError, expr};
use open::Open;

/// Columns that hold whether an event begins or ends a transaction.
const STARTS: &str = "~starts";
const ENDS: &str = "~ends";

pub(super) async fn apply(
    env: &Env<'_>,
    frame: Frame,
    transaction: &Transaction,
) -> Result<Result<Frame>, EngineError> {
    let marked = mark(frame, env, STARTS, transaction.starts_with.as_ref())
        .and_then(|frame| mark(frame, env, ENDS, transaction.ends_with.as_ref()));
    let marked = match marked {
        Ok(marked) => marked,
        Err(error) => return Ok(Err(error)),
    };
    let table = env.collect(marked).await?;
    Ok(grouped(&table, transaction).and_then(Table::into_frame))
}

/// Add whether a condition holds.
fn mark(frame: Frame, env: &Env<'_>, name: &str, condition: Option<&Condition>) -> Result<Frame> {
    let expr = match condition {
        None => return Ok(frame),
        Some(Condition::Terms(terms)) => match predicate::lower(&frame, terms)? {
            Lowered::Always(value) => datafusion::logical_expr::lit(value),
            Lowered::Expr(expr) => expr,
        },
        Some(Condition::Eval(condition)) => expr::truth(expr::lower(&frame, &env.context, condition)?),
    };
    frame.with(name, expr, Kind::Bool)
}

/// An event: its row, and what is asked of it.
struct Event {
    row: usize,
    time: i64,
    /// The values of the transaction's fields.
    keys: Vec<Option<String>>,
    starts: bool,
    ends: bool,
}

/// A transaction while it gets events, and after.
#[derive(Default)]
struct Group {
    /// Rows, newest first.
    rows: Vec<usize>,
    /// The first value seen of each field.
    keys: Vec<Option<String>>,
    newest: i64,
    oldest: i64,
    has_start: bool,
    has_end: bool,
    /// Ended by one of its limits or by its first event.
    closed: bool,
    /// In no transaction.
    orphan: bool,
    /// While it is open: its number, and when it got its last event.
    number: Option<u64>,
    updated: u64,
}

fn grouped(table: &Table, transaction: &Transaction) -> Result<Table> {
    let (mut open, mut done) = (Open::default(), Vec::new());
    for event in events(table, transaction)? {
        place(event, transaction, &mut open, &mut done);
    }
    done.extend(open.into_groups());
    done.retain(|group| keeps(group, transaction));
    // Rows of a group are never none.
    done.sort_by_key(|group| (std::cmp::Reverse(group.oldest), group.rows.first().copied()));
    results(table, transaction, &done)
}

fn events(table: &Table, transaction: &Transaction) -> Result<Vec<Event>> {
    let time = table.input("_time")?;
    let keys: Result<Vec<Option<Input>>> = transaction.fields.iter().map(|field| table.input(field)).collect();
    let keys = keys?;
    let (starts, ends) = (table.input(STARTS)?, table.input(ENDS)?);
    let holds = |input: &Option<Input>, row| input.as_ref().and_then(|input| input.truth(row)).unwrap_or(false);
    let event = |row| Event {
        row,
        time: time.as_ref().and_then(|time| time.number(row)).and_then(micros).unwrap_or(0),
        keys: keys.iter().map(|input| Some(input.as_ref()?.text(row)?.into_owned())).collect(),
        starts: holds(&starts, row),
        ends: holds(&ends, row),
    };
    let mut events: Vec<Event> = (0..table.len()).map(event).collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.time));
    Ok(events)
}

/// Put an event where it belongs.
fn place(event: Event, transaction: &Transaction, open: &mut Open, done: &mut Vec<Group>) {
    let expired = open.expired(event.time, transaction);
    done.extend(expired.into_iter().map(|group| Group { closed: true, ..group }));
    let mut found = open.find(&event, transaction);
    if event.ends
        && let Some(number) = found.take()
    {
        // An end before the start was seen: the one that is open has none.
        done.extend(open.remove(number));
    }
    let anywhere = transaction.fields.is_empty() || event.keys.iter().any(Option::is_some) || found.is_some();
    let mut group = found.and_then(|number| open.remove(number)).unwrap_or_else(|| Group::of(&event));
    group.add(event);
    let full = transaction.max_events.is_some_and(|most| group.rows.len() as u64 >= most);
    if !anywhere {
        done.push(Group { orphan: true, ..group });
    } else if full || (group.has_start && transaction.starts_with.is_some()) {
        done.push(Group { closed: true, ..group });
    } else {
        open.insert(group);
    }
}

impl Group {
    fn of(event: &Event) -> Self {
        Self { keys: vec![None; event.keys.len()], newest: event.time, oldest: event.time, ..Self::default() }
    }

    fn add(&mut self, event: Event) {
        self.rows.push(event.row);
        self.oldest = event.time;
        self.has_start |= event.starts;
        self.has_end |= event.ends;
        for (known, value) in self.keys.iter_mut().zip(event.keys) {
            if known.is_none() {
                *known = value;
            }
        }
    }
}

/// Has it the start and the end that are asked for?
fn is_whole(group: &Group, transaction: &Transaction) -> bool {
    (transaction.starts_with.is_none() || group.has_start) && (transaction.ends_with.is_none() || group.has_end)
}

fn keeps(group: &Group, transaction: &Transaction) -> bool {
    if group.orphan {
        return transaction.keep_orphans;
    }
    transaction.keep_evicted || is_whole(group, transaction)
}

fn results(table: &Table, transaction: &Transaction, groups: &[Group]) -> Result<Table> {
    let mut grid = Grid::new(groups.len());
    for ((name, _), input) in table.columns().iter().zip(table.inputs()?) {
        if name == STARTS || name == ENDS {
            continue;
        }
        grid.column(name);
        for (at, group) in groups.iter().enumerate() {
            grid.set(at, name, cell(name, &input, group, transaction));
        }
    }
    for name in ["duration", "eventcount", "closed_txn"] {
        grid.column(name);
    }
    for (at, group) in groups.iter().enumerate() {
        let conditions = transaction.starts_with.is_some() || transaction.ends_with.is_some();
        let closed = if conditions { is_whole(group, transaction) } else { group.closed };
        grid.set(at, "duration", Cell::Number(crate::convert::seconds(group.newest - group.oldest)));
        grid.set(at, "eventcount", Cell::Number(count(group.rows.len())));
        grid.set(at, "closed_txn", Cell::Number(f64::from(u8::from(closed && !group.orphan))));
        if transaction.keep_orphans && group.orphan {
            grid.set(at, "_txn_orphan", Cell::Number(1.0));
        }
    }
    grid.finish()
}

#[expect(clippy::cast_precision_loss, reason = "no search has 2^53 rows")]
fn count(rows: usize) -> f64 {
    rows as f64
}

/// The value of a field of a transaction.
fn cell(name: &str, input: &Input, group: &Group, transaction: &Transaction) -> Cell {
    // In the order of time.
    let rows = group.rows.iter().rev().copied();
    if name == "_time" {
        return Cell::Time(group.oldest);
    }
    if name == "_raw" {
        let texts: Vec<String> = rows.filter_map(|row| Some(input.text(row)?.into_owned())).collect();
        return match texts.as_slice() {
            [] => Cell::Null,
            [one] => Cell::Text(one.clone()),
            _ if transaction.mv_raw => Cell::Multi(texts),
            _ => Cell::Text(texts.join("\n")),
        };
    }
    let listed = match &transaction.mv_list {
        MvList::None => false,
        MvList::All => true,
        MvList::Fields(fields) => fields.iter().any(|field| field == name),
    };
    if listed {
        let null = |values: Vec<String>| if values.is_empty() { vec![transaction.null_text.clone()] } else { values };
        return one_or_many(rows.flat_map(|row| null(texts(input, row))).collect());
    }
    let values: BTreeSet<String> = rows.clone().flat_map(|row| texts(input, row)).collect();
    if values.len() == 1 {
        // As it is: a number stays one.
        let item = rows.map(|row| input.item(row)).find(|item| *item != Item::Null);
        return match item {
            Some(Item::Multi(_)) | None => one_or_many(values.into_iter().collect()),
            Some(item) => Cell::from(item),
        };
    }
    one_or_many(values.into_iter().collect())
}

fn texts(input: &Input, row: usize) -> Vec<String> {
    input.values(row).into_iter().map(std::borrow::Cow::into_owned).collect()
}

fn one_or_many(mut values: Vec<String>) -> Cell {
    match values.len() {
        0 => Cell::Null,
        1 => values.pop().map_or(Cell::Null, Cell::Text),
        _ => Cell::Multi(values),
    }
}
