//! The critical path method against published tables, and against twins that are too slow to be
//! wrong.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use chrono::{NaiveDate, Weekday};
use plan::model::{Calendar, CalendarId, Estimate, Lag, LinkKind, MilestoneId, Plan};
use plan::network::{Axis, CAP, Driver, Network, NetworkError, Schedule};
use plan::units::{Instant, When};
use support::{add, chain, elapsed, link, seconds, work};

use LinkKind::{FinishFinish, FinishStart, StartFinish, StartStart};

const KINDS: [LinkKind; 4] = [FinishStart, StartStart, FinishFinish, StartFinish];
const HOUR: i64 = 3600;

fn network(plan: &Plan) -> Network {
    Network::of(plan).unwrap()
}

/// Early start, early finish, late start, late finish, total float, free float.
fn row(network: &Network, schedule: &Schedule, id: MilestoneId) -> [i64; 6] {
    let visit = network.visit_of[id];
    let placed = schedule.early.placed[visit];
    [
        placed.start,
        placed.finish,
        schedule.late_start(visit),
        schedule.late_finish[visit],
        schedule.total_float(visit),
        schedule.free_float[visit],
    ]
}

fn keys(plan: &Plan, network: &Network, schedule: &Schedule) -> Vec<String> {
    let paths = network.critical_paths(schedule);
    let key = |&visit: &_| plan[network[visit].milestone].key.clone();
    paths.map(|path| path.iter().map(key).collect::<Vec<_>>().join(" ")).collect()
}

/// A plan of finish-to-start links: `(key, duration, predecessors)`.
fn textbook(rows: &[(&str, i64, &str)]) -> Plan {
    let mut plan = seconds();
    for (key, duration, _) in rows {
        add(&mut plan, key, *duration);
    }
    for (key, _, after) in rows {
        for predecessor in after.split_whitespace() {
            chain(&mut plan, &format!("{predecessor} {key}"));
        }
    }
    plan
}

/// Taylor, Introduction to Management Science, solutions to chapter 8.
#[test]
fn the_seven_arcs_of_taylor_come_out() {
    let plan = textbook(&[
        ("1-2", 7, ""),
        ("1-3", 10, ""),
        ("2-4", 6, "1-2"),
        ("3-4", 5, "1-3"),
        ("3-5", 4, "1-3"),
        ("4-5", 3, "2-4 3-4"),
        ("5-6", 2, "3-5 4-5"),
    ]);
    let network = network(&plan);
    let schedule = network.schedule();
    for (key, expected) in [
        ("1-2", [0, 7, 2, 9, 2]),
        ("1-3", [0, 10, 0, 10, 0]),
        ("2-4", [7, 13, 9, 15, 2]),
        ("3-4", [10, 15, 10, 15, 0]),
        ("3-5", [10, 14, 14, 18, 4]),
        ("4-5", [15, 18, 15, 18, 0]),
        ("5-6", [18, 20, 18, 20, 0]),
    ] {
        assert_eq!(row(&network, &schedule, plan.milestone(key).unwrap())[..5], expected, "{key}");
    }
    assert_eq!(schedule.early.finish, 20);
    assert_eq!(keys(&plan, &network, &schedule), ["1-3 3-4 4-5 5-6"]);
    let near = network.near_critical(&schedule, 2);
    assert_eq!(near, ["1-2", "2-4"].map(|key| network.visit_of[plan.milestone(key).unwrap()]));
}

/// The R package critpath 0.2.2, vignette "CPMandPERT".
#[test]
fn the_vignette_of_critpath_comes_out() {
    let plan = textbook(&[
        ("A", 3, ""),
        ("B", 2, ""),
        ("C", 5, ""),
        ("D", 1, "A"),
        ("E", 1, "B"),
        ("F", 3, "C D E"),
    ]);
    let network = network(&plan);
    let schedule = network.schedule();
    for (key, expected) in [
        ("A", [0, 3, 1, 4, 1, 0]),
        ("B", [0, 2, 2, 4, 2, 0]),
        ("C", [0, 5, 0, 5, 0, 0]),
        ("D", [3, 4, 4, 5, 1, 1]),
        ("E", [2, 3, 4, 5, 2, 2]),
        ("F", [5, 8, 5, 8, 0, 0]),
    ] {
        assert_eq!(row(&network, &schedule, plan.milestone(key).unwrap()), expected, "{key}");
    }
    assert_eq!(keys(&plan, &network, &schedule), ["C F"]);
    let drag = network.drag(&schedule);
    let drag = |key: &str| drag[network.visit_of[plan.milestone(key).unwrap()]];
    assert_eq!([drag("C"), drag("F"), drag("A")], [Some(1), Some(3), None]);
    let merges: Vec<_> = network.merge_points().collect();
    assert_eq!(merges, [network.visit_of[plan.milestone("F").unwrap()]]);
}

