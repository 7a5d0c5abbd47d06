//! Sets of solutions by cost and worth: all of them, the best for their cost, and the one to fund.

use std::collections::BTreeSet;

use crate::scope::{Choice, ScopeReport};
use crate::view::decisions::choice;
use crate::view::fonts;

use super::axis::{self, Edge, Scale};
use super::canvas::{Anchor, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::flags::{Flag, Flags};
use super::labels::Labels;
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, INK, LIMIT, PAPER, Paint, SHADE, series};
use super::scoping::{runs, wrapped};
use super::ticks;
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 360.0;
/// Room for amounts at the left of the plot, in pixels.
const SIDE: f64 = 60.0;
/// The most sets that are drawn as dots: more would make a large file of what looks the same.
const MOST_DOTS: usize = 1_500;
/// The widest the name of a set may be beside its dot, in pixels.
const NAME: f64 = 240.0;
/// 2³² divided by the golden ratio: multiples of it scatter evenly (Knuth, *The Art of Computer Programming* 3, 6.4).
const GOLDEN: u32 = 2_654_435_769;
/// How high a line of words is, in pixels.
const LINE: f64 = 16.0;

/// Expected net present value over P80 cost of every allowed set; nothing of a single solution, where there
/// is nothing to combine.
pub fn portfolio(report: &ScopeReport) -> Option<String> {
    if report.solutions.len() < 2 {
        return None;
    }
    let mut canvas = Canvas::default();
    let title = format!("{}: what to fund together", report.plan);
    canvas
        .heading(&title, &format!("expected net present value over the P80 of the cost · {}", runs(report)));
    let below_legend = legend::draw(&mut canvas, 60.0, &entries(report));
    let plot = Plot::new(report, below_legend);
    plot.draw(&mut canvas, report);
    let mut y = plot.bottom() + 32.0;
    canvas.text((WIDTH / 2.0, y), Anchor::Middle, LABEL, GREY, "cost of the set, P80 over all runs");
    y += 6.0;
    for line in wrapped(&choice(report), LABEL, WIDTH - 2.0 * MARGIN) {
        y += LINE;
        canvas.text((MARGIN, y), Anchor::Left, LABEL, INK, &line);
    }
    Some(canvas.finish(y + 16.0, &title, &description(report)))
}

fn entries(report: &ScopeReport) -> Vec<(Mark, String)> {
    let sets = words::counted(report.portfolio.choices.len(), "set");
    vec![
        (Mark::Block(dot_paint(false)), format!("{sets} of solutions")),
        (Mark::Block(dot_paint(true)), "may be funded".to_owned()),
        (Mark::Line(BLUE, &[]), "the most for its cost, fundable or not".to_owned()),
        (Mark::Block(series(2)), "chosen, 5 % to 95 % of runs".to_owned()),
    ]
}

const fn dot_paint(is_fundable: bool) -> Paint {
    if is_fundable { GREY } else { SHADE }
}

struct Plot<'a> {
    across: Scale,
    up: Scale,
    flags: Flags,
    chosen: &'a Choice,
}

impl<'a> Plot<'a> {
    fn new(report: &'a ScopeReport, below_legend: f64) -> Self {
        let choices = &report.portfolio.choices;
        let chosen = report.portfolio.choice();
        let budget: Vec<f64> = report.budget.into_iter().collect();
        let (from, to) = axis::range_with(choices.iter().map(|it| it.p80_cost), &budget, 1.7);
        let values = choices.iter().map(|it| it.expected).chain([chosen.p05, chosen.p95, 0.0]);
        let (low, high) = axis::range_with(values, &[], 1.0);
        let (more, around) = ((to - from) * 0.04, (high - low) * 0.06);
        let across = Scale::new((from - more, to + more), (MARGIN + SIDE, WIDTH - MARGIN));
        let flag = |budget: f64| {
            let words = format!("budget {}", words::money(budget, &report.currency));
            Flag::limit(&across, budget, words, LIMIT)
        };
        let flags = Flags::place(report.budget.map(flag).into_iter().collect());
        let top = below_legend + 8.0 + flags.height();
        let up = Scale::new((low - around, high + around), (top + PLOT, top));
        Self { across, up, flags, chosen }
    }

    const fn bottom(&self) -> f64 {
        self.up.pixels().0
    }

    fn at(&self, choice: &Choice) -> Point {
        (self.across.at(choice.p80_cost), self.up.at(choice.expected))
    }

    fn draw(&self, canvas: &mut Canvas, report: &ScopeReport) {
        let ((left, right), (bottom, top)) = (self.across.pixels(), self.up.pixels());
        let ((from, to), (low, high)) = (self.across.range(), self.up.range());
        let costs = ticks::of_amounts(from, to, (right - left) / 80.0, &report.currency);
        let values = ticks::of_amounts(low, high, PLOT / 50.0, &report.currency);
        axis::grid(canvas, &self.across, &costs, (top, bottom));
        axis::level_grid(canvas, &self.up, &values, (left, right));
        let zero = self.up.at(0.0);
        canvas.line(vec![(left, zero), (right, zero)], INK.fade(0.6), 1.0);
        self.draw_dots(canvas, &report.portfolio.choices);
        self.draw_frontier(canvas, &report.portfolio.choices);
        self.flags.draw_lines(canvas, (top, bottom));
        self.draw_chosen(canvas, report);
        self.flags.draw_labels(canvas, top);
        axis::words_along(canvas, &self.across, &costs, Edge::Below, bottom);
        axis::words_up(canvas, &self.up, &values, left - 8.0, Anchor::Right);
    }

