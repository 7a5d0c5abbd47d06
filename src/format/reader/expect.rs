//! `[expect]`: sentences about the forecast.

use super::super::literal::{
    self, Selector, Slip, WrittenCondition, WrittenFigure, WrittenLimit, WrittenStatement,
};
use super::super::tree::{Node, Table, Value};
use super::fields::Context;
use super::named::named_entries;
use super::roster::Roster;
use crate::model::{
    Calendar, Condition, Expectation, Figure, Limit, Milestone, MilestoneId, Scope, Statement,
};
use crate::text::{Code, Diagnostic, Span};
use crate::units::{Money, Share, When};

/// What expectations are measured by.
pub(super) struct Measures<'a> {
    pub(super) roster: &'a Roster<'a>,
    pub(super) milestones: &'a [Milestone],
    pub(super) calendar: &'a Calendar,
    pub(super) deadline: Option<When>,
    pub(super) budget: Option<Money>,
}

/// Reads every expectation that is not removed, with its name's place.
pub(super) fn expectations(
    context: &mut Context<'_>,
    tree: &Table,
    measures: &Measures<'_>,
) -> Vec<(Expectation, Span)> {
    let mut found = Vec::new();
    for entry in named_entries(context, tree, "expect") {
        let Value::Text(text) = &entry.node.value else {
            if entry.removed.is_none() {
                context.not(&entry.key.name, "a sentence like `\"P80(finish) <= deadline\"`", &entry.node);
            }
            continue;
        };
        let Some(written) = context.read(&entry.node, text, literal::expectation) else { continue };
        if entry.removed.is_some() {
            continue;
        }
        let mut reading = Sentence::new(context, measures, &entry.node, text, Code::BadExpectation);
        let Some(statement) = reading.statement(&written) else { continue };
        let is_of_plan = reading.is_of_plan;
        let named = reading.named;
        let is_gone = |id: &MilestoneId| measures.milestones[id.index()].removed;
        if !is_of_plan && !named.is_empty() && named.iter().all(is_gone) {
            let message =
                format!("`{}` is dropped, for the scenario removes all that it speaks of", entry.key.name);
            context.say(Diagnostic::new(Code::ExpectationDropped, entry.key.span, message));
            continue;
        }
        let expectation = Expectation { key: entry.key.name.to_string(), text: text.to_string(), statement };
        found.push((expectation, entry.key.span));
    }
    found
}

/// A text that speaks of milestones, dates and money.
pub(super) struct Sentence<'r, 'a, 'm> {
    pub(super) context: &'r mut Context<'a>,
    pub(super) measures: &'m Measures<'m>,
    node: &'r Node,
    /// Bytes of the sentence.
    length: usize,
    /// What it is called if it is none.
    code: Code,
    /// The milestones it speaks of.
    named: Vec<MilestoneId>,
    /// Whether it speaks of the plan as a whole too.
    is_of_plan: bool,
}

impl<'r, 'a, 'm> Sentence<'r, 'a, 'm> {
    pub(super) fn new(
        context: &'r mut Context<'a>,
        measures: &'m Measures<'m>,
        node: &'r Node,
        text: &str,
        code: Code,
    ) -> Self {
        Self { context, measures, node, length: text.len(), code, named: Vec::new(), is_of_plan: false }
    }

    /// The place of a part of the text.
    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Span {
        let slip =
            Slip { code: self.code, range, message: String::new(), label: String::new(), help: Vec::new() };
        slip.at(self.node.span, self.length).place
    }

    fn statement(&mut self, written: &WrittenStatement) -> Option<Statement> {
        match written {
            WrittenStatement::Percentile(p, of, comparison, limit) => {
                let (of, limit) = (self.figure(of), self.limit(limit));
                Some(Statement::Percentile {
                    p: Share::new(*p).ok()?,
                    of: of?,
                    comparison: *comparison,
                    limit: limit?,
                })
            }
            WrittenStatement::Mean(of, comparison, limit) => {
                let (of, limit) = (self.figure(of), self.limit(limit));
                Some(Statement::Mean { of: of?, comparison: *comparison, limit: limit? })
            }
            WrittenStatement::Chance(conditions, comparison, share) => {
                let read: Vec<_> = conditions.iter().map(|condition| self.condition(condition)).collect();
                let conditions = read.into_iter().collect::<Option<_>>()?;
                Some(Statement::Chance {
                    conditions,
                    comparison: *comparison,
                    share: Share::new(*share).ok()?,
                })
            }
        }
    }

