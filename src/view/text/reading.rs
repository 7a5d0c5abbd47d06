//! How the program reads a milestone or a risk, as a table.

use crate::model::{MilestoneId, Plan, RiskId};
use crate::network::Network;
use crate::view::palette::paint;
use crate::view::reading::{self, Reading};
use crate::view::table::{Cell, Table, one_line};

use super::Screen;

/// Everything a milestone says: the key, what is written, what it means.
pub fn reading(plan: &Plan, network: &Network, id: MilestoneId, screen: &Screen) -> String {
    drawn(&plan[id].key, &reading::readings(plan, network, id), screen)
}

/// Everything a risk says.
pub fn risk_reading(plan: &Plan, id: RiskId, screen: &Screen) -> String {
    drawn(&format!("risk {}", plan[id].key), &reading::risk_readings(plan, id), screen)
}

/// The readings of all milestones, risks and correlation groups, in file order.
pub fn readings(plan: &Plan, network: &Network, screen: &Screen) -> String {
    let milestones = reading::all_readings(plan, network);
    let mut all: Vec<String> =
        milestones.iter().map(|(id, said)| drawn(&plan[*id].key, said, screen)).collect();
    all.extend((0..plan.risks.len()).map(|at| risk_reading(plan, RiskId::new(at), screen)));
    all.extend(plan.correlations.iter().enumerate().map(|(at, group)| {
        drawn(&format!("correlation {}", group.key), &reading::group_readings(plan, at), screen)
    }));
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
