//! How long scoping takes: `cargo bench --bench scope`.
//!
//! The forecast of a history with its fan (aim: 5 ms), the report on `plans/ecommerce.toml` with 20,000
//! iterations (aim: 1 s), and a choice among sixteen solutions of one problem. The median of five runs each.

use std::time::{Duration, Instant};

use plan::format::{self, Request};
use plan::model::Plan;
use plan::scope::{Asked, Extrapolation, ScopeReport};
use plan::simulate::Settings;
use plan::text::{Source, Sources};

const RUNS: usize = 5;
const SHOP: &str = include_str!("../plans/ecommerce.toml");

fn main() {
    let shop = read(SHOP);
    let many = read(&of_many(16));
    let history = shop.scoping.solution("recommender-a").expect("it is in the plan");
    let asked = || Asked::of_solution(&shop, history).expect("it has a history");
    let forecast = || Extrapolation::of(asked()).expect("it can be forecast");
    let report = |plan: &Plan| ScopeReport::of(plan, &Settings::default().iterations(20_000));
    show("forecast of a history", || drop(forecast()));
    show("forecast with its fan", || drop(forecast().fan()));
    show("e-commerce, 20,000 iterations", || drop(report(&shop)));
    show("sixteen solutions of one problem", || drop(report(&many)));
}

/// Runs something and shows the median time.
fn show(what: &str, run: impl Fn()) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{what:34} {:9.2} ms", times[RUNS / 2].as_secs_f64() * 1e3);
}

fn read(text: &str) -> Plan {
    let mut sources = Sources::default();
    let source = Source::new("plan.toml", text.to_owned()).expect("the text is short");
    let id = sources.add(source);
    format::read(&sources, &Request::plain(id)).into_plan().expect("the plan can be read").0
}

/// A plan with so many solutions to one problem, each of two milestones.
fn of_many(count: usize) -> String {
    let mut text = String::from(
        "[metric.m]\nkind = \"business\"\nbaseline = 1\ntarget = 2\n[problem.p]\nmetric = \"m\"\n[factor]\nf = { value = \"100k..200k..400k\" }\n[resource]\ndev = { kind = \"people\", capacity = 9, rate = \"700/d\" }\n",
    );
    for at in 0..count {
        text.push_str(&format!(
            "[solution.s{at}]\nproblem = \"p\"\nkind = \"rules\"\np_technical = \"{}%\"\nvalue = {{ factors = [\"f\"] }}\n[milestone.a{at}]\nsolution = \"s{at}\"\nafter = []\nwork.dev = \"5..{}..60d\"\n[milestone.b{at}]\nsolution = \"s{at}\"\nafter = \"a{at}\"\nduration = \"2..4..9d\"\n",
            50 + at * 3,
            8 + at
        ));
    }
    text
}
