//! Schedules: inline, by name, or as the default of a type.

use crate::door::{Door, Fields};
use crate::model::{NamedSchedule, Schedule, Throttling};
use crate::schema::{HEAD, Read};
use crate::yaml::Node;

/// `{cron_schedule, earliest_time, latest_time, schedule_window}`.
pub(crate) fn block(door: &mut Door<'_>, what: &'static str, node: &Node<'_>) -> Option<Schedule> {
    let mut fields = door.fields(what, node)?;
    let schedule = keys(door, &mut fields);
    fields.close(door, true);
    schedule
}

/// The four keys of a schedule among the keys of `fields`.
fn keys(door: &mut Door<'_>, fields: &mut Fields<'_, '_>) -> Option<Schedule> {
    let cron_node = fields.need(door, "cron_schedule");
    let cron = cron_node.and_then(|node| door.text("cron_schedule", node));
    if let (Some(node), Some(text)) = (cron_node, &cron) {
        let count = text.split_whitespace().count();
        if count != 5 {
            door.bad(
                node.span,
                format!("`cron_schedule` has {count} fields, expected 5: minute, hour, day, month, weekday"),
            );
        }
    }
    let earliest = fields.need_text(door, "earliest_time");
    let latest = fields.need_text(door, "latest_time");
    let window = fields.text(door, "schedule_window");
    let window = window.unwrap_or_else(|| "auto".to_owned());
    Some(Schedule { cron: cron?, earliest: earliest?, latest: latest?, window })
}

/// `deployment: {scheduling: {…}}` inside a detection or baseline.
pub(crate) fn inline_deployment(door: &mut Door<'_>, node: &Node<'_>) -> Option<Schedule> {
    let mut fields = door.fields("deployment", node)?;
    let schedule = fields.need(door, "scheduling").and_then(|node| block(door, "scheduling", node));
    fields.skip(&["alert_action", "name", "type"]);
    fields.close(door, false);
    schedule
}

/// A file of `schedules/`: a name and the schedule, in a `scheduling` block or beside the name.
pub(crate) fn named(door: &mut Door<'_>, node: &Node<'_>) -> Option<Read<NamedSchedule>> {
    let mut fields = door.fields("schedule", node)?;
    let name = fields.need_placed(door, "name");
    let nested = ["scheduling", "schedule"].into_iter().find(|key| fields.has(key));
    let schedule = match nested {
        Some(key) => fields.get(key).and_then(|node| block(door, "scheduling", node)),
        None => keys(door, &mut fields),
    };
    fields.skip(&["description", "type"]);
    fields.skip(&HEAD);
    fields.close(door, false);
    let name = name?;
    let value = NamedSchedule { name: name.0.clone(), schedule: schedule? };
    Some(Read { value, name, id: None, mentions: Vec::new() })
}

/// `throttling: {fields, period}`; the period is a number of seconds, minutes or hours.
pub(crate) fn throttling(door: &mut Door<'_>, node: &Node<'_>) -> Option<Throttling> {
    let mut keys = door.fields("throttling", node)?;
    let fields = keys.need(door, "fields").map(|node| door.texts("fields", node)).unwrap_or_default();
    let period_node = keys.need(door, "period");
    let period = period_node.and_then(|node| door.text("period", node));
    keys.close(door, true);
    let (period_node, period) = (period_node?, period?);
    let seconds = seconds(&period);
    if seconds.is_none() {
        door.bad(period_node.span, format!("`period` is `{period}`, expected a number and `s`, `m` or `h`"));
    }
    let fields = fields.into_iter().map(|(field, _)| field).collect();
    Some(Throttling { fields, seconds: seconds? })
}

fn seconds(period: &str) -> Option<u64> {
    let (number, factor) = [("s", 1), ("m", 60), ("h", 3600)]
        .into_iter()
        .find_map(|(unit, factor)| Some((period.strip_suffix(unit)?, factor)))?;
    // Not a number: the caller reports it.
    number.parse::<u64>().ok()?.checked_mul(factor)
}
