//! The cash flow, escalation, currencies and funding, against closed forms, and against the cost of every iteration.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;

use plan::forecast::{CashFlow, Period, keep};
use plan::network::{Network, Values};
use plan::simulate::{Settings, observe, simulate};
use support::read;

/// The cash flow of a plan, and the costs of its first iterations.
fn flow(text: &str, by: Period, iterations: u64) -> (CashFlow, Vec<f64>) {
    let plan = read(text);
    let network = Network::of(&plan).unwrap();
    let mut settings = Settings::default().iterations(iterations).seed(1);
    settings.keep = keep(&plan, &network);
    let samples = simulate(&plan, &network, &settings);
    let flow = CashFlow::of(&plan, &network, &settings, &samples, by).unwrap();
    (flow, samples.cost.to_vec())
}

/// What the plan as written pays in each period; the simulation of a plan without doubt says the same.
fn paid(text: &str, by: Period) -> Vec<f64> {
    let (flow, _) = flow(text, by, 64);
    for period in &flow.periods {
        let (planned, found) = (period.planned, period.paid);
        let tolerance = 1e-6 * flow.planned.max(1.0);
        assert!(
            (planned - found.p10).abs() + (planned - found.p80).abs() < tolerance,
            "{planned} and {found:?}"
        );
        assert_eq!(period.band.0, period.band.1, "a band of what is sure");
    }
    flow.periods.iter().map(|period| period.planned).collect()
}

fn assert_near(found: &[f64], expected: &[f64], what: &str) {
    let is_near = |(one, other): (&f64, &f64)| (one - other).abs() <= 1e-9 * other.abs().max(1.0);
    assert!(
        found.len() == expected.len() && found.iter().zip(expected).all(is_near),
        "{what}: {found:?}, not {expected:?}"
    );
}

/// Around the clock from New Year's Day on.
const ALWAYS: &str = "[plan]\nstart = 2027-01-01\ncalendar = \"always\"\n";

#[test]
fn curves_flow_through_months_as_their_integrals_say() {
    // 90 days from 1 January: 31, 28 and 31.
    let [one, two] = [31.0 / 90.0, 59.0 / 90.0];
    let front = |s: f64| 2.0 * s - s * s;
    let bell = |s: f64| 3.0 * s * s - 2.0 * s * s * s;
    for (pay, expected) in [
        ("\"even\"", [one, two]),
        ("\"front\"", [front(one), front(two)]),
        ("\"back\"", [one * one, two * two]),
        ("\"bell\"", [bell(one), bell(two)]),
        ("{ start = \"25%\", even = \"75%\" }", [0.25 + 0.75 * one, 0.25 + 0.75 * two]),
    ] {
        let text = format!("{ALWAYS}[milestone]\na = {{ duration = \"90d\", cost = 1000, pay = {pay} }}\n");
        let [one, two] = expected.map(|share| 1000.0 * share);
        assert_near(&paid(&text, Period::Month), &[one, two - one, 1000.0 - two], pay);
    }
}

#[test]
fn payments_wait_and_every_cost_has_its_place() {
    let cases = [
        // Half a fortnight late: the first seven days of it in the second week.
        ("\"even+7ed\"", vec![0.0, 500.0, 500.0]),
        ("\"finish+7ed\"", vec![0.0, 0.0, 0.0, 1000.0]),
        ("\"start\"", vec![1000.0]),
        ("\"start+6ed\"", vec![1000.0]),
        ("\"start+7ed\"", vec![0.0, 1000.0]),
    ];
    let start = "[plan]\nstart = 2027-03-01\ncalendar = \"always\"\n";
    for (pay, expected) in cases {
        let text = format!("{start}[milestone]\na = {{ duration = \"14d\", cost = 1000, pay = {pay} }}\n");
        assert_near(&paid(&text, Period::Week), &expected, pay);
    }
    // Five days of work a week; the rate of the second week is another; a risk that strikes when its milestone
    // starts; an overhead over elapsed time; a surcharge with the money it is on.
    let text = "[plan]\nstart = 2027-03-01\n\
        [resource]\ncrew = { kind = \"people\", rate = { 2027-01-01 = \"100/d\", 2027-03-08 = \"200/d\" } }\n\
        [milestone]\na = { duration = \"10d\", uses.crew = 1 }\nb = { duration = \"5d\", after = \"a\" }\n\
        [risk]\nr = { probability = \"100%\", on = \"b\", cost = 50 }\n\
        [overhead]\nagency = { share = \"10%\", of = [\"kind:people\"] }\n";
    let (flow, _) = flow(text, Period::Week, 64);
    let means: Vec<f64> = flow.periods.iter().map(|period| (period.paid.mean * 1e3).round() / 1e3).collect();
    assert_eq!(means, [550.0, 1100.0, 50.0]);
    // In the plan as written no risk happens.
    assert_near(&[flow.planned], &[1650.0], "planned");
}

