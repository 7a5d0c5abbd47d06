//! One plan, one answer: what is said of its finish is the same in headline, targets and
//! expectations, whatever calendars its milestones run in.

mod support;

use std::process::Command;

use plan::forecast::{BurnKind, Burndown, Forecast, PathReport, VerdictValue, keep};
use plan::model::MilestoneId;
use plan::network::{Costs, Network, Values};
use plan::simulate::{Settings, simulate};
use support::read;

/// Two milestones, one after the other: first in one calendar, then in several.
const CHAINS: [(&str, &str); 5] = [
    ("the plan's calendar", "a.duration = \"8..10..12d\"\nb = { duration = \"2..4..6d\", after = \"a\" }"),
    ("elapsed time", "a.duration = \"8..10..12ed\"\nb = { duration = \"2..4..6ed\", after = \"a\" }"),
    (
        "another calendar",
        "a = { duration = \"8..10..12d\", calendar = \"site\" }\n\
         b = { duration = \"2..4..6d\", calendar = \"site\", after = \"a\" }",
    ),
    (
        "both calendars",
        "a = { duration = \"8..10..12d\", calendar = \"site\" }\n\
         b = { duration = \"2..4..6d\", after = \"a\" }",
    ),
    ("an elapsed lag", "a.duration = \"8..10..12d\"\nb = { duration = \"2..4..6d\", after = \"a FS+3ed\" }"),
];

fn forecast(chain: &str) -> Forecast {
    let text = format!(
        "[plan]\nstart = 2027-01-11\ncalendar = \"standard\"\ndeadline = 2027-01-28\n\
         [calendar]\nsite.week = \"Mon-Sat 07:00-12:00\"\n[milestone]\n{chain}\n\
         [expect]\n\
         plan = \"P80(finish) <= 2027-01-28\"\nlast = \"P80(b.finish) <= 2027-01-28\"\n\
         span = \"P80(finish) <= 12d\"\nchance = \"P(finish <= deadline) >= 50%\"\n"
    );
    let plan = read(&text);
    let network = Network::of(&plan).unwrap();
    let settings = Settings { iterations: 4_000, keep: keep(&plan, &network), ..Settings::default() };
    Forecast::of(&plan, &network, &simulate(&plan, &network, &settings))
}

#[test]
fn expectations_speak_of_the_dates_that_the_headline_shows() {
    for (name, chain) in CHAINS {
        let forecast = forecast(chain);
        let headline = forecast.finish.percentiles.iter().find(|listed| listed.p == 0.8).unwrap().at;
        for verdict in &forecast.expectations {
            match verdict.value {
                VerdictValue::Days(days, _, _) => {
                    assert!((days - headline.days).abs() < 1e-9, "{name}, {}: {days}", verdict.key);
                }
                VerdictValue::Time(at, _, _) => {
                    assert_eq!(at.date, headline.date, "{name}, {}", verdict.key);
                }
                VerdictValue::Chance(chance) => {
                    assert_eq!(chance, forecast.targets[0].chance, "{name}, {}", verdict.key);
                }
                VerdictValue::Money(..) | VerdictValue::Never => {
                    unreachable!("nothing here costs anything, and everything is seen")
                }
            }
        }
    }
}

#[test]
fn a_chain_in_one_calendar_has_no_merge_bias() {
    for (name, chain) in &CHAINS[..3] {
        let bias = forecast(chain).merge_bias.unwrap();
        // The interval spans twice 1.96 standard errors of the mean.
        let standard_error = (bias.high - bias.low) / (2.0 * 1.96);
        assert!(bias.days.abs() < 4.0 * standard_error, "{name}: {bias:?}");
    }
}

