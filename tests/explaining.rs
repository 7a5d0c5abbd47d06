//! What a plan hangs on, held against plain re-simulation, obvious twins and closed forms; and one
//! iteration opened, held against the simulation's vectors.

mod support;

use std::collections::BTreeMap;

use plan::forecast::{DriverReport, Removed, Replay, ReplayAt, ReplayError, StepKind, Waterfall, keep};
use plan::model::Plan;
use plan::network::{Network, Values};
use plan::reference;
use plan::simulate::{Draws, Samples, Settings, simulate};
use plan::stats::sample::Sorted;
use plan::units::Share;
use support::read;

/// Two ways from a survey to an opening, with money; days of eight hours.
const BRIDGE: &str = r#"
[plan]
currency = "EUR"
[stage]
build = { name = "Build" }
[milestone]
survey = { duration = "4..5..12d", cost = "2k..3k..9k" }
steel = { duration = "10..20..60d", after = "survey", stage = "build", rate = "500/d" }
piers = { duration = "15..20..45d", after = "survey", stage = "build" }
open = { duration = "2d", after = ["steel", "piers FS+2d"], cost = 1_000 }
"#;

/// The same with a milestone that keeps another calendar, and dates.
const CALENDARS: &str = r#"
[plan]
start = 2027-01-11
calendar = "standard"
currency = "EUR"
[calendar]
site.week = "Mon-Sat 07:00-12:00"
[milestone]
survey = { duration = "4..5..12d", cost = "2k..3k..9k" }
steel = { duration = "10..20..60d", after = "survey", calendar = "site", rate = "500/d" }
piers = { duration = "15..20..45d", after = "survey" }
open = { duration = "2d", after = ["steel", "piers"], cost = 1_000 }
"#;

struct Run {
    plan: Plan,
    network: Network,
    settings: Settings,
    samples: Samples,
}

fn run(text: &str, settings: Settings) -> Run {
    let plan = read(text);
    let network = Network::of(&plan).unwrap();
    let settings = Settings { keep: keep(&plan, &network), ..settings };
    let samples = simulate(&plan, &network, &settings);
    Run { plan, network, settings, samples }
}

impl Run {
    fn drivers(&self, kendall: bool) -> DriverReport {
        DriverReport::of(&self.plan, &self.network, &self.settings, &self.samples, kendall, &|_, _| {})
    }

    fn replay(&self, at: ReplayAt) -> Result<Replay, ReplayError> {
        Replay::of(&self.plan, &self.network, &self.settings, &self.samples, at)
    }

    fn days(&self) -> Vec<f64> {
        let day = self.plan[self.plan.calendar].day_seconds() as f64;
        let days = |&finish: &i32| self.network.plan_seconds(i64::from(finish)) as f64 / day;
        self.samples.finish.iter().map(days).collect()
    }
}

/// A statistic and about one standard error of it.
fn percentile(values: &[f64], p: f64) -> (f64, f64) {
    let sorted = Sorted::new(values.to_vec()).unwrap();
    (sorted.percentile(p), sorted.percentile_interval(p, 0.95).half_width() / 1.96)
}

fn mean(values: &[f64]) -> (f64, f64) {
    let sorted = Sorted::new(values.to_vec()).unwrap();
    (sorted.mean(), sorted.sd() / (values.len() as f64).sqrt())
}

