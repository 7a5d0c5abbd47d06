//! What risks do to a visit: factors on its span and work, delays, factors on its money.

use super::{Quantity, VisitId};
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
