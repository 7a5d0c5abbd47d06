//! The rows of the timeline: which milestones, in what order, below which headings.

use crate::forecast::{Forecast, MilestoneForecast};

/// The most milestones a timeline shows; of more, the most critical.
pub(super) const MOST: usize = 200;

/// One row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'a> {
    /// The heading of a stage: its position and its name.
    Stage(usize, &'a str),
    /// A milestone and the position of its stage.
    Milestone(usize, &'a MilestoneForecast),
}

/// The rows by stage in the order of reports (milestones without one last), within a stage by
/// mean start, then mean finish. Headings stand only where the plan has stages.
pub(super) fn rows(forecast: &Forecast) -> Vec<Row<'_>> {
    let stages = &forecast.plan.stages;
    let stage_of = |milestone: &MilestoneForecast| {
        let key = milestone.stage.as_deref();
        stages.iter().position(|(stage, _)| Some(stage.as_str()) == key).unwrap_or(stages.len())
    };
    let mut shown: Vec<(usize, &MilestoneForecast)> =
        most_critical(&forecast.milestones).into_iter().map(|shown| (stage_of(shown), shown)).collect();
    shown.sort_by(|(stage, a), (other, b)| {
        let starts = a.start_mean.days.total_cmp(&b.start_mean.days);
        stage.cmp(other).then(starts).then(a.finish_mean.days.total_cmp(&b.finish_mean.days))
    });
    let staged = shown.iter().any(|&(stage, _)| stage < stages.len());
    let mut rows = Vec::with_capacity(shown.len() + stages.len() + 1);
    let mut last = None;
    for (stage, milestone) in shown {
        if staged && last != Some(stage) {
            rows.push(Row::Stage(stage, stages.get(stage).map_or("No stage", |(_, name)| name.as_str())));
            last = Some(stage);
        }
        rows.push(Row::Milestone(if staged { stage } else { 0 }, milestone));
    }
    rows
}

/// At most [`MOST`] milestones, in file order: the most critical, then the earliest in the file.
fn most_critical(milestones: &[MilestoneForecast]) -> Vec<&MilestoneForecast> {
    let mut ranked: Vec<(usize, &MilestoneForecast)> = milestones.iter().enumerate().collect();
    ranked.sort_by(|(_, a), (_, b)| b.criticality.total_cmp(&a.criticality));
    ranked.truncate(MOST);
    ranked.sort_by_key(|&(position, _)| position);
    ranked.into_iter().map(|(_, milestone)| milestone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::chart::sample;

    #[test]
    fn milestones_stand_below_their_stages_by_mean_start() {
        let forecast = sample::forecast(30, sample::Dates::Yes);
        let mut last = None;
        for row in rows(&forecast) {
            match row {
                Row::Stage(stage, _) => {
                    assert!(last.is_none_or(|(before, _)| before < stage));
                    last = Some((stage, f64::NEG_INFINITY));
                }
                Row::Milestone(stage, milestone) => {
                    let (heading, start) = last.unwrap();
                    assert!(heading == stage && start <= milestone.start_mean.days, "{}", milestone.key);
                    last = Some((stage, milestone.start_mean.days));
                }
            }
        }
    }

    #[test]
    fn of_many_milestones_the_most_critical_are_shown() {
        let mut forecast = sample::forecast(300, sample::Dates::Yes);
        forecast.milestones[7].criticality = 0.0;
        forecast.milestones[290].criticality = 1.0;
        let keys: Vec<&str> = rows(&forecast)
            .iter()
            .filter_map(|row| match row {
                Row::Milestone(_, milestone) => Some(milestone.key.as_str()),
                Row::Stage(..) => None,
            })
            .collect();
        assert_eq!(keys.len(), MOST);
        assert!(keys.contains(&forecast.milestones[290].key.as_str()));
        assert!(!keys.contains(&forecast.milestones[7].key.as_str()));
    }
}
