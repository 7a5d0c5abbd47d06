//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use crate::stats::Level;

/// The probability that a standard normal value lies below `z`.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The density of the standard normal distribution.
pub fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * PI)
}

/// The value below which a standard normal lies with probability `u`, 0 < u < 1.
pub fn normal_quantile(u: f64) -> f64 {
    normal_quantile_at(Level::with_below(u))
}

/// The standard normal value at a level; exact far into both tails.
///
/// Algorithm AS 241 (PPND16), Wichura (1988), Applied Statistics 37, 477-484; relative accuracy
/// about 1e-16.
pub fn normal_quantile_at(level: Level) -> f64 {
    let level = level.inside();
    let centred = if level.below < level.above { level.below - 0.5 } else { 0.5 - level.above };
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * polynomial(&MIDDLE_TOP, r) / polynomial(&MIDDLE_BOTTOM, r);
    }
    let tail = level.below.min(level.above);
    let r = libm::sqrt(-libm::log(tail));
    let size = if r <= 5.0 {
        polynomial(&NEAR_TOP, r - 1.6) / polynomial(&NEAR_BOTTOM, r - 1.6)
    } else {
        polynomial(&FAR_TOP, r - 5.0) / polynomial(&FAR_BOTTOM, r - 5.0)
    };
    if centred < 0.0 { -size } else { size }
}

/// The polynomial with these coefficients, constant first.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

const MIDDLE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const NEAR_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const NEAR_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::*;

    #[test]
    fn the_quantile_inverts_the_distribution_far_into_both_tails() {
        for tail in [1e-300, 1e-100, 1e-20, 1e-12, 1e-5, 0.01, 0.07, 0.076, 0.2, 0.4999] {
            let z = normal_quantile_at(Level::with_below(tail));
            assert!((normal_cdf(z) / tail - 1.0).abs() < 1e-12, "{tail}: {z}");
            let mirrored = normal_quantile_at(Level::with_above(tail));
            assert!((mirrored + z).abs() <= 1e-15 * z.abs(), "{tail}: {mirrored} against {z}");
        }
        assert_eq!(normal_quantile(0.5), 0.0);
        assert!((normal_quantile(0.9) - 1.281_551_565_544_600_4).abs() < 1e-15);
    }

    #[test]
    fn another_library_finds_the_same_quantiles() {
        let other = Normal::new(0.0, 1.0).unwrap();
        for step in 1..1000 {
            let u = f64::from(step) / 1000.0;
            let (ours, theirs) = (normal_quantile(u), other.inverse_cdf(u));
            assert!((ours - theirs).abs() < 1e-9 * (1.0 + theirs.abs()), "{u}: {ours} against {theirs}");
        }
    }
}
