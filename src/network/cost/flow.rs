//! Where the money of one run goes, and when: every cost placed in time.
//!
//! Money that is due at moments is paid then. What is paid by time flows evenly over the time that is paid for;
//! effort and pieces evenly over the span; what `pay` spreads, along its curve over the working time of the span.
//! A risk's money is paid at the first start of what it strikes, a response when the plan starts, an overhead over
//! its own span; a surcharge flows with the money it is on. Of a plan that fails, only what is due by then flows.

use super::{Run, Values, done_by, tariff};
use crate::model::{Category, Curve, Moment, Payment};
use crate::network::{Early, Hit, Index, Money, Network, PaidOver, RiskCost, Tariff, VisitId};

/// Money of one kind, and when it is paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Where it counts.
    pub category: Category,
    /// How much, in the plan's currency.
    pub amount: f64,
    /// When.
    pub paid: Paid,
}

/// When money is paid.
#[derive(Clone, Debug, PartialEq)]
pub enum Paid {
    /// At this wall second since the plan's anchor.
    At(i64),
    /// Over a stretch of time.
    Over(Stretch),
}

/// A stretch of time over which money flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// From when to when it is paid, in wall seconds since the plan's anchor.
    pub span: (i64, i64),
    /// How it flows.
    curve: Curve,
    /// So many seconds after what it is paid for.
    wait: i64,
    /// The timeline whose working time it flows over; `None`: elapsed time.
    timeline: Option<u16>,
    /// The share of the stretch at which it ends, where the plan fails.
    until: f64,
    /// How its prices rise on the way.
    index: Option<Index>,
}

impl Stretch {
    fn even(span: (i64, i64), timeline: Option<u16>, index: Option<Index>) -> Self {
        Self { span, curve: Curve::Even, wait: 0, timeline, until: 1.0, index }
    }

    /// The share of the money that has flowed by a wall second, 0 to 1.
    pub fn flowed(&self, network: &Network, wall: i64) -> f64 {
        let (from, to) = self.span;
        let done = match self.timeline.map(|timeline| &network.timelines[usize::from(timeline)]) {
            _ if wall <= from => 0.0,
            _ if wall >= to => 1.0,
            None => (wall - from) as f64 / (to - from) as f64,
            Some(timeline) => {
                let position = |wall: i64| timeline.position_of_wall(wall - self.wait);
                done_by(timeline, (position(from), position(to)), wall - self.wait)
            }
        };
        let part = |done: f64| match &self.index {
            Some(index) => index.along(self.curve, self.span, done),
            None => self.curve.flowed(done),
        };
        if done >= self.until { 1.0 } else { part(done) / part(self.until) }
    }

    /// Whether it flows evenly over the working time of a timeline.
    pub fn is_even_in(&self, timeline: u16) -> bool {
        let is_plain = self.curve == Curve::Even && self.wait == 0 && self.index.is_none();
        is_plain && self.until == 1.0 && self.timeline == Some(timeline)
    }
}

/// What a risk or a response costs once in a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskPayment {
    /// The money.
    pub amount: f64,
    /// When it is paid, in wall seconds.
    pub due: i64,
}

impl Network {
    /// Shows where the money of a run with these values, placed like this, goes; all of it adds up to
    /// [`super::Costs::total`].
    pub fn flows(&self, values: Values<'_>, early: &Early, see: &mut dyn FnMut(Flow)) {
        self.ids().for_each(|visit| self.flows_of_visit(visit, values, early, see));
        self.flows_besides_visits(values, early, see);
    }

    /// The money of one visit, and the surcharges on it.
    pub fn flows_of_visit(
        &self,
        visit: VisitId,
        values: Values<'_>,
        early: &Early,
        see: &mut dyn FnMut(Flow),
    ) {
        let run = Run { network: self, values, early };
        let terms = self[visit].costs.iter().zip(run.visit_costs(visit));
        for (term, amount) in terms.filter(|(_, amount)| *amount != 0.0) {
            let index = self.index(term.category, values);
            let mut pay = |amount, paid| {
                let flow = Flow { category: term.category, amount, paid };
                self.with_surcharges(values, Some(visit), flow, see);
            };
            match &term.paid {
                PaidOver::Moments(payments) => run.pay_shares(visit, payments, index, amount, &mut pay),
                PaidOver::Span => run.pay_by_span(visit, &term.money, index, amount, &mut pay),
            }
        }
    }

    /// What a risk or a response costs once; `None` where that is nothing.
    pub fn risk_payment(&self, cost: &RiskCost, values: Values<'_>, early: &Early) -> Option<RiskPayment> {
        let run = Run { network: self, values, early };
        let amount = run.risk_cost(cost);
        run.due(cost).filter(|_| amount != 0.0).map(|due| RiskPayment { amount, due })
    }

