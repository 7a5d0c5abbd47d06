//! A report fit for a pull request: GitHub's Markdown, headline first, the long tables folded.

use std::fmt::Write as _;

use crate::forecast::{
    CashFlow, Comparison, ContingencyReport, Diff, DriverReport, Event, Forecast, Optimisation, PathReport,
    Replay, Verdict, shown_percentiles,
};

use super::choosing;
use super::columns::{Block, CHOICES, choices, differences, figures, legends};
use super::diffing::{self, Piece, sentence};
use super::driving::{Grid, Words, delivered, grids};
use super::flowing;
use super::replaying;
use super::reserving;
use super::text::words_of::{
    OF_FAILURES, asked, cost_at, delivery, finish_at, judged_on, likelihood, meaning, most_critical_first,
    plan_size, too_close,
};
use super::together;
use super::words::{chance, count, days, forecast_run, long_stamp, money, percent, percentile, stamp};

const CAVEAT: &str = "95 % intervals are simulation error only: the error of the inputs is larger.";

/// The forecast as Markdown.
pub fn forecast(forecast: &Forecast) -> String {
    let mut text = format!("## {}\n\n", plain(&forecast.plan.name));
    let run = forecast_run(forecast);
    let _ = writeln!(text, "{} · {run}\n", plan_size(&forecast.plan));
    text.push_str(&headline(forecast));
    text.push_str(&expectations(&forecast.expectations, forecast));
    text.push_str(&milestones(forecast));
    text.push_str(&events(forecast));
    text.push_str(&costs(forecast));
    let _ = writeln!(text, "\n{CAVEAT}");
    text
}

/// What may happen, and whether the plan is delivered.
fn events(forecast: &Forecast) -> String {
    let mut text = String::new();
    if forecast.delivered.share < 1.0 {
        let _ = writeln!(text, "\nIt is {}.", delivery(forecast.delivered, OF_FAILURES));
    }
    if !forecast.events.is_empty() {
        let row = |event: &Event| vec![plain(&event.name), likelihood(event), meaning(event, forecast)];
        let rows: Vec<Vec<String>> = forecast.events.iter().map(row).collect();
        text.push('\n');
        text.push_str(&table(&["what may happen", "chance", ""], &rows));
    }
    text
}

fn headline(forecast: &Forecast) -> String {
    let currency = &forecast.plan.currency;
    let mut rows = Vec::new();
    for p in shown_percentiles(forecast.confidence.value()) {
        rows.push(vec![percentile(p), finish_at(forecast, p), cost_at(forecast, p)]);
    }
    let written = forecast.finish.deterministic;
    let cost = forecast.cost.as_ref().map(|cost| {
        let it = cost.deterministic;
        format!("{}: {}", money(it.value, currency), chance(it.chance))
    });
    let finish = format!("{}: {}", long_stamp(written.at), chance(written.chance));
    rows.push(vec!["as written".to_owned(), finish, cost.unwrap_or_default()]);
    let mut text = table(&["", "finish", "cost"], &rows);
    if !forecast.targets.is_empty() {
        let rows: Vec<Vec<String>> = forecast
            .targets
            .iter()
            .map(|target| {
                vec![target_name(&target.kind), asked(&target.kind, forecast), chance(target.chance)]
            })
            .collect();
        text.push('\n');
        text.push_str(&table(&["target", "asked", "chance"], &rows));
    }
    let rows: Vec<Vec<String>> = together::rows(forecast).into_iter().map(Vec::from).collect();
    if !rows.is_empty() {
        text.push('\n');
        text.push_str(&table(&["together", "finish", "", "cost", ""], &rows));
    }
    text
}

fn target_name(kind: &crate::forecast::TargetKind) -> String {
    use crate::forecast::TargetKind;
    match kind {
        TargetKind::Deadline(_) => "deadline".to_owned(),
        TargetKind::MilestoneDeadline(key, _) => format!("{key}.deadline"),
        TargetKind::Constraint(key, which, _) => format!("{key}.{which}"),
        TargetKind::Budget(_) => "budget".to_owned(),
        TargetKind::Both => "both".to_owned(),
    }
}

