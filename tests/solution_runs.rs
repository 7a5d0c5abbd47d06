//! What `plan scope` says of a solution's runs, against sums by hand and the forecast of its plan.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use plan::forecast::{Forecast, keep};
use plan::network::Network;
use plan::scope::{Assessment, Canvas, ScopeReport};
use plan::simulate::{Settings, simulate};
use support::read;

const ITERATIONS: u64 = 4_000;

/// Without tails and doubt, so that only what is written is left.
const TERMS: &str = r#"
[scope]
discount_rate = "10%"
tail = { probability = 0, sigma = 0 }

[metric.stockout]
kind = "business"
direction = "down"
baseline = 7
target = 5

[problem.shelves]
metric = "stockout"
"#;

fn solutions(rest: &str) -> Vec<Assessment> {
    let plan = read(&format!("{TERMS}{rest}"));
    ScopeReport::of(&plan, &Settings::default().iterations(ITERATIONS)).unwrap().solutions
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{found}, not {expected}");
}

const ONE: &str = r#"
[solution.s]
problem = "shelves"
kind = "rules"

[milestone]
first = { duration = "26d", cost = 0 }
a = { solution = "s", after = "first", duration = "26d", cost = "20k" }

[risk.r]
probability = "100%"
on = "a"
cost = "30k"
response = { price = "5k", probability = "0%" }
"#;

#[test]
fn what_a_risk_costs_once_is_a_cost_of_its_solution() {
    let [s] = &solutions(ONE)[..] else { panic!("one solution") };
    near(s.cost.mean, 50e3);
    // A tenth of a year of 260 days until it strikes; the milestone is paid evenly from then on.
    let force = 1.1_f64.ln();
    let even = 20e3 * ((-force * 0.1).exp() - (-force * 0.2).exp()) / (force * 0.1);
    near(s.development, even + 30e3 * (-force * 0.1).exp());
}

#[test]
fn a_response_in_force_costs_its_price_at_the_start() {
    let [s] = &solutions(&format!("{ONE}respond = true\n"))[..] else { panic!("one solution") };
    near(s.cost.mean, 25e3);
    let force = 1.1_f64.ln();
    let even = 20e3 * ((-force * 0.1).exp() - (-force * 0.2).exp()) / (force * 0.1);
    near(s.development, even + 5e3);
}

#[test]
fn what_solutions_share_of_a_risk_is_counted_once_with_each() {
    let shared = r#"
        [solution.s]
        problem = "shelves"
        kind = "rules"
        p_technical = "0%"
        fallback = "t"

        [solution.t]
        problem = "shelves"
        kind = "buy"

        [milestone]
        first = { duration = "1d", cost = 0 }
        a = { solution = "s", after = "first", duration = "1d", cost = "1k" }
        b = { solution = "t", after = "first", duration = "1d", cost = "2k" }

        [risk.shared]
        probability = "100%"
        on = ["first", "a", "b"]
        cost = "30k"

        [risk.common]
        probability = "100%"
        on = "first"
        cost = "100k"
    "#;
    let [s, t] = &solutions(shared)[..] else { panic!("two solutions") };
    // Of a solution and what it falls back on once in all; what strikes neither of them is of neither.
    near(s.cost.mean, 33e3);
    near(t.cost.mean, 32e3);
}

/// A milestone that works on Saturdays in a plan that does not.
const SATURDAY: &str = r#"
[plan]
start = 2027-01-04
deadline = 2027-01-08

[calendar]
site = { week = "Mon-Sat 09:00-17:00" }

[solution.s]
problem = "shelves"
kind = "rules"

[milestone]
a = { solution = "s", calendar = "site", duration = { discrete = [["3d", 0.5], ["5.5d", 0.5]] }, cost = "1k" }
"#;

#[test]
fn a_launch_is_told_by_its_moment_as_the_forecast_and_the_canvas_tell_it() {
    let plan = read(&format!("{TERMS}{SATURDAY}"));
    let network = Network::of(&plan).unwrap();
    let settings = Settings { keep: keep(&plan, &network), ..Settings::default().iterations(ITERATIONS) };
    let forecast = Forecast::of(&plan, &network, &simulate(&plan, &network, &settings));
    let report = ScopeReport::of(&plan, &settings).unwrap();
    let s = &report.solutions[0];
    assert!((s.p_in_time.unwrap() - 0.5).abs() < 0.04, "{:?}", s.p_in_time);
    near(s.p_in_time.unwrap(), forecast.targets[0].chance.share);
    assert!(s.is_late);
    let canvas = Canvas::of(&plan, &report, s.id, &settings).unwrap();
    let at = |p: f64| forecast.finish.percentiles.iter().find(|it| it.p == p).unwrap().at;
    assert_eq!(s.launch.unwrap(), [at(0.5), at(0.8)]);
    assert_eq!(canvas.steps[0].finish, s.launch);
    assert_eq!(s.launch.unwrap()[1].date.unwrap().to_string(), "2027-01-09T13:00");
    assert_eq!(report.deadline, forecast.plan.deadline);
}
