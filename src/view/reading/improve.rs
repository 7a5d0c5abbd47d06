//! Iterations of a milestone until its solution is good enough, in words.

use crate::model::{Checkpoint, Improve, SolutionId, SpanUnit};
use crate::network::{Curves, Improvement, Values};
use crate::stats::learning::{Posterior, Reach};
use crate::view::scoping::{fine_chance, value_of, written};
use crate::view::words::counted;

use super::Reader;
use super::amounts::in_days;
use super::estimate::{trimmed, words};

impl Reader<'_> {
    /// The solution it belongs to, and how it improves it.
    pub(super) fn solution(&mut self) {
        let plan = self.plan;
        let Some(id) = self.milestone.solution else { return };
        let solution = &plan.scoping[id];
        self.say("solution", solution.key.clone(), solution.name.clone());
        let Some(improve) = &self.milestone.improve else { return };
        let goal = self.goal(id);
        let most = counted(improve.at_most as usize, "iteration");
        self.say("improve", "", format!("iterates at its end until {goal}, in at most {most}"));
        self.iteration(improve);
        if improve.adds != 1.0 {
            let unit = solution.evidence.history.as_ref().map_or("effort", |history| history.unit.word());
            self.say("improve.adds", written(improve.adds), format!("{unit} that an iteration adds"));
        }
        if let Some(Checkpoint { after, stop_line }) = improve.checkpoint {
            let shown = |value| {
                solution.metric.map_or_else(|| written(value), |it| value_of(&plan.scoping[it], value))
            };
            let otherwise = stop_line.map_or("; without a stop line it goes on anyway".to_owned(), |line| {
                format!(": given up if what is measured then is worse than {}", shown(line))
            });
            let words = format!("looked at after {}{otherwise}", counted(after as usize, "iteration"));
            self.say("improve.checkpoint", after.to_string(), words);
        }
        if let Some(words) = self.network.improvements().find_map(|(it, inputs)| {
            let values = self.network.planned();
            let inputs: Vec<f64> = inputs.iter().map(|input| Values(&values).of(*input)).collect();
            (it.solution == id).then(|| counted(it.planned(&inputs) as usize, "iteration"))
        }) {
            self.say("iterations", "", format!("{words} as written"));
        }
    }

    /// `hit-rate is at 0.85`
    fn goal(&self, id: SolutionId) -> String {
        let metric = self.plan.scoping[id].metric.map(|id| &self.plan.scoping[id]);
        let target = metric.and_then(|metric| Some((metric, metric.target?)));
        target.map_or("its metric is good enough".to_owned(), |(metric, target)| {
            format!("`{}` is at {}", metric.key, value_of(metric, target))
        })
    }

    /// What one iteration takes.
    fn iteration(&mut self, improve: &Improve) {
        if let Some(duration) = &improve.duration {
            let (day, unit) = self.day_of(self.milestone.calendar, duration.unit);
            let read = words(self.plan, &duration.seconds, &in_days(day, unit));
            self.say("improve.duration", &*duration.seconds.written, format!("{read}; each"));
        }
        for (resource, effort) in &improve.work {
            let (day, unit) = self.day_of(self.plan[*resource].calendar, SpanUnit::Work);
            let read = words(self.plan, effort, &in_days(day, unit));
            self.say(
                format!("improve.work.{}", self.plan[*resource].key),
                &*effort.written,
                format!("{read}; each"),
            );
        }
        for (what, amounts) in [("uses", &improve.uses), ("consumes", &improve.consumes)] {
            for (resource, amount) in amounts {
                let read = words(self.plan, amount, &trimmed);
                let key = format!("improve.{what}.{}", self.plan[*resource].key);
                self.say(key, &*amount.written, format!("{read}; each"));
            }
        }
        if let Some(cost) = &improve.cost {
            let read = words(self.plan, cost, &|value| self.exact_of(cost, value));
            self.say("improve.cost", &*cost.written, format!("{read}; each"));
        }
    }
}

/// What the evidence on a solution comes to: a prior of what can be reached, or a posterior of where its
/// history leads.
pub(super) fn outlook(improvement: &Improvement, show: &impl Fn(f64) -> String) -> String {
    match &improvement.curves {
        Curves::History(posterior) => of_history(improvement, posterior, show),
        Curves::New { reach, .. } => of_reach(improvement, *reach, show),
    }
}

fn of_history(it: &Improvement, posterior: &Posterior, show: &impl Fn(f64) -> String) -> String {
    let effort = posterior.now() + f64::from(it.at_most) * it.adds;
    let [best, middle, worst] = posterior.reachable_gaps(effort, [0.1, 0.5, 0.9]).map(show);
    format!(
        "posterior of its history: after {} more, from {worst} to {best} (P10 to P90), P50 {middle}; the target {} \
         with a chance of {}",
        counted(it.at_most as usize, "iteration"),
        show(it.target),
        fine_chance(posterior.p_target(effort, it.target)),
    )
}

fn of_reach(it: &Improvement, reach: Reach, show: &impl Fn(f64) -> String) -> String {
    let [best, middle, worst] = [0.1, 0.5, 0.9].map(|share| show(reach.draw(share)));
    format!(
        "prior of what can be reached at all: from {worst} to {best} (P10 to P90), P50 {middle}; the target {} with a \
         chance of {}",
        show(it.target),
        fine_chance(reach.p_below(it.target)),
    )
}
