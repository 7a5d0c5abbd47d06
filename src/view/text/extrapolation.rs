//! Whether a metric will get to its target, on a terminal.

use unicode_width::UnicodeWidthStr;

use crate::model::Solution;
use crate::scope::{Extrapolation, Update, Verdict};
use crate::view::palette::paint;
use crate::view::scoping::{
    ASSUMPTION, advice, answer, chance, effort, metric, question, remark, value, written,
};
use crate::view::table::{Cell, Table, one_line};
use crate::view::words::counted;

use super::{Screen, paragraph, stacked};

/// The verdict, where the metric stands and may get to, and what can be promised instead.
pub fn extrapolation(it: &Extrapolation, screen: &Screen) -> String {
    stacked([
        title(it, screen),
        verdict(it, screen),
        outlook(it, screen),
        chances(it, screen),
        remarks(it, screen),
    ])
}

/// What new measurements of a solution changed; `None` where no target asks for a forecast.
pub fn measured(solution: &Solution, update: Option<&Update>, screen: &Screen) -> String {
    let count = solution.evidence.history.as_ref().map_or(0, |history| history.points.len());
    let name = paint(screen.palette.heading, &one_line(solution.name.clone()));
    let title = format!("{name} · {}\n", counted(count, "measurement"));
    let Some(update) = update else { return title };
    let mut table = Table::new("</");
    let after = &update.after;
    table.row([
        "measured".into(),
        Cell::new(format!(
            "{} at {}",
            value(&after.asked, after.stand.last),
            effort(&after.asked, after.stand.now)
        )),
    ]);
    for (label, it) in update.before.iter().map(|it| ("before", it)).chain([("now", after)]) {
        let words = format!("{} chance of {}: {}", chance(it.p_target), question(it), it.verdict.words());
        table.row([Cell::new(label), Cell::styled(words, style(it.verdict, screen))]);
    }
    let further = update.further.map_or(String::new(), |ends| {
        let words = format!(
            "Iterations count from the last measurement, so the plan goes on to {}; if one is done, lower `at_most`.",
            effort(&after.asked, ends)
        );
        paragraph(&words, screen.palette.faint, screen)
    });
    stacked([title, format!("{}{further}", table.draw(screen.width))])
}

fn title(it: &Extrapolation, screen: &Screen) -> String {
    let name = paint(screen.palette.heading, &one_line(it.asked.name.clone()));
    let size = counted(it.asked.measured.len(), "measurement");
    let size = one_line(format!("· {size} · {}", question(it)));
    let length = one_line(it.asked.name.clone()).width() + 1 + size.width();
    // A long name has a line of its own.
    let gap = if length > screen.width { "\n  " } else { " " };
    format!("{name}{gap}{}\n", paint(screen.palette.faint, &size))
}

fn verdict(it: &Extrapolation, screen: &Screen) -> String {
    let answer = one_line(answer(it));
    format!(
        "  {}\n{}",
        paint(style(it.verdict, screen), &answer),
        paragraph(advice(it.verdict), anstyle::Style::new(), screen)
    )
}

const fn style(verdict: Verdict, screen: &Screen) -> anstyle::Style {
    match verdict {
        Verdict::OutOfReach | Verdict::Unlikely => screen.palette.bad,
        Verdict::Doubtful | Verdict::Possible => screen.palette.doubtful,
        Verdict::Likely => screen.palette.good,
    }
}

/// Today, at the limit, and what can be promised.
fn outlook(it: &Extrapolation, screen: &Screen) -> String {
    let span = it.asked.scale.span();
    let metric = |value: f64| metric(value, span);
    let range =
        |low: usize, high: usize| format!("{}–{}", metric(it.at_limit[low]), metric(it.at_limit[high]));
    let mut table = Table::new("</");
    let today =
        format!("{}, measured at {}", value(&it.asked, it.stand.last), effort(&it.asked, it.stand.now));
    table.row(["today".into(), Cell::new(today)]);
    let then = format!(
        "{} in the middle; 50 % of futures {}, 80 % {}, 90 % {}",
        metric(it.at_limit[3]),
        range(2, 4),
        range(1, 5),
        range(0, 6)
    );
    table.row([Cell::new(format!("by {}", effort(&it.asked, it.limit))), Cell::new(then)]);
    let promises: Vec<String> = it
        .promises
        .iter()
        .map(|promise| format!("{} with {}", metric(promise.value), chance(promise.chance)))
        .collect();
    table.row(["within reach".into(), Cell::styled(promises.join(", "), screen.palette.strong)]);
    table.draw(screen.width)
}

/// The chance of the target as effort grows.
fn chances(it: &Extrapolation, screen: &Screen) -> String {
    let mut table = Table::new("<>>>>>>");
    let head = it.chances.iter().map(|(at, _)| written((at * 10.0).round() / 10.0));
    let head = [it.asked.unit.clone()].into_iter().chain(head).chain(["without limit".to_owned()]);
    table.row(head.map(|words| Cell::styled(words, screen.palette.faint)));
    let shares = it.chances.iter().map(|point| point.1).chain([it.p_ever]).map(chance);
    let label = format!("chance of {}", value(&it.asked, it.asked.target));
    table.row([label].into_iter().chain(shares).map(Cell::new));
    table.draw(screen.width)
}

fn remarks(it: &Extrapolation, screen: &Screen) -> String {
    let remarks: String =
        it.remarks.iter().map(|one| paragraph(remark(*one), screen.palette.doubtful, screen)).collect();
    format!("{remarks}{}", paragraph(ASSUMPTION, screen.palette.faint, screen))
}
