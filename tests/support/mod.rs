//! Plans, read or made in a few words.

#![allow(dead_code, reason = "every test file uses a part of it")]

use plan::format::{self, Request};
use plan::model::{
    Bounds, Calendar, CalendarId, Category, Estimate, Lag, Link, LinkKind, Milestone, MilestoneId, Plan,
    Span, SpanUnit,
};
use plan::text::{Colour, Source, Sources};
use plan::units::{Instant, Share};

/// The plan of a text that is right.
pub(crate) fn read(text: &str) -> Plan {
    read_in(text, None)
}

/// The same in one of its scenarios.
pub(crate) fn read_in(text: &str, scenario: Option<&str>) -> Plan {
    let mut sources = Sources::new();
    let document = sources.add(Source::new("plan.toml", text).expect("the text is short"));
    let request = Request { scenario, ..Request::plain(document) };
    let read = format::read(&sources, &request).into_plan();
    read.unwrap_or_else(|report| panic!("{}\n{text}", report.draw(&sources, Colour::Plain))).0
}

/// An empty plan in these calendars, the first of them its own.
pub(crate) fn plan(start: Option<Instant>, calendars: Vec<Calendar>) -> Plan {
    Plan {
        name: "test".into(),
        start,
        finish: None,
        currency: "EUR".into(),
        calendars,
        calendar: CalendarId::new(0),
        deadline: None,
        budget: None,
        confidence: Share::new(0.8).expect("80 % is a share"),
        stages: Vec::new(),
        resources: Vec::new(),
        milestones: Vec::new(),
        links: Vec::new(),
        overheads: Vec::new(),
        escalation: None,
        escalations: Vec::new(),
        currencies: Vec::new(),
        funding: Vec::new(),
        risks: Vec::new(),
        correlations: Vec::new(),
        correlation: 0.0,
        expectations: Vec::new(),
        scoping: Default::default(),
        scenario: None,
    }
}

/// A plan around the clock, in which a second is a second.
pub(crate) fn seconds() -> Plan {
    plan(None, vec![Calendar::always()])
}

/// Adds a milestone of so many working seconds.
pub(crate) fn add(plan: &mut Plan, key: &str, seconds: i64) -> MilestoneId {
    plan.milestones.push(Milestone {
        key: key.into(),
        name: key.into(),
        stage: None,
        tags: Vec::new(),
        calendar: plan.calendar,
        duration: Some(work(seconds)),
        work: Vec::new(),
        uses: Vec::new(),
        consumes: Vec::new(),
        cost: None,
        rate: None,
        pay: Vec::new(),
        category: Category::Other,
        bounds: Bounds::default(),
        deadline: None,
        rework: None,
        solution: None,
        improve: None,
        tool: None,
        ways: Vec::new(),
        way: 0,
        crash: Vec::new(),
        crashed: 0.0,
        outcomes: Vec::new(),
        only_if: Vec::new(),
        success: 1.0,
        as_late_as_possible: false,
        starts_with_plan: false,
        removed: false,
        note: None,
        basis: None,
    });
    MilestoneId::new(plan.milestones.len() - 1)
}

/// So many seconds of working time.
pub(crate) fn work(seconds: i64) -> Span {
    Span { seconds: Estimate::fixed(seconds as f64), unit: SpanUnit::Work }
}

/// So many seconds by the wall clock.
pub(crate) fn elapsed(seconds: i64) -> Span {
    Span { seconds: Estimate::fixed(seconds as f64), unit: SpanUnit::Elapsed }
}

/// Links two milestones.
pub(crate) fn link(plan: &mut Plan, from: MilestoneId, kind: LinkKind, to: MilestoneId, lag: Lag) {
    plan.links.push(Link { from, to, kind, lag });
}

/// Links each milestone to the next, finish to start, by their keys: `"a b c"` is a chain.
pub(crate) fn chain(plan: &mut Plan, keys: &str) {
    let ids: Vec<_> = keys.split(' ').map(|key| plan.milestone(key).expect("a known key")).collect();
    for pair in ids.windows(2) {
        link(plan, pair[0], LinkKind::FinishStart, pair[1], Lag::None);
    }
}
