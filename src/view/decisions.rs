//! Decisions on solutions in words, shared by all views.

use crate::model::Goal;
use crate::scope::decision::{Change, Plateau, Reason};
use crate::scope::{
    Assessment, EvidenceItem, Fallback, Gap, MOST_CANDIDATES, NetDriverKind, ProblemLine, ReadinessFigures,
    ScopeRemark, ScopeReport,
};

use super::scoping::{chance, fine_chance, written};
use super::words::{counted, money, percent, signed_money};

/// What a problem's metric should do, or what to ask.
pub(super) fn aim(problem: &ProblemLine) -> String {
    match &problem.metric {
        Some((name, baseline, target, unit)) => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            format!("{name} {} → {}{unit}", written(*baseline), written(*target))
        }
        None if problem.is_parent => "the end in view; its parts stand below".to_owned(),
        None => "vague: what are the top things you wish were working better?".to_owned(),
    }
}

/// How many solutions are left at each step: `1 problem → 4 solutions → 3 feasible → 2 funded`.
pub(super) fn funnel(report: &ScopeReport) -> String {
    format!(
        "{} → {} → {} feasible → {} funded",
        counted(report.problems.len(), "problem"),
        counted(report.solutions.len(), "solution"),
        report.feasible(),
        report.funded()
    )
}

/// Money with its sign in front: `−$68.7k`.
pub(super) fn worth(value: f64, report: &ScopeReport) -> String {
    money(value, &report.currency)
}

/// The chance of the minimum only; of what has no metric to improve there is none.
pub(super) fn partial(it: &Assessment) -> String {
    if it.improves { chance(it.p_partial) } else { "—".to_owned() }
}

/// A reason in a sentence without a full stop.
pub(super) fn reason(reason: &Reason, report: &ScopeReport) -> String {
    let money = |value: f64| worth(value, report);
    match reason {
        Reason::Veto(risk) => format!("“{risk}” has a veto and is not cleared"),
        Reason::Vague => "the problem has no metric with a baseline and a target".to_owned(),
        Reason::Plateau(it) => plateau(it),
        Reason::TooUnlikely { chance, asked } => {
            format!(
                "a launch has a chance of {}, less than the {} asked for",
                percent(*chance),
                percent(*asked)
            )
        }
        Reason::WorthKnowing(value) => format!("a proof of concept is worth up to {}", money(*value)),
        Reason::BreaksEvenAt(factor) => format!("breaks even at {} the estimated value", times(*factor)),
        Reason::EarnsNothing => "earns nothing in any run".to_owned(),
        Reason::Gains { expected, p80_cost } => {
            format!("worth {} in the mean, for {} at P80", money(*expected), money(*p80_cost))
        }
        Reason::MayLose { chance, worst } => format!(
            "{} chance to lose money; the worst twentieth loses {} in the mean",
            percent(*chance),
            money(-worst)
        ),
        Reason::StopAt { metric, after, gain, share } => format!(
            "stop if the metric is worse than {} after {}: saves {} in the mean, ends {} of runs",
            written((metric * 1e3).round() / 1e3),
            counted(*after as usize, "iteration"),
            money(*gain),
            percent(*share)
        ),
        Reason::OtherOfGroup(name) => format!("“{name}” of the same group is worth more"),
        Reason::GroupIsFunded(name) => format!("“{name}” of the same group is funded"),
        Reason::FallenBackOn(name) => format!("“{name}”, which is funded, falls back on it"),
        Reason::TryOtherOfGroup(name) => format!("look for another approach: “{name}” solves the same"),
        Reason::DearerThanBudget => "costs more than the budget at P80".to_owned(),
        Reason::OverBudget => "with what is funded it costs more than the budget".to_owned(),
        Reason::OverPeople => "with what is funded it takes more people than there are".to_owned(),
        Reason::AddsNothing => "adds nothing to what is funded".to_owned(),
        Reason::NotTried => {
            format!("the {MOST_CANDIDATES} solutions that were combined gain more for their cost")
        }
        Reason::Needs(name) => format!("needs “{name}”, which is not funded"),
        Reason::Short { of, load } if load.is_infinite() => {
            format!("short: there is no {of} until the deadline")
        }
        Reason::Short { of, load } => {
            format!("short: takes {} of the {of} there is until the deadline at P80", percent(*load))
        }
        Reason::Late(chance) => format!("late: {} chance to launch by the deadline", percent(*chance)),
    }
}

fn plateau(it: &Plateau) -> String {
    let [low, middle, high] = it.forecast;
    format!(
        "plateau: {:.2} after {}; {middle:.2} in the middle (90 %: {low:.2}–{high:.2}) at {}; target {} is reached with {}",
        it.value,
        written(it.effort),
        written(it.limit),
        written(it.target),
        fine_chance(it.chance)
    )
}

/// So many times: `1.28 ×`; what is far away is no number.
fn times(factor: f64) -> String {
    if factor < 100.0 { format!("{factor:.2} ×") } else { "more than 100 ×".to_owned() }
}

/// What would change a decision, in words.
pub(super) fn change(change: &Change) -> String {
    match change {
        Change::Value(factor) if *factor < 1.0 => {
            format!("a value below {} of the estimate", percent(*factor))
        }
        Change::Value(factor) => format!("a value of {} the estimate or more", times(*factor)),
        Change::Chance(chance) => format!("a chance to launch of {}", percent(*chance)),
        Change::Evidence(name) => format!("evidence: {name}"),
        Change::Settle(risk) => format!("clearing “{risk}”"),
    }
}

