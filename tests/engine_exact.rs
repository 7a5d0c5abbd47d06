//! The engine against networks whose answers are known exactly.

mod engine_support;

use engine_support::{Sketch, of, pert, triangular};
use plan::model::LinkKind;
use plan::network::{Quantity, VisitId, VisitLag};
use plan::simulate::{Samples, Settings, simulate};
use plan::stats::Shape;

/// One unit of the textbook's time, in seconds.
const UNIT: f64 = 100_000.0;
const RUNS: u64 = 200_000;

fn run(sketch: &Sketch) -> Samples {
    simulate(&sketch.plan(), &sketch.build(), &Settings::default().iterations(RUNS))
}

fn mean(samples: &Samples) -> f64 {
    samples.finish.iter().map(|&finish| f64::from(finish)).sum::<f64>() / RUNS as f64 / UNIT
}

fn assert_mean(samples: &Samples, expected: f64, sd: f64, what: &str) {
    let error = sd / (RUNS as f64).sqrt();
    let mean = mean(samples);
    assert!((mean - expected).abs() < 4.0 * error, "{what}: mean {mean}, expected {expected}");
}

fn assert_share(found: f64, expected: f64, what: &str) {
    let error = (expected * (1.0 - expected) / RUNS as f64).sqrt();
    assert!((found - expected).abs() <= 4.0 * error + 1e-9, "{what}: {found}, expected {expected}");
}

fn share_at_most(samples: &Samples, limit: f64) -> f64 {
    samples.finish.iter().filter(|&&finish| f64::from(finish) <= limit * UNIT + 0.5).count() as f64
        / RUNS as f64
}

/// Textbook networks of three-point estimates: (activities with their points and predecessors,
/// mean, standard deviation, probabilities, criticalities), by 20 million runs.
#[test]
fn pert_networks_have_their_means_and_criticalities() {
    type Activity = (&'static str, [f64; 3], &'static [&'static str]);
    struct Case {
        name: &'static str,
        activities: &'static [Activity],
        mean: f64,
        sd: f64,
        chances: &'static [(f64, f64)],
        critical: &'static [(&'static str, f64)],
    }
    let cases = [
        Case {
            name: "seven activities",
            activities: &[
                ("a", [2.0, 4.0, 6.0], &[]),
                ("b", [3.0, 5.0, 9.0], &[]),
                ("c", [4.0, 5.0, 7.0], &["a"]),
                ("d", [4.0, 6.0, 10.0], &["a"]),
                ("e", [4.0, 5.0, 7.0], &["b", "c"]),
                ("f", [3.0, 4.0, 8.0], &["d"]),
                ("g", [3.0, 5.0, 8.0], &["e"]),
            ],
            mean: 19.505_605_68,
            sd: 1.429_891_68,
            chances: &[(18.0, 0.150_011_35), (20.0, 0.637_285_75), (22.0, 0.956_603_15)],
            critical: &[("a", 0.996_291_45), ("b", 0.003_708_55), ("d", 0.006_443_75), ("g", 0.993_556_25)],
        },
        Case {
            name: "reliable construction",
            activities: &[
                ("A", [1.0, 2.0, 3.0], &[]),
                ("B", [2.0, 3.5, 8.0], &["A"]),
                ("C", [6.0, 9.0, 18.0], &["B"]),
                ("D", [4.0, 5.5, 10.0], &["C"]),
                ("E", [1.0, 4.5, 5.0], &["C"]),
                ("F", [4.0, 4.0, 10.0], &["E"]),
                ("G", [5.0, 6.5, 11.0], &["D"]),
                ("H", [5.0, 8.0, 17.0], &["E", "G"]),
                ("I", [3.0, 7.5, 9.0], &["C"]),
                ("J", [3.0, 9.0, 9.0], &["F", "I"]),
                ("K", [4.0, 4.0, 4.0], &["J"]),
                ("L", [1.0, 5.5, 7.0], &["J"]),
                ("M", [1.0, 2.0, 3.0], &["H"]),
                ("N", [5.0, 5.5, 9.0], &["K", "L"]),
            ],
            mean: 44.326_408_07,
            sd: 2.933_395_61,
            chances: &[(40.0, 0.062_658_35), (44.0, 0.473_722_95), (47.0, 0.816_345_4)],
            critical: &[
                ("D", 0.098_513_65),
                ("E", 0.830_511_5),
                ("I", 0.070_974_85),
                ("K", 0.157_287_05),
                ("L", 0.744_199_35),
                ("N", 0.901_486_35),
            ],
        },
        Case {
            name: "critpath vignette",
            activities: &[
                ("A", [3.0, 5.0, 7.0], &[]),
                ("B", [5.0, 7.0, 9.0], &["A"]),
                ("C", [5.0, 5.0, 8.0], &["B"]),
                ("D", [1.0, 6.0, 8.0], &["B"]),
                ("E", [6.0, 8.0, 10.0], &["B"]),
                ("F", [2.0, 6.0, 7.0], &["C"]),
                ("G", [5.0, 6.0, 7.0], &["D"]),
                ("H", [3.0, 5.0, 7.0], &["E"]),
                ("I", [4.0, 6.0, 8.0], &["F", "G", "H"]),
            ],
            mean: 31.190_105_94,
            sd: 1.599_453_78,
            chances: &[(30.0, 0.231_982_15), (31.0, 0.455_327_25)],
            critical: &[("C", 0.050_474_6), ("D", 0.183_145_7), ("E", 0.766_379_7), ("I", 1.0)],
        },
    ];
    for case in cases {
        let mut sketch = Sketch::new();
        for (name, [low, likely, high], _) in case.activities {
            let distribution = if low == high { of(Shape::Fixed(*low)) } else { pert(*low, *likely, *high) };
            sketch.visit(name, distribution, UNIT);
        }
        let position = |wanted: &str| {
            VisitId::new(case.activities.iter().position(|(name, ..)| *name == wanted).expect("named above"))
        };
        for (name, _, before) in case.activities {
            for predecessor in *before {
                sketch.after(position(predecessor), position(name));
            }
        }
        let samples = run(&sketch);
        // The published means have an error of their own, much smaller.
        assert_mean(&samples, case.mean, case.sd, case.name);
        for (limit, chance) in case.chances {
            assert_share(share_at_most(&samples, *limit), *chance, case.name);
        }
        for (name, expected) in case.critical {
            assert_share(samples.criticality(position(name)), *expected, &format!("{} {name}", case.name));
        }
    }
}

