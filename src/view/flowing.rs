//! Cash flow in words: the same rows for the terminal and for Markdown.

use crate::forecast::{CashFlow, CashPeriod, Funding, Period, Waiting};

use super::driving::{Grid, Words};
use super::words::{chance, counted, days, long_stamp, money, percent, stamp};

/// How many periods are shown where there are more.
const USUAL: usize = 36;

/// What a period is called: `Jan 2027`, `11 Jan 2027` of a week, `month 3`.
pub(super) fn name(flow: &CashFlow, at: usize) -> String {
    let period = &flow.periods[at];
    match (period.from.date, flow.by) {
        (Some(from), Period::Month) => from.date().format("%b %Y").to_string(),
        (Some(from), Period::Week) => {
            let monday = from.date().week(chrono::Weekday::Mon).checked_first_day();
            monday.unwrap_or(from.date()).format("%-d %b %Y").to_string()
        }
        (None, by) => format!("{} {}", by.word(), at + 1),
    }
}

/// What the figures rest on: `by month · the first 2,048 iterations, seed 1`.
pub(super) fn about(flow: &CashFlow) -> String {
    let iterations = counted(flow.iterations, "iteration");
    format!("cash flow by {} · the first {iterations}, seed {}", flow.by.word(), flow.seed)
}

/// The money of each period, and by its end.
pub(super) fn grid(flow: &CashFlow) -> Grid {
    let has_funding = flow.funding.is_some();
    let mut headings: Vec<String> =
        ["", "paid, P50", "P80", "written", "in all, P50", "P80", "written"].map(str::to_owned).into();
    if has_funding {
        headings.extend(["released", "short", "by P80"].map(str::to_owned));
    }
    let rows = flow.periods.iter().enumerate();
    let mut note =
        format!("in all: paid by the end of the {}; percentiles of periods do not add up", flow.by.word());
    if has_funding {
        note.push_str("; short: more is due than released, at some time in it");
    }
    if flow.later >= 0.5 {
        note = format!("{} more are paid later, on average; {note}", money(flow.later, &flow.currency));
    }
    Grid {
        title: String::new(),
        headings,
        sides: if has_funding { "<>>>>>>>>>" } else { "<>>>>>>" },
        rows: rows.map(|(at, period)| row(flow, at, period)).collect(),
        names: 14,
        usual: USUAL,
        note,
    }
}

fn row(flow: &CashFlow, at: usize, period: &CashPeriod) -> Vec<Words> {
    let of = |amount: f64| Words::from(money(amount, &flow.currency));
    let mut cells = vec![name(flow, at).into()];
    cells.extend([period.paid.p50, period.paid.p80, period.planned].map(of));
    cells.extend([period.total.p50, period.total.p80, period.planned_total].map(of));
    if let Some(funding) = &period.funding {
        let missing = funding.shortfall.p80;
        let missing = if missing > 0.0 { money(missing, &flow.currency) } else { "–".to_owned() };
        cells.extend(
            [money(funding.released_total, &flow.currency), percent(funding.short.share), missing]
                .map(Words::from),
        );
    }
    cells
}

/// Whether the money that is released is enough, line by line: what is said, and how.
pub(super) fn funding(flow: &CashFlow) -> Vec<(&'static str, String)> {
    let Some(funding) = &flow.funding else { return Vec::new() };
    let of = |amount: f64| money(amount, &flow.currency);
    let Funding { released, runs_out, shortfall, .. } = funding;
    let mut lines =
        vec![("released", of(*released)), ("runs out", format!("in {} of the runs", chance(*runs_out)))];
    if let Some([p10, p50, p80]) = funding.run_out {
        lines.push(("", format!("if so, P50 {}; P10 {}, P80 {}", long_stamp(p50), stamp(p10), stamp(p80))));
    }
    lines.push((
        "missing",
        format!("at the worst time, P50 {}, P80 {}", of(shortfall.p50), of(shortfall.p80)),
    ));
    lines.push(("as written", written(funding)));
    lines.extend(funding.waiting.iter().flat_map(waiting));
    lines
}

/// What happens if work waits for its money.
fn waiting(waiting: &Waiting) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let (Some([_, before]), Some([_, after])) = (waiting.finish, waiting.waited_finish) {
        if waiting.later.share > 0.0 {
            let lost = waiting.lost_days;
            lines.push(("if work waits", format!("done, P80 {}, not {}", long_stamp(after), stamp(before))));
            let later = chance(waiting.later);
            lines.push((
                "",
                format!("later in {later}: by {} on average, P80 {}", days(lost.mean), days(lost.p80)),
            ));
        } else {
            lines.push(("if work waits", "nothing is later".to_owned()));
        }
    }
    let milestones = waiting.milestones.iter().take(NAMED);
    lines.extend(milestones.map(|it| {
        let (waits, by) = (percent(it.waits.share), days(it.mean_days));
        ("", format!("{} waits in {waits}, by {by} on average", it.name))
    }));
    if waiting.never.share > 0.0 {
        lines.push(("", format!("{} of the runs are never paid for", chance(waiting.never))));
    }
    lines
}

/// How many milestones that wait are named.
const NAMED: usize = 3;

fn written(funding: &Funding) -> String {
    match funding.planned_run_out {
        Some(at) => format!("runs out on {}", long_stamp(at)),
        None => "the money is enough".to_owned(),
    }
}
