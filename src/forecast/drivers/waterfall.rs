//! The way from the plan as written to the headline.
//!
//! Each level is a plan with a little more of what is uncertain in it. Dates are averaged on the
//! network's axis, and the mean is then turned into a date; what the dates themselves average to comes
//! on top, as the calendars' part.

use crate::network::{Axis, Costs, Network, Owner, Values, Variable};
use crate::simulate::Samples;
use crate::stats::sample::{self, Sectioned, Sorted};

use super::runs::{Figures, Runs};
use super::{Step, StepKind, Waterfall};
use crate::forecast::Stamp;
use crate::forecast::clock::Clock;
use crate::forecast::cost::planned;
use crate::forecast::figures::CONFIDENCE;

/// A run with a part of what is uncertain.
pub(super) struct Level {
    kind: StepKind,
    figures: Figures,
    /// The mean finish on the network's axis.
    finish: f64,
}

/// Runs with estimates alone, with risks on top, with everything; those that add nothing left out.
pub(super) fn levels(runs: &Runs<'_>) -> Vec<Level> {
    let Runs { plan, network, samples, .. } = *runs;
    let has = |owned: fn(Owner) -> bool| network.variables.iter().any(|variable| owned(variable.owner));
    let is_risk: fn(Owner) -> bool = |owner| matches!(owner, Owner::Risk(_));
    let is_estimate: fn(Owner) -> bool = |owner| owner.is_estimate();
    let is_later: fn(Owner) -> bool = |owner| !owner.is_estimate() && !matches!(owner, Owner::Risk(_));
    let is_event: fn(Owner) -> bool = |owner| !owner.is_estimate();
    let nothing: fn(Owner) -> bool = |_| false;
    let wanted = [
        (StepKind::Merging, has(is_estimate), is_event),
        (StepKind::Risks, has(is_risk), is_later),
        (StepKind::Rework, has(is_later), nothing),
    ];
    let level = |&(kind, _, is_fixed): &(StepKind, bool, fn(Owner) -> bool)| {
        let of = |samples: &Samples| Level {
            kind,
            figures: Figures::of(plan, network, samples),
            finish: mean_on_axis(samples),
        };
        if !has(is_fixed) {
            return of(samples);
        }
        let fix = |variable: &Variable| is_fixed(variable.owner).then_some(variable.planned);
        of(&runs.simulate(plan, &network.frozen(fix)))
    };
    wanted.iter().filter(|(_, adds, _)| *adds).map(level).collect()
}

/// The way to the headline's date; `None` if the plan is never delivered.
pub(super) fn finish(runs: &Runs<'_>, levels: &[Level], clock: Clock<'_>) -> Option<Waterfall<Stamp>> {
    let network = runs.network;
    let finish = runs.own.finish.as_ref()?;
    let mean = finish.whole().mean();
    let headline = headline(runs, clock)?;
    let written = clock.finish(network.schedule().early.finish);
    let mut way = Way::from(written.days);
    if network.variables.iter().any(|variable| variable.owner.is_estimate()) {
        let at_means = clock.finish(network.early(Values(&at_means(network))).finish);
        way.to(StepKind::Skew, at_means.days, at_means, None);
    }
    let has_calendars = network.axis != Axis::Work(0);
    let mut before: Option<&Sectioned> = None;
    for (at, level) in levels.iter().enumerate() {
        let days = level.figures.finish.as_ref()?;
        // In one calendar the mean of the dates is the date of the mean.
        let is_last = at + 1 == levels.len() && !has_calendars;
        let level_days = if is_last { mean } else { days_at(clock, level.finish) };
        way.to(level.kind, level_days, clock.working_days(level_days), Some(spread(before, days)));
        before = Some(days);
    }
    if has_calendars {
        way.to(StepKind::Calendars, mean, clock.working_days(mean), None);
    }
    way.to(StepKind::Confidence, headline.days, headline, None);
    Some(Waterfall { written, steps: way.steps, mean: clock.working_days(mean), headline })
}

/// The headline's date.
fn headline(runs: &Runs<'_>, clock: Clock<'_>) -> Option<Stamp> {
    let finishes = (0..runs.samples.finish.len()).filter_map(|at| runs.samples.arrival(at).map(i64::from));
    let finishes = Sorted::new(finishes.map(|finish| finish as f64).collect())?;
    Some(clock.finish(finishes.percentile(runs.plan.confidence.value()) as i64))
}

/// The way to the headline's cost; `None` if nothing costs anything.
pub(super) fn cost(runs: &Runs<'_>, levels: &[Level]) -> Option<Waterfall<f64>> {
    let cost = runs.own.cost()?;
    let written = Costs::total(&planned(runs.network, &runs.network.schedule()));
    let mut way = Way::from(written);
    let mut before: Option<&Sectioned> = None;
    for level in levels {
        let money = level.figures.cost()?;
        let kind = if level.kind == StepKind::Merging { StepKind::Skew } else { level.kind };
        let mean = money.whole().mean();
        way.to(kind, mean, mean, Some(spread(before, money)));
        before = Some(money);
    }
    let headline = cost.whole().percentile(runs.plan.confidence.value());
    let mean = cost.whole().mean();
    way.to(StepKind::Confidence, headline, headline, None);
    Some(Waterfall { written, steps: way.steps, mean, headline })
}

/// Steps from level to level.
struct Way<T> {
    at: f64,
    steps: Vec<Step<T>>,
}

impl<T> Way<T> {
    fn from(at: f64) -> Self {
        Self { at, steps: Vec::new() }
    }

    /// Goes on to a level; the interval reaches so far to both sides.
    fn to(&mut self, kind: StepKind, level: f64, to: T, half: Option<f64>) {
        let amount = level - self.at;
        self.steps.push(Step { kind, amount, to, interval: half.map(|half| (amount - half, amount + half)) });
        self.at = level;
    }
}

/// Half the interval of a mean: of its difference from the level before, or of itself.
fn spread(before: Option<&Sectioned>, now: &Sectioned) -> f64 {
    let found = match before {
        Some(before) => before.to(now, CONFIDENCE, Sorted::mean),
        None => Some(now.estimate(CONFIDENCE, Sorted::mean)),
    };
    found.and_then(|sample::Difference { interval, .. }| interval).map_or(0.0, |it| it.half_width())
}

/// Estimates at their means, all else as planned.
fn at_means(network: &Network) -> Vec<f64> {
    let value = |variable: &Variable| {
        if variable.owner.is_estimate() { variable.distribution.mean() } else { variable.planned }
    };
    network.variables.iter().map(value).collect()
}

/// The mean finish of the iterations that deliver, on the network's axis.
fn mean_on_axis(samples: &Samples) -> f64 {
    let finishes = || (0..samples.finish.len()).filter_map(|at| samples.arrival(at).map(i64::from));
    finishes().sum::<i64>() as f64 / finishes().count().max(1) as f64
}

/// The days of a finish between two seconds of the axis.
fn days_at(clock: Clock<'_>, finish: f64) -> f64 {
    let second = finish.floor();
    let [from, to] = [0, 1].map(|more| clock.finish_days(second as i64 + more));
    from + (to - from) * (finish - second)
}
