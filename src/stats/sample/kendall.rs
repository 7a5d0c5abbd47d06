//! Kendall's rank correlation.
//!
//! Method: Knight (1966), "A Computer Method for Calculating Kendall's Tau with Ungrouped Data", JASA 61:
//! sort by one value, count the exchanges that a merge sort by the other needs.

/// Kendall's τ_b of pairs of numbers, −1..=1; 0 where one of the two never changes.
///
/// τ_b = (P − Q) / √((P + Q + X₀)(P + Q + Y₀)), with P concordant and Q discordant pairs, X₀ those
/// tied in x alone, Y₀ those tied in y alone.
pub fn kendall(mut pairs: Vec<(i64, i64)>) -> f64 {
    let count = pairs.len() as u64;
    pairs.sort_unstable();
    let all = count * count.saturating_sub(1) / 2;
    let tied_x = tied(pairs.iter().map(|pair| pair.0));
    let tied_both = tied(pairs.iter().copied());
    let mut second: Vec<i64> = pairs.iter().map(|pair| pair.1).collect();
    let discordant = exchanges(&mut second, &mut vec![0; pairs.len()]);
    let tied_y = tied(second.iter().copied());
    // P + Q = all − X₀ − Y₀ − both, and X₀ = tied in x less tied in both.
    let concordant = all + tied_both - tied_x - tied_y - discordant;
    let spread = ((all - tied_x) as f64 * (all - tied_y) as f64).sqrt();
    if spread > 0.0 { (concordant as f64 - discordant as f64) / spread } else { 0.0 }
}

/// How large a τ may well be by chance alone where nothing hangs together: 1.96 standard errors,
/// √(2 (2n + 5) / (9 n (n − 1))) each.
pub fn kendall_noise(count: usize) -> f64 {
    let n = count.max(2) as f64;
    1.96 * (2.0 * (2.0 * n + 5.0) / (9.0 * n * (n - 1.0))).sqrt()
}

/// How many pairs of a sorted list are equal.
fn tied<T: PartialEq>(sorted: impl Iterator<Item = T>) -> u64 {
    let (mut pairs, mut run) = (0, 0);
    let mut last = None;
    for value in sorted {
        run = if last.as_ref() == Some(&value) { run + 1 } else { 0 };
        pairs += run;
        last = Some(value);
    }
    pairs
}

/// Sorts by merging, and counts the pairs that stood the wrong way round.
fn exchanges(values: &mut [i64], spare: &mut [i64]) -> u64 {
    let middle = values.len() / 2;
    if middle == 0 {
        return 0;
    }
    let (left, right) = values.split_at_mut(middle);
    let mut count = exchanges(left, &mut spare[..middle]) + exchanges(right, &mut spare[middle..]);
    let (mut i, mut j) = (0, 0);
    for slot in spare.iter_mut() {
        if j == right.len() || (i < left.len() && left[i] <= right[j]) {
            *slot = left[i];
            i += 1;
        } else {
            count += (left.len() - i) as u64;
            *slot = right[j];
            j += 1;
        }
    }
    values.copy_from_slice(spare);
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every pair, looked at.
    fn obvious(pairs: &[(i64, i64)]) -> f64 {
        let (mut concordant, mut discordant, mut only_x, mut only_y) = (0.0, 0.0, 0.0, 0.0);
        for (at, one) in pairs.iter().enumerate() {
            for other in &pairs[..at] {
                match ((one.0 - other.0).signum(), (one.1 - other.1).signum()) {
                    (0, 0) => {}
                    (0, _) => only_x += 1.0,
                    (_, 0) => only_y += 1.0,
                    (x, y) if x == y => concordant += 1.0,
                    _ => discordant += 1.0,
                }
            }
        }
        let all: f64 = concordant + discordant;
        let spread = ((all + only_x) * (all + only_y)).sqrt();
        if spread > 0.0 { (concordant - discordant) / spread } else { 0.0 }
    }

    #[test]
    fn order_and_reverse_order_are_the_extremes() {
        assert_eq!(kendall((0..50).map(|at| (at, at * at)).collect()), 1.0);
        assert_eq!(kendall((0..50).map(|at| (at, -at)).collect()), -1.0);
        assert_eq!(kendall((0..50).map(|at| (at, 7)).collect()), 0.0);
        assert_eq!(kendall(Vec::new()), 0.0);
    }

    proptest! {
        #[test]
        fn it_is_what_looking_at_every_pair_gives(
            pairs in prop::collection::vec((0..12_i64, 0..12_i64), 0..60),
        ) {
            prop_assert!((kendall(pairs.clone()) - obvious(&pairs)).abs() < 1e-12);
        }
    }
}
