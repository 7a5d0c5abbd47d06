//! What a run costs.

use plan::model::{Category, Estimate, Impact, MilestoneId, Moment, Overhead, RiskId, Scope, StageId};

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

impl Run<'_> {
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
            let due = |at: i64| self.failure().is_none_or(|(failed, _)| at <= failed);
            let paid: f64 = milestone
                .pay
                .iter()
                .filter(|payment| match payment.at {
                    Moment::AfterStart(wait) => due(place.start + wait),
                    Moment::AfterFinish(wait) => due(place.finish + wait),
                })
                .map(|payment| payment.share.value())
                .sum();
            let paid = if milestone.pay.is_empty() { f64::from(u8::from(due(place.finish))) } else { paid };
            add(milestone.category, self.value(cost, &format!("cost:{}", milestone.key)) * paid);
        }
        if let Some(rate) = &milestone.rate {
            let amount = self.value(&rate.amount, &format!("rate:{}", milestone.key));
            add(milestone.category, amount * lasted / rate.seconds);
        }
        for (resource, effort) in &milestone.work {
            let key = &plan[*resource].key;
            let rate = &plan[*resource].rate.as_ref().unwrap().first;
            let amount = self.value(effort, &format!("work:{}:{key}", milestone.key));
            let price = self.value(&rate.amount, &format!("rate:resource:{key}")) / rate.seconds;
            add(plan[*resource].kind.category(), amount * price * self.share(visit) * work * part);
        }
        for (resource, pieces) in &milestone.consumes {
            let key = &plan[*resource].key;
            let price = &plan[*resource].price.as_ref().unwrap().first;
            let amount = self.value(pieces, &format!("consumes:{}:{key}", milestone.key));
            let price = self.value(price, &format!("price:{key}"));
            add(plan[*resource].kind.category(), amount * price * self.share(visit) * part);
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
            let mut add = |estimate: &Estimate, name: String, on: &[MilestoneId]| {
                let (amount, stage) = (self.value(estimate, &name), stage_of(on));
                parts.push(Part { amount, category: Category::Risk, stage, of: None });
            };
            if let Some(price) = risk.in_force().and_then(|response| response.price.as_ref()) {
                add(price, format!("response:{}", risk.key), &terms.on);
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
            if let Some(cost) = terms.impact.cost.as_ref().filter(|_| shared.iter().any(strikes)) {
                add(cost, format!("risk:{}:cost", risk.key), &shared);
            }
            for (id, impact) in &terms.own {
                if let Some(cost) = impact.cost.as_ref().filter(|_| strikes(id)) {
                    add(cost, format!("risk:{}:cost:{}", risk.key, plan[*id].key), &[*id]);
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
                let amount = amount * (to - from) as f64 / rate.seconds;
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
