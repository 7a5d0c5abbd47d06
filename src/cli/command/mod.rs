//! The commands, one a file, each about a screenful.

mod cashflow;
mod check;
mod compare;
mod completions;
mod drivers;
mod explain;
mod export;
mod folder;
mod init;
pub(super) mod kinds;
mod man;
mod manual;
mod merge;
mod path;
mod rendering;
mod replay;
mod scope;
mod self_test;
mod shard;
mod simulate;
pub(super) mod templates;

pub(super) use cashflow::cashflow;
pub(super) use check::check;
pub(super) use compare::compare;
pub(super) use completions::completions;
pub(super) use drivers::drivers;
pub(super) use explain::explain;
pub(super) use export::export;
pub(super) use init::init;
pub(super) use man::man;
pub(super) use merge::merge;
pub(super) use path::path;
pub(super) use replay::replay;
pub(super) use scope::scope;
pub(super) use simulate::simulate;
