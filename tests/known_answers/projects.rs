//! Public benchmark projects written as plan files.
//!
//! The collections lie beside the repository (`../shared/data`); where they don't, these tests say
//! so and pass.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use plan::forecast::PathReport;
use serde_json::Value;

use crate::support::{shared, written};

/// One milestone per job: its days, and after whom it comes.
fn text(days: &[i64], successors: &[Vec<usize>]) -> String {
    let mut after = vec![Vec::new(); days.len()];
    for (job, successors) in successors.iter().enumerate() {
        for &next in successors {
            after[next].push(format!("\"job-{}\"", job + 1));
        }
    }
    let mut text = String::from("[milestone]\n");
    for (job, (days, after)) in days.iter().zip(after).enumerate() {
        writeln!(text, "job-{} = {{ duration = {days}, after = [{}] }}", job + 1, after.join(", ")).unwrap();
    }
    text
}

fn numbers(line: &str) -> Vec<i64> {
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

fn section<'a>(text: &'a str, heading: &'a str, skip: usize) -> impl Iterator<Item = Vec<i64>> + 'a {
    let lines = text.lines().skip_while(move |line| !line.starts_with(heading)).skip(skip);
    lines.take_while(|line| !line.starts_with('*')).map(numbers)
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == "sm"));
    files.sort();
    files
}

/// PSPLIB (Kolisch & Sprecher 1997): the length without resources is the `MPM-Time` of each file.
#[test]
fn every_psplib_plan_is_as_long_as_its_file_says() {
    for folder in ["psplib/j30.sm", "psplib/j60.sm", "psplib/j120.sm"] {
        let Some(folder) = shared(folder) else { continue };
        let files = files(folder);
        assert!(!files.is_empty());
        for path in files {
            let file = fs::read_to_string(&path).unwrap();
            let expected = section(&file, "PROJECT INFORMATION", 2).next().unwrap()[5];
            let successors: Vec<Vec<usize>> = section(&file, "PRECEDENCE RELATIONS", 2)
                .map(|row| row[3..].iter().map(|&job| job as usize - 1).collect())
                .collect();
            let days: Vec<i64> = section(&file, "REQUESTS/DURATIONS", 3).map(|row| row[2]).collect();
            assert_eq!(days.len(), successors.len(), "{}", path.display());
            let (plan, network, _) = written(&text(&days, &successors));
            let found = PathReport::of(&plan, &network, 0.0).finish.days;
            assert_eq!(found, expected as f64, "{}", path.display());
        }
    }
}

/// Those of the DSLIB database (Batselier & Vanhoucke 2015) whose baseline is exactly what the critical
/// path method gives.
const DSLIB: [&str; 7] = [
    "C2011-04_Railway_Station_Sint-Joost",
    "C2011-08_Sports_Center_Tielt",
    "C2011-09_Commercial_IT_Project",
    "C2012-03_Day_Care",
    "C2012-10_Gabala_Resort_Outdoor_Pool",
    "C2014-05_Apartment_Building_(1)",
    "C2014-06_Apartment_Building_(2)",
];

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn moment(value: &Value) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(value.as_str().unwrap(), "%Y-%m-%d %H:%M:%S").unwrap()
}

/// The working hours as a person writes them: `Mon-Fri 08:00-12:00 13:00-17:00`.
fn week(project: &Value) -> String {
    let is_free =
        |key: &str, number: u64| list(&project[key]).iter().any(|free| free.as_u64() == Some(number));
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let worked = (0..7).filter(|&day| !is_free("nonworking_weekdays", day as u64));
    let worked: Vec<&str> = worked.map(|day: usize| days[day]).collect();
    let mut spells: Vec<(u64, u64)> = Vec::new();
    for hour in (0..24).filter(|&hour| !is_free("nonworking_hours", hour)) {
        match spells.last_mut() {
            Some((_, end)) if *end == hour => *end += 1,
            _ => spells.push((hour, hour + 1)),
        }
    }
    let spells: Vec<String> = spells.iter().map(|(from, to)| format!("{from:02}:00-{to:02}:00")).collect();
    format!("{} {}", worked.join(","), spells.join(" "))
}

