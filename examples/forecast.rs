//! The whole way of a plan through the library: text to plan to network to samples to an answer.
//!
//! ```sh
//! cargo run --release --example forecast -- plans/recommender.toml
//! ```

use std::error::Error;
use std::fs;

use plan::forecast::{Forecast, keep};
use plan::format::{Request, read};
use plan::network::Network;
use plan::simulate::{Settings, simulate};
use plan::text::{Colour, Source, Sources};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "plans/recommender.toml".to_owned());

    let mut sources = Sources::new();
    let document = sources.add(Source::new(path.as_str(), fs::read_to_string(&path)?)?);
    let (plan, _places) = match read(&sources, &Request::plain(document)).into_plan() {
        Ok(plan) => plan,
        Err(report) => return Err(report.draw(&sources, Colour::Plain).into()),
    };

    let network = Network::of(&plan)?;
    let mut settings = Settings::default().iterations(10_000).seed(7);
    settings.keep = keep(&plan, &network);
    let samples = simulate(&plan, &network, &settings);
    let forecast = Forecast::of(&plan, &network, &samples);

    println!("{}: {} milestones", forecast.plan.name, forecast.plan.milestones);
    for percentile in forecast.finish.percentiles.iter().filter(|at| [0.5, 0.8, 0.95].contains(&at.p)) {
        println!("  P{:.0}  day {:.1}", percentile.p * 100.0, percentile.at.days);
    }
    for milestone in &forecast.milestones {
        println!(
            "  {:<20} critical in {:>3.0} % of iterations",
            milestone.name,
            milestone.criticality * 100.0
        );
    }
    Ok(())
}
