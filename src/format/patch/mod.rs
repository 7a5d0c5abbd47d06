//! Patches: what a scenario, a `--set` or a `--with` document changes, before the plan is read.
//!
//! Tables merge, values (also lists and estimates) replace. A patch may only touch names that
//! exist; what it adds says `new = true`; `NAME = false` removes. A removed name keeps its value
//! and a mark, so that the links through a removed milestone can still hold.
//!
//! ```text
//! plan file ── --with FILE … ── inherited scenarios … ── the scenario ── --set … ── --respond … ──► read
//! ```

mod respond;
mod scenario;
mod set;

use std::sync::Arc;

use super::forms::FORMS;
use super::tree::{Entry, Node, Table, Value};
use crate::text::{Code, Diagnostic, Span, did_you_mean};

pub use respond::respond;
pub use scenario::{Scenario, scenarios};
pub use set::set;

/// The tree with a patch applied, and what the patch got wrong.
///
/// `kinds` are the tables whose keys are names: those must exist, or be said to be new. All other
/// keys can be set freely; the reader knows which there are.
pub fn apply(tree: &Table, patch: &Table, kinds: &[&str]) -> (Table, Vec<Diagnostic<Span>>) {
    let mut patched = tree.clone();
    let mut errors = Vec::new();
    for entry in patch.entries() {
        let kind = &*entry.key.name;
        match &entry.node.value {
            Value::Table(names) if kinds.contains(&kind) => {
                let base = open(&mut patched, entry);
                if let Some(base) = base {
                    merge_names(base, names, kind, &mut errors);
                }
            }
            _ => merge_entry(&mut patched, entry),
        }
    }
    (patched, errors)
}

/// The table of this name, made if there is none; `None` if something else stands there.
fn open<'a>(tree: &'a mut Table, entry: &Entry) -> Option<&'a mut Table> {
    if tree.get(&entry.key.name).is_none() {
        tree.insert(Entry {
            key: entry.key.clone(),
            ..Entry::table(entry.key.name.clone(), entry.node.span)
        });
    }
    match &mut tree.get_mut(&entry.key.name)?.node.value {
        Value::Table(table) => Some(Arc::make_mut(table)),
        _ => None,
    }
}

/// Merges the entries of a table whose keys are names.
fn merge_names(base: &mut Table, patch: &Table, kind: &str, errors: &mut Vec<Diagnostic<Span>>) {
    for entry in patch.entries() {
        let result = match newness(&entry.node) {
            Newness::Broken(span) => {
                Err(Diagnostic::new(Code::WrongType, span, "`new` is `true` or not there"))
            }
            Newness::New(node) => add(base, entry, node, kind),
            Newness::Known => change(base, entry, kind),
        };
        errors.extend(result.err());
    }
}

type Changed = Result<(), Diagnostic<Span>>;

fn add(base: &mut Table, entry: &Entry, node: Node, kind: &str) -> Changed {
    let name = &entry.key.name;
    if let Some(known) = base.get(name).filter(|known| known.removed.is_none()) {
        return Err(Diagnostic::new(
            Code::NameTaken,
            entry.key.span,
            format!("there is {} `{name}` already", a(kind)),
        )
        .labelled("said to be new here")
        .related(known.key.span, "exists here")
        .help("drop `new = true` to change it, or choose another name"));
    }
    base.insert(Entry { key: entry.key.clone(), node, removed: None });
    Ok(())
}

fn change(base: &mut Table, entry: &Entry, kind: &str) -> Changed {
    let name = &entry.key.name;
    let is_removal = entry.node.value == Value::Bool(false);
    let known = base.get_mut(name);
    let Some(known) = known else { return Err(unknown(base, entry, kind, is_removal)) };
    if let Some(removed) = known.removed {
        if is_removal {
            return Ok(());
        }
        return Err(Diagnostic::new(
            Code::UnknownName,
            entry.key.span,
            format!("{} `{name}` is removed already", a(kind)),
        )
        .labelled("changed here")
        .related(removed, "removed here")
        .help("to have another in its place, say `new = true`"));
    }
    if is_removal {
        known.removed = Some(entry.node.span);
    } else {
        merge_node(known, entry);
    }
    Ok(())
}

fn unknown(base: &Table, entry: &Entry, kind: &str, is_removal: bool) -> Diagnostic<Span> {
    let name = &entry.key.name;
    let verb = if is_removal { "remove" } else { "change" };
    let names = base.entries().iter().filter(|entry| entry.removed.is_none()).map(|entry| &*entry.key.name);
    let error = Diagnostic::new(
        Code::UnknownName,
        entry.key.span,
        format!("there is no {} `{name}` to {verb}", noun(kind)),
    )
    .labelled("named here")
    .help_if(did_you_mean(name, names));
    let addition = match entry.node.value {
        Value::Table(_) => "what a patch adds says `new = true`".to_owned(),
        _ => format!("to add it, write `{name} = {{ new = true, value = … }}`"),
    };
    if is_removal { error } else { error.help(addition) }
}

