//! Rules about risks and branches.

use std::collections::BTreeSet;

use crate::model::{MilestoneId, OnlyIf, Plan, RiskId, RiskTerms, Subject};
use crate::text::{Code, Diagnostic};

/// Finds risks that surely happen: that is uncertainty of the estimates, not a risk.
pub(super) fn certain_risk(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    risks(plan)
        .filter(|(_, terms)| terms.probability >= 1.0)
        .map(|(id, _)| {
            let message = format!("the risk `{}` surely happens", plan[id].key);
            let warning = Diagnostic::new(Code::CertainRisk, Subject::RiskKey(id, "probability"), message);
            warning.help("what surely happens belongs into the estimates of the milestones it hits")
        })
        .collect()
}

/// Finds milestones whose range reaches to three times its likeliest and beyond while a threat makes them
/// longer, too: the range may hold the risk already.
pub(super) fn double_counting(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    let mut found = Vec::new();
    for (id, terms) in risks(plan).filter(|(_, terms)| terms.probability > 0.0) {
        for &milestone in &terms.on {
            let own = terms.own.iter().find(|(of, _)| *of == milestone).map(|(_, impact)| impact);
            let impact = own.unwrap_or(&terms.impact);
            let lengthens = impact.delay.as_ref().is_some_and(|delay| delay.span.seconds.planned > 0.0)
                || impact.factor.as_ref().is_some_and(|factor| factor.planned > 1.0);
            if lengthens && is_wide(plan, milestone) {
                let (risk, key) = (&plan[id].key, &plan[milestone].key);
                let message =
                    format!("`{key}` may take three times its likeliest, and `{risk}` makes it longer");
                let subject = Subject::MilestoneKey(milestone, "duration");
                let remark = Diagnostic::new(Code::DoubleCounting, subject, message);
                found.push(remark.help("if the high end already holds the risk, lower it: it counts twice"));
            }
        }
    }
    found
}

fn is_wide(plan: &Plan, id: MilestoneId) -> bool {
    let duration = plan[id].duration.as_ref().map(|span| &span.seconds);
    duration.is_some_and(|it| it.planned > 0.0 && it.distribution.highest() >= 3.0 * it.planned)
}

/// Finds milestones that can never exist: an outcome of 0 %, a risk of 0 %, two outcomes at once.
pub(super) fn unreachable_branch(plan: &Plan) -> Vec<Diagnostic<Subject>> {
    plan.ids()
        .filter(|&id| !plan[id].removed)
        .filter_map(|id| {
            let why = why_never(plan, &plan[id].only_if)?;
            let subject = Subject::MilestoneKey(id, "only_if");
            let message = format!("`{}` never exists: {why}", plan[id].key);
            Some(Diagnostic::new(Code::UnreachableBranch, subject, message))
        })
        .collect()
}

fn why_never(plan: &Plan, conditions: &[OnlyIf]) -> Option<String> {
    let mut turned_out: BTreeSet<(MilestoneId, usize)> = BTreeSet::new();
    for condition in conditions {
        match *condition {
            OnlyIf::Outcome(milestone, outcome) => {
                let of = &plan[milestone];
                let name = of.outcomes.get(outcome).map_or("", |outcome| outcome.key.as_str());
                if of.outcomes.get(outcome).is_some_and(|outcome| outcome.share <= 0.0) {
                    return Some(format!("`{}.{name}` has a share of 0%", of.key));
                }
                if turned_out.iter().any(|(known, other)| *known == milestone && *other != outcome) {
                    return Some(format!("`{}` has one outcome at a time", of.key));
                }
                turned_out.insert((milestone, outcome));
            }
            OnlyIf::Risk(risk) if plan[risk].terms().probability <= 0.0 => {
                return Some(format!("the risk `{}` has a probability of 0%", plan[risk].key));
            }
            OnlyIf::Risk(_) | OnlyIf::Date { .. } => {}
        }
    }
    None
}

/// All risks as they stand in this plan.
fn risks(plan: &Plan) -> impl Iterator<Item = (RiskId, &RiskTerms)> {
    plan.risks.iter().enumerate().map(|(at, risk)| (RiskId::new(at), risk.terms()))
}
