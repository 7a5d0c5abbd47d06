//! Date and money together: runs as dots, deadline and budget as cross-hair, and what is enough for so
//! many of the runs.

use crate::forecast::{Forecast, Joint, JointCurve, Quadrants};
use crate::view::fonts;

use super::axis::{self, Edge, Scale, Side, TimeUnit};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::flags::{Flag, Flags};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, LIMIT, Paint, SKY, series};
use super::ticks;
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 380.0;
/// Room for amounts at the left of the plot, in pixels.
const SIDE: f64 = 56.0;
/// Between the edge of a quadrant and its share, in pixels.
const INSET: f64 = 14.0;

/// The joint confidence of a plan; nothing if nothing in it costs anything.
pub fn joint(forecast: &Forecast) -> Option<String> {
    Some(Picture::of(forecast, forecast.joint.as_ref()?).draw())
}

struct Picture<'a> {
    forecast: &'a Forecast,
    joint: &'a Joint,
    unit: TimeUnit,
    finish: (f64, f64),
    cost: (f64, f64),
}

/// Where things are in the plot.
struct Plot {
    across: Scale,
    up: Scale,
}

impl<'a> Picture<'a> {
    fn of(forecast: &'a Forecast, joint: &'a Joint) -> Self {
        let corners = || joint.curves.iter().flat_map(|curve| &curve.corners);
        let all = || joint.points.iter().chain(corners());
        let mut stamps = vec![forecast.finish.earliest, forecast.finish.latest];
        stamps.extend(all().map(|point| point.at));
        stamps.extend(forecast.plan.deadline);
        let unit = TimeUnit::working(&stamps);
        let deadline: Vec<f64> = forecast.plan.deadline.iter().map(|&at| unit.value(at)).collect();
        let budget: Vec<f64> = forecast.plan.budget.into_iter().collect();
        let finish = axis::range_with(all().map(|point| unit.value(point.at)), &deadline, 1.7);
        let cost = axis::range_with(all().map(|point| point.cost), &budget, 1.7);
        let (finish, cost) = (unit.widened(around(finish)), around(cost));
        Self { forecast, joint, unit, finish, cost }
    }

    fn draw(&self) -> String {
        let mut canvas = Canvas::default();
        let title = format!("{}: date and money together", self.forecast.plan.name);
        canvas.heading(&title, &words::runs(self.forecast));
        let below_legend = legend::draw(&mut canvas, 60.0, &self.legend());
        let across = Scale::new(self.finish, (MARGIN + SIDE, WIDTH - MARGIN));
        let flags = Flags::place(self.deadline(&across).into_iter().collect());
        let top = below_legend + 8.0 + flags.height();
        let bottom = top + PLOT;
        let plot = Plot { across, up: Scale::new(self.cost, (bottom, top)) };

        let dates = self.unit.ticks(&plot.across);
        let (low, high) = plot.up.range();
        let amounts = ticks::of_amounts(low, high, PLOT / 50.0, &self.forecast.plan.currency);
        axis::grid(&mut canvas, &plot.across, &dates, (top, bottom));
        axis::level_grid(&mut canvas, &plot.up, &amounts, plot.across.pixels());
        for point in &self.joint.points {
            let at = (plot.across.at(self.unit.value(point.at)), plot.up.at(point.cost));
            canvas.dot(at, 1.6, SKY.fade(0.45));
        }
        for curve in &self.joint.curves {
            self.curve(&mut canvas, &plot, curve);
        }
        flags.draw_lines(&mut canvas, (top, bottom));
        self.budget(&mut canvas, &plot);
        if let Some(quadrants) = &self.joint.quadrants {
            self.quadrants(&mut canvas, &plot, quadrants);
        }
        flags.draw_labels(&mut canvas, top);
        axis::words_along(&mut canvas, &plot.across, &dates, Edge::Below, bottom);
        axis::words_up(&mut canvas, &plot.up, &amounts, MARGIN + SIDE - 8.0, Anchor::Right);
        let mut height = bottom + axis::height_of(&dates) + 12.0;
        if let Some(words) = self.unit.title() {
            canvas.text((WIDTH / 2.0, bottom + 30.0), Anchor::Middle, LABEL, GREY, words);
            height += 14.0;
        }
        canvas.finish(height, &title, &self.description())
    }

