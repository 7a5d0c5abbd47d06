//! What people read: the headline, the critical path and the comparison, on terminals of all widths.

use crate::answers::{comparison, drivers, forecast, forecast_in_days, path, replay};
use plan::forecast::{DriverReport, Event, EventKind, Proportion};
use plan::view::text::{self, Screen};
use plan::view::{Palette, chart, markdown};
use unicode_width::UnicodeWidthStr;

fn screen(width: usize) -> Screen {
    Screen { width, ..Screen::default() }
}

#[test]
fn the_headline_says_when_how_much_and_how_sure() {
    let text = text::forecast(&forecast(), &screen(100));
    for line in [
        "Product recommender · 5 milestones · 10,000 iterations, seed 1",
        "  P50          Tue 13 Jul 2027   (12–15 Jul)      €248k   (€247–249k)",
        "  P80          Fri 27 Aug 2027   (26–31 Aug)      €291k   (€289–293k)",
        "  P95          Mon 18 Oct 2027   (14–22 Oct)      €352k   (€348–357k)",
        "  as written   Wed 2 Jun 2027    6 % (5–7 %)      €221k   14 % (13–15 %)",
        "  target       Thu 30 Sep 2027   88 % (87–89 %)   €400k   98 % (97–99 %)",
        "  both         date and budget   88 % (87–88 %)",
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line}\n{text}");
    }
    assert!(text.contains("too close to call with 10,000 iterations"), "{text}");
    assert!(text.contains("simulation error only: the error of the inputs is larger"), "{text}");
}

#[test]
fn the_headline_fits_one_screen_of_any_width() {
    for width in [80, 100, 120, 200] {
        let text = text::forecast(&forecast(), &screen(width));
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= width, "{widest} letters on a terminal of {width}:\n{text}");
        assert!(text.lines().count() <= 50, "{text}");
    }
}

#[test]
fn a_plan_without_dates_is_told_in_working_days() {
    let text = text::forecast(&forecast_in_days(), &screen(100));
    assert!(text.contains("finish, in working days"), "{text}");
    assert!(text.contains("  P80          162.9 d"), "{text}");
    assert!(!text.contains("2027") && !text.contains('€'), "{text}");
}

#[test]
fn many_milestones_are_cut_to_the_most_critical() {
    let mut forecast = forecast();
    let template = forecast.milestones[0].clone();
    for index in 0..200 {
        let mut it = template.clone();
        it.name = format!("step {index}");
        it.criticality = 0.001;
        forecast.milestones.insert(0, it);
    }
    let text = text::forecast(&forecast, &screen(100));
    assert!(text.contains("… and 195 more (--all)"), "{text}");
    assert!(text.contains("Train the model"), "{text}");
    let all = text::forecast(&forecast, &Screen { all: true, ..screen(100) });
    assert!(!all.contains("--all") && all.contains("step 199"), "{all}");
}

