//! What is begun where a solution fails, against probabilities and sums by hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use plan::forecast::{Ending, EventKind, Forecast, keep};
use plan::model::Plan;
use plan::network::Network;
use plan::scope::{ScopeReport, Sequences};
use plan::simulate::{Settings, simulate};
use support::read;

const ITERATIONS: u64 = 20_000;

/// Without discount, tails and doubt about the market, so that only coins are left.
const PLAN: &str = r#"
[scope]
discount_rate = 0
horizon_months = 24
tail = { probability = 0, sigma = 0 }

[metric.stockout]
kind = "business"
direction = "down"
baseline = 7
target = 5

[problem.shelves]
metric = "stockout"

[factor]
gain = { value = 100_000 }

[solution.rules]
problem = "shelves"
kind = "rules"
p_technical = "60%"
fallback = "bought"
value = { factors = ["gain"], p_commercial = "100%", ramp_months = 0 }

[solution.bought]
problem = "shelves"
kind = "buy"
p_technical = "50%"
value = { factors = ["gain"], p_commercial = "100%", ramp_months = 0, launch_cost = 4_000 }

[milestone]
write = { solution = "rules", duration = "26d", cost = 10_000 }
buy = { solution = "bought", duration = "52d", cost = 20_000 }
"#;

fn near(found: f64, expected: f64, deviation: f64) {
    let tolerance = 4.0 * deviation / (ITERATIONS as f64).sqrt();
    assert!((found - expected).abs() <= tolerance, "{found} instead of {expected} ± {tolerance}");
}

#[test]
fn a_fallback_is_paid_and_earns_where_the_first_fails() {
    let report = ScopeReport::of(&read(PLAN), &Settings::default().iterations(ITERATIONS)).unwrap();
    let [rules, bought] = &report.solutions[..] else { panic!("two solutions") };
    let fallback = &rules.fallbacks[0];
    assert_eq!((fallback.key.as_str(), rules.fallbacks.len(), bought.fallbacks.len()), ("bought", 1, 0));
    let bit = |p: f64| (p * (1.0 - p)).sqrt();
    near(rules.p_feasible, 0.6, bit(0.6));
    near(fallback.p_begun, 0.4, bit(0.4));
    near(fallback.p_launch, 0.2, bit(0.2));
    // 260 days are a year: 1.9 years of value from the rules, 1.7 from what is bought after them, 1.8 from it alone.
    near(bought.worths.expected, 0.5 * (180e3 - 4e3) - 20e3, 0.5 * 176e3);
    let costs = [(0.6, 10e3, 180e3), (0.2, 34e3, 136e3), (0.2, 30e3, -30e3)];
    near(rules.cost.mean, costs.iter().map(|it| it.0 * it.1).sum(), 12e3);
    near(rules.worths.expected, costs.iter().map(|it| it.0 * it.2).sum(), 90e3);
    // What is known beforehand saves the rules their cost, not what comes after.
    near(rules.worth_of_knowing, 0.4 * 10e3, 5e3);
    // They are not combined: whoever funds the rules has the other already.
    assert_eq!(report.portfolio.choices.len(), 3);
    assert_eq!(report.portfolio.choice().members, [0]);
}

#[test]
fn what_is_cheap_and_likely_is_tried_first() {
    let plan = PLAN
        .replace("kind = \"rules\"", "kind = \"rules\"\ngroup = \"g\"")
        .replace("kind = \"buy\"", "kind = \"buy\"\ngroup = \"g\"");
    let all = Sequences::of(&read(&plan), &Settings::default().iterations(ITERATIONS)).unwrap();
    let [group] = &all.groups[..] else { panic!("one group") };
    assert_eq!((group.group.as_str(), group.members), ("g", 2));
    // Launched at 0.1, 0.2 or 0.3 years of 2, by hand: what each order is worth, and how likely it launches.
    let expected: [(&[&str], f64, f64); 4] = [
        (&["rules", "bought"], 0.6 * 180e3 + 0.2 * 136e3 + 0.2 * -30e3, 0.8),
        (&["bought", "rules"], 0.5 * 156e3 + 0.3 * 140e3 + 0.2 * -30e3, 0.8),
        (&["rules"], 0.6 * 180e3 + 0.4 * -10e3, 0.6),
        (&["bought"], 0.5 * 156e3 + 0.5 * -20e3, 0.5),
    ];
    for (sequence, (keys, worth, launch)) in group.sequences.iter().zip(expected) {
        assert_eq!(sequence.keys, keys);
        near(sequence.worths.expected, worth, 100e3);
        near(sequence.p_launch, launch, 0.5);
    }
    assert_eq!(group.best_alone().unwrap().keys, ["rules"]);
}

/// Whatever ends something in a plan: kind, key, chance, the solution and its fallback.
fn endings(plan: &Plan) -> Vec<(EventKind, String, f64, Vec<String>)> {
    let network = Network::of(plan).unwrap();
    let settings = Settings { keep: keep(plan, &network), ..Settings::default().iterations(100) };
    let forecast = Forecast::of(plan, &network, &simulate(plan, &network, &settings));
    let ends = forecast.events.into_iter().filter_map(|event| {
        let of = match event.ends? {
            Ending::Plan => Vec::new(),
            Ending::Solution { solution, fallback } => {
                [Some(solution), fallback].into_iter().flatten().map(|it| it.0).collect()
            }
        };
        Some((event.kind, event.key, event.probability.unwrap_or(f64::NAN), of))
    });
    ends.collect()
}

#[test]
fn a_forecast_lists_all_that_may_end_a_solution_and_what_follows() {
    let more = r#"
        [milestone.test]
        solution = "rules"
        after = "write"
        duration = "2d"
        success = "90%"
        rework = { probability = ["50%", "20%"], at_most = 2, otherwise = "fail" }

        [risk.law]
        solution = "rules"
        resolved_by = "write"
        probability = "30%"
    "#;
    let plan = read(&format!("{PLAN}{more}"));
    let found = endings(&plan);
    let kinds = |all: &[(EventKind, String, f64, Vec<String>)]| -> Vec<(EventKind, String)> {
        all.iter().map(|it| (it.0, it.1.clone())).collect()
    };
    let of_rules = [
        (EventKind::Risk, "law".to_owned()),
        (EventKind::LastCheck, "test".to_owned()),
        (EventKind::Failure, "test".to_owned()),
        (EventKind::Technical, "rules".to_owned()),
    ];
    assert_eq!(kinds(&found)[..4], of_rules);
    for (at, chance) in [0.3, 0.5 * 0.2 * 0.2, 0.1, 0.4].into_iter().enumerate() {
        assert!((found[at].2 - chance).abs() < 1e-12, "{:?}", found[at]);
        assert_eq!(found[at].3, ["rules", "bought"]);
    }
    assert_eq!((found[4].0, found[4].3.clone()), (EventKind::Technical, vec!["bought".to_owned()]));
    assert_eq!(found.len(), 5);

    // Alone, what ends the solution ends the plan.
    let id = plan.scoping.solution("bought").unwrap();
    let alone = endings(&plan.with_solutions(&[id]));
    assert_eq!(kinds(&alone), [(EventKind::Technical, "bought".to_owned())]);
    assert!(alone[0].3.is_empty());
}
