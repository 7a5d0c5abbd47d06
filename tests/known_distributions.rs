//! Distributions against published numbers, another library, and their own laws.

use plan::stats::{Distribution, Level, Shape};
use proptest::prelude::*;
use statrs::distribution::{Beta, ContinuousCDF, Gamma, LogNormal, Weibull};

fn of(shape: Shape) -> Distribution {
    Distribution::new(shape.clone()).unwrap_or_else(|error| panic!("{shape:?}: {error}"))
}

fn pert(low: f64, likely: f64, high: f64) -> Shape {
    Shape::Pert { low, likely, high, shape: 4.0 }
}

/// Close in proportion.
fn close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs()
}

const PERCENTS: [f64; 10] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.99];

/// Shape, mean, standard deviation, and the quantiles at [`PERCENTS`], computed independently.
fn known() -> Vec<(Shape, f64, f64, [f64; 10])> {
    vec![
        (
            Shape::Triangular { low: 4.0, likely: 6.0, high: 14.0 },
            8.0,
            2.160_246_899_469,
            [
                4.447_213_595_5,
                5.0,
                5.414_213_562_373,
                6.254_033_307_585,
                7.675_444_679_663,
                9.527_864_045,
                10.0,
                11.171_572_875_25,
                12.0,
                13.105_572_809,
            ],
        ),
        (
            Shape::Uniform { low: 3.0, high: 9.0 },
            6.0,
            1.732_050_807_569,
            [3.06, 3.3, 3.6, 4.5, 6.0, 7.5, 7.8, 8.4, 8.7, 8.94],
        ),
        (
            pert(4.0, 6.0, 14.0),
            7.0,
            1.732_050_807_569,
            [
                4.231_345_261_923,
                4.589_773_876_118,
                4.899_021_304_592,
                5.634_314_975_223,
                6.766_722_593_925,
                8.142_266_269_545,
                8.502_586_138_157,
                9.453_340_504_336,
                10.212_767_240_16,
                11.485_593_286_3,
            ],
        ),
        (
            Shape::Normal { mean: 10.0, sd: 2.0 },
            10.0,
            2.0,
            [
                5.347_304_251_918,
                6.710_292_746_097,
                7.436_896_868_911,
                8.651_020_499_608,
                10.0,
                11.348_979_500_39,
                11.683_242_467_15,
                12.563_103_131_09,
                13.289_707_253_9,
                14.652_695_748_08,
            ],
        ),
        (
            Shape::Exponential { mean: 5.0 },
            5.0,
            5.0,
            [
                0.050_251_679_267_51,
                0.256_466_471_937_8,
                0.526_802_578_289_1,
                1.438_410_362_259,
                3.465_735_902_8,
                6.931_471_805_599,
                8.047_189_562_171,
                11.512_925_464_97,
                14.978_661_367_77,
                23.025_850_929_94,
            ],
        ),
        (
            Shape::Lognormal { mean: 10.0, sd: 4.0 },
            10.0,
            4.0,
            [
                3.789_151_809_438,
                4.926_801_606_716,
                5.666_962_654_015,
                7.160_113_092_799,
                9.284_766_908_853,
                12.039_879_179_9,
                12.840_604_013_98,
                15.212_187_165_32,
                17.497_537_638_66,
                22.750_974_594_63,
            ],
        ),
        (
            Shape::Weibull { shape: 2.0, scale: 10.0 },
            8.862_269_254_528,
            4.632_513_751_761,
            [
                1.002_513_633_498,
                2.264_802_295_732,
                3.245_928_459_745,
                5.363_600_213_027,
                8.325_546_111_577,
                11.774_100_225_15,
                12.686_362_411_8,
                15.174_271_293_85,
                17.308_183_826_02,
                21.459_660_262_89,
            ],
        ),
        (
            Shape::Gamma { mean: 6.0, sd: 12f64.sqrt() },
            6.0,
            3.464_101_615_138,
            [
                0.872_090_330_156_6,
                1.635_382_894_328,
                2.204_130_656_499,
                3.454_598_835_721,
                5.348_120_627_447,
                7.840_804_120_585,
                8.558_059_720_251,
                10.644_640_675_67,
                12.591_587_243_74,
                16.811_893_829_77,
            ],
        ),
    ]
}

