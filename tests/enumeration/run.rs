//! One run: what exists, where it lies, when the plan ends.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use chrono::Datelike;
use plan::model::{
    Comparison, End, Estimate, Impact, Lag, Limit, LinkKind, MilestoneId, OnlyIf, RiskId, Season,
};

use super::Draws;
use super::unrolled::{Before, Unrolled, Visit};

/// Where a visit lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) start: i64,
    pub(crate) finish: i64,
    pub(crate) exists: bool,
}

pub(crate) struct Run<'a> {
    pub(crate) unrolled: &'a Unrolled<'a>,
    pub(crate) draws: &'a Draws,
    known: RefCell<HashMap<Visit, Place>>,
    failed: OnceCell<Option<(i64, Vec<Visit>)>>,
}

/// The nearest whole number, halves to the even one.
fn whole(seconds: f64) -> i64 {
    seconds.round_ties_even() as i64
}

impl<'a> Run<'a> {
    pub(crate) fn of(unrolled: &'a Unrolled<'a>, draws: &'a Draws) -> Self {
        Self { unrolled, draws, known: RefCell::default(), failed: OnceCell::new() }
    }

    pub(crate) fn value(&self, estimate: &Estimate, name: &str) -> f64 {
        if estimate.is_fixed() { estimate.planned } else { self.draws[name] }
    }

    fn event(&self, probability: f64, name: &str) -> bool {
        probability > 0.0 && self.draws[name] == 1.0
    }

    pub(crate) fn key(&self, id: MilestoneId) -> &str {
        &self.unrolled.plan[id].key
    }

    pub(crate) fn happens(&self, risk: RiskId) -> bool {
        let risk = &self.unrolled.plan[risk];
        if risk.terms().on.is_empty() && !self.draws.contains_key(&format!("risk:{}", risk.key)) {
            return false;
        }
        self.event(risk.terms().probability, &format!("risk:{}", risk.key))
    }

    /// Whether the check of a visit fails.
    fn check_fails(&self, visit: &Visit) -> bool {
        let number = self.unrolled.number(visit);
        self.unrolled.check(visit).is_some_and(|(_, probability)| {
            self.event(probability, &format!("rework:{}:{number}", self.key(visit.0)))
        })
    }

    fn exists(&self, visit: &Visit) -> bool {
        let (id, pass) = visit;
        let plan = self.unrolled.plan;
        let is_ordered = pass.last().is_none_or(|(gate, _)| {
            let check = self.unrolled.ordered_by(pass);
            let outer = self.unrolled.nearest(&pass[..pass.len() - 1].to_vec(), *id);
            self.place(&check).exists
                && self.check_fails(&check)
                && (!self.unrolled.only_again(*gate, *id) || self.place(&(*id, outer)).exists)
        });
        let before = &self.unrolled.before[visit];
        is_ordered
            && plan[*id].only_if.iter().all(|only_if| self.holds(visit, only_if))
            && (before.is_empty() || before.iter().any(|before| self.place(&before.visit).exists))
    }

    fn holds(&self, looker: &Visit, only_if: &OnlyIf) -> bool {
        let (plan, pass) = (self.unrolled.plan, &looker.1);
        match only_if {
            OnlyIf::Risk(risk) => self.happens(*risk),
            OnlyIf::Outcome(id, wanted) => {
                let possible = plan[*id].outcomes.iter().filter(|outcome| outcome.share > 0.0).count();
                let outcome = if possible > 1 {
                    self.draws[&format!("outcome:{}", self.key(*id))] as usize
                } else {
                    plan[*id].outcomes.iter().position(|outcome| outcome.share > 0.0).unwrap()
                };
                outcome == *wanted && self.place(&(*id, self.unrolled.nearest(pass, *id))).exists
            }
            OnlyIf::Date { milestone, end, comparison, limit } => {
                let nearest = self.unrolled.nearest(pass, *milestone);
                let passes = self.unrolled.passes_of(*milestone);
                // Repeats ordered within that pass, before the one that looks.
                let looked_at = passes.iter().filter(|other| {
                    other.starts_with(&nearest)
                        && (other.len() == nearest.len() || !self.is_later(other, looker))
                });
                let places = looked_at.map(|pass| self.place(&(*milestone, pass.clone())));
                let there: Vec<Place> = places.filter(|place| place.exists).collect();
                let Some((first, last)) = there.first().zip(there.last()) else { return false };
                let at = if *end == End::Start { first.start } else { last.finish };
                let Limit::Span(limit) = limit else { panic!("these plans have spans as limits") };
                match comparison {
                    Comparison::Below => at < *limit,
                    Comparison::AtMost => at <= *limit,
                    Comparison::Above => at > *limit,
                    Comparison::AtLeast => at >= *limit,
                }
            }
        }
    }

