//! Plans as commits of a repository have them.

use git2::{IndexAddOption, Repository, Signature};

use crate::support::Folder;

const PLAN: &str = "[milestone.build]\nduration = { samples = \"history.csv\" }\n";

/// Commits all that is in the folder.
fn commit(repository: &Repository, message: &str) {
    let mut index = repository.index().unwrap();
    index.add_all(["*"], IndexAddOption::DEFAULT, None).unwrap();
    index.write().unwrap();
    let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
    let author = Signature::now("Ada", "ada@example.org").unwrap();
    let parent = repository.head().ok().map(|head| head.peel_to_commit().unwrap());
    let parents: Vec<_> = parent.iter().collect();
    repository.commit(Some("HEAD"), &author, &author, message, &tree, &parents).unwrap();
}

/// A repository with a plan of two commits, in which the samples changed.
fn repository() -> Folder {
    let folder = Folder::empty();
    let repository = Repository::init(folder.path("")).unwrap();
    std::fs::create_dir(folder.path("plans")).unwrap();
    folder.write("plans/plan.toml", PLAN);
    folder.write("plans/history.csv", "3d\n5d\n");
    commit(&repository, "Plan");
    folder.write("plans/history.csv", "6d\n10d\n12d\n");
    commit(&repository, "Learn");
    folder
}

#[test]
fn a_plan_of_a_revision_takes_its_samples_from_there() {
    let folder = repository();
    let p50 = |plan: &str| {
        let out = folder.run(&["simulate", plan, "--format", "json", "-n", "1k"]).out;
        let forecast: serde_json::Value = serde_json::from_str(&out).unwrap();
        let name = forecast["plan"]["name"].as_str().unwrap().to_owned();
        (name, forecast["finish"]["percentiles"][0]["days"].as_f64().unwrap())
    };
    assert_eq!(p50("git:HEAD~1:plans/plan.toml"), ("plan".to_owned(), 3.0));
    assert_eq!(p50("git:HEAD:plans/plan.toml"), ("plan".to_owned(), 6.0));
    let ran = folder.run(&["diff", "git:HEAD~1:plans/plan.toml", "plans/plan.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("samples `history.csv`: 2 lines → 3 lines"), "{}", ran.out);
    assert!(ran.out.contains("plan at HEAD~1 → plan"), "{}", ran.out);
    let ran = folder.run(&["compare", "git:HEAD~1:./plans/plan.toml", "plans/plan.toml", "-n", "100"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn what_is_no_file_of_a_revision_is_said() {
    let folder = repository();
    for (word, expected) in [
        ("git:HEAD~9:plans/plan.toml", "git knows no revision `HEAD~9`"),
        ("git:HEAD:plans/plna.toml", "`HEAD` has no file plans/plna.toml"),
        ("git:HEAD:plans", "`HEAD` has no file plans"),
        ("git:HEAD", "write git:REVISION:PATH"),
        ("git:HEAD:../plan.toml", "`HEAD` has no file ../plan.toml"),
    ] {
        let ran = folder.run(&["check", word]);
        assert_eq!(ran.code, 2, "{word}: {}", ran.err);
        assert!(ran.err.contains(expected), "{word}: {}", ran.err);
    }
    let outside = Folder::empty().run(&["check", "git:HEAD:plan.toml"]);
    assert!(outside.code == 2 && outside.err.contains("lies in no git repository"), "{}", outside.err);
}