#[test]
fn colours_change_nothing_but_escape_codes() {
    let plain = text::forecast(&forecast(), &screen(100));
    let coloured = text::forecast(&forecast(), &Screen { palette: Palette::TERMINAL, ..screen(100) });
    assert!(!plain.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn the_path_shows_dates_floats_and_the_chain() {
    let text = text::path(&path(), &screen(100));
    assert!(text.contains("    design → build → launch\n"), "{text}");
    assert!(
        text.contains("● DESIGN       15.0 d   1 Mar 2027   19 Mar 2027  0.0 d  12.5 d  after design"),
        "{text}"
    );
    let wide = text::path(&path(), &screen(160));
    assert!(wide.contains("late finish") && wide.contains("free float"), "{wide}");
}

#[test]
fn a_comparison_sets_columns_side_by_side_and_below_one_another_where_they_do_not_fit() {
    let wide = text::comparison(&comparison(), &screen(160));
    assert!(
        wide.lines().any(|line| line.contains("base") && line.contains("lean") && line.contains("audited")),
        "{wide}"
    );
    assert!(wide.contains("+14.8 d (+14.4 to +15.2 d)"), "{wide}");
    assert!(wide.contains("−€37.2k"), "{wide}");
    let narrow = text::comparison(&comparison(), &screen(80));
    assert!(narrow.lines().all(|line| line.width() <= 80 || line.contains('·')), "{narrow}");
    assert!(narrow.contains("One engineer, no second source"), "{narrow}");
    assert!(narrow.contains("resource.engineer.capacity = 1"), "{narrow}");
    let best = "as long as a day of delay costs less than €2,520 (€2,400–2,650)";
    assert!(narrow.contains(best) && narrow.contains("behind base"), "{narrow}");
}

#[test]
fn the_report_for_a_pull_request_is_tables() {
    let text = markdown::forecast(&forecast());
    assert!(text.starts_with("## Product recommender\n"), "{text}");
    assert!(text.contains("| P80 | 27 Aug 2027 (26–31 Aug) | €291k (€289–293k) |"), "{text}");
    assert!(text.contains("| both | ❌ not met |"), "{text}");
    let tables = text.lines().filter(|line| line.starts_with('|'));
    assert!(tables.clone().count() > 10 && tables.clone().all(|line| line.ends_with('|')), "{text}");
    assert!(markdown::comparison(&comparison()).contains("+14.8 d (+14.4 to +15.2 d)"));
}

#[test]
fn what_a_plan_hangs_on_fits_a_terminal_of_any_width() {
    for width in [80, 100, 160] {
        for text in [text::drivers(&drivers(), &screen(width)), text::replay(&replay(), &screen(width))] {
            let widest = text.lines().skip(1).map(UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= width, "{widest} letters on a terminal of {width}:\n{text}");
        }
    }
}

#[test]
fn each_thing_taken_away_stands_with_its_interval() {
    let text = text::drivers(&drivers(), &screen(80));
    for words in [
        "+31.2 d ±0.90 d",
        "+€12.3k ±€900",
        "merging paths",
        "+4.0 d ±0.30 d",
        "confidence, mean to P80",
        "of 4 milestones the 1 and of 10 other",
        "of 5 responses the 1",
        "delivered in 64 %",
        "dates are of those",
        "in force",
        "a 20 %, b 20 %, c 20 %, d 20 %, 2 more",
        "7 different paths in the first 2,048 iterations",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let coloured = text::drivers(&drivers(), &Screen { palette: Palette::TERMINAL, ..screen(80) });
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), text);
    assert!(coloured.contains("\u{1b}[2m0.00"), "what may be chance is faint: {coloured}");
}

#[test]
fn what_was_seen_is_said_to_be_of_the_runs_that_deliver() {
    let event = |kind| Event {
        kind,
        key: "c".into(),
        name: "C".into(),
        probability: None,
        seen: Some(0.37),
        ends: None,
    };
    let mut forecast = forecast();
    forecast.events = vec![event(EventKind::Rework), event(EventKind::Branch)];
    for (share, words) in [(1.0, ""), (0.64, " where delivered")] {
        forecast.delivered = Proportion { share, low: share, high: share };
        for text in [text::forecast(&forecast, &screen(120)), markdown::forecast(&forecast)] {
            for before in ["sends work back, 0.37 times on average", "comes about"] {
                assert!(text.contains(&format!("{before}{words}")), "{text}");
                assert_eq!(text.contains(" where delivered"), share < 1.0, "{text}");
            }
        }
    }
}

#[test]
fn of_a_plan_that_is_never_delivered_no_finish_is_taken_apart() {
    let never = Proportion { share: 0.0, low: 0.0, high: 0.0 };
    let nothing = DriverReport { delivered: never, finish: None, cost: None, paths: Vec::new(), ..drivers() };
    let without_cost = DriverReport { responses: Vec::new(), merges: Vec::new(), ..nothing };
    let with_cost = DriverReport { cost: drivers().cost, ..without_cost.clone() };
    for (report, has_cost) in [(without_cost, false), (with_cost, true)] {
        for text in [text::drivers(&report, &screen(120)), markdown::drivers(&report)] {
            assert!(text.contains("delivered in none of all runs: no finish hangs on anything"), "{text}");
            assert!(!text.contains("–") && !text.contains("finish, P80"), "{text}");
            assert_eq!(text.contains("What each adds"), has_cost, "{text}");
        }
        for picture in [chart::waterfall(&report), chart::tornado(&report)] {
            assert!(picture.contains("delivered in 0 %; no finish hangs on anything"), "{picture}");
        }
    }
}

#[test]
fn an_iteration_tells_what_was_drawn_and_what_happened() {
    let text = text::replay(&replay(), &screen(120));
    for words in [
        "iteration 4,711 of 10,000, seed 1",
        "Fri 27 Aug 2027",
        "P80, rank 8,000 of 10,000",
        "P71.2, rank 7,123 of 10,000",
        "train → evaluate → train, again",
        "● Train the model, again",
        "duration 15.2 d (P63)",
        "delay 6.5 d (P63), strikes label, train, again",
        "1 repeat",
        "outside of all stages",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let mut failed = replay();
    failed.failure = Some(plan::forecast::ReplayFailure {
        key: "launch".into(),
        name: "Launch".into(),
        at: failed.finish,
    });
    assert!(text::replay(&failed, &screen(100)).contains("at Launch"));
}

#[test]
fn what_a_plan_hangs_on_is_tables_in_a_pull_request() {
    for text in [markdown::drivers(&drivers()), markdown::replay(&replay())] {
        assert!(text.starts_with("## Product recommender\n"), "{text}");
        let tables = text.lines().filter(|line| line.starts_with('|'));
        assert!(tables.clone().count() > 10 && tables.clone().all(|line| line.ends_with('|')), "{text}");
    }
}
