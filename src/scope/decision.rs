//! What to do with a solution, and why.
//!
//! The first rule that fires decides. The reasons carry their numbers, the strongest counter-argument
//! among them, and what would change the decision.

use super::checkpoint::StopLine;
use super::worths::Worths;

/// The chance of feasibility from which on a proof of concept is not asked for.
const SURE_ENOUGH: f64 = 0.8;
/// The share of the mean cost from which on knowing is worth a proof of concept.
const WORTH_KNOWING: f64 = 0.1;
/// The most reasons that are given.
const MOST_REASONS: usize = 4;
/// A chance of a loss from which on it is a counter-argument.
const RISKY: f64 = 0.05;

/// What to do with a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Pay for it.
    Fund,
    /// Worth having, but something else is better for the same money or people.
    Hold,
    /// Find out first, by a proof of concept.
    Probe,
    /// Leave it.
    Reject,
    /// It may not be begun before something is settled.
    Blocked,
}

impl Decision {
    /// Its word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fund => "fund",
            Self::Hold => "hold",
            Self::Probe => "poc",
            Self::Reject => "reject",
            Self::Blocked => "blocked",
        }
    }
}

/// Why, with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// This risk has a veto and is not cleared.
    Veto(String),
    /// The problem has no metric with a baseline and a target.
    Vague,
    /// A history that levels off: value and effort today, the forecast and the chance of the target.
    Plateau(Plateau),
    /// Neither target nor minimum is likely enough.
    TooUnlikely {
        /// The chance of one of both, with all risks settled.
        chance: f64,
        /// What is asked for.
        asked: f64,
    },
    /// Knowing beforehand is worth this much.
    WorthKnowing(f64),
    /// Its value must be so many times the estimate to break even.
    BreaksEvenAt(f64),
    /// It earns nothing in any run.
    EarnsNothing,
    /// It is worth so much, for so much at 80 %.
    Gains {
        /// The expected net present value.
        expected: f64,
        /// The 80th percentile of the cost.
        p80_cost: f64,
    },
    /// It may lose money: the chance, and what the worst twentieth loses in the mean.
    MayLose {
        /// The chance.
        chance: f64,
        /// The mean of the worst twentieth, below 0.
        worst: f64,
    },
    /// Giving up at the checkpoint where the metric is worse than this.
    StopAt {
        /// The metric.
        metric: f64,
        /// After so many iterations.
        after: u32,
        /// What that saves in the mean.
        gain: f64,
        /// The share of runs that it ends.
        share: f64,
    },
    /// Another of its group is funded, and worth more.
    OtherOfGroup(String),
    /// Another of its group is funded for what else is asked for.
    GroupIsFunded(String),
    /// This one, which is funded, falls back on it.
    FallenBackOn(String),
    /// The other of its group may do: another algorithm.
    TryOtherOfGroup(String),
    /// Alone it would cost more than there is.
    DearerThanBudget,
    /// With what is funded it would cost more than there is.
    OverBudget,
    /// With what is funded it would take more people than there are.
    OverPeople,
    /// With what is funded it adds nothing.
    AddsNothing,
    /// There are more solutions than can be combined, and these are more productive.
    NotTried,
    /// It needs a solution that is not funded.
    Needs(String),
    /// Its 80th percentile is after the deadline, with this chance to be in time.
    Late(f64),
    /// There is not enough of something until the deadline.
    Short {
        /// Of what.
        of: String,
        /// The need at 80 % as a share of what there is; infinite where there is nothing.
        load: f64,
    },
}

/// A history that levels off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    /// The value today.
    pub value: f64,
    /// The effort spent.
    pub effort: f64,
    /// The effort there may be in all.
    pub limit: f64,
    /// The metric then: 5 %, in the middle, and 95 %.
    pub forecast: [f64; 3],
    /// The target.
    pub target: f64,
    /// The chance to get there.
    pub chance: f64,
}

/// What would change a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Value at so many times the estimate.
    Value(f64),
    /// A chance to launch of so much.
    Chance(f64),
    /// This evidence, which is missing.
    Evidence(&'static str),
    /// That this is settled.
    Settle(String),
}