#[test]
fn in_every_iteration_the_money_in_time_is_all_the_money() {
    let mut seen = 0;
    for entry in fs::read_dir("plans").unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for extra in ["", "\n[escalation]\npeople = \"5..40..90%\"\nother = \"-20%\"\n"] {
            if extra.is_empty() != text.contains("[escalation]") {
                continue;
            }
            let plan = read(&format!("{text}{extra}"));
            let network = Network::of(&plan).unwrap();
            let settings = Settings::default().iterations(320);
            observe(&network, &settings, 0..320, |rows| {
                for lane in 0..rows.count {
                    let mut sum = 0.0;
                    network
                        .flows(Values(&rows.values(lane)), &rows.early(lane), &mut |flow| sum += flow.amount);
                    let cost = rows.cost()[lane];
                    // Sums of single precision.
                    assert!((sum - cost).abs() <= 1e-5 * cost.max(1.0), "{path:?}: {sum}, cost {cost}");
                    seen += 1;
                }
            });
        }
    }
    assert!(seen >= 320 * 6, "{seen}");
}

#[test]
fn periods_and_what_comes_later_are_the_cost() {
    for file in ["recommender", "fit-out", "mlops"] {
        let text = fs::read_to_string(format!("plans/{file}.toml")).unwrap();
        for by in [Period::Month, Period::Week] {
            let (flow, costs) = flow(&text, by, 1_000);
            let mean = costs.iter().sum::<f64>() / costs.len() as f64;
            let paid: f64 = flow.periods.iter().map(|period| period.paid.mean).sum::<f64>() + flow.later;
            assert!((paid - mean).abs() <= 1e-5 * mean, "{file}: {paid}, cost {mean}");
            let mut before = 0.0;
            for (at, period) in flow.periods.iter().enumerate() {
                assert!(period.total.mean >= before - 1e-6 && period.band.0 <= period.band.1, "{file} {at}");
                assert!((period.total.mean - before - period.paid.mean).abs() < 1e-6 * mean, "{file} {at}");
                before = period.total.mean;
            }
            let planned: f64 = flow.periods.iter().map(|period| period.planned).sum();
            assert!((planned - flow.planned).abs() < 1e-6 * mean, "{file}: {planned}, {}", flow.planned);
        }
    }
}

/// A year of 365.25 days.
const YEAR: f64 = 365.25;

#[test]
fn prices_rise_by_the_year() {
    let cost = |text: &str| {
        let (flow, costs) = flow(text, Period::Month, 64);
        for cost in &costs {
            assert!((cost / flow.planned - 1.0).abs() < 1e-6, "{cost} and {}: {text}", flow.planned);
        }
        flow.planned
    };
    let head = "[plan]\nstart = 2027-01-01\ncalendar = \"always\"\nescalation = \"10%\"\n";
    let growth = |days: f64| 1.1_f64.powf(days / YEAR);
    let even = |from: f64, to: f64| (growth(to) - growth(from)) / ((to - from) / YEAR * 1.1_f64.ln());
    let first = "[milestone]\na = { duration = \"100d\" }\nb = { after = \"a\", duration = \"200d\", ";
    for (what, rest, expected) in [
        ("at the finish", "cost = 1000 }", 1000.0 * growth(300.0)),
        ("at the start", "cost = 1000, pay = \"start\" }", 1000.0 * growth(100.0)),
        ("waiting", "cost = 1000, pay = \"finish+30ed\" }", 1000.0 * growth(330.0)),
        ("evenly", "cost = 1000, pay = \"even\" }", 1000.0 * even(100.0, 300.0)),
        ("by a rate", "rate = \"5/d\" }", 1000.0 * even(100.0, 300.0)),
        ("an overhead", "}\n[overhead]\no = { rate = \"7/w\" }", 300.0 * even(0.0, 300.0)),
        ("a surcharge", "cost = 1000 }\n[overhead]\no = { share = \"10%\" }", 1100.0 * growth(300.0)),
        ("another category", "cost = 1000, category = \"data\" }\n[escalation]\ndata = 0", 1000.0),
        ("falling", "cost = 1000 }\n[escalation]\nother = \"-10%\"", 1000.0 * 0.9_f64.powf(300.0 / YEAR)),
        (
            "by dates",
            "cost = 1000 }\n[escalation]\nother = { 2026-01-01 = \"5%\", 2027-07-20 = \"-50%\" }",
            1000.0 * 1.05_f64.powf(200.0 / YEAR) * 0.5_f64.powf(100.0 / YEAR),
        ),
    ] {
        let found = cost(&format!("{head}{first}{rest}\n"));
        assert!((found / expected - 1.0).abs() < 1e-9, "{what}: {found}, not {expected}");
    }
}

