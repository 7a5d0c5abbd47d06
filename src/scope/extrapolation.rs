//! Whether a metric that was measured for a while will get to its target.
//!
//! Method: [`stats::learning`](crate::stats::learning). A remark is made where the answer should
//! be taken with care.

use crate::model::{DataKind, Direction, Measured, Plan, SolutionId};
use crate::stats::correlation::spearman;
use crate::stats::learning::{
    Floor, History, HistoryError, NothingPossible, Options, Point, Posterior, Scale,
};

use super::Verdict;

/// The levels of a metric's values that are told, as shares of the futures in which it is lower.
pub const LEVELS: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];
/// The chances with which values are promised.
pub const PROMISES: [f64; 3] = [0.8, 0.5, 0.2];
/// A limit beyond so many lengths of the history is further than the method was measured.
const FAR: f64 = 4.0;
/// Points of the fan after today, and before it.
const AHEAD: usize = 32;
const BEHIND: usize = 32;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What the history is called.
    pub name: String,
    /// What effort is counted in, in the singular: `iteration`.
    pub unit: String,
    /// The ends of the metric.
    pub scale: Scale,
    /// What was measured so far, in any order.
    pub measured: Vec<Measured>,
    /// The value wanted.
    pub target: f64,
    /// The least that is worth a launch.
    pub minimum: Option<f64>,
    /// How well people do it, and whether on the data that the model sees.
    pub human: Option<(f64, bool)>,
    /// A value that nothing can be better than.
    pub hard_ceiling: Option<f64>,
    /// The share of projects whose progress ends for reasons no curve shows.
    pub stall: f64,
    /// The effort by which the target is wanted; by default three lengths of the history.
    pub limit: Option<f64>,
    /// Whether there are new features, which a history knows nothing of.
    pub has_new_features: bool,
}

impl Asked {
    /// What a plan asks of one of its solutions: nothing if that has no history, or no target.
    ///
    /// The limit is where its improve milestone ends at the latest.
    pub fn of_solution(plan: &Plan, id: SolutionId) -> Option<Self> {
        let solution = &plan.scoping[id];
        let history = solution.evidence.history.as_ref()?;
        let metric = &plan.scoping[solution.metric?];
        let best = metric.best()?;
        let span = metric.span()?;
        let worst = if metric.direction == Direction::Up { best - span } else { best + span };
        let improve = plan.milestones_of(id).find_map(|at| plan[at].improve.as_ref());
        let now = history.points.last()?.effort;
        let people = solution.evidence.hlp.filter(|_| solution.data_kind == DataKind::Unstructured);
        Some(Self {
            name: format!("{}: {}", solution.name, metric.name),
            unit: history.unit.word().replace('_', " "),
            scale: Scale::new(best, worst)?,
            measured: history.points.clone(),
            target: metric.target?,
            minimum: metric.minimum,
            human: people.map(|people| (people.value, people.same_data)),
            hard_ceiling: solution.evidence.hard_ceiling,
            stall: history.stall,
            limit: improve.map(|improve| now + f64::from(improve.at_most) * improve.adds),
            has_new_features: solution
                .evidence
                .features
                .as_ref()
                .is_some_and(|it| it.gap_reduction.is_some()),
        })
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum AskedError {
    /// The points are no history.
    History(HistoryError),
    /// This value, called so, lies outside the metric's range.
    OutsideRange(String, f64),
    /// No curve stays on the right side of the hard ceiling.
    NothingPossible,
    /// The limit lies before the last measurement, which was at this effort.
    LimitPassed(f64),
}

impl From<HistoryError> for AskedError {
    fn from(error: HistoryError) -> Self {
        Self::History(error)
    }
}

impl From<NothingPossible> for AskedError {
    fn from(_: NothingPossible) -> Self {
        Self::NothingPossible
    }
}

/// Whether a metric will get to its target.
#[derive(Clone, Debug)]
pub struct Extrapolation {
    /// What was asked, the points in order of effort.
    pub asked: Asked,
    /// The effort of the first and of the last measurement.
    pub stand: Stand,
    /// The effort by which the target is wanted.
    pub limit: f64,
    /// The chance that the curve is at the target by the limit.
    pub p_curve: f64,
    /// The same, where projects may stall: the answer.
    pub p_target: f64,
    /// The chance without any limit; nothing to decide on.
    pub p_ever: f64,
    /// The chance that the curve is at the target today.
    pub p_now: f64,
    /// The answer in words.
    pub verdict: Verdict,
    /// The metric at the limit, at each of [`LEVELS`].
    pub at_limit: [f64; 7],
    /// What can be promised by the limit instead, with the chances of [`PROMISES`].
    pub promises: [Promise; 3],
    /// The chance of the target by growing effort, up to the limit.
    pub chances: [(f64, f64); 5],
    /// The probability of each family of curves: exponential, power, Hill.
    pub families: [f64; 3],
    /// How much of the gap at the beginning stays for ever, in the mean.
    pub mean_floor: f64,
    /// What to take with care.
    pub remarks: Vec<Remark>,
    posterior: Posterior,
}

/// Where a history begins and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// The first effort.
    pub first: f64,
    /// The last effort: today.
    pub now: f64,
    /// The best value measured.
    pub best: f64,
    /// The value measured last.
    pub last: f64,
}

/// A value and the chance to get there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promise {
    /// The chance.
    pub chance: f64,
    /// The value.
    pub value: f64,
}

