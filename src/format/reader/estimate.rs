//! Estimates: from a number, a text or a table to a distribution in the unit of its key.

mod distribution;
mod samples;
mod table;

use super::super::literal::{self, Measure, Quantity, Spread, Unit, WrittenEstimate};
use super::super::tree::{Node, Table, Value};
use super::fields::Context;
use crate::model::{Calendar, Estimate, SpanUnit};
use crate::stats::Shape;
use crate::text::{Code, Diagnostic, Span};

pub(super) use table::is_estimate;

/// What the numbers of an estimate count, and how that becomes the model's unit.
#[derive(Clone, Copy)]
pub(super) enum Scale<'a> {
    /// Seconds, worked in a calendar or elapsed.
    Time(&'a Calendar),
    /// Seconds worked in a calendar.
    Work(&'a Calendar),
    /// Money.
    Money,
    /// Pieces, units.
    Amount,
    /// Shares, 1 = all.
    Share,
    /// What something is multiplied with.
    Factor,
    /// Shares by which something rises in a year; it may also fall.
    Yearly,
    /// Seconds of a calendar or elapsed, or all in percent, shares.
    Lag(&'a Calendar),
}

/// Standard PERT, as in Malcolm et al. (1959).
const PERT_SHAPE: f64 = 4.0;

impl Scale<'_> {
    pub(super) const fn measure(self) -> Measure {
        match self {
            Self::Time(_) | Self::Work(_) => Measure::Duration,
            Self::Money => Measure::Money,
            Self::Amount => Measure::Amount,
            Self::Share | Self::Yearly => Measure::Share,
            Self::Factor => Measure::Factor,
            Self::Lag(_) => Measure::Lag,
        }
    }

    /// A quantity in the model's unit.
    pub(super) fn value(self, quantity: Quantity) -> f64 {
        match self {
            Self::Time(calendar) | Self::Work(calendar) | Self::Lag(calendar) => quantity.seconds(calendar),
            Self::Money | Self::Amount | Self::Share | Self::Factor | Self::Yearly => quantity.plain(),
        }
    }

    const fn is_time(self) -> bool {
        matches!(self, Self::Time(_) | Self::Work(_))
    }

    /// Whether what lies below zero makes no sense and is cut off.
    const fn is_never_negative(self) -> bool {
        !matches!(self, Self::Lag(_) | Self::Yearly)
    }
}

/// An estimate that was read: its distribution, and what its seconds are counted in.
pub(super) struct Read {
    pub(super) estimate: Estimate,
    pub(super) unit: SpanUnit,
    /// Whether it is a share (of a lag).
    pub(super) is_share: bool,
    /// The units it is written in.
    pub(super) units: Units,
}

/// Which units an estimate uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    work: bool,
    /// Of working time: minutes or hours, which are the same in every calendar.
    pub(super) hours: bool,
    /// Of working time: days.
    pub(super) days: bool,
    /// Of working time: weeks or months.
    pub(super) weeks: bool,
    elapsed: bool,
    percent: bool,
}

impl Units {
    fn note(&mut self, quantity: Quantity) {
        match quantity.unit {
            Unit::Percent => self.percent = true,
            unit if unit.is_elapsed() => self.elapsed = true,
            unit => {
                self.work = true;
                self.hours |= matches!(unit, Unit::Minute | Unit::Hour);
                self.days |= unit == Unit::Day;
                self.weeks |= matches!(unit, Unit::Week | Unit::Month);
            }
        }
    }
}

/// Reads estimates of one key.
pub(super) struct Reader<'r, 'a, 's> {
    pub(super) context: &'r mut Context<'a>,
    pub(super) scale: Scale<'s>,
    /// How far a plain value may miss.
    pub(super) spread: Option<Spread>,
    /// The key, for messages, and what it takes.
    pub(super) key: &'r str,
    pub(super) takes: &'r str,
}

