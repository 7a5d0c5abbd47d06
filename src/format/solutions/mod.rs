//! The document of a plan with some of its solutions only: comments, order and layout stay its author's.
//!
//! The tables, milestones and risks of all other solutions are taken out, those of scenarios too, and then
//! what names any of them: which keys do is read from the table of keys. What a removed milestone stood
//! between is linked directly, without lags. A condition on a removed milestone stays, for only the author
//! knows what should hold instead; the reader refuses it.

mod headings;
mod thin;

use std::collections::{BTreeSet, HashSet};

use toml_edit::{DocumentMut, Item, Table, TableLike, TomlError};

use super::keys::{IMPACT, KeyRow, RESPONSE, REWORK, TABLES, TableRow, Takes};
use crate::model::{LinkKind, MilestoneId, Plan, SolutionId};

use super::appended::with_endings_of;
use headings::Headings;
use thin::{add, texts, thin};

/// The text of a plan with only these solutions, those they fall back on, and what belongs to none.
/// With all of them it is the text itself.
///
/// # Errors
/// The text is no TOML.
pub fn with_solutions(text: &str, plan: &Plan, chosen: &[SolutionId]) -> Result<String, TomlError> {
    let stays = plan.solutions_with(chosen);
    if stays.iter().all(|&stays| stays) {
        return Ok(text.to_owned());
    }
    let mut document: DocumentMut = text.parse()?;
    let others = plan.scoping.solutions.iter().zip(&stays).filter(|(_, stays)| !**stays);
    let gone = Gone::of(document.as_table(), others.map(|(solution, _)| solution.key.clone()).collect());
    let headings = Headings::of(&document);
    gone.prune_tables(document.as_table_mut());
    for scenario in entries(document.as_table_mut(), "scenario") {
        gone.prune_tables(scenario);
    }
    link_through(document.as_table_mut(), plan, &gone);
    headings.keep(&mut document);
    Ok(with_endings_of(text, document.to_string()))
}

/// The names of what is taken out.
struct Gone {
    solutions: HashSet<String>,
    milestones: HashSet<String>,
    risks: HashSet<String>,
}

impl Gone {
    /// These solutions, and the milestones and risks that the plan or one of its scenarios has for them.
    fn of(document: &Table, solutions: HashSet<String>) -> Self {
        let mut gone = Self { solutions, milestones: HashSet::new(), risks: HashSet::new() };
        let is_any = |_: &dyn TableLike| true;
        gone.milestones.extend(gone.owned(document, "milestone", is_any));
        gone.risks.extend(gone.owned(document, "risk", is_any));
        let is_new = |entry: &dyn TableLike| entry.contains_key("new");
        let scenarios = document.get("scenario").and_then(Item::as_table_like);
        for scenario in scenarios.into_iter().flat_map(TableLike::iter) {
            let Some(scenario) = scenario.1.as_table_like() else { continue };
            let (milestones, risks) =
                (gone.owned(scenario, "milestone", is_new), gone.owned(scenario, "risk", is_new));
            gone.milestones.extend(milestones);
            gone.risks.extend(risks);
        }
        gone
    }

    /// The entries of a table that say they belong to a solution that is gone.
    fn owned(
        &self,
        tree: &dyn TableLike,
        kind: &str,
        counts: impl Fn(&dyn TableLike) -> bool,
    ) -> Vec<String> {
        let table = tree.get(kind).and_then(Item::as_table_like);
        let entries = table.into_iter().flat_map(TableLike::iter);
        let owned = entries.filter(|(_, entry)| {
            entry.as_table_like().is_some_and(|entry| {
                let solution = entry.get("solution").and_then(Item::as_str);
                counts(entry) && solution.is_some_and(|name| self.solutions.contains(name))
            })
        });
        owned.map(|(name, _)| name.to_owned()).collect()
    }

    /// Whether an entry of a table whose keys are names is taken out for its own sake.
    fn has(&self, kind: &str, name: &str) -> bool {
        match kind {
            "solution" => self.solutions.contains(name),
            "milestone" => self.milestones.contains(name),
            "risk" => self.risks.contains(name),
            _ => false,
        }
    }

    /// Whether a link like `build FS+3d` leads to a milestone that is gone.
    fn is_linked(&self, link: &str) -> bool {
        words(link).next().is_some_and(|name| self.milestones.contains(name))
    }

    /// Whether a member of a correlation is gone: `build`, `build.cost` or `risk:latency`.
    fn is_member(&self, member: &str) -> bool {
        match member.trim().strip_prefix("risk:") {
            Some(risk) => self.risks.contains(risk.trim()),
            None => self.is_linked(member),
        }
    }

    /// Whether a sentence speaks of a milestone that is gone.
    fn is_spoken_of(&self, sentence: &str) -> bool {
        // What is also a word of the language may be meant as that.
        const LANGUAGE: [&str; 5] = ["finish", "start", "cost", "deadline", "budget"];
        words(sentence).any(|word| self.milestones.contains(word) && !LANGUAGE.contains(&word))
    }

    /// Takes out of all tables of a plan, or of a scenario, what is gone and what names it.
    fn prune_tables(&self, tree: &mut dyn TableLike) {
        for row in TABLES {
            let Some(table) = tree.get_mut(row.name).and_then(Item::as_table_like_mut) else { continue };
            if row.is_named {
                self.prune_entries(table, row);
            } else {
                self.prune(table, row.keys);
            }
        }
    }

