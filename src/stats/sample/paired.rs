//! Differences between two runs with the same random numbers, and how sure they are.
//!
//! Iteration k of both runs saw the same luck, so most of the chance cancels. The run is cut into
//! fifty sections of consecutive iterations, or into its replicates; the difference is taken in each,
//! and the scatter of them says how sure the difference over the whole run is.

use super::scheme::sections;
use super::{Interval, REPLICATES, Scheme, Sorted, around};

/// Into how many sections a run of independent iterations is cut.
pub const SECTIONS: usize = 50;
/// The fewest iterations that make a section. In shorter ones the percentiles of both runs fall on the same
/// iterations more often than in the whole run, and scatter too little.
const LEAST_SECTION: usize = 200;

/// By how much a second run differs from a first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The second's less the first's.
    pub value: f64,
    /// Where the difference of endless runs lies; none for runs too short to tell.
    pub interval: Option<Interval>,
}

/// The difference of a percentile, second less first. None if the runs differ in length, are empty
/// or hold NaN.
pub fn percentile_difference(
    first: &[f64],
    second: &[f64],
    scheme: Scheme,
    p: f64,
    confidence: f64,
) -> Option<Difference> {
    let (first, second) = (Sectioned::new(first, scheme)?, Sectioned::new(second, scheme)?);
    first.to(&second, confidence, |values| values.percentile(p))
}

/// The difference of the means, second less first. None as for [`percentile_difference`].
pub fn mean_difference(first: &[f64], second: &[f64], scheme: Scheme, confidence: f64) -> Option<Difference> {
    Sectioned::new(first, scheme)?.to(&Sectioned::new(second, scheme)?, confidence, Sorted::mean)
}

/// One number per iteration of a run, sorted as a whole and by section, ready to be compared with
/// those of other runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sectioned {
    iterations: usize,
    whole: Sorted,
    /// Nothing where no iteration of the section has a number.
    sections: Vec<Option<Sorted>>,
}

impl Sectioned {
    /// The numbers of all iterations, in their order. None if there are none or one is NaN.
    pub fn new(values: &[f64], scheme: Scheme) -> Option<Self> {
        Self::of(values.len(), scheme, |iteration| Some(values[iteration]))
    }

    /// The number of each iteration that has one: an iteration without counts in no statistic, but keeps
    /// its place. None if no iteration has one or one is NaN.
    pub fn of(iterations: usize, scheme: Scheme, value: impl Fn(usize) -> Option<f64>) -> Option<Self> {
        let whole = Sorted::new((0..iterations).filter_map(&value).collect())?;
        let count = match scheme {
            Scheme::Independent => SECTIONS.min(iterations / LEAST_SECTION),
            Scheme::Replicates => REPLICATES,
        };
        let sections =
            sections(iterations, count).map(|range| Sorted::new(range.filter_map(&value).collect()));
        Some(Self { iterations, whole, sections: sections.collect() })
    }

    /// The numbers of the whole run.
    pub const fn whole(&self) -> &Sorted {
        &self.whole
    }

    /// A statistic of this run alone, its interval by the scatter of the sections.
    pub fn estimate(&self, confidence: f64, statistic: impl Fn(&Sorted) -> f64) -> Difference {
        let parts: Vec<f64> = self.sections.iter().flatten().map(&statistic).collect();
        let value = statistic(&self.whole);
        Difference { value, interval: around(value, &parts, confidence) }
    }

    /// A statistic of a second run less that of this one. None if the runs differ in length.
    pub fn to(
        &self,
        second: &Self,
        confidence: f64,
        statistic: impl Fn(&Sorted) -> f64,
    ) -> Option<Difference> {
        if self.iterations != second.iterations {
            return None;
        }
        let between = |first: &Sorted, second: &Sorted| statistic(second) - statistic(first);
        let value = between(&self.whole, &second.whole);
        let pairs = self.sections.iter().zip(&second.sections);
        let parts: Vec<f64> =
            pairs.filter_map(|(first, second)| Some(between(first.as_ref()?, second.as_ref()?))).collect();
        Some(Difference { value, interval: around(value, &parts, confidence) })
    }
}

