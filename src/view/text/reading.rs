//! How the program reads a milestone, in words, so that its author can say "no, not like that".

use crate::model::{
    CalendarId, Estimate, Lag, Link, LinkKind, Milestone, MilestoneId, Moment, Plan, RateUnit, ResourceId,
    Span, SpanUnit,
};
use crate::units::{SECONDS_PER_DAY, SECONDS_PER_HOUR, When};
use crate::view::palette::paint;
use crate::view::table::{Cell, Table, one_line};
use crate::view::words::{date, days, last_moment, money, number, percent};

use super::Screen;

/// Everything a milestone says, each estimate with what it comes to.
pub fn reading(plan: &Plan, id: MilestoneId, screen: &Screen) -> String {
    let touching = plan.links.iter().filter(|link| link.to == id || link.from == id).collect::<Vec<_>>();
    one(plan, id, &touching, screen)
}

/// The readings of all milestones, in file order.
pub fn readings(plan: &Plan, screen: &Screen) -> String {
    let mut touching = vec![Vec::new(); plan.milestones.len()];
    for link in &plan.links {
        touching[link.to.index()].push(link);
        if link.from != link.to {
            touching[link.from.index()].push(link);
        }
    }
    let readings: Vec<String> = plan.ids().map(|id| one(plan, id, &touching[id.index()], screen)).collect();
    readings.join("\n")
}

/// The reading of a milestone with these links.
fn one(plan: &Plan, id: MilestoneId, touching: &[&Link], screen: &Screen) -> String {
    let milestone = &plan[id];
    let mut rows = vec![("called", milestone.name.clone())];
    rows.extend(milestone.stage.map(|stage| ("stage", plan[stage].name.clone())));
    if milestone.removed {
        rows.push(("removed", "by the scenario: it takes no time and costs nothing".to_owned()));
    }
    rows.push(("calendar", calendar(plan, milestone.calendar)));
    rows.extend(amounts(plan, milestone));
    rows.extend(costs(plan, milestone));
    rows.extend(links(plan, id, touching));
    rows.extend(dates(milestone));
    rows.extend(milestone.note.clone().map(|note| ("note", note)));
    let mut table = Table::new("<<");
    for (label, words) in rows {
        table.row([Cell::styled(label, screen.palette.faint), words.into()]);
    }
    format!("{}\n{}", paint(screen.palette.heading, &one_line(milestone.key.clone())), table.draw(usize::MAX))
}

fn calendar(plan: &Plan, id: CalendarId) -> String {
    let calendar = &plan[id];
    let hours =
        |seconds: i64| number(seconds as f64 / SECONDS_PER_HOUR as f64, 1).trim_end_matches(".0").to_owned();
    let (day, week) = (hours(calendar.day_seconds()), hours(calendar.week_seconds()));
    format!("{}: 1d is {day} h, 1w is {week} h", calendar.name())
}

