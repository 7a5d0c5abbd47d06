//! `plan scope` and its commands.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::options::FolderOptions;
use super::{Changes, Check, Format, PlanOptions, RunOptions};

use crate::format::NewPoint;
use crate::format::measurements::number;
use crate::scope::ValueOf;

/// `plan scope`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct Scope {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<ScopeCommand>,
    #[command(flatten)]
    pub(in crate::cli) report: ScopeReportOptions,
}

/// `plan scope PLAN`
#[derive(Debug, Args)]
pub(in crate::cli) struct ScopeReportOptions {
    /// The plan file; `-` reads standard input.
    #[arg(value_name = "PLAN")]
    pub(in crate::cli) plan: Option<PathBuf>,
    /// Use this scenario of the plan; `base` is the plan as written.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) scenario: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) changes: Changes,
    #[command(flatten)]
    pub(in crate::cli) terms: TermsOptions,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// Show scores, too: RICE, cost of delay, WSJF, productivity; CSV and JSON always hold them.
    #[arg(long, conflicts_with = "solution")]
    pub(in crate::cli) scores: bool,
    /// Show this solution in detail.
    #[arg(long, value_name = "SOLUTION")]
    pub(in crate::cli) solution: Option<String>,
    /// In which form.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
    /// What stands upright in the picture of value and effort.
    #[arg(long, value_enum, value_name = "VALUE", default_value_t = ValueWord::Enpv, requires = "output")]
    pub(in crate::cli) y: ValueWord,
}

/// What counts as the value of a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ValueWord {
    /// The expected net present value, over all runs.
    Enpv,
    /// The mean net present value of the runs that launch.
    Launched,
}

impl From<ValueWord> for ValueOf {
    fn from(word: ValueWord) -> Self {
        match word {
            ValueWord::Enpv => Self::AllRuns,
            ValueWord::Launched => Self::Launched,
        }
    }
}

/// What `[scope]` says, on the command line: each is the same as a `--set`.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct TermsOptions {
    /// The money there is, like `400k`; for `--set scope.budget=`.
    #[arg(long, value_name = "MONEY")]
    budget: Option<String>,
    /// The date to launch by, like `2027-09-30`; for `--set scope.deadline=`.
    #[arg(long, value_name = "DATE")]
    deadline: Option<String>,
    /// What money a year later is worth less, like `8%`; for `--set scope.discount_rate=`.
    #[arg(long, value_name = "SHARE")]
    rate: Option<String>,
    /// What the choice makes largest; for `--set scope.goal=`.
    #[arg(long, value_name = "GOAL", value_parser = ["enpv", "p_positive", "cvar"])]
    goal: Option<String>,
}

impl TermsOptions {
    /// The changes with these behind them, so that one parser reads both.
    pub(in crate::cli) fn onto(&self, changes: &Changes) -> Changes {
        let terms = [
            ("budget", &self.budget),
            ("deadline", &self.deadline),
            ("discount_rate", &self.rate),
            ("goal", &self.goal),
        ];
        let set = terms.into_iter().filter_map(|(key, word)| Some(format!("scope.{key}={}", word.as_ref()?)));
        Changes { set: changes.set.iter().cloned().chain(set).collect(), ..changes.clone() }
    }
}

/// `plan scope frontier PLAN`
#[derive(Debug, Args)]
pub(in crate::cli) struct FrontierOptions {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) terms: TermsOptions,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// List all sets, not only those that no cheaper one beats.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// In which form.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
}

/// `plan scope sequences PLAN`
#[derive(Debug, Args)]
pub(in crate::cli) struct SequencesOptions {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// In which form.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
}

/// What to do about scoping.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ScopeCommand {
    /// Say whether a metric that was measured for a while will get to its target.
    Extrapolate(Extrapolate),
    /// Write the plan with some of its solutions only.
    Apply(Apply),
    /// Say every error and warning of a plan that is to have solutions.
    Check(Check),
    /// Print one solution on one page, for whoever owns the product.
    Canvas(CanvasOptions),
    /// Say which sets of solutions no cheaper one beats, and which of them to fund.
    Frontier(FrontierOptions),
    /// Say which solution of a group to try first, and which when that fails.
    Sequences(SequencesOptions),
    /// Append what was measured to the history of a solution, and say what that changes.
    History(History),
}

/// `plan scope canvas PLAN SOLUTION`
#[derive(Debug, Args)]
pub(in crate::cli) struct CanvasOptions {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    /// The solution.
    #[arg(value_name = "SOLUTION")]
    pub(in crate::cli) solution: String,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// The file to write; by default, or as `-`, it is printed.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Overwrite a file that plan has not written.
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
}

