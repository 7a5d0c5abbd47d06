//! The same bits on any number of threads, with any block size, on any processor.

mod engine_support;

use engine_support::{Sketch, of, pert, triangular};
use plan::model::{Calendar, LinkKind};
use plan::network::{Mix, Normal, Quantity, VariableId, VisitId, VisitLag};
use plan::simulate::{Sampling, Settings, Tuning, observe, simulate};
use plan::stats::Shape;

/// A network with something of everything.
fn motley() -> Sketch {
    let mut sketch = Sketch::new();
    sketch.calendars.push(Calendar::always());
    let shapes = [
        pert(3.0, 5.0, 12.0),
        triangular(2.0, 4.0, 9.0),
        of(Shape::Uniform { low: 1.0, high: 6.0 }),
        of(Shape::Lognormal { mean: 5.0, sd: 2.5 }),
        of(Shape::Discrete(vec![(2.0, 0.6), (4.0, 0.3), (11.0, 0.1)])),
        of(Shape::Gamma { mean: 4.0, sd: 3.0 }),
        of(Shape::Exponential { mean: 4.0 }),
    ];
    for at in 0..60 {
        let visit = sketch.visit(&format!("m{at}"), shapes[at % shapes.len()].clone(), 28_800.0);
        sketch.rate(visit, 0.01 + at as f64 / 1000.0);
        if at % 5 == 0 {
            let amount = sketch.variable(&format!("cost:m{at}"), triangular(1_000.0, 2_000.0, 9_000.0));
            sketch.once(visit, amount);
        }
        if at % 11 == 10 {
            sketch.visits[at].timeline = 1;
        }
        let kinds =
            [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];
        for (step, back) in [1, 4, 9].into_iter().enumerate() {
            if at >= back && (at + step) % 3 != 0 {
                let kind = if at % 4 == 3 { kinds[(at + step) % 4] } else { LinkKind::FinishStart };
                let lag = match at % 7 {
                    3 => VisitLag::Share(Quantity::Fixed(0.5)),
                    5 => VisitLag::Elapsed(Quantity::Fixed(100_000.0)),
                    6 => sketch_lag(&mut sketch, at, step),
                    _ => VisitLag::None,
                };
                sketch.link(VisitId::new(at - back), visit, kind, lag);
            }
        }
    }
    correlate(&mut sketch);
    sketch
}

/// Two overlapping factors, and a matrix of three.
fn correlate(sketch: &mut Sketch) {
    let (one, other) = (sketch.factor("correlation:one"), sketch.factor("correlation:other"));
    for variable in (3..sketch.variables.len() as u32).map(VariableId) {
        match variable.0 % 5 {
            0 => sketch.mix(variable, &[(one, 0.5)]),
            1 => sketch.mix(variable, &[(one, 0.3), (other, -0.4)]),
            _ => {}
        }
    }
    let own = |variable| Normal::Own(VariableId(variable));
    for (variable, parts) in
        [(1, vec![(own(0), 0.6), (own(1), 0.8)]), (2, vec![(own(0), 0.48), (own(1), -0.6), (own(2), 0.64)])]
    {
        sketch
            .mixes
            .insert(variable as usize - 1, Mix { variable: VariableId(variable), parts, matrix: Some(2) });
    }
}

fn sketch_lag(sketch: &mut Sketch, at: usize, step: usize) -> VisitLag {
    VisitLag::Work(sketch.variable(&format!("lag:{at}:{step}"), triangular(-20_000.0, 0.0, 50_000.0)))
}

#[test]
fn threads_blocks_and_processors_change_nothing() {
    // 3,001 iterations end within a block; 512 in replicates of 32 have several in each.
    for (sampling, iterations) in [(Sampling::Mc, 3_001), (Sampling::Lhs, 4_096), (Sampling::Lhs, 512)] {
        bits_hold(sampling, iterations);
    }
}

