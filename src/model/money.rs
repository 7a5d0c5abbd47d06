//! Rates, dated values, payments, overheads, categories.

use crate::units::{Instant, Share};

use super::{Curve, Estimate, MilestoneId, Scope};

/// What money is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// People's time.
    People,
    /// Machines' time.
    Compute,
    /// Data and labels.
    Data,
    /// Everything else.
    Other,
    /// What risks cost.
    Risk,
}

impl Category {
    /// All categories, in the order of reports.
    pub const ALL: [Self; 5] = [Self::People, Self::Compute, Self::Data, Self::Other, Self::Risk];

    /// Its word in plan files and reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Compute => "compute",
            Self::Data => "data",
            Self::Other => "other",
            Self::Risk => "risk",
        }
    }

    /// Its position in [`Category::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// A currency that is not the plan's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Currency {
    /// Its key in the plan file: `USD`.
    pub key: String,
    /// What 1 of it is worth in the plan's currency, above 0.
    pub rate: Estimate,
}

/// An amount per time: of money, or of pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// How much per `unit`.
    pub amount: Estimate,
    /// The unit it was written in.
    pub unit: RateUnit,
    /// Seconds that one `unit` lasts: working seconds of its calendar for `h` and `d`, elapsed
    /// seconds for `w`, `mo`, `y`.
    pub seconds: f64,
}

/// The time unit of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateUnit {
    /// Per hour worked.
    Hour,
    /// Per day worked.
    Day,
    /// Per week elapsed (7 days).
    Week,
    /// Per month elapsed (1/12 year).
    Month,
    /// Per year elapsed (365.25 days).
    Year,
}

impl RateUnit {
    /// Whether it is paid for working time (per hour, per day), not for elapsed time.
    pub const fn is_worked(self) -> bool {
        matches!(self, Self::Hour | Self::Day)
    }
}

/// A value that may change on dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<T> {
    /// The value at first.
    pub first: T,
    /// From each of these moments on (ascending), another value.
    pub changes: Vec<(Instant, T)>,
}

impl<T> Dated<T> {
    /// A value that never changes.
    pub const fn constant(value: T) -> Self {
        Self { first: value, changes: Vec::new() }
    }

    /// The value in force at a moment.
    pub fn at(&self, instant: Instant) -> &T {
        self.changes.iter().rev().find(|(from, _)| *from <= instant).map_or(&self.first, |(_, value)| value)
    }

    /// All values it takes, in order of time.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(self.changes.iter().map(|(_, value)| value))
    }
}

/// A part of a cost, and when it is paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// When.
    pub at: Moment,
    /// How much of the cost.
    pub share: Share,
}

/// A moment of a milestone's life, or all of it, with an elapsed delay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// So many elapsed seconds after its start.
    AfterStart(i64),
    /// So many elapsed seconds after its finish.
    AfterFinish(i64),
    /// All over its span, along a curve, and each part so many elapsed seconds later.
    Along(Curve, i64),
}

/// Money that no single milestone spends.
#[derive(Clone, Debug, PartialEq)]
pub enum Overhead {
    /// Paid per time, from the first start to the last finish of some milestones (a hammock).
    Hammock {
        /// Its key in the plan file.
        key: String,
        /// How much per time.
        rate: Rate,
        /// Over these; `None`: as long as the plan lasts.
        over: Option<Vec<MilestoneId>>,
        /// The category it counts under.
        category: Category,
    },
    /// A surcharge on other money.
    Surcharge {
        /// Its key in the plan file.
        key: String,
        /// The share added (0.15 adds 15 %).
        share: Estimate,
        /// On what.
        of: Scope,
        /// The category it counts under.
        category: Category,
    },
}

impl Overhead {
    /// Its key in the plan file.
    pub fn key(&self) -> &str {
        let (Self::Hammock { key, .. } | Self::Surcharge { key, .. }) = self;
        key
    }
}