/// `plan scope history PLAN SOLUTION --add 6,0.801`
#[derive(Debug, Args)]
pub(in crate::cli) struct History {
    /// The plan file, which is changed; `-` reads standard input, and prints it changed.
    #[arg(value_name = "PLAN")]
    pub(in crate::cli) plan: PathBuf,
    /// The solution, of an existing system.
    #[arg(value_name = "SOLUTION")]
    pub(in crate::cli) solution: String,
    /// Effort (or date), metric and, if known, on how many items; repeatable.
    #[arg(long, value_name = "EFFORT,METRIC[,ITEMS]", value_parser = NewPoint::of, required = true, allow_hyphen_values = true)]
    pub(in crate::cli) add: Vec<NewPoint>,
}

/// `plan scope apply PLAN SOLUTION…`
#[derive(Debug, Args)]
pub(in crate::cli) struct Apply {
    /// The plan file; `-` reads standard input.
    #[arg(value_name = "PLAN")]
    pub(in crate::cli) plan: PathBuf,
    /// The solutions that stay, with those they fall back on.
    #[arg(value_name = "SOLUTION", required = true)]
    pub(in crate::cli) solutions: Vec<String>,
    /// Write the stop lines that a simulation finds best into their checkpoints, too.
    #[arg(long)]
    pub(in crate::cli) stop_lines: bool,
    /// The file to write; by default, or as `-`, it is printed.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Overwrite a file that is there.
    #[arg(long, requires = "output")]
    pub(in crate::cli) force: bool,
}

/// `plan scope extrapolate`
#[derive(Debug, Args)]
pub(in crate::cli) struct Extrapolate {
    /// A plan whose solution has a history; or give `--history` and `--target`.
    #[arg(value_name = "PLAN", requires = "solution", conflicts_with_all = ["history", "minimum", "hlp", "ceiling"])]
    pub(in crate::cli) plan: Option<PathBuf>,
    /// The solution of the plan.
    #[arg(value_name = "SOLUTION")]
    pub(in crate::cli) solution: Option<String>,
    /// A CSV file of what was measured: effort (or date), metric and perhaps on how many items.
    #[arg(long, value_name = "FILE", required_unless_present = "plan")]
    pub(in crate::cli) history: Option<PathBuf>,
    /// The value wanted; of a plan, instead of its own.
    #[arg(long, value_name = "VALUE", value_parser = value, allow_negative_numbers = true, required_unless_present = "plan")]
    pub(in crate::cli) target: Option<f64>,
    /// The effort by which it is wanted, counted as in the file; by default three lengths of the history.
    #[arg(long, value_name = "EFFORT", value_parser = value, allow_negative_numbers = true)]
    pub(in crate::cli) max: Option<f64>,
    /// The lowest and the highest value the metric can have.
    #[arg(long, value_name = "LOW,HIGH", default_value = "0,1", value_parser = range, allow_hyphen_values = true)]
    pub(in crate::cli) range: (f64, f64),
    /// Which way is better.
    #[arg(long, value_name = "WAY", default_value = "up", value_parser = ["up", "down"])]
    pub(in crate::cli) direction: String,
    /// The least that is worth a launch; drawn into the picture.
    #[arg(long, value_name = "VALUE", value_parser = value, allow_negative_numbers = true)]
    pub(in crate::cli) minimum: Option<f64>,
    /// How well people do it, where that says what can be done: images, sound, text.
    #[arg(long, value_name = "VALUE", value_parser = value, allow_negative_numbers = true)]
    pub(in crate::cli) hlp: Option<f64>,
    /// People were measured on other data than the model sees, so that it says little.
    #[arg(long, requires = "hlp")]
    pub(in crate::cli) hlp_on_other_data: bool,
    /// A value that nothing can be better than: noise of labels, Bayes error.
    #[arg(long, value_name = "VALUE", value_parser = value, allow_negative_numbers = true)]
    pub(in crate::cli) ceiling: Option<f64>,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    pub(in crate::cli) format: String,
    /// Draw it, too, as `.svg` or `.png`.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Overwrite a file that plan has not written.
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

/// `0.85`, `.85`, `85%`.
fn value(word: &str) -> Result<f64, String> {
    number(word).ok_or_else(|| "a number is needed, like 0.85".to_owned())
}

/// `0,1`.
fn range(word: &str) -> Result<(f64, f64), String> {
    let ends = word.split_once(',').and_then(|(low, high)| Some((value(low).ok()?, value(high).ok()?)));
    ends.filter(|(low, high)| low < high)
        .ok_or_else(|| "the lowest and the highest value are needed, like 0,100".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_write_them() {
        for (word, expected) in
            [("0.85", Some(0.85)), (".85", Some(0.85)), ("85%", Some(0.85)), ("-3", Some(-3.0)), ("x", None)]
        {
            assert_eq!(value(word).ok(), expected, "{word}");
        }
        for (word, expected) in
            [("0,1", Some((0.0, 1.0))), ("-1,.5", Some((-1.0, 0.5))), ("1,0", None), ("1", None)]
        {
            assert_eq!(range(word).ok(), expected, "{word}");
        }
    }
}
