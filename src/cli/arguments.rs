//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};

use crate::forecast::{MoneyTolerance, Tolerance};
use crate::format::literal;
use crate::units::Share;

use super::command::templates;
use crate::simulate::Sampling;

/// The most iterations of one run.
pub(super) const MOST_ITERATIONS: usize = 1_000_000;
/// The iterations of a run unless others are asked for.
pub(super) const USUAL_ITERATIONS: usize = 10_000;
/// The most threads that may be asked for.
const MOST_THREADS: u64 = 1_024;

/// When it will be done, what it will cost, and how sure that is.
///
/// `plan FILE` is `plan simulate FILE`; `-` is standard input. Results go to standard output, remarks
/// to standard error.
///
/// Exit codes: 0 well, 1 the plan has errors, 2 usage or files, 3 an expectation is not met.
#[derive(Debug, Parser)]
#[command(
    name = "plan",
    version,
    arg_required_else_help = true,
    subcommand_required = true,
    max_term_width = 100
)]
pub(super) struct Arguments {
    /// Colours: on a terminal unless NO_COLOR is set, always, or never.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub(super) color: Colouring,
    /// Errors and results only: no warnings, no remarks, no progress bar.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colouring {
    /// On a terminal unless NO_COLOR is set.
    Auto,
    /// Even into files and pipes.
    Always,
    /// Nowhere.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start a plan from a commented template.
    Init(Init),
    /// Say every error and warning of a plan at once.
    Check(Check),
    /// Show the critical path of the plan as written: early and late dates, floats, drivers.
    Path(PathOptions),
    /// Forecast finish and cost, how sure they are, and what drives them.
    Simulate(Simulate),
    /// Say what finish and cost hang on: what each risk, stage and milestone adds, and what the plan hides.
    Drivers(Drivers),
    /// Open one iteration: dates, draws, risks that struck, where the money went.
    Replay(ReplayOptions),
    /// Join the parts of a simulation that was run in shards: exactly what one run gives.
    Merge(Merge),
    /// Set scenarios of a plan, or plans, side by side under the same draws.
    Compare(Compare),
    /// Write one picture or table.
    Export(Export),
    /// Explain a diagnostic, a metric, a key of the plan file, or a milestone or risk of a plan.
    Explain(Explain),
    /// Print the JSON Schema of plan files, for editors.
    Schema,
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for every command.
    Man(Man),
}

/// Which plan, and what is changed in it.
#[derive(Clone, Debug, Args)]
pub(super) struct PlanOptions {
    /// The plan file; `-` reads standard input.
    #[arg(value_name = "PLAN")]
    pub(super) plan: PathBuf,
    /// Use this scenario of the plan; `base` is the plan as written.
    #[arg(long, value_name = "NAME")]
    pub(super) scenario: Option<String>,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// Changes laid over the plan file.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Changes {
    /// Change one value, like `milestone.train.duration="20d"`; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Merge a further file into the plan; may be repeated.
    #[arg(long = "with", value_name = "FILE")]
    pub(super) with: Vec<PathBuf>,
    /// Put the response of this risk in force; may be repeated.
    #[arg(long = "respond", value_name = "RISK")]
    pub(super) respond: Vec<String>,
}

/// How the draws are made.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct RunOptions {
    /// How often the plan is run through, 1 to 1,000,000 (also `20k`, `1M`); 10,000 by default.
    #[arg(long, short = 'n', value_name = "N", value_parser = iterations, allow_negative_numbers = true)]
    pub(super) iterations: Option<usize>,
    /// The seed of all draws: the same seed gives the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub(super) seed: u64,
    /// How the draws are made; `lhs` rounds the iterations up to 16 times a power of two.
    #[arg(long, value_enum, value_name = "SCHEME", default_value_t = SamplingWord::Mc)]
    pub(super) sampling: SamplingWord,
    /// How many threads work, 1 to 1,024; by default one per processor. The answer is the same.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub(super) threads: Option<u64>,
}

