//! Rules about correlation groups.

use crate::model::{Member, Plan, Strength, Subject};
use crate::network::Network;
use crate::text::{Code, Diagnostic};

/// Finds groups with fewer than two uncertain members: nothing goes together there.
pub(super) fn lonely_group(plan: &Plan, network: &Network) -> Vec<Diagnostic<Subject>> {
    let is_uncertain = |member: &&Member| match **member {
        Member::Span(id) => plan[id]
            .duration
            .iter()
            .map(|span| &span.seconds)
            .chain(plan[id].work.iter().chain(&plan[id].consumes).map(|(_, estimate)| estimate))
            .any(|estimate| !estimate.is_fixed()),
        Member::Duration(id) => plan[id].duration.as_ref().is_some_and(|span| !span.seconds.is_fixed()),
        Member::Work(id) => plan[id].work.iter().any(|(_, estimate)| !estimate.is_fixed()),
        Member::Cost(id) => plan[id].cost.as_ref().is_some_and(|cost| !cost.is_fixed()),
        Member::Risk(id) => {
            let name = format!("risk:{}", plan[id].key);
            network.variables.iter().any(|it| it.name == name && !it.distribution.is_fixed())
        }
    };
    let mut found = Vec::new();
    for (at, group) in plan.correlations.iter().enumerate() {
        let uncertain = group.members.iter().filter(is_uncertain).count();
        // One milestone with a duration and work of its own is a group of two.
        if uncertain < 2 && !spans_several(plan, &group.members) {
            let many = if uncertain == 0 { "no uncertain member" } else { "one uncertain member" };
            let message = format!("the group `{}` has {many}", group.key);
            let warning = Diagnostic::new(Code::LonelyGroup, Subject::Correlation(at), message);
            found.push(warning.help("correlation takes two: give the others a range, or remove the group"));
        }
    }
    found
}

fn spans_several(plan: &Plan, members: &[Member]) -> bool {
    members.iter().any(|member| match *member {
        Member::Span(id) => {
            let duration = plan[id].duration.iter().filter(|span| !span.seconds.is_fixed()).count();
            let amounts = plan[id].work.iter().chain(&plan[id].consumes);
            duration + amounts.filter(|(_, estimate)| !estimate.is_fixed()).count() > 1
        }
        Member::Work(id) => plan[id].work.iter().filter(|(_, estimate)| !estimate.is_fixed()).count() > 1,
        _ => false,
    })
}

/// Finds matrices of correlations that no set of quantities can have, and says what holds instead.
pub(super) fn matrix_changed(plan: &Plan, network: &Network) -> Vec<Diagnostic<Subject>> {
    network
        .repairs
        .iter()
        .map(|repair| {
            let group = &plan.correlations[repair.group];
            let Strength::Matrix(_) = group.strength else { unreachable!("only matrices are changed") };
            let [one, other] = [repair.pair.0, repair.pair.1].map(|at| plan.member_name(group.members[at]));
            let message = format!(
                "no quantities can go together as in `{}`; the nearest that can are taken",
                group.key
            );
            let warning = Diagnostic::new(Code::MatrixChanged, Subject::Correlation(repair.group), message);
            warning.help(format!(
                "the largest change is between `{one}` and `{other}`: {:.2} instead of {:.2}",
                repair.used, repair.written
            ))
        })
        .collect()
}
