//! Choices in words: the terminal and Markdown show the same rows.

use crate::forecast::{Candidate, Method, Optimisation, Picked};

use super::driving::{Grid, Words};
use super::words::{bound, chance, count, days, interval, money, percent, percentile, stamp, year};

/// What is chosen, in one line: `Label: outsource; Train: 3.0 d off`.
pub(super) fn choice(candidate: &Candidate) -> String {
    let one = |picked: &Picked| {
        let option = picked.option.as_ref().map(|(_, name)| name.clone());
        let crashed = (picked.crashed_days > 0.0).then(|| format!("{} off", days(picked.crashed_days)));
        let how: Vec<String> = option.into_iter().chain(crashed).collect();
        format!("{}: {}", picked.name, how.join(", "))
    };
    let all: Vec<String> = candidate.picks.iter().map(one).collect();
    if all.is_empty() { "as written".to_owned() } else { all.join("; ") }
}

/// What is asked for: `P80(finish) by 30 Sep 2027`.
pub(super) fn aim(answer: &Optimisation) -> String {
    let by = bound(answer.by);
    match answer.within {
        None => format!("{} of the finish by {by}", percentile(answer.confidence.value())),
        Some(budget) => {
            let budget = money(budget, &answer.plan.currency);
            format!("by {by} and within {budget} in {} of all runs", percent(answer.confidence.value()))
        }
    }
}

/// The answer in one sentence.
pub(super) fn verdict(answer: &Optimisation) -> String {
    match &answer.best {
        None => format!("no choice reaches it: {}", aim(answer)),
        Some(best) if best.patch.is_empty() => {
            format!("the plan as it is reaches it cheapest: {}", aim(answer))
        }
        Some(best) => format!("cheapest for {}: {}", aim(answer), choice(best)),
    }
}

/// How the choices were found.
pub(super) fn method(answer: &Optimisation) -> String {
    match answer.method {
        Method::Exact => "nothing is uncertain: exact, by a linear programme".to_owned(),
        Method::Exhaustive(1) => "the only choice was tried".to_owned(),
        Method::Exhaustive(all) => format!("all {} choices were tried", count(all)),
        Method::Searched(some) => {
            format!("{} choices were tried in a search; there may be better ones", count(some))
        }
    }
}

/// The choices in tables.
pub(super) fn grids(answer: &Optimisation) -> Vec<Grid> {
    let p = percentile(answer.confidence.value());
    let headings = |first: &str| -> Vec<String> {
        let rest = [format!("finish, {p}"), "cost, mean".to_owned(), "chance".to_owned()];
        std::iter::once(first.to_owned()).chain(rest).collect()
    };
    let row = |mark: &str, candidate: &Candidate| -> Vec<Words> {
        let finish = candidate.finish.map_or_else(
            || "–".to_owned(),
            |it| format!("{} ({})", stamp(it.at), interval(it.low, it.high, year(it.at))),
        );
        let cost = money(candidate.cost.mean, &answer.plan.currency);
        let named = format!("{mark}{}", choice(candidate));
        [named, finish, cost, chance(candidate.chance)].map(Words::from).into()
    };
    let mut rows = vec![row("as it is: ", &answer.given)];
    rows.extend(answer.best.as_ref().map(|best| row("cheapest: ", best)));
    let frontier = answer.frontier.iter().map(|candidate| {
        let is_best = answer.best.as_ref() == Some(candidate);
        row(if is_best { "→ " } else { "" }, candidate)
    });
    let grid = |title: &str, rows, note: &str| Grid {
        title: title.to_owned(),
        headings: headings(""),
        sides: "<>>>",
        rows,
        names: 30,
        usual: 12,
        note: note.to_owned(),
    };
    vec![
        grid("", rows, ""),
        grid(
            "What each earlier date costs",
            frontier.collect(),
            "no other choice is cheaper on average and a tenth of a day earlier; all under the same draws",
        ),
    ]
}

/// The scenario to paste; nothing if the plan as it is is best, or nothing reaches the aim.
pub(super) fn scenario(answer: &Optimisation) -> Option<String> {
    let best = answer.best.as_ref().filter(|best| !best.patch.is_empty())?;
    Some(format!("[scenario.optimised]\n{}\n", best.patch.join("\n")))
}
