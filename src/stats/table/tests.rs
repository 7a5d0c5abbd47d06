//! Tables against the exact quantiles, their moments, another library's draws, and their own bytes.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;
use rand_distr::Distribution as _;

use super::*;
use crate::stats::sample::{Sorted, distance_between, distance_limit};
use crate::stats::{Distribution, Level, Shape};

fn shapes() -> Vec<Shape> {
    let pert = |likely: f64| Shape::Pert { low: 0.0, likely, high: 1.0, shape: 4.0 };
    vec![
        pert(0.2),
        pert(0.0),
        pert(1.0),
        pert(0.5),
        Shape::Pert { low: 0.0, likely: 0.3, high: 1.0, shape: 100.0 },
        Shape::Uniform { low: 0.0, high: 1.0 },
        Shape::Triangular { low: 0.0, likely: 0.3, high: 1.0 },
        Shape::Triangular { low: 0.0, likely: 0.0, high: 1.0 },
        Shape::Normal { mean: 0.0, sd: 1.0 },
        Shape::Lognormal { mean: 1.0, sd: 0.5 },
        Shape::Lognormal { mean: 1.0, sd: 1.31 },
        Shape::Gamma { mean: 2.0, sd: 1.4 },
        Shape::Gamma { mean: 1.0, sd: 1.5 },
        Shape::Gamma { mean: 400.0, sd: 20.0 },
        Shape::Weibull { shape: 1.5, scale: 1.0 },
        Shape::Weibull { shape: 0.5, scale: 1.0 },
        Shape::Exponential { mean: 1.0 },
        Shape::Metalog { p10: 5.0, p50: 8.0, p90: 20.0 },
        Shape::Metalog { p10: 5.0, p50: 17.0, p90: 20.0 },
        Shape::Beta { low: 0.0, high: 1.0, a: 0.5, b: 0.5 },
    ]
}

fn distributions() -> Vec<Distribution> {
    let plain = shapes().into_iter().map(|shape| Distribution::new(shape).unwrap());
    let cut = shapes().into_iter().map(|shape| {
        let whole = Distribution::new(shape).unwrap();
        let (low, high) = (whole.quantile(0.1), whole.quantile(0.99));
        whole.truncated(Some(low), Some(high)).unwrap()
    });
    plain.chain(cut).collect()
}

/// The draw whose probability is the nearest to this one.
fn draw(p: f64) -> u32 {
    (p * 4_294_967_296.0) as u32
}

#[test]
fn tables_are_within_a_two_thousandth_of_a_standard_deviation() {
    for distribution in distributions() {
        let unit = distribution.unit();
        let (law, sd) = (unit.shape.law(), unit.shape.law().moments().sd);
        let table = UnitTable::build(&unit.shape);
        let worst = (0..1 << 14)
            .map(|cell| {
                let p = (f64::from(cell) + 0.5) / 16384.0;
                (f64::from(table.lookup(draw(p))) - law.quantile(Level::with_below(p))).abs() / sd
            })
            .fold(0.0, f64::max);
        assert!(worst < 5e-4, "{distribution:?}: {worst:e}");
        let scores = ScoreTable::build(&unit.shape);
        let worst = (0..1 << 14)
            .map(|cell| {
                let level = Level::with_below((f64::from(cell) + 0.5) / 16384.0);
                let score = crate::stats::special::normal_quantile_at(level) as f32;
                (f64::from(scores.lookup(score)) - law.quantile(level)).abs() / sd
            })
            .fold(0.0, f64::max);
        assert!(worst < 5e-4, "{distribution:?} by score: {worst:e}");
    }
}

#[test]
fn tails_hold_to_the_last_draw() {
    for distribution in distributions() {
        let unit = distribution.unit();
        let (law, sd) = (unit.shape.law(), unit.shape.law().moments().sd);
        let table = UnitTable::build(&unit.shape);
        for exponent in 15..=31 {
            let m = 1u32 << (32 - exponent) | 1;
            let tail = f64::from(m) / 4_294_967_296.0;
            for (u, level) in [(m, Level::with_below(tail)), (!m, Level::with_above(tail))] {
                let (found, exact) = (f64::from(table.lookup(u)), law.quantile(level));
                let error = (found - exact).abs() / (sd + 0.1 * exact.abs());
                assert!(error < 2e-3, "{distribution:?} {exponent}: {found} {exact}");
            }
        }
    }
}

