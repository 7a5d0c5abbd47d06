//! Axes: from a value to a pixel, and the marks along the way.

use crate::forecast::{Bin, Stamp};
use crate::view::fonts;

use super::canvas::{Anchor, Canvas, LABEL, WIDTH};
use super::palette::{GREY, RULE};
use super::ticks::{self, Tick};

/// A straight map from values to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    first: f64,
    last: f64,
}

impl Scale {
    /// `from` at the pixel `first`, `to` at `last`; a range of no width gets some around it.
    pub(super) fn new((from, to): (f64, f64), (first, last): (f64, f64)) -> Self {
        let sound = from.is_finite() && to.is_finite();
        let (from, to) = if sound { (from, to) } else { (0.0, 1.0) };
        let least = (from.abs().max(to.abs()) * 1e-9).max(1e-9);
        let around = if to - from < least { (from.abs() * 0.05).max(0.5) } else { 0.0 };
        Self { from: from - around, to: to + around, first, last }
    }

    /// The pixel of a value; the nearest end for one beyond.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        self.first + share * (self.last - self.first)
    }

    /// On which side of the range a value lies.
    pub(super) fn side(&self, value: f64) -> Side {
        let slack = (self.to - self.from) * 1e-6;
        if value < self.from - slack {
            Side::Before
        } else if value > self.to + slack {
            Side::Beyond
        } else {
            Side::Within
        }
    }

    /// The range of values.
    pub(super) const fn range(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// The range of pixels.
    pub(super) const fn pixels(&self) -> (f64, f64) {
        (self.first, self.last)
    }
}

/// On which side of an axis's range a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Below it.
    Before,
    /// In it.
    Within,
    /// Above it.
    Beyond,
}

/// How points in time become numbers along an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TimeUnit {
    /// Working days since the start, named so.
    Days,
    /// Seconds since 1970, named by dates.
    Dates,
    /// Working days since the start, so that nights and weekends take no room, but named by dates.
    /// Known pairs of days and seconds, both ascending.
    WorkingDates(Vec<(f64, f64)>),
}

impl TimeUnit {
    /// Dates if every stamp has one, else days.
    pub(super) fn of<'a>(mut stamps: impl Iterator<Item = &'a Stamp>) -> Self {
        if stamps.all(|stamp| stamp.date.is_some()) { Self::Dates } else { Self::Days }
    }

    /// Working days named by dates, if every stamp has one, else days; dates alone, if the stamps
    /// come from plans that count their days differently, or if work goes on while the plan's own
    /// calendar rests: what is done on those days would share one point.
    pub(super) fn working(stamps: &[Stamp]) -> Self {
        let mut pairs: Vec<(f64, f64)> = Vec::with_capacity(stamps.len());
        for stamp in stamps {
            let Some(date) = stamp.date else { return Self::Days };
            pairs.push((stamp.days, ticks::seconds(date)));
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let disagree = |pair: &[(f64, f64)]| pair[1].1 < pair[0].1 - 60.0 && pair[1].0 > pair[0].0 + 1e-6;
        let coincide = |pair: &[(f64, f64)]| pair[1].0 - pair[0].0 < 1e-6 && pair[1].1 > pair[0].1 + 86_400.0;
        if pairs.windows(2).any(|pair| disagree(pair) || coincide(pair)) {
            return Self::Dates;
        }
        pairs.dedup_by(|later, earlier| later.0 - earlier.0 < 1e-6 || later.1 <= earlier.1);
        if pairs.len() < 2 { Self::Dates } else { Self::WorkingDates(pairs) }
    }

    /// As [`Self::working`], but dates if these bars would then differ in width: bars of equal width
    /// show shares by their area, others would show another shape than there is.
    pub(super) fn of_bars(stamps: &[Stamp], bars: &[Bin<Stamp>]) -> Self {
        let unit = Self::working(stamps);
        let widths = || bars.iter().map(|bar| bar.to.days - bar.from.days);
        let (least, most) = widths()
            .fold((f64::INFINITY, 0.0_f64), |(least, most), width| (least.min(width), most.max(width)));
        // Edges fall on whole seconds, so that narrow bars differ by one.
        let even = most - least <= (0.01 * most).max(1e-4);
        if matches!(unit, Self::WorkingDates(_)) && !even { Self::Dates } else { unit }
    }

    /// The number of a point in time.
    pub(super) fn value(&self, stamp: Stamp) -> f64 {
        match self {
            Self::Days | Self::WorkingDates(_) => stamp.days,
            Self::Dates => stamp.date.map_or(0.0, ticks::seconds),
        }
    }

    /// A range that is at least a few days wide, so that a single moment has a place in it.
    pub(super) fn widened(&self, (from, to): (f64, f64)) -> (f64, f64) {
        let day = if *self == Self::Dates { 86_400.0 } else { 1.0 };
        if to - from >= 1e-6 * day {
            return (from, to);
        }
        // No day lies before the first one.
        let least = if *self == Self::Days { -0.25 } else { f64::NEG_INFINITY };
        ((from - 4.0 * day).max(least), to + 4.0 * day)
    }

    /// The marks of an axis with this unit, and one at the start if it has a date and there is room.
    pub(super) fn ticks_from(&self, scale: &Scale, start: Stamp) -> Vec<Tick> {
        let mut marks = self.ticks(scale);
        let (Some(date), true) = (start.date, *self != Self::Days) else { return marks };
        let mut mark = ticks::day_of(date);
        mark.value = self.value(start);
        let has_room = marks.iter().all(|other| {
            let half = |tick: &Tick| fonts::width(&tick.label, LABEL).max(28.0) / 2.0;
            (scale.at(other.value) - scale.at(mark.value)).abs() >= half(other) + half(&mark) + 6.0
        });
        let is_in_hours = marks.iter().any(|mark| mark.label.contains(':'));
        if scale.side(mark.value) == Side::Within && has_room && !is_in_hours {
            if let Some(first) = marks.first_mut().filter(|first| first.under == mark.under) {
                first.under = None;
            }
            marks.insert(0, mark);
        }
        marks
    }

    /// The marks of an axis with this unit.
    pub(super) fn ticks(&self, scale: &Scale) -> Vec<Tick> {
        let (from, to) = scale.range();
        let (first, last) = scale.pixels();
        let width = last - first;
        match self {
            Self::Days => ticks::of_amounts(from, to, width / 70.0, ""),
            Self::Dates => ticks::of_dates(from, to, width),
            Self::WorkingDates(pairs) => {
                let mut marks = ticks::of_dates(between(pairs, from), between(pairs, to), width);
                let back: Vec<(f64, f64)> = pairs.iter().map(|&(days, seconds)| (seconds, days)).collect();
                for mark in &mut marks {
                    mark.value = between(&back, mark.value).clamp(from, to);
                }
                thinned(marks, |a, b| scale.at(b.value) - scale.at(a.value) >= ticks::CLOSEST)
            }
        }
    }

    /// What the numbers along the axis are, where that needs words.
    pub(super) const fn title(&self) -> Option<&'static str> {
        match self {
            Self::Days => Some("working days since the start"),
            Self::Dates | Self::WorkingDates(_) => None,
        }
    }
}

