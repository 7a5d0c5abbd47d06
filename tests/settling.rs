//! Runs that go on until their answers have settled.

mod support;

use plan::forecast::{
    Forecast, MoneyTolerance, Tolerance, keep, settled, shown_percentiles, simulate_until_settled,
};
use plan::model::Plan;
use plan::network::Network;
use plan::simulate::{Checkpoints, Settings, Stretch, simulate};
use support::read;

const TEXT: &str = r#"
[plan]
start = 2027-01-11
deadline = 2027-03-01
[milestone]
dig = { duration = "5..8..20d", cost = "1k..2k..4k", after = [] }
walls = { duration = "4d to 15d", after = "dig", rate = "100/d" }
[expect]
soon = "P80(finish) <= 2027-03-01"
"#;

fn plan() -> (Plan, Network) {
    let plan = read(TEXT);
    let network = Network::of(&plan).unwrap();
    (plan, network)
}

fn settings(plan: &Plan, network: &Network, most: u64) -> Settings {
    Settings { keep: keep(plan, network), ..Settings::default().iterations(most).seed(3) }
}

const TOLERANCE: Tolerance = Tolerance { days: 0.25, money: MoneyTolerance::Share(0.01), chance: 0.02 };

#[test]
fn a_run_ends_at_the_second_look_in_a_row_that_finds_all_settled() {
    let (plan, network) = plan();
    let settings = settings(&plan, &network, 100_000);
    let (samples, has_settled) = simulate_until_settled(&plan, &network, &settings, &TOLERANCE, &|_| {});
    assert!(has_settled && samples.iterations < 100_000, "{}", samples.iterations);
    let looks: Vec<u64> = Checkpoints::of(&settings).map(Stretch::end).collect();
    let last = looks.iter().position(|&end| end == samples.iterations).expect("it ends at a look");
    let found: Vec<bool> = looks[..=last]
        .iter()
        .map(|&end| {
            let samples = simulate(&plan, &network, &settings.clone().only(Stretch::whole(end)));
            settled(&Forecast::of(&plan, &network, &samples), &TOLERANCE)
        })
        .collect();
    assert!(found.ends_with(&[true, true]));
    assert!(!found[..last].windows(2).any(|pair| pair == [true, true]), "{found:?}");
}

#[test]
fn the_iterations_of_such_a_run_are_the_first_of_the_longest_there_may_be() {
    let (plan, network) = plan();
    let settings = settings(&plan, &network, 50_000);
    let (samples, _) = simulate_until_settled(&plan, &network, &settings, &TOLERANCE, &|_| {});
    let same = simulate(&plan, &network, &settings.only(Stretch::whole(samples.iterations)));
    assert!(samples == same);
}

#[test]
fn what_is_shown_keeps_within_the_tolerance() {
    let (plan, network) = plan();
    let settings = settings(&plan, &network, 100_000);
    let (samples, _) = simulate_until_settled(&plan, &network, &settings, &TOLERANCE, &|_| {});
    let forecast = Forecast::of(&plan, &network, &samples);
    let cost = forecast.cost.unwrap();
    let p50 = cost.percentiles.iter().find(|it| it.p == 0.5).unwrap().value;
    for p in shown_percentiles(0.8) {
        let finish = forecast.finish.percentiles.iter().find(|it| it.p == p).unwrap();
        assert!((finish.high.days - finish.low.days) / 2.0 <= 0.25, "P{p}");
        let cost = cost.percentiles.iter().find(|it| it.p == p).unwrap();
        assert!((cost.high - cost.low) / 2.0 <= 0.01 * p50, "P{p}");
    }
    assert!(forecast.targets.iter().all(|it| (it.chance.high - it.chance.low) / 2.0 <= 0.02));
}

#[test]
fn a_run_that_does_not_settle_makes_all_iterations_and_says_so() {
    let (plan, network) = plan();
    let settings = settings(&plan, &network, 3_000);
    for tolerance in [
        Tolerance { days: 0.001, ..TOLERANCE },
        Tolerance { money: MoneyTolerance::Amount(0.01), ..TOLERANCE },
        Tolerance { chance: 0.0001, ..TOLERANCE },
    ] {
        let (samples, has_settled) = simulate_until_settled(&plan, &network, &settings, &tolerance, &|_| {});
        assert_eq!((samples.iterations, has_settled), (3_000, false), "{tolerance:?}");
    }
}