/// Five exponential activities in a bridge (Kulkarni & Adlakha 1986): mean 83/24, variance 1663/576.
#[test]
fn an_exponential_bridge_has_its_exact_moments_and_criticalities() {
    let mut sketch = Sketch::new();
    let [a, b, c, d, e] =
        ["a", "b", "c", "d", "e"].map(|name| sketch.visit(name, of(Shape::Exponential { mean: 1.0 }), UNIT));
    for (from, to) in [(a, c), (a, d), (b, e), (c, e)] {
        sketch.after(from, to);
    }
    let samples = run(&sketch);
    assert_mean(&samples, 83.0 / 24.0, (1663.0_f64 / 576.0).sqrt(), "bridge");
    for (visit, expected) in
        [(a, 19.0 / 24.0), (b, 5.0 / 24.0), (c, 7.0 / 12.0), (d, 5.0 / 24.0), (e, 19.0 / 24.0)]
    {
        assert_share(samples.criticality(visit), expected, &format!("{visit:?}"));
    }
    for (limit, expected) in [(2.0, 0.192_635_359_4), (4.0, 0.686_279_756_3), (6.0, 0.918_182_730_3)] {
        assert_share(share_at_most(&samples, limit), expected, "bridge");
    }
}

#[test]
fn the_latest_of_equal_paths_is_later_than_each() {
    let triangle = || triangular(80.0, 100.0, 150.0);
    let exponential = || of(Shape::Exponential { mean: 1.0 });
    for (paths, mean, variance, p80) in [
        (1, 110.0, 216.666_666_7, 123.542_486_9),
        (2, 118.380_952_4, 174.521_542, 130.777_491_5),
        (5, 128.145_133_1, 105.738_514_7, 137.640_135_5),
        (10, 134.011_191_7, 62.539_849_6, 141.211_637_8),
    ] {
        let mut sketch = Sketch::new();
        for path in 0..paths {
            sketch.visit(&format!("x{path}"), triangle(), UNIT / 10.0);
        }
        let samples = run(&sketch);
        assert_mean(&samples, mean / 10.0, f64::sqrt(variance) / 10.0, &format!("{paths} triangles"));
        assert_share(share_at_most(&samples, p80 / 10.0), 0.8, &format!("{paths} triangles"));
    }
    let mut sketch = Sketch::new();
    let visits = ["x", "y", "z"].map(|name| sketch.visit(name, exponential(), UNIT));
    let samples = run(&sketch);
    assert_mean(&samples, 11.0 / 6.0, 1.361_111_f64.sqrt(), "three exponentials");
    for visit in visits {
        assert_share(samples.criticality(visit), 1.0 / 3.0, "each of three");
    }
}

