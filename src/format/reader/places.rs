//! Where in the file a subject of the model is.

use super::super::tree::{Entry, Table};
use crate::model::{CalendarId, Subject};
use crate::text::{SourceId, Span};

/// The places of a plan that was read, by subject.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The tree that was read, patches included.
    pub(super) tree: Table,
    pub(super) source: SourceId,
    /// The names of the entries behind the ids, in their order.
    pub(super) milestones: Vec<String>,
    pub(super) resources: Vec<String>,
    pub(super) stages: Vec<String>,
    pub(super) calendars: Vec<String>,
    pub(super) links: Vec<Span>,
    pub(super) overheads: Vec<Span>,
    pub(super) risks: Vec<String>,
    pub(super) correlations: Vec<Span>,
    pub(super) expectations: Vec<Span>,
    pub(super) problems: Vec<String>,
    pub(super) metrics: Vec<String>,
    pub(super) factors: Vec<String>,
    pub(super) criteria: Vec<String>,
    pub(super) solutions: Vec<String>,
}

impl Places {
    /// The tree that was read, patches included.
    pub fn tree(&self) -> &Table {
        &self.tree
    }

    /// The plan's own file.
    pub fn source(&self) -> SourceId {
        self.source
    }

    /// The place of a subject; of a key that is not written, its table; of nothing written at all,
    /// the start of the file.
    pub fn of(&self, subject: &Subject) -> Span {
        let found = match subject {
            Subject::Plan => self.tree.get("plan").map(|entry| entry.node.span),
            Subject::PlanKey(key) => self.key("plan", None, key),
            Subject::Milestone(id) => self.name("milestone", self.milestones.get(id.index())),
            Subject::MilestoneKey(id, key) => self.milestone_key(self.milestones.get(id.index()), key),
            Subject::Resource(id) => self.name("resource", self.resources.get(id.index())),
            Subject::ResourceKey(id, key) => self.key("resource", self.resources.get(id.index()), key),
            Subject::Stage(id) => self.name("stage", self.stages.get(id.index())),
            Subject::Calendar(id) => self.calendar(*id),
            Subject::Link(at) => self.links.get(*at).copied(),
            Subject::Overhead(at) => self.overheads.get(*at).copied(),
            Subject::Risk(id) => self.name("risk", self.risks.get(id.index())),
            Subject::RiskKey(id, key) => self.key("risk", self.risks.get(id.index()), key),
            Subject::Correlation(at) => self.correlations.get(*at).copied(),
            Subject::ScopeKey(key) => self.key("scope", None, key),
            Subject::Problem(id) => self.name("problem", self.problems.get(id.index())),
            Subject::Metric(id) => self.name("metric", self.metrics.get(id.index())),
            Subject::Factor(id) => self.name("factor", self.factors.get(id.index())),
            Subject::Criterion(id) => self.name("criterion", self.criteria.get(id.index())),
            Subject::Solution(id) => self.name("solution", self.solutions.get(id.index())),
            Subject::SolutionKey(id, path) => self.path("solution", self.solutions.get(id.index()), path),
            Subject::Expectation(at) => self.expectations.get(*at).copied(),
        };
        found.unwrap_or(Span::new(self.source, 0..0))
    }

    fn entry(&self, kind: &str, name: Option<&String>) -> Option<&Entry> {
        self.tree.table(kind)?.get(name?)
    }

    fn name(&self, kind: &str, name: Option<&String>) -> Option<Span> {
        self.entry(kind, name).map(|entry| entry.key.span)
    }

    fn calendar(&self, id: CalendarId) -> Option<Span> {
        self.name("calendar", self.calendars.get(id.index()))
    }

    /// The value of a key, else the name of its table.
    fn key(&self, kind: &str, name: Option<&String>, key: &str) -> Option<Span> {
        let entry = match name {
            Some(_) => self.entry(kind, name)?,
            None => self.tree.get(kind)?,
        };
        let value = entry.node.value.as_table().and_then(|table| table.value(key));
        Some(value.map_or(if name.is_some() { entry.key.span } else { entry.node.span }, |node| node.span))
    }

    /// The value at a path of keys with dots, as far as it is written.
    fn path(&self, kind: &str, name: Option<&String>, path: &str) -> Option<Span> {
        let entry = self.entry(kind, name)?;
        let (mut place, mut table) = (entry.key.span, entry.node.value.as_table());
        for key in path.split('.') {
            let Some(entry) = table.and_then(|table| table.get(key)) else { break };
            (place, table) = (entry.key.span, entry.node.value.as_table());
        }
        Some(place)
    }

    /// A key of a milestone, which its stage may hold.
    fn milestone_key(&self, name: Option<&String>, key: &str) -> Option<Span> {
        let own = self.entry("milestone", name)?.node.value.as_table()?;
        if own.value(key).is_none()
            && let Some(stage) = own.value("stage").and_then(|node| node.value.as_text())
            && let Some(stage) = self.entry("stage", Some(&stage.to_owned()))
            && let Some(node) = stage.node.value.as_table().and_then(|table| table.value(key))
        {
            return Some(node.span);
        }
        self.key("milestone", name, key)
    }
}
