//! `after` and `before`: the links between milestones, selectors spread out.

use super::super::literal::{self, Measure, Selector, WrittenLag, WrittenLink};
use super::super::tree::{Node, Value};
use super::calendar::Calendars;
use super::estimate::{Reader, Scale};
use super::fields::{Context, Fields};
use super::roster::Roster;
use crate::model::{Calendar, Estimate, Lag, Link, Milestone, MilestoneId, Span as ModelSpan};
use crate::stats::{Distribution, Shape};
use crate::text::{Code, Diagnostic, Span};

/// More links than this are refused: `after = "all"` in a large plan makes the square of it.
const MOST_LINKS: usize = 1_000_000;

/// Links with the place of each.
#[derive(Default)]
pub(super) struct Links {
    pub(super) all: Vec<Link>,
    pub(super) places: Vec<Span>,
}

impl Links {
    /// Reads `after` and `before` of every milestone.
    pub(super) fn read(
        context: &mut Context<'_>,
        roster: &Roster<'_>,
        calendars: &Calendars,
        milestones: &[Milestone],
    ) -> Self {
        let mut links = Self::default();
        for (at, row) in roster.milestones.iter().enumerate() {
            let own = Fields { defaults: None, ..row.fields };
            for key in ["after", "before"] {
                for (text, node) in context.texts(&own, key) {
                    let Some(written) = context.read(node, text, literal::link) else { continue };
                    let place = Reading {
                        roster,
                        calendars,
                        milestones,
                        this: MilestoneId::new(at),
                        is_before: key == "before",
                    };
                    if !place.add(context, &mut links, &written, node, text) {
                        return links;
                    }
                }
            }
        }
        links
    }
}

/// Where a link is read: in `after` or `before` of a milestone.
struct Reading<'r, 'a> {
    roster: &'r Roster<'a>,
    calendars: &'r Calendars,
    milestones: &'r [Milestone],
    this: MilestoneId,
    is_before: bool,
}

impl Reading<'_, '_> {
    /// Adds the links that one text stands for; `false` if there are too many.
    fn add(
        &self,
        context: &mut Context<'_>,
        links: &mut Links,
        written: &WrittenLink,
        node: &Node,
        text: &str,
    ) -> bool {
        if let Selector::Id(name) = &written.target
            && let Some((target, lag)) = lead(self.roster, name)
        {
            let message = format!("no milestone is called `{name}`");
            let error = Diagnostic::new(Code::UnknownMilestone, node.span, message).labelled("named here");
            context.say(error.help(format!("if `{lag}` is a lag, write `{target} FS-{lag}`")));
            return true;
        }
        let mut others = self.roster.select(context, &written.target, node.span);
        if !matches!(written.target, Selector::Id(_)) {
            // "All of the stage" means the others, where it is one of them.
            others.retain(|&other| other != self.this);
        }
        if links.all.len() + others.len() > MOST_LINKS {
            let error = Diagnostic::new(Code::TooManyLinks, node.span, "a plan has at most a million links");
            context.say(error.help("put a milestone between the many and the many"));
            return false;
        }
        let mut of_successor = None;
        for other in others {
            let (from, to) = if self.is_before { (self.this, other) } else { (other, self.this) };
            let calendar = self.milestones[to.index()].calendar;
            let lag = match &of_successor {
                Some((known, lag)) if *known == calendar => Lag::clone(lag),
                _ => {
                    let Some(lag) = lag(context, written, node, text, self.calendars.get(calendar)) else {
                        return true;
                    };
                    of_successor = Some((calendar, lag.clone()));
                    lag
                }
            };
            links.all.push(Link { from, to, kind: written.kind, lag });
            links.places.push(node.span);
        }
        true
    }
}

/// The milestone and the lag in a name like `dig-3d` that no milestone has.
fn lead<'n>(roster: &Roster<'_>, name: &'n str) -> Option<(&'n str, &'n str)> {
    if roster.has_milestone(name) {
        return None;
    }
    let (target, lag) = name.rsplit_once('-')?;
    let is_lag = lag.starts_with(|letter: char| letter.is_ascii_digit())
        && literal::estimate(lag, Measure::Lag).is_ok();
    (is_lag && roster.has_milestone(target)).then_some((target, lag))
}

/// The lag of a link, in the calendar of its successor.
fn lag(
    context: &mut Context<'_>,
    written: &WrittenLink,
    node: &Node,
    text: &str,
    calendar: &Calendar,
) -> Option<Lag> {
    let Some(WrittenLag { is_negative, .. }) = written.lag else { return Some(Lag::None) };
    let letters = written.kind.letters();
    // The lag stands behind the last type of the text and its sign.
    let kind_end = text.rfind(letters).map_or(0, |at| at + letters.len());
    let sign = text[kind_end..].find(['+', '-', '−'])? + kind_end;
    let start = sign + text[sign..].chars().next().map_or(1, char::len_utf8);
    let inner =
        Node { span: node.span.within(1 + start..1 + text.len()), value: Value::Text(text[start..].into()) };
    let scale = Scale::Lag(calendar);
    let read = Reader { context, scale, spread: None, key: "after", takes: "a lag" }.read(&inner)?;
    let written = format!("{}{}", if is_negative { "-" } else { "+" }, text[start..].trim());
    let estimate = Estimate { written, ..read.estimate };
    let message = "a lead is fixed, three points or a spread, not a range";
    let estimate = if is_negative { negated(context, &estimate, inner.span, message)? } else { estimate };
    if estimate.is_fixed() && estimate.planned == 0.0 {
        return Some(Lag::None);
    }
    Some(if read.is_share {
        Lag::Share(estimate)
    } else {
        Lag::Span(ModelSpan { seconds: estimate, unit: read.unit })
    })
}

/// The mirror image of an estimate; what has none is said.
pub(super) fn negated(
    context: &mut Context<'_>,
    estimate: &Estimate,
    place: Span,
    message: &str,
) -> Option<Estimate> {
    let shape = match *estimate.distribution.shape() {
        Shape::Fixed(value) => Shape::Fixed(-value),
        Shape::Pert { low, likely, high, shape } => {
            Shape::Pert { low: -high, likely: -likely, high: -low, shape }
        }
        _ => {
            context.say(Diagnostic::new(Code::BadEstimate, place, message));
            return None;
        }
    };
    let distribution = Distribution::new(shape).ok()?;
    Some(Estimate::new(distribution, estimate.written.clone()))
}
