//! The engine against its naive twin on plans with everything at once: risks, seasons, rework, outcomes,
//! branches, failure; on the same draws, to the second.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "the twin that enumerates has more than this test asks for")]

mod enumeration;
mod support;

use enumeration::plans::random;
use enumeration::solutions;
use plan::model::{Calendar, CalendarId, Plan};
use plan::network::{Condition, Network, Values, VisitId};
use plan::reference;
use plan::simulate::{Draws, NEVER, Settings, simulate};

/// How many iterations of each plan; not a whole number of blocks.
const ITERATIONS: u64 = 200;

#[test]
fn plans_with_everything_at_once_are_simulated_to_the_second() {
    let (mut failed, mut absent) = (0, 0);
    for seed in 0..400 {
        let plan = random(seed);
        let Ok(network) = Network::of(&plan) else { continue };
        let (runs, missing) = compare(&plan, &network, seed);
        (failed, absent) = (failed + runs, absent + missing);
    }
    assert!(failed > 1_000 && absent > 1_000, "{failed} runs failed, {absent} visits were absent");
}

/// The same where some milestones run in office hours, so that links and failures travel by the wall clock.
#[test]
fn several_calendars_change_nothing_about_that() {
    let mut compared = 0;
    for seed in 0..200 {
        let mut plan = random(seed);
        plan.calendars.push(Calendar::standard());
        let office = CalendarId::new(plan.calendars.len() - 1);
        plan.milestones.iter_mut().step_by(3).for_each(|milestone| milestone.calendar = office);
        for risk in &mut plan.risks {
            let terms = [Some(&mut risk.untreated), risk.response.as_mut().map(|it| &mut it.treated)];
            for terms in terms.into_iter().flatten() {
                let own = terms.own.iter_mut().map(|(_, impact)| impact);
                for delay in own.chain([&mut terms.impact]).filter_map(|impact| impact.delay.as_mut()) {
                    delay.scale.push(1.0);
                }
            }
        }
        let Ok(network) = Network::of(&plan) else { continue };
        compare(&plan, &network, seed);
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

/// The same where milestones belong to solutions: iterations, overruns, what ends a solution, and what is begun then.
#[test]
fn solutions_change_nothing_about_that() {
    let (mut compared, mut failed, mut iterated, mut alternative) = (0, 0, 0, 0);
    for seed in 200..400 {
        let mut plan = random(seed);
        solutions::add(&mut plan, seed);
        let Ok(network) = Network::of(&plan) else { continue };
        failed += compare(&plan, &network, seed).0;
        compared += 1;
        iterated += usize::from(network.improvements().next().is_some());
        alternative += usize::from(!network.alternatives.is_empty());
    }
    let all = [compared, failed, iterated, alternative];
    assert!(compared > 100 && failed > 1_000 && iterated > 50 && alternative > 50, "{all:?}");
}

/// Holds one plan; says how many runs failed and how many visits were absent.
fn compare(plan: &Plan, network: &Network, seed: u64) -> (usize, u64) {
    only_looks_back(network, seed);
    let mut settings = Settings::default().iterations(ITERATIONS).seed(seed);
    settings.keep.finishes = network.visit_of.iter().map(|(_, &visit)| visit).collect();
    let samples = simulate(plan, network, &settings);
    let draws = Draws::of(network, &settings);
    let twin = reference::summary(network, (0..ITERATIONS).map(|at| draws.values(at)));
    let finishes: Vec<i64> = samples.finish.iter().map(|&at| at.into()).collect();
    assert_eq!(finishes, twin.finish, "finish, seed {seed}");
    for at in 0..ITERATIONS as usize {
        assert_eq!(samples.is_delivered(at), twin.delivered[at], "seed {seed}, iteration {at}");
        let (engine, naive) = (samples.cost[at], twin.cost[at]);
        let tolerance = 1e-4 * naive.abs().max(1.0);
        assert!((engine - naive).abs() <= tolerance, "cost, seed {seed}, iteration {at}: {engine}, {naive}");
        let values = draws.values(at as u64);
        let early = network.early(Values(&values));
        let mut flowing = 0.0;
        network.flows(Values(&values), &early, &mut |flow| flowing += flow.amount);
        assert!(
            (flowing - naive).abs() <= 1e-9 * naive.abs().max(1.0),
            "flows, seed {seed}: {flowing}, {naive}"
        );
        for (id, &visit) in network.visit_of.iter() {
            let there = samples.is_delivered(at).then(|| network.milestone_finish(&early, id)).flatten();
            let kept = Some(samples.kept_finishes(visit).unwrap()[at]).filter(|&at| at != NEVER);
            assert_eq!(kept.map(i64::from), there, "{}, seed {seed}, iteration {at}", plan[id].key);
        }
    }
    let mut absent = 0;
    for (id, visits) in network.visits_of.iter() {
        let counted = |visit: VisitId| samples.counted(visit);
        for &visit in visits {
            assert_eq!(counted(visit), twin.existing[visit.index()], "{}, seed {seed}", plan[id].key);
            absent += samples.delivered_count - counted(visit);
        }
        // A milestone is critical where any of its visits is.
        let critical = samples.critical(visits[0]);
        assert_eq!(critical, twin.critical_milestones[id.index()], "{}, seed {seed}", plan[id].key);
    }
    (twin.delivered.iter().filter(|delivered| !**delivered).count(), absent)
}

/// Whether a visit exists hangs on what comes before it: the engine has nothing of what comes after.
fn only_looks_back(network: &Network, seed: u64) {
    for visit in network.ids() {
        for condition in &network[visit].conditions {
            let looked_at: Vec<VisitId> = match condition {
                Condition::Drawn { by, .. } => by.iter().copied().collect(),
                Condition::Exceeds { .. } => Vec::new(),
                Condition::Ended { ends, .. } => ends.iter().map(|end| end.visits[0]).collect(),
                Condition::Placed { visits, .. } => visits.clone(),
            };
            assert!(looked_at.iter().all(|&at| at < visit), "seed {seed}, {visit:?}: {condition:?}");
        }
    }
}
