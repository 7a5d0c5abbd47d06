use std::fmt::Write as _;

use proptest::prelude::*;

use super::levers::{chosen, levers};
use super::*;
use crate::format::{Request, read};
use crate::simulate::simulate;
use crate::text::{Source, Sources};

fn plan(text: &str) -> (Plan, Network) {
    let mut sources = Sources::new();
    let document = sources.add(Source::new("case.toml", text).unwrap());
    let reading = read(&sources, &Request::plain(document));
    let (plan, _) = reading.into_plan().unwrap_or_else(|report| panic!("{report:?}"));
    let network = Network::of(&plan).unwrap();
    (plan, network)
}

fn settings(iterations: u64) -> Settings {
    Settings::default().iterations(iterations).threads(1)
}

fn by_days(days: f64, plan: &Plan) -> Aim {
    let seconds = (days * plan[plan.calendar].day_seconds() as f64).round() as i64;
    Aim { by: Some(By::Work(seconds)), confidence: None, within_budget: false }
}

fn optimised(text: &str, days: f64, iterations: u64) -> Optimisation {
    let (plan, network) = plan(text);
    Optimisation::of(&plan, &network, &settings(iterations), &by_days(days, &plan), &|_| {})
}

/// Hillier & Lieberman, Reliable Construction Co.: normal and crash weeks, normal and crash cost in
/// thousands of dollars, predecessors.
const RELIABLE: [(&str, [u32; 4], &[&str]); 14] = [
    ("A", [2, 1, 180, 280], &[]),
    ("B", [4, 2, 320, 420], &["A"]),
    ("C", [10, 7, 620, 860], &["B"]),
    ("D", [6, 4, 260, 340], &["C"]),
    ("E", [4, 3, 410, 570], &["C"]),
    ("F", [5, 3, 180, 260], &["E"]),
    ("G", [7, 4, 900, 1020], &["D"]),
    ("H", [9, 6, 200, 380], &["E", "G"]),
    ("I", [7, 5, 210, 270], &["C"]),
    ("J", [8, 6, 430, 490], &["F", "I"]),
    ("K", [4, 3, 160, 200], &["J"]),
    ("L", [5, 3, 250, 350], &["J"]),
    ("M", [2, 1, 100, 200], &["H"]),
    ("N", [6, 3, 330, 510], &["K", "L"]),
];

/// Its least cost for each deadline of 44, 43, … 28 weeks; 27 can't be met.
const RELIABLE_COSTS: [f64; 17] = [
    4550.0, 4580.0, 4610.0, 4650.0, 4690.0, 4740.0, 4790.0, 4870.0, 4950.0, 5030.0, 5120.0, 5220.0, 5320.0,
    5420.0, 5520.0, 5650.0, 5900.0,
];

fn reliable() -> String {
    RELIABLE.iter().fold("[milestone]\n".to_owned(), |mut text, (key, [normal, crash, cost, crashed], after)| {
        let (by, price) = (normal - crash, f64::from(crashed - cost) / f64::from(normal - crash));
        let _ = writeln!(
            text,
            "{key} = {{ duration = \"{normal}w\", cost = {cost}, after = {after:?}, crash = {{ by = \"{by}w\", cost = \"{price}/w\" }} }}"
        );
        text
    })
}

#[test]
fn the_published_trade_off_comes_out_exactly() {
    let text = reliable();
    for (weeks, expected) in (28..=44).rev().zip(RELIABLE_COSTS) {
        let answer = optimised(&text, 5.0 * f64::from(weeks), 1);
        assert_eq!(answer.method, Method::Exact);
        let best = answer.best.unwrap();
        assert!((best.cost.mean - expected).abs() < 1e-6, "{weeks}: {} not {expected}", best.cost.mean);
        assert!(best.finish.unwrap().at.days <= 5.0 * f64::from(weeks) + 1e-9, "{weeks}");
    }
    let answer = optimised(&text, 5.0 * 27.0, 1);
    assert_eq!(answer.best, None);
    for candidate in &answer.frontier {
        let weeks = candidate.finish.unwrap().at.days / 5.0;
        let expected = RELIABLE_COSTS[44 - weeks.round() as usize];
        assert!((weeks.fract()).abs() < 1e-9 && (candidate.cost.mean - expected).abs() < 1e-6, "{weeks}");
    }
    let ends = (answer.frontier[0].cost.mean, answer.frontier.last().unwrap().cost.mean);
    assert_eq!(ends, (4550.0, 5900.0));
}