impl Reader<'_, '_, '_> {
    /// Reads an estimate; what is none is said.
    pub(super) fn read(mut self, node: &Node) -> Option<Read> {
        let mut units = Units::default();
        let currency = match &node.value {
            Value::Text(text) if matches!(self.scale, Scale::Money) => {
                self.context.currency_of(node, text).ok()?
            }
            _ => None,
        };
        let (shape, cut) = match &node.value {
            Value::Integer(_) | Value::Float(_) | Value::Text(_) => (self.plain(node, &mut units)?, None),
            Value::Table(table) => {
                let (shape, cut) = self.table(node, table, &mut units)?;
                (shape, Some(cut))
            }
            Value::List(items) => {
                self.bare_list(node, items);
                return None;
            }
            _ => {
                self.context.not(self.key, self.takes, node);
                return None;
            }
        };
        let unit = self.unit(units, node.span)?;
        let distribution = self.distribution(shape, cut, node.span)?;
        let written = match &node.value {
            Value::Text(text) => text.to_string(),
            _ => self.context.sources.slice(node.span).to_owned(),
        };
        let is_share = matches!(self.scale, Scale::Lag(_)) && units.percent;
        let estimate = Estimate { currency, ..Estimate::new(distribution, written) };
        Some(Read { estimate, unit, is_share, units })
    }

    fn unit(&mut self, units: Units, place: Span) -> Option<SpanUnit> {
        let mixed = match (units.work, units.elapsed, units.percent) {
            (true, true, _) if self.scale.is_time() || matches!(self.scale, Scale::Lag(_)) => {
                Some("working time and elapsed time can't stand in one estimate")
            }
            (true, _, true) | (_, true, true) if matches!(self.scale, Scale::Lag(_)) => {
                Some("a lag is a time or a share, not both")
            }
            (_, true, _) if matches!(self.scale, Scale::Work(_)) => {
                Some("effort is working time: `min h d w mo`")
            }
            _ => None,
        };
        if let Some(message) = mixed {
            let help = "working time is `min h d w mo`, elapsed time `eh ed ew`";
            let error = Diagnostic::new(Code::MixedUnits, place, message);
            self.context.say(if units.elapsed && units.work { error.help(help) } else { error });
            return None;
        }
        Some(if units.elapsed { SpanUnit::Elapsed } else { SpanUnit::Work })
    }

    /// A number or a text.
    fn plain(&mut self, node: &Node, units: &mut Units) -> Option<Shape> {
        let written = match &node.value {
            Value::Text(text) => {
                let measure = self.scale.measure();
                let amount = if measure == Measure::Money { literal::currency(text).0 } else { text };
                self.context.read(node, text, |_| literal::estimate(amount, measure))?
            }
            _ => WrittenEstimate::Fixed(self.quantity(node)?),
        };
        written.quantities().for_each(|quantity| units.note(quantity));
        let value = |quantity| self.scale.value(quantity);
        let missing = |likely: f64, spread: Spread| Shape::Pert {
            low: likely - likely.abs() * spread.minus,
            likely,
            high: likely + likely.abs() * spread.plus,
            shape: PERT_SHAPE,
        };
        let shape = match written {
            WrittenEstimate::Fixed(one) => match self.spread.filter(|_| self.scale.is_time()) {
                Some(spread) => missing(value(one), spread),
                None => Shape::Fixed(value(one)),
            },
            WrittenEstimate::Points(low, likely, high) => {
                Shape::Pert { low: value(low), likely: value(likely), high: value(high), shape: PERT_SHAPE }
            }
            WrittenEstimate::Range(low, high) => Shape::LognormalRange { p10: value(low), p90: value(high) },
            WrittenEstimate::Miss(likely, spread) => missing(value(likely), spread),
        };
        Some(shape)
    }

    /// A bare number of the file.
    fn quantity(&mut self, node: &Node) -> Option<Quantity> {
        let value = match node.value {
            Value::Integer(number) => number as f64,
            Value::Float(number) => number,
            _ => return None,
        };
        if !(value.is_finite() && value >= 0.0) {
            let message = if value.is_finite() {
                self.scale.measure().never_negative()
            } else {
                "a plan counts with finite numbers"
            };
            self.context.say(Diagnostic::new(Code::BadNumber, node.span, message));
            return None;
        }
        Some(Quantity { value, unit: self.scale.measure().bare() })
    }

    /// A single value inside a table form, in the model's unit.
    fn point(&mut self, node: &Node, units: &mut Units) -> Option<f64> {
        let quantity = match &node.value {
            Value::Integer(_) | Value::Float(_) => self.quantity(node)?,
            Value::Text(text) => {
                let measure = self.scale.measure();
                match self.context.read(node, text, |text| literal::estimate(text, measure))? {
                    WrittenEstimate::Fixed(quantity) => quantity,
                    _ => {
                        let error = Diagnostic::new(
                            Code::BadEstimate,
                            node.span,
                            "an estimate can't stand inside an estimate",
                        );
                        self.context.say(error);
                        return None;
                    }
                }
            }
            Value::Broken => return None,
            other => {
                let message = format!("a single value stands here, not {}", other.kind());
                self.context.say(Diagnostic::new(Code::WrongType, node.span, message));
                return None;
            }
        };
        units.note(quantity);
        Some(self.scale.value(quantity))
    }

    /// A number without unit inside a table form.
    fn number(&mut self, node: &Node) -> Option<f64> {
        match &node.value {
            Value::Integer(number) => Some(*number as f64),
            Value::Float(number) => Some(*number),
            Value::Text(text) => self.context.read(node, text, literal::number),
            Value::Broken => None,
            other => {
                let message = format!("a number stands here, not {}", other.kind());
                self.context.say(Diagnostic::new(Code::WrongType, node.span, message));
                None
            }
        }
    }

    fn bare_list(&mut self, node: &Node, items: &[Node]) {
        let texts: Vec<&str> = items.iter().map(|item| self.context.sources.slice(item.span)).collect();
        let plain: Vec<&str> = texts.iter().map(|text| text.trim_matches(['"', '\''])).collect();
        let error = Diagnostic::new(
            Code::BadEstimate,
            node.span,
            "a list is no estimate, for it may mean two things",
        );
        let error = if plain.len() == 3 {
            error.help(format!("`\"{}\"` is lowest, likeliest, highest", plain.join("..")))
        } else {
            error.help("`\"8..10..20d\"` is lowest, likeliest, highest")
        };
        self.context.say(error.help(format!("`{{ samples = [{}] }}` are observed values", texts.join(", "))));
    }
}
