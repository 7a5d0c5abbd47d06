//! Scenarios: named patches in the plan file, which may build on one another.

use super::super::tree::{Entry, Node, Table, Value, dotted, keys, written};
use super::{apply, is_estimate};
use crate::text::{Code, Diagnostic, Span, did_you_mean};

/// A scenario of a plan, its inheritance resolved.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Where it is named.
    pub span: Span,
    /// What it is about, in its author's words.
    pub description: Option<String>,
    /// The scenario that it builds on.
    inherits: Option<String>,
    /// What it changes, and before that what those change that it builds on.
    patches: Vec<Table>,
}

impl Scenario {
    /// The plan's tree as this scenario has it, and what the scenario got wrong.
    pub fn apply(&self, tree: &Table, kinds: &[&str]) -> (Table, Vec<Diagnostic<Span>>) {
        let mut all = Vec::new();
        let mut patched = tree.clone();
        for patch in &self.patches {
            let (next, errors) = apply(&patched, patch, kinds);
            patched = next;
            all.extend(errors);
        }
        (patched, all)
    }

    /// What it changes, as it is written, in one line: `inherits = "lean"; milestone.audit = false`. What is new
    /// goes without its names and notes.
    pub fn written(&self) -> String {
        let mut changes: Vec<String> = self
            .inherits
            .iter()
            .map(|name| format!("inherits = {}", written(&Value::Text(name.as_str().into()))))
            .collect();
        if let Some(own) = self.patches.last() {
            leaves(own, &mut Vec::new(), &mut changes);
        }
        changes.join("; ")
    }

    /// Whether a place lies in what the scenario changes.
    pub fn holds(&self, place: Span) -> bool {
        let mut open: Vec<&Node> = Vec::new();
        self.patches.iter().for_each(|patch| open.extend(nodes(patch)));
        while let Some(node) = open.pop() {
            match &node.value {
                Value::Table(table) => open.extend(nodes(table)),
                _ if node.span.contains(place) => return true,
                _ => {}
            }
        }
        false
    }
}

/// The changes of a patch, each with its dotted key. Recursion is bounded by the depth of trees.
fn leaves<'a>(patch: &'a Table, path: &mut Vec<&'a str>, changes: &mut Vec<String>) {
    for entry in patch.entries() {
        path.push(&entry.key.name);
        match &entry.node.value {
            Value::Table(table) if table.get("new").is_some() => {
                let mut table = Table::clone(table);
                ["name", "note", "stage", "basis"].iter().for_each(|key| drop(table.remove(key)));
                changes.push(format!("{} = {{ {} }}", dotted(path.iter().copied()), keys(&table)));
            }
            Value::Table(table) if !is_estimate(table) => leaves(table, path, changes),
            value => changes.push(format!("{} = {}", dotted(path.iter().copied()), written(value))),
        }
        path.pop();
    }
}

/// The values of a table.
fn nodes(table: &Table) -> impl Iterator<Item = &Node> {
    table.entries().iter().map(|entry| &entry.node)
}

/// How many scenarios may build on one another.
const DEEPEST_INHERITANCE: usize = 64;

/// Keys of a scenario that are no part of its patch.
const OWN_KEYS: [&str; 3] = ["inherits", "description", "scenario"];

/// All scenarios of a tree in file order, and what is wrong with how they build on one another.
pub fn scenarios(tree: &Table) -> (Vec<Scenario>, Vec<Diagnostic<Span>>) {
    let Some(table) = tree.table("scenario") else { return (Vec::new(), Vec::new()) };
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for entry in table.entries().iter().filter(|entry| entry.removed.is_none()) {
        let Some(own) = own_table(entry, &mut errors) else { continue };
        let description = own.value("description").and_then(|node| node.value.as_text()).map(str::to_owned);
        match chain(table, entry) {
            Ok(patches) => {
                found.push(Scenario {
                    name: entry.key.name.to_string(),
                    span: entry.key.span,
                    description,
                    inherits: own.value("inherits").and_then(|it| it.value.as_text()).map(str::to_owned),
                    patches,
                });
            }
            // A chain that is too deep for one scenario is so for all above it: once is enough.
            Err(Some(error))
                if errors.iter().any(|said| said.code == Code::TooDeep && error.code == said.code) => {}
            Err(error) => errors.extend(error),
        }
    }
    (found, errors)
}

