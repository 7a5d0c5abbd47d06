//! Risks, rework, branches and failure: closed cases, laws, and a twin that enumerates every run.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod enumeration;
mod support;

use enumeration::plans::random;
use enumeration::run::Run;
use enumeration::unrolled::Unrolled;
use enumeration::{combinations, named};
use plan::model::{
    Calendar, CalendarId, Category, Comparison, End, Estimate, Impact, Lag, Limit, LinkKind, MilestoneId,
    Moment, OnlyIf, Otherwise, Overhead, Payment, Plan, Rate, RateUnit, Redo, Response, Rework, Risk, RiskId,
    RiskTerms, Season,
};
use plan::network::{
    Costs, Effects, Network, NetworkError, NotBefore, Owner, Placed, Schedule, Values, VisitId,
};
use plan::units::{Instant, Share, When};
use std::collections::BTreeSet;
use support::{add, chain, link};

use LinkKind::FinishStart;

/// Monday 1 March 2027, midnight.
fn monday() -> Instant {
    Instant::from_seconds(1_803_859_200)
}

/// Compares every run of a plan with the twin; returns how many there are.
fn compare(plan: &Plan, network: &Network, most: usize) -> usize {
    let Some(runs) = combinations(network, most) else { return 0 };
    let unrolled = Unrolled::of(plan);
    for (values, _) in &runs {
        let draws = named(network, values);
        let run = Run::of(&unrolled, &draws);
        let schedule = network.schedule_of(values.clone());
        let early = &schedule.early;
        assert_eq!(early.failure.map(|failure| failure.at), run.failure().map(|(at, _)| at), "{draws:?}");
        assert_eq!(early.finish, run.finish(), "{draws:?}");
        for id in plan.ids() {
            let visits = network.visits_of[id].iter().map(|&visit| early.placed[visit]);
            let mut found: Vec<_> =
                visits.map(|placed| (!placed.absent, placed.start, placed.finish)).collect();
            let passes = unrolled.passes_of(id);
            let places = passes.iter().map(|pass| run.place(&(id, pass.clone())));
            let mut expected: Vec<_> =
                places.map(|place| (place.exists, place.start, place.finish)).collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{} with {draws:?}", plan[id].key);
        }
        let costs = Costs::of(network, Values(values), early);
        let total: f64 = run.money().iter().map(|part| part.amount).sum();
        // Of rising prices, the twin's small step that holds a change of the rise is off by up to so much.
        let rises = plan.escalation.is_some() || !plan.escalations.is_empty();
        let tolerance = total.abs().max(1.0) * if rises { 1e-6 } else { 1e-9 };
        assert!((costs.total() - total).abs() <= tolerance, "{} {total}", costs.total());
        let mut sums = std::collections::BTreeMap::new();
        for part in run.money() {
            *sums.entry((part.category.index(), part.stage.map(|stage| stage.index()))).or_insert(0.0) +=
                part.amount;
        }
        for (category, stage, amount) in costs.parts(network) {
            *sums.entry((category, stage)).or_insert(0.0) -= amount;
        }
        assert!(sums.values().all(|rest| rest.abs() <= tolerance), "{sums:?}");
    }
    runs.len()
}

#[test]
fn every_run_of_a_random_plan_is_that_of_the_twin() {
    let (mut plans, mut runs) = (0, 0);
    for seed in 0..3_000 {
        let plan = random(seed);
        let network = match Network::of(&plan) {
            Ok(network) => network,
            Err(NetworkError::EntangledRework(_)) => continue,
            Err(error) => panic!("{seed}: {error}"),
        };
        let compared = std::panic::catch_unwind(|| compare(&plan, &network, 512));
        match compared {
            Ok(0) => {}
            Ok(count) => (plans, runs) = (plans + 1, runs + count),
            Err(_) => panic!("plan {seed}"),
        }
    }
    assert!(plans > 1_500 && runs > 30_000, "{plans} plans, {runs} runs");
}

/// A chain of milestones of so many seconds: `m0 m1 …`.
fn row(spans: &[i64]) -> Plan {
    let mut plan = support::seconds();
    for (position, &seconds) in spans.iter().enumerate() {
        let id = add(&mut plan, &format!("m{position}"), seconds);
        if position > 0 {
            link(&mut plan, MilestoneId::new(position - 1), FinishStart, id, Lag::None);
        }
    }
    plan
}