#[test]
fn every_critical_path_is_found() {
    let mut rows = vec![("a", 1, "")];
    rows.extend([
        ("b1", 2, "a"),
        ("b2", 2, "a"),
        ("c", 0, "b1 b2"),
        ("d1", 3, "c"),
        ("d2", 3, "c"),
        ("e", 1, "a"),
    ]);
    let plan = textbook(&rows);
    let network = network(&plan);
    let schedule = network.schedule();
    assert_eq!(keys(&plan, &network, &schedule), ["a b1 c d1", "a b2 c d1", "a b1 c d2", "a b2 c d2"]);
}

#[test]
fn paths_are_found_as_they_are_asked_for() {
    let mut plan = seconds();
    let mut before = add(&mut plan, "start", 1);
    for step in 0..100 {
        let fork = [0, 1].map(|side| add(&mut plan, &format!("side{step}-{side}"), 1));
        let join = add(&mut plan, &format!("join{step}"), 0);
        for side in fork {
            link(&mut plan, before, FinishStart, side, Lag::None);
            link(&mut plan, side, FinishStart, join, Lag::None);
        }
        before = join;
    }
    let network = network(&plan);
    let schedule = network.schedule();
    assert_eq!(
        network.critical_paths(&schedule).take(9).map(|path| path.len()).collect::<Vec<_>>(),
        [201; 9]
    );
}

#[test]
fn each_start_knows_what_drives_it() {
    let mut plan = seconds();
    plan.start = Some(Instant::from_seconds(0));
    let [a, b, c, d, e, f] = ["a", "b", "c", "d", "e", "f"].map(|key| add(&mut plan, key, 10));
    link(&mut plan, a, FinishStart, b, Lag::None);
    link(&mut plan, a, StartStart, b, Lag::Span(work(10)));
    link(&mut plan, b, FinishFinish, d, Lag::None);
    let at = |seconds| Some(When::At(Instant::from_seconds(seconds)));
    plan.milestones[c.index()].bounds.not_before = at(40);
    plan.milestones[d.index()].bounds.must_finish = at(70);
    plan.milestones[e.index()].bounds.must_start = at(50);
    plan.milestones[f.index()].as_late_as_possible = true;
    let network = network(&plan);
    let schedule = network.schedule();
    let driver = |id| schedule.drivers[network.visit_of[id]];
    assert_eq!(driver(a), Driver::PlanStart);
    assert!(matches!(driver(b), Driver::Link(link) if network.links[link].link == Some(0)));
    assert_eq!(
        [c, d, e, f].map(driver),
        [Driver::NotBefore, Driver::MustFinish, Driver::MustStart, Driver::AsLateAsPossible]
    );
    assert_eq!(row(&network, &schedule, f)[..2], [60, 70]);
}

#[test]
fn a_cap_that_cannot_be_met_shows_as_negative_float() {
    let mut plan = textbook(&[("a", 10, ""), ("b", 10, "a"), ("c", 5, "")]);
    plan.start = Some(Instant::from_seconds(0));
    plan.milestones[1].bounds.not_after = Some(When::At(Instant::from_seconds(15)));
    let network = network(&plan);
    let schedule = network.schedule();
    let float = |key: &str| schedule.total_float(network.visit_of[plan.milestone(key).unwrap()]);
    assert_eq!([float("a"), float("b"), float("c")], [-5, -5, 15]);
    assert_eq!(schedule.early.finish, 20);
    assert_eq!(keys(&plan, &network, &schedule), ["a b"], "the driving path doesn't care about caps");
}

#[test]
fn a_milestone_with_only_start_successors_may_be_the_last() {
    let mut plan = seconds();
    let [a, b] = [("a", 100), ("b", 10)].map(|(key, seconds)| add(&mut plan, key, seconds));
    link(&mut plan, a, StartStart, b, Lag::Span(work(5)));
    let network = network(&plan);
    let schedule = network.schedule();
    assert_eq!(schedule.early.finish, 100);
    assert_eq!(row(&network, &schedule, b), [5, 15, 90, 100, 85, 85]);
    assert_eq!(schedule.total_float(network.visit_of[a]), 0);
}