#[cfg(test)]
mod tests {
    use chacha20::ChaCha8Rng;
    use chacha20::rand_core::{Rng, SeedableRng};

    use super::*;

    fn uniforms(random: &mut ChaCha8Rng, count: usize) -> Vec<f64> {
        (0..count).map(|_| f64::from(random.next_u32()) / 4_294_967_296.0).collect()
    }

    #[test]
    fn sections_make_up_the_whole() {
        for (length, count) in [(100, 50), (1003, 50), (7, 3), (5, 0)] {
            let ranges: Vec<_> = sections(length, count).collect();
            let joined: Vec<usize> = ranges.iter().cloned().flatten().collect();
            let expected: Vec<usize> = if count == 0 { vec![] } else { (0..length).collect() };
            assert_eq!(joined, expected, "{length} in {count}");
        }
    }

    #[test]
    fn a_constant_difference_is_known_exactly() {
        let first = uniforms(&mut ChaCha8Rng::seed_from_u64(1), 2000);
        let second: Vec<f64> = first.iter().map(|value| value + 3.0).collect();
        for found in [
            percentile_difference(&first, &second, Scheme::Independent, 0.8, 0.95).unwrap(),
            percentile_difference(&first, &second, Scheme::Replicates, 0.8, 0.95).unwrap(),
            mean_difference(&first, &second, Scheme::Independent, 0.95).unwrap(),
        ] {
            assert!((found.value - 3.0).abs() < 1e-12, "{found:?}");
            assert!(found.interval.unwrap().half_width() < 1e-12, "{found:?}");
        }
        assert_eq!(percentile_difference(&first, &second[1..], Scheme::Independent, 0.8, 0.95), None);
        assert_eq!(
            percentile_difference(&first[..30], &second[..30], Scheme::Independent, 0.8, 0.95)
                .unwrap()
                .interval,
            None
        );
    }

    #[test]
    fn iterations_without_a_number_keep_their_places() {
        let values = uniforms(&mut ChaCha8Rng::seed_from_u64(3), 2000);
        let some = |from: f64| move |at: usize| (!at.is_multiple_of(3)).then_some(from);
        let first = Sectioned::of(2000, Scheme::Independent, |at| some(values[at])(at)).unwrap();
        let second = Sectioned::of(2000, Scheme::Independent, |at| some(values[at] + 2.0)(at)).unwrap();
        let found = first.to(&second, 0.95, |sorted| sorted.percentile(0.5)).unwrap();
        assert!((found.value - 2.0).abs() < 1e-12 && first.whole().count() == 1333, "{found:?}");
        assert!(Sectioned::of(2000, Scheme::Independent, |_| None).is_none());
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let trials = 400;
        let mut held = [0, 0];
        for _ in 0..trials {
            let first = uniforms(&mut random, 4000);
            // The same luck with some of its own: the square root of a uniform, and a little more.
            let own = uniforms(&mut random, 4000);
            let second: Vec<f64> = first
                .iter()
                .zip(&own)
                .map(|(value, own)| value + if *own < 0.5 { 0.1 } else { 0.3 })
                .collect();
            // Of the sum: P(u + 0.1 or u + 0.3 <= x) = x - 0.2 between 0.3 and 1.1.
            for (at, (found, truth)) in [
                (percentile_difference(&first, &second, Scheme::Independent, 0.6, 0.95), 0.2),
                (mean_difference(&first, &second, Scheme::Independent, 0.95), 0.2),
            ]
            .into_iter()
            .enumerate()
            {
                held[at] += usize::from(found.unwrap().interval.unwrap().contains(truth));
            }
        }
        let error = (0.95 * 0.05 / f64::from(trials)).sqrt();
        for held in held {
            let share = held as f64 / f64::from(trials);
            assert!((share - 0.95).abs() < 4.0 * error, "{share}");
        }
    }
}
