//! Sets of solutions, and scores of them, in words: the terminal and Markdown show the same rows.

use crate::model::Goal;
use crate::scope::{Choice, CriteriaReport, ScopeReport};

use super::decisions::worth;
use super::driving::{Grid, Words};
use super::scoping::chance;
use super::words::{number, percent};

/// What the choice made largest, and within what.
pub(super) fn question(report: &ScopeReport) -> String {
    let goal = match report.goal {
        Goal::ExpectedValue => "the expected net present value",
        Goal::ChanceOfGain => "the chance to gain",
        Goal::WorstTwentieth => "the mean of the worst twentieth",
    };
    let budget =
        report.budget.map_or("no budget".to_owned(), |it| format!("a budget of {}", worth(it, report)));
    let people = if report.counts_people { " and the people there are until the deadline" } else { "" };
    format!("{goal} is made largest, with {budget}{people}")
}

/// The sets in rows, the cheapest first.
pub(super) fn sets(report: &ScopeReport, all: bool) -> Grid {
    let with_tail = report.goal == Goal::WorstTwentieth;
    let low = if with_tail { "worst 5 %" } else { "at 5 %" };
    let headings = ["", "", "", "P80 cost", "worth", low, "gain", "load"];
    let shown = report.sets(all);
    let beaten = match report.portfolio.choices.len() - shown.len() {
        0 => String::new(),
        1 => "; one more set is beaten by a cheaper one".to_owned(),
        count => format!("; {count} more sets are beaten by cheaper ones"),
    };
    Grid {
        title: String::new(),
        headings: headings.map(str::to_owned).to_vec(),
        sides: "<<<>>>>>",
        rows: shown.into_iter().map(|choice| row(choice, with_tail, report)).collect(),
        names: 40,
        usual: report.portfolio.choices.len(),
        note: format!("● no cheaper set is worth more{beaten}"),
    }
}

fn row(choice: &Choice, with_tail: bool, report: &ScopeReport) -> Vec<Words> {
    let money = |value: f64| worth(value, report);
    let members = report.members(choice);
    let is_nothing = members.is_empty();
    let load = if report.counts_people { percent(choice.load) } else { "—".to_owned() };
    [
        if choice.is_on_frontier { "●".to_owned() } else { String::new() },
        if is_nothing { "do nothing".to_owned() } else { members.join(" + ") },
        report.standing(choice).words().to_owned(),
        money(choice.p80_cost),
        money(choice.expected),
        money(if with_tail { choice.worst_twentieth } else { choice.p05 }),
        if is_nothing { "—".to_owned() } else { chance(choice.p_gain) },
        load,
    ]
    .into_iter()
    .map(Words::from)
    .collect()
}

/// Scores of every solution, the highest expected net present value first.
pub(super) fn scores(report: &ScopeReport) -> Grid {
    let headings = ["", "RICE", "cost of delay", "WSJF", "productivity"];
    let weighted = report.criteria.as_ref().map(|_| "criteria".to_owned());
    let money = |value: Option<f64>| value.map_or("—".to_owned(), |value| worth(value, report));
    let row = |&index: &usize| -> Vec<Words> {
        let it = &report.solutions[index];
        let productivity = it.scores.productivity.map_or("—".to_owned(), |value| number(value, 2));
        let score = |criteria: &CriteriaReport| {
            criteria.scores[index].map_or("—".to_owned(), |score| number(score, 1))
        };
        let cells = [
            it.key.clone(),
            money(it.scores.rice),
            money(Some(it.scores.cost_of_delay)),
            money(it.scores.wsjf),
            productivity,
        ];
        cells.into_iter().chain(report.criteria.as_ref().map(score)).map(Words::from).collect()
    };
    Grid {
        title: "Scores".to_owned(),
        headings: headings.map(str::to_owned).into_iter().chain(weighted).collect(),
        sides: "<>>>>>",
        rows: report.ranking.iter().map(row).collect(),
        names: 40,
        usual: report.ranking.len(),
        note: note(report),
    }
}

/// What the columns are.
fn note(report: &ScopeReport) -> String {
    let weights = report.criteria.as_ref().map_or(String::new(), |criteria| {
        let weight = |(name, weight): &(String, f64)| format!("{name} {}", percent(*weight));
        let weights: Vec<String> = criteria.weights.iter().map(weight).collect();
        format!("; criteria: scores of 0 to 10 by weight, {}", weights.join(", "))
    });
    format!(
        "RICE: value of a year × chance of the target, per person-month; cost of delay: what a month of \
         waiting costs; WSJF: that per month of duration; productivity: worth per money of development{weights}"
    )
}
