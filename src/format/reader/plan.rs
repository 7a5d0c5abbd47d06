//! `[plan]`, and the plan as a whole.

use super::super::literal;
use super::super::tree::{Table, Value};
use super::Files;
use super::branch::conditions;
use super::calendar::Calendars;
use super::correlation::correlations;
use super::expect::{Measures, expectations};
use super::fields::{Context, Fields};
use super::impact::Known;
use super::keys::{TABLES, key_row, table_row};
use super::link::Links;
use super::milestone::milestone;
use super::overhead::overheads;
use super::places::Places;
use super::prices::{currencies, escalation, escalations, funding};
use super::resource::resource;
use super::risk::{deciding, risks};
use super::roster::Roster;
use super::scope::{check_improves, scoping};
use crate::model::{Milestone, MilestoneId, Plan, Resource, ResourceId};
use crate::text::{Code, Diagnostic, SourceId, Sources, Span};
use crate::units::{Instant, Money, Share, When};

/// The percentile that headlines where none is asked for.
const USUAL_CONFIDENCE: f64 = 0.8;

/// Reads a plan from its tree, and says what is wrong with it.
pub(super) fn read(
    sources: &Sources,
    files: &Files<'_>,
    source: SourceId,
    tree: Table,
    is_whole: bool,
    scenario: Option<&str>,
) -> (Plan, Places, Vec<Diagnostic<Span>>) {
    let mut context = Context::new(sources, &tree, files, is_whole);
    check_tables(&mut context, &tree);
    let head = head(&mut context, &tree);
    // A start that is written but wrong has been said; the dates of the plan are not to blame.
    let start = head.as_ref().and_then(|head| start(&mut context, head));
    context.currency =
        head.as_ref().and_then(|head| context.text(head, "currency")).unwrap_or_default().to_owned();
    let currencies = currencies(&mut context, &tree);
    context.currencies = currencies.iter().map(|currency| currency.key.clone()).collect();
    context.has_start = head.as_ref().is_some_and(|head| head.has("start"));
    let mut calendars = Calendars::read(&mut context, &tree, head.as_ref());
    let roster = Roster::read(&mut context, &tree, &mut calendars);
    let resources: Vec<_> = roster
        .resources
        .iter()
        .enumerate()
        .map(|(at, (entry, fields))| {
            resource(&mut context, &roster, &calendars, ResourceId::new(at), entry, fields)
        })
        .collect();
    let mut milestones: Vec<_> =
        roster.milestones.iter().map(|row| milestone(&mut context, &roster, &mut calendars, row)).collect();
    let links = Links::read(&mut context, &roster, &calendars, &milestones);
    let (overheads, overhead_places) =
        overheads(&mut context, &tree, &roster, &calendars).into_iter().unzip();
    let deadline = head.as_ref().and_then(|head| context.date(head, "deadline"));
    let budget = head.as_ref().and_then(|head| budget(&mut context, head));
    let correlation = head.as_ref().map_or(0.0, |head| correlation(&mut context, head));
    let responds = head.as_ref().is_some_and(|head| context.flag(head, "respond"));
    let scoping = scoping(&mut context, &tree, &roster.scope, (budget, deadline));
    let improves: Vec<Span> = roster.milestones.iter().map(|row| row.improve_place()).collect();
    check_improves(&mut context, &mut milestones, &improves, &scoping);
    let calendar = calendars.get(calendars.default);
    let resources = with_idle(resources, &roster, &milestones);
    let measures = Measures { roster: &roster, milestones: &milestones, calendar, deadline, budget };
    let conditions = conditions(&mut context, &measures);
    let known = Known { roster: &roster, calendars: &calendars };
    let risks = risks(&mut context, &known, &deciding(&conditions), responds);
    for (milestone, conditions) in milestones.iter_mut().zip(conditions).filter(|(it, _)| !it.removed) {
        milestone.only_if = conditions;
    }
    let measures = Measures { roster: &roster, milestones: &milestones, calendar, deadline, budget };
    let (expectations, expectation_places) = expectations(&mut context, &tree, &measures).into_iter().unzip();
    let groups = correlations(&mut context, &tree, &measures, correlation);
    let (correlations, correlation_places) = groups.into_iter().map(|it| (it.correlation, it.place)).unzip();
    let places = Places {
        source,
        milestones: milestones.iter().map(|milestone| milestone.key.clone()).collect(),
        resources: resources.iter().map(|resource| resource.key.clone()).collect(),
        stages: roster.stages.iter().map(|stage| stage.key.clone()).collect(),
        calendars: calendars.all.iter().map(|calendar| calendar.name().to_owned()).collect(),
        links: links.places,
        overheads: overhead_places,
        risks: risks.iter().map(|risk| risk.key.clone()).collect(),
        correlations: correlation_places,
        expectations: expectation_places,
        problems: roster.scope.problems.keys(),
        metrics: roster.scope.metrics.keys(),
        factors: roster.scope.factors.keys(),
        criteria: roster.scope.criteria.keys(),
        solutions: roster.scope.solutions.keys(),
        tree: tree.clone(),
    };
    let plan = Plan {
        name: name(&mut context, head.as_ref(), source),
        start,
        finish: head.as_ref().and_then(|head| finish(&mut context, head, &roster)),
        currency: context.currency.clone(),
        calendar: calendars.default,
        calendars: calendars.all,
        deadline,
        budget,
        confidence: head.as_ref().map_or_else(usual_confidence, |head| confidence(&mut context, head)),
        stages: roster.stages,
        resources,
        milestones,
        links: links.all,
        overheads,
        escalation: head.as_ref().and_then(|head| escalation(&mut context, head)),
        escalations: escalations(&mut context, &tree),
        currencies,
        funding: funding(&mut context, &tree),
        risks,
        correlations,
        correlation,
        expectations,
        scoping,
        scenario: scenario.map(str::to_owned),
    };
    (plan, places, context.said)
}