#[test]
fn larger_draws_never_have_smaller_values() {
    for distribution in distributions() {
        let table = UnitTable::build(&distribution.unit().shape);
        let slack = 1e-6 * distribution.unit().shape.law().moments().sd as f32;
        let mut last = f32::NEG_INFINITY;
        for step in 0..50_000u32 {
            let value = table.lookup(step * 85_899);
            let rounding = 4.0 * f32::EPSILON * value.abs();
            assert!(value >= last - slack - rounding, "{distribution:?} at {step}: {value} after {last}");
            last = value;
        }
    }
}

#[test]
fn mean_and_standard_deviation_are_exact() {
    for distribution in distributions() {
        let unit = distribution.unit();
        let exact = unit.shape.law().moments();
        let table = UnitTable::build(&unit.shape);
        let (mut sum, mut squares) = (0.0, 0.0);
        // All 2^20 cells of equal probability, at their middles: what the sum misses in the
        // tails is tested with the draws themselves.
        for cell in 0..1u32 << 20 {
            let value = f64::from(table.lookup(cell << 12 | 1 << 11)) - exact.mean;
            sum += value;
            squares += value * value;
        }
        let count = f64::from(1 << 20);
        let (bias, sd) = (sum / count / exact.sd, (squares / count).sqrt() / exact.sd);
        assert!(bias.abs() < 5e-5, "{distribution:?}: mean off by {bias:e} sd");
        assert!((sd - 1.0).abs() < 1e-3, "{distribution:?}: sd ratio {sd}");
    }
}

#[test]
fn another_library_draws_the_same_distribution() {
    let count = 40_000;
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut theirs = |sample: &dyn Fn(&mut ChaCha8Rng) -> f64| -> Sorted {
        Sorted::new((0..count).map(|_| sample(&mut random)).collect()).unwrap()
    };
    let pert = rand_distr::Pert::new(2.0, 12.0).with_mode(4.0).unwrap();
    let triangle = rand_distr::Triangular::new(2.0, 12.0, 4.0).unwrap();
    let gamma = rand_distr::Gamma::new(6.25, 1.6).unwrap();
    let weibull = rand_distr::Weibull::new(3.0, 0.5).unwrap();
    let lognormal = rand_distr::LogNormal::from_mean_cv(10.0, 0.4).unwrap();
    let normal = rand_distr::Normal::new(10.0, 2.0).unwrap();
    let exponential = rand_distr::Exp::new(0.2).unwrap();
    let cases = [
        (Shape::Pert { low: 2.0, likely: 4.0, high: 12.0, shape: 4.0 }, theirs(&|r| pert.sample(r))),
        (Shape::Triangular { low: 2.0, likely: 4.0, high: 12.0 }, theirs(&|r| triangle.sample(r))),
        (Shape::Gamma { mean: 10.0, sd: 4.0 }, theirs(&|r| gamma.sample(r))),
        (Shape::Weibull { shape: 0.5, scale: 3.0 }, theirs(&|r| weibull.sample(r))),
        (Shape::Lognormal { mean: 10.0, sd: 4.0 }, theirs(&|r| lognormal.sample(r))),
        (Shape::Normal { mean: 10.0, sd: 2.0 }, theirs(&|r| normal.sample(r))),
        (Shape::Exponential { mean: 5.0 }, theirs(&|r| exponential.sample(r))),
    ];
    for (shape, theirs) in cases {
        let distribution = Distribution::new(shape.clone()).unwrap();
        let unit = distribution.unit();
        let table = UnitTable::build(&unit.shape);
        // An equidistant set of draws, so only the other side's chance remains.
        let ours = (0..count)
            .map(|at| {
                let u = draw((f64::from(at) + 0.5) / f64::from(count));
                unit.location + unit.scale * f64::from(table.lookup(u))
            })
            .collect();
        let found = distance_between(&Sorted::new(ours).unwrap(), &theirs);
        let limit = distance_limit(f64::from(count), 1e-4) + 1.0 / f64::from(count);
        assert!(found < limit, "{shape:?}: {found} against {limit}");
    }
}

