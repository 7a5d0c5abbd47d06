//! `among`: who is in a group.

use super::super::super::literal::{self, Part, WrittenMember};
use super::super::super::tree::Node;
use super::super::expect::Measures;
use super::super::fields::{Context, Fields};
use crate::model::{Member, Milestone, MilestoneId};
use crate::text::{Code, Diagnostic, Span};

/// The members of a group in the order in which they are written.
pub(super) struct Named {
    /// `None`: a scenario removed it.
    pub(super) members: Vec<Option<Member>>,
    /// Where each of them is named.
    places: Vec<Span>,
    /// Whether every name was read; if not, there may be more of them.
    pub(super) is_whole: bool,
}

impl Named {
    /// Those that are there, each once; a part of a milestone goes with the whole.
    pub(super) fn present(&self) -> Vec<Member> {
        let all: Vec<Member> = self.members.iter().copied().flatten().collect();
        let is_part = |member: &Member| match *member {
            Member::Duration(id) | Member::Work(id) => all.contains(&Member::Span(id)),
            Member::Span(_) | Member::Cost(_) | Member::Risk(_) => false,
        };
        let mut found = Vec::with_capacity(all.len());
        for member in all.iter().filter(|member| !is_part(member)) {
            if !found.contains(member) {
                found.push(*member);
            }
        }
        found
    }

    fn add(&mut self, member: Option<Member>, place: Span) {
        self.members.push(member);
        self.places.push(place);
    }
}

/// Reads `among`.
pub(super) fn named_members(
    context: &mut Context<'_>,
    fields: &Fields<'_>,
    measures: &Measures<'_>,
) -> Named {
    let texts = context.texts(fields, "among");
    let is_whole = context.is_whole && texts.len() == context.items(fields, "among").len();
    let mut named = Named { members: Vec::new(), places: Vec::new(), is_whole };
    for (text, node) in texts {
        let written = context.read(node, text, literal::member);
        let is_known = written.is_some_and(|written| add(context, measures, &written, node, &mut named));
        named.is_whole &= is_known;
    }
    named
}

/// Adds what one text names; `false` if that is nothing.
fn add(
    context: &mut Context<'_>,
    measures: &Measures<'_>,
    written: &WrittenMember,
    node: &Node,
    named: &mut Named,
) -> bool {
    let roster = measures.roster;
    match written {
        WrittenMember::Milestones(selector) => {
            let found = roster.select(context, selector, node.span);
            for &id in &found {
                named.add((!roster.is_removed(id)).then_some(Member::Span(id)), node.span);
            }
            !found.is_empty()
        }
        WrittenMember::Part(name, part) => {
            let Some(id) = roster.milestone(context, name, node.span) else { return false };
            let milestone = &measures.milestones[id.index()];
            let is_written = roster.milestones[id.index()].fields.has(part.key());
            if !is_written {
                let message = format!("`{name}` has no `{}`", part.key());
                context.say(Diagnostic::new(Code::MissingKey, node.span, message));
            }
            named.add((!milestone.removed).then_some(member(id, *part)), node.span);
            is_written
        }
        WrittenMember::Risk(name) if roster.is_removed_risk(name) => {
            named.add(None, node.span);
            true
        }
        WrittenMember::Risk(name) => {
            let found = roster.risk(context, name, node.span);
            named.add(found.map(Member::Risk), node.span);
            found.is_some()
        }
    }
}

fn member(id: MilestoneId, part: Part) -> Member {
    match part {
        Part::Duration => Member::Duration(id),
        Part::Work => Member::Work(id),
        Part::Cost => Member::Cost(id),
    }
}

/// Says which members of a matrix are no single quantity, or stand in it twice.
pub(super) fn single(context: &mut Context<'_>, named: &Named, milestones: &[Milestone]) {
    for (at, (member, place)) in named.members.iter().zip(&named.places).enumerate() {
        let Some(member) = member else { continue };
        let error = |message: String| Diagnostic::new(Code::ImpossibleCorrelation, *place, message);
        let first = named.members[..at].iter().position(|other| other.as_ref() == Some(member));
        if let Some(first) = first {
            let error = error("this stands in the matrix already".to_owned());
            context.say(error.related(named.places[first], "first here"));
        }
        let (id, count, example) = match *member {
            Member::Span(id) => {
                let own = &milestones[id.index()];
                let count = usize::from(own.duration.is_some()) + own.work.len() + own.consumes.len();
                (id, count, if own.duration.is_some() { "duration" } else { "work" })
            }
            Member::Work(id) => (id, milestones[id.index()].work.len(), "cost"),
            Member::Duration(_) | Member::Cost(_) | Member::Risk(_) => continue,
        };
        if count > 1 {
            let key = &milestones[id.index()].key;
            let message = format!("a row of a matrix is one quantity, and this of `{key}` is {count}");
            context.say(error(message).help(format!("like `{key}.{example}`; `rho` takes them all")));
        }
    }
}
