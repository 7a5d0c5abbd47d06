//! Solutions in words: what they are, what speaks for them, what they are worth.

use crate::model::{
    DataKind, Evidence, Features, Metric, Monitoring, Plan, Predictive, Readiness, Similarity, Solution,
    SolutionId, SolutionKind, SolutionValue, SourceTerms, System,
};
use crate::network::Network;
use crate::view::scoping::{self, value_of, written};
use crate::view::words::{counted, money, percent};

use super::Reading;
use super::estimate::{trimmed, words};
use super::improve::outlook;

/// How many things of one kind are named.
const MOST_NAMED: usize = 8;

/// Everything a solution says.
pub(super) fn solution_readings(plan: &Plan, network: &Network, id: SolutionId) -> Vec<Reading> {
    let solution = &plan.scoping[id];
    let metric = solution.metric.map(|id| &plan.scoping[id]);
    let mut told = Told { plan, metric, said: Vec::new() };
    told.terms(solution);
    told.evidence(&solution.evidence, solution);
    let improvement = network.improvements().map(|(it, _)| it).find(|it| it.solution == id);
    if let (Some(improvement), Some(metric)) = (improvement, metric) {
        let show = |gap: f64| shown_gap(metric, gap);
        let features = solution.evidence.features.as_ref().and_then(|it| it.gap_reduction.as_ref());
        let before = if features.is_some() { "; before what its new features add" } else { "" };
        told.say("comes to", "", format!("{}{before}", outlook(improvement, &show)));
    }
    told.milestones(id);
    told.scores(solution);
    if let Some(value) = &solution.value {
        told.value(value);
    }
    if let Some(monitoring) = &solution.monitoring {
        told.monitoring(monitoring);
    }
    if let Some(readiness) = solution.readiness {
        told.readiness(id, readiness);
    }
    told.said
}

/// A gap as the metric's value there.
fn shown_gap(metric: &Metric, gap: f64) -> String {
    let value = metric.at_gap(gap).unwrap_or(gap);
    metric.span().map_or_else(|| written(value), |span| scoping::metric(value, span))
}

struct Told<'a> {
    plan: &'a Plan,
    metric: Option<&'a Metric>,
    said: Vec<Reading>,
}

