//! Part files: a stretch of a run on its way to where all of them are joined.
//!
//! A part holds what was counted and kept over its iterations, and every document that the plan was
//! read from, so that whoever joins the parts needs nothing else. What is the same in all parts of a
//! run (the pilot, the bins' places) is not in it: it is made again from the documents, and a
//! fingerprint says whether it came out the same.
//!
//! ```text
//! offset  bytes
//!      0      8  `plan.prt`
//!      8      4  version of the format, little-endian like all that follows
//!     12      8  length of the rest after the checksum
//!     20     16  its checksum: XXH3, 128 bits
//!     36         the label, then what was counted, both in postcard's encoding
//! ```
//!
//! A part is never trusted: whatever its bytes, reading it ends in a part or in words about what is
//! wrong, and takes no more memory than a few times its length.

mod counted;
mod join;

use std::fmt;

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::samples::Samples;
use super::settings::{Sampling, Settings};
use super::stretch::Stretch;

use counted::Counted;
pub use join::{Difference, JoinError, Parts};

const MAGIC: &[u8; 8] = b"plan.prt";
/// The version of the format. It changes with every change of what a label or a part holds.
const FORMAT: u32 = 2;
const HEAD: usize = MAGIC.len() + 4 + 8 + 16;
/// Counters of 32 bits hold as many iterations.
const LONGEST_RUN: u64 = u32::MAX as u64;
/// The version of the program. Others may draw or count otherwise.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// A document by the name it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// All that a plan was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The plan file.
    pub plan: Document,
    /// Further files merged into it, in this order.
    pub with: Vec<Document>,
    /// Values set last, each a `KEY=VALUE`.
    pub set: Vec<String>,
    /// Risks whose responses are put in force.
    pub respond: Vec<String>,
    /// The scenario asked for.
    pub scenario: Option<String>,
    /// Files of samples that the plan names, by the names it gives them.
    pub files: Vec<Document>,
}

/// What a part is a part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The version of the program that made it.
    pub program: String,
    /// What the plan was read from.
    pub origin: Origin,
    /// The seed of all draws.
    pub seed: u64,
    /// How the draws are made.
    pub sampling: Sampling,
    /// How many iterations the whole run has.
    pub iterations: u64,
    /// Which shard of how many, from 1.
    pub shard: (u64, u64),
    /// Its iterations: from, to (not included).
    range: (u64, u64),
    /// The fingerprint of what is the same in all parts of the run.
    run: u128,
}

/// A part of a run: its label, and what was counted, still in the file's encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is a part of.
    pub label: Label,
    counted: Vec<u8>,
}

/// Why bytes are not a part that can be joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartError {
    /// They begin otherwise than every part does.
    NoPart,
    /// They are in a format of this version, which a newer program writes.
    Newer(u32),
    /// They were written by this other version of the program.
    OtherProgram(String),
    /// They end too early.
    CutOff {
        /// How many bytes there should be.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// They are not what was written.
    Damaged,
}

impl Label {
    /// The label of a shard's samples, made with these settings.
    pub fn new(origin: Origin, settings: &Settings, shard: (u64, u64), samples: &Samples) -> Self {
        Self {
            program: PROGRAM.to_owned(),
            origin,
            seed: samples.seed,
            sampling: settings.sampling,
            iterations: samples.whole,
            shard,
            range: (samples.first, samples.first + samples.iterations),
            run: fingerprint(samples),
        }
    }

    /// Its iterations.
    pub fn stretch(&self) -> Stretch {
        // Checked when the label was read.
        Stretch::new(self.range.0, self.range.1).unwrap_or(Stretch::whole(0))
    }

    fn is_possible(&self) -> bool {
        let (shard, of) = self.shard;
        let (first, end) = self.range;
        self.iterations <= LONGEST_RUN
            && (1..=of).contains(&shard)
            && of <= self.iterations.div_ceil(Stretch::ALIGNMENT)
            && first < end
            && end <= self.iterations
            && first.is_multiple_of(Stretch::ALIGNMENT)
            && (end.is_multiple_of(Stretch::ALIGNMENT) || end == self.iterations)
    }
}

