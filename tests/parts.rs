//! Part files of a run: what is written is read, and nothing else is believed.

mod support;

use std::sync::OnceLock;

use plan::forecast::{Burndown, Forecast, keep};
use plan::model::Plan;
use plan::network::Network;
use plan::simulate::part::{Document, JoinError, Label, Origin, Part, PartError, Parts};
use plan::simulate::{Samples, Settings, Stretch, simulate};
use proptest::prelude::*;
use support::read;
use twox_hash::XxHash3_128;

const TEXT: &str = r#"
[plan]
start = 2027-01-11
deadline = 2027-03-01
budget = 9000
[stage]
house = {}
[calendar]
site.week = "Mon-Sat 07:00-12:00"
[milestone]
dig = { duration = "5..8..20d", cost = "1k..2k..4k", after = [] }
walls = { stage = "house", duration = "4d to 15d", after = "dig", rate = "100/d", deadline = 2027-02-20 }
garden = { duration = "4..6..9d", calendar = "site", after = "dig", outcomes = { roses = "60%", lawn = "rest" } }
mower = { duration = "2..3..5d", only_if = "garden.lawn", after = "garden", cost = 300 }
survey = { duration = "2d", after = "walls", rework = { probability = 0.3, back_to = "walls", at_most = 2 } }
move = { duration = "1d", after = ["survey", "mower"], success = "90%" }
[risk.rain]
probability = "30%"
on = ["dig", "walls"]
delay = "2..4..9d"
[overhead]
office = { rate = "2k/mo", over = ["stage:house"] }
[expect]
roof = "P80(walls.start) <= 2027-03-01"
house = "P80(cost(stage:house)) <= 3k"
"#;

const ITERATIONS: u64 = 1_000;

struct Case {
    plan: Plan,
    network: Network,
    settings: Settings,
    /// Of no iteration.
    run: Samples,
    bytes: Vec<Vec<u8>>,
}

/// A run of three shards.
fn case() -> &'static Case {
    static CASE: OnceLock<Case> = OnceLock::new();
    CASE.get_or_init(|| {
        let plan = read(TEXT);
        let network = Network::of(&plan).unwrap();
        let settings = Settings { keep: keep(&plan, &network), ..Settings::default().iterations(ITERATIONS) };
        let run = simulate(&plan, &network, &settings.clone().only(Stretch::whole(0)));
        let part = |number| {
            let stretch = Stretch::shard(number, 3, ITERATIONS).unwrap();
            let samples = simulate(&plan, &network, &settings.clone().only(stretch));
            let label = Label::new(origin(), &settings, (number, 3), &samples);
            Part::new(label, samples).to_bytes()
        };
        let bytes = (1..=3).map(part).collect();
        Case { plan, network, settings, run, bytes }
    })
}

fn origin() -> Origin {
    let plan = Document { name: "plan.toml".into(), text: TEXT.into() };
    Origin { plan, with: Vec::new(), set: Vec::new(), respond: Vec::new(), scenario: None, files: Vec::new() }
}

fn joined(case: &Case, bytes: &[Vec<u8>]) -> Result<Samples, String> {
    let parts: Result<Vec<Part>, PartError> = bytes.iter().map(|bytes| Part::from_bytes(bytes)).collect();
    let parts = Parts::new(parts.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
    parts.join(case.run.clone()).map_err(|error| error.to_string())
}

/// The bytes with a checksum and a length that fit them again.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let rest = bytes.split_off(36);
    bytes[12..20].copy_from_slice(&(rest.len() as u64).to_le_bytes());
    bytes[20..36].copy_from_slice(&XxHash3_128::oneshot(&rest).to_le_bytes());
    bytes.extend(rest);
    bytes
}

#[test]
fn parts_in_any_order_are_the_run() {
    let case = case();
    let whole = simulate(&case.plan, &case.network, &case.settings);
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
        let bytes: Vec<Vec<u8>> = order.iter().map(|&part| case.bytes[part].clone()).collect();
        assert!(joined(case, &bytes).as_ref() == Ok(&whole), "{order:?}");
    }
    let part = Part::from_bytes(&case.bytes[1]).unwrap();
    assert_eq!((part.label.shard, part.label.stretch()), ((2, 3), Stretch::new(256, 512).unwrap()));
    assert_eq!(part.to_bytes(), case.bytes[1]);
}

