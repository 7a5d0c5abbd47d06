//! A choice as what a scenario has to say.

use crate::model::{Plan, SpanUnit};
use crate::units::seconds::{DAY, HOUR};

use super::Picked;
use super::shortlist::Pick;

/// What is chosen other than as written, and the keys and values that make the plan as it is choose so.
pub(super) fn picked(plan: &Plan, pick: &Pick) -> (Vec<Picked>, Vec<String>) {
    let (mut picks, mut patch) = (Vec::new(), Vec::new());
    for &(id, way, crashed) in pick {
        let given = &plan[id];
        let done = given.in_way(way, crashed);
        let option = given.ways.get(way).and_then(|way| Some((way.key.clone()?, way.name.clone())));
        let key = &given.key;
        let unit = done.duration.as_ref().map_or(SpanUnit::Work, |duration| duration.unit);
        let day = match unit {
            SpanUnit::Work => plan[done.calendar].day_seconds() as f64,
            SpanUnit::Elapsed => DAY,
        };
        if way != given.way {
            let value = option.as_ref().map_or("false".to_owned(), |(option, _)| format!("\"{option}\""));
            patch.push(format!("milestone.{key}.choose = {value}"));
        }
        if crashed != given.crashed {
            let value = if crashed > 0.0 { time(crashed, day, unit) } else { "false".to_owned() };
            patch.push(format!("milestone.{key}.crashed = {value}"));
        }
        if option.is_some() || crashed > 0.0 {
            let (key, name) = (key.clone(), given.name.clone());
            picks.push(Picked { key, name, option, crashed_days: crashed / day });
        }
    }
    (picks, patch)
}

/// `"3d"`; hours where days are not whole.
fn time(seconds: f64, day: f64, unit: SpanUnit) -> String {
    let elapsed = if unit == SpanUnit::Elapsed { "e" } else { "" };
    if (seconds / day).fract() == 0.0 {
        return format!("\"{}{elapsed}d\"", seconds / day);
    }
    // To the ten-thousandth of an hour, which is less than a second.
    format!("\"{}{elapsed}h\"", (seconds / HOUR * 1e4).round() / 1e4)
}