/// A table with another one laid over it, whose keys are no names: tables merge, values replace, and
/// `KEY = false` takes away.
pub fn merged(table: &Table, patch: &Table) -> Table {
    let mut merged = table.clone();
    patch.entries().iter().for_each(|entry| merge_entry(&mut merged, entry));
    merged
}

/// Merges one key that is no name.
fn merge_entry(base: &mut Table, entry: &Entry) {
    let Some(known) = base.get_mut(&entry.key.name) else {
        base.insert(entry.clone());
        return;
    };
    // `deadline = false` takes a deadline away; `alap = false` is a value.
    if entry.node.value == Value::Bool(false) && !matches!(known.node.value, Value::Bool(_)) {
        base.remove(&entry.key.name);
        return;
    }
    merge_node(known, entry);
}

/// Merges a table into a table, or replaces the value. Recursion is bounded by the depth of trees.
fn merge_node(known: &mut Entry, entry: &Entry) {
    match (&mut known.node.value, &entry.node.value) {
        (Value::Table(base), Value::Table(patch)) if !is_estimate(patch) => {
            let base = Arc::make_mut(base);
            for inner in patch.entries() {
                merge_entry(base, inner);
            }
        }
        _ => {
            known.key = entry.key.clone();
            known.node = entry.node.clone();
        }
    }
}

/// Whether a table is an estimate, which is one value.
fn is_estimate(table: &Table) -> bool {
    FORMS.iter().any(|form| table.get(form.key).is_some())
}

enum Newness {
    /// Said to be new; this is what is added.
    New(Node),
    /// Not said to be new.
    Known,
    /// `new` is something else than `true`.
    Broken(Span),
}

/// Whether a patch says that this name is new. A name that holds a plain value is written
/// `{ new = true, value = … }`.
fn newness(node: &Node) -> Newness {
    let Value::Table(table) = &node.value else { return Newness::Known };
    let Some(new) = table.value("new") else { return Newness::Known };
    if new.value != Value::Bool(true) {
        return Newness::Broken(new.span);
    }
    let mut rest = Table::clone(table);
    rest.remove("new");
    if let ([only], true) = (rest.entries(), rest.get("value").is_some()) {
        return Newness::New(only.node.clone());
    }
    Newness::New(Node { span: node.span, value: Value::Table(Arc::new(rest)) })
}

/// What an entry of a table is called: "milestone", "expectation".
fn noun(kind: &str) -> &str {
    match kind {
        "expect" => "expectation",
        other => other,
    }
}

