//! What pictures of scoping share, and reports to draw in tests, ordinary and extreme, made of plans as people write them.

use std::fmt::Write as _;
use std::sync::OnceLock;

use crate::format::{Request, read};
use crate::model::Plan;
use crate::scope::{Asked, Extrapolation, ScopeReport};
use crate::simulate::Settings;
use crate::text::{Source, Sources};
use crate::view::fonts;

use super::wrapped;

/// A plan with its report.
pub(in crate::view::chart) struct Sample {
    /// What is special about it.
    pub(in crate::view::chart) name: String,
    /// Its report.
    pub(in crate::view::chart) report: ScopeReport,
    /// The histories of its solutions.
    pub(in crate::view::chart) histories: Vec<Extrapolation>,
}

/// How the solutions of a plan differ.
#[derive(Clone, Copy)]
struct Twist {
    name: &'static str,
    /// The person-days of a solution by its position.
    effort: fn(usize) -> f64,
    /// What its factor is about, by its position.
    factor: fn(usize) -> f64,
    /// Further lines of the plan.
    plan: &'static str,
    /// The title of each solution.
    title: &'static str,
}

const ORDINARY: Twist = Twist {
    name: "ordinary",
    effort: |at| 5.0 + 6.0 * at as f64,
    factor: |at| 60_000.0 * (1 + at % 7) as f64,
    plan: "budget = \"600k\"",
    title: "Idea",
};

/// Plans of few and of many solutions, and some that are out of the ordinary.
pub(in crate::view::chart) fn samples() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let mut all: Vec<Sample> = [1, 2, 5, 12, 20].map(|count| sample(count, ORDINARY)).into();
        for twist in [
            Twist { name: "equal", effort: |_| 10.0, factor: |_| 80_000.0, ..ORDINARY },
            Twist { name: "free", effort: |at| if at.is_multiple_of(2) { 0.0 } else { 12.0 }, ..ORDINARY },
            Twist { name: "effortless", effort: |_| 0.0, ..ORDINARY },
            Twist { name: "worthless", factor: |_| 10.0, plan: "currency = \"CHF\"", ..ORDINARY },
            Twist {
                name: "far",
                effort: |at| 0.02 * 40_f64.powi(at as i32),
                plan: "budget = \"1k\"",
                ..ORDINARY
            },
            Twist { name: "long", title: "名前 & <Имя> with a name that goes on and on", ..ORDINARY },
        ] {
            all.push(sample(4, twist));
        }
        all.push(sample(8, Twist { name: "alike", effort: |_| 10.0, factor: |_| 80_000.0, ..ORDINARY }));
        all
    })
}

fn sample(solutions: usize, twist: Twist) -> Sample {
    let plan = plan(&text(solutions, twist));
    let histories =
        plan.scoping.ids().filter_map(|id| Extrapolation::of(Asked::of_solution(&plan, id)?).ok());
    Sample {
        name: format!("{solutions}-{}", twist.name),
        histories: histories.collect(),
        report: ScopeReport::of(&plan, &Settings { iterations: 60, ..Settings::default() }).unwrap(),
    }
}

fn plan(text: &str) -> Plan {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("plan.toml", text.to_owned()).unwrap());
    read(&sources, &Request::plain(id)).into_plan().unwrap().0
}

/// Solutions of every cell of the table of feasibility, some with evidence and some without, in four groups
/// where they are many.
fn text(solutions: usize, twist: Twist) -> String {
    let mut text = format!("[plan]\nname = \"{0}s\"\nstart = 2027-01-04\n{1}\n", twist.title, twist.plan);
    text.push_str("[problem.clear]\nmetric = \"sales\"\n[problem.vague]\n");
    text.push_str("[metric.sales]\nkind = \"business\"\nbaseline = 2.0\ntarget = 2.5\nrange = [0, 100]\n");
    text.push_str("[metric.accuracy]\nbaseline = 0.6\nminimum = 0.75\ntarget = 0.8\n");
    text.push_str("[resource.dev]\nkind = \"people\"\ncapacity = 4\nrate = \"700/d\"\n[factor]\n");
    for at in 0..solutions {
        let worth = (twist.factor)(at);
        let _ = writeln!(text, "f{at} = {{ value = \"{}..{worth}..{}\" }}", worth * 0.5, worth * 2.5);
    }
    for at in 0..solutions {
        solution(&mut text, at, solutions, twist);
    }
    text
}

fn solution(text: &mut String, at: usize, solutions: usize, twist: Twist) {
    let (is_unstructured, is_existing) = (at.is_multiple_of(3), at % 4 == 1);
    let kind = |holds, one, other| if holds { one } else { other };
    let _ = writeln!(
        text,
        "[solution.idea-{at}]\nname = \"{} {at}\"\nproblem = \"clear\"\ndata_kind = \"{}\"\nsystem = \"{}\"\n\
         metric = \"accuracy\"\nvalue = {{ factors = [\"f{at}\"], p_commercial = \"70%\" }}",
        twist.title,
        kind(is_unstructured, "unstructured", "structured"),
        kind(is_existing, "existing", "new"),
    );
    if solutions > 12 {
        let _ = writeln!(text, "group = \"g{}\"", at % 4);
    }
    text.push_str(if is_existing {
        "evidence.history.points = [[1, 0.5], [2, 0.58], [3, 0.63], [4, 0.66]]\n"
    } else {
        "iterations_80 = \"4..6..12\"\n"
    });
    if is_unstructured && at.is_multiple_of(2) {
        text.push_str("evidence.hlp = { value = 0.9, n = 100 }\n");
    }
    let work = (twist.effort)(at);
    let work = if work > 0.0 { format!("work = {{ dev = \"{work}d\" }}") } else { String::new() };
    let _ = writeln!(
        text,
        "[milestone.do-{at}]\nsolution = \"idea-{at}\"\nafter = []\n\
         improve = {{ duration = \"3..5..9d\", at_most = 8 }}\n\
         [milestone.launch-{at}]\nsolution = \"idea-{at}\"\nafter = \"do-{at}\"\nduration = \"5..10..20d\"\n{work}"
    );
}

#[test]
fn lines_hold_what_fits() {
    let lines = wrapped("one two three four an-unbelievably-long-word-that-goes-on", 11.0, 90.0);
    assert!(lines.len() > 2 && lines.iter().all(|line| fonts::width(line, 11.0) <= 90.0), "{lines:?}");
    assert_eq!(lines[0], "one two three");
    assert!(wrapped("", 11.0, 90.0).is_empty());
}
