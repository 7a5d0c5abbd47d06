//! What to do at all: how feasible a solution is, what it is worth, what to fund.
//!
//! Answers as values; `view` shows them and computes nothing. Whether a metric gets to its target needs
//! measurements alone ([`Extrapolation`]). What a solution is worth is a pure function of its runs
//! ([`value`], [`Worths`], [`StopLine`], [`Portfolio`], [`Scores`]), and so is what to do with it
//! ([`decision`]).

mod amounts;
mod assess;
mod assessment;
mod canvas;
mod checkpoint;
mod criteria;
pub mod decision;
mod details;
mod drivers;
mod ease;
mod evidence;
mod extrapolation;
mod facts;
mod judge;
mod once;
mod portfolio;
mod process;
mod remarks;
mod report;
mod resources;
mod scores;
mod sequences;
mod sets;
mod update;
pub mod value;
mod verdict;
mod worths;

pub use assessment::{Assessment, CostFigures, Fallback, ReadinessFigures};
pub use canvas::{Canvas, CanvasStep, CanvasTake};
pub use checkpoint::{Passage, StopLine};
pub use criteria::CriteriaReport;
pub use details::{Ageing, Belief, Details, Progression, SolutionRisk, StageShare};
pub use drivers::{NetDriver, NetDriverKind};
pub use ease::{Place, ValueMap, ValueOf};
pub use evidence::{EvidenceItem, evidence_asked_for, evidence_of};
pub use extrapolation::{
    Asked, AskedError, Extrapolation, Fan, FanPoint, LEVELS, PROMISES, Promise, Remark, Stand,
};
pub use portfolio::{Candidate, Choice, MOST_CANDIDATES, Portfolio, PortfolioTerms};
pub use process::{Gap, Step};
pub use remarks::ScopeRemark;
pub use report::{ProblemLine, ScopeReport};
pub use resources::{ResourceNeed, ResourceUnit};
pub use scores::{EaseTrap, Quadrant, ScoreInputs, Scores};
pub use sequences::{GroupSequences, MOST_MEMBERS, Sequence, Sequences};
pub use sets::Standing;
pub use update::Update;
pub use verdict::Verdict;
pub use worths::{Worths, worth_of_knowing};
