//! Why a plan has no network, said of its milestones and links.

use crate::model::{MilestoneId, Plan, Subject};
use crate::network::{CorrelationError, Cycle, Effects, NetworkError, NotBefore};
use crate::text::{Code, Diagnostic};

/// How many other links of a ring are pointed at.
const MOST_RELATED: usize = 4;
/// How many milestones of a ring are named at each end of a long one.
const ENDS: usize = 6;

/// The errors of a plan that has no network.
pub fn no_network(plan: &Plan, error: &NetworkError) -> Vec<Diagnostic<Subject>> {
    match error {
        NetworkError::Cycles(cycles) => cycles.iter().map(|cycle| ring(plan, cycle)).collect(),
        NetworkError::NotBefore(places) => places.iter().map(|place| not_before(plan, *place)).collect(),
        NetworkError::EntangledRework(gates) => vec![entangled(plan, gates)],
        NetworkError::TooManyVisits(id) => {
            let fact = format!("rework of `{}` makes more than 1,000,000 visits", plan[*id].key);
            vec![Diagnostic::new(Code::TooManyVisits, Subject::MilestoneKey(*id, "rework"), fact).help(
                "a check within the rework of another is repeated in each of its repeats; lower `at_most`",
            )]
        }
        NetworkError::NothingReachable(id) => {
            let fact = format!("the `hard_ceiling` leaves no way for `{}` to get better", plan[*id].key);
            let place = plan[*id].solution.map_or(Subject::Milestone(*id), |solution| {
                Subject::SolutionKey(solution, "evidence.hard_ceiling")
            });
            vec![
                Diagnostic::new(Code::BadHistory, place, fact)
                    .help("its history is better already than what it says can't be beaten"),
            ]
        }
        NetworkError::TooManySeasons(id) => {
            let most = Effects::MOST_SEASONS;
            let fact = format!("more than {most} risks with a season hit `{}`", plan[*id].key);
            vec![Diagnostic::new(Code::BeyondLimit, Subject::Milestone(*id), fact)]
        }
        NetworkError::BeyondLimit(id) => {
            let place = Subject::MilestoneKey(*id, "duration");
            let fact = format!("`{}` finishes later than can be counted", plan[*id].key);
            vec![
                Diagnostic::new(Code::BeyondLimit, place, fact)
                    .help("a plan may last 2^30 seconds of working time, 143 years of eight-hour days")
                    .help("is a unit too large on the way to it? `d` is a day's work, `w` a week's"),
            ]
        }
        NetworkError::TooManyCalendars => {
            vec![Diagnostic::new(Code::BeyondLimit, Subject::Plan, error.to_string())]
        }
        NetworkError::Correlation(error) => vec![impossible_correlation(plan, *error)],
    }
}

/// A group whose members cannot go together as it says.
fn impossible_correlation(plan: &Plan, error: CorrelationError) -> Diagnostic<Subject> {
    let group = &plan.correlations[error.group()];
    let name = |member: usize| plan.member_name(group.members[member]);
    let diagnostic =
        |fact| Diagnostic::new(Code::ImpossibleCorrelation, Subject::Correlation(error.group()), fact);
    match error {
        CorrelationError::TooWeak { .. } if plan.correlation > 0.0 => diagnostic(format!(
            "`{}` has more than two members, and less `rho` than the plan's `correlation` of {}",
            group.key, plan.correlation
        ))
        .help("lower the plan's `correlation`, or write a `matrix`"),
        CorrelationError::TooWeak { .. } => {
            diagnostic(format!("`{}` has more than two members, which can't all shun each other", group.key))
                .help("write a `matrix`: what can't be in it is repaired, and said")
        }
        CorrelationError::TooStrong { member, .. } => diagnostic(format!(
            "with `{}`, the groups of `{}` ask for more than the whole of it",
            group.key,
            name(member)
        ))
        .help("the more groups a member is in, the less `rho` each of them can have"),
        CorrelationError::Ambiguous { member, .. } => diagnostic(format!(
            "`{}` stands for several quantities in the `matrix` of `{}`",
            name(member),
            group.key
        ))
        .help("name one: its `.duration`, `.work` or `.cost`"),
        CorrelationError::NamedTwice { member, .. } => diagnostic(format!(
            "`{}` is in the `matrix` of `{}`, and named once more",
            name(member),
            group.key
        ))
        .help("a member of a matrix is in no other group"),
    }
}

