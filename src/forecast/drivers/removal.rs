//! Everything uncertain, taken away in turn under the same draws.
//!
//! ΔPx(g) = Px(all) − Px(g at its base), as AACE RP 57R-09 asks of drivers.

use std::collections::BTreeMap;

use crate::model::{Category, Member, MilestoneId, Plan, StageId};
use crate::network::{Network, Owner, Variable};
use crate::simulate::Samples;

use super::foremost::{most, strengths, strongest};
use super::runs::Runs;
use super::{Change, Removal, Removed};

/// What can be taken away.
pub(super) struct Candidates {
    list: Vec<Candidate>,
    /// How many milestones are not in the list.
    pub(super) left_out_milestones: usize,
    /// How many other things are not.
    pub(super) left_out_others: usize,
}

struct Candidate {
    kind: Removed,
    key: String,
    name: String,
    how: How,
}

/// How something is taken away.
enum How {
    /// The variables of one owner are as planned.
    Owner(Owner),
    /// The estimates of a stage's milestones are.
    Stage(StageId),
    /// A group of correlations (its position in the plan) is not written; `None`: what holds between all
    /// estimates.
    Correlation(Option<usize>),
}

impl Candidates {
    pub(super) fn of(plan: &Plan, network: &Network, samples: &Samples) -> Self {
        let strengths = strengths(network, samples);
        let most = most(network);
        let others = others(plan, &strengths);
        let mut milestones = milestones(&strengths);
        let left_out_others = others.len().saturating_sub(most);
        let left_out_milestones = milestones.len().saturating_sub(most);
        let mut list = strongest(others, most);
        milestones.truncate(most);
        list.extend(milestones.into_iter().map(|id| {
            let how = How::Owner(Owner::Milestone(id));
            Candidate {
                kind: Removed::Milestone,
                key: plan[id].key.clone(),
                name: plan[id].name.clone(),
                how,
            }
        }));
        Self { list, left_out_milestones, left_out_others }
    }

    /// How many runs that takes.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// What each adds; the one that moves the headline's date most first, then its cost.
    pub(super) fn removals(&self, runs: &Runs<'_>, done: &(dyn Fn() + Sync)) -> Vec<Removal> {
        let added = |candidate: &Candidate| {
            let without = candidate.without(runs);
            done();
            without.map(|adds| Removal {
                kind: candidate.kind,
                key: candidate.key.clone(),
                name: candidate.name.clone(),
                adds,
            })
        };
        let mut removals: Vec<Removal> = runs.each(&self.list, added).into_iter().flatten().collect();
        let size = |difference: Option<crate::forecast::Difference>| {
            difference.map_or(0.0, |difference| difference.headline.0.abs())
        };
        removals.sort_by(|a, b| {
            let by_finish = size(b.adds.finish).total_cmp(&size(a.adds.finish));
            by_finish.then(size(b.adds.cost).total_cmp(&size(a.adds.cost)))
        });
        removals
    }
}

impl Candidate {
    /// The plan less the plan without it; `None` if the plan has no network without it.
    fn without(&self, runs: &Runs<'_>) -> Option<Change> {
        let Runs { plan, network, .. } = runs;
        let fixed = |is_fixed: &dyn Fn(Owner) -> bool| {
            let fix = |variable: &Variable| is_fixed(variable.owner).then_some(variable.planned);
            runs.figures(plan, &network.frozen(fix))
        };
        let figures = match self.how {
            How::Owner(owner) => fixed(&|other| other == owner),
            How::Stage(stage) => {
                fixed(&|owner| matches!(owner, Owner::Milestone(id) if plan[id].stage == Some(stage)))
            }
            How::Correlation(group) => {
                let mut plan = (*plan).clone();
                match group {
                    Some(group) => drop(plan.correlations.remove(group)),
                    None => plan.correlation = 0.0,
                }
                runs.figures(&plan, &Network::of(&plan).ok()?)
            }
        };
        Some(runs.change(&figures, &runs.own))
    }
}

