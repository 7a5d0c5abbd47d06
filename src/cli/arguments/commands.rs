//! The commands and what each of them takes.

use std::path::PathBuf;

use clap::{Args, builder::PossibleValuesParser};

use super::options::{Changes, FolderOptions, Format, Only, PlanOptions, RunOptions, Settling, Showing};
use super::words::{ByWord, PeriodWord, Shard, Wanted, by, chance, iterations, scale, shard, wanted};
use crate::cli::command::{kinds, templates};
use crate::units::Share;

/// `plan init`
#[derive(Debug, Args)]
pub(in crate::cli) struct Init {
    /// Which template; `plan init --list` lists them.
    #[arg(default_value = "starter", value_parser = PossibleValuesParser::new(templates::names()), hide_possible_values = true)]
    pub(in crate::cli) template: String,
    /// Where to write it; `-` is standard output.
    #[arg(long, short, value_name = "FILE", default_value = "plan.toml")]
    pub(in crate::cli) output: PathBuf,
    /// Overwrite a file that is there already.
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// List the templates.
    #[arg(long)]
    pub(in crate::cli) list: bool,
}

/// `plan check`
#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    /// Echo how every milestone's estimates are read, in words.
    #[arg(long, short)]
    pub(in crate::cli) verbose: bool,
    /// Hold the simulation of this plan against a slow and obvious one.
    #[arg(long, conflicts_with = "format")]
    pub(in crate::cli) self_test: bool,
    /// Treat warnings as errors.
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub(in crate::cli) deny: Option<String>,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    pub(in crate::cli) format: String,
}

/// `plan path`
#[derive(Debug, Args)]
pub(in crate::cli) struct PathOptions {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) only: Only,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    /// List every milestone and every step of long paths.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
}

/// `plan simulate`
#[derive(Debug, Args)]
pub(in crate::cli) struct Simulate {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    #[command(flatten)]
    pub(in crate::cli) settling: Settling,
    #[command(flatten)]
    pub(in crate::cli) only: Only,
    /// Run only the K-th of N equal parts, and write it into the file of `-o`, for `plan merge`.
    #[arg(long, value_name = "K/N", value_parser = shard, requires = "output", conflicts_with_all = ["format", "all", "solution"])]
    pub(in crate::cli) shard: Option<Shard>,
    #[command(flatten)]
    pub(in crate::cli) showing: Showing,
}

/// `plan drivers`
#[derive(Debug, Args)]
pub(in crate::cli) struct Drivers {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) only: Only,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// Add Kendall's rank correlation of each milestone's duration with the finish.
    #[arg(long)]
    pub(in crate::cli) kendall: bool,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    /// List everything, not what matters most only.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
}

/// `plan contingency`
#[derive(Debug, Args)]
pub(in crate::cli) struct ContingencyOptions {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) only: Only,
    /// The percentile that it covers, like `90%`; by default the plan's confidence.
    #[arg(long, value_name = "SHARE", value_parser = chance)]
    pub(in crate::cli) confidence: Option<Share>,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    /// List every part.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
}

/// `plan optimise`
#[derive(Debug, Args)]
pub(in crate::cli) struct Optimise {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    /// Be done by this date, like `2027-09-30`, or within so much working time, like `120d`; by default by
    /// the plan's deadline.
    #[arg(long, value_name = "DATE|TIME", value_parser = by)]
    pub(in crate::cli) by: Option<ByWord>,
    /// How sure that is to be, like `90%`; by default the plan's confidence.
    #[arg(long, value_name = "SHARE", value_parser = chance, conflicts_with = "both")]
    pub(in crate::cli) confidence: Option<Share>,
    /// Keep the budget in the same runs: date and budget together are to be this sure, like `70%`.
    #[arg(long, value_name = "SHARE", value_parser = chance)]
    pub(in crate::cli) both: Option<Share>,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    /// List every choice on the frontier.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
}

/// `plan cashflow`
#[derive(Debug, Args)]
pub(in crate::cli) struct CashFlowOptions {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) only: Only,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// How long each period is.
    #[arg(long, value_enum, value_name = "PERIOD", default_value = "month")]
    pub(in crate::cli) by: PeriodWord,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    /// List every period, not the first ones only.
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
}

