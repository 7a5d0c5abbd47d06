//! Whatever the plan file holds, the way to its answer ends in an answer or in words: arbitrary
//! bytes, documents made of the language's own keys, plans with pieces changed, and the ends of
//! every scale. What is accepted has finite numbers only.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::time::{Duration, Instant};

use plan::check::{no_network, warnings};
use plan::forecast::{Burndown, Forecast, PathReport, Stamp, TimePercentile, keep};
use plan::format::{Request, keys, read};
use plan::network::{Network, NetworkError};
use plan::simulate::{Settings, simulate};
use plan::text::{Colour, Source, Sources};
use plan::view::text::Screen;
use plan::view::{chart, csv, json, markdown, text};
use proptest::prelude::*;

/// How far a document came.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// It is no plan; this is said of it.
    Refused(String),
    /// It has no network.
    NoNetwork(NetworkError),
    /// It has an answer: finish in days and cost of the plan as written.
    Answered { days: f64, cost: f64 },
}

/// The whole way, in 64 iterations on one thread, with every view at the end if asked.
fn outcome(document: &str, views: bool) -> Outcome {
    let mut sources = Sources::new();
    let Ok(source) = Source::new("any.toml", document) else { return Outcome::Refused("size".into()) };
    let id = sources.add(source);
    let reading = read(&sources, &Request::plain(id));
    let said = reading.report.draw(&sources, Colour::Plain);
    let Ok((plan, _)) = reading.into_plan() else {
        assert!(!said.is_empty(), "refused without a word:\n{document}");
        return Outcome::Refused(said);
    };
    let network = match Network::of(&plan) {
        Ok(network) => network,
        Err(error) => {
            assert!(!no_network(&plan, &error).is_empty(), "refused without a word:\n{document}");
            return Outcome::NoNetwork(error);
        }
    };
    let _ = warnings(&plan, &network);
    let path = PathReport::of(&plan, &network, 5.0);
    let mut settings = Settings::default().iterations(64).threads(1);
    settings.keep = keep(&plan, &network);
    let samples = simulate(&plan, &network, &settings);
    let forecast = Forecast::of(&plan, &network, &samples);
    assert_sound(&forecast, document);
    let burndowns = Burndown::of(&plan, &network, &settings, &samples);
    for point in burndowns.iter().flat_map(|burndown| &burndown.points) {
        let numbers = [point.planned, point.p10, point.p50, point.p90];
        assert!(numbers.iter().all(|number| number.is_finite()), "burndown {point:?} of\n{document}");
    }
    if views {
        let screen = Screen::default();
        let _ = (
            text::forecast(&forecast, &screen),
            text::path(&path, &screen),
            text::readings(&plan, &network, &screen),
        );
        let _ = (json::simulation(&forecast), json::path(&path), csv::percentiles(&forecast));
        let _ = (csv::milestones(&forecast), markdown::forecast(&forecast), markdown::path(&path));
        let _ = (chart::timeline(&forecast, None), chart::finish(&forecast), chart::budget(&forecast));
        for burndown in &burndowns {
            let _ = (chart::burndown(burndown), csv::burndown(burndown));
        }
    }
    let cost = forecast.cost.as_ref().map_or(0.0, |cost| cost.deterministic.value);
    Outcome::Answered { days: forecast.finish.deterministic.at.days, cost }
}

