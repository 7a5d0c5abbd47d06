//! A simulation from the command line: settings, the progress bar, the answers made of it.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::forecast::{
    Aim, BurnKind, Burndown, CashFlow, Contender, ContingencyReport, DriverReport, Forecast, Optimisation,
    Period, Replay, ReplayAt, ReplayError, Tolerance, keep, simulate_until_settled,
};
use crate::model::Plan;
use crate::network::Network;
use crate::simulate::{Samples, Sampling, Settings, simulate_with_progress};

use super::arguments::{MOST_ITERATIONS, RunOptions, USUAL_ITERATIONS};
use super::terminal::Terminal;

/// Work that is done sooner shows no progress bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// A simulated plan.
pub(super) struct Run {
    pub(super) plan: Plan,
    pub(super) network: Network,
    pub(super) samples: Samples,
    settings: Settings,
    shows_progress: bool,
    settled: Option<bool>,
    burndowns: OnceCell<Vec<Burndown>>,
}

impl Run {
    /// Simulates a plan as asked.
    pub(super) fn new(plan: Plan, network: Network, options: RunOptions, terminal: &Terminal) -> Self {
        let settings = settings(&plan, &network, options);
        let samples = simulated(&plan, &network, &settings, terminal);
        Self { shows_progress: terminal.shows_progress(), ..Self::of(plan, network, settings, samples) }
    }

    /// Simulates another plan in the same way, and shares what is known of shapes that both have.
    pub(super) fn next(&self, plan: Plan, network: Network, terminal: &Terminal) -> Self {
        let settings = Settings { keep: keep(&plan, &network), ..self.settings.clone() };
        let samples = simulated(&plan, &network, &settings, terminal);
        Self { shows_progress: terminal.shows_progress(), ..Self::of(plan, network, settings, samples) }
    }

    /// The run as one of several that are compared.
    pub(super) fn contender<'a>(&'a self, label: &'a str) -> Contender<'a> {
        let Self { plan, network, samples, .. } = self;
        Contender { label, description: None, changes: None, plan, network, samples }
    }

    /// Simulates a plan until its answers have settled, or as far as may be.
    pub(super) fn until_settled(
        plan: Plan,
        network: Network,
        options: RunOptions,
        tolerance: &Tolerance,
        terminal: &Terminal,
    ) -> Self {
        let most = options.iterations.unwrap_or(MOST_ITERATIONS);
        let mut settings = settings(&plan, &network, RunOptions { iterations: Some(most), ..options });
        let progress = Progress::new(settings.iterations, "iterations", terminal.shows_progress());
        let advance = |done| progress.advance(done);
        let (samples, settled) = simulate_until_settled(&plan, &network, &settings, tolerance, &advance);
        progress.bar.finish_and_clear();
        // Whoever looks at iterations again finds those that were made.
        settings = settings.iterations(samples.whole).only(samples.stretch());
        Self { settled: Some(settled), ..Self::of(plan, network, settings, samples) }
    }

    /// A plan that was simulated with these settings.
    pub(super) fn of(plan: Plan, network: Network, settings: Settings, samples: Samples) -> Self {
        let (shows_progress, settled, burndowns) = (false, None, OnceCell::new());
        Self { plan, network, samples, settings, shows_progress, settled, burndowns }
    }

    /// Everything that is said of it.
    pub(super) fn forecast(&self) -> Forecast {
        Forecast { settled: self.settled, ..Forecast::of(&self.plan, &self.network, &self.samples) }
    }

    /// What it hangs on, by many further runs; Kendall's correlations on request.
    pub(super) fn drivers(&self, with_kendall: bool) -> DriverReport {
        let progress = Progress::new(0, "runs", self.shows_progress);
        let advance = |_, total: usize| {
            progress.bar.set_length(total as u64);
            progress.advance(1);
        };
        let Self { plan, network, settings, samples, .. } = self;
        let report = DriverReport::of(plan, network, settings, samples, with_kendall, &advance);
        progress.bar.finish_and_clear();
        report
    }

    /// What the plan as written lacks at its percentile, and where.
    pub(super) fn contingency(&self) -> ContingencyReport {
        ContingencyReport::of(&self.plan, &self.network, &self.settings, &self.samples)
    }

    /// One of its iterations, opened.
    pub(super) fn replay(&self, at: ReplayAt) -> Result<Replay, ReplayError> {
        Replay::of(&self.plan, &self.network, &self.settings, &self.samples, at)
    }

    /// Its money by period; nothing if nothing costs anything.
    pub(super) fn cashflow(&self, by: Period) -> Option<CashFlow> {
        CashFlow::of(&self.plan, &self.network, &self.settings, &self.samples, by)
    }

    /// What remains over time, of work or of money; nothing if the plan has none of it.
    pub(super) fn burndown(&self, kind: BurnKind) -> Option<&Burndown> {
        let all = || Burndown::of(&self.plan, &self.network, &self.settings, &self.samples);
        self.burndowns.get_or_init(all).iter().find(|burndown| burndown.kind == kind)
    }
}

/// The settings that the command line asks for, with all kept that the forecast needs.
pub(super) fn settings(plan: &Plan, network: &Network, options: RunOptions) -> Settings {
    let sampling = Sampling::from(options.sampling);
    let iterations = sampling.iterations(options.iterations.unwrap_or(USUAL_ITERATIONS) as u64);
    let mut settings = Settings::default().seed(options.seed).iterations(iterations).sampling(sampling);
    settings.threads = options.threads.map(|threads| threads as usize);
    settings.keep = keep(plan, network);
    settings
}

/// Simulates, and shows how far that is.
pub(super) fn simulated(plan: &Plan, network: &Network, settings: &Settings, terminal: &Terminal) -> Samples {
    let progress = Progress::new(settings.stretch().count(), "iterations", terminal.shows_progress());
    let samples = simulate_with_progress(plan, network, settings, &|done| progress.advance(done));
    progress.bar.finish_and_clear();
    samples
}

/// The cheapest choices of a plan, and how far the search for them is.
pub(super) fn optimised(
    plan: &Plan,
    network: &Network,
    settings: &Settings,
    aim: &Aim,
    terminal: &Terminal,
) -> Optimisation {
    let progress = Progress::new(0, "choices", terminal.shows_progress());
    let answer = Optimisation::of(plan, network, settings, aim, &|tried| progress.advance(tried));
    progress.bar.finish_and_clear();
    answer
}

/// A progress bar that stays hidden while the work is quick.
struct Progress {
    bar: ProgressBar,
    began: Instant,
    is_wanted: bool,
    is_shown: AtomicBool,
}

impl Progress {
    /// Of so many steps, called so.
    fn new(steps: u64, noun: &str, is_wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
        let template = format!("  {{wide_bar}} {{human_pos}} of {{human_len}} {noun}, {{eta}} left");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self { bar, began: Instant::now(), is_wanted, is_shown: AtomicBool::new(false) }
    }

    fn advance(&self, steps: u64) {
        self.bar.inc(steps);
        let is_time = self.is_wanted && self.began.elapsed() > PATIENCE;
        if is_time && !self.is_shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}
