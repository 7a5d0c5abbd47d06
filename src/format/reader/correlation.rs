//! `[correlation]`: groups of quantities that go together.

mod members;
mod sums;

use super::super::literal;
use super::super::tree::{Node, Table, Value};
use super::expect::Measures;
use super::fields::{Context, Fields};
use super::named::named;
use crate::model::{Correlation, Member, Strength};
use crate::text::{Code, Diagnostic, Span};

use members::{Named, named_members};

/// A group that was read, with its place and that of its strength.
pub(super) struct Group {
    pub(super) correlation: Correlation,
    pub(super) place: Span,
    strength: Span,
}

/// Reads every group that is not removed, and what they ask together.
pub(super) fn correlations(
    context: &mut Context<'_>,
    tree: &Table,
    measures: &Measures<'_>,
    default: f64,
) -> Vec<Group> {
    let mut groups = Vec::new();
    for (entry, fields) in named(context, tree, "correlation") {
        if entry.removed.is_none() {
            groups.extend(group(context, &entry.key.name, &fields, measures, default));
        }
    }
    sums::check(context, &groups, measures.milestones, default);
    groups
}

fn group(
    context: &mut Context<'_>,
    key: &str,
    fields: &Fields<'_>,
    measures: &Measures<'_>,
    default: f64,
) -> Option<Group> {
    context.text(fields, "note");
    let missing = |message: String| Diagnostic::new(Code::MissingKey, fields.span, message);
    let is_empty =
        matches!(fields.node("among"), Some(Node { value: Value::List(items), .. }) if items.is_empty());
    if !fields.has("among") || is_empty {
        let error = missing(format!("`{key}` has nothing that goes together"));
        context.say(error.help("like `among = [\"stage:data\", \"train\"]`"));
    }
    let named = named_members(context, fields, measures);
    let node = match (fields.node("rho"), fields.node("matrix")) {
        (Some(rho), Some(matrix)) => {
            let message = "`rho` is the same for every pair, `matrix` says one for each";
            let error = Diagnostic::new(Code::ConflictingKeys, matrix.span, message);
            context.say(error.related(rho.span, "`rho` is here").help("keep one of them"));
            return None;
        }
        (Some(node), None) | (None, Some(node)) => node,
        (None, None) => {
            if !fields.has("rho") && !fields.has("matrix") {
                let error = missing(format!("`{key}` has neither a `rho` nor a `matrix`"));
                context.say(error.help("`rho = 0.4` holds for every pair"));
            }
            return None;
        }
    };
    let is_whole = named.is_whole;
    let strength = if fields.node("rho").is_some() {
        let rho = rho(context, node)?;
        if is_whole {
            within_reach(context, rho, default, &named.present(), node);
        }
        Strength::Rho(rho)
    } else {
        let rows = matrix(context, node, &named)?;
        if is_whole {
            members::single(context, &named, measures.milestones);
        }
        Strength::Matrix(rows)
    };
    let correlation = Correlation { key: key.to_owned(), members: named.present(), strength };
    Some(Group { correlation, place: fields.span, strength: node.span })
}

/// A correlation of one pair.
fn rho(context: &mut Context<'_>, node: &Node) -> Option<f64> {
    let rho = context.number(node, "correlation", "rho", literal::number)?;
    if (-1.0..=1.0).contains(&rho) {
        return Some(rho);
    }
    let error = Diagnostic::new(Code::OutOfRange, node.span, "a correlation lies between -1 and 1");
    let meant = (10.0..=100.0).contains(&rho.abs()).then(|| format!("write `{}`", (rho * 1e4).round() / 1e6));
    context.say(error.help_if(meant));
    None
}

/// Whether every pair of so many can go together like that: three can't all go against each other, and
/// one factor can only add to what the plan's default makes go together.
fn within_reach(context: &mut Context<'_>, rho: f64, default: f64, members: &[Member], node: &Node) {
    if members.len() <= 2 {
        return;
    }
    let error = |message: String| Diagnostic::new(Code::ImpossibleCorrelation, node.span, message);
    let of_estimates = members.iter().filter(|member| !matches!(member, Member::Risk(_))).count();
    if rho < 0.0 {
        let message = format!("{} members can't all go against each other", members.len());
        context.say(error(message).help("two can; of more, say it of pairs in a `matrix`"));
    } else if rho < default && of_estimates > 1 {
        let message = format!("this is less than the {default} that holds between all estimates");
        context.say(error(message).help("lower `correlation` of the plan, or say it of pairs in a `matrix`"));
    }
}

/// How far two numbers of a matrix that should be the same may differ.
const ROUNDING: f64 = 1e-9;

/// The rows of a matrix for these members, those without that a scenario removed.
fn matrix(context: &mut Context<'_>, node: &Node, named: &Named) -> Option<Vec<Vec<f64>>> {
    let Value::List(rows) = &node.value else {
        context.wrong_type("correlation", "matrix", node);
        return None;
    };
    let count = named.members.len();
    let is_square = rows.len() == count
        && rows.iter().all(|row| matches!(&row.value, Value::List(row) if row.len() == count));
    if !is_square && named.is_whole {
        let message = format!("a matrix of {count} members has {count} rows of {count} correlations");
        context.say(Diagnostic::new(Code::WrongType, node.span, message));
    }
    if !is_square {
        return None;
    }
    let nodes: Vec<&[Node]> =
        rows.iter().map(|row| if let Value::List(row) = &row.value { &row[..] } else { &[] }).collect();
    let read: Vec<Option<Vec<f64>>> =
        nodes.iter().map(|row| row.iter().map(|node| rho(context, node)).collect()).collect();
    let rows: Vec<Vec<f64>> = read.into_iter().collect::<Option<_>>()?;
    symmetric(context, &rows, &nodes);
    let left = |at: &usize| named.members[*at].is_some();
    let chosen =
        (0..count).filter(left).map(|at| (0..count).filter(left).map(|other| rows[at][other]).collect());
    Some(chosen.collect())
}

/// Says where a matrix is not symmetric, or not 1 on its diagonal.
fn symmetric(context: &mut Context<'_>, rows: &[Vec<f64>], nodes: &[&[Node]]) {
    for at in 0..rows.len() {
        if (rows[at][at] - 1.0).abs() > ROUNDING {
            let place = nodes[at][at].span;
            let message = "everything goes together with itself by 1";
            context.say(Diagnostic::new(Code::ImpossibleCorrelation, place, message));
        }
        for other in at + 1..rows.len() {
            let (one, mirrored) = (rows[at][other], rows[other][at]);
            if (one - mirrored).abs() > ROUNDING {
                let message = format!("this pair goes together by {mirrored} here and by {one} there");
                let error = Diagnostic::new(Code::ImpossibleCorrelation, nodes[other][at].span, message);
                context.say(error.related(nodes[at][other].span, "the same pair"));
            }
        }
    }
}