/// Finite numbers, chances between 0 and 1, percentiles in order inside their intervals.
fn assert_sound(forecast: &Forecast, document: &str) {
    let mut numbers = vec![
        forecast.finish.mean_days,
        forecast.finish.sd_days,
        forecast.contingency.days,
        forecast.contingency.money,
    ];
    assert_ordered(&forecast.finish.percentiles, document);
    let mut chances = vec![forecast.finish.deterministic.chance];
    if let Some(cost) = &forecast.cost {
        numbers.extend([cost.mean, cost.sd, cost.deterministic.value, cost.lowest, cost.highest]);
        numbers.extend(cost.percentiles.iter().flat_map(|at| [at.value, at.low, at.high]));
        let parts = cost.categories.iter().chain(&cost.stages);
        numbers
            .extend(parts.flat_map(|part| [part.deterministic, part.mean, part.p50.value, part.p80.value]));
        chances.push(cost.deterministic.chance);
        let ordered = cost.percentiles.windows(2).all(|pair| pair[0].value <= pair[1].value);
        assert!(ordered, "percentiles of cost of\n{document}");
    }
    chances.extend(forecast.targets.iter().map(|target| target.chance));
    for chance in chances {
        let ordered =
            [0.0, chance.low, chance.share, chance.high, 1.0].windows(2).all(|w| w[0] <= w[1] + 1e-12);
        assert!(ordered, "{chance:?} of\n{document}");
    }
    for milestone in &forecast.milestones {
        assert_ordered(&milestone.finish, document);
        numbers.extend([milestone.finish_mean, milestone.start_mean].map(|stamp: Stamp| stamp.days));
        numbers.extend([milestone.finish_sd_days, milestone.planned_cost, milestone.saves.unwrap_or(0.0)]);
        assert!((0.0..=1.0).contains(&milestone.criticality), "{milestone:?} of\n{document}");
    }
    numbers.extend(forecast.drivers.iter().flat_map(|driver| [driver.with_finish, driver.with_cost]));
    assert!(numbers.iter().all(|number| number.is_finite()), "{forecast:#?}\n{document}");
}

fn assert_ordered(percentiles: &[TimePercentile], document: &str) {
    for pair in percentiles.windows(2) {
        assert!(pair[0].at.days <= pair[1].at.days, "{pair:?} of\n{document}");
    }
    for at in percentiles {
        let is_inside = at.low.days <= at.at.days && at.at.days <= at.high.days;
        assert!(is_inside && at.high.days.is_finite(), "{at:?} of\n{document}");
    }
}

/// The plans of the repository.
fn plans() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/plans");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Names that occur again and again, so that references meet.
const NAMES: [&str; 6] = ["a", "b", "c", "team", "gpu", "finish"];

/// Values of every kind, right and wrong, small and far too large.
const VALUES: [&str; 94] = [
    "0",
    "1",
    "2",
    "-1",
    "1.5",
    "1e308",
    "-1e308",
    "nan",
    "inf",
    "-inf",
    "9223372036854775807",
    "true",
    "false",
    "\"\"",
    "\" \"",
    "\"10d\"",
    "\"0d\"",
    "\"-3d\"",
    "\"8..10..20d\"",
    "\"20..10..8d\"",
    "\"1..2..1e30d\"",
    "\"5d to 20d\"",
    "\"12d -30% +100%\"",
    "\"12d ±20%\"",
    "\"12d ±200%\"",
    "\"5m\"",
    "\"3eh\"",
    "\"40ew\"",
    "\"999999999999999d\"",
    "\"1e-300d\"",
    "\"nand\"",
    "\"infd\"",
    "\"30%\"",
    "\"150%\"",
    "\"-20%\"",
    "\"12k\"",
    "\"1e300k\"",
    "\"750/d\"",
    "\"9k/mo\"",
    "\"3/h\"",
    "\"2..3..7k/w\"",
    "\"1e308/h\"",
    "\"0/d\"",
    "2027-01-11",
    "2027-01-11T09:30:00",
    "2027-01-11T09:30:00Z",
    "0001-01-01",
    "9999-12-31",
    "09:00:00",
    "\"2027-01-11\"",
    "\"2027-01-11..2027-03-01\"",
    "\"0001-01-01..9999-12-31\"",
    "\"2027-02-30\"",
    "\"Mon-Fri 09:00-17:00\"",
    "\"Mon-Sun 00:00-24:00\"",
    "\"Sun 09:00-09:01\"",
    "\"Fri-Mon 22:00-06:00\"",
    "\"2027-03-07 08:00-12:00\"",
    "\"a\"",
    "\"b FS+3d\"",
    "\"a SS+50%\"",
    "\"b FF-2d\"",
    "\"c SF\"",
    "\"a SS+1..2..9d\"",
    "\"stage:a\"",
    "\"tag:b\"",
    "\"all\"",
    "\"kind:people\"",
    "\"people\"",
    "\"compute\"",
    "\"P80(finish) <= deadline\"",
    "\"P(finish <= 30d and cost <= 1k) >= 70%\"",
    "\"mean(a.cost) < 10\"",
    "\"research\"",
    "\"standard\"",
    "\"always\"",
    "\"-30% +150%\"",
    "\"日本\"",
    "\"rest\"",
    "\"a.go\"",
    "\"a.b\"",
    "\"risk:a\"",
    "\"a.finish > 10d\"",
    "\"b.start <= 2027-03-01\"",
    "\"a.cost\"",
    "\"a.duration\"",
    "\"05-01..09-30\"",
    "\"02-29\"",
    "\"fail\"",
    "[[1, 0.5], [0.5, 1]]",
    "{ probability = [0.3, 0.2], back_to = \"a\", at_most = 2 }",
    "{ a = \"70%\", b = \"rest\" }",
    "{ a = { delay = \"1..2..5d\" } }",
    "{ price = 3, probability = 0.1 }",
];