fn expectations(verdicts: &[Verdict], forecast: &Forecast) -> String {
    if verdicts.is_empty() {
        return String::new();
    }
    let verdict = |it: &Verdict| match (it.too_close, it.met) {
        (true, _) => format!("❔ {}", too_close(forecast.iterations)),
        (false, true) => "✅ met".to_owned(),
        (false, false) => "❌ not met".to_owned(),
    };
    let rows: Vec<Vec<String>> = verdicts
        .iter()
        .map(|it| vec![it.key.clone(), verdict(it), it.text.clone(), judged_on(it, &forecast.plan.currency)])
        .collect();
    format!("\n### Expectations\n\n{}", table(&["", "", "asked", "is"], &rows))
}

fn milestones(forecast: &Forecast) -> String {
    const SHOWN: usize = 10;
    let p = forecast.confidence.value();
    let row = |it: &crate::forecast::MilestoneForecast| {
        let finish = it.finish.iter().find(|row| (row.p - p).abs() < 1e-9);
        vec![
            it.name.clone(),
            percent(it.criticality),
            super::text::words_of::saves(it),
            finish.map(super::text::words_of::stamp_in_brackets).unwrap_or_default(),
            stamp(it.planned_finish),
        ]
    };
    let rows: Vec<Vec<String>> = most_critical_first(&forecast.milestones).into_iter().map(row).collect();
    let done = format!("done, {}", percentile(p));
    let headings = ["milestone", "criticality", "a day saved here saves", &done, "as written"];
    let mut text = String::from("\n### What drives it\n\n");
    text.push_str(&table(&headings, &rows[..rows.len().min(SHOWN)]));
    if rows.len() > SHOWN {
        let more = count(rows.len() - SHOWN);
        let rest = table(&headings, &rows[SHOWN..]);
        let _ = write!(text, "\n<details><summary>{more} more</summary>\n\n{rest}\n</details>\n");
    }
    text
}

fn costs(forecast: &Forecast) -> String {
    let Some(cost) = &forecast.cost else { return String::new() };
    let currency = &forecast.plan.currency;
    let rows: Vec<Vec<String>> = cost
        .categories
        .iter()
        .chain(&cost.stages)
        .map(|part| {
            let with = |it: &crate::forecast::MoneyPercentile| {
                super::text::words_of::money_with_interval(it, currency)
            };
            let name = if part.key == "-" { "outside of all stages".to_owned() } else { part.name.clone() };
            vec![
                name,
                money(part.deterministic, currency),
                money(part.mean, currency),
                with(&part.p50),
                with(&part.p80),
            ]
        })
        .collect();
    format!("\n### Where the money goes\n\n{}", table(&["", "as written", "mean", "P50", "P80"], &rows))
}

/// The critical path as Markdown.
pub fn path(report: &PathReport) -> String {
    let mut text = format!("## {}\n\n", plain(&report.plan.name));
    let _ = writeln!(text, "As written it is done {}.\n", plain(&long_stamp(report.finish)));
    for path in &report.critical_paths {
        let keys: Vec<String> = path.iter().map(|key| plain(key)).collect();
        let _ = writeln!(text, "- {}", keys.join(" → "));
    }
    let rows: Vec<Vec<String>> = report
        .milestones
        .iter()
        .map(|row| {
            let mark = if row.critical { "● " } else { "" };
            vec![
                format!("{mark}{}", row.name),
                days(row.duration_days),
                stamp(row.early_start),
                stamp(row.early_finish),
                days(row.total_float_days),
                row.drag_days.map(days).unwrap_or_default(),
                row.driver.clone(),
            ]
        })
        .collect();
    let headings =
        ["milestone", "duration", "early start", "early finish", "total float", "drag", "driven by"];
    let _ = write!(text, "\n{}", table(&headings, &rows));
    if report.several_calendars {
        let _ = writeln!(text, "\n{}.", super::text::words_of::WHOSE_DAYS);
    }
    text
}

