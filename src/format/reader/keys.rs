//! Every key of a plan file: what it takes and what it means, all in one place.
//!
//! The reader refuses what is not here, suggestions come from here, and so do `plan explain KEY`
//! and the JSON Schema.

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A date or a moment.
    Date,
    /// Dates and ranges of dates, in a list or alone.
    Dates,
    /// The id of a milestone.
    Milestone,
    /// The id of a stage.
    Stage,
    /// The id of a calendar.
    Calendar,
    /// A word for a spread, or a spread.
    Spread,
    /// Texts, in a list or alone.
    Texts,
    /// Links, in a list or alone.
    Links,
    /// Selectors of milestones, in a list or alone.
    Selectors,
    /// Selectors of milestones or money, in a list or alone.
    MoneySelectors,
    /// An estimate of time.
    Time,
    /// A time without doubt.
    FixedTime,
    /// An estimate of money.
    Money,
    /// Money without doubt.
    FixedMoney,
    /// A share, 0 to 1.
    FixedShare,
    /// An estimate of a share.
    Share,
    /// Money per time, an estimate.
    Rate,
    /// Working hours of weekdays, in a list or alone.
    Week,
    /// Working hours of dates, in a list or alone.
    Extra,
    /// A category of money.
    Category,
    /// A kind of resource.
    Kind,
    /// Shares of a cost by moments of payment.
    Pay,
    /// By resource, an estimate of effort.
    WorkByResource,
    /// By resource, an estimate of an amount.
    AmountByResource,
    /// By resource, an amount per time.
    RateByResource,
    /// A number, or numbers by date.
    DatedNumber,
    /// A share, or shares by date.
    DatedShare,
    /// A rate, or rates by date.
    DatedRate,
    /// An estimate of money, or such estimates by date.
    DatedMoney,
    /// Who, when, source.
    Basis,
}

impl Takes {
    /// What it takes, in words that follow "takes".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Flag => "`true` or `false`",
            Self::Date => "a date",
            Self::Dates => "dates or ranges of dates, alone or in a list",
            Self::Milestone => "the id of a milestone",
            Self::Stage => "the id of a stage",
            Self::Calendar => "the id of a calendar",
            Self::Spread => "the id of a spread",
            Self::Texts => "texts, alone or in a list",
            Self::Links => "links like `\"dig FS+2d\"`, alone or in a list",
            Self::Selectors => "selectors like `\"stage:data\"`, alone or in a list",
            Self::MoneySelectors => "selectors like `\"kind:people\"`, alone or in a list",
            Self::Time => "a duration like `\"10d\"` or `\"8..10..20d\"`",
            Self::FixedTime => "a duration like `\"8h\"`",
            Self::Money => "an amount of money like `\"12k\"` or `\"2k..3k..6k\"`",
            Self::FixedMoney => "an amount of money like `\"400k\"`",
            Self::FixedShare => "a share like `\"80%\"`",
            Self::Share => "a share like `\"20%\"` or `\"10..20..40%\"`",
            Self::Rate => "a rate like `\"750/d\"`",
            Self::Week => "working hours like `\"Mon-Fri 09:00-17:00\"`, alone or in a list",
            Self::Extra => "hours like `\"2027-03-07 08:00-12:00\"`, alone or in a list",
            Self::Category => "`\"people\"`, `\"compute\"`, `\"data\"`, `\"other\"` or `\"risk\"`",
            Self::Kind => "`\"people\"`, `\"compute\"`, `\"data\"` or `\"other\"`",
            Self::Pay => "a table like `{ start = \"30%\", finish = \"70%\" }`",
            Self::WorkByResource => "a table like `{ ml-engineer = \"30..40..70d\" }`",
            Self::AmountByResource => "a table like `{ ml-engineer = 2 }`",
            Self::RateByResource => "a table like `{ annotator = \"450/d\" }`",
            Self::DatedNumber => "a number, or a table like `{ 2027-01-11 = 2, 2027-07-01 = 3 }`",
            Self::DatedShare => "a share, or a table like `{ 2027-01-11 = \"80%\" }`",
            Self::DatedRate => "a rate like `\"750/d\"`, or a table like `{ 2027-01-01 = \"750/d\" }`",
            Self::DatedMoney => "an amount of money, or a table like `{ 2027-01-01 = 0.12 }`",
            Self::Basis => "a table like `{ who = \"…\", when = 2027-01-05, source = \"…\" }`",
        }
    }
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct KeyRow {
    /// The key.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it means, in one line.
    pub doc: &'static str,
}

