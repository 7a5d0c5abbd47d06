//! One solution in rows of words: what it is called, and what is to be said.

use crate::scope::{Ageing, Assessment, Belief, Progression, ScopeReport, SolutionRisk, StageShare};

use super::decisions::{evidence, readiness, worth};
use super::scoping::{chance, fine_chance, written};
use super::words::{percent, stamp};

/// All that stands behind the figures of a solution.
pub(super) fn rows(it: &Assessment, report: &ScopeReport) -> Vec<(&'static str, String)> {
    let money = |value: f64| worth(value, report);
    let mut rows = vec![("evidence", evidence(it))];
    rows.extend(it.readiness.as_ref().map(|it| ("readiness", readiness(it))));
    rows.extend(it.details.progression.iter().flat_map(progression));
    rows.extend(iterations(it).map(|words| ("iterations", words)));
    rows.push(("chances", chances(it)));
    rows.extend(ends(&it.details.ends).map(|words| ("risks", words)));
    rows.push((
        "cost",
        format!("mean {}, P50 {}, P80 {}", money(it.cost.mean), money(it.cost.p50), money(it.cost.p80)),
    ));
    rows.extend(stages(&it.details.stages).map(|words| ("of it", words)));
    rows.push(("worth", worths(it, &money)));
    rows.push(("knowing", format!("that it is feasible is worth up to {}", money(it.worth_of_knowing))));
    rows.push(("delay", format!("a month of waiting costs {}", money(it.scores.cost_of_delay))));
    rows.extend(it.details.ageing.map(|it| ("ageing", ageing(it))));
    if let Some([p50, p80]) = it.launch {
        rows.push(("launch", format!("P50 {}, P80 {}, in runs that launch", stamp(p50), stamp(p80))));
    }
    rows
}

fn progression(it: &Progression) -> [(&'static str, String); 2] {
    let curve = match it.belief {
        Belief::History { families: [exponential, power, hill], stays } => format!(
            "exponential {}, power {}, Hill {}; {} of the first gap stays for ever in the mean",
            percent(exponential),
            percent(power),
            percent(hill),
            percent(stays)
        ),
        Belief::Reachable(ends) => {
            let [low, middle, high] = ends.map(|end| format!("{end:.2}"));
            format!("{middle} in the end, in the middle (90 %: {low}–{high})")
        }
    };
    let chances = it.chances.iter().map(|(after, p)| format!("{after}: {}", fine_chance(*p)));
    [("curve", curve), ("target by", format!("iteration {}", chances.collect::<Vec<_>>().join(", ")))]
}

fn iterations(it: &Assessment) -> Option<String> {
    let [p10, p50, p90] = it.iterations?;
    Some(format!("{p50} in the middle, P10 {p10}, P90 {p90}, where the target is reached"))
}

/// The chances of a solution, as far as it has them.
fn chances(it: &Assessment) -> String {
    let metric =
        [("metric at its target", it.p_metric), ("feasible", it.p_feasible), ("partial", it.p_partial)];
    let of_metric = metric.into_iter().filter(|_| it.improves);
    let in_time = it.p_in_time.map(|p| ("launch by the deadline", p));
    let all = of_metric.chain([("launch", it.p_launch)]).chain(in_time);
    all.map(|(of, p)| format!("{of} {}", chance(p))).collect::<Vec<_>>().join(", ")
}

fn ends(ends: &[SolutionRisk]) -> Option<String> {
    let one =
        |it: &SolutionRisk| format!("{} {}, known after {}", it.name, percent(it.probability), it.settled_by);
    (!ends.is_empty()).then(|| ends.iter().map(one).collect::<Vec<_>>().join("; "))
}

fn stages(stages: &[StageShare]) -> Option<String> {
    let one = |it: &StageShare| {
        let name = it.stage.as_ref().map_or("no stage", |(_, name)| name.as_str());
        format!("{name} {}", percent(it.share))
    };
    (stages.len() > 1).then(|| stages.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn worths(it: &Assessment, money: &dyn Fn(f64) -> String) -> String {
    let mut words = format!(
        "mean {}, 5 % {}, 50 % {}, 95 % {}; worst twentieth {}",
        money(it.worths.expected),
        money(it.worths.p05),
        money(it.worths.p50),
        money(it.worths.p95),
        money(it.worths.worst_twentieth)
    );
    if it.fallbacks.is_empty() {
        words.push_str(&format!("; by Cooper's formula {}", money(it.details.commercial_value)));
    }
    words
}

fn ageing(it: Ageing) -> String {
    let best = it.best.map_or(String::new(), |best| format!("; every {best:.0} d would cost least"));
    format!("keeps {} of its value, trained every {} d{best}", percent(it.keeps), written(it.every))
}
