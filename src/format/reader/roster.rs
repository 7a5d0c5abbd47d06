//! Who is who: the names of stages, resources and milestones, and what a selector selects.

use std::collections::{HashMap, HashSet};

use super::super::literal::{Selector, Spread, selector, spread};
use super::super::tree::{Entry, Node, Table, Value};
use super::calendar::Calendars;
use super::fields::{Context, Fields, Names, readable};
use super::named::{named, named_entries};
use super::scope::ScopeNames;
use crate::model::{CalendarId, Category, MilestoneId, ResourceId, RiskId, Scope, Stage, StageId};
use crate::text::{Code, Diagnostic, Span};

/// A milestone of the file.
pub(super) struct Row<'a> {
    pub(super) entry: &'a Entry,
    /// Its keys, its stage's as defaults.
    pub(super) fields: Fields<'a>,
    pub(super) stage: Option<StageId>,
    pub(super) tags: Vec<String>,
    /// Where a scenario removed it, or the solution it belongs to.
    pub(super) removed: Option<Span>,
}

impl Row<'_> {
    /// Where it is said how it is improved, else its name.
    pub(super) fn improve_place(&self) -> Span {
        self.fields.table.get("improve").map_or(self.entry.key.span, |entry| entry.key.span)
    }
}

/// The names of a plan.
pub(super) struct Roster<'a> {
    pub(super) stages: Vec<Stage>,
    stage_ids: Names<'a, StageId>,
    pub(super) spreads: Names<'a, Option<Spread>>,
    pub(super) resources: Vec<(&'a Entry, Fields<'a>)>,
    resource_ids: Names<'a, ResourceId>,
    /// The calendar of each resource.
    pub(super) resource_calendars: Vec<CalendarId>,
    pub(super) milestones: Vec<Row<'a>>,
    ids: Names<'a, MilestoneId>,
    by_stage: HashMap<StageId, Vec<MilestoneId>>,
    by_tag: HashMap<String, Vec<MilestoneId>>,
    /// Risks that are not removed.
    pub(super) risks: Vec<(&'a Entry, Fields<'a>)>,
    risk_ids: Names<'a, RiskId>,
    /// Risks that a scenario removed.
    removed_risks: HashSet<&'a str>,
    pub(super) scope: ScopeNames<'a>,
}

impl<'a> Roster<'a> {
    pub(super) fn read(context: &mut Context<'_>, tree: &'a Table, calendars: &mut Calendars) -> Self {
        let (stages, stage_ids, defaults) = stages(context, tree);
        let spreads = spreads(context, tree);
        let mut resources = named(context, tree, "resource");
        resources.retain(|(entry, _)| entry.removed.is_none());
        let names = resources.iter().enumerate();
        let resource_ids = names.map(|(at, (entry, _))| (&*entry.key.name, ResourceId::new(at))).collect();
        let mut risks = named(context, tree, "risk");
        let removed_risks = risks.iter().filter(|(entry, _)| entry.removed.is_some());
        let removed_risks = removed_risks.map(|(entry, _)| &*entry.key.name).collect();
        risks.retain(|(entry, _)| entry.removed.is_none());
        let names = risks.iter().enumerate();
        let risk_ids = names.map(|(at, (entry, _))| (&*entry.key.name, RiskId::new(at))).collect();
        let resource_calendars = resources.iter().map(|(_, fields)| calendars.of(context, fields)).collect();
        let mut roster = Self {
            stages,
            stage_ids,
            spreads,
            resources,
            resource_ids,
            resource_calendars,
            milestones: Vec::new(),
            ids: HashMap::new(),
            by_stage: HashMap::new(),
            by_tag: HashMap::new(),
            risks,
            risk_ids,
            removed_risks,
            scope: ScopeNames::read(context, tree),
        };
        for (entry, fields) in named(context, tree, "milestone") {
            roster.add(context, entry, fields, &defaults);
        }
        roster
    }