fn check(plan: &mut Plan, gate: usize, redo: Redo, probability: &[f64], at_most: u32) {
    plan.milestones[gate].rework = Some(Rework {
        probability: probability.to_vec(),
        redo,
        share: Estimate::fixed(0.5),
        at_most,
        otherwise: Otherwise::Continue,
    });
}

fn back_to(position: usize) -> Redo {
    Redo::BackTo(MilestoneId::new(position))
}

fn threat(plan: &mut Plan, key: &str, on: &[usize], impact: Impact) {
    let terms = RiskTerms {
        probability: 0.5,
        on: on.iter().copied().map(MilestoneId::new).collect(),
        impact,
        own: Vec::new(),
        seasons: Vec::new(),
        parallel: None,
    };
    let name = key.to_owned();
    plan.risks.push(Risk {
        key: name.clone(),
        name,
        untreated: terms,
        response: None,
        responds: false,
        ends: None,
    });
}

fn factor(value: f64) -> Impact {
    Impact { factor: Some(Estimate::fixed(value)), ..Impact::default() }
}

/// The run in which these variables are 1 (or what is given), and all others as planned.
fn run(network: &Network, given: &[(&str, f64)]) -> Schedule {
    let mut values = network.planned();
    for (name, value) in given {
        let at = network.variables.iter().position(|variable| variable.name == *name);
        values[at.unwrap_or_else(|| panic!("no `{name}`"))] = *value;
    }
    network.schedule_of(values)
}

fn visit(network: &Network, milestone: usize, pass: usize) -> VisitId {
    network.visits_of[MilestoneId::new(milestone)][pass]
}

fn costs(network: &Network, schedule: &Schedule) -> Costs {
    Costs::of(network, Values(&schedule.values), &schedule.early)
}

#[test]
fn the_expected_number_of_repeats_is_a_sum_of_powers() {
    let mut plan = row(&[10, 4]);
    check(&mut plan, 1, back_to(0), &[0.3], 4);
    let network = Network::of(&plan).unwrap();
    assert_eq!(network.visits.len(), 10);
    let runs = combinations(&network, 100).unwrap();
    let repeats = |values: Vec<f64>| {
        let early = network.schedule_of(values).early;
        network.visits_of[MilestoneId::new(0)].iter().filter(|&&visit| early.exists(visit)).count() - 1
    };
    let mean: f64 = runs.into_iter().map(|(values, chance)| chance * repeats(values) as f64).sum();
    let expected: f64 = (1..=4).map(|power| 0.3_f64.powi(power)).sum();
    assert!((mean - expected).abs() < 1e-12, "{mean} {expected}");
}

#[test]
fn a_body_is_what_lies_on_the_way_or_what_is_listed() {
    let mut plans = [row(&[10, 20, 30, 4]), row(&[10, 20, 30, 4])];
    check(&mut plans[0], 3, back_to(1), &[0.3], 2);
    check(&mut plans[1], 3, Redo::These([1, 2].map(MilestoneId::new).to_vec()), &[0.3], 2);
    let [back, listed] = plans.each_ref().map(|plan| Network::of(plan).unwrap());
    for checks in [&[][..], &[("rework:m3:1", 1.0)], &[("rework:m3:1", 1.0), ("rework:m3:2", 1.0)]] {
        let [one, other] = [&back, &listed].map(|network| run(network, checks).early);
        assert_eq!(one, other);
        assert_eq!(one.finish, 64 + 27 * checks.len() as i64);
    }
    // What is not listed is not done again, but what is listed still comes one after the other.
    check(&mut plans[1], 3, Redo::These(vec![MilestoneId::new(1)]), &[0.3], 2);
    let network = Network::of(&plans[1]).unwrap();
    assert_eq!(run(&network, &[("rework:m3:1", 1.0)]).early.finish, 64 + 10 + 2);
}

