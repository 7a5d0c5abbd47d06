//! What is to be decided: contingency, choices, solutions.

use crate::forecast::{Allotted, Candidate, ContingencyReport, Optimisation, TimePercentile};
use crate::scope::{ScopeReport, Sequences, Standing};

use super::headings::{CHOICES, CONTINGENCY, SCOPE, SEQUENCES, SETS};
use super::rows::{Rows, date, number};

/// The contingency of time (days) and money: the whole, the management reserve, and what each part is
/// allotted.
pub fn contingency(report: &ContingencyReport) -> String {
    let mut table = Rows::new(CONTINGENCY);
    let mut add = |of: &str, whole: [f64; 3], parts: &[Allotted]| {
        let [base, contingency, reserve] = whole.map(number);
        let mut row = |kind: &str, id: &str, name: &str, base: String, amount: String| {
            table.row([of, kind, id, name].map(str::to_owned).into_iter().chain([base, amount]));
        };
        row("whole", "", "", base, contingency);
        row("reserve", "", "", String::new(), reserve);
        for part in parts {
            row(part.kind.word(), &part.key, &part.name, number(part.base), number(part.amount));
        }
    };
    let time = &report.time;
    add("days", [time.base.days, time.contingency, time.reserve], &time.parts);
    if let Some(money) = &report.money {
        add("money", [money.base, money.contingency, money.reserve], &money.parts);
    }
    table.text()
}

/// The plan as it is, the cheapest choice that meets the aim, and what no other choice beats.
pub fn optimisation(answer: &Optimisation) -> String {
    let mut table = Rows::new(CHOICES);
    let mut add = |which: &str, it: &Candidate| {
        let time =
            |of: fn(&TimePercentile) -> f64| it.finish.as_ref().map_or(String::new(), |it| number(of(it)));
        let cost = it.cost;
        table.row([
            which.to_owned(),
            time(|it| it.at.days),
            it.finish.map(|it| date(it.at)).unwrap_or_default(),
            time(|it| it.low.days),
            time(|it| it.high.days),
            number(cost.mean),
            number(cost.low),
            number(cost.high),
            number(cost.headline),
            number(it.chance.share),
            it.meets.to_string(),
            it.patch.join("; "),
        ]);
    };
    add("given", &answer.given);
    answer.best.iter().for_each(|best| add("best", best));
    answer.frontier.iter().for_each(|candidate| add("frontier", candidate));
    table.text()
}

/// Every solution in a row, the highest expected net present value first.
pub fn scope(report: &ScopeReport) -> String {
    let mut table = Rows::new(SCOPE);
    for &index in &report.ranking {
        let it = &report.solutions[index];
        let score = report.criteria.as_ref().and_then(|it| it.scores[index]);
        let figures = [
            it.p_feasible,
            it.p_partial,
            it.p_launch,
            it.cost.p50,
            it.cost.p80,
            it.effort,
            it.worths.expected,
            it.worths.p05,
            it.worths.p50,
            it.worths.p95,
            it.worths.p_gain,
            it.worths.worst_twentieth,
            it.worths.break_even.unwrap_or(f64::NAN),
            it.worth_of_knowing,
            it.scores.cost_of_delay,
            it.scores.rice.unwrap_or(f64::NAN),
            it.scores.wsjf.unwrap_or(f64::NAN),
            it.scores.productivity.unwrap_or(f64::NAN),
            score.unwrap_or(f64::NAN),
            it.p_in_time.unwrap_or(f64::NAN),
        ];
        let words = [it.key.clone(), it.name.clone(), it.decision.word().to_owned()];
        let launch = it.launch.map(|[_, p80]| date(p80)).unwrap_or_default();
        table.row(words.into_iter().chain(figures.map(number)).chain([launch]));
    }
    table.text()
}

/// Sets of solutions in rows, the cheapest first: those that no cheaper one is worth more than, or all.
pub fn frontier(report: &ScopeReport, all: bool) -> String {
    let mut table = Rows::new(SETS);
    for choice in report.sets(all) {
        let figures = [
            choice.p50_cost,
            choice.p80_cost,
            choice.expected,
            choice.p05,
            choice.p95,
            choice.worst_twentieth,
            choice.p_gain,
            choice.load,
        ];
        let chosen = report.standing(choice) == Standing::Chosen;
        let marks = [choice.is_on_frontier, choice.is_fundable, chosen].map(|mark| mark.to_string());
        let members = report.members(choice).join(" ");
        table.row([members].into_iter().chain(figures.map(number)).chain(marks));
    }
    table.text()
}

/// Orders in which solutions of a group are tried, in rows, the one worth most first.
pub fn sequences(answer: &Sequences) -> String {
    let mut table = Rows::new(SEQUENCES);
    for group in &answer.groups {
        for it in &group.sequences {
            let worths = it.worths;
            let figures = [
                it.p_launch,
                it.p80_cost,
                worths.expected,
                worths.p05,
                worths.p95,
                worths.worst_twentieth,
                worths.p_gain,
            ];
            table.row([group.group.clone(), it.keys.join(" ")].into_iter().chain(figures.map(number)));
        }
    }
    table.text()
}
