//! What each earlier date costs: the choices that no other beats.

use crate::forecast::{Candidate, Method, Optimisation, Stamp};
use crate::view::choosing::choice;

use super::axis::{self, Edge, Scale, TimeUnit};
use super::canvas::{Anchor, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::flags::{Flag, Flags};
use super::legend::{self, Mark};
use super::palette::{BLUE, GREY, LIMIT, PAPER, SKY, WRITTEN};
use super::ticks;
use super::words;

/// How high the plot is, in pixels.
const PLOT: f64 = 300.0;
/// Room for amounts at the left of the plot, in pixels.
const SIDE: f64 = 56.0;
/// The longest choice that a legend names, in letters.
const LONGEST: usize = 90;

/// Mean cost over the finish at the confidence asked for.
pub fn frontier(answer: &Optimisation) -> String {
    let p = words::percentile(answer.confidence.value());
    let mut canvas = Canvas::default();
    let title = format!("{}: what each earlier date costs", answer.plan.name);
    canvas.heading(&title, &words::optimisation_runs(answer));
    let known = |candidate: &Candidate| Some((candidate.finish?.at, candidate.cost.mean));
    let points: Vec<(Stamp, f64)> = answer.frontier.iter().filter_map(known).collect();
    let (given, best) = (known(&answer.given), answer.best.as_ref().and_then(known));
    let mut entries = vec![(Mark::Line(SKY, &[]), format!("mean cost over {p} of the finish, best choices"))];
    entries.extend(given.map(|_| (Mark::Block(WRITTEN), "the plan as it is".to_owned())));
    if let Some(best) = &answer.best {
        let said: String = choice(best).chars().take(LONGEST).collect();
        entries.push((Mark::Block(BLUE), format!("cheapest in time: {said}")));
    }
    let below_legend = legend::draw(&mut canvas, 60.0, &entries);

    let all: Vec<(Stamp, f64)> = points.iter().chain(&given).chain(&best).copied().collect();
    let mut stamps: Vec<Stamp> = all.iter().map(|point| point.0).collect();
    stamps.push(answer.by);
    let unit = TimeUnit::working(&stamps);
    let finishes = axis::range_with(all.iter().map(|at| unit.value(at.0)), &[unit.value(answer.by)], 1.7);
    let costs = axis::range_with(all.iter().map(|at| at.1), &[], 1.0);
    let across = Scale::new(unit.widened(around(finishes)), (MARGIN + SIDE, WIDTH - MARGIN));
    let limit = format!("by {}", words::limit(answer.by));
    let flags = Flags::place(vec![Flag::limit(&across, unit.value(answer.by), limit, LIMIT)]);
    let top = below_legend + 8.0 + flags.height();
    let bottom = top + PLOT;
    let up = Scale::new(around(costs), (bottom, top));

    let dates = unit.ticks(&across);
    let (low, high) = up.range();
    let amounts = ticks::of_amounts(low, high, PLOT / 50.0, &answer.plan.currency);
    axis::grid(&mut canvas, &across, &dates, (top, bottom));
    axis::level_grid(&mut canvas, &up, &amounts, across.pixels());
    let place = |(at, cost): (Stamp, f64)| (across.at(unit.value(at)), up.at(cost));
    let shown: Vec<(&Candidate, Point)> =
        answer.frontier.iter().filter_map(|it| Some((it, place(known(it)?)))).collect();
    canvas.line(way(&shown, answer.method), SKY, 2.0);
    points.iter().for_each(|&point| canvas.dot(place(point), 3.0, SKY.dark()));
    flags.draw_lines(&mut canvas, (top, bottom));
    for (point, paint) in [(given, WRITTEN), (best, BLUE)] {
        if let Some(point) = point {
            canvas.dot(place(point), 6.6, PAPER);
            canvas.dot(place(point), 5.2, paint);
        }
    }
    flags.draw_labels(&mut canvas, top);
    axis::words_along(&mut canvas, &across, &dates, Edge::Below, bottom);
    axis::words_up(&mut canvas, &up, &amounts, MARGIN + SIDE - 8.0, Anchor::Right);
    let mut height = bottom + axis::height_of(&dates) + 12.0;
    if let Some(words) = unit.title() {
        canvas.text((WIDTH / 2.0, bottom + 30.0), Anchor::Middle, LABEL, GREY, words);
        height += 14.0;
    }
    let best = answer.best.as_ref().map_or_else(|| "none is in time".to_owned(), choice);
    let description = format!("Mean cost and finish of {} choices; cheapest in time: {best}.", points.len());
    canvas.finish(height, &title, &description)
}

/// What each date costs, from the cheapest and latest choice on: steps, for a date between two choices has the
/// price of the earlier one; straight where time may be bought by the second.
fn way(shown: &[(&Candidate, Point)], method: Method) -> Vec<Point> {
    let mut way: Vec<Point> = shown.first().map(|(_, place)| *place).into_iter().collect();
    for pair in shown.windows(2) {
        let [(later, from), (earlier, to)] = [pair[0], pair[1]];
        if method != Method::Exact || options(later) != options(earlier) {
            way.push((from.0, to.1));
        }
        way.push(to);
    }
    way
}

/// Which options are chosen, bought time aside.
fn options(candidate: &Candidate) -> Vec<(&str, &str)> {
    let picks = candidate.picks.iter();
    picks.filter_map(|pick| Some((pick.key.as_str(), pick.option.as_ref()?.0.as_str()))).collect()
}

/// A little more than the range, so that nothing lies on the frame.
fn around((from, to): (f64, f64)) -> (f64, f64) {
    let more = (to - from) * 0.06;
    (from - more, to + more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{ChoiceCost, Picked, Proportion};

    fn candidate(option: &str, crashed_days: f64) -> Candidate {
        let option = Some((option.to_owned(), option.to_owned()));
        let name = "m".to_owned();
        Candidate {
            picks: vec![Picked { key: name.clone(), name, option, crashed_days }],
            patch: Vec::new(),
            finish: None,
            cost: ChoiceCost { mean: 0.0, low: 0.0, high: 0.0, headline: 0.0 },
            chance: Proportion { share: 1.0, low: 1.0, high: 1.0 },
            meets: true,
        }
    }

    #[test]
    fn between_choices_there_are_steps_but_where_time_is_bought_by_the_second() {
        let [slow, bought, fast] = [candidate("a", 0.0), candidate("a", 2.0), candidate("b", 0.0)];
        let shown = [(&slow, (90.0, 200.0)), (&bought, (60.0, 150.0)), (&fast, (40.0, 80.0))];
        let steps = [(90.0, 200.0), (90.0, 150.0), (60.0, 150.0), (60.0, 80.0), (40.0, 80.0)];
        assert_eq!(way(&shown, Method::Exhaustive(3)), steps);
        assert_eq!(way(&shown, Method::Exact), [&steps[..1], &steps[2..]].concat());
        assert!(way(&[], Method::Exact).is_empty());
    }
}