#[test]
fn money_by_time_is_part_of_the_trade_off() {
    // A day of the office costs 100: the first two days are worth their 60, the third is not worth its 150.
    let text = "[milestone]\na = { duration = \"10d\", after = [], crash = [{ by = \"2d\", cost = \"60/d\" }, { by = \"3d\", cost = \"150/d\" }] }\n[overhead]\noffice = { rate = \"100/d\" }\n";
    let answer = optimised(text, 20.0, 1);
    let best = answer.best.unwrap();
    assert_eq!((answer.method, best.cost.mean), (Method::Exact, 920.0));
    assert_eq!(best.patch, ["milestone.a.crashed = \"2d\""]);
}

const UNCERTAIN: &str = "\
[milestone.dig]\nduration = \"8..10..20d\"\ncost = \"9k..10k..14k\"\nafter = []\n\
option.rent = { name = \"Rent a digger\", duration = \"5..6..9d\", cost = \"18k\" }\n\
[milestone.pour]\nduration = \"5..6..12d\"\nafter = \"dig\"\nrate = \"500/d\"\ncrash = { by = \"2d\", cost = \"1.5k/d\" }\n\
[milestone.survey]\nduration = \"10..14..25d\"\nafter = []\ncost = \"5k\"\n\
option.drone = { duration = \"4..5..9d\", cost = \"6..7..9k\" }\noption.twice = { duration = \"8..9..12d\" }\n\
[milestone.build]\nduration = \"10..12..20d\"\nafter = [\"pour\", \"survey\"]\n\
option.crew = { duration = \"7..8..15d\", cost = \"9k\" }\n";

#[test]
fn the_cheapest_choice_is_the_one_found_by_trying_all() {
    for (days, confidence) in [(32.0, 0.8), (30.0, 0.8), (36.0, 0.9), (27.0, 0.5), (10.0, 0.5)] {
        let text = format!("[plan]\nconfidence = {confidence}\n{UNCERTAIN}");
        let answer = optimised(&text, days, 2_000);
        let (plan, _) = plan(&text);
        let aim = by_days(days, &plan);
        let Some(By::Work(limit)) = aim.by else { unreachable!() };
        let levers = levers(&plan, true);
        let mut cheapest: Option<f64> = None;
        for choice in search::all(&levers) {
            let chosen = chosen(&plan, &levers, &choice);
            let samples = simulate(&chosen, &Network::of(&chosen).unwrap(), &settings(2_000));
            let met = samples.finish.iter().filter(|&&finish| i64::from(finish) <= limit).count();
            if met as f64 >= confidence * 2_000.0 - 1e-9 {
                let mean = samples.cost.iter().sum::<f64>() / 2_000.0;
                cheapest = Some(cheapest.map_or(mean, |least| least.min(mean)));
            }
        }
        assert_eq!(answer.method, Method::Exhaustive(36));
        assert_eq!(answer.best.map(|best| best.cost.mean.round()), cheapest.map(f64::round), "{days}");
    }
}

#[test]
fn a_search_finds_what_trying_all_finds() {
    let (plan, network) = plan(UNCERTAIN);
    let levers = levers(&plan, true);
    let (limit, _) = moment(&plan, &network, by_days(31.0, &plan).by);
    let reach = Reach { confidence: 0.8, limit, budget: None };
    let cheapest = |trials: &trial::Trials<'_>| {
        let met = trials.known().filter(|(_, trial)| reach.is_reached(trial.chance));
        met.map(|(_, trial)| trial.cost).min_by(f64::total_cmp)
    };
    let trials = || trial::Trials::new(&plan, &levers, reach, &settings(1_000), 1_000);
    let (mut all, mut some) = (trials(), trials());
    all.of(&search::all(&levers), &|_| {});
    search::search(&mut some, &|_| {});
    assert!(cheapest(&all).is_some());
    assert_eq!(cheapest(&some), cheapest(&all));
}

