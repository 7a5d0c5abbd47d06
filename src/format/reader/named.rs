//! Tables whose keys are names: `[milestone]`, `[stage]` and the like.

use super::super::literal;
use super::super::tree::{Entry, Table, Value};
use super::fields::{Context, Fields, article};
use super::keys::{key_row, table_row};
use crate::text::{Code, Diagnostic, Span};

/// The entries of a table whose keys are names, as sound tables; what is none is refused.
pub(super) fn named<'a>(
    context: &mut Context<'_>,
    tree: &'a Table,
    kind: &'static str,
) -> Vec<(&'a Entry, Fields<'a>)> {
    let entries = named_entries(context, tree, kind);
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        match &entry.node.value {
            Value::Table(table) => {
                let fields = Fields { kind, table, defaults: None, span: entry.key.span };
                context.check_keys(&fields);
                found.push((entry, fields));
            }
            _ => no_table(context, entry, kind),
        }
    }
    found
}

/// The entries of a table whose keys are names, removed ones included; bad names are refused.
pub(super) fn named_entries<'a>(
    context: &mut Context<'_>,
    tree: &'a Table,
    kind: &'static str,
) -> Vec<&'a Entry> {
    let Some(entry) = tree.get(kind) else { return Vec::new() };
    let Value::Table(table) = &entry.node.value else {
        if entry.node.value != Value::Broken {
            context.say(no_names(entry, kind));
        }
        return Vec::new();
    };
    let mut found = Vec::with_capacity(table.len());
    for entry in table.entries() {
        let misplaced = !matches!(entry.node.value, Value::Table(_)) && is_misplaced(context, entry, kind);
        if misplaced {
            continue;
        }
        match literal::id(&entry.key.name) {
            Ok(_) => found.push(entry),
            // Only these are named in links and selectors, where the words mean something else.
            Err(slip) if slip.code == Code::ReservedId && !matches!(kind, "milestone" | "stage") => {
                found.push(entry)
            }
            Err(slip) => {
                let length = entry.key.name.len();
                context.say(slip.at(entry.key.span, length));
            }
        }
    }
    found
}

/// A value that should be a table of names; a key of `[plan]` may be called the same.
fn no_names(entry: &Entry, kind: &str) -> Diagnostic<Span> {
    if key_row("plan", kind).is_some() {
        let message = format!("`{kind}` is a key of `[plan]`");
        let table = if kind == "correlation" { "table of groups" } else { "table of other currencies" };
        return Diagnostic::new(Code::MisplacedKey, entry.key.span, message)
            .help(format!("write it below that header: here it is the {table}"));
    }
    let message = format!("`[{kind}]` is a table of names, not {}", entry.node.value.kind());
    Diagnostic::new(Code::WrongType, entry.node.span, message)
}

/// Whether an entry that should be named is a key that has slipped below the wrong header.
fn is_misplaced(context: &mut Context<'_>, entry: &Entry, kind: &'static str) -> bool {
    let key = &*entry.key.name;
    let is_plain = table_row(kind).is_some_and(|row| row.keys.is_empty());
    if is_plain || entry.removed.is_some() {
        return false;
    }
    let error = |message: String| Diagnostic::new(Code::MisplacedKey, entry.key.span, message);
    if key_row("plan", key).is_some() {
        let message = format!("`{key}` is a key of `[plan]`");
        context.say(
            error(message)
                .help(format!("move it up below `[plan]`; here it would be the name of {}", article(kind))),
        );
        return true;
    }
    if key_row(kind, key).is_some() {
        let message = format!("`{key}` is a key of {}", article(kind));
        context.say(error(message).help(format!("write it below a header with a name: `[{kind}.NAME]`")));
        return true;
    }
    false
}

/// The longest value repeated in a way out, in bytes.
const LONGEST_QUOTE: usize = 40;

fn no_table(context: &mut Context<'_>, entry: &Entry, kind: &str) {
    if entry.node.value == Value::Broken || entry.removed.is_some() {
        return;
    }
    let name = &entry.key.name;
    let message = format!("{} is a table, not {}", article(kind), entry.node.value.kind());
    let help = match kind {
        "milestone" => {
            let written = context.sources.slice(entry.node.span);
            let is_short = !matches!(entry.node.value, Value::List(_)) && written.len() <= LONGEST_QUOTE;
            format!("write `{name} = {{ duration = {} }}`", if is_short { written } else { "…" })
        }
        _ => format!("write `{name} = {{ … }}`"),
    };
    context.say(Diagnostic::new(Code::WrongType, entry.node.span, message).help(help));
}