/// Something to take with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Two measurements only.
    TwoPoints,
    /// The points were not in order of effort.
    Unsorted,
    /// The metric gets worse.
    GetsWorse,
    /// The last measurement is at the target already.
    AlreadyThere,
    /// The limit is further than the method was measured.
    FarLimit,
    /// The target is better than people are.
    BetterThanPeople,
    /// What new features bring is left out.
    WithoutNewFeatures,
}

/// How the metric may go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// Before today: where the curve may have been.
    pub behind: Vec<FanPoint>,
    /// From today to the limit.
    pub ahead: Vec<FanPoint>,
}

/// The metric at one effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FanPoint {
    /// The effort.
    pub effort: f64,
    /// The metric there, at each of [`LEVELS`].
    pub values: [f64; 7],
    /// The chance to be at the target by then.
    pub p_target: f64,
}

impl Extrapolation {
    /// Answers what is asked.
    ///
    /// # Errors
    /// If the points are no history, or a value or the limit lies where it can't.
    pub fn of(mut asked: Asked) -> Result<Self, AskedError> {
        let scale = asked.scale;
        check_values(&asked)?;
        let gap = |value| scale.gap(value);
        let is_unsorted = !asked.measured.is_sorted_by(|one, next| one.effort <= next.effort);
        asked.measured.sort_by(|a, b| a.effort.total_cmp(&b.effort));
        let points = asked.measured.iter().map(|measured| Point {
            effort: measured.effort,
            gap: gap(measured.value),
            items: measured.items,
        });
        let history = History::new(points.collect(), scale.span())?;
        let options = Options {
            floor: asked.human.map(|(value, same)| Floor::human(gap(value).max(1e-6 * scale.span()), same)),
            hard_floor: asked.hard_ceiling.map(gap),
            stall: asked.stall,
        };
        let posterior = Posterior::of(&history, &options)?;
        let (first, now) = (history.first(), history.now());
        let limit = asked.limit.unwrap_or(now + 2.0 * (now - first));
        if limit.partial_cmp(&now).is_none_or(std::cmp::Ordering::is_lt) {
            return Err(AskedError::LimitPassed(now));
        }
        let target = gap(asked.target);
        let p_now = posterior.p_curve(now, target);
        let chances = chances(&posterior, (target, p_now), now, limit);
        let [.., (_, p_target)] = chances;
        let stand = stand(&asked, first, now);
        Ok(Self {
            stand,
            limit,
            p_curve: posterior.p_curve(limit, target),
            p_target,
            p_ever: posterior.p_ever(target),
            p_now,
            verdict: Verdict::on(p_target),
            at_limit: values_at(&posterior, scale, limit),
            promises: promises(&posterior, scale, limit),
            chances,
            families: posterior.families(),
            mean_floor: posterior.mean_floor(),
            remarks: remarks(&asked, stand, limit, is_unsorted),
            asked,
            posterior,
        })
    }