#[test]
fn an_option_is_the_milestone_written_so() {
    let written = "[milestone.a]\nduration = \"3..4..9d\"\nuses.dev = 1\ncost = 5\nafter = []\n[resource]\ndev = { rate = \"100/d\" }\n";
    let chosen = "[milestone.a]\nduration = \"20d\"\nuses.dev = 2\nrate = \"7/d\"\nafter = []\nchoose = \"b\"\noption.b = { duration = \"3..4..9d\", uses.dev = 1, rate = false, cost = 5 }\n[resource]\ndev = { rate = \"100/d\" }\n";
    let run = |text: &str| {
        let (plan, network) = plan(text);
        let samples = simulate(&plan, &network, &settings(500));
        (samples.finish, samples.cost)
    };
    assert_eq!(run(written), run(chosen));
}

#[test]
fn a_day_bought_is_a_day_saved_for_its_price() {
    let text = |crashed: &str| {
        format!(
            "[milestone.a]\nduration = \"4..5..9d\"\nafter = []\n{crashed}crash = [{{ by = \"1d\", cost = \"1k/d\" }}, {{ by = \"2d\", cost = \"3k/d\" }}]\n"
        )
    };
    let run = |crashed: &str| {
        let (plan, network) = plan(&text(crashed));
        simulate(&plan, &network, &settings(200))
    };
    let (none, two) = (run(""), run("crashed = \"2d\"\n"));
    for (before, after) in none.finish.iter().zip(&two.finish) {
        assert!((before - after - 2 * 8 * 3_600).abs() <= 1, "{before} {after}");
    }
    assert!(two.cost.iter().all(|cost| (cost - 4_000.0).abs() < 1e-2));
}

#[test]
fn what_cannot_be_optimised_is_said() {
    let aim = Aim { by: None, confidence: None, within_budget: true };
    let (plan, _) = plan("[milestone]\na = { duration = \"5d\", after = [] }\n");
    let codes: Vec<Code> = nothing_to_optimise(&plan, &aim).into_iter().map(|it| it.code).collect();
    assert_eq!(codes, [Code::NothingToChoose, Code::NoTarget, Code::NoTarget]);
}

prop_compose! {
    /// Six milestones of whole days, some of which can be crashed by whole days.
    fn small_plan()(
        durations in prop::collection::vec((1_u32..8, 0_u32..4, 1_u32..9), 6),
        links in prop::collection::vec(prop::bool::weighted(0.4), 15),
        office in 0_u32..6,
    ) -> String {
        let mut text = format!("[overhead]\noffice = {{ rate = \"{office}/d\" }}\n[milestone]\n");
        for (at, &(days, crash, price)) in durations.iter().enumerate() {
            let after: Vec<String> =
                (0..at).filter(|before| links[at * (at - 1) / 2 + before]).map(|it| format!("m{it}")).collect();
            let by = crash.min(days);
            let crash = match by {
                0 => String::new(),
                by => format!(", crash = {{ by = \"{by}d\", cost = \"{price}/d\" }}"),
            };
            let _ = writeln!(text, "m{at} = {{ duration = \"{days}d\", after = {after:?}{crash} }}");
        }
        text
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_linear_programme_is_as_cheap_as_trying_all_whole_days(text in small_plan(), share in 0.3_f64..1.1) {
        let (plan, network) = plan(&text);
        prop_assume!(plan.has_choices());
        let finish = network.schedule().early.finish as f64;
        let days = (finish / 28_800.0 * share).round();
        let (limit, _) = moment(&plan, &network, by_days(days, &plan).by);
        let levers = levers(&plan, true);
        let reach = Reach { confidence: 0.8, limit, budget: None };
        let mut trials = trial::Trials::new(&plan, &levers, reach, &settings(1), 1);
        let all = trials.of(&search::all(&levers), &|_| {});
        let least = all.iter().filter(|trial| trial.chance > 0.5).map(|trial| trial.cost).min_by(f64::total_cmp);
        let answer = optimised(&text, days, 1);
        prop_assert_eq!(answer.method, Method::Exact);
        match (answer.best, least) {
            (Some(best), Some(least)) => prop_assert!((best.cost.mean - least).abs() < 1e-6),
            (best, least) => prop_assert!(best.is_none() && least.is_none()),
        }
    }
}
