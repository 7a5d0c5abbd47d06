//! When to give a solution up: the stop line of a checkpoint, and what it is worth.
//!
//! After some iterations a metric is measured, and nothing else is known: no foresight. The line is
//! found on the even runs and judged on the odd ones, so that its worth is not made of what chance
//! offered. (An option to abandon is worth the tree with it less the tree without: Boer 2003;
//! information counts only where it is observable: Huchzermeier & Loch 2001.)

/// One run at a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage {
    /// The gap measured there: smaller is better.
    pub gap: f64,
    /// The net present value if it is given up there.
    pub stop: f64,
    /// The net present value if it goes on.
    pub go: f64,
}

/// The line beyond which to give up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopLine {
    /// Give up if the measured gap is larger than this.
    pub gap: f64,
    /// What doing so is worth, in the mean over all runs.
    pub gain: f64,
    /// The share of all runs that it ends.
    pub share: f64,
}

impl StopLine {
    /// The best line for runs in order; `None` for those that are through before the checkpoint.
    ///
    /// Nothing if giving up never pays.
    pub fn of(runs: &[Option<Passage>]) -> Option<Self> {
        let mut even: Vec<Passage> = runs.iter().step_by(2).copied().flatten().collect();
        // The worst first.
        even.sort_by(|a, b| b.gap.total_cmp(&a.gap));
        let (mut sum, mut best, mut line) = (0.0, 0.0, None);
        for (index, passage) in even.iter().enumerate() {
            sum += passage.stop - passage.go;
            let next = even.get(index + 1);
            if sum > best && next.is_none_or(|next| next.gap < passage.gap) {
                best = sum;
                // Half way to the next, so that neither stands on the line.
                line = Some(next.map_or(passage.gap, |next| f64::midpoint(passage.gap, next.gap)));
            }
        }
        let gap = line?;
        let odd = || runs.iter().skip(1).step_by(2);
        let ended = || odd().flatten().filter(|passage| passage.gap > gap);
        let count = (odd().count() as f64).max(1.0);
        let gain = ended().map(|passage| passage.stop - passage.go).sum::<f64>() / count;
        Some(Self { gap, gain, share: ended().count() as f64 / count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_parts_runs_that_pay_from_those_that_do_not() {
        // Gaps 0 … 99: going on is worth 50 − gap, giving up −10: it pays beyond a gap of 60.
        let passage = |gap: f64| Some(Passage { gap, stop: -10.0, go: 50.0 - gap });
        let runs: Vec<_> = (0..200).map(|run| passage(f64::from(run / 2))).collect();
        let line = StopLine::of(&runs).unwrap();
        assert_eq!(line.gap, 60.5);
        // Gaps 61 … 99 save gap − 60 each.
        assert!((line.gain - (1..=39).map(f64::from).sum::<f64>() / 100.0).abs() < 1e-12);
        assert!((line.share - 0.39).abs() < 1e-12);
    }

    #[test]
    fn without_anything_to_save_there_is_no_line() {
        let passage = Passage { gap: 0.3, stop: -10.0, go: 5.0 };
        assert_eq!(StopLine::of(&[Some(passage); 10]), None);
        assert_eq!(StopLine::of(&[None; 10]), None);
        assert_eq!(StopLine::of(&[]), None);
    }
}
