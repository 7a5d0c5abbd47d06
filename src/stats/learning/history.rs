//! What was measured so far.

/// The most points of a history.
pub const MOST_POINTS: usize = 200;

/// One measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The effort so far, in the history's unit.
    pub effort: f64,
    /// The gap measured there; what lies below a millionth of the span counts as that.
    pub gap: f64,
    /// On how many items it was measured, where the metric is a proportion.
    pub items: Option<f64>,
}

/// Measured gaps in order of effort: at least two different efforts, at most [`MOST_POINTS`] points.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    points: Vec<Point>,
    span: f64,
}

/// Why points are no history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryError {
    /// A number is not finite, or a test set is empty.
    NotFinite,
    /// Fewer than two different efforts.
    TooShort,
    /// More than [`MOST_POINTS`] points.
    TooLong,
}

impl History {
    /// The history of these points, in any order, of a metric whose ends lie `span` apart.
    ///
    /// # Errors
    /// If a number is not finite, or the points are too few or too many.
    pub fn new(mut points: Vec<Point>, span: f64) -> Result<Self, HistoryError> {
        let is_finite = |point: &Point| {
            let items = point.items.unwrap_or(1.0);
            [point.effort, point.gap, items].into_iter().all(f64::is_finite) && items > 0.0
        };
        if !points.iter().all(is_finite) || !span.is_finite() {
            return Err(HistoryError::NotFinite);
        }
        if points.len() > MOST_POINTS {
            return Err(HistoryError::TooLong);
        }
        points.sort_by(|a, b| a.effort.total_cmp(&b.effort).then(a.gap.total_cmp(&b.gap)));
        let is_long =
            points.first().zip(points.last()).is_some_and(|(first, last)| last.effort > first.effort);
        if !is_long {
            return Err(HistoryError::TooShort);
        }
        for point in &mut points {
            point.gap = point.gap.max(1e-6 * span);
        }
        Ok(Self { points, span })
    }

    /// Its points, in order of effort.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// How far the ends of the metric lie apart.
    pub const fn span(&self) -> f64 {
        self.span
    }

    /// The smallest effort.
    pub fn first(&self) -> f64 {
        self.points[0].effort
    }

    /// The largest effort: where things stand.
    pub fn now(&self) -> f64 {
        self.points[self.points.len() - 1].effort
    }

    /// The mean gap.
    pub(super) fn mean_gap(&self) -> f64 {
        mean(self.points.iter().map(|point| point.gap))
    }

    /// The variance of a measurement that comes from the size of its test set: that of a
    /// proportion. Only where every point says its size.
    fn sampling_variances(&self) -> Option<Vec<f64>> {
        self.points
            .iter()
            .map(|point| point.items.map(|items| (point.gap * (self.span - point.gap)).max(0.0) / items))
            .collect()
    }

    /// The mean of those variances, else 0.
    pub(super) fn sampling_variance(&self) -> f64 {
        self.sampling_variances().map_or(0.0, |variances| mean(variances.into_iter()))
    }

    /// How much each point counts, 1 in the mean: less where the test set was small.
    pub(super) fn weights(&self) -> Vec<f64> {
        let Some(variances) = self.sampling_variances() else { return vec![1.0; self.points.len()] };
        let others = super::posterior::NOISE * self.mean_gap();
        let weights: Vec<f64> =
            variances.into_iter().map(|variance| 1.0 / (others * others + variance)).collect();
        let mean = mean(weights.iter().copied());
        weights.into_iter().map(|weight| weight / mean).collect()
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}