fn project_text(project: &Value) -> String {
    let start = moment(&project["start"]);
    let holidays: Vec<String> = list(&project["holidays"]).iter().map(Value::to_string).collect();
    let mut text = format!(
        "[plan]\nstart = {}\n[calendar]\nown = {{ week = \"{}\", holidays = [{}] }}\n[milestone]\n",
        start.format("%Y-%m-%dT%H:%M:%S"),
        week(project),
        holidays.join(", ")
    );
    let mut links: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for relation in list(&project["relations"]) {
        let [from, to, kind] = ["pred", "succ", "type"].map(|key| relation[key].as_str().unwrap());
        let link = match relation["lag_h"].as_f64().unwrap() {
            0.0 if kind == "FS" => format!("\"{from}\""),
            0.0 => format!("\"{from} {kind}\""),
            lag => format!("\"{from} {kind}{lag:+}h\""),
        };
        links.entry(to).or_default().push(link);
    }
    for activity in list(&project["activities"]) {
        let id = activity["id"].as_str().unwrap();
        let after = links.get(id).map_or(String::new(), |links| links.join(", "));
        writeln!(text, "{id} = {{ duration = \"{}h\", after = [{after}] }}", activity["duration_h"]).unwrap();
    }
    text
}

#[test]
fn real_projects_start_and_finish_when_their_baselines_say() {
    let Some(path) = shared("dslib/expected.json") else { return };
    let expected: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    for name in DSLIB {
        let file = path.with_file_name(format!("{name}.json"));
        let project: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let (plan, network, _) = written(&project_text(&project));
        let report = PathReport::of(&plan, &network, 0.0);
        let dates = expected[name]["early"].as_object().unwrap();
        assert_eq!(report.milestones.len(), dates.len(), "{name}");
        for row in &report.milestones {
            let found = [row.early_start, row.early_finish].map(|stamp| stamp.date.unwrap().to_string());
            let expected =
                [0, 1].map(|end| moment(&dates[&row.key][end]).format("%Y-%m-%dT%H:%M").to_string());
            assert_eq!(found, expected, "{} of {name}", row.key);
        }
        let summary = &expected[name]["summary"];
        let finish = moment(&summary["cpm_end"]).format("%Y-%m-%dT%H:%M").to_string();
        assert_eq!(report.finish.date.unwrap().to_string(), finish, "{name}");
        let hours = report.finish.days * plan[plan.calendar].day_seconds() as f64 / 3600.0;
        assert!((hours - summary["cpm_hours"].as_f64().unwrap()).abs() < 1e-6, "{name}: {hours} h");
    }
}

/// Facts that need no file: lags over lunch, weekends and a holiday, hour by hour.
#[test]
fn lags_of_hours_skip_lunch_weekends_and_holidays() {
    let text = r#"
[plan]
start = 2011-11-28
[calendar]
own = { week = "Mon-Fri 08:00-12:00 13:00-17:00", holidays = [2011-12-05] }
[milestone]
a = { duration = "20h", after = [] }
b = { duration = "4h", after = "a FS+16h" }
c = { duration = "1h", after = "b SS+5h" }
"#;
    let (plan, network, _) = written(text);
    let report = PathReport::of(&plan, &network, 0.0);
    let found: Vec<[String; 2]> = report
        .milestones
        .iter()
        .map(|row| [row.early_start, row.early_finish].map(|stamp| stamp.date.unwrap().to_string()))
        .collect();
    assert_eq!(
        found,
        [
            ["2011-11-28T08:00", "2011-11-30T12:00"],
            ["2011-12-02T13:00", "2011-12-02T17:00"],
            ["2011-12-06T09:00", "2011-12-06T10:00"],
        ]
    );
    assert_eq!(hour_by_hour(20), found[0][1], "the obvious twin agrees");
    assert_eq!(hour_by_hour(20 + 16 + 4), found[1][1], "the obvious twin agrees");
}

/// The end of so many working hours after Monday 28 November 2011, counted hour by hour.
fn hour_by_hour(mut hours: i64) -> String {
    let mut at = NaiveDate::from_ymd_opt(2011, 11, 28).unwrap().and_time(NaiveTime::MIN);
    let holiday = NaiveDate::from_ymd_opt(2011, 12, 5).unwrap();
    while hours > 0 {
        let is_worked_hour = (8..12).contains(&at.hour()) || (13..17).contains(&at.hour());
        let is_free = at.weekday().num_days_from_monday() > 4 || at.date() == holiday;
        if is_worked_hour && !is_free {
            hours -= 1;
        }
        at += TimeDelta::hours(1);
    }
    at.format("%Y-%m-%dT%H:%M").to_string()
}