/// The resources, with those marked that only milestones need which were removed, or ways to do them that
/// may not be chosen.
fn with_idle(mut resources: Vec<Resource>, roster: &Roster<'_>, milestones: &[Milestone]) -> Vec<Resource> {
    for way in milestones.iter().flat_map(|milestone| &milestone.ways) {
        let Milestone { work, uses, consumes, .. } = &way.milestone;
        for (id, _) in [work, uses, consumes].into_iter().flatten() {
            resources[id.index()].is_idle = true;
        }
    }
    for row in &roster.milestones {
        for table in
            ["work", "uses", "consumes"].iter().filter_map(|key| row.fields.node(key)?.value.as_table())
        {
            for entry in table.entries() {
                let is_removed = row.removed.is_some() || entry.removed.is_some();
                if let (true, Some(id)) = (is_removed, roster.resource_id(&entry.key.name)) {
                    resources[id.index()].is_idle = true;
                }
            }
        }
    }
    resources
}

/// Refuses what is no table of a plan; a key of `[plan]` above all headers is misplaced.
fn check_tables(context: &mut Context<'_>, tree: &Table) {
    for entry in tree.entries() {
        let name = &*entry.key.name;
        if table_row(name).is_some() || (entry.node.value == Value::Broken && !context.is_whole) {
            continue;
        }
        let owner = ["plan", "milestone"].into_iter().find(|owner| key_row(owner, name).is_some());
        if let (Some(owner), false) = (owner, matches!(entry.node.value, Value::Table(_))) {
            let header = if owner == "plan" { "[plan]" } else { "[milestone.NAME]" };
            let error = Diagnostic::new(
                Code::MisplacedKey,
                entry.key.span,
                format!("`{name}` is a key of `{header}`"),
            );
            context.say(error.help(match owner {
                "plan" => format!("write it below that header: nothing stands above `{header}`"),
                _ => format!("write it below a header with a name: `{header}`"),
            }));
            continue;
        }
        let names: Vec<&str> = TABLES.iter().map(|row| row.name).collect();
        let near = context.near(name, names.iter().copied());
        let help = near.unwrap_or_else(|| format!("tables are {}", names.join(", ")));
        let error =
            Diagnostic::new(Code::UnknownKey, entry.key.span, format!("`{name}` is no table of a plan"));
        context.say(error.help(help));
    }
}

/// `[plan]`, if there is one.
fn head<'a>(context: &mut Context<'_>, tree: &'a Table) -> Option<Fields<'a>> {
    let entry = tree.get("plan")?;
    let Value::Table(table) = &entry.node.value else {
        if entry.node.value != Value::Broken {
            let message = format!("`[plan]` is a table, not {}", entry.node.value.kind());
            context.say(Diagnostic::new(Code::WrongType, entry.node.span, message));
        }
        return None;
    };
    let fields = Fields { kind: "plan", table, defaults: None, span: entry.node.span };
    context.check_keys(&fields);
    Some(fields)
}

fn start(context: &mut Context<'_>, head: &Fields<'_>) -> Option<Instant> {
    context.date(head, "start").map(When::begins)
}

fn name(context: &mut Context<'_>, head: Option<&Fields<'_>>, source: SourceId) -> String {
    if let Some(name) = head.and_then(|head| context.text(head, "name")) {
        return name.to_owned();
    }
    let file = context.sources.get(source).map_or("", |source| source.name());
    // `git:HEAD~1:plans/x.toml` goes by its file, as any other.
    let of_revision = file.strip_prefix("git:").and_then(|rest| rest.split_once(':'));
    let file = of_revision.map_or(file, |(_, path)| path);
    let stem = std::path::Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    match stem {
        "" | "-" | "<stdin>" => "plan".to_owned(),
        stem => stem.to_owned(),
    }
}

fn finish(context: &mut Context<'_>, head: &Fields<'_>, roster: &Roster<'_>) -> Option<MilestoneId> {
    let name = context.text(head, "finish")?;
    let place = head.node("finish")?.span;
    roster.milestone(context, name, place)
}

fn budget(context: &mut Context<'_>, head: &Fields<'_>) -> Option<Money> {
    let node = head.node("budget")?;
    let budget = context.number(node, "plan", "budget", literal::money)?;
    if budget < 0.0 {
        context.say(Diagnostic::new(Code::OutOfRange, node.span, "a budget can't be negative"));
        return None;
    }
    Some(Money(budget))
}

/// How strongly all estimates go together that no group says otherwise of.
fn correlation(context: &mut Context<'_>, head: &Fields<'_>) -> f64 {
    head.node("correlation").and_then(|node| context.share(node, "plan", "correlation")).unwrap_or(0.0)
}

fn usual_confidence() -> Share {
    Share::new(USUAL_CONFIDENCE).unwrap_or(Share::ALL)
}

fn confidence(context: &mut Context<'_>, head: &Fields<'_>) -> Share {
    let Some(node) = head.node("confidence") else { return usual_confidence() };
    let Some(value) = context.share(node, "plan", "confidence") else { return usual_confidence() };
    if value > 0.0 && value < 1.0 {
        return Share::new(value).unwrap_or_else(|_| usual_confidence());
    }
    context.say(Diagnostic::new(
        Code::OutOfRange,
        node.span,
        "a confidence lies between 0% and 100%, both excluded",
    ));
    usual_confidence()
}