#[test]
fn quantiles_and_moments_are_the_published_ones() {
    for (shape, mean, sd, quantiles) in known() {
        let distribution = of(shape.clone());
        assert!(close(distribution.mean(), mean, 1e-12), "{shape:?}: mean {}", distribution.mean());
        assert!(close(distribution.sd(), sd, 1e-12), "{shape:?}: sd {}", distribution.sd());
        for (u, expected) in PERCENTS.into_iter().zip(quantiles) {
            let found = distribution.quantile(u);
            assert!(close(found, expected, 1e-10), "{shape:?} at {u}: {found} against {expected}");
            assert!(close(distribution.cdf(expected), u, 1e-9), "{shape:?} at {expected}");
        }
    }
}

/// Shapes of all kinds, awkward ones included.
fn zoo() -> Vec<Shape> {
    vec![
        pert(2.0, 4.0, 12.0),
        pert(2.0, 2.0, 12.0),
        pert(2.0, 12.0, 12.0),
        Shape::Pert { low: 1.0, likely: 2.0, high: 4.0, shape: 60.0 },
        Shape::Pert { low: 1.0, likely: 2.0, high: 4.0, shape: 1e-3 },
        Shape::Triangular { low: 1.0, likely: 1.0, high: 4.0 },
        Shape::Triangular { low: 1.0, likely: 4.0, high: 4.0 },
        Shape::Uniform { low: -3.0, high: 4.0 },
        Shape::Trigen { p10: 5.0, likely: 10.0, p90: 40.0 },
        Shape::Trigen { p10: 5.0, likely: 5.0, p90: 40.0 },
        Shape::Metalog { p10: 5.0, p50: 8.0, p90: 20.0 },
        Shape::Metalog { p10: 5.0, p50: 15.0, p90: 20.0 },
        Shape::Normal { mean: 10.0, sd: 2.0 },
        Shape::Lognormal { mean: 10.0, sd: 4.0 },
        Shape::Lognormal { mean: 10.0, sd: 100.0 },
        Shape::LognormalRange { p10: 5.0, p90: 20.0 },
        Shape::Gamma { mean: 10.0, sd: 4.0 },
        Shape::Gamma { mean: 10.0, sd: 15.0 },
        Shape::Gamma { mean: 1000.0, sd: 1.0 },
        Shape::Weibull { shape: 0.5, scale: 3.0 },
        Shape::Weibull { shape: 5.0, scale: 3.0 },
        Shape::Exponential { mean: 3.0 },
        Shape::Beta { low: 0.0, high: 1.0, a: 0.5, b: 0.5 },
        Shape::Beta { low: 3.0, high: 9.0, a: 20.0, b: 2.0 },
    ]
}

#[test]
fn another_library_finds_the_same_quantiles() {
    let sigma = |ratio: f64| (1.0 + ratio * ratio).ln().sqrt();
    type Cdf = Box<dyn Fn(f64) -> f64>;
    let cases: Vec<(Shape, Cdf)> = vec![
        (pert(0.0, 2.0, 10.0), Box::new(|x| Beta::new(1.8, 4.2).unwrap().cdf(x / 10.0))),
        (pert(0.0, 0.0, 10.0), Box::new(|x| Beta::new(1.0, 5.0).unwrap().cdf(x / 10.0))),
        (Shape::Gamma { mean: 10.0, sd: 4.0 }, Box::new(|x| Gamma::new(6.25, 0.625).unwrap().cdf(x))),
        (
            Shape::Gamma { mean: 10.0, sd: 15.0 },
            Box::new(|x| Gamma::new(4.0 / 9.0, 4.0 / 90.0).unwrap().cdf(x)),
        ),
        (
            Shape::Lognormal { mean: 10.0, sd: 4.0 },
            Box::new(move |x| {
                LogNormal::new(10f64.ln() - sigma(0.4).powi(2) / 2.0, sigma(0.4)).unwrap().cdf(x)
            }),
        ),
        (Shape::Weibull { shape: 0.5, scale: 3.0 }, Box::new(|x| Weibull::new(0.5, 3.0).unwrap().cdf(x))),
    ];
    for (shape, other) in cases {
        let distribution = of(shape.clone());
        for step in 1..500 {
            let u = f64::from(step) / 500.0;
            let found = other(distribution.quantile(u));
            assert!((found - u).abs() < 1e-9, "{shape:?} at {u}: {found}");
        }
    }
}