#[test]
fn a_check_within_a_body_counts_afresh_in_every_repeat() {
    let mut plan = row(&[10, 2, 20, 4]);
    check(&mut plan, 1, back_to(0), &[0.5, 0.1], 2);
    check(&mut plan, 3, back_to(0), &[0.3], 1);
    let network = Network::of(&plan).unwrap();
    let count = |milestone| network.visits_of[MilestoneId::new(milestone)].len();
    assert_eq!([0, 1, 2, 3].map(count), [6, 6, 2, 2]);
    let chance = |name: &str| {
        let variable = network.variables.iter().find(|variable| variable.name == name)?;
        Some((variable.distribution.mean() * 100.0).round())
    };
    let chances = ["m1:1", "m1:2", "m1:3", "m1:4", "m1:5", "m1:6", "m3:1"];
    let chances = chances.map(|name| chance(&format!("rework:{name}")));
    let percent = [Some(50.0), Some(10.0), None, Some(50.0), Some(10.0), None, Some(30.0)];
    assert_eq!(chances, percent);
    let all = [("rework:m1:1", 1.0), ("rework:m3:1", 1.0), ("rework:m1:4", 1.0), ("rework:m1:5", 1.0)];
    assert_eq!(run(&network, &all).early.finish, (12 + 6 + 24) + (6 + 6 + 6 + 12));
    // A check that was not reached orders nothing.
    assert_eq!(run(&network, &[("rework:m1:2", 1.0), ("rework:m1:4", 1.0)]).early.finish, 36);
}

#[test]
fn what_follows_the_middle_of_a_body_waits_for_the_last_repeat() {
    let mut plan = row(&[10, 20, 4]);
    let after = add(&mut plan, "after", 5);
    link(&mut plan, MilestoneId::new(0), FinishStart, after, Lag::Span(support::work(3)));
    check(&mut plan, 2, back_to(0), &[0.3], 2);
    let network = Network::of(&plan).unwrap();
    for (checks, start) in
        [(&[][..], 13), (&[("rework:m2:1", 1.0)], 42), (&[("rework:m2:1", 1.0), ("rework:m2:2", 1.0)], 59)]
    {
        let schedule = run(&network, checks);
        assert_eq!(schedule.early.placed[visit(&network, 3, 0)].start, start);
    }
}

