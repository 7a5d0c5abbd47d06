//! Contingency and reserve in words: the terminal and Markdown show the same rows.

use crate::forecast::{Allotted, ContingencyReport, PartKind};

use super::driving::{Grid, Words};
use super::words::{
    counted, days, interval, money, money_interval, percentile, signed_days, signed_money, stamp, year,
};

/// The whole, then its parts by milestone, stage and category.
pub(super) fn grids(report: &ContingencyReport) -> Vec<Grid> {
    let parts = [
        parts(report, PartKind::Item, "Where it is needed"),
        parts(report, PartKind::Stage, "By stage"),
        parts(report, PartKind::Category, "By category of money"),
    ];
    let parts = parts.into_iter().filter(|grid| !grid.rows.is_empty());
    std::iter::once(whole(report)).chain(parts).collect()
}

fn whole(report: &ContingencyReport) -> Grid {
    let p = percentile(report.confidence.value());
    let currency = &report.plan.currency;
    let time = &report.time;
    let row = |label: String, time: String, cost: Option<String>| -> Vec<Words> {
        [label, time].into_iter().chain(cost).map(Words::from).collect()
    };
    let with_money =
        |say: &dyn Fn(&crate::forecast::Allowance<f64, crate::forecast::MoneyPercentile>) -> String| {
            report.money.as_ref().map(say)
        };
    let at = &time.headline;
    let rows = vec![
        row("as written".to_owned(), stamp(time.base), with_money(&|it| money(it.base, currency))),
        row(
            "contingency".to_owned(),
            signed_days(time.contingency),
            with_money(&|it| signed_money(it.contingency, currency)),
        ),
        row(
            p,
            format!("{} ({})", stamp(at.at), interval(at.low, at.high, year(at.at))),
            with_money(&|it| {
                let interval = money_interval(it.headline.low, it.headline.high, currency);
                format!("{} ({interval})", money(it.headline.value, currency))
            }),
        ),
        row("reserve".to_owned(), days(time.reserve), with_money(&|it| money(it.reserve, currency))),
    ];
    let headings = [String::new(), "finish".to_owned()].into_iter();
    Grid {
        title: String::new(),
        headings: headings.chain(report.money.as_ref().map(|_| "cost".to_owned())).collect(),
        sides: "<>>",
        rows,
        names: 24,
        usual: 8,
        note: "the management reserve is P95 less P80, for what nobody thought of; it is in no other number"
            .to_owned(),
    }
}

fn parts(report: &ContingencyReport, kind: PartKind, title: &str) -> Grid {
    let currency = &report.plan.currency;
    let of_kind = |parts: &[Allotted]| -> Vec<Allotted> {
        parts.iter().filter(|part| part.kind == kind).cloned().collect()
    };
    let time = of_kind(&report.time.parts);
    let cost = report.money.as_ref().map_or_else(Vec::new, |it| of_kind(&it.parts));
    // In the order of the plan: what spends money first, then what takes time alone.
    let mut names: Vec<(&str, &str)> = Vec::new();
    for part in time.iter().chain(&cost) {
        if !names.iter().any(|(key, _)| *key == part.key) {
            names.push((&part.key, &part.name));
        }
    }
    let find = |parts: &[Allotted], key: &str| parts.iter().find(|part| part.key == key).cloned();
    let row = |&(key, name): &(&str, &str)| -> Vec<Words> {
        let mut row = vec![Words::from(name.to_owned())];
        if kind != PartKind::Category {
            let part = find(&time, key);
            row.push(part.as_ref().map_or_else(String::new, |it| days(it.base)).into());
            row.push(part.map_or_else(String::new, |it| signed_days(it.amount)).into());
        }
        if report.money.is_some() {
            let part = find(&cost, key);
            row.push(part.as_ref().map_or_else(String::new, |it| money(it.base, currency)).into());
            row.push(part.map_or_else(String::new, |it| signed_money(it.amount, currency)).into());
        }
        row
    };
    let mut headings = vec![String::new()];
    if kind != PartKind::Category {
        headings.extend(["on the path".to_owned(), "time".to_owned()]);
    }
    if report.money.is_some() {
        headings.extend(["as written".to_owned(), "money".to_owned()]);
    }
    let note = match kind {
        PartKind::Item => format!(
            "what each comes to in {} near the percentile, less as written; each column adds up to the contingency",
            counted(report.time_runs.max(report.money_runs), "run")
        ),
        _ => String::new(),
    };
    Grid {
        title: title.to_owned(),
        headings,
        sides: "<>>>>",
        rows: names.iter().map(row).collect(),
        names: 32,
        usual: 24,
        note,
    }
}
