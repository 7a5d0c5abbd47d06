//! How the program reads a milestone, a risk or a solution, in words, so that its author can say "no, not like that".
//!
//! ```text
//! duration   8..12..25d       PERT from 8 d to 25 d, likeliest 12 d; mean 13.5 d, P80 16.8 d
//! after      collect SS+50%   starts once `collect` has done 50 % of its duration
//! ```

mod branch;
mod choice;
mod estimate;
mod group;
mod improve;
mod link;
mod risk;
mod scoping;
mod solution;

use crate::model::{
    CalendarId, Curve, Estimate, Link, Member, Milestone, MilestoneId, Moment, Payment, PerMilestone, Plan,
    Rate, RateUnit, ResourceId, RiskId, SpanUnit,
};
use crate::network::{Network, Values};
use crate::units::{SECONDS_PER_DAY, SECONDS_PER_HOUR, When};

use super::words::{date, last_moment, money, percent};
use estimate::{trimmed, words};
pub use group::group_readings;
pub use risk::risk_readings;
pub use scoping::{Scoped, scoping_readings};

/// One thing that a milestone says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its key in the plan file, or what follows from several: `span`, `money per day`.
    pub key: String,
    /// As its author wrote it; empty where it follows from the rest.
    pub written: String,
    /// What it means.
    pub words: String,
}

/// Seconds of a week around the clock.
const WEEK: f64 = 7.0 * SECONDS_PER_DAY as f64;

/// What leads to a milestone, strikes it or goes together with it.
#[derive(Clone, Default)]
struct Ties<'a> {
    links: Vec<&'a Link>,
    risks: Vec<RiskId>,
    /// Positions of groups, and what of the milestone is in each.
    groups: Vec<(usize, Member)>,
}

impl<'a> Ties<'a> {
    /// Those of every milestone.
    fn of(plan: &'a Plan) -> PerMilestone<Self> {
        let mut ties = PerMilestone::new(vec![Self::default(); plan.milestones.len()]);
        for link in &plan.links {
            ties[link.to].links.push(link);
            if link.from != link.to {
                ties[link.from].links.push(link);
            }
        }
        for (at, risk) in plan.risks.iter().enumerate() {
            risk.terms().on.iter().for_each(|&id| ties[id].risks.push(RiskId::new(at)));
        }
        for (at, group) in plan.correlations.iter().enumerate() {
            for &member in &group.members {
                match member {
                    Member::Span(id) | Member::Duration(id) | Member::Work(id) | Member::Cost(id) => {
                        ties[id].groups.push((at, member));
                    }
                    Member::Risk(_) => {}
                }
            }
        }
        ties
    }
}

/// Everything a milestone says, in the order in which keys are usually written.
pub fn readings(plan: &Plan, network: &Network, id: MilestoneId) -> Vec<Reading> {
    readings_with(plan, network, id, &Ties::of(plan)[id])
}

/// The same for every milestone, in file order.
pub fn all_readings(plan: &Plan, network: &Network) -> Vec<(MilestoneId, Vec<Reading>)> {
    let ties = Ties::of(plan);
    plan.ids().map(|id| (id, readings_with(plan, network, id, &ties[id]))).collect()
}

fn readings_with(plan: &Plan, network: &Network, id: MilestoneId, ties: &Ties<'_>) -> Vec<Reading> {
    let milestone = &plan[id];
    let mut reader = Reader { plan, network, id, milestone, said: Vec::new() };
    reader.say("name", "", milestone.name.clone());
    if let Some(stage) = milestone.stage {
        reader.say("stage", plan[stage].key.clone(), plan[stage].name.clone());
    }
    if milestone.removed {
        reader.say("removed", "", "takes no time and costs nothing; links lead through it");
    } else {
        reader.calendar();
        reader.amounts();
        reader.money();
        reader.choices();
    }
    reader.solution();
    reader.links(&ties.links);
    reader.dates();
    reader.branches();
    ties.risks.iter().for_each(|&risk| reader.risk(risk));
    ties.groups.iter().for_each(|&(at, member)| reader.group(at, member));
    if let Some(note) = &milestone.note {
        reader.say("note", "", note.clone());
    }
    reader.said
}

