//! What risks do to a visit: factors on its span and work, delays, factors on its money.

use super::{Quantity, Values, Visit, VisitId, whole_seconds};
use crate::model::{Season, StageId};

/// All that risks do to one visit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Multiply span and work: the product over all groups.
    pub factors: Vec<Together>,
    /// Seconds of the visit's timeline, added after all factors: the sum over all groups.
    pub delays: Vec<Together>,
    /// Multiply all that the visit costs: the product over all groups.
    pub cost_factors: Vec<Together>,
    /// The seasons that anything on this visit looks at, indices of [`super::Network::seasons`]: bit b of
    /// [`super::Placed::struck`] speaks of the b-th. At most [`Effects::MOST_SEASONS`].
    pub seasons: Vec<u32>,
}

/// Effects that are absorbed together: the worst threat and the best opportunity count. An effect
/// that stands alone is a group of one.
///
/// Of factors that is `max(1, every f) × min(1, every f)`, of delays `max(0, every d) + min(0, every d)`,
/// over those that strike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Together(pub Vec<Effect>);

/// One effect of one risk on one visit.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// 1 where the risk happens, else 0.
    pub happens: Quantity,
    /// The factor, or the delay in seconds before `scale`.
    pub amount: Quantity,
    /// Multiplies a delay (a day of the plan's calendar is not a day of every calendar); 1 for factors.
    pub scale: f64,
    /// It strikes only a visit at work in a season: an index of [`super::Network::seasons`], and the
    /// bit of [`super::Placed::struck`] that says whether it is.
    pub season: Option<Seasonal>,
}

/// Where a seasonal effect looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seasonal {
    /// An index of [`super::Network::seasons`].
    pub season: u32,
    /// A bit of [`super::Placed::struck`]: one per season of a visit.
    pub bit: u32,
}

/// Money that a risk costs once, or that a response costs.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskCost {
    /// The risk's key in the plan file.
    pub key: String,
    /// The stage it counts under, if all that the risk hits is of one.
    pub stage: Option<StageId>,
    /// 1 where the risk happens; `None`: the price of a response, paid at the plan's start.
    pub happens: Option<Quantity>,
    /// How much.
    pub amount: Quantity,
    /// What 1 of the currency of `amount` is worth; `None`: it is in the plan's.
    pub exchange: Option<Quantity>,
    /// It is paid at the first start of those of these visits that it strikes; if it strikes none, it
    /// isn't. Empty for a response.
    pub hits: Vec<Hit>,
}

/// A visit that a risk may strike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The visit.
    pub visit: VisitId,
    /// Only where it is at work in a season.
    pub season: Option<Seasonal>,
}

/// Parts of the year, as `RiskTerms::seasons` of one risk.
pub type Seasons = Vec<Season>;

impl Effects {
    /// How many seasons one visit can look at.
    pub const MOST_SEASONS: usize = 64;
}

impl Effect {
    /// Whether it strikes, in a run in which the visit is at work in these of its seasons.
    pub fn strikes(&self, values: Values<'_>, struck: u64) -> bool {
        values.of(self.happens) == 1.0 && self.season.is_none_or(|season| season.holds(struck))
    }
}

impl Seasonal {
    /// Whether a visit that is at work in these of its seasons is at work in this one.
    pub const fn holds(self, struck: u64) -> bool {
        struck >> self.bit & 1 == 1
    }
}

impl Together {
    /// What it multiplies by.
    fn factor(&self, values: Values<'_>, struck: u64) -> f64 {
        let amounts = || self.striking(values, struck).map(|effect| values.of(effect.amount));
        amounts().fold(1.0, f64::max) * amounts().fold(1.0, f64::min)
    }

    /// The seconds it adds.
    fn delay(&self, values: Values<'_>, struck: u64) -> f64 {
        let amounts = || self.striking(values, struck).map(|effect| values.of(effect.amount) * effect.scale);
        amounts().fold(0.0, f64::max) + amounts().fold(0.0, f64::min)
    }

    fn striking(&self, values: Values<'_>, struck: u64) -> impl Iterator<Item = &Effect> {
        self.0.iter().filter(move |effect| effect.strikes(values, struck))
    }
}

impl Visit {
    /// How long it takes, in seconds of its timeline, where it is at work in these of its seasons; at most
    /// [`super::CAP`].
    ///
    /// `base × share × Π factors + Σ delays`: Hulett's risk drivers in series, and within a group the
    /// worst threat and the best opportunity (AACE 57R-09).
    pub fn span(&self, values: Values<'_>, struck: u64) -> i64 {
        let base = self.base_span(values);
        if self.share.is_none() && self.effects.factors.is_empty() && self.effects.delays.is_empty() {
            return base;
        }
        let mut seconds = base as f64 * self.share.map_or(1.0, |share| values.of(share));
        for group in &self.effects.factors {
            seconds *= group.factor(values, struck);
        }
        let delays: f64 = self.effects.delays.iter().map(|group| group.delay(values, struck)).sum();
        whole_seconds(seconds + delays).max(0)
    }

    /// What risks multiply its work by.
    pub fn work_factor(&self, values: Values<'_>, struck: u64) -> f64 {
        self.effects.factors.iter().map(|group| group.factor(values, struck)).product()
    }

    /// What risks multiply all its money by.
    pub fn cost_factor(&self, values: Values<'_>, struck: u64) -> f64 {
        self.effects.cost_factors.iter().map(|group| group.factor(values, struck)).product()
    }
}