    fn prune_entries(&self, table: &mut dyn TableLike, row: &TableRow) {
        let lost = table.iter_mut().filter_map(|(name, entry)| {
            let is_lost = self.has(row.name, &name)
                || row.name == "expect" && texts(entry).any(|text| self.is_spoken_of(text))
                || entry.as_table_like_mut().is_some_and(|entry| self.prune(entry, row.keys));
            is_lost.then(|| name.get().to_owned())
        });
        for name in lost.collect::<Vec<_>>() {
            table.remove(&name);
        }
    }

    /// Takes out of an entry what names something gone; whether nothing is left that it could be about.
    fn prune(&self, entry: &mut dyn TableLike, keys: &[KeyRow]) -> bool {
        let is_paid = entry.contains_key("cost");
        let mut is_lost = false;
        for row in keys {
            let Some(item) = entry.get_mut(row.key) else { continue };
            let is_milestone = |name: &str| self.milestones.contains(name.trim());
            let is_solution = |name: &str| self.solutions.contains(name.trim());
            let is_void = match row.takes {
                Takes::Milestone => item.as_str().is_some_and(is_milestone),
                Takes::Solution => item.as_str().is_some_and(is_solution),
                Takes::Solutions => thin(item, is_solution).is_empty(),
                Takes::Selectors | Takes::MoneySelectors => {
                    let is_empty = thin(item, is_milestone).is_empty();
                    is_lost |= is_empty && !is_paid && row.key != "redo";
                    is_empty
                }
                Takes::Links => {
                    thin(item, |link| self.is_linked(link));
                    false
                }
                Takes::Members => {
                    let thinned = thin(item, |member| self.is_member(member));
                    is_lost |= !thinned.removed.is_empty() && thinned.left < 2;
                    if let Some(matrix) = entry.get_mut("matrix") {
                        thinned.leave_out_of(matrix);
                    }
                    false
                }
                Takes::Rework => self.prune_inner(item, REWORK),
                Takes::Response => self.prune_inner(item, RESPONSE),
                Takes::Impacts => self.prune_impacts(item),
                _ => false,
            };
            if is_void {
                entry.remove(row.key);
            }
        }
        is_lost
    }

    fn prune_inner(&self, item: &mut Item, keys: &[KeyRow]) -> bool {
        item.as_table_like_mut().is_some_and(|table| self.prune(table, keys))
    }

    /// Takes out what a risk does to milestones that are gone; whether that was all.
    fn prune_impacts(&self, item: &mut Item) -> bool {
        let Some(table) = item.as_table_like_mut() else { return false };
        let before = table.len();
        for name in &self.milestones {
            table.remove(name);
        }
        for (_, impact) in table.iter_mut() {
            self.prune_inner(impact, IMPACT);
        }
        before > 0 && table.is_empty()
    }
}

/// The ids in a text, and whatever looks like one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "_-".contains(letter)))
        .filter(|word| !word.is_empty())
}

/// The entries of a table that are tables themselves.
fn entries<'a>(tree: &'a mut Table, kind: &str) -> impl Iterator<Item = &'a mut dyn TableLike> {
    let table = tree.get_mut(kind).and_then(Item::as_table_like_mut);
    table.into_iter().flat_map(|table| table.iter_mut()).filter_map(|(_, item)| item.as_table_like_mut())
}

/// Links milestones directly that were linked by way of some that are gone, as a scenario that removes
/// them has it.
fn link_through(tree: &mut Table, plan: &Plan, gone: &Gone) {
    let is_gone = |id: MilestoneId| gone.milestones.contains(&plan[id].key);
    let mut before: Vec<Vec<(MilestoneId, LinkKind)>> = vec![Vec::new(); plan.milestones.len()];
    for link in &plan.links {
        before[link.to.index()].push((link.from, link.kind));
    }
    let Some(table) = tree.get_mut("milestone").and_then(Item::as_table_like_mut) else { return };
    for id in plan.ids().filter(|&id| !is_gone(id)) {
        let direct: BTreeSet<_> = before[id.index()].iter().copied().collect();
        let mut found = BTreeSet::new();
        let mut left: Vec<_> = direct.iter().copied().filter(|&(from, _)| is_gone(from)).collect();
        let mut seen: BTreeSet<_> = left.iter().copied().collect();
        while let Some((at, last)) = left.pop() {
            for &(from, first) in &before[at.index()] {
                let step = (from, joined(first, last));
                if !is_gone(from) {
                    found.insert(step);
                } else if seen.insert(step) {
                    left.push(step);
                }
            }
        }
        let links = found.difference(&direct).map(|&(from, kind)| match kind {
            LinkKind::FinishStart => plan[from].key.clone(),
            kind => format!("{} {}", plan[from].key, kind.letters()),
        });
        if let Some(entry) = table.get_mut(&plan[id].key).and_then(Item::as_table_like_mut) {
            add(entry, "after", links);
        }
    }
}

/// Two links by way of a milestone that takes no time: from where the first leaves to what the last bounds.
fn joined(first: LinkKind, last: LinkKind) -> LinkKind {
    match (first.leaves_start(), last.bounds_finish()) {
        (false, false) => LinkKind::FinishStart,
        (true, false) => LinkKind::StartStart,
        (false, true) => LinkKind::FinishFinish,
        (true, true) => LinkKind::StartFinish,
    }
}
