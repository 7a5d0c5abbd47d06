//! What risks do to milestones, and what they and their responses cost.

use crate::model::{Delay, Estimate, Impact, MilestoneId, Risk, RiskId, SpanUnit, StageId};

use super::Compiler;
use super::error::NetworkError;
use crate::network::{Effect, Effects, Hit, Owner, Quantity, RiskCost, Seasonal, Together};
use crate::units::seconds::WEEK;

/// Effects on one milestone while they are gathered, each group under the word that its risks share.
#[derive(Clone, Default)]
struct Gathered {
    factors: Vec<Group>,
    delays: Vec<Group>,
    cost_factors: Vec<Group>,
    seasons: Vec<u32>,
}

type Group = (Option<String>, Together);

/// A risk that may happen.
struct Possible<'a> {
    id: RiskId,
    risk: &'a Risk,
    happens: Quantity,
    /// Its seasons, an index of the network's.
    season: Option<u32>,
}

impl Compiler<'_> {
    /// Whether a risk happens, in this plan.
    pub(super) fn happens(&mut self, id: RiskId) -> Quantity {
        let risk = &self.plan[id];
        self.variables.event(Owner::Risk(id), risk.terms().probability, || format!("risk:{}", risk.key))
    }

    /// What all risks do and cost: the effects on each milestone (none at all where there are no risks).
    pub(super) fn risks(&mut self) -> Result<Vec<Effects>, NetworkError> {
        if self.plan.risks.is_empty() {
            return Ok(Vec::new());
        }
        let mut gathered = vec![Gathered::default(); self.plan.milestones.len()];
        for position in 0..self.plan.risks.len() {
            self.risk(RiskId::new(position), &mut gathered)?;
        }
        Ok(gathered.into_iter().map(Gathered::effects).collect())
    }

    fn risk(&mut self, id: RiskId, gathered: &mut [Gathered]) -> Result<(), NetworkError> {
        let risk = &self.plan[id];
        let terms = risk.terms();
        let hit: Vec<_> = terms.on.iter().copied().filter(|&on| !self.plan[on].removed).collect();
        self.response(id, &hit);
        if terms.probability <= 0.0 || hit.is_empty() {
            return Ok(());
        }
        let happens = self.happens(id);
        let season = (!terms.seasons.is_empty()).then(|| {
            self.network.seasons.push(terms.seasons.clone());
            self.network.seasons.len() as u32 - 1
        });
        let possible = Possible { id, risk, happens, season };
        let own = |on: MilestoneId| terms.own.iter().find(|(of, _)| *of == on).map(|(_, impact)| impact);
        let shared: Vec<_> = hit.iter().copied().filter(|&on| own(on).is_none()).collect();
        for &on in &hit {
            let seasonal = possible.seasonal(&mut gathered[on.index()], on)?;
            let impact = own(on).unwrap_or(&terms.impact);
            let suffix = own(on).map_or_else(String::new, |_| format!(":{}", self.plan[on].key));
            self.strike(&possible, on, (impact, &suffix), seasonal, &mut gathered[on.index()]);
        }
        self.cost_of_risk(&possible, (&terms.impact, ""), &shared, gathered);
        for (on, impact) in terms.own.iter().filter(|(on, _)| hit.contains(on)) {
            let suffix = format!(":{}", self.plan[*on].key);
            self.cost_of_risk(&possible, (impact, &suffix), &[*on], gathered);
        }
        Ok(())
    }

    /// Adds what one risk does to one milestone.
    fn strike(
        &mut self,
        possible: &Possible<'_>,
        on: MilestoneId,
        (impact, suffix): (&Impact, &str),
        season: Option<Seasonal>,
        gathered: &mut Gathered,
    ) {
        let Gathered { factors, delays, cost_factors, .. } = gathered;
        let delay = impact.delay.as_ref().map(|delay| (&delay.span.seconds, self.scale_of(on, delay)));
        for (groups, what, estimate, scale) in [
            (factors, "factor", impact.factor.as_ref(), 1.0),
            (delays, "delay", delay.map(|(seconds, _)| seconds), delay.map_or(1.0, |(_, scale)| scale)),
            (cost_factors, "cost_factor", impact.cost_factor.as_ref(), 1.0),
        ] {
            if let Some(estimate) = estimate {
                let amount = self.amount(possible, estimate, what, suffix);
                let effect = Effect { happens: possible.happens, amount, scale, season };
                put(groups, possible.risk.terms().parallel.as_ref(), effect);
            }
        }
    }

    fn amount(&mut self, possible: &Possible<'_>, estimate: &Estimate, what: &str, suffix: &str) -> Quantity {
        let name = || format!("risk:{}:{what}{suffix}", possible.risk.key);
        self.variables.quantity(Owner::Risk(possible.id), estimate, name)
    }

    /// Seconds of a milestone's timeline for each second of a delay.
    fn scale_of(&self, on: MilestoneId, delay: &Delay) -> f64 {
        let milestone = &self.plan[on];
        let scale = delay.scale.get(milestone.calendar.index()).copied().unwrap_or(1.0);
        if milestone.duration.as_ref().is_some_and(|span| span.unit == SpanUnit::Elapsed) {
            scale * WEEK / self.plan[milestone.calendar].week_seconds() as f64
        } else {
            scale
        }
    }

    /// What an impact costs once, if it strikes any of these.
    fn cost_of_risk(
        &mut self,
        possible: &Possible<'_>,
        (impact, suffix): (&Impact, &str),
        on: &[MilestoneId],
        gathered: &[Gathered],
    ) {
        let Some(cost) = impact.cost.as_ref().filter(|_| !on.is_empty()) else { return };
        let amount = self.amount(possible, cost, "cost", suffix);
        let hit = |&on: &MilestoneId| {
            let bit = |season| gathered[on.index()].seasons.iter().position(|&known| known == season);
            let season = possible
                .season
                .and_then(|season| bit(season).map(|bit| Seasonal { season, bit: bit as u32 }));
            Hit { visit: self.network.visit_of[on], season }
        };
        let mut hits: Vec<Hit> = on.iter().map(hit).collect();
        hits.sort_by_key(|hit| hit.visit);
        let exchange = self.exchange(cost);
        self.network.risk_costs.push(RiskCost {
            key: possible.risk.key.clone(),
            stage: self.stage_of_all(on),
            happens: Some(possible.happens),
            amount,
            exchange,
            hits,
        });
    }

    /// The price of a response in force.
    fn response(&mut self, id: RiskId, hit: &[MilestoneId]) {
        let risk = &self.plan[id];
        let Some(price) = risk.in_force().and_then(|response| response.price.as_ref()) else { return };
        let amount = self.variables.quantity(Owner::Risk(id), price, || format!("response:{}", risk.key));
        let (key, stage) = (risk.key.clone(), self.stage_of_all(hit));
        let exchange = self.exchange(price);
        let hits = Vec::new();
        self.network.risk_costs.push(RiskCost { key, stage, happens: None, amount, exchange, hits });
    }

    /// The stage of these milestones, if they share one.
    fn stage_of_all(&self, milestones: &[MilestoneId]) -> Option<StageId> {
        let first = self.plan[*milestones.first()?].stage;
        first.filter(|_| milestones.iter().all(|&id| self.plan[id].stage == first))
    }
}

impl Possible<'_> {
    /// Where an effect on a milestone looks for the season, if the risk has one.
    fn seasonal(&self, gathered: &mut Gathered, on: MilestoneId) -> Result<Option<Seasonal>, NetworkError> {
        let Some(season) = self.season else { return Ok(None) };
        let bit = gathered.seasons.len();
        if bit == Effects::MOST_SEASONS {
            return Err(NetworkError::TooManySeasons(on));
        }
        gathered.seasons.push(season);
        Ok(Some(Seasonal { season, bit: bit as u32 }))
    }
}

impl Gathered {
    fn effects(self) -> Effects {
        let groups = |groups: Vec<Group>| groups.into_iter().map(|(_, together)| together).collect();
        Effects {
            factors: groups(self.factors),
            delays: groups(self.delays),
            cost_factors: groups(self.cost_factors),
            seasons: self.seasons,
        }
    }
}

/// Puts an effect with those that share its word, or alone.
fn put(groups: &mut Vec<Group>, word: Option<&String>, effect: Effect) {
    let known = groups.iter_mut().find(|(other, _)| word.is_some() && other.as_ref() == word);
    match known {
        Some((_, together)) => together.0.push(effect),
        None => groups.push((word.cloned(), Together(vec![effect]))),
    }
}
