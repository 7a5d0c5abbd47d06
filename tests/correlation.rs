//! Correlated estimates against closed forms, and how groups become factors and matrices.

mod engine_support;
mod support;

use std::f64::consts::PI;

use engine_support::{Sketch, of, pert};
use plan::model::{Correlation, Member, Milestone, MilestoneId, Plan, Strength};
use plan::network::{CorrelationError, Network, NetworkError, Normal, Quantity};
use plan::simulate::{Draws, Settings, simulate};
use plan::stats::correlation::{rank_correlation, score_correlation, spearman};
use plan::stats::special::{normal_cdf, normal_density};
use plan::stats::{Distribution, Shape};

const RUNS: u64 = 100_000;
/// One unit of the textbook's time, in seconds.
const UNIT: f64 = 10_000.0;

fn normal(mean: f64, sd: f64) -> Distribution {
    of(Shape::Normal { mean: mean * UNIT, sd: sd * UNIT })
}

/// A plan with one milestone for each distribution, all at once.
fn beside(distributions: &[Distribution]) -> Plan {
    let mut plan = support::seconds();
    for (at, distribution) in distributions.iter().enumerate() {
        let id = support::add(&mut plan, &format!("m{at}"), 1);
        let duration = plan.milestones[id.index()].duration.as_mut().expect("it has a duration");
        duration.seconds.distribution = distribution.clone();
    }
    plan
}

/// The same one after the other.
fn in_a_row(distributions: &[Distribution]) -> Plan {
    let mut plan = beside(distributions);
    let keys: Vec<String> = plan.milestones.iter().map(|Milestone { key, .. }| key.clone()).collect();
    support::chain(&mut plan, &keys.join(" "));
    plan
}

fn group(plan: &mut Plan, key: &str, members: impl IntoIterator<Item = usize>, strength: Strength) {
    let members = members.into_iter().map(|member| Member::Span(MilestoneId::new(member))).collect();
    plan.correlations.push(Correlation { key: key.into(), members, strength });
}

/// Spearman's for scores that are correlated by so much.
fn scores(correlation: f64) -> Strength {
    Strength::Rho(rank_correlation(correlation))
}

fn network(plan: &Plan) -> Network {
    Network::of(plan).expect("a plan")
}

fn refusal(plan: &Plan) -> CorrelationError {
    match Network::of(plan) {
        Err(NetworkError::Correlation(error)) => error,
        other => panic!("{:?}", other.map(|network| network.mixes)),
    }
}

/// The plan's finishes in textbook units: mean and variance.
fn moments(plan: &Plan) -> (f64, f64) {
    let samples = simulate(plan, &network(plan), &Settings::default().iterations(RUNS));
    let finishes = samples.finish.iter().map(|&finish| f64::from(finish) / UNIT);
    let mean = finishes.clone().sum::<f64>() / RUNS as f64;
    (mean, finishes.map(|finish| (finish - mean).powi(2)).sum::<f64>() / (RUNS - 1) as f64)
}

/// The values of each variable in the first iterations.
fn columns(network: &Network, iterations: u64) -> Vec<Vec<f64>> {
    let draws = Draws::of(network, &Settings::default());
    let mut columns = vec![Vec::new(); network.variables.len()];
    for iteration in 0..iterations {
        for (column, value) in columns.iter_mut().zip(draws.values(iteration)) {
            column.push(value);
        }
    }
    columns
}

/// That the ranks of two columns are correlated by `rho`, within four standard errors (Bonett and
/// Wright 2000).
fn assert_spearman(first: &[f64], second: &[f64], rho: f64, what: &str) {
    let found = spearman(first, second).expect("values that differ");
    let error = (1.0 - rho * rho) * ((1.0 + rho * rho / 2.0) / (first.len() as f64 - 3.0)).sqrt();
    assert!((found - rho).abs() <= 4.0 * error, "{what}: {found}, not {rho}");
}

