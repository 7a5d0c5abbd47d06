//! What plans cost, by arithmetic that is done here by hand, and by an obvious twin that walks
//! through time minute by minute.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use plan::forecast::{Forecast, PathReport, keep};
use plan::simulate::{Settings, simulate};
use proptest::prelude::*;

use crate::support::{forecast, written};

/// Every plan here starts on Monday 1 March 2027; the standard day is 09:00 to 17:00.
const START: &str = "[plan]\nstart = 2027-03-01\n";

/// A month and a year, in days, as rates mean them.
const MONTH: f64 = 365.25 / 12.0;

/// What it costs as written; the simulation of a plan without doubt says the same each time.
fn cost(text: &str) -> f64 {
    let answer = forecast(&format!("{START}{text}"), 64);
    let Some(cost) = &answer.forecast.cost else { return 0.0 };
    let planned = cost.deterministic.value;
    let scale = 1e-6 * planned.abs().max(1.0);
    for simulated in [cost.lowest, cost.highest, cost.mean] {
        assert!((simulated - planned).abs() <= scale, "{simulated} simulated, {planned} planned:\n{text}");
    }
    let parts: f64 = cost.categories.iter().map(|part| part.mean).sum();
    assert!((parts - cost.mean).abs() <= scale, "categories add up to {parts}, not {}:\n{text}", cost.mean);
    planned
}

