//! One table of the plan, read key by key; and what all readers share.

use std::collections::HashMap;

use super::super::literal::{self, DateRange, Slip};
use super::super::tree::{Entry, Node, Table, Value, is_same};
use super::Files;
use super::keys::{TABLES, key_row, keys_of};
use super::synonyms;
use crate::text::{Code, Diagnostic, Sources, Span, did_you_mean};
use crate::units::When;

/// A table of a kind, with another one that holds its defaults.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    /// The name of its kind in the key table: `milestone`.
    pub(super) kind: &'static str,
    pub(super) table: &'a Table,
    pub(super) defaults: Option<&'a Table>,
    /// Where the table is named.
    pub(super) span: Span,
}

impl<'a> Fields<'a> {
    /// The entry of a key, its own or a default; not one that is broken.
    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        let own = self.table.get(key).filter(|entry| entry.removed.is_none());
        own.or_else(|| self.defaults?.get(key)).filter(|entry| entry.node.value != Value::Broken)
    }

    /// The value of a key, its own or a default; not one that is broken.
    pub(super) fn node(&self, key: &str) -> Option<&'a Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Whether the key is there, even broken.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some() || self.defaults.is_some_and(|defaults| defaults.get(key).is_some())
    }
}

/// What all readers share: the documents, the mistakes found so far, and what is known of the plan.
pub(super) struct Context<'a> {
    pub(super) sources: &'a Sources,
    /// The whole tree.
    tree: &'a Table,
    pub(super) files: &'a Files<'a>,
    pub(super) said: Vec<Diagnostic<Span>>,
    /// Whether every name of the documents was read; if not, names that seem unknown may not be.
    pub(super) is_whole: bool,
    /// Whether the plan has a start, and so dates.
    pub(super) has_start: bool,
    /// The currencies that money may be in, besides the plan's own.
    pub(super) currencies: Vec<String>,
    /// The plan's own currency; may be empty.
    pub(super) currency: String,
    /// Suggestions cost a look at every name; a file full of strangers gets only so many.
    suggestions_left: usize,
}

const MOST_SUGGESTIONS: usize = 200;

impl<'a> Context<'a> {
    pub(super) fn new(sources: &'a Sources, tree: &'a Table, files: &'a Files<'a>, is_whole: bool) -> Self {
        Self {
            sources,
            tree,
            files,
            said: Vec::new(),
            is_whole,
            has_start: true,
            currencies: Vec::new(),
            currency: String::new(),
            suggestions_left: MOST_SUGGESTIONS,
        }
    }

    pub(super) fn say(&mut self, diagnostic: Diagnostic<Span>) {
        self.said.push(diagnostic);
    }

    /// Says what could not be read in a text.
    pub(super) fn slip(&mut self, slip: Slip, node: &Node, text: &str) {
        self.say(slip.at(node.span, text.len()));
    }

