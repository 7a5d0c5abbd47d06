//! Links compiled: plain ones are a number of seconds, any other knows its ways.

use crate::model::LinkKind;
use crate::network::{CAP, Quantity, VisitLag, VisitLink};

use super::compile::Compiler;
use super::{GeneralLink, Operand, PlainLink};

impl Compiler<'_> {
    pub(super) fn is_plain(&self, link: &VisitLink) -> bool {
        let [from, to] = [link.from, link.to].map(|visit| self.network.visits[visit.index()].timeline);
        link.kind == LinkKind::FinishStart
            && from == to
            && matches!(link.lag, VisitLag::None | VisitLag::Work(Quantity::Fixed(_)))
    }

    pub(super) fn plain_links(&mut self, incoming: &[VisitLink]) -> (u32, u32) {
        let begin = self.program.plain_links.len() as u32;
        for link in incoming {
            let lag = match link.lag {
                VisitLag::Work(Quantity::Fixed(seconds)) => clamp_lag(seconds),
                _ => 0,
            };
            self.program.plain_links.push(PlainLink { from: link.from.index() as u32, lag });
        }
        (begin, self.program.plain_links.len() as u32)
    }

    pub(super) fn general_links(&mut self, incoming: &[VisitLink], starts: &[u32]) -> (u32, u32) {
        const ZERO: Operand = Operand::Fixed(0.0);
        let begin = self.program.links.len() as u32;
        for link in incoming {
            let [from, to] = [link.from, link.to].map(|visit| self.network.visits[visit.index()].timeline);
            let (mut work, mut share, mut elapsed) = (ZERO, ZERO, None);
            match link.lag {
                VisitLag::None => {}
                VisitLag::Work(lag) => work = self.operand(lag),
                VisitLag::Elapsed(lag) => elapsed = Some(self.operand(lag)),
                VisitLag::Share(lag) => share = self.operand(lag),
            }
            let converts = from != to || elapsed.is_some();
            self.program.links.push(GeneralLink {
                from: link.from.index() as u32,
                kind: link.kind,
                from_start: starts[link.from.index()],
                work,
                share,
                convert: converts.then(|| (from, to, elapsed.unwrap_or(ZERO))),
            });
        }
        (begin, self.program.links.len() as u32)
    }
}

/// A lag clamped so that no sum with a position can wrap.
fn clamp_lag(seconds: f64) -> i32 {
    seconds.clamp(-(CAP as f64), CAP as f64).round() as i32
}
