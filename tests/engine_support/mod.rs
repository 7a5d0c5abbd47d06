//! Networks made by hand, for the tests of the engine.
#![allow(dead_code, reason = "each test uses its part")]

use plan::model::{Calendar, CalendarId, Category, LinkKind, MilestoneId, PerMilestone, Plan};
use plan::network::{
    Axis, CostTerm, Effects, Factor, Floor, Follows, Mix, Money, Network, Normal, Owner, PaidOver, Quantity,
    SpanTerm, Tariff, Units, Variable, VariableId, Visit, VisitId, VisitLag, VisitLink,
};
use plan::stats::{Distribution, Shape};
use plan::units::{Instant, Share};

/// Monday 2027-03-01, midnight.
pub(crate) const MONDAY: i64 = 1_803_859_200;

/// A distribution that is known to be right.
pub(crate) fn of(shape: Shape) -> Distribution {
    Distribution::new(shape).expect("a right shape")
}

pub(crate) fn pert(low: f64, likely: f64, high: f64) -> Distribution {
    of(Shape::Pert { low, likely, high, shape: 4.0 })
}

pub(crate) fn triangular(low: f64, likely: f64, high: f64) -> Distribution {
    of(Shape::Triangular { low, likely, high })
}

/// A network while it is drawn; visits in topological order.
pub(crate) struct Sketch {
    pub(crate) visits: Vec<Visit>,
    pub(crate) links: Vec<VisitLink>,
    pub(crate) variables: Vec<Variable>,
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) finish: Option<VisitId>,
    pub(crate) factors: Vec<Factor>,
    pub(crate) mixes: Vec<Mix>,
}

impl Sketch {
    pub(crate) fn new() -> Self {
        Self {
            visits: Vec::new(),
            links: Vec::new(),
            variables: Vec::new(),
            calendars: vec![Calendar::standard()],
            finish: None,
            factors: Vec::new(),
            mixes: Vec::new(),
        }
    }

    /// A score that variables can share.
    pub(crate) fn factor(&mut self, name: &str) -> Normal {
        self.factors.push(Factor { name: name.into(), group: Some(self.factors.len()) });
        Normal::Factor(self.factors.len() - 1)
    }

    /// Makes a variable follow these factors with these squared weights (negative: against them), and
    /// itself for the rest. Variables come in order.
    pub(crate) fn mix(&mut self, variable: VariableId, shares: &[(Normal, f64)]) {
        let mut parts: Vec<(Normal, f64)> =
            shares.iter().map(|&(factor, share)| (factor, share.abs().sqrt().copysign(share))).collect();
        let rest = 1.0 - shares.iter().map(|(_, share)| share.abs()).sum::<f64>();
        parts.push((Normal::Own(variable), rest.sqrt()));
        self.mixes.push(Mix { variable, parts, matrix: None });
    }

    pub(crate) fn variable(&mut self, name: &str, distribution: Distribution) -> Quantity {
        let planned = distribution.middle();
        self.variables.push(Variable { name: name.into(), distribution, planned, owner: Owner::Overhead(0) });
        Quantity::Variable(VariableId(self.variables.len() as u32 - 1))
    }

    /// A visit whose span is `distribution` times `seconds`.
    pub(crate) fn visit(&mut self, name: &str, distribution: Distribution, seconds: f64) -> VisitId {
        let amount = self.variable(&format!("duration:{name}"), distribution);
        self.visit_of(vec![SpanTerm { amount, seconds, units: None, surplus: None }])
    }

    pub(crate) fn visit_of(&mut self, spans: Vec<SpanTerm>) -> VisitId {
        let position = self.visits.len();
        self.visits.push(Visit {
            milestone: MilestoneId::new(position),
            timeline: 0,
            start_floor: 0,
            start_reason: Floor::PlanStart,
            finish_floor: 0,
            start_cap: None,
            finish_cap: None,
            spans,
            costs: Vec::new(),
            can_be_last: true,
            removed: false,
            pass: 0,
            share: None,
            effects: Effects::default(),
            conditions: Vec::new(),
            may_be_absent: false,
            failures: Vec::new(),
            fails_as_last: Vec::new(),
            iteration: 0,
        });
        VisitId::new(position)
    }

    pub(crate) fn link(&mut self, from: VisitId, to: VisitId, kind: LinkKind, lag: VisitLag) {
        let link = Some(self.links.len());
        self.links.push(VisitLink { from, to, kind, lag, link });
    }