#[test]
fn triangles_in_series_and_parallel_have_their_mean() {
    let mut sketch = Sketch::new();
    let mut visit = |name, low, likely, high| sketch.visit(name, triangular(low, likely, high), UNIT);
    let (a, b) = (visit("a", 2.0, 4.0, 9.0), visit("b", 3.0, 5.0, 6.0));
    let (c, d) = (visit("c", 4.0, 8.0, 15.0), visit("d", 1.0, 2.0, 4.0));
    for (from, to) in [(a, b), (b, d), (c, d)] {
        sketch.after(from, to);
    }
    let samples = run(&sketch);
    assert_mean(&samples, 12.827_387_05, 1.752_417_1, "series and parallel");
    assert_share(share_at_most(&samples, 13.0), 0.549_276_923, "series and parallel");
}

/// Mixed links over separate values, enumerated exactly; ties count for every critical path.
#[test]
fn mixed_links_give_the_enumerated_finish_and_criticality() {
    let mut sketch = Sketch::new();
    let mut visit =
        |name, values: &[(f64, f64)]| sketch.visit(name, of(Shape::Discrete(values.to_vec())), 28_800.0);
    let a = visit("A", &[(3.0, 0.25), (4.0, 0.5), (6.0, 0.25)]);
    let b = visit("B", &[(2.0, 0.5), (5.0, 0.5)]);
    let c = visit("C", &[(4.0, 0.5), (5.0, 0.25), (8.0, 0.25)]);
    let d = visit("D", &[(2.0, 0.5), (3.0, 0.5)]);
    let e = visit("E", &[(3.0, 0.75), (6.0, 0.25)]);
    let days = |days: f64| VisitLag::Work(Quantity::Fixed(days * 28_800.0));
    sketch.after(a, c);
    sketch.link(a, d, LinkKind::StartStart, days(2.0));
    sketch.link(b, d, LinkKind::FinishStart, days(1.0));
    sketch.link(c, e, LinkKind::FinishFinish, days(1.0));
    sketch.after(d, e);
    let samples = run(&sketch);
    let chances = [
        (8, 0.023_437_5),
        (9, 0.140_625),
        (10, 0.046_875),
        (11, 0.218_75),
        (12, 0.281_25),
        (13, 0.109_375),
        (14, 0.058_593_75),
        (15, 0.121_093_75),
    ];
    for (day, expected) in chances {
        let found =
            samples.finish.iter().filter(|&&finish| finish == day * 28_800).count() as f64 / RUNS as f64;
        assert_share(found, expected, &format!("day {day}"));
    }
    for (visit, expected) in [(a, 0.546_875), (b, 0.601_562_5), (c, 0.546_875), (d, 0.601_562_5), (e, 1.0)] {
        assert_share(samples.criticality(visit), expected, &format!("{visit:?}"));
    }
}

#[test]
fn costs_add_up_to_their_exact_distribution() {
    let mut sketch = Sketch::new();
    for (name, low, likely, high) in [("a", 10.0, 12.0, 20.0), ("b", 5.0, 8.0, 9.0), ("c", 30.0, 40.0, 70.0)]
    {
        let visit = sketch.visit_of(Vec::new());
        let amount = sketch.variable(&format!("cost:{name}"), triangular(low, likely, high));
        sketch.once(visit, amount);
    }
    let samples = run(&sketch);
    let mean = samples.cost.iter().sum::<f64>() / RUNS as f64;
    assert!((mean - 68.0).abs() < 4.0 * 8.809_716_86 / (RUNS as f64).sqrt(), "{mean}");
    for (limit, p) in [(57.217_171_22, 0.1), (66.948_477_07, 0.5), (76.016_313_02, 0.8), (80.627_675_43, 0.9)]
    {
        let found = samples.cost.iter().filter(|&&cost| cost <= limit).count() as f64 / RUNS as f64;
        assert_share(found, p, "cost");
    }
    assert_eq!(samples.finish[0], 0);
}
