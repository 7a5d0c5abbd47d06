//! How fast is the simulation, and how near to what its inner loops alone would take?
//!
//! `cargo bench --bench engine [-- N...]` runs random layered projects of 100 to 100,000
//! milestones, with N × n = 10^8 (100 million activity-samples, "as"). In every round the inner
//! loops are timed alone, in cache, and their weighted sum, the *floor*, is compared with
//! the whole engine in the same round: nanoseconds move with whatever else the machine does, the
//! fraction hardly. Time is CPU time of the one thread that runs. Building tables and compiling
//! is timed apart.

#[path = "../tests/engine_support/mod.rs"]
mod engine_support;

use std::hint::black_box;
use std::time::Instant;

use engine_support::{Sketch, of, pert};
use plan::model::{LinkKind, Plan};
use plan::network::{Effect, Network, Normal, Quantity, Together, VariableId, VisitId, VisitLag};
use plan::simulate::kernels::{Kernel, Loops, Prepared};
use plan::simulate::{Settings, uniforms};
use plan::stats::{Distribution, Shape};

/// The share of milestones that are in one of eight groups of correlated estimates.
const CORRELATED: f64 = 0.3;
/// How many milestones a risk may hit.
const RISKED: f64 = 0.1;
/// Activity-samples of one run.
const WORK: u64 = 100_000_000;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![100, 1_000, 10_000, 100_000] } else { asked };
    println!(
        "milestones  rounds  ns/as min  median   floor min  median   floor/engine median  (worst, best)  compile ms"
    );
    for size in sizes {
        measure(size, 9);
    }
}

fn measure(size: usize, rounds: usize) {
    let sketch = project(size);
    let (plan, network) = (sketch.plan(), sketch.build());
    let settings = Settings::default().iterations(WORK / size as u64).threads(1);
    let compiling = Instant::now();
    let prepared = Prepared::new(&plan, &network, &settings);
    let compile_ms = compiling.elapsed().as_secs_f64() * 1e3;
    black_box(Prepared::new(&plan, &network, &settings.clone().iterations(1_000)).run());

    let small = small();
    let mut loops = BySize::new(prepared.block(), &small, settings.iterations);
    let (mut engine, mut floor, mut share) = (Vec::new(), Vec::new(), Vec::new());
    let mut kernels = vec![Vec::new(); Kernel::ALL.len()];
    for _ in 0..rounds {
        let mut sum = 0.0;
        for (kernel, times) in Kernel::ALL.into_iter().zip(&mut kernels) {
            let time = time(&mut loops, kernel, prepared.block());
            times.push(time);
            sum += weight(kernel) * time;
        }
        let before = cpu_ns();
        black_box(prepared.run());
        let time = (cpu_ns() - before) / WORK as f64;
        engine.push(time);
        floor.push(sum);
        share.push(sum / time);
    }
    let (low, high) = (minimum(&share), share.iter().copied().fold(0.0, f64::max));
    println!(
        "{size:>10}  {rounds:>6}  {:>9.2}  {:>6.2}  {:>9.2}  {:>6.2}   {:>19.2}  ({low:.2}, {high:.2})   {compile_ms:>10.1}",
        minimum(&engine),
        median(&engine),
        minimum(&floor),
        median(&floor),
        median(&share),
    );
    println!("            two threads: {:.2} times as fast by the clock", two_threads(&plan, &network, size));
    for (kernel, times) in Kernel::ALL.into_iter().zip(&kernels) {
        let name = format!("{kernel:?}");
        println!(
            "            {name:<10} {:.3} ns, median {:.3}, times {}",
            minimum(times),
            median(times),
            weight(kernel)
        );
    }
}

/// How much faster two threads are than one, each at its best of three; by the clock, so worth
/// looking at only while the machine does nothing else.
fn two_threads(plan: &Plan, network: &Network, size: usize) -> f64 {
    let best = |threads| {
        let settings = Settings::default().iterations(WORK / size as u64).threads(threads);
        let prepared = Prepared::new(plan, network, &settings);
        let times = [0; 3].map(|_| {
            let before = Instant::now();
            black_box(prepared.run());
            before.elapsed().as_secs_f64()
        });
        minimum(&times)
    };
    best(1) / best(2)
}

/// Two independent and two correlated variables, whose tables stay in cache.
fn small() -> Network {
    let mut sketch = Sketch::new();
    let factor = sketch.factor("correlation:all");
    for (name, likely) in [("a", 2.0), ("b", 3.0), ("c", 2.0), ("d", 3.0)] {
        sketch.visit(name, pert(1.0, likely, 6.0), 28_800.0);
    }
    sketch.mix(VariableId(2), &[(factor, 0.5)]);
    sketch.mix(VariableId(3), &[(factor, 0.5)]);
    sketch.build()
}

/// How often a milestone goes through each inner loop in one iteration.
fn weight(kernel: Kernel) -> f64 {
    match kernel {
        // Whether a risk happens, and how hard it hits, are two variables.
        Kernel::Draw | Kernel::Correlate => 1.0 + 2.0 * RISKED,
        Kernel::Value => 1.0 - CORRELATED + RISKED,
        Kernel::Mixed => CORRELATED,
        // Of 1.9 links per milestone, those into milestones that are ever critical are traced.
        Kernel::Trace => 0.8,
        _ => 1.0,
    }
}

