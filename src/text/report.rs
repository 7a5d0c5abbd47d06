//! All the diagnostics of one run, in file order, and their sum.

use std::fmt::Write as _;

use super::{Colour, Diagnostic, Severity, Sources, Span, draw};

/// The diagnostics of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    diagnostics: Vec<Diagnostic<Span>>,
}

impl Report {
    /// These diagnostics in file order: by document, place, severity, code; the same one said twice
    /// is kept once.
    pub fn new(mut diagnostics: Vec<Diagnostic<Span>>) -> Self {
        diagnostics.sort_by(|a, b| {
            let key = |it: &Diagnostic<Span>| {
                (it.place.source, it.place.start, it.severity(), it.code, it.place.end)
            };
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        diagnostics.dedup();
        Self { diagnostics }
    }

    /// The diagnostics, in file order.
    pub fn diagnostics(&self) -> &[Diagnostic<Span>] {
        &self.diagnostics
    }

    /// How many are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity() == severity).count()
    }

    /// Whether the plan can't be believed.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// "2 errors, 1 warning in plans/x.toml", or nothing if there is nothing to say. The documents are
    /// those that the diagnostics are about.
    pub fn summary(&self, sources: &Sources) -> Option<String> {
        let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Remark]
            .into_iter()
            .filter_map(|severity| {
                let count = self.count(severity);
                let plural = if count == 1 { "" } else { "s" };
                (count > 0).then(|| format!("{count} {}{plural}", severity.word()))
            })
            .collect();
        let mut names: Vec<&str> = Vec::new();
        for document in self.diagnostics.iter().filter_map(|it| sources.get(it.place.source)) {
            if !names.contains(&document.name()) {
                names.push(document.name());
            }
        }
        (!counts.is_empty()).then(|| format!("{} in {}", counts.join(", "), names.join(" and ")))
    }

    /// Every diagnostic drawn, a blank line after each, and the summary.
    pub fn draw(&self, sources: &Sources, colour: Colour) -> String {
        let mut text = String::new();
        for diagnostic in &self.diagnostics {
            text.push_str(&draw(diagnostic, sources, colour));
            text.push('\n');
        }
        if let Some(summary) = self.summary(sources) {
            let _ = writeln!(text, "{summary}");
        }
        text
    }
}

impl Extend<Diagnostic<Span>> for Report {
    fn extend<T: IntoIterator<Item = Diagnostic<Span>>>(&mut self, diagnostics: T) {
        let mut all = std::mem::take(&mut self.diagnostics);
        all.extend(diagnostics);
        *self = Self::new(all);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Source};
    use super::*;

    #[test]
    fn a_report_is_in_file_order_and_ends_in_its_sum() {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("plans/x.toml", "a = 1\nb = 2\n").unwrap());
        let at = |start: usize| Span::new(id, start..start + 1);
        let mut report = Report::new(vec![Diagnostic::new(Code::UnknownKey, at(6), "no key `b`")]);
        report.extend([
            Diagnostic::new(Code::UnknownKey, at(0), "no key `a`"),
            Diagnostic::new(Code::UnknownKey, at(0), "no key `a`"),
        ]);
        let drawn = report.draw(&sources, Colour::Plain);
        assert!(drawn.find("`a`") < drawn.find("`b`"), "{drawn}");
        assert!(drawn.ends_with("\n\n2 errors in plans/x.toml\n"), "{drawn}");
        assert!(report.has_errors());
        assert_eq!(Report::default().summary(&sources), None);
    }

    #[test]
    fn the_sum_names_the_documents_concerned() {
        let mut sources = Sources::new();
        let ids = ["plan.toml", "team.toml", "--set", "--set"]
            .map(|name| sources.add(Source::new(name, "a").unwrap()));
        let at = |id| Diagnostic::new(Code::UnknownKey, Span::new(id, 0..1), "no key `a`");
        for (documents, expected) in [
            (&[1][..], "1 error in team.toml"),
            (&[0, 1], "2 errors in plan.toml and team.toml"),
            (&[2, 3], "2 errors in --set"),
        ] {
            let report = Report::new(documents.iter().map(|&document| at(ids[document])).collect());
            assert_eq!(report.summary(&sources).as_deref(), Some(expected));
        }
    }
}