#[test]
fn what_the_author_typed_comes_back() {
    let metalog = of(Shape::Metalog { p10: 5.0, p50: 8.0, p90: 20.0 });
    let trigen = of(Shape::Trigen { p10: 5.0, likely: 10.0, p90: 40.0 });
    let range = of(Shape::LognormalRange { p10: 5.0, p90: 20.0 });
    for (name, found, expected) in [
        ("metalog P10", metalog.quantile(0.1), 5.0),
        ("metalog P50", metalog.quantile(0.5), 8.0),
        ("metalog P90", metalog.quantile(0.9), 20.0),
        ("trigen P10", trigen.quantile(0.1), 5.0),
        ("trigen P90", trigen.quantile(0.9), 40.0),
        ("trigen lowest", (trigen.lowest() * 100.0).round(), -440.0),
        ("trigen highest", (trigen.highest() * 100.0).round(), 5698.0),
        ("range P10", range.quantile(0.1), 5.0),
        ("range P50", range.quantile(0.5), 10.0),
        ("range P90", range.quantile(0.9), 20.0),
    ] {
        assert!(close(found, expected, 1e-12), "{name}: {found}");
    }
}

#[test]
fn the_middle_is_the_one_the_author_wrote() {
    for (shape, middle) in [
        (Shape::Fixed(7.0), 7.0),
        (pert(2.0, 4.0, 12.0), 4.0),
        (Shape::Triangular { low: 1.0, likely: 3.0, high: 4.0 }, 3.0),
        (Shape::Trigen { p10: 5.0, likely: 10.0, p90: 40.0 }, 10.0),
        (Shape::Metalog { p10: 5.0, p50: 8.0, p90: 20.0 }, 8.0),
        (Shape::Uniform { low: 1.0, high: 4.0 }, 2.5),
        (Shape::Normal { mean: 10.0, sd: 2.0 }, 10.0),
        (Shape::LognormalRange { p10: 5.0, p90: 20.0 }, 10.0),
        (Shape::Discrete(vec![(20.0, 0.3), (5.0, 0.7)]), 5.0),
        (Shape::Discrete(vec![(1.0, 0.1), (2.0, 0.2), (3.0, 0.2), (4.0, 0.5)]), 3.0),
        (Shape::Samples(vec![4.0, 3.0, 1.0, 9.0]), 3.0),
    ] {
        let distribution = of(shape.clone());
        assert!(close(distribution.middle(), middle, 1e-12), "{shape:?}: {}", distribution.middle());
        let shifted = distribution.shifted(5.0).unwrap();
        assert!(close(shifted.middle(), middle + 5.0, 1e-12), "{shape:?} shifted: {}", shifted.middle());
    }
    let cut = of(pert(2.0, 4.0, 12.0)).truncated(Some(6.0), None).unwrap();
    assert_eq!(cut.middle(), 6.0, "a likeliest value that was cut off gives way to the bound");
}

#[test]
fn points_that_coincide_make_a_fixed_value() {
    for shape in [
        pert(3.0, 3.0, 3.0),
        Shape::Triangular { low: 3.0, likely: 3.0, high: 3.0 },
        Shape::Uniform { low: 3.0, high: 3.0 },
        Shape::Trigen { p10: 3.0, likely: 3.0, p90: 3.0 },
        Shape::Metalog { p10: 3.0, p50: 3.0, p90: 3.0 },
        Shape::LognormalRange { p10: 3.0, p90: 3.0 },
        Shape::Beta { low: 3.0, high: 3.0, a: 2.0, b: 2.0 },
        Shape::Discrete(vec![(3.0, 1.0), (3.0, 2.0)]),
        Shape::Samples(vec![3.0, 3.0]),
    ] {
        let distribution = of(shape.clone());
        assert!(distribution.is_fixed(), "{shape:?}");
        assert_eq!((distribution.quantile(0.01), distribution.sd()), (3.0, 0.0), "{shape:?}");
        assert_eq!((distribution.cdf(2.9), distribution.cdf(3.0)), (0.0, 1.0), "{shape:?}");
    }
    let one_left = of(Shape::Samples(vec![1.0, 3.0, 9.0])).truncated(Some(2.0), Some(5.0)).unwrap();
    assert!(one_left.is_fixed() && one_left.mean() == 3.0);
}

