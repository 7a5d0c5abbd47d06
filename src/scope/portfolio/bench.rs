//! Where sets of solutions are judged: their runs laid out so that a set takes one pass over each.

use crate::scope::value::Worth;
use crate::stats::sample::rank_of;

use super::{Candidate, Choice, PortfolioTerms};

/// The runs of all candidates.
pub(super) struct Bench<'a> {
    candidates: &'a [Candidate],
    terms: &'a PortfolioTerms,
    runs: usize,
    problems: Vec<Rivals>,
}

/// Solutions of one problem, whose benefits overlap. In each run they are ranked once, so that a set only has
/// to pass over the ranks.
struct Rivals {
    members: Vec<usize>,
    /// From the smallest benefit to the largest, for each run.
    ranks: Vec<Vec<Ranked>>,
}

/// Who has a rank in a run, as the bit of its position among the rivals, and with which benefit.
#[derive(Clone, Copy)]
struct Ranked {
    bit: u32,
    benefit: f64,
}

/// Room to judge one set after the other.
pub(super) struct Seat {
    costs: Vec<f64>,
    nets: Vec<f64>,
    benefits: Vec<f64>,
}

impl<'a> Bench<'a> {
    /// The runs of those candidates that sets are made of.
    ///
    /// # Panics
    /// If the candidates differ in the number of runs.
    pub(super) fn new(candidates: &'a [Candidate], tried: &[usize], terms: &'a PortfolioTerms) -> Self {
        let runs = tried.first().map_or(1, |&first| candidates[first].costs.len());
        assert!(
            tried.iter().all(|&it| candidates[it].costs.len() == runs),
            "candidates are judged on the same runs"
        );
        let mut named: Vec<usize> = tried.iter().filter_map(|&it| candidates[it].problem).collect();
        named.sort_unstable();
        named.dedup();
        let problems = named.into_iter().map(|problem| {
            let is_rival = |it: &usize| candidates[*it].problem == Some(problem);
            Rivals::new(candidates, tried.iter().copied().filter(is_rival).collect(), runs)
        });
        Self { problems: problems.collect(), candidates, terms, runs }
    }

    /// Room to judge sets in.
    pub(super) fn seat(&self) -> Seat {
        let row = || vec![0.0; self.runs];
        Seat { costs: row(), nets: row(), benefits: row() }
    }

    /// What a set comes to.
    pub(super) fn judge(&self, members: Vec<usize>, seat: &mut Seat) -> Choice {
        self.add_up(&members, seat);
        let Seat { costs, nets, .. } = seat;
        let count = self.runs as f64;
        let expected = nets.iter().sum::<f64>() / count;
        let p_gain = nets.iter().filter(|net| **net > 0.0).count() as f64 / count;
        let [p50_cost, p80_cost] = [0.5, 0.8].map(|p| select(costs, p));
        let p95 = select(nets, 0.95);
        let p05 = select(nets, 0.05);
        let load = self.load(&members);
        let is_affordable = self.terms.budget.is_none_or(|budget| p80_cost <= budget) && load <= 1.0 + 1e-9;
        Choice {
            is_fundable: is_affordable && members.iter().all(|&member| self.candidates[member].may_be_funded),
            p50_cost,
            p80_cost,
            expected,
            p05,
            p95,
            p_gain,
            worst_twentieth: lowest_twentieth(nets),
            load,
            is_on_frontier: false,
            members,
        }
    }

    /// Costs and net present values of a set in every run.
    fn add_up(&self, members: &[usize], seat: &mut Seat) {
        let Seat { costs, nets, benefits } = seat;
        costs.fill(0.0);
        nets.fill(0.0);
        for &member in members {
            let Candidate { costs: own, worths, problem, .. } = &self.candidates[member];
            // The benefit of what solves a problem is added with those of its rivals.
            let counts = if problem.is_some() { 1.0 } else { 0.0 };
            for (((cost, net), own), worth) in costs.iter_mut().zip(&mut *nets).zip(own).zip(worths) {
                *cost += own;
                *net += worth.net - counts * worth.benefit;
            }
        }
        for rivals in &self.problems {
            let set = rivals.set(members);
            if set != 0 {
                rivals.overlap(set, self.terms.overlap, benefits);
                nets.iter_mut().zip(&*benefits).for_each(|(net, benefit)| *net += benefit);
            }
        }
    }

    /// The most that any resource is loaded.
    fn load(&self, members: &[usize]) -> f64 {
        let resources = self.candidates.first().map_or(0, |candidate| candidate.loads.len());
        (0..resources)
            .map(|resource| members.iter().map(|&it| self.candidates[it].loads[resource]).sum::<f64>())
            .fold(0.0, f64::max)
    }
}

impl Rivals {
    fn new(candidates: &[Candidate], members: Vec<usize>, runs: usize) -> Self {
        let mut ranks = vec![Vec::with_capacity(runs); members.len()];
        for run in 0..runs {
            let benefit = |&member: &usize| {
                let Worth { benefit, .. } = candidates[member].worths[run];
                benefit
            };
            let of = |(at, member): (usize, &usize)| Ranked { bit: 1 << at, benefit: benefit(member) };
            let mut ranked: Vec<Ranked> = members.iter().enumerate().map(of).collect();
            ranked.sort_by(|a, b| a.benefit.total_cmp(&b.benefit));
            ranks.iter_mut().zip(ranked).for_each(|(rank, ranked)| rank.push(ranked));
        }
        Self { members, ranks }
    }

