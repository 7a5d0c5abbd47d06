//! The words of pictures: those of all views, and some that only pictures need.

use chrono::{Datelike, NaiveDate, Timelike};

use crate::forecast::{DriverReport, Forecast, Optimisation, PlanSummary, Stamp, TimePercentile};
use crate::units::SECONDS_PER_DAY;

pub(super) use crate::view::words::{
    bound as limit, count, counted, forecast_run, money, number, percent as share, percentile, signed_days,
    signed_money, stamp,
};
use crate::view::words::{money_finer, with_currency};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Aug`.
pub(super) fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

/// `27 Aug 2027`.
pub(super) fn date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `10,000 iterations, seed 1`, and how many of them count where not all deliver.
pub(super) fn runs(forecast: &Forecast) -> String {
    let runs = of_scenario(&forecast.plan, &forecast_run(forecast));
    with_delivered(runs, forecast.delivered.share, "dates are of failures")
}

/// Runs, and how many of them count where not all deliver; what is so if none does.
fn with_delivered(runs: String, delivered: f64, if_never: &str) -> String {
    if delivered >= 1.0 {
        return runs;
    }
    let whose = if delivered > 0.0 { "dates hold for those" } else { if_never };
    format!("{runs} · delivered in {}; {whose}", share(delivered))
}

/// The same of choices.
pub(super) fn optimisation_runs(answer: &Optimisation) -> String {
    of_scenario(&answer.plan, &crate::view::words::run(answer.iterations, answer.sampling, answer.seed))
}

/// The same of a report on what drives a plan.
pub(super) fn report_runs(report: &DriverReport) -> String {
    let run = crate::view::words::run(report.iterations, report.sampling, report.seed);
    with_delivered(of_scenario(&report.plan, &run), report.delivered.share, "no finish hangs on anything")
}

fn of_scenario(plan: &PlanSummary, runs: &str) -> String {
    let scenario = plan.scenario.as_ref().map(|name| format!("scenario {name} · ")).unwrap_or_default();
    format!("{scenario}{runs}")
}

/// `420`, `12.4k`: an amount that is no money.
pub(super) fn quantity(amount: f64) -> String {
    money(amount, "")
}

/// A number of one digit times a power of ten: `0.05`, `2,000`.
pub(super) fn power(value: f64) -> String {
    let decimals = (-value.log10().floor()).clamp(0.0, 9.0);
    number(value, (0..=9_u8).find(|&places| f64::from(places) >= decimals).map_or(9, usize::from))
}

/// Amounts at an axis: all to one scale, with as many decimals as tell them apart.
pub(super) fn amounts(values: &[f64], step: f64, currency: &str) -> Vec<String> {
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let (scale, suffix) = scale_of(largest);
    let decimals = (0..9).find(|&places| is_whole(step / scale * 10_f64.powi(places))).unwrap_or(9);
    let decimals = usize::try_from(decimals).unwrap_or(0);
    let amount = |&value: &f64| {
        let digits = number(value / scale, decimals);
        let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        if is_zero { "0".to_owned() } else { format!("{digits}{suffix}") }
    };
    values.iter().map(|value| with_currency(&amount(value), currency)).collect()
}

/// Amounts in short; only those that differ and would look alike get more figures.
pub(super) fn told_apart(values: &[f64], currency: &str) -> Vec<String> {
    const MOST: usize = 9;
    let alike = |a: f64, b: f64, more: usize| {
        a != b && money_finer(a, currency, more) == money_finer(b, currency, more)
    };
    let label = |&value: &f64| {
        let twins: Vec<f64> = values.iter().copied().filter(|&other| alike(value, other, 0)).collect();
        let is_told = |more: &usize| !twins.iter().any(|&twin| alike(value, twin, *more));
        money_finer(value, currency, (0..MOST).find(is_told).unwrap_or(MOST))
    };
    values.iter().map(label).collect()
}

/// How points in time are named: by the day, or to the minute where all lie in a few days.
pub(super) type Naming = fn(Stamp) -> String;

/// The naming that suits what lies between two points in time.
pub(super) fn naming(from: Stamp, to: Stamp) -> Naming {
    const FEW_DAYS: i64 = 3 * SECONDS_PER_DAY;
    match (from.date, to.date) {
        (Some(from), Some(to)) if to.seconds() - from.seconds() < FEW_DAYS && from < to => to_the_minute,
        _ => stamp,
    }
}

fn to_the_minute(moment: Stamp) -> String {
    let time = moment.date.map(|at| at.date_time());
    time.map_or_else(
        || stamp(moment),
        |time| format!("{} {:02}:{:02}", stamp(moment), time.hour(), time.minute()),
    )
}

/// `P50 13 Jul 2027`, one per percentile asked for that is there; those that fall on one moment
/// share a label: `P50 = P80 13 Jul 2027`.
pub(super) fn moments(
    percentiles: &[TimePercentile],
    wanted: &[f64],
    naming: Naming,
) -> Vec<(Stamp, String)> {
    let found = wanted.iter().filter_map(|&p| at(percentiles, p).map(|stamp| (stamp, p)));
    let same = joined(found, |a, b| a == b);
    same.into_iter().map(|(at, names)| (at, format!("{names} {}", naming(at)))).collect()
}

/// The names of percentiles, those of neighbours with the same value joined: `P50 = P80`.
pub(super) fn joined<T>(found: impl Iterator<Item = (T, f64)>, same: fn(&T, &T) -> bool) -> Vec<(T, String)> {
    let mut named: Vec<(T, String)> = Vec::new();
    for (value, p) in found {
        match named.last_mut() {
            Some((last, names)) if same(last, &value) => *names = format!("{names} = {}", percentile(p)),
            _ => named.push((value, percentile(p))),
        }
    }
    named
}

/// The percentile of time, if it is there.
pub(super) fn at(percentiles: &[TimePercentile], p: f64) -> Option<Stamp> {
    percentiles.iter().find(|percentile| (percentile.p - p).abs() < 1e-9).map(|percentile| percentile.at)
}

/// The percentiles marked in pictures: P50, the headline's, P95.
pub(super) fn marked(headline: f64) -> Vec<f64> {
    let mut wanted = vec![0.5, headline, 0.95];
    wanted.sort_by(f64::total_cmp);
    wanted.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    wanted
}

fn scale_of(amount: f64) -> (f64, &'static str) {
    [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e4, "k")]
        .into_iter()
        .find(|(least, _)| amount.abs() >= *least)
        .map_or((1.0, ""), |(least, suffix)| (if suffix == "k" { 1e3 } else { least }, suffix))
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6 * value.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_at_an_axis_differ() {
        assert_eq!(amounts(&[0.0, 5e4, 1e5], 5e4, "EUR"), ["€0", "€50k", "€100k"]);
        assert_eq!(amounts(&[1e6, 1.0005e6], 500.0, "EUR"), ["€1.0000M", "€1.0005M"]);
        assert_eq!(amounts(&[-2.5, -0.0, 2.5], 2.5, ""), ["−2.5", "0", "2.5"]);
        assert_eq!(amounts(&[0.0, 2_000.0], 2_000.0, "CHF"), ["0 CHF", "2,000 CHF"]);
    }

    #[test]
    fn different_amounts_look_different() {
        assert_eq!(told_apart(&[248_000.0, 291_000.0], "EUR"), ["€248k", "€291k"]);
        assert_eq!(told_apart(&[1e6, 1_000_020.0], "EUR"), ["€1.00000M", "€1.00002M"]);
        assert_eq!(told_apart(&[5.0, 5.0], "EUR"), ["€5", "€5"]);
        let mixed = [300_000.0, 45_666.0, 45_667.0, 46_900.0];
        assert_eq!(told_apart(&mixed, "USD"), ["$300k", "$45.666k", "$45.667k", "$46.9k"]);
    }
}