/// How draws are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SamplingWord {
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
pub(super) enum Format {
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
pub(super) struct FolderOptions {
    /// Write every form and every picture into this folder, too.
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite files that plan has not written.
    #[arg(long)]
    pub(super) force: bool,
}

/// `plan init`
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Which template; `plan init --list` lists them.
    #[arg(default_value = "starter", value_parser = PossibleValuesParser::new(templates::names()), hide_possible_values = true)]
    pub(super) template: String,
    /// Where to write it; `-` is standard output.
    #[arg(long, short, value_name = "FILE", default_value = "plan.toml")]
    pub(super) output: PathBuf,
    /// Overwrite a file that is there already.
    #[arg(long)]
    pub(super) force: bool,
    /// List the templates.
    #[arg(long)]
    pub(super) list: bool,
}

/// `plan check`
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) plan: PlanOptions,
    /// Echo how every milestone's estimates are read, in words.
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// Hold the simulation of this plan against a slow and obvious one.
    #[arg(long, conflicts_with = "format")]
    pub(super) self_test: bool,
    /// Treat warnings as errors.
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub(super) deny: Option<String>,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    pub(super) format: String,
}

/// `plan path`
#[derive(Debug, Args)]
pub(super) struct PathOptions {
    #[command(flatten)]
    pub(super) plan: PlanOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
    /// List every milestone and every step of long paths.
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) folder: FolderOptions,
}

/// `plan simulate`
#[derive(Debug, Args)]
pub(super) struct Simulate {
    #[command(flatten)]
    pub(super) plan: PlanOptions,
    #[command(flatten)]
    pub(super) run: RunOptions,
    #[command(flatten)]
    pub(super) settling: Settling,
    /// Run only the K-th of N equal parts, and write it into the file of `-o`, for `plan merge`.
    #[arg(long, value_name = "K/N", value_parser = shard, requires = "output", conflicts_with_all = ["format", "all"])]
    pub(super) shard: Option<Shard>,
    #[command(flatten)]
    pub(super) showing: Showing,
}

/// When a run ends that goes on until its answers have settled.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Settling {
    /// Go on until the percentiles of the headline, the chances of targets and the expectations have
    /// settled; `--iterations` is then the most there may be, 1,000,000 by default.
    #[arg(long, conflicts_with = "shard")]
    pub(super) until_settled: bool,
    /// A date has settled once half its interval is no more than so many working days; half a day by
    /// default.
    #[arg(long, value_name = "DAYS", value_parser = tolerance, requires = "until_settled", allow_negative_numbers = true)]
    pub(super) tolerance: Option<f64>,
    /// Money has settled once half its interval is no more than this: an amount, or a share of the
    /// cost's P50; 0.5% by default. Chances settle at one percentage point.
    #[arg(long, value_name = "MONEY|SHARE", value_parser = tolerance_money, requires = "until_settled", allow_negative_numbers = true)]
    pub(super) tolerance_money: Option<MoneyTolerance>,
}

impl Settling {
    /// How near is near enough, if the run is to settle.
    pub(super) fn tolerance(self) -> Option<Tolerance> {
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
pub(super) struct Showing {
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
    /// List every milestone, not the most critical only.
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) folder: FolderOptions,
}

/// `plan drivers`
#[derive(Debug, Args)]
pub(super) struct Drivers {
    #[command(flatten)]
    pub(super) plan: PlanOptions,
    #[command(flatten)]
    pub(super) run: RunOptions,
    /// Add Kendall's rank correlation of each milestone's duration with the finish.
    #[arg(long)]
    pub(super) kendall: bool,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
    /// List everything, not what matters most only.
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) folder: FolderOptions,
}

/// `plan replay`
#[derive(Debug, Args)]
pub(super) struct ReplayOptions {
    #[command(flatten)]
    pub(super) plan: PlanOptions,
    /// Open the iteration at this percentile of the finish, like `P80`, or of the cost, like
    /// `cost:P80`; of equal ones the first. By default the percentile that headlines.
    #[arg(long, value_name = "PERCENTILE", value_parser = wanted, conflicts_with = "iteration")]
    pub(super) at: Option<Wanted>,
    /// Open this iteration, counted from 1.
    #[arg(long, value_name = "NUMBER", value_parser = iterations, allow_negative_numbers = true)]
    pub(super) iteration: Option<usize>,
    #[command(flatten)]
    pub(super) run: RunOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json", "md"])]
    pub(super) format: String,
    /// List every milestone and every step of a long path.
    #[arg(long)]
    pub(super) all: bool,
}

