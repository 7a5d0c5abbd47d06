//! What a run costs.
//!
//! Prices rise in many small steps here, not by an integral.

use plan::model::{Category, Curve, Estimate, Impact, MilestoneId, Moment, Overhead, RiskId, Scope, StageId};

use super::run::{Place, Run};
use super::unrolled::Visit;

/// An amount, and where it counts.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) amount: f64,
    pub(crate) category: Category,
    pub(crate) stage: Option<StageId>,
    /// The milestone that spends it, if one does.
    pub(crate) of: Option<MilestoneId>,
}

/// Steps in which spread money is paid.
const STEPS: i32 = 64;

impl Run<'_> {
    /// What 1 at the start costs at a moment.
    fn index(&self, category: Category, at: f64) -> f64 {
        let plan = self.unrolled.plan;
        let own = plan.escalations.iter().find(|(of, _)| *of == category);
        let (rises, name) = match (own, &plan.escalation) {
            (Some((_, own)), _) => (own, format!("escalation:{}", category.word())),
            (None, Some(all)) => (all, "escalation".to_owned()),
            (None, None) => return 1.0,
        };
        let (change, later) = &rises.changes[0];
        let change = ((change.seconds() - plan.anchor().seconds()) as f64).clamp(0.0, at);
        let year = 365.25 * 86_400.0;
        let first = (1.0 + self.value(&rises.first, &name)).powf(change / year);
        first * (1.0 + later.planned).powf((at - change) / year)
    }

    /// What money of 1 comes to that is paid along a curve over a place, each part so much later, until the plan fails.
    fn along(&self, category: Category, curve: Curve, place: Place, wait: i64) -> f64 {
        let failed = self.failure().map_or(f64::INFINITY, |(at, _)| at as f64);
        let span = (place.finish - place.start) as f64;
        let end = if span > 0.0 {
            ((failed - (place.start + wait) as f64) / span).clamp(0.0, 1.0)
        } else {
            f64::from(u8::from((place.finish + wait) as f64 <= failed))
        };
        let plan = self.unrolled.plan;
        if plan.escalation.is_none() && plan.escalations.iter().all(|(of, _)| *of != category) {
            return curve.flowed(end);
        }
        let step = |step: i32| {
            let [from, to] = [step, step + 1].map(|at| end * f64::from(at) / f64::from(STEPS));
            let at = (place.start + wait) as f64 + span * (from + to) / 2.0;
            (curve.flowed(to) - curve.flowed(from)) * self.index(category, at)
        };
        (0..STEPS).map(step).sum()
    }

    /// What 1 of an estimate's currency is worth.
    fn worth(&self, estimate: &Estimate) -> f64 {
        let Some(currency) = estimate.currency else { return 1.0 };
        let currency = &self.unrolled.plan.currencies[currency];
        self.value(&currency.rate, &format!("currency:{}", currency.key))
    }

    /// All money of the run.
    pub(crate) fn money(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for visit in self.unrolled.visits().filter(|visit| self.takes_place(visit)) {
            self.money_of(&visit, &mut parts);
        }
        self.money_of_risks(&mut parts);
        self.overheads(&mut parts);
        parts
    }

    /// Whether a visit exists and starts before the plan fails.
    fn takes_place(&self, visit: &Visit) -> bool {
        let place = self.place(visit);
        place.exists && self.failure().is_none_or(|(at, by)| place.start < at || by.first().unwrap() == visit)
    }

    /// The part of a place until the plan fails.
    fn until(&self, place: Place) -> Place {
        let end = self.failure().map_or(place.finish, |(at, _)| at.min(place.finish));
        Place { finish: end.max(place.start), ..place }
    }

    fn money_of(&self, visit: &Visit, parts: &mut Vec<Part>) {
        let (id, pass) = visit;
        let (plan, place) = (self.unrolled.plan, self.place(visit));
        let milestone = &plan[*id];
        let done = self.until(place);
        let lasted = (done.finish - done.start) as f64;
        let part =
            if place.finish > place.start { lasted / (place.finish - place.start) as f64 } else { 1.0 };
        // Seasons are judged before seasonal effects: where the visit would have lain without them.
        let usual = self.usual(visit);
        let strikes = |seasons: &[_]| self.is_struck(seasons, usual);
        let product = |of: fn(&Impact) -> Option<&Estimate>, what| {
            self.absorbed(*id, 1.0, &strikes, of, what).iter().product::<f64>()
        };
        let all = product(|impact| impact.cost_factor.as_ref(), "cost_factor");
        let work = product(|impact| impact.factor.as_ref(), "factor");
        let mut add = |category, amount: f64| {
            parts.push(Part { amount: amount * all, category, stage: milestone.stage, of: Some(*id) });
        };
        if let Some(cost) = milestone.cost.as_ref().filter(|_| pass.is_empty()) {
            let due = |at: i64| match self.failure().is_none_or(|(failed, _)| at <= failed) {
                true => self.index(milestone.category, at as f64),
                false => 0.0,
            };
            let paid = milestone.pay.iter().map(|payment| {
                payment.share.value()
                    * match payment.at {
                        Moment::AfterStart(wait) => due(place.start + wait),
                        Moment::AfterFinish(wait) => due(place.finish + wait),
                        Moment::Along(curve, wait) => self.along(milestone.category, curve, place, wait),
                    }
            });
            let paid = if milestone.pay.is_empty() { due(place.finish) } else { paid.sum() };
            let amount = self.value(cost, &format!("cost:{}", milestone.key));
            add(milestone.category, amount * paid * self.worth(cost));
        }
        // What 1 costs on average while it is at work.
        let even = |category| self.along(category, Curve::Even, done, 0);
        if let Some(rate) = &milestone.rate {
            let amount = self.value(&rate.amount, &format!("rate:{}", milestone.key));
            add(milestone.category, amount * lasted / rate.seconds * even(milestone.category));
        }
        for (resource, effort) in &milestone.work {
            let key = &plan[*resource].key;
            let rate = &plan[*resource].rate.as_ref().unwrap().first;
            let amount = self.value(effort, &format!("work:{}:{key}", milestone.key));
            let price = self.value(&rate.amount, &format!("rate:resource:{key}")) / rate.seconds;
            let category = plan[*resource].kind.category();
            let price = price * self.worth(&rate.amount) * even(category);
            add(category, amount * price * self.share(visit) * work * part);
        }
        for (resource, pieces) in &milestone.consumes {
            let key = &plan[*resource].key;
            let price = &plan[*resource].price.as_ref().unwrap().first;
            let amount = self.value(pieces, &format!("consumes:{}:{key}", milestone.key));
            let category = plan[*resource].kind.category();
            let price = self.value(price, &format!("price:{key}")) * even(category);
            add(category, amount * price * self.share(visit) * part);
        }
    }

    fn money_of_risks(&self, parts: &mut Vec<Part>) {
        let plan = self.unrolled.plan;
        let stage_of = |on: &[MilestoneId]| {
            let stage = on.first().and_then(|&id| plan[id].stage);
            stage.filter(|stage| on.iter().all(|&id| plan[id].stage == Some(*stage)))
        };
        for (position, risk) in plan.risks.iter().enumerate() {
            let terms = risk.terms();
            let mut add = |estimate: &Estimate, name: String, on: &[MilestoneId], at: i64| {
                let amount = self.value(estimate, &name) * self.worth(estimate);
                let (amount, stage) = (amount * self.index(Category::Risk, at as f64), stage_of(on));
                parts.push(Part { amount, category: Category::Risk, stage, of: None });
            };
            if let Some(price) = risk.in_force().and_then(|response| response.price.as_ref()) {
                add(price, format!("response:{}", risk.key), &terms.on, 0);
            }
            if !self.happens(RiskId::new(position)) {
                continue;
            }
            let strikes = |id: &MilestoneId| {
                let visit = (*id, Vec::new());
                self.takes_place(&visit) && self.is_struck(&terms.seasons, self.usual(&visit))
            };
            let is_own = |id: &MilestoneId| terms.own.iter().any(|(on, _)| on == id);
            let shared: Vec<_> = terms.on.iter().copied().filter(|id| !is_own(id)).collect();
            let starts = |on: &[MilestoneId]| {
                let struck = on.iter().filter(|id| strikes(id));
                struck.map(|id| self.place(&(*id, Vec::new())).start).min()
            };
            if let (Some(cost), Some(at)) = (terms.impact.cost.as_ref(), starts(&shared)) {
                add(cost, format!("risk:{}:cost", risk.key), &shared, at);
            }
            for (id, impact) in &terms.own {
                if let (Some(cost), Some(at)) = (impact.cost.as_ref(), starts(&[*id])) {
                    add(cost, format!("risk:{}:cost:{}", risk.key, plan[*id].key), &[*id], at);
                }
            }
        }
    }

    fn overheads(&self, parts: &mut Vec<Part>) {
        let plan = self.unrolled.plan;
        let everywhere = || self.unrolled.visits().filter(|visit| self.takes_place(visit));
        let mut added = Vec::new();
        for overhead in &plan.overheads {
            if let Overhead::Hammock { key, rate, over, category } = overhead {
                let (from, to) = match over {
                    None => (0, self.finish()),
                    Some(over) => {
                        let there = || everywhere().filter(|(id, _)| over.contains(id));
                        let places = || there().map(|visit| self.until(self.place(&visit)));
                        let from = places().map(|place| place.start).min().unwrap_or(0);
                        (from, places().map(|place| place.finish).max().unwrap_or(0))
                    }
                };
                let amount = self.value(&rate.amount, &format!("rate:overhead:{key}"));
                let place = Place { start: from, finish: to, exists: true };
                let rising = self.along(*category, Curve::Even, place, 0);
                let amount = amount * (to - from) as f64 / rate.seconds * rising;
                parts.push(Part { amount, category: *category, stage: None, of: None });
            }
        }
        for overhead in &plan.overheads {
            if let Overhead::Surcharge { key, share, of, category } = overhead {
                let counts = |part: &&Part| match of {
                    Scope::All => true,
                    Scope::Categories(categories) => categories.contains(&part.category),
                    Scope::Milestones(milestones) => part.of.is_some_and(|id| milestones.contains(&id)),
                };
                let base: f64 = parts.iter().filter(counts).map(|part| part.amount).sum();
                let amount = base * self.value(share, &format!("share:{key}"));
                added.push(Part { amount, category: *category, stage: None, of: None });
            }
        }
        parts.extend(added);
    }
}
