//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};

use super::command::templates;

/// The most iterations of one run.
const MOST_ITERATIONS: usize = 1_000_000;
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
    /// How often the plan is run through, 1 to 1,000,000 (also `20k`, `1M`).
    #[arg(long, short = 'n', value_name = "N", default_value = "10_000", value_parser = iterations, allow_negative_numbers = true)]
    pub(super) iterations: usize,
    /// The seed of all draws: the same seed gives the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
    pub(super) seed: u64,
    /// How many threads work, 1 to 1,024; by default one per processor. The answer is the same.
    #[arg(long, value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub(super) threads: Option<u64>,
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
    /// In which form.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
    /// List every milestone, not the most critical only.
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) folder: FolderOptions,
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
