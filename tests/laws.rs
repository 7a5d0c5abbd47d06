//! What holds for every plan, tried on random plan files with all kinds of links, lags, two
//! calendars, money and stages, over the whole way from the text to the answer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use plan::forecast::{Forecast, MilestoneForecast, PathReport, keep};
use plan::format::{Request, read};
use plan::model::Plan;
use plan::network::Network;
use plan::simulate::{Samples, Settings, Tuning, simulate};
use plan::text::{Colour, Source, Sources};
use plan::view::json;
use proptest::prelude::*;
use proptest::sample::Index;

const ITERATIONS: u64 = 300;

/// One milestone of a random plan.
#[derive(Clone, Debug)]
struct Row {
    /// Lowest duration, how much more the likeliest and the highest are; days.
    days: (u32, u32, u32),
    links: Vec<(Index, usize)>,
    is_on_site: bool,
    keys: usize,
}

/// What may follow a predecessor's name so that a longer duration is never a shorter plan.
const FORWARD: [&str; 8] = ["", " FS", " FS+2d", " FS-1d", " FS+1..2..5d", " SS+1d", " SS+50%", " FS+12eh"];

/// All that may follow.
const ANY: [&str; 15] = [
    "",
    " FS",
    " FS+2d",
    " FS-1d",
    " FS+1..2..5d",
    " SS+1d",
    " SS+50%",
    " FS+12eh",
    " FF",
    " FF+1d",
    " FF-3d",
    " SF",
    " SF+2d",
    " SS-2d",
    " FF+30%",
];

/// What else a milestone may have.
const KEYS: [&str; 7] = [
    "",
    ", cost = \"1k..2k..5k\"",
    ", rate = \"2..3..7/h\", category = \"compute\"",
    ", uses.crew = 2",
    ", work.crew = \"2..3..9d\"",
    ", cost = 100, stage = \"late\"",
    ", uses.gpu = \"1..2..4\", stage = \"late\"",
];

