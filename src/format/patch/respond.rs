//! `--respond RISK`: the response of a risk put in force from the command line.

use std::sync::Arc;

use super::super::tree::{Entry, Key, Node, Table, Value};
use super::merged;
use crate::text::{Code, Diagnostic, SourceId, Span, did_you_mean};

/// The tree with the response of this risk in force, as `--set risk.NAME.respond=true` has it; the source
/// holds the name.
///
/// # Errors
/// There is no such risk, or nothing is done about it.
pub fn respond(tree: &Table, source: SourceId, name: &str) -> Result<Table, Diagnostic<Span>> {
    let place = Span::new(source, 0..name.len());
    let risks = tree.table("risk");
    let Some(risk) = risks.and_then(|risks| risks.value(name)) else {
        let names: Vec<&str> = risks.map_or(Vec::new(), |risks| risks.names().collect());
        let error = Diagnostic::new(Code::UnknownRisk, place, format!("no risk is called `{name}`"));
        let removed = risks.and_then(|risks| risks.get(name)?.removed);
        return Err(match removed {
            Some(removed) => error.related(removed, "removed here"),
            None => error.labelled("asked for here").help_if(did_you_mean(name, names)),
        });
    };
    if risk.value.as_table().is_some_and(|risk| risk.value("response").is_none()) {
        let error = Diagnostic::new(Code::MissingKey, place, format!("`{name}` has no `response`"));
        let help = format!(
            "say below `[risk.{name}]` what can be done: `response = {{ price = …, probability = … }}`"
        );
        return Err(error.related(risk.span, "nothing is done here").help(help));
    }
    let flag = Node { span: place, value: Value::Bool(true) };
    let path = ["risk", name, "respond"];
    let patch = path.iter().rev().fold(flag, |node, name| {
        let mut table = Table::default();
        table.insert(Entry { key: Key { name: Arc::from(*name), span: place }, node, removed: None });
        Node { span: place, value: Value::Table(Arc::new(table)) }
    });
    Ok(patch.value.as_table().map_or_else(|| tree.clone(), |patch| merged(tree, patch)))
}

#[cfg(test)]
mod tests {
    use super::super::super::tree::parse;
    use super::*;

    #[test]
    fn a_response_is_put_in_force_if_there_is_one() {
        let text = "[risk]\na = { response = { price = 3 } }\nb = { probability = 0 }\n";
        let tree = parse(SourceId::default(), text).table;
        let answered = respond(&tree, SourceId::default(), "a").unwrap();
        let risk = answered.table("risk").unwrap().table("a").unwrap();
        assert_eq!(risk.value("respond").unwrap().value, Value::Bool(true));
        assert!(risk.value("response").is_some());
        for (name, expected) in [
            ("b", "missing-key: `b` has no `response`"),
            ("A", "unknown-risk: no risk is called `A`"),
            ("", "unknown-risk: no risk is called ``"),
        ] {
            let error = respond(&tree, SourceId::default(), name).unwrap_err();
            assert_eq!(format!("{}: {}", error.code, error.message), expected);
        }
        assert!(respond(&Table::default(), SourceId::default(), "a").is_err());
    }
}
