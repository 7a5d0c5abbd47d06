//! Solutions in the simulation: iterations by learning curves, overruns, and what ends a solution; against exact
//! probabilities, a published table of a reference implementation, and the naive twin.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use plan::forecast::{BurnKind, Burndown, Forecast, ImproveIterations};
use plan::model::{Plan, SolutionId};
use plan::network::{Curves, Network, Progress, ProgressEnd, Values};
use plan::reference;
use plan::simulate::{Draws, NEVER, Settings, observe, simulate};
use support::read;

const ITERATIONS: u64 = 20_000;

fn ecommerce(solution: &str) -> (Plan, SolutionId) {
    let plan = read(include_str!("../plans/ecommerce.toml"));
    let id = plan.scoping.solution(solution).unwrap();
    (plan.with_solutions(&[id]), id)
}

/// How far the improve milestone of a solution comes in every iteration.
fn progress(plan: &Plan, id: SolutionId) -> Vec<Progress> {
    let network = Network::of(plan).unwrap();
    let mut all = Vec::new();
    observe(&network, &Settings::default(), 0..ITERATIONS, |rows| {
        all.extend((0..rows.count).map(|i| rows.progress(id, i).unwrap()));
    });
    all
}

fn share(all: &[Progress], holds: impl Fn(&Progress) -> bool) -> f64 {
    all.iter().filter(|it| holds(it)).count() as f64 / all.len() as f64
}

/// Four standard errors of a share.
fn tolerance(p: f64) -> f64 {
    4.0 * (p * (1.0 - p) / ITERATIONS as f64).sqrt()
}

#[test]
fn iterations_are_as_likely_as_the_posterior_says() {
    let (plan, id) = ecommerce("recommender-a");
    let network = Network::of(&plan).unwrap();
    let (improvement, _) = network.improvements().next().unwrap();
    let Curves::History(posterior) = &improvement.curves else { panic!("it has a history") };
    let all = progress(&plan, id);
    for most in [0, 1, 4, 8, 16] {
        let exact = posterior.p_target(posterior.now() + f64::from(most), improvement.target);
        let found = share(&all, |it| it.needed.is_some_and(|needed| needed <= f64::from(most)));
        assert!((found - exact).abs() <= tolerance(exact) + 1e-9, "K <= {most}: {found}, not {exact}");
    }
    let reached = share(&all, |it| it.end == ProgressEnd::Reached);
    assert!((reached - 0.006_742).abs() <= tolerance(0.006_742), "{reached}");
}

/// The value at a percentile, by counting.
fn at<T: Copy>(sorted: &[T], percent: usize) -> T {
    sorted[(sorted.len() * percent).div_ceil(100) - 1]
}

#[test]
fn the_forecast_tells_how_many_iterations_delivered_runs_take() {
    for solution in ["navigator", "recommender-b", "chatbot"] {
        let (plan, id) = ecommerce(solution);
        let (network, settings) = (Network::of(&plan).unwrap(), Settings::default());
        let mut taken = Vec::new();
        observe(&network, &settings, 0..settings.iterations, |rows| {
            let delivered = (0..rows.count).filter(|&i| rows.is_delivered(i));
            taken.extend(delivered.map(|i| rows.progress(id, i).unwrap().iterations));
        });
        taken.sort_unstable();
        let expected = ImproveIterations { p10: at(&taken, 10), p50: at(&taken, 50), p90: at(&taken, 90) };
        let forecast = Forecast::of(&plan, &network, &simulate(&plan, &network, &settings));
        let found: Vec<_> = forecast.milestones.iter().filter_map(|it| it.iterations).collect();
        assert_eq!(found, [expected], "{solution}");
    }
}

#[test]
fn money_left_in_runs_that_fail_is_what_they_have_not_spent() {
    let (plan, _) = ecommerce("navigator");
    let (network, settings) = (Network::of(&plan).unwrap(), Settings::default());
    let samples = simulate(&plan, &network, &settings);
    let all = Burndown::of(&plan, &network, &settings, &samples);
    let money = all.iter().find(|it| it.kind == BurnKind::Money).unwrap();
    let left = |delivered: bool| {
        let some = (0..money.iterations).filter(|&i| samples.is_delivered(i) == delivered);
        let mut left: Vec<f64> = some.map(|i| money.total - samples.cost[i]).collect();
        left.sort_by(f64::total_cmp);
        left
    };
    let failing = money.failing.as_ref().unwrap();
    let [last, end] = [money.points.last().unwrap().p50, failing.bands.last().unwrap().p50];
    assert_eq!(failing.share, left(false).len() as f64 / money.iterations as f64);
    assert_eq!(failing.bands.len(), money.points.len());
    for (found, delivered) in [(last, true), (end, false)] {
        let expected = at(&left(delivered), 50);
        assert!((found - expected).abs() < 1e-3 * money.total, "{delivered}: {found}, not {expected}");
    }
}

