//! Commands to run next, as they would be typed.

use std::path::Path;

use super::arguments::PlanOptions;
use super::files::STDIN;

/// The command that shows what was only counted, with all that the plan was changed by. Standard
/// input has been read and is gone, so it has to be given again.
pub(super) fn check(options: &PlanOptions) -> String {
    let mut words = vec!["plan".to_owned(), "check".to_owned(), path(&options.plan)];
    if let Some(scenario) = &options.scenario {
        words.extend(["--scenario".to_owned(), quoted(scenario)]);
    }
    for file in &options.changes.with {
        words.extend(["--with".to_owned(), path(file)]);
    }
    for setting in &options.changes.set {
        words.extend(["--set".to_owned(), quoted(setting)]);
    }
    for risk in &options.changes.respond {
        words.extend(["--respond".to_owned(), quoted(risk)]);
    }
    let command = words.join(" ");
    let takes_input = options.plan.as_os_str() == STDIN
        || options.changes.with.iter().any(|file| file.as_os_str() == STDIN);
    if takes_input { format!("{command} (with the same input)") } else { command }
}

fn path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// A word as a shell takes it: in single quotes if it holds anything a shell might read otherwise.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./:=,+@%\\".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::super::arguments::Changes;
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_needs_it() {
        for (word, expected) in [
            ("plans/x.toml", "plans/x.toml"),
            ("my plan.toml", "'my plan.toml'"),
            ("milestone.a.duration=5 to 8d", "'milestone.a.duration=5 to 8d'"),
            ("it's", "'it'\\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
            ("größe.toml", "größe.toml"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }

    #[test]
    fn the_command_repeats_what_the_plan_was_changed_by() {
        let changes = Changes {
            set: vec!["plan.budget=3".into()],
            with: vec!["team file.toml".into()],
            respond: vec!["consent".into()],
        };
        let mut options = PlanOptions { plan: "ml.toml".into(), scenario: Some("lean".into()), changes };
        let words = "--scenario lean --with 'team file.toml' --set plan.budget=3 --respond consent";
        assert_eq!(check(&options), format!("plan check ml.toml {words}"));
        options.plan = "-".into();
        assert_eq!(check(&options), format!("plan check - {words} (with the same input)"));
    }
}