fn bits_hold(sampling: Sampling, iterations: u64) {
    let sketch = motley();
    let (plan, network) = (sketch.plan(), sketch.build());
    let run = |threads, block, plain_processor| {
        let tuning = Tuning { block: Some(block), plain_processor };
        let mut settings =
            Settings { iterations, tuning, ..Settings::default().threads(threads) }.sampling(sampling);
        settings.keep.starts = vec![VisitId::new(17)];
        settings.keep.finishes = vec![VisitId::new(30)];
        settings.keep.costs = vec![vec![VisitId::new(3), VisitId::new(5)]];
        simulate(&plan, &network, &settings)
    };
    let first = run(1, 128, false);
    assert_eq!(first.finish.len() as u64, iterations);
    for (threads, block, plain) in
        [(1, 64, false), (1, 256, false), (2, 128, false), (7, 64, false), (7, 256, true), (1, 128, true)]
    {
        let other = run(threads, block, plain);
        assert!(first == other, "{sampling:?}, {threads} threads, blocks of {block}, plain {plain}");
    }
}

#[test]
fn another_milestone_leaves_all_other_draws_alone() {
    let mut sketch = Sketch::new();
    let visits: Vec<VisitId> =
        (0..5).map(|at| sketch.visit(&format!("m{at}"), pert(1.0, 3.0, 9.0), 28_800.0)).collect();
    let run = |sketch: &Sketch| {
        let mut settings = Settings::default().iterations(500);
        settings.keep.finishes = visits.clone();
        simulate(&sketch.plan(), &sketch.build(), &settings)
    };
    let before = run(&sketch);
    // One with its own shape, then many: how shapes are tabulated must not depend on their number.
    for newcomers in [1, 200] {
        for at in 0..newcomers {
            let shape = pert(1.0, 2.0 + f64::from(at) / 8.0, 30.0);
            sketch.visit(&format!("newcomer {newcomers}:{at}"), shape, 28_800.0);
        }
        let after = run(&sketch);
        for visit in &visits {
            assert_eq!(before.kept_finishes(*visit), after.kept_finishes(*visit), "{newcomers}, {visit:?}");
        }
        assert_ne!(before.finish, after.finish);
    }
}

#[test]
fn what_is_observed_is_what_was_simulated() {
    let sketch = motley();
    let (plan, network) = (sketch.plan(), sketch.build());
    let settings = Settings::default().iterations(300);
    let samples = simulate(&plan, &network, &settings);
    let mut finishes = Vec::new();
    let mut costs = Vec::new();
    observe(&network, &settings, 0..300, |rows| {
        finishes.extend_from_slice(rows.finish());
        costs.extend_from_slice(rows.cost());
        let paid: f64 = (0..60)
            .flat_map(|at| (0..network.visits[at].costs.len()).map(move |term| (VisitId::new(at), term)))
            .map(|(visit, term)| f64::from(rows.costs(visit, term)[0]))
            .sum();
        assert!((paid / rows.cost()[0] - 1.0).abs() < 1e-5, "{paid}");
    });
    assert_eq!(finishes, samples.finish);
    assert_eq!(costs, samples.cost);
}

#[test]
fn small_and_certain_plans_work() {
    let empty = Sketch::new();
    let samples = simulate(&empty.plan(), &empty.build(), &Settings::default().iterations(10));
    assert_eq!(samples.finish, vec![0; 10]);
    assert_eq!(samples.cost, vec![0.0; 10]);

    let mut one = Sketch::new();
    let visit = one.visit("only", of(Shape::Fixed(10.0)), 28_800.0);
    one.rate(visit, 0.5);
    let samples = simulate(&one.plan(), &one.build(), &Settings::default().iterations(100));
    assert_eq!(samples.finish, vec![288_000; 100]);
    assert_eq!(samples.cost, vec![144_000.0; 100]);
    assert_eq!(samples.criticality(visit), 1.0);
    assert_eq!(samples.saves(visit), 1.0);
    assert_eq!(samples.sd_finish(visit), 0.0);
    assert_eq!(samples.finish_at_means, 288_000);
}

#[test]
fn time_ends_at_the_cap_and_says_so() {
    let mut sketch = Sketch::new();
    let mut last = sketch.visit("m0", of(Shape::Uniform { low: 0.0, high: 1e9 }), 1.0);
    for at in 1..4 {
        let next = sketch.visit(&format!("m{at}"), of(Shape::Uniform { low: 0.0, high: 1e9 }), 1.0);
        sketch.link(last, next, LinkKind::FinishStart, VisitLag::Work(Quantity::Fixed(1e12)));
        last = next;
    }
    let samples = simulate(&sketch.plan(), &sketch.build(), &Settings::default().iterations(1_000));
    assert_eq!(samples.capped, 1_000);
    assert!(samples.finish.iter().all(|&finish| i64::from(finish) == plan::network::CAP));
}
