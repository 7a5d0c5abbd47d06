//! Adding up what is burnt, piece by piece, on a grid of time.

/// What is burnt on a grid of equal steps. Each piece is burnt evenly between two points, so the sum
/// is piecewise linear: it is kept as changes of slope and level at the grid, and added up once.
#[derive(Clone, Debug)]
pub(super) struct Burn {
    step: f64,
    slope: Vec<f64>,
    level: Vec<f64>,
}

impl Burn {
    /// Nothing burnt, on so many points from 0 on, `step` > 0 apart.
    pub(super) fn new(points: usize, step: f64) -> Self {
        Self { step, slope: vec![0.0; points], level: vec![0.0; points] }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.slope.fill(0.0);
        self.level.fill(0.0);
    }

    /// Burns an amount evenly between two points in time; at once, if they are the same.
    pub(super) fn piece(&mut self, from: f64, to: f64, amount: f64) {
        let end = self.point_at(to);
        if to > from {
            let slope = amount / (to - from);
            if let Some(point) = self.point_at(from) {
                self.slope[point] += slope;
                self.level[point] -= slope * from;
            }
            if let Some(point) = end {
                self.slope[point] -= slope;
                self.level[point] += slope * from;
            }
        }
        if let Some(point) = end {
            self.level[point] += amount;
        }
    }

    /// Burns an amount between two points in time, `to` > `from`, by how much of it has flowed at a time (0 to 1).
    pub(super) fn curve(&mut self, from: f64, to: f64, amount: f64, flowed: impl Fn(f64) -> f64) {
        let last = self.point_at(to).unwrap_or(self.slope.len());
        let Some(first) = self.point_at(from) else { return };
        let mut before = 0.0;
        for point in first..=last.min(self.slope.len() - 1) {
            let now = if point == last { 1.0 } else { flowed(point as f64 * self.step) };
            self.level[point] += amount * (now - before);
            before = now;
        }
    }

    /// What is burnt at each point.
    pub(super) fn burnt(&self) -> impl Iterator<Item = f64> + '_ {
        let (mut slope, mut level) = (0.0, 0.0);
        self.slope.iter().zip(&self.level).enumerate().map(move |(point, (slopes, levels))| {
            slope += slopes;
            level += levels;
            slope * self.step * point as f64 + level
        })
    }

    /// The first point that is not before a time; `None` beyond the grid.
    fn point_at(&self, time: f64) -> Option<usize> {
        let point = (time / self.step).ceil().max(0.0);
        (point < self.slope.len() as f64).then_some(point as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_burnt_evenly_between_its_ends() {
        let mut burn = Burn::new(6, 1.0);
        burn.piece(0.5, 4.5, 8.0);
        let burnt: Vec<f64> = burn.burnt().collect();
        for (point, expected) in [0.0, 1.0, 3.0, 5.0, 7.0, 8.0].into_iter().enumerate() {
            assert!((burnt[point] - expected).abs() < 1e-12, "at {point}: {burnt:?}");
        }
    }

    #[test]
    fn a_curve_is_burnt_by_what_has_flowed() {
        let mut burn = Burn::new(6, 1.0);
        burn.curve(0.5, 4.5, 8.0, |at| ((at - 0.5) / 4.0).powi(2));
        burn.curve(4.2, 9.0, 5.0, |at| (at - 4.2) / 4.8);
        burn.curve(7.0, 9.0, 5.0, |_| 1.0);
        let burnt: Vec<f64> = burn.burnt().collect();
        for (point, expected) in
            [0.0, 0.125, 1.125, 3.125, 6.125, 8.0 + 5.0 * 0.8 / 4.8].into_iter().enumerate()
        {
            assert!((burnt[point] - expected).abs() < 1e-12, "at {point}: {burnt:?}");
        }
    }

    #[test]
    fn pieces_add_up_like_the_obvious_sum() {
        let pieces = [(0.0, 3.0, 2.0), (1.5, 1.5, 4.0), (2.25, 9.0, 1.0), (0.0, 0.0, 3.0), (20.0, 21.0, 5.0)];
        let mut burn = Burn::new(11, 0.7);
        for (from, to, amount) in pieces {
            burn.piece(from, to, amount);
        }
        let obvious = |time: f64| -> f64 {
            let share = |from: f64, to: f64| {
                if to > from {
                    ((time - from) / (to - from)).clamp(0.0, 1.0)
                } else {
                    f64::from(time >= from)
                }
            };
            pieces.iter().map(|&(from, to, amount)| amount * share(from, to)).sum()
        };
        for (point, burnt) in burn.burnt().enumerate() {
            let time = point as f64 * 0.7;
            assert!((burnt - obvious(time)).abs() < 1e-9, "at {time}: {burnt} and {}", obvious(time));
        }
    }
}