#[test]
fn the_widest_and_narrowest_shapes_allowed_have_finite_tables() {
    for shape in [
        Shape::Pert { low: 0.0, likely: 0.3, high: 1.0, shape: 1e6 },
        Shape::Pert { low: 0.0, likely: 0.0, high: 1.0, shape: 1e6 },
        Shape::Pert { low: -1e18, likely: 0.0, high: 1e18, shape: 1e-300 },
        Shape::Pert { low: 0.0, likely: 1e-300, high: 2e-300, shape: 4.0 },
        Shape::Gamma { mean: 1.0, sd: 100.0 },
        Shape::Gamma { mean: 1.0, sd: 1e-9 },
        Shape::Lognormal { mean: 1.0, sd: 100.0 },
        Shape::Lognormal { mean: 1.0, sd: 1e-9 },
        Shape::LognormalRange { p10: 1.0, p90: 1e6 },
        Shape::Weibull { shape: 0.1, scale: 1.0 },
        Shape::Weibull { shape: 1e4, scale: 1.0 },
        Shape::Beta { low: 0.0, high: 1.0, a: 0.01, b: 0.01 },
        Shape::Beta { low: 0.0, high: 1.0, a: 0.01, b: 1e6 },
        Shape::Beta { low: 0.0, high: 1.0, a: 1e6, b: 0.01 },
        Shape::Beta { low: 0.0, high: 1.0, a: 1e6, b: 1e6 },
        Shape::Metalog { p10: 0.0, p50: 0.16658, p90: 1.0 },
    ] {
        let distribution = Distribution::new(shape.clone()).unwrap();
        let table = UnitTable::build(&distribution.unit().shape);
        let scores = ScoreTable::build(&distribution.unit().shape);
        for step in 0..=1000u32 {
            let u = step.saturating_mul(4_294_968);
            let score = step as f32 / 70.0 - 7.0;
            for value in [table.lookup(u), scores.lookup(score)] {
                assert!(value.is_finite(), "{shape:?} at {step}: {value}");
            }
        }
        assert!(distribution.mean().is_finite() && distribution.sd().is_finite(), "{shape:?}");
    }
}

#[test]
fn blocks_agree_with_single_draws() {
    let u: [u32; 128] = std::array::from_fn(|at| (at as u32).wrapping_mul(0x9e37_79b9));
    let scores = u.map(|u| u as i32 as f32 / 3e8);
    for distribution in distributions() {
        let shape = &distribution.unit().shape;
        let mut block = [0.0; 128];
        let table = UnitTable::build(shape);
        table.fill(&u, &mut block);
        assert_eq!(block, u.map(|u| table.lookup(u)), "{distribution:?}");
        let table = ScoreTable::build(shape);
        table.fill(&scores, &mut block);
        assert_eq!(block, scores.map(|score| table.lookup(score)), "{distribution:?}");
    }
}

#[test]
fn tables_hold_the_same_bits_everywhere() {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut add = |number: f32| {
        for byte in number.to_bits().to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for distribution in distributions() {
        let shape = &distribution.unit().shape;
        match UnitTable::build(shape) {
            UnitTable::Linear(cells) => cells.iter().flatten().for_each(|&number| add(number)),
            UnitTable::Cubic(cells) => cells.iter().flatten().for_each(|&number| add(number)),
            _ => {}
        }
        if let ScoreTable::Lines(cells) = ScoreTable::build(shape) {
            cells.iter().flatten().for_each(|&number| add(number));
        }
    }
    assert_eq!(hash, 0x47af_4ed1_fd5c_79e2, "every forecast changes with these tables: {hash:#x}");
}
