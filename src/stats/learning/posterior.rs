//! What a history says of the curve behind it.
//!
//! In each cell of the grid – a shape of [`Shape`] and an asymptotic share ρ – the curve is
//! `e₁ m(x)` with one unknown size `e₁`, so that size and noise have a closed-form posterior:
//!
//! ```text
//!   A = Σ w m²   B = Σ w m e   C = Σ w e²   ê = B/A   RSS = C − B²/A
//!   ηₙ = η min(1, 11/(n−1))   aₙ = a₀ + ηₙ(n−1)/2   bₙ = a₀((c ē)² + s²) + ηₙ RSS/2
//!   log W = log prior − (ηₙ/2) ln A − aₙ ln bₙ
//!   e₁ ~ Student t(2aₙ, ê, √(bₙ/(aₙ ηₙ A)))
//! ```
//!
//! This is the likelihood under a flat prior on `e₁`, raised to the power η (a coarsened posterior,
//! Miller & Dunson 2019), times an inverse gamma prior on the variance of the noise.

use crate::stats::Level;
use crate::stats::special::{GammaLaw, normal_quantile};

use super::mixture::{Component, StudentTable, quantiles};
use super::{Curve, Family, History, Shape};

/// η: how much of the likelihood is believed.
const COARSENING: f64 = 0.6;
/// How many points count at most, beyond the first.
const MOST_INFORMATION: f64 = 11.0;
/// a₀ of the inverse gamma prior on the variance.
const PRIOR_SHAPE: f64 = 1.5;
/// c: the noise expected beforehand, as a share of the mean gap.
pub(super) const NOISE: f64 = 0.05;
/// The values of ρ.
const FLOORS: usize = 25;
/// Cells that weigh less than this are left out of quantiles.
const NEGLIGIBLE: f64 = 1e-10;
/// The share of projects whose progress ends for reasons that no curve shows.
pub const USUAL_STALL: f64 = 0.05;

/// What is known beside the history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// An asymptote that is unlikely to be passed, like human performance.
    pub floor: Option<Floor>,
    /// A gap that can't be passed, like label noise.
    pub hard_floor: Option<f64>,
    /// The chance that progress ends now for reasons no curve shows, 0 to 1.
    pub stall: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { floor: None, hard_floor: None, stall: USUAL_STALL }
    }
}

/// A gap below which an asymptote is unlikely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// The gap, > 0.
    pub gap: f64,
    /// How far below asymptotes may lie, as a standard deviation of the logarithm.
    pub spread: f64,
}

impl Floor {
    /// The gap that humans have on the data the model sees, or on other data, which says little.
    pub const fn human(gap: f64, on_same_data: bool) -> Self {
        Self { gap, spread: if on_same_data { 0.5 } else { 0.9 } }
    }
}

/// The hard floor leaves no curve possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingPossible;

/// One shape and asymptote, and what the history says of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The shape.
    pub shape: Shape,
    /// The share ρ of the first gap that stays for ever.
    pub floor: f64,
    /// The posterior probability of this cell.
    pub weight: f64,
    /// The likeliest first gap ê.
    pub first: f64,
    /// A: how strongly the history pins the first gap down.
    information: f64,
    /// bₙ of the variance.
    variance_scale: f64,
}

/// What a history says of the curve behind it.
#[derive(Clone, Debug)]
pub struct Posterior {
    cells: Vec<Cell>,
    /// The sums of the cells' weights up to each.
    cumulative: Vec<f64>,
    student: StudentTable,
    variance: GammaLaw,
    coarsening: f64,
    begin: f64,
    now: f64,
    span: f64,
    stall: f64,
}

