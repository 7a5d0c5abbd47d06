//! The JSON Schema of plan files against the plans there are, the reader and its keys.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use plan::format::{self, Request, keys, schema};
use plan::text::{Code, Source, Sources};
use serde_json::Value;

#[test]
fn every_plan_validates() {
    let validator = validator();
    let mut seen = 0;
    for (name, text) in plans("plans") {
        let errors: Vec<String> = validator
            .iter_errors(&document(&text).expect("a plan is TOML"))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
        seen += 1;
    }
    assert!(seen >= 6, "{seen} plans");
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    let validator = validator();
    for (name, text) in
        plans("tests/diagnostics").into_iter().chain(EXAMPLES.map(|text| (text.into(), text.into())))
    {
        let Some(document) = document(&text) else { continue };
        if codes(&text).is_empty() {
            let errors: Vec<String> = validator
                .iter_errors(&document)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
        }
    }
}

const EXAMPLES: [&str; 9] = [
    "[milestone]\na = { duration = { pert = [\"8d\", 10, \"20d\"], shape = 6, min = 1 } }",
    "[milestone]\na = { duration = { p10 = \"5d\", p50 = \"8d\", p90 = \"20d\" } }\nb = { after = \"a\", duration = { beta = { low = 1, high = 2, a = 2, b = 3 } } }",
    "[milestone]\na = { duration = { discrete = [[\"5d\", 0.7], [\"20d\", 0.3]] }, cost = { samples = [1, 2, \"3k\"] } }",
    "[plan]\nstart = 2027-01-11\n[resource]\nx = { capacity = { 2027-01-11 = 2, 2027-07-01 = 3 }, rate = \"5/d\" }\n[milestone]\na = { work.x = 3, not_before = \"2027-02-01\" }",
    include_str!("../src/format/reader/tests/whole.toml"),
    "[milestone]\na = { rework = { probability = \"30%\", redo = [], at_most = 2 }, outcomes = { x = 0.5, y = \"rest\" }, success = 0.9 }\nb = { after = \"a\", only_if = [\"a.x\", \"risk:r\"] }\n[risk]\nr = { probability = 0.1, on = \"a\", factor = 1.2, season = [\"01-01\", \"11-15 .. 02-29\"], response = { price = 3, factor = false, delay = 2 } }",
    "[milestone]\na = { duration = \"1..2..3\", cost = \"1..2..3\" }\n[correlation]\nx = { among = [\"a\", \"a.cost\"], matrix = [[1, 0.5], [\"50%\", 1]] }\n[plan]\ncorrelation = \"10%\"\nrespond = true",
    "[milestone]\na = { rework.probability = 0.1, outcomes = { x = 0.5, y = 0.5 } }\n[risk]\nr = { probability = 0.1, on = \"a\", cost = 3, impact.a.delay = 1, response.price = 1 }\n[scenario.s]\nmilestone.a = { rework = false, outcomes = false }\n[scenario.t]\nrisk.r = { response = { impact.a.delay = false, cost = false }, respond = true }\nmilestone.a.rework.at_most = 2\nmilestone.a.success = \"90%\"\n[scenario.u]\nrisk.r = false\nplan.respond = true",
    "[resource]\nx = { capacity = 1 }\n[milestone]\na = { uses = { x = 1 } }\nb = {}\n[scenario.s]\nmilestone.b = false\nmilestone.c = { new = true, duration = 3 }\nmilestone.a.uses.x = false\nexpect.e = { new = true, value = \"P80(cost) <= 3k\" }",
];

