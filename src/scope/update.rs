//! What one more measurement says: the chance of the target before and after it, by the same effort.

use crate::model::{Plan, SolutionId};

use super::extrapolation::{Asked, AskedError, Extrapolation};

/// A forecast that was redone.
#[derive(Clone, Debug)]
pub struct Update {
    /// Without what is new; `None` where there was no history yet.
    pub before: Option<Extrapolation>,
    /// With it.
    pub after: Extrapolation,
    /// The effort that iterations of the plan lead to now, if that is further: they count from the last
    /// measurement.
    pub further: Option<f64>,
}

impl Update {
    /// What new measurements in a plan say of a solution; nothing if its metric has no target. The plan before may be
    /// one that could not be read.
    ///
    /// # Errors
    /// If the measurements are no history that could be carried on.
    pub fn of(before: Option<&Plan>, after: &Plan, id: SolutionId) -> Result<Option<Self>, AskedError> {
        let Some(new) = Asked::of_solution(after, id) else { return Ok(None) };
        let ends = new.limit;
        let before =
            before.and_then(|plan| Asked::of_solution(plan, id)).map(Extrapolation::of).transpose()?;
        let now = after.scoping[id].evidence.history.as_ref().and_then(|history| history.points.last());
        // The same question to both, unless the effort it asks for has passed.
        let limit = before.as_ref().map(|it| it.limit.max(now.map_or(it.limit, |point| point.effort)));
        let after = Extrapolation::of(Asked { limit: limit.or(ends), ..new })?;
        let further = ends.filter(|ends| *ends > after.limit);
        Ok(Some(Self { before, after, further }))
    }
}