impl Posterior {
    /// What this history says.
    ///
    /// # Errors
    /// If the hard floor excludes every curve.
    pub fn of(history: &History, options: &Options) -> Result<Self, NothingPossible> {
        let others = (history.points().len() - 1) as f64;
        let coarsening = COARSENING * (MOST_INFORMATION / others).min(1.0);
        let shape = PRIOR_SHAPE + coarsening * others / 2.0;
        let prior_noise = NOISE * history.mean_gap();
        let prior_scale = PRIOR_SHAPE * (prior_noise * prior_noise + history.sampling_variance());

        let (begin, now) = (history.first(), history.now());
        let weights = history.weights();
        let sum_of_squares: f64 =
            history.points().iter().zip(&weights).map(|(point, weight)| weight * point.gap * point.gap).sum();
        let mut cells = Vec::with_capacity(88 * FLOORS);
        for (curve, prior) in Shape::grid() {
            let left: Vec<f64> = history
                .points()
                .iter()
                .map(|point| curve.left((point.effort - begin) / (now - begin)))
                .collect();
            for step in 0..FLOORS {
                let floor = (step as f64 + 0.5) / FLOORS as f64;
                let (mut a, mut b) = (0.0, 0.0);
                for ((point, weight), left) in history.points().iter().zip(&weights).zip(&left) {
                    let m = floor + (1.0 - floor) * left;
                    a += weight * m * m;
                    b += weight * m * point.gap;
                }
                let first = b / a;
                let residue = (sum_of_squares - b * first).max(0.0);
                let scale = prior_scale + coarsening * residue / 2.0;
                let log_weight = libm::log(prior / FLOORS as f64)
                    - coarsening / 2.0 * libm::log(a)
                    - shape * libm::log(scale)
                    + log_belief(floor * first, options);
                cells.push(Cell {
                    shape: curve,
                    floor,
                    weight: log_weight,
                    first,
                    information: a,
                    variance_scale: scale,
                });
            }
        }
        let cumulative = normalise(&mut cells).ok_or(NothingPossible)?;
        Ok(Self {
            cells,
            cumulative,
            student: StudentTable::new(2.0 * shape),
            variance: GammaLaw::new(shape),
            coarsening,
            begin,
            now,
            span: history.span(),
            stall: options.stall,
        })
    }

    /// The probability that the curve's gap at this effort is at most `gap`; of a project that goes on.
    pub fn p_curve(&self, effort: f64, gap: f64) -> f64 {
        let time = self.time(effort);
        self.below(gap, |shape| shape.left(time))
    }

    /// The same of a project that may stall: the share that does stays where it is.
    pub fn p_target(&self, effort: f64, gap: f64) -> f64 {
        self.p_target_from(self.p_curve(self.now, gap), effort, gap)
    }

    /// The same, where it is known what [`Self::p_curve`] gives for the same gap today.
    pub fn p_target_from(&self, p_now: f64, effort: f64, gap: f64) -> f64 {
        if effort < self.now {
            return self.p_curve(effort, gap);
        }
        if effort == self.now {
            return p_now;
        }
        (1.0 - self.stall) * self.p_curve(effort, gap) + self.stall * p_now
    }

    /// The probability that the gap is ever at most `gap`, whatever the effort.
    ///
    /// Nothing to decide on: a slow power law gets anywhere.
    pub fn p_ever(&self, gap: f64) -> f64 {
        self.below(gap, |_| 0.0)
    }

    /// The gaps at this effort that the curve stays below with these probabilities.
    pub fn gap_quantiles<const N: usize>(&self, effort: f64, probabilities: [f64; N]) -> [f64; N] {
        let components: Vec<_> = self.components(effort, 1.0).collect();
        quantiles(&self.student, &components, probabilities)
    }

    /// The gaps that a project which may stall gets to by this effort with these probabilities: the
    /// quantiles of [`Self::p_target`].
    pub fn reachable_gaps<const N: usize>(&self, effort: f64, probabilities: [f64; N]) -> [f64; N] {
        let going = self.components(effort, 1.0 - self.stall);
        let stalled = self.components(effort.min(self.now), self.stall);
        let components: Vec<_> = going.chain(stalled).collect();
        quantiles(&self.student, &components, probabilities)
    }

    /// The gap at this effort as a mixture, with this weight in all; without what weighs next to nothing.
    fn components(&self, effort: f64, weight: f64) -> impl Iterator<Item = Component> {
        let time = self.time(effort);
        let kept = self.by_shape(move |shape| shape.left(time)).filter(|(cell, _)| cell.weight > NEGLIGIBLE);
        kept.map(move |(cell, share)| Component {
            weight: weight * cell.weight,
            location: cell.first * share,
            scale: self.spread(cell) * share,
        })
    }

