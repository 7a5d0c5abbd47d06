//! What machines read: the contracts of JSON and CSV.

use crate::answers::{comparison, drivers, forecast, forecast_in_days, path, replay};
use plan::view::{csv, json};
use serde_json::{Value, json as value};

fn parsed(text: &str) -> Value {
    assert!(text.ends_with("}\n"), "one line break at the end");
    serde_json::from_str(text).expect("it is JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("it is an object").keys().map(String::as_str).collect()
}

/// Asserts that an object has all of these keys.
fn has(value: &Value, wanted: &[&str]) {
    for key in wanted {
        assert!(keys(value).contains(key), "`{key}` is missing in {value}");
    }
}

#[test]
fn the_simulation_keeps_its_contract() {
    let answer = parsed(&json::simulation(&forecast()));
    assert_eq!(answer["schema"], "plan.simulation/1");
    assert_eq!(
        answer["plan"],
        value!({"name": "Product recommender", "start": "2027-01-11T17:00", "currency": "EUR", "milestones": 5})
    );
    assert_eq!(answer["scenario"], Value::Null);
    assert_eq!(
        (&answer["iterations"], &answer["seed"], &answer["sampling"]),
        (&value!(10_000), &value!(1), &value!("mc"))
    );
    assert_eq!(answer["delivered"], value!(1.0));
    let finish = &answer["finish"];
    assert_eq!(finish["deterministic"]["date"], "2027-06-02T17:00");
    has(&finish["deterministic"], &["date", "days", "probability"]);
    has(finish, &["mean_days", "sd_days", "percentiles"]);
    has(&finish["percentiles"][0], &["p", "days", "date", "low_days", "high_days"]);
    let cost = &answer["cost"];
    has(cost, &["deterministic", "mean", "sd", "percentiles", "categories", "stages"]);
    has(&cost["percentiles"][0], &["p", "value", "low", "high"]);
    assert_eq!(cost["percentiles"][0]["value"], value!(248_123.456_8), "rounded");
    has(&cost["categories"][0], &["name", "mean", "p50", "p80"]);
    assert_eq!(answer["targets"][0]["what"], "deadline");
    assert_eq!(answer["targets"][0]["asked"], "2027-09-30T17:00");
    assert_eq!(answer["targets"][1]["asked"], value!(400_000.0));
    assert_eq!(answer["targets"][3]["what"], "launch.deadline");
    has(&answer["targets"][2], &["what", "asked", "probability", "low", "high"]);
    has(&answer["expectations"][0], &["name", "text", "met", "value"]);
    assert_eq!(answer["expectations"][1]["met"], false);
    let milestone = &answer["milestones"][2];
    assert_eq!(milestone["id"], "train");
    has(milestone, &["id", "name", "stage", "criticality", "saves", "start", "finish"]);
    has(&milestone["start"], &["mean_days"]);
    has(&milestone["finish"], &["method", "mean_days", "sd_days", "percentiles"]);
    assert_eq!(milestone["finish"]["method"], "histogram");
}

#[test]
fn the_order_of_keys_is_stable() {
    let answer = parsed(&json::simulation(&forecast()));
    let expected = [
        "schema",
        "plan",
        "scenario",
        "iterations",
        "seed",
        "sampling",
        "delivered",
        "delivered_interval",
        "confidence",
        "finish",
        "cost",
        "events",
        "targets",
        "joint",
        "expectations",
        "contingency",
        "merge_bias_days",
        "merge_bias_interval",
        "capped",
        "milestones",
        "drivers",
    ];
    assert_eq!(keys(&answer), expected);
}

#[test]
fn a_plan_without_dates_has_days_and_null() {
    let answer = parsed(&json::simulation(&forecast_in_days()));
    assert_eq!(answer["plan"]["start"], Value::Null);
    assert_eq!(answer["cost"], Value::Null);
    assert_eq!(answer["finish"]["percentiles"][1]["date"], Value::Null);
    assert!(answer["finish"]["percentiles"][1]["days"].as_f64().unwrap() > 100.0);
}

#[test]
fn the_path_keeps_its_contract() {
    let answer = parsed(&json::path(&path()));
    assert_eq!(answer["schema"], "plan.path/1");
    assert_eq!(answer["finish"]["date"], "2027-06-02T17:00");
    let row = &answer["milestones"][0];
    has(
        row,
        &[
            "id",
            "duration_days",
            "early_start",
            "early_finish",
            "late_start",
            "late_finish",
            "total_float_days",
            "free_float_days",
            "critical",
            "driver",
        ],
    );
    assert_eq!(row["early_start"], "2027-03-01T17:00");
    assert_eq!((&row["critical"], &row["driver"]), (&value!(true), &value!("after design")));
    assert_eq!(answer["critical_paths"], value!([["design", "build", "launch"]]));
}

#[test]
fn a_comparison_holds_whole_forecasts_and_paired_differences() {
    let answer = parsed(&json::comparison(&comparison()));
    assert_eq!(answer["schema"], "plan.comparison/1");
    assert_eq!(answer["columns"][1]["label"], "lean");
    assert_eq!(answer["columns"][1]["forecast"]["schema"], "plan.simulation/1");
    let difference = &answer["differences"][0];
    assert_eq!((&difference["label"], &difference["against"]), (&value!("lean"), &value!("base")));
    has(&difference["finish_days"]["headline"], &["value", "low", "high"]);
    assert_eq!(difference["spread"][2], value!({ "p": 0.5, "finish_days": 12.3, "cost": -31000.0 }));
    assert_eq!(answer["columns"][1]["changes"], "resource.engineer.capacity = 1");
    let tradeoff = &answer["tradeoff"];
    let last = value!({ "label": "audited", "on_front": false, "behind": "base", "dominated_by": "base" });
    assert_eq!(tradeoff["standings"][2], last);
    let first = value!({ "label": "lean", "up_to": 2520.0, "low": 2400.0, "high": 2650.0 });
    assert_eq!(tradeoff["best_by_price_of_a_day"][0], first);
}

#[test]
fn tables_have_as_many_cells_as_headings() {
    for (name, text, headings, rows) in [
        ("percentiles", csv::percentiles(&forecast()), csv::PERCENTILES, 21),
        ("milestones", csv::milestones(&forecast()), csv::MILESTONES, 5),
        ("path", csv::path(&path()), csv::PATH, 4),
        ("comparison", csv::comparison(&comparison()), csv::COMPARISON, 30),
        ("drivers", csv::drivers(&drivers()), csv::DRIVERS, 24),
    ] {
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), headings, "{name}");
        assert_eq!(reader.records().map(Result::unwrap).count(), rows, "{name}");
    }
}

