//! How a plan's effort, resources, pieces and prices become spans and money.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use chrono::NaiveDate;
use plan::model::{
    Calendar, CalendarId, Category, Dated, Estimate, Milestone, MilestoneId, Moment, Overhead, Payment, Plan,
    Rate, RateUnit, Resource, ResourceId, ResourceKind, Scope,
};
use plan::network::{Costs, Network, Values};
use plan::stats::{Distribution, Shape};
use plan::units::{Instant, Share};
use support::{add, chain, elapsed};

const HOUR: i64 = 3600;
const DAY: i64 = 8 * HOUR;

fn date(month: u32, day: u32) -> Instant {
    Instant::midnight(NaiveDate::from_ymd_opt(2027, month, day).unwrap())
}

/// A plan from Monday 1 March 2027, Monday to Friday 09–17, with `always` as its second calendar.
fn plan() -> Plan {
    support::plan(Some(date(3, 1)), vec![Calendar::standard(), Calendar::always()])
}

fn resource(plan: &mut Plan, key: &str, kind: ResourceKind) -> ResourceId {
    plan.resources.push(Resource {
        key: key.into(),
        name: key.into(),
        kind,
        capacity: None,
        availability: Dated::constant(1.0),
        rate: None,
        price: None,
        calendar: CalendarId::new(0),
        away: Vec::new(),
        throughput: Vec::new(),
        allowance: None,
        is_idle: false,
    });
    ResourceId::new(plan.resources.len() - 1)
}

fn fixed(value: f64) -> Estimate {
    Estimate::fixed(value)
}

fn uncertain(low: f64, high: f64) -> Estimate {
    Estimate::new(Distribution::new(Shape::Uniform { low, high }).unwrap(), "")
}

fn per(amount: Estimate, unit: RateUnit) -> Rate {
    let seconds = match unit {
        RateUnit::Hour => 3600.0,
        RateUnit::Day => 8.0 * 3600.0,
        RateUnit::Week => 7.0 * 86_400.0,
        RateUnit::Month => 365.25 / 12.0 * 86_400.0,
        RateUnit::Year => 365.25 * 86_400.0,
    };
    Rate { amount, unit, seconds }
}

fn event(plan: &mut Plan, key: &str) -> MilestoneId {
    let id = add(plan, key, 0);
    plan.milestones[id.index()].duration = None;
    id
}

/// The planned span of the plan's first milestone.
fn span(plan: &Plan) -> i64 {
    let network = Network::of(plan).unwrap();
    network.schedule().early.placed[network.visit_of[MilestoneId::new(0)]].span
}

fn costs(plan: &Plan) -> (Network, Costs) {
    let network = Network::of(plan).unwrap();
    let schedule = network.schedule();
    let costs = Costs::of(&network, Values(&schedule.values), &schedule.early);
    (network, costs)
}

fn names(network: &Network) -> Vec<&str> {
    network.variables.iter().map(|variable| variable.name.as_str()).collect()
}

/// The first resource.
fn first() -> ResourceId {
    ResourceId::new(0)
}

/// What a case changes about a milestone and its resource; changes add up.
type Change = fn(&mut Milestone, &mut Resource);

#[test]
fn effort_becomes_duration() {
    let cases: [(&str, Change, i64); 10] = [
        ("nothing: an event", |_, _| {}, 0),
        ("one of them", |it, _| it.work.push((first(), fixed(80.0 * 3600.0))), 10 * DAY),
        ("capacity shares the work", |_, crew| crew.capacity = Some(Dated::constant(4.0)), 10 * DAY / 4),
        ("uses beats capacity", |it, _| it.uses.push((first(), fixed(2.0))), 5 * DAY),
        ("availability slows", |_, crew| crew.availability = Dated::constant(0.5), 10 * DAY),
        ("uncertain units as planned", |it, _| it.uses[0].1 = uncertain(2.0, 6.0), 5 * DAY),
        ("the longest counts", |it, _| it.duration = Some(support::work(30 * DAY)), 30 * DAY),
        ("be it what it may", |it, _| it.duration = Some(support::work(DAY)), 5 * DAY),
        ("around the clock, by the ratio of weeks", |it, _| it.duration = Some(elapsed(HOUR)), 7 * 86_400),
        ("a removed one takes none", |it, _| it.removed = true, 0),
    ];
    let mut plan = plan();
    event(&mut plan, "a");
    resource(&mut plan, "crew", ResourceKind::People);
    for (name, change, expected) in cases {
        change(&mut plan.milestones[0], &mut plan.resources[0]);
        assert_eq!(span(&plan), expected, "{name}");
    }
}

