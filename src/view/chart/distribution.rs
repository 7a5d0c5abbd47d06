//! How the finish and the cost are spread: a histogram with its S-curve.

use crate::forecast::{Bin, CostForecast, Forecast, Stamp, Target, TargetKind};

use super::axis::{self, Edge, Scale, TimeUnit};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, WIDTH};
use super::flags::{Flag, Flags};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, LIMIT, PAPER, SKY, WRITTEN};
use super::ticks::{self, Tick};
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 260.0;
/// Room for the words beside the plot, in pixels.
const SIDE: f64 = 44.0;
/// How wide the only bar of a certain answer is, in pixels.
const CERTAIN: f64 = 24.0;

/// When the plan is done: how likely each time is, and how likely it is to be done by then.
pub fn finish(forecast: &Forecast) -> String {
    let time = &forecast.finish;
    let deadline = forecast.plan.deadline;
    let mut stamps = vec![time.deterministic.at, time.earliest, time.latest];
    stamps.extend(time.bins.iter().flat_map(|bin| [bin.from, bin.to]));
    stamps.extend(time.percentiles.iter().map(|percentile| percentile.at));
    stamps.extend(deadline);
    let unit = TimeUnit::of_bars(&stamps, &time.bins);
    let value = |stamp: Stamp| unit.value(stamp);
    let naming = words::naming(time.earliest, time.latest);
    let chance = chance(&forecast.targets, |kind| matches!(kind, TargetKind::Deadline(_)));
    let written = time.deterministic;
    let delivered = forecast.delivered.share;
    // Dates of a plan that is never delivered are those on which it fails: in all iterations.
    let of_all = if delivered > 0.0 { delivered } else { 1.0 };
    let spread = Spread {
        bins: time.bins.iter().map(|bin| map_bin(bin, value, of_all)).collect(),
        ends: (value(time.earliest), value(time.latest)),
        curve: time.percentiles.iter().map(|percentile| (value(percentile.at), percentile.p)).collect(),
        reach: delivered,
        percentiles: words::moments(&time.percentiles, &words::marked(forecast.confidence.value()), naming)
            .into_iter()
            .map(|(at, label)| (value(at), label))
            .collect(),
        written: (
            value(written.at),
            format!("as written {}: {}", naming(written.at), words::share(written.chance.share)),
        ),
        limit: deadline.map(|deadline| {
            let label = format!("deadline {}", words::limit(deadline));
            (value(deadline), with_chance(label, chance))
        }),
        words: Words {
            title: "finish",
            by: "to be done by then",
            beyond: "later than the deadline",
            axis: unit.title(),
        },
    };
    spread.draw(forecast, |range| unit.widened(range), |scale| unit.ticks(scale))
}

/// What the plan costs: how likely each amount is, and how likely it is to be enough.
///
/// A plan in which nothing costs anything gives a picture that says so.
pub fn budget(forecast: &Forecast) -> String {
    let Some(cost) = &forecast.cost else { return nothing(forecast) };
    let currency = forecast.plan.currency.as_str();
    let chance = chance(&forecast.targets, |kind| matches!(kind, TargetKind::Budget(_)));
    let written = cost.deterministic;
    let marked = marked_amounts(cost, forecast.confidence.value());
    let mut values: Vec<f64> = marked.iter().map(|(value, _)| *value).collect();
    values.push(written.value);
    values.extend(forecast.plan.budget);
    let amounts = words::told_apart(&values, currency);
    let spread = Spread {
        bins: cost.bins.iter().map(|bin| map_bin(bin, |amount| amount, 1.0)).collect(),
        ends: (cost.lowest, cost.highest),
        curve: cost.percentiles.iter().map(|percentile| (percentile.value, percentile.p)).collect(),
        reach: 1.0,
        percentiles: marked
            .iter()
            .zip(&amounts)
            .map(|((value, names), amount)| (*value, format!("{names} {amount}")))
            .collect(),
        written: (
            written.value,
            format!("as written {}: {}", amounts[marked.len()], words::share(written.chance.share)),
        ),
        limit: forecast
            .plan
            .budget
            .zip(amounts.last())
            .map(|(budget, amount)| (budget, with_chance(format!("budget {amount}"), chance))),
        words: Words { title: "cost", by: "that it is enough", beyond: "over the budget", axis: None },
    };
    spread.draw(
        forecast,
        |range| range,
        |scale| {
            let ((from, to), (first, last)) = (scale.range(), scale.pixels());
            ticks::of_amounts(from, to, (last - first) / 80.0, currency)
        },
    )
}

/// A distribution along an axis, in the axis's own unit.
struct Spread {
    bins: Vec<Bin<f64>>,
    ends: (f64, f64),
    /// Values and their percentiles, of the iterations that have one.
    curve: Vec<(f64, f64)>,
    /// The share of all iterations where the curve ends.
    reach: f64,
    percentiles: Vec<(f64, String)>,
    written: (f64, String),
    limit: Option<(f64, String)>,
    words: Words,
}