impl Told<'_> {
    fn say(&mut self, key: &str, written: impl Into<String>, words: impl Into<String>) {
        self.said.push(Reading { key: key.to_owned(), written: written.into(), words: words.into() });
    }

    fn shown(&self, value: f64) -> String {
        self.metric.map_or_else(|| written(value), |metric| value_of(metric, value))
    }

    fn money(&self, amount: f64) -> String {
        money(amount, &self.plan.currency)
    }

    fn terms(&mut self, it: &Solution) {
        let scoping = &self.plan.scoping;
        self.say("name", "", it.name.clone());
        if let Some(problem) = it.problem {
            self.say("problem", scoping[problem].key.clone(), scoping[problem].name.clone());
        }
        if let Some(metric) = self.metric {
            self.say("metric", metric.key.clone(), metric.name.clone());
        }
        let kind = match it.kind {
            SolutionKind::Model => ("ml", "a model that learns"),
            SolutionKind::Rules => ("rules", "rules, no model"),
            SolutionKind::Process => ("process", "a change of how people work"),
            SolutionKind::Buy => ("buy", "a product that is bought"),
        };
        self.say("kind", kind.0, kind.1);
        let data = match it.data_kind {
            DataKind::Unstructured => ("unstructured", "images, sound, text: how well people do it counts"),
            DataKind::Structured => ("structured", "tables: how well people do it does not count"),
        };
        self.say("data_kind", data.0, data.1);
        let system = match it.system {
            System::New => ("new", "starts afresh"),
            System::Existing => ("existing", "carries on with what runs"),
        };
        self.say("system", system.0, system.1);
        if let Some(group) = &it.group {
            self.say("group", group.clone(), "at most one solution of the group is funded");
        }
        if !it.depends.is_empty() {
            let needed: Vec<String> = it.depends.iter().map(|id| format!("`{}`", scoping[*id].key)).collect();
            self.say("depends", "", format!("funded only with {}", needed.join(" and ")));
        }
        if let Some(fallback) = it.fallback {
            self.say("fallback", scoping[fallback].key.clone(), "begun when this one fails");
        }
        if let Some(iterations) = &it.iterations_80 {
            let read = words(self.plan, iterations, &trimmed);
            self.say(
                "iterations_80",
                &*iterations.written,
                format!("{read}: iterations to 80 % of the improvement"),
            );
        }
        if it.p_technical < 1.0 {
            self.say("p_technical", percent(it.p_technical), "how likely it works at all");
        }
    }

    fn evidence(&mut self, evidence: &Evidence, it: &Solution) {
        if let Some(history) = &evidence.history {
            let points = counted(history.points.len(), "measurement");
            let (first, last) = (history.points.first(), history.points.last());
            let way = first.zip(last).map_or(String::new(), |(first, last)| {
                format!(", from {} to {}", self.shown(first.value), self.shown(last.value))
            });
            let words = format!(
                "{points} by {}{way}; {} of such projects stall",
                history.unit.word(),
                percent(history.stall)
            );
            self.say("evidence.history", "", words);
        }
        if let Some(people) = &evidence.hlp {
            let data = if people.same_data { "the same data" } else { "other data" };
            let counts = if it.data_kind == DataKind::Unstructured {
                ""
            } else {
                "; does not count on structured data"
            };
            let words = format!("people reach it on {} items of {data}{counts}", trimmed(people.items));
            self.say(
                "evidence.hlp",
                self.shown(people.value),
                format!("{words}{}", overridden(people.terms)),
            );
        }
        for benchmark in &evidence.benchmarks {
            let task = match benchmark.similarity {
                Similarity::Same => "the same task",
                Similarity::Similar => "a similar task",
                Similarity::Distant => "a distant task",
            };
            let how = [("with", &benchmark.architecture), ("by", &benchmark.source)];
            let how: String = how
                .into_iter()
                .filter_map(|(word, what)| what.as_ref().map(|what| format!(", {word} {what}")))
                .collect();
            let words = format!("reached by others on {task}{how}{}", overridden(benchmark.terms));
            self.say(&format!("evidence.benchmark.{}", benchmark.key), self.shown(benchmark.value), words);
        }
        if let Some(features) = &evidence.features {
            self.features(features);
        }
        if let Some(pilot) = &evidence.pilot {
            let items = pilot.items.map_or(String::new(), |items| format!(" on {} items", trimmed(items)));
            let words = format!("reached by a proof of concept{items}{}", overridden(pilot.terms));
            self.say("evidence.pilot", self.shown(pilot.value), words);
        }
        if let Some(ceiling) = evidence.hard_ceiling {
            self.say("evidence.hard_ceiling", self.shown(ceiling), "nothing can be better");
        }
        if let Some(ready) = evidence.data_ready {
            let words = if ready {
                "the data is there and may be used"
            } else {
                "the data may turn out not to be usable, which ends it"
            };
            self.say("evidence.data_ready", ready.to_string(), words);
        }
    }

    fn features(&mut self, it: &Features) {
        if let Some(single) = &it.single {
            let (what, values) = match single {
                Predictive::Auc(values) => ("auc", values),
                Predictive::R2(values) => ("r2", values),
            };
            let listed: Vec<String> = values.iter().take(MOST_NAMED).map(|value| written(*value)).collect();
            let words = format!(
                "of single features; {} of what one knows others know already",
                percent(it.redundancy)
            );
            self.say(
                &format!("evidence.features.{what}"),
                listed.join(", "),
                format!("{words}{}", overridden(it.terms)),
            );
        }
        if let Some(reduction) = &it.gap_reduction {
            let read = words(self.plan, reduction, &percent);
            let new: Vec<String> = it.new.iter().take(MOST_NAMED).cloned().collect();
            let of =
                if new.is_empty() { String::new() } else { format!(", which go with {}", new.join(", ")) };
            self.say(
                "evidence.features.gap_reduction",
                &*reduction.written,
                format!("{read} of the gap{of}"),
            );
        }
    }

    fn milestones(&mut self, id: SolutionId) {
        let keys: Vec<String> =
            self.plan.milestones_of(id).map(|it| format!("`{}`", self.plan[it].key)).collect();
        let more = keys.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named = keys[..keys.len().min(MOST_NAMED)].join(", ");
        let words = if keys.is_empty() {
            "none: it takes no time and costs nothing".to_owned()
        } else {
            format!("{named}{more}")
        };
        self.say("milestones", "", words);
    }

    fn scores(&mut self, it: &Solution) {
        let criteria = &self.plan.scoping.criteria.all;
        for (criterion, score) in criteria.iter().zip(&it.scores) {
            if let Some(score) = score {
                let words = format!("of 10 for {}", criterion.name);
                self.say(&format!("scores.{}", criterion.key), written(*score), words);
            }
        }
    }

    fn value(&mut self, value: &SolutionValue) {
        let factors: Vec<_> = value.factors.iter().map(|id| &self.plan.scoping[*id]).collect();
        let names: Vec<String> = factors.iter().map(|factor| format!("`{}`", factor.key)).collect();
        let product: f64 = factors.iter().map(|factor| factor.value.planned).product();
        let words =
            format!("{}: {} a year at the target, as written", names.join(" × "), self.money(product));
        self.say("value.factors", "", words);
        if !value.metric_links.is_empty() {
            let links = value.metric_links.iter();
            let links: Vec<String> =
                links.map(|it| format!("{} at {}", percent(it.share), self.shown(it.metric))).collect();
            self.say("value.metric_links", "", format!("of that value {}", links.join(", ")));
        }
        self.say("value.p_commercial", percent(value.p_commercial), "how likely it succeeds in its market");
        for (key, amount, words) in [
            ("value.launch_cost", value.launch_cost.0, "at the launch"),
            ("value.run_cost_per_year", value.run_cost_per_year.0, "a year from then on"),
        ] {
            if amount != 0.0 {
                let amount = self.money(amount);
                self.say(key, "", format!("{amount} {words}"));
            }
        }
        self.say("value.ramp_months", written(value.ramp_months), "months from the launch to the full value");
    }

    fn monitoring(&mut self, it: &Monitoring) {
        if let Some(days) = it.drift_half_life_days {
            self.say(
                "monitoring.drift_half_life_days",
                written(days),
                "days after which half its value is gone",
            );
        }
        if let Some(days) = it.retrain_every_days {
            let price = self.money(it.retrain_cost.0);
            self.say(
                "monitoring.retrain_every_days",
                written(days),
                format!("days between retrainings, {price} each"),
            );
        }
    }

    fn readiness(&mut self, id: SolutionId, it: Readiness) {
        let points = [it.data, it.model, it.infra, it.monitoring].map(written).join(", ");
        let words = format!(
            "points for data, model, infrastructure, monitoring; wanted {} each, missing {}",
            written(it.target_score),
            written(it.missing())
        );
        let adds = self.plan.readying(id).map_or(String::new(), |readying| {
            let (at, who) = (&self.plan[readying.milestone].key, &self.plan[readying.resource].key);
            format!(": work on top of `{at}`, by `{who}`")
        });
        self.say("readiness", points, format!("{words}{adds}"));
    }
}

/// What its author sets instead of the usual numbers of such evidence.
fn overridden(terms: SourceTerms) -> String {
    let shown = [("shift", terms.shift), ("spread", terms.spread)];
    let shown = shown.into_iter().filter_map(|(word, value)| Some(format!("; {word} {}", written(value?))));
    shown.collect()
}
