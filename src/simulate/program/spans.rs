//! Spans compiled: what has a short cut takes it.

use crate::network::SpanTerm;
use crate::simulate::rows::whole_span;

use super::compile::Compiler;
use super::{Operand, Span, SpanFormula};

impl Compiler<'_> {
    pub(super) fn span(&mut self, terms: &[SpanTerm]) -> Span {
        let formulas: Vec<SpanFormula> = terms
            .iter()
            .map(|term| SpanFormula {
                amount: self.operand(term.amount),
                seconds: term.seconds,
                units: term.units.map_or(Operand::Fixed(1.0), |units| self.operand(units)),
                surplus: term.surplus.map_or(Operand::Fixed(0.0), |surplus| self.operand(surplus)),
            })
            .collect();
        match formulas[..] {
            [] => return Span::Fixed(0),
            [
                SpanFormula {
                    amount: Operand::Row(row),
                    seconds,
                    units: Operand::Fixed(1.0),
                    surplus: Operand::Fixed(0.0),
                },
            ] => return Span::Row(row, seconds),
            _ => {}
        }
        let fixed: Option<Vec<i32>> = formulas.iter().map(SpanFormula::fixed).collect();
        if let Some(longest) = fixed.and_then(|spans| spans.into_iter().max()) {
            return Span::Fixed(longest);
        }
        let begin = self.program.spans.len() as u32;
        self.program.spans.extend(formulas);
        Span::Longest(begin, self.program.spans.len() as u32)
    }
}

impl SpanFormula {
    /// The span, if nothing in it is drawn.
    fn fixed(&self) -> Option<i32> {
        let (Operand::Fixed(amount), Operand::Fixed(units), Operand::Fixed(surplus)) =
            (self.amount, self.units, self.surplus)
        else {
            return None;
        };
        Some(whole_span(amount * (1.0 + surplus) * self.seconds / units))
    }
}