    /// A dot for every set; of many, one for all that lie in the same small square.
    fn draw_dots(&self, canvas: &mut Canvas, choices: &[Choice]) {
        let mut width = 1.0;
        let mut dots = self.thinned(choices, width);
        while dots.len() > MOST_DOTS {
            width *= 1.25;
            dots = self.thinned(choices, width);
        }
        // What may be funded lies above the others.
        for is_fundable in [false, true] {
            for choice in dots.iter().filter(|choice| choice.is_fundable == is_fundable) {
                canvas.dot(self.at(choice), if dots.len() > 300 { 1.8 } else { 3.0 }, dot_paint(is_fundable));
            }
        }
    }

    /// One set, and one that may be funded, of each square of such a width in pixels.
    fn thinned<'c>(&self, choices: &'c [Choice], width: f64) -> Vec<&'c Choice> {
        // The first of a square would be its cheapest: what is left would stand in columns.
        let mut order: Vec<usize> = (0..choices.len()).collect();
        order.sort_by_key(|&index| (index as u32).wrapping_mul(GOLDEN));
        let mut taken = BTreeSet::new();
        let square = |choice: &Choice| {
            let (x, y) = self.at(choice);
            let whole = |pixels: f64| (pixels / width).floor().to_bits();
            (whole(x), whole(y), choice.is_fundable)
        };
        order.into_iter().map(|index| &choices[index]).filter(|choice| taken.insert(square(choice))).collect()
    }

    /// Steps: between two sets of the frontier more money buys no more.
    fn draw_frontier(&self, canvas: &mut Canvas, choices: &[Choice]) {
        let mut steps: Vec<Point> = Vec::new();
        for choice in choices.iter().filter(|choice| choice.is_on_frontier) {
            let at = self.at(choice);
            steps.extend(steps.last().map(|last| (at.0, last.1)));
            steps.push(at);
        }
        canvas.line(steps, BLUE, 1.8);
        for choice in choices.iter().filter(|choice| choice.is_on_frontier) {
            canvas.dot(self.at(choice), 3.4, BLUE);
        }
    }

    /// The set to fund: ringed and named, with the range of what it may come to.
    fn draw_chosen(&self, canvas: &mut Canvas, report: &ScopeReport) {
        let (x, y) = self.at(self.chosen);
        let [low, high] = [self.chosen.p05, self.chosen.p95].map(|value| self.up.at(value));
        let paint = series(2);
        let ends = [(low, self.chosen.p05), (high, self.chosen.p95)];
        let is_certain = self.chosen.p05 >= self.chosen.p95;
        for (ink, width) in [(PAPER, 3.6), (paint.dark(), 1.6)].into_iter().filter(|_| !is_certain) {
            canvas.line(vec![(x, low), (x, high)], ink, width);
            for end in [low, high] {
                canvas.line(vec![(x - 5.0, end), (x + 5.0, end)], ink, width);
            }
        }
        for (radius, ink) in [(8.0, paint.dark()), (6.4, PAPER), (4.4, paint)] {
            canvas.dot((x, y), radius, ink);
        }
        let frontier = report.portfolio.choices.iter().filter(|it| it.is_on_frontier);
        let points = frontier.map(|it| (self.at(it), 3.4)).collect();
        let (bottom, top) = self.up.pixels();
        let mut labels = Labels::new(self.across.pixels(), (top, bottom), points);
        if let Some(budget) = report.budget {
            let x = self.across.at(budget);
            labels.avoid(&[(x, top), (x, bottom)]);
        }
        labels.avoid(&[(x, low), (x, high)]);
        labels.write(canvas, ((x, y), 9.0), INK, &short(self.chosen, report));
        for (end, value) in ends.into_iter().filter(|_| !is_certain) {
            labels.write(canvas, ((x, end), 5.0), GREY, &words::money(value, &report.currency));
        }
    }
}

/// `recommender-b + navigator`.
fn set(choice: &Choice, report: &ScopeReport) -> String {
    let names: Vec<&str> = choice.members.iter().map(|&it| report.solutions[it].key.as_str()).collect();
    if names.is_empty() { "do nothing".to_owned() } else { names.join(" + ") }
}

/// The same, or how many there are where that is too long to stand beside a dot.
fn short(choice: &Choice, report: &ScopeReport) -> String {
    let name = set(choice, report);
    if fonts::width(&name, LABEL) <= NAME {
        return name;
    }
    format!("chosen: {} of {}", choice.members.len(), words::counted(report.solutions.len(), "solution"))
}

fn description(report: &ScopeReport) -> String {
    let money = |value: f64| words::money(value, &report.currency);
    let frontier = report.portfolio.choices.iter().filter(|choice| choice.is_on_frontier);
    let facts = frontier.map(|choice| {
        format!(
            "{}: P80 cost {}, worth {}",
            set(choice, report),
            money(choice.p80_cost),
            money(choice.expected)
        )
    });
    let chosen = report.portfolio.choice();
    format!(
        "Expected net present value over cost of {} of solutions. Chosen: {}, P80 cost {}, worth {} ({} to {}). \
         The most for its cost: {}.",
        words::counted(report.portfolio.choices.len(), "set"),
        set(chosen, report),
        money(chosen.p80_cost),
        money(chosen.expected),
        money(chosen.p05),
        money(chosen.p95),
        facts.collect::<Vec<_>>().join("; "),
    )
}