/// The marks with room after them: days off fall together with the working day that follows,
/// whose mark stays.
fn thinned(marks: Vec<Tick>, has_room: impl Fn(&Tick, &Tick) -> bool) -> Vec<Tick> {
    let mut kept: Vec<Tick> = Vec::with_capacity(marks.len());
    for mut mark in marks {
        if let Some(last) = kept.pop_if(|last| !has_room(last, &mark)) {
            mark.under = mark.under.or(last.under);
        }
        kept.push(mark);
    }
    kept
}

/// The value that belongs to `x`, straight between known pairs and on beyond them.
fn between(pairs: &[(f64, f64)], x: f64) -> f64 {
    let after = pairs.partition_point(|pair| pair.0 < x).clamp(1, pairs.len() - 1);
    let ((x0, y0), (x1, y1)) = if x < pairs[0].0 || x > pairs[pairs.len() - 1].0 {
        // Beyond the known pairs, the slope of all of them: that of one pair may be a weekend's.
        let (low, high) = (pairs[0], pairs[pairs.len() - 1]);
        let near = if x < low.0 { low } else { high };
        return near.1 + (x - near.0) * (high.1 - low.1) / (high.0 - low.0);
    } else {
        (pairs[after - 1], pairs[after])
    };
    y0 + (y1 - y0) * (x - x0) / (x1 - x0)
}

/// Where the words of a horizontal axis stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Above the plot.
    Above,
    /// Below the plot.
    Below,
}

/// How high the words of a horizontal axis are at most, in pixels.
const AXIS_HEIGHT: f64 = 34.0;

/// How high the words of these marks are, in pixels.
pub(super) fn height_of(marks: &[Tick]) -> f64 {
    if marks.iter().any(|mark| mark.under.is_some()) { AXIS_HEIGHT } else { AXIS_HEIGHT - 14.0 }
}

/// Draws upright grid lines through a plot.
pub(super) fn grid(canvas: &mut Canvas, scale: &Scale, marks: &[Tick], (top, bottom): (f64, f64)) {
    for mark in marks {
        let x = scale.at(mark.value);
        canvas.line(vec![(x, top), (x, bottom)], RULE, 1.0);
    }
}

/// Writes the words of a horizontal axis at an edge of the plot, `y`.
pub(super) fn words_along(canvas: &mut Canvas, scale: &Scale, marks: &[Tick], edge: Edge, y: f64) {
    let (label_y, under_y) = match edge {
        Edge::Above => (y - 11.0, y - 25.0),
        Edge::Below => (y + 12.0, y + 26.0),
    };
    for mark in marks {
        let x = scale.at(mark.value);
        canvas.text((inside(x, &mark.label), label_y), Anchor::Middle, LABEL, GREY, &mark.label);
        if let Some(under) = &mark.under {
            canvas.text((inside(x, under), under_y), Anchor::Middle, LABEL, GREY, under);
        }
    }
}

