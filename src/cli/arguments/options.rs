//! Options that several commands share.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::forecast::{MoneyTolerance, Tolerance};
use crate::simulate::Sampling;

use super::words::{iterations, seed, threads, tolerance, tolerance_money};

/// Which plan, and what is changed in it.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct PlanOptions {
    /// The plan file; `-` reads standard input.
    #[arg(value_name = "PLAN")]
    pub(in crate::cli) plan: PathBuf,
    /// Use this scenario of the plan; `base` is the plan as written.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) scenario: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) changes: Changes,
}

/// Which of the plan's solutions.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Only {
    /// Only this solution, with what it falls back on and what belongs to no solution; repeatable.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) solution: Vec<String>,
}

impl PlanOptions {
    /// This plan as it is written.
    pub(in crate::cli) fn plain(plan: &Path) -> Self {
        Self { plan: plan.to_path_buf(), scenario: None, changes: Changes::default() }
    }
}

/// Changes laid over the plan file.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct Changes {
    /// Change one value, like `milestone.train.duration="20d"`; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(in crate::cli) set: Vec<String>,
    /// Merge a further file into the plan; may be repeated.
    #[arg(long = "with", value_name = "FILE")]
    pub(in crate::cli) with: Vec<PathBuf>,
    /// Put the response of this risk in force; may be repeated.
    #[arg(long = "respond", value_name = "RISK")]
    pub(in crate::cli) respond: Vec<String>,
}

/// How the draws are made.
#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct RunOptions {
    /// How often the plan is run through, 1 to 1,000,000 (also `20k`, `1M`); 10,000 by default.
    #[arg(long, short = 'n', value_name = "N", value_parser = iterations, allow_negative_numbers = true)]
    pub(in crate::cli) iterations: Option<usize>,
    /// The seed of all draws: the same seed gives the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub(in crate::cli) seed: u64,
    /// How the draws are made; `lhs` rounds the iterations up to 16 times a power of two.
    #[arg(long, value_enum, value_name = "SCHEME", default_value_t = SamplingWord::Mc)]
    pub(in crate::cli) sampling: SamplingWord,
    /// How many threads work, 1 to 1,024; by default one per processor. The answer is the same.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub(in crate::cli) threads: Option<u64>,
}

/// How draws are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SamplingWord {
    /// Independently: Monte Carlo.
    Mc,
    /// In sixteen Latin hypercubes: narrower intervals for the same number of iterations.
    Lhs,
}

impl From<SamplingWord> for Sampling {
    fn from(word: SamplingWord) -> Self {
        match word {
            SamplingWord::Mc => Self::Mc,
            SamplingWord::Lhs => Self::Lhs,
        }
    }
}

/// In which form results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For reading.
    Text,
    /// For programs; the names are stable.
    Json,
    /// For spreadsheets.
    Csv,
    /// Markdown, for a pull request.
    Md,
}

/// Where files are written.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct FolderOptions {
    /// Write every form and every picture into this folder, too.
    #[arg(long, short, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Overwrite files that plan has not written.
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

/// When a run ends that goes on until its answers have settled.
#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct Settling {
    /// Go on until the percentiles of the headline, the chances of targets and the expectations have
    /// settled; `--iterations` is then the most there may be, 1,000,000 by default.
    #[arg(long, conflicts_with = "shard")]
    pub(in crate::cli) until_settled: bool,
    /// A date has settled once half its interval is no more than so many working days; half a day by
    /// default.
    #[arg(long, value_name = "DAYS", value_parser = tolerance, requires = "until_settled", allow_negative_numbers = true)]
    pub(in crate::cli) tolerance: Option<f64>,
    /// Money has settled once half its interval is no more than this: an amount, or a share of the
    /// cost's P50; 0.5% by default. Chances settle at one percentage point.
    #[arg(long, value_name = "MONEY|SHARE", value_parser = tolerance_money, requires = "until_settled", allow_negative_numbers = true)]
    pub(in crate::cli) tolerance_money: Option<MoneyTolerance>,
}

impl Settling {
    /// How near is near enough, if the run is to settle.
    pub(in crate::cli) fn tolerance(self) -> Option<Tolerance> {
        let usual = Tolerance::default();
        self.until_settled.then(|| Tolerance {
            days: self.tolerance.unwrap_or(usual.days),
            money: self.tolerance_money.unwrap_or(usual.money),
            ..usual
        })
    }
}

/// How a forecast is shown.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Showing {
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    /// List every milestone, not the most critical only.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
}
