//! Metrics: what is measured, which way is good, from where to where it should go.

/// A metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// Whose metric it is.
    pub kind: MetricKind,
    /// Which way is better.
    pub direction: Direction,
    /// What it is counted in.
    pub unit: Option<String>,
    /// The lowest and the highest value there can be; either may be infinite.
    pub range: (f64, f64),
    /// The best value to count with, where the range is open on the good side.
    pub ceiling: Option<f64>,
    /// The value today.
    pub baseline: Option<f64>,
    /// The least that is worth a launch, between baseline and target.
    pub minimum: Option<f64>,
    /// The value wanted.
    pub target: Option<f64>,
}

/// Whose metric it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MetricKind {
    /// Of a model: accuracy, recall, error.
    #[default]
    Model,
    /// Of a running system: latency, throughput.
    Software,
    /// Of the business: revenue, conversion.
    Business,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Higher is better.
    #[default]
    Up,
    /// Lower is better.
    Down,
}

impl Metric {
    /// The best value to count with: the end of the range on the good side, or the ceiling that stands for
    /// it. `None` if the range is open there and no ceiling is given.
    pub fn best(&self) -> Option<f64> {
        let end = match self.direction {
            Direction::Up => self.range.1,
            Direction::Down => self.range.0,
        };
        self.ceiling.or(end.is_finite().then_some(end))
    }

    /// How wide its range is, from the best value to the worst; where it is open on the bad side, to the
    /// baseline.
    pub fn span(&self) -> Option<f64> {
        let worst = match self.direction {
            Direction::Up => self.range.0,
            Direction::Down => self.range.1,
        };
        let worst = if worst.is_finite() { worst } else { self.baseline? };
        Some((self.best()? - worst).abs())
    }

    /// How far a value is from the best one: smaller is better; below 0 where a ceiling was too low.
    pub fn gap(&self, value: f64) -> Option<f64> {
        let best = self.best()?;
        Some(match self.direction {
            Direction::Up => best - value,
            Direction::Down => value - best,
        })
    }

    /// The value that is so far from the best one.
    pub fn at_gap(&self, gap: f64) -> Option<f64> {
        let best = self.best()?;
        Some(match self.direction {
            Direction::Up => best - gap,
            Direction::Down => best + gap,
        })
    }

    /// Whether one value is better than another.
    pub fn is_better(&self, value: f64, than: f64) -> bool {
        match self.direction {
            Direction::Up => value > than,
            Direction::Down => value < than,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(direction: Direction, range: (f64, f64)) -> Metric {
        Metric {
            key: "m".into(),
            name: "M".into(),
            kind: MetricKind::Model,
            direction,
            unit: None,
            range,
            ceiling: None,
            baseline: None,
            minimum: None,
            target: None,
        }
    }

    #[test]
    fn a_gap_is_the_way_to_the_best_value() {
        let (up, down) = (metric(Direction::Up, (0.0, 1.0)), metric(Direction::Down, (0.0, f64::INFINITY)));
        assert_eq!(up.gap(0.75), Some(0.25));
        assert_eq!(down.gap(0.75), Some(0.75));
        assert_eq!((up.at_gap(0.25), down.at_gap(0.75)), (Some(0.75), Some(0.75)));
        assert!(up.is_better(0.8, 0.7) && down.is_better(0.7, 0.8));
        assert_eq!(up.span(), Some(1.0));
    }

    #[test]
    fn an_open_range_needs_a_ceiling() {
        let open = metric(Direction::Up, (0.0, f64::INFINITY));
        assert_eq!(open.gap(3.0), None);
        assert_eq!(Metric { ceiling: Some(10.0), ..open }.gap(3.0), Some(7.0));
    }
}
