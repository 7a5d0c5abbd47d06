//! Orders in which solutions of a group are tried, in words: the terminal and Markdown show the same rows.

use crate::scope::{GroupSequences, MOST_MEMBERS, Sequence, Sequences};

use super::driving::{Grid, Words};
use super::scoping::chance;
use super::words::money;

/// The orders of each group, the one worth most first.
pub(super) fn grids(answer: &Sequences) -> Vec<Grid> {
    answer.groups.iter().map(|group| grid(group, answer)).collect()
}

fn grid(group: &GroupSequences, answer: &Sequences) -> Grid {
    let headings = ["", "launch", "P80 cost", "worth", "at 5 %", "gain"];
    let row = |it: &Sequence| -> Vec<Words> {
        let money = |value: f64| money(value, &answer.currency);
        [
            in_turn(it),
            chance(it.p_launch),
            money(it.p80_cost),
            money(it.worths.expected),
            money(it.worths.p05),
            chance(it.worths.p_gain),
        ]
        .into_iter()
        .map(Words::from)
        .collect()
    };
    Grid {
        title: format!("Group {}", group.group),
        headings: headings.map(str::to_owned).to_vec(),
        sides: "<>>>>>",
        rows: group.sequences.iter().map(row).collect(),
        names: 44,
        usual: 12,
        note: String::new(),
    }
}

/// `recommender-b, else recommender-a`
fn in_turn(it: &Sequence) -> String {
    it.keys.join(", else ")
}

/// What to do, a sentence for each group, and what to write for it.
pub(super) fn advice(answer: &Sequences) -> Vec<String> {
    if answer.groups.is_empty() {
        return vec!["no group has several solutions: there is nothing to try in turn".to_owned()];
    }
    answer.groups.iter().map(|group| advised(group, answer)).collect()
}

fn advised(group: &GroupSequences, answer: &Sequences) -> String {
    let (Some(best), Some(alone)) = (group.sequences.first(), group.best_alone()) else {
        let members = group.members;
        return format!("{}: of {members} solutions no order is tried, of {MOST_MEMBERS} all", group.group);
    };
    let more = best.worths.expected - alone.worths.expected;
    if best.worths.expected <= 0.0 {
        return format!("{}: no order is worth its cost", group.group);
    }
    let removed = |and: &str| {
        let last = group.contradicted(best);
        last.map_or(String::new(), |last| format!("{and} remove `solution.{last}.fallback`"))
    };
    if best.keys.len() == 1 {
        return format!("{}: {} alone is worth most{}", group.group, in_turn(best), removed(";"));
    }
    let written =
        best.keys.windows(2).map(|pair| format!("`solution.{}.fallback = \"{}\"`", pair[0], pair[1]));
    format!(
        "{}: {} is worth {} more than {} alone; write {}{}",
        group.group,
        in_turn(best),
        money(more, &answer.currency),
        in_turn(alone),
        written.collect::<Vec<_>>().join(" and "),
        removed(", and")
    )
}