#[test]
fn what_a_plan_hangs_on_keeps_its_contract() {
    let answer = parsed(&json::drivers(&drivers()));
    let expected = [
        "schema",
        "plan",
        "scenario",
        "iterations",
        "seed",
        "confidence",
        "delivered",
        "removals",
        "not_removed",
        "others_not_removed",
        "responses",
        "responses_not_tried",
        "all_responses",
        "finish",
        "cost",
        "milestones",
        "noise",
        "kendall_noise",
        "opened",
        "paths",
        "different_paths",
        "merge_points",
    ];
    assert_eq!((keys(&answer), &answer["schema"]), (expected.to_vec(), &value!("plan.drivers/1")));
    let removal = &answer["removals"][0];
    assert_eq!((&removal["kind"], &removal["id"]), (&value!("milestone"), &value!("train")));
    assert_eq!(removal["adds"]["finish_days"]["headline"]["value"], value!(31.2));
    assert_eq!(answer["finish"]["steps"][1]["step"], "merging");
    has(&answer["finish"]["steps"][1], &["step", "value", "low", "high", "to"]);
    has(&answer["finish"]["headline"], &["date", "days"]);
    has(&answer["milestones"][0], &["criticality", "near_headline", "saves", "cruciality", "kendall"]);
    has(&answer["milestones"][0], &["significance_index", "sensitivity_index"]);
    assert_eq!(answer["paths"][0]["milestones"][1]["repeat"], 1);
    has(&answer["merge_points"][0]["predecessors"][0], &["id", "drives"]);
}

#[test]
fn an_iteration_keeps_its_contract() {
    let answer = parsed(&json::replay(&replay()));
    assert_eq!((&answer["schema"], &answer["iteration"]), (&value!("plan.replay/1"), &value!(4_711)));
    assert_eq!(answer["finish_rank"], value!({ "rank": 8_000, "of": 10_000 }));
    has(&answer["visits"][0], &["id", "name", "repeat", "start", "finish", "span_days", "critical", "cost"]);
    has(&answer["visits"][0]["draws"][0], &["name", "value", "unit", "percentile"]);
    assert_eq!(answer["risks"][0]["strikes"][1], value!({ "id": "train", "repeat": 1 }));
    has(&answer, &["delivered", "failure", "driving_path", "outcomes", "rework", "shared", "categories"]);
}