    /// How a curve looks: the headline's whole and thick.
    fn look(&self, curve: &JointCurve) -> (Paint, &'static [f64], f64) {
        if curve.share == self.forecast.confidence.value() {
            return (BLUE, &[], 2.6);
        }
        let place = self.joint.curves.iter().filter(|other| other.share < curve.share).count();
        let dash: &[f64] = [&[2.0, 3.0][..], &[6.0, 3.0], &[10.0, 3.0, 2.0, 3.0], &[14.0, 4.0]][place % 4];
        (series(place + 1).dark(), dash, 1.6)
    }

    fn legend(&self) -> Vec<(Mark, String)> {
        let mut entries = vec![(Mark::Block(SKY.fade(0.7)), "one run of the plan".to_owned())];
        for (place, curve) in self.joint.curves.iter().enumerate() {
            let (paint, dash, _) = self.look(curve);
            let meaning = if place == 0 { " of all runs are done with this money by then" } else { "" };
            entries.push((Mark::Line(paint, dash), format!("{}{meaning}", words::share(curve.share))));
        }
        entries
    }

    fn deadline(&self, across: &Scale) -> Option<Flag> {
        let deadline = self.forecast.plan.deadline?;
        let label = format!("deadline {}", words::limit(deadline));
        Some(Flag::limit(across, self.unit.value(deadline), label, LIMIT))
    }

    /// The staircase of a curve: what lies above and to the right is enough.
    fn curve(&self, canvas: &mut Canvas, plot: &Plot, curve: &JointCurve) {
        let (paint, dash, width) = self.look(curve);
        canvas.dashed(self.corners(plot, curve), dash, paint, width);
    }

    /// The corners of its line, from the top of the plot to its right edge.
    fn corners(&self, plot: &Plot, curve: &JointCurve) -> Vec<Point> {
        let mut points = Vec::new();
        let mut height = plot.up.pixels().1;
        for corner in &curve.corners {
            let x = plot.across.at(self.unit.value(corner.at));
            points.push((x, height));
            height = plot.up.at(corner.cost);
            points.push((x, height));
        }
        points.push((plot.across.pixels().1, height));
        points
    }

    fn budget(&self, canvas: &mut Canvas, plot: &Plot) {
        let Some(budget) = self.forecast.plan.budget else { return };
        let (left, right) = plot.across.pixels();
        let label = format!("budget {}", words::money(budget, &self.forecast.plan.currency));
        let y = plot.up.at(budget);
        let label = match plot.up.side(budget) {
            Side::Within => {
                canvas.line(vec![(left, y), (right, y)], LIMIT, 1.8);
                label
            }
            Side::Beyond => format!("↑ {label}"),
            Side::Before => format!("↓ {label}"),
        };
        let curves: Vec<Vec<Point>> =
            self.joint.curves.iter().map(|curve| self.corners(plot, curve)).collect();
        let from = right - 6.0 - fonts::width(&label, LABEL);
        let is_free = |away: f64| !runs_through(&curves, (from, right), (y + away - 7.0, y + away + 7.0));
        let (bottom, top) = plot.up.pixels();
        let has_room = |away: f64| y + away > top + 10.0 && y + away < bottom - 10.0;
        let mut places = [-9.0, 11.0].into_iter().filter(|away| has_room(*away));
        let usual = if has_room(-9.0) { -9.0 } else { 11.0 };
        let above = places.find(|away| is_free(*away)).unwrap_or(usual);
        canvas.text((right - 6.0, y + above), Anchor::Right, LABEL, LIMIT.dark(), &label);
    }