/// What a decision is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// An uncleared veto.
    pub veto: Option<String>,
    /// Whether the problem says what would solve it.
    pub is_vague: bool,
    /// The chance of the target with all risks settled.
    pub p_feasible: f64,
    /// The chance of the minimum only, with all risks settled.
    pub p_partial: f64,
    /// The least chance of both that is asked for.
    pub least: f64,
    /// The figures of all runs.
    pub worths: Worths,
    /// The mean net present value of runs that launch, and of those that do not.
    pub by_launch: (Option<f64>, Option<f64>),
    /// What knowing feasibility beforehand is worth.
    pub worth_of_knowing: f64,
    /// The mean cost.
    pub mean_cost: f64,
    /// The 80th percentile of the cost.
    pub p80_cost: f64,
    /// The evidence that is missing, the cheapest first.
    pub missing: Vec<&'static str>,
    /// Its plateau, if it has a history.
    pub plateau: Option<Plateau>,
    /// The stop line of its checkpoint, with the metric there and the iterations before it.
    pub stop: Option<(StopLine, f64, u32)>,
    /// Another solution of its group that is not rejected.
    pub other_of_group: Option<String>,
}

/// What a solution comes to before the money is given out.
///
/// Nothing: it may be funded.
pub fn first_rules(case: &Case) -> Option<Decision> {
    let with_stop = case.worths.expected + case.stop.map_or(0.0, |(line, ..)| line.gain.max(0.0));
    if case.veto.is_some() || case.is_vague {
        Some(Decision::Blocked)
    } else if case.p_feasible + case.p_partial < case.least {
        Some(Decision::Reject)
    } else if asks_for_probe(case) {
        Some(Decision::Probe)
    } else if with_stop <= 0.0 {
        Some(Decision::Reject)
    } else {
        None
    }
}

fn asks_for_probe(case: &Case) -> bool {
    (case.least..SURE_ENOUGH).contains(&case.p_feasible)
        && case.worth_of_knowing >= WORTH_KNOWING * case.mean_cost
        && !case.missing.is_empty()
}

/// The reasons of a decision: the deciding one first, with the strongest counter-argument.
///
/// `held` is why it is not among those to fund, `beside` what else there is to know: late, short of people.
pub fn reasons(
    decision: Decision,
    case: &Case,
    held: Option<Reason>,
    beside: impl IntoIterator<Item = Reason>,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    match decision {
        Decision::Blocked => {
            reasons.extend(case.veto.clone().map(Reason::Veto));
            reasons.extend(case.is_vague.then_some(Reason::Vague));
        }
        Decision::Reject if case.p_feasible + case.p_partial < case.least => {
            match case.plateau {
                Some(plateau) => reasons.push(Reason::Plateau(plateau)),
                None => {
                    let chance = case.p_feasible + case.p_partial;
                    reasons.push(Reason::TooUnlikely { chance, asked: case.least });
                }
            }
            reasons.extend(case.other_of_group.clone().map(Reason::TryOtherOfGroup));
        }
        Decision::Reject => {
            reasons.push(case.worths.break_even.map_or(Reason::EarnsNothing, Reason::BreaksEvenAt));
            reasons.extend(stop(case));
        }
        Decision::Probe => {
            reasons.push(Reason::WorthKnowing(case.worth_of_knowing));
            reasons.push(gains(case));
        }
        Decision::Fund | Decision::Hold => {
            reasons.extend(held);
            reasons.push(gains(case));
        }
    }
    if decision != Decision::Reject && decision != Decision::Blocked {
        let chance = 1.0 - case.worths.p_gain;
        let may_lose = Reason::MayLose { chance, worst: case.worths.worst_twentieth };
        reasons.extend((chance > RISKY).then_some(may_lose));
        reasons.extend(beside);
        reasons.extend(stop(case));
    }
    reasons.truncate(MOST_REASONS);
    reasons
}

fn gains(case: &Case) -> Reason {
    Reason::Gains { expected: case.worths.expected, p80_cost: case.p80_cost }
}

