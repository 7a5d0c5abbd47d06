//! What to fund, through the library: every solution of a plan is simulated, judged, and combined with the others.
//!
//! ```sh
//! cargo run --release --example funding -- plans/ecommerce.toml
//! ```

use std::error::Error;
use std::fs;

use plan::format::{Request, read};
use plan::scope::ScopeReport;
use plan::simulate::Settings;
use plan::text::{Colour, Source, Sources};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "plans/ecommerce.toml".to_owned());

    let mut sources = Sources::new();
    let document = sources.add(Source::new(path.as_str(), fs::read_to_string(&path)?)?);
    let (plan, _places) = match read(&sources, &Request::plain(document)).into_plan() {
        Ok(plan) => plan,
        Err(report) => return Err(report.draw(&sources, Colour::Plain).into()),
    };

    let report = ScopeReport::of(&plan, &Settings::default().iterations(20_000).seed(7))?;
    for it in report.ranking.iter().map(|&index| &report.solutions[index]) {
        println!(
            "{:<16} {:<8} feasible {:>3.0} %   P80 cost {:>9.0}   worth {:>9.0}",
            it.key,
            it.decision.word(),
            it.p_feasible * 100.0,
            it.cost.p80,
            it.worths.expected
        );
    }
    let choice = report.portfolio.choice();
    println!(
        "fund {:?}: P80 cost {:.0}, worth {:.0}",
        report.members(choice),
        choice.p80_cost,
        choice.expected
    );
    Ok(())
}