    fn add(&mut self, context: &mut Context<'_>, entry: &'a Entry, own: Fields<'a>, stages: &[&'a Table]) {
        let id = MilestoneId::new(self.milestones.len());
        let stage = self.stage(context, &own);
        let fields = Fields { defaults: stage.map(|stage| stages[stage.index()]), ..own };
        let tags: Vec<String> =
            context.texts(&fields, "tags").into_iter().map(|(tag, _)| tag.to_owned()).collect();
        self.ids.insert(&entry.key.name, id);
        if let Some(stage) = stage {
            self.by_stage.entry(stage).or_default().push(id);
        }
        for tag in &tags {
            self.by_tag.entry(tag.clone()).or_default().push(id);
        }
        let solution = own.node("solution").and_then(|node| node.value.as_text());
        let removed = entry.removed.or_else(|| self.scope.solutions.removed(solution?));
        self.milestones.push(Row { entry, fields, stage, tags, removed });
    }

    fn stage(&self, context: &mut Context<'_>, own: &Fields<'a>) -> Option<StageId> {
        let name = context.text(own, "stage")?;
        let found = self.stage_ids.get(name).copied();
        if found.is_none() {
            let place = own.node("stage")?.span;
            let names = self.stages.iter().map(|stage| stage.key.as_str());
            context.unknown(Code::UnknownStage, "stage", name, place, names);
        }
        found
    }

    /// The milestone of this name; a stranger is said.
    pub(super) fn milestone(
        &self,
        context: &mut Context<'_>,
        name: &str,
        place: Span,
    ) -> Option<MilestoneId> {
        let found = self.ids.get(name).copied();
        if found.is_none() {
            let names = self.milestones.iter().map(|row| &*row.entry.key.name);
            context.unknown(Code::UnknownMilestone, "milestone", name, place, names);
        }
        found
    }

    /// Whether there is a milestone of this name.
    pub(super) fn has_milestone(&self, name: &str) -> bool {
        self.ids.contains_key(name)
    }

    /// The resource of this name, if there is one.
    pub(super) fn resource_id(&self, name: &str) -> Option<ResourceId> {
        self.resource_ids.get(name).copied()
    }

    /// The resource of this name; a stranger is said.
    pub(super) fn resource(&self, context: &mut Context<'_>, name: &str, place: Span) -> Option<ResourceId> {
        let found = self.resource_ids.get(name).copied();
        if found.is_none() {
            let names = self.resources.iter().map(|(entry, _)| &*entry.key.name);
            context.unknown(Code::UnknownResource, "resource", name, place, names);
        }
        found
    }

    /// The risk of this name; a stranger is said.
    pub(super) fn risk(&self, context: &mut Context<'_>, name: &str, place: Span) -> Option<RiskId> {
        let found = self.risk_ids.get(name).copied();
        if found.is_none() {
            let names = self.risks.iter().map(|(entry, _)| &*entry.key.name);
            context.unknown(Code::UnknownRisk, "risk", name, place, names);
        }
        found
    }

    /// Whether a scenario removed the risk of this name.
    pub(super) fn is_removed_risk(&self, name: &str) -> bool {
        self.removed_risks.contains(name)
    }

    /// Whether a scenario removed this milestone.
    pub(super) fn is_removed(&self, id: MilestoneId) -> bool {
        self.milestones[id.index()].removed.is_some()
    }

    /// The name of the solution that a milestone belongs to.
    pub(super) fn solution_name(&self, id: MilestoneId) -> Option<&str> {
        self.milestones[id.index()].fields.table.value("solution")?.value.as_text()
    }

    /// The milestones that the selectors of a key select, in file order, those without that a
    /// scenario removed.
    pub(super) fn selected(
        &self,
        context: &mut Context<'_>,
        fields: &Fields<'_>,
        key: &str,
    ) -> Vec<MilestoneId> {
        let mut found = Vec::new();
        for (text, node) in context.texts(fields, key) {
            if let Some(selector) = context.read(node, text, selector) {
                found.extend(self.select(context, &selector, node.span));
            }
        }
        found.retain(|&id| !self.is_removed(id));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The milestones that a selector selects, in file order; an empty choice is said.
    pub(super) fn select(
        &self,
        context: &mut Context<'_>,
        selector: &Selector,
        place: Span,
    ) -> Vec<MilestoneId> {
        let none = Vec::new();
        match selector {
            Selector::Id(name) => self.milestone(context, name, place).into_iter().collect(),
            Selector::All => (0..self.milestones.len()).map(MilestoneId::new).collect(),
            Selector::Stage(name) => {
                let Some(stage) = self.stage_ids.get(name.as_str()) else {
                    let names = self.stages.iter().map(|stage| stage.key.as_str());
                    context.unknown(Code::UnknownStage, "stage", name, place, names);
                    return none;
                };
                let found = self.by_stage.get(stage).cloned().unwrap_or_default();
                if found.is_empty() && context.is_whole {
                    let message = format!("no milestone belongs to stage `{name}`");
                    context.say(
                        Diagnostic::new(Code::EmptySelection, place, message)
                            .help(format!("a milestone of it says `stage = \"{name}\"`")),
                    );
                }
                found
            }
            Selector::Tag(tag) => {
                let found = self.by_tag.get(tag).cloned().unwrap_or_default();
                if found.is_empty() {
                    let mut tags: Vec<&str> = self.by_tag.keys().map(String::as_str).collect();
                    tags.sort_unstable();
                    if context.is_whole {
                        let near = context.near(tag, tags);
                        let message = format!("no milestone has the tag `{tag}`");
                        context.say(Diagnostic::new(Code::EmptySelection, place, message).help_if(near));
                    }
                }
                found
            }
            Selector::Kind(_) => {
                let error = Diagnostic::new(
                    Code::BadSelector,
                    place,
                    "`kind:` selects money, and milestones are meant here",
                );
                context.say(error.help("milestones are an id, `stage:…`, `tag:…` or `all`"));
                none
            }
        }
    }

    /// The milestones or the money that selectors select; `None` if nothing is left.
    pub(super) fn scope(&self, context: &mut Context<'_>, selectors: &[(Selector, Span)]) -> Option<Scope> {
        if selectors.iter().any(|(selector, _)| *selector == Selector::All) {
            return Some(Scope::All);
        }
        let mut categories: Vec<Category> = Vec::new();
        let mut milestones: Vec<MilestoneId> = Vec::new();
        let mut last_place = None;
        for (selector, place) in selectors {
            match selector {
                Selector::Kind(category) => categories.push(*category),
                _ => milestones.extend(self.select(context, selector, *place)),
            }
            last_place = Some(*place);
        }
        milestones.sort_unstable();
        milestones.dedup();
        categories.sort_unstable();
        categories.dedup();
        match (categories.is_empty(), milestones.is_empty()) {
            (false, false) => {
                let place = last_place.unwrap_or_default();
                context.say(Diagnostic::new(
                    Code::BadSelector,
                    place,
                    "kinds of money and milestones can't be mixed in one choice",
                ));
                None
            }
            (false, true) => Some(Scope::Categories(categories)),
            (true, false) => Some(Scope::Milestones(milestones)),
            (true, true) => None,
        }
    }

    /// The spread that a table names, or is given.
    pub(super) fn spread_of(&self, context: &mut Context<'_>, fields: &Fields<'_>) -> Option<Spread> {
        let text = context.text(fields, "spread")?;
        let node = fields.node("spread")?;
        if text.trim_start().starts_with(['-', '+', '±', '−']) {
            return context.read(node, text, spread);
        }
        if let Some(found) = self.spreads.get(text) {
            return *found;
        }
        let mut names: Vec<&str> = self.spreads.keys().copied().collect();
        names.sort_unstable();
        context.unknown(Code::UnknownSpread, "spread", text, node.span, names);
        None
    }
}

