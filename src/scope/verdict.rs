//! One word for a chance.

/// How a chance is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Below 5 %.
    OutOfReach,
    /// Below 20 %.
    Unlikely,
    /// Below 50 %.
    Doubtful,
    /// Below 80 %.
    Possible,
    /// 80 % and more.
    Likely,
}

impl Verdict {
    /// The verdict on a chance, 0 to 1.
    pub fn on(chance: f64) -> Self {
        match chance {
            p if p < 0.05 => Self::OutOfReach,
            p if p < 0.20 => Self::Unlikely,
            p if p < 0.50 => Self::Doubtful,
            p if p < 0.80 => Self::Possible,
            _ => Self::Likely,
        }
    }

    /// Its words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OutOfReach => "out of reach",
            Self::Unlikely => "unlikely",
            Self::Doubtful => "doubtful",
            Self::Possible => "possible",
            Self::Likely => "likely",
        }
    }
}
