//! The engine against its naive twin: on its own draws to the second, on others within the error
//! of chance.

mod engine_support;

use engine_support::{Sketch, of, pert, triangular};
use plan::model::{Calendar, Category, Curve, LinkKind, Moment, Payment};
use plan::network::{
    Escalation, Hammock, Money, Network, PaidOver, Quantity, SpanTerm, Surcharge, Tariff, Units, VariableId,
    VisitId, VisitLag,
};
use plan::reference;
use plan::simulate::{Draws, Samples, Sampling, Settings, simulate, uniforms};
use plan::stats::{Distribution, Shape};
use plan::units::{Instant, Share};

/// A random network: so many visits, links of all kinds, lags of all kinds.
fn random(seed: u64, visits: usize, calendars: bool, fractions: bool) -> Sketch {
    let mut draws = uniforms(seed, "network", 0, 40 * visits).into_iter();
    let mut below =
        move |limit: usize| ((u64::from(draws.next().unwrap_or(0)) * limit as u64) >> 32) as usize;
    let mut sketch = Sketch::new();
    sketch.calendars.push(Calendar::always());
    for at in 0..visits {
        let name = format!("m{at}");
        let (low, width) = (1.0 + below(5) as f64, 1.0 + below(9) as f64);
        let visit =
            sketch.visit(&name, shape(below(8), low, width), if fractions { 28_801.3 } else { 28_800.0 });
        if calendars && below(4) == 0 {
            sketch.visits[at].timeline = 1;
        }
        if below(9) == 0 {
            sketch.visits[at].start_floor = 28_800 * below(30) as i64;
        }
        if below(12) == 0 {
            sketch.visits[at].finish_floor = 28_800 * below(60) as i64;
        }
        for link in 0..below(4).min(at) {
            let from = VisitId::new(below(at));
            if sketch.links.iter().any(|link| link.from == from && link.to == visit) {
                continue;
            }
            let kind = [
                LinkKind::FinishStart,
                LinkKind::FinishStart,
                LinkKind::StartStart,
                LinkKind::FinishFinish,
                LinkKind::StartFinish,
            ][below(5)];
            let days = (below(9) as f64 - 2.0) * 28_800.0;
            let lag = match below(if calendars { 7 } else { 6 }) {
                0 => VisitLag::Work(Quantity::Fixed(days)),
                1 => {
                    let name = format!("lag:{at}:{link}");
                    VisitLag::Work(sketch.variable(&name, triangular(days, days + 9_000.0, days + 90_000.0)))
                }
                2 => VisitLag::Share(Quantity::Fixed(0.5)),
                6 => VisitLag::Elapsed(Quantity::Fixed(days.abs() * 3.0)),
                _ => VisitLag::None,
            };
            sketch.link(from, visit, kind, lag);
        }
    }
    sketch
}

/// Every other variable follows one of two factors, or both.
fn correlate(sketch: &mut Sketch) {
    let (one, other) = (sketch.factor("correlation:one"), sketch.factor("correlation:other"));
    for variable in (0..sketch.variables.len() as u32).map(VariableId) {
        match variable.0 % 6 {
            0 => sketch.mix(variable, &[(one, 0.6)]),
            2 => sketch.mix(variable, &[(other, -0.5)]),
            4 => sketch.mix(variable, &[(one, 0.4), (other, 0.3)]),
            _ => {}
        }
    }
}

fn shape(which: usize, low: f64, width: f64) -> Distribution {
    match which {
        0 => triangular(low, low + width / 4.0, low + width),
        1 => of(Shape::Uniform { low, high: low + width }),
        2 => of(Shape::Lognormal { mean: low + width / 2.0, sd: width / 3.0 }),
        3 => of(Shape::Gamma { mean: low + width / 2.0, sd: width / 3.0 }),
        4 => of(Shape::Weibull { shape: 1.5, scale: low + width / 2.0 }),
        5 => of(Shape::Normal { mean: low + width, sd: width / 4.0 })
            .truncated(Some(0.0), None)
            .expect("bounds"),
        6 => of(Shape::Exponential { mean: low }),
        _ => pert(low, low + width / 4.0, low + width),
    }
}

/// Prices that rise by a draw, and from a date on otherwise; money in a currency of uncertain worth; payments at
/// moments and along curves.
fn with_prices(sketch: &mut Sketch, network: &mut Network) {
    let rise = sketch.variable("escalation", triangular(0.02, 0.1, 2.5));
    let worth = sketch.variable("currency:USD", triangular(0.8, 0.9, 1.1));
    let day = 86_400;
    let escalation =
        Escalation { first: rise, changes: vec![(4 * day, Quantity::Fixed(-0.3)), (9 * day, rise)] };
    network.escalations = std::array::from_fn(|at| (at != 1).then(|| escalation.clone()));
    let payment = |at, share| Payment { at, share: Share::new(share).expect("a share") };
    for (at, visit) in network.visits.iter_mut().enumerate() {
        for term in &mut visit.costs {
            term.exchange = (at % 3 == 0).then_some(worth);
            if at % 5 == 1 && matches!(term.money, Money::Once { .. }) {
                term.paid = PaidOver::Moments(vec![
                    payment(Moment::AfterStart(day), 0.2),
                    payment(Moment::Along(Curve::Bell, 0), 0.3),
                    payment(Moment::Along(Curve::Front, 3 * day), 0.4),
                    payment(Moment::AfterFinish(0), 0.1),
                ]);
            }
        }
    }
    network.hammocks[0].exchange = Some(worth);
    network.variables = sketch.variables.clone();
}