/// A percentile of the finish or of the cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wanted {
    /// Of the finish.
    Finish(Share),
    /// Of the cost.
    Cost(Share),
}

/// `plan merge`
#[derive(Debug, Args)]
pub(super) struct Merge {
    /// The parts, in any order: files written by `plan simulate --shard`.
    #[arg(value_name = "PART", required = true)]
    pub(super) parts: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) showing: Showing,
}

/// One of equal parts of a run, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    /// Which.
    pub(super) number: u64,
    /// Of how many.
    pub(super) of: u64,
}

/// `plan compare`
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// Plans, each `FILE`, `FILE@SCENARIO` or `FILE@*` for all its scenarios; a single `FILE` is
    /// compared with all its scenarios. At most twelve columns.
    #[arg(value_name = "PLAN[@SCENARIO]", required = true)]
    pub(super) plans: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) run: RunOptions,
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
    /// Write every form and the picture into this folder, too; or just one of them into a file
    /// whose name ends in .svg, .png (both are the picture), .json, .csv, .md or .txt.
    #[arg(long, short, value_name = "DIR|FILE")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite files that plan has not written.
    #[arg(long)]
    pub(super) force: bool,
}

/// `plan export`
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write; `plan export --list` lists the kinds.
    #[arg(value_name = "KIND", required_unless_present = "list", value_parser = PossibleValuesParser::new(super::command::kinds::names()))]
    pub(super) kind: Option<String>,
    /// The plan file; `-` reads standard input.
    #[arg(value_name = "PLAN", required_unless_present = "list")]
    pub(super) plan: Option<PathBuf>,
    /// Use this scenario of the plan; `base` is the plan as written.
    #[arg(long, value_name = "NAME")]
    pub(super) scenario: Option<String>,
    #[command(flatten)]
    pub(super) changes: Changes,
    #[command(flatten)]
    pub(super) run: RunOptions,
    /// Where to write it: pictures as `.svg` or `.png`; without it, to standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite a file that plan has not written.
    #[arg(long)]
    pub(super) force: bool,
    /// Mark this day in the timeline, like `2027-03-01`.
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<chrono::NaiveDate>,
    /// How many pixels of a PNG make one of the picture, 0.5 to 8.
    #[arg(long, value_name = "FACTOR", default_value_t = 2.0, value_parser = scale, allow_negative_numbers = true)]
    pub(super) scale: f32,
    /// List the kinds.
    #[arg(long)]
    pub(super) list: bool,
}

/// `plan explain`
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A diagnostic like `open-start`, a metric like `criticality`, a key like `not_before`, or the id
    /// of a milestone or risk.
    #[arg(value_name = "WORD")]
    pub(super) word: String,
    /// The plan that a milestone or risk belongs to.
    #[arg(value_name = "PLAN")]
    pub(super) plan: Option<PathBuf>,
}

/// `plan man`
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write `plan.1` and a page for every command into this folder.
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
}

/// `10000`, `10_000`, `10,000`, `10k`, `1M`.
fn iterations(word: &str) -> Result<usize, String> {
    let digits: String = word.chars().filter(|letter| !matches!(letter, '_' | ',')).collect();
    let (digits, unit) = match digits.strip_suffix(['k', 'M']) {
        Some(rest) if digits.ends_with('k') => (rest, 1_000),
        Some(rest) => (rest, 1_000_000),
        None => (digits.as_str(), 1),
    };
    let count = digits.parse::<usize>().ok().and_then(|count| count.checked_mul(unit));
    count
        .filter(|count| (1..=MOST_ITERATIONS).contains(count))
        .ok_or_else(|| "a whole number from 1 to 1,000,000 is needed".to_owned())
}

/// `P80`, `finish:P80`, `cost:P80`.
fn wanted(word: &str) -> Result<Wanted, String> {
    let (of, percentile) = word.split_once(':').unwrap_or(("finish", word));
    let percent = percentile.strip_prefix(['P', 'p']).and_then(|percent| percent.parse::<f64>().ok());
    let share = percent.filter(|percent| (0.0..=100.0).contains(percent));
    let share = share.and_then(|percent| Share::new(percent / 100.0).ok());
    match (of, share) {
        ("finish", Some(share)) => Ok(Wanted::Finish(share)),
        ("cost", Some(share)) => Ok(Wanted::Cost(share)),
        _ => Err("a percentile like `P80` or `cost:P80` is needed".to_owned()),
    }
}

