//! From groups of correlated quantities to factors and mixes.
//!
//! A group with one ρ is a factor that its members share. With r the correlation of scores, ρ₀ and
//! r₀ what holds between all estimates, a member's score has the weight √r₀ on the plan's own
//! factor, ±√|r - r₀| on each of its groups', and the rest on its own draw: so two members of one
//! group have exactly its ρ, any other two estimates ρ₀. Whether a risk happens is no estimate, and
//! follows the plan's factor only where it has to: in a group with estimates.
//!
//! A group with a matrix is mixed from its members' own scores by the matrix's triangular root.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::model::{Correlation, Member, MilestoneId, Plan, Strength};
use crate::network::{Factor, Mix, Network, Normal, Owner, Repair, VariableId};
use crate::stats::correlation::{cholesky, nearest, rank_correlation, score_correlation};

/// Squares of weights below this are rounding.
const ROUNDING: f64 = 1e-9;

/// Why a group's members cannot go together as it says. Groups are positions in
/// [`Plan::correlations`], members positions within one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrelationError {
    /// More than two members go together less than all estimates of the plan do, or shun each other.
    TooWeak {
        /// The group.
        group: usize,
    },
    /// With this group, one of its members would have to follow its groups more than wholly.
    TooStrong {
        /// The last of the member's groups.
        group: usize,
        /// The member.
        member: usize,
    },
    /// A member of a matrix stands for several quantities.
    Ambiguous {
        /// The group.
        group: usize,
        /// The member.
        member: usize,
    },
    /// A member of a matrix is in another group, too, or twice in its own.
    NamedTwice {
        /// The group with the matrix.
        group: usize,
        /// The member.
        member: usize,
    },
}

impl CorrelationError {
    /// The group at fault.
    pub const fn group(self) -> usize {
        match self {
            Self::TooWeak { group }
            | Self::TooStrong { group, .. }
            | Self::Ambiguous { group, .. }
            | Self::NamedTwice { group, .. } => group,
        }
    }
}

impl fmt::Display for CorrelationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooWeak { .. } => "more than two members go together less than all estimates do",
            Self::TooStrong { .. } => "a member's groups ask for more than the whole of it",
            Self::Ambiguous { .. } => "a member of a matrix stands for several quantities",
            Self::NamedTwice { .. } => "a member of a matrix is named twice",
        })
    }
}

/// Finds how the network's variables hang together. All of them are known by now.
pub(super) fn mix(plan: &Plan, network: &mut Network) -> Result<(), CorrelationError> {
    if plan.correlations.is_empty() && plan.correlation == 0.0 {
        return Ok(());
    }
    let groups = groups(plan, network);
    let mut mixer = Mixer::new(network);
    for group in groups.iter().filter(|group| group.matrix.is_some()) {
        mixer.matrix(group, &groups)?;
    }
    mixer.default(plan.correlation, &groups);
    for group in groups.iter().filter(|group| group.matrix.is_none()) {
        mixer.factor(group, &plan.correlations[group.at].key)?;
    }
    let Mixer { factors, mut mixes, repairs, parts, rest, .. } = mixer;
    for (variable, mut parts) in parts.into_iter().enumerate() {
        if parts.is_empty() {
            continue;
        }
        let variable = VariableId(variable as u32);
        let own = rest[variable.0 as usize];
        if own > ROUNDING {
            parts.push((Normal::Own(variable), libm::sqrt(own)));
        }
        mixes.push(Mix { variable, parts, matrix: None });
    }
    mixes.sort_by_key(|mix| mix.variable);
    (network.factors, network.mixes, network.repairs) = (factors, mixes, repairs);
    Ok(())
}

/// A group with its members' variables.
struct Group<'a> {
    at: usize,
    /// Of scores; by pair for a matrix.
    strength: f64,
    matrix: Option<&'a [Vec<f64>]>,
    /// By member: its uncertain variables.
    members: Vec<Vec<VariableId>>,
}

impl Group<'_> {
    fn variables(&self) -> impl Iterator<Item = VariableId> {
        self.members.iter().flatten().copied()
    }
}

