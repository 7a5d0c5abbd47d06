//! Who waits for whom, by the words of the plan alone.

use std::collections::BTreeMap;

use plan::model::{Lag, Link, LinkKind, MilestoneId, Otherwise, Plan, Redo};

/// The passes a visit lies in, outermost first: whose check ordered each, and the how manieth it is.
pub(crate) type Pass = Vec<(MilestoneId, u32)>;
/// A milestone in a pass.
pub(crate) type Visit = (MilestoneId, Pass);

/// What a visit waits for.
pub(crate) struct Before {
    pub(crate) visit: Visit,
    pub(crate) kind: LinkKind,
    pub(crate) lag: Lag,
}

pub(crate) struct Unrolled<'a> {
    pub(crate) plan: &'a Plan,
    ordered: BTreeMap<MilestoneId, Vec<Pass>>,
    pub(crate) passes: Vec<Pass>,
    pub(crate) before: BTreeMap<Visit, Vec<Before>>,
}

/// Whether links lead from one milestone to another.
pub(crate) fn leads(plan: &Plan, from: MilestoneId, to: MilestoneId) -> bool {
    from == to || plan.links.iter().any(|link| link.from == from && leads(plan, link.to, to))
}

/// What the check of a milestone does again.
pub(crate) fn body(plan: &Plan, gate: MilestoneId) -> Vec<MilestoneId> {
    let redo = &plan[gate].rework.as_ref().unwrap().redo;
    let is_redone = |id: &MilestoneId| match redo {
        Redo::BackTo(first) => leads(plan, *first, *id) && leads(plan, *id, gate),
        Redo::These(these) => these.contains(id) || *id == gate,
    };
    plan.ids().filter(is_redone).collect()
}

impl<'a> Unrolled<'a> {
    pub(crate) fn of(plan: &'a Plan) -> Self {
        let mut unrolled =
            Self { plan, ordered: BTreeMap::new(), passes: Vec::new(), before: BTreeMap::new() };
        unrolled.add_pass(Vec::new());
        unrolled.ordered = plan.ids().map(|id| (id, unrolled.sorted_passes_of(id))).collect();
        let visits: Vec<Visit> = unrolled.visits().collect();
        for visit in visits {
            let before = unrolled.waits_for(&visit);
            unrolled.before.insert(visit, before);
        }
        unrolled
    }