    pub(crate) fn after(&mut self, from: VisitId, to: VisitId) {
        self.link(from, to, LinkKind::FinishStart, VisitLag::None);
    }

    pub(crate) fn cost(&mut self, visit: VisitId, category: Category, money: Money) {
        self.visits[visit.index()].costs.push(CostTerm {
            category,
            stage: None,
            resource: None,
            money,
            exchange: None,
            follows: Follows::Nothing,
            paid: PaidOver::Span,
        });
    }

    /// So much per second of its span.
    pub(crate) fn rate(&mut self, visit: VisitId, per_second: f64) {
        let tariff =
            Tariff { timeline: Some(0), first: Quantity::Fixed(per_second), per: 1.0, changes: Vec::new() };
        let units = Units(Quantity::Fixed(1.0));
        self.cost(visit, Category::People, Money::Running { units, tariff });
    }

    pub(crate) fn once(&mut self, visit: VisitId, amount: Quantity) {
        let money = Money::Once {
            amount,
            price: Quantity::Fixed(1.0),
            factor: 1.0,
            surplus: None,
            changes: Vec::new(),
        };
        self.cost(visit, Category::Other, money);
    }

    pub(crate) fn build(&self) -> Network {
        let mut links = self.links.clone();
        links.sort_by_key(|link| link.to);
        let mut incoming = vec![0_u32; self.visits.len() + 1];
        links.iter().for_each(|link| incoming[link.to.index() + 1] += 1);
        for visit in 0..self.visits.len() {
            incoming[visit + 1] += incoming[visit];
        }
        let mut visits = self.visits.clone();
        for link in &links {
            let holds = matches!(link.kind, LinkKind::FinishStart | LinkKind::FinishFinish);
            let never_negative = match link.lag {
                VisitLag::None => true,
                VisitLag::Work(lag) | VisitLag::Elapsed(lag) | VisitLag::Share(lag) => match lag {
                    Quantity::Fixed(lag) => lag >= 0.0,
                    Quantity::Variable(variable) => {
                        self.variables[variable.0 as usize].distribution.lowest() >= 0.0
                    }
                },
            };
            if holds && never_negative {
                visits[link.from.index()].can_be_last = false;
            }
        }
        let one_timeline = visits.iter().all(|visit| visit.timeline == 0)
            && links.iter().all(|link| !matches!(link.lag, VisitLag::Elapsed(_)));
        Network {
            computed: Vec::new(),
            alternatives: Vec::new(),
            timelines: self
                .calendars
                .iter()
                .map(|calendar| calendar.timeline(Instant::from_seconds(MONDAY)))
                .collect(),
            visit_of: PerMilestone::new((0..visits.len()).map(VisitId::new).collect()),
            visits_of: PerMilestone::new((0..visits.len()).map(|visit| vec![VisitId::new(visit)]).collect()),
            visits,
            links,
            incoming,
            variables: self.variables.clone(),
            finish: self.finish.map(|finish| MilestoneId::new(finish.index())),
            factors: self.factors.clone(),
            mixes: self.mixes.clone(),
            repairs: Vec::new(),
            seasons: Vec::new(),
            risk_costs: Vec::new(),
            axis: if one_timeline { Axis::Work(0) } else { Axis::Wall },
            hammocks: Vec::new(),
            surcharges: Vec::new(),
            escalations: [const { None }; Category::ALL.len()],
        }
    }

    pub(crate) fn plan(&self) -> Plan {
        Plan {
            name: "sketch".into(),
            start: Some(Instant::from_seconds(MONDAY)),
            finish: None,
            currency: "EUR".into(),
            calendars: self.calendars.clone(),
            calendar: CalendarId::new(0),
            deadline: None,
            budget: None,
            confidence: Share::new(0.8).expect("a share"),
            stages: Vec::new(),
            resources: Vec::new(),
            milestones: Vec::new(),
            links: Vec::new(),
            overheads: Vec::new(),
            escalation: None,
            escalations: Vec::new(),
            currencies: Vec::new(),
            funding: Vec::new(),
            risks: Vec::new(),
            correlations: Vec::new(),
            correlation: 0.0,
            expectations: Vec::new(),
            scoping: Default::default(),
            scenario: None,
        }
    }
}
