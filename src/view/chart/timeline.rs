//! The timeline: when each milestone runs, how sure that is, and how much hangs on it.

use crate::forecast::{Forecast, Stamp};
use crate::units::Instant;
use crate::view::fonts;

use super::axis::{self, Edge, Scale, TimeUnit};
use super::bars::{self, Plot};
use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, WIDTH};
use super::flags::{Flag, Flags};
use super::legend::{self, Mark};
use super::palette::{self, BLUE, GREY, INK, LIMIT, Paint, RULE};
use super::rows::{self, Row};
use super::ticks::{self, Tick};
use super::words;

/// The widest column of names, in pixels.
const NAMES: f64 = 230.0;
/// The column of criticalities, in pixels.
const NUMBERS: f64 = 54.0;
/// From this many milestones on, the dates stand below the plot as well as above.
const TALL: usize = 24;

/// The timeline of a forecast: stages, milestones, deadlines, and today, if asked for.
///
/// Of more than 200 milestones, the most critical are shown.
pub fn timeline(forecast: &Forecast, today: Option<Instant>) -> String {
    let rows = rows::rows(forecast);
    let shown = rows.iter().filter(|row| matches!(row, Row::Milestone(..))).count();
    let mut canvas = Canvas::default();
    let title = format!("{}: timeline", forecast.plan.name);
    canvas.heading(&title, &subtitle(forecast, shown));
    if rows.is_empty() {
        canvas.text((WIDTH / 2.0, 110.0), Anchor::Middle, BODY, GREY, "there are no milestones in this plan");
        return canvas.finish(160.0, &title, "There are no milestones in this plan.");
    }
    let below_legend = legend::draw(&mut canvas, 60.0, &legend_entries(forecast, &rows));

    let size = Size::of(shown);
    let names = name_column(&rows, size);
    let unit = time_unit(forecast, &rows);
    let scale = Scale::new(range(forecast, &rows, &unit), (names + 8.0, WIDTH - MARGIN - NUMBERS));
    let flags = Flags::place(flags(forecast, today, &unit, &scale));

    let marks = unit.ticks_from(&scale, start(forecast, &unit, &scale));
    let top = below_legend + 6.0 + axis::height_of(&marks) + flags.height();
    let bottom = top + rows.iter().map(|row| size.height(row)).sum::<f64>() + 4.0;
    stage_bands(&mut canvas, &rows, size, top);
    axis::grid(&mut canvas, &scale, &marks, (top - flags.height(), bottom));
    let beside_heading: Vec<Tick> =
        marks.iter().filter(|mark| scale.at(mark.value) < WIDTH - MARGIN - NUMBERS - 24.0).cloned().collect();
    axis::words_along(&mut canvas, &scale, &beside_heading, Edge::Above, top - flags.height());
    flags.draw_lines(&mut canvas, (top, bottom));
    flags.draw_labels(&mut canvas, top);
    canvas.text((WIDTH - MARGIN, top - flags.height() - 11.0), Anchor::Right, LABEL, GREY, "critical");
    let mut y = top;
    let plot = Plot { unit: &unit, scale: &scale, names, lines: &flags.lines() };
    for row in &rows {
        draw_row(&mut canvas, row, size, y, &plot);
        y += size.height(row);
    }
    let mut height = bottom + 20.0;
    if shown >= TALL {
        axis::words_along(&mut canvas, &scale, &marks, Edge::Below, bottom);
        height += axis::height_of(&marks) - 8.0;
    }
    if let Some(words) = unit.title() {
        let middle = f64::midpoint(scale.pixels().0, scale.pixels().1);
        canvas.text((middle, height - 4.0), Anchor::Middle, LABEL, GREY, words);
        height += 12.0;
    }
    canvas.finish(height, &title, &description(forecast, shown))
}

/// How large rows are: the more, the smaller.
#[derive(Clone, Copy, Debug)]
struct Size {
    row: f64,
    text: f64,
}

impl Size {
    const fn of(milestones: usize) -> Self {
        match milestones {
            0..=12 => Self { row: 30.0, text: 12.0 },
            13..=40 => Self { row: 22.0, text: 11.5 },
            41..=90 => Self { row: 16.0, text: 10.5 },
            _ => Self { row: 13.0, text: 9.5 },
        }
    }

    fn height(self, row: &Row<'_>) -> f64 {
        match row {
            Row::Stage(..) => self.row.max(15.0) + 2.0,
            Row::Milestone(..) => self.row,
        }
    }
}