/// `0.5d`, `0.5`.
fn tolerance(word: &str) -> Result<f64, String> {
    let days = literal::number(word.strip_suffix('d').unwrap_or(word)).ok();
    let days = days.filter(|days| !word.contains('%') && *days > 0.0 && days.is_finite());
    days.ok_or_else(|| "working days are needed, more than none, like 0.5d".to_owned())
}

/// `0.5%`, `2k`.
fn tolerance_money(word: &str) -> Result<MoneyTolerance, String> {
    let tolerance = if word.contains('%') {
        literal::number(word).map(|share| (share, MoneyTolerance::Share(share)))
    } else {
        literal::money(word).map(|amount| (amount, MoneyTolerance::Amount(amount)))
    };
    let tolerance = tolerance.ok().filter(|(number, _)| *number > 0.0 && number.is_finite());
    tolerance
        .map(|(_, tolerance)| tolerance)
        .ok_or_else(|| "an amount or a share is needed, more than none, like 2k or 0.5%".to_owned())
}

/// `3/16`.
fn shard(word: &str) -> Result<Shard, String> {
    let parts = word.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    parts
        .filter(|(number, of)| (1..=*of).contains(number))
        .map(|(number, of)| Shard { number, of })
        .ok_or_else(|| "which of how many, counted from 1, is needed, like 3/16".to_owned())
}

fn seed(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("a whole number from 0 to {} is needed", u64::MAX))
}

fn threads(word: &str) -> Result<u64, String> {
    let threads = word.parse().ok().filter(|threads| (1..=MOST_THREADS).contains(threads));
    threads.ok_or_else(|| "a whole number from 1 to 1,024 is needed".to_owned())
}

fn scale(word: &str) -> Result<f32, String> {
    let scale = word.parse().ok().filter(|scale| (0.5..=8.0).contains(scale));
    scale.ok_or_else(|| "a number from 0.5 to 8 is needed".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_percentile_is_of_the_finish_unless_it_says_otherwise() {
        let share = |value| Share::new(value).unwrap();
        for (word, expected) in [
            ("P80", Some(Wanted::Finish(share(0.8)))),
            ("p97.5", Some(Wanted::Finish(share(0.975)))),
            ("finish:P50", Some(Wanted::Finish(share(0.5)))),
            ("cost:P80", Some(Wanted::Cost(share(0.8)))),
            ("80", None),
            ("P101", None),
            ("price:P80", None),
            ("PNaN", None),
        ] {
            assert_eq!(wanted(word).ok(), expected, "{word}");
        }
    }

    #[test]
    fn tolerances_are_more_than_nothing() {
        for (word, expected) in [
            ("0.5d", Some(0.5)),
            ("2", Some(2.0)),
            ("0d", None),
            ("-1d", None),
            ("5%", None),
            ("2w", None),
            ("", None),
        ] {
            assert_eq!(tolerance(word).ok(), expected, "{word}");
        }
        for (word, expected) in [
            ("0.5%", Some(MoneyTolerance::Share(0.005))),
            ("2k", Some(MoneyTolerance::Amount(2_000.0))),
            ("0%", None),
            ("-3", None),
            ("much", None),
        ] {
            assert_eq!(tolerance_money(word).ok(), expected, "{word}");
        }
    }

    #[test]
    fn shards_count_from_one() {
        for (word, expected) in [
            ("3/16", Some(Shard { number: 3, of: 16 })),
            ("16/16", Some(Shard { number: 16, of: 16 })),
            ("0/16", None),
            ("17/16", None),
            ("3", None),
            ("3/0", None),
            ("-1/3", None),
            ("a/b", None),
        ] {
            assert_eq!(shard(word).ok(), expected, "{word}");
        }
    }

    #[test]
    fn iterations_are_counted_as_people_write_them() {
        for (word, expected) in [
            ("1", Some(1)),
            ("10_000", Some(10_000)),
            ("20k", Some(20_000)),
            ("1M", Some(1_000_000)),
            ("0", None),
            ("1000001", None),
            ("2M", None),
            ("-5", None),
            ("many", None),
            ("99999999999999999999k", None),
        ] {
            assert_eq!(iterations(word).ok(), expected, "{word}");
        }
    }
}
