//! The critical-path length of the PSPLIB instances (Kolisch & Sprecher 1997) and of Patterson's (1984).
//!
//! The instances lie beside the repository (`../shared/data/psplib`); where they don't, this says
//! so and passes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use plan::model::{Lag, LinkKind, MilestoneId, Plan};
use plan::network::Network;

/// A network without its resources: durations, and successors by position.
struct Instance {
    durations: Vec<i64>,
    successors: Vec<Vec<usize>>,
}

impl Instance {
    fn length(&self) -> i64 {
        let mut plan: Plan = support::seconds();
        for (number, &duration) in self.durations.iter().enumerate() {
            support::add(&mut plan, &format!("job{number}"), duration);
        }
        for (from, successors) in self.successors.iter().enumerate() {
            for &to in successors {
                let [from, to] = [from, to].map(MilestoneId::new);
                support::link(&mut plan, from, LinkKind::FinishStart, to, Lag::None);
            }
        }
        Network::of(&plan).unwrap().schedule().early.finish
    }

    /// Longest way from a job to the end, by recursion.
    fn length_from(&self, job: usize, known: &mut [Option<i64>]) -> i64 {
        if let Some(known) = known[job] {
            return known;
        }
        let rest = self.successors[job].iter().map(|&next| self.length_from(next, known)).max();
        let length = self.durations[job] + rest.unwrap_or(0);
        known[job] = Some(length);
        length
    }

    fn length_by_recursion(&self) -> i64 {
        let mut known = vec![None; self.durations.len()];
        (0..self.durations.len()).map(|job| self.length_from(job, &mut known)).max().unwrap_or(0)
    }
}

fn numbers(line: &str) -> Vec<i64> {
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

/// The lines of a section, from behind its heading and column names to the next rule.
fn section<'a>(text: &'a str, heading: &'a str, skip: usize) -> impl Iterator<Item = Vec<i64>> + 'a {
    let lines = text.lines().skip_while(move |line| !line.starts_with(heading)).skip(skip);
    lines.take_while(|line| !line.starts_with('*')).map(numbers)
}

/// An `.sm` file and its MPM-Time.
fn sm(text: &str) -> (Instance, i64) {
    let project = section(text, "PROJECT INFORMATION", 2).next().unwrap();
    let successors = section(text, "PRECEDENCE RELATIONS", 2)
        .map(|row| row[3..].iter().map(|&job| job as usize - 1).collect())
        .collect();
    let durations = section(text, "REQUESTS/DURATIONS", 3).map(|row| row[2]).collect();
    (Instance { durations, successors }, project[5])
}

/// An `.rcp` file: counts, capacities, then for each job duration, demands, successors.
fn rcp(text: &str) -> Instance {
    let mut words = text.split_whitespace().map(|word| word.parse::<i64>().unwrap());
    let mut next = || words.next().unwrap();
    let (jobs, resources) = (next(), next());
    for _ in 0..resources {
        next();
    }
    let (mut durations, mut successors) = (Vec::new(), Vec::new());
    for _ in 0..jobs {
        durations.push(next());
        for _ in 0..resources {
            next();
        }
        let count = next();
        successors.push((0..count).map(|_| next() as usize - 1).collect());
    }
    Instance { durations, successors }
}

/// The files of a folder with this ending, in order; `None` if there is no such folder.
fn files(folder: &str, ending: &str) -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/psplib").join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("SKIPPED: {} is not there", folder.display());
        return None;
    };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == ending));
    files.sort();
    Some(files)
}

/// The best makespan found for each instance.
fn best_known(folder: &Path) -> Vec<(String, i64)> {
    let table = fs::read_to_string(folder.join("optimum.csv")).unwrap_or_default();
    let row = |line: &str| {
        let (name, makespan) = line.split_once(',')?;
        let high = makespan.rsplit('.').next()?;
        Some((name.to_owned(), high.trim().parse().ok()?))
    };
    table.lines().filter_map(row).collect()
}

#[test]
fn the_length_without_resources_is_the_one_in_the_file() {
    let mut count = 0;
    for folder in ["j30.sm", "j60.sm", "j120.sm"] {
        for path in files(folder, "sm").unwrap_or_default() {
            let (instance, expected) = sm(&fs::read_to_string(&path).unwrap());
            assert_eq!(instance.durations.len(), instance.successors.len(), "{}", path.display());
            assert_eq!(instance.length(), expected, "{}", path.display());
            count += 1;
        }
    }
    eprintln!("{count} instances of PSPLIB");
}

#[test]
fn no_critical_path_is_longer_than_the_best_schedule() {
    for (folder, ending) in [
        ("j30.sm", "sm"),
        ("j60.sm", "sm"),
        ("j120.sm", "sm"),
        ("patterson.rcp", "rcp"),
        ("rg300.rcp", "rcp"),
    ] {
        for path in files(folder, ending).unwrap_or_default() {
            let text = fs::read_to_string(&path).unwrap();
            let instance = if ending == "sm" { sm(&text).0 } else { rcp(&text) };
            let length = instance.length();
            assert_eq!(length, instance.length_by_recursion(), "{}", path.display());
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let best = best_known(path.parent().unwrap()).into_iter().find(|(known, _)| *known == name);
            if let Some((_, makespan)) = best {
                assert!(length <= makespan, "{name}: {length} > {makespan}");
            }
        }
    }
}

/// A network in the two formats, written for this test.
#[test]
fn both_formats_read_the_same_network() {
    let sm_text = "\
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0       9       1        7
************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
-------------------------
  1      1     0       0
  2      1     7       2
  3      1     4       1
  4      1     0       0
************
";
    let rcp_text = "4 1\n\n3\n\n0 0 2 2 3\n7 2 1 4\n4 1 1\n 4\n0 0 0\n";
    let (instance, expected) = sm(sm_text);
    assert_eq!((instance.length(), rcp(rcp_text).length()), (expected, expected));
}
