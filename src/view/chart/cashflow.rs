//! The cash flow: what is paid in each month or week, and what is paid by its end.

use crate::forecast::{CashFlow, CashPeriod, Stamp};
use crate::view::flowing;
use crate::view::fonts;

use super::axis::{self, Edge, Scale, TimeUnit};
use super::canvas::{Anchor, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::flags::{Flag, Flags};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, LIMIT, PAPER, SKY, WRITTEN, series};
use super::ticks;
use super::words;

/// How high the bars of single periods may be, in pixels.
const BARS: f64 = 150.0;
/// How high the plot of sums is, in pixels.
const SUMS: f64 = 230.0;
/// Room for the amounts beside the plots, in pixels.
const SIDE: f64 = 56.0;
/// Between the two plots, in pixels.
const GAP: f64 = 34.0;
/// The dashes of the plan as written.
const DASH: &[f64] = &[7.0, 4.0];
/// Room above the highest bar for its label, as a share.
const HEADROOM: f64 = 0.14;

/// Above, what each period pays: a bar to the P50, a line from P10 to P80, the plan as written. Below, what is paid by
/// its end, with the band that whole courses stay inside, and the money released.
pub fn cashflow(flow: &CashFlow) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: cash flow by {}", flow.plan, flow.by.word());
    canvas.heading(&title, &subtitle(flow));
    let top = legend::draw(&mut canvas, 60.0, &entries(flow)) + 14.0;

    let stamps: Vec<Stamp> = flow.periods.iter().flat_map(|period| [period.from, period.to]).collect();
    let unit = TimeUnit::of(stamps.iter());
    let ends = (unit.value(stamps[0]), unit.value(stamps[stamps.len() - 1]));
    let across = Scale::new(unit.widened(ends), (MARGIN + SIDE, WIDTH - MARGIN));
    let marks = unit.ticks_from(&across, stamps[0]);

    let bars = Plot {
        flow,
        unit: &unit,
        across: &across,
        up: scale(highest_bar(flow), HEADROOM, (top, top + BARS)),
    };
    bars.levels(&mut canvas, 4.0);
    bars.draw_bars(&mut canvas);

    let flags = Flags::place(flags(flow, &unit, &across));
    let begin = top + BARS + GAP + flags.height();
    let sums = Plot {
        flow,
        unit: &unit,
        across: &across,
        up: scale(highest_sum(flow), 0.04, (begin, begin + SUMS)),
    };
    let bottom = begin + SUMS;
    axis::grid(&mut canvas, &across, &marks, (begin, bottom));
    sums.levels(&mut canvas, 5.0);
    sums.draw_sums(&mut canvas);
    flags.draw_lines(&mut canvas, (begin, bottom));
    flags.draw_labels(&mut canvas, begin);
    axis::words_along(&mut canvas, &across, &marks, Edge::Below, bottom);
    let mut height = bottom + axis::height_of(&marks) + 12.0;
    if let Some(words) = unit.title() {
        canvas.text((WIDTH / 2.0, bottom + 30.0), Anchor::Middle, LABEL, GREY, words);
        height += 14.0;
    }
    canvas.finish(height, &title, &description(flow))
}

/// From nothing to an amount, with some room above.
fn scale(highest: f64, headroom: f64, (top, bottom): (f64, f64)) -> Scale {
    Scale::new((0.0, if highest > 0.0 { highest * (1.0 + headroom) } else { 1.0 }), (bottom, top))
}

fn highest_bar(flow: &CashFlow) -> f64 {
    flow.periods.iter().flat_map(|period| [period.paid.p80, period.planned]).fold(0.0, f64::max)
}

fn highest_sum(flow: &CashFlow) -> f64 {
    let sums = flow.periods.iter().flat_map(|period| [period.band.1, period.planned_total]);
    let released = flow.funding.iter().map(|funding| funding.released);
    sums.chain(released).fold(0.0, f64::max)
}

fn subtitle(flow: &CashFlow) -> String {
    let written = words::money(flow.planned, &flow.currency);
    let iterations = words::counted(flow.iterations, "iteration");
    let funding = flow.funding.as_ref().map(|funding| {
        let runs_out = words::share(funding.runs_out.share);
        format!(" · the money released runs out in {runs_out} of them")
    });
    format!("{written} as written · the first {iterations}{}", funding.unwrap_or_default())
}

fn entries(flow: &CashFlow) -> Vec<(Mark, String)> {
    let inside = words::share(flow.inside);
    let mut entries = vec![
        (Mark::Block(SKY.fade(0.75)), format!("paid in the {}, P50", flow.by.word())),
        (Mark::Line(INK, &[]), "P10 to P80".to_owned()),
        (Mark::Line(WRITTEN, DASH), "as written".to_owned()),
        (Mark::Line(BLUE, &[]), "paid in all, P50".to_owned()),
        (Mark::Block(SKY.fade(0.3)), format!("{inside} of all courses")),
    ];
    if flow.funding.is_some() {
        entries.push((Mark::Line(series(2), &[]), "released".to_owned()));
    }
    entries
}

