//! Kendall's rank correlation, by Knight's algorithm.

/// Kendall's τ_b of pairs: concordant less discordant pairs of pairs, over the geometric mean of
/// those that the first and those that the second value orders at all. In O(n log n): sorted by the
/// first value, every exchange that a merge sort by the second makes is a discordant pair (Knight
/// 1966, "A Computer Method for Calculating Kendall's Tau with Ungrouped Data").
/// None for fewer than two pairs, or if one side is all alike.
///
/// # Panics
/// If the two sides differ in length.
pub fn kendall(first: &[f64], second: &[f64]) -> Option<f64> {
    assert_eq!(first.len(), second.len(), "values come in pairs");
    let mut pairs: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
    pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let all = pairs_among(pairs.len());
    let tied_first = tied(pairs.chunk_by(|one, other| one.0 == other.0).map(<[_]>::len));
    let tied_both = tied(pairs.chunk_by(|one, other| one == other).map(<[_]>::len));
    let mut seconds: Vec<f64> = pairs.into_iter().map(|(_, second)| second).collect();
    let discordant = sort_counting(&mut seconds, &mut vec![0.0; first.len()]);
    let tied_second = tied(seconds.chunk_by(|one, other| one == other).map(<[_]>::len));
    // Concordant, discordant and tied pairs are all there are.
    let concordant = all + tied_both - tied_first - tied_second - discordant;
    let ordered = (all - tied_first) as f64 * (all - tied_second) as f64;
    (ordered > 0.0).then(|| (concordant as f64 - discordant as f64) / libm::sqrt(ordered))
}

/// How many pairs there are among so many.
fn pairs_among(count: usize) -> u64 {
    let count = count as u64;
    count * count.saturating_sub(1) / 2
}

/// How many pairs there are within groups of these sizes.
fn tied(groups: impl Iterator<Item = usize>) -> u64 {
    groups.map(pairs_among).sum()
}

/// Sorts, and counts the pairs that stood in the wrong order.
fn sort_counting(values: &mut [f64], room: &mut [f64]) -> u64 {
    let count = values.len();
    if count < 2 {
        return 0;
    }
    let (left, right) = values.split_at_mut(count / 2);
    let mut exchanges = sort_counting(left, room) + sort_counting(right, room);
    let (mut from_left, mut from_right) = (0, 0);
    for place in &mut room[..count] {
        let take_right = from_right < right.len()
            && (from_left == left.len() || right[from_right].total_cmp(&left[from_left]).is_lt());
        *place = if take_right {
            exchanges += (left.len() - from_left) as u64;
            from_right += 1;
            right[from_right - 1]
        } else {
            from_left += 1;
            left[from_left - 1]
        };
    }
    values.copy_from_slice(&room[..count]);
    exchanges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By its definition, over all pairs of pairs.
    fn by_definition(first: &[f64], second: &[f64]) -> Option<f64> {
        let (mut surplus, mut by_first, mut by_second) = (0.0, 0.0, 0.0);
        for one in 0..first.len() {
            for other in 0..one {
                let sign = |values: &[f64]| match values[one].total_cmp(&values[other]) {
                    std::cmp::Ordering::Less => -1.0,
                    std::cmp::Ordering::Equal => 0.0,
                    std::cmp::Ordering::Greater => 1.0,
                };
                let (x, y): (f64, f64) = (sign(first), sign(second));
                surplus += x * y;
                by_first += x * x;
                by_second += y * y;
            }
        }
        (by_first * by_second > 0.0).then(|| surplus / (by_first * by_second).sqrt())
    }

    #[test]
    fn small_cases_are_those_found_by_hand() {
        assert_eq!(kendall(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]), Some(1.0));
        assert_eq!(kendall(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
        // Five concordant, one discordant.
        assert_eq!(kendall(&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0]), Some(4.0 / 6.0));
        assert_eq!(kendall(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(kendall(&[], &[]), None);
    }

    proptest! {
        #[test]
        fn the_definition_says_the_same(
            pairs in prop::collection::vec((0..12i32, 0..12i32), 0..60),
        ) {
            let (first, second): (Vec<f64>, Vec<f64>) =
                pairs.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).unzip();
            match (kendall(&first, &second), by_definition(&first, &second)) {
                (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-12, "{one} {other}"),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}
