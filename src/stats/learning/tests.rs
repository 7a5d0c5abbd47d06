//! Worked examples, laws, and draws held against exact probabilities.

use proptest::prelude::*;

use super::*;

/// A history of a proportion that should rise.
fn rising(points: &[(f64, f64)]) -> History {
    let points = points.iter().map(|&(effort, value)| Point { effort, gap: 1.0 - value, items: None });
    History::new(points.collect(), 1.0).unwrap()
}

fn posterior(points: &[(f64, f64)]) -> Posterior {
    Posterior::of(&rising(points), &Options::default()).unwrap()
}

/// Eight iterations that level off at 0.70.
const PLATEAU: [(f64, f64); 8] = [
    (1.0, 0.52),
    (2.0, 0.60),
    (3.0, 0.645),
    (4.0, 0.67),
    (5.0, 0.685),
    (6.0, 0.692),
    (7.0, 0.697),
    (8.0, 0.70),
];
/// Five iterations that still improve.
const PROMISING: [(f64, f64); 5] = [(1.0, 0.58), (2.0, 0.66), (3.0, 0.715), (4.0, 0.755), (5.0, 0.78)];

#[test]
fn worked_probabilities_hold_to_six_digits() {
    let short: &[_] = &[(1.0, 0.60), (2.0, 0.68), (3.0, 0.70)];
    let falling: &[_] = &[(1.0, 0.74), (2.0, 0.73), (3.0, 0.71), (4.0, 0.70), (5.0, 0.69)];
    let reached: &[_] = &[(1.0, 0.80), (2.0, 0.84), (3.0, 0.86), (4.0, 0.87)];
    for (points, target, effort, expected) in [
        (&PLATEAU[..], 0.85, 24.0, 0.007_096),
        (&PLATEAU, 0.85, 16.0, 0.001_307),
        (&PLATEAU, 0.85, 48.0, 0.019_168),
        (&PLATEAU, 0.80, 24.0, 0.033_712),
        (&PLATEAU, 0.75, 24.0, 0.234_185),
        (&PLATEAU, 0.71, 24.0, 0.683_739),
        (short, 0.85, 9.0, 0.048_234),
        (falling, 0.85, 15.0, 0.016_781),
        (reached, 0.85, 12.0, 0.968_594),
        (reached, 0.85, 4.0, 0.937_456),
        (&PROMISING, 0.85, 9.0, 0.225_838),
        (&PROMISING, 0.85, 13.0, 0.404_402),
        (&PROMISING, 0.85, 17.0, 0.466_379),
    ] {
        let found = posterior(points).p_curve(effort, 1.0 - target);
        assert!((found - expected).abs() < 1e-6, "{target} by {effort}: {found} instead of {expected}");
    }
    let plateau = posterior(&PLATEAU);
    assert!((plateau.p_target(24.0, 0.15) - 0.006_742).abs() < 1e-6);
    assert!((plateau.p_ever(0.15) - 0.181_299).abs() < 1e-6);
}

#[test]
fn worked_probabilities_with_a_human_floor_hold_too() {
    let pilot = rising(&[(1.0, 0.61), (2.0, 0.70), (3.0, 0.755), (4.0, 0.785)]);
    let options = Options { floor: Some(Floor::human(0.06, true)), ..Options::default() };
    let posterior = Posterior::of(&pilot, &options).unwrap();
    for (effort, expected) in [(6.0, 0.073_942), (8.0, 0.211_059), (12.0, 0.318_504), (16.0, 0.357_505)] {
        let found = posterior.p_curve(effort, 0.15);
        assert!((found - expected).abs() < 1e-6, "{effort}: {found}");
    }
    // A metric that should fall: forecast error, target 0.28.
    let error = [(1.0, 0.44), (2.0, 0.41), (3.0, 0.385), (4.0, 0.372), (5.0, 0.36)];
    let found = self::posterior(&error.map(|(effort, gap)| (effort, 1.0 - gap))).p_curve(9.0, 0.28);
    assert!((found - 0.068_060).abs() < 1e-6, "{found}");
}

#[test]
fn the_plateau_has_its_worked_quantiles_and_weights() {
    let posterior = posterior(&PLATEAU);
    let levels = [0.95, 0.90, 0.75, 0.50, 0.25, 0.10, 0.05];
    for (effort, expected) in [
        (8.0, [0.680_71, 0.686_26, 0.694_21, 0.702_13, 0.710_43, 0.718_78, 0.724_68]),
        (16.0, [0.685_99, 0.692_61, 0.703_71, 0.718_65, 0.736_78, 0.754_69, 0.768_61]),
        (24.0, [0.686_68, 0.693_48, 0.705_51, 0.724_21, 0.748_10, 0.770_81, 0.788_65]),
    ] {
        for (gap, value) in posterior.gap_quantiles(effort, levels).into_iter().zip(expected) {
            assert!((1.0 - gap - value).abs() < 2e-5, "{effort}: {} instead of {value}", 1.0 - gap);
        }
    }
    for (found, expected) in posterior.families().into_iter().zip([0.2791, 0.4465, 0.2743]) {
        assert!((found - expected).abs() < 5e-5, "{found} instead of {expected}");
    }
    assert!((posterior.mean_floor() - 0.4842).abs() < 5e-5);
    let heaviest = posterior.cells().iter().max_by(|a, b| a.weight.total_cmp(&b.weight)).unwrap();
    assert!(matches!(heaviest.shape, Shape::Exponential { rate } if (rate - 3.419_95).abs() < 1e-5));
    assert!((heaviest.floor - 0.62).abs() < 1e-12);
    assert!((heaviest.weight - 0.051_008).abs() < 1e-6);
    assert!((heaviest.first - 0.471_592).abs() < 1e-6);
}