/// The table of a scenario, with what no scenario can be or hold refused.
fn own_table<'a>(entry: &'a Entry, errors: &mut Vec<Diagnostic<Span>>) -> Option<&'a Table> {
    let name = &entry.key.name;
    if &**name == "base" {
        errors.push(Diagnostic::new(
            Code::ReservedId,
            entry.key.span,
            "`base` is the plan as written, and no scenario",
        ));
        return None;
    }
    let table = match &entry.node.value {
        Value::Table(table) => table,
        Value::Broken => return None,
        other => {
            let message = format!("a scenario is a table, not {}", other.kind());
            errors.push(Diagnostic::new(Code::WrongType, entry.node.span, message));
            return None;
        }
    };
    for key in ["inherits", "description"] {
        if let Some(node) =
            table.value(key).filter(|node| !matches!(node.value, Value::Text(_) | Value::Broken))
        {
            let message = format!("`{key}` is a text, not {}", node.value.kind());
            errors.push(Diagnostic::new(Code::WrongType, node.span, message));
        }
    }
    if let Some(inner) = table.get("scenario") {
        errors.push(
            Diagnostic::new(Code::MisplacedKey, inner.key.span, "a scenario can't hold scenarios")
                .help("one builds on another by `inherits = \"…\"`"),
        );
    }
    Some(table)
}

/// The patches of a scenario, those it builds on first. A slip in how another scenario builds is
/// that one's: then there is nothing to say and no scenario either.
fn chain(table: &Table, entry: &Entry) -> Result<Vec<Table>, Option<Diagnostic<Span>>> {
    let mut path = vec![entry];
    let mut patches = Vec::new();
    loop {
        let last = path[path.len() - 1];
        let Some(own) = last.node.value.as_table() else { return Err(None) };
        let mut patch = own.clone();
        for key in OWN_KEYS {
            patch.remove(key);
        }
        patches.push(patch);
        let Some(inherits) = own.value("inherits") else { break };
        let Some(name) = inherits.value.as_text() else { return Err(None) };
        if name == "base" {
            break;
        }
        let next = table.get(name).filter(|entry| entry.removed.is_none());
        let Some(next) = next else {
            let is_own = path.len() == 1;
            return Err(is_own.then(|| unknown(table, name, inherits.span)));
        };
        if let Some(start) = path.iter().position(|before| before.key.name == next.key.name) {
            // Each cycle is said once, by the scenario in it that comes first in the file.
            let is_first = start == 0 && path.iter().all(|other| other.key.span >= entry.key.span);
            return Err(is_first.then(|| cycle(&path, inherits.span)));
        }
        if path.len() == DEEPEST_INHERITANCE {
            let message = format!("scenarios build on one another at most {DEEPEST_INHERITANCE} deep");
            return Err(Some(Diagnostic::new(Code::TooDeep, inherits.span, message)));
        }
        path.push(next);
    }
    patches.reverse();
    Ok(patches)
}

fn unknown(table: &Table, name: &str, span: Span) -> Diagnostic<Span> {
    let names = table.names().chain(["base"]);
    Diagnostic::new(Code::UnknownScenario, span, format!("there is no scenario `{name}` to build on"))
        .labelled("named here")
        .help_if(did_you_mean(name, names))
}

fn cycle(path: &[&Entry], closing: Span) -> Diagnostic<Span> {
    let names: Vec<&str> = path.iter().chain(path.first()).map(|entry| &*entry.key.name).collect();
    let place =
        path[0].node.value.as_table().and_then(|own| own.value("inherits")).map_or(closing, |node| node.span);
    let error = Diagnostic::new(
        Code::ScenarioCycle,
        place,
        format!("scenarios build on one another in a circle: `{}`", names.join(" → ")),
    );
    let error = if place == closing { error } else { error.related(closing, "which closes here") };
    error.help("one of them builds on the plan as written: drop its `inherits`")
}

#[cfg(test)]
mod tests {
    use super::super::super::tree::parse;
    use super::*;
    use crate::text::SourceId;

    fn read(text: &str) -> (Table, Vec<Scenario>, Vec<String>) {
        let parsed = parse(SourceId::default(), text);
        assert_eq!(parsed.errors, []);
        let (found, errors) = scenarios(&parsed.table);
        let said = errors.iter().map(|error| {
            let help: String = error.help.iter().map(|help| format!(" | {help}")).collect();
            format!("{}: {}{help}", error.code, error.message)
        });
        (parsed.table, found, said.collect())
    }

