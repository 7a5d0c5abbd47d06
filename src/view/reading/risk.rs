//! Risks in words: what each is, and what each does to a milestone.

use chrono::NaiveDate;

use crate::model::{Delay, Impact, MilestoneId, Plan, RiskId, RiskTerms, Season, SolutionEnd, SpanUnit};
use crate::units::SECONDS_PER_DAY;
use crate::view::words::{counted, percent};

use super::amounts::in_days;
use super::estimate::{in_brief, trimmed, words};
use super::money::money_of;
use super::{Reader, Reading};

/// How many milestones are named.
const MOST_NAMED: usize = 8;

/// Everything a risk says: what it is, then what its response makes of it.
pub fn risk_readings(plan: &Plan, id: RiskId) -> Vec<Reading> {
    let risk = &plan[id];
    let untreated = terms(plan, id, &risk.untreated);
    let mut said = vec![row("name", "", risk.name.clone())];
    said.extend(risk.ends.map(|end| row("solution", &plan.scoping[end.solution].key, ends(plan, &end))));
    said.extend(untreated.iter().cloned());
    if let Some(response) = &risk.response {
        let force = if risk.responds { "in force" } else { "not in force" };
        said.push(row("response", "", format!("{force}; what it changes:")));
        if let Some(price) = &response.price {
            let read = words(plan, price, &|value| money_of(plan, price, value));
            said.push(row(
                "response.price",
                &price.written,
                format!("{read}; paid at the plan's start in any case"),
            ));
        }
        let treated = terms(plan, id, &response.treated);
        let is_gone = |it: &&Reading| treated.iter().all(|other| other.key != it.key);
        let gone: Vec<Reading> =
            untreated.iter().filter(is_gone).map(|it| row(&it.key, "", "none".into())).collect();
        let changed = treated.into_iter().filter(|it| !untreated.contains(it));
        let inside = |it: Reading| Reading { key: format!("response.{}", it.key), ..it };
        said.extend(changed.chain(gone).map(inside));
    }
    said
}

/// `fails at the finish of `audit` where it happens`
fn ends(plan: &Plan, end: &SolutionEnd) -> String {
    let veto = match (end.veto, end.cleared) {
        (true, false) => "; blocked until `cleared`",
        (true, true) => "; cleared",
        (false, _) => "",
    };
    format!("fails at the finish of `{}` where it happens{veto}", plan[end.resolved_by].key)
}

fn row(key: &str, written: &str, words: String) -> Reading {
    Reading { key: key.to_owned(), written: written.to_owned(), words }
}

