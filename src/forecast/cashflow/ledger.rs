//! The money of one run, told apart by cells of time: periods, cut where money is released.

use std::ops::Range;

use crate::network::{Early, Flow, Network, Paid, Values};

/// Cells of time, without gaps; the last one never ends.
pub(super) struct Ledger<'a> {
    network: &'a Network,
    /// When each cell begins, in wall seconds since the plan's anchor, ascending; all before is the first's.
    begins: Vec<i64>,
    /// The first cell of each period.
    periods: Vec<usize>,
}

impl<'a> Ledger<'a> {
    /// Periods that begin then, cut at further moments.
    pub(super) fn new(network: &'a Network, periods: Vec<i64>, cuts: impl Iterator<Item = i64>) -> Self {
        let first = periods.first().copied().unwrap_or(0);
        let mut begins = periods.clone();
        begins.extend(cuts.filter(|&cut| cut > first));
        begins.sort_unstable();
        begins.dedup();
        let cell = |begin: &i64| begins.binary_search(begin).unwrap_or_else(|next| next);
        let periods = periods.iter().map(cell).collect();
        Self { network, begins, periods }
    }

    /// What is paid in each cell of a run; beyond the last amount nothing is.
    pub(super) fn cells(&self, values: Values<'_>, early: &Early) -> Vec<f64> {
        let mut cells = Vec::new();
        self.network.flows(values, early, &mut |flow| self.add(&flow, &mut cells));
        cells
    }

    /// Adds money to the cells in which it is paid; there may be fewer of them yet.
    pub(super) fn add(&self, flow: &Flow, cells: &mut Vec<f64>) {
        match &flow.paid {
            Paid::At(wall) => add(cells, self.cell(*wall), flow.amount),
            Paid::Over(stretch) => {
                let (first, last) = (self.cell(stretch.span.0), self.cell(stretch.span.1));
                let mut before = 0.0;
                for cell in first..last {
                    let flowed = stretch.flowed(self.network, self.begins[cell + 1]);
                    add(cells, cell, flow.amount * (flowed - before));
                    before = flowed;
                }
                add(cells, last, flow.amount * (1.0 - before));
            }
        }
    }

    /// The cell of a moment.
    fn cell(&self, wall: i64) -> usize {
        self.begins.partition_point(|&begin| begin <= wall).saturating_sub(1)
    }

    /// When a cell begins, in wall seconds; beyond the last one, the end of all that is told apart.
    pub(super) fn begin(&self, cell: usize) -> i64 {
        self.begins.get(cell).or(self.begins.last()).copied().unwrap_or(0)
    }

    /// The cells of a period.
    pub(super) fn cells_of(&self, period: usize) -> Range<usize> {
        let begin = |period: usize| self.periods.get(period).copied().unwrap_or(self.begins.len());
        begin(period)..begin(period + 1)
    }

    /// The period of a cell.
    pub(super) fn period_of(&self, cell: usize) -> usize {
        self.periods.partition_point(|&first| first <= cell).saturating_sub(1)
    }
}

fn add(cells: &mut Vec<f64>, cell: usize, amount: f64) {
    if amount == 0.0 {
        return;
    }
    if cells.len() <= cell {
        cells.resize(cell + 1, 0.0);
    }
    cells[cell] += amount;
}
