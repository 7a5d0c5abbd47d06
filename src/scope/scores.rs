//! Scores that people sort ideas by, taken from the simulation instead of from a show of hands, and
//! where an idea stands between value and ease.

/// Working days of a month, as effort is counted.
const DAYS_PER_MONTH: f64 = 20.0;

/// Scores of one solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// RICE: the median yearly value at launch times the chance to reach the target, per person-month.
    pub rice: Option<f64>,
    /// What a month of waiting costs.
    pub cost_of_delay: f64,
    /// Weighted shortest job first: the cost of delay per month of duration.
    pub wsjf: Option<f64>,
    /// The productivity index: the expected net present value per unit of development cost.
    pub productivity: Option<f64>,
}

/// What scores are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreInputs {
    /// The median value of a year over launched runs times the chance to reach the target with all risks
    /// settled; with what is fallen back on, the sum of theirs.
    pub likely_value: f64,
    /// The median effort in person-days.
    pub effort_days: f64,
    /// The expected net present value when started now.
    pub expected: f64,
    /// The same when started a month later.
    pub expected_later: f64,
    /// The mean duration in months.
    pub duration_months: f64,
    /// The mean discounted cost of development.
    pub development: f64,
}

impl Scores {
    /// The scores of a solution; none where it takes nothing.
    pub fn of(inputs: &ScoreInputs) -> Self {
        let per = |value: f64, by: f64| (by > 0.0).then(|| value / by);
        let cost_of_delay = inputs.expected - inputs.expected_later;
        Self {
            rice: per(inputs.likely_value, inputs.effort_days / DAYS_PER_MONTH),
            cost_of_delay,
            wsjf: per(cost_of_delay, inputs.duration_months),
            productivity: per(inputs.expected, inputs.development),
        }
    }
}

/// Where a solution stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// More worth, less effort than half of them.
    QuickWin,
    /// More worth, more effort.
    BigBet,
    /// Less worth, less effort.
    FillIn,
    /// Less worth, more effort.
    MoneyPit,
}

impl Quadrant {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::QuickWin => "quick win",
            Self::BigBet => "big bet",
            Self::FillIn => "fill-in",
            Self::MoneyPit => "money pit",
        }
    }

    /// The quadrant of each pair of effort and value, split at their medians.
    pub fn of(pairs: &[(f64, f64)]) -> Vec<Self> {
        let (effort, value) = (median(pairs.iter().map(|it| it.0)), median(pairs.iter().map(|it| it.1)));
        pairs
            .iter()
            .map(|pair| match (pair.1 >= value, pair.0 <= effort) {
                (true, true) => Self::QuickWin,
                (true, false) => Self::BigBet,
                (false, true) => Self::FillIn,
                (false, false) => Self::MoneyPit,
            })
            .collect()
    }
}

/// The middle of some values; of an even number the mean of both in the middle; 0 of none.
pub(super) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

/// The easiest is not the best: who looks for ease alone leaves this much on the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EaseTrap {
    /// The position of the one with the least effort.
    pub easiest: usize,
    /// The position of the one with the highest expected net present value.
    pub best: usize,
    /// How much more the best is worth.
    pub worth: f64,
}

impl EaseTrap {
    /// The trap among pairs of effort and expected net present value; none if the easiest is the best.
    pub fn of(pairs: &[(f64, f64)]) -> Option<Self> {
        let positions = || 0..pairs.len();
        let easiest = positions().min_by(|&a, &b| pairs[a].0.total_cmp(&pairs[b].0))?;
        let best = positions().rev().max_by(|&a, &b| pairs[a].1.total_cmp(&pairs[b].1))?;
        let worth = pairs[best].1 - pairs[easiest].1;
        (easiest != best && worth > 0.0).then_some(Self { easiest, best, worth })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_ratios_of_what_they_name() {
        let inputs = ScoreInputs {
            likely_value: 350_000.0,
            effort_days: 140.0,
            expected: 600_000.0,
            expected_later: 570_000.0,
            duration_months: 6.0,
            development: 120_000.0,
        };
        let scores = Scores::of(&inputs);
        assert_eq!((scores.rice, scores.cost_of_delay), (Some(50_000.0), 30_000.0));
        assert_eq!((scores.wsjf, scores.productivity), (Some(5_000.0), Some(5.0)));
        let free =
            Scores::of(&ScoreInputs { effort_days: 0.0, development: 0.0, duration_months: 0.0, ..inputs });
        assert_eq!((free.rice, free.wsjf, free.productivity), (None, None, None));
    }

    #[test]
    fn medians_part_the_quadrants() {
        let pairs = [(10.0, 5.0), (40.0, 50.0), (20.0, 60.0), (50.0, 1.0)];
        let expected = [Quadrant::FillIn, Quadrant::BigBet, Quadrant::QuickWin, Quadrant::MoneyPit];
        assert_eq!(Quadrant::of(&pairs), expected);
        assert_eq!(Quadrant::of(&[(1.0, 1.0)]), [Quadrant::QuickWin]);
    }

    #[test]
    fn the_easiest_may_not_be_the_best() {
        let trap = EaseTrap::of(&[(62.0, 33.0), (145.0, 616.0), (262.0, -69.0)]);
        assert_eq!(trap, Some(EaseTrap { easiest: 0, best: 1, worth: 583.0 }));
        assert_eq!(EaseTrap::of(&[(62.0, 33.0), (145.0, 16.0)]), None);
        assert_eq!(EaseTrap::of(&[]), None);
    }
}
