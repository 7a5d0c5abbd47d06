//! What responses to risks are worth: each in force against not, under the same draws.

use crate::model::{Plan, RiskId};
use crate::network::{Network, Owner};
use crate::simulate::Samples;

use super::foremost::{most, strengths, strongest};
use super::runs::Runs;
use super::{Change, ResponseValue};

/// The risks with a response that are tried, and how many are not.
pub(super) struct Treatments {
    /// Positions of the risks in the plan.
    risks: Vec<usize>,
    /// How many responses are not tried.
    pub(super) left_out: usize,
}

impl Treatments {
    /// Those in force first, then those of the risks that finish and cost follow most.
    pub(super) fn of(plan: &Plan, network: &Network, samples: &Samples) -> Self {
        let strengths = strengths(network, samples);
        let has_response = |&at: &usize| plan.risks[at].response.is_some();
        let strength = |at: usize| match strengths.get(&Owner::Risk(RiskId::new(at))) {
            _ if plan.risks[at].responds => f64::INFINITY,
            found => found.copied().unwrap_or(0.0),
        };
        let with_response = (0..plan.risks.len()).filter(has_response);
        let all: Vec<(usize, f64)> = with_response.map(|at| (at, strength(at))).collect();
        let count = all.len();
        let risks = strongest(all, most(network));
        Self { left_out: count - risks.len(), risks }
    }

    /// How many runs that takes.
    pub(super) fn count(&self) -> usize {
        self.risks.len() + if self.risks.len() > 1 { 2 } else { 0 }
    }

    /// What each response changes, and what all of the plan do together.
    pub(super) fn values(
        &self,
        runs: &Runs<'_>,
        done: &(dyn Fn() + Sync),
    ) -> (Vec<ResponseValue>, Option<Change>) {
        // Of a large plan every copy counts: each is made when its turn comes, and only its change is kept.
        let figures = |responds: &dyn Fn(usize, bool) -> bool| {
            let mut plan = runs.plan.clone();
            for (at, risk) in plan.risks.iter_mut().enumerate().filter(|(_, risk)| risk.response.is_some()) {
                risk.responds = responds(at, risk.responds);
            }
            let figures = Network::of(&plan).ok().map(|network| runs.figures(&plan, &network));
            done();
            figures
        };
        let value = |&at: &usize| {
            let risk = &runs.plan.risks[at];
            let other = figures(&|other, is_in_force| is_in_force != (other == at))?;
            let (without, with) = if risk.responds { (&other, &runs.own) } else { (&runs.own, &other) };
            Some(ResponseValue {
                key: risk.key.clone(),
                name: risk.name.clone(),
                in_force: risk.responds,
                changes: runs.change(without, with),
            })
        };
        let values = runs.each(&self.risks, value).into_iter().flatten().collect();
        if self.risks.len() < 2 {
            return (values, None);
        }
        let together = match &runs.each(&[true, false], |&all| figures(&|_, _| all))[..] {
            [Some(all), Some(none)] => Some(runs.change(none, all)),
            _ => None,
        };
        (values, together)
    }
}