/// Every way in which money can depend on draws and dates.
fn with_money(sketch: &mut Sketch) -> Network {
    let tariff = |timeline, changes| Tariff { timeline, first: Quantity::Fixed(50.0), per: 3_600.0, changes };
    let later = |days: i64, value| (Instant::from_seconds(engine_support::MONDAY + days * 86_400), value);
    let rate = sketch.variable("rate:gpu", triangular(40.0, 60.0, 90.0));
    let surplus = sketch.variable("surplus:labels", triangular(0.1, 0.2, 0.4));
    let steps = || vec![later(5, Quantity::Fixed(70.0)), later(16, rate)];
    for at in 0..sketch.visits.len() {
        let visit = VisitId::new(at);
        let amount = sketch.variable(&format!("amount:{at}"), triangular(5_000.0, 6_000.0, 9_000.0));
        let money = match at % 7 {
            0 => Money::Running { units: Units(Quantity::Fixed(2.0)), tariff: tariff(Some(0), Vec::new()) },
            1 => Money::Running { units: Units(Quantity::Fixed(2.0)), tariff: tariff(Some(1), Vec::new()) },
            2 => Money::Running { units: Units(surplus), tariff: tariff(None, steps()) },
            3 => Money::Running { units: Units(Quantity::Fixed(1.0)), tariff: tariff(Some(0), steps()) },
            4 => Money::Effort { effort: amount, surplus: None, tariff: tariff(Some(0), steps()) },
            5 => {
                Money::Once { amount, price: rate, factor: 0.5, surplus: Some(surplus), changes: Vec::new() }
            }
            _ => Money::Once {
                amount,
                price: Quantity::Fixed(1.0),
                factor: 0.5,
                surplus: None,
                changes: steps(),
            },
        };
        let category = Category::ALL[at % 3];
        sketch.cost(visit, category, money);
        if at % 4 == 0 {
            let units = sketch.variable(&format!("units:{at}"), triangular(1.0, 2.0, 4.0));
            sketch.visits[at].spans.push(SpanTerm {
                amount,
                seconds: 20.0,
                units: Some(units),
                surplus: Some(surplus),
            });
        }
    }
    let share = sketch.variable("share:agency", triangular(0.1, 0.15, 0.3));
    let mut network = sketch.build();
    let hammock = |key: &str, over| Hammock {
        key: key.into(),
        category: Category::Other,
        tariff: tariff(None, steps()),
        exchange: None,
        over,
    };
    network.hammocks =
        vec![hammock("office", None), hammock("lab", Some(vec![VisitId::new(3), VisitId::new(5)]))];
    let surcharge = |key: &str, categories, visits| Surcharge {
        key: key.into(),
        category: Category::Risk,
        share,
        categories,
        visits,
    };
    network.surcharges = vec![
        surcharge("agency", Some(vec![Category::People]), None),
        surcharge("care", None, Some(vec![VisitId::new(1), VisitId::new(4)])),
        surcharge("all", None, None),
    ];
    network
}

fn run(sketch: &Sketch, network: &Network, settings: &Settings) -> Samples {
    let mut settings = settings.clone();
    settings.keep.finishes = network.ids().collect();
    settings.keep.starts = network.ids().collect();
    simulate(&sketch.plan(), network, &settings)
}

#[test]
fn on_the_same_draws_every_iteration_is_the_same_to_the_second() {
    const ITERATIONS: u64 = 128;
    for seed in 0..60 {
        let mut sketch = random(seed, 24, seed % 2 == 1, seed % 3 == 0);
        let mut network = with_money(&mut sketch);
        if seed % 4 < 2 {
            with_prices(&mut sketch, &mut network);
        }
        if seed % 5 < 2 {
            correlate(&mut sketch);
            (network.factors, network.mixes) = (sketch.factors.clone(), sketch.mixes.clone());
        }
        let settings = Settings::default().iterations(ITERATIONS);
        let sampling = if seed % 5 == 1 { Sampling::Lhs } else { Sampling::Mc };
        let settings = settings.sampling(sampling);
        let samples = run(&sketch, &network, &settings);
        let draws = Draws::of(&network, &settings);
        let mut critical = vec![0; network.visits.len()];
        for at in 0..ITERATIONS as usize {
            let twin = reference::iteration(&network, draws.values(at as u64));
            for visit in network.ids() {
                let placed = twin.schedule.early.placed[visit];
                let what = format!("network {seed}, iteration {at}, {visit:?}");
                assert_eq!(
                    i64::from(samples.kept_starts(visit).expect("kept")[at]),
                    placed.start,
                    "start: {what}"
                );
                assert_eq!(
                    i64::from(samples.kept_finishes(visit).expect("kept")[at]),
                    placed.finish,
                    "{what}"
                );
                critical[visit.index()] += u64::from(twin.schedule.is_critical(visit));
            }
            assert_eq!(
                i64::from(samples.finish[at]),
                twin.schedule.early.finish,
                "network {seed}, iteration {at}"
            );
            let (cost, expected) = (samples.cost[at], twin.costs.total());
            assert!(
                (cost / expected - 1.0).abs() < 1e-5,
                "network {seed}, iteration {at}: {cost}, not {expected}"
            );
        }
        for visit in network.ids() {
            assert_eq!(samples.critical(visit), critical[visit.index()], "network {seed}, {visit:?}");
        }
    }
}

