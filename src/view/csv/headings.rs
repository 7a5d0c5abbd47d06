//! The first line of every table.

/// The headings of [`super::percentiles`].
pub const PERCENTILES: &[&str] =
    &["figure", "p", "days", "date", "low_days", "high_days", "money", "low_money", "high_money"];

/// The headings of [`super::milestones`].
pub const MILESTONES: &[&str] = &[
    "id",
    "name",
    "stage",
    "criticality",
    "saves",
    "planned_start",
    "planned_finish",
    "planned_start_days",
    "planned_finish_days",
    "planned_cost",
    "mean_start_days",
    "mean_finish_days",
    "sd_finish_days",
    "p10_days",
    "p50_days",
    "p80_days",
    "p90_days",
    "p10",
    "p50",
    "p80",
    "p90",
    "deadline",
];

/// The headings of [`super::path`].
pub const PATH: &[&str] = &[
    "id",
    "name",
    "stage",
    "duration_days",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "early_start_days",
    "early_finish_days",
    "late_start_days",
    "late_finish_days",
    "total_float_days",
    "free_float_days",
    "critical",
    "drag_days",
    "driver",
];

/// The headings of [`super::burndown`].
pub const BURNDOWN: &[&str] = &[
    "kind",
    "unit",
    "days",
    "date",
    "planned",
    "p10",
    "p50",
    "p90",
    "failing_p10",
    "failing_p50",
    "failing_p90",
];

/// The headings of [`super::cashflow`].
pub const CASHFLOW: &[&str] = &[
    "from",
    "to",
    "from_days",
    "to_days",
    "planned",
    "paid_mean",
    "paid_p10",
    "paid_p50",
    "paid_p80",
    "planned_total",
    "total_mean",
    "total_p10",
    "total_p50",
    "total_p80",
    "band_low",
    "band_high",
    "released_total",
    "short",
    "missing_p50",
    "missing_p80",
];

/// The headings of [`super::comparison`].
pub const COMPARISON: &[&str] = &["label", "figure", "p", "value", "low", "high", "date"];

/// The headings of [`super::drivers`].
pub const DRIVERS: &[&str] = &["kind", "id", "name", "figure", "statistic", "p", "value", "low", "high"];

/// The headings of [`super::diff`].
pub const DIFF: &[&str] = &["step", "change", "figure", "statistic", "p", "value", "low", "high"];

/// The headings of [`super::scope`].
pub const SCOPE: &[&str] = &[
    "solution",
    "name",
    "decision",
    "p_feasible",
    "p_partial",
    "p_launch",
    "cost_p50",
    "cost_p80",
    "effort_p50",
    "enpv",
    "npv_p05",
    "npv_p50",
    "npv_p95",
    "p_gain",
    "worst_twentieth",
    "break_even",
    "evpi",
    "cost_of_delay",
    "rice",
    "wsjf",
    "productivity",
    "criteria_score",
    "p_in_time",
    "launch_p80",
];

/// The headings of [`super::frontier`].
pub const SETS: &[&str] = &[
    "solutions",
    "cost_p50",
    "cost_p80",
    "enpv",
    "npv_p05",
    "npv_p95",
    "worst_twentieth",
    "p_gain",
    "load",
    "frontier",
    "fundable",
    "chosen",
];

/// The headings of [`super::sequences`].
pub const SEQUENCES: &[&str] = &[
    "group",
    "solutions",
    "p_launch",
    "cost_p80",
    "enpv",
    "npv_p05",
    "npv_p95",
    "worst_twentieth",
    "p_gain",
];

/// The headings of [`super::optimisation`].
pub const CHOICES: &[&str] = &[
    "which",
    "days",
    "date",
    "low_days",
    "high_days",
    "mean_cost",
    "low_mean_cost",
    "high_mean_cost",
    "cost",
    "probability",
    "meets",
    "patch",
];

/// The headings of [`super::contingency`].
pub const CONTINGENCY: &[&str] = &["of", "kind", "id", "name", "base", "contingency"];

/// The first line of every table, by which it can be known.
pub const HEADINGS: &[&[&str]] = &[
    PERCENTILES,
    MILESTONES,
    PATH,
    BURNDOWN,
    CASHFLOW,
    COMPARISON,
    DRIVERS,
    DIFF,
    SCOPE,
    SETS,
    CHOICES,
    CONTINGENCY,
];