/// What stands in a table as an estimate.
fn estimate_table() -> impl Strategy<Value = String> {
    let words =
        ["pert", "triangular", "uniform", "p10", "p50", "p90", "trigen", "normal", "lognormal", "gamma"];
    let more =
        ["weibull", "exponential", "beta", "discrete", "samples", "shift", "min", "max", "shape", "scale"];
    let inner = ["mean", "sd", "low", "high", "a", "b"];
    let words: Vec<&str> = words.into_iter().chain(more).chain(inner).collect();
    let value = prop_oneof![
        4 => value(),
        1 => prop::collection::vec(value(), 0..4).prop_map(|list| format!("[{}]", list.join(", "))),
        1 => (prop::sample::select(inner.to_vec()), value(), value())
            .prop_map(|(key, one, other)| format!("{{ {key} = {one}, sd = {other} }}")),
    ];
    prop::collection::vec((prop::sample::select(words), value), 1..4).prop_map(|pairs| {
        let pairs: Vec<_> = pairs.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ {} }}", pairs.join(", "))
    })
}

fn value() -> impl Strategy<Value = String> {
    prop::sample::select(VALUES.to_vec()).prop_map(str::to_owned)
}

/// A value, a list, a table of values by name or by date, or an estimate.
fn any_value() -> impl Strategy<Value = String> {
    let keys = ["start", "finish", "\"finish+30ed\"", "2027-01-11", "2028-01-01", "who", "rho", "new"];
    let names = NAMES.into_iter().chain(keys).collect::<Vec<_>>();
    prop_oneof![
        6 => value(),
        1 => prop::collection::vec(value(), 0..3).prop_map(|list| format!("[{}]", list.join(", "))),
        1 => prop::collection::vec((prop::sample::select(names), value()), 0..3).prop_map(|pairs| {
            let pairs: Vec<_> = pairs.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
            format!("{{ {} }}", pairs.join(", "))
        }),
        1 => estimate_table(),
    ]
}

/// A line with one of the language's own keys.
fn line() -> impl Strategy<Value = String> {
    let paths: Vec<(&str, bool, Vec<&str>)> = keys::TABLES
        .iter()
        .map(|table| (table.name, table.is_named, table.keys.iter().map(|row| row.key).collect()))
        .collect();
    (
        prop::sample::select(paths),
        prop::sample::select(NAMES.to_vec()),
        any::<prop::sample::Index>(),
        any_value(),
    )
        .prop_map(|((table, is_named, keys), name, key, value)| {
            let mut path = table.to_owned();
            if is_named {
                path = format!("{path}.{name}");
            }
            if !keys.is_empty() {
                path = format!("{path}.{}", keys[key.index(keys.len())]);
            }
            format!("{path} = {value}\n")
        })
}

