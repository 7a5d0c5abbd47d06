//! What a plan hangs on, in words: the terminal and Markdown show the same rows.

use crate::forecast::{
    Change, Difference, DriverReport, MergePoint, MilestoneIndices, Removal, Removed, ResponseValue,
    StepKind, Waterfall,
};

use super::text::words_of::delivery;
use super::words::{
    chance, count, counted, days, money, number, percent, percentile, signed_days, signed_money, stamp,
};

/// How many steps of a long path are shown at each end.
const ENDS: usize = 5;

/// A table with a title.
pub(super) struct Grid {
    /// What it shows.
    pub(super) title: String,
    /// Above its columns; the first one is empty where the title stands in its place.
    pub(super) headings: Vec<String>,
    /// How its columns keep to their edges, as [`super::table::Table`] takes it.
    pub(super) sides: &'static str,
    /// Its rows.
    pub(super) rows: Vec<Vec<Words>>,
    /// How many letters of names are shown where lines are short.
    pub(super) names: usize,
    /// How many rows are shown where there are more.
    pub(super) usual: usize,
    /// What to know when reading it; may be empty.
    pub(super) note: String,
}

/// Words in a cell.
pub(super) struct Words {
    /// The words.
    pub(super) text: String,
    /// Whether they may be chance.
    pub(super) is_noise: bool,
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self { text, is_noise: false }
    }
}

/// Every table that has rows, in the order of reading.
pub(super) fn grids(report: &DriverReport) -> Vec<Grid> {
    let grids = [
        waterfall(report),
        removals(report),
        responses(report),
        milestones(report),
        paths(report),
        merges(report),
    ];
    grids.into_iter().filter(|grid| !grid.rows.is_empty()).collect()
}

/// How often the plan is delivered, if it may fail: finishes are of those runs.
pub(super) fn delivered(report: &DriverReport) -> Option<String> {
    let if_never = "no finish hangs on anything";
    (report.delivered.share < 1.0).then(|| delivery(report.delivered, if_never))
}

/// Which figures of changes a table shows.
#[derive(Clone, Copy)]
struct Figures<'a> {
    /// Nothing moves the finish of a plan that is never delivered.
    finish: bool,
    cost: bool,
    currency: &'a str,
}

impl<'a> Figures<'a> {
    fn of(report: &'a DriverReport) -> Self {
        let currency = &report.plan.currency;
        Self { finish: report.delivered.share > 0.0, cost: report.cost.is_some(), currency }
    }

    const fn any(self) -> bool {
        self.finish || self.cost
    }

    /// The headings of finish and cost, as far as there are any.
    fn headings(self, of: &str) -> impl Iterator<Item = String> {
        let finish = self.finish.then(|| format!("finish{of}"));
        finish.into_iter().chain(self.cost.then(|| format!("cost{of}")))
    }

    /// The finish and the cost of a change, by one of its statistics.
    fn cells(self, change: &Change, of: fn(Difference) -> (f64, f64, f64)) -> impl Iterator<Item = Words> {
        let none = || Words::from("–".to_owned());
        let finish = self.finish.then(|| change.finish.map_or_else(none, |it| in_days(of(it))));
        let cost = self.cost.then(|| change.cost.map_or_else(none, |it| in_money(of(it), self.currency)));
        finish.into_iter().chain(cost)
    }
}

fn removals(report: &DriverReport) -> Grid {
    let figures = Figures::of(report);
    let p = percentile(report.confidence.value());
    let row = |removal: &Removal| {
        let mut row = vec![removal.kind.word().to_owned().into(), removal.name.clone().into()];
        row.extend(figures.cells(&removal.adds, |difference| difference.headline));
        row.extend(figures.cells(&removal.adds, |difference| difference.p50));
        row.extend(figures.cells(&removal.adds, |difference| difference.mean));
        row
    };
    let mut headings = vec![String::new(), String::new()];
    for of in [format!(", {p}"), ", P50".to_owned(), ", mean".to_owned()] {
        headings.extend(figures.headings(&of));
    }
    let tried = tried_removals(report).map_or_else(String::new, |tried| format!("; {tried}"));
    Grid {
        title: "What each adds".to_owned(),
        headings,
        sides: "<<>>>>>>",
        names: 24,
        rows: report.removals.iter().filter(|_| figures.any()).map(row).collect(),
        usual: 12,
        note: format!("each taken away in turn under the same draws; they overlap and do not add up{tried}"),
    }
}

