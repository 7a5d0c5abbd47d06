//! Risks: what may happen, to which milestones, and what would be done about it.

use super::{Estimate, MilestoneId, SolutionEnd, Span};

/// Something that may happen: a threat, or an opportunity.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// Its id in the plan file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What it is where nothing is done about it.
    pub untreated: RiskTerms,
    /// What would be done about it.
    pub response: Option<Response>,
    /// Whether the response is in force.
    pub responds: bool,
    /// The solution that fails where it happens.
    pub ends: Option<SolutionEnd>,
}

impl Risk {
    /// What it is in this plan: as its response leaves it where that is in force.
    pub fn terms(&self) -> &RiskTerms {
        self.in_force().map_or(&self.untreated, |response| &response.treated)
    }

    /// The response, where it is in force.
    pub fn in_force(&self) -> Option<&Response> {
        self.response.as_ref().filter(|_| self.responds)
    }
}

/// What is done about a risk.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// What it costs, at the plan's start, whether or not the risk happens.
    pub price: Option<Estimate>,
    /// What it leaves of the risk.
    pub treated: RiskTerms,
}

/// How likely a risk is, what it hits and how hard.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskTerms {
    /// How likely it is to happen, 0..=1.
    pub probability: f64,
    /// The milestones it hits, in file order.
    pub on: Vec<MilestoneId>,
    /// What it does to each of `on` that has no impact of its own; one draw, shared by all.
    pub impact: Impact,
    /// What it does to these milestones instead, each with its own draw. All of them are in `on`.
    pub own: Vec<(MilestoneId, Impact)>,
    /// It strikes only milestones at work in one of these seasons; empty: always.
    pub seasons: Vec<Season>,
    /// Risks of the same word are absorbed together: on one milestone the worst of them counts (and
    /// the best opportunity), not their product or sum.
    pub parallel: Option<String>,
}

/// What a risk does where it strikes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Impact {
    /// How much longer the milestone takes.
    pub delay: Option<Delay>,
    /// Multiplies duration and work; below 1 it is an opportunity.
    pub factor: Option<Estimate>,
    /// What it costs once, however many milestones it strikes.
    pub cost: Option<Estimate>,
    /// Multiplies all that the milestone costs.
    pub cost_factor: Option<Estimate>,
}

/// A span that is added to milestones of any calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Delay {
    /// In seconds of the plan's calendar, or of the wall clock.
    pub span: Span,
    /// By calendar: how many of its seconds one second of the plan's calendar stands for (days and
    /// weeks are those of the milestone's calendar). For elapsed time: by the ratio of the weeks.
    pub scale: Vec<f64>,
}

/// A part of every year, both days included; it may go over the turn of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    /// The first day: month, day.
    pub from: (u32, u32),
    /// The last day: month, day.
    pub to: (u32, u32),
}
