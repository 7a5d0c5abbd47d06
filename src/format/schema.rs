//! The JSON Schema of plan files, for editors that complete and check while people type.
//!
//! It comes from the same tables as the reader ([`keys`](super::keys), [`forms`](super::forms)), so
//! no key is missing and every key says what it means. It knows shapes, not grammar: that
//! `"8..10..20d"` is a duration and that `after` names milestones there are, only the reader can
//! tell. Editors see dates of TOML as texts.

use serde_json::{Map, Value, json};

use super::forms::{CUTS, FORMS, FormRow, FormTakes, PLAIN_PARAMETERS};
use super::keys::{BASIS, CRASH, IMPACT, KeyRow, OPTION, RESPONSE, REWORK, TABLES, TableRow, Takes, keys_of};
use crate::model::{Category, Curve};

/// Where a value stands: in the plan, or in a patch of it, which may also take things away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Plan,
    Patch,
}

/// The schema (draft 2020-12) as JSON with a line break at its end.
pub fn schema() -> String {
    let tables = TABLES.iter().map(|table| (table.name.to_owned(), table_of(table)));
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plan",
        "description": "A plan of milestones: what has to happen, what it takes and what it costs.",
        "type": "object",
        "properties": tables.collect::<Map<_, _>>(),
        "additionalProperties": false,
        "$defs": definitions(),
    });
    format!("{document:#}\n")
}

/// The shapes that many keys share.
fn definitions() -> Value {
    let mut estimate =
        vec![described(json!({ "type": "number" }), "a plain number, in the key's usual unit")];
    estimate.push(described(
        json!({ "type": "string" }),
        "`\"10d\"`, `\"8..10..20d\"`, `\"5d to 20d\"`, `\"12d ±20%\"`",
    ));
    estimate.extend(FORMS.iter().map(form));
    json!({
        "id": { "type": "string", "pattern": "^[A-Za-z0-9_-]+$" },
        "date": { "type": "string", "pattern": "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}" },
        "number": { "type": ["number", "string"] },
        "rate": { "type": "string", "pattern": "/\\s*(h|d|w|mo|y)\\s*$" },
        "texts": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] },
        "estimate": { "anyOf": estimate },
        "scenario": scenario(),
    })
}

/// A table, or a table of named entries.
fn table_of(table: &TableRow) -> Value {
    let schema = match (table.name, table.is_named) {
        ("scenario", _) => named(reference("scenario")),
        (_, false) => object(table.keys, Side::Plan),
        (name, true) if table.keys.is_empty() => named(plain(name)),
        (_, true) => named(object(table.keys, Side::Plan)),
    };
    described(schema, table.doc)
}

/// A table whose keys are ids.
fn named(entry: Value) -> Value {
    json!({ "type": "object", "propertyNames": reference("id"), "additionalProperties": entry })
}

