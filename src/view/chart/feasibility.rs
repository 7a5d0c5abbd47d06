//! The table of feasibility: new or existing, unstructured or structured, and the evidence each asks for.

use crate::model::{DataKind, System};
use crate::scope::{Assessment, ScopeReport, evidence_asked_for};
use crate::view::cells::{COLUMNS, ROWS, models, others};
use crate::view::decisions::{NO_EVIDENCE, evidence_item};
use crate::view::fonts;
use crate::view::scoping::chance;

use super::canvas::{Anchor, BODY, Canvas, LABEL, MARGIN, Point, WIDTH};
use super::palette::{GREY, INK, LIMIT, Paint, RULE, SKY};
use super::scoping::runs;

/// Room for the names of the rows, in pixels.
const SIDE: f64 = 74.0;
/// Within the edge of a cell, in pixels.
const INSET: f64 = 10.0;
/// How high a line of words is, in pixels.
const LINE: f64 = 16.0;
/// Between two solutions, in pixels.
const GAP: f64 = 10.0;
/// Room for what a cell asks for.
const HEAD: f64 = 28.0;

/// Every model in its cell with its evidence, and below the table what is no model.
pub fn feasibility(report: &ScopeReport) -> String {
    let mut canvas = Canvas::default();
    let title = format!("{}: feasibility", report.plan);
    canvas.heading(&title, &format!("what speaks for each solution, and what is missing · {}", runs(report)));
    let width = (WIDTH - 2.0 * MARGIN - SIDE) / 2.0;
    let left = |column: usize| MARGIN + SIDE + width * f64::from(u8::from(column > 0));
    let mut y = 72.0;
    for (column, (_, name)) in COLUMNS.iter().enumerate() {
        canvas.text((left(column) + INSET, y), Anchor::Left, BODY, INK, name);
    }
    y += 14.0;
    for (system, name) in ROWS {
        let cells = COLUMNS.map(|(data_kind, _)| Cell::new(report, data_kind, system, width - 2.0 * INSET));
        let height = cells.iter().map(Cell::height).fold(64.0, f64::max);
        canvas.text((MARGIN, y + HEAD / 2.0), Anchor::Left, BODY, INK, name);
        for (column, cell) in cells.iter().enumerate() {
            let (corner, end) = ((left(column), y), (left(column) + width, y + height));
            canvas.block(corner, end, SKY.fade(0.06));
            canvas.frame(corner, end, RULE, 1.2);
            cell.draw(&mut canvas, (corner.0 + INSET, y));
        }
        y += height;
    }
    for it in others(report) {
        y += 22.0;
        let words =
            format!("{} needs no such evidence: it is no model; feasible {}", it.name, chance(it.p_feasible));
        canvas.name((MARGIN, y), LABEL, GREY, &words, WIDTH - 2.0 * MARGIN);
    }
    canvas.finish(y + 20.0, &title, &description(report))
}

/// Words side by side.
type Line = Vec<(String, Paint)>;

/// The solutions of one cell, their evidence in lines.
struct Cell<'a> {
    asked: String,
    solutions: Vec<(&'a Assessment, Vec<Line>)>,
    width: f64,
}

impl<'a> Cell<'a> {
    fn new(report: &'a ScopeReport, data_kind: DataKind, system: System, width: f64) -> Self {
        Self {
            asked: format!("asks for {}", evidence_asked_for(data_kind, system).join(" and ")),
            solutions: models(report, data_kind, system).map(|it| (it, lines(it, width))).collect(),
            width,
        }
    }

    fn height(&self) -> f64 {
        let solutions = self.solutions.iter().map(|(_, lines)| LINE * (lines.len() as f64 + 1.0) + GAP);
        HEAD + solutions.sum::<f64>() + 4.0
    }

    fn draw(&self, canvas: &mut Canvas, (left, top): Point) {
        canvas.text((left, top + HEAD / 2.0), Anchor::Left, LABEL, GREY, &self.asked);
        let mut y = top + HEAD + LINE / 2.0;
        for (it, lines) in &self.solutions {
            canvas.name((left, y), BODY, INK, &it.name, self.width);
            for line in lines {
                y += LINE;
                let mut x = left;
                for (words, paint) in line {
                    canvas.text((x, y), Anchor::Left, LABEL, *paint, words);
                    x += fonts::width(words, LABEL) + GAP;
                }
            }
            y += LINE + GAP;
        }
    }
}

/// How feasible a solution is and its evidence, in lines of this width.
fn lines(it: &Assessment, width: f64) -> Vec<Line> {
    let none = it.evidence.is_empty().then(|| (NO_EVIDENCE.to_owned(), GREY));
    let evidence = it.evidence.iter().map(|item| {
        let paint = if item.is_there { GREY } else { LIMIT.dark() };
        (evidence_item(item), paint)
    });
    let mut lines: Vec<Line> = vec![Vec::new()];
    let mut used = 0.0;
    let chance = (format!("feasible {}:", chance(it.p_feasible)), INK);
    for (words, paint) in [chance].into_iter().chain(none).chain(evidence) {
        let needs = fonts::width(&words, LABEL) + GAP;
        if used > 0.0 && used + needs > width + GAP {
            lines.push(Vec::new());
            used = 0.0;
        }
        used += needs;
        if let Some(line) = lines.last_mut() {
            line.push((words, paint));
        }
    }
    lines
}

fn description(report: &ScopeReport) -> String {
    let fact = |it: &Assessment| {
        let system = ROWS.iter().find(|row| row.0 == it.system).map_or("", |row| row.1);
        let data = COLUMNS.iter().find(|column| column.0 == it.data_kind).map_or("", |column| column.1);
        format!("{} ({system}, {data}): {}", it.key, crate::view::decisions::evidence(it))
    };
    let facts: Vec<String> = report.solutions.iter().map(fact).collect();
    format!("Evidence on every solution. {}.", facts.join("; "))
}