#[test]
fn plans_cost_what_arithmetic_by_hand_says() {
    let crew = "[resource]\ncrew = { kind = \"people\", rate = ";
    let gpu = "[resource]\ngpu = { kind = \"compute\", calendar = \"always\", rate = ";
    let cases: Vec<(&str, String, f64)> = vec![
        ("money once", "[milestone]\na.cost = \"1.5k\"\n".into(), 1_500.0),
        ("of two", "[milestone]\na.cost = \"1.5M\"\nb.cost = 0.5\n".into(), 1_500_000.5),
        // A rate of a milestone, in each unit, over ten working days: two weeks less the last weekend, from
        // Monday 09:00 to Friday 17:00, are 11 days and 8 hours of elapsed time.
        ("per hour", "[milestone]\na = { duration = \"10d\", rate = \"2/h\" }\n".into(), 2.0 * 80.0),
        ("per day", "[milestone]\na = { duration = \"10d\", rate = \"100/d\" }\n".into(), 1_000.0),
        (
            "per week",
            "[milestone]\na = { duration = \"10d\", rate = \"700/w\" }\n".into(),
            700.0 * (11.0 + 8.0 / 24.0) / 7.0,
        ),
        (
            "per month",
            "[milestone]\na = { duration = \"10d\", rate = \"3k/mo\" }\n".into(),
            3_000.0 * (11.0 + 8.0 / 24.0) / MONTH,
        ),
        (
            "per year",
            "[milestone]\na = { duration = \"10d\", rate = \"36.525k/y\" }\n".into(),
            100.0 * (11.0 + 8.0 / 24.0),
        ),
        // Units of a resource for the whole span.
        ("uses", format!("[milestone]\na = {{ duration = \"10d\", uses.crew = 2 }}\n{crew}\"800/d\" }}\n"), 16_000.0),
        ("half of one", format!("[milestone]\na = {{ duration = \"10d\", uses.crew = 0.5 }}\n{crew}\"100/h\" }}\n"), 4_000.0),
        (
            "the rate of a resource that runs day and night",
            format!("[milestone]\na = {{ duration = \"10d\", uses.gpu = 4 }}\n{gpu}\"3.0/h\" }}\n"),
            4.0 * 3.0 * (11.0 * 24.0 + 8.0),
        ),
        (
            "a day of a resource that runs day and night has 24 hours",
            format!("[milestone]\na = {{ duration = \"10d\", uses.gpu = 1 }}\n{gpu}\"48/d\" }}\n"),
            48.0 * (11.0 + 8.0 / 24.0),
        ),
        (
            "an elapsed duration with a crew of office hours: Mon 00:00 to next Mon 00:00",
            format!("[milestone]\na = {{ duration = \"7ed\", uses.crew = 1 }}\n{crew}\"800/d\" }}\n"),
            5.0 * 800.0,
        ),
        // Effort: paid as such, whatever its duration.
        ("work", format!("[milestone]\na.work.crew = \"10d\"\n{crew}\"800/d\" }}\n"), 8_000.0),
        (
            "work of three, half of the time",
            format!("[milestone]\na.work.crew = \"12d\"\n{crew}\"800/d\", capacity = 3, availability = \"50%\" }}\n"),
            9_600.0,
        ),
        (
            "work and uses of the same: the work is paid, the uses say how many at once",
            format!("[milestone]\na = {{ work.crew = \"12d\", uses.crew = 2 }}\n{crew}\"800/d\" }}\n"),
            9_600.0,
        ),
        ("work in weeks at a rate per week", format!("[milestone]\na.work.crew = \"2w\"\n{crew}\"4k/w\" }}\n"), 8_000.0),
        (
            "work at a rate per month: 52/12 weeks of 40 hours",
            format!("[milestone]\na.work.crew = \"1mo\"\n{crew}\"6k/mo\" }}\n"),
            6_000.0,
        ),
        (
            "work of an hour at a rate per year of 52 weeks of 40 hours",
            format!("[milestone]\na.work.crew = \"1h\"\n{crew}\"104k/y\" }}\n"),
            50.0,
        ),
        // A rate that changes on a date: five days of the first week at 800, five at 1,000.
        (
            "a dated rate",
            format!(
                "[milestone]\na = {{ duration = \"10d\", uses.crew = 1 }}\n{crew}{{ 2027-01-01 = \"800/d\", 2027-03-08 = \"1000/d\" }} }}\n"
            ),
            5.0 * 800.0 + 5.0 * 1_000.0,
        ),
        (
            "a rate that changes in the middle of a day",
            format!(
                "[milestone]\na = {{ duration = \"1d\", uses.crew = 1 }}\n{crew}{{ 2027-01-01 = \"100/h\", \"2027-03-01T12:00:00\" = \"200/h\" }} }}\n"
            ),
            3.0 * 100.0 + 5.0 * 200.0,
        ),
        (
            "before the first date the first rate holds",
            format!("[milestone]\na = {{ duration = \"2d\", uses.crew = 1 }}\n{crew}{{ 2028-01-01 = \"800/d\" }} }}\n"),
            1_600.0,
        ),
        (
            "a dated rate of work, spread evenly: 4 days over 10, half of them in each week",
            format!(
                "[milestone]\na = {{ duration = \"10d\", work.crew = \"4d\" }}\n{crew}{{ 2027-01-01 = \"800/d\", 2027-03-08 = \"1000/d\" }} }}\n"
            ),
            2.0 * 800.0 + 2.0 * 1_000.0,
        ),
        (
            "a dated rate day and night changes at midnight: Mon 09:00 to Tue 17:00 is 15 h and 17 h",
            format!(
                "[milestone]\na = {{ duration = \"2d\", uses.gpu = 1 }}\n{gpu}{{ 2027-01-01 = \"1/h\", 2027-03-02 = \"10/h\" }} }}\n"
            ),
            15.0 + 170.0,
        ),
        // Absence: the milestone waits, and nobody is paid meanwhile. Away on Wednesday to Friday.
        (
            "away",
            format!(
                "[milestone]\na = {{ duration = \"4d\", uses.crew = 1 }}\n{crew}\"800/d\", away = [\"2027-03-03..2027-03-05\"] }}\n"
            ),
            3_200.0,
        ),
        (
            "but what is rented by the week goes on: Mon 09:00 to Tue of next week 17:00",
            format!(
                "[milestone]\na = {{ duration = \"4d\", uses.crew = 1, rate = \"700/w\" }}\n{crew}\"800/d\", away = [\"2027-03-03..2027-03-05\"] }}\n"
            ),
            3_200.0 + 100.0 * (8.0 + 8.0 / 24.0),
        ),
        // Pieces, more of them for waste: 12,000 × 1.2 × 0.12, labelled in 14,400 ÷ (450 × 4) = 8 days.
        (
            "pieces",
            "[milestone]\na = { consumes.labels = \"12k\", uses.hand = 4 }\n[resource]\nhand = { kind = \"people\", rate = \"160/d\" }\n\
             labels = { kind = \"data\", price = 0.12, throughput = { hand = \"450/d\" }, allowance = \"20%\" }\n"
                .into(),
            12_000.0 * 1.2 * 0.12 + 8.0 * 4.0 * 160.0,
        ),
        (
            "a dated price, that of the start: the second milestone starts on 3 March",
            "[milestone]\na = { duration = \"2d\", consumes.t = 10, after = [] }\nb = { duration = \"2d\", consumes.t = 10, after = \"a\" }\n\
             [resource]\nt = { kind = \"data\", price = { 2027-01-01 = 1, 2027-03-03 = 3 } }\n"
                .into(),
            10.0 + 30.0,
        ),
        // Hammocks.
        (
            "an overhead lasts as long as the plan: 12 working days",
            "[milestone]\na = { duration = \"10d\", after = [] }\nb = { duration = \"2d\", after = \"a\" }\n[overhead]\no.rate = \"50/d\"\n".into(),
            600.0,
        ),
        (
            "or as some of it: Wed 3 March 09:00 to Mon 8 March 17:00, 5 days and 8 hours",
            "[milestone]\na = { duration = \"2d\", after = [] }\nb = { duration = \"2d\", after = \"a\", tags = \"site\" }\n\
             c = { duration = \"4d\", after = \"a\", tags = \"site\" }\nd = { duration = \"20d\", after = \"c\" }\n\
             [overhead]\no = { rate = \"700/w\", over = \"tag:site\" }\n"
                .into(),
            100.0 * (5.0 + 8.0 / 24.0),
        ),
        (
            "per month, from Mon 09:00 to Fri of the second week 17:00",
            "[milestone]\na.duration = \"10d\"\n[overhead]\no.rate = \"9k/mo\"\n".into(),
            9_000.0 * (11.0 + 8.0 / 24.0) / MONTH,
        ),
        // Surcharges are on money, not on each other.
        (
            "a surcharge on people",
            format!(
                "[milestone]\na = {{ duration = \"10d\", uses.crew = 1, cost = 500 }}\n{crew}\"800/d\" }}\n[overhead]\nagency = {{ share = \"15%\", of = \"kind:people\" }}\n"
            ),
            8_000.0 + 500.0 + 1_200.0,
        ),
        (
            "two surcharges on everything, overheads included",
            "[milestone]\na = { duration = \"10d\", cost = 1000 }\n[overhead]\no.rate = \"10/d\"\nx.share = \"10%\"\ny.share = \"1%\"\n".into(),
            1_000.0 + 100.0 + 110.0 + 11.0,
        ),
        (
            "a surcharge on some milestones",
            "[milestone]\na = { cost = 1000, tags = \"x\" }\nb.cost = 500\n[overhead]\ns = { share = \"10%\", of = \"tag:x\" }\n".into(),
            1_600.0,
        ),
        (
            "a surcharge on a category that a milestone names",
            "[milestone]\na = { cost = 1000, category = \"compute\" }\nb.cost = 500\n[overhead]\ns = { share = \"10%\", of = \"kind:compute\" }\n".into(),
            1_600.0,
        ),
        ("when it is paid changes nothing", "[milestone]\na = { duration = \"1d\", cost = 1000, pay = { start = \"30%\", finish = \"60%\", \"finish+30ed\" = \"10%\" } }\n".into(), 1_000.0),
    ];
    for (name, text, expected) in cases {
        let found = cost(&text);
        assert!((found - expected).abs() <= 1e-9 * expected, "{name}: {found}, expected {expected}\n{text}");
    }
}