    /// "did you mean", as long as there are not too many.
    pub(super) fn near<'n>(
        &mut self,
        word: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        self.suggestions_left = self.suggestions_left.checked_sub(1)?;
        did_you_mean(word, names)
    }

    /// Says that a name is not known, unless it may only have been misread or is refused already.
    pub(super) fn unknown<'n>(
        &mut self,
        code: Code,
        kind: &str,
        name: &str,
        place: Span,
        names: impl IntoIterator<Item = &'n str>,
    ) {
        if !self.is_whole {
            return;
        }
        let error =
            Diagnostic::new(code, place, format!("no {kind} is called `{name}`")).labelled("named here");
        let held = self.tree.table(kind).and_then(|table| table.get(name));
        match held.map(|entry| entry.removed) {
            Some(Some(removed)) => self.say(error.related(removed, "removed here")),
            Some(None) => {}
            None => {
                let names: Vec<&str> = names.into_iter().collect();
                let near = self.near(name, names.iter().copied()).or_else(|| few(kind, &names));
                self.say(error.help_if(near));
            }
        }
    }

    /// Refuses the keys that a table doesn't have.
    pub(super) fn check_keys(&mut self, fields: &Fields<'_>) {
        let Some((keys, noun)) = keys_of(fields.kind) else { return };
        for entry in fields.table.entries() {
            if !keys.iter().any(|known| is_same(known.key, &entry.key.name)) {
                let names: Vec<&str> = keys.iter().map(|known| known.key).collect();
                self.unknown_key(entry, &article(noun), &names);
            }
        }
    }

    /// Whether a table has keys that it does not know.
    pub(super) fn has_strangers(&self, fields: &Fields<'_>) -> bool {
        let keys = keys_of(fields.kind).map_or(&[][..], |(keys, _)| keys);
        let is_known = |name: &str| keys.iter().any(|known| is_same(known.key, name));
        !fields.table.entries().iter().all(|entry| is_known(&entry.key.name))
    }

    /// Refuses a key: one of another table is misplaced, all others are unknown.
    pub(super) fn unknown_key(&mut self, entry: &Entry, owner: &str, names: &[&str]) {
        let key = &*entry.key.name;
        let error =
            Diagnostic::new(Code::UnknownKey, entry.key.span, format!("`{key}` is no key of {owner}"));
        let ours = synonyms::ours(key, names);
        let near = if ours.is_some() { None } else { self.near(key, names.iter().copied()) };
        let owners: Vec<String> = TABLES
            .iter()
            .filter(|table| table.keys.iter().any(|row| row.key == key))
            .map(|table| if table.is_named { article(table.entry) } else { format!("`[{}]`", table.name) })
            .collect();
        let elsewhere = (near.is_none() && !owners.is_empty())
            .then(|| format!("it is a key of {}", owners.join(" and of ")));
        let has_help = ours.is_some() || near.is_some() || elsewhere.is_some();
        let all = if has_help { None } else { list_of(owner, names) };
        self.say(error.help_if(ours).help_if(near).help_if(elsewhere).help_if(all));
    }

    /// Says that a value is of the wrong type.
    pub(super) fn wrong_type(&mut self, kind: &str, key: &str, node: &Node) {
        let Some(row) = key_row(kind, key) else { return };
        self.not(key, row.takes.words(), node);
    }

    /// Says that a key takes something else.
    pub(super) fn not(&mut self, key: &str, takes: &str, node: &Node) {
        if node.value == Value::Broken {
            return;
        }
        let message = format!("`{key}` takes {takes}, not {}", node.value.kind());
        self.say(Diagnostic::new(Code::WrongType, node.span, message));
    }

    /// The text of a key.
    pub(super) fn text<'f>(&mut self, fields: &Fields<'f>, key: &str) -> Option<&'f str> {
        let node = fields.node(key)?;
        let text = node.value.as_text();
        if text.is_none() {
            self.wrong_type(fields.kind, key, node);
        }
        text
    }

    /// The flag of a key; `false` if it is not there.
    pub(super) fn flag(&mut self, fields: &Fields<'_>, key: &str) -> bool {
        match fields.node(key) {
            Some(Node { value: Value::Bool(flag), .. }) => *flag,
            Some(node) => {
                self.wrong_type(fields.kind, key, node);
                false
            }
            None => false,
        }
    }

    /// The texts of a key that takes a list or a single one.
    pub(super) fn texts<'f>(&mut self, fields: &Fields<'f>, key: &str) -> Vec<(&'f str, &'f Node)> {
        let mut texts = Vec::new();
        for node in self.items(fields, key) {
            match &node.value {
                Value::Text(text) => texts.push((&**text, node)),
                _ => self.wrong_type(fields.kind, key, node),
            }
        }
        texts
    }

    /// The values of a key that takes a list or a single one.
    pub(super) fn items<'f>(&mut self, fields: &Fields<'f>, key: &str) -> &'f [Node] {
        match fields.node(key) {
            None => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(single) => std::slice::from_ref(single),
        }
    }

    /// Reads a text with one of the little languages.
    pub(super) fn read<'t, T>(
        &mut self,
        node: &Node,
        text: &'t str,
        with: impl FnOnce(&'t str) -> Result<T, Slip>,
    ) -> Option<T> {
        with(text).map_err(|slip| self.slip(slip, node, text)).ok()
    }

    /// Which currency a text of money is in, by its position; `None`: the plan's own.
    ///
    /// # Errors
    /// Said already: there is none of that code.
    pub(super) fn currency_of(&mut self, node: &Node, text: &str) -> Result<Option<usize>, ()> {
        let (amount, Some((code, range))) = literal::currency(text) else { return Ok(None) };
        let found = self.currencies.iter().position(|known| known == code);
        if found.is_some() {
            return Ok(found);
        }
        let place = match node.span.range().len().checked_sub(text.len()) {
            Some(0) => node.span.within(range),
            Some(2) => node.span.within(range.start + 1..range.end + 1),
            _ => node.span,
        };
        if code == self.currency {
            let error = Diagnostic::new(Code::BadNumber, place, format!("`{code}` is no unit of money"));
            let help = format!("the currency stands once, in `[plan]`: write `{}`", amount.trim());
            self.say(error.help(help));
        } else {
            let names = self.currencies.clone();
            let names = names.iter().map(String::as_str);
            self.unknown(Code::UnknownCurrency, "currency", code, place, names);
        }
        Err(())
    }

    /// The date of a key, in a plan that has dates.
    pub(super) fn date(&mut self, fields: &Fields<'_>, key: &str) -> Option<When> {
        let node = fields.node(key)?;
        let date = self.date_of(node, fields.kind, key)?;
        self.dates_are_allowed(node.span).then_some(date)
    }

    /// A date, whether or not the plan has any.
    pub(super) fn date_of(&mut self, node: &Node, kind: &str, key: &str) -> Option<When> {
        match &node.value {
            Value::Date(text) | Value::Text(text) => self.read(node, text, literal::date),
            _ => {
                self.wrong_type(kind, key, node);
                None
            }
        }
    }

    /// The dates and ranges of dates of a key.
    pub(super) fn date_ranges(&mut self, fields: &Fields<'_>, key: &str) -> Vec<(DateRange, Span)> {
        let mut ranges = Vec::new();
        for node in self.items(fields, key) {
            match &node.value {
                Value::Date(text) | Value::Text(text) => {
                    ranges.extend(self.read(node, text, literal::date_range).map(|range| (range, node.span)));
                }
                _ => self.wrong_type(fields.kind, key, node),
            }
        }
        ranges
    }

    /// Whether a fixed date may stand here: it may not in a plan without a start.
    pub(super) fn dates_are_allowed(&mut self, place: Span) -> bool {
        if !self.has_start {
            let error = Diagnostic::new(Code::DateWithoutStart, place, "a plan without a start has no dates");
            self.say(error.help("give it one: `start = 2027-01-11` below `[plan]`"));
        }
        self.has_start
    }

    /// A number without doubt, in one of the little languages for numbers.
    pub(super) fn number(
        &mut self,
        node: &Node,
        kind: &str,
        key: &str,
        with: fn(&str) -> Result<f64, Slip>,
    ) -> Option<f64> {
        match &node.value {
            Value::Text(text) => self.read(node, text, with),
            Value::Integer(number) => Some(*number as f64),
            Value::Float(number) if number.is_finite() => Some(*number),
            Value::Float(_) => {
                self.say(Diagnostic::new(Code::BadNumber, node.span, "a plan counts with finite numbers"));
                None
            }
            _ => {
                self.wrong_type(kind, key, node);
                None
            }
        }
    }

    /// A share from 0 to 1.
    pub(super) fn share(&mut self, node: &Node, kind: &str, key: &str) -> Option<f64> {
        let value = match &node.value {
            Value::Text(text) => return self.read(node, text, literal::share),
            _ => self.number(node, kind, key, literal::number)?,
        };
        if (0.0..=1.0).contains(&value) {
            return Some(value);
        }
        let meant = (1.0..=100.0).contains(&value).then(|| format!("write `\"{value}%\"`"));
        self.say(
            Diagnostic::new(Code::OutOfRange, node.span, "a share lies between 0% and 100%").help_if(meant),
        );
        None
    }
}

/// As many names as one sees at a glance.
const FEW: usize = 8;

/// The names there are, if they are few.
fn few(kind: &str, names: &[&str]) -> Option<String> {
    match names {
        [] => Some(format!("there is none: they stand below `[{kind}]`, like `[{kind}.NAME]`")),
        names if names.len() <= FEW => Some(format!("there is {}", listed(names))),
        _ => None,
    }
}

/// Where the keys of a table can be looked up: here, if they are few.
fn list_of(owner: &str, names: &[&str]) -> Option<String> {
    if names.len() <= FEW {
        return Some(format!("its keys are {}", listed(names)));
    }
    let table = TABLES.iter().find(|table| article(table.entry) == owner)?;
    Some(format!("`plan explain {}` lists its keys", table.name))
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// "a milestone", "an overhead".
pub(super) fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    if noun == "plan" { "`[plan]`".into() } else { format!("{article} {noun}") }
}

/// An id as a name: with spaces and a capital.
pub(super) fn readable(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// Where each name is defined, by name.
pub(super) type Names<'a, Id> = HashMap<&'a str, Id>;
