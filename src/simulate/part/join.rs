//! Joining parts: all of one run, each once, whatever their order.

use std::collections::BTreeSet;
use std::fmt;

use super::counted::Counted;
use super::{Label, Origin, Part, fingerprint, shown};
use crate::simulate::samples::Samples;
use crate::simulate::settings::Sampling;
use crate::simulate::stretch::Stretch;

/// Why parts do not make a run. Parts are named by their places in the list they were given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinError {
    /// There are no parts.
    Nothing,
    /// Two parts are not of the same run.
    Differ {
        /// The first of all parts.
        one: usize,
        /// The first that differs from it.
        other: usize,
        /// In what.
        difference: Difference,
    },
    /// Two parts hold the same iterations.
    Overlap {
        /// One of them.
        one: usize,
        /// The other.
        other: usize,
        /// What both hold.
        both: Stretch,
    },
    /// Parts are missing.
    Missing {
        /// What no part holds, in order.
        iterations: Vec<Stretch>,
        /// If all parts are shards of the same number: which ones are missing, and that number.
        shards: Option<(Vec<u64>, u64)>,
    },
    /// A part does not hold what its label says.
    Damaged(usize),
    /// A part was drawn otherwise than this program draws.
    DrawnOtherwise(usize),
}

/// What two parts differ in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The plan file: its names.
    Plan(String, String),
    /// What the plan was changed by, or the files of samples it names.
    Changes,
    /// The scenario.
    Scenario(Option<String>, Option<String>),
    /// The seed.
    Seed(u64, u64),
    /// How the draws are made.
    Sampling(Sampling, Sampling),
    /// How many iterations the run has.
    Iterations(u64, u64),
}

/// All parts of a run, in their order.
#[derive(Clone, Debug)]
pub struct Parts {
    /// With the places they were given in.
    parts: Vec<(usize, Part)>,
}

impl Parts {
    /// Puts parts in order.
    ///
    /// # Errors
    /// [`JoinError`], if they are not of one run, if two hold the same iterations, or if some are
    /// missing.
    pub fn new(parts: Vec<Part>) -> Result<Self, JoinError> {
        let mut parts: Vec<(usize, Part)> = parts.into_iter().enumerate().collect();
        if let Some(((_, first), others)) = parts.split_first() {
            for (other, part) in others {
                if let Some(difference) = difference(&first.label, &part.label) {
                    return Err(JoinError::Differ { one: 0, other: *other, difference });
                }
            }
        }
        parts.sort_by_key(|(_, part)| part.label.stretch());
        refuse_overlaps(&parts)?;
        refuse_gaps(&parts)?;
        Ok(Self { parts })
    }

    /// The label of one of them; all say the same but for their shards.
    pub fn label(&self) -> &Label {
        &self.parts[0].1.label
    }

    /// The samples of the whole run. `run` are samples of none of its iterations, with the settings
    /// that the label tells.
    ///
    /// # Errors
    /// [`JoinError`], if a part does not hold what its label says.
    pub fn join(self, mut run: Samples) -> Result<Samples, JoinError> {
        let fingerprint = fingerprint(&run);
        // One at a time, so that only one is there twice.
        for (at, Part { label, counted }) in self.parts {
            if label.run != fingerprint {
                return Err(JoinError::DrawnOtherwise(at));
            }
            let stretch = label.stretch();
            let counted = postcard::take_from_bytes::<Counted>(&counted);
            let (counted, _) =
                counted.ok().filter(|(_, rest)| rest.is_empty()).ok_or(JoinError::Damaged(at))?;
            let samples = counted.samples(&run, stretch).ok_or(JoinError::Damaged(at))?;
            run.append(samples).map_err(|_| JoinError::Damaged(at))?;
        }
        Ok(run)
    }
}

/// In what the runs differ that two parts are of; what both share is named one by one, so that none can
/// be forgotten.
fn difference(one: &Label, other: &Label) -> Option<Difference> {
    let Label { program: _, origin, seed, sampling, iterations, shard: _, range: _, run: _ } = one;
    if let Some(difference) = documents(origin, &other.origin) {
        return Some(difference);
    }
    if *seed != other.seed {
        return Some(Difference::Seed(*seed, other.seed));
    }
    if *sampling != other.sampling {
        return Some(Difference::Sampling(*sampling, other.sampling));
    }
    (*iterations != other.iterations).then_some(Difference::Iterations(*iterations, other.iterations))
}

