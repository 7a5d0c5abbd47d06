//! A run made in ranges and joined is the run made at once, to the bit.

mod support;

use plan::forecast::keep;
use plan::model::Plan;
use plan::network::Network;
use plan::simulate::{AppendError, Samples, Sampling, Settings, Stretch, lhs_iterations, simulate};
use proptest::prelude::*;
use support::read;

/// Something of everything: stages, categories, calendars, a hammock, a surcharge, deadlines and
/// expectations that keep starts, finishes and costs; a duration that now and then is far outside.
const MOTLEY: &str = r#"
[plan]
start = 2027-01-11
calendar = "standard"
deadline = 2027-03-30
budget = "90k"
[calendar]
site.week = "Mon-Sat 07:00-12:00"
[stage]
ground = {}
house = {}
[resource]
builder = { kind = "people", capacity = 2, rate = "400/d" }
crane = { kind = "compute", rate = "90/h", calendar = "site" }
[milestone]
dig = { stage = "ground", duration = "5..8..20d", work.builder = "10..14..30d" }
pour = { stage = "ground", duration = "1..2..6ed", after = "dig SS+50%", deadline = 2027-02-01 }
walls = { stage = "house", duration = "4d to 15d", after = ["dig", "pour FS+2..3..9ed"], uses.crane = 1 }
roof = { stage = "house", duration = { exponential = { mean = "3d" } }, after = "walls", cost = "3k..5k..11k" }
storm = { duration = { discrete = [["0d", 0.99], ["300d", 0.01]] }, after = [] }
garden = { duration = "4..6..9d", after = "pour", calendar = "site", rate = "100/d" }
[overhead]
office = { rate = "2k/mo" }
lab = { rate = "1k/w", over = ["stage:house"] }
fee = { share = "10%", of = ["kind:people"] }
[expect]
roof = "P80(roof.start) <= 2027-03-01"
garden = "P50(garden.finish) <= 2027-04-01"
house = "P80(cost(stage:house)) <= 30k"
"#;

/// What may not exist, happen twice, or fail: risks, correlated ones too, a gate, a branch, success.
const FATEFUL: &str = r#"
[plan]
start = 2027-01-11
deadline = 2027-05-30
correlation = 0.1
[stage]
data = {}
model = {}
[milestone]
collect = { stage = "data", duration = "8..12..25d", cost = "2k..3k..6k", after = [] }
train = { stage = "model", duration = "10..14..30d", rate = "300/d", after = "collect", deadline = 2027-04-01 }
evaluate = { stage = "model", duration = "3d to 8d", after = "train", outcomes = { go = "70%", pivot = "rest" }, rework = { probability = [0.35, 0.2], back_to = "train", share = "0.2..0.4..0.7", at_most = 2, otherwise = "fail" } }
second = { duration = "20d -30% +100%", after = "evaluate", only_if = "evaluate.pivot", cost = "5k" }
launch = { duration = "2..3..5d", after = ["evaluate", "second"], success = "90%" }
[risk.consent]
probability = "25%"
on = ["collect", "train"]
delay = "5..10..30d"
season = "02-01..03-31"
cost = "1k..2k..9k"
[risk.luck]
probability = "20%"
on = "train"
factor = "0.6..0.8..0.9"
[correlation]
team = { among = ["collect", "train"], rho = 0.4 }
[expect]
evaluate = "P80(evaluate.finish) <= 2027-05-01"
second = "P50(second.start) <= 2027-05-01"
sure = "P(delivered) >= 50%"
model = "P80(cost(stage:model)) <= 30k"
"#;

/// Nothing is uncertain: every bin counts every iteration, beyond any small counter.
const CERTAIN: &str =
    "[milestone]\na.duration = \"3d\"\nb = { duration = \"2d\", after = \"a\", cost = 7 }\n";

fn plan(text: &str) -> (Plan, Network) {
    let plan = read(text);
    let network = Network::of(&plan).unwrap();
    (plan, network)
}

fn settings(plan: &Plan, network: &Network, iterations: u64) -> Settings {
    Settings { keep: keep(plan, network), ..Settings::default().iterations(iterations).seed(7) }
}

