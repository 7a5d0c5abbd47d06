//! Numbers, words and lists of numbers, each within its bounds.

use super::super::super::literal;
use super::super::super::tree::{Node, Value};
use super::super::fields::{Context, Fields};
use super::super::keys::key_row;
use super::super::takes::Takes;
use crate::text::{Code, Diagnostic, did_you_mean};
use crate::units::Money;

/// What a number has to be, in words that follow "a number".
pub(super) type Bound = (fn(f64) -> bool, &'static str);

/// Above zero.
pub(super) const ABOVE_ZERO: Bound = (|number| number > 0.0, "above 0");
/// At least zero.
pub(super) const FROM_ZERO: Bound = (|number| number >= 0.0, "from 0");
/// At least one.
pub(super) const FROM_ONE: Bound = (|number| number >= 1.0, "from 1");
/// Within zero and one.
pub(super) const UNIT: Bound = (|number| (0.0..=1.0).contains(&number), "from 0 to 1");
/// Any.
pub(super) const ANY: Bound = (|_| true, "");

/// The number of a key.
pub(super) fn number(context: &mut Context<'_>, fields: &Fields<'_>, key: &str, bound: Bound) -> Option<f64> {
    let node = fields.node(key)?;
    let number = context.number(node, fields.kind, key, literal::number)?;
    if bound.0(number) {
        return Some(number);
    }
    let message = format!("`{key}` is a number {}", bound.1);
    context.say(Diagnostic::new(Code::OutOfRange, node.span, message));
    None
}

/// The share of a key.
pub(super) fn share(context: &mut Context<'_>, fields: &Fields<'_>, key: &str) -> Option<f64> {
    context.share(fields.node(key)?, fields.kind, key)
}

/// The money of a key, at least 0.
pub(super) fn money(context: &mut Context<'_>, fields: &Fields<'_>, key: &str) -> Option<Money> {
    let node = fields.node(key)?;
    let money = context.number(node, fields.kind, key, literal::money)?;
    if money >= 0.0 {
        return Some(Money(money));
    }
    context.say(Diagnostic::new(Code::OutOfRange, node.span, format!("`{key}` can't be negative")));
    None
}

/// Which of its words a key holds.
pub(super) fn choice<T: Copy>(
    context: &mut Context<'_>,
    fields: &Fields<'_>,
    key: &str,
    choices: &[T],
) -> Option<T> {
    let word = context.text(fields, key)?;
    let node = fields.node(key)?;
    let Takes::Choice(choice) = key_row(fields.kind, key)?.takes else { return None };
    if let Some(at) = choice.words.iter().position(|known| *known == word) {
        return choices.get(at).copied();
    }
    let help = did_you_mean(word, choice.words.iter().copied());
    let error =
        Diagnostic::new(Code::OutOfRange, node.span, format!("`{key}` is {}, not `{word}`", choice.said));
    context.say(error.help_if(help));
    None
}

/// The flag of a key, if it is there.
pub(super) fn flag(context: &mut Context<'_>, fields: &Fields<'_>, key: &str) -> Option<bool> {
    fields.has(key).then(|| context.flag(fields, key))
}

/// A list of lists of numbers.
pub(super) fn rows<'f>(
    context: &mut Context<'_>,
    fields: &Fields<'f>,
    key: &str,
) -> Option<Vec<(&'f Node, &'f [Node])>> {
    let node = fields.node(key)?;
    let items = match &node.value {
        Value::List(items) => items,
        _ => {
            context.wrong_type(fields.kind, key, node);
            return None;
        }
    };
    let row = |item: &'f Node| match &item.value {
        Value::List(numbers) => Some((item, &**numbers)),
        _ => None,
    };
    let found: Option<Vec<_>> = items.iter().map(row).collect();
    if found.is_none() {
        context.wrong_type(fields.kind, key, node);
    }
    found
}

/// The numbers of a list.
pub(super) fn numbers(context: &mut Context<'_>, kind: &str, key: &str, items: &[Node]) -> Option<Vec<f64>> {
    let read = |item: &Node| context.number(item, kind, key, literal::amount);
    let found: Vec<Option<f64>> = items.iter().map(read).collect();
    found.into_iter().collect()
}