#[test]
fn what_a_milestone_adds_is_what_simulating_without_it_shows() {
    let report = run(BRIDGE, Settings::default()).drivers(false);
    let with = run(BRIDGE, Settings::default().seed(21).iterations(20_000));
    for (kind, key, changes) in [
        (Removed::Milestone, "steel", &[("10..20..60d", "20d")][..]),
        (Removed::Milestone, "survey", &[("4..5..12d", "5d"), ("\"2k..3k..9k\"", "3_000")]),
        (Removed::Stage, "build", &[("10..20..60d", "20d"), ("15..20..45d", "20d")]),
    ] {
        let text = changes.iter().fold(BRIDGE.to_owned(), |text, (from, to)| text.replace(from, to));
        let without = run(&text, Settings::default().seed(22).iterations(20_000));
        let removal =
            report.removals.iter().find(|removal| removal.kind == kind && removal.key == key).unwrap();
        let (finish, cost) = (removal.adds.finish.unwrap(), removal.adds.cost.unwrap());
        let (days, other_days) = (with.days(), without.days());
        let (money, other_money) = (&with.samples.cost, &without.samples.cost);
        for (what, (value, low, high), (one, one_error), (other, other_error)) in [
            ("mean finish", finish.mean, mean(&days), mean(&other_days)),
            ("P50 finish", finish.p50, percentile(&days, 0.5), percentile(&other_days, 0.5)),
            ("P80 finish", finish.headline, percentile(&days, 0.8), percentile(&other_days, 0.8)),
            ("mean cost", cost.mean, mean(money), mean(other_money)),
            ("P80 cost", cost.headline, percentile(money, 0.8), percentile(other_money, 0.8)),
        ] {
            let own_error = (high - low) / 2.0 / 1.96;
            let error = (own_error.powi(2) + one_error.powi(2) + other_error.powi(2)).sqrt();
            let expected = one - other;
            assert!(
                (value - expected).abs() <= 4.0 * error + 1e-6,
                "{key}, {what}: {value} ± {own_error}, plainly {expected}, error {error}"
            );
        }
    }
}