#[test]
fn ranks_go_together_as_was_written() {
    let shapes = [
        normal(100.0, 10.0),
        pert(1.0, 2.0, 9.0),
        of(Shape::Lognormal { mean: 5.0, sd: 6.0 }),
        of(Shape::Triangular { low: 1.0, likely: 1.0, high: 4.0 }),
        of(Shape::Exponential { mean: 3.0 }),
        of(Shape::Uniform { low: 0.0, high: 1.0 }),
    ];
    for rho in [0.2, 0.7, 0.95] {
        let mut plan = beside(&shapes);
        group(&mut plan, "all", 0..6, Strength::Rho(rho));
        let columns = columns(&network(&plan), 4_000);
        for one in 0..6 {
            for other in 0..one {
                assert_spearman(&columns[one], &columns[other], rho, &format!("{one} and {other}"));
            }
        }
    }
    let mut plan = beside(&shapes[..3]);
    group(&mut plan, "hedge", [0, 1], Strength::Rho(-0.8));
    let columns = columns(&network(&plan), 4_000);
    assert_spearman(&columns[0], &columns[1], -0.8, "two that shun each other");
    assert_spearman(&columns[0], &columns[2], 0.0, "one outside");
}

/// Clark (1961), "The Greatest of a Finite Set of Random Variables".
#[test]
fn the_later_of_two_correlated_normals_is_clarks() {
    for (one, other, r) in [((100.0, 10.0), (100.0, 10.0), 0.6), ((100.0, 10.0), (108.0, 15.0), -0.5)] {
        let mut plan = beside(&[normal(one.0, one.1), normal(other.0, other.1)]);
        group(&mut plan, "both", [0, 1], scores(r));
        let a = f64::sqrt(one.1 * one.1 + other.1 * other.1 - 2.0 * r * one.1 * other.1);
        let alpha = (one.0 - other.0) / a;
        let mean = one.0 * normal_cdf(alpha) + other.0 * normal_cdf(-alpha) + a * normal_density(alpha);
        let square = (one.0 * one.0 + one.1 * one.1) * normal_cdf(alpha)
            + (other.0 * other.0 + other.1 * other.1) * normal_cdf(-alpha)
            + (one.0 + other.0) * a * normal_density(alpha);
        let variance = square - mean * mean;
        let (found_mean, found_variance) = moments(&plan);
        let runs = RUNS as f64;
        assert!((found_mean - mean).abs() < 4.0 * (variance / runs).sqrt(), "{r}: {found_mean}, {mean}");
        // The fourth moment of such a maximum is near the normal's.
        let error = variance * (2.5 / runs).sqrt();
        assert!((found_variance - variance).abs() < 4.0 * error, "{r}: {found_variance}, {variance}");
    }
}

/// The variance of a sum of normals, within four standard errors.
fn assert_sum(plan: &Plan, mean: f64, variance: f64, what: &str) {
    let (found_mean, found_variance) = moments(plan);
    assert!((found_mean - mean).abs() < 4.0 * (variance / RUNS as f64).sqrt(), "{what}: mean {found_mean}");
    let error = variance * (2.0 / RUNS as f64).sqrt();
    assert!((found_variance - variance).abs() < 4.0 * error, "{what}: variance {found_variance}");
}

#[test]
fn a_sum_of_equally_correlated_terms_widens_as_it_must() {
    for (terms, r) in [(20, 0.3), (5, 0.8)] {
        let mut plan = in_a_row(&vec![normal(100.0, 10.0); terms]);
        group(&mut plan, "all", 0..terms, scores(r));
        let ratio = 1.0 + (terms - 1) as f64 * r;
        assert_sum(&plan, 100.0 * terms as f64, 100.0 * terms as f64 * ratio, "one factor");
        let mut plan = in_a_row(&vec![normal(100.0, 10.0); terms]);
        plan.correlation = rank_correlation(r);
        assert_sum(&plan, 100.0 * terms as f64, 100.0 * terms as f64 * ratio, "the plan's own");
    }
    // Two normals N(100, 10) with correlation 0.6.
    let mut plan = in_a_row(&vec![normal(100.0, 10.0); 2]);
    group(&mut plan, "both", [0, 1], scores(0.6));
    assert_sum(&plan, 200.0, 17.888_543_82 * 17.888_543_82, "two");
}

/// CRAN package PRA 0.3.0, vignette SMM.
#[test]
fn a_matrix_gives_the_published_second_moment() {
    let pearson = [[1.0, 0.5, 0.3], [0.5, 1.0, 0.4], [0.3, 0.4, 1.0]];
    let matrix = pearson.map(|row| row.map(rank_correlation).to_vec()).to_vec();
    let mut plan = in_a_row(&[normal(10.0, 2.0), normal(15.0, 3.0), normal(20.0, 4.0)]);
    group(&mut plan, "smm", 0..3, Strength::Matrix(matrix));
    assert_sum(&plan, 45.0, 49.4, "second moment");
    assert!(network(&plan).repairs.is_empty());
}

