//! Spearman's rank correlation, exactly.

/// Spearman's rank correlation of pairs: Pearson's of the ranks, equal values having the middle of
/// theirs. None for fewer than two pairs, or if one side is all alike.
///
/// # Panics
/// If the two sides differ in length.
pub fn spearman(first: &[f64], second: &[f64]) -> Option<f64> {
    assert_eq!(first.len(), second.len(), "values come in pairs");
    // Ranks counted from their middle add up to zero, so they are their own deviations.
    let (one, other) = (centred_ranks(first), centred_ranks(second));
    let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
    let spread = libm::sqrt(product(&one, &one)) * libm::sqrt(product(&other, &other));
    (spread > 0.0).then(|| product(&one, &other) / spread)
}

/// The rank of each value less the middle rank; equal values have the middle of theirs.
fn centred_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&one, &other| values[one].total_cmp(&values[other]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    for tied in order.chunk_by(|&one, &other| values[one] == values[other]) {
        let to = from + tied.len() - 1;
        let rank = ((from + to) as f64 - (values.len() - 1) as f64) / 2.0;
        tied.iter().for_each(|&at| ranks[at] = rank);
        from = to + 1;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_ties_the_shortcut_gives_the_same() {
        // 1 - 6 Σδ² / (n (n² - 1)).
        let (first, second) = ([106.0, 100.0, 86.0, 101.0, 99.0], [7.0, 27.0, 2.0, 50.0, 28.0]);
        let ranks = [(5.0, 2.0), (3.0, 3.0), (1.0, 1.0), (4.0, 5.0), (2.0, 4.0)];
        let squares: f64 = ranks.iter().map(|(one, other): &(f64, f64)| (one - other).powi(2)).sum();
        let expected = 1.0 - 6.0 * squares / (5.0 * 24.0);
        assert!((spearman(&first, &second).unwrap() - expected).abs() < 1e-15);
    }

    #[test]
    fn ties_share_their_ranks() {
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 × 5).
        let found = spearman(&[1.0, 2.0, 2.0, 3.0], &[10.0, 20.0, 30.0, 40.0]).unwrap();
        assert!((found - 4.5 / (4.5_f64 * 5.0).sqrt()).abs() < 1e-15, "{found}");
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[], &[]), None);
    }
}
