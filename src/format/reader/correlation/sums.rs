//! What groups ask together: that no quantity has to go together with more than there is of it.
//!
//! In a group of correlation ρ every member's normal score rests on a shared factor with weight
//! `√|r − r₀|`, where `r = 2 sin(πρ/6)` is the correlation of scores and `r₀` that of the plan's default, which
//! takes `√r₀` of every estimate. The squares of a quantity's weights can add up to 1 at most.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use super::super::fields::Context;
use super::Group;
use crate::model::{Member, Milestone, MilestoneId, RiskId, Strength};
use crate::text::{Code, Diagnostic};

/// How far a sum may lie above 1 without being said.
const ROUNDING: f64 = 1e-9;

/// Something that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Quantity {
    Duration(MilestoneId),
    Work(MilestoneId),
    Consumes(MilestoneId),
    Cost(MilestoneId),
    Risk(RiskId),
}

/// Says which groups ask too much of a quantity, and which share one with a matrix.
pub(super) fn check(context: &mut Context<'_>, groups: &[Group], milestones: &[Milestone], default: f64) {
    let mut held: BTreeMap<Quantity, Vec<&Group>> = BTreeMap::new();
    for group in groups {
        for quantity in group.correlation.members.iter().flat_map(|member| uncertain(*member, milestones)) {
            held.entry(quantity).or_default().push(group);
        }
    }
    let mut blamed = Vec::new();
    for (quantity, groups) in &held {
        let Some((last, others)) = groups.split_last() else { continue };
        if blamed.contains(&last.place) {
            continue;
        }
        let Some((message, help)) = too_much(*quantity, groups, milestones, default) else { continue };
        blamed.push(last.place);
        let error = Diagnostic::new(Code::ImpossibleCorrelation, last.strength, message);
        let error =
            others.iter().fold(error, |error, other| error.related(other.strength, "and by this much here"));
        context.say(error.help(help));
    }
}

/// What is wrong with a quantity in these groups, and the way out.
fn too_much(
    quantity: Quantity,
    groups: &[&Group],
    milestones: &[Milestone],
    default: f64,
) -> Option<(String, &'static str)> {
    let name = named(quantity, milestones);
    let rhos = groups.iter().map(|group| match group.correlation.strength {
        Strength::Rho(rho) => Some(rho),
        Strength::Matrix(_) => None,
    });
    let Some(rhos) = rhos.collect::<Option<Vec<f64>>>() else {
        let message = format!("{name} stands in a matrix and in another group");
        return (groups.len() > 1).then_some((message, "say all that it goes together with in the matrix"));
    };
    let default = if matches!(quantity, Quantity::Risk(_)) { 0.0 } else { of_scores(default) };
    let total = default + rhos.into_iter().map(|rho| (of_scores(rho) - default).abs()).sum::<f64>();
    (total > 1.0 + ROUNDING).then(|| {
        let share = (total * 100.0).ceil();
        let message = format!("{name} has to go together with more than there is of it: {share}%");
        let help = if default > 0.0 {
            "bring the `rho` of its groups nearer to the plan's `correlation`, which holds already"
        } else {
            "lower the `rho` of its groups until their sum is below 1"
        };
        (message, help)
    })
}

/// The correlation of normal scores that gives this rank correlation (Pearson 1907).
fn of_scores(rho: f64) -> f64 {
    2.0 * (PI * rho / 6.0).sin()
}

/// The quantities of a member that are drawn.
fn uncertain(member: Member, milestones: &[Milestone]) -> Vec<Quantity> {
    let own = |id: MilestoneId| &milestones[id.index()];
    let duration = |id| own(id).duration.as_ref().is_some_and(|span| !span.seconds.is_fixed());
    let work = |id| own(id).work.iter().any(|(_, effort)| !effort.is_fixed());
    let consumes = |id| own(id).consumes.iter().any(|(_, pieces)| !pieces.is_fixed());
    let cost = |id| own(id).cost.as_ref().is_some_and(|cost| !cost.is_fixed());
    let all = match member {
        Member::Span(id) => vec![
            (duration(id), Quantity::Duration(id)),
            (work(id), Quantity::Work(id)),
            (consumes(id), Quantity::Consumes(id)),
        ],
        Member::Duration(id) => vec![(duration(id), Quantity::Duration(id))],
        Member::Work(id) => vec![(work(id), Quantity::Work(id))],
        Member::Cost(id) => vec![(cost(id), Quantity::Cost(id))],
        Member::Risk(id) => vec![(true, Quantity::Risk(id))],
    };
    all.into_iter().filter(|row| row.0).map(|row| row.1).collect()
}

fn named(quantity: Quantity, milestones: &[Milestone]) -> String {
    let of = |key: &str, id: MilestoneId| format!("`{key}` of `{}`", milestones[id.index()].key);
    match quantity {
        Quantity::Duration(id) => of("duration", id),
        Quantity::Work(id) => of("work", id),
        Quantity::Consumes(id) => of("consumes", id),
        Quantity::Cost(id) => of("cost", id),
        Quantity::Risk(_) => "this risk".to_owned(),
    }
}