    /// The share of each quadrant at its outer edge, off the curves; only where it has room between the lines.
    fn quadrants(&self, canvas: &mut Canvas, plot: &Plot, quadrants: &Quadrants) {
        let (Some(deadline), Some(budget)) = (self.forecast.plan.deadline, self.forecast.plan.budget) else {
            return;
        };
        let ((left, right), (bottom, top)) = (plot.across.pixels(), plot.up.pixels());
        let (x, y) = (plot.across.at(self.unit.value(deadline)), plot.up.at(budget));
        let labels = [
            (quadrants.both, "on time and within budget", (left, x), (y, bottom)),
            (quadrants.over, "on time, over budget", (left, x), (y, top)),
            (quadrants.late, "late, within budget", (right, x), (y, bottom)),
            (quadrants.neither, "late and over budget", (right, x), (y, top)),
        ];
        let curves: Vec<Vec<Point>> =
            self.joint.curves.iter().map(|curve| self.corners(plot, curve)).collect();
        for (share, said, (edge, line), (inner, outer)) in labels {
            let share = words::share(share.share);
            let whole = format!("{share} {said}");
            let anchor = if edge < line { Anchor::Left } else { Anchor::Right };
            let place = |label: &str| place(label, (edge, line), (inner, outer), &curves);
            let found = place(&whole).map(|at| (at, &whole)).or_else(|| Some((place(&share)?, &share)));
            if let Some((at, label)) = found {
                canvas.text(at, anchor, BODY, INK, label);
            }
        }
    }

    fn description(&self) -> String {
        let shares = self.joint.quadrants.map_or_else(String::new, |quadrants| {
            format!(
                " On time and within the budget {}, late {}, over the budget {}, both {}.",
                words::share(quadrants.both.share),
                words::share(quadrants.late.share),
                words::share(quadrants.over.share),
                words::share(quadrants.neither.share),
            )
        });
        format!("Finish and cost of single runs, and the dates and budgets that hold together.{shares}")
    }
}

/// Where a label stands at the outer edge of a quadrant, from its corner inwards, so that no curve runs through it;
/// `None` where there is no room.
fn place(
    label: &str,
    (edge, line): (f64, f64),
    (inner, outer): (f64, f64),
    curves: &[Vec<Point>],
) -> Option<Point> {
    const STEP: f64 = 8.0;
    const HALF: f64 = 9.0;
    let width = fonts::width(label, BODY);
    let inwards = if edge < line { 1.0 } else { -1.0 };
    if (line - edge).abs() < width + 16.0 {
        return None;
    }
    let x = edge + 6.0 * inwards;
    let (left, right) = (x.min(x + width * inwards) - 3.0, x.max(x + width * inwards) + 3.0);
    let room = (outer - inner).abs() - INSET - 3.0 * HALF;
    let towards = if outer > inner { -1.0 } else { 1.0 };
    let heights = (0..40).map(|step| f64::from(step) * STEP).take_while(|away| *away <= room);
    let mut places = heights.map(|away| outer + towards * (INSET + away));
    places.find(|y| !runs_through(curves, (left, right), (y - HALF, y + HALF))).map(|y| (x, y))
}

/// Whether a curve runs through a box. Curves are staircases, so each piece of one is a box, too.
fn runs_through(curves: &[Vec<Point>], (left, right): (f64, f64), (top, bottom): (f64, f64)) -> bool {
    let overlaps = |a: f64, b: f64, low: f64, high: f64| a.min(b) <= high && low <= a.max(b);
    let crosses = |piece: &[Point]| {
        let (from, to) = (piece[0], piece[1]);
        overlaps(from.0, to.0, left, right) && overlaps(from.1, to.1, top, bottom)
    };
    curves.iter().flat_map(|curve| curve.windows(2)).any(crosses)
}

/// A little more than the range, so that nothing lies on the frame.
fn around((from, to): (f64, f64)) -> (f64, f64) {
    let more = (to - from) * 0.03;
    (from - more, to + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_stands_where_no_curve_runs() {
        let quadrant = ((50.0, 400.0), (300.0, 100.0));
        let at = |curves: &[Vec<Point>]| place("10 % late", quadrant.0, quadrant.1, curves);
        assert_eq!(at(&[]), Some((56.0, 100.0 + INSET)));
        let level = vec![(0.0, 115.0), (500.0, 115.0)];
        let (_, y) = at(std::slice::from_ref(&level)).unwrap();
        assert!(y > 120.0 && !runs_through(&[level], (56.0, 100.0), (y - 9.0, y + 9.0)), "{y}");
        assert_eq!(at(&[vec![(60.0, 0.0), (60.0, 900.0)]]), None);
        assert_eq!(place("10 % late", (50.0, 80.0), (300.0, 100.0), &[]), None);
    }
}