fn subtitle(forecast: &Forecast, shown: usize) -> String {
    let all = forecast.milestones.len();
    let which = if shown < all {
        format!("the {} most critical of {} milestones", words::count(shown), words::count(all))
    } else {
        words::counted(all, "milestone")
    };
    format!("{which} · {}", words::runs(forecast))
}

fn legend_entries(forecast: &Forecast, rows: &[Row<'_>]) -> Vec<(Mark, String)> {
    let milestones = || {
        rows.iter().filter_map(|row| match row {
            Row::Milestone(_, milestone) => Some(*milestone),
            Row::Stage(..) => None,
        })
    };
    let mut entries = Vec::new();
    if milestones().any(|milestone| !bars::is_event(milestone)) {
        entries.push((Mark::Bar(BLUE), "mean start to mean finish".to_owned()));
    }
    if milestones().any(|milestone| milestone.iterations.is_some()) {
        entries.push((Mark::Hatched(BLUE), "improves, in P10 to P90 of its iterations".to_owned()));
    }
    if milestones().next().is_some() {
        entries.push((Mark::WhiskerWithMiddle, "P10, P50, P90 finish".to_owned()));
        let inks = [0.0, 0.25, 0.5, 0.75, 1.0].map(|criticality| BLUE.fade(bars::ink(criticality)));
        let words = "critical: never … always".to_owned();
        entries.push((Mark::Inks(inks.to_vec()), words));
    }
    if milestones().any(bars::is_event) {
        entries.push((Mark::Diamond(BLUE), "no duration".to_owned()));
    }
    if milestones().any(|milestone| milestone.passes.is_some()) {
        entries.push((Mark::Check, "check, and how often the first one passes".to_owned()));
    }
    let has_deadlines = milestones().any(|milestone| milestone.deadline.is_some());
    if has_deadlines {
        entries.push((Mark::Pennant(LIMIT), "its deadline".to_owned()));
    } else if forecast.plan.deadline.is_some() {
        entries.push((Mark::Line(LIMIT, &[]), "deadline".to_owned()));
    }
    entries
}

/// Where the column of names ends: as wide as the widest name, within reason.
fn name_column(rows: &[Row<'_>], size: Size) -> f64 {
    let widest = rows
        .iter()
        .map(|row| match row {
            Row::Stage(_, name) => fonts::width(name, size.text),
            Row::Milestone(_, milestone) => fonts::width(&milestone.name, size.text) + 12.0,
        })
        .fold(60.0, f64::max);
    MARGIN + widest.min(NAMES) + 12.0
}

fn time_unit(forecast: &Forecast, rows: &[Row<'_>]) -> TimeUnit {
    let stamps = rows.iter().flat_map(|row| stamps(row)).chain(plan_stamps(forecast));
    let stamps: Vec<Stamp> = stamps.collect();
    TimeUnit::of(stamps.iter())
}

/// Every point in time of a row.
fn stamps<'a>(row: &Row<'a>) -> impl Iterator<Item = Stamp> + use<'a> {
    let milestone = match row {
        Row::Milestone(_, milestone) => Some(*milestone),
        Row::Stage(..) => None,
    };
    milestone.into_iter().flat_map(|milestone| {
        let finishes = [0.1, 0.5, 0.9].into_iter().filter_map(|p| words::at(&milestone.finish, p));
        [milestone.start_mean, milestone.finish_mean].into_iter().chain(finishes)
    })
}

/// The plan's own points in time that always lie within the picture.
fn plan_stamps(forecast: &Forecast) -> impl Iterator<Item = Stamp> {
    let marked = words::marked(forecast.confidence.value());
    let marked: Vec<Stamp> =
        marked.into_iter().filter_map(|p| words::at(&forecast.finish.percentiles, p)).collect();
    marked.into_iter()
}

fn range(forecast: &Forecast, rows: &[Row<'_>], unit: &TimeUnit) -> (f64, f64) {
    let deadlines = rows.iter().filter_map(|row| match row {
        Row::Milestone(_, milestone) => milestone.deadline,
        Row::Stage(..) => None,
    });
    let limits: Vec<f64> =
        deadlines.chain(forecast.plan.deadline).map(|deadline| unit.value(deadline)).collect();
    let values = rows.iter().flat_map(|row| stamps(row)).chain(plan_stamps(forecast));
    let (from, to) = axis::range_with(values.map(|stamp| unit.value(stamp)), &limits, 1.6);
    let around = (to - from) * 0.015;
    unit.widened((from - around, to + around))
}

/// When the plan starts; where the picture begins later on that day, its beginning.
fn start(forecast: &Forecast, unit: &TimeUnit, scale: &Scale) -> Stamp {
    let date = forecast.plan.start.map(|start| match unit {
        TimeUnit::Dates => {
            let beginning = ticks::instant(scale.range().0.ceil());
            if beginning > start && beginning.date() == start.date() { beginning } else { start }
        }
        _ => start,
    });
    Stamp { days: 0.0, date }
}

fn flags(forecast: &Forecast, today: Option<Instant>, unit: &TimeUnit, scale: &Scale) -> Vec<Flag> {
    let mut flags = Vec::new();
    let naming = words::naming(forecast.finish.earliest, forecast.finish.latest);
    let (p50, headline) = (0.5, forecast.confidence.value());
    let wanted: &[f64] = if headline < p50 { &[headline, p50] } else { &[p50, headline] };
    let wanted = if (headline - p50).abs() < 1e-9 { &wanted[..1] } else { wanted };
    for (at, label) in words::moments(&forecast.finish.percentiles, wanted, naming) {
        flags.push(Flag::percentile(scale, unit.value(at), label, INK));
    }
    if let Some(deadline) = forecast.plan.deadline {
        let label = format!("deadline {}", words::limit(deadline));
        flags.push(Flag::limit(scale, unit.value(deadline), label, LIMIT));
    }
    if let (Some(today), TimeUnit::Dates) = (today, unit) {
        let now = Stamp { days: 0.0, date: Some(today) };
        flags.push(Flag::limit(scale, unit.value(now), format!("today {}", words::stamp(now)), GREY));
    }
    flags
}

fn stage_bands(canvas: &mut Canvas, rows: &[Row<'_>], size: Size, top: f64) {
    let mut y = top;
    for row in rows {
        let height = size.height(row);
        let (paint, alpha) = match row {
            Row::Stage(stage, _) => (stage_paint(*stage), 0.16),
            Row::Milestone(stage, _) => (stage_paint(*stage), 0.035),
        };
        let (left, right) = (MARGIN - 8.0, WIDTH - MARGIN + 8.0);
        canvas.block((left, y), (right, y + height), paint.fade(alpha));
        if matches!(row, Row::Milestone(..)) {
            canvas.line(vec![(left, y + height), (right, y + height)], RULE.fade(0.5), 0.6);
        }
        canvas.block((left, y), (left + 3.0, y + height), paint);
        y += height;
    }
}

fn draw_row(canvas: &mut Canvas, row: &Row<'_>, size: Size, y: f64, plot: &Plot<'_>) {
    let middle = y + size.height(row) / 2.0;
    match row {
        Row::Stage(stage, name) => {
            let paint = stage_paint(*stage).dark();
            canvas.name((MARGIN + 2.0, middle), size.text + 0.5, paint, name, plot.names - MARGIN - 4.0);
        }
        Row::Milestone(stage, milestone) => {
            let left = MARGIN + 8.0;
            canvas.name((left, middle), size.text, INK, &milestone.name, plot.names - left - 2.0);
            bars::draw(canvas, milestone, stage_paint(*stage), middle, (size.row, size.text), plot);
            let share = words::share(milestone.criticality);
            let paint = if milestone.criticality >= 0.5 { INK } else { GREY };
            canvas.text((WIDTH - MARGIN, middle), Anchor::Right, size.text, paint, &share);
        }
    }
}

const fn stage_paint(stage: usize) -> Paint {
    palette::series(stage)
}

fn description(forecast: &Forecast, shown: usize) -> String {
    let percentiles: Vec<String> = words::moments(
        &forecast.finish.percentiles,
        &words::marked(forecast.confidence.value()),
        words::stamp,
    )
    .into_iter()
    .map(|(_, label)| label)
    .collect();
    let deadline = forecast
        .plan
        .deadline
        .map_or(String::new(), |deadline| format!(" The deadline is {}.", words::limit(deadline)));
    format!(
        "A bar for each of {} from its mean start to its mean finish, with a whisker from P10 to P90 and a dot at P50; \
         the more often it is critical, the darker. The plan finishes: {}.{deadline}{}",
        words::counted(shown, "milestone"),
        percentiles.join(", "),
        noted(forecast),
    )
}

/// What stands beside bars, as sentences.
fn noted(forecast: &Forecast) -> String {
    let milestones = forecast.milestones.iter();
    let noted = milestones.filter_map(|it| bars::note(it).map(|note| format!(" {}: {note}.", it.name)));
    noted.collect()
}