/// The comparison as Markdown.
pub fn comparison(comparison: &Comparison) -> String {
    let Some(first) = comparison.columns.first() else { return String::new() };
    let run = super::words::run(first.forecast.iterations, first.forecast.sampling, first.forecast.seed);
    let mut text =
        format!("## {}\n\n{run}, the same draws in every column\n\n", plain(&first.forecast.plan.name));
    text.push_str(&block("", &figures(comparison, &first.forecast)));
    if !comparison.differences.is_empty() {
        let against = format!("against {}", first.label);
        let _ = write!(text, "\n{}", block(&against, &differences(comparison, &first.forecast)));
    }
    let choices = choices(comparison, &first.forecast);
    if !choices.is_empty() {
        let rows: Vec<Vec<String>> = choices.into_iter().map(|(label, words)| vec![label, words]).collect();
        let _ = write!(text, "\n{}", table(&[CHOICES, ""], &rows));
    }
    for column in &comparison.columns {
        let words = column.description.as_deref().map(plain);
        let changes = column.changes.as_deref().map(code);
        let lines: Vec<String> = words.into_iter().chain(changes).collect();
        if !lines.is_empty() {
            let _ = write!(text, "\n- {}: {}", plain(&column.label), lines.join(" – "));
        }
    }
    if !legends(comparison).is_empty() {
        text.push('\n');
    }
    for note in &comparison.notes {
        let _ = writeln!(text, "\n{}", plain(note));
    }
    let _ = writeln!(text, "\n{CAVEAT}");
    text
}

/// What changed between two plans, as Markdown for a pull request.
pub fn diff(diff: &Diff) -> String {
    let mut text = format!("## {}\n\n{}\n", plain(&diff.before.plan.name), plain(&diffing::about(diff)));
    for (at, step) in diff.steps.iter().enumerate() {
        let sentences: Vec<String> = step.changes.iter().map(|change| coded(&sentence(change))).collect();
        let _ = write!(text, "{}{}. {}", if at == 0 { "\n" } else { "" }, at + 1, sentences.join("; "));
        text.push('\n');
    }
    for remark in diffing::remarks(diff) {
        let _ = writeln!(text, "\n{}", plain(&remark));
    }
    diffing::grids(diff).iter().for_each(|grid| text.push_str(&section(grid)));
    if !diff.steps.is_empty() {
        let _ = writeln!(text, "\n{CAVEAT}");
    }
    text
}

/// A sentence with all that is of the plan as code.
fn coded(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Word(words) => plain(words),
        Piece::Name(words) | Piece::Written(words) => code(words),
    };
    pieces.iter().map(piece).collect()
}

/// Words as code, between more backticks than stand in them.
fn code(words: &str) -> String {
    let longest = words.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let room = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{ticks}{room}{}{room}{ticks}", words.replace(char::is_control, " "))
}

/// What the plan hangs on, as Markdown.
pub fn drivers(report: &DriverReport) -> String {
    let run = super::words::run(report.iterations, report.sampling, report.seed);
    let mut text = format!("## {}\n\n{} · {run}\n", plain(&report.plan.name), plan_size(&report.plan));
    if let Some(delivered) = delivered(report) {
        let _ = writeln!(text, "\nIt is {delivered}.");
    }
    grids(report).iter().for_each(|grid| text.push_str(&section(grid)));
    let _ = writeln!(text, "\n{CAVEAT}");
    text
}

/// What to choose, as Markdown.
pub fn optimisation(answer: &Optimisation) -> String {
    let run = super::words::run(answer.iterations, answer.sampling, answer.seed);
    let mut text = format!("## {}\n\n{} · {run}\n", plain(&answer.plan.name), plan_size(&answer.plan));
    let _ = writeln!(text, "\n**{}**", plain(&choosing::verdict(answer)));
    choosing::grids(answer).iter().for_each(|grid| text.push_str(&section(grid)));
    if let Some(scenario) = choosing::scenario(answer) {
        let _ = write!(text, "\n```toml\n{scenario}```\n");
    }
    let _ = writeln!(text, "\n{}. {CAVEAT}", plain(&choosing::method(answer)));
    text
}

/// Contingency and reserve, as Markdown.
pub fn contingency(report: &ContingencyReport) -> String {
    let run = super::words::run(report.iterations, report.sampling, report.seed);
    let mut text = format!("## {}\n\n{} · {run}\n", plain(&report.plan.name), plan_size(&report.plan));
    reserving::grids(report).iter().for_each(|grid| text.push_str(&section(grid)));
    let _ = writeln!(text, "\n{CAVEAT}");
    text
}