type Stages<'a> = (Vec<Stage>, Names<'a, StageId>, Vec<&'a Table>);

fn stages<'a>(context: &mut Context<'_>, tree: &'a Table) -> Stages<'a> {
    let (mut stages, mut ids, mut defaults) = (Vec::new(), HashMap::new(), Vec::new());
    for (entry, fields) in named(context, tree, "stage") {
        if entry.removed.is_some() {
            continue;
        }
        let key = entry.key.name.to_string();
        let name = context.text(&fields, "name").map_or_else(|| readable(&key), str::to_owned);
        ids.insert(&*entry.key.name, StageId::new(stages.len()));
        stages.push(Stage { key, name });
        defaults.push(fields.table);
    }
    (stages, ids, defaults)
}

fn spreads<'a>(context: &mut Context<'_>, tree: &'a Table) -> Names<'a, Option<Spread>> {
    let mut found = HashMap::new();
    for entry in named_entries(context, tree, "spread") {
        let read = match &entry.node {
            _ if entry.removed.is_some() => continue,
            node @ Node { value: Value::Text(text), .. } => context.read(node, text, spread),
            node => {
                context.not(&entry.key.name, "a spread like `\"-30% +150%\"`", node);
                None
            }
        };
        found.insert(&*entry.key.name, read);
    }
    found
}