fn groups<'a>(plan: &'a Plan, network: &Network) -> Vec<Group<'a>> {
    let by_name: HashMap<&str, VariableId> = network
        .variables
        .iter()
        .enumerate()
        .filter(|(_, variable)| !variable.distribution.is_fixed())
        .map(|(at, variable)| (variable.name.as_str(), VariableId(at as u32)))
        .collect();
    let group = |(at, group): (usize, &'a Correlation)| {
        let variables = |member: &Member| -> Vec<VariableId> {
            names(plan, *member).iter().filter_map(|name| by_name.get(name.as_str()).copied()).collect()
        };
        let mut members: Vec<Vec<VariableId>> = group.members.iter().map(variables).collect();
        let (strength, matrix) = match &group.strength {
            Strength::Rho(rho) => {
                // Who is named as a whole and in part is in the group once.
                let mut seen = HashSet::new();
                members.iter_mut().for_each(|member| member.retain(|variable| seen.insert(*variable)));
                (score_correlation(*rho), None)
            }
            Strength::Matrix(matrix) => (0.0, Some(matrix.as_slice())),
        };
        Group { at, strength, matrix, members }
    };
    plan.correlations.iter().enumerate().map(group).collect()
}

/// The names of a member's quantities.
fn names(plan: &Plan, member: Member) -> Vec<String> {
    let work = |id: MilestoneId| -> Vec<String> {
        let milestone = &plan[id];
        let resources = milestone.work.iter();
        resources.map(|(resource, _)| format!("work:{}:{}", milestone.key, plan[*resource].key)).collect()
    };
    match member {
        Member::Span(id) => {
            let milestone = &plan[id];
            let mut names: Vec<String> = work(id);
            names.insert(0, format!("duration:{}", milestone.key));
            let consumed = milestone.consumes.iter();
            names.extend(
                consumed.map(|(resource, _)| format!("consumes:{}:{}", milestone.key, plan[*resource].key)),
            );
            names
        }
        Member::Duration(id) => vec![format!("duration:{}", plan[id].key)],
        Member::Work(id) => work(id),
        Member::Cost(id) => vec![format!("cost:{}", plan[id].key)],
        Member::Risk(id) => vec![format!("risk:{}", plan[id].key)],
    }
}

/// Mixes in the making.
struct Mixer {
    factors: Vec<Factor>,
    mixes: Vec<Mix>,
    repairs: Vec<Repair>,
    /// By variable: whether it is an estimate that the plan's own correlation is about.
    is_estimate: Vec<bool>,
    /// By variable: whether a matrix has it.
    in_matrix: Vec<bool>,
    /// By variable: what it has of the factors.
    parts: Vec<Vec<(Normal, f64)>>,
    /// By variable: the square of the weight that is left for its own score.
    rest: Vec<f64>,
    /// The plan's own correlation of scores, and by variable whether it takes part.
    default: f64,
    takes_part: Vec<bool>,
}

impl Mixer {
    fn new(network: &Network) -> Self {
        let is_estimate = network
            .variables
            .iter()
            .map(|variable| {
                matches!(variable.owner, Owner::Milestone(_) | Owner::Resource(_) | Owner::Overhead(_))
                    && !variable.distribution.is_fixed()
            })
            .collect::<Vec<bool>>();
        let variables = is_estimate.len();
        Self {
            factors: Vec::new(),
            mixes: Vec::new(),
            repairs: Vec::new(),
            is_estimate,
            in_matrix: vec![false; variables],
            parts: vec![Vec::new(); variables],
            rest: vec![1.0; variables],
            default: 0.0,
            takes_part: vec![false; variables],
        }
    }

