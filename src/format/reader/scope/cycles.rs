//! Parents, dependencies and fallbacks that lead back to where they began.

use super::super::fields::{Context, Fields};
use crate::model::{Problem, ProblemId, Solution, SolutionId};
use crate::text::{Code, Diagnostic};

/// Says every ring of parents, and opens it.
pub(super) fn open_parents(context: &mut Context<'_>, rows: &[Fields<'_>], problems: &mut [Problem]) {
    let next: Vec<Vec<usize>> = problems
        .iter()
        .map(|problem| problem.parent.iter().map(|id: &ProblemId| id.index()).collect())
        .collect();
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    let rings = rings(&next);
    for ring in &rings {
        say(context, &rows[ring[0]], "parent", ring, &keys);
    }
    for ring in rings {
        problems[ring[0]].parent = None;
    }
}

/// Says every ring of dependencies or fallbacks, and opens it.
pub(super) fn open_solutions(context: &mut Context<'_>, rows: &[Fields<'_>], solutions: &mut [Solution]) {
    let index = |id: &SolutionId| id.index();
    let depends: Vec<Vec<usize>> =
        solutions.iter().map(|it| it.depends.iter().map(index).collect()).collect();
    let fallback: Vec<Vec<usize>> =
        solutions.iter().map(|it| it.fallback.iter().map(index).collect()).collect();
    for (key, next) in [("depends", depends), ("fallback", fallback)] {
        let rings = rings(&next);
        let keys: Vec<&str> = solutions.iter().map(|solution| solution.key.as_str()).collect();
        for ring in &rings {
            say(context, &rows[ring[0]], key, ring, &keys);
        }
        for ring in rings {
            match key {
                "depends" => solutions[ring[0]].depends.clear(),
                _ => solutions[ring[0]].fallback = None,
            }
        }
    }
}

fn say(context: &mut Context<'_>, fields: &Fields<'_>, key: &str, ring: &[usize], keys: &[&str]) {
    let place = fields.node(key).map_or(fields.span, |node| node.span);
    let way: Vec<&str> = ring.iter().chain(ring.first()).map(|&at| keys[at]).collect();
    let message = format!("`{key}` leads back to where it began: {}", way.join(" → "));
    let help = match ring {
        [_] => format!("leave `{key}` out, or name another one"),
        _ => format!("leave out `{key}` of one of them"),
    };
    context.say(Diagnostic::new(Code::ScopeCycle, place, message).help(help));
}

/// One ring for each that there is, each as a way from its first entry.
fn rings(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    /// Not seen yet, on the way, done.
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnWay,
        Done,
    }
    let mut seen = vec![Seen::No; next.len()];
    let mut rings = Vec::new();
    for start in 0..next.len() {
        // The way there, each with how many of its followers were looked at.
        let mut way: Vec<(usize, usize)> = Vec::new();
        if seen[start] == Seen::No {
            seen[start] = Seen::OnWay;
            way.push((start, 0));
        }
        while let Some((at, looked_at)) = way.last_mut() {
            let Some(&to) = next[*at].get(*looked_at) else {
                seen[*at] = Seen::Done;
                way.pop();
                continue;
            };
            *looked_at += 1;
            match seen[to] {
                Seen::No => {
                    seen[to] = Seen::OnWay;
                    way.push((to, 0));
                }
                Seen::OnWay => {
                    let begin = way.iter().position(|(at, _)| *at == to).unwrap_or(0);
                    rings.push(way[begin..].iter().map(|(at, _)| *at).collect());
                }
                Seen::Done => {}
            }
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ring_is_found_once() {
        assert_eq!(rings(&[vec![1], vec![2], vec![0], vec![0]]), [vec![0, 1, 2]]);
        assert_eq!(rings(&[vec![0], vec![], vec![1, 3], vec![2]]), [vec![0], vec![2, 3]]);
        assert!(rings(&[vec![1, 2], vec![2], vec![]]).is_empty());
    }
}
