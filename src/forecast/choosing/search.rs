//! Which choices are worth a full run: all of them if they are few, else those that a search meets.
//!
//! The search walks from several choices along the change that saves the most time for its money, until
//! nothing gets faster, and from the cheapest choice that meets the reach by exchanges of one or two levers,
//! until nothing gets cheaper. It finds good choices and proves none the best.

use super::levers::{Choice, Lever};
use super::trial::{Trial, Trials};

/// So many choices are all tried.
pub(super) const MOST_TRIED: usize = 4_096;
/// A search tries no more than about so many.
const MOST_SEARCHED: usize = 20_000;

/// How many choices there are; `None` beyond any that could be tried.
pub(super) fn count(levers: &[Lever]) -> Option<usize> {
    levers.iter().try_fold(1_usize, |count, lever| count.checked_mul(lever.levels.len()))
}

/// Every choice there is, in order.
pub(super) fn all(levers: &[Lever]) -> Vec<Choice> {
    let mut choices = vec![Vec::new()];
    for lever in levers {
        let longer = |choice: &Choice| {
            let choice = choice.clone();
            (0..lever.levels.len()).map(move |level| [&choice[..], &[level]].concat())
        };
        choices = choices.iter().flat_map(longer).collect();
    }
    choices
}

/// Tries what a search meets.
pub(super) fn search(trials: &mut Trials<'_>, done: &(dyn Fn(u64) + Sync)) {
    let given: Choice = trials.levers.iter().map(|lever| lever.given).collect();
    for start in [vec![0; given.len()], given] {
        hasten(trials, start, done);
    }
    cheapen(trials, done);
}

/// Takes the change that saves the most time for its money, again and again.
fn hasten(trials: &mut Trials<'_>, start: Choice, done: &(dyn Fn(u64) + Sync)) {
    let mut at = start;
    let mut here = trials.of(std::slice::from_ref(&at), done)[0];
    while trials.known().count() < MOST_SEARCHED {
        let next = neighbours(trials.levers, &at);
        let tried = trials.of(&next, done);
        let worth = |trial: &Trial| {
            let (saved, paid) = (here.finish - trial.finish, trial.cost - here.cost);
            // What saves both comes first, and of those what saves the most time.
            if paid <= 0.0 { (1, saved) } else { (0, saved / paid) }
        };
        let faster = next.into_iter().zip(tried).filter(|(_, trial)| trial.finish < here.finish);
        let best = faster.max_by(|a, b| {
            let (a, b) = (worth(&a.1), worth(&b.1));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let Some((choice, trial)) = best else { return };
        (at, here) = (choice, trial);
    }
}

/// Exchanges one or two levers of the cheapest choice that meets the reach, as long as that saves money.
fn cheapen(trials: &mut Trials<'_>, done: &(dyn Fn(u64) + Sync)) {
    while trials.known().count() < MOST_SEARCHED {
        let Some((best, cost)) = cheapest(trials) else { return };
        let once = neighbours(trials.levers, &best);
        trials.of(&once, done);
        let twice: Vec<Choice> = once.iter().flat_map(|choice| neighbours(trials.levers, choice)).collect();
        trials.of(&twice[..twice.len().min(MOST_SEARCHED / 4)], done);
        if cheapest(trials).is_none_or(|(_, next)| next >= cost) {
            return;
        }
    }
}

fn cheapest(trials: &Trials<'_>) -> Option<(Choice, f64)> {
    let met = trials.known().filter(|(_, trial)| trials.reach.is_reached(trial.chance));
    let best = met.min_by(|a, b| a.1.cost.total_cmp(&b.1.cost))?;
    Some((best.0.clone(), best.1.cost))
}

/// The choices that differ in one lever: another way, or the next more or less of the time bought.
fn neighbours(levers: &[Lever], choice: &[usize]) -> Vec<Choice> {
    let mut next = Vec::new();
    for (at, lever) in levers.iter().enumerate() {
        let own = choice[at];
        let is_near = |level: usize| {
            let same_way = lever.levels[level].0 == lever.levels[own].0;
            level != own && if same_way { level.abs_diff(own) == 1 } else { lever.levels[level].1 == 0.0 }
        };
        for level in (0..lever.levels.len()).filter(|&level| is_near(level)) {
            let mut changed = choice.to_vec();
            changed[at] = level;
            next.push(changed);
        }
    }
    next
}

/// The trials that no other beats, the cheapest first; each at least so much earlier than the one before.
pub(super) fn unbeaten<T>(mut tried: Vec<(T, Trial)>, least: f64) -> Vec<(T, Trial)> {
    tried.sort_by(|a, b| a.1.cost.total_cmp(&b.1.cost).then(a.1.finish.total_cmp(&b.1.finish)));
    let mut kept: Vec<(T, Trial)> = Vec::new();
    for (choice, trial) in tried {
        if trial.finish.is_finite()
            && kept
                .last()
                .is_none_or(|(_, last)| trial.finish < last.finish && last.finish - trial.finish >= least)
        {
            kept.push((choice, trial));
        }
    }
    kept
}
