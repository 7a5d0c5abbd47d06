//! What risks and repeats do to one visit over a block: factors, delays, and the seasons in which they
//! strike.
//!
//! Effects that stand together (METHOD: risks absorbed in parallel) count by the worst threat and the best
//! opportunity, all others by their product or sum. Source: Hulett, risk drivers; AACE 57R-09.

use super::program::{EffectOp, EffectsOp, NONE, Operand, Program, SeasonOp};
use super::rows::{Mask, Row, whole_span};
use crate::network::{Follows, VisitId};

/// The values of a block, and where seasonal effects strike.
#[derive(Clone, Copy)]
pub(super) struct Hits<'a, const B: usize> {
    pub(super) values: &'a [Row<f32, B>],
    pub(super) struck: &'a [Mask],
}

/// Which effects count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that ask for no season.
    AllYear,
    /// All that strike.
    Striking,
}

/// Multiplies a row of spans by a factor where it happens: [`lengthen`] for a factor that stands alone, to the
/// same bits.
#[inline(always)]
pub(super) fn stretch<const B: usize>(
    (happens, amount): (u32, u32),
    values: &[Row<f32, B>],
    spans: &mut [i32; B],
) {
    let (happens, amount) = (&values[happens as usize].0, &values[amount as usize].0);
    for i in 0..B {
        let factor = if happens[i] == 1.0 { f64::from(amount[i]) } else { 1.0 };
        spans[i] = whole_span(f64::from(spans[i]) * factor);
    }
}

/// Turns a row of base spans into spans: × share × factors + delays, in whole seconds.
#[inline(always)]
pub(super) fn lengthen<const B: usize>(
    effects: &EffectsOp,
    hits: Hits<'_, B>,
    which: Which,
    base: &[i32; B],
    spans: &mut [i32; B],
) {
    let mut seconds = [0.0_f64; B];
    for i in 0..B {
        seconds[i] = f64::from(base[i]);
    }
    scale(&mut seconds, effects.share, hits);
    multiply(&mut seconds, &effects.factors, hits, which);
    for group in &effects.delays {
        let mut delay = [0.0; B];
        together(group, 0.0, hits, which, &mut delay, |worst, best| worst + best);
        for i in 0..B {
            seconds[i] += delay[i];
        }
    }
    for i in 0..B {
        spans[i] = whole_span(seconds[i]);
    }
}

impl EffectsOp {
    /// Whether [`dearer`] changes a cost that follows this.
    #[inline(always)]
    pub(super) fn make_dearer(&self, follows: Follows) -> bool {
        (follows != Follows::Nothing && self.share != Operand::Fixed(1.0))
            || (follows == Follows::Work && !self.factors.is_empty())
            || !self.cost_factors.is_empty()
    }
}

/// Multiplies a cost by what it follows and by the factors on all money of the visit.
pub(super) fn dearer<const B: usize>(
    effects: &EffectsOp,
    hits: Hits<'_, B>,
    follows: Follows,
    amounts: &mut [f32; B],
) {
    let mut factor = [1.0_f64; B];
    if follows != Follows::Nothing {
        scale(&mut factor, effects.share, hits);
    }
    if follows == Follows::Work {
        multiply(&mut factor, &effects.factors, hits, Which::Striking);
    }
    multiply(&mut factor, &effects.cost_factors, hits, Which::Striking);
    for i in 0..B {
        amounts[i] = (f64::from(amounts[i]) * factor[i]) as f32;
    }
}

#[inline(always)]
fn scale<const B: usize>(numbers: &mut [f64; B], by: Operand, hits: Hits<'_, B>) {
    match by {
        Operand::Fixed(1.0) => {}
        Operand::Fixed(by) => numbers.iter_mut().for_each(|number| *number *= by),
        Operand::Row(row) => {
            let by = &hits.values[row as usize].0;
            for i in 0..B {
                numbers[i] *= f64::from(by[i]);
            }
        }
    }
}

/// The product of all groups of factors.
#[inline(always)]
fn multiply<const B: usize>(
    numbers: &mut [f64; B],
    groups: &[Vec<EffectOp>],
    hits: Hits<'_, B>,
    which: Which,
) {
    for group in groups {
        let mut factor = [1.0; B];
        together(group, 1.0, hits, which, &mut factor, |worst, best| worst * best);
        for i in 0..B {
            numbers[i] *= factor[i];
        }
    }
}

/// What a group comes to: the highest amount that strikes, or `nothing` if that is higher, joined with
/// the lowest one.
#[inline(always)]
fn together<const B: usize>(
    group: &[EffectOp],
    nothing: f64,
    hits: Hits<'_, B>,
    which: Which,
    sum: &mut [f64; B],
    join: impl Fn(f64, f64) -> f64,
) {
    let mut best = [nothing; B];
    *sum = [nothing; B];
    for effect in group {
        if effect.struck != NONE && which == Which::AllYear {
            continue;
        }
        let mut amount = [nothing; B];
        striking(effect, nothing, hits, &mut amount);
        for i in 0..B {
            sum[i] = if amount[i] > sum[i] { amount[i] } else { sum[i] };
            best[i] = if amount[i] < best[i] { amount[i] } else { best[i] };
        }
    }
    for i in 0..B {
        sum[i] = join(sum[i], best[i]);
    }
}

/// The amount of an effect where it strikes, elsewhere `nothing`.
#[inline(always)]
fn striking<const B: usize>(effect: &EffectOp, nothing: f64, hits: Hits<'_, B>, amount: &mut [f64; B]) {
    match effect.amount {
        Operand::Fixed(fixed) => *amount = [fixed * effect.scale; B],
        Operand::Row(row) => {
            let row = &hits.values[row as usize].0;
            for i in 0..B {
                amount[i] = f64::from(row[i]) * effect.scale;
            }
        }
    }
    match effect.happens {
        Operand::Fixed(1.0) => {}
        Operand::Fixed(_) => *amount = [nothing; B],
        Operand::Row(row) => {
            let happens = &hits.values[row as usize].0;
            for i in 0..B {
                amount[i] = if happens[i] == 1.0 { amount[i] } else { nothing };
            }
        }
    }
    if let Some(struck) = hits.struck.get(effect.struck as usize) {
        for (i, amount) in amount.iter_mut().enumerate() {
            *amount = if struck.holds(i) { *amount } else { nothing };
        }
    }
}

/// Where a visit is at work in a season.
pub(super) fn strikes<const B: usize>(
    program: &Program<'_>,
    visit: VisitId,
    season: SeasonOp,
    start: &[i32; B],
    span: &[i32; B],
) -> Mask {
    Mask::of::<B>(|i| {
        let start = i64::from(start[i].max(0));
        program.network.is_in_season(season.season, visit, start, start + i64::from(span[i]))
    })
}