    /// Those of the rivals that are among the members, as bits.
    fn set(&self, members: &[usize]) -> u32 {
        let bits = self.members.iter().enumerate().filter(|(_, rival)| members.contains(rival));
        bits.map(|(at, _)| 1 << at).sum()
    }

    /// What a set earns in each run, where the j-th largest benefit counts (1−overlap)^j: from the smallest on,
    /// each next one comes on top of what is left of the sum so far.
    fn overlap(&self, set: u32, overlap: f64, benefits: &mut [f64]) {
        benefits.fill(0.0);
        for rank in &self.ranks {
            for (sum, ranked) in benefits.iter_mut().zip(rank) {
                let next = ranked.benefit + (1.0 - overlap) * *sum;
                *sum = if set & ranked.bit == 0 { *sum } else { next };
            }
        }
    }
}

/// The percentile `p` of some values; puts the smaller ones before.
fn select(values: &mut [f64], p: f64) -> f64 {
    let rank = rank_of(values.len() as u64, p) as usize;
    *values.select_nth_unstable_by(rank - 1, f64::total_cmp).1
}

/// The mean of the lowest twentieth, at least of one value.
fn lowest_twentieth(values: &mut [f64]) -> f64 {
    let worst = values.len().div_ceil(20);
    let (lower, last, _) = values.select_nth_unstable_by(worst - 1, f64::total_cmp);
    // Sorted, so that the sum does not depend on how they were found.
    lower.sort_unstable_by(f64::total_cmp);
    (lower.iter().sum::<f64>() + *last) / worst as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Goal;
    use crate::simulate::{Settings, uniform};

    /// Every figure of a set, from its runs one by one as the rule is written.
    fn naive(candidates: &[Candidate], members: &[usize], overlap: f64) -> (Vec<f64>, Vec<f64>) {
        let runs = candidates[0].costs.len();
        let sum = |of: &dyn Fn(&Candidate, usize) -> f64, run: usize| -> f64 {
            members.iter().map(|&it| of(&candidates[it], run)).sum()
        };
        let mut costs: Vec<f64> = (0..runs).map(|run| sum(&|it, run| it.costs[run], run)).collect();
        let lost = |run: usize| {
            let of_problem = |problem: usize| {
                let rivals = members.iter().filter(|&&it| candidates[it].problem == Some(problem));
                let mut benefits: Vec<f64> = rivals.map(|&it| candidates[it].worths[run].benefit).collect();
                benefits.sort_by(|a, b| b.total_cmp(a));
                let counts = |rank: usize| (1.0 - overlap).powi(i32::try_from(rank).unwrap());
                benefits.iter().enumerate().map(|(rank, benefit)| benefit * (1.0 - counts(rank))).sum::<f64>()
            };
            (0..3).map(of_problem).sum::<f64>()
        };
        let mut nets: Vec<f64> =
            (0..runs).map(|run| sum(&|it, run| it.worths[run].net, run) - lost(run)).collect();
        costs.sort_by(f64::total_cmp);
        nets.sort_by(f64::total_cmp);
        (costs, nets)
    }

    #[test]
    fn sets_come_to_what_the_rule_says_run_by_run() {
        let some =
            |what: &str, at: usize| uniform(&format!("{what}:{at}"), &Settings::default().iterations(200));
        let candidates: Vec<Candidate> = (0..7_usize)
            .map(|at| Candidate {
                group: None,
                needs: Vec::new(),
                includes: vec![at],
                problem: [Some(0), Some(1), None][at % 3],
                may_be_funded: true,
                costs: some("cost", at),
                worths: some("benefit", at).iter().map(|&it| Worth { benefit: it, net: it - 0.3 }).collect(),
                loads: vec![0.1],
                productivity: 1.0,
            })
            .collect();
        let tried: Vec<usize> = (0..candidates.len()).collect();
        let terms =
            PortfolioTerms { budget: None, overlap: 0.3, contingency: 0.0, goal: Goal::ExpectedValue };
        let bench = Bench::new(&candidates, &tried, &terms);
        let mut seat = bench.seat();
        for set in 1..1_usize << tried.len() {
            let members: Vec<usize> = tried.iter().copied().filter(|it| set >> it & 1 == 1).collect();
            let found = bench.judge(members.clone(), &mut seat);
            let (costs, nets) = naive(&candidates, &members, 0.3);
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            for (found, expected) in [
                (found.p50_cost, costs[99]),
                (found.p80_cost, costs[159]),
                (found.expected, mean(&nets)),
                (found.p05, nets[9]),
                (found.p95, nets[189]),
                (found.worst_twentieth, mean(&nets[..10])),
            ] {
                assert!((found - expected).abs() < 1e-9, "{members:?}: {found} instead of {expected}");
            }
        }
    }
}
