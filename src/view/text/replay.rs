//! One iteration opened.

use crate::forecast::Replay;
use crate::view::palette::paint;
use crate::view::replaying::{grids, path, which};
use crate::view::table::one_line;

use super::drivers::drawn;
use super::headline::plan_size;
use super::path::{shortened, wrapped};
use super::{Screen, stacked};

/// When everything was, what was drawn, what struck, where the money went.
pub fn replay(replay: &Replay, screen: &Screen) -> String {
    let palette = screen.palette;
    let name = paint(palette.heading, &one_line(replay.plan.name.clone()));
    let about = format!("· {} · {}", plan_size(&replay.plan), which(replay));
    let title = format!("{name} {}\n", paint(palette.faint, &about));
    let mut blocks: Vec<String> = grids(replay).iter().map(|grid| drawn(grid, screen)).collect();
    if !replay.path.is_empty() {
        let steps = wrapped(&shortened(&path(replay), screen.all), " → ", screen.width);
        let heading = paint(palette.heading, "Driving path");
        blocks.insert(blocks.len().min(1), format!("  {heading}\n{steps}"));
    }
    stacked([title].into_iter().chain(blocks))
}