fn object(keys: &[KeyRow], side: Side) -> Value {
    let properties = keys.iter().map(|row| {
        let doc = format!("{}; takes {}", row.doc, row.takes.words());
        (row.key.to_owned(), described(value_of(row.takes, side), &doc))
    });
    let properties: Map<_, _> = properties.collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A scenario: what it is about, and a patch of every table but its own.
fn scenario() -> Value {
    let own = TABLES.iter().find(|table| table.name == "scenario");
    let mut schema = object(own.map_or(&[], |table| table.keys), Side::Plan);
    for table in TABLES.iter().filter(|table| table.name != "scenario") {
        schema["properties"][table.name] = described(patch(table), table.doc);
    }
    schema
}

/// A patch of a table: what it names is changed, added (`new = true`) or removed (`false`).
fn patch(table: &TableRow) -> Value {
    let mut entry = object(table.keys, Side::Patch);
    if !table.is_named {
        return entry;
    }
    entry["properties"]["new"] = described(json!({ "const": true }), "this is added, not changed");
    if !table.keys.is_empty() {
        return named(or_removed(entry));
    }
    entry["properties"]["value"] = plain(table.name);
    named(json!({ "anyOf": [plain(table.name), entry, { "const": false }] }))
}

/// An entry of a table of plain values.
fn plain(table: &str) -> Value {
    match table {
        "currency" => reference("estimate"),
        "funding" => reference("number"),
        _ => json!({ "type": "string" }),
    }
}

/// The shapes that a value may have.
fn value_of(takes: Takes, side: Side) -> Value {
    let plain = match takes {
        Takes::Text => json!({ "type": "string" }),
        Takes::Flag => return json!({ "type": "boolean" }),
        Takes::Date => reference("date"),
        Takes::Milestone | Takes::Stage | Takes::Calendar | Takes::Spread => reference("id"),
        Takes::Dates | Takes::Texts | Takes::Links | Takes::Selectors | Takes::MoneySelectors => {
            reference("texts")
        }
        Takes::Week | Takes::Extra | Takes::Conditions | Takes::Members => reference("texts"),
        Takes::FixedTime | Takes::FixedMoney | Takes::FixedShare | Takes::Correlation => reference("number"),
        Takes::Rate => reference("rate"),
        Takes::Time | Takes::Money | Takes::Share | Takes::Factor => reference("estimate"),
        Takes::Category => json!({ "enum": Category::ALL.map(Category::word) }),
        Takes::Kind => json!({ "enum": ["people", "compute", "data", "other"] }),
        Takes::Pay => {
            json!({ "anyOf": [{ "enum": Curve::ALL.map(Curve::word) }, by(PAY, reference("number"), side)] })
        }
        Takes::WorkByResource | Takes::AmountByResource => by(ID, reference("estimate"), side),
        Takes::RateByResource => by(ID, reference("rate"), side),
        Takes::DatedNumber | Takes::DatedShare => dated(reference("number"), side),
        Takes::DatedRate => dated(reference("rate"), side),
        Takes::DatedMoney | Takes::Escalation => dated(reference("estimate"), side),
        Takes::Basis => object(BASIS, side),
        Takes::Seasons => alone_or_in_a_list(json!({ "type": "string", "pattern": SEASON })),
        Takes::Chances => alone_or_in_a_list(reference("number")),
        Takes::Count => json!({ "type": "integer", "minimum": 1 }),
        Takes::Otherwise => json!({ "enum": ["continue", "fail"] }),
        Takes::Rework => object(REWORK, side),
        // It is a patch of the milestone wherever it stands.
        Takes::Options => by(ID, object(OPTION, Side::Patch), side),
        Takes::Crash => alone_or_in_a_list(object(CRASH, Side::Plan)),
        Takes::Outcomes | Takes::ByCriterion => by(ID, reference("number"), side),
        Takes::Impacts => by(ID, object(IMPACT, side), side),
        // It is a patch of the risk wherever it stands.
        Takes::Response => object(RESPONSE, Side::Patch),
        Takes::Matrix | Takes::Pairs => list_of(list_of(reference("number"))),
        Takes::Number => reference("number"),
        Takes::Numbers => list_of(reference("number")),
        Takes::Range => json!({ "type": "array", "minItems": 2, "maxItems": 2 }),
        Takes::Points => {
            json!({ "type": "array", "items": { "type": "array", "minItems": 2, "maxItems": 3 } })
        }
        Takes::Amount => reference("estimate"),
        Takes::Choice(choice) => json!({ "enum": choice.words }),
        Takes::Problem | Takes::Metric | Takes::Solution => reference("id"),
        Takes::Solutions | Takes::Factors => reference("texts"),
        Takes::Inner(name) => object(inner_keys(name), side),
        Takes::NamedInner(name) => by(ID, object(inner_keys(name), side), side),
    };
    match side {
        Side::Plan => plain,
        Side::Patch => or_removed(plain),
    }
}

/// The keys of a table inside another.
fn inner_keys(name: &str) -> &'static [KeyRow] {
    keys_of(name).map_or(&[], |(keys, _)| keys)
}

const ID: &str = "^[A-Za-z0-9_-]+$";
const PAY: &str = "^\\s*(start|finish|even|front|back|bell)";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}";
const SEASON: &str = "^\\s*[0-9]{2}-[0-9]{2}(\\s*\\.\\.\\s*[0-9]{2}-[0-9]{2})?\\s*$";

fn list_of(item: Value) -> Value {
    json!({ "type": "array", "items": item })
}

fn alone_or_in_a_list(item: Value) -> Value {
    json!({ "anyOf": [item, list_of(item.clone())] })
}

/// A table whose keys follow a pattern.
fn by(pattern: &str, value: Value, side: Side) -> Value {
    let value = if side == Side::Patch { or_removed(value) } else { value };
    json!({ "type": "object", "patternProperties": { pattern: value }, "additionalProperties": false })
}

/// A value, or values by the dates from which they hold.
fn dated(value: Value, side: Side) -> Value {
    let mut table = by(DATE, value.clone(), side);
    table["minProperties"] = 1.into();
    json!({ "anyOf": [value, table] })
}

/// A table form of an estimate.
fn form(row: &FormRow) -> Value {
    let point = || reference("number");
    let points =
        |count: usize| json!({ "type": "array", "items": point(), "minItems": count, "maxItems": count });
    let value = match row.takes {
        FormTakes::Points(count) => points(count),
        FormTakes::Point => point(),
        FormTakes::Parameters(names) => {
            let properties: Map<_, _> =
                names.iter().map(|&name| (name.to_owned(), parameter(name))).collect();
            json!({ "type": "object", "properties": properties, "required": names, "additionalProperties": false })
        }
        FormTakes::Weighted => json!({ "type": "array", "items": points(2), "minItems": 1 }),
        FormTakes::Observed => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": point() }] })
        }
    };
    let mut required = vec![row.key];
    if row.takes == FormTakes::Point {
        required.extend(row.beside);
    }
    let mut properties = Map::from_iter([(row.key.to_owned(), value)]);
    properties.extend(row.beside.iter().chain(&CUTS).map(|&name| (name.to_owned(), parameter(name))));
    let schema = json!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false,
    });
    described(schema, row.doc)
}

fn parameter(name: &str) -> Value {
    if PLAIN_PARAMETERS.contains(&name) {
        json!({ "type": ["number", "string"] })
    } else {
        reference("number")
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn or_removed(value: Value) -> Value {
    json!({ "anyOf": [value, { "const": false }] })
}

fn described(mut schema: Value, doc: &str) -> Value {
    schema["description"] = doc.into();
    schema
}