fn documents(one: &Origin, other: &Origin) -> Option<Difference> {
    let Origin { plan, with, set, respond, scenario, files } = one;
    if plan != &other.plan {
        return Some(Difference::Plan(plan.name.clone(), other.plan.name.clone()));
    }
    if scenario != &other.scenario {
        return Some(Difference::Scenario(scenario.clone(), other.scenario.clone()));
    }
    let differs =
        with != &other.with || set != &other.set || respond != &other.respond || files != &other.files;
    differs.then_some(Difference::Changes)
}

fn refuse_overlaps(parts: &[(usize, Part)]) -> Result<(), JoinError> {
    for pair in parts.windows(2) {
        let [(one, before), (other, next)] = pair else { continue };
        let (before, next) = (before.label.stretch(), next.label.stretch());
        if let Some(both) =
            Stretch::new(next.first(), before.end().min(next.end())).filter(|it| it.count() > 0)
        {
            return Err(JoinError::Overlap { one: *one.min(other), other: *one.max(other), both });
        }
    }
    Ok(())
}

fn refuse_gaps(parts: &[(usize, Part)]) -> Result<(), JoinError> {
    let Some((_, first)) = parts.first() else { return Err(JoinError::Nothing) };
    let mut iterations = Vec::new();
    let mut done = 0;
    for (_, part) in parts {
        let stretch = part.label.stretch();
        iterations.extend(gap(done, stretch.first()));
        done = stretch.end();
    }
    iterations.extend(gap(done, first.label.iterations));
    if iterations.is_empty() {
        return Ok(());
    }
    let (_, of) = first.label.shard;
    let there: BTreeSet<u64> = parts.iter().map(|(_, part)| part.label.shard.0).collect();
    let are_shards_of_one_cut = parts.iter().all(|(_, part)| part.label.shard.1 == of);
    // There are no more shards than blocks, so this list is no longer than the run.
    let missing = || (1..=of).filter(|shard| !there.contains(shard)).collect();
    let shards = are_shards_of_one_cut.then(|| (missing(), of));
    Err(JoinError::Missing { iterations, shards })
}

fn gap(from: u64, to: u64) -> Option<Stretch> {
    Stretch::new(from, to).filter(|gap| gap.count() > 0)
}

impl JoinError {
    /// In words, with the parts by these names.
    pub fn words(&self, names: &[String]) -> String {
        let name = |part: usize| names.get(part).map_or_else(|| format!("part {}", part + 1), Clone::clone);
        match self {
            Self::Nothing => "there are no parts".to_owned(),
            Self::Differ { one, other, difference } => {
                format!("{} and {} are not of the same run: {difference}", name(*one), name(*other))
            }
            Self::Overlap { one, other, both } => {
                format!("{} and {} both hold the iterations {both}", name(*one), name(*other))
            }
            Self::Missing { shards: Some((shards, of)), .. } => {
                let (word, is) = if shards.len() == 1 { ("shard", "is") } else { ("shards", "are") };
                format!("{word} {} of {of} {is} missing", listed(shards))
            }
            Self::Missing { iterations, shards: None } => {
                format!("the iterations {} are missing", listed(iterations))
            }
            Self::Damaged(part) => format!("{} does not hold what its label says", name(*part)),
            Self::DrawnOtherwise(part) => {
                format!("{} was drawn otherwise than this build of the program draws", name(*part))
            }
        }
    }
}

/// The most that are listed.
const MOST_LISTED: usize = 20;

fn listed(all: &[impl fmt::Display]) -> String {
    let words: Vec<String> = all.iter().take(MOST_LISTED).map(ToString::to_string).collect();
    match (all.len().saturating_sub(MOST_LISTED), words.split_last()) {
        (0, Some((last, before))) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        (0, _) => words.concat(),
        (more, _) => format!("{} and {more} more", words.join(", ")),
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(&[]))
    }
}

impl std::error::Error for JoinError {}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |scenario: &Option<String>| scenario.as_deref().map_or("base".to_owned(), shown);
        match self {
            Self::Plan(one, other) if one == other => write!(f, "{} has changed in between", shown(one)),
            Self::Plan(one, other) => write!(f, "one is of {}, the other of {}", shown(one), shown(other)),
            Self::Changes => f.write_str("the plan was changed by other files or settings"),
            Self::Scenario(one, other) => {
                write!(f, "one is of the scenario `{}`, the other of `{}`", named(one), named(other))
            }
            Self::Seed(one, other) => write!(f, "one has the seed {one}, the other {other}"),
            Self::Sampling(one, other) => {
                write!(f, "one is sampled by {}, the other by {}", one.word(), other.word())
            }
            Self::Iterations(one, other) => {
                write!(f, "one is of a run of {one} iterations, the other of {other}")
            }
        }
    }
}
