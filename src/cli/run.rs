//! A simulation from the command line: settings, the progress bar, the answers made of it.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::forecast::{BurnKind, Burndown, DriverReport, Forecast, Replay, ReplayAt, ReplayError, keep};
use crate::model::Plan;
use crate::network::Network;
use crate::simulate::{Samples, Sampling, Settings, simulate_with_progress};

use super::arguments::RunOptions;
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
    burndowns: OnceCell<Vec<Burndown>>,
}

impl Run {
    /// Simulates a plan as asked.
    pub(super) fn new(plan: Plan, network: Network, options: RunOptions, terminal: &Terminal) -> Self {
        let sampling = Sampling::from(options.sampling);
        let iterations = sampling.iterations(options.iterations as u64);
        let mut settings = Settings::default().seed(options.seed).iterations(iterations).sampling(sampling);
        settings.threads = options.threads.map(|threads| threads as usize);
        settings.keep = keep(&plan, &network);
        let shows_progress = terminal.shows_progress();
        let progress = Progress::new(settings.iterations, "iterations", shows_progress);
        let samples = simulate_with_progress(&plan, &network, &settings, &|done| progress.advance(done));
        progress.bar.finish_and_clear();
        Self { plan, network, samples, settings, shows_progress, burndowns: OnceCell::new() }
    }

    /// Everything that is said of it.
    pub(super) fn forecast(&self) -> Forecast {
        Forecast::of(&self.plan, &self.network, &self.samples)
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

    /// One of its iterations, opened.
    pub(super) fn replay(&self, at: ReplayAt) -> Result<Replay, ReplayError> {
        Replay::of(&self.plan, &self.network, &self.settings, &self.samples, at)
    }

    /// What remains over time, of work or of money; nothing if the plan has none of it.
    pub(super) fn burndown(&self, kind: BurnKind) -> Option<&Burndown> {
        let all = || Burndown::of(&self.plan, &self.network, &self.settings, &self.samples);
        self.burndowns.get_or_init(all).iter().find(|burndown| burndown.kind == kind)
    }
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