#[test]
fn what_is_misspelt_or_misshapen_does_not_validate() {
    let validator = validator();
    for wrong in [
        "[milestone]\na = { duraton = \"3d\" }",
        "[plna]\nname = \"x\"",
        "[plan]\nname = 3",
        "[milestone]\na = { duration = [5, 10, 20] }",
        "[milestone]\na = { duration = { pert = [5, 10] } }",
        "[milestone]\na = { duration = { pert = [5, 10, 20], shap = 3 } }",
        "[milestone]\na = { duration = { normal = { mean = 3 } } }",
        "[milestone]\na = { rate = 3 }",
        "[milestone]\n\"a b\" = { duration = 3 }",
        "[resource]\nx = { capacity = { soon = 2 } }",
        "[resource]\nx = { kind = \"person\" }",
        "[milestone]\na = { alap = \"yes\" }",
        "[scenario.s]\nmilestone.a.duraton = 3",
        "[scenario.s]\nmilestone.a = true",
        "[scenario.s]\nscenario.t = {}",
        "[plan]\nmilestone = 3\n[milestone.a]\nnew = true",
        "[milestone]\na.rework = { probabilty = 0.3 }",
        "[milestone]\na.rework = { probability = 0.3, at_most = 0 }",
        "[milestone]\na.rework = { probability = 0.3, otherwise = \"stop\" }",
        "[milestone]\na.outcomes = [\"go\"]",
        "[stage]\na.outcomes = { go = 1 }",
        "[risk]\nr = { probability = 0.3, season = \"May\" }",
        "[risk]\nr = { probability = 0.3, impact = { a = 3 } }",
        "[risk]\nr = { probability = 0.3, impact = { a = { dely = 3 } } }",
        "[risk]\nr = { probability = 0.3, response = { respond = true } }",
        "[correlation]\nc = { among = \"all\", matrix = [1, 2] }",
        "[correlation]\nc = { amongst = \"all\" }",
    ] {
        let document = document(wrong).unwrap_or_else(|| panic!("TOML: {wrong}"));
        assert!(!validator.is_valid(&document), "{wrong}");
    }
}

#[test]
fn the_keys_of_the_schema_are_those_of_the_reader() {
    let schema = parsed();
    let names = |value: &Value| -> BTreeSet<String> {
        value["properties"].as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default()
    };
    let tables: BTreeSet<String> = keys::TABLES.iter().map(|table| table.name.to_owned()).collect();
    assert_eq!(names(&schema), tables);
    for table in keys::TABLES {
        let found = &schema["properties"][table.name];
        let known: BTreeSet<String> = table.keys.iter().map(|row| row.key.to_owned()).collect();
        let entry = match (table.is_named, table.name) {
            (_, "scenario") => continue,
            (true, _) => &found["additionalProperties"],
            (false, _) => found,
        };
        assert_eq!(names(entry), known, "{}", table.name);
        for row in table.keys {
            assert!(entry["properties"][row.key]["description"].is_string(), "{}.{}", table.name, row.key);
        }
    }
    for inner in keys::INNER {
        let found = inner.path.split('.').fold(&schema, |found, step| match step {
            "ID" | "MILESTONE" | "OPTION" if found["additionalProperties"].is_object() => {
                &found["additionalProperties"]
            }
            "ID" | "MILESTONE" | "OPTION" => &found["patternProperties"]["^[A-Za-z0-9_-]+$"],
            key => &found["properties"][key],
        });
        // Of what may be one or a list, each one.
        let found = if found["anyOf"].is_array() { &found["anyOf"][0] } else { found };
        let known: BTreeSet<String> = inner.keys.iter().map(|row| row.key.to_owned()).collect();
        assert_eq!(names(found), known, "{}", inner.path);
    }
}

#[test]
fn the_reader_knows_every_key_of_the_schema() {
    for table in keys::TABLES.iter().filter(|table| table.name != "scenario") {
        for row in table.keys {
            let header = if table.is_named { format!("{}.x", table.name) } else { table.name.to_owned() };
            let said = codes(&format!("[{header}]\n{} = \"?\"\n", row.key));
            assert!(!said.contains(&Code::UnknownKey), "{header}: {}", row.key);
        }
    }
}

fn parsed() -> Value {
    serde_json::from_str(&schema()).expect("the schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&parsed()).expect("the schema is a schema")
}

/// The codes of all errors of a plan.
fn codes(text: &str) -> Vec<Code> {
    let mut sources = Sources::new();
    let id = sources.add(Source::new("plan.toml", text).expect("a document"));
    let report = format::read(&sources, &Request::plain(id)).report;
    let errors = report.diagnostics().iter().map(|it| it.code);
    errors.filter(|code| code.severity() == plan::text::Severity::Error).collect()
}

/// A TOML document as an editor hands it to a schema: dates are texts.
fn document(text: &str) -> Option<Value> {
    Some(as_json(toml::Value::Table(text.parse().ok()?)))
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, as_json(value))).collect(),
    }
}

/// The plans of a folder of the repository, in order.
fn plans(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut found: Vec<(String, String)> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter_map(|path| Some((path.display().to_string(), fs::read_to_string(&path).ok()?)))
        .collect();
    found.sort();
    found
}