#[test]
fn a_hard_floor_may_leave_nothing() {
    let history = rising(&PLATEAU);
    let floor = |gap| Options { hard_floor: Some(gap), ..Options::default() };
    assert_eq!(Posterior::of(&history, &floor(0.9)).err(), Some(NothingPossible));
    let floored = Posterior::of(&history, &floor(0.2)).unwrap();
    assert!(floored.p_ever(0.15) < 0.002, "{}", floored.p_ever(0.15));
}

#[test]
fn points_that_are_no_history_are_refused() {
    let point = |effort, gap| Point { effort, gap, items: None };
    for (points, error) in [
        (vec![], HistoryError::TooShort),
        (vec![point(1.0, 0.3), point(1.0, 0.2)], HistoryError::TooShort),
        (vec![point(1.0, 0.3), point(f64::NAN, 0.2)], HistoryError::NotFinite),
        (vec![point(1.0, 0.3); 201], HistoryError::TooLong),
    ] {
        assert_eq!(History::new(points, 1.0), Err(error));
    }
}

#[test]
fn small_test_sets_count_less() {
    let mut points: Vec<_> = PROMISING
        .iter()
        .map(|&(effort, value)| Point { effort, gap: 1.0 - value, items: Some(1000.0) })
        .collect();
    let exact = Posterior::of(&History::new(points.clone(), 1.0).unwrap(), &Options::default()).unwrap();
    points[4].items = Some(20.0);
    let coarse = Posterior::of(&History::new(points, 1.0).unwrap(), &Options::default()).unwrap();
    let width = |posterior: &Posterior| {
        let [low, high] = posterior.gap_quantiles(5.0, [0.1, 0.9]);
        high - low
    };
    assert!(width(&coarse) > 1.3 * width(&exact));
}

#[test]
fn the_curve_of_a_new_system_has_its_worked_effort() {
    let curve = Curve::towards(0.55, 0.12, 6.0, 0.01);
    assert!((curve.effort_to(0.20).unwrap() - 6.269_612_1).abs() < 1e-7);
    assert!((curve.gap(6.0) - (0.12 + 0.2 * 0.43)).abs() < 1e-12);
    assert_eq!(curve.effort_to(0.12), None);
    assert_eq!(curve.effort_to(0.6), Some(0.0));
    let hopeless = Curve::towards(0.3, 0.4, 6.0, 0.01);
    assert_eq!((hopeless.effort_to(0.2), hopeless.effort_to(0.31)), (None, Some(0.0)));
    assert!((hopeless.gap(5.0) - 0.3).abs() < 1e-9);
}

/// Uniform numbers without end, from a fixed seed.
fn uniforms() -> impl FnMut() -> f64 {
    use chacha20::rand_core::{Rng, SeedableRng};
    let mut generator = chacha20::ChaCha8Rng::seed_from_u64(8);
    move || (f64::from(generator.next_u32()) + 0.5) / 4_294_967_296.0
}

#[test]
fn draws_reach_targets_as_often_as_is_exact() {
    let draws = 40_000;
    let mut uniform = uniforms();
    for (points, now) in [(&PLATEAU[..], 8.0), (&PROMISING[..], 5.0)] {
        let posterior = posterior(points);
        let curves: Vec<_> = (0..draws).map(|_| posterior.draw(std::array::from_fn(|_| uniform()))).collect();
        for (gap, effort) in [(0.15, 4.0), (0.15, 16.0), (0.25, 8.0), (0.29, 1.0), (0.22, 0.0)] {
            let exact = posterior.p_target(now + effort, gap);
            let close = 4.0 * (exact * (1.0 - exact) / f64::from(draws)).sqrt();
            let share = |hits: usize| hits as f64 / f64::from(draws);
            let soon = |curve: &&Curve| curve.effort_to(gap).is_some_and(|needed| needed <= effort);
            let reached = share(curves.iter().filter(soon).count());
            assert!((reached - exact).abs() <= close, "{gap}, {effort}: {reached} against {exact}");
            let below = share(curves.iter().filter(|curve| curve.gap(now + effort) <= gap).count());
            assert!((below - exact).abs() <= close, "{gap}, {effort}: {below} against {exact}");
        }
    }
}