    /// Whether a risk that happens strikes there: the visit takes place, in its season.
    pub fn is_struck(&self, hit: &Hit, early: &Early) -> bool {
        let struck = early.placed[hit.visit].struck;
        hit.season.is_none_or(|season| season.holds(struck)) && self.happens(early, hit.visit)
    }

    /// What risks and responses cost once, hammocks, and the surcharges on them.
    pub fn flows_besides_visits(&self, values: Values<'_>, early: &Early, see: &mut dyn FnMut(Flow)) {
        let run = Run { network: self, values, early };
        for cost in &self.risk_costs {
            if let Some(RiskPayment { amount, due }) = self.risk_payment(cost, values, early) {
                let flow = Flow { category: Category::Risk, amount, paid: Paid::At(due) };
                self.with_surcharges(values, None, flow, see);
            }
        }
        for hammock in &self.hammocks {
            let amount = run.hammock(hammock);
            let index = self.index(hammock.category, values);
            let pay = &mut |amount, paid| {
                let flow = Flow { category: hammock.category, amount, paid };
                self.with_surcharges(values, None, flow, see);
            };
            if amount != 0.0 {
                run.pay_by_tariff(&hammock.tariff, run.hammock_span(hammock), index, amount, pay);
            }
        }
    }

    /// Shows money, and the surcharges on it.
    fn with_surcharges(
        &self,
        values: Values<'_>,
        visit: Option<VisitId>,
        flow: Flow,
        see: &mut dyn FnMut(Flow),
    ) {
        for surcharge in &self.surcharges {
            let counts = surcharge.categories.as_ref().is_none_or(|of| of.contains(&flow.category));
            let is_on = match (&surcharge.visits, visit) {
                (None, _) => true,
                (Some(chosen), Some(visit)) => chosen.binary_search(&visit).is_ok(),
                (Some(_), None) => false,
            };
            if counts && is_on {
                let amount = flow.amount * values.of(surcharge.share);
                see(Flow { category: surcharge.category, amount, paid: flow.paid.clone() });
            }
        }
        see(flow);
    }
}

impl Run<'_> {
    /// Money by shares, each at its moment or along its curve.
    fn pay_shares(
        &self,
        visit: VisitId,
        payments: &[Payment],
        index: Option<Index>,
        amount: f64,
        pay: &mut dyn FnMut(f64, Paid),
    ) {
        let weights: Vec<f64> =
            payments.iter().map(|payment| self.payment(visit, payment, index.as_ref())).collect();
        let all: f64 = weights.iter().sum();
        let (from, to) = self.whole_span(visit);
        for (payment, weight) in payments.iter().zip(weights).filter(|(_, weight)| *weight > 0.0) {
            let paid = match payment.at {
                Moment::AfterStart(wait) => Paid::At(from + wait),
                Moment::AfterFinish(wait) => Paid::At(to + wait),
                Moment::Along(curve, wait) => Paid::Over(Stretch {
                    span: (from + wait, to + wait),
                    curve,
                    wait,
                    timeline: Some(self.network[visit].timeline),
                    until: self.done_after(visit, wait),
                    index: index.clone(),
                }),
            };
            pay(amount * weight / all, paid);
        }
    }

    /// Money over a visit's span, as far as it is done.
    fn pay_by_span(
        &self,
        visit: VisitId,
        money: &Money,
        index: Option<Index>,
        amount: f64,
        pay: &mut dyn FnMut(f64, Paid),
    ) {
        let own = self.network[visit].timeline;
        match money {
            Money::Once { .. } => {
                pay(amount, Paid::Over(Stretch::even(self.cut_span(visit), Some(own), index)));
            }
            Money::Running { tariff, .. } if tariff.timeline != Some(own) => {
                self.pay_by_tariff(tariff, self.wall_span(visit), index, amount, pay);
            }
            Money::Running { tariff, .. } | Money::Effort { tariff, .. } => {
                self.pay_by_tariff(tariff, self.cut_span(visit), index, amount, pay);
            }
        }
    }

    /// Money by a tariff, each piece evenly over the time that is paid for.
    fn pay_by_tariff(
        &self,
        tariff: &Tariff,
        span: (i64, i64),
        index: Option<Index>,
        amount: f64,
        pay: &mut dyn FnMut(f64, Paid),
    ) {
        let even = |span| Paid::Over(Stretch::even(span, tariff.timeline, index.clone()));
        if tariff.changes.is_empty() {
            return pay(amount, even(span));
        }
        let pieces: Vec<_> =
            tariff::pieces(self.network, tariff, self.values, span, index.as_ref()).collect();
        let all: f64 = pieces.iter().map(|piece| piece.money).sum();
        if all <= 0.0 {
            return pay(amount, even(span));
        }
        for piece in pieces.iter().filter(|piece| piece.money > 0.0) {
            pay(amount * piece.money / all, even(piece.span));
        }
    }
}
