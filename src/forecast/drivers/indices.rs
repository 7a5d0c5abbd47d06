//! How each milestone matters, by the indices in use.

use std::collections::BTreeMap;

use crate::model::{MilestoneId, Plan};
use crate::network::{Network, Quantity};
use crate::simulate::Samples;
use crate::stats::correlation::spearman;
use crate::stats::sample::{Sorted, kendall};

use super::MilestoneIndices;
use super::opened::Opened;
use crate::forecast::figures::proportion;

/// The indices of every milestone, in file order, removed ones left out.
pub(super) fn indices(
    plan: &Plan,
    network: &Network,
    samples: &Samples,
    opened: &Opened,
    with_kendall: bool,
) -> Vec<MilestoneIndices> {
    let spreads = spreads(network, opened);
    let finishes: Vec<f64> = opened.finishes.iter().map(|&finish| finish as f64).collect();
    let total: f64 = finishes.iter().sum();
    let index = |id: MilestoneId| {
        let visit = network.visit_of[id];
        let criticality = proportion(samples.critical(visit) as usize, samples.delivered_count as usize);
        let near = samples.near > 0;
        let spans = &opened.spans[id.index()];
        let finish_spread = spreads[&network[visit].timeline];
        MilestoneIndices {
            key: plan[id].key.clone(),
            name: plan[id].name.clone(),
            near_headline: near
                .then(|| proportion(samples.near_critical(visit) as usize, samples.near as usize)),
            saves: near.then(|| samples.saves(visit)),
            cruciality: if plan[id].improve.is_some() {
                spearman(&spans.iter().map(|&span| f64::from(span)).collect::<Vec<_>>(), &finishes)
            } else {
                cruciality(network, samples, id)
            },
            kendall: with_kendall.then(|| {
                kendall(
                    spans.iter().map(|&span| i64::from(span)).zip(opened.finishes.iter().copied()).collect(),
                )
            }),
            significance: if total > 0.0 { opened.weighted[id.index()] / total } else { 0.0 },
            sensitivity: if finish_spread > 0.0 {
                criticality.share * sd(spans.iter().map(|&span| f64::from(span))) / finish_spread
            } else {
                0.0
            },
            criticality,
        }
    };
    plan.ids().filter(|&id| !plan[id].removed).map(index).collect()
}

/// The standard deviation of the plan's finish as each timeline in use counts it.
fn spreads(network: &Network, opened: &Opened) -> BTreeMap<u16, f64> {
    let anchor = network.timelines[0].start().seconds();
    let mut spreads = BTreeMap::new();
    for visit in &network.visits {
        spreads.entry(visit.timeline).or_insert_with(|| {
            let timeline = &network.timelines[usize::from(visit.timeline)];
            let wall = |finish: i64| network.axis_instant(finish).seconds() - anchor;
            sd(opened.finishes.iter().map(|&finish| timeline.position_of_wall(wall(finish)) as f64))
        });
    }
    spreads
}

fn sd(values: impl Iterator<Item = f64>) -> f64 {
    Sorted::new(values.collect()).map_or(0.0, |sorted| sorted.sd())
}

/// The largest correlation with the finish of the variables that a milestone's span is made of; how many iterations
/// one takes that improves is none of them.
fn cruciality(network: &Network, samples: &Samples, id: MilestoneId) -> Option<f64> {
    let spans = &network[network.visit_of[id]].spans;
    let quantities = spans.iter().flat_map(|term| [Some(term.amount), term.units, term.surplus]).flatten();
    let variables = quantities.filter_map(|quantity| match quantity {
        Quantity::Variable(variable) => Some(variable.0 as usize),
        Quantity::Fixed(_) => None,
    });
    variables
        .filter(|&at| !network.variables[at].distribution.is_fixed())
        .map(|at| samples.finish_sensitivity(at))
        .max_by(|a, b| a.abs().total_cmp(&b.abs()))
}