/// Which of many things were taken away, where a plan is too large for all.
pub(super) fn tried_removals(report: &DriverReport) -> Option<String> {
    let is_milestone = |removal: &&Removal| removal.kind == Removed::Milestone;
    let milestones = report.removals.iter().filter(is_milestone).count();
    let others = report.removals.len() - milestones;
    let parts =
        [(milestones, report.not_removed, "milestone"), (others, report.others_not_removed, "other thing")];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, left_out, _)| *left_out > 0)
        .map(|(tried, left_out, what)| format!("of {} the {}", counted(tried + left_out, what), count(tried)))
        .collect();
    let of = parts.join(" and ");
    (!of.is_empty()).then(|| format!("{of} that finish and cost follow most were tried, the plan is large"))
}

fn in_days((value, low, high): (f64, f64, f64)) -> Words {
    with_half(value, (low, high), signed_days, days)
}

fn in_money((value, low, high): (f64, f64, f64), currency: &str) -> Words {
    // Cents of an interval say nothing.
    let whole = |it: f64| if it < 1.0 { it } else { it.round() };
    with_half(value, (low, high), |it| signed_money(it, currency), |it| money(whole(it), currency))
}

/// `+31.2 d ±0.9 d`; without an interval where its half shows no width. Noise where it holds zero.
fn with_half(
    value: f64,
    (low, high): (f64, f64),
    signed: impl Fn(f64) -> String,
    plain: impl Fn(f64) -> String,
) -> Words {
    let half = plain((high - low) / 2.0);
    let has_width = half.chars().any(|letter| matches!(letter, '1'..='9'));
    let text = if has_width { format!("{} ±{half}", signed(value)) } else { signed(value) };
    Words { text, is_noise: low <= 0.0 && high >= 0.0 }
}

fn responses(report: &DriverReport) -> Grid {
    // The price of a response may be all the money there is.
    let changes = report.responses.iter().map(|it| &it.changes).chain(&report.all_responses);
    let cost = changes.into_iter().any(|changes| changes.cost.is_some());
    let figures = Figures { cost, ..Figures::of(report) };
    let p = percentile(report.confidence.value());
    let cells = |name: String, state: &str, changes: &Change| {
        let mut row: Vec<Words> = vec![name.into(), state.to_owned().into()];
        row.extend(figures.cells(changes, |difference| difference.headline));
        row.extend(figures.cells(changes, |difference| difference.mean));
        row
    };
    let state = |response: &ResponseValue| if response.in_force { "in force" } else { "not in force" };
    let mut rows: Vec<Vec<Words>> =
        report.responses.iter().map(|it| cells(it.name.clone(), state(it), &it.changes)).collect();
    rows.extend(report.all_responses.iter().map(|changes| cells("all together".to_owned(), "", changes)));
    rows.retain(|_| figures.any());
    let mut headings = vec![String::new(), String::new()];
    for of in [format!(", {p}"), ", mean".to_owned()] {
        headings.extend(figures.headings(&of));
    }
    let (tried, left_out) = (report.responses.len(), report.responses_not_tried);
    let of_many = match left_out {
        0 => String::new(),
        _ => format!(
            "; of {} the {} in force or to risks that finish and cost follow most were tried, the plan is large",
            counted(tried + left_out, "response"),
            count(tried),
        ),
    };
    Grid {
        title: "What responses change".to_owned(),
        headings,
        sides: "<<>>>>",
        names: 24,
        rows,
        usual: 12,
        note: format!("with the response less without it, its price included{of_many}"),
    }
}

