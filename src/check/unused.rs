//! Rules about what is declared and never used.

use crate::model::{CalendarId, Plan, ResourceId, Subject};
use crate::text::{Code, Diagnostic};

/// Finds resources that no milestone works with, uses or consumes, and that turn out nothing; not
/// those whose milestones a scenario removed.
pub(super) fn unused_resource(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let mut used = vec![false; plan.resources.len()];
    for milestone in &plan.milestones {
        let improve = milestone.improve.iter();
        let of_iterations = improve.flat_map(|improve| [&improve.work, &improve.uses, &improve.consumes]);
        let lists = [&milestone.work, &milestone.uses, &milestone.consumes].into_iter().chain(of_iterations);
        for (id, _) in lists.flatten() {
            used[id.index()] = true;
        }
    }
    for (id, _) in plan.resources.iter().flat_map(|resource| &resource.throughput) {
        used[id.index()] = true;
    }
    (0..plan.resources.len())
        .filter(|&index| !used[index] && !plan.resources[index].is_idle)
        .map(|index| {
            let key = &plan.resources[index].key;
            let subject = Subject::Resource(ResourceId::new(index));
            Diagnostic::new(Code::UnusedResource, subject, format!("no milestone needs the resource `{key}`"))
                .help(format!(
                    "give a milestone `uses.{key}`, `work.{key}` or `consumes.{key}`, or remove it"
                ))
        })
        .collect()
}

/// Finds calendars that nothing runs in.
pub(super) fn unused_calendar(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let mut used = vec![false; plan.calendars.len()];
    used[plan.calendar.index()] = true;
    let calendars = plan.milestones.iter().map(|milestone| milestone.calendar);
    for id in calendars.chain(plan.resources.iter().map(|resource| resource.calendar)) {
        used[id.index()] = true;
    }
    (0..plan.calendars.len())
        .filter(|&index| !used[index] && !is_built_in(plan, index))
        .map(|index| {
            let name = plan.calendars[index].name();
            let subject = Subject::Calendar(CalendarId::new(index));
            Diagnostic::new(Code::UnusedCalendar, subject, format!("nothing runs in the calendar `{name}`"))
                .help(format!(
                    "name it in `[plan]`, a milestone or a resource (`calendar = \"{name}\"`), or remove it"
                ))
        })
        .collect()
}

fn is_built_in(plan: &Plan, index: usize) -> bool {
    matches!(plan.calendars[index].name(), "standard" | "always")
}
