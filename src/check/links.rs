//! Rules about the shape of the network.

use std::collections::BTreeMap;

use crate::model::{Link, MilestoneId, Plan, Subject};
use crate::text::{Code, Diagnostic};

/// Finds a plan without milestones: there is nothing to forecast.
pub(super) fn empty_plan(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    if plan.milestones.iter().any(|milestone| !milestone.removed) {
        return Vec::new();
    }
    let message = "the plan has no milestones";
    vec![
        Diagnostic::new(Code::EmptyPlan, Subject::Plan, message)
            .help("add one: `[milestone]`, then `design = { duration = \"5..8..15d\" }`"),
    ]
}

/// Finds milestones that start with the plan although nobody said so: no predecessor, no
/// `after = []`, no date, and no `alap`, which starts late. Most often a forgotten `after`.
///
/// The first milestone of the file may start without saying so, and a plan without any link is
/// left to [`isolated_milestone`].
pub(super) fn open_start(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    if plan.links.is_empty() {
        return Vec::new();
    }
    let has_predecessor = ends(plan, |link| link.to);
    let has_successor = ends(plan, |link| link.from);
    present(plan)
        .skip(1)
        .filter(|&id| !has_predecessor[id.index()] && has_successor[id.index()] && !is_placed(plan, id))
        .filter(|&id| !plan[id].as_late_as_possible)
        .map(|id| {
            let key = &plan[id].key;
            Diagnostic::new(
                Code::OpenStart,
                Subject::Milestone(id),
                format!("`{key}` has no predecessor, so it starts with the plan"),
            )
            .help("if that is meant, say `after = []`; otherwise name what it waits for")
        })
        .collect()
}

/// Finds milestones that no link leads to or from, in a plan of several: they run beside everything.
pub(super) fn isolated_milestone(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    if present(plan).count() < 2 {
        return Vec::new();
    }
    let linked = ends(plan, |link| link.to);
    let linking = ends(plan, |link| link.from);
    present(plan)
        .filter(|&id| !linked[id.index()] && !linking[id.index()] && !is_placed(plan, id))
        .map(|id| {
            let key = &plan[id].key;
            Diagnostic::new(
                Code::IsolatedMilestone,
                Subject::Milestone(id),
                format!("`{key}` is linked to no other milestone"),
            )
            .help("say what it waits for with `after`, or `after = []` if it starts with the plan on purpose")
        })
        .collect()
}

/// Finds two links of one kind between the same milestones: the weaker says nothing.
pub(super) fn duplicate_link(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let mut first: BTreeMap<(MilestoneId, MilestoneId, _), usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, link) in plan.links.iter().enumerate() {
        if plan[link.from].removed || plan[link.to].removed {
            continue;
        }
        match first.get(&(link.from, link.to, link.kind)) {
            None => {
                first.insert((link.from, link.to, link.kind), index);
            }
            Some(&earlier) => found.push(twice(plan, link, index, earlier)),
        }
    }
    found
}

fn twice(plan: &Plan, link: &Link, index: usize, earlier: usize) -> Diagnostic<Subject> {
    let (from, to, kind) = (&plan[link.from].key, &plan[link.to].key, link.kind.letters());
    let message = format!("`{to}` depends on `{from}` twice ({kind})");
    Diagnostic::new(Code::DuplicateLink, Subject::Link(index), message)
        .related(Subject::Link(earlier), "first here")
        .help("keep the one that is meant; with both, the later bound counts")
}

/// Finds milestones that `[plan] finish` does not wait for: the plan counts as finished while
/// they may still run.
pub(super) fn beside_finish(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let Some(finish) = plan.finish else { return Vec::new() };
    let mut predecessors = vec![Vec::new(); plan.milestones.len()];
    for link in &plan.links {
        predecessors[link.to.index()].push(link.from);
    }
    let mut waited_for = vec![false; plan.milestones.len()];
    let mut open = vec![finish];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut waited_for[id.index()], true) {
            open.extend(&predecessors[id.index()]);
        }
    }
    present(plan)
        .filter(|id| !waited_for[id.index()])
        .map(|id| {
            let (key, last) = (&plan[id].key, &plan[finish].key);
            let message = format!("the plan's finish, `{last}`, does not wait for `{key}`");
            Diagnostic::new(Code::BesideFinish, Subject::Milestone(id), message)
                .related(Subject::PlanKey("finish"), "the finish is set here")
                .help(format!("add `before = \"{last}\"` to `{key}`, or leave `finish` out"))
        })
        .collect()
}

/// The milestones that no scenario removed.
fn present(plan: &Plan) -> impl Iterator<Item = MilestoneId> {
    plan.ids().filter(|&id| !plan[id].removed)
}

/// Which milestones stand at one end of some link.
fn ends(plan: &Plan, end: impl Fn(&Link) -> MilestoneId) -> Vec<bool> {
    let mut found = vec![false; plan.milestones.len()];
    for link in &plan.links {
        found[end(link).index()] = true;
    }
    found
}

/// Whether the file says when it starts: on purpose with the plan, or by a date.
fn is_placed(plan: &Plan, id: MilestoneId) -> bool {
    let milestone = &plan[id];
    milestone.starts_with_plan
        || milestone.bounds.not_before.is_some()
        || milestone.bounds.must_start.is_some()
}
