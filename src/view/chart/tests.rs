//! What holds for every picture: it is well-formed, says what it shows, and no label is cut or
//! covered by another.

use std::sync::OnceLock;

use resvg::usvg::{Group, Node, Tree};

use super::sample::{self, Dates};
use super::scoping::tests::{Sample, samples};
use super::{
    budget, burndown, comparison, differences, extrapolation, feasibility, finish, joint, net_drivers, npv,
    portfolio, process, sample_drivers, timeline, tornado, tradeoff, value_effort, waterfall,
};
use crate::forecast::{BurnKind, Comparison, DriverReport, Forecast};
use crate::scope::{ValueMap, ValueOf};
use crate::units::{Instant, SECONDS_PER_DAY};
use crate::view::png;

/// A text as a renderer lays it out in the embedded font: left, top, right, bottom, and itself.
type TextBox = ((f32, f32, f32, f32), String);

fn text_boxes(tree: &Tree) -> Vec<TextBox> {
    fn walk(group: &Group, found: &mut Vec<TextBox>) {
        for node in group.children() {
            match node {
                Node::Group(group) => walk(group, found),
                Node::Text(text) => {
                    let drawn = text.flattened().abs_bounding_box();
                    let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    found.push(((drawn.left(), drawn.top(), drawn.right(), drawn.bottom()), words));
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(tree.root(), &mut found);
    found
}

/// Every picture of a forecast.
fn pictures_of(forecast: &Forecast) -> Vec<(&'static str, String)> {
    let today = forecast.plan.start.map(|start| start.plus(30 * SECONDS_PER_DAY));
    let mut pictures = vec![
        ("timeline", timeline(forecast, today)),
        ("finish", finish(forecast)),
        ("budget", budget(forecast)),
    ];
    pictures.extend(joint(forecast).map(|picture| ("joint", picture)));
    pictures
}

/// Both pictures of what a plan hangs on.
fn pictures_of_drivers(report: &DriverReport) -> Vec<(&'static str, String)> {
    vec![("tornado", tornado(report)), ("waterfall", waterfall(report))]
}

/// Every picture of scoping.
fn pictures_of_scope(sample: &Sample) -> Vec<(&'static str, String)> {
    let report = &sample.report;
    let map = |of| value_effort(report, &ValueMap::of(report, of));
    let mut pictures = vec![
        ("value-effort", map(ValueOf::AllRuns)),
        ("value-launched", map(ValueOf::Launched)),
        ("npv", npv(report)),
        ("feasibility", feasibility(report)),
        ("process", process(report)),
    ];
    pictures.extend(portfolio(report).map(|picture| ("portfolio", picture)));
    pictures.extend(report.solutions.first().map(|it| ("net-drivers", net_drivers(report, it))));
    pictures.extend(sample.histories.first().map(|it| ("history", extrapolation(it, &it.fan()))));
    pictures
}

/// A gallery of ordinary and of extreme answers, made once for all tests.
fn gallery() -> &'static [(String, String)] {
    static GALLERY: OnceLock<Vec<(String, String)>> = OnceLock::new();
    GALLERY.get_or_init(draw_gallery)
}

fn draw_gallery() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut add = |name: &str, pictures: Vec<(&'static str, String)>| {
        all.extend(pictures.into_iter().map(|(kind, svg)| (format!("{kind}-{name}"), svg)));
    };
    for (word, dates) in [("dated", Dates::Yes), ("days", Dates::No)] {
        for milestones in [0, 1, 5, 30, 60, 200, 300] {
            add(&format!("{milestones}-{word}"), pictures_of(&sample::forecast(milestones, dates)));
        }
        add(&format!("certain-{word}"), pictures_of(&sample::certain(dates)));
        for (kind, unit) in [(BurnKind::Work, "work"), (BurnKind::Money, "money")] {
            let mut remaining = sample::burndown(kind, dates);
            add(&format!("{unit}-{word}"), vec![("burndown", burndown(&remaining))]);
            for share in [0.36, 1.0] {
                let failing = sample::failing_burndown(kind, share, dates);
                add(&format!("{unit}-failing-{share}-{word}"), vec![("burndown", burndown(&failing))]);
            }
            remaining.points.clear();
            add(&format!("{unit}-empty-{word}"), vec![("burndown", burndown(&remaining))]);
        }
        for removals in [0, 1, 5, 9, 100] {
            let report = sample_drivers::drivers(removals, dates);
            add(&format!("{removals}-{word}"), pictures_of_drivers(&report));
        }
        for columns in [0, 1, 2, 6, 9] {
            let compared = sample::comparison(columns, dates);
            add(&format!("{columns}-{word}"), pictures_of_comparison(&compared));
        }
    }
    for (name, forecast) in extremes() {
        add(name, pictures_of(&forecast));
    }
    for (name, report) in extreme_drivers() {
        add(name, pictures_of_drivers(&report));
    }
    add("mixed", pictures_of_comparison(&mixed()));
    for sample in samples() {
        add(&sample.name, pictures_of_scope(sample));
    }
    all
}

fn pictures_of_comparison(compared: &Comparison) -> Vec<(&'static str, String)> {
    let mut pictures = vec![("comparison", comparison(compared))];
    pictures.extend(tradeoff(compared).map(|it| ("tradeoff", it)));
    pictures.extend(differences(compared).map(|it| ("differences", it)));
    pictures
}

fn extremes() -> Vec<(&'static str, Forecast)> {
    let ordinary = || sample::forecast(5, Dates::Yes);
    let mut far = ordinary();
    far.plan.deadline = Some(sample::stamp(4_000.0, Dates::Yes));
    far.plan.budget = Some(9e9);
    far.milestones[1].deadline = far.plan.deadline;
    let mut early = ordinary();
    early.plan.deadline = Some(sample::stamp(0.5, Dates::Yes));
    early.plan.budget = Some(1.0);
    let mut free = ordinary();
    free.cost = None;
    (free.plan.deadline, free.plan.budget) = (None, None);
    free.targets.clear();
    let mut failing = ordinary();
    failing.delivered.share = 0.73;
    failing.plan.scenario = Some("lean".to_owned());
    failing.plan.currency = "CHF".to_owned();
    failing.plan.name = "名前 & <Имя> \u{7} ".repeat(12);
    let mut long = ordinary();
    long.finish = sample::time(26_000.0, 3_000.0, Dates::Yes);
    long.plan.deadline = None;
    let mut short = ordinary();
    short.finish = sample::time(0.4, 0.05, Dates::Yes);
    short.milestones.clear();
    short.plan.deadline = None;
    let mut tight = ordinary();
    tight.cost = Some(sample::cost(1_000_000.0, 20.0));
    tight.plan.budget = Some(1_000_030.0);
    let mut sure = sample::certain(Dates::Yes);
    (sure.plan.deadline, sure.plan.budget) = (None, None);
    sure.milestones.truncate(1);
    sure.milestones[0].planned_start = sure.milestones[0].planned_finish;
    sure.milestones[0].start_mean = sure.milestones[0].planned_finish;
    let mut over = sample::certain(Dates::Yes);
    over.plan.deadline = Some(sample::stamp(55.0, Dates::Yes));
    over.plan.budget = Some(290_000.0);
    vec![
        ("far", far),
        ("early", early),
        ("free", free),
        ("failing", failing),
        ("long", long),
        ("short", short),
        ("tight", tight),
        ("over", over),
        ("sure", sure),
    ]
}

fn extreme_drivers() -> Vec<(&'static str, DriverReport)> {
    let ordinary = || sample_drivers::drivers(9, Dates::Yes);
    let mut failing = ordinary();
    failing.finish = None;
    failing.removals.iter_mut().for_each(|removal| removal.adds.finish = None);
    let mut free = ordinary();
    free.cost = None;
    free.removals.iter_mut().for_each(|removal| removal.adds.cost = None);
    free.plan.scenario = Some("lean".to_owned());
    let mut nothing = ordinary();
    nothing.finish = Some(sample_drivers::finish(&[0.0; 6], Dates::Yes));
    nothing.cost = Some(sample_drivers::cost(&[0.0; 4]));
    nothing.removals.clear();
    let mut tiny = ordinary();
    tiny.finish = Some(sample_drivers::finish(&[0.01, 0.0, 0.02, 0.0, -0.01, 0.03], Dates::Yes));
    tiny.plan.currency = "CHF".to_owned();
    tiny.plan.name = "名前 & <Имя> ".repeat(12);
    let mut huge = ordinary();
    huge.finish = Some(sample_drivers::finish(&[900.0, 4_000.0, 20.0, 3_000.0, 0.5, 9_000.0], Dates::Yes));
    huge.cost = Some(sample_drivers::cost(&[9e9, 4e8, -1e9, 3e9]));
    vec![
        ("drivers-failing", failing),
        ("drivers-free", free),
        ("drivers-nothing", nothing),
        ("drivers-tiny", tiny),
        ("drivers-huge", huge),
    ]
}

#[test]
fn the_curve_of_the_finish_ends_at_the_share_that_is_delivered() {
    // How far the curve climbs, in pixels.
    let climb = |delivered: f64| {
        let mut forecast = sample::forecast(5, Dates::Yes);
        forecast.delivered.share = delivered;
        let svg = finish(&forecast);
        let lines = svg.split("<polyline").filter(|line| line.contains("#0072B2"));
        let points = lines.filter_map(|line| line.split("points=\"").nth(1)?.split('"').next());
        let curve = points.max_by_key(|points| points.len()).unwrap();
        let height = |point: &str| point.split(',').nth(1).unwrap().parse::<f64>().unwrap();
        let mut heights = curve.split_whitespace().map(height);
        heights.next().unwrap() - heights.next_back().unwrap()
    };
    assert!((climb(0.64) / climb(1.0) - 0.64).abs() < 0.01, "{} of {}", climb(0.64), climb(1.0));
    assert!(climb(0.0).abs() < 0.01);
}

/// One plan with dates and one without, in two currencies.
fn mixed() -> Comparison {
    let mut compared = sample::comparison(2, Dates::Yes);
    compared.columns[1].forecast = sample::forecast(5, Dates::No);
    compared.columns[1].forecast.plan.currency = "USD".to_owned();
    compared.tradeoff = None;
    compared
}

#[test]
fn no_label_is_cut_or_covers_another() {
    let mut faults = Vec::new();
    for (name, svg) in gallery() {
        let tree = png::tree(svg).unwrap();
        let (width, height) = (tree.size().width(), tree.size().height());
        let boxes = text_boxes(&tree);
        for (position, ((left, top, right, bottom), words)) in boxes.iter().enumerate() {
            let inside = *left >= 2.0 && *top >= 2.0 && *right <= width - 2.0 && *bottom <= height - 2.0;
            if !inside {
                faults.push(format!("{name}: `{words}` leaves the picture: {left} {top} {right} {bottom}"));
            }
            for ((l, t, r, b), other) in &boxes[position + 1..] {
                let apart = right <= l || r <= left || bottom <= t || b <= top;
                if !apart {
                    faults.push(format!("{name}: `{words}` and `{other}` overlap"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_picture_has_a_title_and_a_description() {
    for (name, svg) in gallery() {
        let document =
            resvg::usvg::roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{name}: {error}"));
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"), "{name}");
        for tag in ["title", "desc"] {
            let text = root.children().find(|child| child.has_tag_name(tag)).and_then(|child| child.text());
            assert!(text.is_some_and(|text| text.len() > 5), "{name}: {tag}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
    }
}

#[test]
fn the_same_answer_gives_the_same_bytes() {
    assert!(gallery() == draw_gallery());
}

#[test]
fn names_are_text_and_never_markup() {
    let mut forecast = sample::forecast(5, Dates::Yes);
    forecast.milestones[0].name = "<script>\"&'".to_owned();
    let words: Vec<String> = text_boxes(&png::tree(&timeline(&forecast, None)).unwrap())
        .into_iter()
        .map(|(_, words)| words)
        .collect();
    assert!(words.contains(&forecast.milestones[0].name), "{words:?}");
}

#[test]
fn a_cut_name_is_shown_whole_to_a_pointer() {
    let forecast = sample::forecast(30, Dates::Yes);
    let svg = timeline(&forecast, None);
    let name = &forecast.milestones[7].name;
    assert!(svg.contains(&format!("<title>{name}</title>")));
}

#[test]
fn iterations_and_checks_are_told_beside_bars() {
    let svg = timeline(&sample::forecast(5, Dates::Yes), None);
    assert!(svg.contains(">2–8 iterations · passes 65 %</text>") && svg.contains("improves, in P10 to P90"));
}

#[test]
fn runs_that_fail_have_a_band_of_their_own() {
    let some = burndown(&sample::failing_burndown(BurnKind::Work, 0.36, Dates::Yes));
    assert!(some.contains("runs that fail (36 %)") && some.contains("delivered runs"));
    let all = burndown(&sample::failing_burndown(BurnKind::Work, 1.0, Dates::Yes));
    assert!(all.contains("runs that fail (100 %)") && !all.contains("delivered runs"));
    assert!(!burndown(&sample::burndown(BurnKind::Work, Dates::Yes)).contains("fail"));
}

#[test]
fn today_is_drawn_only_if_asked_for() {
    let forecast = sample::forecast(5, Dates::Yes);
    let today = Instant::midnight(chrono::NaiveDate::from_ymd_opt(2027, 2, 1).unwrap());
    assert!(timeline(&forecast, Some(today)).contains("today 1 Feb 2027"));
    assert!(!timeline(&forecast, None).contains("today"));
}

#[test]
fn many_sets_make_no_large_picture() {
    let sample = samples().iter().find(|it| it.name == "12-ordinary").unwrap();
    assert_eq!(sample.report.portfolio.choices.len(), 4_096);
    let svg = portfolio(&sample.report).unwrap();
    let circles = svg.matches("<circle").count();
    assert!((500..2_000).contains(&circles) && svg.len() < 300_000, "{circles} circles, {} bytes", svg.len());
}

#[test]
fn a_single_solution_has_nothing_to_combine() {
    let sample = &samples()[0];
    assert_eq!((sample.report.solutions.len(), portfolio(&sample.report)), (1, None));
}

/// Writes the gallery as files to look at: `PLAN_GALLERY=DIR cargo test --lib chart::tests::gallery`.
#[test]
fn gallery_can_be_looked_at() {
    let Ok(folder) = std::env::var("PLAN_GALLERY") else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for (name, svg) in gallery() {
        std::fs::write(format!("{folder}/{name}.png"), png::png(svg, 1.25).unwrap()).unwrap();
        std::fs::write(format!("{folder}/{name}.svg"), svg).unwrap();
    }
}
