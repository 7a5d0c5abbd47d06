//! Correlation: of values, of ranks, and from exact sums of whole numbers.

/// The sums behind a correlation of whole numbers: exact, so they can be added in any order.
///
/// With values between ±2³¹ and fewer than 2³² pairs nothing can overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Products {
    /// How many pairs.
    pub count: u64,
    /// Σx.
    pub x: i128,
    /// Σy.
    pub y: i128,
    /// Σx².
    pub xx: i128,
    /// Σy².
    pub yy: i128,
    /// Σxy.
    pub xy: i128,
}

impl Products {
    /// Counts one pair.
    pub fn add(&mut self, x: i32, y: i32) {
        let (x, y) = (i128::from(x), i128::from(y));
        self.count += 1;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.xy += x * y;
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.x += other.x;
        self.y += other.y;
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }

    /// Pearson's correlation, -1..=1; none if one side never varied.
    pub fn correlation(&self) -> Option<f64> {
        let count = i128::from(self.count);
        let spread_x = count * self.xx - self.x * self.x;
        let spread_y = count * self.yy - self.y * self.y;
        let common = count * self.xy - self.x * self.y;
        (spread_x > 0 && spread_y > 0).then(|| {
            let both = libm::sqrt(spread_x as f64) * libm::sqrt(spread_y as f64);
            (common as f64 / both).clamp(-1.0, 1.0)
        })
    }
}

/// Pearson's correlation of pairs, -1..=1; none if one side never varies or the lengths differ.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.is_empty() {
        return None;
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (x, y) = (x - mean_x, y - mean_y);
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    (xx > 0.0 && yy > 0.0).then(|| (xy / (libm::sqrt(xx) * libm::sqrt(yy))).clamp(-1.0, 1.0))
}

/// The rank of each value, counted from 1; equal values share the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&one, &other| values[one].total_cmp(&values[other]).then(one.cmp(&other)));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for group in order.chunk_by(|&one, &other| values[one] == values[other]) {
        let shared = start as f64 + (group.len() + 1) as f64 / 2.0;
        group.iter().for_each(|&at| ranks[at] = shared);
        start += group.len();
    }
    ranks
}

/// Spearman's rank correlation, ties included; none as for [`pearson`].
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    pearson(&ranks(x), &ranks(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_correlations_come_out() {
        // Anscombe (1973), the first of his four sets: 0.81642.
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        assert!((pearson(&x, &y).unwrap() - 0.816_420_516_344_84).abs() < 1e-12);
        let mut products = Products::default();
        let (mut first, mut second) = (Products::default(), Products::default());
        for (at, (x, y)) in x.iter().zip(&y).enumerate() {
            let pair = (*x as i32, (y * 100.0_f64).round() as i32);
            products.add(pair.0, pair.1);
            if at < 4 { first.add(pair.0, pair.1) } else { second.add(pair.0, pair.1) }
        }
        assert!((products.correlation().unwrap() - 0.816_420_516_344_84).abs() < 1e-12);
        second.merge(&first);
        assert_eq!(second, products);
        // Without ties 1 - 6 Σd² / (n (n² - 1)) holds.
        let d2: f64 = ranks(&x).iter().zip(ranks(&y)).map(|(x, y)| (x - y) * (x - y)).sum();
        assert!((spearman(&x, &y).unwrap() - (1.0 - 6.0 * d2 / (11.0 * 120.0))).abs() < 1e-12);
    }

    #[test]
    fn ties_share_their_ranks_and_constants_have_no_correlation() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0, 3.0]), [4.0, 1.0, 4.0, 2.0, 4.0]);
        assert_eq!(spearman(&[1.0, 2.0, 3.0], &[5.0, 5.0, 5.0]), None);
        assert_eq!(pearson(&[1.0, 2.0], &[1.0]), None);
        assert!((pearson(&[1.0, 2.0], &[4.0, -4.0]).unwrap() + 1.0).abs() < 1e-15);
        assert_eq!(Products::default().correlation(), None);
    }

    #[test]
    fn the_largest_sums_fit() {
        let extreme = i128::from(i32::MIN).pow(2);
        let count = (1u64 << 32) - 1;
        let n = i128::from(count);
        let side = n * i128::from(i32::MIN);
        let products =
            Products { count, x: side, y: side, xx: n * extreme, yy: n * extreme, xy: n * extreme };
        assert_eq!(products.correlation(), None);
    }
}
