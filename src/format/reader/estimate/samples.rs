//! Estimates from observed values, in the plan or in a file beside it.

use super::{Node, Reader, Units, Value};
use crate::format::literal::{self, WrittenEstimate};
use crate::stats::Shape;
use crate::text::{Code, Diagnostic};

/// The most observed values that an estimate may rest on.
const MOST_SAMPLES: usize = 1_000_000;

impl Reader<'_, '_, '_> {
    pub(super) fn samples(&mut self, node: &Node, units: &mut Units) -> Option<Shape> {
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
}