#[test]
fn a_matrix_that_cannot_be_is_repaired_and_says_so() {
    let shunning = vec![vec![1.0, -0.9, -0.9], vec![-0.9, 1.0, -0.9], vec![-0.9, -0.9, 1.0]];
    let mut plan = beside(&vec![normal(100.0, 10.0); 3]);
    group(&mut plan, "all", 0..3, Strength::Matrix(shunning));
    let network = network(&plan);
    let [repair] = network.repairs[..] else { panic!("{:?}", network.repairs) };
    assert_eq!((repair.group, repair.written), (0, -0.9));
    assert!((score_correlation(repair.used) + 0.5).abs() < 1e-6, "{repair:?}");
    let columns = columns(&network, 4_000);
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        assert_spearman(&columns[one], &columns[other], rank_correlation(-0.5), "repaired");
    }
}

#[test]
fn a_member_without_doubt_leaves_a_matrix_as_it_is() {
    let matrix = vec![vec![1.0, 0.5, 0.3], vec![0.5, 1.0, 0.4], vec![0.3, 0.4, 1.0]];
    let mut plan = beside(&[normal(10.0, 2.0), of(Shape::Fixed(5.0)), normal(20.0, 4.0)]);
    group(&mut plan, "all", 0..3, Strength::Matrix(matrix));
    let columns = columns(&network(&plan), 4_000);
    assert_eq!(columns.len(), 2);
    assert_spearman(&columns[0], &columns[1], 0.3, "first and last");
}

/// Two events of probability one half happen together with probability 1/4 + asin r / 2π
/// (Sheppard 1899).
#[test]
fn events_happen_together_as_often_as_they_must() {
    for r in [0.5, 0.9] {
        let mut sketch = Sketch::new();
        let factor = sketch.factor("correlation:both");
        for key in ["risk:one", "risk:other"] {
            let Quantity::Variable(event) =
                sketch.variable(key, of(Shape::Discrete(vec![(0.0, 0.5), (1.0, 0.5)])))
            else {
                unreachable!("it is drawn");
            };
            sketch.mix(event, &[(factor, r)]);
        }
        let columns = columns(&sketch.build(), 20_000);
        let both = columns[0].iter().zip(&columns[1]).filter(|(one, other)| **one + **other == 2.0);
        let found = both.count() as f64 / 20_000.0;
        let expected = 0.25 + f64::asin(r) / (2.0 * PI);
        let error = (expected * (1.0 - expected) / 20_000.0).sqrt();
        assert!((found - expected).abs() < 4.0 * error, "{r}: {found}, not {expected}");
    }
}

#[test]
fn what_holds_between_all_estimates_holds_where_no_group_says_otherwise() {
    let mut plan = beside(&vec![pert(1.0, 2.0, 9.0); 6]);
    plan.correlation = 0.3;
    group(&mut plan, "team", [0, 1, 2], Strength::Rho(0.7));
    group(&mut plan, "hedge", [2, 3], Strength::Rho(0.1));
    let matrix = vec![vec![1.0, 0.6], vec![0.6, 1.0]];
    group(&mut plan, "pair", [4, 5], Strength::Matrix(matrix));
    let columns = columns(&network(&plan), 20_000);
    for (one, other, rho) in
        [(0, 1, 0.7), (0, 2, 0.7), (2, 3, 0.1), (0, 3, 0.3), (4, 5, 0.6), (0, 4, 0.0), (3, 5, 0.0)]
    {
        assert_spearman(&columns[one], &columns[other], rho, &format!("{one} and {other}"));
    }
}

#[test]
fn squares_of_weights_add_up_to_one() {
    let mut plan = beside(&vec![pert(1.0, 2.0, 9.0); 5]);
    plan.correlation = 0.1;
    group(&mut plan, "one", [0, 1, 2], Strength::Rho(0.5));
    group(&mut plan, "other", [1, 2, 3], Strength::Rho(0.4));
    let network = network(&plan);
    assert_eq!(network.mixes.len(), 5);
    for mix in &network.mixes {
        let squares: f64 = mix.parts.iter().map(|(_, weight)| weight * weight).sum();
        assert!((squares - 1.0).abs() < 1e-12, "{mix:?}");
    }
}