    /// How the metric may go on, for a picture.
    pub fn fan(&self) -> Fan {
        let target = self.asked.scale.gap(self.asked.target);
        let point = |effort: f64| FanPoint {
            effort,
            values: values_at(&self.posterior, self.asked.scale, effort),
            p_target: self.posterior.p_target_from(self.p_now, effort, target),
        };
        let between = |from: f64, to: f64, steps: usize| {
            (0..=steps).map(|step| point(from + (to - from) * step as f64 / steps as f64)).collect()
        };
        Fan {
            behind: between(self.stand.first, self.stand.now, BEHIND),
            ahead: between(self.stand.now, self.limit, AHEAD),
        }
    }
}

/// Refuses values outside the range.
fn check_values(asked: &Asked) -> Result<(), AskedError> {
    let measured = asked
        .measured
        .iter()
        .enumerate()
        .map(|(index, measured)| (format!("measurement {}", index + 1), Some(measured.value)));
    let others = [
        ("the target", Some(asked.target)),
        ("the minimum", asked.minimum),
        ("human performance", asked.human.map(|human| human.0)),
        ("the ceiling", asked.hard_ceiling),
    ];
    let named = others.into_iter().map(|(name, value)| (name.to_owned(), value));
    for (name, value) in named.chain(measured) {
        if let Some(value) = value.filter(|value| !asked.scale.holds(*value)) {
            return Err(AskedError::OutsideRange(name, value));
        }
    }
    Ok(())
}

fn stand(asked: &Asked, first: f64, now: f64) -> Stand {
    let values = || asked.measured.iter().map(|measured| measured.value);
    let best = values()
        .min_by(|a, b| asked.scale.gap(*a).total_cmp(&asked.scale.gap(*b)))
        .unwrap_or(asked.scale.worst());
    Stand { first, now, best, last: values().next_back().unwrap_or(best) }
}

/// The metric at an effort, at each of [`LEVELS`].
fn values_at(posterior: &Posterior, scale: Scale, effort: f64) -> [f64; 7] {
    let levels = LEVELS.map(|level| if scale.is_upward() { 1.0 - level } else { level });
    posterior.gap_quantiles(effort, levels).map(|gap| scale.value(gap))
}

fn promises(posterior: &Posterior, scale: Scale, limit: f64) -> [Promise; 3] {
    let gaps = posterior.reachable_gaps(limit, PROMISES);
    std::array::from_fn(|index| Promise { chance: PROMISES[index], value: scale.value(gaps[index]) })
}

/// The chance of the target at a quarter, half, three quarters of the way to the limit, and there.
fn chances(posterior: &Posterior, (target, p_now): (f64, f64), now: f64, limit: f64) -> [(f64, f64); 5] {
    [0.0, 0.25, 0.5, 0.75, 1.0]
        .map(|part| now + (limit - now) * part)
        .map(|effort| (effort, posterior.p_target_from(p_now, effort, target)))
}

fn remarks(asked: &Asked, stand: Stand, limit: f64, is_unsorted: bool) -> Vec<Remark> {
    let gap = |value| asked.scale.gap(value);
    let is_beyond_people = asked.human.is_some_and(|(human, _)| gap(asked.target) < gap(human));
    [
        (asked.measured.len() == 2, Remark::TwoPoints),
        (is_unsorted, Remark::Unsorted),
        (gets_worse(asked), Remark::GetsWorse),
        (gap(stand.last) <= gap(asked.target), Remark::AlreadyThere),
        (limit - stand.first > FAR * (stand.now - stand.first) * (1.0 + 1e-9), Remark::FarLimit),
        (is_beyond_people, Remark::BetterThanPeople),
        (asked.has_new_features, Remark::WithoutNewFeatures),
    ]
    .into_iter()
    .filter_map(|(is_so, remark)| is_so.then_some(remark))
    .collect()
}

