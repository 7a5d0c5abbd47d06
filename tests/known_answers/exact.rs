//! Textbook networks and networks that can be solved exactly.
//!
//! `cases.json` states the facts; where the public collection lies beside the repository
//! (`../shared/data/exact`), every case of it is held too, so that none is forgotten.

use std::fmt::Write;
use std::fs;

use plan::forecast::{PathReport, PathRow};
use serde_json::{Map, Value};

use crate::support::{Answer, answer, assert_mean, assert_sd, assert_share, shared, written};

/// Cases that stand elsewhere (`uncertain.rs`), or are about what this version doesn't do.
const ELSEWHERE: [&str; 5] = ["crash_", "evm_", "risk_register_", "second_moment_", "correlated_"];

#[test]
fn published_answers_come_out() {
    let facts: Map<String, Value> = serde_json::from_str(include_str!("cases.json")).unwrap();
    for (name, case) in &facts {
        hold(name, case);
    }
}

#[test]
fn no_published_case_is_forgotten() {
    let Some(path) = shared("exact/expected.json") else { return };
    let facts: Map<String, Value> = serde_json::from_str(include_str!("cases.json")).unwrap();
    let all: Map<String, Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    for (name, case) in &all {
        if ELSEWHERE.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        match facts.get(name) {
            Some(stated) => assert_contains(case, stated, name),
            None => hold(name, case),
        }
    }
}

/// Everything stated is in the published case, as it stands there.
fn assert_contains(published: &Value, stated: &Value, what: &str) {
    match (published, stated) {
        (Value::Object(published), Value::Object(stated)) => {
            for (key, value) in stated {
                let there =
                    published.get(key).unwrap_or_else(|| panic!("{what}: nothing published of {key}"));
                assert_contains(there, value, &format!("{what}.{key}"));
            }
        }
        _ => assert_eq!(published, stated, "{what}"),
    }
}

/// Holds a case by what its name begins with.
fn hold(name: &str, case: &Value) {
    match name.split('_').next().unwrap() {
        "pert" => pert(name, case),
        "cpm" => critical_path(name, case),
        "exp" => exponential(name, case),
        "tri" if name == "tri_series_parallel" => series_and_parallel(name, case),
        "tri" => equal_paths(name, case),
        "cost" => cost_of_three(name, case),
        "sum" => three_uniform(name, case),
        "discrete" => mixed_links(name, case),
        "distribution" => quantiles(case),
        "calendar" => finish_dates(name, case),
        _ => panic!("no test knows the case {name}"),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("{value} is no object"))
}

