//! One iteration in words: the terminal and Markdown show the same rows.

use crate::forecast::{DrawUnit, Rank, Replay, ReplayDraw, ReplayRisk, ReplayVisit};

use super::driving::{Grid, Words, visit};
use super::words::{count, counted, days, long_stamp, money, number, percentile, stamp};

/// `iteration 4,711 of 10,000, seed 1`.
pub(super) fn which(replay: &Replay) -> String {
    format!("iteration {} of {}, seed {}", count(replay.number), count(replay.iterations), replay.seed)
}

/// Every table that has rows, in the order of reading.
pub(super) fn grids(replay: &Replay) -> Vec<Grid> {
    let grids = [headline(replay), happened(replay), visits(replay), draws(replay), spent(replay)];
    grids.into_iter().filter(|grid| !grid.rows.is_empty()).collect()
}

/// The steps of the driving path.
pub(super) fn path(replay: &Replay) -> Vec<String> {
    replay.path.iter().map(|(key, repeat)| visit(key, *repeat)).collect()
}

/// `P80, rank 8,000 of 10,000`.
fn place(Rank { rank, of }: Rank) -> String {
    let p = percentile((rank as f64 / of.max(1) as f64 * 1e3).round() / 1e3);
    format!("{p}, rank {} of {}", count(rank), count(of))
}

fn cells<const N: usize>(words: [String; N]) -> Vec<Words> {
    words.map(Words::from).into()
}

fn headline(replay: &Replay) -> Grid {
    let currency = &replay.plan.currency;
    let mut rows = Vec::new();
    match &replay.failure {
        Some(failure) => {
            rows.push(cells(["fails".to_owned(), long_stamp(failure.at), format!("at {}", failure.name)]));
        }
        None => {
            let place = replay.finish_rank.map(place).unwrap_or_default();
            rows.push(cells(["finish".to_owned(), long_stamp(replay.finish), place]));
        }
    }
    rows.extend(
        replay.cost.map(|(cost, rank)| cells(["cost".to_owned(), money(cost, currency), place(rank)])),
    );
    Grid {
        title: String::new(),
        headings: Vec::new(),
        sides: "<<~",
        names: 30,
        rows,
        usual: 3,
        note: String::new(),
    }
}

/// Risks, outcomes and rework, one a row.
fn happened(replay: &Replay) -> Grid {
    let currency = &replay.plan.currency;
    let risk = |risk: &ReplayRisk| {
        let mut what: Vec<String> = risk.draws.iter().map(|draw| drawn(draw, currency)).collect();
        let struck: Vec<String> = risk.strikes.iter().map(|(key, repeat)| visit(key, *repeat)).collect();
        if !struck.is_empty() {
            what.push(format!("strikes {}", struck.join(", ")));
        }
        cells(["risk".to_owned(), risk.name.clone(), what.join(", ")])
    };
    let mut rows: Vec<Vec<Words>> = replay.risks.iter().map(risk).collect();
    rows.extend(
        replay
            .outcomes
            .iter()
            .map(|(_, name, outcome)| cells(["outcome".to_owned(), name.clone(), outcome.clone()])),
    );
    rows.extend(
        replay.rework.iter().map(|(_, name, repeats)| {
            cells(["rework".to_owned(), name.clone(), counted(*repeats, "repeat")])
        }),
    );
    Grid {
        title: "What happened".to_owned(),
        headings: vec![String::new(); 3],
        sides: "<<~",
        names: 24,
        rows,
        usual: 20,
        note: String::new(),
    }
}

fn visits(replay: &Replay) -> Grid {
    let currency = &replay.plan.currency;
    let has_cost = replay.cost.is_some();
    let row = |it: &ReplayVisit| {
        let mark = if it.critical { "●" } else { " " };
        let name = visit(&it.name, it.repeat);
        let mut row =
            cells([format!("{mark} {name}"), stamp(it.start), stamp(it.finish), days(it.span_days)]);
        row.extend(has_cost.then(|| money(it.cost, currency).into()));
        row
    };
    let cost = has_cost.then_some("cost");
    let headings = ["", "start", "finish", "span"].into_iter().chain(cost);
    Grid {
        title: "What was done".to_owned(),
        headings: headings.map(str::to_owned).collect(),
        sides: "<>>>>",
        names: 32,
        rows: replay.visits.iter().map(row).collect(),
        usual: 30,
        note: "● drives the finish".to_owned(),
    }
}

/// `duration 15.2 d (P63)`.
fn drawn(draw: &ReplayDraw, currency: &str) -> String {
    let value = match draw.unit {
        DrawUnit::Days => days(draw.value),
        DrawUnit::Money => money(draw.value, currency),
        DrawUnit::Number => number(draw.value, if draw.value.abs() < 999.5 { 2 } else { 0 }),
    };
    format!("{} {value} ({})", draw.label, percentile((draw.percentile * 100.0).round() / 100.0))
}

/// The draws behind everything that was done, then those that all share.
fn draws(replay: &Replay) -> Grid {
    let currency = &replay.plan.currency;
    let all = |draws: &[ReplayDraw]| {
        draws.iter().map(|draw| drawn(draw, currency)).collect::<Vec<String>>().join(", ")
    };
    let with_draws = replay.visits.iter().filter(|it| !it.draws.is_empty());
    let mut rows: Vec<Vec<Words>> =
        with_draws.map(|it| cells([visit(&it.name, it.repeat), all(&it.draws)])).collect();
    if !replay.shared.is_empty() {
        rows.push(cells(["resources, overheads".to_owned(), all(&replay.shared)]));
    }
    Grid {
        title: "What was drawn".to_owned(),
        headings: vec![String::new(); 2],
        sides: "<~",
        names: 30,
        rows,
        usual: 30,
        note: "P63: 63 % of draws are no larger".to_owned(),
    }
}

fn spent(replay: &Replay) -> Grid {
    let row = |kind: &'static str| {
        move |(name, amount): &(String, f64)| {
            let name = if name == "-" { "outside of all stages".to_owned() } else { name.clone() };
            cells([kind.to_owned(), name, money(*amount, &replay.plan.currency)])
        }
    };
    let categories = replay.categories.iter().map(row("category"));
    Grid {
        title: "Where the money went".to_owned(),
        headings: vec![String::new(); 3],
        sides: "<<>",
        names: 30,
        rows: categories.chain(replay.stages.iter().map(row("stage"))).collect(),
        usual: 30,
        note: String::new(),
    }
}
