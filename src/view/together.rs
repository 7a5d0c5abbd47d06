//! What date and budget take together, in the words of all views: rows of finish and cost.

use crate::forecast::{Forecast, JointPoint};

use super::words::{self, bound, long_stamp, money, percent};

/// Label, finish and what is said of it, cost and what is said of it.
pub(super) type Row = [String; 5];

/// What the headline's share of the runs takes: the money by the deadline, the date within the budget;
/// in a plan without either, a date and money that are equally sure.
pub(super) fn rows(forecast: &Forecast) -> Vec<Row> {
    let Some(need) = forecast.joint.as_ref().and_then(|joint| joint.headline) else { return Vec::new() };
    let currency = &forecast.plan.currency;
    let words = |text: &str| text.to_owned();
    let mut rows: Vec<Row> = Vec::new();
    if let Some(deadline) = forecast.plan.deadline {
        let date =
            deadline.date.map_or_else(|| bound(deadline), |at| words::long_date(words::last_moment(at)));
        let amount = need.by_deadline.map(|it| money(it.cost, currency));
        rows.push([words(""), date, words("(deadline)"), or_never(amount), words("")]);
    }
    if let Some(budget) = forecast.plan.budget {
        let date = need.within_budget.map(|it| long_stamp(it.at));
        rows.push([words(""), or_never(date), words(""), money(budget, currency), words("(budget)")]);
    }
    if rows.is_empty() {
        let JointPoint { at, cost } = need.balanced;
        let equally = words("(equally sure)");
        rows.push([words(""), long_stamp(at), equally, money(cost, currency), words("")]);
    }
    rows[0][0] = format!("{} both", percent(need.share));
    rows
}

fn or_never(found: Option<String>) -> String {
    found.unwrap_or_else(|| "out of reach".to_owned())
}
