//! Small random plans with everything at once; all their estimates are fixed or have two values.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;
use plan::model::{
    Category, Comparison, Currency, Curve, Dated, Delay, End, Estimate, Impact, Lag, Limit, LinkKind,
    MilestoneId, Moment, OnlyIf, Otherwise, Outcome, Overhead, Payment, Plan, Rate, RateUnit, Redo, Resource,
    ResourceId, ResourceKind, Response, Rework, Risk, RiskId, RiskTerms, Scope, Season, Span, SpanUnit,
    Stage, StageId,
};
use plan::stats::{Distribution, Shape};
use plan::units::{Instant, Share};
use rand::RngExt;

use super::unrolled::leads;
use crate::support;

pub(crate) const HOUR: i64 = 3600;

/// Two values with their weights.
pub(crate) fn either(one: f64, other: f64, weight: f64) -> Estimate {
    let values = vec![(one, 1.0 - weight), (other, weight)];
    Estimate::new(Distribution::new(Shape::Discrete(values)).unwrap(), "")
}

/// A plan that belongs to a number.
pub(crate) fn random(seed: u64) -> Plan {
    Maker { dice: ChaCha8Rng::seed_from_u64(seed), plan: support::seconds() }.plan()
}

struct Maker {
    dice: ChaCha8Rng,
    plan: Plan,
}

impl Maker {
    fn chance(&mut self, chance: f64) -> bool {
        self.dice.random::<f64>() < chance
    }

    fn below(&mut self, end: usize) -> usize {
        self.dice.random_range(0..end)
    }

    fn hours(&mut self, from: i64, to: i64) -> f64 {
        (self.dice.random_range(from..to) * HOUR) as f64
    }

    /// A number, or sometimes one of two.
    fn number(&mut self, low: f64, high: f64) -> Estimate {
        if low != high && self.chance(0.25) { either(low, high, 0.25) } else { Estimate::fixed(low) }
    }

    fn some(&mut self, chance: f64) -> Vec<MilestoneId> {
        self.plan.ids().collect::<Vec<_>>().into_iter().filter(|_| self.chance(chance)).collect()
    }

    fn plan(mut self) -> Plan {
        // Seasons begin and end within a few days of the start.
        self.plan.start = Some(Instant::from_seconds(1_803_859_200));
        for key in ["data", "model"] {
            self.plan.stages.push(Stage { key: key.into(), name: key.into() });
        }
        self.resources();
        for position in 0..3 + self.below(4) {
            self.milestone(position);
        }
        self.links();
        self.rework();
        for position in 0..self.below(3) {
            self.risk(position);
        }
        self.branches();
        self.success();
        self.overheads();
        self.prices();
        if self.chance(0.3) {
            self.plan.finish = Some(MilestoneId::new(self.plan.milestones.len() - 1));
        }
        self.plan
    }

    fn resources(&mut self) {
        let rate = Rate { amount: self.number(36.0, 72.0), unit: RateUnit::Hour, seconds: 3600.0 };
        let price = Dated::constant(self.number(2.0, 3.0));
        for (key, kind, rate, price) in [
            ("people", ResourceKind::People, Some(Dated::constant(rate)), None),
            ("labels", ResourceKind::Data, None, Some(price)),
        ] {
            self.plan.resources.push(Resource {
                key: key.into(),
                name: key.into(),
                kind,
                capacity: None,
                availability: Dated::constant(1.0),
                rate,
                price,
                calendar: self.plan.calendar,
                away: Vec::new(),
                throughput: Vec::new(),
                allowance: None,
                is_idle: false,
            });
        }
    }

    fn milestone(&mut self, position: usize) {
        let id = support::add(&mut self.plan, &format!("m{position}"), 0);
        let low = self.hours(0, 40);
        let duration = self.number(low, low + 30_000.0);
        let work = (self.chance(0.3)).then(|| (ResourceId::new(0), self.number(50_000.0, 110_000.0)));
        let consumes = (self.chance(0.3)).then(|| (ResourceId::new(1), self.number(10.0, 30.0)));
        let cost = (self.chance(0.6)).then(|| self.number(100.0, 250.0));
        let rate = self.chance(0.4).then(|| Rate {
            amount: Estimate::fixed(7.0),
            unit: RateUnit::Hour,
            seconds: 3600.0,
        });
        let pay = if self.chance(0.5) { self.payments() } else { Vec::new() };
        let stage = self.chance(0.6).then(|| StageId::new(self.below(2)));
        let milestone = &mut self.plan.milestones[id.index()];
        milestone.duration = Some(Span { seconds: duration, unit: SpanUnit::Work });
        milestone.work.extend(work);
        milestone.consumes.extend(consumes);
        (milestone.cost, milestone.rate, milestone.pay, milestone.stage) = (cost, rate, pay, stage);
    }