/// How a cost of time goes with time: its mean is the mean duration times the rate.
#[test]
fn what_is_paid_by_time_follows_the_draws() {
    let answer = forecast(
        "[resource]\ncrew = { kind = \"people\", rate = \"800/d\" }\n\
         [milestone]\na = { duration = { uniform = [5, 15] }, uses.crew = 2, after = [] }\n\
         b = { work.crew = { uniform = [4, 8] }, after = \"a\", cost = { uniform = [0, 1000] } }\n",
        20_000,
    );
    let cost = answer.forecast.cost.as_ref().unwrap();
    let mean: f64 = 1_600.0 * 10.0 + 800.0 * 6.0 + 500.0;
    let variance = ((1_600.0_f64 * 10.0).powi(2) + (800.0_f64 * 4.0).powi(2) + 1_000.0_f64.powi(2)) / 12.0;
    assert!((cost.mean - mean).abs() < 4.0 * (variance / 20_000.0).sqrt(), "{}, expected {mean}", cost.mean);
    for (iteration, (finish, cost)) in
        answer.samples.finish.iter().zip(answer.samples.cost.iter()).enumerate()
    {
        // Days of a at 1,600 and days of b at 800, and up to 1,000 more.
        let days = f64::from(*finish) / 28_800.0;
        let least = 1_600.0 * 5.0 + 800.0 * (days - 5.0).min(8.0);
        assert!(
            *cost >= least - 1.0 && *cost <= 1_600.0 * days + 1_000.0,
            "iteration {iteration}: {cost} at {days} d"
        );
    }
}

