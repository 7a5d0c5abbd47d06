//! `[scope]`: on which terms solutions are judged.

use super::super::super::tree::{Table, Value};
use super::super::fields::{Context, Fields};
use super::names::inner;
use super::numbers::{ABOVE_ZERO, FROM_ONE, FROM_ZERO, UNIT, choice, flag, money, number, share};
use crate::model::{Goal, ScopingTerms, Tail};
use crate::text::{Code, Diagnostic};
use crate::units::{Money, When};

/// Reads the terms; where they are silent, the plan's budget and deadline hold.
pub(super) fn terms(
    context: &mut Context<'_>,
    tree: &Table,
    (budget, deadline): (Option<Money>, Option<When>),
) -> ScopingTerms {
    let usual = ScopingTerms { budget, deadline, ..ScopingTerms::default() };
    let Some(entry) = tree.get("scope") else { return usual };
    let Value::Table(table) = &entry.node.value else {
        if entry.node.value != Value::Broken {
            let message = format!("`[scope]` is a table, not {}", entry.node.value.kind());
            context.say(Diagnostic::new(Code::WrongType, entry.node.span, message));
        }
        return usual;
    };
    let fields = Fields { kind: "scope", table, defaults: None, span: entry.node.span };
    context.check_keys(&fields);
    context.text(&fields, "note");
    const GOALS: [Goal; 3] = [Goal::ExpectedValue, Goal::ChanceOfGain, Goal::WorstTwentieth];
    ScopingTerms {
        is_given: true,
        horizon_months: number(context, &fields, "horizon_months", ABOVE_ZERO)
            .unwrap_or(usual.horizon_months),
        discount_rate: discount_rate(context, &fields).unwrap_or(usual.discount_rate),
        budget: money(context, &fields, "budget").or(budget),
        deadline: context.date(&fields, "deadline").or(deadline),
        min_p_feasible: share(context, &fields, "min_p_feasible").unwrap_or(usual.min_p_feasible),
        overlap: share(context, &fields, "overlap").unwrap_or(usual.overlap),
        contingency: share(context, &fields, "contingency").unwrap_or(usual.contingency),
        problem_given: flag(context, &fields, "problem_given").unwrap_or(usual.problem_given),
        goal: choice(context, &fields, "goal", &GOALS).unwrap_or(usual.goal),
        tail: inner(context, &fields, "tail").map_or(usual.tail, |fields| tail(context, &fields)),
    }
}

fn discount_rate(context: &mut Context<'_>, fields: &Fields<'_>) -> Option<f64> {
    let rate = share(context, fields, "discount_rate")?;
    if rate < 1.0 {
        return Some(rate);
    }
    let place = fields.node("discount_rate").map_or(fields.span, |node| node.span);
    context.say(Diagnostic::new(Code::OutOfRange, place, "a discount rate is below 100%"));
    None
}

fn tail(context: &mut Context<'_>, fields: &Fields<'_>) -> Tail {
    let usual = Tail::USUAL;
    let tail = Tail {
        probability: share(context, fields, "probability").unwrap_or(usual.probability),
        from: number(context, fields, "from", FROM_ONE).unwrap_or(usual.from),
        alpha: number(context, fields, "alpha", ABOVE_ZERO).unwrap_or(usual.alpha),
        cap: number(context, fields, "cap", FROM_ONE).unwrap_or(usual.cap),
        sigma: number(context, fields, "sigma", FROM_ZERO).unwrap_or(usual.sigma),
        schedule_exponent: number(context, fields, "schedule_exponent", UNIT)
            .unwrap_or(usual.schedule_exponent),
    };
    if tail.cap < tail.from {
        let place = fields.node("cap").or(fields.node("from")).map_or(fields.span, |node| node.span);
        let message = "the greatest multiplier (`cap`) lies below the least one (`from`)";
        context.say(Diagnostic::new(Code::OutOfRange, place, message));
        return Tail { cap: tail.from, ..tail };
    }
    tail
}