fn flags(flow: &CashFlow, unit: &TimeUnit, across: &Scale) -> Vec<Flag> {
    let Some([_, median, _]) = flow.funding.as_ref().and_then(|funding| funding.run_out) else {
        return Vec::new();
    };
    let label = format!("if the money runs out, P50 {}", words::stamp(median));
    vec![Flag::percentile(across, unit.value(median), label, LIMIT)]
}

/// One of the two plots.
struct Plot<'a> {
    flow: &'a CashFlow,
    unit: &'a TimeUnit,
    across: &'a Scale,
    up: Scale,
}

impl Plot<'_> {
    fn levels(&self, canvas: &mut Canvas, most: f64) {
        let levels = ticks::of_amounts(self.up.range().0, self.up.range().1, most, &self.flow.currency);
        axis::level_grid(canvas, &self.up, &levels, self.across.pixels());
        axis::words_up(canvas, &self.up, &levels, MARGIN + SIDE - 8.0, Anchor::Right);
    }

    fn point(&self, at: Stamp, amount: f64) -> Point {
        (self.across.at(self.unit.value(at)), self.up.at(amount))
    }

    fn draw_bars(&self, canvas: &mut Canvas) {
        let labels: Vec<String> =
            self.flow.periods.iter().map(|it| words::money(it.paid.p50, &self.flow.currency)).collect();
        let widest = labels.iter().map(|label| fonts::width(label, LABEL)).fold(0.0, f64::max);
        for (period, label) in self.flow.periods.iter().zip(&labels) {
            let (left, base) = self.point(period.from, 0.0);
            let right = self.across.at(self.unit.value(period.to));
            let edge = ((right - left) * 0.1).min(4.0);
            let (left, right) = (left + edge, right - edge);
            let middle = (left + right) / 2.0;
            let [p10, p50, p80, written] =
                [period.paid.p10, period.paid.p50, period.paid.p80, period.planned].map(|it| self.up.at(it));
            canvas.block((left, p50), (right, base), SKY.fade(0.75));
            canvas.line(vec![(middle, p10), (middle, p80)], INK, 1.3);
            // An empty month in either is no line on the ground.
            if period.planned > 0.0 {
                canvas.dashed(vec![(left, written), (right, written)], DASH, WRITTEN, 2.0);
            }
            if period.paid.p50 > 0.0 && widest <= right - left + 2.0 * edge {
                canvas.text((middle, p80.min(written).min(p50) - 8.0), Anchor::Middle, LABEL, GREY, label);
            }
        }
    }

    fn draw_sums(&self, canvas: &mut Canvas) {
        let (first, origin) = (&self.flow.periods[0], self.up.at(0.0));
        let start = (self.across.at(self.unit.value(first.from)), origin);
        let course = |amount: &dyn Fn(&CashPeriod) -> f64| -> Vec<Point> {
            let ends = self.flow.periods.iter().map(|period| self.point(period.to, amount(period)));
            std::iter::once(start).chain(ends).collect()
        };
        let lower = course(&|period| period.band.0);
        let upper = course(&|period| period.band.1);
        canvas.area(upper.into_iter().chain(lower.into_iter().rev()).collect(), SKY.fade(0.3));
        self.draw_released(canvas);
        canvas.dashed(course(&|period| period.planned_total), DASH, WRITTEN, 1.8);
        let median = course(&|period| period.total.p50);
        canvas.line(median.clone(), PAPER.fade(0.7), 4.6);
        canvas.line(median, BLUE, 2.4);
    }

    /// The money released, as steps.
    fn draw_released(&self, canvas: &mut Canvas) {
        let Some(funding) = &self.flow.funding else { return };
        let (left, right) = self.across.pixels();
        let mut steps = vec![(left, self.up.at(0.0))];
        for &(at, total) in &funding.releases {
            let x = self.across.at(self.unit.value(at)).clamp(left, right);
            let before = steps[steps.len() - 1].1;
            steps.extend([(x, before), (x, self.up.at(total))]);
        }
        steps.push((right, steps[steps.len() - 1].1));
        canvas.line(steps, series(2), 2.0);
    }
}

fn description(flow: &CashFlow) -> String {
    let periods = flow.periods.iter().enumerate().map(|(at, period)| {
        let amount = words::money(period.paid.p50, &flow.currency);
        format!("{} {amount}", flowing::name(flow, at))
    });
    let periods: Vec<String> = periods.collect();
    format!("The money paid by {}. {}. P50 of each: {}.", flow.by.word(), subtitle(flow), periods.join(", "))
}