#[test]
fn where_no_run_is_delivered_the_burndown_is_of_all() {
    let plan = read("[milestone.a]\nduration = \"2..3..5d\"\nsuccess = \"0%\"\n");
    let (network, settings) = (Network::of(&plan).unwrap(), Settings::default());
    let work = Burndown::of(&plan, &network, &settings, &simulate(&plan, &network, &settings)).remove(0);
    let failing = work.failing.as_ref().unwrap();
    assert_eq!(failing.share, 1.0);
    for (point, band) in work.points.iter().zip(&failing.bands) {
        assert_eq!((point.p10, point.p50, point.p90), (band.p10, band.p50, band.p90));
    }
}

/// Figures of a reference implementation with 200,000 runs.
#[test]
fn the_second_recommender_needs_as_many_iterations_as_published() {
    let (plan, id) = ecommerce("recommender-b");
    let all = progress(&plan, id);
    let expected = [0.003, 0.028, 0.106, 0.118, 0.084, 0.056, 0.038, 0.028, 0.021];
    for (number, expected) in expected.into_iter().enumerate() {
        let found = share(&all, |it| it.needed == Some(number as f64));
        assert!((found - expected).abs() < 0.008, "K = {number}: {found}, not {expected}");
    }
}

#[test]
fn solutions_are_as_feasible_as_published() {
    for (solution, metric, partial, launch) in [
        ("chatbot", 0.632, 0.148, 0.632),
        ("navigator", 0.411, 0.088, 0.479),
        ("recommender-a", 0.0067, 0.025, 0.032),
        ("recommender-b", 0.524, 0.295, 0.767),
    ] {
        let (plan, id) = ecommerce(solution);
        let network = Network::of(&plan).unwrap();
        let (mut reached, mut with_less, mut delivered) = (0, 0, 0);
        observe(&network, &Settings::default(), 0..ITERATIONS, |rows| {
            for i in 0..rows.count {
                let end = rows.progress(id, i).unwrap().end;
                reached += usize::from(end == ProgressEnd::Reached);
                with_less += usize::from(end == ProgressEnd::Partial && rows.is_delivered(i));
                delivered += usize::from(rows.is_delivered(i));
            }
        });
        let near = |found: usize, expected: f64, band: f64| {
            let found = found as f64 / ITERATIONS as f64;
            assert!((found - expected).abs() < band, "{solution}: {found}, not {expected}");
        };
        near(reached, metric, 0.015);
        near(with_less, partial, 0.012);
        near(delivered, launch, 0.015);
    }
}

/// T of an exponential curve, `ln((e1 − e∞)/(e* − e∞))/k` with `k = ln 5 / N80`: 6.27 iterations, so 7.
#[test]
fn a_new_system_takes_what_its_curve_asks_for() {
    let plan = read(
        "[metric.m]\nbaseline = 0.45\ntarget = 0.80\n[solution.s]\nmetric = \"m\"\niterations_80 = 6\nevidence.pilot = { value = 0.88, shift = 0, spread = 1e-9 }\n[milestone.a]\nsolution = \"s\"\nimprove.duration = \"2d\"\n[scope]\ntail = { probability = 0, sigma = 0 }"
            .replace("1e-9", "0.000000001")
            .as_str(),
    );
    let network = Network::of(&plan).unwrap();
    let (improvement, _) = network.improvements().next().unwrap();
    // In the middle of all draws the reachable gap is that of the pilot.
    let progress = improvement.progress(&[0.5, 0.0, 0.5, 6.0]);
    assert_eq!((progress.needed, progress.iterations), (Some(7.0), 7));
    assert_eq!(improvement.planned(&[0.5, 0.0, 0.5, 6.0]), 7);
    assert_eq!(network.schedule().early.finish, 7 * 2 * 8 * 3_600);
}