    /// Prices that rise so fast that it shows within days, and money of another currency.
    fn prices(&mut self) {
        let dated = |maker: &mut Self, low, high| {
            let first = maker.number(low, high);
            let from = maker.plan.anchor().plus(maker.hours(-20, 60) as i64);
            Dated { first, changes: vec![(from, Estimate::fixed(-0.5))] }
        };
        if self.chance(0.4) {
            self.plan.escalation = Some(dated(self, 2.0, 3.0));
        }
        if self.chance(0.3) {
            let category = Category::ALL[self.below(Category::ALL.len())];
            let rise = dated(self, 0.5, 1.5);
            self.plan.escalations.push((category, rise));
        }
        if self.chance(0.3) {
            let rate = self.number(0.5, 2.0);
            self.plan.currencies.push(Currency { key: "USD".into(), rate });
            let costs = self.plan.milestones.iter_mut().step_by(2).filter_map(|it| it.cost.as_mut());
            costs.for_each(|cost| cost.currency = Some(0));
            let risks = self.plan.risks.iter_mut().filter_map(|risk| risk.untreated.impact.cost.as_mut());
            risks.for_each(|cost| cost.currency = Some(0));
            let rates = self.plan.resources.iter_mut().filter_map(|it| it.rate.as_mut());
            rates.for_each(|rate| rate.first.amount.currency = Some(0));
        }
    }

    fn payments(&mut self) -> Vec<Payment> {
        let share = |share| Share::new(share).unwrap();
        let wait = self.hours(1, 30) as i64;
        vec![
            Payment { at: Moment::AfterStart(0), share: share(0.25) },
            Payment { at: Moment::AfterFinish(0), share: share(0.25) },
            Payment { at: Moment::AfterFinish(wait), share: share(0.125) },
            Payment { at: Moment::Along(Curve::Bell, 0), share: share(0.25) },
            Payment { at: Moment::Along(Curve::Front, wait), share: share(0.125) },
        ]
    }

    fn links(&mut self) {
        let count = self.plan.milestones.len();
        for to in 1..count {
            for from in 0..to {
                if !self.chance(0.45) {
                    continue;
                }
                let kinds = [LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];
                let kind = if self.chance(0.75) { LinkKind::FinishStart } else { kinds[self.below(3)] };
                let lag = match self.below(8) {
                    0 => {
                        let low = self.hours(-10, 20);
                        Lag::Span(Span { seconds: self.number(low, low + 7_200.0), unit: SpanUnit::Work })
                    }
                    1 => Lag::Share(Estimate::fixed(0.5)),
                    _ => Lag::None,
                };
                let [from, to] = [from, to].map(MilestoneId::new);
                support::link(&mut self.plan, from, kind, to, lag);
            }
        }
    }

    fn leading_to(&self, id: MilestoneId) -> Vec<MilestoneId> {
        self.plan.ids().filter(|&other| other != id && leads(&self.plan, other, id)).collect()
    }

    /// At most two checks, one after the other, so that the order of all repeats is plain.
    fn rework(&mut self) {
        let mut gates: Vec<MilestoneId> = Vec::new();
        for gate in self.plan.ids() {
            let before = self.leading_to(gate);
            let follows = gates.iter().all(|other| before.contains(other));
            if gates.len() == 2 || !follows || !self.chance(0.3) {
                continue;
            }
            let redo = if before.is_empty() || self.chance(0.2) {
                Redo::BackTo(gate)
            } else if self.chance(0.6) {
                Redo::BackTo(before[self.below(before.len())])
            } else {
                Redo::These(before.into_iter().filter(|_| self.chance(0.6)).collect())
            };
            gates.push(gate);
            let rework = Rework {
                probability: if self.chance(0.5) { vec![0.4] } else { vec![0.5, 0.25] },
                redo,
                share: self.number(0.5, 0.3),
                at_most: self.below(3) as u32,
                otherwise: if self.chance(0.5) { Otherwise::Fail } else { Otherwise::Continue },
            };
            self.plan.milestones[gate.index()].rework = Some(rework);
        }
    }

