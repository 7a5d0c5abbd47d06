//! The time–cost trade-off of a plan without doubt, as a linear programme.
//!
//! ```text
//! minimise    Σ price × bought  +  Σ rate × span  +  rate × finish
//! subject to  span ≥ duration − Σ bought,   span ≥ every other term
//!             start ≥ floor,                links between starts and finishes
//!             finish ≥ start + span of all that can be last,   finish ≤ limit
//!             0 ≤ bought ≤ step
//! ```
//!
//! All in days of the plan's calendar. The least cost is a convex, piecewise linear function of the limit;
//! its corners are found by asking for the least of cost + slope × finish, with the slope of the chord
//! between two that are known, until nothing lies below the chord.
//!
//! Method: Kelley (1961), "Critical-path planning and scheduling: mathematical basis"; Fulkerson (1961), "A
//! network flow computation for project cost curves".

use good_lp::{
    Expression, ProblemVariables, Solution, SolverModel, Variable as Unknown, constraint, microlp, variable,
};

use crate::model::{LinkKind, MilestoneId, Plan};
use crate::network::{Axis, Floor, Money, Network, Quantity, Tariff, Values, Visit, VisitLag};

/// Slopes and costs closer than this share of the whole are the same.
const SAME: f64 = 1e-7;

/// A plan whose time and money are linear in what is bought.
pub(super) struct Linear<'a> {
    plan: &'a Plan,
    network: &'a Network,
    planned: Vec<f64>,
    /// Seconds of a day of the plan's calendar.
    day: f64,
    /// The milestones off whose durations time can be bought.
    crashes: Vec<MilestoneId>,
    /// Money per second of each visit's span.
    rates: Vec<f64>,
    /// Money per second of the whole plan.
    rate: f64,
}

/// What is asked of the programme.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    /// The least finish, whatever it costs.
    Fastest,
    /// The least of cost + slope × finish; by this day at the latest, if there is one.
    Cheapest { slope: f64, by: Option<f64> },
}

/// An answer of the programme.
#[derive(Clone, Debug)]
pub(super) struct Bought {
    /// Seconds bought off each of the crashed milestones, in their order.
    pub(super) seconds: Vec<(MilestoneId, f64)>,
    /// The finish, in days.
    finish: f64,
    /// The cost that time has a say in.
    cost: f64,
}

impl<'a> Linear<'a> {
    /// The programme of a plan from which nothing is bought yet; `None` if anything in it is uncertain or
    /// not linear: several calendars, prices that rise, rates that change on dates or are paid for elapsed time, hammocks over
    /// some milestones, surcharges.
    pub(super) fn of(plan: &'a Plan, network: &'a Network) -> Option<Self> {
        let Axis::Work(timeline) = network.axis else { return None };
        let is_plain = |visit: &Visit| {
            let is_sure = visit.pass == 0 && visit.conditions.is_empty() && !visit.may_fail();
            is_sure && !visit.removed && visit.start_reason != Floor::AsLateAsPossible
        };
        if !network.variables.is_empty()
            || !network.surcharges.is_empty()
            || network.escalations.iter().any(Option::is_some)
            || !network.visits.iter().all(is_plain)
            || network.links.iter().any(|link| matches!(link.lag, VisitLag::Elapsed(_)))
        {
            return None;
        }
        let planned = network.planned();
        let steady = |tariff: &Tariff| {
            let is_steady = tariff.changes.is_empty() && tariff.timeline == Some(timeline);
            is_steady.then(|| Values(&planned).of(tariff.first) / tariff.per)
        };
        let worth = |exchange: Option<Quantity>| exchange.map_or(1.0, |it| Values(&planned).of(it));
        let mut rates = vec![0.0; network.visits.len()];
        for (visit, rate) in network.visits.iter().zip(&mut rates) {
            for term in &visit.costs {
                match &term.money {
                    Money::Running { units, tariff } => {
                        *rate += Values(&planned).of(units.0) * steady(tariff)? * worth(term.exchange);
                    }
                    Money::Once { changes, .. } if changes.is_empty() => {}
                    Money::Effort { tariff, .. } if tariff.changes.is_empty() => {}
                    Money::Once { .. } | Money::Effort { .. } => return None,
                }
            }
        }
        let whole = network.hammocks.iter().map(|hammock| match hammock.over {
            None => steady(&hammock.tariff).map(|rate| rate * worth(hammock.exchange)),
            Some(_) => None,
        });
        let rate = whole.sum::<Option<f64>>()?;
        let crashes = plan.ids().filter(|&id| !plan[id].crash.is_empty()).collect();
        let day = plan[plan.calendar].day_seconds() as f64;
        Some(Self { plan, network, planned, day, crashes, rates, rate })
    }

    /// The cheapest way to be done by a finish on the network's axis; `None` if there is none.
    pub(super) fn cheapest_by(&self, limit: i64) -> Option<Bought> {
        self.solve(Wanted::Cheapest { slope: 0.0, by: Some(limit as f64 / self.day) })
    }

