//! Forecasts side by side, and how they differ under the same draws.

use unicode_width::UnicodeWidthStr;

use crate::forecast::{Comparison, Forecast};
use crate::view::columns::{Block, CHOICES, choices, differences, figures, legends};
use crate::view::palette::paint;
use crate::view::table::{Cell, Table, one_line};

use super::headline::{at_p, money_with_interval, stamp_in_brackets};
use super::{Screen, stacked};

/// The columns side by side and their differences from the first.
pub fn comparison(comparison: &Comparison, screen: &Screen) -> String {
    let Some(first) = comparison.columns.first() else { return String::new() };
    let palette = screen.palette;
    let run =
        crate::view::words::run(first.forecast.iterations, first.forecast.sampling, first.forecast.seed);
    let title = paint(palette.heading, &one_line(first.forecast.plan.name.clone()));
    let run = paint(palette.faint, &format!("· {run}, the same draws in every column"));
    let caveat = "95 % intervals are simulation error only: the error of the inputs is larger";
    let mut blocks = vec![format!("{title} {run}\n")];
    blocks.extend(tables("", &figures(comparison, &first.forecast), screen));
    let against = format!("Against {}", first.label);
    blocks.extend(tables(&against, &differences(comparison, &first.forecast), screen));
    blocks.push(best(comparison, &first.forecast, screen));
    blocks.push(legend(comparison, screen));
    blocks.push(comparison.notes.iter().map(|note| format!("  {note}\n")).collect());
    blocks.push(format!("  {}\n", paint(palette.faint, caveat)));
    stacked(blocks)
}

/// Lanes below one another in as many tables as the terminal's width asks for.
fn tables(title: &str, Block { labels, lanes }: &Block, screen: &Screen) -> Vec<String> {
    let label_width = labels.iter().map(|label| label.width()).chain([title.width()]).max().unwrap_or(0);
    let mut tables = Vec::new();
    let mut rest = lanes.as_slice();
    while !rest.is_empty() {
        let mut used = 2 + label_width;
        let fitting = rest.iter().take_while(|lane| {
            let cells = lane.cells.iter().chain([&lane.heading]);
            used += 3 + cells.map(|cell| cell.width()).max().unwrap_or(0);
            used <= screen.width
        });
        let (now, later) = rest.split_at(fitting.count().max(1));
        rest = later;
        let mut table = Table::new(&"<".repeat(1 + now.len()));
        let headings = now.iter().map(|lane| Cell::styled(lane.heading.as_str(), screen.palette.strong));
        table.row([Cell::styled(title, screen.palette.heading)].into_iter().chain(headings));
        for (row, label) in labels.iter().enumerate() {
            let label = Cell::styled(label.as_str(), screen.palette.faint);
            table.row([label].into_iter().chain(now.iter().map(|lane| Cell::new(lane.cells[row].as_str()))));
        }
        tables.push(table.draw(usize::MAX));
    }
    tables
}

/// A percentile of the finish with its interval; nothing if it is not known.
pub(in crate::view) fn finish_at(forecast: &Forecast, p: f64) -> String {
    at_p(&forecast.finish.percentiles, p, |it| it.p).map(stamp_in_brackets).unwrap_or_default()
}

/// A percentile of the cost with its interval; nothing if it is not known.
pub(in crate::view) fn cost_at(forecast: &Forecast, p: f64) -> String {
    let currency = &forecast.plan.currency;
    let cost = forecast.cost.as_ref();
    cost.and_then(|cost| at_p(&cost.percentiles, p, |it| it.p))
        .map(|it| money_with_interval(it, currency))
        .unwrap_or_default()
}

/// Which column is best at which price of a day.
fn best(comparison: &Comparison, first: &Forecast, screen: &Screen) -> String {
    let choices = choices(comparison, first);
    if choices.is_empty() {
        return String::new();
    }
    let mut table = Table::new("<~");
    choices.into_iter().for_each(|(label, words)| table.row([label.into(), words.into()]));
    format!("  {}\n{}", paint(screen.palette.heading, CHOICES), table.draw(screen.width))
}

/// What each column is about and what its scenario changes, in lines that fit.
fn legend(comparison: &Comparison, screen: &Screen) -> String {
    let legends = legends(comparison);
    let width = legends.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
    let mut text = String::new();
    for (label, lines) in legends {
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { one_line(label.to_owned()) } else { String::new() };
            let label = format!("  {label}{}   ", " ".repeat(width.saturating_sub(label.width())));
            text.push_str(&hanging(&label, &one_line((*line).to_owned()), screen.width));
        }
    }
    text
}

/// Words behind a label in lines of a page, the further ones as far in; a word that is longer stays whole.
pub(super) fn hanging(label: &str, words: &str, width: usize) -> String {
    let margin = label.width();
    let (mut text, mut used) = (label.to_owned(), margin);
    for word in words.split(' ') {
        if used > margin && used + 1 + word.width() > width {
            text.push_str(&format!("\n{}", " ".repeat(margin)));
            used = margin;
        }
        let gap = usize::from(used > margin);
        text.push_str(&" ".repeat(gap));
        text.push_str(word);
        used += gap + word.width();
    }
    text.push('\n');
    text
}
