//! What a plan asks of its forecast: deadlines, budgets and expectations.

use serde::Serialize;

use crate::forecast::{Stamp, Target, TargetKind, Verdict, VerdictValue};
use crate::view::json::{date, days, money, share};

#[derive(Serialize)]
pub(super) struct TargetJson {
    what: String,
    asked: AskedJson,
    probability: f64,
    low: f64,
    high: f64,
}

/// A date, days or money.
#[derive(Serialize)]
#[serde(untagged)]
enum AskedJson {
    Date(String),
    Number(f64),
    Nothing,
}

#[derive(Serialize)]
pub(super) struct ExpectationJson<'a> {
    name: &'a str,
    text: &'a str,
    met: bool,
    too_close: bool,
    value: AskedJson,
    low: AskedJson,
    high: AskedJson,
}

impl TargetJson {
    pub(super) fn new(target: &Target) -> Self {
        let point = |stamp| AskedJson::point(stamp);
        let (what, asked) = match &target.kind {
            TargetKind::Deadline(stamp) => ("deadline".to_owned(), point(*stamp)),
            TargetKind::MilestoneDeadline(key, stamp) => (format!("{key}.deadline"), point(*stamp)),
            TargetKind::Constraint(key, which, stamp) => (format!("{key}.{which}"), point(*stamp)),
            TargetKind::Budget(value) => ("budget".to_owned(), AskedJson::Number(money(*value))),
            TargetKind::Both => ("both".to_owned(), AskedJson::Nothing),
        };
        let chance = target.chance;
        Self {
            what,
            asked,
            probability: share(chance.share),
            low: share(chance.low),
            high: share(chance.high),
        }
    }
}

impl AskedJson {
    /// The date, or in a plan without dates the days.
    fn point(stamp: Stamp) -> Self {
        date(stamp.date).map_or(Self::Number(days(stamp.days)), Self::Date)
    }
}

impl<'a> ExpectationJson<'a> {
    pub(super) fn new(verdict: &'a Verdict) -> Self {
        let [value, low, high] = match verdict.value {
            VerdictValue::Time(at, low, high) => [at, low, high].map(AskedJson::point),
            VerdictValue::Days(value, low, high) => {
                [value, low, high].map(|value| AskedJson::Number(days(value)))
            }
            VerdictValue::Money(value, low, high) => {
                [value, low, high].map(|value| AskedJson::Number(money(value)))
            }
            VerdictValue::Chance(chance) => {
                [chance.share, chance.low, chance.high].map(|value| AskedJson::Number(share(value)))
            }
            VerdictValue::Never => [AskedJson::Nothing, AskedJson::Nothing, AskedJson::Nothing],
        };
        Self {
            name: &verdict.key,
            text: &verdict.text,
            met: verdict.met,
            too_close: verdict.too_close,
            value,
            low,
            high,
        }
    }
}
