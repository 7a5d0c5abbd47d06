//! What funded solutions take of time, people, machines and data, against what there is; all by hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use plan::scope::{ResourceUnit, ScopeReport};
use plan::simulate::Settings;
use support::read;

const PLAN: &str = r#"
[plan]
start = 2027-01-04
[scope]
deadline = 2027-01-22
tail = { probability = 0, sigma = 0 }

[metric.stockout]
kind = "business"
direction = "down"
baseline = 7
target = 5
[problem.shelves]
metric = "stockout"
[factor]
gain = { value = 1_000_000 }

[resource]
dev = { kind = "people", capacity = 2, availability = "50%" }
annotator = { kind = "people", capacity = 4, rate = "160/d" }
gpu = { kind = "compute", capacity = 4, rate = "3/h", calendar = "always" }
labels = { kind = "data", price = 0.12, throughput.annotator = "450/d", allowance = "20%" }

[solution.rules]
problem = "shelves"
kind = "rules"
value = { factors = ["gain"], p_commercial = "100%" }

[milestone]
label = { solution = "rules", consumes.labels = 12_000 }
build = { solution = "rules", after = "label", work.dev = "4d", uses.gpu = 2 }
watch = { solution = "rules", after = "build", duration = "2d", work.dev = "1d" }
"#;

#[test]
fn needs_are_counted_to_the_hour_and_the_piece() {
    let report = ScopeReport::of(&read(PLAN), &Settings::default().iterations(200)).unwrap();
    let found: Vec<_> =
        report.needs.iter().map(|it| (it.name.as_str(), it.unit, it.need, it.supply)).collect();
    let expected = [
        // 14,400 labels at 1,800 a day, then 4 days of two at half time, then 2 days; 15 days to the deadline.
        ("Time", ResourceUnit::Days, 14.0, Some(15.0)),
        ("Dev", ResourceUnit::PersonDays, 5.0, Some(15.0)),
        // From a Thursday morning to the end of the Tuesday after it: five days round the clock and 8 hours.
        ("Gpu", ResourceUnit::Hours, 2.0 * (5.0 * 24.0 + 8.0), Some(4.0 * 3.0 * 168.0)),
        ("Labels", ResourceUnit::Pieces, 14_400.0, Some(27_000.0)),
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!((found.0, found.1), (expected.0, expected.1));
        assert!((found.2 - expected.2).abs() < 1e-2, "{found:?} instead of {expected:?}");
        assert!((found.3.unwrap() - expected.3.unwrap()).abs() < 1e-6, "{found:?} instead of {expected:?}");
    }
    // Nobody is paid for development, but it is effort all the same.
    assert!((report.solutions[0].effort - 5.0).abs() < 1e-4, "{}", report.solutions[0].effort);
}

#[test]
fn what_is_missing_has_its_price_and_is_said() {
    let scarce = PLAN.replace("450/d", "200/d").replace("2027-01-22", "2027-01-15");
    let report = ScopeReport::of(&read(&scarce), &Settings::default().iterations(200)).unwrap();
    let labels = report.needs.iter().find(|it| it.key.as_deref() == Some("labels")).unwrap();
    // 8,000 of 14,400 labels can be made in ten days; the others cost 0.12 each.
    assert!((labels.shortfall() - 6_400.0).abs() < 0.1, "{labels:?}");
    assert!((labels.price_of_rest.unwrap() - 768.0).abs() < 0.1, "{labels:?}");
    let reasons = format!("{:?}", report.solutions[0].reasons);
    assert!(reasons.contains("Short { of: \"Labels\", load: 1.8"), "{reasons}");
}
