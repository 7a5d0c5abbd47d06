//! What the keys of a plan file take, in words and as kinds.

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
    /// A curve, or shares of a cost by moments of payment and curves.
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
    /// A yearly rise of prices, or such rises by date.
    Escalation,
    /// Who, when, source.
    Basis,
    /// What something is multiplied with, an estimate.
    Factor,
    /// Parts of the year, in a list or alone.
    Seasons,
    /// What has to hold, in a list or alone.
    Conditions,
    /// A check that may send work back.
    Rework,
    /// By option, what it changes of a milestone.
    Options,
    /// Steps in which time can be bought, in a list or alone.
    Crash,
    /// Shares by way of turning out.
    Outcomes,
    /// A share, or shares in a list.
    Chances,
    /// A whole number from 1.
    Count,
    /// What happens when the last check fails.
    Otherwise,
    /// By milestone, what a risk does to it.
    Impacts,
    /// What is done about a risk.
    Response,
    /// What goes together, in a list or alone.
    Members,
    /// A correlation, -1 to 1.
    Correlation,
    /// Correlations by pair.
    Matrix,
    /// A number without doubt.
    Number,
    /// Such numbers, in a list.
    Numbers,
    /// The lowest and the highest of something.
    Range,
    /// Lists of two numbers.
    Pairs,
    /// Measurements: lists of two or three numbers, the first perhaps a date.
    Points,
    /// An estimate of a number from 0.
    Amount,
    /// One of several words.
    Choice(&'static Choice),
    /// The id of a problem.
    Problem,
    /// The id of a metric.
    Metric,
    /// The id of a solution.
    Solution,
    /// Ids of solutions, in a list or alone.
    Solutions,
    /// Ids of factors, in a list or alone.
    Factors,
    /// By criterion, a number.
    ByCriterion,
    /// The table inside another of this name.
    Inner(&'static str),
    /// Such tables by id.
    NamedInner(&'static str),
}

/// Words of which a key takes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// The words.
    pub words: &'static [&'static str],
    /// All of them, in a text that follows "takes".
    pub said: &'static str,
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
            Self::Pay => {
                "`\"even\"`, `\"front\"`, `\"back\"`, `\"bell\"`, or a table like `{ start = \"30%\", even = \"70%\" }`"
            }
            Self::WorkByResource => "a table like `{ ml-engineer = \"30..40..70d\" }`",
            Self::AmountByResource => "a table like `{ ml-engineer = 2 }`",
            Self::RateByResource => "a table like `{ annotator = \"450/d\" }`",
            Self::DatedNumber => "a number, or a table like `{ 2027-01-11 = 2, 2027-07-01 = 3 }`",
            Self::DatedShare => "a share, or a table like `{ 2027-01-11 = \"80%\" }`",
            Self::DatedRate => "a rate like `\"750/d\"`, or a table like `{ 2027-01-01 = \"750/d\" }`",
            Self::DatedMoney => "an amount of money, or a table like `{ 2027-01-01 = 0.12 }`",
            Self::Escalation => {
                "a yearly rise like `\"3%\"`, `\"2..3..6%\"` or `\"-10%\"`, or a table like `{ 2027-01-01 = \"3%\" }`"
            }
            Self::Basis => "a table like `{ who = \"…\", when = 2027-01-05, source = \"…\" }`",
            Self::Factor => "a factor like `1.2` or `\"1.1..1.2..1.5\"`",
            Self::Seasons => "parts of the year like `\"05-01..09-30\"`, alone or in a list",
            Self::Conditions => {
                "conditions like `\"evaluate.pivot\"`, `\"risk:consent\"` or `\"label.finish > 2027-05-01\"`, alone or in a list"
            }
            Self::Rework => "a table like `{ probability = [\"35%\", \"20%\"], back_to = \"train\" }`",
            Self::Options => "a table like `{ outsource = { duration = \"3d\", cost = \"8k\" } }`",
            Self::Crash => "a table like `{ by = \"5d\", cost = \"2k/d\" }`, alone or in a list",
            Self::Outcomes => "a table like `{ go = \"70%\", pivot = \"rest\" }`",
            Self::Chances => "a share like `\"35%\"`, alone or in a list",
            Self::Count => "a whole number from 1",
            Self::Otherwise => "`\"continue\"` or `\"fail\"`",
            Self::Impacts => "a table like `{ label = { delay = \"2..4..9d\" } }`",
            Self::Response => "a table like `{ price = \"6k\", probability = \"5%\" }`",
            Self::Members => {
                "members like `\"stage:data\"`, `\"train.cost\"` or `\"risk:consent\"`, alone or in a list"
            }
            Self::Correlation => "a correlation from -1 to 1",
            Self::Matrix => "rows of correlations like `[[1, 0.5], [0.5, 1]]`",
            Self::Number => "a number like `0.85`",
            Self::Numbers => "numbers in a list, like `[0.66, 0.62]`",
            Self::Range => "the lowest and the highest value, like `[0, 1]` or `[0, inf]`",
            Self::Pairs => "pairs of numbers like `[[0.75, 0.6], [0.80, 1.0]]`",
            Self::Points => "measurements like `[[1, 0.52], [2, 0.60, 500]]`",
            Self::Amount => "a number like `20M` or `\"4..6..12\"`",
            Self::Choice(choice) => choice.said,
            Self::Problem => "the id of a problem",
            Self::Metric => "the id of a metric",
            Self::Solution => "the id of a solution",
            Self::Solutions => "ids of solutions, alone or in a list",
            Self::Factors => "ids of factors, alone or in a list",
            Self::ByCriterion => "a table like `{ fit = 7 }`",
            Self::Inner(_) => "a table of its keys",
            Self::NamedInner(_) => "tables by id",
        }
    }
}
