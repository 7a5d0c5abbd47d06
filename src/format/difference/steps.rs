//! The plan after each edit: one change at a time, as far as what lies between is a plan.

use std::collections::{BTreeMap, BTreeSet};

use super::{Act, Edit, edits};
use crate::format::reader::{Examine, read_tree};
use crate::format::tree::Table;
use crate::model::{Became, Change, Plan, Topic};
use crate::text::{SourceId, Sources};

/// The most plans that are read on the way; what is left then comes in one.
const MOST_STEPS: usize = 60;

/// One of two plans that are compared.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Its tree, patches applied.
    pub tree: &'a Table,
    /// The files of samples that it names, by their names.
    pub files: &'a BTreeMap<String, String>,
}

/// The way from one plan to another.
pub struct Steps {
    /// The plan at its beginning.
    pub first: Plan,
    /// What changes, in order, and the plan it leads to.
    pub steps: Vec<Step>,
    /// How many differences are of writing alone: the plan stays what it is.
    pub rewritten: usize,
}

/// Changes that are made together, and the plan they lead to.
pub struct Step {
    /// At least one; several where the plan between them is none.
    pub changes: Vec<Change>,
    /// The plan; `None` if it is the one before, for all of them are about scenarios that are not chosen.
    pub plan: Option<Plan>,
}

/// The way from one plan to another. All documents of both are among the sources; `plan` is the first
/// one's file. None if the first plan can't be read, which is an error of its own.
pub fn steps(
    sources: &Sources,
    plan: SourceId,
    before: Side<'_>,
    after: Side<'_>,
    examine: &Examine<'_>,
) -> Option<Steps> {
    let read = |tree: &Table, taken: &BTreeSet<String>| {
        let files = |name: &str| text_of(before, after, taken, name);
        read_tree(sources, plan, tree, &files, examine)
    };
    let mut taken = BTreeSet::new();
    let first = read(before.tree, &taken)?;
    let mut edits = edits(before.tree, after.tree);
    edits.extend(samples(before, after));
    let (mut tree, mut pending) = (before.tree.clone(), Vec::new());
    let (mut steps, mut rewritten): (Vec<Step>, _) = (Vec::new(), 0);
    let (mut last, count) = (first.clone(), edits.len());
    for (at, edit) in edits.into_iter().enumerate() {
        tree = edit.on(&tree);
        if let Act::Samples(name) = &edit.act {
            taken.insert(name.clone());
        }
        if pending.is_empty() && edit.change.topic == Topic::Scenarios {
            steps.push(Step { changes: vec![edit.change], plan: None });
            continue;
        }
        pending.push(edit.change);
        if steps.len() + 1 >= MOST_STEPS && at + 1 < count {
            continue;
        }
        let Some(next) = read(&tree, &taken) else { continue };
        let changes = std::mem::take(&mut pending);
        if next == last {
            rewritten += changes.len();
        } else {
            steps.push(Step { changes, plan: Some(next.clone()) });
            last = next;
        }
    }
    if !pending.is_empty() {
        steps.push(Step { changes: pending, plan: None });
    }
    Some(Steps { first, steps, rewritten })
}

/// A file of samples as it is by now.
fn text_of(
    before: Side<'_>,
    after: Side<'_>,
    taken: &BTreeSet<String>,
    name: &str,
) -> Result<String, String> {
    let sides = if taken.contains(name) { [after, before] } else { [before, after] };
    let found = sides.iter().find_map(|side| side.files.get(name));
    found.cloned().ok_or_else(|| "it is named by neither plan".to_owned())
}

/// Files of samples that hold something else afterwards.
fn samples(before: Side<'_>, after: Side<'_>) -> Vec<Edit> {
    let lines = |text: &str| {
        let count = text.lines().filter(|line| !line.trim().is_empty()).count();
        format!("{count} line{}", if count == 1 { "" } else { "s" })
    };
    let differs = |name: &str, text: &str| after.files.get(name).filter(|other| *other != text);
    let changed = before.files.iter().filter_map(|(name, text)| Some((name, text, differs(name, text)?)));
    let edit = |(name, text, other): (&String, &String, &String)| Edit {
        change: Change {
            topic: Topic::Estimates,
            kind: "samples".to_owned(),
            name: Some(name.clone()),
            key: None,
            what: Became::Other { before: lines(text), after: lines(other) },
        },
        act: Act::Samples(name.clone()),
    };
    changed.map(edit).collect()
}