#[test]
fn everything_uncertain_is_taken_away_once() {
    let report = run(BRIDGE, Settings::default().iterations(2_000)).drivers(false);
    let mut found: Vec<(Removed, &str)> =
        report.removals.iter().map(|removal| (removal.kind, removal.key.as_str())).collect();
    found.sort_unstable();
    let milestones = ["piers", "steel", "survey"].map(|key| (Removed::Milestone, key));
    let expected: Vec<_> = [(Removed::Stage, "build")].into_iter().chain(milestones).collect();
    assert_eq!((found, report.not_removed), (expected, 0));
    let sizes: Vec<f64> =
        report.removals.iter().map(|removal| removal.adds.finish.unwrap().headline.0.abs()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
}

#[test]
fn of_a_large_plan_what_matters_most_is_tried() {
    let certain: String = (0..10_000).map(|at| format!("c{at}.duration = \"1d\"\n")).collect();
    let doubtful: String = (0..30).map(|at| format!("m{at}.duration = \"1..2..3d\"\n")).collect();
    let risk = |at: usize| {
        let delay = if at == 29 { 900 } else { 1 };
        let response = "response = { price = 1, probability = 0 }";
        format!("r{at} = {{ probability = 0.5, on = \"m{at}\", delay = \"{delay}d\", {response} }}\n")
    };
    let risks: String = (0..30).map(risk).collect();
    let text = format!("[milestone]\n{certain}{doubtful}[risk]\n{risks}");
    let report = run(&text, Settings::default().iterations(100)).drivers(false);
    let tried = |kind| report.removals.iter().filter(|removal| removal.kind == kind).count();
    assert_eq!((tried(Removed::Milestone), report.not_removed), (20, 10));
    assert_eq!((tried(Removed::Risk), report.others_not_removed), (20, 10));
    assert_eq!((report.responses.len(), report.responses_not_tried), (20, 10));
    assert_eq!(report.removals[0].key, "r29");
    assert!(report.responses.iter().any(|response| response.key == "r29"));
    assert!(report.all_responses.is_some());
}

#[test]
fn the_price_of_a_response_is_money_though_nothing_else_costs_anything() {
    let text = "[milestone]\na.duration = \"10d\"\n[risk]\n\
        r = { probability = 0.5, on = \"a\", delay = \"10d\", response = { price = \"2k\", probability = 0 }, \
        respond = false }";
    for (text, in_force) in [(text.to_owned(), false), (text.replace("false", "true"), true)] {
        let report = run(&text, Settings::default().iterations(1_000)).drivers(false);
        let response = &report.responses[0];
        let cost = response.changes.cost.unwrap();
        assert_eq!((response.in_force, cost.headline.0, cost.mean.0), (in_force, 2_000.0, 2_000.0));
        assert_eq!(report.cost.is_some(), in_force);
        let shown = plan::view::text::drivers(&report, &plan::view::text::Screen::default());
        assert!(shown.contains("cost, P80") && shown.contains("+2,000"), "{shown}");
    }
}

#[test]
fn threads_and_shared_tables_change_no_bit() {
    let one = run(BRIDGE, Settings::default().iterations(3_000).threads(1));
    let two = run(BRIDGE, Settings::default().iterations(3_000).threads(2));
    let report = one.drivers(true);
    assert_eq!(report, two.drivers(true));
    assert_eq!(report, one.drivers(true), "with tables that are all built");
}

fn adds_up<T>(waterfall: &Waterfall<T>, number: impl Fn(&T) -> f64, what: &str) {
    let mut at = number(&waterfall.written);
    for step in &waterfall.steps {
        if step.kind == StepKind::Confidence {
            assert!((at - number(&waterfall.mean)).abs() < 1e-9 * at, "{what}: {at} is not the mean");
        }
        at += step.amount;
        assert!((at - number(&step.to)).abs() < 1e-9 * at, "{what}: {:?} leads to {at}", step.kind);
    }
    assert!((at - number(&waterfall.headline)).abs() < 1e-9 * at, "{what}: {at} is not the headline");
}

#[test]
fn the_steps_lead_from_the_plan_as_written_to_the_headline() {
    for (name, text, has_calendars) in [("one", BRIDGE, false), ("several", CALENDARS, true)] {
        let run = run(text, Settings::default().iterations(4_000));
        let report = run.drivers(false);
        let (finish, cost) = (report.finish.unwrap(), report.cost.unwrap());
        adds_up(&finish, |stamp| stamp.days, name);
        adds_up(&cost, |&value| value, name);
        let kinds: Vec<StepKind> = finish.steps.iter().map(|step| step.kind).collect();
        let calendars = has_calendars.then_some(StepKind::Calendars);
        let expected = [StepKind::Skew, StepKind::Merging].into_iter().chain(calendars);
        assert_eq!(kinds, expected.chain([StepKind::Confidence]).collect::<Vec<_>>(), "{name}");
        let (days, p80) = (run.days(), percentile(&run.days(), 0.8).0);
        assert!((finish.mean.days - mean(&days).0).abs() < 1e-9 && (finish.headline.days - p80).abs() < 1e-9);
        assert!((cost.mean / mean(&run.samples.cost).0 - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_chain_has_no_merge_bias() {
    let chain = "[milestone]\na.duration = \"4..5..20d\"\nb = { duration = \"4..5..20d\", after = \"a\" }\n";
    let report = run(chain, Settings::default()).drivers(false);
    let finish = report.finish.unwrap();
    let step = finish.steps.iter().find(|step| step.kind == StepKind::Merging).unwrap();
    let (low, high) = step.interval.unwrap();
    let error = (high - low) / 2.0 / 2.01;
    assert!(step.amount.abs() < 4.0 * error, "{step:?}");
    assert!(report.merges.is_empty() && report.different_paths == 1);
    assert_eq!(report.paths[0].steps, [("a".to_owned(), 0), ("b".to_owned(), 0)]);
}

/// The first iterations of a run, by the naive engine.
fn opened(run: &Run, count: usize) -> Vec<reference::Iteration> {
    let draws = Draws::new(&run.network, run.settings.seed);
    (0..count).map(|at| reference::iteration(&run.network, draws.values(at as u64))).collect()
}

#[test]
fn indices_are_those_of_their_formulas() {
    const COUNT: usize = 600;
    let run = run(BRIDGE, Settings::default().iterations(COUNT as u64));
    let report = run.drivers(true);
    assert_eq!(report.opened, COUNT);
    let iterations = opened(&run, COUNT);
    let finishes: Vec<f64> = iterations.iter().map(|it| it.schedule.early.finish as f64).collect();
    let average = finishes.iter().sum::<f64>() / COUNT as f64;
    let sd = |values: &[f64]| Sorted::new(values.to_vec()).unwrap().sd();
    for indices in &report.milestones {
        let visit = run.network.visit_of[run.plan.milestone(&indices.key).unwrap()];
        let spans: Vec<f64> =
            iterations.iter().map(|it| it.schedule.early.placed[visit].span as f64).collect();
        let share = |it: &reference::Iteration| {
            let span = it.schedule.early.placed[visit].span as f64;
            span / (span + it.schedule.total_float(visit) as f64)
        };
        let significance =
            iterations.iter().zip(&finishes).map(|(it, finish)| share(it) * finish / average).sum::<f64>()
                / COUNT as f64;
        assert!((indices.significance - significance).abs() < 1e-9, "{}: SI {significance}", indices.key);
        let critical = iterations.iter().filter(|it| it.schedule.is_critical(visit)).count();
        assert!((indices.criticality.share - critical as f64 / COUNT as f64).abs() < 1e-12);
        let sensitivity = indices.criticality.share * sd(&spans) / sd(&finishes);
        assert!((indices.sensitivity - sensitivity).abs() < 1e-9, "{}: SSI {sensitivity}", indices.key);
        let found = indices.kendall.unwrap();
        let (mut concordant, mut ties) = (0.0, 0.0);
        for at in 0..COUNT {
            for other in 0..at {
                let x = spans[at] - spans[other];
                concordant +=
                    if x == 0.0 { 0.0 } else { x.signum() * (finishes[at] - finishes[other]).signum() };
                ties += f64::from(x == 0.0);
            }
        }
        let all = (COUNT * (COUNT - 1) / 2) as f64;
        // Hardly any two finishes are equal.
        let expected = if ties == all { 0.0 } else { concordant / ((all - ties) * all).sqrt() };
        assert!((found - expected).abs() < 1e-3, "{}: τ {found}, not {expected}", indices.key);
        assert_eq!(indices.cruciality.is_none(), indices.key == "open");
    }
}

#[test]
fn the_delay_where_paths_merge_is_that_of_normal_theory() {
    // Two independent normal ways of the same mean: E max = μ + 0.564 σ (METHOD: Clark).
    let text = "[milestone]\n\
        a.duration = { normal = { mean = \"50d\", sd = \"8d\" } }\n\
        b.duration = { normal = { mean = \"50d\", sd = \"8d\" } }\n\
        end = { duration = \"0d\", after = [\"a\", \"b\"] }\n";
    let report = run(text, Settings::default()).drivers(false);
    let [point] = &report.merges[..] else { panic!("{:?}", report.merges) };
    // The larger of two means of 2,048 lies above the true one, by 0.564 of its error.
    let error = 8.0 / 2048_f64.sqrt();
    assert!((point.delay_days - 0.564 * 8.0).abs() < 4.0 * error, "{point:?}");
    for (key, share) in &point.drives {
        assert!((share - 0.5).abs() < 4.0 * (0.25 / 2048_f64).sqrt(), "{key}: {share}");
    }
}

#[test]
fn merge_points_and_paths_are_those_of_the_naive_engine() {
    const COUNT: usize = 300;
    let run = run(BRIDGE, Settings::default().iterations(COUNT as u64));
    let report = run.drivers(false);
    let visit = |key: &str| run.network.visit_of[run.plan.milestone(key).unwrap()];
    let open = visit("open");
    let (mut last, mut sums, mut driven) = (0.0, BTreeMap::new(), BTreeMap::new());
    let mut paths = BTreeMap::new();
    for it in opened(&run, COUNT) {
        let placed = &it.schedule.early.placed;
        let values = Values(&it.schedule.values);
        let mut latest = 0;
        for link in run.network.links_into(open) {
            let arrival = run.network.bound(link, placed, false, values).unwrap();
            latest = latest.max(arrival);
            *sums.entry(link.from).or_insert(0.0) += arrival as f64 / COUNT as f64;
            *driven.entry(link.from).or_insert(0.0) +=
                f64::from(arrival == placed[open].start) / COUNT as f64;
        }
        last += latest as f64 / COUNT as f64;
        let path = run.network.critical_paths(&it.schedule).next().unwrap();
        *paths.entry(path).or_insert(0) += 1;
    }
    let delay = (last - sums.values().copied().fold(0.0, f64::max)) / 28_800.0;
    let point = &report.merges[0];
    assert!((point.delay_days - delay).abs() < 1e-9, "{point:?}: {delay}");
    for (key, share) in &point.drives {
        assert!((share - driven[&visit(key)]).abs() < 1e-12, "{key}");
    }
    assert_eq!(report.different_paths, paths.len());
    let most = paths.values().max().unwrap();
    assert!((report.paths[0].share.share - f64::from(*most) / COUNT as f64).abs() < 1e-12);
}

#[test]
fn a_replay_is_the_iteration_that_was_simulated() {
    for text in [BRIDGE, CALENDARS] {
        let mut settings = Settings::default().iterations(300).seed(5);
        let network = run(text, settings.clone()).network;
        settings.keep.finishes = network.ids().collect();
        let run = Run { settings: settings.clone(), ..run(text, settings.clone()) };
        let samples = simulate(&run.plan, &run.network, &settings);
        let days = run.days();
        let anchor = run.network.timelines[0].start();
        for at in 0..samples.finish.len() {
            let replay = run.replay(ReplayAt::Iteration(at + 1)).unwrap();
            assert_eq!((replay.number, replay.finish.days), (at + 1, days[at]));
            let (cost, _) = replay.cost.unwrap();
            let spent: f64 = replay.categories.iter().map(|(_, amount)| amount).sum();
            assert_eq!(cost, samples.cost[at]);
            assert!((spent / cost - 1.0).abs() < 1e-5, "iteration {at}: {spent} of {cost}");
            let by_visit: f64 = replay.visits.iter().map(|visit| visit.cost).sum();
            assert!((by_visit / spent - 1.0).abs() < 1e-12);
            for it in &replay.visits {
                let visit = run.network.visit_of[run.plan.milestone(&it.key).unwrap()];
                let position = i64::from(samples.kept_finishes(visit).unwrap()[at]);
                let wall = run.network.finish_instant(visit, position).seconds() - anchor.seconds();
                let expected = run.network.timelines[0].position_of_wall(wall) as f64;
                let day = run.plan[run.plan.calendar].day_seconds() as f64;
                assert_eq!(it.finish.days, expected / day, "iteration {at}, {}", it.key);
            }
            let rank = replay.finish_rank.unwrap();
            let earlier = days.iter().filter(|&&day| day < days[at]).count();
            assert!(rank.rank > earlier && rank.of == days.len());
        }
    }
}

#[test]
fn a_percentile_opens_the_iteration_of_its_rank() {
    let run = run(BRIDGE, Settings::default().iterations(1_000));
    let p = |p| Share::new(p).unwrap();
    for (at, rank) in [(0.8, 800), (0.5, 500), (1.0, 1_000), (0.0, 1)] {
        let replay = run.replay(ReplayAt::Finish(p(at))).unwrap();
        assert_eq!(replay.finish.days, percentile(&run.days(), at).0);
        let found = replay.finish_rank.unwrap().rank;
        assert!(found <= rank && found + 3 > rank, "P{at}: rank {found}");
        let (cost, place) = run.replay(ReplayAt::Cost(p(at))).unwrap().cost.unwrap();
        assert_eq!((cost, place.rank), (percentile(&run.samples.cost, at).0, rank));
    }
    assert_eq!(run.replay(ReplayAt::Iteration(1_001)), Err(ReplayError::Beyond(1_001, 1_000)));
    assert_eq!(run.replay(ReplayAt::Iteration(0)), Err(ReplayError::Beyond(0, 1_000)));
}

#[test]
fn a_replay_shows_draws_in_the_units_of_the_plan() {
    let run = run(BRIDGE, Settings::default().iterations(50));
    let replay = run.replay(ReplayAt::Iteration(7)).unwrap();
    let steel = replay.visits.iter().find(|it| it.key == "steel").unwrap();
    let [draw] = &steel.draws[..] else { panic!("{:?}", steel.draws) };
    assert_eq!((draw.name.as_str(), draw.label.as_str()), ("duration:steel", "duration"));
    assert!((draw.value - steel.span_days).abs() < 1e-4, "{draw:?} {}", steel.span_days);
    assert!(draw.percentile > 0.0 && draw.percentile < 1.0);
    assert_eq!(replay.path.first().map(|(key, _)| key.as_str()), Some("survey"));
    assert!(replay.risks.is_empty() && replay.failure.is_none() && replay.rework.is_empty());
}

#[test]
fn a_plan_without_doubt_has_nothing_to_hang_on() {
    let run = run("[milestone]\na.duration = \"5d\"\n", Settings::default().iterations(100));
    let report = run.drivers(false);
    assert!(report.removals.is_empty() && report.cost.is_none());
    let finish = report.finish.unwrap();
    assert_eq!((finish.written.days, finish.headline.days, finish.steps.len()), (5.0, 5.0, 1));
    assert!(matches!(run.replay(ReplayAt::Cost(Share::ALL)), Err(ReplayError::CostsNothing)));
}

/// A chain in which everything that may happen adds a known mean.
const HAZARDS: &str = r#"
[plan]
currency = "EUR"
[milestone]
dig = { duration = "10d", after = [] }
test = { duration = "2d", after = "dig", rework = { probability = "40%", back_to = "dig", at_most = 1 }, success = "90%" }
open = { duration = "5d", after = "test", cost = 1_000 }
[risk]
storm = { probability = "30%", on = "open", delay = "10d", cost = 200, response = { price = 500, probability = "10%" } }
"#;

#[test]
fn risks_checks_and_responses_add_what_their_formulas_say() {
    const COUNT: u64 = 20_000;
    let run = run(HAZARDS, Settings::default().iterations(COUNT).seed(3));
    let report = run.drivers(false);
    // Four standard errors of the mean of something that adds so much with this probability.
    let near = |found: f64, p: f64, amount: f64, what: &str| {
        let error = amount.abs() * (p * (1.0 - p) / (COUNT as f64 * 0.9)).sqrt();
        assert!(
            (found - p * amount).abs() < 4.0 * error,
            "{what}: {found}, expected {} ± {error}",
            p * amount
        );
    };
    let adds = |kind: Removed| report.removals.iter().find(|it| it.kind == kind).unwrap().adds;
    near(adds(Removed::Risk).finish.unwrap().mean.0, 0.3, 10.0, "the storm's days");
    // What comes after the failure of one run in ten is not paid.
    near(adds(Removed::Risk).cost.unwrap().mean.0, 0.27, 200.0, "the storm's money");
    near(adds(Removed::Rework).finish.unwrap().mean.0, 0.4, 12.0, "the check's days");
    near(-adds(Removed::Success).cost.unwrap().mean.0, 0.1, 1_060.0, "what a failure leaves unpaid");
    let response = report.responses[0].changes;
    near(-response.finish.unwrap().mean.0, 0.2, 10.0, "the response's days");
    near(500.0 - response.cost.unwrap().mean.0, 0.18, 200.0, "the response's money");
    let steps = &report.finish.as_ref().unwrap().steps;
    let step = |kind: StepKind| steps.iter().find(|step| step.kind == kind).unwrap().amount;
    near(step(StepKind::Risks), 0.3, 10.0, "the step of risks");
    near(step(StepKind::Rework), 0.4, 12.0, "the step of rework");
}
