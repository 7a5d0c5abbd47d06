//! The JSON Schema of plan files, for editors that complete and check while people type.
//!
//! It comes from the same table of keys as the reader ([`keys`](super::keys)), so no key is missing
//! and every key says what it means. It knows shapes, not grammar: that `"8..10..20d"` is a duration
//! only the reader can tell. Editors see dates of TOML as texts.

use serde_json::{Map, Value, json};

use super::keys::{BASIS, KeyRow, TABLES, TableRow, Takes};

/// The schema as JSON with a line break at its end.
pub fn schema() -> String {
    let tables = TABLES.iter().map(|table| (table.name.to_owned(), of_table(table)));
    let document = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "plan",
        "description": "A plan of milestones: what has to happen, what it takes and what it costs.",
        "type": "object",
        "properties": tables.collect::<Map<_, _>>(),
        "additionalProperties": false,
    });
    format!("{document:#}\n")
}

/// A table, or a table of named entries.
fn of_table(table: &TableRow) -> Value {
    let entry = match table.name {
        "expect" | "spread" => json!({ "type": "string" }),
        // A scenario is a patch of the whole plan, which only the reader can check.
        "scenario" => object(table.keys, true),
        _ => object(table.keys, false),
    };
    let mut schema =
        if table.is_named { json!({ "type": "object", "additionalProperties": entry }) } else { entry };
    schema["description"] = table.doc.into();
    schema
}

fn object(keys: &[KeyRow], others: bool) -> Value {
    let properties = keys.iter().map(|row| {
        let mut schema = of_value(row.takes);
        schema["description"] = format!("{}; takes {}", row.doc, row.takes.words()).into();
        (row.key.to_owned(), schema)
    });
    json!({
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "additionalProperties": others,
    })
}

/// The shapes that a value may have.
fn of_value(takes: Takes) -> Value {
    match takes {
        Takes::Text | Takes::Date | Takes::Milestone | Takes::Stage | Takes::Calendar | Takes::Spread => {
            json!({ "type": "string" })
        }
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Dates | Takes::Texts | Takes::Links | Takes::Selectors | Takes::MoneySelectors => list(),
        Takes::Week | Takes::Extra => list(),
        Takes::FixedTime | Takes::FixedMoney | Takes::FixedShare | Takes::Rate => {
            json!({ "type": ["number", "string"] })
        }
        Takes::Time | Takes::Money | Takes::Share => estimate(),
        Takes::DatedNumber | Takes::DatedShare | Takes::DatedRate | Takes::DatedMoney => estimate(),
        Takes::Category => json!({ "enum": ["people", "compute", "data", "other", "risk"] }),
        Takes::Kind => json!({ "enum": ["people", "compute", "data", "other"] }),
        Takes::Pay | Takes::WorkByResource | Takes::AmountByResource | Takes::RateByResource => {
            json!({ "type": "object", "additionalProperties": estimate() })
        }
        Takes::Basis => object(BASIS, false),
    }
}

/// A text, or several.
fn list() -> Value {
    json!({ "type": ["string", "array"], "items": { "type": "string" } })
}

/// A number, a text like `"8..10..20d"`, or a table that names a distribution or dates.
fn estimate() -> Value {
    json!({ "type": ["number", "string", "object"] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_the_reader_knows_is_in_it() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        for table in TABLES {
            let found = &schema["properties"][table.name];
            let keys = if table.is_named { &found["additionalProperties"] } else { found };
            for row in table.keys {
                assert!(keys["properties"][row.key]["description"].is_string(), "{}.{}", table.name, row.key);
            }
        }
    }
}