/// Lines of a plan that is right, to which others are added.
const RIGHT: [&str; 16] = [
    "milestone.a.duration = \"3..5..9d\"\n",
    "milestone.b = { duration = \"2d to 8d\", after = \"a\", cost = \"1k..2k..4k\" }\n",
    "milestone.c = { work.team = \"10d\", uses.gpu = 2, after = [\"a SS+50%\", \"b FF+1d\"] }\n",
    "resource.team = { kind = \"people\", capacity = 2, rate = \"750/d\" }\n",
    "resource.gpu = { kind = \"compute\", rate = \"3/h\", calendar = \"always\" }\n",
    "plan.start = 2027-01-11\n",
    "plan.deadline = 2027-03-11\n",
    "plan.budget = \"20k\"\n",
    "overhead.a = { rate = \"1k/mo\" }\n",
    "overhead.b = { share = \"10%\", of = \"all\" }\n",
    "expect.a = \"P80(finish) <= deadline\"\n",
    "stage.a.name = \"A\"\n",
    "risk.a = { probability = 0.3, on = \"all\", delay = \"1..2..5d\", factor = 1.2, response = { price = 5, factor = false } }\n",
    "milestone.team = { after = \"a\", duration = 2, outcomes = { a = \"70%\", b = \"rest\" } }\n",
    "milestone.gpu = { after = \"team\", duration = 1, success = 0.9, only_if = \"team.a\", rework = { probability = 0.3, back_to = \"a\" } }\n",
    "correlation.a = { among = [\"a\", \"b\", \"risk:a\"], rho = 0.3 }\n",
];

fn document() -> impl Strategy<Value = String> {
    let right = prop::sample::subsequence(RIGHT.to_vec(), 0..=RIGHT.len());
    (right, prop::collection::vec(line(), 0..4)).prop_map(|(right, lines)| right.concat() + &lines.concat())
}

/// A plan of the repository in which something is cut, doubled or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0..6_u8, any_value()), 1..5);
    (prop::sample::select(plans()), changes).prop_map(|(plan, changes)| {
        let mut text = plan;
        for (place, change, value) in changes {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let at = place.index(lines.len().max(1));
            let Some(line) = lines.get(at).cloned() else { continue };
            match change {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, line),
                2 => lines[at] = line.chars().take(place.index(line.chars().count() + 1)).collect(),
                3 => lines[at] = replaced(&line, &value),
                4 => lines.swap(at, 0),
                _ => lines[at] = line.chars().rev().collect(),
            }
            text = lines.join("\n");
        }
        text
    })
}