/// Whether four measurements or more get worse: Spearman's correlation with effort is at most −½.
fn gets_worse(asked: &Asked) -> bool {
    let efforts: Vec<f64> = asked.measured.iter().map(|measured| measured.effort).collect();
    let goodness: Vec<f64> = asked.measured.iter().map(|measured| -asked.scale.gap(measured.value)).collect();
    efforts.len() >= 4 && spearman(&efforts, &goodness).is_some_and(|rho| rho <= -0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(points: &[(f64, f64)]) -> Asked {
        let measured = points.iter().map(|&(effort, value)| Measured { effort, value, items: None });
        Asked {
            name: "history".to_owned(),
            unit: "iteration".to_owned(),
            scale: Scale::new(1.0, 0.0).unwrap(),
            measured: measured.collect(),
            target: 0.85,
            minimum: None,
            human: None,
            hard_ceiling: None,
            has_new_features: false,
            stall: 0.05,
            limit: None,
        }
    }

    #[test]
    fn every_remark_has_its_reason() {
        let plain = [(1.0, 0.5), (2.0, 0.6), (3.0, 0.65), (4.0, 0.68)];
        let falling = [(1.0, 0.7), (2.0, 0.6), (3.0, 0.55), (4.0, 0.5)];
        let unsorted = [(2.0, 0.6), (1.0, 0.5), (3.0, 0.65)];
        for (asked, expected) in [
            (asked(&plain), vec![]),
            (asked(&plain[..2]), vec![Remark::TwoPoints]),
            (asked(&unsorted), vec![Remark::Unsorted]),
            (asked(&falling), vec![Remark::GetsWorse]),
            (Asked { target: 0.66, ..asked(&plain) }, vec![Remark::AlreadyThere]),
            (Asked { limit: Some(14.0), ..asked(&plain) }, vec![Remark::FarLimit]),
            (Asked { human: Some((0.8, true)), ..asked(&plain) }, vec![Remark::BetterThanPeople]),
            (Asked { has_new_features: true, ..asked(&plain) }, vec![Remark::WithoutNewFeatures]),
        ] {
            assert_eq!(Extrapolation::of(asked).unwrap().remarks, expected);
        }
    }

    #[test]
    fn what_can_be_promised_is_reached_with_that_chance() {
        let it = Extrapolation::of(asked(&[(1.0, 0.58), (2.0, 0.66), (3.0, 0.715), (4.0, 0.755)])).unwrap();
        assert_eq!(it.limit, 10.0);
        for promise in it.promises {
            let again = Asked { target: promise.value, ..it.asked.clone() };
            let chance = Extrapolation::of(again).unwrap().p_target;
            assert!((chance - promise.chance).abs() < 1e-6, "{promise:?}: {chance}");
        }
        let fan = it.fan();
        assert_eq!(fan.ahead.last().map(|point| point.values), Some(it.at_limit));
        assert!(fan.ahead.iter().all(|point| point.values.is_sorted()));
    }

    #[test]
    fn values_and_limits_lie_where_they_can() {
        let plain = [(1.0, 0.5), (2.0, 0.6)];
        for (asked, expected) in [
            (asked(&plain[..1]), AskedError::History(HistoryError::TooShort)),
            (Asked { target: 1.5, ..asked(&plain) }, AskedError::OutsideRange("the target".into(), 1.5)),
            (asked(&[(1.0, 0.5), (2.0, 60.0)]), AskedError::OutsideRange("measurement 2".into(), 60.0)),
            (Asked { limit: Some(1.5), ..asked(&plain) }, AskedError::LimitPassed(2.0)),
            (Asked { hard_ceiling: Some(0.4), ..asked(&plain) }, AskedError::NothingPossible),
        ] {
            assert_eq!(Extrapolation::of(asked).err(), Some(expected));
        }
    }
}
