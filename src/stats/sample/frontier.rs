//! The frontier of a joint distribution: with how little of one thing how much of the other is enough.
//!
//! A point (x, y) is *enough* if at least so many of the values lie at or below it in both. The
//! frontier are the points that are enough and of which nothing can be taken away: a staircase, y
//! falling as x grows.
//!
//! ```text
//!  y │ ●
//!    │ └──●          enough: here and above
//!    │    └────●
//!    └──────────── x
//! ```
//!
//! Method: sweep x upward and keep the y-rank at which the values met so far are just enough. It only
//! ever falls, so that after two sorts the sweep is linear.

/// The corners of the frontier at which `needed` of the values are at or below both, x ascending and
/// y descending; empty if there are not so many values, or none is needed.
pub fn frontier(values: &[(f64, f64)], needed: usize) -> Vec<(f64, f64)> {
    if needed == 0 || needed > values.len() {
        return Vec::new();
    }
    let mut by_y: Vec<usize> = (0..values.len()).collect();
    by_y.sort_by(|&a, &b| values[a].1.total_cmp(&values[b].1));
    let mut rank = vec![0; values.len()];
    by_y.iter().enumerate().for_each(|(place, &value)| rank[value] = place);
    let mut by_x: Vec<usize> = (0..values.len()).collect();
    by_x.sort_by(|&a, &b| values[a].0.total_cmp(&values[b].0));
    let mut sweep = Sweep { needed, met: vec![false; values.len()], limit: values.len(), within: 0 };
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for (place, &value) in by_x.iter().enumerate() {
        sweep.meet(rank[value]);
        let x = values[value].0;
        let is_last_of_x = by_x.get(place + 1).is_none_or(|&next| values[next].0 > x);
        if let Some(limit) = sweep.just_enough().filter(|_| is_last_of_x) {
            let y = values[by_y[limit]].1;
            if corners.last().is_none_or(|corner| y < corner.1) {
                corners.push((x, y));
            }
        }
    }
    corners
}

/// The values met so far, by their y-ranks.
struct Sweep {
    needed: usize,
    met: Vec<bool>,
    /// The lowest rank up to which enough are met; that of no value as long as there are too few.
    limit: usize,
    /// How many are met up to the limit.
    within: usize,
}

impl Sweep {
    fn meet(&mut self, rank: usize) {
        self.met[rank] = true;
        self.within += usize::from(rank <= self.limit);
    }

    fn just_enough(&mut self) -> Option<usize> {
        if self.within < self.needed {
            return None;
        }
        while self.limit == self.met.len() || !self.met[self.limit] || self.within > self.needed {
            if self.limit < self.met.len() {
                self.within -= usize::from(self.met[self.limit]);
            }
            self.limit -= 1;
        }
        Some(self.limit)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by its definition: for each x the least y that is enough.
    fn by_definition(values: &[(f64, f64)], needed: usize) -> Vec<(f64, f64)> {
        let sorted = |mut list: Vec<f64>| {
            list.sort_by(f64::total_cmp);
            list.dedup();
            list
        };
        let (xs, ys) = values.iter().copied().unzip();
        let ys: Vec<f64> = sorted(ys);
        let mut corners: Vec<(f64, f64)> = Vec::new();
        for x in sorted(xs) {
            let is_enough = |y: f64| values.iter().filter(|at| at.0 <= x && at.1 <= y).count() >= needed;
            if let Some(&y) = ys.iter().find(|&&y| is_enough(y))
                && corners.last().is_none_or(|corner| y < corner.1)
            {
                corners.push((x, y));
            }
        }
        corners
    }

    #[test]
    fn a_frontier_found_by_hand() {
        let values = [(1.0, 5.0), (2.0, 4.0), (3.0, 1.0), (4.0, 3.0), (5.0, 2.0)];
        assert_eq!(frontier(&values, 2), [(2.0, 5.0), (3.0, 4.0), (4.0, 3.0), (5.0, 2.0)]);
        assert_eq!(frontier(&values, 5), [(5.0, 5.0)]);
        assert_eq!(frontier(&values, 6), []);
        assert_eq!(frontier(&[(1.0, 1.0); 4], 3), [(1.0, 1.0)]);
    }

    proptest! {
        #[test]
        fn the_sweep_finds_what_the_definition_says(
            values in prop::collection::vec((0_u8..12, 0_u8..12), 1..60),
            share in 0.0_f64..1.0,
        ) {
            let values: Vec<(f64, f64)> =
                values.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).collect();
            let needed = ((values.len() as f64 * share).ceil() as usize).max(1);
            prop_assert_eq!(frontier(&values, needed), by_definition(&values, needed));
        }
    }
}
