//! The table forms of an estimate: `{ pert = [8, 10, 20] }` and its kin, all in one place.

/// What the key of a form takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormTakes {
    /// So many points, from low to high.
    Points(usize),
    /// A single point.
    Point,
    /// Named parameters, in a table.
    Parameters(&'static [&'static str]),
    /// Values with their weights.
    Weighted,
    /// Observed values, or the name of a file that holds them.
    Observed,
}

/// A form of an estimate.
#[derive(Clone, Copy, Debug)]
pub struct FormRow {
    /// The key by which it is known.
    pub key: &'static str,
    /// What that key takes.
    pub takes: FormTakes,
    /// Keys that stand beside it; a form of single points needs them, they are points too.
    pub beside: &'static [&'static str],
    /// What it means, in one line.
    pub doc: &'static str,
}

/// Keys that may stand beside any form.
pub const CUTS: [&str; 3] = ["shift", "min", "max"];

/// Parameters that are plain numbers; all others have the unit of the estimate.
pub const PLAIN_PARAMETERS: [&str; 3] = ["shape", "a", "b"];

const fn row(
    key: &'static str,
    takes: FormTakes,
    beside: &'static [&'static str],
    doc: &'static str,
) -> FormRow {
    FormRow { key, takes, beside, doc }
}

/// Every table form of an estimate.
pub const FORMS: [FormRow; 13] = [
    row("pert", FormTakes::Points(3), &["shape"], "lowest, likeliest, highest; `shape` is 4 unless given"),
    row("triangular", FormTakes::Points(3), &[], "lowest, likeliest, highest"),
    row("uniform", FormTakes::Points(2), &[], "lowest and highest"),
    row("p10", FormTakes::Point, &["p50", "p90"], "a metalog through three percentiles"),
    row("trigen", FormTakes::Points(3), &[], "a triangle from P10, likeliest and P90"),
    row("normal", FormTakes::Parameters(&["mean", "sd"]), &[], "a normal of this mean and deviation"),
    row("lognormal", FormTakes::Parameters(&["mean", "sd"]), &[], "a lognormal of this mean and deviation"),
    row("gamma", FormTakes::Parameters(&["mean", "sd"]), &[], "a gamma of this mean and deviation"),
    row("weibull", FormTakes::Parameters(&["shape", "scale"]), &[], "a Weibull of this shape and scale"),
    row("exponential", FormTakes::Parameters(&["mean"]), &[], "an exponential of this mean"),
    row("beta", FormTakes::Parameters(&["low", "high", "a", "b"]), &[], "a beta between two bounds"),
    row("discrete", FormTakes::Weighted, &[], "values with their weights"),
    row("samples", FormTakes::Observed, &[], "observed values, or a file of them below the plan's folder"),
];

/// The form of this key.
pub fn form_row(key: &str) -> Option<&'static FormRow> {
    FORMS.iter().find(|row| row.key == key)
}