#[test]
fn without_a_group_its_members_keep_their_own_draws() {
    let mut plan = beside(&vec![normal(100.0, 10.0); 5]);
    let alone = columns(&network(&plan), 200);
    plan.correlation = 0.2;
    group(&mut plan, "one", [0, 1], Strength::Rho(0.9));
    group(&mut plan, "pair", [2, 3], Strength::Matrix(vec![vec![1.0, 0.8], vec![0.8, 1.0]]));
    let whole = network(&plan);
    plan.correlations.remove(0);
    let without = network(&plan);
    assert_eq!(without.factors.len(), 1);
    assert_spearman(&columns(&without, 4_000)[0], &columns(&without, 4_000)[1], 0.2, "the plan's is left");
    assert_eq!(columns(&without, 200)[2..4], columns(&whole, 200)[2..4]);

    plan.correlations.clear();
    plan.correlation = 0.0;
    let none = network(&plan);
    assert!(none.factors.is_empty() && none.mixes.is_empty());
    assert_eq!(columns(&none, 200), alone);
}

#[test]
fn a_group_of_one_or_of_strangers_changes_nothing() {
    let mut plan = beside(&[pert(1.0, 2.0, 9.0), pert(1.0, 2.0, 9.0), of(Shape::Fixed(5.0))]);
    group(&mut plan, "lonely", [0, 2], Strength::Rho(0.9));
    group(&mut plan, "strangers", [0, 1], Strength::Rho(0.0));
    let network = network(&plan);
    assert!(network.factors.is_empty() && network.mixes.is_empty());
}

#[test]
fn a_matrix_among_fixed_spans_holds_nothing_together() {
    let mut plan = beside(&vec![of(Shape::Fixed(5.0)); 2]);
    group(&mut plan, "fixed", [0, 1], Strength::Matrix(vec![vec![1.0, 0.8], vec![0.8, 1.0]]));
    let network = network(&plan);
    assert!(network.mixes.is_empty() && network.repairs.is_empty());
}

#[test]
fn who_is_named_as_a_whole_and_in_part_is_in_the_group_once() {
    let mut plan = beside(&vec![pert(1.0, 2.0, 9.0); 2]);
    group(&mut plan, "both", [0, 1], Strength::Rho(0.5));
    plan.correlations[0].members.push(Member::Duration(MilestoneId::new(0)));
    let network = network(&plan);
    assert_eq!(network.mixes.len(), 2);
    for mix in &network.mixes {
        assert_eq!(mix.parts.len(), 2, "{mix:?}");
        assert_eq!(mix.parts[0].0, Normal::Factor(0));
    }
}

#[test]
fn groups_that_cannot_be_are_refused() {
    let beside = |count| beside(&vec![pert(1.0, 2.0, 9.0); count]);
    let mut plan = beside(3);
    group(&mut plan, "shunning", 0..3, Strength::Rho(-0.1));
    assert_eq!(refusal(&plan), CorrelationError::TooWeak { group: 0 });

    let mut plan = beside(3);
    plan.correlation = 0.5;
    group(&mut plan, "loose", 0..3, Strength::Rho(0.2));
    assert_eq!(refusal(&plan), CorrelationError::TooWeak { group: 0 });

    let mut plan = beside(3);
    group(&mut plan, "one", [0, 1], Strength::Rho(0.7));
    group(&mut plan, "other", [2, 1], Strength::Rho(0.7));
    assert_eq!(refusal(&plan), CorrelationError::TooStrong { group: 1, member: 1 });

    let matrix = || Strength::Matrix(vec![vec![1.0, 0.5], vec![0.5, 1.0]]);
    let mut plan = beside(3);
    group(&mut plan, "matrix", [0, 1], matrix());
    group(&mut plan, "other", [1, 2], Strength::Rho(0.2));
    assert_eq!(refusal(&plan), CorrelationError::NamedTwice { group: 0, member: 1 });

    let mut plan = beside(1);
    group(&mut plan, "matrix", [0, 0], matrix());
    assert_eq!(refusal(&plan), CorrelationError::NamedTwice { group: 0, member: 1 });
}
