//! Words that all views of scoping share.

use crate::model::Metric;
use crate::scope::{Asked, Extrapolation, Remark, Verdict};

use super::words::percent;

/// A metric's value with as many decimals as its range deserves: a hundredth of it, or finer.
pub(super) fn metric(value: f64, span: f64) -> String {
    let decimals = (2.0 - span.log10().ceil()).clamp(0.0, 6.0) as usize;
    super::words::number(value, decimals)
}

/// A number as it was written.
pub(super) fn written(value: f64) -> String {
    let value = (value * 1e6).round() / 1e6;
    value.to_string().replace('-', "−")
}

/// A metric's value as it was written, with as many decimals as others of it.
pub(super) fn value(asked: &Asked, value: f64) -> String {
    at_least(value, asked.scale.span())
}

/// The same of a metric of a plan.
pub(super) fn value_of(metric: &Metric, value: f64) -> String {
    metric.span().map_or_else(|| written(value), |span| at_least(value, span))
}

fn at_least(value: f64, span: f64) -> String {
    let (exact, usual) = (written(value), metric(value, span));
    if exact.len() > usual.len() { exact } else { usual }
}

/// A chance that a person acts on: what is nearly never or always is no number.
pub(super) fn chance(chance: f64) -> String {
    match chance {
        p if p < 0.01 => "<1 %".to_owned(),
        p if p > 0.99 => ">99 %".to_owned(),
        p => percent(p),
    }
}

/// A chance with a decimal where it is small: `0.7 %`.
pub(super) fn fine_chance(chance: f64) -> String {
    match chance * 100.0 {
        p if p < 0.05 => "<0.1 %".to_owned(),
        p if p < 9.95 => format!("{p:.1} %"),
        _ => self::chance(chance),
    }
}

/// An effort with its unit: `iteration 24`.
pub(super) fn effort(asked: &Asked, effort: f64) -> String {
    format!("{} {}", asked.unit, written((effort * 10.0).round() / 10.0))
}

/// What is asked, in a line: `target 0.85 by iteration 24`.
pub(super) fn question(it: &Extrapolation) -> String {
    format!("target {} by {}", value(&it.asked, it.asked.target), effort(&it.asked, it.limit))
}

/// The answer in a sentence: `Out of reach: <1 % chance to get to 0.85 by iteration 24.`
pub(super) fn answer(it: &Extrapolation) -> String {
    format!(
        "{}: {} chance to get to {} by {}.",
        capital(it.verdict.words()),
        chance(it.p_target),
        value(&it.asked, it.asked.target),
        effort(&it.asked, it.limit)
    )
}

/// What follows for whoever has to decide.
pub(super) const fn advice(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::OutOfReach => {
            "More of the same will not get there. Look for another approach: another algorithm, new \
             sources of information, or a target within reach."
        }
        Verdict::Unlikely => {
            "More of the same will hardly get there. Look for another approach, new sources of \
             information, or a target within reach."
        }
        Verdict::Doubtful => {
            "It is more likely missed than met. Agree on an early checkpoint, and keep another \
             approach at hand."
        }
        Verdict::Possible => {
            "It is more likely met than missed, but plan for missing it: with a checkpoint and a \
             second approach."
        }
        Verdict::Likely => "It is likely met, if the same approach goes on with the same effort.",
    }
}

/// What to take with care.
pub(super) fn remark(remark: Remark) -> &'static str {
    match remark {
        Remark::TwoPoints => "two measurements say little: this is almost what any project would get",
        Remark::Unsorted => "the measurements were not in order of effort; they have been sorted",
        Remark::GetsWorse => {
            "the metric gets worse with effort: look for the reason before believing any forecast"
        }
        Remark::AlreadyThere => "the last measurement is at the target already",
        Remark::FarLimit => {
            "the limit is more than four lengths of the history away: the further, the more an \
             interval says too little"
        }
        Remark::WithoutNewFeatures => {
            "this is the history alone; `plan scope` also counts the error that the new features may remove"
        }
        Remark::BetterThanPeople => "the target is better than people are: systems that get there are rare",
    }
}

/// What the answer rests on, and what it does not know.
pub(super) const ASSUMPTION: &str = "This assumes that the same approach goes on with the same effort. \
     Another algorithm is another history. Give the value of every measurement, not only each record: \
     records make the chance look better than it is.";

pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