/// Duration, work, uses, consumes.
fn amounts(plan: &Plan, milestone: &Milestone) -> Vec<(&'static str, String)> {
    let name = |id: ResourceId| plan[id].key.as_str();
    let mut rows: Vec<(&'static str, String)> =
        milestone.duration.iter().map(|it| ("duration", span(plan, it, milestone.calendar))).collect();
    for (resource, effort) in &milestone.work {
        let day = plan[plan[*resource].calendar].day_seconds();
        rows.push(("work", format!("{}: {}", name(*resource), estimate(effort, &in_days(day)))));
    }
    let plain = |value: f64| number(value, if value.fract() == 0.0 || value.abs() >= 100.0 { 0 } else { 2 });
    for (resource, units) in &milestone.uses {
        rows.push(("uses", format!("{}: {}, all the time", name(*resource), estimate(units, &plain))));
    }
    for (resource, pieces) in &milestone.consumes {
        rows.push(("consumes", format!("{}: {}", name(*resource), estimate(pieces, &plain))));
    }
    if rows.is_empty() {
        rows.push(("duration", "none: it is an event".to_owned()));
    }
    rows
}

fn in_days(day_seconds: i64) -> impl Fn(f64) -> String {
    move |seconds| days(seconds / day_seconds as f64)
}

fn span(plan: &Plan, span: &Span, calendar: CalendarId) -> String {
    match span.unit {
        SpanUnit::Work => estimate(&span.seconds, &in_days(plan[calendar].day_seconds())),
        SpanUnit::Elapsed => format!("{}, elapsed", estimate(&span.seconds, &in_days(SECONDS_PER_DAY))),
    }
}

/// As written, and what it comes to.
fn estimate(estimate: &Estimate, show: &impl Fn(f64) -> String) -> String {
    let at = |u| show(estimate.distribution.quantile(u));
    if estimate.is_fixed() {
        return show(estimate.planned);
    }
    let (planned, mean) = (show(estimate.planned), show(estimate.distribution.mean()));
    let (p10, p50, p90) = (at(0.1), at(0.5), at(0.9));
    format!("{}: P10 {p10}, P50 {p50}, P90 {p90}, mean {mean}, as written {planned}", estimate.written)
}

fn costs(plan: &Plan, milestone: &Milestone) -> Vec<(&'static str, String)> {
    let show = |value: f64| money(value, &plan.currency);
    let mut rows = Vec::new();
    if let Some(cost) = &milestone.cost {
        rows.push(("cost", format!("{} ({})", estimate(cost, &show), milestone.category.word())));
        for payment in &milestone.pay {
            let (seconds, end) = match payment.at {
                Moment::AfterStart(seconds) => (seconds, "start"),
                Moment::AfterFinish(seconds) => (seconds, "finish"),
            };
            let delay = if seconds == 0 {
                String::new()
            } else {
                format!(" + {} elapsed", in_days(SECONDS_PER_DAY)(seconds as f64))
            };
            rows.push(("pay", format!("{} at its {end}{delay}", percent(payment.share.value()))));
        }
    }
    if let Some(rate) = &milestone.rate {
        let unit = match rate.unit {
            RateUnit::Hour => "hour worked",
            RateUnit::Day => "day worked",
            RateUnit::Week => "week elapsed",
            RateUnit::Month => "month elapsed",
            RateUnit::Year => "year elapsed",
        };
        rows.push((
            "rate",
            format!("{} per {unit} ({})", estimate(&rate.amount, &show), milestone.category.word()),
        ));
    }
    rows
}

fn links(plan: &Plan, id: MilestoneId, touching: &[&Link]) -> Vec<(&'static str, String)> {
    let mut rows: Vec<(&'static str, String)> =
        touching.iter().filter(|link| link.to == id).map(|link| ("after", after(plan, link))).collect();
    if rows.is_empty() {
        rows.push(("after", "nothing: it starts with the plan".to_owned()));
    }
    let successors = touching.iter().filter(|link| link.from == id);
    rows.extend(
        successors.map(|link| ("before", format!("{} ({})", plan[link.to].key, link.kind.letters()))),
    );
    rows
}

fn after(plan: &Plan, link: &Link) -> String {
    let from = &plan[link.from].key;
    let ends = match link.kind {
        LinkKind::FinishStart | LinkKind::StartStart => "starts when",
        LinkKind::FinishFinish | LinkKind::StartFinish => "finishes when",
    };
    let event = if link.kind.leaves_start() { "starts" } else { "finishes" };
    let lag = match &link.lag {
        Lag::None => String::new(),
        Lag::Span(lag) => format!(", plus {}", span(plan, lag, plan[link.to].calendar)),
        Lag::Share(share) => format!(", plus {} of its duration", estimate(share, &percent)),
    };
    format!("{from} ({}): {ends} `{from}` {event}{lag}, at the earliest", link.kind.letters())
}

fn dates(milestone: &Milestone) -> Vec<(&'static str, String)> {
    let bounds = &milestone.bounds;
    let upper = |when: When| date(last_moment(when.ends()));
    let lower = |when: When| date(when.begins());
    let mut rows = Vec::new();
    rows.extend(bounds.not_before.map(|when| ("not_before", lower(when))));
    rows.extend(
        bounds
            .not_after
            .map(|when| ("not_after", format!("{}: caps late dates, moves nothing", upper(when)))),
    );
    rows.extend(bounds.must_start.map(|when| ("must_start", lower(when))));
    rows.extend(bounds.must_finish.map(|when| ("must_finish", upper(when))));
    rows.extend(
        milestone.deadline.map(|when| ("deadline", format!("{}: a target, moves nothing", upper(when)))),
    );
    if milestone.as_late_as_possible {
        rows.push(("alap", "as late as the plan as written allows".to_owned()));
    }
    rows
}