/// All but the milestones: what each owner has, groups of correlations, stages; with how much finish and
/// cost follow them, at most.
fn others(plan: &Plan, strengths: &BTreeMap<Owner, f64>) -> Vec<(Candidate, f64)> {
    let owned =
        strengths.iter().filter_map(|(&owner, &strength)| Some((not_of_a_milestone(plan, owner)?, strength)));
    let mut others: Vec<(Candidate, f64)> = owned.collect();
    let strongest_of = |owners: &mut dyn Iterator<Item = Owner>| {
        owners.filter_map(|owner| strengths.get(&owner).copied()).reduce(f64::max)
    };
    others.extend(plan.correlations.iter().enumerate().map(|(at, group)| {
        let strength = strongest_of(&mut group.members.iter().map(|&member| owner(member)));
        (correlation(&group.key, &group.key, Some(at)), strength.unwrap_or(0.0))
    }));
    let between_all =
        (plan.correlation > 0.0).then(|| correlation("correlation", "between all estimates", None));
    others.extend(between_all.map(|candidate| (candidate, f64::INFINITY)));
    let stages = plan.stages.iter().enumerate().map(|(at, stage)| (StageId::new(at), stage));
    others.extend(stages.filter_map(|(id, stage)| {
        let members = plan.ids().filter(|&member| plan[member].stage == Some(id));
        let strength = strongest_of(&mut members.map(Owner::Milestone))?;
        let (key, name) = (stage.key.clone(), stage.name.clone());
        Some((Candidate { kind: Removed::Stage, key, name, how: How::Stage(id) }, strength))
    }));
    others
}

/// What quantities have in common.
fn correlation(key: &str, name: &str, group: Option<usize>) -> Candidate {
    let how = How::Correlation(group);
    Candidate { kind: Removed::Correlation, key: key.to_owned(), name: name.to_owned(), how }
}

/// Whose quantity a member of a group is.
const fn owner(member: Member) -> Owner {
    match member {
        Member::Span(id) | Member::Duration(id) | Member::Work(id) | Member::Cost(id) => Owner::Milestone(id),
        Member::Risk(id) => Owner::Risk(id),
    }
}

/// The milestones with estimates, those that finish and cost follow most first.
fn milestones(strengths: &BTreeMap<Owner, f64>) -> Vec<MilestoneId> {
    let mut milestones: Vec<(MilestoneId, f64)> = strengths
        .iter()
        .filter_map(|(owner, &strength)| match owner {
            Owner::Milestone(id) => Some((*id, strength)),
            _ => None,
        })
        .collect();
    milestones.sort_by(|a, b| b.1.total_cmp(&a.1));
    milestones.into_iter().map(|(id, _)| id).collect()
}

/// What an owner is called, if it is no milestone's estimates.
fn not_of_a_milestone(plan: &Plan, owner: Owner) -> Option<Candidate> {
    let of_milestone = |kind, id: MilestoneId| (kind, plan[id].key.as_str(), plan[id].name.as_str());
    let (kind, key, name) = match owner {
        Owner::Milestone(_) => return None,
        Owner::Risk(id) => (Removed::Risk, plan[id].key.as_str(), plan[id].name.as_str()),
        Owner::Resource(id) => (Removed::Resource, plan[id].key.as_str(), plan[id].name.as_str()),
        Owner::Overhead(at) => (Removed::Overhead, plan.overheads[at].key(), plan.overheads[at].key()),
        Owner::Escalation(category) => (
            Removed::Escalation,
            category.map_or("all", Category::word),
            category.map_or("All prices", Category::word),
        ),
        Owner::Currency(at) => {
            (Removed::Currency, plan.currencies[at].key.as_str(), plan.currencies[at].key.as_str())
        }
        Owner::Solution(id) => {
            let solution = &plan.scoping[id];
            (Removed::Solution, solution.key.as_str(), solution.name.as_str())
        }
        Owner::Rework(id) => of_milestone(Removed::Rework, id),
        Owner::Outcome(id) => of_milestone(Removed::Outcome, id),
        Owner::Success(id) => of_milestone(Removed::Success, id),
    };
    Some(Candidate { kind, key: key.to_owned(), name: name.to_owned(), how: How::Owner(owner) })
}
