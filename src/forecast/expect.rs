//! Judging the plan's expectations.

use crate::model::{Comparison, Condition, Expectation, Figure, Limit, Statement};
use crate::stats::sample::{Interval, Sampled};
use crate::units::Share;

use super::figures::{self, CONFIDENCE, Figures, Scale};
use super::{Verdict, VerdictValue};

/// Whether one expectation holds, on its point estimate.
pub(super) fn judge(figures: Figures<'_>, expectation: &Expectation) -> Verdict {
    let (met, too_close, value) = match &expectation.statement {
        Statement::Percentile { p, of, comparison, limit } => percentile(figures, *p, of, *comparison, limit),
        Statement::Mean { of, comparison, limit } => mean(figures, of, *comparison, limit),
        Statement::Chance { conditions, comparison, share } => {
            chance(figures, conditions, *comparison, *share)
        }
    };
    Verdict { key: expectation.key.clone(), text: expectation.text.clone(), met, too_close, value }
}

/// What is said of what is never seen.
const NEVER: (bool, bool, VerdictValue) = (false, false, VerdictValue::Never);

/// A figure in all runs in which there is one; none if there never is.
fn seen(figures: Figures<'_>, of: &Figure, limit: &Limit) -> Option<Sampled> {
    let values = figures.values(of, Scale::of(limit));
    Sampled::of(values.len(), figures.samples.scheme(), |at| Some(values[at]).filter(|it| !it.is_nan()))
}

fn percentile(
    figures: Figures<'_>,
    p: Share,
    of: &Figure,
    comparison: Comparison,
    limit: &Limit,
) -> (bool, bool, VerdictValue) {
    let Some(values) = seen(figures, of, limit) else { return NEVER };
    let interval = values.percentile_interval(p.value(), CONFIDENCE);
    judged(figures, values.percentile(p.value()), interval, comparison, limit)
}

fn mean(
    figures: Figures<'_>,
    of: &Figure,
    comparison: Comparison,
    limit: &Limit,
) -> (bool, bool, VerdictValue) {
    let Some(values) = seen(figures, of, limit) else { return NEVER };
    judged(figures, values.mean(), values.mean_interval(CONFIDENCE), comparison, limit)
}

fn judged(
    figures: Figures<'_>,
    value: f64,
    Interval { low, high }: Interval,
    comparison: Comparison,
    limit: &Limit,
) -> (bool, bool, VerdictValue) {
    let bound = bound(figures, comparison, limit);
    let moment = |seconds: f64| figures.clock.moment(seconds.round() as i64);
    let days = |seconds: f64| figures.clock.plan_position(seconds.round() as i64).days;
    let shown = match limit {
        Limit::Money(_) => VerdictValue::Money(value, low, high),
        Limit::Span(_) => VerdictValue::Days(days(value), days(low), days(high)),
        Limit::Date(_) => VerdictValue::Time(moment(value), moment(low), moment(high)),
    };
    (holds(value, comparison, bound), low < high && low <= bound && bound <= high, shown)
}

fn chance(
    figures: Figures<'_>,
    conditions: &[Condition],
    comparison: Comparison,
    share: Share,
) -> (bool, bool, VerdictValue) {
    let iterations = figures.samples.finish.len();
    let mut all = vec![true; iterations];
    for condition in conditions {
        let is_delivered = |at| figures.samples.is_delivered(at);
        let Condition::Compare(figure, comparison, limit) = condition else {
            all.iter_mut().enumerate().for_each(|(at, met)| *met &= is_delivered(at));
            continue;
        };
        let bound = bound(figures, *comparison, limit);
        let values = figures.values(figure, Scale::of(limit));
        for (at, (met, value)) in all.iter_mut().zip(values).enumerate() {
            // What does not exist in a run that is delivered is not late.
            let is_moot = value.is_nan() && is_delivered(at);
            *met &= if is_moot { is_upper(*comparison) } else { holds(value, *comparison, bound) };
        }
    }
    let chance = figures::chance(figures.samples, |at| all[at]);
    let too_close = chance.low <= share.value() && share.value() <= chance.high;
    (holds(chance.share, comparison, share.value()), too_close, VerdictValue::Chance(chance))
}

/// The limit as a number. A whole day bounds with its end from above, with its beginning from
/// below: `<=` and `>` speak of its end, `<` and `>=` of its beginning.
fn bound(figures: Figures<'_>, comparison: Comparison, limit: &Limit) -> f64 {
    match limit {
        Limit::Money(money) => money.0,
        Limit::Span(seconds) => *seconds as f64,
        Limit::Date(when) => {
            let instant = match comparison {
                Comparison::AtMost | Comparison::Above => when.ends(),
                Comparison::Below | Comparison::AtLeast => when.begins(),
            };
            (instant.seconds() - figures.clock.anchor().seconds()) as f64
        }
    }
}

const fn is_upper(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::Below | Comparison::AtMost)
}

fn holds(value: f64, comparison: Comparison, bound: f64) -> bool {
    match comparison {
        Comparison::Below => value < bound,
        Comparison::AtMost => value <= bound,
        Comparison::Above => value > bound,
        Comparison::AtLeast => value >= bound,
    }
}