/// The same line with the value behind its last `=` replaced.
fn replaced(line: &str, value: &str) -> String {
    match line.rsplit_once(" = ") {
        Some((key, old)) => {
            let tail = old.rfind(" }").map_or("", |tail| &old[tail..]);
            format!("{key} = {value}{tail}")
        }
        None => value.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_end_in_words(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        outcome(&String::from_utf8_lossy(&bytes), true);
    }

    #[test]
    fn arbitrary_text_ends_in_words(text in "(\\PC|[\\[\\]{}=.\"'#\n ]){0,200}") {
        outcome(&text, true);
    }

    #[test]
    fn documents_of_the_language_end_in_an_answer_or_in_words(document in document()) {
        outcome(&document, true);
    }

    #[test]
    fn estimates_of_any_kind_end_in_an_answer_or_in_words(estimate in estimate_table()) {
        outcome(&format!("milestone.a.duration = {estimate}\nmilestone.a.cost = {estimate}\n"), true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_plans_end_in_an_answer_or_in_words(document in mutated()) {
        outcome(&document, false);
    }
}

fn chain(milestones: usize, duration: &str) -> String {
    let mut text = String::from("[milestone]\n");
    for position in 0..milestones {
        let after = if position == 0 { "[]".to_owned() } else { format!("\"m{}\"", position - 1) };
        text += &format!("m{position} = {{ duration = \"{duration}\", after = {after} }}\n");
    }
    text
}

#[test]
fn a_chain_of_a_hundred_thousand_hours_has_an_answer() {
    let begin = Instant::now();
    let found = outcome(&chain(100_000, "1h"), false);
    assert_eq!(found, Outcome::Answered { days: 12_500.0, cost: 0.0 });
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
}

#[test]
fn a_chain_of_a_hundred_thousand_days_is_refused_as_too_long() {
    let Outcome::NoNetwork(NetworkError::BeyondLimit(first)) = outcome(&chain(100_000, "1d"), false) else {
        panic!("2.88 thousand million seconds are beyond 2^30");
    };
    // 2³⁰ − 1 s are 37,282 days of eight hours and a bit: the milestone after those is the first beyond.
    assert_eq!(first.index(), 37_282);
}

#[test]
fn a_circle_of_a_hundred_thousand_is_one_cycle() {
    let text = chain(100_000, "1h").replacen("after = []", "after = \"m99999\"", 1);
    match outcome(&text, false) {
        Outcome::Refused(said) => assert!(said.len() < 100_000, "{} bytes are said", said.len()),
        Outcome::NoNetwork(NetworkError::Cycles(cycles)) => assert_eq!(cycles.len(), 1),
        other => panic!("{other:?}"),
    }
}

/// What must be refused with words.
#[test]
fn what_cannot_be_meant_is_refused() {
    for document in [
        "[milestone]\na.duration = nan\n",
        "[milestone]\na.duration = inf\n",
        "[milestone]\na.duration = \"nand\"\n",
        "[milestone]\na.duration = \"1e400d\"\n",
        "[milestone]\na.duration = -1\n",
        "[milestone]\na.cost = nan\n",
        "[milestone]\na.cost = -inf\n",
        "[milestone]\na = { duration = \"1d\", rate = \"inf/d\" }\n",
        "[milestone]\na = { duration = \"1d\", after = \"a\" }\n",
        "[milestone]\na = { after = \"b\" }\nb = { after = \"a\" }\n",
        "[milestone]\na.duration = { discrete = [[1, nan], [2, 1]] }\n",
        "[milestone]\na.duration = { samples = [] }\n",
        "[milestone]\na.duration = { normal = { mean = 5, sd = -1 } }\n",
        "[plan]\nstart = 2027-02-29\n[milestone]\na.duration = 1\n",
        "[plan]\nstart = 0001-01-01\n[milestone]\na.duration = 1\n",
        "[plan]\nstart = 9999-12-31\n[milestone]\na.duration = 1\n",
        "[plan]\nstart = 2027-13-01\n[milestone]\na.duration = 1\n",
        "[plan]\nconfidence = \"100%\"\n[milestone]\na.duration = 1\n",
        "[plan]\nbudget = inf\n[milestone]\na.duration = 1\n",
        "[calendar]\nc.week = []\n[milestone]\na.duration = 1\n",
        "[calendar]\nc.week = \"\"\n[milestone]\na.duration = 1\n",
        "[milestone]\na.duration = \"99999999999999999999d\"\n",
        "[resource]\nr.capacity = 0\n[milestone]\na.work.r = 1\n",
        "[resource]\nr.capacity = nan\n[milestone]\na.work.r = 1\n",
        "[resource]\nr = { kind = \"data\", throughput.s = \"0/d\" }\ns.kind = \"people\"\n[milestone]\na.consumes.r = 1\n",
    ] {
        match outcome(document, true) {
            Outcome::Refused(_) | Outcome::NoNetwork(_) => {}
            Outcome::Answered { days, cost } => panic!("{days} days, {cost} of\n{document}"),
        }
    }
}

/// The ends of every scale; those that are accepted have been found sound on the way.
#[test]
fn the_ends_of_every_scale_end_in_an_answer_or_in_words() {
    let most = "a.duration = \"37000d\"\n";
    for document in [
        String::new(),
        "[plan]\nname = \"nothing\"\n".to_owned(),
        "[milestone]\n".to_owned(),
        "[milestone]\na = {}\n".to_owned(),
        "[milestone]\na.duration = 0\n".to_owned(),
        "[milestone]\na = { duration = 1, after = [] }\nb = { after = [\"a\", \"a\", \"a FS+0d\", \"a SS\"] }\n".to_owned(),
        "[plan]\nstart = 1900-01-01\n[milestone]\na.duration = 1\n".to_owned(),
        "[plan]\nstart = 2299-12-31\n[milestone]\na = { duration = 300, cost = 1, pay = { \"finish+9999ed\" = \"100%\" } }\n".to_owned(),
        "[plan]\nstart = 2299-12-31\ndeadline = 1900-01-01\n[milestone]\na = { duration = \"1..2..900d\", deadline = 2299-12-31 }\n".to_owned(),
        "[plan]\nstart = 1900-01-01\n[milestone]\na = { duration = 1, not_before = 2299-12-31 }\n".to_owned(),
        "[plan]\nstart = 2027-01-01\n[milestone]\na = { duration = 1, must_finish = 2299-12-31 }\n".to_owned(),
        "[plan]\nstart = 2027-01-01\n[milestone]\na = { duration = 1, not_after = 1900-01-01 }\nb = { duration = \"1..2..3\", must_start = 1900-01-01, after = \"a\" }\n".to_owned(),
        "[plan]\nstart = 2027-01-01\n[milestone]\na = { duration = 1, must_finish = 1900-01-01, alap = true }\n".to_owned(),
        format!("[milestone]\n{most}"),
        format!("[plan]\nstart = 2299-01-01\n[milestone]\n{most}"),
        format!("[milestone]\n{most}b = {{ duration = \"1..2..3000d\", after = \"a\" }}\n"),
        "[milestone]\na.duration = { exponential = { mean = \"30000d\" } }\n".to_owned(),
        "[milestone]\na.duration = { lognormal = { mean = \"1d\", sd = \"1000d\" } }\n".to_owned(),
        "[milestone]\na.duration = \"1d to 30000d\"\n".to_owned(),
        "[milestone]\na.duration = { weibull = { shape = 0.01, scale = 1 } }\n".to_owned(),
        "[milestone]\na.duration = { gamma = { mean = 1, sd = 1000 } }\n".to_owned(),
        "[milestone]\na = { duration = 1, after = [] }\nb = { after = \"a FS-37000d\" }\nc = { after = \"b SF-30000d\", duration = 3 }\n".to_owned(),
        "[milestone]\na = { duration = 10, cost = 1e300 }\nb = { cost = 1e300, rate = \"1e300/h\", duration = \"1..2..3\" }\n".to_owned(),
        "[milestone]\na = { duration = 10, cost = 1e38 }\nb = { cost = \"-1e38..0..1e38\" }\n".to_owned(),
        "[milestone]\na = { duration = 10, cost = \"1e-320\" }\n".to_owned(),
        "[milestone]\na = { duration = \"1..5..9d\", cost = -500 }\n[overhead]\no = { rate = \"-3/d\" }\ns = { share = \"-100%\" }\n".to_owned(),
        "[resource]\nr = { kind = \"people\", capacity = 1e-300, availability = \"0.000001%\" }\n[milestone]\na.work.r = 1\n".to_owned(),
        "[resource]\nr = { kind = \"people\", capacity = 1e300 }\n[milestone]\na = { work.r = \"1..2..3\", uses.r = 1e-300 }\n".to_owned(),
        "[resource]\nr = { rate = \"5/y\", away = \"1900-01-01..2299-12-31\" }\n[plan]\nstart = 2027-01-01\n[milestone]\na = { duration = 1, uses.r = 1 }\n".to_owned(),
        "[calendar]\nc = { week = \"Sun 09:00-09:01\" }\n[milestone]\na.duration = \"600h\"\n".to_owned(),
        "[calendar]\nc = { week = \"Sun 09:00-09:01\" }\n[plan]\nstart = 2299-01-01\n[milestone]\na.duration = \"600h\"\n".to_owned(),
        "[calendar]\nc = { week = \"Sun 09:00-09:01\", holidays = \"1900-01-01..2299-12-31\" }\n[plan]\nstart = 2027-01-01\n[milestone]\na.duration = \"600h\"\n".to_owned(),
    ] {
        let begin = Instant::now();
        let found = outcome(&document, true);
        println!("{found:?}  {:?}\n{document}", begin.elapsed());
        assert!(begin.elapsed() < Duration::from_secs(10), "{:?} for\n{document}", begin.elapsed());
    }
}