#[test]
fn the_plan_may_finish_before_what_comes_after() {
    let mut plan =
        textbook(&[("build", 10, ""), ("launch", 1, "build"), ("care", 50, "launch"), ("web", 4, "")]);
    plan.finish = plan.milestone("launch");
    let network = network(&plan);
    let schedule = network.schedule();
    assert_eq!(schedule.early.finish, 11);
    let float = |key: &str| schedule.total_float(network.visit_of[plan.milestone(key).unwrap()]);
    assert_eq!(["build", "launch", "care", "web"].map(float), [0, 0, 0, 7]);
    assert_eq!(keys(&plan, &network, &schedule), ["build launch"]);
    assert_eq!(network.drag(&schedule)[network.visit_of[plan.milestone("build").unwrap()]], Some(10));
}

#[test]
fn every_independent_cycle_is_shown_as_its_path() {
    let mut plan = textbook(&[
        ("a", 1, "c"),
        ("b", 1, "a"),
        ("c", 1, "b"),
        ("d", 1, "c"),
        ("self", 1, "self d"),
        ("x", 1, "y a"),
        ("y", 1, "x"),
    ]);
    chain(&mut plan, "a c a");
    let Err(NetworkError::Cycles(cycles)) = Network::of(&plan) else { panic!("there are cycles") };
    let shown: Vec<String> = cycles
        .iter()
        .map(|cycle| cycle.milestones.iter().map(|&id| plan[id].key.clone()).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(shown, ["a c", "self", "x y"]);
    for cycle in &cycles {
        for (at, &position) in cycle.links.iter().enumerate() {
            let next = cycle.milestones[(at + 1) % cycle.milestones.len()];
            assert_eq!((plan.links[position].from, plan.links[position].to), (cycle.milestones[at], next));
        }
    }
}

#[test]
fn visits_keep_the_order_of_the_file_where_links_allow() {
    let plan = textbook(&[("a", 1, "d"), ("b", 1, ""), ("c", 1, ""), ("d", 1, "")]);
    let order: Vec<_> = network(&plan).visits.iter().map(|visit| plan[visit.milestone].key.clone()).collect();
    assert_eq!(order, ["b", "c", "d", "a"]);
}

#[test]
fn a_repeated_link_counts_once_and_the_longest_lag_wins() {
    let mut plan = textbook(&[("a", 10, ""), ("b", 10, "a a")]);
    let [a, b] = [0, 1].map(MilestoneId::new);
    link(&mut plan, a, FinishStart, b, Lag::Span(work(7)));
    link(&mut plan, a, FinishStart, b, Lag::Span(work(3)));
    link(&mut plan, a, FinishStart, b, Lag::Span(elapsed(3)));
    link(&mut plan, a, StartStart, b, Lag::None);
    let network = network(&plan);
    assert_eq!(network.links.iter().map(|link| link.link).collect::<Vec<_>>(), [2, 4, 5].map(Some));
    assert_eq!(network.schedule().early.finish, 27);
}

#[test]
fn a_removed_milestone_lets_time_through() {
    let mut plan = textbook(&[("a", 10, ""), ("gone", 50, ""), ("c", 5, "gone"), ("d", 30, "")]);
    let [a, gone] = [0, 1].map(MilestoneId::new);
    link(&mut plan, a, FinishStart, gone, Lag::Span(work(100)));
    plan.milestones[1].removed = true;
    plan.milestones[1].bounds.not_before = Some(When::At(Instant::from_seconds(i64::MAX / 2)));
    let network = network(&plan);
    let schedule = network.schedule();
    assert_eq!(row(&network, &schedule, gone)[..2], [10, 10]);
    assert_eq!(schedule.early.finish, 30);
}

#[test]
fn a_plan_beyond_the_limit_is_refused_and_one_within_it_is_not() {
    let mut plan = textbook(&[("a", CAP - 1, ""), ("b", 0, "a")]);
    assert_eq!(network(&plan).schedule().early.finish, CAP - 1);
    plan.milestones[1].duration = Some(work(1));
    assert_eq!(Network::of(&plan).err(), Some(NetworkError::BeyondLimit(MilestoneId::new(1))));
}

#[test]
fn plans_of_no_and_of_one_milestone_have_networks() {
    let mut plan = seconds();
    assert_eq!(network(&plan).schedule().early.finish, 0);
    add(&mut plan, "a", 5);
    let network = network(&plan);
    assert_eq!(network.schedule().early.finish, 5);
    assert_eq!(network.axis, Axis::Work(0));
}

/// A hundred thousand milestones in a row: deep recursion would overflow the stack, and anything
/// slower than linear would be felt.
#[test]
fn a_long_chain_is_no_trouble() {
    let mut plan = seconds();
    let mut before = None;
    for step in 0..100_000 {
        let id = add(&mut plan, &format!("m{step}"), 3600);
        if let Some(before) = before {
            link(&mut plan, before, FinishStart, id, Lag::None);
        }
        before = Some(id);
    }
    let began = std::time::Instant::now();
    let network = network(&plan);
    let schedule = network.schedule();
    let path = network.critical_paths(&schedule).next().unwrap();
    let drag = network.drag(&schedule);
    assert_eq!(schedule.early.finish, 360_000_000);
    assert_eq!(path.len(), 100_000);
    assert_eq!(drag[path[500]], Some(3600));
    // Anything that grows with the square takes far longer, on however busy a machine.
    assert!(began.elapsed().as_secs() < 60);

    let (first, last) = (MilestoneId::new(0), MilestoneId::new(99_999));
    link(&mut plan, last, FinishStart, first, Lag::None);
    let Err(NetworkError::Cycles(cycles)) = Network::of(&plan) else { panic!("the chain is a ring") };
    assert_eq!(cycles[0].milestones.len(), 100_000);
}

#[test]
fn a_finish_travels_as_the_evening_and_a_start_as_the_morning() {
    let monday = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
    let mut plan =
        support::plan(Some(Instant::midnight(monday)), vec![Calendar::standard(), Calendar::always()]);
    let week = add(&mut plan, "week", 40 * HOUR);
    let [cure, watch, next] = ["cure", "watch", "next"].map(|key| add(&mut plan, key, 24 * HOUR));
    for id in [cure, watch] {
        plan.milestones[id.index()].calendar = CalendarId::new(1);
    }
    link(&mut plan, week, FinishStart, cure, Lag::None);
    link(&mut plan, week, FinishStart, next, Lag::Span(elapsed(60 * HOUR)));
    link(&mut plan, next, StartStart, watch, Lag::None);
    let network = network(&plan);
    let schedule = network.schedule();
    let dates = |id: MilestoneId| {
        let visit = network.visit_of[id];
        let placed = schedule.early.placed[visit];
        let start = network.start_instant(visit, placed.start).to_string();
        (start, network.finish_instant(visit, placed.finish).to_string())
    };
    let pair = |start: &str, finish: &str| (start.to_owned(), finish.to_owned());
    assert_eq!(dates(week), pair("2027-03-01T09:00", "2027-03-05T17:00"));
    assert_eq!(dates(cure), pair("2027-03-05T17:00", "2027-03-06T17:00"));
    assert_eq!(dates(next), pair("2027-03-08T09:00", "2027-03-10T17:00"));
    assert_eq!(dates(watch), pair("2027-03-08T09:00", "2027-03-09T09:00"));
    assert_eq!(network.axis, Axis::Wall);
    assert_eq!(network.axis_instant(schedule.early.finish).to_string(), "2027-03-10T17:00");
    assert_eq!(network.plan_seconds(schedule.early.finish), 64 * HOUR);
}

#[test]
fn dates_bound_with_the_day_they_name() {
    let day = |day| When::Day(NaiveDate::from_ymd_opt(2027, 3, day).unwrap());
    let monday = day(1).begins();
    for (name, date, start, finish, late_finish) in [
        ("not_before", day(3), "2027-03-03T09:00", "2027-03-03T17:00", "2027-03-12T17:00"),
        ("not_before", day(6), "2027-03-08T09:00", "2027-03-08T17:00", "2027-03-12T17:00"),
        ("must_start", day(3), "2027-03-03T09:00", "2027-03-03T17:00", "2027-03-04T16:59"),
        ("must_finish", day(3), "2027-03-02T09:00", "2027-03-02T17:00", "2027-03-03T17:00"),
        ("not_after", day(3), "2027-03-01T09:00", "2027-03-01T17:00", "2027-03-03T17:00"),
        ("not_after", day(6), "2027-03-01T09:00", "2027-03-01T17:00", "2027-03-05T17:00"),
    ] {
        let mut plan = support::plan(Some(monday), vec![Calendar::standard()]);
        add(&mut plan, "long", 10 * 8 * HOUR);
        let id = add(&mut plan, "bound", 8 * HOUR);
        let bounds = &mut plan.milestones[id.index()].bounds;
        let bound = match name {
            "not_before" => &mut bounds.not_before,
            "must_start" => &mut bounds.must_start,
            "must_finish" => &mut bounds.must_finish,
            _ => &mut bounds.not_after,
        };
        *bound = Some(date);
        let network = network(&plan);
        let schedule = network.schedule();
        let visit = network.visit_of[id];
        let placed = schedule.early.placed[visit];
        let shown = [
            network.start_instant(visit, placed.start),
            network.finish_instant(visit, placed.finish),
            network.finish_instant(visit, schedule.late_finish[visit]),
        ];
        assert_eq!(shown.map(|moment| moment.to_string()), [start, finish, late_finish], "{name} {date}");
    }
}

mod twin {
    //! An obvious second opinion: recursive functions over the plan, on calendars that are a list of
    //! hours worked or not.

    use super::*;
    use plan::model::{Link, SpanUnit};
    use std::cell::RefCell;

    const HOURS_BEFORE: i64 = 24 * 400;
    const HOURS_AFTER: i64 = 24 * 700;

    /// Work done before each hour, counted from long before the plan's start; in seconds.
    pub(crate) struct Hours(Vec<i64>);

    impl Hours {
        pub(crate) fn of(calendar: &Calendar, start: Instant) -> Self {
            let mut done = vec![0];
            for hour in -HOURS_BEFORE..HOURS_AFTER {
                let moment = start.plus(hour * HOUR);
                let second = moment.seconds().rem_euclid(86_400) as u32;
                let hours = calendar.hours_on(moment.date());
                let works = hours.intervals().iter().any(|part| part.from() <= second && second < part.to());
                done.push(done[done.len() - 1] + if works { HOUR } else { 0 });
            }
            Self(done)
        }

        /// Work between the plan's start and a second of the wall clock.
        pub(crate) fn position(&self, wall: i64) -> i64 {
            let hour = wall.div_euclid(HOUR) + HOURS_BEFORE;
            let [before, after] = [0, 1].map(|next| self.0[(hour + next) as usize]);
            let into = if after > before { wall.rem_euclid(HOUR) } else { 0 };
            before + into - self.0[HOURS_BEFORE as usize]
        }

        /// When the next second of work begins.
        pub(crate) fn start(&self, position: i64) -> i64 {
            let work = position + self.0[HOURS_BEFORE as usize];
            let hour = self.0.partition_point(|&done| done <= work) - 1;
            (hour as i64 - HOURS_BEFORE) * HOUR + (work - self.0[hour])
        }

        /// When the work has just stopped.
        pub(crate) fn finish(&self, position: i64) -> i64 {
            if position == 0 {
                return self.start(0);
            }
            let work = position + self.0[HOURS_BEFORE as usize];
            let hour = self.0.partition_point(|&done| done < work);
            (hour as i64 - HOURS_BEFORE) * HOUR - (self.0[hour] - work)
        }
    }

    pub(crate) struct Twin<'a> {
        pub(crate) plan: &'a Plan,
        hours: Vec<Hours>,
        /// A start pushed to no earlier than a position.
        pub(crate) pushed: Option<(MilestoneId, i64)>,
        starts: RefCell<Vec<Option<i64>>>,
    }

    impl<'a> Twin<'a> {
        pub(crate) fn of(plan: &'a Plan) -> Self {
            let hours = plan.calendars.iter().map(|calendar| Hours::of(calendar, plan.anchor())).collect();
            Self { plan, hours, pushed: None, starts: RefCell::new(vec![None; plan.milestones.len()]) }
        }

        pub(crate) fn push(&mut self, id: MilestoneId, start: i64) {
            self.pushed = Some((id, start));
            self.starts.borrow_mut().fill(None);
        }

        pub(crate) fn span(&self, id: MilestoneId) -> i64 {
            self.plan[id].duration.as_ref().unwrap().seconds.planned as i64
        }

        pub(crate) fn hours(&self, id: MilestoneId) -> &Hours {
            &self.hours[self.plan[id].calendar.index()]
        }

        /// Where the tied end of a link's successor may be, if the predecessor's is here.
        pub(crate) fn tie(&self, link: &Link, end: i64) -> i64 {
            let (share, elapsed, worked) = match &link.lag {
                Lag::None => (0, 0, 0),
                Lag::Span(span) if span.unit == SpanUnit::Work => (0, 0, span.seconds.planned as i64),
                Lag::Span(span) => (0, span.seconds.planned as i64, 0),
                Lag::Share(share) => ((share.planned * self.span(link.from) as f64).round() as i64, 0, 0),
            };
            let is_elapsed = matches!(&link.lag, Lag::Span(span) if span.unit == SpanUnit::Elapsed);
            if self.plan[link.from].calendar == self.plan[link.to].calendar && !is_elapsed {
                return end + share + worked;
            }
            let from = self.hours(link.from);
            let is_start = matches!(link.kind, StartStart | StartFinish) && share == 0;
            let wall = if is_start { from.start(end + share) } else { from.finish(end + share) };
            self.hours(link.to).position(wall + elapsed) + worked
        }

        pub(crate) fn start(&self, id: MilestoneId) -> i64 {
            if let Some(known) = self.starts.borrow()[id.index()] {
                return known;
            }
            let wall = |moment: Instant| moment.seconds() - self.plan.anchor().seconds();
            let span = self.span(id);
            let mut start = 0;
            let bounds = &self.plan[id].bounds;
            for date in [bounds.not_before, bounds.must_start].into_iter().flatten() {
                let first = (0..).step_by(60).find(|&at| self.hours(id).start(at) >= wall(date.begins()));
                start = start.max(first.unwrap());
            }
            if let Some(date) = bounds.must_finish {
                start = start.max(self.first_finish(id, wall(date.begins())) - span);
            }
            if let Some((pushed, at)) = self.pushed.filter(|(pushed, _)| *pushed == id) {
                assert_eq!(pushed, id);
                start = start.max(at);
            }
            for link in self.plan.links.iter().filter(|link| link.to == id) {
                let end = match link.kind {
                    FinishStart | FinishFinish => self.start(link.from) + self.span(link.from),
                    StartStart | StartFinish => self.start(link.from),
                };
                let tied = self.tie(link, end);
                start = start.max(if link.kind.bounds_finish() { tied - span } else { tied });
            }
            self.starts.borrow_mut()[id.index()] = Some(start);
            start
        }

        fn first_finish(&self, id: MilestoneId, wall: i64) -> i64 {
            self.hours(id).position(wall).max(0)
        }

        /// The wall second of the last finish of all.
        pub(crate) fn finish(&self) -> i64 {
            let finish = |id| self.hours(id).finish(self.start(id) + self.span(id));
            self.plan.ids().map(finish).max().unwrap()
        }

        /// The last position for which a condition holds that holds for small ones only.
        fn last(holds: impl Fn(i64) -> bool) -> i64 {
            let (mut good, mut bad) = (-(HOURS_BEFORE / 2) * HOUR / 6, HOURS_AFTER * HOUR / 6);
            while bad - good > 1 {
                let middle = (good + bad).div_euclid(2);
                if holds(middle) { good = middle } else { bad = middle }
            }
            good
        }

        /// The latest finish by search, not by inversion.
        pub(crate) fn late_finish(
            &self,
            id: MilestoneId,
            plan_finish: i64,
            known: &mut Vec<Option<i64>>,
        ) -> i64 {
            if let Some(known) = known[id.index()] {
                return known;
            }
            let hours = self.hours(id);
            let (plan, span) = (self.plan, self.span(id));
            let wall = |date: When| date.ends().seconds() - plan.anchor().seconds();
            let begins = |date: When| date.begins().seconds() - plan.anchor().seconds();
            let mut late = Self::last(|at| hours.finish(at) <= plan_finish);
            let bounds = &plan[id].bounds;
            if let Some(date) = bounds.not_after {
                late = late.min(Self::last(|at| hours.finish(at) <= wall(date)));
            }
            if let Some(date) = bounds.must_finish {
                let earliest = self.first_finish(id, begins(date));
                late = late.min(Self::last(|at| hours.finish(at) <= wall(date)).max(earliest));
            }
            if let Some(date) = bounds.must_start {
                let earliest = hours.position(begins(date)).max(0);
                late = late.min(Self::last(|at| hours.start(at) <= wall(date)).max(earliest) + span);
            }
            for link in plan.links.iter().filter(|link| link.from == id) {
                let successor = self.late_finish(link.to, plan_finish, known);
                let limit =
                    if link.kind.bounds_finish() { successor } else { successor - self.span(link.to) };
                let end = Self::last(|at| self.tie(link, at) <= limit);
                late = late.min(if link.kind.leaves_start() { end + span } else { end });
            }
            known[id.index()] = Some(late);
            late
        }
    }
}