const EVERYTHING: &str = r#"
[metric.m]
baseline = 0.5
minimum = 0.6
target = 0.7
[resource]
crew = { kind = "people", capacity = 2, rate = "700/d" }
labels = { kind = "data", price = 0.5, throughput.crew = "40/d", allowance = "10..20..40%" }
[solution.s]
metric = "m"
iterations_80 = "2..3..6"
evidence.pilot = { value = 0.72 }
readiness = { data = 2, model = 3, infra = 2.5, monitoring = 3 }
# fallback
[milestone]
prepare = { solution = "s", duration = "3..5..9d", cost = "2k..3k..5k", success = "95%" }
train = { solution = "s", after = "prepare", duration = "1..2..4d", cost = "1k", improve = { duration = "2..3..7d", work.crew = "3..4..9d", consumes.labels = "50..60..90", cost = "100..200..400", at_most = 5, checkpoint = 2, stop_line = 0.58 } }
beside = { after = "train SS+2d", duration = "4..6..9d", rate = "300/d" }
gate = { solution = "s", after = "train", duration = "1..2..3d", rework = { probability = ["40%", "20%"], redo = ["prepare", "train"], share = "0.2..0.4..0.7", otherwise = "fail" } }
launch = { solution = "s", after = ["gate", "beside"], duration = "5..8..20d", work.crew = "10..14..30d" }
[risk]
drift = { probability = "30%", on = "train", factor = "1.1..1.3..1.9", delay = "1..2..3d" }
law = { probability = "10%", solution = "s", resolved_by = "train" }
late = { probability = "10%", solution = "s", resolved_by = "launch" }
"#;

#[test]
fn data_that_is_not_ready_and_what_may_not_work_end_a_solution() {
    let plan = read(
        "[scope]\ntail = { probability = 0, sigma = 0 }\n[solution.s]\nkind = \"rules\"\np_technical = \"80%\"\nevidence.data_ready = false\n[milestone]\na = { solution = \"s\", duration = \"2d\" }\nb = { solution = \"s\", after = \"a\", duration = \"3d\" }",
    );
    let network = Network::of(&plan).unwrap();
    let samples = simulate(&plan, &network, &Settings::default().iterations(ITERATIONS));
    let delivered = samples.delivered_count as f64 / ITERATIONS as f64;
    assert!((delivered - 0.75 * 0.8).abs() < tolerance(0.6), "{delivered}");
    // Either end has its moment: the data after two days, the whole after five.
    const DAY: i32 = 8 * 3_600;
    assert!(samples.finish.iter().all(|finish| [2 * DAY, 5 * DAY].contains(finish)));
}

#[test]
fn what_is_missing_in_readiness_is_work_of_the_deployment() {
    // Two points for the infrastructure, one for monitoring; each takes 1..2..4 person-days.
    let text = "[scope]\ntail = { probability = 0, sigma = 0 }\n[resource.dev]\nkind = \"people\"\nrate = \"80/h\"\n[solution.s]\nkind = \"rules\"\nreadiness = { data = 3, model = 7, infra = 1, monitoring = 2 }\n[milestone]\nbuild = { solution = \"s\", work.dev = \"5d\" }\nship = { solution = \"s\", stage = \"monitoring\", after = \"build\", WORK }\nwatch = { solution = \"s\", stage = \"monitoring\", after = \"ship\", duration = \"1d\" }\n[stage]\nmonitoring = {}\n";
    const DAY: f64 = 8.0 * 3_600.0;
    let deviation = 3.0 * ((13.0 / 6.0 - 1.0) * (4.0 - 13.0 / 6.0) / 7.0_f64).sqrt();
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / ITERATIONS as f64;
    for (work, of_its_own) in [("work.dev = \"10d\"", 10.0), ("duration = \"1d\"", 0.0)] {
        let plan = read(&text.replace("WORK", work));
        let network = Network::of(&plan).unwrap();
        let samples = simulate(&plan, &network, &Settings::default().iterations(ITERATIONS));
        let ready = 3.0 * 13.0 / 6.0;
        let days = mean(&mut samples.finish.iter().map(|&finish| f64::from(finish) / DAY));
        let cost = mean(&mut samples.cost.iter().copied());
        let tolerance = 4.0 * deviation / (ITERATIONS as f64).sqrt();
        assert!((days - (5.0 + of_its_own + ready + 1.0)).abs() < tolerance, "{days} days");
        assert!((cost / 640.0 - (5.0 + of_its_own + ready)).abs() < tolerance, "{cost}");
        // The plan as written holds the likeliest.
        assert_eq!(network.schedule().early.finish as f64 / DAY, 5.0 + of_its_own + 6.0 + 1.0);
    }
}