/// One milestone of a random plan without doubt.
#[derive(Clone, Debug)]
struct Row {
    minutes: i64,
    calendar: usize,
    after: Vec<prop::sample::Index>,
    own_rate: usize,
    crew: u32,
    gpu: u32,
    once: i64,
}

/// A calendar: its name, the hours of a day, and whether weekends are worked.
type Hours = (&'static str, [(u32, u32); 2], bool);

/// The calendars of the random plans.
const CALENDARS: [Hours; 3] = [
    ("office", [(9, 12), (13, 17)], false),
    ("shifts", [(6, 14), (14, 22)], true),
    ("night", [(0, 5), (20, 24)], false),
];

const RATES: [(&str, f64, bool); 5] = [
    ("h", 60.0, true),
    ("d", f64::NAN, true),
    ("w", 10_080.0, false),
    ("mo", MONTH * 1_440.0, false),
    ("y", 525_960.0, false),
];

fn row() -> impl Strategy<Value = Row> {
    let after = prop::collection::vec(any::<prop::sample::Index>(), 0..3);
    (0..3_000_i64, 0..3_usize, after, 0..5_usize, 0..3_u32, 0..3_u32, 0..500_i64).prop_map(
        |(minutes, calendar, after, own_rate, crew, gpu, once)| Row {
            minutes,
            calendar,
            after,
            own_rate,
            crew,
            gpu,
            once,
        },
    )
}

fn random_text(rows: &[Row]) -> String {
    let mut text = START.replace("[plan]\n", "[plan]\ncalendar = \"office\"\n");
    text += "[calendar]\n";
    for (name, [one, other], weekends) in CALENDARS {
        let days = if weekends { "Mon-Sun" } else { "Mon-Fri" };
        let hours = |(from, to): (u32, u32)| format!("{from:02}:00-{to:02}:00");
        let hours = if one.1 == other.0 {
            hours((one.0, other.1))
        } else {
            format!("{} {}", hours(one), hours(other))
        };
        writeln!(text, "{name} = {{ week = \"{days} {hours}\" }}").unwrap();
    }
    text += "[resource]\n\
             crew = { kind = \"people\", rate = { 2027-01-01 = \"60/h\", 2027-03-03 = \"90/h\" }, calendar = \"office\" }\n\
             gpu = { kind = \"compute\", rate = \"6/h\", calendar = \"always\" }\n\
             [overhead]\noffice.rate = \"10/h\"\nsite = { rate = \"100/w\", over = \"tag:site\" }\nagency = { share = \"10%\", of = \"kind:people\" }\n\
             [milestone]\n";
    for (position, row) in rows.iter().enumerate() {
        let after: Vec<String> =
            predecessors(rows, position).iter().map(|from| format!("\"m{from}\"")).collect();
        let tags = if position % 2 == 0 { ", tags = \"site\"" } else { "" };
        writeln!(
            text,
            "m{position} = {{ duration = \"{}min\", calendar = \"{}\", after = [{}], rate = \"12/{}\", \
             uses = {{ crew = {}, gpu = {} }}, cost = {}{tags} }}",
            row.minutes,
            CALENDARS[row.calendar].0,
            after.join(", "),
            RATES[row.own_rate].0,
            row.crew,
            row.gpu,
            row.once,
        )
        .unwrap();
    }
    text
}

fn predecessors(rows: &[Row], position: usize) -> Vec<usize> {
    if position == 0 {
        return Vec::new();
    }
    let mut found: Vec<usize> = rows[position].after.iter().map(|index| index.index(position)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn works(calendar: usize, at: NaiveDateTime) -> bool {
    let (_, hours, weekends) = CALENDARS[calendar];
    let is_weekday = at.weekday().num_days_from_monday() < 5;
    (weekends || is_weekday) && hours.iter().any(|&(from, to)| (from..to).contains(&at.hour()))
}

/// The money of a random plan, minute by minute; and when the last of it is done.
fn minute_by_minute(rows: &[Row]) -> (f64, NaiveDateTime) {
    let start = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap().and_time(NaiveTime::MIN);
    let minute = TimeDelta::minutes(1);
    let change = NaiveDate::from_ymd_opt(2027, 3, 3).unwrap().and_time(NaiveTime::MIN);
    let mut spans: Vec<(NaiveDateTime, NaiveDateTime)> = Vec::new();
    let (mut money, mut people) = (0.0, 0.0);
    for (position, row) in rows.iter().enumerate() {
        let from = predecessors(rows, position).iter().map(|&from| spans[from].1).max().unwrap_or(start);
        let (begin, end) = run(row, from);
        spans.push((begin, end));
        let (unit, per, is_worked) = RATES[row.own_rate];
        let (_, hours, _) = CALENDARS[row.calendar];
        let day = f64::from(hours.iter().map(|(from, to)| to - from).sum::<u32>()) * 60.0;
        let per = if unit == "d" { day } else { per };
        let mut at = begin;
        while at < end {
            if !is_worked || works(row.calendar, at) {
                money += 12.0 / per;
            }
            if works(0, at) {
                people += f64::from(row.crew) * if at < change { 1.0 } else { 1.5 };
            }
            money += f64::from(row.gpu) * 0.1;
            at += minute;
        }
        money += row.once as f64;
    }
    let last = spans.iter().map(|span| span.1).max().unwrap();
    let mut at = start;
    while at < last {
        if works(0, at) {
            money += 10.0 / 60.0;
        }
        at += minute;
    }
    let site = || spans.iter().step_by(2);
    let (first, end) = (site().map(|span| span.0).min().unwrap(), site().map(|span| span.1).max().unwrap());
    money += 100.0 * (end - first).num_minutes() as f64 / 10_080.0;
    (money + people * 1.1, last)
}

/// Start and finish of a milestone that may start from a moment on.
fn run(row: &Row, from: NaiveDateTime) -> (NaiveDateTime, NaiveDateTime) {
    let minute = TimeDelta::minutes(1);
    let mut at = from;
    if row.minutes == 0 {
        return (from, from);
    }
    while !works(row.calendar, at) {
        at += minute;
    }
    let begin = at;
    let mut left = row.minutes;
    while left > 0 {
        left -= i64::from(works(row.calendar, at));
        at += minute;
    }
    (begin, at)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_plans_cost_what_walking_through_every_minute_finds(rows in prop::collection::vec(row(), 1..6)) {
        // An event has no minute in which to see where it lies; it is left to the other tests.
        prop_assume!(rows.iter().all(|row| row.minutes > 0));
        let text = random_text(&rows);
        let (expected, last) = minute_by_minute(&rows);
        let (plan, network, _) = written(&text);
        let report = PathReport::of(&plan, &network, 0.0);
        let finish = report.milestones.iter().map(|row| row.early_finish.date.unwrap()).max().unwrap();
        prop_assert_eq!(finish.date_time(), last, "{}", text);
        let mut settings = Settings::default().iterations(64).threads(1);
        settings.keep = keep(&plan, &network);
        let samples = simulate(&plan, &network, &settings);
        let forecast = Forecast::of(&plan, &network, &samples);
        let cost = forecast.cost.unwrap();
        let found = [cost.deterministic.value, cost.lowest, cost.highest];
        for (what, found) in ["planned", "lowest", "highest"].into_iter().zip(found) {
            // Each part is kept in single precision while simulating.
            let tolerance = if what == "planned" { 1e-9 } else { 1e-6 };
            prop_assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{what}: {found}, {expected}\n{text}");
        }
    }
}

/// Work shared by capacity and availability: the span, by hand, in eight-hour days.
#[test]
fn effort_takes_as_long_as_those_who_do_it() {
    for (resource, keys, days) in [
        ("", "work.crew = \"12d\"", 12.0),
        ("capacity = 3", "work.crew = \"12d\"", 4.0),
        ("capacity = 3, availability = \"50%\"", "work.crew = \"12d\"", 8.0),
        ("capacity = 3", "work.crew = \"12d\", uses.crew = 2", 6.0),
        ("capacity = 3", "work.crew = \"12d\", uses.crew = 2, duration = \"9d\"", 9.0),
        ("capacity = { 2027-01-01 = 1, 2027-03-01 = 4 }", "work.crew = \"12d\"", 3.0),
        ("calendar = \"always\"", "work.crew = \"240h\"", 240.0 / 168.0 * 5.0),
        ("availability = \"80%\"", "work.crew = \"4..8..12d\"", 10.0),
    ] {
        let text = format!(
            "{START}[resource]\ncrew = {{ kind = \"people\", {resource} }}\n[milestone]\na = {{ {keys}, after = [] }}\n"
        )
        .replace(", }", " }");
        let (plan, _, schedule) = written(&text);
        let found = schedule.early.finish as f64 / plan[plan.calendar].day_seconds() as f64;
        assert!((found - days).abs() < 1e-4, "{resource}; {keys}: {found} d, expected {days}");
    }
}
