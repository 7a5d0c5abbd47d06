//! What many runs are worth together.

use crate::stats::sample::Sorted;

use super::value::Worth;

/// Figures over the runs of a solution or of a set of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worths {
    /// The expected net present value.
    pub expected: f64,
    /// The standard error of that.
    pub error: f64,
    /// Net present values at 5, 50 and 95 %.
    pub p05: f64,
    /// The median.
    pub p50: f64,
    /// The value exceeded in one run of twenty.
    pub p95: f64,
    /// The chance to gain.
    pub p_gain: f64,
    /// The mean of the worst twentieth.
    pub worst_twentieth: f64,
    /// The factor on all value at which the expectation is 0; `None` where nothing is earned.
    pub break_even: Option<f64>,
}

impl Worths {
    /// The figures of these runs; `None` without runs.
    pub fn of(worths: &[Worth]) -> Option<Self> {
        if worths.is_empty() {
            return None;
        }
        let count = worths.len() as f64;
        let mean = |value: fn(&Worth) -> f64| worths.iter().map(value).sum::<f64>() / count;
        let (expected, benefit) = (mean(|it| it.net), mean(|it| it.benefit));
        let variance = worths.iter().map(|it| (it.net - expected) * (it.net - expected)).sum::<f64>() / count;
        let nets = nets(worths)?;
        Some(Self {
            expected,
            error: libm::sqrt(variance / count),
            p05: nets.percentile(0.05),
            p50: nets.percentile(0.5),
            p95: nets.percentile(0.95),
            p_gain: (nets.count() - nets.count_at_most(0.0)) as f64 / count,
            worst_twentieth: worst_twentieth(&nets),
            break_even: (benefit > 0.0).then(|| (benefit - expected) / benefit),
        })
    }
}

fn nets(worths: &[Worth]) -> Option<Sorted> {
    Sorted::new(worths.iter().map(|it| it.net).collect())
}

/// Net present values by the share of runs that do not exceed them: at 0, 1/steps … 1.
pub(super) fn curve(worths: &[Worth], steps: usize) -> Vec<(f64, f64)> {
    let Some(nets) = nets(worths) else { return Vec::new() };
    let shares = (0..=steps).map(|step| step as f64 / steps.max(1) as f64);
    shares.map(|share| (nets.percentile(share), share)).collect()
}

/// The mean of the lowest twentieth, at least of one value.
fn worst_twentieth(sorted: &Sorted) -> f64 {
    let worst = sorted.values().len().div_ceil(20);
    sorted.values()[..worst].iter().sum::<f64>() / worst as f64
}

/// What knowing beforehand whether a solution gets to its launch is worth: the most that a proof of
/// concept may cost.
///
/// `E[max(0, ·)]` by branch less `max(0, ENPV)`. Each run is its net present value and whether it launches.
pub fn worth_of_knowing(runs: impl Iterator<Item = (f64, bool)>) -> f64 {
    let (mut launched, mut failed, mut count) = (0.0, 0.0, 0.0_f64);
    for (net, is_launched) in runs {
        *(if is_launched { &mut launched } else { &mut failed }) += net;
        count += 1.0;
    }
    let count = count.max(1.0);
    ((launched / count).max(0.0) + (failed / count).max(0.0) - ((launched + failed) / count).max(0.0))
        .max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_hundred_runs_are_what_they_say() {
        // −50 … 49, each earning 100 more than it nets.
        let worths: Vec<Worth> = (-50..50).map(|net| Worth { benefit: 100.0, net: f64::from(net) }).collect();
        let it = Worths::of(&worths).unwrap();
        assert_eq!((it.expected, it.p05, it.p50, it.p95), (-0.5, -46.0, -1.0, 44.0));
        assert_eq!((it.p_gain, it.worst_twentieth), (0.49, -48.0));
        assert!((it.break_even.unwrap() - 1.005).abs() < 1e-12);
        assert_eq!(Worths::of(&[]), None);
        assert_eq!(curve(&worths, 4), [(-50.0, 0.0), (-26.0, 0.25), (-1.0, 0.5), (24.0, 0.75), (49.0, 1.0)]);
    }

    #[test]
    fn knowing_is_worth_what_it_saves_or_makes_possible() {
        // ENPV 40 > 0: half of the runs fail and lose 20: −a q = 10.
        let good = [(100.0, true), (-20.0, false)];
        assert!((worth_of_knowing(good.into_iter()) - 10.0).abs() < 1e-12);
        // ENPV −30 <= 0: the tenth that launches gains 60: (1 − q) 60 = 6.
        let runs = (0..10).map(|run| if run == 0 { (60.0, true) } else { (-40.0, false) });
        assert!((worth_of_knowing(runs) - 6.0).abs() < 1e-12);
        assert_eq!(worth_of_knowing([(5.0, true)].into_iter()), 0.0);
    }
}