#[test]
fn on_draws_by_other_hands_the_answer_is_the_same_within_chance() {
    const ITERATIONS: usize = 20_000;
    for seed in [3, 4, 5, 6] {
        let mut sketch = random(seed, 16, seed % 2 == 1, false);
        if seed > 4 {
            correlate(&mut sketch);
        }
        let network = sketch.build();
        let samples = run(&sketch, &network, &Settings::default().iterations(ITERATIONS as u64));
        let twin = reference::simulate(&network, seed, ITERATIONS);
        let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / ITERATIONS as f64;
        let own = mean(&mut samples.finish.iter().map(|&at| f64::from(at)));
        let other = mean(&mut twin.finish.iter().map(|&at| at as f64));
        let sd = mean(&mut twin.finish.iter().map(|&at| (at as f64 - other).powi(2))).sqrt();
        let error = sd * (2.0 / ITERATIONS as f64).sqrt();
        assert!((own - other).abs() < 4.0 * error, "network {seed}: {own} and {other}, error {error}");
        for visit in network.ids() {
            let [one, two] =
                [samples.critical(visit), twin.critical[visit.index()]].map(|n| n as f64 / ITERATIONS as f64);
            let error = (one * (1.0 - one) * 2.0 / ITERATIONS as f64).sqrt();
            assert!((one - two).abs() <= 4.0 * error + 2e-4, "network {seed}, {visit:?}: {one} and {two}");
        }
    }
}

/// What a day saved saves, by shortening each span a little and simulating again.
#[test]
fn savings_are_the_derivatives_of_the_finish() {
    const ITERATIONS: u64 = 64;
    const STEP: f64 = 40.0;
    // Two seconds of a step: spans and lags are rounded to whole ones.
    const ROUNDING: f64 = 2.0 / STEP;
    let (mut compared, mut told) = (0, 0);
    for seed in 100..140 {
        let sketch = random(seed, 14, false, true);
        let mut network = sketch.build();
        // Everything counts as near.
        let everything = |network: &Network| {
            let settings = Settings { confidence: Some(0.5), ..Settings::default().iterations(ITERATIONS) };
            simulate(&sketch.plan(), network, &settings)
        };
        let base = everything(&network);
        for visit in network.ids() {
            let variable = visit_variable(&network, visit);
            let kept = network.variables[variable].distribution.clone();
            let scale = sketch.visits[visit.index()].spans[0].seconds;
            let Ok(shorter) = kept.clone().shifted(-STEP / scale) else { continue };
            network.variables[variable].distribution = shorter;
            let other = everything(&network);
            network.variables[variable].distribution = kept;
            let near = |at: usize| (base.pilot.near.0..=base.pilot.near.1).contains(&base.finish[at]);
            let moved: Vec<f64> = (0..ITERATIONS as usize)
                .filter(|&at| near(at))
                .map(|at| f64::from(base.finish[at] - other.finish[at]) / STEP)
                .collect();
            let count = base.near.max(1) as f64;
            let expected = moved.iter().sum::<f64>() / count;
            let found = base.saves(visit);
            // An iteration in which the finish moves by no half or whole step (lags are halves of spans) is
            // one where another path takes over on the way: it tells the derivative only to within one.
            let is_turning = |moved: &&f64| ((**moved * 2.0).round() / 2.0 - **moved).abs() > ROUNDING;
            let turning = moved.iter().filter(is_turning).count();
            let tolerance = turning as f64 / count + ROUNDING;
            assert!(
                (found - expected).abs() <= tolerance,
                "network {seed}, {visit:?}: {found}, by differences {expected}, to within {tolerance}"
            );
            compared += 1;
            told += usize::from(tolerance < 0.15);
        }
    }
    assert!(compared > 500, "{compared}");
    assert!(told * 10 > compared * 9, "only {told} of {compared} tell the derivative to within 0.15");
}

fn visit_variable(network: &Network, visit: VisitId) -> usize {
    match network.visits[visit.index()].spans[0].amount {
        Quantity::Variable(variable) => variable.0 as usize,
        Quantity::Fixed(_) => unreachable!("every span is drawn"),
    }
}