/// What would change the decision on a solution; nothing if nothing is known to.
pub(super) fn changes(it: &Assessment) -> Option<String> {
    let words: Vec<String> = it.changes.iter().map(change).collect();
    (!words.is_empty()).then(|| format!("Would change with {}", words.join(", or ")))
}

/// How ready for production a solution is: `1 of 3 points in the weakest section; 3 points are made up for in ship`.
pub(super) fn readiness(it: &ReadinessFigures) -> String {
    let score = format!("{} of {} points in the weakest section", written(it.score), written(it.target));
    match &it.milestone {
        Some(milestone) => format!("{score}; {} points are made up for in {milestone}", written(it.missing)),
        None if it.missing > 0.0 => {
            format!("{score}; nobody is there to make up for {}", written(it.missing))
        }
        None => score,
    }
}

/// What is done where a solution fails; nothing if nothing is.
pub(super) fn fallbacks(it: &Assessment) -> Option<String> {
    let words = |fallback: &Fallback| {
        let (begun, launched) = (percent(fallback.p_begun), percent(fallback.p_launch));
        format!("{} is begun in {begun} of runs and launched in {launched}", fallback.key)
    };
    let words: Vec<String> = it.fallbacks.iter().map(words).collect();
    (!words.is_empty()).then(|| format!("Where it fails, {}; cost and worth include that", words.join(", ")))
}

/// What looking for ease alone costs.
pub(super) fn ease_trap(report: &ScopeReport) -> Option<String> {
    let trap = report.ease_trap?;
    let (easiest, best) = (&report.solutions[trap.easiest], &report.solutions[trap.best]);
    Some(format!(
        "{} is the easiest ({:.0} person-days); {} is worth {} more",
        easiest.key,
        easiest.effort,
        best.key,
        worth(trap.worth, report)
    ))
}

/// Something to take with care, in a sentence without a full stop.
pub(super) fn remark(remark: &ScopeRemark) -> String {
    match remark {
        ScopeRemark::BeyondHorizon { solution, months } => format!(
            "{solution} is launched after the {} months in which value counts, at P80: raise horizon_months, or launch sooner",
            written(*months)
        ),
        ScopeRemark::ThinStage { stage, usual, of } => {
            let of: Vec<String> =
                of.iter().map(|(key, share)| format!("{key} {}", percent(*share))).collect();
            format!("{stage} usually takes {} of the cost or more: {}", percent(*usual), of.join(", "))
        }
        ScopeRemark::FewRuns { tail, enough } => format!(
            "the worst twentieth is only {}: for figures of tails make {} or more",
            counted(*tail, "run"),
            counted(*enough, "run")
        ),
    }
}

/// What to fund, in a sentence.
pub(super) fn choice(report: &ScopeReport) -> String {
    let choice = report.portfolio.choice();
    if choice.members.is_empty() && report.goal == Goal::WorstTwentieth {
        return "by the mean of the worst twentieth doing nothing is best".to_owned();
    }
    if choice.members.is_empty() {
        return "nothing that is feasible is worth its cost within the budget".to_owned();
    }
    let names: Vec<&str> = choice.members.iter().map(|&it| report.solutions[it].key.as_str()).collect();
    let budget = report.budget.map_or(String::new(), |budget| format!(" of {}", worth(budget, report)));
    format!(
        "fund {}: {}{budget} at P80, {} of it reserve; worth {}; {} chance to gain",
        names.join(" + "),
        worth(choice.p80_cost, report),
        worth(report.portfolio.reserve, report),
        signed_money(choice.expected, &report.currency),
        percent(choice.p_gain)
    )
}

/// The evidence of a solution: `human performance ✓, history missing`.
pub(super) fn evidence(it: &Assessment) -> String {
    let words: Vec<String> = it.evidence.iter().map(evidence_item).collect();
    if words.is_empty() { NO_EVIDENCE.to_owned() } else { words.join(", ") }
}

/// What is said of a solution of which no evidence is asked for, and that has none.
pub(super) const NO_EVIDENCE: &str = "none asked for";

/// One kind of evidence: `human performance ✓`.
pub(super) fn evidence_item(item: &EvidenceItem) -> String {
    format!("{} {}", item.name, if item.is_there { "✓" } else { "missing" })
}

/// What a step of scoping lacks, in a few words.
pub(super) fn gap(gap: &Gap) -> String {
    match gap {
        Gap::NoProblem => "no problem is written down".to_owned(),
        Gap::Vague(problem) => format!("{problem} has no metric with a baseline and a target"),
        Gap::NoSolution(problem) => format!("{problem} has no solution"),
        Gap::OneSolution(problem) => format!("{problem} has one solution only"),
        Gap::OnlyModels => "none without a model: what would rules or a process do?".to_owned(),
        Gap::Evidence(solution, names) => format!("{solution} lacks {}", names.join(" and ")),
        Gap::NothingFeasible => "none is likely enough to be launched".to_owned(),
        Gap::NoBudget => "no budget to choose within".to_owned(),
        Gap::NothingFunded => "none is worth its cost within the budget".to_owned(),
    }
}

/// What the worth of a solution goes with.
pub(super) fn driver(kind: &NetDriverKind) -> String {
    match kind {
        NetDriverKind::Reached => "target reached".to_owned(),
        NetDriverKind::Launched => "launched at all".to_owned(),
        NetDriverKind::Sold => "success in the market".to_owned(),
        NetDriverKind::Factor { name, .. } => format!("factor {name}"),
        NetDriverKind::Overrun => "overrun of effort".to_owned(),
        NetDriverKind::Iterations => "iterations".to_owned(),
        NetDriverKind::LaunchTime => "launch time, if launched".to_owned(),
    }
}
