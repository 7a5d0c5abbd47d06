//! How the program reads milestones, risks and solutions, as tables.

use unicode_width::UnicodeWidthStr;

use crate::model::{Plan, RiskId};
use crate::network::Network;
use crate::view::palette::paint;
use crate::view::reading::{self, Reading, Scoped};
use crate::view::table::{Cell, Table, lines, one_line};

use super::Screen;

/// Words are broken to no fewer letters than these, even where they leave the terminal.
const NARROWEST: usize = 28;

/// Everything that milestones, risks and things of scoping with this key say; `None` if nothing is called so.
pub fn explained(plan: &Plan, network: &Network, key: &str, screen: &Screen) -> Option<String> {
    let milestone = plan.milestone(key).map(|id| drawn(key, &reading::readings(plan, network, id), screen));
    let risk = plan.risk(key).map(|id| risk(plan, id, screen));
    let scoped = reading::scoping_readings(plan, network).into_iter().filter(|it| it.key == key);
    let all: Vec<String> =
        milestone.into_iter().chain(risk).chain(scoped.map(|it| of_scope(&it, screen))).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// The readings of all milestones, risks, correlation groups and of scoping, in file order.
pub fn readings(plan: &Plan, network: &Network, screen: &Screen) -> String {
    let milestones = reading::all_readings(plan, network);
    let mut all: Vec<String> =
        milestones.iter().map(|(id, said)| drawn(&plan[*id].key, said, screen)).collect();
    all.extend((0..plan.risks.len()).map(|at| risk(plan, RiskId::new(at), screen)));
    all.extend(plan.correlations.iter().enumerate().map(|(at, group)| {
        drawn(&format!("correlation {}", group.key), &reading::group_readings(plan, at), screen)
    }));
    all.extend(reading::scoping_readings(plan, network).iter().map(|it| of_scope(it, screen)));
    all.join("\n")
}

fn risk(plan: &Plan, id: RiskId, screen: &Screen) -> String {
    drawn(&format!("risk {}", plan[id].key), &reading::risk_readings(plan, id), screen)
}

fn of_scope(it: &Scoped, screen: &Screen) -> String {
    let heading = if it.key == it.kind { it.key.clone() } else { format!("{} {}", it.kind, it.key) };
    drawn(&heading, &it.said, screen)
}

/// The key, what is written, what it means, which is broken at the terminal's edge.
fn drawn(key: &str, readings: &[Reading], screen: &Screen) -> String {
    let widest = |of: fn(&Reading) -> &str| readings.iter().map(|it| of(it).width()).max().unwrap_or(0);
    let before = 2 + widest(|it| &it.key) + 3 + widest(|it| &it.written) + 3;
    let room = screen.width.saturating_sub(before).max(NARROWEST);
    let mut table = Table::new("<<<");
    for Reading { key, written, words } in readings {
        let mut lines = lines(words, room).into_iter();
        let key = Cell::styled(key.clone(), screen.palette.faint);
        table.row([key, one_line(written.clone()).into(), lines.next().unwrap_or_default().into()]);
        lines.for_each(|line| table.row(["".into(), "".into(), line.into()]));
    }
    format!("{}\n{}", paint(screen.palette.heading, &one_line(key.to_owned())), table.draw(usize::MAX))
}
