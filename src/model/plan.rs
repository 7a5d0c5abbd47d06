//! The plan: everything the file says, once it is believed.

use std::ops::Index;

use crate::units::{Instant, Money, Share, When};

use super::{
    Calendar, CalendarId, Category, Correlation, Currency, Dated, Estimate, Expectation, Link, Milestone,
    MilestoneId, Overhead, Resource, ResourceId, Risk, RiskId, Scoping, StageId,
};

/// A plan whose names are all resolved. Whether its links form a cycle only the network knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// The moment before which nothing starts; without it there are no dates, only working days.
    pub start: Option<Instant>,
    /// The milestone whose finish is the plan's; `None`: the last finish of all.
    pub finish: Option<MilestoneId>,
    /// ISO code or sign of its money.
    pub currency: String,
    /// All calendars; at least one.
    pub calendars: Vec<Calendar>,
    /// The calendar that answers are counted in.
    pub calendar: CalendarId,
    /// The date it should be finished by.
    pub deadline: Option<When>,
    /// The money it should not exceed.
    pub budget: Option<Money>,
    /// The percentile that headlines, 0 < p < 1.
    pub confidence: Share,
    /// Stages in the order of reports.
    pub stages: Vec<Stage>,
    /// Resources in file order.
    pub resources: Vec<Resource>,
    /// Milestones in file order.
    pub milestones: Vec<Milestone>,
    /// Links in file order.
    pub links: Vec<Link>,
    /// Overheads in file order.
    pub overheads: Vec<Overhead>,
    /// How prices rise by the year, of all money whose category says nothing else: 0.03 is 3 %.
    pub escalation: Option<Dated<Estimate>>,
    /// How prices of these categories rise.
    pub escalations: Vec<(Category, Dated<Estimate>)>,
    /// Other currencies in file order.
    pub currencies: Vec<Currency>,
    /// Money that is released, in order of time.
    pub funding: Vec<(Instant, Money)>,
    /// Risks in file order.
    pub risks: Vec<Risk>,
    /// Groups of quantities that go together, in file order.
    pub correlations: Vec<Correlation>,
    /// Spearman's rank correlation between all estimates that no group says otherwise of, 0..=1.
    pub correlation: f64,
    /// Expectations in file order.
    pub expectations: Vec<Expectation>,
    /// Problems, metrics, solutions, and how they are judged.
    pub scoping: Scoping,
    /// The scenario chosen; `None` is the plan as written.
    pub scenario: Option<String>,
}

/// A stage: a group of milestones in reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
}

impl Plan {
    /// The ids of all milestones, in file order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = MilestoneId> + use<> {
        (0..self.milestones.len()).map(MilestoneId::new)
    }

    /// The milestone with this key.
    pub fn milestone(&self, key: &str) -> Option<MilestoneId> {
        self.milestones.iter().position(|milestone| milestone.key == key).map(MilestoneId::new)
    }

    /// The risk with this key.
    pub fn risk(&self, key: &str) -> Option<RiskId> {
        self.risks.iter().position(|risk| risk.key == key).map(RiskId::new)
    }

    /// How prices of a category rise by the year; `None`: they stay.
    pub fn escalation_of(&self, category: Category) -> Option<&Dated<Estimate>> {
        let own = self.escalations.iter().find(|(of, _)| *of == category).map(|(_, rise)| rise);
        own.or(self.escalation.as_ref())
    }

    /// The moment from which working time counts: the start, or for a plan without dates a
    /// nominal Monday, 2001-01-01T00:00, that is never shown.
    pub fn anchor(&self) -> Instant {
        const NOMINAL_MONDAY: Instant = Instant::from_seconds(978_307_200);
        self.start.unwrap_or(NOMINAL_MONDAY)
    }
}

impl Index<MilestoneId> for Plan {
    type Output = Milestone;
    fn index(&self, id: MilestoneId) -> &Milestone {
        &self.milestones[id.index()]
    }
}

impl Index<ResourceId> for Plan {
    type Output = Resource;
    fn index(&self, id: ResourceId) -> &Resource {
        &self.resources[id.index()]
    }
}

impl Index<CalendarId> for Plan {
    type Output = Calendar;
    fn index(&self, id: CalendarId) -> &Calendar {
        &self.calendars[id.index()]
    }
}

impl Index<RiskId> for Plan {
    type Output = Risk;
    fn index(&self, id: RiskId) -> &Risk {
        &self.risks[id.index()]
    }
}

impl Index<StageId> for Plan {
    type Output = Stage;
    fn index(&self, id: StageId) -> &Stage {
        &self.stages[id.index()]
    }
}