    /// The curve at these uniform numbers (0 < u < 1): of the cell, the noise, the size, the stall.
    pub fn draw(&self, [cell, noise, size, stall]: [f64; 4]) -> Curve {
        let index = self.cumulative.partition_point(|&sum| sum < cell).min(self.cells.len() - 1);
        let cell = &self.cells[index];
        let variance = cell.variance_scale / self.variance.quantile(Level::with_below(noise));
        let spread = libm::sqrt(variance / (self.coarsening * cell.information));
        Curve {
            shape: cell.shape,
            floor: cell.floor,
            first: (cell.first + spread * normal_quantile(size)).max(1e-6 * self.span),
            noise: libm::sqrt(variance),
            begin: self.begin,
            unit: self.now - self.begin,
            now: self.now,
            is_stalled: stall < self.stall,
        }
    }

    /// The effort so far.
    pub const fn now(&self) -> f64 {
        self.now
    }

    /// The chance that progress ends now.
    pub const fn stall(&self) -> f64 {
        self.stall
    }

    /// The cells of the grid: shapes outside, asymptotes inside.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// How probable each family is, in the order of [`Family::ALL`].
    pub fn families(&self) -> [f64; 3] {
        Family::ALL.map(|family| {
            self.cells.iter().filter(|cell| cell.shape.family() == family).map(|cell| cell.weight).sum()
        })
    }

    /// The mean share of the first gap that stays for ever.
    pub fn mean_floor(&self) -> f64 {
        self.cells.iter().map(|cell| cell.weight * cell.floor).sum()
    }

    fn time(&self, effort: f64) -> f64 {
        ((effort - self.begin) / (self.now - self.begin)).max(0.0)
    }

    /// The probability that the gap is at most `gap` where this much of what can be closed is left.
    fn below(&self, gap: f64, left: impl Fn(Shape) -> f64) -> f64 {
        let parts = self.by_shape(left).map(|(cell, share)| {
            cell.weight * self.student.cdf((gap / share - cell.first) / self.spread(cell))
        });
        parts.sum::<f64>().clamp(0.0, 1.0)
    }

    /// All cells with the share of the first gap that is left in each; what is left to gain is asked once a shape.
    fn by_shape(&self, left: impl Fn(Shape) -> f64) -> impl Iterator<Item = (&Cell, f64)> {
        self.cells.chunks(FLOORS).flat_map(move |cells| {
            let left = left(cells[0].shape);
            cells.iter().map(move |cell| (cell, cell.share(left)))
        })
    }

    /// The scale of the first gap's distribution in a cell.
    fn spread(&self, cell: &Cell) -> f64 {
        libm::sqrt(cell.variance_scale / (self.variance.shape() * self.coarsening * cell.information))
    }
}

impl Cell {
    /// The gap as a share of the first, where so much is left to gain.
    fn share(&self, left: f64) -> f64 {
        self.floor + (1.0 - self.floor) * left
    }
}

/// The logarithm of how believable an asymptotic gap is, but for a constant.
fn log_belief(asymptote: f64, options: &Options) -> f64 {
    if options.hard_floor.is_some_and(|hard| asymptote < hard) {
        return f64::NEG_INFINITY;
    }
    options.floor.map_or(0.0, |floor| {
        let z = (libm::log(floor.gap) - libm::log(asymptote)).max(0.0) / floor.spread;
        -0.5 * z * z
    })
}

/// Turns logarithms of weights into probabilities, and gives their running sums; nothing if all are 0.
fn normalise(cells: &mut [Cell]) -> Option<Vec<f64>> {
    let largest = cells.iter().map(|cell| cell.weight).fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return None;
    }
    let total: f64 = cells.iter().map(|cell| libm::exp(cell.weight - largest)).sum();
    let mut sum = 0.0;
    let mut cumulative = Vec::with_capacity(cells.len());
    for cell in cells {
        cell.weight = libm::exp(cell.weight - largest) / total;
        sum += cell.weight;
        cumulative.push(sum);
    }
    Some(cumulative)
}