struct Reader<'a> {
    plan: &'a Plan,
    network: &'a Network,
    id: MilestoneId,
    milestone: &'a Milestone,
    said: Vec<Reading>,
}

impl Reader<'_> {
    fn say(&mut self, key: impl Into<String>, written: impl Into<String>, words: impl Into<String>) {
        self.said.push(Reading { key: key.into(), written: written.into(), words: words.into() });
    }

    fn calendar(&mut self) {
        let calendar = &self.plan[self.milestone.calendar];
        let hours = |seconds: i64| trimmed(seconds as f64 / SECONDS_PER_HOUR as f64);
        let (day, week) = (hours(calendar.day_seconds()), hours(calendar.week_seconds()));
        self.say("calendar", calendar.name(), format!("a day has {day} h, a week {week} h"));
    }

    /// Duration, work, uses, consumes, and the span that follows.
    fn amounts(&mut self) {
        let milestone = self.milestone;
        let spans = self.spans();
        let mut spans = spans.into_iter();
        if let Some(duration) = &milestone.duration {
            let (day, unit) = self.day_of(milestone.calendar, duration.unit);
            let read = words(self.plan, &duration.seconds, &in_days(day, unit));
            self.say("duration", &*duration.seconds.written, read);
            spans.next();
        }
        for (resource, effort) in &milestone.work {
            let (day, unit) = self.day_of(self.plan[*resource].calendar, SpanUnit::Work);
            let read = words(self.plan, effort, &in_days(day, unit));
            let takes = spans.next().unwrap_or_default();
            let (by, key) = (self.workforce(*resource), &self.plan[*resource].key);
            self.say(format!("work.{key}"), &*effort.written, format!("{read}; ÷ {by}: {takes} as written"));
        }
        for (resource, units) in &milestone.uses {
            let key = &self.plan[*resource].key;
            let read = words(self.plan, units, &trimmed);
            let has_work = milestone.work.iter().any(|(id, _)| id == resource);
            let how = if has_work { "at once, paid by their work" } else { "for the whole span" };
            self.say(
                format!("uses.{key}"),
                &*units.written,
                format!("{read}, {how}{}", self.paid(*resource)),
            );
        }
        for (resource, pieces) in &milestone.consumes {
            let data = &self.plan[*resource];
            let mut read = words(self.plan, pieces, &trimmed);
            if let Some(allowance) = &data.allowance {
                read += &format!("; plus {} for waste", words(self.plan, allowance, &percent));
            }
            if !data.throughput.is_empty() {
                let by: Vec<String> =
                    data.throughput.iter().map(|(by, rate)| self.turns_out(*by, rate)).collect();
                read += &format!("; ÷ {}: {} as written", by.join(" + "), spans.next().unwrap_or_default());
            }
            if let Some(price) = &data.price {
                read += &format!(
                    "; each costs {}",
                    words(self.plan, &price.first, &|value| self.exact_of(&price.first, value))
                );
            }
            self.say(format!("consumes.{}", data.key), &*pieces.written, read);
        }
        match self.spans() {
            none if none.is_empty() && milestone.improve.is_some() => {
                self.say("span", "", "that of its iterations");
            }
            none if none.is_empty() => self.say("span", "", "none: it is an event"),
            several if several.len() > 1 => {
                let visit = self.network.visit_of[self.id];
                let span = self.network[visit].base_span(Values(&self.network.planned()));
                self.say("span", "", format!("the longest of these: {} as written", self.shown(span)));
            }
            _ => {}
        }
    }

    /// The spans as written, in days of the milestone: of its duration, its work, what it consumes.
    fn spans(&self) -> Vec<String> {
        let planned = self.network.planned();
        let visit = &self.network[self.network.visit_of[self.id]];
        visit.spans.iter().map(|term| self.shown(term.whole_seconds(Values(&planned)))).collect()
    }

    /// A span in days of the milestone.
    fn shown(&self, seconds: i64) -> String {
        let unit = self.milestone.duration.as_ref().map_or(SpanUnit::Work, |span| span.unit);
        let (day, unit) = self.day_of(self.milestone.calendar, unit);
        in_days(day, unit)(seconds as f64)
    }

    fn day_of(&self, calendar: CalendarId, unit: SpanUnit) -> (i64, &'static str) {
        match unit {
            SpanUnit::Work => (self.plan[calendar].day_seconds(), "d"),
            SpanUnit::Elapsed => (SECONDS_PER_DAY, "ed"),
        }
    }

    /// `(2 units × 80 %)`
    fn workforce(&self, resource: ResourceId) -> String {
        let data = &self.plan[resource];
        let now =
            |value: &str, changes: bool| if changes { format!("{value} at first") } else { value.to_owned() };
        let availability = now(&percent(data.availability.first), !data.availability.changes.is_empty());
        format!("({} × {availability})", self.units(resource))
    }

    /// How many units work: those it uses, or all there are.
    fn units(&self, resource: ResourceId) -> String {
        let uses = self.milestone.uses.iter().find(|(id, _)| *id == resource);
        let capacity = self.plan[resource].capacity.as_ref();
        match (uses, capacity) {
            (Some((_, units)), _) => count(units.planned),
            (None, Some(capacity)) if capacity.changes.is_empty() => format!("all {}", count(capacity.first)),
            (None, Some(capacity)) => format!("all there are, {} at first", count(capacity.first)),
            (None, None) => "1 unit".to_owned(),
        }
    }

    fn turns_out(&self, by: ResourceId, rate: &Rate) -> String {
        format!("(`{}` {} × {})", self.plan[by].key, rate.amount.written, self.units(by))
    }

    fn paid(&self, resource: ResourceId) -> String {
        let Some(rate) = &self.plan[resource].rate else { return String::new() };
        let dated = if rate.changes.is_empty() { "" } else { " at first" };
        format!("; {} each{dated}", self.rate(&rate.first))
    }

    /// `€750 per day worked`
    fn rate(&self, rate: &Rate) -> String {
        let unit = match rate.unit {
            RateUnit::Hour => "hour worked",
            RateUnit::Day => "day worked",
            RateUnit::Week => "week elapsed",
            RateUnit::Month => "month elapsed",
            RateUnit::Year => "year elapsed",
        };
        format!("{} per {unit}", words(self.plan, &rate.amount, &|value| self.exact_of(&rate.amount, value)))
    }

    /// Money; below a hundred with its cents.
    fn exact(&self, value: f64) -> String {
        money(value, &self.plan.currency)
    }

    /// The same of an estimate, in its own currency.
    fn exact_of(&self, estimate: &Estimate, value: f64) -> String {
        money_of(self.plan, estimate, value)
    }

    fn money(&mut self) {
        let milestone = self.milestone;
        let category = milestone.category.word();
        if let Some(cost) = &milestone.cost {
            let read = words(self.plan, cost, &|value| self.exact_of(cost, value));
            let due = if milestone.pay.is_empty() {
                "paid at its finish".to_owned()
            } else {
                milestone.pay.iter().map(payment).collect::<Vec<_>>().join(", ")
            };
            self.say("cost", &*cost.written, format!("{read}; {due}; counts as {category}"));
        }
        if let Some(rate) = &milestone.rate {
            self.say("rate", &*rate.amount.written, format!("{}; counts as {category}", self.rate(rate)));
        }
        let a_day = self.money_per_day();
        if a_day > 0.0 {
            self.say("money per day", "", format!("about {} for each day of its span", self.exact(a_day)));
        }
    }

    /// What its rate and what it uses cost on a working day, as planned and by the first rates.
    fn money_per_day(&self) -> f64 {
        let calendar = &self.plan[self.milestone.calendar];
        let own_week = calendar.week_seconds() as f64;
        let is_elapsed = self.milestone.duration.as_ref().is_some_and(|span| span.unit == SpanUnit::Elapsed);
        let (day, own_week) = if is_elapsed {
            (SECONDS_PER_DAY as f64, WEEK)
        } else {
            (calendar.day_seconds() as f64, own_week)
        };
        let worth = |money: &Estimate| {
            let currency = money.currency.and_then(|at| self.plan.currencies.get(at));
            currency.map_or(1.0, |currency| currency.rate.planned)
        };
        let per_day = |rate: &Rate, week: f64| {
            let week = if rate.unit.is_worked() { week } else { WEEK };
            rate.amount.planned * worth(&rate.amount) / rate.seconds * day * week / own_week
        };
        let own: f64 = self.milestone.rate.iter().map(|rate| per_day(rate, own_week)).sum();
        let used = self
            .milestone
            .uses
            .iter()
            .filter(|(id, _)| self.milestone.work.iter().all(|(other, _)| other != id));
        let used = used.filter_map(|(id, units)| {
            let resource = &self.plan[*id];
            let week = self.plan[resource.calendar].week_seconds() as f64;
            Some(units.planned * per_day(&resource.rate.as_ref()?.first, week))
        });
        own + used.sum::<f64>()
    }

    fn links(&mut self, links: &[&Link]) {
        let id = self.id;
        for link in links.iter().filter(|link| link.to == id) {
            self.say("after", link::written(self.plan, link), link::words(self.plan, link));
        }
        if links.iter().all(|link| link.to != id) {
            let bounds = &self.milestone.bounds;
            let dated = bounds.not_before.is_some() || bounds.must_start.is_some();
            self.say("after", "", if dated { "nothing" } else { "nothing: it starts with the plan" });
        }
        for link in links.iter().filter(|link| link.from == id) {
            let to = &self.plan[link.to].key;
            self.say("before", to.clone(), format!("`{to}` {}", link::words(self.plan, link)));
        }
    }

    fn dates(&mut self) {
        let bounds = &self.milestone.bounds;
        let begins = |when: When| date(when.begins());
        let ends = |when: When| date(last_moment(when.ends()));
        let rows = [
            (
                "not_before",
                bounds.not_before.map(|it| (it, format!("starts no earlier than {}", begins(it)))),
            ),
            (
                "not_after",
                bounds
                    .not_after
                    .map(|it| (it, format!("should finish by {}: moves nothing, caps late dates", ends(it)))),
            ),
            (
                "must_start",
                bounds.must_start.map(|it| {
                    (
                        it,
                        format!(
                            "starts on {} and no earlier; later only if its links ask for it",
                            begins(it)
                        ),
                    )
                }),
            ),
            (
                "must_finish",
                bounds.must_finish.map(|it| {
                    (
                        it,
                        format!(
                            "finishes on {} and no earlier; later only if its links ask for it",
                            ends(it)
                        ),
                    )
                }),
            ),
            (
                "deadline",
                self.milestone
                    .deadline
                    .map(|it| (it, format!("the forecast says how likely it is done by {}", ends(it)))),
            ),
        ];
        for (key, row) in rows {
            if let Some((when, words)) = row {
                self.say(key, when.to_string(), words);
            }
        }
        if self.milestone.as_late_as_possible {
            self.say("alap", "true", "as late as the plan as written allows");
        }
    }
}

