//! Rework, outcomes, conditions and success in words.

use crate::model::{Comparison, End, Limit, OnlyIf, Otherwise, Plan, Redo, Rework};
use crate::units::When;
use crate::view::words::{counted, date, last_moment, percent};

use super::Reader;
use super::amounts::in_days;
use super::estimate::{in_brief, trimmed};

impl Reader<'_> {
    /// What may come otherwise at this milestone.
    pub(super) fn branches(&mut self) {
        let (plan, milestone) = (self.plan, self.milestone);
        if let Some(check) = &milestone.rework {
            self.say("rework", "", rework(plan, &milestone.key, check));
        }
        if !milestone.outcomes.is_empty() {
            let outcomes = milestone.outcomes.iter();
            let words: Vec<String> =
                outcomes.map(|outcome| format!("`{}` {}", outcome.key, percent(outcome.share))).collect();
            self.say("outcomes", "", format!("turns out as {}", words.join(" or ")));
        }
        for condition in &milestone.only_if {
            let (written, words) = only_if(plan, condition);
            self.say("only_if", written, format!("exists only if {words}"));
        }
        if milestone.success < 1.0 {
            let fails = percent(1.0 - milestone.success);
            let words = format!("the plan fails at its finish with a chance of {fails}");
            self.say("success", percent(milestone.success), words);
        }
    }
}

/// `fails with 35 %, then 20 %; all from `train` to here is done again, at most 3 times: …`
fn rework(plan: &Plan, own: &str, check: &Rework) -> String {
    let chances: Vec<String> = check.probability.iter().map(|chance| percent(*chance)).collect();
    let key = |id: &crate::model::MilestoneId| format!("`{}`", plan[*id].key);
    let redone = match &check.redo {
        Redo::BackTo(id) if plan[*id].key != own => format!("all from {} to here is", key(id)),
        Redo::These(others) if !others.is_empty() => {
            format!("{} and this are", others.iter().map(key).collect::<Vec<_>>().join(", "))
        }
        Redo::BackTo(_) | Redo::These(_) => "this is".to_owned(),
    };
    let share = in_brief(&check.share.distribution, &percent);
    let last = match check.otherwise {
        Otherwise::Fail => "if the last check fails, too, the plan fails",
        Otherwise::Continue => "after the last check it goes on in any case",
    };
    let times = counted(check.at_most as usize, "time");
    format!(
        "its check fails with a chance of {}; then {redone} done again, at most {times}, with this share of the work: {share}; {last}",
        chances.join(", then ")
    )
}

/// A condition as it would be written, and in words.
fn only_if(plan: &Plan, condition: &OnlyIf) -> (String, String) {
    match condition {
        OnlyIf::Outcome(id, index) => {
            let key = &plan[*id].key;
            let outcome = &plan[*id].outcomes[*index];
            let words = format!("`{key}` turns out as `{}`: {}", outcome.key, percent(outcome.share));
            (format!("{key}.{}", outcome.key), words)
        }
        OnlyIf::Risk(id) => {
            let risk = &plan[*id];
            let words = format!("the risk `{}` happens: {}", risk.key, percent(risk.terms().probability));
            (format!("risk:{}", risk.key), words)
        }
        OnlyIf::Date { milestone, end, comparison, limit } => {
            let key = &plan[*milestone].key;
            let (end, does) = match end {
                End::Start => ("start", "starts"),
                End::Finish => ("finish", "finishes"),
            };
            let (sign, how) = match comparison {
                Comparison::AtMost => ("<=", "by"),
                Comparison::Below => ("<", "before"),
                Comparison::AtLeast => (">=", "no earlier than"),
                Comparison::Above => (">", "after"),
            };
            let (written, shown) = self::limit(plan, *limit, *comparison);
            (format!("{key}.{end} {sign} {written}"), format!("`{key}` {does} {how} {shown}"))
        }
    }
}

/// A limit as it would be written, and in words.
fn limit(plan: &Plan, limit: Limit, comparison: Comparison) -> (String, String) {
    match limit {
        Limit::Date(when) => {
            // A bare date is its end above and its beginning below.
            let is_end = matches!(comparison, Comparison::AtMost | Comparison::Above);
            let shown =
                if is_end && matches!(when, When::Day(_)) { last_moment(when.ends()) } else { when.begins() };
            (when.to_string(), date(shown))
        }
        Limit::Span(seconds) => {
            let days = in_days(plan[plan.calendar].day_seconds(), "d")(seconds as f64);
            (days.replace(' ', ""), format!("{days} from the plan's start"))
        }
        Limit::Money(money) => (trimmed(money.0), trimmed(money.0)),
    }
}