/// What a step of a waterfall is called.
pub(super) fn step(kind: StepKind, p: f64) -> String {
    match kind {
        StepKind::Skew => "estimates' skew".to_owned(),
        StepKind::Merging => "merging paths".to_owned(),
        StepKind::Risks => "risks".to_owned(),
        StepKind::Rework => "rework, branches, failure".to_owned(),
        StepKind::Calendars => "calendars".to_owned(),
        StepKind::Confidence => format!("confidence, mean to {}", percentile(p)),
    }
}

fn waterfall(report: &DriverReport) -> Grid {
    let p = report.confidence.value();
    let currency = &report.plan.currency;
    let figures = Figures::of(report);
    let row = |label: String, finish: Words, cost: Words| {
        let cells = figures.finish.then_some(finish).into_iter().chain(figures.cost.then_some(cost));
        [label.into()].into_iter().chain(cells).collect::<Vec<Words>>()
    };
    let none = || Words::from(String::new());
    let level = |label: String, finish: fn(&Waterfall<_>) -> _, cost: fn(&Waterfall<f64>) -> f64| {
        let finish = report.finish.as_ref().map_or_else(none, |it| stamp(finish(it)).into());
        row(label, finish, report.cost.as_ref().map_or_else(none, |it| money(cost(it), currency).into()))
    };
    let mut rows = vec![level("the plan as written".to_owned(), |it| it.written, |it| it.written)];
    for kind in StepKind::ALL {
        let finish = report.finish.as_ref().and_then(|it| amount(it, kind));
        let cost = report.cost.as_ref().and_then(|it| amount(it, kind));
        if kind == StepKind::Confidence {
            rows.push(level("mean".to_owned(), |it| it.mean, |it| it.mean));
        }
        if finish.is_some() || cost.is_some() {
            let finish = finish.map_or_else(none, in_days);
            let cost = cost.map_or_else(none, |it| in_money(it, currency));
            rows.push(row(step(kind, p), finish, cost));
        }
    }
    rows.push(level(percentile(p), |it| it.headline, |it| it.headline));
    rows.retain(|_| figures.any());
    Grid {
        title: "What the plan as written hides".to_owned(),
        headings: [String::new()].into_iter().chain(figures.headings("")).collect(),
        sides: "<>>",
        names: 24,
        rows,
        usual: 100,
        note: String::new(),
    }
}

/// A step of a waterfall with its interval, if it is there.
fn amount<T>(waterfall: &Waterfall<T>, kind: StepKind) -> Option<(f64, f64, f64)> {
    let step = waterfall.steps.iter().find(|step| step.kind == kind)?;
    let (low, high) = step.interval.unwrap_or((step.amount, step.amount));
    Some((step.amount, low, high))
}

