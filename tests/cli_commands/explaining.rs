//! What a plan hangs on, and one iteration opened.

use crate::support::{Folder, SMALLEST};

#[test]
fn drivers_writes_every_form_and_its_pictures_into_a_folder() {
    let folder = Folder::with(SMALLEST);
    for _ in 0..2 {
        let ran = folder.run(&["drivers", "plan.toml", "-n", "400", "-o", "out"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("What each adds") && ran.out.contains("milestone  Build"), "{}", ran.out);
    }
    let mut names: Vec<String> = std::fs::read_dir(folder.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected =
        ["drivers.csv", "drivers.json", "drivers.md", "drivers.txt", "tornado.svg", "waterfall.svg"];
    assert_eq!(names, expected);
    assert!(folder.read("out/drivers.json").starts_with("{\n  \"schema\": \"plan.drivers/1\""));
}

#[test]
fn drivers_draws_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::with(SMALLEST);
    let on = |threads: &str| {
        let words =
            ["drivers", "plan.toml", "-n", "700", "--kendall", "--format", "json", "--threads", threads];
        folder.run(&words).out
    };
    let one = on("1");
    assert!(one.contains("\"kendall\": 0."), "{one}");
    assert_eq!(one, on("3"));
}

#[test]
fn tornado_and_waterfall_are_exported_as_pictures() {
    let folder = Folder::with(SMALLEST);
    for (kind, file, start) in [
        ("tornado", "t.svg", &b"<svg"[..]),
        ("waterfall", "w.png", b"\x89PNG"),
        ("drivers", "d.csv", b"kind,id"),
    ] {
        let ran = folder.run(&["export", kind, "plan.toml", "-n", "400", "-o", file]);
        assert_eq!(ran.code, 0, "{kind}: {}", ran.err);
        assert!(std::fs::read(folder.path(file)).unwrap().starts_with(start), "{kind}");
    }
    folder.run(&["simulate", "plan.toml", "-n", "400", "-o", "out"]);
    assert!(!folder.path("out/tornado.svg").exists(), "only who asks for it pays for it");
}

#[test]
fn replay_opens_an_iteration_by_rank_or_number() {
    let folder = Folder::with(SMALLEST);
    let ran = folder.run(&["replay", "plan.toml", "-n", "100", "--at", "P80"]);
    assert!(ran.code == 0 && ran.out.contains("P80, rank 80 of 100"), "{}{}", ran.out, ran.err);
    let headline = folder.run(&["replay", "plan.toml", "-n", "100"]);
    assert_eq!(headline.out, ran.out);
    let ran = folder.run(&["replay", "plan.toml", "-n", "100", "--iteration", "7", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&answer["schema"], &answer["iteration"]), (&"plan.replay/1".into(), &7.into()));
    for (words, expected) in [
        (&["--iteration", "101"][..], "there is no iteration 101: they count from 1 to 100"),
        (&["--at", "cost:P80"], "nothing in the plan costs anything"),
    ] {
        let ran = folder.run(&[&["replay", "plan.toml", "-n", "100"], words].concat());
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    }
}