const REST: &str = "
[calendar]
office = { week = \"Mon-Fri 09:00-12:00 13:00-17:00\", holidays = [2027-03-05] }
site = { week = [\"Mon-Fri 07:00-12:00 12:30-16:30\", \"Sat 07:00-12:00\"] }
[stage]
late = { rate = \"10/d\" }
[resource]
crew = { kind = \"people\", capacity = 3, rate = { 2027-01-01 = \"50..60..90/h\", 2027-03-10 = \"70/h\" } }
gpu = { kind = \"compute\", rate = \"3/h\", calendar = \"always\" }
[overhead]
office.rate = \"1k..2k..3k/mo\"
agency = { share = \"10..15..30%\", of = \"kind:people\" }
";

fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let links = prop::collection::vec((any::<Index>(), 0..1_000_usize), 0..3);
    let row = ((0..9_u32, 0..9_u32, 0..20_u32), links, prop::bool::weighted(0.2), 0..KEYS.len())
        .prop_map(|(days, links, is_on_site, keys)| Row { days, links, is_on_site, keys });
    prop::collection::vec(row, 1..most)
}

/// A link as `after` writes it: from whom, and what follows the name.
fn links<'a>(rows: &[Row], position: usize, endings: &[&'a str]) -> Vec<(usize, &'a str)> {
    let links = rows[position].links.iter().filter(|_| position > 0);
    let mut found: Vec<_> =
        links.map(|(from, ending)| (from.index(position), endings[ending % endings.len()])).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A milestone in a line, without its links.
fn inner(row: &Row, factor: f64) -> String {
    let low = f64::from(row.days.0) * factor;
    let likely = low + f64::from(row.days.1) * factor;
    let high = likely + f64::from(row.days.2) * factor;
    let duration = if low == high { format!("{low}d") } else { format!("{low}..{likely}..{high}d") };
    let calendar = if row.is_on_site { ", calendar = \"site\"" } else { "" };
    format!("duration = \"{duration}\"{calendar}{}", KEYS[row.keys])
}

/// The lines of a plan's milestones, the durations of one of them multiplied.
fn lines(rows: &[Row], endings: &[&str], (longer, factor): (usize, f64)) -> Vec<String> {
    let line = |(position, row): (usize, &Row)| {
        let after = links(rows, position, endings);
        let after: Vec<_> = after.into_iter().map(|(from, ending)| format!("\"m{from}{ending}\"")).collect();
        let factor = if position == longer { factor } else { 1.0 };
        format!("m{position} = {{ {}, after = [{}] }}\n", inner(row, factor), after.join(", "))
    };
    rows.iter().enumerate().map(line).collect()
}

fn document(lines: &[String]) -> String {
    format!("[plan]\nstart = 2027-03-01\ncalendar = \"office\"\n[milestone]\n{}{REST}", lines.concat())
}

/// A plan and its answer.
struct Answer {
    plan: Plan,
    network: Network,
    samples: Samples,
    forecast: Forecast,
}

fn answer(text: &str, settings: Settings) -> Answer {
    answer_of(text, None, settings)
}

fn answer_of(text: &str, scenario: Option<&str>, mut settings: Settings) -> Answer {
    let mut sources = Sources::new();
    let id = sources.add(Source::new("law.toml", text).unwrap());
    let request = Request { scenario, ..Request::plain(id) };
    let (plan, _) = read(&sources, &request)
        .into_plan()
        .unwrap_or_else(|report| panic!("{}\n{text}", report.draw(&sources, Colour::Plain)));
    let network = Network::of(&plan).unwrap();
    settings.keep = keep(&plan, &network);
    let samples = simulate(&plan, &network, &settings);
    let forecast = Forecast::of(&plan, &network, &samples);
    Answer { plan, network, samples, forecast }
}

fn usual() -> Settings {
    Settings::default().iterations(ITERATIONS).seed(11).threads(1)
}

/// What no other milestone may change about one: when it starts and finishes, in numbers of which every bit counts.
fn dates(milestone: &MilestoneForecast) -> String {
    let MilestoneForecast {
        key,
        planned_start,
        planned_finish,
        start_mean,
        finish_mean,
        finish_sd_days,
        finish,
        ..
    } = milestone;
    format!(
        "{key} {planned_start:?} {planned_finish:?} {start_mean:?} {finish_mean:?} {finish_sd_days} {finish:?}"
    )
}

/// All their dates, by key.
fn all_dates(forecast: &Forecast) -> Vec<String> {
    let mut all: Vec<String> = forecast.milestones.iter().map(dates).collect();
    all.sort();
    all
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 2e-6 * one.abs().max(other.abs()).max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_longer_duration_never_finishes_earlier(
        rows in rows(9), at in any::<Index>(), factor in prop::sample::select(vec![1.25, 1.5, 2.0, 3.0]),
    ) {
        let at = at.index(rows.len());
        let [short, long] = [1.0, factor].map(|factor| answer(&document(&lines(&rows, &FORWARD, (at, factor))), usual()));
        for (one, other) in short.forecast.finish.percentiles.iter().zip(&long.forecast.finish.percentiles) {
            // A second is what rounding may move.
            prop_assert!(one.at.days <= other.at.days + 1.5 / 25_200.0, "P{}: {:?}, {:?}", one.p, one.at, other.at);
        }
        for milestone in &short.forecast.milestones {
            let longer = long.forecast.milestones.iter().find(|other| other.key == milestone.key).unwrap();
            prop_assert!(milestone.planned_finish.days <= longer.planned_finish.days);
            prop_assert!(milestone.finish_mean.days <= longer.finish_mean.days + 1.5 / 25_200.0);
        }
    }

    #[test]
    fn an_unrelated_milestone_leaves_the_others_as_they_are(rows in rows(9), at in any::<Index>(), new in rows(2)) {
        let mut lines = lines(&rows, &ANY, (0, 1.0));
        let without = answer(&document(&lines), usual());
        lines.insert(at.index(lines.len() + 1), format!("new = {{ {}, after = [] }}\n", inner(&new[0], 1.0)));
        let text = document(&lines);
        let with = answer(&text, usual());
        let others = all_dates(&with.forecast).into_iter().filter(|line| !line.starts_with("new ")).collect::<Vec<_>>();
        prop_assert_eq!(all_dates(&without.forecast), others);
        // A scenario that removes it is the plan without it.
        let removed = answer_of(&format!("{text}[scenario.lean]\nmilestone.new = false\n"), Some("lean"), usual());
        prop_assert_eq!(all_dates(&removed.forecast), all_dates(&without.forecast));
        prop_assert_eq!(&removed.forecast.finish.percentiles, &without.forecast.finish.percentiles);
        let [found, expected] = [&removed, &without].map(|it| it.forecast.cost.as_ref().map_or(0.0, |cost| cost.mean));
        prop_assert!(close(found, expected), "{found}, {expected}\n{text}");
    }

    #[test]
    fn the_order_of_the_file_changes_no_date(rows in rows(9), seed in any::<u64>()) {
        let lines = lines(&rows, &ANY, (0, 1.0));
        let mut shuffled: Vec<_> = lines.clone();
        shuffled.sort_by_key(|line| line.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)));
        let (one, other) = (answer(&document(&lines), usual()), answer(&document(&shuffled), usual()));
        prop_assert_eq!(all_dates(&one.forecast), all_dates(&other.forecast));
        prop_assert_eq!(&one.forecast.finish, &other.forecast.finish);
        let criticality = |answer: &Answer| {
            let mut all: Vec<_> = answer.forecast.milestones.iter().map(|it| (it.key.clone(), it.criticality, it.saves)).collect();
            all.sort_by(|one, other| one.0.cmp(&other.0));
            all
        };
        prop_assert_eq!(criticality(&one), criticality(&other));
        let costs = [&one, &other].map(|it| it.forecast.cost.as_ref().unwrap().clone());
        prop_assert!(close(costs[0].mean, costs[1].mean) && close(costs[0].deterministic.value, costs[1].deterministic.value));
    }

    #[test]
    fn before_is_after_written_at_the_other_end(rows in rows(9)) {
        let mut before = vec![Vec::new(); rows.len()];
        for position in 0..rows.len() {
            for (from, ending) in links(&rows, position, &ANY) {
                before[from].push(format!("\"m{position}{ending}\""));
            }
        }
        let line = |(position, row): (usize, &Row)| {
            format!("m{position} = {{ {}, before = [{}] }}\n", inner(row, 1.0), before[position].join(", "))
        };
        let turned: Vec<String> = rows.iter().enumerate().map(line).collect();
        let (one, other) = (answer(&document(&lines(&rows, &ANY, (0, 1.0))), usual()), answer(&document(&turned), usual()));
        prop_assert_eq!(json::simulation(&one.forecast), json::simulation(&other.forecast));
    }

    #[test]
    fn threads_blocks_and_processors_change_no_byte(rows in rows(12), seed in any::<u64>()) {
        let text = document(&lines(&rows, &ANY, (0, 1.0)));
        let base = Settings::default().iterations(700).seed(seed).threads(1);
        let expected = json::simulation(&answer(&text, base.clone()).forecast);
        for settings in [
            base.clone().threads(2),
            base.clone().threads(7),
            Settings { tuning: Tuning { block: Some(64), plain_processor: false }, ..base.clone().threads(2) },
            Settings { tuning: Tuning { block: Some(256), plain_processor: true }, ..base.clone() },
        ] {
            let what = format!("{settings:?}");
            prop_assert_eq!(&json::simulation(&answer(&text, settings).forecast), &expected, "{}", what);
        }
    }

    #[test]
    fn every_answer_is_sound(rows in rows(12)) {
        let text = document(&lines(&rows, &ANY, (0, 1.0)));
        let Answer { plan, network, samples, forecast } = answer(&text, usual());
        let finish = &forecast.finish;
        prop_assert!(finish.percentiles.windows(2).all(|pair| pair[0].at.days <= pair[1].at.days));
        prop_assert!((0.0..=1.0).contains(&finish.deterministic.chance.share));
        prop_assert!((finish.bins.iter().map(|bin| bin.share).sum::<f64>() - 1.0).abs() < 1e-9);
        // Someone finishes last.
        prop_assert!(forecast.milestones.iter().any(|milestone| milestone.criticality > 0.0));
        let cost = forecast.cost.as_ref().unwrap();
        prop_assert!(cost.percentiles.windows(2).all(|pair| pair[0].value <= pair[1].value));
        for parts in [&cost.categories, &cost.stages] {
            let mean: f64 = parts.iter().map(|part| part.mean).sum();
            let planned: f64 = parts.iter().map(|part| part.deterministic).sum();
            prop_assert!(close(mean, cost.mean), "parts add up to {mean}, not {}\n{text}", cost.mean);
            prop_assert!(close(planned, cost.deterministic.value), "{planned}, {}\n{text}", cost.deterministic.value);
        }
        prop_assert_eq!(samples.finish.len() as u64, ITERATIONS);

        let path = PathReport::of(&plan, &network, 5.0);
        prop_assert!(!path.critical_paths.is_empty());
        for row in &path.milestones {
            // Nothing has a cap here. Free float counts what moves others, total float what moves the finish.
            prop_assert!(row.total_float_days >= 0.0 && row.free_float_days >= 0.0, "{row:?}\n{text}");
            prop_assert!(row.free_float_days <= row.total_float_days, "{row:?}\n{text}");
            prop_assert!(row.early_start.days <= row.early_finish.days, "{row:?}");
            prop_assert!(row.early_finish.days <= row.late_finish.days, "{row:?}");
            prop_assert!(row.drag_days.is_none_or(|drag| drag <= path.finish.days), "{row:?}");
        }
    }
}

/// As written, this takes no time and so costs nothing; drawn, it does.
#[test]
fn money_outside_of_all_stages_shows_even_if_none_was_planned() {
    let row = Row { days: (0, 0, 1), links: Vec::new(), is_on_site: false, keys: 2 };
    let text = document(&lines(&[row], &ANY, (0, 1.0)));
    let cost = answer(&text, usual()).forecast.cost.unwrap();
    assert!(cost.mean > 1.0);
    assert!(close(cost.stages.iter().map(|part| part.mean).sum(), cost.mean), "{:?}", cost.stages);
}