    pub(crate) fn visits(&self) -> impl Iterator<Item = Visit> + '_ {
        self.ordered.iter().flat_map(|(id, passes)| passes.iter().map(|pass| (*id, pass.clone())))
    }

    fn add_pass(&mut self, pass: Pass) {
        self.passes.push(pass.clone());
        for gate in self.plan.ids() {
            let orders_this = pass.last().is_some_and(|(orders, _)| *orders == gate);
            if self.plan[gate].rework.is_none() || orders_this || !self.has(&pass, gate) {
                continue;
            }
            for number in 1..=self.plan[gate].rework.as_ref().unwrap().at_most {
                if self.probability(gate, number) == 0.0 {
                    break;
                }
                let mut inner = pass.clone();
                inner.push((gate, number));
                self.add_pass(inner);
            }
        }
    }

    /// Whether a milestone belongs to a pass itself.
    pub(crate) fn has(&self, pass: &Pass, id: MilestoneId) -> bool {
        pass.last().is_none_or(|(gate, _)| body(self.plan, *gate).contains(&id))
    }

    /// How likely the check fails that comes so manieth in a row.
    pub(crate) fn probability(&self, gate: MilestoneId, number: u32) -> f64 {
        let given = &self.plan[gate].rework.as_ref().unwrap().probability;
        given[(number as usize).min(given.len()) - 1]
    }

    /// The visit whose check orders a pass.
    pub(crate) fn ordered_by(&self, pass: &Pass) -> Visit {
        let (gate, number) = pass[pass.len() - 1];
        let mut before = pass[..pass.len() - 1].to_vec();
        if number > 1 {
            before.push((gate, number - 1));
        }
        (gate, before)
    }

    /// The passes of a milestone, in order of time. All checks of these plans lead to each other.
    pub(crate) fn passes_of(&self, id: MilestoneId) -> &[Pass] {
        &self.ordered[&id]
    }

    fn sorted_passes_of(&self, id: MilestoneId) -> Vec<Pass> {
        let mut passes: Vec<Pass> = self.passes.iter().filter(|pass| self.has(pass, id)).cloned().collect();
        let rank = |gate: MilestoneId| self.plan.ids().filter(|&id| leads(self.plan, id, gate)).count();
        passes
            .sort_by_key(|pass| pass.iter().map(|&(gate, number)| (rank(gate), number)).collect::<Vec<_>>());
        passes
    }

    /// The how manieth visit of its milestone this is, from 1.
    pub(crate) fn number(&self, (id, pass): &Visit) -> usize {
        self.passes_of(*id).iter().position(|other| other == pass).unwrap() + 1
    }

    /// Whether the check of a visit fails the plan, and how likely it fails at all; `None` without a check.
    pub(crate) fn check(&self, (id, pass): &Visit) -> Option<(bool, f64)> {
        let rework = self.plan[*id].rework.as_ref()?;
        let in_a_row = match pass.last() {
            Some((gate, number)) if gate == id => number + 1,
            _ => 1,
        };
        let is_last = in_a_row == rework.at_most + 1;
        let may_fail = (1..=in_a_row).all(|number| self.probability(*id, number) > 0.0);
        let counts = may_fail && !(is_last && rework.otherwise == Otherwise::Continue);
        counts.then(|| (is_last, self.probability(*id, in_a_row)))
    }

    /// In which pass a milestone waits for visits of a pass: that one, or one around it.
    fn follows(&self, pass: &Pass, id: MilestoneId) -> Option<Pass> {
        if self.has(pass, id) {
            return Some(pass.clone());
        }
        let (gate, _) = pass[pass.len() - 1];
        if leads(self.plan, id, gate) { None } else { self.follows(&pass[..pass.len() - 1].to_vec(), id) }
    }

    /// The nearest pass, from one outwards, that a milestone belongs to.
    pub(crate) fn nearest(&self, pass: &Pass, id: MilestoneId) -> Pass {
        let own = (0..=pass.len()).rev().map(|length| pass[..length].to_vec());
        own.into_iter().find(|pass| self.ordered[&id].contains(pass)).unwrap()
    }

    fn waits_for(&self, (id, pass): &Visit) -> Vec<Before> {
        let mut before = Vec::new();
        for Link { from, kind, lag, .. } in self.plan.links.iter().filter(|link| link.to == *id) {
            for other in self.passes.iter().filter(|other| self.has(other, *from)) {
                if self.follows(other, *id).as_ref() == Some(pass) {
                    before.push(Before { visit: (*from, other.clone()), kind: *kind, lag: lag.clone() });
                }
            }
        }
        if let Some((gate, _)) = pass.last() {
            let plain = |visit| Before { visit, kind: LinkKind::FinishStart, lag: Lag::None };
            for from in body(self.plan, *gate) {
                let others = self.passes.iter().filter(|other| self.has(other, from));
                if self.is_way(*gate, from, *id) {
                    let others = others.filter(|other| self.follows(other, *id).as_ref() == Some(pass));
                    before.extend(others.map(|other| plain((from, other.clone()))));
                }
            }
            if self.begins_after_check(*gate, *id) {
                before.push(plain(self.ordered_by(pass)));
            }
        }
        before
    }

    /// Whether two of a body hang together only by what is not done again.
    fn is_way(&self, gate: MilestoneId, from: MilestoneId, to: MilestoneId) -> bool {
        let body = body(self.plan, gate);
        let is_direct = self.plan.links.iter().any(|link| link.from == from && link.to == to);
        let outside = |id: &MilestoneId| !body.contains(id);
        fn through(
            plan: &Plan,
            at: MilestoneId,
            to: MilestoneId,
            outside: &dyn Fn(&MilestoneId) -> bool,
        ) -> bool {
            let mut links = plan.links.iter().filter(|link| link.from == at);
            links.any(|link| link.to == to || (outside(&link.to) && through(plan, link.to, to, outside)))
        }
        let mut links = self.plan.links.iter().filter(|link| link.from == from && outside(&link.to));
        !is_direct && links.any(|link| through(self.plan, link.to, to, &outside))
    }

    /// Whether nothing in a repeat is sure to hold a member back.
    fn begins_after_check(&self, gate: MilestoneId, id: MilestoneId) -> bool {
        let body = body(self.plan, gate);
        let into = || self.plan.links.iter().filter(|link| link.to == id);
        let inside = || into().filter(|link| body.contains(&link.from));
        let ways = || body.iter().copied().filter(|&from| self.is_way(gate, from, id));
        let holds = |link: &&Link| {
            let lag = match &link.lag {
                Lag::None => 0.0,
                Lag::Span(span) => span.seconds.distribution.lowest(),
                Lag::Share(share) => share.distribution.lowest(),
            };
            matches!(link.kind, LinkKind::FinishStart | LinkKind::StartStart) && lag >= 0.0
        };
        let is_held = inside().any(|link| holds(&link)) || ways().next().is_some();
        let is_sure = inside().map(|link| link.from).chain(ways()).any(|from| self.is_sure(gate, from));
        !is_held || (!is_sure && into().any(|link| !body.contains(&link.from)))
    }

    /// Whether a repeat that is ordered surely has this member.
    fn is_sure(&self, gate: MilestoneId, id: MilestoneId) -> bool {
        let body = body(self.plan, gate);
        let inside = self.plan.links.iter().filter(|link| link.to == id && body.contains(&link.from));
        let ways = body.iter().copied().filter(|&from| self.is_way(gate, from, id));
        let is_reached = inside.map(|link| link.from).chain(ways).any(|from| self.is_sure(gate, from));
        self.plan[id].only_if.is_empty()
            && !self.only_again(gate, id)
            && (self.begins_after_check(gate, id) || is_reached)
    }

    /// Whether a member is done again only if it was done before.
    pub(crate) fn only_again(&self, gate: MilestoneId, id: MilestoneId) -> bool {
        self.begins_after_check(gate, id) && self.is_unreached(id)
    }

    /// Whether everything before a milestone may be absent.
    fn is_unreached(&self, id: MilestoneId) -> bool {
        let mut into = self.plan.links.iter().filter(|link| link.to == id).peekable();
        into.peek().is_some()
            && into.all(|link| !self.plan[link.from].only_if.is_empty() || self.is_unreached(link.from))
    }
}