    fn impact(&mut self) -> Impact {
        let delay = self.chance(0.5).then(|| {
            let seconds = self.hours(-6, 20);
            let span = Span { seconds: self.number(seconds, seconds + 1_800.0), unit: SpanUnit::Work };
            Delay { span, scale: vec![1.0] }
        });
        Impact {
            delay,
            factor: self.chance(0.5).then(|| self.number(1.5, 0.75)),
            cost: self.chance(0.5).then(|| self.number(1_000.0, 1_700.0)),
            cost_factor: self.chance(0.4).then(|| self.number(1.2, 0.9)),
        }
    }

    fn risk(&mut self, position: usize) {
        let on = self.some(0.5);
        let own = if self.chance(0.3) {
            on.iter().take(1).map(|&id| (id, self.impact())).collect()
        } else {
            Vec::new()
        };
        let seasons = if self.chance(0.4) { vec![Season { from: (3, 2), to: (3, 3) }] } else { Vec::new() };
        let parallel = self.chance(0.5).then(|| "together".to_owned());
        let impact = self.impact();
        let terms = RiskTerms { probability: 0.3, on, impact, own, seasons, parallel };
        let response = self.chance(0.4).then(|| Response {
            price: Some(Estimate::fixed(60.0)),
            treated: RiskTerms { probability: 0.1, ..terms.clone() },
        });
        let (key, responds) = (format!("r{position}"), self.chance(0.5));
        self.plan.risks.push(Risk {
            name: key.clone(),
            key,
            untreated: terms,
            response,
            responds,
            ends: None,
        });
    }

    fn branches(&mut self) {
        for id in self.plan.ids() {
            let before = self.leading_to(id);
            if !self.chance(0.35) {
                continue;
            }
            let only_if = match self.below(3) {
                0 if !self.plan.risks.is_empty() => OnlyIf::Risk(RiskId::new(0)),
                1 if !before.is_empty() => {
                    let looked_at = before[self.below(before.len())];
                    let outcomes = [("go", 0.75), ("pivot", 0.25)];
                    let outcomes = outcomes.map(|(key, share)| Outcome { key: key.into(), share });
                    self.plan.milestones[looked_at.index()].outcomes = outcomes.to_vec();
                    OnlyIf::Outcome(looked_at, self.below(2))
                }
                2 if !before.is_empty() => OnlyIf::Date {
                    milestone: before[self.below(before.len())],
                    end: if self.chance(0.5) { End::Start } else { End::Finish },
                    comparison: [
                        Comparison::Below,
                        Comparison::AtMost,
                        Comparison::Above,
                        Comparison::AtLeast,
                    ][self.below(4)],
                    limit: Limit::Span(self.hours(0, 60) as i64),
                },
                _ => continue,
            };
            self.plan.milestones[id.index()].only_if.push(only_if);
        }
    }

    fn success(&mut self) {
        let count = self.plan.milestones.len();
        if self.chance(0.4) {
            let at = self.below(count);
            self.plan.milestones[at].success = 0.8;
        }
    }

    fn overheads(&mut self) {
        let rate = || Rate { amount: Estimate::fixed(3.0), unit: RateUnit::Hour, seconds: 3600.0 };
        let category = Category::Other;
        if self.chance(0.5) {
            self.plan.overheads.push(Overhead::Hammock {
                key: "office".into(),
                rate: rate(),
                over: None,
                category,
            });
        }
        if self.chance(0.5) {
            let over = Some(self.some(0.5)).filter(|over| !over.is_empty());
            self.plan.overheads.push(Overhead::Hammock { key: "lab".into(), rate: rate(), over, category });
        }
        if self.chance(0.5) {
            let of = match self.below(3) {
                0 => Scope::All,
                1 => Scope::Categories(vec![Category::People, Category::Risk]),
                _ => Scope::Milestones(self.some(0.5)),
            };
            let share = self.number(0.1, 0.2);
            self.plan.overheads.push(Overhead::Surcharge { key: "agency".into(), share, of, category });
        }
    }
}