/// Nanoseconds per iteration of one inner loop: the median of short stretches, which the
/// scheduler rarely interrupts.
fn time(loops: &mut BySize<'_>, kernel: Kernel, block: usize) -> f64 {
    const REPEATS: usize = 2_000;
    const STRETCHES: usize = 9;
    black_box(loops.repeat(kernel, 200));
    let times: Vec<f64> = (0..STRETCHES)
        .map(|_| {
            let before = Instant::now();
            black_box(loops.repeat(kernel, REPEATS));
            before.elapsed().as_secs_f64() * 1e9 / (REPEATS * block) as f64
        })
        .collect();
    median(&times)
}

/// The inner loops at the block size of the engine.
enum BySize<'a> {
    Small(Box<Loops<'a, 64>>),
    Middle(Box<Loops<'a, 128>>),
    Large(Box<Loops<'a, 256>>),
}

impl<'a> BySize<'a> {
    fn new(block: usize, network: &'a Network, iterations: u64) -> Self {
        match block {
            64 => Self::Small(Box::new(Loops::new(network, iterations))),
            128 => Self::Middle(Box::new(Loops::new(network, iterations))),
            _ => Self::Large(Box::new(Loops::new(network, iterations))),
        }
    }

    fn repeat(&mut self, kernel: Kernel, repeats: usize) -> i64 {
        match self {
            Self::Small(loops) => loops.repeat(kernel, repeats),
            Self::Middle(loops) => loops.repeat(kernel, repeats),
            Self::Large(loops) => loops.repeat(kernel, repeats),
        }
    }
}

/// CPU time of this thread, in nanoseconds; wall time where the system does not say.
fn cpu_ns() -> f64 {
    thread_local! {
        static BEGAN: Instant = Instant::now();
    }
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| BEGAN.with(Instant::elapsed).as_secs_f64() * 1e9)
}

/// A random layered project: each milestone follows one to three of the 2 √n before it (1.9 links
/// per milestone, one in ten with a lag), 16 unit shapes, three in ten correlated in eight groups, one in
/// ten hit by a risk, cost = fixed + rate × duration.
fn project(size: usize) -> Sketch {
    let mut sketch = Sketch::new();
    let factors: [Normal; 8] = std::array::from_fn(|group| sketch.factor(&format!("correlation:{group}")));
    let mut groups = uniforms(2, "groups", 0, size).into_iter().map(|draw| f64::from(draw) / 4_294_967_296.0);
    let mut risks = uniforms(2, "risks", 0, size).into_iter().map(|draw| f64::from(draw) / 4_294_967_296.0);
    let shapes = shapes();
    let window = (2.0 * (size as f64).sqrt()) as u32;
    let draws = uniforms(2, "project", 0, 12 * size);
    let mut draws = draws.into_iter();
    let mut below =
        move |limit: u32| ((u64::from(draws.next().unwrap_or(0)) * u64::from(limit)) >> 32) as u32;
    for at in 0..size {
        let shape = shapes[below(16) as usize].clone();
        let scale = 28_800.0 * f64::from(1 + below(20));
        let visit = sketch.visit(&format!("m{at}"), shape, scale);
        if let Some(group) = groups.next().filter(|place| *place < CORRELATED) {
            let factor = factors[(group / CORRELATED * factors.len() as f64) as usize];
            sketch.mix(VariableId(sketch.variables.len() as u32 - 1), &[(factor, 0.5)]);
        }
        if risks.next().is_some_and(|place| place < RISKED) {
            risk(&mut sketch, at);
        }
        sketch.rate(visit, 0.01 + f64::from(below(100)) / 1_000.0);
        sketch.once(visit, Quantity::Fixed(f64::from(below(5_000))));
        let links = [1, 1, 1, 1, 2, 2, 2, 3, 3, 3][below(10) as usize];
        let mut taken = Vec::new();
        for _ in 0..links {
            let back = 1 + below(window.min(at as u32).max(1));
            if at >= back as usize && !taken.contains(&back) {
                taken.push(back);
                let lag =
                    if below(10) == 0 { VisitLag::Work(Quantity::Fixed(28_800.0)) } else { VisitLag::None };
                sketch.link(VisitId::new(at - back as usize), visit, LinkKind::FinishStart, lag);
            }
        }
    }
    sketch
}

/// A risk of 30 % that makes a milestone longer.
fn risk(sketch: &mut Sketch, at: usize) {
    let happens = sketch.variable(&format!("risk:m{at}"), of(Shape::Discrete(vec![(0.0, 0.7), (1.0, 0.3)])));
    let amount = sketch.variable(&format!("risk:m{at}:factor"), pert(1.0, 1.2, 1.8));
    let effect = Effect { happens, amount, scale: 1.0, season: None };
    sketch.visits[at].effects.factors.push(Together(vec![effect]));
}

fn shapes() -> Vec<Distribution> {
    let mut shapes: Vec<Distribution> =
        (1..=6).map(|step| pert(1.0, 1.0 + 0.5 * f64::from(step), 6.0)).collect();
    shapes.extend((1..=5).map(|step| of(Shape::Lognormal { mean: 3.0, sd: 0.4 * f64::from(step) })));
    shapes.extend((1..=5).map(|step| of(Shape::Weibull { shape: 1.0 + 0.4 * f64::from(step), scale: 3.0 })));
    shapes
}

fn minimum(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::MAX, f64::min)
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
