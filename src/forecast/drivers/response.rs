//! What responses to risks are worth: each in force against not, under the same draws.

use crate::model::Plan;
use crate::network::Network;

use super::runs::{Figures, Runs};
use super::{Change, ResponseValue};

/// The risks with a response, and the plans that tell what each is worth.
pub(super) struct Treatments {
    /// Positions of the risks in the plan.
    risks: Vec<usize>,
    /// A plan for each risk with its response the other way round; then, with two or more, all
    /// responses in force, and none.
    plans: Vec<Plan>,
}

impl Treatments {
    pub(super) fn of(plan: &Plan) -> Self {
        let has_response = |&at: &usize| plan.risks[at].response.is_some();
        let risks: Vec<usize> = (0..plan.risks.len()).filter(has_response).collect();
        let changed = |chosen: &[usize], responds: &dyn Fn(bool) -> bool| {
            let mut plan = plan.clone();
            for &at in chosen {
                plan.risks[at].responds = responds(plan.risks[at].responds);
            }
            plan
        };
        let mut plans: Vec<Plan> =
            risks.iter().map(|&at| changed(&[at], &|is_in_force| !is_in_force)).collect();
        if risks.len() > 1 {
            plans.push(changed(&risks, &|_| true));
            plans.push(changed(&risks, &|_| false));
        }
        Self { risks, plans }
    }

    /// How many runs that takes.
    pub(super) fn count(&self) -> usize {
        self.plans.len()
    }

    /// What each response changes, and what all do together.
    pub(super) fn values(
        &self,
        runs: &Runs<'_>,
        done: &(dyn Fn() + Sync),
    ) -> (Vec<ResponseValue>, Option<Change>) {
        let figures = runs.each(&self.plans, |plan| {
            let figures = Network::of(plan).ok().map(|network| runs.figures(plan, &network));
            done();
            figures
        });
        let value = |(&at, other): (&usize, &Option<Figures>)| {
            let risk = &runs.plan.risks[at];
            let other = other.as_ref()?;
            let (without, with) = if risk.responds { (other, &runs.own) } else { (&runs.own, other) };
            Some(ResponseValue {
                key: risk.key.clone(),
                name: risk.name.clone(),
                in_force: risk.responds,
                changes: runs.change(without, with),
            })
        };
        let together = match &figures[self.risks.len()..] {
            [Some(all), Some(none)] => Some(runs.change(none, all)),
            _ => None,
        };
        (self.risks.iter().zip(&figures).filter_map(value).collect(), together)
    }
}
