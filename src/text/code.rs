//! The kinds of facts a diagnostic can state, all in one place.
//!
//! Each code has a slug (shown in brackets, taken by `plan explain`), a severity, its smallest plan
//! in `tests/diagnostics/<slug>.toml` and a section in `docs/diagnostics.md`.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The plan can't be believed until this is mended.
    Error,
    /// The plan runs, but probably does not say what was meant.
    Warning,
    /// Worth knowing.
    Remark,
}

impl Severity {
    /// The word in front of a diagnostic: `error`, `warning` or `remark`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Remark => "remark",
        }
    }
}

/// The kind of fact a diagnostic states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the slug is the name; docs/diagnostics.md says what each means")]
pub enum Code {
    // The document.
    Syntax,
    UnquotedText,
    CurlyQuotes,
    ImpossibleDate,
    DuplicateKey,
    TableTwice,
    TableClosed,
    ListOfTables,
    TooDeep,
    NumberTooLarge,
    // Scenarios, --set and --with.
    BadSet,
    UnknownName,
    NameTaken,
    UnknownScenario,
    ScenarioCycle,
    // Values.
    BadNumber,
    BadDuration,
    AmbiguousUnit,
    BadEstimate,
    MixedUnits,
    BadDate,
    BadRate,
    BadWeek,
    BadLink,
    BadSelector,
    BadPay,
    BadId,
    ReservedId,
    BadExpectation,
    BadCondition,
    // Keys and names.
    UnknownKey,
    MisplacedKey,
    WrongType,
    MissingKey,
    ConflictingKeys,
    OutOfRange,
    UnknownMilestone,
    UnknownResource,
    UnknownStage,
    UnknownCalendar,
    UnknownSpread,
    UnknownCurrency,
    UnknownRisk,
    UnknownOutcome,
    UnknownOption,
    IdleOption,
    CrashTooFar,
    EmptySelection,
    DateWithoutStart,
    TooManyLinks,
    BadSamples,
    CutAtZero,
    ExpectationDropped,
    ImpossibleCorrelation,
    // Scoping.
    UnknownProblem,
    UnknownMetric,
    UnknownFactor,
    UnknownCriterion,
    UnknownSolution,
    BadMetric,
    OpenRange,
    UnfitEvidence,
    BadHistory,
    UnsortedHistory,
    BadMetricLinks,
    BadImprove,
    ScopeCycle,
    // The network.
    Cycle,
    SelfLink,
    ReworkNotBefore,
    BranchNotDecided,
    EntangledRework,
    TooManyVisits,
    BeyondLimit,
    // Plans that run but probably lie.
    EmptyPlan,
    OpenStart,
    IsolatedMilestone,
    DuplicateLink,
    BesideFinish,
    DeadlineOutOfReach,
    BoundBroken,
    OverCapacity,
    PartTimeCompute,
    BudgetWithoutCost,
    UnusedResource,
    UnusedCalendar,
    SymmetricRanges,
    IdenticalRanges,
    EmptyRange,
    CertainRisk,
    UnreachableBranch,
    LonelyGroup,
    MatrixChanged,
    VagueProblem,
    TargetReached,
    ThinHistory,
    FarHorizon,
    IgnoredEvidence,
    MissingHistory,
    NoMonitoring,
    WideFactor,
    InconsistentPairwise,
    FallingHistory,
    NoBaseline,
    SingleSolution,
    OnlyModels,
    ManySolutions,
    PeopleShort,
    ShortHorizon,
    NothingUncertain,
    DoubleCounting,
    // What `plan optimise` can't work with.
    NothingToChoose,
    NoTarget,
    // Remarks that only samples can give.
    LimitTouched,
    NeverDelivered,
}

const ERROR: Severity = Severity::Error;
const WARNING: Severity = Severity::Warning;

