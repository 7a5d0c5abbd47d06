//! Early starts and finishes of seven real projects of the DSLIB database (Batselier & Vanhoucke
//! 2015), on calendars with a lunch break, weekends and holidays.
//!
//! The projects lie beside the repository (`../shared/data/dslib`); where they don't, this says so
//! and passes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime, Weekday};
use plan::model::{Calendar, Lag, LinkKind, Plan};
use plan::network::Network;
use plan::units::Instant;
use serde_json::Value;

/// Those whose baseline is exactly what the critical path method gives.
const EXACT: [&str; 7] = [
    "C2011-04_Railway_Station_Sint-Joost",
    "C2011-08_Sports_Center_Tielt",
    "C2011-09_Commercial_IT_Project",
    "C2012-03_Day_Care",
    "C2012-10_Gabala_Resort_Outdoor_Pool",
    "C2014-05_Apartment_Building_(1)",
    "C2014-06_Apartment_Building_(2)",
];

fn read(file: &str) -> Option<Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/dslib");
    let Ok(text) = fs::read_to_string(folder.join(file)) else {
        eprintln!("SKIPPED: {} is not there", folder.join(file).display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn moment(value: &Value) -> Instant {
    Instant::from(NaiveDateTime::parse_from_str(value.as_str().unwrap(), "%Y-%m-%d %H:%M:%S").unwrap())
}

fn seconds(hours: &Value) -> i64 {
    (hours.as_f64().unwrap() * 3600.0).round() as i64
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Works in every hour slot of every weekday that isn't said to be free.
fn calendar(project: &Value) -> Calendar {
    let is_free =
        |key: &str, number: u64| list(&project[key]).iter().any(|free| free.as_u64() == Some(number));
    let mut builder = Calendar::builder("project");
    for day in (0..7).filter(|&day| !is_free("nonworking_weekdays", u64::from(day))) {
        for hour in (0..24).filter(|&hour| !is_free("nonworking_hours", u64::from(hour))) {
            builder = builder.work(Weekday::try_from(day).unwrap(), hour * 3600, (hour + 1) * 3600);
        }
    }
    for holiday in list(&project["holidays"]) {
        builder = builder.holiday(NaiveDate::parse_from_str(holiday.as_str().unwrap(), "%Y-%m-%d").unwrap());
    }
    builder.build().unwrap()
}

fn plan(project: &Value) -> Plan {
    let mut plan = support::plan(Some(moment(&project["start"])), vec![calendar(project)]);
    for activity in list(&project["activities"]) {
        support::add(&mut plan, activity["id"].as_str().unwrap(), seconds(&activity["duration_h"]));
    }
    for relation in list(&project["relations"]) {
        let [from, to] = ["pred", "succ"].map(|key| plan.milestone(relation[key].as_str().unwrap()).unwrap());
        let kind = match relation["type"].as_str().unwrap() {
            "FS" => LinkKind::FinishStart,
            "SS" => LinkKind::StartStart,
            "FF" => LinkKind::FinishFinish,
            "SF" => LinkKind::StartFinish,
            other => panic!("unknown relation {other}"),
        };
        let lag = Lag::Span(support::work(seconds(&relation["lag_h"])));
        support::link(&mut plan, from, kind, to, lag);
    }
    plan
}

#[test]
fn early_dates_of_real_projects_are_those_of_their_baselines() {
    let Some(expected) = read("expected.json") else { return };
    for name in EXACT {
        let project = read(&format!("{name}.json")).unwrap();
        let plan = plan(&project);
        let network = Network::of(&plan).unwrap();
        let early = network.schedule().early;
        let dates = expected[name]["early"].as_object().unwrap();
        assert_eq!(dates.len(), plan.milestones.len(), "{name}");
        for activity in list(&project["activities"]) {
            let id = activity["id"].as_str().unwrap();
            let visit = network.visit_of[plan.milestone(id).unwrap()];
            let placed = early.placed[visit];
            let start = network.start_instant(visit, placed.start);
            assert_eq!(start, moment(&dates[id][0]), "start of {id} in {name}");
            assert_eq!(start, moment(&activity["baseline_start"]), "baseline of {id} in {name}");
            let finish = network.finish_instant(visit, placed.finish);
            assert_eq!(finish, moment(&dates[id][1]), "finish of {id} in {name}");
        }
        let summary = &expected[name]["summary"];
        assert_eq!(early.finish, seconds(&summary["cpm_hours"]), "{name}");
        assert_eq!(network.axis_instant(early.finish), moment(&summary["cpm_end"]), "{name}");
    }
}

/// Facts of the Day Care project that need no file: FS and SS lags over lunch and weekends.
#[test]
fn lags_count_working_hours_over_lunch_and_weekends() {
    let project: Value = serde_json::from_str(
        r#"{ "start": "2011-11-28 00:00:00",
             "nonworking_hours": [0, 1, 2, 3, 4, 5, 6, 7, 12, 17, 18, 19, 20, 21, 22, 23],
             "nonworking_weekdays": [5, 6], "holidays": ["2011-12-05"],
             "activities": [ { "id": "a", "duration_h": 20 }, { "id": "b", "duration_h": 4 },
                             { "id": "c", "duration_h": 1 } ],
             "relations": [ { "pred": "a", "succ": "b", "type": "FS", "lag_h": 16 },
                            { "pred": "b", "succ": "c", "type": "SS", "lag_h": 5 } ] }"#,
    )
    .unwrap();
    let plan = plan(&project);
    let network = Network::of(&plan).unwrap();
    let schedule = network.schedule();
    let shown: Vec<_> = network
        .ids()
        .map(|visit| {
            let placed = schedule.early.placed[visit];
            let finish = network.finish_instant(visit, placed.finish);
            format!("{} {finish}", network.start_instant(visit, placed.start))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "2011-11-28T08:00 2011-11-30T12:00",
            "2011-12-02T13:00 2011-12-02T17:00",
            "2011-12-06T09:00 2011-12-06T10:00"
        ]
    );
}