impl Part {
    /// A part with these samples.
    pub fn new(label: Label, samples: Samples) -> Self {
        Self { label, counted: encoded(&Counted::of(samples)) }
    }

    /// Whether bytes begin like a part, whole or not.
    pub fn is_begun_by(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// The bytes of its file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rest = encoded(&self.label);
        rest.extend_from_slice(&self.counted);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORMAT.to_le_bytes());
        bytes.extend((rest.len() as u64).to_le_bytes());
        bytes.extend(XxHash3_128::oneshot(&rest).to_le_bytes());
        bytes.extend(rest);
        bytes
    }

    /// The part that a file's bytes hold.
    ///
    /// # Errors
    /// [`PartError`], if they hold none, or none that this program can join.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PartError> {
        let Some(after) = bytes.strip_prefix(MAGIC) else { return Err(PartError::NoPart) };
        let cut_off = PartError::CutOff { expected: HEAD as u64, found: bytes.len() as u64 };
        let (format, after) = after.split_first_chunk().ok_or(cut_off.clone())?;
        let format = u32::from_le_bytes(*format);
        if format > FORMAT {
            return Err(PartError::Newer(format));
        }
        let (length, after) = after.split_first_chunk().ok_or(cut_off.clone())?;
        let (checksum, rest) = after.split_first_chunk().ok_or(cut_off)?;
        let (expected, found) = (u64::from_le_bytes(*length), rest.len() as u64);
        if found < expected {
            let head = HEAD as u64;
            return Err(PartError::CutOff { expected: expected.saturating_add(head), found: found + head });
        }
        let is_whole = format == FORMAT && found == expected;
        if !is_whole || XxHash3_128::oneshot(rest) != u128::from_le_bytes(*checksum) {
            return Err(PartError::Damaged);
        }
        Self::decoded(rest)
    }

    fn decoded(rest: &[u8]) -> Result<Self, PartError> {
        // The program's version comes first, so that it can be read whatever follows.
        let (program, _) = postcard::take_from_bytes::<String>(rest).map_err(|_| PartError::Damaged)?;
        if program != PROGRAM {
            return Err(PartError::OtherProgram(program));
        }
        let (label, counted) = postcard::take_from_bytes::<Label>(rest).map_err(|_| PartError::Damaged)?;
        if !label.is_possible() {
            return Err(PartError::Damaged);
        }
        Ok(Self { label, counted: counted.to_vec() })
    }
}

/// A value in postcard's encoding.
///
/// # Panics
/// Never: what parts hold has only sequences of known length, and memory grows as needed.
fn encoded(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("what a part holds can be encoded")
}

/// A fingerprint of what is the same in all parts of a run.
fn fingerprint(samples: &Samples) -> u128 {
    let columns = (samples.categories.len(), samples.stages.len(), samples.kept_costs.len());
    let kept: Vec<(u32, bool)> = samples.kept.iter().map(|(of, _)| *of).collect();
    let counted = (samples.seed, samples.whole, samples.visits.len(), samples.variables.len(), columns, kept);
    let drawn = (samples.finish_at_means, &samples.pilot, &samples.draw_variance, &samples.bins.scales[..]);
    XxHash3_128::oneshot(&encoded(&(counted, drawn)))
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPart => f.write_str("it is no part of a simulation"),
            Self::Newer(format) => {
                write!(
                    f,
                    "it is in format {format} of part files, and this is plan {PROGRAM}, which knows {FORMAT}"
                )
            }
            Self::OtherProgram(version) => {
                write!(f, "it was written by plan {}, and this is plan {PROGRAM}", shown(version))
            }
            Self::CutOff { expected, found } => {
                write!(f, "it is cut off: {found} of {expected} bytes are there")
            }
            Self::Damaged => f.write_str("it is damaged: its bytes are not those that were written"),
        }
    }
}

impl std::error::Error for PartError {}

/// A word of a file, as far as it fits a line.
fn shown(word: &str) -> String {
    word.chars().filter(|letter| !letter.is_control()).take(40).collect()
}
