//! `plan check --self-test PLAN`: the engine against its naive twin, on this plan.

use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::model::{MilestoneId, Plan};
use crate::network::{Network, VisitId};
use crate::reference;
use crate::simulate::{Draws, Samples, Settings, simulate};
use crate::stats::sample::Sorted;

/// How many iterations both run.
const ITERATIONS: u64 = 2_000;
/// A twin's iteration is a thousand times slower than the engine's: fewer for large plans.
const MOST_PLACEMENTS: u64 = 20_000_000;
/// So many standard errors two honest means may lie apart.
const MOST_ERRORS: f64 = 4.0;
/// The engine adds money in single precision.
const MOST_COST_ERROR: f64 = 1e-4;

/// Runs the same iterations in both, and others in each, and says how far they agree.
pub(super) fn self_test(plan: &Plan, network: &Network, terminal: &mut Terminal) -> Result<(), Failure> {
    let visits = network.visits.len().max(1) as u64;
    let iterations = ITERATIONS.min(MOST_PLACEMENTS / visits).max(1);
    let settings = Settings::default().iterations(iterations);
    let samples = simulate(plan, network, &settings);
    let draws = Draws::new(network, settings.seed);
    let same = reference::summary(network, (0..iterations).map(|iteration| draws.values(iteration)));
    let own = reference::simulate(network, settings.seed, iterations as usize);
    let results = [
        finishes(&samples, &same),
        costs(&samples, &same),
        criticality(network, &samples, &same),
        means(
            "finish",
            &seconds(&samples),
            &own.finish.iter().map(|&finish| finish as f64).collect::<Vec<_>>(),
        ),
        means("cost", &samples.cost, &own.cost),
    ];
    terminal.print(&format!("the engine and its naive twin, {iterations} iterations of this plan\n"))?;
    for (holds, line) in &results {
        terminal.print(&format!("  {}  {line}\n", if *holds { "agree " } else { "DIFFER" }))?;
    }
    if results.iter().all(|(holds, _)| *holds) {
        return Ok(());
    }
    Err(Failure::call("the engine and its naive twin differ on this plan")
        .help("this is a bug in the program, not in the plan: please report it with the plan"))
}

fn finishes(samples: &Samples, twin: &reference::Summary) -> (bool, String) {
    let pairs = samples.finish.iter().zip(&twin.finish);
    let differing = pairs.filter(|&(&engine, &twin)| i64::from(engine) != twin).count();
    (differing == 0, format!("same draws, finish: {differing} iterations differ by a second or more"))
}

fn costs(samples: &Samples, twin: &reference::Summary) -> (bool, String) {
    let pairs = samples.cost.iter().zip(&twin.cost);
    let error = |(engine, twin): (&f64, &f64)| (engine - twin).abs() / twin.abs().max(1.0);
    let worst = pairs.map(error).fold(0.0, f64::max);
    (worst <= MOST_COST_ERROR, format!("same draws, cost: the largest relative difference is {worst:.1e}"))
}

fn criticality(network: &Network, samples: &Samples, twin: &reference::Summary) -> (bool, String) {
    let agrees = |&(id, &visit): &(MilestoneId, &VisitId)| {
        samples.critical(visit) == twin.critical_milestones[id.index()]
    };
    let differing = network.visit_of.iter().filter(|milestone| !agrees(milestone)).count();
    let verb = if differing == 1 { "milestone differs" } else { "milestones differ" };
    (differing == 0, format!("same draws, criticality: {differing} {verb}"))
}

/// Two means of independent runs, in standard errors of their difference.
fn means(what: &str, engine: &[f64], twin: &[f64]) -> (bool, String) {
    let (Some(engine), Some(twin)) = (Sorted::new(engine.to_vec()), Sorted::new(twin.to_vec())) else {
        return (true, format!("own draws, mean {what}: nothing to compare"));
    };
    let variance = |values: &Sorted| values.sd().powi(2) / values.count() as f64;
    let error = (variance(&engine) + variance(&twin)).sqrt();
    let apart = (engine.mean() - twin.mean()).abs();
    let errors = if error > 0.0 { apart / error } else { 0.0 };
    let is_close = errors <= MOST_ERRORS && (error > 0.0 || apart <= 1e-4 * engine.mean().abs().max(1.0));
    (is_close, format!("own draws, mean {what}: {errors:.1} standard errors apart"))
}

fn seconds(samples: &Samples) -> Vec<f64> {
    samples.finish.iter().map(|&finish| f64::from(finish)).collect()
}
