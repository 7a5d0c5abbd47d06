//! From the text of a plan to its answer, and how near a simulated number has to be.

use std::path::PathBuf;

use plan::forecast::{Forecast, MilestoneForecast, VerdictValue, keep};
use plan::format::{Request, read};
use plan::model::Plan;
use plan::network::{Network, Schedule};
use plan::simulate::{Samples, Settings, simulate};
use plan::text::{Colour, Source, Sources};

/// Enough that four standard errors are a hundredth of a standard deviation.
pub(crate) const ITERATIONS: u64 = 200_000;

/// A plan and all that is known of it.
pub(crate) struct Answer {
    pub(crate) plan: Plan,
    pub(crate) network: Network,
    pub(crate) samples: Samples,
    pub(crate) forecast: Forecast,
}

/// What a plan file says.
pub(crate) fn plan(text: &str) -> Plan {
    let mut sources = Sources::new();
    let document = sources.add(Source::new("case.toml", text).unwrap());
    match read(&sources, &Request::plain(document)).into_plan() {
        Ok((plan, _)) => plan,
        Err(report) => panic!("{}\n{text}", report.draw(&sources, Colour::Plain)),
    }
}

/// The plan as written, without a simulation.
pub(crate) fn written(text: &str) -> (Plan, Network, Schedule) {
    let plan = plan(text);
    let network = Network::of(&plan).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let schedule = network.schedule();
    (plan, network, schedule)
}

/// The whole way, with so many iterations.
pub(crate) fn forecast(text: &str, iterations: u64) -> Answer {
    let (plan, network, _) = written(text);
    let mut settings = Settings::default().iterations(iterations).seed(1);
    settings.keep = keep(&plan, &network);
    let samples = simulate(&plan, &network, &settings);
    let forecast = Forecast::of(&plan, &network, &samples);
    Answer { plan, network, samples, forecast }
}

/// The whole way, with [`ITERATIONS`].
pub(crate) fn answer(text: &str) -> Answer {
    forecast(text, ITERATIONS)
}

impl Answer {
    pub(crate) fn milestone(&self, key: &str) -> &MilestoneForecast {
        self.forecast.milestones.iter().find(|milestone| milestone.key == key).unwrap()
    }

    /// What an expectation `P(…)` found.
    pub(crate) fn chance(&self, expectation: &str) -> f64 {
        let verdict = self.forecast.expectations.iter().find(|verdict| verdict.key == expectation);
        match verdict.map(|verdict| verdict.value) {
            Some(VerdictValue::Chance(chance)) => chance.share,
            other => panic!("`{expectation}` is {other:?}"),
        }
    }

    /// The finish of each iteration in working days of the plan.
    pub(crate) fn finish_days(&self) -> Vec<f64> {
        let day = self.plan[self.plan.calendar].day_seconds() as f64;
        self.samples.finish.iter().map(|&at| self.network.plan_seconds(at.into()) as f64 / day).collect()
    }
}

/// A mean has to be within four standard errors.
pub(crate) fn assert_mean(found: f64, expected: f64, sd: f64, what: &str) {
    let error = sd / (ITERATIONS as f64).sqrt();
    assert!((found - expected).abs() < 4.0 * error, "{what}: mean {found}, expected {expected} ± {error}");
}

/// A share of the iterations has to be within four standard errors.
pub(crate) fn assert_share(found: f64, expected: f64, what: &str) {
    let error = (expected * (1.0 - expected) / ITERATIONS as f64).sqrt();
    let tolerance = 4.0 * error + 1e-9;
    assert!((found - expected).abs() <= tolerance, "{what}: {found}, expected {expected} ± {error}");
}

/// A standard deviation has to be within four of its standard errors, by the values' own kurtosis.
pub(crate) fn assert_sd(values: &[f64], expected: f64, what: &str) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let moment = |power| values.iter().map(|value| (value - mean).powi(power)).sum::<f64>() / count;
    let (variance, fourth) = (moment(2), moment(4));
    let error = ((fourth - variance * variance) / (4.0 * variance * count)).sqrt();
    let found = variance.sqrt();
    assert!((found - expected).abs() < 4.0 * error, "{what}: sd {found}, expected {expected} ± {error}");
}

/// The largest distance between a sample and a distribution; fewer than one in ten thousand right samples are refused.
pub(crate) fn assert_distribution(values: &[f64], chance: impl Fn(f64) -> f64, what: &str) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let gap = |(position, &value): (usize, &f64)| {
        let expected = chance(value);
        (expected - position as f64 / count).abs().max(((position + 1) as f64 / count - expected).abs())
    };
    let distance = sorted.iter().enumerate().map(gap).fold(0.0, f64::max);
    let allowed = (f64::ln(2.0 / 1e-4) / 2.0 / count).sqrt();
    assert!(distance < allowed, "{what}: {distance} apart, {allowed} allowed");
}

/// Where public test data lies; they are not part of the repository.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}
