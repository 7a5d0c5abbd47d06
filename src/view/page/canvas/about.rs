//! What a solution is for, and what speaks for it.

use std::fmt::Write as _;

use crate::model::{DataKind, Metric, MetricLink, Plan, Solution, SolutionValue, System};
use crate::scope::Canvas;
use crate::view::decisions::worth;
use crate::view::markdown::{plain, table};
use crate::view::scoping::{value_of, written};
use crate::view::words::{counted, number, percent};

use super::{listed, takes};

pub(super) fn problem(plan: &Plan, solution: &Solution) -> String {
    let Some(problem) = solution.problem.map(|id| &plan.scoping[id]) else { return String::new() };
    let statement = problem.statement.as_deref().map(|words| words.trim_end_matches('.'));
    let statement = statement.map_or(String::new(), |words| format!(": {}", plain(words)));
    let mut text = format!("**{}**{statement}.\n", plain(&problem.name));
    if let Some(asked) = &problem.asked {
        let _ = writeln!(text, "\nAsked: {}", plain(asked));
    }
    if let Some(metric) = problem.metric.map(|id| &plan.scoping[id]) {
        let _ = writeln!(text, "\nMeasured by {}: {}.", plain(&metric.name), way(metric));
    }
    text
}

/// `from 2.1 to 2.4 % of sessions`, as far as it is said.
fn way(metric: &Metric) -> String {
    let values = [("from", metric.baseline), ("at least to", metric.minimum), ("to", metric.target)];
    let words: Vec<String> = values
        .iter()
        .filter_map(|(word, value)| Some(format!("{word} {}", value_of(metric, (*value)?))))
        .collect();
    let unit = metric.unit.as_deref().map_or(String::new(), |unit| format!(" {}", plain(unit)));
    if words.is_empty() {
        "better: how much is not said".to_owned()
    } else {
        format!("{}{unit}", words.join(" "))
    }
}

pub(super) fn value(canvas: &Canvas<'_>, solution: &Solution) -> String {
    let Some(value) = &solution.value else { return String::new() };
    let scoping = &canvas.plan.scoping;
    let rows: Vec<Vec<String>> = value
        .factors
        .iter()
        .map(|&id| {
            let factor = &scoping[id];
            let unit = factor.unit.as_deref().map_or(String::new(), |unit| format!(" {unit}"));
            vec![
                factor.name.clone(),
                format!("{}{unit}", factor.value.written.replace("..", " – ").replace('_', ",")),
            ]
        })
        .collect();
    let head = ["a year at the target is worth the product of", "low – likely – high"];
    let metric = solution.metric.map(|id| &scoping[id]).filter(|_| !value.metric_links.is_empty());
    let shares = metric.map_or(String::new(), |metric| {
        let share =
            |link: &MetricLink| format!("{} at {}", percent(link.share), value_of(metric, link.metric));
        let shares: Vec<String> = value.metric_links.iter().map(share).collect();
        format!("Of that, by {}: {}. ", plain(&metric.name), shares.join(", "))
    });
    format!(
        "{}\n{shares}In the middle {} a year once launched. {} chance to succeed in its market; full value {} after the launch.\n",
        table(&head, &rows),
        worth(canvas.own.yearly_value, canvas.report),
        percent(value.p_commercial),
        months(value)
    )
}

fn months(value: &SolutionValue) -> String {
    if value.ramp_months > 0.0 {
        format!("{} months", written(value.ramp_months))
    } else {
        "at once".to_owned()
    }
}

pub(super) fn metric(metric: &Metric, solution: &Solution) -> String {
    let mut rows = Vec::new();
    let last = solution.evidence.history.as_ref().and_then(|history| history.points.last());
    for (name, value) in [
        ("baseline: live today", metric.baseline),
        ("measured last", last.map(|point| point.value)),
        ("minimum: worth a launch", metric.minimum),
        ("target", metric.target),
    ] {
        rows.extend(value.map(|value| vec![name.to_owned(), value_of(metric, value)]));
    }
    let unit = metric.unit.as_deref().map_or(String::new(), |unit| format!(", {unit}"));
    table(&[&format!("{}{unit}", metric.name), ""], &rows)
}

pub(super) fn data(canvas: &Canvas<'_>, solution: &Solution) -> String {
    let kind = match solution.data_kind {
        DataKind::Structured => "Structured (tables)",
        DataKind::Unstructured => "Unstructured (images, sound, text)",
    };
    let system = match solution.system {
        System::New => "a new system",
        System::Existing => "an existing system",
    };
    let ready = match solution.evidence.data_ready {
        Some(true) => "; the data is there and may be used",
        Some(false) => "; whether the data is there and may be used is open",
        None => "",
    };
    let mut text = format!("{kind}, {system}{ready}.\n");
    let pieces: Vec<String> = takes(canvas, |take| take.in_pieces)
        .map(|take| format!("- {}: {} in the mean\n", plain(&take.name), number(take.amount, 0)))
        .collect();
    if !pieces.is_empty() {
        let _ = write!(text, "\n{}", pieces.concat());
    }
    text
}

pub(super) fn evidence(canvas: &Canvas<'_>, solution: &Solution) -> String {
    let evidence = &solution.evidence;
    let mut lines = Vec::new();
    if let Some(history) = &evidence.history
        && let (Some(first), Some(last)) = (history.points.first(), history.points.last())
    {
        lines.push(format!(
            "history: {}, from {} to {}",
            counted(history.points.len(), "measurement"),
            written(first.value),
            written(last.value)
        ));
    }
    lines.extend(
        evidence.hlp.map(|it| format!("people reach {} ({} items)", written(it.value), written(it.items))),
    );
    for it in &evidence.benchmarks {
        let source = it.source.as_deref().map_or(String::new(), |source| format!(": {source}"));
        lines.push(format!("others reached {}{source}", written(it.value)));
    }
    if let Some(features) = &evidence.features {
        let single = features.single.as_ref().map(|_| "predictive features were measured".to_owned());
        let new = (!features.new.is_empty()).then(|| format!("new features: {}", features.new.join(", ")));
        lines.extend(single.into_iter().chain(new));
    }
    lines.extend(evidence.pilot.map(|it| format!("a pilot reached {}", written(it.value))));
    let missing: Vec<&str> = canvas.own.evidence.iter().filter(|it| !it.is_there).map(|it| it.name).collect();
    if !missing.is_empty() {
        lines.push(format!("missing: {}", missing.join(", ")));
    }
    listed(&lines)
}
