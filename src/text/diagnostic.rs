//! A diagnostic: the fact, the place, the other places, the way out.

use super::{Code, Severity};

/// Something to say about a plan.
///
/// The place `P` is a subject of the model in the rules of `check`, and a [`Span`](super::Span)
/// once it is carried back to the file.
///
/// Messages are lower case without a full stop, with the user's names in backticks and numbers
/// with units.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic<P> {
    /// The kind of fact.
    pub code: Code,
    /// The fact.
    pub message: String,
    /// Where it is.
    pub place: P,
    /// What stands under the place; may be empty.
    pub label: String,
    /// Other places that belong to it.
    pub related: Vec<Related<P>>,
    /// Ways out, one a line.
    pub help: Vec<String>,
}

/// Another place that belongs to a diagnostic.
#[derive(Clone, Debug, PartialEq)]
pub struct Related<P> {
    /// Where.
    pub place: P,
    /// What is there.
    pub label: String,
}

impl<P> Diagnostic<P> {
    /// A diagnostic with nothing but the fact and the place.
    pub fn new(code: Code, place: P, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            place,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// With these words under the place.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With another place.
    #[must_use]
    pub fn related(mut self, place: P, label: impl Into<String>) -> Self {
        self.related.push(Related { place, label: label.into() });
        self
    }

    /// With a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// With a way out, if there is one.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help.extend(help);
        self
    }

    /// The same diagnostic with every place carried over, as from subjects to spans.
    pub fn map_place<Q>(self, mut carry: impl FnMut(P) -> Q) -> Diagnostic<Q> {
        let related = self.related.into_iter();
        Diagnostic {
            code: self.code,
            message: self.message,
            place: carry(self.place),
            label: self.label,
            related: related.map(|other| Related { place: carry(other.place), label: other.label }).collect(),
            help: self.help,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_carried_over() {
        let diagnostic =
            Diagnostic::new(Code::UnknownKey, 1, "fact").labelled("here").related(2, "there").help("out");
        let carried = diagnostic.map_place(|place| place * 10);
        assert_eq!((carried.place, carried.related[0].place), (10, 20));
        assert_eq!((carried.label.as_str(), carried.help.len()), ("here", 1));
    }
}