fn terms(plan: &Plan, id: RiskId, terms: &RiskTerms) -> Vec<Reading> {
    let mut said = vec![row("probability", &percent(terms.probability), "how likely it happens".into())];
    let shared: Vec<String> =
        terms.on.iter().filter(|id| own(terms, **id).is_none()).map(|id| plan[*id].key.clone()).collect();
    if !shared.is_empty() {
        let more = shared.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named =
            shared.iter().take(MOST_NAMED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        said.push(row("on", "", format!("{named}{more}; one draw for all of them")));
        said.extend(impact(plan, "", &terms.impact));
    }
    for (id, own) in &terms.own {
        said.extend(impact(plan, &format!("impact.{}.", plan[*id].key), own));
    }
    if !terms.seasons.is_empty() {
        said.push(row("season", "", format!("strikes only what is at work {}", seasons(&terms.seasons))));
    }
    if let Some(word) = &terms.parallel {
        let others =
            plan.risks.iter().enumerate().filter(|(at, other)| {
                RiskId::new(*at) != id && other.terms().parallel.as_ref() == Some(word)
            });
        let count = counted(others.count(), "other risk");
        said.push(row("parallel", word, format!("absorbed together with {count}: the worst of them counts")));
    }
    said
}

fn own(terms: &RiskTerms, id: MilestoneId) -> Option<&Impact> {
    terms.own.iter().find(|(own, _)| *own == id).map(|(_, impact)| impact)
}

/// An impact key by key, in days of the plan.
fn impact(plan: &Plan, prefix: &str, impact: &Impact) -> Vec<Reading> {
    let mut said = Vec::new();
    let mut say =
        |key: &str, written: &str, words: String| said.push(row(&format!("{prefix}{key}"), written, words));
    if let Some(delay) = &impact.delay {
        let (day, unit) = match delay.span.unit {
            SpanUnit::Work => (plan[plan.calendar].day_seconds(), "d"),
            SpanUnit::Elapsed => (SECONDS_PER_DAY, "ed"),
        };
        let read = words(plan, &delay.span.seconds, &in_days(day, unit));
        say("delay", &delay.span.seconds.written, format!("takes longer: {read}"));
    }
    if let Some(factor) = &impact.factor {
        say("factor", &factor.written, format!("duration and work × {}", words(plan, factor, &trimmed)));
    }
    if let Some(cost) = &impact.cost {
        let read = words(plan, cost, &|value| money_of(plan, cost, value));
        say("cost", &cost.written, format!("{read}; once, if it strikes"));
    }
    if let Some(factor) = &impact.cost_factor {
        say("cost_factor", &factor.written, format!("all that it costs × {}", words(plan, factor, &trimmed)));
    }
    said
}

impl Reader<'_> {
    /// What a risk does to this milestone.
    pub(super) fn risk(&mut self, id: RiskId) {
        let risk = &self.plan[id];
        let terms = risk.terms();
        let own = own(terms, self.id);
        let draw = if own.is_some() { "its own draw" } else { "one draw for all the risk is on" };
        let mut words = vec![self.strikes(own.unwrap_or(&terms.impact))];
        if terms.on.len() > 1 {
            words.push(draw.to_owned());
        }
        if !terms.seasons.is_empty() {
            words.push(format!("only if at work {}", seasons(&terms.seasons)));
        }
        if risk.in_force().is_some() {
            words.push("with its response in force".to_owned());
        }
        self.say(format!("risk.{}", risk.key), percent(terms.probability), words.join("; "));
    }

    fn strikes(&self, impact: &Impact) -> String {
        let mut words = Vec::new();
        words.extend(impact.delay.as_ref().map(|delay| format!("takes longer: {}", self.delayed(delay))));
        let factor = |what: &str, factor: &crate::model::Estimate| {
            format!("{what} × {}", in_brief(&factor.distribution, &trimmed))
        };
        words.extend(impact.factor.as_ref().map(|it| factor("duration and work", it)));
        words.extend(impact.cost.as_ref().map(|cost| {
            let shown = in_brief(&cost.distribution, &|value| money_of(self.plan, cost, value));
            format!("costs {shown} once")
        }));
        words.extend(impact.cost_factor.as_ref().map(|it| factor("all that it costs", it)));
        if words.is_empty() { "nothing happens to it".to_owned() } else { words.join(", ") }
    }

    /// A delay in days of this milestone.
    fn delayed(&self, delay: &Delay) -> String {
        let calendar = self.milestone.calendar;
        let show = match delay.span.unit {
            SpanUnit::Work => {
                let scale = delay.scale[calendar.index()];
                let days = in_days(self.plan[calendar].day_seconds(), "d");
                Box::new(move |seconds: f64| days(seconds * scale)) as Box<dyn Fn(f64) -> String>
            }
            SpanUnit::Elapsed => Box::new(in_days(SECONDS_PER_DAY, "ed")),
        };
        in_brief(&delay.span.seconds.distribution, &show)
    }
}

/// `from 1 May to 30 Sep, or on 24 Dec`
fn seasons(seasons: &[Season]) -> String {
    // Of a leap year, so that every day of a season exists.
    let day = |(month, day): (u32, u32)| {
        NaiveDate::from_ymd_opt(2028, month, day)
            .map_or_else(String::new, |day| day.format("%-d %b").to_string())
    };
    let words = seasons.iter().map(|season| {
        if season.from == season.to {
            format!("on {}", day(season.from))
        } else {
            format!("from {} to {}", day(season.from), day(season.to))
        }
    });
    words.collect::<Vec<_>>().join(", or ")
}
