//! Risks, correlation, rework, branches and failure, by enumeration and closed forms, from plan text.

use std::f64::consts::PI;
use std::fs;

use plan::forecast::{JointPoint, TargetKind};
use serde_json::Value;

use crate::support::{Answer, answer, assert_mean, assert_sd, assert_share, shared};

/// The mean of the finish of delivered runs, in working days.
fn arrivals(answer: &Answer) -> Vec<f64> {
    let days = answer.finish_days();
    (0..days.len()).filter(|&at| answer.samples.is_delivered(at)).map(|at| days[at]).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Working days of a milestone on the standard calendar, 1,000 money a day where asked.
const REGISTER: &str = r#"
[milestone]
design = { duration = "20d", rate = "1000/d", after = [] }
build = { duration = "40d", rate = "2000/d", after = "design" }
procure = { duration = "35d", rate = "500/d", after = "design SS+5d" }
test = { duration = "15d", rate = "1500/d", after = ["build", "procure"] }

[risk]
rain = { probability = "30%", on = "build", delay = "10d" }
strike = { probability = "40%", on = "procure", delay = "30d" }
bugs = { probability = "20%", on = "test", delay = "5d" }

[overhead]
office = { rate = "800/d" }

[expect]
at-75 = "P(finish <= 75d) >= 1%"
at-80 = "P(finish <= 80d) >= 1%"
at-85 = "P(finish <= 85d) >= 1%"
at-90 = "P(finish <= 90d) >= 1%"
joint-75 = "P(finish <= 75d and cost <= 220k) >= 1%"
joint-80 = "P(finish <= 80d and cost <= 230k) >= 1%"
joint-85 = "P(finish <= 85d and cost <= 250k) >= 1%"
"#;

#[test]
fn a_risk_register_gives_the_enumerated_dates_money_and_both() {
    let answer = answer(REGISTER);
    for (key, expected) in [
        ("at-75", 0.336),
        ("at-80", 0.42),
        ("at-85", 0.884),
        ("at-90", 1.0),
        ("joint-75", 0.336),
        ("joint-80", 0.42),
        ("joint-85", 0.884),
    ] {
        assert_share(answer.chance(key), expected, key);
    }
    assert_mean(mean(&answer.finish_days()), 81.8, 28.36_f64.sqrt(), "finish");
    assert_sd(&answer.finish_days(), 28.36_f64.sqrt(), "finish");
    assert_mean(mean(&answer.samples.cost), 218_940.0, 15_980.938_645_774_222, "cost");
    assert_sd(&answer.samples.cost, 15_980.938_645_774_222, "cost");
    for (key, expected) in [("design", 1.0), ("build", 0.72), ("procure", 0.4), ("test", 1.0)] {
        assert_share(answer.milestone(key).criticality, expected, key);
    }
}

/// Chance, days and money of each of the register's eight outcomes.
fn outcomes_of_the_register() -> Vec<(f64, f64, f64)> {
    let outcome = |at: u32| {
        let happens = |bit: u32| f64::from(at >> bit & 1);
        let (rain, strike, bugs) = (happens(0), happens(1), happens(2));
        let chance = |happens: f64, p: f64| if happens > 0.0 { p } else { 1.0 - p };
        let (build, procure, test) = (40.0 + 10.0 * rain, 35.0 + 30.0 * strike, 15.0 + 5.0 * bugs);
        let days = f64::max(20.0 + build, 5.0 + procure) + test;
        let money = 20e3 + 2_000.0 * build + 500.0 * procure + 1_500.0 * test + 800.0 * days;
        (chance(rain, 0.3) * chance(strike, 0.4) * chance(bugs, 0.2), days, money)
    };
    (0..8).map(outcome).collect()
}

#[test]
fn the_frontier_of_a_risk_register_is_the_enumerated_one() {
    let all = outcomes_of_the_register();
    let both = |days: f64, money: f64| -> f64 {
        let met = all.iter().filter(|at| at.1 <= days + 1e-6 && at.2 <= money + 1.0);
        met.map(|at| at.0).sum()
    };
    assert!((both(85.0, 250e3) - 0.884).abs() < 1e-12);
    let answer = answer(REGISTER);
    let joint = answer.forecast.joint.as_ref().unwrap();
    let error = |p: f64| 4.0 * (p * (1.0 - p) / answer.samples.cost.len() as f64).sqrt();
    for curve in &joint.curves {
        for corner in &curve.corners {
            let exact = both(corner.at.days, corner.cost);
            assert!(exact >= curve.share - error(curve.share), "{corner:?}: {exact}");
        }
        for &(_, days, money) in &all {
            let is_held = |it: &JointPoint| it.at.days <= days + 1e-6 && it.cost <= money + 1.0;
            if both(days, money) >= curve.share + error(curve.share) {
                assert!(curve.corners.iter().any(is_held), "{days} and {money} at {}", curve.share);
            }
        }
    }
}

#[test]
fn date_and_budget_together_lie_between_the_bounds_of_frechet() {
    for (deadline, money) in [
        ("2027-04-16", "210k"),
        ("2027-04-23", "215k"),
        ("2027-04-30", "225k"),
        ("2027-04-30", "240k"),
        ("2027-05-07", "235k"),
        ("2027-04-09", "300k"),
    ] {
        let limits = format!("[plan]\nstart = 2027-01-04\nbudget = \"{money}\"\ndeadline = {deadline}\n");
        let answer = answer(&format!("{limits}{REGISTER}"));
        let forecast = &answer.forecast;
        let quadrants = forecast.joint.as_ref().unwrap().quadrants.unwrap();
        let chance = |wanted: fn(&TargetKind) -> bool| {
            forecast.targets.iter().find(|target| wanted(&target.kind)).unwrap().chance.share
        };
        let date = chance(|kind| matches!(kind, TargetKind::Deadline(_)));
        let budget = chance(|kind| matches!(kind, TargetKind::Budget(_)));
        let both = quadrants.both.share;
        assert_eq!(both, chance(|kind| *kind == TargetKind::Both));
        assert!(both <= date.min(budget) + 1e-12 && both >= (date + budget - 1.0).max(0.0) - 1e-12);
        let parts = [both, quadrants.late.share, quadrants.over.share, quadrants.neither.share];
        assert!((parts.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{parts:?}");
    }
}

#[test]
fn the_published_register_is_the_one_held() {
    let Some(path) = shared("exact/expected.json") else { return };
    let all: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let case = &all["risk_register_exact_joint"];
    assert_eq!(case["derived"]["mean"], 81.8);
    assert_eq!(case["derived"]["cost"]["mean"], 218_940.0);
    for (at, risk) in [("rain", "build"), ("strike", "procure"), ("bugs", "test")].iter().enumerate() {
        assert_eq!(case["given"]["risks"][at]["activity"], risk.1, "{}", risk.0);
    }
}

/// Spearman's ρ of two normals whose correlation is `r`.
fn spearman(r: f64) -> f64 {
    6.0 / PI * (r / 2.0).asin()
}

#[test]
fn correlated_normals_add_up_to_their_variance() {
    let rho = spearman(0.6);
    let text = format!(
        "[milestone]\na = {{ duration = {{ normal = {{ mean = \"100d\", sd = \"10d\" }} }}, after = [] }}\n\
         b = {{ duration = {{ normal = {{ mean = \"100d\", sd = \"10d\" }} }}, after = \"a\" }}\n\
         [correlation]\ntwins = {{ among = [\"a\", \"b\"], rho = {rho} }}\n"
    );
    let answer = answer(&text);
    assert_mean(mean(&answer.finish_days()), 200.0, 320.0_f64.sqrt(), "sum");
    assert_sd(&answer.finish_days(), 320.0_f64.sqrt(), "sum");
}

#[test]
fn a_matrix_gives_the_published_second_moment() {
    let [r12, r13, r23] = [0.5, 0.3, 0.4].map(spearman);
    let line = |key: &str, mean: u32, sd: u32| {
        format!("{key} = {{ cost = {{ normal = {{ mean = {mean}, sd = {sd} }} }}, after = [] }}\n")
    };
    let text = format!(
        "[milestone]\n{}{}{}[correlation]\nm = {{ among = [\"a.cost\", \"b.cost\", \"c.cost\"], \
         matrix = [[1, {r12}, {r13}], [{r12}, 1, {r23}], [{r13}, {r23}, 1]] }}\n",
        line("a", 10, 2),
        line("b", 15, 3),
        line("c", 20, 4)
    );
    let answer = answer(&text);
    assert_mean(mean(&answer.samples.cost), 45.0, 49.4_f64.sqrt(), "sum");
    assert_sd(&answer.samples.cost, 49.4_f64.sqrt(), "sum");
}

#[test]
fn a_check_orders_the_expected_loops() {
    // Each check fails with 0.4, at most 3 repeats: Σ 0.4^i, and a repeat takes all of the original.
    let text = r#"
[milestone]
a = { duration = "10d", after = [] }
gate = { duration = "2d", after = "a", rework = { probability = "40%", back_to = "a", at_most = 3, otherwise = "continue" } }
end = { duration = "5d", after = "gate" }
"#;
    let answer = answer(text);
    let p = 0.4_f64;
    // Repeats: 0 with 0.6, 1 with 0.24, 2 with 0.096, 3 with 0.064.
    let loops = p + p * p + p.powi(3);
    let square = 0.24 + 4.0 * 0.096 + 9.0 * 0.064;
    let sd = (square - loops * loops).sqrt();
    assert_mean(mean(&answer.finish_days()), 17.0 + 12.0 * loops, 12.0 * sd, "finish");
    for key in ["a", "gate", "end"] {
        assert_share(answer.milestone(key).criticality, 1.0, key);
    }
}

#[test]
fn later_checks_and_shares_count_as_written() {
    let text = r#"
[milestone]
a = { duration = "10d", rate = "100/d", cost = 500, after = [] }
gate = { duration = "2d", after = "a", rework = { probability = ["50%", "20%"], redo = "a", share = "50%", at_most = 2, otherwise = "fail" } }
end = { duration = "5d", after = "gate", cost = 1000 }
[expect]
at = "P(delivered) >= 50%"
done = "P(finish <= 17d) >= 1%"
"#;
    let answer = answer(text);
    // Delivered without a repeat 0.5, with one 0.5 × 0.8, with two 0.5 × 0.2 × 0.8; fails 0.02.
    assert_share(answer.chance("at"), 0.98, "delivered");
    assert_share(answer.chance("done"), 0.5, "by day 17");
    let days = arrivals(&answer);
    let share = |at: f64| days.iter().filter(|&&day| (day - at).abs() < 1e-6).count() as f64;
    for (at, expected) in [(17.0, 0.5), (23.0, 0.4), (29.0, 0.08)] {
        assert_share(share(at) / answer.samples.finish.len() as f64, expected, &format!("day {at}"));
    }
    // One-off costs once; the end is not paid where the plan fails.
    let money = [(0.5, 2500.0_f64), (0.4, 3000.0), (0.08, 3500.0), (0.02, 2500.0)];
    let moment = |power| money.iter().map(|(share, cost)| share * cost.powi(power)).sum::<f64>();
    let sd = (moment(2) - moment(1).powi(2)).sqrt();
    assert_mean(mean(&answer.samples.cost), moment(1), sd, "cost");
}

#[test]
fn branches_come_about_as_their_outcomes_do() {
    let text = r#"
[milestone]
test = { duration = "10d", after = [], outcomes = { go = "70%", pivot = "20%", stop = "rest" } }
second = { duration = "20d", after = "test FS+5d", only_if = "test.pivot", cost = 900 }
third = { duration = "8d", after = "second", cost = 50 }
other = { duration = "3d", after = "test", only_if = "test.stop" }
launch = { duration = "1d", after = ["third FS+2d", "other", "test"] }
"#;
    let answer = answer(text);
    let days = answer.finish_days();
    let share =
        |at: f64| days.iter().filter(|&&day| (day - at).abs() < 1e-6).count() as f64 / days.len() as f64;
    for (at, expected) in [(11.0, 0.7), (46.0, 0.2), (14.0, 0.1)] {
        assert_share(share(at), expected, &format!("day {at}"));
    }
    for (key, expected) in [("second", 0.2), ("third", 0.2), ("other", 0.1), ("test", 1.0), ("launch", 1.0)] {
        assert_share(answer.milestone(key).criticality, expected, key);
        assert_share(answer.milestone(key).exists, expected, key);
    }
    assert_mean(mean(&answer.samples.cost), 0.2 * 950.0, 950.0 * 0.4, "cost");
    assert_eq!(answer.milestone("second").finish.first().map(|it| it.at.days), Some(35.0));
}

#[test]
fn a_late_date_takes_the_other_branch() {
    let text = r#"
[milestone]
dig = { duration = { uniform = ["10d", "20d"] }, after = [] }
rush = { duration = "2d", after = "dig", only_if = "dig.finish > 16d" }
calm = { duration = "6d", after = "dig", only_if = "dig.finish <= 16d" }
end = { after = ["rush", "calm"] }
"#;
    let answer = answer(text);
    assert_share(answer.milestone("rush").exists, 0.4, "late");
    assert_share(answer.milestone("calm").exists, 0.6, "early");
    // E = E[dig] + 0.4 × 2 + 0.6 × 6; the later, the shorter: 100/12 + 16 × 0.24 - 2 × 4.8.
    let sd = (100.0_f64 / 12.0 + 3.84 - 9.6).sqrt();
    assert_mean(mean(&answer.finish_days()), 15.0 + 0.8 + 3.6, sd, "finish");
}

#[test]
fn what_is_paid_by_time_stops_with_the_plan() {
    let text = r#"
[milestone]
try = { duration = "10d", after = [], success = "75%", rate = "100/d" }
beside = { duration = "30d", after = [], rate = "10/d", cost = 70 }
build = { duration = "20d", after = "try", rate = "200/d" }
[overhead]
office = { rate = "1/d" }
"#;
    let answer = answer(text);
    let (kept, lost) = (1000.0 + 300.0 + 70.0 + 4000.0 + 30.0, 1000.0 + 100.0 + 10.0);
    assert_share(answer.forecast.delivered.share, 0.75, "delivered");
    assert_mean(
        mean(&answer.samples.cost),
        0.75 * kept + 0.25 * lost,
        (kept - lost) * 0.1875_f64.sqrt(),
        "cost",
    );
    assert!(answer.samples.cost.iter().all(|cost| (cost - kept).abs() < 0.1 || (cost - lost).abs() < 0.1));
    assert!(arrivals(&answer).iter().all(|&day| (day - 30.0).abs() < 1e-6));
    let cost = answer.forecast.cost.as_ref().unwrap();
    let parts: Vec<(&str, f64)> =
        cost.by_delivery.iter().map(|it| (it.key.as_str(), it.mean.round())).collect();
    assert_eq!(parts, [("delivered", kept), ("failed", lost)]);
}

#[test]
fn risks_in_parallel_do_not_multiply() {
    let text = |parallel: &str| {
        format!(
            "[milestone]\na = {{ duration = \"10d\", after = [] }}\n[risk]\n\
             x = {{ probability = \"50%\", on = \"a\", factor = 1.5{parallel} }}\n\
             y = {{ probability = \"50%\", on = \"a\", factor = 2{parallel} }}\n\
             z = {{ probability = \"50%\", on = \"a\", factor = 0.8{parallel} }}\n"
        )
    };
    let share = |answer: &Answer, at: f64| {
        let days = answer.finish_days();
        days.iter().filter(|&&day| (day - at).abs() < 1e-6).count() as f64 / days.len() as f64
    };
    let series = answer(&text(""));
    for at in [10.0, 15.0, 20.0, 30.0, 8.0, 12.0, 16.0, 24.0] {
        assert_share(share(&series, at), 0.125, &format!("series, day {at}"));
    }
    let parallel = answer(&text(", parallel = \"weather\""));
    for (at, expected) in
        [(10.0, 0.125), (15.0, 0.125), (20.0, 0.25), (8.0, 0.125), (12.0, 0.125), (16.0, 0.25)]
    {
        assert_share(share(&parallel, at), expected, &format!("parallel, day {at}"));
    }
}

#[test]
fn a_shared_draw_hits_all_alike_and_its_cost_once() {
    let text = r#"
[milestone]
a = { duration = "10d", after = [] }
b = { duration = "10d", after = "a" }
c = { duration = "10d", after = "b" }
[risk]
storm = { probability = "50%", on = ["a", "b", "c"], delay = { discrete = [["1d", 1], ["3d", 1]] }, cost = 100, impact.c = { delay = "7d", cost = 10 } }
"#;
    let answer = answer(text);
    let days = answer.finish_days();
    let share =
        |at: f64| days.iter().filter(|&&day| (day - at).abs() < 1e-6).count() as f64 / days.len() as f64;
    for (at, expected) in [(30.0, 0.5), (39.0, 0.25), (43.0, 0.25)] {
        assert_share(share(at), expected, &format!("day {at}"));
    }
    assert_mean(mean(&answer.samples.cost), 55.0, 55.0, "cost");
}

#[test]
fn a_season_spares_who_is_not_at_work() {
    let text = |season: &str| {
        format!(
            "[plan]\nstart = 2027-01-04\n[milestone]\nwinter = {{ duration = \"20d\", after = [] }}\n\
             spring = {{ duration = \"20d\", after = \"winter FS+40d\" }}\n[risk]\n\
             ice = {{ probability = \"50%\", on = \"all\", delay = \"5d\", cost = 100, season = \"{season}\" }}\n"
        )
    };
    for (season, delay, cost) in [
        ("01-10..01-20", 5.0, 100.0),
        ("12-01..02-28", 5.0, 100.0),
        ("06-01..09-30", 0.0, 0.0),
        ("01-01..12-31", 10.0, 100.0),
    ] {
        let answer = answer(&text(season));
        assert_mean(mean(&answer.finish_days()), 80.0 + delay / 2.0, delay / 2.0 + 1e-6, season);
        assert_mean(mean(&answer.samples.cost), cost / 2.0, cost / 2.0 + 1e-6, season);
    }
}

#[test]
fn a_response_changes_the_risk_and_costs_its_price() {
    let text = |respond: bool| {
        format!(
            "[plan]\nrespond = {respond}\n[milestone]\na = {{ duration = \"10d\", after = [] }}\n[risk]\n\
             leak = {{ probability = \"40%\", on = \"a\", delay = \"10d\", response = {{ price = 700, probability = \"10%\", delay = \"5d\" }} }}\n"
        )
    };
    let (off, on) = (answer(&text(false)), answer(&text(true)));
    assert_mean(mean(&off.finish_days()), 14.0, 10.0 * 0.24_f64.sqrt(), "untreated");
    assert_mean(mean(&on.finish_days()), 10.5, 5.0 * 0.09_f64.sqrt(), "treated");
    assert!(
        off.samples.cost.iter().all(|&cost| cost == 0.0) && on.samples.cost.iter().all(|&cost| cost == 700.0)
    );
    // Under the same draws, a treated risk only strikes where the untreated one does.
    let pairs = off.finish_days().into_iter().zip(on.finish_days());
    assert!(pairs.into_iter().all(|(off, on)| on <= off));
}
