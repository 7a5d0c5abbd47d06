//! The whole forecast: one screen that says first what people ask first.

use crate::forecast::{Contingency, Forecast, Proportion};
use crate::view::palette::paint;
use crate::view::words::{self, chance, count, days, number, percentile, signed_days, signed_money};

use super::{Screen, costs, events, expectations, headline, milestones, stacked};

/// The forecast as text.
pub fn forecast(forecast: &Forecast, screen: &Screen) -> String {
    stacked([
        headline::title(forecast, screen),
        headline::table(forecast, screen),
        headline::shapes(forecast, screen),
        expectations::table(forecast, screen),
        expectations::milestone_targets(forecast, screen),
        milestones::table(forecast, screen),
        milestones::drivers(forecast, screen),
        events::table(forecast, screen),
        costs::table(forecast, screen),
        notes(forecast, screen),
    ])
}

/// Contingency, merge bias, and what the numbers do not say.
fn notes(forecast: &Forecast, screen: &Screen) -> String {
    let mut lines = vec![contingency(forecast)];
    lines.extend(reserve(forecast));
    // What its own interval does not tell from nothing is not worth a line.
    if let Some(bias) = forecast.merge_bias.filter(|bias| bias.low > 0.0 && bias.days >= 0.05) {
        lines.push(format!(
            "merge bias: waiting for the last path adds {} ({} to {}) to the mean",
            days(bias.days),
            number(bias.low, 1),
            days(bias.high)
        ));
    }
    if forecast.delivered.share < 1.0 {
        lines.push(delivery(forecast.delivered, OF_FAILURES));
    }
    if forecast.capped > 0 {
        let many = count(usize::try_from(forecast.capped).unwrap_or(usize::MAX));
        lines.push(format!("{many} iterations reached the longest time that can be counted"));
    }
    let mut text: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    let caveat = "95 % intervals are simulation error only: the error of the inputs is larger";
    text.push_str(&format!("  {}\n", paint(screen.palette.faint, caveat)));
    text
}

/// What dates are if the plan is never delivered.
pub(in crate::view) const OF_FAILURES: &str = "the dates are those on which it fails";

/// How often the plan is delivered, and of which runs its dates are; what they are if it never is.
pub(in crate::view) fn delivery(delivered: Proportion, if_never: &str) -> String {
    if delivered.share == 0.0 {
        return format!("delivered in none of all runs: {if_never}");
    }
    format!("delivered in {} of all runs; dates are of those", chance(delivered))
}

/// The management reserve, if there is any.
fn reserve(forecast: &Forecast) -> Option<String> {
    let Contingency { reserve_days, reserve_money, .. } = forecast.contingency;
    let money = forecast.cost.as_ref().map_or_else(String::new, |_| {
        format!(" and {}", words::money(reserve_money, &forecast.plan.currency))
    });
    (reserve_days > 0.0 || reserve_money > 0.0)
        .then(|| format!("reserve beyond it, P95 less P80: {}{money}", days(reserve_days)))
}

/// What lies between the plan as written and the headline percentile.
fn contingency(forecast: &Forecast) -> String {
    if forecast.delivered.share == 0.0 {
        return "contingency: none, since nothing is delivered".to_owned();
    }
    let confidence = percentile(forecast.confidence.value());
    let time = signed_days(forecast.contingency.days);
    let money = forecast
        .cost
        .as_ref()
        .map(|_| format!(" and {}", signed_money(forecast.contingency.money, &forecast.plan.currency)))
        .unwrap_or_default();
    format!("contingency: {confidence} lies {time}{money} from the plan as written")
}