struct Words {
    title: &'static str,
    by: &'static str,
    beyond: &'static str,
    axis: Option<&'static str>,
}

impl Spread {
    fn draw(
        &self,
        forecast: &Forecast,
        widened: impl Fn((f64, f64)) -> (f64, f64),
        ticks: impl Fn(&Scale) -> Vec<Tick>,
    ) -> String {
        let mut canvas = Canvas::default();
        let title = format!("{}: {}", forecast.plan.name, self.words.title);
        canvas.heading(&title, &words::runs(forecast));
        let below_legend = legend::draw(&mut canvas, 60.0, &self.legend());

        let across = Scale::new(widened(self.range()), (MARGIN + SIDE, WIDTH - MARGIN - SIDE));
        let flags = Flags::place(self.flags(&across));
        let top = below_legend + 6.0 + flags.height();
        let bottom = top + PLOT;
        let chances = Scale::new((0.0, 1.0), (bottom, top));
        let highest = self.bins.iter().fold(0.0_f64, |highest, bin| highest.max(bin.share));
        let shares =
            Scale::new((0.0, if highest > 0.0 { (highest * 1.08).min(1.0) } else { 1.0 }), (bottom, top));

        let marks = ticks(&across);
        axis::grid(&mut canvas, &across, &marks, (top, bottom));
        let quarters: Vec<Tick> = [0.0, 0.25, 0.5, 0.75, 1.0].map(percent).to_vec();
        axis::level_grid(&mut canvas, &chances, &quarters, across.pixels());
        if self.is_certain() {
            // The one bar lies on top: lines through its middle would make two of it.
            flags.draw_lines(&mut canvas, (top, bottom));
            self.curve(&mut canvas, &across, &chances);
            self.bars(&mut canvas, &across, &shares);
        } else {
            self.bars(&mut canvas, &across, &shares);
            flags.draw_lines(&mut canvas, (top, bottom));
            self.curve(&mut canvas, &across, &chances);
        }
        canvas.line(vec![(across.pixels().0, bottom), (across.pixels().1, bottom)], GREY, 1.0);
        flags.draw_labels(&mut canvas, top);

        axis::words_along(&mut canvas, &across, &marks, Edge::Below, bottom);
        axis::words_up(&mut canvas, &chances, &quarters, WIDTH - MARGIN - SIDE + 8.0, Anchor::Left);
        let (values, _) = ticks::round_numbers(0.0, shares.range().1, 5.0);
        let levels = share_marks(&values);
        axis::words_up(&mut canvas, &shares, &levels, MARGIN + SIDE - 8.0, Anchor::Right);
        let mut height = bottom + axis::height_of(&marks) + 12.0;
        if let Some(words) = self.words.axis {
            canvas.text((WIDTH / 2.0, bottom + 30.0), Anchor::Middle, LABEL, GREY, words);
            height += 14.0;
        }
        canvas.finish(height, &title, &self.description())
    }

    fn range(&self) -> (f64, f64) {
        let limit: Vec<f64> = self.limit.iter().map(|limit| limit.0).collect();
        let bins = self.bins.iter().flat_map(|bin| [bin.from, bin.to]);
        let values = bins.chain([self.ends.0, self.ends.1, self.written.0]);
        let (from, to) = axis::range_with(values, &limit, 1.7);
        let around = (to - from) * 0.02;
        (from - around, to + around)
    }

    fn flags(&self, across: &Scale) -> Vec<Flag> {
        let mut flags: Vec<Flag> = self
            .percentiles
            .iter()
            .map(|(value, label)| Flag::percentile(across, *value, label.clone(), INK))
            .collect();
        flags.push(Flag::written(across, self.written.0, self.written.1.clone(), WRITTEN));
        if let Some((value, label)) = &self.limit {
            flags.push(Flag::limit(across, *value, label.clone(), LIMIT));
        }
        flags
    }

    fn legend(&self) -> Vec<(Mark, String)> {
        let share = "share of iterations in each bar (left)";
        let (within, beyond) = self.classes();
        let late = Mark::Block(LIMIT.fade(0.55));
        let mut entries = Vec::new();
        if within {
            entries.push((Mark::Block(SKY), share.to_owned()));
        }
        match (within, beyond) {
            (true, true) => entries.push((late, self.words.beyond.to_owned())),
            (false, true) => entries.push((late, format!("{share}, all {}", self.words.beyond))),
            _ => {}
        }
        entries.push((Mark::Line(BLUE, &[]), format!("chance {} (right)", self.words.by)));
        entries
    }

    /// Whether all iterations give the same.
    fn is_certain(&self) -> bool {
        self.ends.0 >= self.ends.1
    }

    /// Whether some iterations keep the limit, and whether some do not.
    fn classes(&self) -> (bool, bool) {
        let limit = self.limit.as_ref().map_or(f64::INFINITY, |limit| limit.0);
        (self.ends.0 <= limit, self.ends.1 > limit)
    }

