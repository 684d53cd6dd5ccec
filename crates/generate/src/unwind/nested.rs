//! Commands with a search of their own: rows on both sides.

use plan::{Join, JoinKind, Plan, Schema, Stage};

use crate::goal::{Conflict, Goal, Site};
use crate::term::{ClassId, Formula, Term};

fn output(plan: &Plan) -> Schema {
    plan.stages.last().map(|stage| stage.schema.clone()).unwrap_or_default()
}

fn has(schema: &Schema, name: &str) -> bool {
    schema.fields.iter().any(|field| field == name)
}

pub(super) fn join(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    join: &Join,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let right = output(&join.right);
    let by: Vec<String> = if join.by.is_empty() {
        right.fields.iter().filter(|name| site.has(name) && !name.starts_with('_')).cloned().collect()
    } else {
        join.by.clone()
    };
    for class in &active {
        let alone = join.kind == JoinKind::Left && goal.choices.pick(2) == 1;
        if alone {
            goal.replace(&[*class], &|class, name| {
                let only_right = has(&right, name) && !site.may_have(name);
                only_right.then(Term::null).or_else(|| Some(Term::Field(class, name.clone())))
            });
            continue;
        }
        let (main, dims) = (goal.is_main(*class), goal.dims_of(*class));
        let partner = goal.class(main, dims);
        goal.replace(&[*class], &|class, name| {
            if by.iter().any(|key| key.as_str() == &**name) {
                return None;
            }
            let of_right = has(&right, name) || (right.open && !site.has(name));
            let taken = of_right && (join.overwrite || !site.may_have(name));
            taken.then(|| Term::Field(partner, name.clone())).or_else(|| Some(Term::Field(class, name.clone())))
        });
        for (at, key) in by.iter().enumerate() {
            let (left, right) = (Term::field(*class, key), Term::field(partner, key));
            goal.ask(Formula::Present(left.clone()));
            goal.ask(Formula::Present(right.clone()));
            let same = Formula::Same(left, right);
            if join.kind == JoinKind::Inner {
                goal.condition(*class, site.conjunct(1000 + at), &|| format!("join on {key}"), same);
            } else {
                goal.ask(same);
            }
        }
        goal.unwind(site.place, &join.right.stages, vec![partner])?;
    }
    Ok(active)
}

/// Rows of either search.
pub(super) fn append(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    plan: &Plan,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let mut rest = Vec::new();
    for class in active {
        if goal.choices.pick(2) == 0 {
            rest.push(class);
        } else {
            goal.unwind(site.place, &plan.stages, vec![class])?;
        }
    }
    Ok(rest)
}

/// The first row beside the first row.
pub(super) fn appendcols(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    plan: &Plan,
    overwrite: bool,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let right = output(plan);
    for class in &active {
        let (main, dims) = (goal.is_main(*class), goal.dims_of(*class));
        let partner = goal.class(main, dims);
        goal.replace(&[*class], &|_, name| {
            (has(&right, name) && (overwrite || !site.may_have(name))).then(|| Term::Field(partner, name.clone()))
        });
        goal.unwind(site.place, &plan.stages, vec![partner])?;
    }
    Ok(active)
}

/// The rows as they are, or what the stages make of them.
pub(super) fn appendpipe(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    stages: &[Stage],
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let mut rest = Vec::new();
    for class in active {
        if goal.choices.pick(2) == 0 {
            rest.push(class);
        } else {
            rest.extend(goal.unwind(site.place, stages, vec![class])?);
        }
    }
    Ok(rest)
}

/// What the row must be for a subsearch among search terms: a row of the subsearch, and its values.
pub(super) fn subsearch(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    class: ClassId,
    plan: &Plan,
) -> Result<Formula, Conflict> {
    let schema = output(plan);
    let (main, dims) = (goal.is_main(class), goal.dims_of(class));
    let found = goal.class(main, dims);
    let fields: Vec<&String> = schema.fields.iter().filter(|name| !name.starts_with('_')).collect();
    if schema.open || fields.iter().any(|name| matches!(name.as_str(), "search" | "query")) {
        return Err(Conflict::new("a subsearch whose fields are not known before it runs"));
    }
    let kept = goal.formulas.len();
    for name in &fields {
        let (left, right) = (Term::field(class, name), Term::field(found, name));
        goal.ask(Formula::Present(right.clone()));
        goal.ask(Formula::Same(left, right));
    }
    goal.unwind(site.place, &plan.stages, vec![found])?;
    // What was asked of both rows is the condition; the row itself must exist in any case.
    let same: Vec<Formula> =
        goal.formulas.iter().skip(kept).filter(|formula| matches!(formula, Formula::Same(..))).cloned().collect();
    let mut at = 0;
    goal.formulas.retain(|formula| {
        at += 1;
        at <= kept || !matches!(formula, Formula::Same(..))
    });
    Ok(Formula::All(same))
}

/// A search for each row: a row of that search, and the row that it is made for.
pub(super) fn map(
    goal: &mut Goal<'_>,
    site: &Site<'_>,
    template: &str,
    active: Vec<ClassId>,
) -> Result<Vec<ClassId>, Conflict> {
    let (search, tokens) = marked(template);
    let parsed = spl::parse(&search);
    let checked = plan::check(&parsed.pipeline, &search, goal.context.names());
    let plan = checked.plan.ok_or_else(|| Conflict::new("the search of `map` does not compile without its values"))?;
    let mut rows = Vec::new();
    for class in active {
        let (main, dims) = (goal.is_main(class), goal.dims_of(class));
        let outer = goal.class(main, dims);
        for token in &tokens {
            goal.ask(Formula::Present(Term::field(outer, token)));
        }
        let before = goal.formulas.len();
        goal.unwind(site.place, &plan.stages, vec![class])?;
        goal.unmark(before, outer, &tokens);
        rows.push(outer);
    }
    Ok(rows)
}

/// The template with a mark in the place of each token, and the tokens' names.
fn marked(template: &str) -> (String, Vec<String>) {
    let mut search = String::new();
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('$') {
        search.push_str(before);
        let Some((name, behind)) = after.split_once('$') else {
            search.push('$');
            rest = after;
            break;
        };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_.{}".contains(c));
        if !is_name {
            search.push('$');
            rest = after;
            continue;
        }
        let at = tokens.iter().position(|known| known == name).unwrap_or_else(|| {
            tokens.push(name.to_owned());
            tokens.len() - 1
        });
        search.push_str(&crate::goal::mark(at));
        rest = behind;
    }
    search.push_str(rest);
    (search, tokens)
}
