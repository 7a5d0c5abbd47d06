//! The job files of `examples/scale` do what they say, as far as this machine can tell.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;

const PLAN: &str = "[plan]
start = 2027-01-11
deadline = 2027-02-01
[milestone]
dig = { duration = \"5..8..20d\", cost = \"1k..2k..4k\", after = [] }
walls = { duration = \"4d to 15d\", after = \"dig\" }
";

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scale").join(name)
}

/// A folder with a plan in it, and what one run of it prints.
fn folder(options: &[&str]) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    let one = Command::new(cargo_bin("plan"))
        .args(["simulate", "plan.toml"])
        .args(options)
        .current_dir(folder.path())
        .output()
        .unwrap();
    (folder, one)
}

fn runs(program: &str, words: &[&str]) -> bool {
    Command::new(program).args(words).output().is_ok_and(|output| output.status.success())
}

#[test]
fn the_slurm_array_makes_the_parts_of_one_run() {
    if !runs("bash", &["-c", "true"]) {
        eprintln!("SKIPPED: there is no bash to run the job file of Slurm with");
        return;
    }
    let (folder, one) = folder(&["-n", "5k", "--seed", "4"]);
    std::fs::create_dir(folder.path().join("parts")).unwrap();
    let program = cargo_bin("plan");
    let path =
        format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap_or_default());
    for task in 1..=16 {
        let done = Command::new("bash")
            .arg(example("slurm.sbatch"))
            .arg("plan.toml")
            .current_dir(folder.path())
            .env("PATH", &path)
            .envs([("SLURM_ARRAY_TASK_ID", task.to_string()), ("SLURM_CPUS_PER_TASK", "2".into())])
            .envs([("ITERATIONS", "5k"), ("SEED", "4")])
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let merged = Command::new("bash")
        .args(["-c", "plan merge parts/*.part"])
        .current_dir(folder.path())
        .env("PATH", &path)
        .output()
        .unwrap();
    assert_eq!((merged.status, merged.stdout), (one.status, one.stdout));
}

#[test]
fn the_dask_script_prints_what_one_run_prints() {
    let python = std::env::var("PLAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !runs(&python, &["-c", "import distributed"]) {
        eprintln!(
            "SKIPPED: {python} has no Dask (pip install \"dask[distributed]\"); PLAN_PYTHON names another"
        );
        return;
    }
    let (folder, one) = folder(&["-n", "5k", "--seed", "4"]);
    let run = |more: &[&str]| {
        Command::new(&python)
            .arg(example("dask_shards.py"))
            .args(["plan.toml", "--shards", "16", "--program"])
            .arg(cargo_bin("plan"))
            .args(["--", "-n", "5k", "--seed", "4"])
            .args(more)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let merged = run(&[]);
    let said = String::from_utf8_lossy(&merged.stderr);
    assert_eq!((merged.status, merged.stdout), (one.status, one.stdout), "{said}");
    let wrong = run(&["--scenario", "nowhere"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("the plan has no scenario `nowhere`"));
}