#[test]
fn a_branch_not_taken_lets_time_through_and_its_lags_do_not_count() {
    let mut plan = row(&[10, 50, 5]);
    plan.links[0].lag = Lag::Span(support::work(7));
    plan.links[1].lag = Lag::Span(support::work(8));
    let [go, pivot] =
        [("go", 0.7), ("pivot", 0.3)].map(|(key, share)| plan::model::Outcome { key: key.into(), share });
    plan.milestones[0].outcomes = vec![go, pivot];
    plan.milestones[1].only_if = vec![OnlyIf::Outcome(MilestoneId::new(0), 1)];
    let other = add(&mut plan, "other", 1);
    link(&mut plan, MilestoneId::new(0), FinishStart, other, Lag::None);
    link(&mut plan, other, FinishStart, MilestoneId::new(2), Lag::None);
    let network = Network::of(&plan).unwrap();
    let [absent, taken] = [0.0, 1.0].map(|outcome| run(&network, &[("outcome:m0", outcome)]));
    assert_eq!([absent.early.finish, taken.early.finish], [16, 80]);
    assert_eq!(network.schedule().early, absent.early, "as written, the likeliest outcome");
    let branch = visit(&network, 1, 0);
    assert_eq!(absent.early.placed[branch].start, 10);
    assert!(!absent.is_critical(branch) && taken.is_critical(branch));
    assert!(network.near_critical(&absent, 1_000).is_empty());
    let keys = |schedule: &Schedule| {
        let paths = network.critical_paths(schedule);
        paths.map(|path| path.iter().map(|visit| visit.index()).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let [first, second, third, last] = [0, 1, 3, 2].map(|milestone| visit(&network, milestone, 0).index());
    assert_eq!(keys(&absent), [vec![first, third, last]]);
    assert_eq!(keys(&taken), [vec![first, second, last]]);
}

#[test]
fn where_all_predecessors_are_absent_so_is_what_follows() {
    let mut plan = row(&[10, 20, 5]);
    threat(&mut plan, "r", &[], Impact::default());
    plan.milestones[0].only_if = vec![OnlyIf::Risk(RiskId::new(0))];
    plan.milestones[2].cost = Some(Estimate::fixed(9.0));
    let network = Network::of(&plan).unwrap();
    let [absent, there] = [0.0, 1.0].map(|happens| run(&network, &[("risk:r", happens)]));
    assert_eq!(network.ids().map(|visit| absent.early.exists(visit)).collect::<Vec<_>>(), [false; 3]);
    assert_eq!([absent.early.finish, there.early.finish], [0, 35]);
    assert_eq!([costs(&network, &absent).total(), costs(&network, &there).total()], [0.0, 9.0]);
    assert_eq!(network.milestone_finish(&absent.early, MilestoneId::new(2)), None);
    assert_eq!(network.milestone_finish(&there.early, MilestoneId::new(2)), Some(35));
}

/// `m0` fails at 10 s. Beside it run: what finishes before, what is half done, what would start later.
#[test]
fn a_failure_cuts_the_money() {
    let mut plan = row(&[10, 30]);
    plan.milestones[0].success = 0.9;
    plan.milestones[0].cost = Some(Estimate::fixed(100.0));
    plan.milestones[1].cost = Some(Estimate::fixed(1_000.0));
    let beside = add(&mut plan, "beside", 20);
    let pay = |at, share| Payment { at, share: Share::new(share).unwrap() };
    let milestone = &mut plan.milestones[beside.index()];
    milestone.cost = Some(Estimate::fixed(40.0));
    milestone.pay = vec![
        pay(Moment::AfterStart(0), 0.25),
        pay(Moment::AfterStart(10), 0.25),
        pay(Moment::AfterStart(11), 0.25),
        pay(Moment::AfterFinish(0), 0.25),
    ];
    let rate = |amount| Rate { amount: Estimate::fixed(amount), unit: RateUnit::Hour, seconds: 3600.0 };
    milestone.rate = Some(rate(7_200.0));
    plan.overheads.push(Overhead::Hammock {
        key: "office".into(),
        rate: rate(3_600.0),
        over: None,
        category: Category::Other,
    });
    let network = Network::of(&plan).unwrap();
    let [delivered, failed] = [0.0, 1.0].map(|fails| run(&network, &[("failure:m0", fails)]));
    assert_eq!(costs(&network, &delivered).total(), 100.0 + 1_000.0 + 40.0 + 40.0 + 40.0);
    assert_eq!(
        failed.early.failure.map(|failure| (failure.visit, failure.at)),
        Some((visit(&network, 0, 0), 10))
    );
    assert_eq!(failed.early.finish, 10);
    assert_eq!(costs(&network, &failed).total(), 100.0 + 20.0 + 20.0 + 10.0);
    assert!(network.ids().all(|visit| !failed.is_critical(visit)), "a plan that fails has no critical path");
    assert!(!network.happens(&failed.early, visit(&network, 1, 0)));
}

/// A watch around the clock fails on Monday at 10:00; the work beside it began at 09:00.
#[test]
fn a_failure_cuts_the_money_by_the_wall_clock_too() {
    let mut plan = support::plan(Some(monday()), vec![Calendar::standard(), Calendar::always()]);
    let [watch, build, late] =
        [("watch", 10), ("build", 4), ("late", 1)].map(|(key, hours)| add(&mut plan, key, hours * 3600));
    link(&mut plan, watch, FinishStart, late, Lag::None);
    plan.milestones[watch.index()].calendar = CalendarId::new(1);
    plan.milestones[watch.index()].success = 0.5;
    let rate = |amount| Rate { amount: Estimate::fixed(amount), unit: RateUnit::Hour, seconds: 3600.0 };
    for id in [build, late] {
        let milestone = &mut plan.milestones[id.index()];
        milestone.rate = Some(rate(100.0));
        milestone.cost = Some(Estimate::fixed(50.0));
        milestone.pay = [Moment::AfterStart(3600), Moment::AfterFinish(0)]
            .map(|at| Payment { at, share: Share::new(0.5).unwrap() })
            .to_vec();
    }
    plan.overheads.push(Overhead::Hammock {
        key: "office".into(),
        rate: rate(3.0),
        over: Some(vec![build, late]),
        category: Category::Other,
    });
    let network = Network::of(&plan).unwrap();
    let [delivered, failed] = [0.0, 1.0].map(|fails| run(&network, &[("failure:watch", fails)]));
    let [all, cut] = [&delivered, &failed].map(|schedule| costs(&network, schedule));
    // From 09:00 to 13:00, and from 10:00 to 11:00.
    assert_eq!(all.total(), 400.0 + 50.0 + 100.0 + 50.0 + 12.0);
    assert_eq!(network.axis_instant(failed.early.finish), monday().plus(10 * 3600));
    assert_eq!(cut.total(), 100.0 + 25.0 + 3.0);
    assert!(!network.happens(&failed.early, network.visit_of[late]));
}

#[test]
fn a_risk_costs_once_and_its_response_always() {
    let mut plan = row(&[10, 20]);
    threat(&mut plan, "r", &[0, 1], Impact { cost: Some(Estimate::fixed(50.0)), ..Impact::default() });
    let treated = RiskTerms { probability: 0.1, ..plan.risks[0].untreated.clone() };
    plan.risks[0].response = Some(Response { price: Some(Estimate::fixed(6.0)), treated });
    for (responds, quiet, struck) in [(false, 0.0, 50.0), (true, 6.0, 56.0)] {
        plan.risks[0].responds = responds;
        let network = Network::of(&plan).unwrap();
        let total = |happens| costs(&network, &run(&network, &[("risk:r", happens)])).total();
        assert_eq!([total(0.0), total(1.0)], [quiet, struck], "{responds}");
    }
}

#[test]
fn risks_in_series_multiply_and_parallel_ones_are_absorbed() {
    let mut plan = row(&[1_000]);
    for (key, value) in [("a", 1.5), ("b", 1.2), ("c", 0.5), ("d", 0.8)] {
        threat(&mut plan, key, &[0], factor(value));
    }
    let all = ["risk:a", "risk:b", "risk:c", "risk:d"].map(|name| (name, 1.0));
    assert_eq!(run(&Network::of(&plan).unwrap(), &all).early.finish, 720);
    plan.risks.iter_mut().for_each(|risk| risk.untreated.parallel = Some("together".into()));
    let network = Network::of(&plan).unwrap();
    assert_eq!(run(&network, &all).early.finish, 750);
    assert_eq!(run(&network, &all[..2]).early.finish, 1_500);
    assert_eq!(run(&network, &all[2..]).early.finish, 500);
}

#[test]
fn a_season_strikes_only_who_is_at_work_in_it() {
    let mut plan = support::plan(Some(monday()), vec![Calendar::standard()]);
    let day = 8 * 3600;
    for (key, days) in [("first", 5), ("second", 5)] {
        add(&mut plan, key, days * day);
    }
    chain(&mut plan, "first second");
    threat(&mut plan, "r", &[0, 1], factor(2.0));
    // Monday 8 March begins the second milestone; without effects, the first one ends on Friday.
    plan.risks[0].untreated.seasons = vec![Season { from: (3, 6), to: (3, 8) }];
    let network = Network::of(&plan).unwrap();
    let early = run(&network, &[("risk:r", 1.0)]).early;
    assert_eq!(network.ids().map(|visit| early.placed[visit].struck).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(early.finish, 15 * day);
}

#[test]
fn dates_decide_by_their_moments() {
    let plan_of = |hours: i64, only_if: OnlyIf, own: usize| {
        let mut plan = support::plan(Some(monday()), vec![Calendar::standard(), Calendar::always()]);
        plan.calendar = CalendarId::new(own);
        let looked_at = add(&mut plan, "looked-at", hours * 3600);
        let first = add(&mut plan, "first", 4 * 3600);
        let branch = add(&mut plan, "branch", 3600);
        plan.milestones.iter_mut().for_each(|milestone| milestone.calendar = CalendarId::new(0));
        link(&mut plan, first, FinishStart, looked_at, Lag::None);
        link(&mut plan, looked_at, FinishStart, branch, Lag::None);
        plan.milestones[branch.index()].only_if.push(only_if);
        plan
    };
    let tuesday = When::Day(monday().plus(86_400).date());
    let limits = [
        Limit::Date(tuesday),
        Limit::Date(When::At(monday().plus(86_400 + 11 * 3600))),
        Limit::Date(When::At(monday().plus(86_400 + 20 * 3600))),
        Limit::Span(8 * 3600),
        Limit::Span(30 * 3600),
    ];
    for (own, end, limit, hours) in ways_to_look(&limits) {
        for comparison in [Comparison::Below, Comparison::AtMost, Comparison::Above, Comparison::AtLeast] {
            let only_if = OnlyIf::Date { milestone: MilestoneId::new(0), end, comparison, limit };
            let plan = plan_of(hours, only_if, own);
            let network = Network::of(&plan).unwrap();
            let early = network.schedule().early;
            let (looked_at, branch) = (visit(&network, 0, 0), visit(&network, 2, 0));
            let placed = early.placed[looked_at];
            let moment = match end {
                End::Start => network.start_instant(looked_at, placed.start),
                End::Finish => network.finish_instant(looked_at, placed.finish),
            };
            let includes = matches!(comparison, Comparison::AtMost | Comparison::Above);
            let (at, limit) = match limit {
                Limit::Date(when) => {
                    (moment.seconds(), if includes { when.ends() } else { when.begins() }.seconds())
                }
                Limit::Span(seconds) => (network.timelines[0].position(moment), seconds),
                Limit::Money(_) => unreachable!(),
            };
            let expected = match comparison {
                Comparison::Below => at < limit,
                Comparison::AtMost => at <= limit,
                Comparison::Above => at > limit,
                Comparison::AtLeast => at >= limit,
            };
            assert_eq!(early.exists(branch), expected, "{moment} {end:?} {comparison:?} {limit:?} {own}");
        }
    }
}

/// All ways to look at a milestone of some hours.
fn ways_to_look(limits: &[Limit]) -> Vec<(usize, End, Limit, i64)> {
    let mut all = Vec::new();
    for own in [0, 1] {
        for end in [End::Start, End::Finish] {
            for &limit in limits {
                all.extend((0..20).map(|hours| (own, end, limit, hours)));
            }
        }
    }
    all
}

#[test]
fn frozen_variables_always_have_their_value() {
    let mut plan = row(&[100, 5]);
    threat(&mut plan, "r", &[0], factor(2.0));
    let network = Network::of(&plan).unwrap();
    let frozen = network.frozen(|variable| (variable.owner == Owner::Risk(RiskId::new(0))).then_some(1.0));
    assert!(frozen.variables.iter().all(|variable| variable.distribution.is_fixed()));
    assert_eq!(combinations(&frozen, 10).unwrap(), [(vec![1.0], 1.0)]);
    assert_eq!(frozen.schedule().early.finish, 105, "the plan as written stays as it is");
}

#[test]
fn what_does_not_come_before_cannot_be_looked_at_or_done_again() {
    let mut plan = row(&[10, 20, 5]);
    let alone = add(&mut plan, "alone", 3);
    let decide = |milestone| OnlyIf::Date {
        milestone,
        end: End::Finish,
        comparison: Comparison::Below,
        limit: Limit::Span(5),
    };
    plan.milestones[1].only_if = vec![decide(MilestoneId::new(2)), decide(MilestoneId::new(0))];
    check(&mut plan, 2, Redo::These(vec![MilestoneId::new(1), alone]), &[0.5], 1);
    check(&mut plan, 0, back_to(1), &[0.5], 1);
    let [first, second, third] = [0, 1, 2].map(MilestoneId::new);
    let expected = vec![
        NotBefore::Redone { gate: first, milestone: second },
        NotBefore::Redone { gate: third, milestone: alone },
        NotBefore::LookedAt { by: second, milestone: third },
    ];
    assert_eq!(Network::of(&plan).err(), Some(NetworkError::NotBefore(expected)));
}

#[test]
fn too_many_visits_and_seasons_are_refused() {
    let mut plan = row(&[1; 10]);
    for gate in 0..10 {
        check(&mut plan, gate, back_to(0), &[0.5], 3);
    }
    assert!(matches!(Network::of(&plan), Err(NetworkError::TooManyVisits(_))));
    let mut plan = row(&[1]);
    for number in 0..=Effects::MOST_SEASONS {
        threat(&mut plan, &format!("r{number}"), &[0], factor(2.0));
        plan.risks[number].untreated.seasons = vec![Season { from: (1, 1), to: (1, 2) }];
    }
    assert_eq!(Network::of(&plan).err(), Some(NetworkError::TooManySeasons(MilestoneId::new(0))));
    plan.risks.pop();
    assert!(Network::of(&plan).is_ok());
}

/// Each of two checks waits for repeats that the other may order, by what is not done again.
#[test]
fn repeats_that_wait_for_each_other_are_refused() {
    let mut plan = support::seconds();
    let [x, h, y, other_x, other_h, other_y] =
        ["x", "h", "y", "other-x", "other-h", "other-y"].map(|key| add(&mut plan, key, 1));
    chain(&mut plan, "x h");
    chain(&mut plan, "x y other-h");
    chain(&mut plan, "other-x other-h");
    chain(&mut plan, "other-x other-y h");
    check(&mut plan, h.index(), Redo::BackTo(x), &[0.5], 1);
    assert!(Network::of(&plan).is_ok());
    check(&mut plan, other_h.index(), Redo::BackTo(other_x), &[0.5], 1);
    assert_eq!(Network::of(&plan).err(), Some(NetworkError::EntangledRework(vec![h, other_h])));
    let _ = (y, other_y);
}

/// The plan as written does not know what may happen.
#[test]
fn risks_rework_and_failure_leave_the_plan_as_written_alone() {
    for seed in 0..300 {
        let plan = random(seed);
        let Ok(network) = Network::of(&plan) else { continue };
        let mut calm = plan.clone();
        calm.milestones.iter_mut().for_each(|milestone| {
            milestone.rework = None;
            milestone.success = 1.0;
        });
        calm.risks.iter_mut().for_each(|risk| {
            risk.responds = false;
            risk.untreated.probability = 0.0;
        });
        let calm = Network::of(&calm).unwrap();
        let [one, other] = [&network, &calm].map(Network::schedule);
        assert_eq!(one.early.finish, other.early.finish, "{seed}");
        for id in plan.ids() {
            let [mine, same] = [network.visit_of[id], calm.visit_of[id]];
            let [placed, calm_one] = [one.early.placed[mine], other.early.placed[same]];
            assert_eq!(Placed { struck: 0, ..placed }, calm_one, "{seed}");
            assert_eq!(one.total_float(mine), other.total_float(same), "{seed}");
            assert_eq!(one.is_critical(mine), other.is_critical(same), "{seed}");
            assert_eq!(network.drag(&one)[mine], calm.drag(&other)[same], "{seed}");
        }
    }
}

/// In a run that delivers, what is critical exists and has no float, and every critical path ends the plan.
#[test]
fn what_is_critical_exists_and_cannot_slip() {
    for seed in 0..400 {
        let plan = random(seed);
        let Ok(network) = Network::of(&plan) else { continue };
        for (values, _) in combinations(&network, 64).unwrap_or_default() {
            let schedule = network.schedule_of(values);
            let is_delivered = schedule.early.failure.is_none();
            for visit in network.ids().filter(|&visit| schedule.is_critical(visit)) {
                assert!(is_delivered && schedule.early.exists(visit), "{seed}");
                assert_eq!(schedule.total_float(visit), 0, "{seed}");
            }
            let paths: Vec<_> = network.critical_paths(&schedule).take(1_000).collect();
            assert!(paths.is_empty() || is_delivered, "{seed}");
            let distinct: BTreeSet<_> = paths.iter().collect();
            assert_eq!(distinct.len(), paths.len(), "{seed}");
            for path in &paths {
                let last = path[path.len() - 1];
                // Where the milestone that names the finish is absent, it lets through a start perhaps.
                let is_end = schedule.early.placed[last].finish == schedule.early.finish;
                assert!(is_end || plan.finish.is_some(), "{seed}");
                assert!(path.iter().all(|&visit| schedule.is_critical(visit)), "{seed}");
            }
        }
    }
}
