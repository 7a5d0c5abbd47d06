use super::*;
use crate::format::{Request, read};
use crate::simulate::simulate;
use crate::text::{Source, Sources};

fn report(text: &str, iterations: u64) -> ContingencyReport {
    let mut sources = Sources::new();
    let document = sources.add(Source::new("case.toml", text).unwrap());
    let reading = read(&sources, &Request::plain(document));
    let (plan, _) = reading.into_plan().unwrap_or_else(|report| panic!("{report:?}"));
    let network = Network::of(&plan).unwrap();
    let settings = Settings::default().iterations(iterations);
    let samples = simulate(&plan, &network, &settings);
    ContingencyReport::of(&plan, &network, &settings, &samples)
}

fn sum<'a>(parts: impl IntoIterator<Item = &'a Allotted>, kind: PartKind) -> f64 {
    parts.into_iter().filter(|part| part.kind == kind).map(|part| part.amount).sum()
}

fn amount(parts: &[Allotted], key: &str) -> f64 {
    parts.iter().find(|part| part.kind == PartKind::Item && part.key == key).unwrap().amount
}

const NORMALS: &str = "\
[milestone]\n\
a = { duration = { normal = { mean = \"100d\", sd = \"3d\" } }, cost = { normal = { mean = 1000, sd = 30 } }, after = [] }\n\
b = { duration = { normal = { mean = \"100d\", sd = \"4d\" } }, cost = { normal = { mean = 1000, sd = 40 } }, after = \"a\" }\n";

#[test]
fn of_a_sum_of_normals_each_is_allotted_its_share_of_the_variance() {
    // q80 − mean = z σ with σ² = σ_a² + σ_b², and E[a | a + b = q] − mean = z σ_a² / σ. Given the sum, a has
    // a standard deviation of σ_a σ_b / σ = 2.4; the mean over the window's runs is off by that over √runs,
    // and the percentile itself by its own error, of which each takes its share.
    let report = report(NORMALS, 40_000);
    let z = 0.841_621_233_572_914;
    let own = 4.0 * 2.4 / (report.time_runs as f64).sqrt();
    let percentile = 4.0 * (0.8_f64 * 0.2 / 40_000.0).sqrt() / 0.28 * 5.0;
    for (key, variance) in [("a", 9.0), ("b", 16.0)] {
        let expected = z * variance / 5.0;
        let tolerance = own + percentile * variance / 25.0;
        let time = amount(&report.time.parts, key);
        assert!((time - expected).abs() < tolerance, "{key}: {time}, not {expected} ±{tolerance}");
        let money = amount(&report.money.as_ref().unwrap().parts, key) / 10.0;
        assert!((money - expected).abs() < tolerance, "{key}: {money}, not {expected} ±{tolerance}");
    }
}

#[test]
fn every_kind_of_part_adds_up_to_the_contingency() {
    let staged = "\
[plan]\nstart = 2027-03-01\nconfidence = \"75%\"\n[stage]\none = {}\ntwo = {}\n\
[milestone.a]\nstage = \"one\"\nduration = \"5..8..20d\"\ncost = \"5k..6k..9k\"\nafter = []\n\
[milestone.b]\nstage = \"two\"\nduration = \"4..6..9d\"\nrate = \"200/d\"\nafter = \"a FS+3ed\"\n\
[milestone.c]\nduration = \"9..12..25d\"\nrate = \"100/d\"\nafter = \"a SS+2d\"\nrework = { probability = \"30%\", share = \"40%\" }\n\
[risk.r]\nprobability = \"40%\"\non = \"a\"\ndelay = \"3d\"\ncost = \"2k\"\n[overhead]\noffice = { rate = \"1k/w\" }\ntax = { share = \"10%\", of = [\"all\"] }\n";
    for text in [NORMALS, staged] {
        for iterations in [1, 2, 50, 3_000] {
            let report = report(text, iterations);
            let (time, money) = (&report.time, report.money.as_ref().unwrap());
            let is_staged = text == staged;
            for (parts, kind, whole) in [
                (&time.parts, PartKind::Item, time.contingency),
                (&time.parts, PartKind::Stage, if is_staged { time.contingency } else { 0.0 }),
                (&money.parts, PartKind::Item, money.contingency),
                (&money.parts, PartKind::Stage, if is_staged { money.contingency } else { 0.0 }),
                (&money.parts, PartKind::Category, money.contingency),
            ] {
                let found = sum(parts, kind);
                assert!((found - whole).abs() < 1e-6 * whole.abs().max(1.0), "{kind:?}: {found} of {whole}");
            }
            assert!(time.reserve >= 0.0 && money.reserve >= 0.0);
        }
    }
}

#[test]
fn a_certain_plan_needs_no_contingency() {
    let report = report("[milestone]\na = { duration = \"5d\", cost = 100, after = [] }\n", 100);
    let money = report.money.unwrap();
    assert_eq!(
        (report.time.contingency, report.time.reserve, money.contingency, money.reserve),
        (0.0, 0.0, 0.0, 0.0)
    );
    assert!(report.time.parts.iter().chain(&money.parts).all(|part| part.amount == 0.0));
}
