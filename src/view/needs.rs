//! What funded solutions need and what there is of it, in words: the terminal and Markdown show the same rows.

use crate::scope::{ResourceNeed, ResourceUnit, ScopeReport};

use super::decisions::worth;
use super::driving::{Grid, Words};
use super::words::{count, percent};

/// Time and resources of the set to fund; nothing if nothing is to be funded.
pub(super) fn needs(report: &ScopeReport) -> Option<Grid> {
    if report.needs.is_empty() {
        return None;
    }
    let is_bounded = report.needs.iter().any(|need| need.supply.is_some());
    let headings: &[&str] =
        if is_bounded { &["", "P80 need", "there is", "load", "the rest costs"] } else { &["", "P80 need"] };
    let note = match report.deadline {
        Some(by) => format!("there is: until {}", super::words::bound(by)),
        None => "without a deadline nobody knows how much there is".to_owned(),
    };
    Some(Grid {
        title: "Resources".to_owned(),
        headings: headings.iter().map(|&it| it.to_owned()).collect(),
        sides: if is_bounded { "<>>>>" } else { "<>" },
        rows: report.needs.iter().map(|need| row(need, is_bounded, report)).collect(),
        names: 40,
        usual: report.needs.len(),
        note,
    })
}

fn row(need: &ResourceNeed, is_bounded: bool, report: &ScopeReport) -> Vec<Words> {
    let mut words = vec![need.name.clone(), amount(need.need, need.unit)];
    if is_bounded {
        let nothing = || "—".to_owned();
        words.push(need.supply.map_or_else(nothing, |supply| amount(supply, need.unit)));
        words.push(need.load().filter(|load| load.is_finite()).map_or_else(nothing, percent));
        words.push(need.price_of_rest.map_or_else(String::new, |price| worth(price, report)));
    }
    words.into_iter().map(Words::from).collect()
}

/// An amount with its unit: `146 d`, `320 h`, `14,400`.
fn amount(amount: f64, unit: ResourceUnit) -> String {
    let whole = count(amount.round() as usize);
    match unit {
        ResourceUnit::PersonDays | ResourceUnit::Days => format!("{whole} d"),
        ResourceUnit::Hours => format!("{whole} h"),
        ResourceUnit::Pieces => whole,
    }
}
