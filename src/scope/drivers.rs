//! What the worth of a solution goes with: rank correlations of its net present value over all runs.

use crate::model::{Plan, ValueFactor};
use crate::network::ProgressEnd;
use crate::stats::correlation::spearman;

use super::judge::Judge;
use super::value::Worth;

/// The most that are told.
const MOST: usize = 8;
/// Standard errors beyond which a correlation is hardly chance.
const SURE: f64 = 1.96;

/// Something that differs from run to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetDriverKind {
    /// Whether the metric reaches its target.
    Reached,
    /// Whether it gets to its launch.
    Launched,
    /// Whether it succeeds in its market.
    Sold,
    /// A factor of its value.
    Factor {
        /// Its id in the plan file.
        key: String,
        /// Its name.
        name: String,
    },
    /// How far its effort overruns.
    Overrun,
    /// How many iterations it takes.
    Iterations,
    /// When it is launched, over the runs that launch.
    LaunchTime,
}

/// How the worth of a solution goes with something.
#[derive(Clone, Debug, PartialEq)]
pub struct NetDriver {
    /// With what.
    pub kind: NetDriverKind,
    /// Spearman's rank correlation with the net present value, −1 to 1.
    pub correlation: f64,
    /// Over how many runs.
    pub runs: usize,
    /// Whether it is so small that it may be chance.
    pub may_be_chance: bool,
}

impl NetDriverKind {
    /// Its word in JSON.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Launched => "launched",
            Self::Sold => "sold",
            Self::Factor { .. } => "factor",
            Self::Overrun => "overrun",
            Self::Iterations => "iterations",
            Self::LaunchTime => "launch-time",
        }
    }
}

impl NetDriver {
    fn of(kind: NetDriverKind, values: &[f64], nets: &[f64]) -> Option<Self> {
        let correlation = spearman(values, nets)?;
        let runs = values.len();
        // Where nothing goes together, the variance of Spearman's correlation is 1 / (n − 1).
        let error = 1.0 / libm::sqrt((runs as f64 - 1.0).max(1.0));
        Some(Self { kind, correlation, runs, may_be_chance: correlation.abs() < SURE * error })
    }
}

/// What the worth of a solution goes with most, the strongest first; what never differs is left out.
pub(super) fn drivers(plan: &Plan, judge: &Judge<'_>, worths: &[Worth]) -> Vec<NetDriver> {
    let facts = judge.facts;
    let nets: Vec<f64> = worths.iter().map(|it| it.net).collect();
    let one = |holds: bool| f64::from(u8::from(holds));
    let mut found = Vec::new();
    let mut add = |kind, values: &[f64]| found.extend(NetDriver::of(kind, values, &nets));
    if let Some(progress) = &facts.progress {
        let reached: Vec<f64> = progress.iter().map(|it| one(it.end == ProgressEnd::Reached)).collect();
        add(NetDriverKind::Reached, &reached);
        let iterations: Vec<f64> = progress.iter().map(|it| f64::from(it.iterations)).collect();
        add(NetDriverKind::Iterations, &iterations);
    }
    let yes = |all: &[bool]| all.iter().map(|&holds| one(holds)).collect::<Vec<f64>>();
    add(NetDriverKind::Launched, &yes(&facts.is_launched));
    add(NetDriverKind::Sold, &yes(&judge.sells));
    for factor in judge.solution.value.iter().flat_map(|value| &value.factors) {
        let ValueFactor { key, name, .. } = &plan.scoping[*factor];
        let kind = NetDriverKind::Factor { key: key.clone(), name: name.clone() };
        add(kind, &judge.factors[factor.index()]);
    }
    add(NetDriverKind::Overrun, &facts.overrun);
    let launched = || (0..nets.len()).filter(|&run| facts.is_launched[run]);
    let times: Vec<f64> = launched().map(|run| facts.days[run]).collect();
    let their_nets: Vec<f64> = launched().map(|run| nets[run]).collect();
    found.extend(NetDriver::of(NetDriverKind::LaunchTime, &times, &their_nets));
    found.sort_by(|a, b| b.correlation.abs().total_cmp(&a.correlation.abs()));
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rises_together_is_sure_and_what_is_alike_is_none() {
        let nets: Vec<f64> = (0..50).map(f64::from).collect();
        let halves: Vec<f64> = nets.iter().map(|net| f64::from(u8::from(*net >= 25.0))).collect();
        let driver = NetDriver::of(NetDriverKind::Sold, &halves, &nets).unwrap();
        // Of two halves: √(3/4) · √(n² / (n² − 1)).
        let expected = libm::sqrt(0.75 * 2500.0 / 2499.0);
        assert!((driver.correlation - expected).abs() < 1e-12, "{driver:?}");
        assert_eq!((driver.runs, driver.may_be_chance), (50, false));
        assert_eq!(NetDriver::of(NetDriverKind::Overrun, &[1.0; 50], &nets), None);
    }

    #[test]
    fn what_goes_with_nothing_may_be_chance() {
        let nets: Vec<f64> = (0..100).map(f64::from).collect();
        let turns: Vec<f64> = (0..100).map(|run| f64::from(run % 2)).collect();
        assert!(NetDriver::of(NetDriverKind::Launched, &turns, &nets).unwrap().may_be_chance);
    }
}