/// The run in parts that end at these blocks, joined in order.
fn joined(plan: &Plan, network: &Network, settings: &Settings, cuts: &[u64]) -> Samples {
    let ends = cuts.iter().map(|cut| (cut * Stretch::ALIGNMENT).min(settings.iterations));
    let mut first = 0;
    let parts = ends.chain([settings.iterations]).map(|end| {
        let stretch = Stretch::new(first, end).unwrap();
        first = end;
        simulate(plan, network, &settings.clone().only(stretch))
    });
    let mut all = simulate(plan, network, &settings.clone().only(Stretch::whole(0)));
    parts.for_each(|part| all.append(part).unwrap());
    all
}

#[test]
fn wherever_a_run_is_cut_its_parts_make_the_run() {
    for (text, iterations) in [
        (MOTLEY, 5_000),
        (MOTLEY, 30_001),
        (FATEFUL, 4_096),
        (FATEFUL, 20_480),
        (CERTAIN, 700),
        (CERTAIN, 140_000),
    ] {
        let (plan, network) = plan(text);
        let settings = settings(&plan, &network, iterations);
        let whole = simulate(&plan, &network, &settings);
        for cuts in [vec![], vec![1], vec![0, 2, 2], vec![1, 2], (1..20).collect()] {
            let cuts: Vec<u64> = cuts.into_iter().filter(|cut| cut * 256 <= iterations).collect();
            let joined = joined(&plan, &network, &settings, &cuts);
            assert!(joined == whole, "{iterations} iterations cut at {cuts:?}");
        }
    }
}

#[test]
fn a_latin_hypercube_is_cut_like_any_run() {
    let (plan, network) = plan(FATEFUL);
    let settings = settings(&plan, &network, lhs_iterations(5_000)).sampling(Sampling::Lhs);
    let whole = simulate(&plan, &network, &settings);
    for cuts in [vec![1], vec![1, 2, 5], (1..30).collect()] {
        assert!(joined(&plan, &network, &settings, &cuts) == whole, "cut at {cuts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_cut_makes_the_run(mut cuts in prop::collection::vec(0_u64..12, 0..6), iterations in 3_000_u64..3_400) {
        cuts.sort_unstable();
        let (plan, network) = plan(MOTLEY);
        let settings = settings(&plan, &network, iterations);
        let whole = simulate(&plan, &network, &settings);
        prop_assert!(joined(&plan, &network, &settings, &cuts) == whole);
    }
}

#[test]
fn a_part_knows_its_range() {
    let (plan, network) = plan(MOTLEY);
    let stretch = Stretch::new(512, 9_999_999).unwrap();
    let part = simulate(&plan, &network, &settings(&plan, &network, 1_000).only(stretch));
    assert_eq!((part.first, part.iterations, part.whole, part.finish.len()), (512, 488, 1_000, 488));
    assert_eq!(part.stretch(), Stretch::new(512, 1_000).unwrap());
}

#[test]
fn only_what_comes_next_in_the_same_run_is_appended() {
    let (plan_of_all, network) = plan(MOTLEY);
    let settings = settings(&plan_of_all, &network, 2_000);
    let part = |settings: Settings, first, end| {
        simulate(&plan_of_all, &network, &settings.only(Stretch::new(first, end).unwrap()))
    };
    let beginning = part(settings.clone(), 0, 512);
    let (other_plan, other_network) = plan(&MOTLEY.replace("5..8..20d", "5..8..21d"));
    let mut keeps_less = settings.clone();
    keeps_less.keep.starts.pop();
    let not_next = |found| AppendError::NotNext { expected: 512, found };
    for (name, next, expected) in [
        ("a gap", part(settings.clone(), 768, 1_000), not_next(768)),
        ("an overlap", part(settings.clone(), 256, 1_000), not_next(256)),
        ("another seed", part(settings.clone().seed(8), 512, 1_000), AppendError::OtherRun),
        ("a longer run", part(settings.clone().iterations(2_001), 512, 1_000), AppendError::OtherRun),
        ("less is kept", part(keeps_less, 512, 1_000), AppendError::OtherRun),
        (
            "another plan",
            simulate(&other_plan, &other_network, &settings.clone().only(Stretch::new(512, 1_000).unwrap())),
            AppendError::OtherRun,
        ),
    ] {
        let mut joined = beginning.clone();
        assert_eq!(joined.append(next), Err(expected), "{name}");
        assert!(joined == beginning, "{name}: unchanged");
    }
}