/// A table of the plan file.
#[derive(Clone, Copy, Debug)]
pub struct TableRow {
    /// Its name, as in `[milestone]`.
    pub name: &'static str,
    /// What one of its entries is called: "milestone", "expectation".
    pub entry: &'static str,
    /// Whether its keys are names that the author chooses; then `keys` are those of each entry.
    pub is_named: bool,
    /// Its keys, or those of each of its entries; none if an entry is a plain value.
    pub keys: &'static [KeyRow],
    /// What it is for, in one line.
    pub doc: &'static str,
}

const fn row(key: &'static str, takes: Takes, doc: &'static str) -> KeyRow {
    KeyRow { key, takes, doc }
}

const PLAN: &[KeyRow] = &[
    row("name", Takes::Text, "the plan's name; default: the name of the file"),
    row("start", Takes::Date, "nothing starts before it; without it there are working days and no dates"),
    row(
        "finish",
        Takes::Milestone,
        "the milestone whose finish is the plan's; default: the last finish of all",
    ),
    row("currency", Takes::Text, "the currency of all money"),
    row(
        "calendar",
        Takes::Calendar,
        "the calendar of all that names none; default: the only one declared, else `standard`",
    ),
    row("deadline", Takes::Date, "the date the plan should be finished by"),
    row("budget", Takes::FixedMoney, "the money the plan should not exceed"),
    row("confidence", Takes::FixedShare, "the percentile that headlines; default: 80%"),
];

const CALENDAR: &[KeyRow] = &[
    row("week", Takes::Week, "the working hours of its weekdays"),
    row("holidays", Takes::Dates, "days off"),
    row("extra", Takes::Extra, "working hours on single dates, even on holidays"),
    row("day", Takes::FixedTime, "the length of `1d`; default: its most frequent working day"),
];

/// Keys of a milestone; a stage takes all but `name`, `stage`, `after` and `before` as defaults.
const MILESTONE: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("stage", Takes::Stage, "the stage it belongs to"),
    row("tags", Takes::Texts, "words by which selectors find it, as in `tag:mobile`"),
    row("calendar", Takes::Calendar, "the calendar it runs in"),
    row("duration", Takes::Time, "how long it takes; with `work` and `consumes`, the longest of them counts"),
    row("spread", Takes::Spread, "how far its plain durations and work may miss"),
    row("work", Takes::WorkByResource, "effort by resource: it is paid, and it makes the duration"),
    row("uses", Takes::AmountByResource, "units of resources at work for the whole span"),
    row("consumes", Takes::AmountByResource, "pieces of resources used up"),
    row("cost", Takes::Money, "what it costs once"),
    row("rate", Takes::Rate, "what it costs while it runs"),
    row("pay", Takes::Pay, "when its `cost` is paid; default: at the finish"),
    row("category", Takes::Category, "the category of its `cost` and `rate`; default: other"),
    row("after", Takes::Links, "what it depends on; `[]` says that it starts with the plan on purpose"),
    row("before", Takes::Links, "what depends on it: the same links, written at the other end"),
    row("not_before", Takes::Date, "it starts no earlier"),
    row("not_after", Takes::Date, "it should finish no later; caps late dates"),
    row("must_start", Takes::Date, "it starts just then: no earlier, and late dates are capped"),
    row("must_finish", Takes::Date, "it finishes just then: no earlier, and late dates are capped"),
    row("deadline", Takes::Date, "the date it should be finished by; a target, not a constraint"),
    row("alap", Takes::Flag, "whether it runs as late as the deterministic plan allows"),
    row("note", Takes::Text, "free words"),
    row("basis", Takes::Basis, "where its estimates come from"),
];

const STAGE: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("tags", Takes::Texts, "default tags of its milestones"),
    row("calendar", Takes::Calendar, "the default calendar of its milestones"),
    row("duration", Takes::Time, "the default duration of its milestones"),
    row("spread", Takes::Spread, "how far plain durations and work of its milestones may miss"),
    row("work", Takes::WorkByResource, "default effort of its milestones"),
    row("uses", Takes::AmountByResource, "default resources at work in its milestones"),
    row("consumes", Takes::AmountByResource, "default pieces used up by its milestones"),
    row("cost", Takes::Money, "the default cost of its milestones"),
    row("rate", Takes::Rate, "the default rate of its milestones"),
    row("pay", Takes::Pay, "when costs of its milestones are paid by default"),
    row("category", Takes::Category, "the default category of its milestones"),
    row("not_before", Takes::Date, "its milestones start no earlier"),
    row("not_after", Takes::Date, "its milestones should finish no later"),
    row("must_start", Takes::Date, "its milestones start just then"),
    row("must_finish", Takes::Date, "its milestones finish just then"),
    row("deadline", Takes::Date, "the default deadline of its milestones"),
    row("alap", Takes::Flag, "whether its milestones run as late as possible"),
    row("note", Takes::Text, "free words"),
    row("basis", Takes::Basis, "where estimates of its milestones come from"),
];