/// `plan replay`
#[derive(Debug, Args)]
pub(in crate::cli) struct ReplayOptions {
    #[command(flatten)]
    pub(in crate::cli) plan: PlanOptions,
    #[command(flatten)]
    pub(in crate::cli) only: Only,
    /// Open the iteration at this percentile of the finish, like `P80`, or of the cost, like
    /// `cost:P80`; of equal ones the first. By default the percentile that headlines.
    #[arg(long, value_name = "PERCENTILE", value_parser = wanted, conflicts_with = "iteration")]
    pub(in crate::cli) at: Option<Wanted>,
    /// Open this iteration, counted from 1.
    #[arg(long, value_name = "NUMBER", value_parser = iterations, allow_negative_numbers = true)]
    pub(in crate::cli) iteration: Option<usize>,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json", "md"])]
    pub(in crate::cli) format: String,
    /// List every milestone and every step of a long path.
    #[arg(long)]
    pub(in crate::cli) all: bool,
}

/// `plan merge`
#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// The parts, in any order: files written by `plan simulate --shard`.
    #[arg(value_name = "PART", required = true)]
    pub(in crate::cli) parts: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) showing: Showing,
}

/// `plan compare`
#[derive(Debug, Args)]
pub(in crate::cli) struct Compare {
    /// Plans, each `FILE`, `FILE@SCENARIO` or `FILE@*` for all its scenarios; a single `FILE` is
    /// compared with all its scenarios. At most twelve columns. `git:REVISION:FILE` is the file as a
    /// commit of the repository has it.
    #[arg(value_name = "PLAN[@SCENARIO]", required = true)]
    pub(in crate::cli) plans: Vec<PathBuf>,
    /// Compare these solutions of one plan, each without all others: `a,b`, or `a,a+b` where some are done together.
    #[arg(long, value_name = "SOLUTION,…", value_delimiter = ',')]
    pub(in crate::cli) solutions: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) changes: Changes,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    /// Write every form and the picture into this folder, too; or just one of them into a file
    /// whose name ends in .svg, .png (both are the picture), .json, .csv, .md or .txt.
    #[arg(long, short, value_name = "DIR|FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Overwrite files that plan has not written.
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

/// `plan diff`
#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// The plan before: `FILE`, `FILE@SCENARIO`, or `git:REVISION:FILE` as a commit of the repository has it.
    #[arg(value_name = "BEFORE")]
    pub(in crate::cli) before: PathBuf,
    /// The plan after.
    #[arg(value_name = "AFTER")]
    pub(in crate::cli) after: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) changes: Changes,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) folder: FolderOptions,
}

/// `plan export`
#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// What to write; `plan export --list` lists the kinds.
    #[arg(value_name = "KIND", required_unless_present = "list", value_parser = PossibleValuesParser::new(kinds::names()))]
    pub(in crate::cli) kind: Option<String>,
    /// The plan file; `-` reads standard input.
    #[arg(value_name = "PLAN", required_unless_present = "list")]
    pub(in crate::cli) plan: Option<PathBuf>,
    /// Use this scenario of the plan; `base` is the plan as written.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) scenario: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) changes: Changes,
    #[command(flatten)]
    pub(in crate::cli) only: Only,
    #[command(flatten)]
    pub(in crate::cli) run: RunOptions,
    /// How long each period of a cash flow is; a month by default.
    #[arg(long, value_enum, value_name = "PERIOD")]
    pub(in crate::cli) by: Option<PeriodWord>,
    /// Where to write it: pictures as `.svg` or `.png`; without it, to standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Overwrite a file that plan has not written.
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Mark this day in the timeline, like `2027-03-01`.
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) today: Option<chrono::NaiveDate>,
    /// How many pixels of a PNG make one of the picture, 0.5 to 8.
    #[arg(long, value_name = "FACTOR", default_value_t = 2.0, value_parser = scale, allow_negative_numbers = true)]
    pub(in crate::cli) scale: f32,
    /// List the kinds.
    #[arg(long)]
    pub(in crate::cli) list: bool,
}

/// `plan explain`
#[derive(Debug, Args)]
pub(in crate::cli) struct Explain {
    /// A diagnostic like `open-start`, a metric like `criticality`, a key like `not_before`, or the id
    /// of a milestone, risk, solution, problem, metric, factor or criterion; `scope` for its terms.
    #[arg(value_name = "WORD")]
    pub(in crate::cli) word: String,
    /// The plan that the id belongs to.
    #[arg(value_name = "PLAN")]
    pub(in crate::cli) plan: Option<PathBuf>,
}

/// `plan man`
#[derive(Debug, Args)]
pub(in crate::cli) struct Man {
    /// Write `plan.1` and a page for every command into this folder.
    #[arg(long, short, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
}
