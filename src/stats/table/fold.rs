//! How 32 random bits become a probability and a cell of a folded table.

/// The smaller of the two tails of a draw as m = 2³² × its probability, and all bits set if that
/// is the upper one.
#[inline(always)]
fn tail(u: u32) -> (f32, u32) {
    let upper = ((u as i32) >> 31) as u32;
    // 31 bits, so the conversion is that of a signed number, which every machine has.
    let m = (u ^ upper) | 1;
    (m as i32 as f32, upper)
}

/// The probabilities below and above a draw; both are exact far into their tails.
#[inline(always)]
pub(super) fn probability(u: u32) -> (f32, f32) {
    const UNIT: f32 = 1.0 / 4_294_967_296.0;
    let (m, upper) = tail(u);
    let (near, far) = (m * UNIT, 1.0 - m * UNIT);
    if upper == 0 { (near, far) } else { (far, near) }
}

/// The cell of a draw in a table with 2^`BITS` cells per octave, and the position in it, 0..1.
/// The lower half's cells come first, from the end inwards; then the upper half's, likewise.
#[inline(always)]
pub(super) fn fold<const BITS: u32>(u: u32) -> (u32, f32) {
    let (m, upper) = tail(u);
    let bits = m.to_bits();
    let cell = (bits >> (23 - BITS)).wrapping_sub(127 << BITS) + (upper & (32 << BITS));
    let at = f32::from_bits(((bits << BITS) & 0x007f_ffff) | 0x3f80_0000) - 1.0;
    (cell, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_fall_into_the_middles_of_equal_cells() {
        for (u, expected) in [
            (0, 0.5 / 2147483648.0),
            (1, 0.5 / 2147483648.0),
            (2, 1.5 / 2147483648.0),
            (0x4000_0000, 0.25 + 0.5 / 2147483648.0),
            (0x7fff_ffff, 0.5),
            (0x8000_0000, 0.5),
        ] {
            let (below, above) = probability(u);
            assert!((f64::from(below) / expected - 1.0).abs() < 1e-7, "{u}: {below}");
            assert_eq!(probability(!u), (above, below), "{u}");
        }
    }

    #[test]
    fn cells_follow_each_other_and_stay_inside() {
        let mut last = fold::<5>(0);
        assert_eq!(last, (0, 0.0));
        for step in 1..=1_000_000u32 {
            let (cell, at) = fold::<5>((f64::from(step) / 1e6 * 2147483647.0) as u32);
            assert!((cell, at) >= last && at < 1.0, "{step}");
            last = (cell, at);
        }
        assert_eq!(last, (31 << 5, 0.0));
        assert_eq!(fold::<5>(u32::MAX), (32 << 5, 0.0));
        assert_eq!(fold::<5>(0x8000_0000), (63 << 5, 0.0));
    }
}
