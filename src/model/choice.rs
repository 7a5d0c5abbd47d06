//! Choices: other ways to do a milestone, and time of it that money buys.

use super::{Milestone, MilestoneId, Plan};

/// A way to do a milestone: as written, or one of its options.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The option's key in the plan file; `None` is the milestone as written.
    pub key: Option<String>,
    /// Its name in reports.
    pub name: String,
    /// The milestone done this way; it has no ways of its own.
    pub milestone: Milestone,
}

/// Time that can be bought off a duration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrashStep {
    /// How many seconds at most, of the duration's own kind: working or elapsed.
    pub seconds: f64,
    /// Money per second; no step is cheaper than the one before.
    pub price: f64,
}

impl Milestone {
    /// The same milestone done in another of its ways (0: as written), with so many seconds bought off
    /// its duration.
    ///
    /// # Panics
    /// If there is no such way.
    #[must_use]
    pub fn in_way(&self, way: usize, crashed: f64) -> Self {
        if self.ways.is_empty() {
            return Self { crashed, ..self.clone() };
        }
        let done = self.ways[way].milestone.clone();
        Self {
            way,
            crashed,
            calendar: done.calendar,
            duration: done.duration,
            work: done.work,
            uses: done.uses,
            consumes: done.consumes,
            cost: done.cost,
            rate: done.rate,
            pay: done.pay,
            category: done.category,
            success: done.success,
            crash: done.crash,
            ..self.clone()
        }
    }

    /// The seconds that can be bought off its duration.
    pub fn most_crash(&self) -> f64 {
        self.crash.iter().map(|step| step.seconds).sum()
    }

    /// What it costs to buy so many seconds: the cheapest first.
    pub fn crash_cost(&self, seconds: f64) -> f64 {
        let mut left = seconds;
        let mut cost = 0.0;
        for step in &self.crash {
            let bought = left.min(step.seconds).max(0.0);
            cost += bought * step.price;
            left -= bought;
        }
        cost
    }
}

impl Plan {
    /// The plan with one milestone done in another of its ways, and so many seconds bought off it.
    #[must_use]
    pub fn choosing(&self, choices: &[(MilestoneId, usize, f64)]) -> Self {
        let mut plan = self.clone();
        for &(id, way, crashed) in choices {
            plan.milestones[id.index()] = self[id].in_way(way, crashed);
        }
        plan
    }

    /// Whether anything in it can be chosen.
    pub fn has_choices(&self) -> bool {
        self.milestones.iter().any(|milestone| {
            let ways = milestone.ways.iter().map(|way| &way.milestone);
            !milestone.ways.is_empty() || ways.chain([milestone]).any(|way| !way.crash.is_empty())
        })
    }
}
