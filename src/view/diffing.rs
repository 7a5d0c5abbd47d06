//! What changed between two plans, in words: the terminal and Markdown show the same.

use crate::forecast::{Diff, DiffStep, Effect, Forecast, Shift, TargetKind};
use crate::model::{Became, Change};

use super::driving::{Grid, Words};
use super::text::words_of::{cost_at, finish_at};
use super::words::{chance, count, number, percentile, with_currency};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Plain words.
    Word(String),
    /// A name of the plan.
    Name(String),
    /// Words as the plan file has them.
    Written(String),
}

/// A change as one sentence.
pub(super) fn sentence(change: &Change) -> Vec<Piece> {
    let word = |text: &str| Piece::Word(text.to_owned());
    let written = |text: &str| Piece::Written(text.to_owned());
    let mut said = vec![word(&change.kind)];
    if let Some(name) = &change.name {
        said.extend([word(" "), Piece::Name(name.clone())]);
    }
    let is_whole = change.key.is_none();
    let keyed = |value: &str| match &change.key {
        Some(key) => Piece::Written(format!("{key} = {value}")),
        None => written(value),
    };
    match &change.what {
        Became::Renamed(name) => said.extend([word(" is called "), Piece::Name(name.clone()), word(" now")]),
        Became::New(value) if is_whole && value.is_empty() => said.push(word(" is new")),
        Became::New(value) if is_whole => said.extend([word(" is new: "), written(value)]),
        Became::New(value) => said.extend([word(": "), keyed(value), word(" is new")]),
        Became::Gone(_) if is_whole => said.push(word(" is gone")),
        Became::Gone(value) => said.extend([word(": "), keyed(value), word(" is gone")]),
        Became::Other { before, after } => {
            said.extend([word(": "), keyed(before), word(" → "), written(after)]);
        }
    }
    said
}

/// A change as one line of plain text, names in backticks.
pub(super) fn plain_sentence(change: &Change) -> String {
    let piece = |piece: Piece| match piece {
        Piece::Name(name) => format!("`{name}`"),
        Piece::Word(words) | Piece::Written(words) => words,
    };
    sentence(change).into_iter().map(piece).collect()
}

/// `base → lean · 10,000 iterations, seed 1, the same draws throughout`.
pub(super) fn about(diff: &Diff) -> String {
    let run = super::words::run(diff.before.iterations, diff.before.sampling, diff.before.seed);
    format!("{} → {} · {run}, the same draws throughout", diff.before_label, diff.after_label)
}

/// What is said where there is nothing else to say, and of what is only written otherwise.
pub(super) fn remarks(diff: &Diff) -> Vec<String> {
    let mut remarks = Vec::new();
    if diff.steps.is_empty() {
        remarks.push("nothing has changed in meaning".to_owned());
    }
    if diff.rewritten > 0 {
        let (noun, verb) = if diff.rewritten == 1 { ("difference", "is") } else { ("differences", "are") };
        remarks.push(format!("{} {noun} {verb} of writing alone", count(diff.rewritten)));
    }
    remarks.extend(diff.notes.iter().cloned());
    remarks
}

/// Every table that has rows, in the order of reading.
pub(super) fn grids(diff: &Diff) -> Vec<Grid> {
    if diff.steps.is_empty() {
        return Vec::new();
    }
    let has_cost = diff.before.cost.is_some() || diff.after.cost.is_some();
    let currency = &diff.before.plan.currency;
    let money = |shift: Shift| in_money(shift, currency);
    let finish = Figure { name: "finish", at: finish_at, of: |effect| effect.finish, show: &in_days };
    let cost = Figure { name: "cost", at: cost_at, of: |effect| effect.cost, show: &money };
    let mut grids = vec![effects(diff, &finish)];
    grids.extend(has_cost.then(|| effects(diff, &cost)));
    if let Some(last) = grids.last_mut() {
        NOTE.clone_into(&mut last.note);
    }
    grids.push(kept(diff));
    grids.into_iter().filter(|grid| !grid.rows.is_empty()).collect()
}

/// Below what each change did.
const NOTE: &str = "made one after the other in this order; effects add up to the last digit, in another order each \
                    would be another; ± is the 95 % interval of the simulation, grey may be chance";

/// Finish or cost, and how to tell them.
struct Figure<'a> {
    name: &'static str,
    at: fn(&Forecast, f64) -> String,
    of: fn(&Effect) -> Option<[Shift; 2]>,
    show: &'a dyn Fn(Shift) -> String,
}

/// What each change did to a figure, between what was and what is.
fn effects(diff: &Diff, figure: &Figure<'_>) -> Grid {
    let levels = [0.5, diff.confidence.value()];
    let state = |word: &str, forecast: &Forecast| {
        let cells = levels.map(|p| Words::from((figure.at)(forecast, p)));
        [word.to_owned().into()].into_iter().chain(cells).collect()
    };
    let change = |word: String, effect: Option<&Effect>| {
        let cell = |shift: Shift| Words { text: (figure.show)(shift), is_noise: shift.is_noise() };
        let cells = effect.and_then(figure.of).map_or_else(|| [unknown(), unknown()], |it| it.map(cell));
        [word.into()].into_iter().chain(cells).collect()
    };
    let mut rows: Vec<Vec<Words>> = vec![state("before", &diff.before)];
    let steps = diff.steps.iter().enumerate();
    rows.extend(steps.map(|(at, DiffStep { effect, .. })| change(count(at + 1), effect.as_ref())));
    rows.push(change("together".to_owned(), Some(&diff.total)));
    rows.push(state("after", &diff.after));
    let headings = levels.map(|p| format!("{}, {}", figure.name, percentile(p)));
    Grid {
        title: String::new(),
        headings: ["What it did".to_owned()].into_iter().chain(headings).collect(),
        sides: "<>>",
        names: 24,
        usual: rows.len(),
        rows,
        note: String::new(),
    }
}