    /// Whether a pass comes after what looks at it.
    fn is_later(&self, other: &[(MilestoneId, u32)], (looker, from): &Visit) -> bool {
        let leads = |from, to| super::unrolled::leads(self.unrolled.plan, from, to);
        let shared = other.iter().zip(from).take_while(|(one, other)| one == other).count();
        match (other.get(shared), from.get(shared)) {
            (Some((gate, _)), None) => leads(*looker, *gate),
            (Some((gate, number)), Some((around, now))) if gate == around => number > now,
            (Some((gate, _)), Some((around, _))) => !leads(*gate, *around),
            (None, _) => false,
        }
    }

    pub(crate) fn place(&self, visit: &Visit) -> Place {
        if let Some(known) = self.known.borrow().get(visit) {
            return *known;
        }
        let place = if self.exists(visit) {
            self.put(visit, self.span(visit, Some(self.usual(visit))), true)
        } else if visit.1.is_empty() {
            Place { exists: false, ..self.put(visit, 0, false) }
        } else {
            Place { start: 0, finish: 0, exists: false }
        };
        self.known.borrow_mut().insert(visit.clone(), place);
        place
    }

    /// Where a visit would lie without what seasons do to it.
    pub(crate) fn usual(&self, visit: &Visit) -> Place {
        self.put(visit, self.span(visit, None), true)
    }

    fn put(&self, visit: &Visit, span: i64, exists: bool) -> Place {
        let mut start = 0;
        for before in &self.unrolled.before[visit] {
            let other = self.place(&before.visit);
            if !other.exists && !before.visit.1.is_empty() {
                continue;
            }
            let lag = if exists && other.exists { self.lag(before, visit.0, other) } else { 0 };
            let end = match before.kind {
                LinkKind::FinishStart => other.finish,
                LinkKind::StartStart => other.start,
                LinkKind::FinishFinish => other.finish - span,
                LinkKind::StartFinish => other.start - span,
            };
            start = start.max(end + lag);
        }
        Place { start, finish: start + span, exists }
    }

    fn lag(&self, before: &Before, to: MilestoneId, other: Place) -> i64 {
        let name = || {
            let (from, letters) = (self.key(before.visit.0), before.kind.letters());
            format!("lag:{from}:{}:{letters}", self.key(to))
        };
        match &before.lag {
            Lag::None => 0,
            Lag::Span(span) => whole(self.value(&span.seconds, &name())),
            Lag::Share(share) => whole(self.value(share, &name()) * (other.finish - other.start) as f64),
        }
    }

    /// How long a visit takes; with the seasonal effects of where it would lie, if that is given.
    fn span(&self, visit: &Visit, usual: Option<Place>) -> i64 {
        let (id, pass) = visit;
        let milestone = &self.unrolled.plan[*id];
        let duration = milestone
            .duration
            .as_ref()
            .map_or(0.0, |span| self.value(&span.seconds, &format!("duration:{}", milestone.key)));
        let efforts = milestone.work.iter().map(|(resource, effort)| {
            let resource = &self.unrolled.plan[*resource].key;
            whole(self.value(effort, &format!("work:{}:{resource}", milestone.key)))
        });
        let base = efforts.chain([whole(duration)]).max().unwrap().max(0);
        let strikes = |season: &[Season]| match usual {
            None => season.is_empty(),
            Some(place) => self.is_struck(season, place),
        };
        let factors = self.absorbed(*id, 1.0, &strikes, |impact| impact.factor.as_ref(), "factor");
        let delays = self.absorbed(
            *id,
            0.0,
            &strikes,
            |impact| impact.delay.as_ref().map(|delay| &delay.span.seconds),
            "delay",
        );
        let mut seconds = base as f64 * self.share(visit);
        factors.iter().for_each(|factor| seconds *= factor);
        if pass.is_empty() {
            seconds += delays.iter().sum::<f64>();
        }
        whole(seconds).max(0)
    }