#[test]
fn an_uncertain_rise_and_an_uncertain_currency_are_drawn_once_an_iteration() {
    const ITERATIONS: u64 = 20_000;
    let text = "[plan]\nstart = 2027-01-01\ncalendar = \"always\"\n\
        escalation = { discrete = [[\"0%\", 1], [\"21%\", 1]] }\n\
        [currency]\nUSD = { discrete = [[0.5, 1], [1.5, 1]] }\n\
        [milestone]\na = { duration = \"365.25d\", cost = \"100 USD\" }\nb = { duration = \"730.5d\", cost = 100 }\n\
        c = { duration = \"365.25d\", rate = \"0 USD/d\", cost = \"300 USD\" }\n";
    let (_, costs) = flow(text, Period::Month, ITERATIONS);
    // 400 USD after one year and 100 after two.
    let mut counts = [0; 4];
    for cost in &costs {
        let cases = [(0.5, 1.0), (1.5, 1.0), (0.5, 1.21), (1.5, 1.21)];
        let case = cases.iter().position(|(worth, rise)| {
            let expected = 400.0 * worth * rise + 100.0 * rise * rise;
            (cost - expected).abs() < 1e-5 * expected
        });
        counts[case.unwrap_or_else(|| panic!("{cost}"))] += 1;
    }
    let error = 4.0 * (0.25 * 0.75 / ITERATIONS as f64).sqrt();
    for count in counts {
        assert!((f64::from(count) / ITERATIONS as f64 - 0.25).abs() < error, "{counts:?}");
    }
}

#[test]
fn money_runs_out_on_the_day_it_does() {
    // 10 a day for a hundred days; 300 at first, 400 from day 60 (2 March) on.
    let text = "[plan]\nstart = 2027-01-01\ncalendar = \"always\"\n\
        [milestone]\na = { duration = \"100d\", rate = \"10/d\" }\n\
        [funding]\n2026-06-01 = 100\n2027-01-01 = 200\n2027-03-02 = 400\n";
    let (flow, _) = flow(text, Period::Month, 64);
    let funding = flow.funding.unwrap();
    assert_eq!(funding.released, 700.0);
    assert_eq!((funding.runs_out.share, funding.shortfall.p50), (1.0, 300.0));
    assert_eq!(funding.planned_run_out.unwrap().date.unwrap().to_string(), "2027-01-31T00:00");
    assert_eq!(funding.run_out.unwrap().map(|at| at.days), [30.0; 3]);
    let by_period: Vec<(f64, f64, f64)> = flow
        .periods
        .iter()
        .map(|period| period.funding.unwrap())
        .map(|it| (it.released_total, it.short.share, it.shortfall.p80))
        .collect();
    // Most is missing just before the second of March: 60 days are paid, 300 released.
    let expected = [(300.0, 1.0, 10.0), (300.0, 1.0, 290.0), (700.0, 1.0, 300.0), (700.0, 1.0, 300.0)];
    assert_eq!(by_period, expected);
}

#[test]
fn a_plan_without_dates_counts_months_from_its_start() {
    let text = "[milestone]\na = { duration = \"10w\", rate = \"7/w\" }\n";
    let (flow, _) = flow(text, Period::Month, 64);
    assert!(flow.periods.iter().all(|period| period.from.date.is_none()));
    // 1 per elapsed day, from the first Monday 09:00 to the tenth Friday 17:00; months of 30.4375 days from midnight.
    let [begin, end] = [9.0 / 24.0, 67.0 + 17.0 / 24.0];
    let found: Vec<f64> = flow.periods.iter().map(|period| period.planned).collect();
    assert_near(&found, &[30.4375 - begin, 30.4375, end - 60.875], "months");
}

#[test]
fn work_waits_until_its_money_is_released() {
    // Three steps of ten days, each paid at its start: 100, 100 and 100.
    let plan = |funding: &str| {
        let step = |after: &str| format!("{{ duration = \"10d\", cost = 100, pay = \"start\"{after} }}");
        format!(
            "{ALWAYS}[milestone]\na = {}\nb = {}\nc = {}\n[funding]\n{funding}",
            step(""),
            step(", after = \"a\""),
            step(", after = \"b\"")
        )
    };
    for (what, funding, lost, waits) in [
        ("enough at once", "2027-01-01 = 300\n", Some(0.0), vec![]),
        ("just in time", "2027-01-01 = 100\n2027-01-11 = 100\n2027-01-21 = 100\n", Some(0.0), vec![]),
        // The second waits five days; the third then has its money already.
        ("the second late", "2027-01-01 = 100\n2027-01-16 = 200\n", Some(5.0), vec![("b", 5.0)]),
        (
            "both late",
            "2027-01-01 = 150\n2027-01-16 = 100\n2027-02-10 = 50\n",
            Some(20.0),
            vec![("c", 15.0), ("b", 5.0)],
        ),
        ("never", "2027-01-01 = 299\n", None, vec![]),
    ] {
        let (flow, _) = flow(&plan(funding), Period::Month, 64);
        let waiting = flow.funding.unwrap().waiting.unwrap();
        assert_eq!(waiting.never.share, f64::from(u8::from(lost.is_none())), "{what}");
        if let Some(lost) = lost {
            assert!((waiting.lost_days.p50 - lost).abs() < 0.002, "{what}: {:?}", waiting.lost_days);
        }
        let found: Vec<(&str, f64)> = waiting
            .milestones
            .iter()
            .map(|it| (it.key.as_str(), (it.mean_days * 100.0).round() / 100.0))
            .collect();
        assert_eq!(found, waits, "{what}");
    }
}
