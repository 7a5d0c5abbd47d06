//! The Monte-Carlo engine: random streams, samplers, blocks of iterations.
//!
//! A block of iterations goes through the network together: every quantity is a row with one value
//! per iteration, and every step a loop over a row. Nothing depends on how iterations are cut into
//! blocks or given to threads: draws are addressed by name and iteration, and what is counted over
//! iterations is an integer or a vector in their order.
//!
//! ```text
//! draws ─► values ─► spans ─► starts, finishes ─► the plan's finish ─► trace, sensitivity
//!                      └────► money ────────────► the plan's cost ───────┘
//! ```

#![allow(
    clippy::needless_range_loop,
    reason = "kernels run over several rows by one index: the plainest form for readers and for the vectoriser"
)]

mod apart;
mod bins;
mod block;
mod branch;
mod checkpoints;
mod draws;
mod effects;
mod forward;
mod histogram;
#[doc(hidden)]
pub mod kernels;
mod lhs;
mod mixing;
mod money;
mod observe;
mod overheads;
pub mod part;
mod pilot;
mod prices;
mod program;
mod rows;
mod run;
mod sampler;
mod samples;
mod settings;
mod settle;
mod stream;
mod stretch;
mod tables;
mod tally;
mod trace;

pub use apart::{drawn, uniform};
pub use checkpoints::{Checkpoints, checkpoint};
pub use draws::Draws;
pub use histogram::Histogram;
pub use lhs::lhs_iterations;
pub use observe::{BlockRows, observe};
pub use pilot::Pilot;
pub use program::NEVER;
pub use run::{simulate, simulate_with_progress};
pub use samples::{AppendError, Finishes, Samples};
pub use settings::{Keep, Sampling, Settings, Tuning};
pub use stream::{PILOT_POSITION, stream_of, uniforms};
pub use stretch::{ShardError, Stretch};
pub use tables::Tables;
