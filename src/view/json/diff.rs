//! `plan.diff/1`.

use serde::Serialize;

use crate::forecast::{Diff, DiffStep, Effect, Shift};
use crate::model::{Became, Change};
use crate::view::diffing::plain_sentence;

use super::simulation::SimulationJson;
use super::{days, document, money};

/// The changes as JSON, in order, with what each did, and the forecasts before and after.
pub fn diff(diff: &Diff) -> String {
    document(&DiffJson {
        schema: "plan.diff/1",
        before: SideJson { label: &diff.before_label, forecast: SimulationJson::new(&diff.before) },
        after: SideJson { label: &diff.after_label, forecast: SimulationJson::new(&diff.after) },
        confidence: diff.confidence.value(),
        steps: diff.steps.iter().map(StepJson::new).collect(),
        total: EffectJson::new(&diff.total),
        rewritten: diff.rewritten,
        notes: &diff.notes,
    })
}

#[derive(Serialize)]
struct DiffJson<'a> {
    schema: &'static str,
    before: SideJson<'a>,
    after: SideJson<'a>,
    confidence: f64,
    steps: Vec<StepJson<'a>>,
    total: EffectJson,
    rewritten: usize,
    notes: &'a [String],
}

#[derive(Serialize)]
struct SideJson<'a> {
    label: &'a str,
    forecast: SimulationJson<'a>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    changes: Vec<ChangeJson<'a>>,
    effect: Option<EffectJson>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    about: &'static str,
    what: &'static str,
    kind: &'a str,
    name: Option<&'a str>,
    key: Option<&'a str>,
    before: Option<&'a str>,
    after: Option<&'a str>,
    sentence: String,
}

#[derive(Serialize)]
struct EffectJson {
    finish_days: Option<ShiftsJson>,
    cost: Option<ShiftsJson>,
}

#[derive(Serialize)]
struct ShiftsJson {
    p50: ShiftJson,
    headline: ShiftJson,
}

#[derive(Serialize)]
struct ShiftJson {
    value: f64,
    low: f64,
    high: f64,
}

impl<'a> StepJson<'a> {
    fn new(step: &'a DiffStep) -> Self {
        let changes = step.changes.iter().map(ChangeJson::new).collect();
        Self { changes, effect: step.effect.as_ref().map(EffectJson::new) }
    }
}

impl<'a> ChangeJson<'a> {
    fn new(change: &'a Change) -> Self {
        let (what, before, after) = match &change.what {
            Became::New(after) => ("new", None, Some(after.as_str())),
            Became::Gone(before) => ("gone", Some(before.as_str()), None),
            Became::Other { before, after } => ("other", Some(before.as_str()), Some(after.as_str())),
            Became::Renamed(name) => ("renamed", change.name.as_deref(), Some(name.as_str())),
        };
        Self {
            about: change.topic.word(),
            what,
            kind: &change.kind,
            name: change.name.as_deref(),
            key: change.key.as_deref(),
            before,
            after,
            sentence: plain_sentence(change),
        }
    }
}

impl EffectJson {
    fn new(effect: &Effect) -> Self {
        let shifts = |shifts: [Shift; 2], round: fn(f64) -> f64| {
            let [p50, headline] = shifts.map(|it| ShiftJson {
                value: round(it.value()),
                low: round(it.low),
                high: round(it.high),
            });
            ShiftsJson { p50, headline }
        };
        Self {
            finish_days: effect.finish.map(|it| shifts(it, days)),
            cost: effect.cost.map(|it| shifts(it, money)),
        }
    }
}
