//! Risks, rework, branches and failure: closed cases, laws, and a twin that enumerates every run.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod enumeration;
mod support;

use enumeration::plans::random;
use enumeration::run::Run;
use enumeration::unrolled::Unrolled;
use enumeration::{combinations, named};
use plan::model::Plan;
use plan::network::{Costs, Network, NetworkError, Values};

/// Compares every run of a plan with the twin; returns how many there are.
fn compare(plan: &Plan, network: &Network, most: usize) -> usize {
    let Some(runs) = combinations(network, most) else { return 0 };
    let unrolled = Unrolled::of(plan);
    for (values, _) in &runs {
        let draws = named(network, values);
        let run = Run::of(&unrolled, &draws);
        let schedule = network.schedule_of(values.clone());
        let early = &schedule.early;
        assert_eq!(early.failure.map(|failure| failure.at), run.failure().map(|(at, _)| at), "{draws:?}");
        assert_eq!(early.finish, run.finish(), "{draws:?}");
        for id in plan.ids() {
            let visits = network.visits_of[id].iter().map(|&visit| early.placed[visit]);
            let mut found: Vec<_> =
                visits.map(|placed| (!placed.absent, placed.start, placed.finish)).collect();
            let passes = unrolled.passes_of(id);
            let places = passes.iter().map(|pass| run.place(&(id, pass.clone())));
            let mut expected: Vec<_> =
                places.map(|place| (place.exists, place.start, place.finish)).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{} with {draws:?}", plan[id].key);
        }
        let costs = Costs::of(network, Values(values), early);
        let total: f64 = run.money().iter().map(|part| part.amount).sum();
        assert!((costs.total() - total).abs() <= 1e-9 * total.abs().max(1.0), "{} {total}", costs.total());
        let mut sums = std::collections::BTreeMap::new();
        for part in run.money() {
            *sums.entry((part.category.index(), part.stage.map(|stage| stage.index()))).or_insert(0.0) +=
                part.amount;
        }
        for (category, stage, amount) in costs.parts(network) {
            *sums.entry((category, stage)).or_insert(0.0) -= amount;
        }
        assert!(sums.values().all(|rest| rest.abs() <= 1e-9 * total.abs().max(1.0)), "{sums:?}");
    }
    runs.len()
}

#[test]
fn every_run_of_a_random_plan_is_that_of_the_twin() {
    let (mut plans, mut runs) = (0, 0);
    for seed in 0..3_000 {
        let plan = random(seed);
        eprintln!("seed {seed}");
        let network = match Network::of(&plan) {
            Ok(network) => network,
            Err(NetworkError::EntangledRework(_)) => continue,
            Err(error) => panic!("{seed}: {error}"),
        };
        let compared = std::panic::catch_unwind(|| compare(&plan, &network, 512));
        match compared {
            Ok(0) => {}
            Ok(count) => (plans, runs) = (plans + 1, runs + count),
            Err(_) => panic!("plan {seed}"),
        }
    }
    assert!(plans > 1_500 && runs > 30_000, "{plans} plans, {runs} runs");
}

#[test]
#[ignore]
fn show() {
    let seed: u64 = std::env::var("SEED").unwrap().parse().unwrap();
    let plan = random(seed);
    for id in plan.ids() {
        let m = &plan[id];
        println!(
            "{} d={:?} rework={:?} only_if={:?} success={} outcomes={}",
            m.key,
            m.duration.as_ref().unwrap().seconds.planned,
            m.rework.as_ref().map(|r| (&r.redo, r.at_most, &r.probability, r.otherwise)),
            m.only_if,
            m.success,
            m.outcomes.len()
        );
    }
    for l in &plan.links {
        println!(
            "{:?} -{:?} {:?}-> {:?}",
            l.from,
            l.kind,
            match &l.lag {
                plan::model::Lag::None => 0.0,
                plan::model::Lag::Span(s) => s.seconds.planned,
                plan::model::Lag::Share(s) => s.planned,
            },
            l.to
        );
    }
    for r in &plan.risks {
        println!("{:?}", r.terms());
    }
    let network = Network::of(&plan).unwrap();
    for (i, v) in network.visits.iter().enumerate() {
        println!(
            "visit {i}: m{} pass {} cond {:?} fails {:?} {:?}",
            v.milestone.index(),
            v.pass,
            v.conditions,
            v.failures,
            v.fails_as_last
        );
    }
    for l in &network.links {
        println!("{:?} {:?} {:?}", l.from, l.kind, l.to);
    }
    compare(&plan, &network, 512);
}
