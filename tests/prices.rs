//! What is said of escalation, currencies, payments and funding that can't be.

use plan::format::{Request, read};
use plan::text::{Source, Sources};

/// All that is said of a plan: code, place, fact, ways out.
fn said(text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let document = sources.add(Source::new("case.toml", text).expect("a short text"));
    let reading = read(&sources, &Request::plain(document));
    let all = reading.report.diagnostics().iter().map(|it| {
        let help: String = it.help.iter().map(|help| format!(" | {help}")).collect();
        format!("{} `{}`: {}{help}", it.code, sources.slice(it.place), it.message)
    });
    all.collect()
}

#[test]
fn what_no_price_is_is_said_at_its_place() {
    let rise = "prices rise by at most 300% a year, and fall by at most 90%";
    let cases: Vec<(&str, Vec<String>)> = vec![
        ("[plan]\nescalation = \"3%\"\n", vec![]),
        ("[plan]\nescalation = -0.1\n", vec![]),
        ("[escalation]\npeople = \"-5..-10%\"\n", vec!["bad-number `-10%`: a share can't be negative".into()]),
        ("[plan]\nescalation = 3\n", vec!["out-of-range `3`: a yearly rise is a share: `3%` or `0.03` | write `\"3%\"`".into()]),
        ("[plan]\nescalation = \"400%\"\n", vec![format!("out-of-range `\"400%\"`: {rise}")]),
        ("[escalation]\npeople = { normal = { mean = \"3%\", sd = \"2%\" } }\n", vec![]),
        ("[escalation]\npeople = { lognormal = { mean = \"4%\", sd = \"3%\" } }\n", vec![]),
        ("[escalation]\nlabour = \"3%\"\n", vec!["unknown-key `labour`: `labour` is no key of an escalation | its keys are `people`, `compute`, `data`, `other`, `risk`".into()]),
        ("escalation = \"3%\"\n", vec!["misplaced-key `escalation`: `escalation` is a key of `[plan]` | write it below that header: here it is a table by category of money".into()]),
        ("[escalation]\npeople = { 2027-01-01 = \"3%\" }\n", vec!["date-without-start `2027-01-01`: a plan without a start has no dates | give it one: `start = 2027-01-11` below `[plan]`".into()]),
        ("[plan]\ncurrency = \"EUR\"\n[currency]\nEUR = 1\n", vec!["conflicting-keys `EUR`: `EUR` is the plan's own currency: it is worth 1 | other currencies are given in it: `USD = 0.92` is what a dollar is worth".into()]),
        ("[currency]\nusd = 0.9\n", vec!["bad-id `usd`: `usd` is no code of a currency | a code is three capital letters, as in `USD = 0.92`".into()]),
        ("[currency]\nUSD = 0\n", vec!["out-of-range `0`: a currency is worth more than 0".into()]),
        ("[currency]\nUSD = \"-0.9\"\n", vec!["bad-number `-0.9`: a factor can't be negative".into()]),
        ("[plan]\ncurrency = \"EUR\"\n[milestone]\na.cost = \"5k EUR\"\n", vec!["bad-number `EUR`: `EUR` is no unit of money | the currency stands once, in `[plan]`: write `5k`".into()]),
        ("[plan]\nbudget = \"5k USD\"\n", vec!["bad-number `USD`: this amount is in the plan's own currency, without `USD` | write `5k`; costs, rates and prices may be in others".into()]),
        ("[plan]\nstart = 2027-01-01\n[currency]\nUSD = 0.9\n[resource]\ngpu.rate = { 2027-01-01 = \"3 USD/h\", 2028-01-01 = \"3/h\" }\n", vec!["mixed-units `{ 2027-01-01 = \"3 USD/h\", 2028-01-01 = \"3/h\" }`: all values of one `rate` are in one currency".into()]),
        ("[funding]\n2027-01-01 = \"10k\"\n", vec!["date-without-start `2027-01-01`: a plan without a start has no dates | give it one: `start = 2027-01-11` below `[plan]`".into()]),
        ("[plan]\nstart = 2027-01-01\n[funding]\n2027-02-30 = \"10k\"\nsoon = 5\n2027-03-01 = \"-5k\"\n2027-04-01 = true\n", vec!["impossible-date `2027-02-30`: there is no such day | that month ends on 2027-02-28 | money is released on a date: `2027-01-11 = \"150k\"`".into(), "bad-date `soon`: a date is missing here | like `2027-03-01` | money is released on a date: `2027-01-11 = \"150k\"`".into(), "out-of-range `\"-5k\"`: released money can't be negative".into(), "wrong-type `true`: `2027-04-01` takes an amount of money like `\"400k\"`, not true or false".into()]),
        ("[milestone]\na = { cost = 5, pay = \"bel\" }\n", vec!["bad-pay `bel`: a payment is due at `start` or `finish`, or flows `even`, `front`, `back` or `bell` | did you mean `bell`?".into()]),
        ("[milestone]\na = { cost = 5, pay = 3 }\n", vec!["wrong-type `3`: `pay` takes `\"even\"`, `\"front\"`, `\"back\"`, `\"bell\"`, or a table like `{ start = \"30%\", even = \"70%\" }`, not a whole number".into()]),
        ("[milestone]\na = { cost = 5, pay = { even = \"50%\" } }\n", vec!["out-of-range `{ even = \"50%\" }`: the shares of `pay` add up to 50%, not to 100% | 50% more are to be paid".into()]),
    ];
    for (text, expected) in cases {
        assert_eq!(said(text), expected, "{text}");
    }
}