const RESOURCE: &[KeyRow] = &[
    row("name", Takes::Text, "its name in reports; default: its id with spaces and a capital"),
    row("kind", Takes::Kind, "what it is, and so the category of its money; default: other"),
    row("capacity", Takes::DatedNumber, "how many units there are; default: as many as needed"),
    row("availability", Takes::DatedShare, "the share of its time that goes into work; default: 100%"),
    row("rate", Takes::DatedRate, "what one unit costs per time"),
    row("price", Takes::DatedMoney, "what one piece costs that is consumed"),
    row(
        "throughput",
        Takes::RateByResource,
        "how many pieces one unit of another resource turns out per time",
    ),
    row("allowance", Takes::Share, "pieces needed on top, for waste and checking"),
    row("calendar", Takes::Calendar, "the calendar it works in"),
    row("away", Takes::Dates, "when it is away"),
    row("note", Takes::Text, "free words"),
];

const OVERHEAD: &[KeyRow] = &[
    row("rate", Takes::Rate, "what it costs per time"),
    row(
        "over",
        Takes::Selectors,
        "from the first start to the last finish of these; default: the whole plan",
    ),
    row("share", Takes::Share, "a surcharge on other money"),
    row("of", Takes::MoneySelectors, "the money that `share` is added to"),
    row("category", Takes::Category, "the category it counts under; default: other"),
    row("note", Takes::Text, "free words"),
];

const SCENARIO: &[KeyRow] = &[
    row("description", Takes::Text, "what it is about"),
    row("inherits", Takes::Text, "the scenario it builds on; `base` is the plan as written"),
];

/// Keys of `basis`.
pub const BASIS: &[KeyRow] = &[
    row("who", Takes::Text, "who said it"),
    row("when", Takes::Date, "when it was said"),
    row("source", Takes::Text, "what it rests on"),
];

const fn table(
    name: &'static str,
    entry: &'static str,
    is_named: bool,
    keys: &'static [KeyRow],
    doc: &'static str,
) -> TableRow {
    TableRow { name, entry, is_named, keys, doc }
}

/// Every table of the plan file, in the order in which they are usually written.
pub const TABLES: &[TableRow] = &[
    table("plan", "plan", false, PLAN, "the plan as a whole"),
    table(
        "expect",
        "expectation",
        true,
        &[],
        "sentences about the forecast that should hold; one not met gives exit code 3",
    ),
    table("calendar", "calendar", true, CALENDAR, "when work is done; `standard` and `always` are built in"),
    table(
        "stage",
        "stage",
        true,
        STAGE,
        "groups of milestones, in the order of reports, and defaults for them",
    ),
    table(
        "spread",
        "spread",
        true,
        &[],
        "what a plain \"12d\" means for those who name it, as \"-30% +150%\"",
    ),
    table("resource", "resource", true, RESOURCE, "people, machines and things that milestones need"),
    table("milestone", "milestone", true, MILESTONE, "what has to happen, what it takes and what it costs"),
    table("overhead", "overhead", true, OVERHEAD, "money that no single milestone spends"),
    table("scenario", "scenario", true, SCENARIO, "named changes to this plan"),
];

/// The table of this name.
pub fn table_row(name: &str) -> Option<&'static TableRow> {
    TABLES.iter().find(|row| row.name == name)
}

/// The key of a table.
pub fn key_row(table: &str, key: &str) -> Option<&'static KeyRow> {
    table_row(table)?.keys.iter().find(|row| row.key == key)
}

/// The tables whose keys are names.
pub fn named_tables() -> Vec<&'static str> {
    TABLES.iter().filter(|row| row.is_named).map(|row| row.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_listed_twice_and_each_says_what_it_means() {
        for table in TABLES {
            for (place, row) in table.keys.iter().enumerate() {
                assert!(!row.doc.is_empty() && !row.doc.ends_with('.'), "{}.{}", table.name, row.key);
                let twice = table.keys[..place].iter().any(|other| other.key == row.key);
                assert!(!twice, "{}.{}", table.name, row.key);
            }
        }
    }

    #[test]
    fn a_stage_takes_what_a_milestone_takes() {
        let own = ["name", "stage", "after", "before"];
        let expected: Vec<_> = MILESTONE.iter().filter(|row| !own.contains(&row.key)).collect();
        for row in &expected {
            assert_eq!(key_row("stage", row.key).map(|other| other.takes), Some(row.takes), "{}", row.key);
        }
        assert_eq!(STAGE.len(), expected.len() + 1);
    }
}