fn words(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

/// A milestone as its author writes it.
fn milestone(key: &str, keys: &str, after: &[&str]) -> String {
    let after = after.iter().map(|link| format!("\"{link}\"")).collect::<Vec<_>>().join(", ");
    format!("{key} = {{ {keys}, after = [{after}] }}\n")
}

/// One milestone for each activity of a net, its duration as `duration` writes it.
fn milestones(net: &Value, duration: impl Fn(&str, &Value) -> String) -> String {
    let line = |(key, activity): (&String, &Value)| {
        milestone(key, &format!("duration = {}", duration(key, activity)), &words(&activity["pred"]))
    };
    format!("[milestone]\n{}", object(net).iter().map(line).collect::<String>())
}

/// Expectations that ask how likely the plan is done (or costs no more) by each expected percentile
/// and at each stated limit; their keys are `P10` and `at-20`.
fn asked(figure: &str, unit: &str, percentiles: &Value, limits: &Value) -> String {
    let mut text = String::from("[expect]\n");
    for (key, at) in percentiles.as_object().into_iter().flatten() {
        writeln!(text, "{key} = \"P({figure} <= {at}{unit}) >= 50%\"").unwrap();
    }
    for limit in limits.as_object().into_iter().flatten().map(|(limit, _)| limit) {
        writeln!(text, "at-{} = \"P({figure} <= {limit}{unit}) >= 50%\"", limit.replace('.', "_")).unwrap();
    }
    text
}

/// The answers to [`asked`].
fn assert_asked(answer: &Answer, percentiles: &Value, limits: &Value, what: &str) {
    for key in percentiles.as_object().into_iter().flatten().map(|(key, _)| key) {
        let p = key[1..].parse::<f64>().unwrap() / 100.0;
        assert_share(answer.chance(key), p, &format!("{what} at its {key}"));
    }
    for (limit, chance) in limits.as_object().into_iter().flatten() {
        let key = format!("at-{}", limit.replace('.', "_"));
        assert_share(answer.chance(&key), number(chance), &format!("{what} by {limit}"));
    }
}

fn assert_finish(answer: &Answer, mean: &Value, sd: f64, what: &str) {
    assert_mean(answer.forecast.finish.mean_days, number(mean), sd, what);
    assert_sd(&answer.finish_days(), sd, what);
}

fn assert_critical(answer: &Answer, expected: &Value, what: &str) {
    for (key, chance) in object(expected) {
        let found = answer.milestone(key).criticality;
        assert_share(found, number(chance), &format!("{what}: criticality of {key}"));
    }
}

/// A textbook network of three points: its classical mean network, and what a simulation of it gives.
fn pert(name: &str, case: &Value) {
    let classical = &case["derived"];
    let text = milestones(&case["net"], |key, _| format!("\"{}d\"", classical["activity_mean"][key]));
    let rows = path_rows(&text);
    for row in &rows {
        let expect = |what: &str, found: f64| {
            let expected = number(&classical[what][&row.key]);
            assert!((found - expected).abs() < 1e-3, "{name}: {what} of {}: {found}, {expected}", row.key);
        };
        expect("early_start", row.early_start.days);
        expect("early_finish", row.early_finish.days);
        expect("total_float", row.total_float_days);
    }

    let simulated = &case["beta_pert_simulation"];
    let (percentiles, limits) = (&simulated["quantiles"], &simulated["probability"]);
    let points = |_: &str, activity: &Value| {
        let [low, likely, high] = ["o", "m", "p"].map(|point| number(&activity[point]));
        if low == high { format!("\"{low}d\"") } else { format!("\"{low}..{likely}..{high}d\"") }
    };
    let text = milestones(&case["net"], points) + &asked("finish", "d", percentiles, limits);
    let answer = answer(&text);
    assert_finish(&answer, &simulated["mean"], number(&simulated["sd"]), name);
    assert_asked(&answer, percentiles, limits, name);
    assert_critical(&answer, &simulated["criticality"], name);
}

fn path_rows(text: &str) -> Vec<PathRow> {
    let (plan, network, _) = written(text);
    PathReport::of(&plan, &network, 0.0).milestones
}

/// A full table of early and late dates: duration, early start and finish, late start and finish, total float.
fn critical_path(name: &str, case: &Value) {
    let text = milestones(&case["net"], |_, activity| activity["dur"].to_string());
    for row in path_rows(&text) {
        let found = [
            row.duration_days,
            row.early_start.days,
            row.early_finish.days,
            row.late_start.days,
            row.late_finish.days,
            row.total_float_days,
        ];
        let expected: Vec<f64> = case["derived"][&row.key].as_array().unwrap().iter().map(number).collect();
        assert_eq!(found.as_slice(), expected, "{name}: {}", row.key);
        assert_eq!(row.critical, row.total_float_days == 0.0, "{name}: {}", row.key);
        if let Some(free) = case["published"].get("free_float") {
            assert_eq!(row.free_float_days, number(&free[&row.key]), "{name}: free float of {}", row.key);
        }
    }
}

/// Exponential durations (Kulkarni & Adlakha 1986).
fn exponential(name: &str, case: &Value) {
    let expected = &case["derived"];
    let text = milestones(&case["net"], |_, activity| {
        format!("{{ exponential = {{ mean = \"{}d\" }} }}", 1.0 / number(&activity["rate"]))
    });
    let answer = answer(&(text + &asked("finish", "d", &expected["quantiles"], &expected["cdf"])));
    assert_finish(&answer, &expected["mean"], number(&expected["variance"]).sqrt(), name);
    assert_asked(&answer, &expected["quantiles"], &expected["cdf"], name);
    if let Some(critical) = expected.get("criticality") {
        assert_critical(&answer, critical, name);
    }
    if let Some(each) = expected.get("criticality_each") {
        for milestone in &answer.forecast.milestones {
            assert_share(milestone.criticality, number(each), name);
        }
    }
}

/// The merge bias of equal parallel paths.
fn equal_paths(name: &str, case: &Value) {
    let (given, expected) = (&case["given"], &case["derived"]);
    assert_eq!(given["distribution"], "triangular", "{name}");
    let paths = given["parallel_paths"].as_u64().unwrap();
    let [low, mode, high] = ["low", "mode", "high"].map(|point| number(&given[point]));
    let mut text = String::from("[milestone]\n");
    for path in 0..paths {
        let duration = format!("duration = {{ triangular = [\"{low}d\", \"{mode}d\", \"{high}d\"] }}");
        text += &milestone(&format!("x{path}"), &duration, &[]);
    }
    let answer = answer(&(text + &asked("finish", "d", &expected["quantiles"], &Value::Null)));
    assert_finish(&answer, &expected["mean"], number(&expected["sd"]), name);
    assert_asked(&answer, &expected["quantiles"], &Value::Null, name);
    // What the merge adds to the mean of one path.
    let mean = (low + mode + high) / 3.0;
    assert_mean(
        answer.forecast.merge_bias.unwrap().days,
        number(&expected["mean"]) - mean,
        number(&expected["sd"]),
        name,
    );
    // What is written holds only if no path is later than its likeliest value.
    assert_share(answer.forecast.finish.deterministic.chance.share, number(&expected["P_le_mode"]), name);
    let found: f64 = answer.forecast.milestones.iter().map(|milestone| milestone.criticality).sum();
    assert!((1.0..1.0 + 1e-3).contains(&found), "{name}: one path holds the finish, {found}");
}

fn series_and_parallel(name: &str, case: &Value) {
    let expected = &case["derived"];
    let limits = serde_json::json!({ "13": expected["P_le_13"] });
    let text = r#"[milestone]
A = { duration = { triangular = [2, 4, 9] }, after = [] }
B = { duration = { triangular = [3, 5, 6] }, after = "A" }
C = { duration = { triangular = [4, 8, 15] }, after = [] }
D = { duration = { triangular = [1, 2, 4] }, after = ["B", "C"] }
"#;
    let answer = answer(&(text.to_owned() + &asked("finish", "d", &expected["quantiles"], &limits)));
    assert_finish(&answer, &expected["mean"], number(&expected["sd"]), name);
    assert_asked(&answer, &expected["quantiles"], &limits, name);
}

fn cost_of_three(name: &str, case: &Value) {
    let expected = &case["derived"];
    let text = r#"[milestone]
a = { cost = { triangular = [10, 12, 20] }, after = [] }
b = { cost = { triangular = ["5", "8", "9"] }, after = [] }
c = { cost = { triangular = [30, 40, 70] }, after = [] }
"#;
    let answer = answer(&(text.to_owned() + &asked("cost", "", &expected["quantiles"], &Value::Null)));
    let cost = answer.forecast.cost.as_ref().unwrap();
    assert_mean(cost.mean, number(&expected["mean"]), number(&expected["sd"]), name);
    assert_sd(&answer.samples.cost, number(&expected["sd"]), name);
    assert_asked(&answer, &expected["quantiles"], &Value::Null, name);
    assert_eq!(cost.deterministic.value, 60.0, "the likeliest of each");
}

/// The same sum (Irwin & Hall) as days and as money.
fn three_uniform(name: &str, case: &Value) {
    let expected = &case["derived"];
    let percentiles = serde_json::json!({ "P50": expected["P50"], "P80": expected["P80"] });
    let sd = number(&expected["variance"]).sqrt();
    let days = r#"[milestone]
a.duration = { uniform = ["0d", "1d"] }
b = { duration = { uniform = [0, 1] }, after = "a" }
c = { duration = { uniform = ["0h", "8h"] }, after = "b" }
"#;
    let spent = answer(&(days.to_owned() + &asked("finish", "d", &percentiles, &Value::Null)));
    assert_finish(&spent, &expected["mean"], sd, name);
    assert_asked(&spent, &percentiles, &Value::Null, name);
    let money = "[milestone]\n".to_owned()
        + &["a", "b", "c"].map(|key| format!("{key}.cost = {{ uniform = [0, 1] }}\n")).concat();
    let spent = answer(&(money + &asked("cost", "", &percentiles, &Value::Null)));
    assert_mean(spent.forecast.cost.as_ref().unwrap().mean, number(&expected["mean"]), sd, name);
    assert_asked(&spent, &percentiles, &Value::Null, name);
}

/// Separate values and all kinds of links, enumerated exactly.
fn mixed_links(name: &str, case: &Value) {
    let expected = &case["derived"];
    let mut text = String::from("[milestone]\n");
    for (key, activity) in object(&case["net"]) {
        let values: Vec<_> = activity["dist"].as_array().unwrap().iter().map(Value::to_string).collect();
        let link = |link: &Value| match link[2].as_i64().unwrap() {
            0 => format!("{} {}", link[0].as_str().unwrap(), link[1].as_str().unwrap()),
            lag => format!("{} {}{lag:+}d", link[0].as_str().unwrap(), link[1].as_str().unwrap()),
        };
        let links: Vec<String> = activity["links"].as_array().unwrap().iter().map(link).collect();
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let duration = format!("duration = {{ discrete = [{}] }}", values.join(", "));
        text += &milestone(key, &duration, &links);
    }
    let answer = answer(&text);
    assert_finish(&answer, &expected["mean"], number(&expected["sd"]), name);
    let days = answer.finish_days();
    for (day, chance) in object(&expected["pmf"]) {
        let at = day.parse::<f64>().unwrap();
        let found = days.iter().filter(|&&finish| finish == at).count() as f64 / days.len() as f64;
        assert_share(found, number(chance), &format!("{name} on day {day}"));
    }
    assert_critical(&answer, &expected["criticality"], name);
    for (key, day) in object(&expected["quantiles"]) {
        let p = key[1..].parse::<f64>().unwrap() / 100.0;
        let found = answer.forecast.finish.percentiles.iter().find(|at| at.p == p).unwrap();
        assert_eq!(found.at.days, number(day), "{name}: {key}");
    }
}

/// A distribution as the plan file writes it, from its name in the collection.
fn written_distribution(name: &str) -> String {
    let (kind, rest) = name.strip_suffix(')').and_then(|name| name.split_once('(')).unwrap();
    let numbers: Vec<f64> =
        rest.split(',').map(|part| part.trim().rsplit(' ').next().unwrap().parse().unwrap()).collect();
    match (kind, numbers.as_slice()) {
        ("triangular", [low, mode, high]) => format!("{{ triangular = [{low}, {mode}, {high}] }}"),
        ("uniform", [low, high]) => format!("{{ uniform = [{low}, {high}] }}"),
        ("beta_pert", [low, mode, high]) => format!("\"{low}..{mode}..{high}d\""),
        ("normal", [mean, sd]) => format!("{{ normal = {{ mean = {mean}, sd = {sd} }} }}"),
        ("exponential", [mean]) => format!("{{ exponential = {{ mean = {mean} }} }}"),
        ("lognormal", [mean, sd]) => format!("{{ lognormal = {{ mean = \"{mean}d\", sd = \"{sd}d\" }} }}"),
        ("weibull", [shape, scale]) => format!("{{ weibull = {{ shape = {shape}, scale = \"{scale}d\" }} }}"),
        ("gamma", [shape, scale]) => {
            format!("{{ gamma = {{ mean = {}, sd = {} }} }}", shape * scale, shape.sqrt() * scale)
        }
        _ => panic!("no test knows the distribution {name}"),
    }
}

fn quantiles(case: &Value) {
    for (name, expected) in object(&case["derived"]) {
        let percentiles: Map<String, Value> = object(&expected["quantiles"])
            .iter()
            .map(|(p, at)| (format!("P{}", (p.parse::<f64>().unwrap() * 100.0).round()), at.clone()))
            .collect();
        let percentiles = Value::Object(percentiles);
        let text = format!("[milestone]\na.duration = {}\n", written_distribution(name));
        let answer = answer(&(text + &asked("finish", "d", &percentiles, &Value::Null)));
        assert_finish(&answer, &expected["mean"], number(&expected["sd"]), name);
        assert_asked(&answer, &percentiles, &Value::Null, name);
    }
}

/// One to ten whole days from a Monday, over a weekend and a holiday.
fn finish_dates(name: &str, case: &Value) {
    let days = (1..=10).map(|day| format!("[{day}, 1]")).collect::<Vec<_>>().join(", ");
    let mut text = format!(
        "[plan]\nstart = 2026-03-02\n[calendar]\nteam = {{ week = \"Mon-Fri 09:00-17:00\", holidays = [2026-03-06] }}\n\
         [milestone]\na.duration = {{ discrete = [{days}] }}\n[expect]\n"
    );
    for date in object(&case["derived"]).keys() {
        writeln!(text, "by-{date} = \"P(finish <= {date}) >= 50%\"").unwrap();
    }
    let answer = answer(&text);
    let mut sum = 0.0;
    for (date, chance) in object(&case["derived"]) {
        sum += number(chance);
        assert_share(answer.chance(&format!("by-{date}")), sum.min(1.0), &format!("{name} by {date}"));
        let on_it = |finish: &&i32| {
            answer.network.axis_instant(i64::from(**finish)).to_string().starts_with(date.as_str())
        };
        let found = answer.samples.finish.iter().filter(on_it).count();
        let found = found as f64 / answer.samples.finish.len() as f64;
        assert_share(found, number(chance), &format!("{name} on {date}"));
    }
}
