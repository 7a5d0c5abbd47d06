//! Evidence on a solution as the numbers that learning curves are drawn from.

use crate::model::{
    Benchmark, DataKind, Features, Metric, Predictive, Similarity as ModelSimilarity, Solution, SourceTerms,
};
use crate::stats::learning::{
    Floor, History, Options, Point, Reach, Similarity, combined_auc, combined_r_squared,
};

/// The history of a solution, if it has one.
pub(super) fn history(solution: &Solution, metric: &Metric) -> Option<History> {
    let history = solution.evidence.history.as_ref()?;
    let point = |point: &crate::model::Measured| {
        Some(Point { effort: point.effort, gap: metric.gap(point.value)?, items: point.items })
    };
    let points: Option<Vec<Point>> = history.points.iter().map(point).collect();
    History::new(points?, metric.span()?).ok()
}

/// What else is known of the curve behind a history: what people reach, on data that they are good at, and
/// what nothing can beat.
pub(super) fn options(solution: &Solution, metric: &Metric) -> Options {
    let people = solution.evidence.hlp.filter(|_| solution.data_kind == DataKind::Unstructured);
    let floor = people.and_then(|hlp| Some(Floor::human(gap(metric, hlp.value)?, hlp.same_data)));
    Options {
        floor,
        hard_floor: solution.evidence.hard_ceiling.and_then(|value| metric.gap(value)),
        stall: solution.evidence.history.as_ref().map_or(0.0, |history| history.stall),
    }
}

/// What a new system may reach, by all evidence there is; with none, by the base rate of such projects.
pub(super) fn reach(solution: &Solution, metric: &Metric, target: f64) -> Reach {
    let evidence = &solution.evidence;
    let mut sources: Vec<Reach> = Vec::new();
    let mut add = |reach: Reach, usual_centre: f64, terms: SourceTerms| {
        // The shift of a source is what its centre adds to the logarithm of its gap.
        let centre = terms.shift.map_or(reach.centre, |shift| usual_centre + shift);
        sources.push(Reach { centre, spread: terms.spread.unwrap_or(reach.spread) });
    };
    let span = metric.span().unwrap_or(1.0);
    if let (Some(hlp), DataKind::Unstructured) = (&evidence.hlp, solution.data_kind)
        && let Some(gap) = gap(metric, hlp.value)
    {
        let reach = Reach::human(gap, span, hlp.items, hlp.same_data);
        add(reach, libm::log((gap / span * hlp.items + 0.5) / (hlp.items + 1.0) * span), hlp.terms);
    }
    for Benchmark { value, similarity, terms, .. } in &evidence.benchmarks {
        if let Some(gap) = gap(metric, *value) {
            add(Reach::benchmark(gap, of_model(*similarity)), libm::log(gap), *terms);
        }
    }
    if let Some(Features { single: Some(single), redundancy, terms, .. }) = &evidence.features {
        let left = match single {
            Predictive::Auc(areas) => 1.0 - combined_auc(areas, *redundancy),
            Predictive::R2(shares) => 1.0 - combined_r_squared(shares, *redundancy),
        };
        let left = left.max(LEAST * span);
        add(Reach::features(left), libm::log(left), *terms);
    }
    if let Some(pilot) = &evidence.pilot
        && let Some(gap) = gap(metric, pilot.value)
    {
        add(Reach::pilot(gap), libm::log(gap), pilot.terms);
    }
    if sources.is_empty() {
        return Reach::base_rate(target.max(LEAST * span));
    }
    Reach::pooled(&sources).0
}

/// The least gap there is, as a share of the metric's span.
const LEAST: f64 = 1e-6;

/// The gap of a value, above 0.
fn gap(metric: &Metric, value: f64) -> Option<f64> {
    Some(metric.gap(value)?.max(LEAST * metric.span()?))
}

const fn of_model(similarity: ModelSimilarity) -> Similarity {
    match similarity {
        ModelSimilarity::Same => Similarity::Same,
        ModelSimilarity::Similar => Similarity::Similar,
        ModelSimilarity::Distant => Similarity::Distant,
    }
}