#[test]
fn what_is_missing_is_named() {
    let case = case();
    let some = |parts: &[usize]| {
        let parts = parts.iter().map(|&part| Part::from_bytes(&case.bytes[part]).unwrap()).collect();
        Parts::new(parts).map(|_| ()).unwrap_err()
    };
    let stretch = |first, end| Stretch::new(first, end).unwrap();
    for (parts, iterations, shards) in [
        (&[1][..], vec![stretch(0, 256), stretch(512, 1_000)], vec![1, 3]),
        (&[2, 0], vec![stretch(256, 512)], vec![2]),
    ] {
        assert_eq!(some(parts), JoinError::Missing { iterations, shards: Some((shards, 3)) });
    }
    assert_eq!(some(&[]), JoinError::Nothing);
    assert_eq!(some(&[2, 0, 2]), JoinError::Overlap { one: 0, other: 2, both: stretch(512, 1_000) });
}

#[test]
fn a_part_drawn_otherwise_is_refused() {
    let case = case();
    let text = TEXT.replace("5..8..20d", "5..8..21d");
    let plan = read(&text);
    let network = Network::of(&plan).unwrap();
    let settings = Settings { keep: keep(&plan, &network), ..case.settings.clone() };
    let run = simulate(&plan, &network, &settings.only(Stretch::whole(0)));
    let parts = case.bytes.iter().map(|bytes| Part::from_bytes(bytes).unwrap()).collect();
    assert_eq!(Parts::new(parts).unwrap().join(run), Err(JoinError::DrawnOtherwise(0)));
}

#[test]
fn another_version_of_the_program_is_named() {
    let case = case();
    let mut bytes = case.bytes[0].clone();
    let version = env!("CARGO_PKG_VERSION").len();
    assert_eq!(&bytes[37..37 + version], env!("CARGO_PKG_VERSION").as_bytes());
    bytes[37] = b'9';
    let expected = format!("9{}", &env!("CARGO_PKG_VERSION")[1..]);
    assert_eq!(Part::from_bytes(&resealed(bytes)), Err(PartError::OtherProgram(expected)));
    let mut bytes = case.bytes[0].clone();
    bytes[8] = 3;
    assert_eq!(Part::from_bytes(&bytes), Err(PartError::Newer(3)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_damage_is_found(at in 0_usize..100_000, flip in 1_u8..=255) {
        let mut bytes = case().bytes[0].clone();
        let at = at % bytes.len();
        bytes[at] ^= flip;
        prop_assert!(Part::from_bytes(&bytes).is_err(), "byte {}", at);
    }

    #[test]
    fn a_forged_part_is_refused_or_shown_but_never_a_panic(
        at in 0_usize..100_000,
        bytes in prop::collection::vec(prop_oneof![Just(0_u8), Just(0xff), Just(0x7f), Just(0x80), any::<u8>()], 1..12),
        cut in prop::option::weighted(0.2, 0_usize..100_000),
    ) {
        let case = case();
        let mut forged = case.bytes[0].clone();
        // Most of a part is money; what counts comes after it.
        let at = 36 + at % (forged.len() - 36);
        let end = (at + bytes.len()).min(forged.len());
        forged[at..end].copy_from_slice(&bytes[..end - at]);
        if let Some(cut) = cut {
            forged.truncate(36 + cut % (forged.len() - 36));
        }
        let forged = [resealed(forged), case.bytes[1].clone(), case.bytes[2].clone()];
        if let Ok(samples) = joined(case, &forged) {
            let _ = Forecast::of(&case.plan, &case.network, &samples);
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), is_begun in any::<bool>()) {
        let mut all = if is_begun { b"plan.prt\x01\0\0\0".to_vec() } else { Vec::new() };
        all.extend(bytes);
        prop_assert!(Part::from_bytes(&all).is_err());
    }
}

#[test]
fn the_end_of_a_part_forged_byte_by_byte_is_refused_or_shown() {
    let case = case();
    let length = case.bytes[0].len();
    // Sums, bins and places stand at the end.
    for at in length - 900..length {
        for value in [0, 0xff] {
            let mut forged = case.bytes[0].clone();
            forged[at] = value;
            let forged = [resealed(forged), case.bytes[1].clone(), case.bytes[2].clone()];
            if let Ok(samples) = joined(case, &forged) {
                let _ = Forecast::of(&case.plan, &case.network, &samples);
                if at % 50 == 0 {
                    let _ = Burndown::of(&case.plan, &case.network, &case.settings, &samples);
                }
            }
        }
    }
}