/// Iterations and repeats included: what the forecast shows as written is the critical path's and the costs'.
#[test]
fn the_plan_as_written_is_the_same_in_the_path_and_the_forecast() {
    for name in ["ecommerce", "mlops", "llm-finetune", "cv-labelling"] {
        let text =
            std::fs::read_to_string(format!("{}/plans/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let plan = read(&text);
        let network = Network::of(&plan).unwrap();
        let settings = Settings { iterations: 64, keep: keep(&plan, &network), ..Settings::default() };
        let forecast = Forecast::of(&plan, &network, &simulate(&plan, &network, &settings));
        let path = PathReport::of(&plan, &network, 5.0);
        assert_eq!(path.milestones.len(), forecast.milestones.len());
        for (row, milestone) in path.milestones.iter().zip(&forecast.milestones) {
            assert_eq!(row.early_start, milestone.planned_start, "{name}: {}", row.key);
            assert_eq!(row.early_finish, milestone.planned_finish, "{name}: {}", row.key);
        }
        let early = network.schedule().early;
        let costs = Costs::of(&network, Values(&network.planned()), &early);
        let beside: f64 = costs.risks.iter().chain(&costs.hammocks).chain(&costs.surcharges).sum();
        let written: f64 = forecast.milestones.iter().map(|milestone| milestone.planned_cost).sum();
        let whole = forecast.cost.as_ref().unwrap().deterministic.value;
        assert!((written + beside - whole).abs() < 1e-9 * whole, "{name}: {written} and {beside} of {whole}");
    }
}

#[test]
fn the_engine_and_its_naive_twin_agree_on_every_plan() {
    let plans = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/plans")).unwrap();
    for plan in
        plans.map(|entry| entry.unwrap().path()).filter(|path| path.extension() == Some("toml".as_ref()))
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
        let output = command.args(["check", "--self-test"]).arg(&plan).output().unwrap();
        assert!(output.status.success(), "{}: {}", plan.display(), String::from_utf8_lossy(&output.stdout));
    }
}

/// Half of the runs cost 90, the others 120; a third of it is paid when the plan is long done.
#[test]
fn money_paid_after_the_end_runs_out_as_often_as_the_budget_is_broken() {
    let plan = read(
        "[plan]\nstart = 2027-01-04\nbudget = 100\n[milestone]\n\
         a = { duration = \"5d\", cost = 60, pay = { start = \"50%\", \"finish+60ed\" = \"50%\" } }\n\
         b = { after = \"a\", duration = \"5d\", cost = { discrete = [[30, 0.5], [60, 0.5]] } }\n",
    );
    let network = Network::of(&plan).unwrap();
    let settings = Settings { iterations: 1_000, keep: keep(&plan, &network), ..Settings::default() };
    let samples = simulate(&plan, &network, &settings);
    let broken = samples.cost.iter().filter(|&&cost| cost > 100.0).count() as f64 / 1_000.0;
    let burndowns = Burndown::of(&plan, &network, &settings, &samples);
    let money = burndowns.iter().find(|burndown| burndown.kind == BurnKind::Money).unwrap();
    assert_eq!(money.runs_out, Some(broken));
    assert_eq!(money.run_out_median, None, "that is after the picture ends");
    assert!((0.4..0.6).contains(&broken));
}

/// A mean of dates is taken in the calendar in which they are shown: 3 days, or 8 days of which ten are holidays.
#[test]
fn a_milestone_in_another_calendar_has_the_mean_of_its_dates() {
    let plan = read(
        "[plan]\nstart = 2027-01-04\ncalendar = \"office\"\n[calendar]\noffice = {}\n\
         site = { week = \"Mon-Fri 09:00-17:00\", holidays = [\"2027-01-11..2027-01-22\"] }\n[milestone]\n\
         a = { after = [], calendar = \"site\", duration = { discrete = [[\"3d\", 0.5], [\"8d\", 0.5]] } }\n\
         b = { after = \"a\", calendar = \"site\", duration = \"1d\", only_if = \"a.finish > 2027-01-08\" }\n",
    );
    let network = Network::of(&plan).unwrap();
    let settings = Settings { iterations: 1_000, keep: keep(&plan, &network), ..Settings::default() };
    let samples = simulate(&plan, &network, &settings);
    let forecast = Forecast::of(&plan, &network, &samples);
    let late = samples.counted(network.visit_of[MilestoneId::new(1)]) as f64 / 1_000.0;
    let [a, b] = &forecast.milestones[..] else { unreachable!("there are two milestones") };
    assert!((a.finish_mean.days - (3.0 * (1.0 - late) + 18.0 * late)).abs() < 1e-3, "{:?}", a.finish_mean);
    assert!((b.start_mean.days - 18.0).abs() < 1e-3, "{:?}", b.start_mean);
    assert!((b.finish_mean.days - 19.0).abs() < 1e-3, "{:?}", b.finish_mean);
}
