//! `[escalation]`, `[currency]` and `[funding]`: how prices rise, what other money is worth, and when money is
//! released.

use super::super::tree::{Node, Table, Value};
use super::estimate::{Reader, Scale};
use super::fields::{Context, Fields};
use super::keys::key_row;
use super::link::negated;
use super::named::named_entries;
use super::resource::dated;
use super::takes::Takes;
use crate::format::literal;
use crate::model::{Category, Currency, Dated, Estimate};
use crate::text::{Code, Diagnostic};
use crate::units::{Instant, Money};

/// The fastest that prices may fall and rise in a year: engines count in numbers of 38 digits.
const LOWEST_RISE: f64 = -0.9;
const HIGHEST_RISE: f64 = 3.0;

/// How prices rise that no category says otherwise of.
pub(super) fn escalation(context: &mut Context<'_>, head: &Fields<'_>) -> Option<Dated<Estimate>> {
    dated(context, head, "escalation", &mut |context, node| yearly(context, node))
}

/// How prices of single categories rise.
pub(super) fn escalations(context: &mut Context<'_>, tree: &Table) -> Vec<(Category, Dated<Estimate>)> {
    let Some(entry) = tree.get("escalation") else { return Vec::new() };
    let Value::Table(table) = &entry.node.value else {
        if entry.node.value != Value::Broken {
            let message = "`escalation` is a key of `[plan]`";
            let error = Diagnostic::new(Code::MisplacedKey, entry.key.span, message);
            context.say(error.help("write it below that header: here it is a table by category of money"));
        }
        return Vec::new();
    };
    let fields = Fields { kind: "escalation", table, defaults: None, span: entry.node.span };
    context.check_keys(&fields);
    let mut found = Vec::new();
    for category in Category::ALL {
        let rise = dated(context, &fields, category.word(), &mut |context, node| yearly(context, node));
        found.extend(rise.map(|rise| (category, rise)));
    }
    found
}

/// A yearly rise: a share, with a minus before it where prices fall.
fn yearly(context: &mut Context<'_>, node: &Node) -> Option<Estimate> {
    let (falls, inner) = match &node.value {
        Value::Text(text) => match text.trim_start().strip_prefix(['-', '−']) {
            Some(rest) => {
                let begins = text.len() - rest.len();
                let span = node.span.within(1 + begins..1 + text.len());
                (true, Node { span, value: Value::Text(rest.into()) })
            }
            None => (false, node.clone()),
        },
        Value::Float(rise) if *rise < 0.0 => (true, Node { value: Value::Float(-rise), ..node.clone() }),
        _ => (false, node.clone()),
    };
    let takes = key_row("plan", "escalation").map_or("", |row| row.takes.words());
    let reader =
        Reader { context: &mut *context, scale: Scale::Yearly, spread: None, key: "escalation", takes };
    let estimate = reader.read(&inner)?.estimate;
    let estimate = if falls {
        let written = format!("-{}", estimate.written);
        let fallen =
            negated(context, &estimate, inner.span, "a fall of prices is fixed, three points or a spread")?;
        Estimate { written, ..fallen }
    } else {
        estimate
    };
    bounded(context, node, estimate)
}

/// A yearly rise within what can be counted with: unbounded estimates lose their tails.
fn bounded(context: &mut Context<'_>, node: &Node, estimate: Estimate) -> Option<Estimate> {
    let (lowest, highest) = (estimate.distribution.lowest(), estimate.distribution.highest());
    if estimate.planned >= 1.0 && !estimate.written.contains('%') {
        // 3 is hardly meant to be 300%.
        let written = estimate.written.trim_matches(['"', '\'']);
        let error = Diagnostic::new(Code::OutOfRange, node.span, "a yearly rise is a share: `3%` or `0.03`");
        context.say(error.help(format!("write `\"{written}%\"`")));
        return None;
    }
    if LOWEST_RISE <= lowest && highest <= HIGHEST_RISE {
        return Some(estimate);
    }
    let is_planned_within = (LOWEST_RISE..=HIGHEST_RISE).contains(&estimate.planned);
    let has_ends = estimate.is_fixed() || (lowest.is_finite() && highest.is_finite());
    if has_ends || !is_planned_within {
        let message = "prices rise by at most 300% a year, and fall by at most 90%";
        context.say(Diagnostic::new(Code::OutOfRange, node.span, message));
        return None;
    }
    let distribution = estimate.distribution.clone().truncated(Some(LOWEST_RISE), Some(HIGHEST_RISE)).ok()?;
    Some(Estimate { distribution, ..estimate })
}

/// The currencies that are not the plan's own.
pub(super) fn currencies(context: &mut Context<'_>, tree: &Table) -> Vec<Currency> {
    let mut found = Vec::new();
    for entry in named_entries(context, tree, "currency") {
        let key = &*entry.key.name;
        if !literal::is_currency(key) {
            let message = format!("`{key}` is no code of a currency");
            let error = Diagnostic::new(Code::BadId, entry.key.span, message);
            context.say(error.help("a code is three capital letters, as in `USD = 0.92`"));
            continue;
        }
        if key == context.currency {
            let message = format!("`{key}` is the plan's own currency: it is worth 1");
            let error = Diagnostic::new(Code::ConflictingKeys, entry.key.span, message);
            context
                .say(error.help("other currencies are given in it: `USD = 0.92` is what a dollar is worth"));
            continue;
        }
        if entry.removed.is_some() || entry.node.value == Value::Broken {
            continue;
        }
        let takes = Takes::Factor.words();
        let reader = Reader { context: &mut *context, scale: Scale::Factor, spread: None, key, takes };
        let Some(rate) = reader.read(&entry.node).map(|read| read.estimate) else { continue };
        if rate.planned > 0.0 && rate.distribution.highest() > 0.0 {
            found.push(Currency { key: key.to_owned(), rate });
        } else {
            context.say(Diagnostic::new(
                Code::OutOfRange,
                entry.node.span,
                "a currency is worth more than 0",
            ));
        }
    }
    found
}

/// The money that is released, in order of time.
pub(super) fn funding(context: &mut Context<'_>, tree: &Table) -> Vec<(Instant, Money)> {
    let mut found: Vec<(Instant, Money)> = Vec::new();
    for entry in named_entries(context, tree, "funding") {
        let name = &entry.key.name;
        let date = match literal::date(name) {
            Ok(date) => context.dates_are_allowed(entry.key.span).then(|| date.begins()),
            Err(slip) => {
                let error = slip.at(entry.key.span, name.len());
                context.say(error.help("money is released on a date: `2027-01-11 = \"150k\"`"));
                None
            }
        };
        let money = released(context, name, &entry.node);
        if let (Some(date), Some(money), None) = (date, money, entry.removed) {
            found.push((date, money));
        }
    }
    found.sort_by_key(|(date, _)| *date);
    found
}

fn released(context: &mut Context<'_>, key: &str, node: &Node) -> Option<Money> {
    let money = match &node.value {
        Value::Text(text) => context.read(node, text, literal::money)?,
        Value::Integer(number) => *number as f64,
        Value::Float(number) if number.is_finite() => *number,
        _ => {
            context.not(key, Takes::FixedMoney.words(), node);
            return None;
        }
    };
    if money >= 0.0 {
        return Some(Money(money));
    }
    context.say(Diagnostic::new(Code::OutOfRange, node.span, "released money can't be negative"));
    None
}
