//! How far an improve milestone comes in one run.
//!
//! The run draws a learning curve: of a system with a history from its posterior, of a new one towards a
//! reachable gap. The effort that the curve asks for to the target gives the iterations. Where these are more
//! than there may be, all that may be are done, and the solution goes on if its minimum is reached. At a
//! checkpoint with a stop line it is given up where the metric measured then is worse.
//!
//! All gaps are those of [`crate::model::Metric::gap`]: smaller is better.

use crate::model::{MilestoneId, SolutionId};
use crate::stats::learning::{Curve, Posterior, Reach};
use crate::stats::special::normal_quantile;

/// How far an improve milestone comes.
#[derive(Clone, Debug)]
pub struct Improvement {
    /// The milestone.
    pub milestone: MilestoneId,
    /// The solution it belongs to.
    pub solution: SolutionId,
    /// Where its curves come from.
    pub curves: Curves,
    /// The gap wanted.
    pub target: f64,
    /// The gap that is worth a launch, if less than the target is.
    pub minimum: Option<f64>,
    /// How many iterations there are at most.
    pub at_most: u32,
    /// How much effort an iteration adds.
    pub adds: f64,
    /// After so many iterations the metric is looked at.
    pub checkpoint: Option<u32>,
    /// The solution is given up if the gap measured there is larger.
    pub stop_gap: Option<f64>,
}

/// Where learning curves come from.
#[derive(Clone, Debug)]
pub enum Curves {
    /// A history. Inputs: the measurement, the gap reduction, then the cell, the noise, the size and the stall.
    History(Box<Posterior>),
    /// A way from this gap to one that can be reached. Inputs: the measurement, the gap reduction, then the
    /// reachable gap and the iterations until 80 % of the improvement is there.
    New {
        /// The gap to begin with.
        first: f64,
        /// What can be reached.
        reach: Reach,
        /// The standard deviation of a measurement.
        noise: f64,
    },
}

/// How far it came in one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Iterations done.
    pub iterations: u32,
    /// How it ended.
    pub end: ProgressEnd,
    /// The gap in the end.
    pub gap: f64,
    /// The gap as measured at the checkpoint, whether or not it gets there.
    pub measured: Option<f64>,
    /// Iterations that the target takes; `None`: it is never reached.
    pub needed: Option<f64>,
}

/// How improving ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressEnd {
    /// The target is reached.
    Reached,
    /// The target is missed, but the minimum is reached.
    Partial,
    /// Not even the minimum is reached, or the metric at the checkpoint was worse than the stop line.
    Failed,
}

impl ProgressEnd {
    /// Whether the solution fails.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Failed)
    }
}

impl Improvement {
    /// How many inputs there are.
    pub const fn inputs(&self) -> usize {
        match self.curves {
            Curves::History(_) => 6,
            Curves::New { .. } => 4,
        }
    }

    /// The learning curve at these inputs, before features reduce its gap.
    fn curve(&self, inputs: &[f64]) -> Curve {
        match &self.curves {
            Curves::History(posterior) => posterior.draw([2, 3, 4, 5].map(|at| inside(inputs[at]))),
            Curves::New { first, reach, noise } => {
                Curve::towards(*first, reach.draw(inside(inputs[2])), inputs[3], *noise)
            }
        }
    }

    /// How far it comes at these inputs: uniform numbers, but for the gap reduction (a share) and the
    /// iterations to 80 %.
    pub fn progress(&self, inputs: &[f64]) -> Progress {
        let curve = self.curve(inputs);
        let left = 1.0 - inputs[1];
        let at = |iterations: u32| curve.now() + f64::from(iterations) * self.adds;
        let needed = curve.effort_to(self.target / left).map(|effort| (effort / self.adds).ceil());
        let measured = self
            .checkpoint
            .map(|after| left * curve.measured_gap(at(after), normal_quantile(inside(inputs[0]))));
        let reached = needed.filter(|needed| *needed <= f64::from(self.at_most));
        let (iterations, mut end) = match reached {
            Some(needed) => (needed as u32, ProgressEnd::Reached),
            None => (self.at_most, self.missed(left * curve.gap(at(self.at_most)))),
        };
        let stop = self.checkpoint.filter(|after| *after < iterations && self.stops(measured));
        if stop.is_some() {
            end = ProgressEnd::Failed;
        }
        let iterations = stop.unwrap_or(iterations);
        Progress { iterations, end, gap: left * curve.gap(at(iterations)), measured, needed }
    }

    /// How it ends with this gap, if the target is missed.
    fn missed(&self, gap: f64) -> ProgressEnd {
        let is_enough = self.minimum.is_some_and(|minimum| gap <= minimum);
        if is_enough { ProgressEnd::Partial } else { ProgressEnd::Failed }
    }

    fn stops(&self, measured: Option<f64>) -> bool {
        self.stop_gap.zip(measured).is_some_and(|(line, measured)| measured > line)
    }

    /// The iterations of the plan as written: so many that the target is as likely reached as not, at most
    /// all there may be.
    pub fn planned(&self, inputs: &[f64]) -> u32 {
        let is_likely = |iterations: u32| match &self.curves {
            Curves::History(posterior) => {
                let effort = posterior.now() + f64::from(iterations) * self.adds;
                posterior.p_target(effort, self.target / (1.0 - inputs[1])) >= 0.5
            }
            Curves::New { first, reach, .. } => {
                let curve = Curve::towards(*first, reach.draw(0.5), inputs[3], 0.0);
                curve.gap(f64::from(iterations) * self.adds) <= self.target
            }
        };
        (0..self.at_most).find(|&iterations| is_likely(iterations)).unwrap_or(self.at_most)
    }
}

/// A uniform number strictly between 0 and 1.
fn inside(uniform: f64) -> f64 {
    const LEAST: f64 = 1.0 / (1_u64 << 25) as f64;
    uniform.clamp(LEAST, 1.0 - LEAST)
}