fn unknown() -> Words {
    Words { text: "–".to_owned(), is_noise: true }
}

/// `+3.4 d ±0.2`.
fn in_days(shift: Shift) -> String {
    let size = format!("{} d", number(shift.value(), 1));
    with_half(shift, size, |half| number(half, 1))
}

/// `+€1,240 ±80`.
fn in_money(shift: Shift, currency: &str) -> String {
    let decimals = usize::from(shift.unit < 1.0) * 2;
    let size = with_currency(&number(shift.value(), decimals), currency);
    with_half(shift, size, |half| number(half, decimals))
}

fn with_half(shift: Shift, size: String, show: impl Fn(f64) -> String) -> String {
    let size = if shift.units > 0 { format!("+{size}") } else { size };
    let half = show((shift.high - shift.low) / 2.0);
    let has_width = half.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
    if has_width { format!("{size} ±{half}") } else { size }
}

/// Targets and expectations before and after.
fn kept(diff: &Diff) -> Grid {
    let mut rows: Vec<Vec<Words>> = Vec::new();
    let mut add = |word: String, before: Option<String>, after: Option<String>| {
        let shown = |words: Option<String>| Words::from(words.unwrap_or_else(|| "–".to_owned()));
        rows.push(vec![word.into(), shown(before), shown(after)]);
    };
    for (word, wanted) in super::columns::TARGETS {
        let of = |forecast: &Forecast| {
            let target = forecast.targets.iter().find(|target| wanted(&target.kind))?;
            Some(format!("{}{}", chance(target.chance), asked(&target.kind, forecast)))
        };
        let (before, after) = (of(&diff.before), of(&diff.after));
        if before.is_some() || after.is_some() {
            add(word.to_owned(), before, after);
        }
    }
    let mut keys: Vec<&str> = diff.after.expectations.iter().map(|verdict| verdict.key.as_str()).collect();
    keys.extend(diff.before.expectations.iter().map(|verdict| verdict.key.as_str()));
    let mut known = Vec::new();
    for key in keys {
        if known.contains(&key) {
            continue;
        }
        known.push(key);
        let of = |forecast: &Forecast| super::columns::expectation(forecast, key);
        add(format!("expectation {key}"), of(&diff.before), of(&diff.after));
    }
    Grid {
        title: String::new(),
        headings: vec!["What it promises".to_owned(), "before".to_owned(), "after".to_owned()],
        sides: "<<<",
        names: 24,
        usual: 40,
        rows,
        note: String::new(),
    }
}

/// The date or money that a target asks for.
fn asked(kind: &TargetKind, forecast: &Forecast) -> String {
    match kind {
        TargetKind::Both => String::new(),
        kind => format!(" for {}", super::text::words_of::asked(kind, forecast)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Topic;

    #[test]
    fn a_change_is_a_sentence() {
        let change = |key: Option<&str>, what| Change {
            topic: Topic::Milestones,
            kind: "milestone".to_owned(),
            name: Some("audit".to_owned()),
            key: key.map(str::to_owned),
            what,
        };
        for (change, expected) in [
            (change(None, Became::New(String::new())), "milestone `audit` is new"),
            (
                change(None, Became::New("after = \"train\"".to_owned())),
                "milestone `audit` is new: after = \"train\"",
            ),
            (change(None, Became::Gone("duration = 3".to_owned())), "milestone `audit` is gone"),
            (change(None, Became::Renamed("review".to_owned())), "milestone `audit` is called `review` now"),
            (
                change(Some("cost"), Became::New("\"2k\"".to_owned())),
                "milestone `audit`: cost = \"2k\" is new",
            ),
            (
                change(Some("cost"), Became::Gone("\"2k\"".to_owned())),
                "milestone `audit`: cost = \"2k\" is gone",
            ),
            (
                change(Some("uses.gpu"), Became::Other { before: "1".to_owned(), after: "2".to_owned() }),
                "milestone `audit`: uses.gpu = 1 → 2",
            ),
        ] {
            assert_eq!(plain_sentence(&change), expected);
        }
    }

    #[test]
    fn shifts_show_their_sign_and_half_their_interval() {
        let shift = |units, unit, low, high| Shift { units, unit, low, high };
        assert_eq!(in_days(shift(34, 0.1, 3.2, 3.6)), "+3.4 d ±0.2");
        assert_eq!(in_days(shift(-5, 0.1, -0.5, -0.5)), "−0.5 d");
        assert_eq!(in_money(shift(1240, 1.0, 1160.0, 1320.0), "EUR"), "+€1,240 ±80");
        assert_eq!(in_money(shift(-150, 0.01, -1.5, -1.5), ""), "−1.50");
    }
}