#[test]
fn capacity_is_that_of_the_planned_start() {
    let mut plan = plan();
    event(&mut plan, "a");
    add(&mut plan, "before", 10 * DAY);
    let crew = resource(&mut plan, "crew", ResourceKind::People);
    plan.resources[0].capacity =
        Some(Dated { first: 1.0, changes: vec![(date(3, 10), 4.0), (date(3, 20), 2.0)] });
    plan.milestones[0].work = vec![(crew, fixed(40.0 * 3600.0))];
    assert_eq!(span(&plan), 5 * DAY);
    chain(&mut plan, "before a");
    assert_eq!(span(&plan), 5 * DAY / 4, "the start is Friday 12 March, in the evening");
    plan.milestones[1].duration = Some(support::work(20 * DAY));
    assert_eq!(span(&plan), 5 * DAY / 2);
}

#[test]
fn pieces_take_the_time_of_those_who_turn_them_out() {
    let mut plan = plan();
    event(&mut plan, "label");
    let [labels, annotator, model] = [
        ("labels", ResourceKind::Data),
        ("annotator", ResourceKind::People),
        ("model", ResourceKind::Compute),
    ]
    .map(|(key, kind)| resource(&mut plan, key, kind));
    plan.milestones[0].consumes = vec![(labels, fixed(9_000.0))];
    assert_eq!(span(&plan), 0, "nobody has to turn them out");
    plan.resources[0].throughput = vec![(annotator, per(fixed(450.0), RateUnit::Day))];
    plan.resources[1].capacity = Some(Dated::constant(4.0));
    assert_eq!(span(&plan), 5 * DAY);
    plan.resources[0].allowance = Some(fixed(0.2));
    assert_eq!(span(&plan), 6 * DAY);
    plan.resources[0].allowance = Some(uncertain(0.1, 0.3));
    plan.resources[0].throughput[0].1 = per(uncertain(400.0, 500.0), RateUnit::Day);
    assert_eq!(span(&plan), 6 * DAY);
    let network = Network::of(&plan).unwrap();
    assert_eq!(names(&network), ["allowance:labels", "throughput:labels:annotator"]);
    plan.resources[0].throughput.push((model, per(fixed(1_800.0), RateUnit::Day)));
    assert_eq!(span(&plan), 3 * DAY, "1,800 a day from the people, 1,800 from the model");
    plan.resources[2].calendar = CalendarId::new(1);
    plan.resources[0].throughput = vec![(model, per(fixed(100.0), RateUnit::Hour))];
    assert_eq!(
        span(&plan),
        (10_800.0_f64 / 100.0 * 3600.0 * 40.0 / 168.0).round() as i64,
        "it runs at night"
    );
}

#[test]
fn work_rests_while_those_it_needs_are_away() {
    let mut plan = plan();
    add(&mut plan, "a", 5 * DAY);
    add(&mut plan, "other", 5 * DAY);
    let crew = resource(&mut plan, "crew", ResourceKind::People);
    plan.resources[0].away = vec![(date(3, 3), date(3, 8))];
    plan.milestones[0].uses = vec![(crew, fixed(1.0))];
    let network = Network::of(&plan).unwrap();
    let schedule = network.schedule();
    let finish = |id: usize| {
        let visit = network.visit_of[MilestoneId::new(id)];
        network.finish_instant(visit, schedule.early.placed[visit].finish).to_string()
    };
    assert_eq!(finish(0), "2027-03-10T17:00");
    assert_eq!(finish(1), "2027-03-05T17:00");
}

#[test]
fn money_is_paid_for_what_runs_is_done_and_is_used_up() {
    let mut plan = plan();
    let id = add(&mut plan, "a", 10 * DAY);
    let crew = resource(&mut plan, "crew", ResourceKind::People);
    let gpu = resource(&mut plan, "gpu", ResourceKind::Compute);
    let labels = resource(&mut plan, "labels", ResourceKind::Data);
    plan.resources[0].rate = Some(Dated::constant(per(fixed(800.0), RateUnit::Day)));
    plan.resources[1].rate = Some(Dated::constant(per(fixed(3.0), RateUnit::Hour)));
    plan.resources[1].calendar = CalendarId::new(1);
    plan.resources[2].price = Some(Dated::constant(fixed(0.5)));
    plan.resources[2].allowance = Some(fixed(0.25));
    let milestone = &mut plan.milestones[id.index()];
    milestone.cost = Some(fixed(1_000.0));
    milestone.rate = Some(per(fixed(10.0), RateUnit::Day));
    milestone.work = vec![(crew, fixed(2.0 * 8.0 * 3600.0))];
    milestone.uses = vec![(crew, fixed(1.0)), (gpu, fixed(2.0))];
    milestone.consumes = vec![(labels, fixed(100.0))];
    let (network, costs) = costs(&plan);
    let categories: Vec<_> = network.visits[0].costs.iter().map(|term| term.category).collect();
    assert_eq!(
        categories,
        [Category::People, Category::Compute, Category::Data, Category::Other, Category::Other]
    );
    // The GPUs run from Monday 09:00 to Friday of the next week, 17:00.
    let gpu_hours = 11.0 * 24.0 + 8.0;
    assert_eq!(costs.visits[0], [1_600.0, 2.0 * 3.0 * gpu_hours, 62.5, 1_000.0, 100.0]);
}