/// Histories of the three families with noise, continued to twice and four times their length.
/// Intervals hold the truth at least as often as they say: where a family is true, the coarsened
/// likelihood is too careful; that is what it pays for curves of no family.
#[test]
fn intervals_hold_what_curves_of_the_families_do_next() {
    let mut uniform = uniforms();
    let cases = 400;
    let mut held = [0_u32; 3];
    for case in 0..cases {
        let (first, floor) = (0.3 + 0.4 * uniform(), 0.1 + 0.7 * uniform());
        let shape = match case % 3 {
            0 => Shape::Exponential { rate: 0.5 * libm::exp(2.5 * uniform()) },
            1 => Shape::Power { delay: 0.05 + 0.5 * uniform(), exponent: 0.3 + 1.5 * uniform() },
            _ => Shape::Hill { half: 0.1 + uniform(), exponent: 1.0 + uniform() },
        };
        let length = 4 + case % 5;
        let truth = |effort: f64| {
            first * (floor + (1.0 - floor) * shape.left((effort - 1.0) / f64::from(length - 1)))
        };
        let mut noisy = |effort: f64| {
            let noise = 1.0 + 0.05 * crate::stats::special::normal_quantile(uniform());
            Point { effort, gap: truth(effort) * noise, items: None }
        };
        let points = (1..=length).map(|effort| noisy(f64::from(effort))).collect();
        let posterior = Posterior::of(&History::new(points, 1.0).unwrap(), &Options::default()).unwrap();
        let effort = f64::from(length) * if case % 2 == 0 { 2.0 } else { 4.0 };
        let [q05, q10, q25, q75, q90, q95] =
            posterior.gap_quantiles(effort, [0.05, 0.10, 0.25, 0.75, 0.90, 0.95]);
        for (held, range) in held.iter_mut().zip([q25..=q75, q10..=q90, q05..=q95]) {
            *held += u32::from(range.contains(&truth(effort)));
        }
    }
    for (held, nominal) in held.into_iter().zip([0.5, 0.8, 0.9]) {
        let share = f64::from(held) / f64::from(cases);
        let error: f64 = (nominal * (1.0 - nominal) / f64::from(cases)).sqrt();
        assert!(share > nominal - 4.0 * error, "{share} of intervals at {nominal}");
        assert!(nominal > 0.5 || share < 0.85, "{share} of intervals at {nominal}");
    }
}

fn histories() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let values = proptest::collection::vec(0.05..0.95_f64, 3..9);
    values.prop_map(|values| values.into_iter().enumerate().map(|(x, y)| (x as f64 + 1.0, y)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn units_and_order_of_a_history_do_not_matter(
        points in histories(),
        target in 0.1..0.9_f64,
        further in 0.0..20.0_f64,
        (shift, factor) in (-50.0..50.0_f64, 0.01..100.0_f64),
    ) {
        let now = points.len() as f64;
        let plain = posterior(&points).p_curve(now + further, 1.0 - target);

        let percent = points.iter().rev();
        let percent =
            percent.map(|&(effort, value)| Point { effort, gap: 100.0 - 100.0 * value, items: None });
        let percent = History::new(percent.collect(), 100.0).unwrap();
        let percent = Posterior::of(&percent, &Options::default()).unwrap();
        let in_percent = percent.p_curve(now + further, 100.0 - 100.0 * target);
        prop_assert!((plain - in_percent).abs() < 1e-9, "{plain} against {in_percent} in percent");

        let moved: Vec<_> = points.iter().map(|&(x, y)| (shift + factor * x, y)).collect();
        let moved = posterior(&moved).p_curve(shift + factor * (now + further), 1.0 - target);
        prop_assert!((plain - moved).abs() < 1e-9, "{plain} against {moved} in other units");
    }

    #[test]
    fn harder_targets_are_less_likely_and_effort_helps(
        points in histories(),
        target in 0.1..0.8_f64,
        further in 0.0..20.0_f64,
    ) {
        let now = points.len() as f64;
        let posterior = posterior(&points);
        let p = posterior.p_target(now + further, 1.0 - target);
        prop_assert!((0.0..=1.0).contains(&p));
        prop_assert!(posterior.p_target(now + further, 0.9 - target) <= p + 1e-12);
        prop_assert!(posterior.p_target(now + further + 2.0, 1.0 - target) >= p - 1e-12);
        prop_assert!(posterior.p_ever(1.0 - target) >= posterior.p_curve(now + further, 1.0 - target) - 1e-12);
    }

    #[test]
    fn a_drawn_curve_gets_to_a_gap_when_its_effort_says(
        points in histories(),
        uniforms in proptest::array::uniform4(0.001..0.999_f64),
        gap in 0.01..0.9_f64,
    ) {
        let curve = posterior(&points).draw(uniforms);
        match curve.effort_to(gap) {
            Some(0.0) => prop_assert!(curve.gap(curve.now()) <= gap * (1.0 + 1e-9)),
            Some(effort) => {
                let there = curve.gap(curve.now() + effort);
                prop_assert!((there / gap - 1.0).abs() < 1e-6, "{there} instead of {gap}");
            }
            None => prop_assert!(curve.gap(curve.now() + 1e3) > gap * (1.0 - 1e-9)),
        }
    }
}