/// What is done again, or looked at, but does not come before.
fn not_before(plan: &Plan, place: NotBefore) -> Diagnostic<Subject> {
    match place {
        NotBefore::Redone { gate, milestone } => {
            let (gate_key, key) = (&plan[gate].key, &plan[milestone].key);
            let fact =
                format!("`{gate_key}` can't send back to `{key}`: nothing says that `{key}` comes before it");
            Diagnostic::new(Code::ReworkNotBefore, Subject::MilestoneKey(gate, "rework"), fact)
                .help(format!("only what leads to `{gate_key}` by links can be done again"))
        }
        NotBefore::LookedAt { by, milestone } => {
            let (by_key, key) = (&plan[by].key, &plan[milestone].key);
            let fact =
                format!("`{by_key}` depends on `{key}`, but nothing says that `{key}` comes before it");
            let diagnostic =
                Diagnostic::new(Code::BranchNotDecided, Subject::MilestoneKey(by, "only_if"), fact);
            if by == milestone {
                diagnostic.help("a milestone can't decide about itself")
            } else {
                diagnostic.help(format!("add `{key}` to its `after`, or to that of something before it"))
            }
        }
    }
}

/// Checks whose repeats wait for each other.
fn entangled(plan: &Plan, gates: &[MilestoneId]) -> Diagnostic<Subject> {
    let keys: Vec<String> = gates.iter().take(ENDS).map(|&id| format!("`{}`", plan[id].key)).collect();
    let place = gates.first().map_or(Subject::Plan, |&id| Subject::MilestoneKey(id, "rework"));
    let fact = format!("the rework of {} would have to wait for itself", keys.join(" and "));
    let diagnostic = Diagnostic::new(Code::EntangledRework, place, fact);
    let others = gates.iter().skip(1).take(MOST_RELATED);
    let related = others.fold(diagnostic, |diagnostic, &id| {
        diagnostic.related(Subject::MilestoneKey(id, "rework"), "and this one")
    });
    related
        .help("what follows work that may be repeated waits for the last repeat; let one check do both again")
}

/// Milestones that wait for each other, or one that waits for itself.
fn ring(plan: &Plan, cycle: &Cycle) -> Diagnostic<Subject> {
    let key = |position: usize| plan[cycle.milestones[position]].key.as_str();
    let count = cycle.milestones.len();
    let place = |position: usize| Subject::Link(cycle.links[position]);
    if count == 1 {
        return Diagnostic::new(Code::SelfLink, place(0), format!("`{}` waits for itself", key(0)))
            .help("remove it, or name what it waits for");
    }
    let path = if count <= 2 * ENDS {
        (0..count).map(key).collect::<Vec<_>>().join(" → ")
    } else {
        let head: Vec<&str> = (0..ENDS).map(key).collect();
        let tail: Vec<&str> = (count - ENDS..count).map(key).collect();
        format!("{} → … {} more … → {}", head.join(" → "), count - 2 * ENDS, tail.join(" → "))
    };
    let fact = format!("milestones wait for each other: `{path} → {}`", key(0));
    let waits = |position: usize| format!("`{}` waits for `{}`", key((position + 1) % count), key(position));
    let mut diagnostic = Diagnostic::new(Code::Cycle, place(0), fact).labelled(waits(0));
    for position in 1..count.min(1 + MOST_RELATED) {
        diagnostic = diagnostic.related(place(position), waits(position));
    }
    diagnostic.help("one of these links has to go")
}