fn milestones(report: &DriverReport) -> Grid {
    let p = percentile(report.confidence.value());
    let has_kendall = report.milestones.iter().any(|it| it.kendall.is_some());
    let mut ordered: Vec<&MilestoneIndices> = report.milestones.iter().collect();
    ordered.sort_by(|a, b| {
        let by_share = b.criticality.share.total_cmp(&a.criticality.share);
        by_share.then(b.sensitivity.total_cmp(&a.sensitivity))
    });
    let correlation = |value: Option<f64>, noise: f64| Words {
        text: value.map_or_else(|| "–".to_owned(), |value| number(value, 2)),
        is_noise: value.is_none_or(|value| value.abs() < noise),
    };
    let row = |it: &&MilestoneIndices| {
        let near = it.near_headline.map_or_else(|| "–".to_owned(), |near| percent(near.share));
        let saves = it.saves.map_or_else(|| "–".to_owned(), |saves| format!("{} d", number(saves, 2)));
        let mut row: Vec<Words> = vec![
            it.name.clone().into(),
            percent(it.criticality.share).into(),
            near.into(),
            saves.into(),
            correlation(it.cruciality, report.noise),
        ];
        row.extend(has_kendall.then(|| correlation(it.kendall, report.kendall_noise)));
        row.push(number(it.significance, 2).into());
        row.push(number(it.sensitivity, 2).into());
        row
    };
    let near = format!("near {p}");
    let kendall = has_kendall.then_some("Kendall");
    let spearman = if has_kendall { "Spearman" } else { "cruciality" };
    let headings = ["", "critical", &near, "saves", spearman];
    let headings = headings.into_iter().chain(kendall).chain(["SI", "SSI"]).map(str::to_owned);
    Grid {
        title: "How milestones matter".to_owned(),
        headings: headings.collect(),
        sides: "<>>>>>>>",
        names: if has_kendall { 19 } else { 24 },
        rows: ordered.iter().filter(|_| report.delivered.share > 0.0).map(row).collect(),
        usual: 12,
        note: format!(
            "{}: rank correlation of duration and finish, below {} chance; SI: mean of D/(D + float) × T/⟨T⟩; \
             SSI: criticality × sd(D)/sd(T); SI and sd from {}",
            if has_kendall { "Spearman, Kendall" } else { spearman },
            number(report.noise, 2),
            counted(report.opened, "iteration"),
        ),
    }
}

fn paths(report: &DriverReport) -> Grid {
    let rows = report.paths.iter().map(|path| {
        let steps: Vec<String> = path.steps.iter().map(|(key, repeat)| visit(key, *repeat)).collect();
        vec![chance(path.share).into(), shortened(&steps).join(" → ").into()]
    });
    Grid {
        title: "Paths that drive the finish".to_owned(),
        headings: vec![String::new(), String::new()],
        sides: "<~",
        names: 24,
        rows: rows.collect(),
        usual: 5,
        note: format!(
            "{} in the first {}",
            counted(report.different_paths, "different path"),
            counted(report.opened, "iteration"),
        ),
    }
}

/// `train`, and of a repeat `train, again` or `train, again (2)`.
pub(super) fn visit(key: &str, repeat: u32) -> String {
    match repeat {
        0 => key.to_owned(),
        1 => format!("{key}, again"),
        _ => format!("{key}, again ({repeat})"),
    }
}

/// The steps of a path, the middle of a long one left out.
pub(super) fn shortened(steps: &[String]) -> Vec<String> {
    if steps.len() <= 2 * ENDS + 1 {
        return steps.to_vec();
    }
    let (head, tail) = (&steps[..ENDS], &steps[steps.len() - ENDS..]);
    let left_out = format!("… {} more …", count(steps.len() - 2 * ENDS));
    head.iter().cloned().chain([left_out]).chain(tail.iter().cloned()).collect()
}

fn merges(report: &DriverReport) -> Grid {
    const NAMED: usize = 4;
    let row = |point: &MergePoint| {
        let mut drives: Vec<&(String, f64)> = point.drives.iter().collect();
        drives.sort_by(|a, b| b.1.total_cmp(&a.1));
        let named = drives.iter().take(NAMED).map(|(key, share)| format!("{key} {}", percent(*share)));
        let more = drives.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| format!("{} more", count(more)));
        let driven: Vec<String> = named.chain(more).collect();
        vec![point.name.clone().into(), days(point.delay_days).into(), driven.join(", ").into()]
    };
    Grid {
        title: "Where paths merge".to_owned(),
        headings: ["", "delay", "driven by"].map(str::to_owned).to_vec(),
        sides: "<>~",
        names: 24,
        rows: report.merges.iter().map(row).collect(),
        usual: 8,
        note: format!(
            "delay: the mean of the last arrival less the latest mean arrival, in the first {}",
            counted(report.opened, "iteration"),
        ),
    }
}