/// Another solution beside that.
const SECOND_WAY: &str = r#"
[solution.t]
kind = "buy"
[milestone.offer]
solution = "t"
duration = "3..6..20d"
success = "60%"
[milestone.adapt]
solution = "t"
after = "offer"
duration = "5..9..20d"
rework = { probability = "30%", at_most = 1, otherwise = "fail" }
[milestone.close]
after = ["launch", "adapt"]
duration = "2d"
"#;

/// Two ways, one the other's fallback; all combinations of two coins and a check, by hand.
const TWO_WAYS: &str = r#"
[scope]
tail = { probability = 0, sigma = 0 }
[solution]
quick = { kind = "rules", fallback = "sure" }
sure = { kind = "buy" }
[milestone]
try = { solution = "quick", duration = "2d", success = "50%" }
ship = { solution = "quick", after = "try", duration = "3d" }
buy = { solution = "sure", duration = "10d" }
fit = { solution = "sure", after = "buy", duration = "4d", success = "75%" }
party = { after = ["ship", "fit"], duration = "1d" }
"#;

#[test]
fn a_plan_of_two_ways_fails_only_where_both_do() {
    let plan = read(TWO_WAYS);
    let network = Network::of(&plan).unwrap();
    let draw = |name: &str, fails: f64, values: &mut [f64]| {
        let at = network.variables.iter().position(|variable| variable.name == name).unwrap();
        values[at] = fails;
    };
    const DAY: i64 = 8 * 3_600;
    // try 2, ship 3, party 1; or try 2, buy 10, fit 4, party 1; or all is over after 2 + 10 + 4.
    for (quick, sure, days, delivered) in
        [(0.0, 0.0, 6, true), (0.0, 1.0, 6, true), (1.0, 0.0, 17, true), (1.0, 1.0, 16, false)]
    {
        let mut values = network.planned();
        draw("failure:try", quick, &mut values);
        draw("failure:fit", sure, &mut values);
        let early = network.early(Values(&values));
        assert_eq!((early.finish / DAY, early.failure.is_none()), (days, delivered), "{quick}, {sure}");
    }
    let alone = plan.with_solutions(&[plan.scoping.solution("sure").unwrap()]);
    let samples = simulate(&alone, &Network::of(&alone).unwrap(), &Settings::default());
    let delivered = samples.delivered_count as f64 / samples.iterations as f64;
    assert!((delivered - 0.75).abs() < 4.0 * (0.75_f64 * 0.25 / samples.iterations as f64).sqrt());
}

/// Everything that solutions add, at once: engine and naive twin agree to the second on the same draws.
#[test]
fn the_engine_agrees_with_its_naive_twin() {
    let several = format!("{EVERYTHING}{SECOND_WAY}");
    for (text, seed) in [
        (EVERYTHING.to_owned(), 1),
        (EVERYTHING.replace("stop_line = 0.58", "stop_line = 0.5"), 2),
        (several.replace("# fallback", "fallback = \"t\""), 3),
        (several, 4),
    ] {
        let plan = read(&text);
        let network = Network::of(&plan).unwrap();
        let mut settings = Settings::default().iterations(2_000).seed(seed);
        settings.keep.finishes = network.visit_of.iter().map(|(_, &visit)| visit).collect();
        let samples = simulate(&plan, &network, &settings);
        let draws = Draws::of(&network, &settings);
        let (mut failed, mut iterations) = (0, std::collections::BTreeSet::new());
        for at in 0..2_000 {
            let values = draws.values(at as u64);
            let twin = reference::iteration(&network, values.clone());
            assert_eq!(i64::from(samples.finish[at]), twin.schedule.early.finish, "iteration {at}");
            let is_delivered = twin.schedule.early.failure.is_none();
            assert_eq!(samples.is_delivered(at), is_delivered, "iteration {at}");
            let (engine, naive) = (samples.cost[at], twin.costs.total());
            assert!((engine - naive).abs() <= 1e-4 * naive, "cost of iteration {at}: {engine}, {naive}");
            let early = network.early(Values(&values));
            for (id, &visit) in network.visit_of.iter() {
                let there = is_delivered.then(|| network.milestone_finish(&early, id)).flatten();
                let kept = Some(samples.kept_finishes(visit).unwrap()[at]).filter(|&at| at != NEVER);
                assert_eq!(kept.map(i64::from), there, "{}, iteration {at}", plan[id].key);
            }
            failed += usize::from(!is_delivered);
            let train = plan.milestone("train").unwrap();
            let there = network.visits_of[train].iter().filter(|&&visit| early.exists(visit));
            iterations.insert(there.count());
        }
        assert!(failed > 100 && iterations.len() > 6, "{failed} failed, {iterations:?} visits");
    }
}