    #[test]
    fn a_scenario_builds_on_another() {
        let (tree, found, errors) = read(
            "\
            milestone.a.cost = 1\nmilestone.b.cost = 1\n\
            [scenario.both]\ninherits = \"one\"\nmilestone.b.cost = 3\n\
            [scenario.one]\ndescription = \"cheap\"\ninherits = \"base\"\nmilestone.a.cost = 2\nmilestone.b.cost = 2\n",
        );
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(found[1].description.as_deref(), Some("cheap"));
        let (patched, errors) = found[0].apply(&tree, &["milestone"]);
        assert_eq!(errors, []);
        let cost = |name: &str| {
            patched.table("milestone").unwrap().table(name).unwrap().value("cost").unwrap().value.clone()
        };
        assert_eq!((cost("a"), cost("b")), (Value::Integer(2), Value::Integer(3)));
    }

    #[test]
    fn a_scenario_says_what_it_changes_in_one_line() {
        let (_, found, _) = read(
            "\
            milestone.a.cost = 1\n\
            [scenario.one]\ndescription = \"cheap\"\nmilestone.a = { cost = 2, uses.\"my gpu\" = 3 }\n\
            [scenario.two]\ninherits = \"one\"\nmilestone.b = { new = true, name = \"B\", after = \"a\" }\nmilestone.a = false\n",
        );
        let written: Vec<String> = found.iter().map(Scenario::written).collect();
        let expected = [
            "milestone.a.cost = 2; milestone.a.uses.\"my gpu\" = 3",
            "inherits = \"one\"; milestone.b = { new = true, after = \"a\" }; milestone.a = false",
        ];
        assert_eq!(written, expected);
    }

    #[test]
    fn what_is_removed_below_can_be_made_anew_but_not_changed() {
        let text = |patch: &str| {
            format!(
                "\
            milestone.a.cost = 1\n\
            scenario.without.milestone.a = false\n\
            [scenario.x]\ninherits = \"without\"\n{patch}\n"
            )
        };
        for (patch, expected) in [
            ("milestone.a.cost = 3", vec!["a milestone `a` is removed already"]),
            ("milestone.a = false", vec![]),
            ("milestone.a = { new = true, cost = 3 }", vec![]),
        ] {
            let (tree, found, _) = read(&text(patch));
            let errors = found[1].apply(&tree, &["milestone"]).1;
            assert_eq!(
                errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>(),
                expected,
                "{patch}"
            );
        }
    }

    #[test]
    fn what_is_no_scenario_is_said() {
        for (text, expected) in [
            (
                "[scenario.a]\ninherits = \"b\"",
                vec!["unknown-scenario: there is no scenario `b` to build on"],
            ),
            (
                "[scenario.lean]\n[scenario.a]\ninherits = \"laen\"",
                vec!["unknown-scenario: there is no scenario `laen` to build on | did you mean `lean`?"],
            ),
            (
                "[scenario.a]\ninherits = \"a\"",
                vec![
                    "scenario-cycle: scenarios build on one another in a circle: `a → a` | one of them builds on the plan as written: drop its `inherits`",
                ],
            ),
            (
                "[scenario.x]\ninherits = \"b\"\n[scenario.a]\ninherits = \"c\"\n[scenario.b]\ninherits = \"a\"\n[scenario.c]\ninherits = \"b\"",
                vec![
                    "scenario-cycle: scenarios build on one another in a circle: `a → c → b → a` | one of them builds on the plan as written: drop its `inherits`",
                ],
            ),
            ("[scenario]\na = 1", vec!["wrong-type: a scenario is a table, not a whole number"]),
            ("[scenario.a]\ninherits = [\"b\"]", vec!["wrong-type: `inherits` is a text, not a list"]),
            ("[scenario.base]", vec!["reserved-id: `base` is the plan as written, and no scenario"]),
            (
                "[scenario.a.scenario.b]",
                vec![
                    "misplaced-key: a scenario can't hold scenarios | one builds on another by `inherits = \"…\"`",
                ],
            ),
        ] {
            assert_eq!(read(text).2, expected, "{text}");
        }
    }

    #[test]
    fn a_long_chain_of_scenarios_is_refused_once() {
        let text: String = (0..3_000)
            .map(|number| format!("[scenario.s{number}]\ninherits = \"s{}\"\n", number + 1))
            .collect();
        let (_, found, errors) = read(&format!("{text}[scenario.s3000]\n"));
        assert_eq!((found.len(), errors.len()), (64, 1));
        assert_eq!(errors[0], "too-deep: scenarios build on one another at most 64 deep");
    }
}