    fn condition(&mut self, written: &WrittenCondition) -> Option<Condition> {
        match written {
            WrittenCondition::Delivered => {
                self.is_of_plan = true;
                Some(Condition::Delivered)
            }
            WrittenCondition::Compare(of, comparison, limit) => {
                let (of, limit) = (self.figure(of), self.limit(limit));
                Some(Condition::Compare(of?, *comparison, limit?))
            }
        }
    }

    fn figure(&mut self, written: &WrittenFigure) -> Option<Figure> {
        let figure = match written {
            WrittenFigure::Finish => Figure::Finish,
            WrittenFigure::Cost => Figure::Cost,
            WrittenFigure::StartOf(name, range) => Figure::StartOf(self.milestone(name, range)?),
            WrittenFigure::FinishOf(name, range) => Figure::FinishOf(self.milestone(name, range)?),
            WrittenFigure::CostOf(selector, range) => {
                let selectors = [(Selector::clone(selector), self.place(range.clone()))];
                Figure::CostOf(self.measures.roster.scope(self.context, &selectors)?)
            }
        };
        match &figure {
            Figure::StartOf(id) | Figure::FinishOf(id) => self.named.push(*id),
            Figure::CostOf(Scope::Milestones(ids)) => self.named.extend(ids),
            _ => self.is_of_plan = true,
        }
        Some(figure)
    }

    /// The milestone that the text names there.
    pub(super) fn milestone(&mut self, name: &str, range: &std::ops::Range<usize>) -> Option<MilestoneId> {
        let place = self.place(range.clone());
        self.measures.roster.milestone(self.context, name, place)
    }

    /// What something is compared with.
    pub(super) fn limit(&mut self, written: &WrittenLimit) -> Option<Limit> {
        match written {
            WrittenLimit::Date(date) => {
                let place = self.node.span;
                self.context.dates_are_allowed(place).then_some(Limit::Date(*date))
            }
            WrittenLimit::Money(money) => Some(Limit::Money(Money(*money))),
            WrittenLimit::Span(span) if span.unit.is_elapsed() => {
                let place = self.node.span;
                let message = "time since the plan's start is counted in working time: `h d w mo`";
                self.context.say(Diagnostic::new(self.code, place, message));
                None
            }
            WrittenLimit::Span(span) => {
                Some(Limit::Span(span.seconds(self.measures.calendar).round() as i64))
            }
            WrittenLimit::Deadline(range) => match self.measures.deadline {
                Some(date) => Some(Limit::Date(date)),
                None => self.missing(range, "the plan has no `deadline`"),
            },
            WrittenLimit::Budget(range) => match self.measures.budget {
                Some(budget) => Some(Limit::Money(budget)),
                None => self.missing(range, "the plan has no `budget`"),
            },
            WrittenLimit::DeadlineOf(name, range) => {
                let id = self.milestone(name, range)?;
                let milestone = &self.measures.milestones[id.index()];
                match milestone.deadline {
                    Some(date) => Some(Limit::Date(date)),
                    // Its deadline went with it; the sentence is dropped as a whole.
                    None if milestone.removed => Some(Limit::Span(0)),
                    None => self.missing(range, &format!("`{name}` has no `deadline`")),
                }
            }
        }
    }

    fn missing(&mut self, range: &std::ops::Range<usize>, message: &str) -> Option<Limit> {
        let place = self.place(range.clone());
        if self.context.is_whole {
            self.context.say(Diagnostic::new(Code::MissingKey, place, message));
        }
        None
    }
}
