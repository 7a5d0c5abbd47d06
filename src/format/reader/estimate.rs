//! Estimates: from a number, a text or a table to a distribution in the unit of its key.

use super::super::literal::{self, Measure, Quantity, Spread, Unit, WrittenEstimate};
use super::super::tree::{Node, Table, Value};
use super::fields::Context;
use super::forms::{CUTS, FORMS, FormTakes, PLAIN_PARAMETERS, form_row};
use crate::model::{Calendar, Estimate, SpanUnit};
use crate::stats::{Distribution, DistributionError, Shape};
use crate::text::{Code, Diagnostic, Span, did_you_mean};

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
/// The most observed values that an estimate may rest on.
const MOST_SAMPLES: usize = 1_000_000;

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

    fn table(&mut self, node: &Node, table: &Table, units: &mut Units) -> Option<(Shape, Cut)> {
        let forms: Vec<&str> =
            FORMS.iter().map(|form| form.key).filter(|form| table.value(form).is_some()).collect();
        let [form] = forms.as_slice() else {
            let error = if forms.is_empty() {
                Diagnostic::new(Code::BadEstimate, node.span, format!("`{}` takes {}; this table is no estimate", self.key, self.takes))
                    .help("tables are `{ pert = [8, 10, 20] }`, `{ p10 = 5, p50 = 8, p90 = 20 }`, `{ normal = { mean = 10, sd = 2 } }` and the like")
            } else {
                let all: Vec<String> = forms.iter().map(|form| format!("`{form}`")).collect();
                Diagnostic::new(
                    Code::ConflictingKeys,
                    node.span,
                    format!("an estimate is one of {}", all.join(" and ")),
                )
            };
            self.context.say(if forms.is_empty() { error } else { error.help("keep one of them") });
            return None;
        };
        self.check_table(table, form);
        let shape = self.form(table, form, units)?;
        let mut bound = |key: &str| match table.value(key) {
            Some(node) => self.point(node, units).map(Some),
            None => Some(None),
        };
        let (shift, low, high) = (bound("shift")?, bound("min")?, bound("max")?);
        Some((shape, Cut { shift: shift.unwrap_or(0.0), low, high }))
    }

    fn check_table(&mut self, table: &Table, form: &str) {
        let own = form_row(form).map_or(&[][..], |row| row.beside);
        let allowed: Vec<&str> = own.iter().copied().chain([form]).chain(CUTS).collect();
        for entry in table.entries().iter().filter(|entry| !allowed.contains(&&*entry.key.name)) {
            let key = &entry.key.name;
            let error = Diagnostic::new(
                Code::UnknownKey,
                entry.key.span,
                format!("`{key}` is no key of a `{form}` estimate"),
            );
            self.context.say(error.help_if(did_you_mean(key, allowed.iter().copied())));
        }
    }

    fn form(&mut self, table: &Table, form: &str, units: &mut Units) -> Option<Shape> {
        let node = table.value(form)?;
        match form {
            "pert" => {
                let [low, likely, high] = self.points(node, form, units)?;
                let shape = match table.value("shape") {
                    Some(shape) => self.number(shape)?,
                    None => PERT_SHAPE,
                };
                Some(Shape::Pert { low, likely, high, shape })
            }
            "triangular" => {
                let [low, likely, high] = self.points(node, form, units)?;
                Some(Shape::Triangular { low, likely, high })
            }
            "uniform" => {
                let [low, high] = self.points(node, form, units)?;
                Some(Shape::Uniform { low, high })
            }
            "trigen" => {
                let [p10, likely, p90] = self.points(node, form, units)?;
                Some(Shape::Trigen { p10, likely, p90 })
            }
            "p10" => {
                let mut percentile = |key: &str| match table.value(key) {
                    Some(node) => self.point(node, units),
                    None => {
                        let message = format!("`{key}` is missing: three percentiles make an estimate");
                        self.context.say(
                            Diagnostic::new(Code::MissingKey, node.span, message)
                                .help("write `{ p10 = …, p50 = …, p90 = … }`"),
                        );
                        None
                    }
                };
                let (p10, p50, p90) = (percentile("p10"), percentile("p50"), percentile("p90"));
                Some(Shape::Metalog { p10: p10?, p50: p50?, p90: p90? })
            }
            "discrete" => self.discrete(node, units),
            "samples" => self.samples(node, units),
            _ => self.parameters(node, form, units),
        }
    }

    /// As many points as the form has.
    fn points<const N: usize>(&mut self, node: &Node, form: &str, units: &mut Units) -> Option<[f64; N]> {
        let items = match &node.value {
            Value::List(items) if items.len() == N => items,
            _ => {
                let points = if N == 2 { "lowest and highest" } else { "lowest, likeliest and highest" };
                let message = format!("`{form}` takes a list of {N}: {points}");
                self.context.say(Diagnostic::new(Code::WrongType, node.span, message));
                return None;
            }
        };
        let found: Vec<f64> = items.iter().filter_map(|item| self.point(item, units)).collect();
        found.try_into().ok()
    }

    /// A form with named parameters.
    fn parameters(&mut self, node: &Node, form: &str, units: &mut Units) -> Option<Shape> {
        let Some(FormTakes::Parameters(names)) = form_row(form).map(|row| row.takes) else { return None };
        let Value::Table(table) = &node.value else {
            let list: Vec<String> = names.iter().map(|name| format!("{name} = …")).collect();
            let message = format!("`{form}` takes a table: `{{ {} }}`", list.join(", "));
            self.context.say(Diagnostic::new(Code::WrongType, node.span, message));
            return None;
        };
        for entry in table.entries().iter().filter(|entry| !names.contains(&&*entry.key.name)) {
            let key = &entry.key.name;
            let error = Diagnostic::new(
                Code::UnknownKey,
                entry.key.span,
                format!("`{key}` is no parameter of `{form}`"),
            );
            self.context.say(error.help_if(did_you_mean(key, names.iter().copied())));
        }
        let mut found = Vec::new();
        for &name in names {
            let value = match table.value(name) {
                Some(node) if PLAIN_PARAMETERS.contains(&name) => self.number(node),
                Some(node) => self.point(node, units),
                None => {
                    self.context.say(Diagnostic::new(
                        Code::MissingKey,
                        node.span,
                        format!("`{name}` of `{form}` is missing"),
                    ));
                    None
                }
            };
            found.push(value);
        }
        let found: Vec<f64> = found.into_iter().collect::<Option<_>>()?;
        Some(match (form, found.as_slice()) {
            ("normal", &[mean, sd]) => Shape::Normal { mean, sd },
            ("lognormal", &[mean, sd]) => Shape::Lognormal { mean, sd },
            ("gamma", &[mean, sd]) => Shape::Gamma { mean, sd },
            ("weibull", &[shape, scale]) => Shape::Weibull { shape, scale },
            ("exponential", &[mean]) => Shape::Exponential { mean },
            ("beta", &[low, high, a, b]) => Shape::Beta { low, high, a, b },
            _ => return None,
        })
    }

    fn discrete(&mut self, node: &Node, units: &mut Units) -> Option<Shape> {
        let wrong = |node: &Node| {
            Diagnostic::new(
                Code::WrongType,
                node.span,
                "`discrete` takes a list of values with their weights: `[[\"5d\", 0.7], [\"20d\", 0.3]]`",
            )
        };
        let Value::List(pairs) = &node.value else {
            self.context.say(wrong(node));
            return None;
        };
        let mut found = Vec::new();
        for pair in pairs.iter() {
            match &pair.value {
                Value::List(items) if items.len() == 2 => {
                    let value = self.point(&items[0], units);
                    found.push((value?, self.number(&items[1])?));
                }
                _ => {
                    self.context.say(wrong(pair));
                    return None;
                }
            }
        }
        Some(Shape::Discrete(found))
    }

    fn samples(&mut self, node: &Node, units: &mut Units) -> Option<Shape> {
        match &node.value {
            Value::List(items) => {
                let found: Option<Vec<f64>> = items.iter().map(|item| self.point(item, units)).collect();
                Some(Shape::Samples(found?))
            }
            Value::Text(file) => self.file(node, file, units),
            _ => {
                let message = "`samples` takes a list of values or the name of a file";
                self.context.say(Diagnostic::new(Code::WrongType, node.span, message));
                None
            }
        }
    }

    /// Observed values of a file: the first column, with or without a heading.
    fn file(&mut self, node: &Node, file: &str, units: &mut Units) -> Option<Shape> {
        let error = |message: String| Diagnostic::new(Code::BadSamples, node.span, message);
        let is_below = !file.starts_with(['/', '\\'])
            && !file.contains(':')
            && file.split(['/', '\\']).all(|part| part != "..");
        if !is_below {
            let error = error("a file of samples lies in the plan's folder or below".into());
            self.context.say(error.help("copy it there: a plan reads nothing else"));
            return None;
        }
        let text = match (self.context.files)(file) {
            Ok(text) => text,
            Err(reason) => {
                self.context.say(error(format!("`{file}` can't be read: {reason}")));
                return None;
            }
        };
        let mut found = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let value = line.split([',', ';', '\t']).next().unwrap_or_default().trim().trim_matches('"');
            if value.is_empty() || value.starts_with('#') {
                continue;
            }
            match literal::estimate(value, self.scale.measure()) {
                Ok(WrittenEstimate::Fixed(quantity)) => {
                    units.note(quantity);
                    found.push(self.scale.value(quantity));
                }
                _ if found.is_empty() && number == 0 => {}
                _ => {
                    self.context.say(error(format!(
                        "line {} of `{file}` holds `{value}`, which is no single value",
                        number + 1
                    )));
                    return None;
                }
            }
            if found.len() > MOST_SAMPLES {
                self.context.say(error(format!("`{file}` holds more than {MOST_SAMPLES} values")));
                return None;
            }
        }
        Some(Shape::Samples(found))
    }

    fn distribution(&mut self, shape: Shape, cut: Option<Cut>, place: Span) -> Option<Distribution> {
        let shape = settled(shape);
        let made = Distribution::new(shape).and_then(|made| match &cut {
            Some(cut) if cut.shift != 0.0 => made.shifted(cut.shift),
            _ => Ok(made),
        });
        let made = made.and_then(|made| match &cut {
            Some(Cut { low: None, high: None, .. }) | None => Ok(made),
            Some(cut) => made.truncated(cut.low, cut.high),
        });
        let made = made.and_then(|made| {
            if !self.scale.is_never_negative() || made.lowest() >= 0.0 {
                return Ok(made);
            }
            let below = made.cdf(0.0);
            let cut = made.truncated(Some(0.0), None)?;
            let message = format!("{} of this estimate lies below zero and is cut off", percent(below));
            self.context.say(
                Diagnostic::new(Code::CutAtZero, place, message)
                    .help("`lognormal` and `gamma` take a mean and a deviation, too, and begin at zero"),
            );
            Ok(cut)
        });
        made.map_err(|error| self.context.say(Diagnostic::new(Code::BadEstimate, place, words(&error)))).ok()
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

/// A shift, and bounds to cut at.
struct Cut {
    shift: f64,
    low: Option<f64>,
    high: Option<f64>,
}

/// Whether a table is written as an estimate.
pub(super) fn is_estimate(table: &Table) -> bool {
    FORMS.iter().any(|form| table.value(form.key).is_some())
}

/// A shape without width is a fixed value.
fn settled(shape: Shape) -> Shape {
    match shape {
        Shape::Pert { low, high, .. }
        | Shape::Triangular { low, high, .. }
        | Shape::Uniform { low, high }
            if low == high =>
        {
            Shape::Fixed(low)
        }
        Shape::LognormalRange { p10, p90 } if p10 == p90 => Shape::Fixed(p10),
        other => other,
    }
}

fn percent(share: f64) -> String {
    if share < 0.001 { "less than 0.1 %".into() } else { format!("{:.1} %", share * 100.0) }
}

/// Why there is no such distribution, without numbers in seconds.
pub(super) fn words(error: &DistributionError) -> String {
    match error {
        DistributionError::OutOfOrder { upper, lower, .. } => format!("the {upper} lies below the {lower}"),
        DistributionError::NotPositive { what, .. } => format!("the {what} must be above 0"),
        DistributionError::TooLarge(_) => "this is too large to count with".into(),
        DistributionError::BoundsOutOfOrder { .. } => "`min` lies above `max`".into(),
        DistributionError::NothingBetween { .. } => {
            "nothing of the estimate is left between its bounds".into()
        }
        other => other.to_string(),
    }
}
