//! How the program reads a milestone, a risk or a solution, in words, so that its author can say "no, not like that".
//!
//! ```text
//! duration   8..12..25d       PERT from 8 d to 25 d, likeliest 12 d; mean 13.5 d, P80 16.8 d
//! after      collect SS+50%   starts once `collect` has done 50 % of its duration
//! ```

mod amounts;
mod branch;
mod choice;
mod estimate;
mod group;
mod improve;
mod link;
mod money;
mod risk;
mod scoping;
mod solution;

use crate::model::{Link, Member, Milestone, MilestoneId, PerMilestone, Plan, RiskId};
use crate::network::Network;
use crate::units::{SECONDS_PER_HOUR, When};

use super::words::{date, last_moment};
use estimate::trimmed;
pub use group::group_readings;
pub use risk::risk_readings;
pub use scoping::{Scoped, scoping_readings};

/// One thing that a milestone says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its key in the plan file, or what follows from several: `span`, `money per day`.
    pub key: String,
    /// As its author wrote it; empty where it follows from the rest.
    pub written: String,
    /// What it means.
    pub words: String,
}

/// What leads to a milestone, strikes it or goes together with it.
#[derive(Clone, Default)]
struct Ties<'a> {
    links: Vec<&'a Link>,
    risks: Vec<RiskId>,
    /// Positions of groups, and what of the milestone is in each.
    groups: Vec<(usize, Member)>,
}

impl<'a> Ties<'a> {
    /// Those of every milestone.
    fn of(plan: &'a Plan) -> PerMilestone<Self> {
        let mut ties = PerMilestone::new(vec![Self::default(); plan.milestones.len()]);
        for link in &plan.links {
            ties[link.to].links.push(link);
            if link.from != link.to {
                ties[link.from].links.push(link);
            }
        }
        for (at, risk) in plan.risks.iter().enumerate() {
            risk.terms().on.iter().for_each(|&id| ties[id].risks.push(RiskId::new(at)));
        }
        for (at, group) in plan.correlations.iter().enumerate() {
            for &member in &group.members {
                match member {
                    Member::Span(id) | Member::Duration(id) | Member::Work(id) | Member::Cost(id) => {
                        ties[id].groups.push((at, member));
                    }
                    Member::Risk(_) => {}
                }
            }
        }
        ties
    }
}

/// Everything a milestone says, in the order in which keys are usually written.
pub fn readings(plan: &Plan, network: &Network, id: MilestoneId) -> Vec<Reading> {
    readings_with(plan, network, id, &Ties::of(plan)[id])
}

/// The same for every milestone, in file order.
pub fn all_readings(plan: &Plan, network: &Network) -> Vec<(MilestoneId, Vec<Reading>)> {
    let ties = Ties::of(plan);
    plan.ids().map(|id| (id, readings_with(plan, network, id, &ties[id]))).collect()
}

fn readings_with(plan: &Plan, network: &Network, id: MilestoneId, ties: &Ties<'_>) -> Vec<Reading> {
    let milestone = &plan[id];
    let mut reader = Reader { plan, network, id, milestone, said: Vec::new() };
    reader.say("name", "", milestone.name.clone());
    if let Some(stage) = milestone.stage {
        reader.say("stage", plan[stage].key.clone(), plan[stage].name.clone());
    }
    if milestone.removed {
        reader.say("removed", "", "takes no time and costs nothing; links lead through it");
    } else {
        reader.calendar();
        reader.amounts();
        reader.money();
        reader.choices();
    }
    reader.solution();
    reader.links(&ties.links);
    reader.dates();
    reader.branches();
    ties.risks.iter().for_each(|&risk| reader.risk(risk));
    ties.groups.iter().for_each(|&(at, member)| reader.group(at, member));
    if let Some(note) = &milestone.note {
        reader.say("note", "", note.clone());
    }
    reader.said
}

struct Reader<'a> {
    plan: &'a Plan,
    network: &'a Network,
    id: MilestoneId,
    milestone: &'a Milestone,
    said: Vec<Reading>,
}

impl Reader<'_> {
    fn say(&mut self, key: impl Into<String>, written: impl Into<String>, words: impl Into<String>) {
        self.said.push(Reading { key: key.into(), written: written.into(), words: words.into() });
    }

    fn calendar(&mut self) {
        let calendar = &self.plan[self.milestone.calendar];
        let hours = |seconds: i64| trimmed(seconds as f64 / SECONDS_PER_HOUR as f64);
        let (day, week) = (hours(calendar.day_seconds()), hours(calendar.week_seconds()));
        self.say("calendar", calendar.name(), format!("a day has {day} h, a week {week} h"));
    }

    fn links(&mut self, links: &[&Link]) {
        let id = self.id;
        for link in links.iter().filter(|link| link.to == id) {
            self.say("after", link::written(self.plan, link), link::words(self.plan, link));
        }
        if links.iter().all(|link| link.to != id) {
            let bounds = &self.milestone.bounds;
            let dated = bounds.not_before.is_some() || bounds.must_start.is_some();
            self.say("after", "", if dated { "nothing" } else { "nothing: it starts with the plan" });
        }
        for link in links.iter().filter(|link| link.from == id) {
            let to = &self.plan[link.to].key;
            self.say("before", to.clone(), format!("`{to}` {}", link::words(self.plan, link)));
        }
    }

    fn dates(&mut self) {
        let bounds = &self.milestone.bounds;
        let begins = |when: When| date(when.begins());
        let ends = |when: When| date(last_moment(when.ends()));
        let rows = [
            (
                "not_before",
                bounds.not_before.map(|it| (it, format!("starts no earlier than {}", begins(it)))),
            ),
            (
                "not_after",
                bounds
                    .not_after
                    .map(|it| (it, format!("should finish by {}: moves nothing, caps late dates", ends(it)))),
            ),
            (
                "must_start",
                bounds.must_start.map(|it| {
                    (
                        it,
                        format!(
                            "starts on {} and no earlier; later only if its links ask for it",
                            begins(it)
                        ),
                    )
                }),
            ),
            (
                "must_finish",
                bounds.must_finish.map(|it| {
                    (
                        it,
                        format!(
                            "finishes on {} and no earlier; later only if its links ask for it",
                            ends(it)
                        ),
                    )
                }),
            ),
            (
                "deadline",
                self.milestone
                    .deadline
                    .map(|it| (it, format!("the forecast says how likely it is done by {}", ends(it)))),
            ),
        ];
        for (key, row) in rows {
            if let Some((when, words)) = row {
                self.say(key, when.to_string(), words);
            }
        }
        if self.milestone.as_late_as_possible {
            self.say("alap", "true", "as late as the plan as written allows");
        }
    }
}

#[cfg(test)]
mod tests;
