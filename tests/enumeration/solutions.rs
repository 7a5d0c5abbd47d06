//! Solutions for a random plan: iterations by learning curves, overruns, what ends each, and what is begun then.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;
use plan::model::{
    Checkpoint, DataKind, Direction, Estimate, Evidence, History, Impact, Improve, Measured, Metric,
    MetricId, MetricKind, MilestoneId, Pilot, Plan, Readiness, ResourceId, Risk, RiskTerms, Solution,
    SolutionEnd, SolutionId, SolutionKind, SourceTerms, Span, SpanUnit, System,
};
use rand::RngExt;

use super::plans::{HOUR, either};

/// Gives milestones of a plan to one, two or three solutions.
pub(crate) fn add(plan: &mut Plan, seed: u64) {
    let mut maker = Maker { dice: ChaCha8Rng::seed_from_u64(!seed), plan };
    let count = 1 + maker.below(3);
    for at in 0..count {
        maker.metric(at);
        maker.solution(at);
    }
    for id in maker.plan.ids() {
        // Some milestones belong to no solution.
        let at = maker.below(count + 1);
        maker.plan.milestones[id.index()].solution = (at < count).then(|| SolutionId::new(at));
    }
    for at in 0..count {
        let id = SolutionId::new(at);
        let own: Vec<MilestoneId> = maker.plan.milestones_of(id).collect();
        if own.is_empty() {
            continue;
        }
        if maker.chance(0.7) {
            let at = maker.below(own.len());
            maker.improve(own[at]);
        }
        if maker.chance(0.4) {
            maker.end(id, own[own.len() - 1]);
        }
        if at + 1 < count && maker.chance(0.5) {
            maker.plan.scoping.solutions[at].fallback = Some(SolutionId::new(at + 1));
        }
    }
}

struct Maker<'a> {
    dice: ChaCha8Rng,
    plan: &'a mut Plan,
}

impl Maker<'_> {
    fn chance(&mut self, chance: f64) -> bool {
        self.dice.random::<f64>() < chance
    }

    fn below(&mut self, end: usize) -> usize {
        self.dice.random_range(0..end)
    }

    fn metric(&mut self, at: usize) {
        let direction = if self.chance(0.5) { Direction::Up } else { Direction::Down };
        // Gaps from the best value, 0 or 1: the baseline, the minimum, the target.
        let value = |gap: f64| if direction == Direction::Up { 1.0 - gap } else { gap };
        self.plan.scoping.metrics.push(Metric {
            key: format!("q{at}"),
            name: format!("Q{at}"),
            kind: MetricKind::Model,
            direction,
            unit: None,
            range: (0.0, 1.0),
            ceiling: None,
            baseline: Some(value(0.5)),
            minimum: Some(value(0.4)),
            target: Some(value(0.3)),
        });
    }

    fn solution(&mut self, at: usize) {
        let metric = &self.plan.scoping.metrics[at];
        let value = |gap: f64| metric.at_gap(gap).unwrap();
        let measured = |effort: f64, gap: f64| Measured { effort, value: value(gap), items: None };
        let history = History {
            unit: plan::model::EffortUnit::Iteration,
            points: vec![measured(1.0, 0.5), measured(2.0, 0.42), measured(3.0, 0.37), measured(4.0, 0.34)],
            stall: 0.05,
        };
        let pilot = Pilot { value: value(0.3), items: Some(100.0), terms: SourceTerms::default() };
        let is_old = self.chance(0.5);
        let evidence = Evidence {
            history: is_old.then_some(history),
            pilot: (!is_old).then_some(pilot),
            data_ready: self.chance(0.3).then_some(false),
            ..Evidence::default()
        };
        let readiness = Readiness { data: 1.0, model: 3.0, infra: 2.0, monitoring: 3.0, target_score: 3.0 };
        let solution = Solution {
            key: format!("s{at}"),
            name: format!("S{at}"),
            problem: None,
            kind: SolutionKind::Model,
            data_kind: DataKind::Structured,
            system: if is_old { System::Existing } else { System::New },
            metric: Some(MetricId::new(at)),
            group: None,
            depends: Vec::new(),
            fallback: None,
            iterations_80: (!is_old).then(|| either(2.0, 4.0, 0.5)),
            p_technical: if self.chance(0.3) { 0.7 } else { 1.0 },
            evidence,
            value: None,
            monitoring: None,
            readiness: self.chance(0.4).then_some(readiness),
            scores: Vec::new(),
        };
        self.plan.scoping.solutions.push(solution);
    }

    fn improve(&mut self, id: MilestoneId) {
        let checkpoint = self.chance(0.6).then(|| {
            let solution = self.plan[id].solution.unwrap();
            let metric = &self.plan.scoping.metrics[solution.index()];
            Checkpoint { after: 1 + self.dice.random_range(0..2), stop_line: metric.at_gap(0.38) }
        });
        let hours = (self.dice.random_range(1..20) * HOUR) as f64;
        let work = self.chance(0.5).then(|| (ResourceId::new(0), either(hours, hours + 7_000.0, 0.5)));
        let consumes = self.chance(0.3).then(|| (ResourceId::new(1), Estimate::fixed(20.0)));
        let seconds = either(hours, 2.0 * hours, 0.25);
        self.plan.milestones[id.index()].improve = Some(Improve {
            duration: Some(Span { seconds, unit: SpanUnit::Work }),
            work: work.into_iter().collect(),
            uses: Vec::new(),
            consumes: consumes.into_iter().collect(),
            cost: self.chance(0.5).then(|| either(10.0, 40.0, 0.5)),
            at_most: 4,
            adds: 1.0,
            checkpoint,
        });
    }

    fn end(&mut self, solution: SolutionId, resolved_by: MilestoneId) {
        let key = format!("end-{}", solution.index());
        let terms = RiskTerms {
            probability: 0.25,
            on: Vec::new(),
            impact: Impact::default(),
            own: Vec::new(),
            seasons: Vec::new(),
            parallel: None,
        };
        self.plan.risks.push(Risk {
            name: key.clone(),
            key,
            untreated: terms,
            response: None,
            responds: false,
            ends: Some(SolutionEnd { solution, resolved_by, veto: false, cleared: false }),
        });
    }
}
