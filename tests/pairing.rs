//! Scenarios are compared under common draws: what that gains, and whether intervals hold what they say.

mod support;

use plan::forecast::{Comparison, Contender};
use plan::model::Plan;
use plan::network::Network;
use plan::simulate::{Samples, Settings, simulate};
use support::read_in;

/// A plan in one of its scenarios.
fn scenario(text: &str, name: &str) -> (Plan, Network) {
    let plan = read_in(text, Some(name));
    let network = Network::of(&plan).expect("it has a network");
    (plan, network)
}

fn run((plan, network): &(Plan, Network), seed: u64, iterations: u64) -> Samples {
    simulate(plan, network, &Settings::default().seed(seed).iterations(iterations))
}

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// The variance of the difference of two runs, of finish and of cost.
fn scatter(one: &Samples, other: &Samples) -> (f64, f64) {
    let finish = |(one, other): (&i32, &i32)| f64::from(*other) - f64::from(*one);
    let cost = |(one, other): (&f64, &f64)| other - one;
    let finishes: Vec<f64> = one.finish.iter().zip(&other.finish).map(finish).collect();
    let costs: Vec<f64> = one.cost.iter().zip(&other.cost).map(cost).collect();
    (variance(&finishes), variance(&costs))
}

#[test]
fn common_draws_take_most_of_the_chance_out_of_a_difference() {
    let text = include_str!("../plans/recommender.toml");
    let base = scenario(text, "base");
    let first = run(&base, 1, 10_000);
    // How often the variance of independent seeds holds that of common draws, at least.
    for (name, finish, cost) in [("lean", 3.0, 2.0), ("prepared", 5.0, 5.0), ("audited", 10.0, 20.0)] {
        let other = scenario(text, name);
        let (paired, apart) = (run(&other, 1, 10_000), run(&other, 2, 10_000));
        let (common, independent) = (scatter(&first, &paired), scatter(&first, &apart));
        let factor = (independent.0 / common.0, independent.1 / common.1);
        println!("{name}: {:.1} times less variance of the finish, {:.1} of the cost", factor.0, factor.1);
        assert!(factor.0 > finish && factor.1 > cost, "{name}: {factor:?}");
    }
}

fn contender<'a>((plan, network): &'a (Plan, Network), samples: &'a Samples) -> Contender<'a> {
    Contender { label: "", description: None, changes: None, plan, network, samples }
}

const SMALL: &str = "\
[milestone]
design = { duration = \"4..6..15d\", cost = \"2k..3k..6k\" }
permit = { duration = \"5d to 15d\", after = [] }
build = { duration = \"8..12..30d\", rate = \"500/d\", after = [\"design\", \"permit\"] }
[scenario.fast]
milestone.build.duration = \"6..9..30d\"
milestone.build.rate = \"800/d\"
";

#[test]
fn intervals_of_differences_hold_the_truth_as_often_as_they_say() {
    let (base, fast) = (scenario(SMALL, "base"), scenario(SMALL, "fast"));
    let compared = |seed: u64, iterations: u64| {
        let runs = [run(&base, seed, iterations), run(&fast, seed, iterations)];
        let contenders = [contender(&base, &runs[0]), contender(&fast, &runs[1])];
        Comparison::of(&contenders)
    };
    let figures = |comparison: &Comparison| {
        let pairing = &comparison.differences[0];
        let cost = pairing.cost.expect("both cost something");
        let (price, interval) =
            comparison.tradeoff.as_ref().unwrap().choices[0].up_to.expect("the fast one is dearer");
        let interval = interval.expect("the fast one is earlier");
        [
            pairing.finish.mean,
            pairing.finish.headline,
            cost.mean,
            cost.headline,
            (price, interval.low, interval.high),
        ]
    };
    let truth = figures(&compared(1_000, 200_000)).map(|(value, _, _)| value);
    let trials = 60;
    let mut held = [0.0; 5];
    for seed in 0..trials {
        for (at, (_, low, high)) in figures(&compared(seed, 10_000)).into_iter().enumerate() {
            held[at] += f64::from(u8::from(low <= truth[at] && truth[at] <= high));
        }
    }
    // The truth has an error of its own, √(10,000 / 200,000) of that of a trial, which moves few of them.
    let error = (0.95 * 0.05 / trials as f64).sqrt();
    for (at, held) in held.into_iter().enumerate() {
        let share = held / trials as f64;
        assert!((share - 0.95).abs() < 4.0 * error, "figure {at}: {share}");
    }
}