/// The middle of a label that would like to stand at `x`, so that all of it is in the picture.
fn inside(x: f64, label: &str) -> f64 {
    let half = fonts::width(label, LABEL) / 2.0 + 4.0;
    x.clamp(half, WIDTH - half)
}

/// Draws level grid lines and writes the words of an upright axis at `x`.
pub(super) fn words_up(canvas: &mut Canvas, scale: &Scale, marks: &[Tick], x: f64, anchor: Anchor) {
    for mark in marks {
        canvas.text((x, scale.at(mark.value)), anchor, LABEL, GREY, &mark.label);
    }
}

/// Draws level grid lines through a plot.
pub(super) fn level_grid(canvas: &mut Canvas, scale: &Scale, marks: &[Tick], (left, right): (f64, f64)) {
    for mark in marks {
        let y = scale.at(mark.value);
        canvas.line(vec![(left, y), (right, y)], RULE, 1.0);
    }
}

/// A range that holds all values, and each limit that does not stretch it beyond `most` times.
pub(super) fn range_with(values: impl Iterator<Item = f64>, limits: &[f64], most: f64) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return limits.first().map_or((0.0, 1.0), |&limit| (limit, limit));
    }
    let reach = (high - low) * (most - 1.0);
    limits
        .iter()
        .filter(|&&limit| limit >= low - reach && limit <= high + reach)
        .fold((low, high), |(low, high), &limit| (low.min(limit), high.max(limit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Instant;

    #[test]
    fn a_range_of_no_width_gets_some() {
        let scale = Scale::new((5.0, 5.0), (0.0, 100.0));
        assert_eq!((scale.at(5.0), scale.range()), (50.0, (4.5, 5.5)));
        assert_eq!(Scale::new((f64::NAN, 1.0), (0.0, 100.0)).at(0.5), 50.0);
    }

    #[test]
    fn a_far_limit_does_not_flatten_the_picture() {
        assert_eq!(range_with([1.0, 3.0].into_iter(), &[4.0, 90.0], 2.0), (1.0, 4.0));
        assert_eq!(range_with(std::iter::empty(), &[], 2.0), (0.0, 1.0));
    }

    #[test]
    fn working_dates_are_found_between_known_ones() {
        let stamp = |days: f64| Stamp { days, date: Some(Instant::from_seconds((days * 1000.0) as i64)) };
        let unit = TimeUnit::working(&[stamp(1.0), stamp(1.0), stamp(3.0)]);
        assert_eq!(unit, TimeUnit::WorkingDates(vec![(1.0, 1000.0), (3.0, 3000.0)]));
        let TimeUnit::WorkingDates(pairs) = unit else { unreachable!() };
        for x in [0.0, 1.0, 2.5, 9.0] {
            assert!((between(&pairs, x) - x * 1000.0).abs() < 1e-9, "{x}");
        }
    }

    #[test]
    fn bars_of_unequal_days_stand_along_dates() {
        let stamp = |days, date: i64| Stamp { days, date: Some(Instant::from_seconds(date)) };
        let edges = [stamp(1.0, 0), stamp(2.0, 86_400), stamp(3.0, 172_800), stamp(3.5, 259_200)];
        let bars =
            |count| edges[..count].windows(2).map(|it| Bin { from: it[0], to: it[1], share: 0.5 }).collect();
        let (even, uneven): (Vec<_>, Vec<_>) = (bars(3), bars(4));
        assert!(matches!(TimeUnit::of_bars(&edges, &even), TimeUnit::WorkingDates(_)));
        assert_eq!(TimeUnit::of_bars(&edges, &uneven), TimeUnit::Dates);
    }

    #[test]
    fn the_start_is_marked_where_there_is_room() {
        let scale = Scale::new((5.0 * 86_400.0, 305.0 * 86_400.0), (0.0, 600.0));
        for (day, expected) in [(4, false), (5, true), (28, false)] {
            let date = Some(Instant::from_seconds(day * 86_400));
            let marks = TimeUnit::Dates.ticks_from(&scale, Stamp { days: 0.0, date });
            assert_eq!(marks[0].label == "6 Jan", expected, "{day}");
            assert!(marks.iter().filter(|mark| mark.under.as_deref() == Some("1970")).count() == 1);
        }
    }

    #[test]
    fn days_on_which_only_others_work_take_room() {
        let stamp = |days, date: i64| Stamp { days, date: Some(Instant::from_seconds(date)) };
        let together = [stamp(1.0, 0), stamp(2.0, 86_400), stamp(3.0, 172_800)];
        assert!(matches!(TimeUnit::working(&together), TimeUnit::WorkingDates(_)));
        let apart = [stamp(1.0, 0), stamp(2.0, 86_400), stamp(2.0, 691_200), stamp(3.0, 777_600)];
        assert_eq!(TimeUnit::working(&apart), TimeUnit::Dates);
    }
}