/// Money of an estimate, in its own currency.
fn money_of(plan: &Plan, estimate: &Estimate, value: f64) -> String {
    let currency = estimate.currency.and_then(|at| plan.currencies.get(at));
    money(value, currency.map_or(&plan.currency, |currency| &currency.key))
}

/// A time in days of so many seconds, at most two decimals.
fn in_days(day_seconds: i64, unit: &'static str) -> impl Fn(f64) -> String {
    move |seconds| format!("{} {unit}", trimmed((seconds / day_seconds as f64 * 100.0).round() / 100.0))
}

fn count(units: f64) -> String {
    format!("{} unit{}", trimmed(units), if units == 1.0 { "" } else { "s" })
}

/// `30 % at its start`, `10 % 30 elapsed days after its finish`
fn payment(payment: &Payment) -> String {
    let share = percent(payment.share.value());
    let (seconds, end) = match payment.at {
        Moment::AfterStart(seconds) => (seconds, "start"),
        Moment::AfterFinish(seconds) => (seconds, "finish"),
        Moment::Along(curve, wait) => {
            let how = match curve {
                Curve::Even => "evenly over its span",
                Curve::Front => "over its span, most of it early",
                Curve::Back => "over its span, most of it late",
                Curve::Bell => "over its span, most of it in the middle",
            };
            let later = format!(", each part {} later", in_days(SECONDS_PER_DAY, "ed")(wait as f64));
            return format!("{share} {how}{}", if wait == 0 { "" } else { &later });
        }
    };
    if seconds == 0 {
        return format!("{share} at its {end}");
    }
    format!("{share} {} after its {end}", in_days(SECONDS_PER_DAY, "ed")(seconds as f64))
}

#[cfg(test)]
mod tests;
