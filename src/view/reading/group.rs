//! Correlation groups in words.

use crate::model::{Correlation, Member, Plan, Strength};

use super::estimate::trimmed;
use super::{Reader, Reading};

/// How many members are named.
const MOST_NAMED: usize = 12;

/// Everything a correlation group says.
pub fn group_readings(plan: &Plan, at: usize) -> Vec<Reading> {
    let group = &plan.correlations[at];
    let row = |key: &str, words: String| Reading { key: key.to_owned(), written: String::new(), words };
    vec![row("among", among(plan, group)), row("strength", strength(group))]
}

impl Reader<'_> {
    /// What of this milestone goes together with others.
    pub(super) fn group(&mut self, at: usize, member: Member) {
        let group = &self.plan.correlations[at];
        let part = match member {
            Member::Span(_) => "its span",
            Member::Duration(_) => "its duration",
            Member::Work(_) => "its work",
            Member::Cost(_) => "its cost",
            Member::Risk(_) => return,
        };
        let words = format!("{part} goes together with the others of the group: {}", strength(group));
        self.say(format!("correlation.{}", group.key), "", words);
    }
}

fn strength(group: &Correlation) -> String {
    match &group.strength {
        Strength::Rho(rho) => format!("rank correlation {} for each pair", trimmed(*rho)),
        Strength::Matrix(rows) => format!("rank correlations by pair, a matrix of {}", rows.len()),
    }
}

fn among(plan: &Plan, group: &Correlation) -> String {
    let of = |id: crate::model::MilestoneId, part: &str| format!("`{}{part}`", plan[id].key);
    let named = group.members.iter().take(MOST_NAMED).map(|member| match *member {
        Member::Span(id) => of(id, ""),
        Member::Duration(id) => of(id, ".duration"),
        Member::Work(id) => of(id, ".work"),
        Member::Cost(id) => of(id, ".cost"),
        Member::Risk(id) => format!("`risk:{}`", plan[id].key),
    });
    let named: Vec<String> = named.collect();
    let more = group.members.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", named.join(", "))
}