/// The stop line, where it saves more than a hundredth of the cost.
fn stop(case: &Case) -> Option<Reason> {
    let (line, metric, after) = case.stop?;
    let is_worth_it = line.gain > 0.01 * case.mean_cost;
    is_worth_it.then_some(Reason::StopAt { metric, after, gain: line.gain, share: line.share })
}

/// What would change a decision.
pub fn changes(decision: Decision, case: &Case) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(case.veto.clone().map(Change::Settle));
    match decision {
        Decision::Blocked => {}
        Decision::Fund => changes.extend(case.worths.break_even.map(Change::Value)),
        _ => {
            let is_negative = case.worths.expected <= 0.0;
            changes.extend(case.worths.break_even.filter(|_| is_negative).map(Change::Value));
            changes.extend(required_chance(case).filter(|_| is_negative).map(Change::Chance));
        }
    }
    changes.extend(case.missing.first().map(|evidence| Change::Evidence(evidence)));
    changes
}

/// The chance to launch at which the expectation is 0, if launching gains and failing loses.
fn required_chance(case: &Case) -> Option<f64> {
    let (Some(launched), Some(failed)) = case.by_launch else { return None };
    let chance = -failed / (launched - failed);
    (launched > 0.0 && failed < 0.0).then_some(chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        Case {
            veto: None,
            is_vague: false,
            p_feasible: 0.47,
            p_partial: 0.30,
            least: 0.2,
            worths: Worths {
                expected: 616e3,
                error: 5e3,
                p05: -217e3,
                p50: 612e3,
                p95: 1.9e6,
                p_gain: 0.61,
                worst_twentieth: -320e3,
                break_even: Some(0.302),
            },
            by_launch: (Some(800e3), Some(-100e3)),
            worth_of_knowing: 29e3,
            mean_cost: 147e3,
            p80_cost: 175e3,
            missing: Vec::new(),
            plateau: None,
            stop: None,
            other_of_group: None,
        }
    }

    #[test]
    fn the_first_rule_that_fires_decides() {
        let sound = case();
        assert_eq!(first_rules(&sound), None);
        let poor = Worths { expected: -5e3, ..sound.worths };
        let line = StopLine { gap: 0.3, gain: 8e3, share: 0.2 };
        for (decision, case) in [
            (Some(Decision::Blocked), Case { veto: Some("ethics".into()), p_feasible: 0.0, ..sound.clone() }),
            (Some(Decision::Blocked), Case { is_vague: true, ..sound.clone() }),
            (Some(Decision::Reject), Case { p_feasible: 0.01, p_partial: 0.1, ..sound.clone() }),
            (Some(Decision::Probe), Case { missing: vec!["hlp"], ..sound.clone() }),
            (None, Case { missing: vec!["hlp"], worth_of_knowing: 1e3, ..sound.clone() }),
            (None, Case { missing: vec!["hlp"], p_feasible: 0.9, ..sound.clone() }),
            (Some(Decision::Reject), Case { worths: poor, ..sound.clone() }),
            (None, Case { worths: poor, stop: Some((line, 0.7, 4)), ..sound.clone() }),
        ] {
            assert_eq!(first_rules(&case), decision, "{case:?}");
        }
    }

    #[test]
    fn reasons_name_the_strongest_counter_argument() {
        let reasons = reasons(Decision::Fund, &case(), None, None);
        let gains = Reason::Gains { expected: 616e3, p80_cost: 175e3 };
        let Reason::MayLose { chance, worst } = reasons[1] else { panic!("{reasons:?}") };
        assert_eq!((&reasons[0], reasons.len(), worst), (&gains, 2, -320e3));
        assert!((chance - 0.39).abs() < 1e-12);
    }

    #[test]
    fn what_would_change_a_rejection_is_said_in_numbers() {
        let worths = Worths { expected: -50e3, break_even: Some(1.28), ..case().worths };
        let rejected = Case { worths, by_launch: (Some(100e3), Some(-150e3)), ..case() };
        assert_eq!(changes(Decision::Reject, &rejected), [Change::Value(1.28), Change::Chance(0.6)]);
    }
}