    /// The corners of the least cost over the finish, the cheapest first.
    pub(super) fn corners(&self) -> Vec<Bought> {
        let Some(fastest) = self.solve(Wanted::Fastest) else { return Vec::new() };
        let Some(fastest) = self.solve(Wanted::Cheapest { slope: 0.0, by: Some(fastest.finish) }) else {
            return Vec::new();
        };
        let Some(cheapest) = self.solve(Wanted::Cheapest { slope: 0.0, by: None }) else { return Vec::new() };
        // Of all that cost no more, the earliest.
        let slope = (fastest.cost - cheapest.cost).max(1.0) * SAME;
        let cheapest = self.solve(Wanted::Cheapest { slope, by: Some(cheapest.finish) }).unwrap_or(cheapest);
        let mut corners = vec![cheapest.clone()];
        self.between(&cheapest, &fastest, &mut corners);
        if fastest.finish < cheapest.finish - SAME {
            corners.push(fastest);
        }
        corners
    }

    /// Adds the corners between two that are known, the later finish first.
    fn between(&self, late: &Bought, early: &Bought, corners: &mut Vec<Bought>) {
        let (days, money) = (late.finish - early.finish, early.cost - late.cost);
        if days <= SAME * late.finish.max(1.0) {
            return;
        }
        let slope = money / days;
        let Some(found) = self.solve(Wanted::Cheapest { slope, by: Some(late.finish) }) else { return };
        let below = (late.cost + slope * late.finish) - (found.cost + slope * found.finish);
        if below <= SAME * money.abs().max(1.0) {
            return;
        }
        self.between(late, &found, corners);
        corners.push(found.clone());
        self.between(&found, early, corners);
    }

    fn solve(&self, wanted: Wanted) -> Option<Bought> {
        let mut unknowns = ProblemVariables::new();
        let starts: Vec<Unknown> = self.visits().map(|visit| self.start(&mut unknowns, visit)).collect();
        let spans: Vec<Unknown> = self.visits().map(|_| unknowns.add(variable().min(0.0))).collect();
        let mut steps = Vec::new();
        for &id in &self.crashes {
            let each = self.plan[id].crash.iter();
            let each = each.map(|step| unknowns.add(variable().min(0.0).max(step.seconds / self.day)));
            steps.push(each.collect::<Vec<Unknown>>());
        }
        let by = if let Wanted::Cheapest { by, .. } = wanted { by } else { None };
        let last = unknowns.add(match by {
            // A limit that was found by the programme itself is not to fail for a rounding error.
            Some(by) => variable().min(0.0).max(by * (1.0 + 1e-12) + 1e-9),
            None => variable().min(0.0),
        });
        let mut cost: Expression = self.rate * self.day * last;
        for (&id, steps) in self.crashes.iter().zip(&steps) {
            for (&bought, step) in steps.iter().zip(&self.plan[id].crash) {
                cost += step.price * self.day * bought;
            }
        }
        for (&span, rate) in spans.iter().zip(&self.rates) {
            cost += rate * self.day * span;
        }
        let aim: Expression = match wanted {
            Wanted::Fastest => last.into(),
            Wanted::Cheapest { slope, .. } => cost.clone() + slope * last,
        };
        let mut problem = unknowns.minimise(aim).using(microlp);
        for (at, visit) in self.visits().enumerate() {
            for (place, term) in visit.spans.iter().enumerate() {
                let whole = term.whole_seconds(Values(&self.planned)) as f64 / self.day;
                let crashed = self.crashes.iter().position(|&id| id == visit.milestone);
                // The first term is the duration's, if there is one; only that can be crashed.
                let bought: Expression = match crashed.filter(|_| place == 0) {
                    Some(milestone) => steps[milestone].iter().copied().sum(),
                    None => 0.into(),
                };
                problem = problem.with(constraint!(bought + spans[at] >= whole));
            }
            problem = problem.with(constraint!(starts[at] + spans[at] >= self.days(visit.finish_floor)));
        }
        for visit in self.network.finishing() {
            problem = problem.with(constraint!(last >= starts[visit.index()] + spans[visit.index()]));
        }
        for link in &self.network.links {
            let [from, to] = [link.from.index(), link.to.index()];
            let before: Expression = match link.kind {
                LinkKind::FinishStart | LinkKind::FinishFinish => starts[from] + spans[from],
                LinkKind::StartStart | LinkKind::StartFinish => starts[from].into(),
            };
            let after: Expression =
                if link.kind.bounds_finish() { starts[to] + spans[to] } else { starts[to].into() };
            let lag: Expression = match link.lag {
                VisitLag::Share(share) => Values(&self.planned).of(share) * spans[from],
                VisitLag::Work(lag) => self.quantity(lag).into(),
                VisitLag::None | VisitLag::Elapsed(_) => 0.into(),
            };
            problem = problem.with(constraint!(after >= before + lag));
        }
        let solution = problem.solve().ok()?;
        let seconds = |(&id, steps): (&MilestoneId, &Vec<Unknown>)| {
            let days: f64 = steps.iter().map(|&step| solution.value(step)).sum();
            (id, (days * self.day).clamp(0.0, self.plan[id].most_crash()))
        };
        let seconds = self.crashes.iter().zip(&steps).map(seconds).collect();
        Some(Bought { seconds, finish: solution.value(last), cost: solution.eval(&cost) })
    }

    fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.network.visits.iter()
    }

    fn start(&self, unknowns: &mut ProblemVariables, visit: &Visit) -> Unknown {
        unknowns.add(variable().min(self.days(visit.start_floor)))
    }

    fn days(&self, seconds: i64) -> f64 {
        seconds as f64 / self.day
    }

    fn quantity(&self, seconds: Quantity) -> f64 {
        Values(&self.planned).of(seconds) / self.day
    }
}
