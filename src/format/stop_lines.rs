//! The document of a plan with stop lines at its checkpoints: comments, order and layout stay its author's.

use toml_edit::{Decor, DocumentMut, Item, TomlError, Value};

/// A line to write: the improve milestone, and the metric at its checkpoint that is worth going on with.
#[derive(Clone, Debug, PartialEq)]
pub struct NewLine {
    /// The key of the milestone.
    pub milestone: String,
    /// The metric.
    pub metric: f64,
}

/// The text of a plan in which these improve milestones have these stop lines. Milestones that the plan does not
/// write itself are left as they are.
///
/// # Errors
/// The text is no TOML.
pub fn with_stop_lines(text: &str, lines: &[NewLine]) -> Result<String, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    for line in lines {
        let way = ["milestone", line.milestone.as_str(), "improve"];
        let mut at: Option<&mut Item> = Some(document.as_item_mut());
        for key in way {
            at = at.and_then(Item::as_table_like_mut).and_then(|table| table.get_mut(key));
        }
        if let Some(improve) = at {
            set(improve, line.metric);
        }
    }
    Ok(document.to_string())
}

/// Sets the line in an `improve`, with what stands around the old one; in an inline table without a gap before the comma.
fn set(improve: &mut Item, metric: f64) {
    let mut line = Value::from(metric);
    let old = improve.get("stop_line").and_then(Item::as_value);
    let mut around = old.map(|old| old.decor().clone());
    if let (None, Some(inline)) = (&around, improve.as_inline_table_mut())
        && let Some((_, last)) = inline.iter_mut().last()
    {
        let suffix = last.decor().suffix().cloned().unwrap_or_default();
        last.decor_mut().set_suffix("");
        around = Some(Decor::new(" ", suffix));
    }
    if let Some(around) = around {
        *line.decor_mut() = around;
    }
    if let Some(table) = improve.as_table_like_mut() {
        table.insert("stop_line", Item::Value(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_written_wherever_the_milestone_stands() {
        let line = |milestone: &str| NewLine { milestone: milestone.to_owned(), metric: 0.68 };
        for (text, expected) in [
            (
                "[milestone.a] # first\nimprove = { duration = \"5d\", checkpoint = 4 } # so far\n",
                "[milestone.a] # first\nimprove = { duration = \"5d\", checkpoint = 4, stop_line = 0.68 } # so far\n",
            ),
            (
                "[milestone]\na.improve.duration = \"5d\"\nb = 1\n",
                "[milestone]\na.improve.duration = \"5d\"\na.improve.stop_line = 0.68\nb = 1\n",
            ),
            (
                "[milestone.a.improve]\nstop_line = 0.5 # old\nduration = \"5d\"\n",
                "[milestone.a.improve]\nstop_line = 0.68 # old\nduration = \"5d\"\n",
            ),
            ("[milestone.b]\n", "[milestone.b]\n"),
        ] {
            assert_eq!(with_stop_lines(text, &[line("a")]).unwrap(), expected);
        }
    }
}
