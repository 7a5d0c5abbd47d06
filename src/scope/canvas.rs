//! One solution on one page: what a canvas of an ML project asks for, all of it from the plan and its runs.
//!
//! The boxes are those of the ML canvas (Dorard), the AI canvas (Agrawal, Gans & Goldfarb) and the AI
//! project canvas (Zawadzki): value, output metric, data, integration, skills, risks, cost, revenue.

use crate::forecast::{Forecast, Stamp, keep};
use crate::model::{MilestoneId, Plan, ResourceId, ResourceKind, SolutionId};
use crate::network::{Network, NetworkError};
use crate::simulate::{Settings, simulate};
use crate::units::seconds::HOUR;

use super::amounts::is_in_pieces;
use super::assessment::Assessment;
use super::report::ScopeReport;

/// One solution on one page.
#[derive(Clone, Debug)]
pub struct Canvas<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// All solutions of it.
    pub report: &'a ScopeReport,
    /// The one.
    pub own: &'a Assessment,
    /// The way to its launch, in file order: its milestones, and those of no solution.
    pub steps: Vec<CanvasStep>,
    /// What it takes of each resource, in the mean.
    pub takes: Vec<CanvasTake>,
}

/// A milestone on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct CanvasStep {
    /// Which.
    pub id: MilestoneId,
    /// P50 and P80 of its finish, in runs that are delivered; nothing if it is in none of them.
    pub finish: Option<[Stamp; 2]>,
}

/// What a solution takes of one resource.
#[derive(Clone, Debug, PartialEq)]
pub struct CanvasTake {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ResourceKind,
    /// Person-days of people, hours of other work, pieces of what is used up.
    pub amount: f64,
    /// Whether it is counted in pieces.
    pub in_pieces: bool,
}

impl<'a> Canvas<'a> {
    /// The page of a solution, which is one of the report; simulated alone with these settings.
    ///
    /// # Errors
    /// If the plan of this solution alone has no network.
    pub fn of(
        plan: &'a Plan,
        report: &'a ScopeReport,
        id: SolutionId,
        settings: &Settings,
    ) -> Result<Self, NetworkError> {
        let own = &report.solutions[id.index()];
        let alone = plan.with_solutions(&[id]);
        let network = Network::of(&alone)?;
        let settings = Settings { keep: keep(&alone, &network), ..settings.clone() };
        let forecast = Forecast::of(&alone, &network, &simulate(&alone, &network, &settings));
        Ok(Self { plan, report, own, steps: steps(plan, id, &forecast), takes: takes(plan, own) })
    }
}

fn steps(plan: &Plan, solution: SolutionId, forecast: &Forecast) -> Vec<CanvasStep> {
    let is_on_the_way =
        |id: &MilestoneId| plan[*id].solution.is_none_or(|of| of == solution) && !plan[*id].removed;
    let finish = |id: MilestoneId| {
        let row = forecast.milestones.iter().find(|row| row.key == plan[id].key)?;
        let at = |p: f64| row.finish.iter().find(|it| (it.p - p).abs() < 1e-9).map(|it| it.at);
        Some([at(0.5)?, at(0.8)?])
    };
    plan.ids().filter(is_on_the_way).map(|id| CanvasStep { id, finish: finish(id) }).collect()
}

/// What it takes in the mean, in the order of the file, without what it takes nothing of.
fn takes(plan: &Plan, own: &Assessment) -> Vec<CanvasTake> {
    let take = |id: ResourceId| {
        let resource = &plan[id];
        let in_pieces = is_in_pieces(plan, id);
        let is_people = resource.kind == ResourceKind::People && !in_pieces;
        let hours = if is_people { plan[resource.calendar].day_seconds() as f64 / HOUR } else { 1.0 };
        let amount = own.amounts.mean(id) / hours;
        (amount > 0.0).then(|| CanvasTake {
            name: resource.name.clone(),
            kind: resource.kind,
            amount,
            in_pieces,
        })
    };
    (0..plan.resources.len()).map(ResourceId::new).filter_map(take).collect()
}