    /// Mixes the members of a matrix from each other's own scores.
    fn matrix(&mut self, group: &Group<'_>, groups: &[Group<'_>]) -> Result<(), CorrelationError> {
        let Some(written) = group.matrix else { return Ok(()) };
        let (at, mut members) = (group.at, Vec::new());
        for (member, variables) in group.members.iter().enumerate() {
            let &[variable] = variables.as_slice() else {
                if variables.is_empty() {
                    continue;
                }
                return Err(CorrelationError::Ambiguous { group: at, member });
            };
            let elsewhere = groups
                .iter()
                .any(|other| other.at != at && other.variables().any(|theirs| theirs == variable));
            if elsewhere || self.in_matrix[variable.0 as usize] {
                return Err(CorrelationError::NamedTwice { group: at, member });
            }
            self.in_matrix[variable.0 as usize] = true;
            members.push((member, variable));
        }
        let score = |row: usize, column: usize| {
            if row == column { 1.0 } else { score_correlation(written[row][column]) }
        };
        let matrix: Vec<Vec<f64>> =
            members.iter().map(|row| members.iter().map(|column| score(row.0, column.0)).collect()).collect();
        let near = nearest(&matrix);
        if let Some((row, column)) = near.changed {
            let pair = (members[row].0, members[column].0);
            let used = rank_correlation(near.matrix[row][column]);
            self.repairs.push(Repair { group: at, pair, written: written[pair.0][pair.1], used });
        }
        for (row, weights) in cholesky(&near.matrix).into_iter().enumerate() {
            let parts: Vec<(Normal, f64)> = members
                .iter()
                .zip(weights)
                .filter(|(_, weight)| *weight != 0.0)
                .map(|((_, variable), weight)| (Normal::Own(*variable), weight))
                .collect();
            if parts.len() > 1 {
                self.mixes.push(Mix { variable: members[row].1, parts, matrix: Some(at) });
            }
        }
        Ok(())
    }

    /// What holds between all estimates: one factor for all of them that no matrix has, and for the
    /// events that share a group with one.
    fn default(&mut self, rho: f64, groups: &[Group<'_>]) {
        let score = score_correlation(rho);
        if score <= ROUNDING {
            return;
        }
        self.takes_part = self
            .is_estimate
            .iter()
            .zip(&self.in_matrix)
            .map(|(&estimate, &matrix)| estimate && !matrix)
            .collect();
        let mut grows = true;
        while grows {
            grows = false;
            for group in groups.iter().filter(|group| group.matrix.is_none()) {
                let takes_part = &mut self.takes_part;
                if group.variables().any(|variable| takes_part[variable.0 as usize]) {
                    for variable in group.variables() {
                        grows |= !std::mem::replace(&mut takes_part[variable.0 as usize], true);
                    }
                }
            }
        }
        if self.takes_part.iter().filter(|takes_part| **takes_part).count() < 2 {
            self.takes_part.fill(false);
            return;
        }
        self.default = score;
        self.factors.push(Factor { name: "correlation".to_owned(), group: None });
        for variable in 0..self.takes_part.len() {
            if self.takes_part[variable] {
                self.parts[variable].push((Normal::Factor(0), libm::sqrt(score)));
                self.rest[variable] -= score;
            }
        }
    }

    /// Gives the members of a group their share of its factor.
    fn factor(&mut self, group: &Group<'_>, key: &str) -> Result<(), CorrelationError> {
        let is_shared = |variable: VariableId| self.takes_part[variable.0 as usize];
        let default = if group.variables().any(is_shared) { self.default } else { 0.0 };
        let excess = group.strength - default;
        if group.variables().count() < 2 || excess.abs() <= ROUNDING {
            return Ok(());
        }
        let uncertain = group.members.iter().filter(|variables| !variables.is_empty()).count();
        if excess < 0.0 && uncertain > 2 {
            return Err(CorrelationError::TooWeak { group: group.at });
        }
        let factor = self.factors.len();
        self.factors.push(Factor { name: format!("correlation:{key}"), group: Some(group.at) });
        let mut seen = 0;
        for (member, variables) in group.members.iter().enumerate() {
            let sign = if excess < 0.0 && seen > 0 { -1.0 } else { 1.0 };
            seen += usize::from(!variables.is_empty());
            for variable in variables {
                let at = variable.0 as usize;
                self.rest[at] -= excess.abs();
                if self.rest[at] < -ROUNDING {
                    return Err(CorrelationError::TooStrong { group: group.at, member });
                }
                self.parts[at].push((Normal::Factor(factor), sign * libm::sqrt(excess.abs())));
            }
        }
        Ok(())
    }
}
