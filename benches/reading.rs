//! How long it takes to read and check a large plan: `cargo bench --bench reading [MILESTONES]`.
//!
//! The plan is a grid of teams with estimates of every kind, several links for each milestone,
//! resources, stages, two calendars and a scenario. The median of eleven runs is shown for each
//! step; the aim is 100 ms in total for 10,000 milestones.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use plan::format::{self, Request, tree};
use plan::network::Network;
use plan::text::{Source, Sources};
use plan::{check, model};

/// What is measured: the time for one run on a plan's text.
type Step = fn(&str) -> Duration;

const RUNS: usize = 11;
/// How many milestones run beside one another.
const TEAMS: usize = 20;

fn main() {
    let asked = std::env::args().filter_map(|word| word.parse().ok()).next();
    let milestones = asked.unwrap_or(10_000);
    let text = plan(milestones);
    println!("{milestones} milestones, {} kB", text.len() / 1000);
    let steps: [(&str, Step); 5] =
        [("parse", parse), ("read", read), ("network", network), ("check", warnings), ("total", total)];
    for (name, step) in steps {
        let mut times: Vec<Duration> = (0..RUNS).map(|_| step(&text)).collect();
        times.sort_unstable();
        println!("{name:>8} {:7.1} ms", times[RUNS / 2].as_secs_f64() * 1e3);
    }
}

/// From text to tree.
fn parse(text: &str) -> Duration {
    let mut sources = Sources::new();
    let id = sources.add(source(text));
    let start = Instant::now();
    let parsed = tree::parse(id, text);
    let taken = start.elapsed();
    assert!(parsed.is_whole);
    taken
}

/// From text to model, the tree included.
fn read(text: &str) -> Duration {
    let start = Instant::now();
    let plan = model_of(text);
    let taken = start.elapsed();
    drop(plan);
    taken
}

fn network(text: &str) -> Duration {
    let plan = model_of(text);
    let start = Instant::now();
    let network = Network::of(&plan).expect("the plan has a network");
    let taken = start.elapsed();
    drop(network);
    taken
}

fn warnings(text: &str) -> Duration {
    let plan = model_of(text);
    let network = Network::of(&plan).expect("the plan has a network");
    let start = Instant::now();
    let found = check::warnings(&plan, &network);
    let taken = start.elapsed();
    drop(found);
    taken
}

fn total(text: &str) -> Duration {
    let start = Instant::now();
    let plan = model_of(text);
    let network = Network::of(&plan).expect("the plan has a network");
    let found = check::warnings(&plan, &network);
    let taken = start.elapsed();
    drop(found);
    taken
}

fn model_of(text: &str) -> model::Plan {
    let mut sources = Sources::new();
    let id = sources.add(source(text));
    let reading = format::read(&sources, &Request::plain(id));
    let report = reading.report.draw(&sources, plan::text::Colour::Plain);
    reading.into_plan().map(|(plan, _)| plan).unwrap_or_else(|_| panic!("{report}"))
}

fn source(text: &str) -> Source {
    Source::new("plan.toml", text).expect("a document")
}

/// A plan of so many milestones.
fn plan(milestones: usize) -> String {
    let mut text = String::from(HEAD);
    for number in 0..milestones {
        let estimate = match number % 5 {
            0 => "\"8..12..25d\"",
            1 => "\"5d to 20d\"",
            2 => "\"12d -30% +100%\"",
            3 => "\"10d\"",
            _ => "{ triangular = [\"3d\", \"5d\", \"9d\"] }",
        };
        let _ = writeln!(text, "[milestone.m{number}]\nstage = \"s{}\"\nduration = {estimate}", number % 4);
        let mut after: Vec<String> = Vec::new();
        if number >= TEAMS {
            after.push(format!("\"m{}\"", number - TEAMS));
            let lag = if number % 3 == 0 { " SS+50%" } else { " FS+2d" };
            after.push(format!("\"m{}{lag}\"", number - TEAMS + (number % 7).min(TEAMS - 1)));
        }
        let _ = writeln!(text, "after = [{}]", after.join(", "));
        match number % 3 {
            0 => text.push_str("uses.engineer = 1\n"),
            1 => text.push_str("work.gpu = \"40..60..120h\"\n"),
            _ => text.push_str("cost = \"2k..3k..6k\"\n"),
        }
    }
    text
}

const HEAD: &str = "\
[plan]
name = \"Large\"
start = 2027-01-11
currency = \"EUR\"
budget = \"90M\"
calendar = \"team\"
[calendar]
team = { week = \"Mon-Fri 09:00-12:00 13:00-18:00\", holidays = [2027-03-26, \"2027-12-24..2028-01-02\"] }
[stage]
s0 = { spread = \"build\" }
s1 = {}
s2 = {}
s3 = { spread = \"build\" }
[spread]
build = \"-15% +60%\"
[resource]
engineer = { kind = \"people\", rate = \"750/d\", availability = \"80%\" }
gpu = { kind = \"compute\", capacity = 8, rate = \"3.0/h\", calendar = \"always\" }
[scenario.lean]
milestone.m3.duration = \"3d to 9d\"
";
