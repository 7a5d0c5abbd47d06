//! Latin hypercube sampling: it is fair, it is worth something, and its intervals hold.

mod engine_support;

use engine_support::{Sketch, of, pert, triangular};
use plan::network::{Network, VisitId};
use plan::simulate::{Sampling, Settings, observe, uniforms};
use plan::stats::sample::{Sampled, Scheme};
use plan::stats::{Distribution, Shape};

/// A random layered project, each milestone after one to three of the 2 √n before it.
fn project(size: usize) -> Sketch {
    let mut draws = uniforms(2, "project", 0, 8 * size).into_iter();
    let mut below =
        move |limit: usize| ((u64::from(draws.next().unwrap_or(0)) * limit as u64) >> 32) as usize;
    let window = 2 * (size as f64).sqrt() as usize;
    let mut sketch = Sketch::new();
    for at in 0..size {
        let shapes: [Distribution; 3] = [
            triangular(1.0, 2.0, 6.0),
            of(Shape::Uniform { low: 2.0, high: 4.0 }),
            of(Shape::Triangular { low: 1.0, likely: 1.0, high: 4.0 }),
        ];
        let visit =
            sketch.visit(&format!("m{at}"), shapes[below(3)].clone(), 28_800.0 * (1 + below(20)) as f64);
        let mut taken = Vec::new();
        for _ in 0..1 + below(3) {
            let back = 1 + below(window.min(at).max(1));
            if at >= back && !taken.contains(&back) {
                taken.push(back);
                sketch.after(VisitId::new(at - back), visit);
            }
        }
    }
    sketch
}

/// The plan's finishes in a run of its own.
fn finishes(network: &Network, sampling: Sampling, iterations: u64, seed: u64) -> Vec<f64> {
    let settings = Settings::default().iterations(iterations).seed(seed).sampling(sampling);
    let mut finishes = Vec::new();
    observe(network, &settings, 0..iterations, |rows| {
        finishes.extend(rows.finish().iter().map(|&finish| f64::from(finish)));
    });
    finishes
}

fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64)
}

/// How many plain iterations one of a Latin hypercube is worth, for the P50 and the P80 of a hundred
/// milestones; and that both ways say the same.
#[test]
fn an_iteration_is_worth_more_and_says_the_same() {
    const ITERATIONS: u64 = 1_024;
    const RUNS: u64 = 2_400;
    let network = project(100).build();
    let estimates = |sampling| {
        let mut estimates = [Vec::new(), Vec::new(), Vec::new()];
        for seed in 0..RUNS {
            let values = finishes(&network, sampling, ITERATIONS, seed);
            let sampled = Sampled::new(&values, Scheme::Independent).expect("values");
            for (list, value) in
                estimates.iter_mut().zip([sampled.percentile(0.5), sampled.percentile(0.8), sampled.mean()])
            {
                list.push(value);
            }
        }
        estimates.map(|list| mean_and_variance(&list))
    };
    let (plain, cubes) = (estimates(Sampling::Mc), estimates(Sampling::Lhs));
    for (what, (one, other)) in ["P50", "P80", "mean"].into_iter().zip(plain.into_iter().zip(cubes)) {
        let gain = one.1 / other.1;
        // Known to √(4 / runs), four in a hundred.
        assert!(gain > 1.5, "{what}: one iteration is worth {gain}");
        let z = (one.0 - other.0) / ((one.1 + other.1) / RUNS as f64).sqrt();
        assert!(z.abs() < 4.0, "{what}: z = {z}");
    }
}

/// Of 1,000 intervals as many hold the truth as they say, for percentile, mean and share.
#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    const RUNS: u64 = 1_000;
    const ITERATIONS: u64 = 256;
    const LIMIT: f64 = 10.0 * 28_800.0;
    let mut sketch = Sketch::new();
    let [a, b, c] = [("a", 1.0, 2.0, 9.0), ("b", 2.0, 4.0, 6.0), ("c", 1.0, 3.0, 8.0)]
        .map(|(name, low, likely, high)| sketch.visit(name, pert(low, likely, high), 28_800.0));
    sketch.after(a, b);
    sketch.after(a, c);
    let network = sketch.build();
    let truth = finishes(&network, Sampling::Mc, 1_000_000, 1_000_000);
    let truth = Sampled::new(&truth, Scheme::Independent).expect("values");
    for (sampling, scheme) in [(Sampling::Mc, Scheme::Independent), (Sampling::Lhs, Scheme::Replicates)] {
        assert_eq!(sampling.scheme(), scheme);
        let mut held = [0; 3];
        for seed in 0..RUNS {
            let values = finishes(&network, sampling, ITERATIONS, seed);
            let sampled = Sampled::new(&values, scheme).expect("values");
            for (held, holds) in held.iter_mut().zip([
                sampled.percentile_interval(0.8, 0.95).contains(truth.percentile(0.8)),
                sampled.mean_interval(0.95).contains(truth.mean()),
                sampled.share_interval(LIMIT, 0.95).contains(truth.share_at_most(LIMIT)),
            ]) {
                *held += u32::from(holds);
            }
        }
        for (what, held) in ["P80", "mean", "share"].into_iter().zip(held) {
            let share = f64::from(held) / RUNS as f64;
            let error = (0.95 * 0.05 / RUNS as f64).sqrt();
            assert!((share - 0.95).abs() < 4.0 * error, "{sampling:?}, {what}: {share}");
        }
    }
}