/// The same with its article.
fn a(kind: &str) -> String {
    let noun = noun(kind);
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;
    use crate::text::{Colour, Report, Source, Sources};

    pub(super) const KINDS: [&str; 4] = ["milestone", "resource", "expect", "scenario"];

    const PLAN: &str = "\
[plan]
deadline = 2027-09-30
[milestone.design]
duration = \"2w\"
uses = { dev = 1 }
alap = true
[milestone.build]
duration = { pert = [1, 2, 3], shape = 6 }
[resource]
dev = { capacity = 2 }
[expect]
date = \"P80(finish) <= deadline\"
";

    fn patched(patch: &str) -> (Table, Vec<String>, String) {
        let mut sources = Sources::new();
        let plan = sources.add(Source::new("plan.toml", PLAN).unwrap());
        let other = sources.add(Source::new("patch.toml", patch).unwrap());
        let (tree, patch) = (parse(plan, PLAN), parse(other, patch));
        assert_eq!((tree.errors.len(), &patch.errors), (0, &vec![]));
        let (table, errors) = apply(&tree.table, &patch.table, &KINDS);
        let said = errors.iter().map(|error| {
            let help: String = error.help.iter().map(|help| format!(" | {help}")).collect();
            format!("{}: {}{help}", error.code, error.message)
        });
        (table, said.collect(), Report::new(errors.clone()).draw(&sources, Colour::Plain))
    }

    fn show(value: &Value) -> String {
        match value {
            Value::Text(text) => format!("{text:?}"),
            Value::Integer(number) => number.to_string(),
            Value::Bool(value) => value.to_string(),
            Value::Date(text) => text.to_string(),
            Value::List(items) => {
                format!("[{}]", items.iter().map(|item| show(&item.value)).collect::<Vec<_>>().join(", "))
            }
            Value::Table(table) => {
                let entries = table.entries().iter().map(|entry| {
                    let mark = if entry.removed.is_some() { "-" } else { "" };
                    format!("{mark}{} = {}", entry.key.name, show(&entry.node.value))
                });
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn tables_merge_and_values_replace() {
        for (patch, path, expected) in [
            ("plan.deadline = 2027-10-31", "plan", "{deadline = 2027-10-31}"),
            ("plan.budget = 3", "plan", "{deadline = 2027-09-30, budget = 3}"),
            ("plan.deadline = false", "plan", "{}"),
            (
                "milestone.design.uses.qa = 1",
                "milestone.design",
                "{duration = \"2w\", uses = {dev = 1, qa = 1}, alap = true}",
            ),
            (
                "milestone.design.uses.dev = false",
                "milestone.design",
                "{duration = \"2w\", uses = {}, alap = true}",
            ),
            (
                "milestone.design.alap = false",
                "milestone.design",
                "{duration = \"2w\", uses = {dev = 1}, alap = false}",
            ),
            (
                "milestone.build.duration = { triangular = [1, 2, 3] }",
                "milestone.build",
                "{duration = {triangular = [1, 2, 3]}}",
            ),
            (
                "milestone.build.duration.shape = 4",
                "milestone.build",
                "{duration = {pert = [1, 2, 3], shape = 4}}",
            ),
            (
                "milestone.build.cost = 5",
                "milestone.build",
                "{duration = {pert = [1, 2, 3], shape = 6}, cost = 5}",
            ),
            (
                "milestone.test = { new = true, after = [\"build\"] }",
                "milestone.test",
                "{after = [\"build\"]}",
            ),
            (
                "milestone.build = false",
                "milestone",
                "{design = {duration = \"2w\", uses = {dev = 1}, alap = true}, -build = {duration = {pert = [1, 2, 3], shape = 6}}}",
            ),
            ("expect.date = \"P90(finish) <= deadline\"", "expect", "{date = \"P90(finish) <= deadline\"}"),
            (
                "expect.cheap = { new = true, value = \"P80(cost) <= 3\" }",
                "expect",
                "{date = \"P80(finish) <= deadline\", cheap = \"P80(cost) <= 3\"}",
            ),
            ("expect.date = false", "expect", "{-date = \"P80(finish) <= deadline\"}"),
            ("scenario.fast = { new = true, plan.budget = 1 }", "scenario", "{fast = {plan = {budget = 1}}}"),
        ] {
            let (table, errors, _) = patched(patch);
            assert_eq!(errors, Vec::<String>::new(), "{patch}");
            let mut found = Value::Table(Arc::new(table));
            for name in path.split('.') {
                found = found.as_table().unwrap().value(name).unwrap().value.clone();
            }
            assert_eq!(show(&found), expected, "{patch}");
        }
    }

    #[test]
    fn a_patch_touches_only_what_exists_and_adds_only_what_is_new() {
        for (patch, expected) in [
            (
                "milestone.biuld.cost = 5",
                "unknown-name: there is no milestone `biuld` to change | did you mean `build`? | what a patch adds says `new = true`",
            ),
            ("milestone.zebra = false", "unknown-name: there is no milestone `zebra` to remove"),
            (
                "milestone.build = { new = true }",
                "name-taken: there is a milestone `build` already | drop `new = true` to change it, or choose another name",
            ),
            ("milestone.build.new = false", "wrong-type: `new` is `true` or not there"),
            (
                "expect.cost = \"P80(cost) <= 3\"",
                "unknown-name: there is no expectation `cost` to change | to add it, write `cost = { new = true, value = … }`",
            ),
            (
                "resource.qa.capacity = 1",
                "unknown-name: there is no resource `qa` to change | what a patch adds says `new = true`",
            ),
        ] {
            assert_eq!(patched(patch).1, [expected], "{patch}");
        }
    }

    #[test]
    fn an_error_points_into_the_patch() {
        let drawn = patched("milestone.biuld.cost = 5").2;
        assert!(drawn.contains(" --> patch.toml:1:11\n"), "{drawn}");
        let drawn = patched("[milestone.build]\nnew = true").2;
        assert!(drawn.contains(" --> patch.toml:1:12\n") && drawn.contains("::: plan.toml:7:12"), "{drawn}");
    }

    #[test]
    fn a_patch_costs_what_it_touches() {
        let text: String =
            (0..10_000).map(|number| format!("[milestone.m{number}]\nduration = \"1d\"\n")).collect();
        let tree = parse(crate::text::SourceId::default(), &text).table;
        let patch = parse(crate::text::SourceId::default(), "milestone.m7.cost = 1").table;
        let (patched, _) = apply(&tree, &patch, &KINDS);
        let of = |tree: &Table, name: &str| match &tree.table("milestone").unwrap().value(name).unwrap().value
        {
            Value::Table(table) => table.clone(),
            other => panic!("{other:?}"),
        };
        assert!(Arc::ptr_eq(&of(&tree, "m8"), &of(&patched, "m8")));
        assert!(!Arc::ptr_eq(&of(&tree, "m7"), &of(&patched, "m7")));
    }
}