    /// The bars; what lies beyond the limit in its colour.
    fn bars(&self, canvas: &mut Canvas, across: &Scale, shares: &Scale) {
        let limit = self.limit.as_ref().map_or(f64::INFINITY, |limit| limit.0);
        for bin in self.bins.iter().filter(|bin| bin.share > 0.0) {
            let (mut left, mut right) = (across.at(bin.from), across.at(bin.to));
            if self.is_certain() {
                let middle = across.at(self.ends.0);
                (left, right) = (middle - CERTAIN / 2.0, middle + CERTAIN / 2.0);
            }
            let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
            let (top, bottom) = (shares.at(bin.share), shares.at(0.0));
            if self.is_certain() {
                canvas.block((left, top), (right, bottom), PAPER);
            }
            let split = if self.is_certain() {
                if self.ends.0 > limit { left } else { right }
            } else {
                across.at(limit).clamp(left, right)
            };
            if split > left + gap {
                canvas.block((left + gap, top), (split.min(right - gap), bottom), SKY);
            }
            if split < right - gap {
                canvas.block((split.max(left + gap), top), (right - gap, bottom), LIMIT.fade(0.55));
            }
        }
    }

    /// The S-curve through the percentiles, with a dot at each marked one.
    fn curve(&self, canvas: &mut Canvas, across: &Scale, chances: &Scale) {
        let (first, last) = across.pixels();
        let mut points = vec![(first, chances.at(0.0)), (across.at(self.ends.0), chances.at(0.0))];
        let at = |p: f64| chances.at(p * self.reach);
        points.extend(self.curve.iter().map(|&(value, p)| (across.at(value), at(p))));
        points.extend([(across.at(self.ends.1), at(1.0)), (last, at(1.0))]);
        canvas.line(points.clone(), PAPER.fade(0.8), 5.0);
        canvas.line(points, BLUE, 2.4);
        for &(value, p) in &self.curve {
            if !self.is_certain()
                && self.percentiles.iter().any(|(marked, _)| *marked == value)
                && is_named(&self.percentiles, p)
            {
                canvas.dot((across.at(value), at(p)), 4.6, PAPER);
                canvas.dot((across.at(value), at(p)), 3.4, BLUE);
            }
        }
    }

    fn description(&self) -> String {
        let mut facts: Vec<&str> = self.percentiles.iter().map(|(_, label)| label.as_str()).collect();
        facts.push(&self.written.1);
        facts.extend(self.limit.iter().map(|(_, label)| label.as_str()));
        format!(
            "Histogram and S-curve of the {} over all iterations. {}.",
            self.words.title,
            facts.join("; ")
        )
    }
}

/// Whether a percentile is among those named in labels.
fn is_named(percentiles: &[(f64, String)], p: f64) -> bool {
    let name = words::percentile(p);
    percentiles.iter().any(|(_, label)| label.split(' ').any(|word| word == name))
}

/// A bar along the axis; its share of the iterations that have a value, which are `of_all`.
fn map_bin<T: Copy>(bin: &Bin<T>, value: impl Fn(T) -> f64, of_all: f64) -> Bin<f64> {
    Bin { from: value(bin.from), to: value(bin.to), share: bin.share * of_all }
}

/// The marked percentiles of the cost and their names.
fn marked_amounts(cost: &CostForecast, headline: f64) -> Vec<(f64, String)> {
    let at = |p: f64| cost.percentiles.iter().find(|percentile| (percentile.p - p).abs() < 1e-9);
    let found = words::marked(headline).into_iter().filter_map(|p| at(p).map(|found| (found.value, p)));
    #[expect(clippy::float_cmp, reason = "the very same value, not a similar one")]
    words::joined(found, |a, b| a == b)
}

fn chance(targets: &[Target], is_it: impl Fn(&TargetKind) -> bool) -> Option<f64> {
    targets.iter().find(|target| is_it(&target.kind)).map(|target| target.chance.share)
}

fn with_chance(label: String, chance: Option<f64>) -> String {
    chance.map_or_else(|| label.clone(), |chance| format!("{label}: {}", words::share(chance)))
}

fn percent(value: f64) -> Tick {
    Tick { value, label: words::share(value), under: None }
}

/// Marks of shares with as many decimals as tell them apart, none at zero.
fn share_marks(values: &[f64]) -> Vec<Tick> {
    let step = values.get(1).map_or(1.0, |second| second - values[0]) * 100.0;
    let places = (0..6).find(|&places| step * 10_f64.powi(places) >= 0.999).unwrap_or(6);
    let places = usize::try_from(places).unwrap_or(0);
    values
        .iter()
        .filter(|value| **value > 0.0)
        .map(|&value| Tick { value, label: format!("{:.places$} %", value * 100.0), under: None })
        .collect()
}

fn nothing(forecast: &Forecast) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: cost", forecast.plan.name);
    canvas.heading(&title, &words::runs(forecast));
    canvas.text((WIDTH / 2.0, 110.0), Anchor::Middle, BODY, GREY, "nothing in this plan costs anything");
    canvas.finish(160.0, &title, "Nothing in this plan costs anything.")
}
