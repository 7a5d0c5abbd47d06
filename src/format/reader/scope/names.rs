//! The names of problems, metrics, factors, criteria and solutions.

use std::collections::HashMap;

use super::super::super::tree::{Entry, Node, Table, Value};
use super::super::fields::{Context, Fields, Names};
use super::super::named::named;
use crate::model::{CriterionId, FactorId, MetricId, ProblemId, SolutionId};
use crate::text::{Code, Span};

/// Entries of one table that are not removed, and their ids by name.
pub(in crate::format::reader) struct Named<'a, Id> {
    kind: &'static str,
    stranger: Code,
    pub(in crate::format::reader) rows: Vec<(&'a Entry, Fields<'a>)>,
    ids: Names<'a, Id>,
    removed: HashMap<&'a str, Span>,
}

/// All names of scoping.
pub(in crate::format::reader) struct ScopeNames<'a> {
    pub(in crate::format::reader) problems: Named<'a, ProblemId>,
    pub(in crate::format::reader) metrics: Named<'a, MetricId>,
    pub(in crate::format::reader) factors: Named<'a, FactorId>,
    pub(in crate::format::reader) criteria: Named<'a, CriterionId>,
    pub(in crate::format::reader) solutions: Named<'a, SolutionId>,
}

impl<'a> ScopeNames<'a> {
    pub(in crate::format::reader) fn read(context: &mut Context<'_>, tree: &'a Table) -> Self {
        Self {
            problems: Named::read(context, tree, "problem", Code::UnknownProblem, ProblemId::new),
            metrics: Named::read(context, tree, "metric", Code::UnknownMetric, MetricId::new),
            factors: Named::read(context, tree, "factor", Code::UnknownFactor, FactorId::new),
            criteria: Named::read(context, tree, "criterion", Code::UnknownCriterion, CriterionId::new),
            solutions: Named::read(context, tree, "solution", Code::UnknownSolution, SolutionId::new),
        }
    }
}

impl<'a, Id: Copy> Named<'a, Id> {
    fn read(
        context: &mut Context<'_>,
        tree: &'a Table,
        kind: &'static str,
        stranger: Code,
        id: fn(usize) -> Id,
    ) -> Self {
        let mut rows = named(context, tree, kind);
        let gone = rows.iter().filter_map(|(entry, _)| Some((&*entry.key.name, entry.removed?)));
        let removed = gone.collect();
        rows.retain(|(entry, _)| entry.removed.is_none());
        let ids = rows.iter().enumerate().map(|(at, (entry, _))| (&*entry.key.name, id(at))).collect();
        Self { kind, stranger, rows, ids, removed }
    }

    /// The id of this name; a stranger is said.
    pub(in crate::format::reader) fn find(
        &self,
        context: &mut Context<'_>,
        name: &str,
        place: Span,
    ) -> Option<Id> {
        let found = self.ids.get(name).copied();
        if found.is_none() {
            let names = self.rows.iter().map(|(entry, _)| &*entry.key.name);
            context.unknown(self.stranger, self.kind, name, place, names);
        }
        found
    }

    /// Where a scenario removed the entry of this name.
    pub(in crate::format::reader) fn removed(&self, name: &str) -> Option<Span> {
        self.removed.get(name).copied()
    }

    /// The entry that a key names.
    pub(super) fn named(&self, context: &mut Context<'_>, fields: &Fields<'_>, key: &str) -> Option<Id> {
        let name = context.text(fields, key)?;
        let place = fields.node(key)?.span;
        self.find(context, name, place)
    }

    /// The entries that a key names, alone or in a list, without those that a scenario removed.
    pub(super) fn listed(&self, context: &mut Context<'_>, fields: &Fields<'_>, key: &str) -> Vec<Id> {
        let texts: Vec<(&str, &Node)> = context.texts(fields, key);
        let there = texts.into_iter().filter(|(name, _)| self.removed(name).is_none());
        let named: Vec<_> = there.map(|(name, node)| (name, node.span)).collect();
        named.into_iter().filter_map(|(name, place)| self.find(context, name, place)).collect()
    }

    /// The keys of all entries.
    pub(in crate::format::reader) fn keys(&self) -> Vec<String> {
        self.rows.iter().map(|(entry, _)| entry.key.name.to_string()).collect()
    }
}

/// A table inside a table.
pub(super) fn inner<'a>(
    context: &mut Context<'_>,
    fields: &Fields<'a>,
    key: &'static str,
) -> Option<Fields<'a>> {
    let node = fields.node(key)?;
    let Value::Table(table) = &node.value else {
        context.wrong_type(fields.kind, key, node);
        return None;
    };
    let inner = Fields { kind: key, table, defaults: None, span: node.span };
    context.check_keys(&inner);
    Some(inner)
}
