//! What a key of a plan file is about.

use crate::model::Topic;

/// What a change of a key of a table is about; of no key, if the whole entry is changed.
pub(super) fn topic(table: &str, key: Option<&str>) -> Topic {
    match (table, key) {
        ("milestone" | "stage", Some(key)) => of_milestone(key),
        ("milestone" | "stage", None) => Topic::Milestones,
        ("calendar", _) => Topic::Calendars,
        ("resource", Some("rate" | "price")) => Topic::Money,
        ("resource", _) => Topic::Resources,
        ("risk", _) => Topic::Risks,
        ("spread" | "correlation", _) => Topic::Estimates,
        ("overhead" | "funding", _) => Topic::Money,
        ("expect", _) => Topic::Expectations,
        ("scenario", _) => Topic::Scenarios,
        (_, Some("budget" | "currency" | "escalation")) => Topic::Money,
        (_, Some("calendar")) => Topic::Calendars,
        (_, Some("correlation")) => Topic::Estimates,
        (_, Some("respond")) => Topic::Risks,
        _ => Topic::Plan,
    }
}

fn of_milestone(key: &str) -> Topic {
    match key {
        "after" | "before" | "only_if" | "outcomes" | "rework" | "success" | "not_before" | "not_after"
        | "must_start" | "must_finish" | "alap" => Topic::Logic,
        "duration" | "spread" | "work" | "consumes" => Topic::Estimates,
        "uses" => Topic::Resources,
        "cost" | "rate" | "pay" | "category" => Topic::Money,
        "calendar" => Topic::Calendars,
        _ => Topic::Milestones,
    }
}