mod laws {
    use super::twin::{Hours, Twin};
    use super::*;
    use plan::model::Link;
    use proptest::prelude::*;

    const SITE_DAYS: [Weekday; 3] = [Weekday::Mon, Weekday::Wed, Weekday::Sat];

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, 1).unwrap() + chrono::Days::new(day.into())
    }

    fn calendars() -> Vec<Calendar> {
        let mut site = Calendar::builder("site").holidays(date(9), date(14)).extra(date(6), 0, 7 * 3600);
        for weekday in SITE_DAYS {
            site = site.work(weekday, 7 * 3600, 12 * 3600).work(weekday, 13 * 3600, 20 * 3600);
        }
        vec![Calendar::standard(), Calendar::always(), site.build().unwrap()]
    }

    fn any_lag() -> impl Strategy<Value = Lag> {
        prop_oneof![
            3 => Just(Lag::None),
            2 => (-30i64..60).prop_map(|hours| Lag::Span(work(hours * HOUR))),
            1 => (-30i64..60).prop_map(|hours| Lag::Span(elapsed(hours * HOUR))),
            1 => (0u8..5).prop_map(|quarter| Lag::Share(Estimate::fixed(f64::from(quarter) / 4.0))),
        ]
    }

    fn any_date() -> impl Strategy<Value = Option<When>> {
        let moment = |hours: i64| When::At(Instant::midnight(date(0)).plus(hours * HOUR));
        prop_oneof![
            12 => Just(None),
            1 => (0u32..25).prop_map(|day| Some(When::Day(date(day)))),
            1 => (0i64..500).prop_map(move |hours| Some(moment(hours))),
        ]
    }

    /// Up to nine milestones in any file order, in one or in three calendars, with all link types
    /// and lags; with dates where `dated`.
    fn any_plan(dated: bool, calendars_used: usize) -> impl Strategy<Value = Plan> {
        (1usize..10).prop_flat_map(move |count| {
            let milestone = (0i64..60, 0..calendars_used, prop::array::uniform4(any_date()));
            let link = (0..count, 0..count, 0usize..4, any_lag());
            (
                prop::collection::vec(milestone, count),
                prop::collection::vec(link, 0..(2 * count)),
                Just((0..count).collect::<Vec<_>>()).prop_shuffle(),
                0i64..30,
            )
                .prop_map(move |(milestones, links, order, start)| {
                    let start = Instant::midnight(date(0)).plus(start * HOUR);
                    let mut plan = support::plan(Some(start), calendars());
                    for (number, (hours, calendar, dates)) in milestones.into_iter().enumerate() {
                        let id = add(&mut plan, &format!("m{number}"), hours * HOUR);
                        let milestone = &mut plan.milestones[id.index()];
                        milestone.calendar = CalendarId::new(calendar);
                        if dated {
                            let [not_before, not_after, must_start, must_finish] = dates;
                            milestone.bounds =
                                plan::model::Bounds { not_before, not_after, must_start, must_finish };
                        }
                    }
                    for (one, other, kind, lag) in links.into_iter().filter(|(one, other, ..)| one != other) {
                        let [from, to] =
                            [one.min(other), one.max(other)].map(|at| MilestoneId::new(order[at]));
                        plan.links.push(Link { from, to, kind: KINDS[kind], lag });
                    }
                    plan
                })
        })
    }

    fn any_kind_of_plan() -> impl Strategy<Value = Plan> {
        prop_oneof![any_plan(false, 1), any_plan(true, 1), any_plan(false, 3), any_plan(true, 3)]
    }

    fn finish_wall(network: &Network, plan: &Plan, schedule: &Schedule) -> i64 {
        network.axis_instant(schedule.early.finish).seconds() - plan.anchor().seconds()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn the_list_of_hours_agrees_with_the_timeline(wall in 0i64..(24 * 300), position in -200i64..2000) {
            for calendar in calendars() {
                let start = Instant::midnight(date(0)).plus(10 * HOUR);
                let (hours, timeline) = (Hours::of(&calendar, start), calendar.timeline(start));
                prop_assert_eq!(hours.position(wall * 600), timeline.position_of_wall(wall * 600));
                prop_assert_eq!(hours.start(position * 600), timeline.wall_of_start(position * 600));
                prop_assert_eq!(hours.finish(position * 600), timeline.wall_of_finish(position * 600));
            }
        }

        #[test]
        fn both_passes_agree_with_the_recursive_twin(plan in any_kind_of_plan()) {
            let network = network(&plan);
            let schedule = network.schedule();
            let twin = Twin::of(&plan);
            let finish = finish_wall(&network, &plan, &schedule);
            prop_assert_eq!(finish, twin.finish());
            let mut known = vec![None; plan.milestones.len()];
            for id in plan.ids() {
                let visit = network.visit_of[id];
                prop_assert_eq!(schedule.early.placed[visit].start, twin.start(id), "start of {}", plan[id].key);
                let late = twin.late_finish(id, finish, &mut known);
                prop_assert_eq!(schedule.late_finish[visit], late, "late finish of {}", plan[id].key);
            }
        }

        /// Float is what the word says: so much later is harmless, a second more is not.
        #[test]
        fn floats_are_what_can_slip(plan in prop_oneof![any_plan(false, 1), any_plan(false, 3)]) {
            let network = network(&plan);
            let schedule = network.schedule();
            let mut twin = Twin::of(&plan);
            let finish = twin.finish();
            let starts: Vec<i64> = plan.ids().map(|id| twin.start(id)).collect();
            for id in plan.ids() {
                let visit = network.visit_of[id];
                let (total, free) = (schedule.total_float(visit), schedule.free_float[visit]);
                prop_assert!(0 <= free && free <= total, "{free} {total}");
                let start = starts[id.index()];
                twin.push(id, start + total);
                prop_assert_eq!(twin.finish(), finish, "total float of {}", plan[id].key);
                twin.push(id, start + total + 1);
                prop_assert!(twin.finish() > finish, "total float of {}", plan[id].key);
                let disturbs = |twin: &Twin| {
                    twin.finish() > finish
                        || plan.ids().any(|other| other != id && twin.start(other) != starts[other.index()])
                };
                twin.push(id, start + free);
                prop_assert!(!disturbs(&twin), "free float of {}", plan[id].key);
                twin.push(id, start + free + 1);
                prop_assert!(disturbs(&twin), "free float of {}", plan[id].key);
            }
        }

        /// Drag is what is gained if the milestone takes no time.
        #[test]
        fn drag_is_what_the_milestone_costs(plan in any_kind_of_plan()) {
            let network = network(&plan);
            let schedule = network.schedule();
            let drag = network.drag(&schedule);
            for id in plan.ids() {
                let visit = network.visit_of[id];
                let mut without = plan.clone();
                without.milestones[id.index()].duration = Some(work(0));
                let finish = super::network(&without).schedule().early.finish;
                let expected = schedule.is_critical(visit).then_some(schedule.early.finish - finish);
                prop_assert_eq!(drag[visit], expected, "drag of {}", plan[id].key);
            }
        }

        /// Every driving path is a chain of binding links, no two are the same, and together they
        /// visit exactly what is critical.
        #[test]
        fn critical_paths_drive_the_finish(plan in any_kind_of_plan()) {
            let network = network(&plan);
            let schedule = network.schedule();
            let paths: Vec<_> = network.critical_paths(&schedule).take(10_000).collect();
            prop_assert!(!paths.is_empty());
            let mut seen = std::collections::BTreeSet::new();
            let mut distinct = std::collections::BTreeSet::new();
            let values = network.planned();
            let values = plan::network::Values(&values);
            for path in &paths {
                seen.extend(path.iter().copied());
                prop_assert!(distinct.insert(path.clone()));
                for pair in path.windows(2) {
                    let mut links = network.links_into(pair[1]).iter().filter(|link| link.from == pair[0]);
                    prop_assert!(links.any(|link| network.is_binding(link, &schedule.early.placed, values)));
                }
                let last = path[path.len() - 1];
                let finish = network.finish_on_axis(last, schedule.early.placed[last].finish);
                prop_assert_eq!(finish, schedule.early.finish);
            }
            let critical: std::collections::BTreeSet<_> =
                network.ids().filter(|&visit| schedule.is_critical(visit)).collect();
            prop_assert_eq!(seen, critical);
        }

        /// What runs as late as possible moves nothing else, and could not run later.
        #[test]
        fn late_ones_disturb_nobody(plan in prop_oneof![any_plan(false, 1), any_plan(false, 3)], late in any::<u16>()) {
            let mut delayed = plan.clone();
            for (position, milestone) in delayed.milestones.iter_mut().enumerate() {
                milestone.as_late_as_possible = late >> position & 1 == 1;
            }
            let [before, after] = [&plan, &delayed].map(super::network);
            let [early, late] = [&before, &after].map(|network| network.schedule());
            prop_assert_eq!(early.early.finish, late.early.finish);
            for id in plan.ids() {
                let visit = before.visit_of[id];
                if delayed[id].as_late_as_possible {
                    prop_assert_eq!(late.free_float[visit], 0, "{}", plan[id].key);
                } else {
                    prop_assert_eq!(early.early.placed[visit], late.early.placed[visit], "{}", plan[id].key);
                }
            }
        }
    }
}