#[test]
fn truncation_renormalises_after_the_shift() {
    for shape in zoo() {
        let whole = of(shape.clone());
        let shifted = whole.clone().shifted(2.0).unwrap();
        let (lowest, highest) = (whole.quantile(0.2) + 2.0, whole.quantile(0.7) + 2.0);
        let cut = shifted.clone().truncated(Some(lowest), Some(highest)).unwrap();
        for u in [1e-9, 0.1, 0.5, 0.8, 1.0 - 1e-9] {
            let expected = shifted.quantile(0.2 + u * 0.5);
            assert!(close(cut.quantile(u), expected, 1e-8), "{shape:?} at {u}: {}", cut.quantile(u));
            assert!((cut.cdf(cut.quantile(u)) - u).abs() < 1e-7, "{shape:?} at {u}");
        }
        assert_eq!((cut.lowest(), cut.highest()), (lowest, highest), "{shape:?}");
        let untouched = shifted.clone().truncated(Some(-1e9), Some(1e15)).unwrap();
        assert!(close(untouched.quantile(0.3), shifted.quantile(0.3), 1e-8), "{shape:?}");
    }
}

#[test]
fn moments_are_the_integrals_of_the_quantile() {
    for shape in zoo() {
        let distribution = of(shape.clone());
        let (mut sum, mut squares, steps) = (0.0, 0.0, 200_000);
        let centre = distribution.median();
        for step in 0..steps {
            let value = distribution.quantile((f64::from(step) + 0.5) / f64::from(steps)) - centre;
            sum += value / f64::from(steps);
            squares += value * value / f64::from(steps);
        }
        let (mean, sd) = (centre + sum, (squares - sum * sum).sqrt());
        // Half a step at each end is all the midpoints miss; heavy tails hide most there.
        let heavy = if distribution.sd() > 5.0 * distribution.mean().abs() { 0.2 } else { 2e-3 };
        assert!((distribution.mean() - mean).abs() < heavy * sd, "{shape:?}: {} {mean}", distribution.mean());
        assert!(close(distribution.sd(), sd, heavy), "{shape:?}: {} against {sd}", distribution.sd());
    }
}

#[test]
fn a_truncated_normal_has_the_textbook_moments() {
    let cut = of(Shape::Normal { mean: 0.0, sd: 1.0 }).truncated(Some(0.0), None).unwrap();
    let pi = std::f64::consts::PI;
    assert!(close(cut.mean(), (2.0 / pi).sqrt(), 1e-10), "{}", cut.mean());
    assert!(close(cut.sd(), (1.0 - 2.0 / pi).sqrt(), 1e-10), "{}", cut.sd());
    let kinked =
        of(Shape::Triangular { low: 0.0, likely: 1.0, high: 3.0 }).truncated(Some(0.5), Some(2.5)).unwrap();
    // Density 2x/3 below one and (3-x)/3 above, between the bounds.
    let mass = (1.0 - 0.25) / 3.0 + (4.0 - 0.25) / 6.0;
    let first = 2.0 / 9.0 * (1.0 - 0.125) + (2.5f64.powi(2) / 2.0 - 2.5f64.powi(3) / 9.0) - (0.5 - 1.0 / 9.0);
    assert!(close(kinked.mean(), first / mass, 1e-10), "{} against {}", kinked.mean(), first / mass);
}

#[test]
fn far_tails_keep_their_digits() {
    let normal = of(Shape::Normal { mean: 0.0, sd: 1.0 });
    assert!(close(normal.quantile_at(Level::with_above(1e-100)), 21.273_453_560_966_2, 1e-12));
    let cut = normal.truncated(Some(5.0), None).unwrap();
    // The mean beyond a far bound, φ(5) / Q(5).
    assert!(close(cut.mean(), 5.186_503_967_125_842, 1e-9), "{}", cut.mean());
}

proptest! {
    #[test]
    fn a_quantile_grows_with_its_probability_and_stays_in_range(
        at in 0..24usize, one in 1e-9..0.999_999_999f64, other in 1e-9..0.999_999_999f64,
    ) {
        let distribution = of(zoo().swap_remove(at));
        let (low, high) = (one.min(other), one.max(other));
        let (below, above) = (distribution.quantile(low), distribution.quantile(high));
        prop_assert!(below <= above, "{below} at {low}, {above} at {high}");
        prop_assert!(distribution.lowest() <= below && above <= distribution.highest());
        prop_assert!((distribution.cdf(below) - low).abs() < 1e-9, "{} at {low}", distribution.cdf(below));
    }
}
