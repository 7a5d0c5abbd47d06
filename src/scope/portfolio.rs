//! Which solutions to fund together.
//!
//! Every set that respects groups and dependencies is judged on the same runs: the 80th percentile of
//! what its solutions cost *together* has to stay within the budget, not the sum of theirs. Solutions
//! of one problem take value from each other: in a run, the j-th largest benefit counts (1−overlap)^j.

mod bench;

use rayon::prelude::*;

use super::value::Worth;
use bench::Bench;

pub use crate::model::MOST_COMBINED as MOST_CANDIDATES;

/// A solution that may be funded, and its runs.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// At most one of a group is funded.
    pub group: Option<String>,
    /// What it needs, by position among the candidates; what is no candidate can't be had.
    pub needs: Vec<Option<usize>>,
    /// Itself and those it falls back on, by position among the candidates: each is done once.
    pub includes: Vec<usize>,
    /// The problem it solves, by position.
    pub problem: Option<usize>,
    /// Whether it may be funded at all, or is shown beside the others only.
    pub may_be_funded: bool,
    /// What each run costs, undiscounted.
    pub costs: Vec<f64>,
    /// What each run is worth.
    pub worths: Vec<Worth>,
    /// How much it takes of what each resource has until the deadline, in the mean.
    pub loads: Vec<f64>,
    /// The expected net present value per unit of development cost: of many, the highest are combined.
    pub productivity: f64,
}

/// On which terms sets are chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PortfolioTerms {
    /// The money there is; `None`: without limit.
    pub budget: Option<f64>,
    /// How much of each other's value solutions of one problem take, 0 to 1.
    pub overlap: f64,
    /// The share of the P50 cost that is held in reserve at least.
    pub contingency: f64,
    /// What should be largest.
    pub goal: crate::model::Goal,
}

/// Some solutions together.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Which, by position, ascending; none: do nothing.
    pub members: Vec<usize>,
    /// The cost that half of the runs stay below.
    pub p50_cost: f64,
    /// The cost that 80 % of the runs stay below.
    pub p80_cost: f64,
    /// The expected net present value.
    pub expected: f64,
    /// The net present value at 5 %.
    pub p05: f64,
    /// The net present value at 95 %.
    pub p95: f64,
    /// The chance to gain.
    pub p_gain: f64,
    /// The mean of the worst twentieth.
    pub worst_twentieth: f64,
    /// The most that any resource is loaded.
    pub load: f64,
    /// Whether every cheaper set has a lower expectation.
    pub is_on_frontier: bool,
    /// Whether it can be funded: within the budget and what people there are, all members fundable.
    pub is_fundable: bool,
}

/// All sets, and the one to fund.
#[derive(Clone, Debug, PartialEq)]
pub struct Portfolio {
    /// Every allowed set, by ascending P80 cost; the first is to do nothing.
    pub choices: Vec<Choice>,
    /// The position of the one to fund.
    pub chosen: usize,
    /// The candidates that sets were made of, by position, ascending.
    pub tried: Vec<usize>,
    /// What to hold in reserve for it: P80 less P50, or the contingency if that is more.
    pub reserve: f64,
}

impl Portfolio {
    /// Judges all sets of the candidates, whose runs are under the same draws; of more than
    /// [`MOST_CANDIDATES`], all sets of the most productive that may be funded.
    ///
    /// # Panics
    /// If the candidates differ in the number of runs.
    pub fn of(candidates: &[Candidate], terms: &PortfolioTerms) -> Self {
        let tried = most_productive(candidates);
        let bench = Bench::new(candidates, &tried, terms);
        let allowed: Vec<Vec<usize>> = (0..1_usize << tried.len())
            .map(|set| members_of(&tried, set))
            .filter(|members| is_allowed(candidates, members))
            .collect();
        let judged = allowed.into_par_iter().map_init(|| bench.seat(), |seat, it| bench.judge(it, seat));
        let mut choices: Vec<Choice> = judged.collect();
        choices.sort_by(|a, b| a.p80_cost.total_cmp(&b.p80_cost).then_with(|| a.members.cmp(&b.members)));
        let mut best = f64::NEG_INFINITY;
        for choice in &mut choices {
            choice.is_on_frontier = choice.expected > best;
            best = best.max(choice.expected);
        }
        let fundable = (0..choices.len()).filter(|&index| choices[index].is_fundable);
        let better = |a: &usize, b: &usize| {
            let (one, other) = (&choices[*a], &choices[*b]);
            let score = goal(one, terms).total_cmp(&goal(other, terms));
            // On a tie the cheaper, then the fewer, then the earlier.
            score
                .then_with(|| other.p80_cost.total_cmp(&one.p80_cost))
                .then_with(|| other.members.len().cmp(&one.members.len()))
                .then_with(|| other.members.cmp(&one.members))
        };
        let chosen = fundable.max_by(better).unwrap_or(0);
        let choice = &choices[chosen];
        let reserve = (choice.p80_cost - choice.p50_cost).max(terms.contingency * choice.p50_cost);
        Self { chosen, tried, reserve, choices }
    }

    /// The set to fund.
    pub fn choice(&self) -> &Choice {
        &self.choices[self.chosen]
    }
}

/// All candidates, or as many of them as sets can be made of: what may be funded first, then the most productive.
fn most_productive(candidates: &[Candidate]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|&a, &b| {
        let (one, other) = (&candidates[a], &candidates[b]);
        let by_chance = other.may_be_funded.cmp(&one.may_be_funded);
        by_chance.then_with(|| other.productivity.total_cmp(&one.productivity))
    });
    order.truncate(MOST_CANDIDATES);
    order.sort_unstable();
    order
}

