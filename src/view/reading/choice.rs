//! Options of a milestone and time that can be bought off it, in words.

use crate::model::{CrashStep, Estimate, Milestone, ResourceId, SpanUnit, Way};
use crate::view::words::percent;

use super::Reader;
use super::amounts::in_days;
use super::estimate::{in_brief, trimmed};

impl Reader<'_> {
    /// Its options, which of them is chosen, and what its time costs.
    pub(super) fn choices(&mut self) {
        let milestone = self.milestone;
        if let Some((written, options)) = milestone.ways.split_first() {
            for option in options {
                let key = option.key.as_deref().unwrap_or_default();
                let words = self.option(&written.milestone, option);
                self.say(format!("option.{key}"), "", words);
            }
            let chosen = milestone.ways[milestone.way].key.as_deref();
            let words = chosen.map_or_else(
                || "as written; `plan optimise` weighs the options".to_owned(),
                |key| format!("done as the option `{key}`"),
            );
            self.say("choose", chosen.unwrap_or_default(), words);
        }
        for (at, step) in milestone.crash.iter().enumerate() {
            let words = self.crash_step(step, at > 0);
            self.say("crash", "", words);
        }
        if milestone.crashed > 0.0 {
            let price = self.exact(milestone.crash_cost(milestone.crashed));
            let words = format!("bought off its duration for {price}");
            self.say("crashed", self.of_duration(milestone.crashed), words);
        }
    }

    /// What an option changes.
    fn option(&self, written: &Milestone, option: &Way) -> String {
        let way = &option.milestone;
        let mut changes = Vec::new();
        if way.duration != written.duration {
            changes.push(way.duration.as_ref().map_or("no duration".to_owned(), |duration| {
                let (day, unit) = self.day_of(way.calendar, duration.unit);
                format!("duration {}", in_brief(&duration.seconds.distribution, &in_days(day, unit)))
            }));
        }
        let efforts = |resource: ResourceId, effort: &Estimate| {
            let (day, unit) = self.day_of(self.plan[resource].calendar, SpanUnit::Work);
            in_brief(&effort.distribution, &in_days(day, unit))
        };
        let plain = |_, amount: &Estimate| in_brief(&amount.distribution, &trimmed);
        changes.extend(self.changed("work", &written.work, &way.work, efforts));
        changes.extend(self.changed("uses", &written.uses, &way.uses, plain));
        changes.extend(self.changed("consumes", &written.consumes, &way.consumes, plain));
        if way.cost != written.cost {
            changes.push(way.cost.as_ref().map_or("costs nothing".to_owned(), |cost| {
                format!("costs {}", in_brief(&cost.distribution, &|value| self.exact_of(cost, value)))
            }));
        }
        if way.rate != written.rate {
            let rate = way.rate.as_ref().map_or("no rate".to_owned(), |rate| self.rate(rate));
            changes.push(rate);
        }
        if way.success != written.success {
            changes.push(format!("succeeds with {}", percent(way.success)));
        }
        if way.calendar != written.calendar {
            changes.push(format!("calendar `{}`", self.plan[way.calendar].name()));
        }
        let changes = if changes.is_empty() { "nothing differs".to_owned() } else { changes.join(", ") };
        format!("{}: {changes}; the rest as written", option.name)
    }

    /// The amounts of an option that differ.
    fn changed(
        &self,
        what: &str,
        written: &[(ResourceId, Estimate)],
        option: &[(ResourceId, Estimate)],
        show: impl Fn(ResourceId, &Estimate) -> String,
    ) -> Vec<String> {
        let is_in = |list: &[(ResourceId, Estimate)], id| list.iter().any(|(other, _)| *other == id);
        let others = option.iter().filter(|amount| !written.contains(amount));
        let others =
            others.map(|(id, amount)| format!("{what}.{} {}", self.plan[*id].key, show(*id, amount)));
        let gone = written.iter().filter(|(id, _)| !is_in(option, *id));
        let gone = gone.map(|(id, _)| format!("no {what}.{}", self.plan[*id].key));
        others.chain(gone).collect()
    }

    /// `up to 3 d can be bought off its duration at €500 per d`
    fn crash_step(&self, step: &CrashStep, is_further: bool) -> String {
        let (day, unit) = self.unit_of_duration();
        let further = if is_further { " more" } else { "" };
        let days = self.of_duration(step.seconds);
        format!(
            "up to {days}{further} can be bought off its duration at {} per {unit}",
            self.exact(step.price * day as f64)
        )
    }

    fn of_duration(&self, seconds: f64) -> String {
        let (day, unit) = self.unit_of_duration();
        in_days(day, unit)(seconds)
    }

    fn unit_of_duration(&self) -> (i64, &'static str) {
        let unit = self.milestone.duration.as_ref().map_or(SpanUnit::Work, |span| span.unit);
        self.day_of(self.milestone.calendar, unit)
    }
}
