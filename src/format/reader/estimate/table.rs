//! Estimates that are tables: one form each, with its parameters, shifted and cut.

use super::super::forms::{CUTS, FORMS, FormTakes, PLAIN_PARAMETERS, form_row};
use super::{Node, PERT_SHAPE, Reader, Table, Units, Value};
use crate::stats::Shape;
use crate::text::{Code, Diagnostic, did_you_mean};

/// A shift, and bounds to cut at.
pub(super) struct Cut {
    pub(super) shift: f64,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

/// Whether a table is written as an estimate.
pub(in crate::format::reader) fn is_estimate(table: &Table) -> bool {
    FORMS.iter().any(|form| table.value(form.key).is_some())
}

impl Reader<'_, '_, '_> {
    pub(super) fn table(&mut self, node: &Node, table: &Table, units: &mut Units) -> Option<(Shape, Cut)> {
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
}