/// The cash flow as Markdown.
pub fn cashflow(flow: &CashFlow) -> String {
    let mut text = format!("## {}\n\n{}\n", plain(&flow.plan), flowing::about(flow));
    let funding = flowing::funding(flow);
    if !funding.is_empty() {
        let rows: Vec<Vec<String>> =
            funding.into_iter().map(|(what, words)| vec![what.to_owned(), words]).collect();
        text.push('\n');
        text.push_str(&table(&["funding", ""], &rows));
    }
    text.push_str(&section(&flowing::grid(flow)));
    text
}

/// One iteration as Markdown.
pub fn replay(replay: &Replay) -> String {
    let about = format!("{} · {}", plan_size(&replay.plan), replaying::which(replay));
    let mut text = format!("## {}\n\n{about}\n", plain(&replay.plan.name));
    replaying::grids(replay).iter().for_each(|grid| text.push_str(&section(grid)));
    let path: Vec<String> = replaying::path(replay).iter().map(|step| plain(step)).collect();
    let _ = writeln!(text, "\n### Driving path\n\n{}", path.join(" → "));
    text
}

/// A grid below its title, its note last.
pub(super) fn section(grid: &Grid) -> String {
    let title = if grid.title.is_empty() { String::new() } else { format!("### {}\n\n", plain(&grid.title)) };
    let note = if grid.note.is_empty() { String::new() } else { format!("\n{}\n", plain(&grid.note)) };
    format!("\n{title}{}{note}", folded(grid))
}

/// A table, the rows beyond the usual ones folded.
fn folded(grid: &Grid) -> String {
    let unnamed = vec![""; grid.sides.len()];
    let named: Vec<&str> = grid.headings.iter().map(String::as_str).collect();
    let headings = if named.is_empty() { unnamed } else { named };
    let cells = |row: &Vec<Words>| row.iter().map(|words| words.text.clone()).collect::<Vec<String>>();
    let rows: Vec<Vec<String>> = grid.rows.iter().map(cells).collect();
    if rows.len() <= grid.usual {
        return table(&headings, &rows);
    }
    let (first, rest) = rows.split_at(grid.usual);
    let more = count(rest.len());
    let rest = table(&headings, rest);
    format!("{}\n<details><summary>{more} more</summary>\n\n{rest}\n</details>\n", table(&headings, first))
}

/// A block of a comparison as a table below its title.
fn block(title: &str, Block { labels, lanes }: &Block) -> String {
    let headings: Vec<&str> =
        std::iter::once(title).chain(lanes.iter().map(|lane| lane.heading.as_str())).collect();
    let row = |(at, label): (usize, &String)| {
        std::iter::once(label.clone()).chain(lanes.iter().map(|lane| lane.cells[at].clone())).collect()
    };
    table(&headings, &labels.iter().enumerate().map(row).collect::<Vec<_>>())
}

/// A table; the first column keeps left, the others right.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    aligned(headings, rows, "---:")
}

/// A table of words: all columns keep left.
pub(super) fn table_of_words(headings: &[&str], rows: &[Vec<String>]) -> String {
    aligned(headings, rows, "---")
}

fn aligned(headings: &[&str], rows: &[Vec<String>], further: &str) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(headings.iter().map(|words| plain(words)).collect());
    let rule = (0..headings.len()).map(|column| if column == 0 { "---" } else { further }.to_owned());
    text.push_str(&line(rule.collect()));
    for row in rows {
        text.push_str(&line(row.iter().map(|words| plain(words)).collect()));
    }
    text
}

/// Words that mean nothing to Markdown or HTML, in one line.
pub(super) fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => text.extend(['\\', letter]),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' => text.push_str("&amp;"),
            letter if letter.is_control() => text.push(' '),
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_the_table() {
        let text = table(&["a"], &[vec!["x | <b>\ny_z".to_owned()]]);
        assert_eq!(text, "| a |\n| --- |\n| x \\| &lt;b&gt; y\\_z |\n");
    }
}
