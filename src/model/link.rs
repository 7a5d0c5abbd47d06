//! Links between milestones.

use super::{Estimate, MilestoneId, Span};

/// `to` depends on `from`.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The predecessor.
    pub from: MilestoneId,
    /// The successor.
    pub to: MilestoneId,
    /// Which ends it ties together.
    pub kind: LinkKind,
    /// How much later (earlier, if negative) than the tied end.
    pub lag: Lag,
}

/// Which end of the predecessor holds which end of the successor back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// Finish to start.
    FinishStart,
    /// Start to start.
    StartStart,
    /// Finish to finish.
    FinishFinish,
    /// Start to finish.
    StartFinish,
}

impl LinkKind {
    /// `FS`, `SS`, `FF` or `SF`.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::FinishStart => "FS",
            Self::StartStart => "SS",
            Self::FinishFinish => "FF",
            Self::StartFinish => "SF",
        }
    }

    /// Whether the link leaves its predecessor's start (SS, SF).
    pub const fn leaves_start(self) -> bool {
        matches!(self, Self::StartStart | Self::StartFinish)
    }

    /// Whether the link bounds its successor's finish (FF, SF).
    pub const fn bounds_finish(self) -> bool {
        matches!(self, Self::FinishFinish | Self::StartFinish)
    }
}

/// The wait that a link adds.
#[derive(Clone, Debug, PartialEq)]
pub enum Lag {
    /// None.
    None,
    /// A span, signed: working time in the successor's calendar, or elapsed time.
    Span(Span),
    /// A share of the predecessor's drawn duration, in the predecessor's calendar (1 = all of it).
    Share(Estimate),
}
