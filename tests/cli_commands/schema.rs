//! The JSON Schema against the plans there are.

use serde_json::Value;

use crate::support::Folder;

/// A TOML document as an editor hands it to a schema: dates are texts.
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

fn document(text: &str) -> Value {
    as_json(toml::Value::Table(text.parse().expect("the plan is TOML")))
}

#[test]
fn every_plan_validates_and_a_misspelt_key_does_not() {
    let schema = Folder::empty().run(&["schema"]).out;
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let plans = concat!(env!("CARGO_MANIFEST_DIR"), "/plans");
    let mut seen = 0;
    for file in std::fs::read_dir(plans).expect("there are plans").flatten() {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let errors: Vec<String> = validator
            .iter_errors(&document(&text))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.path().display());
        seen += 1;
    }
    assert!(seen >= 6, "{seen} plans");
    for wrong in ["[milestone]\na = { duraton = \"3d\" }", "[plna]\nname = \"x\"", "[plan]\nname = 3"] {
        assert!(!validator.is_valid(&document(wrong)), "{wrong}");
    }
}

#[test]
fn every_template_can_be_run() {
    let folder = Folder::empty();
    for line in folder.run(&["init", "--list"]).out.lines() {
        let name = line.split_whitespace().next().expect("a name");
        assert_eq!(folder.run(&["init", name, "--force"]).code, 0, "{name}");
        let ran = folder.run(&["check", "plan.toml", "--deny", "warnings"]);
        assert!(ran.code == 0 || name == "mlops", "{name}: {}", ran.err);
        let ran = folder.run(&["plan.toml", "-n", "500"]);
        assert!(ran.code == 0 || ran.code == 3, "{name}: {}", ran.err);
    }
}
