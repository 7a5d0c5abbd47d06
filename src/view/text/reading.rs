//! How the program reads a milestone, as a table.

use crate::model::{MilestoneId, Plan};
use crate::network::Network;
use crate::view::palette::paint;
use crate::view::reading::{self, Reading};
use crate::view::table::{Cell, Table, one_line};

use super::Screen;

/// Everything a milestone says: the key, what is written, what it means.
pub fn reading(plan: &Plan, network: &Network, id: MilestoneId, screen: &Screen) -> String {
    drawn(&plan[id].key, &reading::readings(plan, network, id), screen)
}

/// The readings of all milestones, in file order.
pub fn readings(plan: &Plan, network: &Network, screen: &Screen) -> String {
    let all = reading::all_readings(plan, network);
    let all: Vec<String> = all.iter().map(|(id, said)| drawn(&plan[*id].key, said, screen)).collect();
    all.join("\n")
}

fn drawn(key: &str, readings: &[Reading], screen: &Screen) -> String {
    let mut table = Table::new("<<<");
    for Reading { key, written, words } in readings {
        let key = Cell::styled(key.clone(), screen.palette.faint);
        table.row([key, one_line(written.clone()).into(), one_line(words.clone()).into()]);
    }
    format!("{}\n{}", paint(screen.palette.heading, &one_line(key.to_owned())), table.draw(usize::MAX))
}
