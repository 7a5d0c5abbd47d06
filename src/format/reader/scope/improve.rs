//! `improve` of a milestone, and which milestones belong to a solution.

use super::super::fields::{Context, Fields};
use super::super::taken::Taken;
use super::names::inner;
use super::numbers::{ABOVE_ZERO, ANY, number};
use crate::model::{Checkpoint, Improve, Metric, Milestone, Scoping, Solution, Span, SpanUnit, System};
use crate::text::{self, Code, Diagnostic};

/// How many iterations there are at most, where it is not said.
const USUAL_AT_MOST: u32 = 12;
/// More iterations than these are more visits than a plan may have.
const MOST_ITERATIONS: f64 = 10_000.0;

/// Reads `improve` of a milestone; `taken` reads what an iteration takes.
pub(in crate::format::reader) fn improve(
    context: &mut Context<'_>,
    milestone: &Fields<'_>,
    taken: impl FnOnce(&mut Context<'_>, &Fields<'_>) -> Taken,
) -> Option<Improve> {
    let fields = inner(context, milestone, "improve")?;
    let Taken { duration, work, uses, consumes, cost } = taken(context, &fields);
    if duration.is_none() && work.is_empty() && consumes.is_empty() && !context.has_strangers(&fields) {
        let has_any = ["duration", "work", "consumes"].iter().any(|key| fields.has(key));
        let error = Diagnostic::new(Code::BadImprove, fields.span, "an iteration that takes no time");
        if !has_any {
            context.say(error.help("give it a `duration`, `work` or `consumes`"));
        }
    }
    let at_most = count(context, &fields, "at_most").unwrap_or(USUAL_AT_MOST);
    let adds = number(context, &fields, "adds", ABOVE_ZERO).unwrap_or(1.0);
    let checkpoint = checkpoint(context, &fields, at_most);
    Some(Improve { duration, work, uses, consumes, cost, at_most, adds, checkpoint })
}

fn count(context: &mut Context<'_>, fields: &Fields<'_>, key: &str) -> Option<u32> {
    number(
        context,
        fields,
        key,
        (
            |it| (1.0..=MOST_ITERATIONS).contains(&it) && it.fract() == 0.0,
            "that is whole and from 1 to 10,000",
        ),
    )
    .map(|it| it as u32)
}

fn checkpoint(context: &mut Context<'_>, fields: &Fields<'_>, at_most: u32) -> Option<Checkpoint> {
    let after = count(context, fields, "checkpoint");
    let stop_line = number(context, fields, "stop_line", ANY);
    if let (Some(after), Some(node)) = (after, fields.node("checkpoint"))
        && after >= at_most
    {
        let message =
            format!("after {after} iterations nothing is left to decide: there are at most {at_most}");
        context.say(Diagnostic::new(Code::BadImprove, node.span, message));
    }
    if let (None, Some(node)) = (after, fields.node("stop_line"))
        && !fields.has("checkpoint")
    {
        let error = Diagnostic::new(Code::BadImprove, node.span, "a stop line without a checkpoint");
        context.say(error.help("say after how many iterations it counts: `checkpoint = 4`"));
    }
    after.map(|after| Checkpoint { after, stop_line })
}

/// Says what keeps milestones from being improved: each belongs to a solution, which says what is measured
/// and how it gets better.
pub(in crate::format::reader) fn check_improves(
    context: &mut Context<'_>,
    milestones: &mut [Milestone],
    places: &[text::Span],
    scoping: &Scoping,
) {
    let mut improving: Vec<Option<usize>> = vec![None; scoping.solutions.len()];
    for at in 0..milestones.len() {
        if milestones[at].improve.is_none() {
            continue;
        }
        let key = milestones[at].key.clone();
        let solution = milestones[at].solution;
        let other = solution.and_then(|id| improving[id.index()].replace(at));
        if let Some(conflict) = conflict(&milestones[at]) {
            context.say(Diagnostic::new(Code::BadImprove, places[at], conflict));
        }
        let message = match (solution, other) {
            (None, _) => Some((
                format!("`{key}` improves nothing, for it belongs to no solution"),
                "name one: `solution = \"…\"`".to_owned(),
            )),
            (Some(id), Some(other)) => Some((
                format!("`{key}` is the second milestone that improves `{}`", scoping[id].key),
                format!("`{}` is the first: a solution is improved in one place", milestones[other].key),
            )),
            (Some(id), None) => missing(&key, &scoping[id], scoping),
        };
        if let Some((message, help)) = message {
            context.say(Diagnostic::new(Code::BadImprove, places[at], message).help(help));
            milestones[at].improve = None;
        }
    }
}

/// What can't be said of a milestone that is improved.
fn conflict(milestone: &Milestone) -> Option<String> {
    let key = &milestone.key;
    let elapsed = |span: Option<&Span>| span.map(|span| span.unit == SpanUnit::Elapsed);
    let own = elapsed(milestone.duration.as_ref());
    let of_iterations = elapsed(milestone.improve.as_ref().and_then(|improve| improve.duration.as_ref()));
    if milestone.rework.is_some() {
        return Some(format!("`{key}` is improved, and so has no rework check of its own"));
    }
    let is_mixed = own.zip(of_iterations).is_some_and(|(own, other)| own != other);
    is_mixed.then(|| format!("`{key}` and its iterations take time of two kinds: worked and elapsed"))
}

/// What a solution lacks so that it can be said how it gets better.
fn missing(key: &str, solution: &Solution, scoping: &Scoping) -> Option<(String, String)> {
    let name = &solution.key;
    let Some(metric) = solution.metric.map(|id| &scoping[id]) else {
        return Some((
            format!("`{key}` improves `{name}`, which has no metric"),
            format!("say what is measured: `metric = \"…\"` below `[solution.{name}]`"),
        ));
    };
    let is_new = solution.system == System::New || solution.evidence.history.is_none();
    let Metric { key: metric_key, target, baseline, .. } = metric;
    let lacks = |what: &str| {
        Some((
            format!("`{key}` improves `{metric_key}`, which has no {what}"),
            format!("like `{what} = 0.85` below `[metric.{metric_key}]`"),
        ))
    };
    if target.is_none() {
        return lacks("target");
    }
    if is_new && baseline.is_none() {
        return lacks("baseline");
    }
    if is_new && solution.iterations_80.is_none() {
        return Some((
            format!("nothing says how fast `{name}` gets better"),
            format!("like `iterations_80 = \"4..6..12\"` below `[solution.{name}]`"),
        ));
    }
    None
}