/// Those of the tried whose bit is set.
fn members_of(tried: &[usize], set: usize) -> Vec<usize> {
    tried.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, &member)| member).collect()
}

fn goal(choice: &Choice, terms: &PortfolioTerms) -> f64 {
    match terms.goal {
        crate::model::Goal::ExpectedValue => choice.expected,
        crate::model::Goal::ChanceOfGain => choice.p_gain,
        crate::model::Goal::WorstTwentieth => choice.worst_twentieth,
    }
}

/// Whether no two members are of a group or do the same, and all have what they need.
fn is_allowed(candidates: &[Candidate], members: &[usize]) -> bool {
    members.iter().enumerate().all(|(index, &member)| {
        let own = &candidates[member];
        let differs = |other: &usize| {
            let other = &candidates[*other];
            let is_of_group = own.group.is_some() && own.group == other.group;
            !is_of_group && !own.includes.iter().any(|it| other.includes.contains(it))
        };
        let has_all = own.needs.iter().all(|need| need.is_some_and(|need| members.contains(&need)));
        members[..index].iter().all(differs) && has_all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Goal;

    fn candidate(cost: f64, net: f64, group: Option<&str>, problem: usize) -> Candidate {
        Candidate {
            group: group.map(str::to_owned),
            needs: Vec::new(),
            includes: Vec::new(),
            problem: Some(problem),
            may_be_funded: true,
            costs: vec![cost, 2.0 * cost],
            worths: vec![Worth { benefit: net + cost, net }; 2],
            loads: vec![0.4],
            productivity: net / cost,
        }
    }

    fn terms(budget: Option<f64>) -> PortfolioTerms {
        PortfolioTerms { budget, overlap: 0.25, contingency: 0.1, goal: Goal::ExpectedValue }
    }

    #[test]
    fn groups_needs_and_budgets_bound_the_sets() {
        let mut all = [
            candidate(10.0, 5.0, Some("g"), 0),
            candidate(20.0, 40.0, Some("g"), 1),
            candidate(30.0, 50.0, None, 2),
        ];
        let free = Portfolio::of(&all, &terms(None));
        // Eight sets, less the two that hold both of the group.
        assert_eq!(free.choices.len(), 6);
        assert_eq!((free.choice().members.as_slice(), free.choice().expected), ([1, 2].as_slice(), 90.0));
        // Costs are 50 and 100: the reserve is what P80 is above P50.
        assert_eq!((free.choice().p80_cost, free.reserve), (100.0, 50.0));
        assert_eq!(Portfolio::of(&all, &terms(Some(70.0))).choice().members, [2]);
        assert_eq!(Portfolio::of(&all, &terms(Some(0.0))).choice().members, [0_usize; 0]);
        all[2].needs = vec![Some(0)];
        let needy = Portfolio::of(&all, &terms(None));
        assert_eq!(needy.choice().members, [0, 2]);
        all[2].needs = vec![None];
        assert_eq!(Portfolio::of(&all, &terms(None)).choice().members, [1]);
        all[1].may_be_funded = false;
        assert_eq!(Portfolio::of(&all, &terms(None)).choice().members, [0]);
    }

    #[test]
    fn what_is_fallen_back_on_is_not_done_twice() {
        let mut all = [candidate(10.0, 30.0, None, 0), candidate(20.0, 40.0, None, 1)];
        all[0].includes = vec![0, 1];
        all[1].includes = vec![1];
        assert_eq!(Portfolio::of(&all, &terms(None)).choices.len(), 3);
    }

    #[test]
    fn people_are_not_promised_twice() {
        let mut all = [candidate(10.0, 5.0, None, 0), candidate(20.0, 40.0, None, 1)];
        all.iter_mut().for_each(|candidate| candidate.loads = vec![0.6]);
        assert_eq!(Portfolio::of(&all, &terms(None)).choice().members, [1]);
    }

    #[test]
    fn solutions_of_one_problem_share_its_value() {
        let all = [candidate(10.0, 30.0, None, 0), candidate(20.0, 40.0, None, 0)];
        // Benefits 60 and 40: a quarter of the smaller is lost.
        let chosen = Portfolio::of(&all, &terms(None)).choice().clone();
        assert_eq!((chosen.members.as_slice(), chosen.expected), ([0, 1].as_slice(), 60.0));
    }

    #[test]
    fn of_many_candidates_the_most_productive_are_combined() {
        let mut all: Vec<Candidate> =
            (0..20).map(|at| candidate(10.0, f64::from(at), None, at as usize)).collect();
        all.iter_mut().for_each(|candidate| candidate.loads = Vec::new());
        all[19].may_be_funded = false;
        let portfolio = Portfolio::of(&all, &terms(Some(1e9)));
        assert_eq!(portfolio.tried, (3..19).collect::<Vec<_>>());
        assert_eq!(portfolio.choice().members, portfolio.tried);
        assert_eq!(portfolio.choices.len(), 1 << MOST_CANDIDATES);
    }

    #[test]
    fn the_frontier_begins_with_doing_nothing_and_rises() {
        let all =
            [candidate(10.0, -5.0, None, 0), candidate(20.0, 40.0, None, 1), candidate(30.0, 35.0, None, 2)];
        let frontier: Vec<_> = Portfolio::of(&all, &terms(None))
            .choices
            .into_iter()
            .filter(|choice| choice.is_on_frontier)
            .map(|choice| choice.members)
            .collect();
        assert_eq!(frontier, [vec![], vec![1], vec![1, 2]]);
    }
}