/// Every code in the order of the enum, with its slug and severity.
const TABLE: &[(Code, &str, Severity)] = &[
    (Code::Syntax, "syntax", ERROR),
    (Code::UnquotedText, "unquoted-text", ERROR),
    (Code::CurlyQuotes, "curly-quotes", ERROR),
    (Code::ImpossibleDate, "impossible-date", ERROR),
    (Code::DuplicateKey, "duplicate-key", ERROR),
    (Code::TableTwice, "table-twice", ERROR),
    (Code::TableClosed, "table-closed", ERROR),
    (Code::ListOfTables, "list-of-tables", ERROR),
    (Code::TooDeep, "too-deep", ERROR),
    (Code::NumberTooLarge, "number-too-large", ERROR),
    (Code::BadSet, "bad-set", ERROR),
    (Code::UnknownName, "unknown-name", ERROR),
    (Code::NameTaken, "name-taken", ERROR),
    (Code::UnknownScenario, "unknown-scenario", ERROR),
    (Code::ScenarioCycle, "scenario-cycle", ERROR),
    (Code::BadNumber, "bad-number", ERROR),
    (Code::BadDuration, "bad-duration", ERROR),
    (Code::AmbiguousUnit, "ambiguous-unit", ERROR),
    (Code::BadEstimate, "bad-estimate", ERROR),
    (Code::MixedUnits, "mixed-units", ERROR),
    (Code::BadDate, "bad-date", ERROR),
    (Code::BadRate, "bad-rate", ERROR),
    (Code::BadWeek, "bad-week", ERROR),
    (Code::BadLink, "bad-link", ERROR),
    (Code::BadSelector, "bad-selector", ERROR),
    (Code::BadPay, "bad-pay", ERROR),
    (Code::BadId, "bad-id", ERROR),
    (Code::ReservedId, "reserved-id", ERROR),
    (Code::BadExpectation, "bad-expectation", ERROR),
    (Code::BadCondition, "bad-condition", ERROR),
    (Code::UnknownKey, "unknown-key", ERROR),
    (Code::MisplacedKey, "misplaced-key", ERROR),
    (Code::WrongType, "wrong-type", ERROR),
    (Code::MissingKey, "missing-key", ERROR),
    (Code::ConflictingKeys, "conflicting-keys", ERROR),
    (Code::OutOfRange, "out-of-range", ERROR),
    (Code::UnknownMilestone, "unknown-milestone", ERROR),
    (Code::UnknownResource, "unknown-resource", ERROR),
    (Code::UnknownStage, "unknown-stage", ERROR),
    (Code::UnknownCalendar, "unknown-calendar", ERROR),
    (Code::UnknownSpread, "unknown-spread", ERROR),
    (Code::UnknownCurrency, "unknown-currency", ERROR),
    (Code::UnknownRisk, "unknown-risk", ERROR),
    (Code::UnknownOutcome, "unknown-outcome", ERROR),
    (Code::UnknownOption, "unknown-option", ERROR),
    (Code::IdleOption, "idle-option", ERROR),
    (Code::CrashTooFar, "crash-too-far", ERROR),
    (Code::EmptySelection, "empty-selection", ERROR),
    (Code::DateWithoutStart, "date-without-start", ERROR),
    (Code::TooManyLinks, "too-many-links", ERROR),
    (Code::BadSamples, "bad-samples", ERROR),
    (Code::CutAtZero, "cut-at-zero", Severity::Remark),
    (Code::ExpectationDropped, "expectation-dropped", Severity::Remark),
    (Code::ImpossibleCorrelation, "impossible-correlation", ERROR),
    (Code::UnknownProblem, "unknown-problem", ERROR),
    (Code::UnknownMetric, "unknown-metric", ERROR),
    (Code::UnknownFactor, "unknown-factor", ERROR),
    (Code::UnknownCriterion, "unknown-criterion", ERROR),
    (Code::UnknownSolution, "unknown-solution", ERROR),
    (Code::BadMetric, "bad-metric", ERROR),
    (Code::OpenRange, "open-range", ERROR),
    (Code::UnfitEvidence, "unfit-evidence", ERROR),
    (Code::BadHistory, "bad-history", ERROR),
    (Code::UnsortedHistory, "unsorted-history", WARNING),
    (Code::BadMetricLinks, "bad-metric-links", ERROR),
    (Code::BadImprove, "bad-improve", ERROR),
    (Code::ScopeCycle, "scope-cycle", ERROR),
    (Code::Cycle, "cycle", ERROR),
    (Code::SelfLink, "self-link", ERROR),
    (Code::ReworkNotBefore, "rework-not-before", ERROR),
    (Code::BranchNotDecided, "branch-not-decided", ERROR),
    (Code::EntangledRework, "entangled-rework", ERROR),
    (Code::TooManyVisits, "too-many-visits", ERROR),
    (Code::BeyondLimit, "beyond-limit", ERROR),
    (Code::EmptyPlan, "empty-plan", WARNING),
    (Code::OpenStart, "open-start", WARNING),
    (Code::IsolatedMilestone, "isolated-milestone", WARNING),
    (Code::DuplicateLink, "duplicate-link", WARNING),
    (Code::BesideFinish, "beside-finish", WARNING),
    (Code::DeadlineOutOfReach, "deadline-out-of-reach", WARNING),
    (Code::BoundBroken, "bound-broken", WARNING),
    (Code::OverCapacity, "over-capacity", WARNING),
    (Code::PartTimeCompute, "part-time-compute", WARNING),
    (Code::BudgetWithoutCost, "budget-without-cost", WARNING),
    (Code::UnusedResource, "unused-resource", WARNING),
    (Code::UnusedCalendar, "unused-calendar", WARNING),
    (Code::SymmetricRanges, "symmetric-ranges", WARNING),
    (Code::IdenticalRanges, "identical-ranges", WARNING),
    (Code::EmptyRange, "empty-range", WARNING),
    (Code::CertainRisk, "certain-risk", WARNING),
    (Code::UnreachableBranch, "unreachable-branch", WARNING),
    (Code::LonelyGroup, "lonely-group", WARNING),
    (Code::MatrixChanged, "matrix-changed", WARNING),
    (Code::VagueProblem, "vague-problem", WARNING),
    (Code::TargetReached, "target-reached", WARNING),
    (Code::ThinHistory, "thin-history", WARNING),
    (Code::FarHorizon, "far-horizon", WARNING),
    (Code::IgnoredEvidence, "ignored-evidence", WARNING),
    (Code::MissingHistory, "missing-history", WARNING),
    (Code::NoMonitoring, "no-monitoring", WARNING),
    (Code::WideFactor, "wide-factor", WARNING),
    (Code::InconsistentPairwise, "inconsistent-pairwise", WARNING),
    (Code::FallingHistory, "falling-history", WARNING),
    (Code::NoBaseline, "no-baseline", WARNING),
    (Code::SingleSolution, "single-solution", Severity::Remark),
    (Code::OnlyModels, "only-models", Severity::Remark),
    (Code::ManySolutions, "many-solutions", Severity::Remark),
    (Code::PeopleShort, "people-short", WARNING),
    (Code::ShortHorizon, "short-horizon", WARNING),
    (Code::NothingUncertain, "nothing-uncertain", Severity::Remark),
    (Code::DoubleCounting, "double-counting", Severity::Remark),
    (Code::NothingToChoose, "nothing-to-choose", ERROR),
    (Code::NoTarget, "no-target", ERROR),
    (Code::LimitTouched, "limit-touched", Severity::Remark),
    (Code::NeverDelivered, "never-delivered", WARNING),
];

impl Code {
    /// Every code, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|&(code, _, _)| code)
    }

    /// The name shown in brackets, like `unknown-key`.
    pub fn slug(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        TABLE[self as usize].2
    }

    /// The code of this slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == slug).map(|row| row.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_follows_the_enum_and_no_slug_occurs_twice() {
        let mut slugs = BTreeSet::new();
        for (index, &(code, slug, _)) in TABLE.iter().enumerate() {
            assert_eq!(code as usize, index, "{slug} stands at the wrong place in the table");
            assert!(slugs.insert(slug), "{slug} occurs twice");
            assert_eq!(Code::from_slug(slug), Some(code));
            let camel: String = format!("{code:?}");
            assert_eq!(slug.replace('-', ""), camel.to_lowercase(), "the slug is the name");
        }
    }
}
