//! What risks and repeats do to a visit's span and money, compiled.

use crate::network::{Effect, Effects, Quantity, Together, Visit, VisitId};

use super::compile::Compiler;
use super::{NONE, Operand};

/// What multiplies and lengthens a visit.
#[derive(Clone, Debug)]
pub(in crate::simulate) struct EffectsOp {
    /// How much of the original a repeat takes.
    pub(in crate::simulate) share: Operand,
    pub(in crate::simulate) factors: Vec<Vec<EffectOp>>,
    pub(in crate::simulate) delays: Vec<Vec<EffectOp>>,
    pub(in crate::simulate) cost_factors: Vec<Vec<EffectOp>>,
    /// The mask row of bit 0 of [`crate::network::Placed::struck`].
    pub(in crate::simulate) struck: u32,
    /// The seasons that some of them, or money of risks, look at.
    pub(in crate::simulate) seasons: Vec<SeasonOp>,
}

impl EffectsOp {
    /// The value rows of a factor, whether it happens and how much, if there is nothing else to the span.
    #[inline(always)]
    pub(in crate::simulate) fn lone_factor(&self) -> Option<(u32, u32)> {
        let [factors] = &self.factors[..] else { return None };
        let [EffectOp { happens: Operand::Row(happens), amount: Operand::Row(amount), struck: NONE, .. }] =
            factors[..]
        else {
            return None;
        };
        let is_alone = self.delays.is_empty() && self.seasons.is_empty() && self.share == Operand::Fixed(1.0);
        is_alone.then_some((happens, amount))
    }
}

/// One effect of one risk.
#[derive(Clone, Copy, Debug)]
pub(in crate::simulate) struct EffectOp {
    pub(in crate::simulate) happens: Operand,
    pub(in crate::simulate) amount: Operand,
    pub(in crate::simulate) scale: f64,
    /// The mask row that says where it finds the visit at work, or [`NONE`].
    pub(in crate::simulate) struck: u32,
}

/// A season, and the mask row that says whether the visit is at work in it.
#[derive(Clone, Copy, Debug)]
pub(in crate::simulate) struct SeasonOp {
    pub(in crate::simulate) season: u32,
    pub(in crate::simulate) struck: u32,
}

impl Compiler<'_> {
    /// Adds the effects on a visit; [`NONE`] where there are none.
    pub(super) fn effects(&mut self, id: VisitId) -> u32 {
        let visit = &self.network[id];
        let Effects { factors, delays, cost_factors, seasons } = &visit.effects;
        let is_untouched = factors.is_empty() && delays.is_empty() && cost_factors.is_empty();
        if visit.share.is_none() && is_untouched && seasons.is_empty() {
            return NONE;
        }
        let first = self.program.struck_rows as u32;
        self.program.struck_rows += seasons.len();
        let seasons = (first..).zip(seasons).map(|(struck, &season)| SeasonOp { season, struck }).collect();
        let groups = |groups: &[Together]| -> Vec<Vec<EffectOp>> {
            groups.iter().map(|group| group.0.iter().map(|one| self.effect(one, first)).collect()).collect()
        };
        let compiled = EffectsOp {
            share: visit.share.map_or(Operand::Fixed(1.0), |share| self.operand(share)),
            factors: groups(factors),
            delays: groups(delays),
            cost_factors: groups(cost_factors),
            struck: first,
            seasons,
        };
        self.program.effects.push(compiled);
        self.program.effects.len() as u32 - 1
    }

    fn effect(&self, effect: &Effect, first: u32) -> EffectOp {
        EffectOp {
            happens: self.operand(effect.happens),
            amount: self.operand(effect.amount),
            scale: effect.scale,
            struck: effect.season.map_or(NONE, |seasonal| first + seasonal.bit),
        }
    }
}

fn effects(visit: &Visit) -> impl Iterator<Item = &Effect> {
    let Effects { factors, delays, cost_factors, .. } = &visit.effects;
    factors.iter().chain(delays).chain(cost_factors).flat_map(|group| &group.0)
}

/// The variables that effects on a visit ask for.
pub(super) fn effect_quantities(visit: &Visit) -> impl Iterator<Item = Quantity> + '_ {
    effects(visit).flat_map(|effect| [effect.happens, effect.amount])
}