    /// How much of the original a visit takes.
    pub(crate) fn share(&self, (_, pass): &Visit) -> f64 {
        let Some((gate, _)) = pass.last() else { return 1.0 };
        let number = self.unrolled.number(&self.unrolled.ordered_by(pass));
        let share = &self.unrolled.plan[*gate].rework.as_ref().unwrap().share;
        self.value(share, &format!("rework:{}:share:{number}", self.key(*gate)))
    }

    /// What strikes a milestone, by group: the worst and the best of each taken together.
    pub(crate) fn absorbed(
        &self,
        id: MilestoneId,
        neutral: f64,
        strikes: &dyn Fn(&[Season]) -> bool,
        part: impl Fn(&Impact) -> Option<&Estimate>,
        what: &str,
    ) -> Vec<f64> {
        let mut groups: Vec<(Option<&String>, f64, f64)> = Vec::new();
        for (position, risk) in self.unrolled.plan.risks.iter().enumerate() {
            let terms = risk.terms();
            if terms.probability == 0.0 || !terms.on.contains(&id) {
                continue;
            }
            let own = terms.own.iter().find(|(on, _)| *on == id);
            let impact = own.map_or(&terms.impact, |(_, impact)| impact);
            let Some(estimate) = part(impact) else { continue };
            let suffix = own.map_or(String::new(), |_| format!(":{}", self.key(id)));
            let amount = self.value(estimate, &format!("risk:{}:{what}{suffix}", risk.key));
            let amount =
                if self.happens(RiskId::new(position)) && strikes(&terms.seasons) { amount } else { neutral };
            let word = terms.parallel.as_ref();
            match groups.iter_mut().find(|(other, ..)| word.is_some() && *other == word) {
                Some((_, worst, best)) => (*worst, *best) = (worst.max(amount), best.min(amount)),
                None => groups.push((word, amount.max(neutral), amount.min(neutral))),
            }
        }
        let both = |(_, worst, best)| if neutral == 0.0 { worst + best } else { worst * best };
        groups.into_iter().map(both).collect()
    }

    /// Whether any day of a place lies in a season; no season is all the year.
    pub(crate) fn is_struck(&self, seasons: &[Season], place: Place) -> bool {
        let anchor = self.unrolled.plan.anchor();
        let first = anchor.plus(place.start).date();
        let last = anchor.plus((place.finish - 1).max(place.start)).date();
        let mut days = first.iter_days().take_while(|day| *day <= last).take(366);
        seasons.is_empty()
            || days.any(|day| {
                let day = (day.month(), day.day());
                seasons.iter().any(|season| match season.from <= season.to {
                    true => season.from <= day && day <= season.to,
                    false => season.from <= day || day <= season.to,
                })
            })
    }

    /// When the plan fails, and at which visits; `None` if it is delivered.
    pub(crate) fn failure(&self) -> Option<(i64, Vec<Visit>)> {
        self.failed.get_or_init(|| self.first_failure()).clone()
    }

    fn first_failure(&self) -> Option<(i64, Vec<Visit>)> {
        let failing: Vec<_> = self.unrolled.visits().filter(|visit| self.fails(visit)).collect();
        let first = failing.iter().map(|visit| self.place(visit).finish).min()?;
        Some((first, failing.into_iter().filter(|visit| self.place(visit).finish == first).collect()))
    }

    fn fails(&self, visit: &Visit) -> bool {
        let (id, pass) = visit;
        let milestone = &self.unrolled.plan[*id];
        let fails_plan = self.unrolled.check(visit).is_some_and(|(is_last, _)| is_last);
        let misses = self.event(1.0 - milestone.success, &format!("failure:{}", milestone.key));
        let existing = self.unrolled.passes_of(*id).iter().rev();
        let mut existing = existing.filter(|pass| self.place(&(*id, (*pass).clone())).exists);
        self.place(visit).exists
            && ((fails_plan && self.check_fails(visit)) || (misses && existing.next() == Some(pass)))
    }

    /// The plan's finish, or when it fails.
    pub(crate) fn finish(&self) -> i64 {
        if let Some((at, _)) = self.failure() {
            return at;
        }
        let named = self.unrolled.plan.finish;
        let ends = self.unrolled.visits().filter(|(id, _)| named.is_none_or(|named| named == *id));
        ends.map(|visit| self.place(&visit).finish).max().unwrap_or(0)
    }
}