#[test]
fn rates_that_change_by_date_are_paid_from_that_date() {
    let mut plan = plan();
    let id = add(&mut plan, "a", 10 * DAY);
    let crew = resource(&mut plan, "crew", ResourceKind::People);
    let changes = vec![(date(3, 8), per(fixed(1_100.0), RateUnit::Day))];
    plan.resources[0].rate = Some(Dated { first: per(fixed(100.0), RateUnit::Hour), changes });
    plan.milestones[id.index()].uses = vec![(crew, fixed(1.0))];
    assert_eq!(costs(&plan).1.total(), 5.0 * 800.0 + 5.0 * 1_100.0);
    plan.milestones[id.index()].work = vec![(crew, fixed(8.0 * 3600.0))];
    let average = (800.0 + 1_100.0) / 2.0;
    assert!((costs(&plan).1.total() - average).abs() < 1e-9, "a day's work, spread over both weeks");
    plan.resources[0].rate = Some(Dated::constant(per(fixed(4_000.0), RateUnit::Week)));
    assert_eq!(costs(&plan).1.total(), 800.0, "an amount of work is converted by its calendar");
}

#[test]
fn overheads_run_and_surcharges_follow() {
    let mut plan = plan();
    let a = add(&mut plan, "a", 10 * DAY);
    let gone = add(&mut plan, "gone", 30 * DAY);
    plan.milestones[gone.index()].removed = true;
    plan.milestones[gone.index()].cost = Some(fixed(1e6));
    plan.milestones[a.index()].cost = Some(fixed(100.0));
    plan.milestones[a.index()].pay = vec![Payment { at: Moment::AfterStart(0), share: Share::ALL }];
    let hammock = |key: &str, over| Overhead::Hammock {
        key: key.into(),
        rate: per(uncertain(5.0, 15.0), RateUnit::Day),
        over,
        category: Category::Other,
    };
    let share = Overhead::Surcharge {
        key: "agency".into(),
        share: fixed(0.5),
        of: Scope::Milestones(vec![a, gone]),
        category: Category::Other,
    };
    plan.overheads = vec![hammock("office", None), hammock("lab", Some(vec![gone])), share];
    let (network, costs) = costs(&plan);
    assert_eq!(names(&network), ["rate:overhead:office"], "nothing runs over what is gone");
    assert_eq!((costs.hammocks, costs.surcharges), (vec![100.0], vec![50.0]));
}

#[test]
fn every_uncertain_quantity_has_a_name_of_its_own() {
    let mut plan = plan();
    let [a, b] = ["a", "b"].map(|key| add(&mut plan, key, 0));
    let gpu = resource(&mut plan, "gpu", ResourceKind::Compute);
    let rate = |low| per(uncertain(low, low + 1.0), RateUnit::Hour);
    plan.resources[0].rate = Some(Dated { first: rate(1.0), changes: vec![(date(4, 1), rate(2.0))] });
    for id in [a, b] {
        let milestone = &mut plan.milestones[id.index()];
        milestone.duration.as_mut().unwrap().seconds = uncertain(0.0, 10.0);
        milestone.uses = vec![(gpu, uncertain(1.0, 2.0))];
        milestone.cost = Some(uncertain(0.0, 10.0));
    }
    for lag in [1.0, 2.0] {
        let lag = plan::model::Span { seconds: uncertain(0.0, lag), unit: plan::model::SpanUnit::Work };
        support::link(&mut plan, a, plan::model::LinkKind::FinishStart, b, plan::model::Lag::Span(lag));
    }
    let network = Network::of(&plan).unwrap();
    assert_eq!(
        names(&network),
        [
            "lag:a:b:FS",
            "lag:a:b:FS:2",
            "duration:a",
            "duration:b",
            "cost:a",
            "uses:a:gpu",
            "rate:resource:gpu",
            "rate:resource:gpu:2027-04-01T00:00",
            "cost:b",
            "uses:b:gpu"
        ]
    );
    assert!(network.links.iter().all(|link| !network.visits[link.to.index()].costs.is_empty()));
}
