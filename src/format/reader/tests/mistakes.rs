//! What is wrong with risks, rework, branches and correlation, and the way out of it.

use super::said;
use super::uncertainty::PARTS;

/// Every mistake with its text, the fact and the way out; `around` makes a document of each case.
fn assert_said(around: impl Fn(&str) -> String, cases: &[(&str, &[&str])]) {
    let wrong = cases.iter().filter_map(|(keys, expected)| {
        let found = said(&around(keys));
        (found != *expected).then(|| format!("{keys}\nis said:  {found:#?}\nexpected: {expected:#?}\n"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_wrong_with_a_risk_is_said() {
    let of = |keys: &str| format!("[milestone]\na = {{}}\nb = {{}}\n[risk.r]\n{keys}\n");
    assert_said(
        of,
        &[
            (
                "probability = 0.5\non = \"a\"",
                &[
                    "missing-key `r`: `r` does nothing when it happens | its `delay`, `factor`, `cost` or `cost_factor` strikes the milestones it is `on`, `impact.ID` a single one",
                ][..],
            ),
            (
                "probability = 0.5",
                &[
                    "missing-key `r`: `r` does nothing when it happens | its `delay`, `factor`, `cost` or `cost_factor` strikes the milestones it is `on`, `impact.ID` a single one",
                ],
            ),
            (
                "probability = 0.5\ndelay = 3",
                &["missing-key `r`: `r` hits no milestone | name those it hits: `on = [\"…\"]`"],
            ),
            (
                "on = \"a\"\ndelay = 3",
                &[
                    "missing-key `r`: `r` has no `probability` | how likely it happens, like `probability = \"25%\"`",
                ],
            ),
            (
                "probability = 0.5\non = [\"a\", \"b\"]\nimpact.a.delay = 3",
                &[
                    "missing-key `[\"a\", \"b\"]`: `r` is on `b` and does nothing to it | say what in `impact.b`, or take it out of `on`",
                ],
            ),
            (
                "probability = 25\non = \"aa\"\ndelay = 3",
                &[
                    "out-of-range `25`: a share lies between 0% and 100% | write `\"25%\"`",
                    "unknown-milestone `\"aa\"`: no milestone is called `aa` | there is `a`, `b`",
                ],
            ),
            (
                "probability = \"1..2..3%\"\non = \"a\"\ncost = 1",
                &["bad-number `..2..3%`: this can't follow a number"],
            ),
            (
                "probability = 1\non = \"a\"\nimpact = { delay = 3, cost = \"1k..2k..5k\" }",
                &[
                    "misplaced-key `delay`: `delay` stands here as if it was a milestone | what strikes all that the risk is `on` stands beside that: `delay = 3`",
                    "misplaced-key `cost`: `cost` stands here as if it was a milestone | what strikes all that the risk is `on` stands beside that: `cost = \"1k..2k..5k\"`",
                ],
            ),
            (
                "probability = 1\nimpact = { aa = { dely = 3 }, b = {}, a = 5 }",
                &[
                    "unknown-milestone `aa`: no milestone is called `aa` | there is `a`, `b`",
                    "unknown-key `dely`: `dely` is no key of an impact | did you mean `delay`?",
                    "missing-key `{}`: this impact does nothing to `b` | an impact is a `delay`, a `factor`, a `cost` or a `cost_factor`",
                    "wrong-type `5`: `a` takes a table like `{ delay = \"2..4..9d\" }`, not a whole number",
                ],
            ),
            (
                "probability = 1\non = \"a\"\nfactor = \"20%\"\nseason = [\"02-30\", \"2027-05-01..2027-06-01\"]",
                &[
                    "bad-number `%`: a factor is a plain number: 1 changes nothing | `1.2` is 20 % more, `0.2` is 20 % of it",
                    "impossible-date `02-30`: there is no such day in any year | that month ends on 02-29",
                    "bad-date `2027-05-01`: a season is a part of every year, without the year | write `05-01`",
                ],
            ),
            (
                "probability = 1\non = \"a\"\nfactor = -2\ncost_factor = \"-1..2..3\"",
                &[
                    "bad-number `-2`: a factor can't be negative",
                    "bad-number `-1..2..3`: a factor can't be negative",
                ],
            ),
            (
                "probability = 1\non = \"a\"\ndelay = 1\nrespond = true",
                &[
                    "missing-key `true`: `r` has no `response` | like `response = { price = \"6k\", probability = \"5%\" }`",
                ],
            ),
            (
                "probability = 1\non = \"a\"\ndelay = 1\nresponse = {}",
                &[
                    "missing-key `{}`: this response changes nothing | like `{ price = \"6k\", probability = \"5%\" }`",
                ],
            ),
            (
                "probability = 2\non = \"a\"\ndelay = 1\nresponse = { prize = 3, respond = true, probability = 3, impact.bb.delay = 3 }",
                &[
                    "out-of-range `2`: a share lies between 0% and 100% | write `\"2%\"`",
                    "unknown-key `prize`: `prize` is no key of a response | did you mean `price`?",
                    "unknown-key `respond`: `respond` is no key of a response | it is a key of `[plan]` and of a risk",
                    "out-of-range `3`: a share lies between 0% and 100% | write `\"3%\"`",
                    "unknown-milestone `bb`: no milestone is called `bb` | there is `a`, `b`",
                ],
            ),
            (
                "probability = 1\non = \"a\"\ndelay = 1\nlikelihood = 3\nimpacts = 5\nmitigation = 3",
                &[
                    "unknown-key `likelihood`: `likelihood` is no key of a risk | did you mean `probability`?",
                    "unknown-key `impacts`: `impacts` is no key of a risk | did you mean `impact`?",
                    "unknown-key `mitigation`: `mitigation` is no key of a risk | did you mean `response`?",
                ],
            ),
        ],
    );
    assert_said(
        str::to_owned,
        &[
            (
                "[risk]\nrespond = true",
                &[
                    "misplaced-key `respond`: `respond` is a key of `[plan]` | move it up below `[plan]`; here it would be the name of a risk",
                ],
            ),
            ("[risk]\nr = 3", &["wrong-type `3`: a risk is a table, not a whole number | write `r = { … }`"]),
            (
                "[milestone]\na = {}\nb = { calendar = \"always\" }\n[risk]\nr = { probability = 1, on = \"a\", delay = { uniform = [\"5h\", \"2d\"] } }",
                &[
                    "mixed-units `{ uniform = [\"5h\", \"2d\"] }`: this delay has several units, which differ from calendar to calendar | write all of it in hours, in days or in weeks",
                ],
            ),
        ],
    );
}

#[test]
fn what_is_wrong_with_a_check_or_a_branch_is_said() {
    let of = |keys: &str| {
        format!(
            "[milestone]\nb = {{ outcomes = {{ go = 0.7, pivot = \"rest\" }} }}\nc = {{}}\n[risk]\nrain = {{ probability = 1, on = \"b\", delay = 1 }}\n[milestone.a]\nafter = \"b\"\n{keys}\n"
        )
    };
    assert_said(
        of,
        &[
            (
                "rework = 0.3",
                &[
                    "wrong-type `0.3`: `rework` takes a table like `{ probability = [\"35%\", \"20%\"], back_to = \"train\" }`, not a number",
                ][..],
            ),
            (
                "rework = {}",
                &[
                    "missing-key `{}`: a rework check fails with some `probability`, and there is none | `probability = [\"35%\", \"20%\"]` is that of the first check and of later ones",
                ],
            ),
            (
                "rework = { probability = [] }",
                &[
                    "missing-key `{ probability = [] }`: a rework check fails with some `probability`, and there is none | `probability = [\"35%\", \"20%\"]` is that of the first check and of later ones",
                ],
            ),
            (
                "rework = { probability = 0.3, back_to = \"bb\", redo = [] }",
                &[
                    "conflicting-keys `[]`: `back_to` and `redo` both say what is done again | keep one of them",
                ],
            ),
            (
                "rework = { probability = [0.3, 30], back_to = \"bb\", at_most = 0, otherwise = \"fial\", shar = 1 }",
                &[
                    "out-of-range `30`: a share lies between 0% and 100% | write `\"30%\"`",
                    "unknown-milestone `\"bb\"`: no milestone is called `bb` | there is `b`, `c`, `a`",
                    "out-of-range `0`: a check sends work back 1 to 1,000,000 times | without repeats, leave `rework` out",
                    "out-of-range `\"fial\"`: `fial` is nothing that can happen after the last check | did you mean `fail`?",
                    "unknown-key `shar`: `shar` is no key of a rework check | did you mean `share`?",
                ],
            ),
            (
                "rework = { probability = 0.3, redo = \"bb\", at_most = 1.5, share = \"-1..2..3\" }",
                &[
                    "unknown-milestone `\"bb\"`: no milestone is called `bb` | there is `b`, `c`, `a`",
                    "wrong-type `1.5`: `at_most` takes a whole number from 1, not a number",
                    "bad-number `-1..2..3`: a share can't be negative",
                ],
            ),
            (
                "outcomes = \"go\"",
                &[
                    "wrong-type `\"go\"`: `outcomes` takes a table like `{ go = \"70%\", pivot = \"rest\" }`, not a text",
                ],
            ),
            (
                "outcomes = { go = 1 }",
                &[
                    "missing-key `{ go = 1 }`: a milestone turns out in at least two ways | like `{ go = \"70%\", pivot = \"rest\" }`",
                ],
            ),
            (
                "outcomes = { go = \"70%\", no = \"20%\" }",
                &[
                    "out-of-range `{ go = \"70%\", no = \"20%\" }`: the outcomes add up to 90%, not to 100% | one of them may be `\"rest\"`",
                ],
            ),
            (
                "outcomes = { go = \"70%\", no = \"50%\", x = \"rest\" }",
                &[
                    "out-of-range `{ go = \"70%\", no = \"50%\", x = \"rest\" }`: the outcomes beside the rest add up to 120%, more than 100%",
                ],
            ),
            (
                "outcomes = { go = \"rest\", no = \"rest\", finish = 0.5 }",
                &[
                    "conflicting-keys `\"rest\"`: only one outcome can be the rest of the others",
                    "reserved-id `finish`: `finish` is a word of the plan language, not an id | call it `finish-1` or anything else",
                ],
            ),
            ("success = 90", &["out-of-range `90`: a share lies between 0% and 100% | write `\"90%\"`"]),
            (
                "only_if = [\"b.pivto\", \"c.go\", \"bb.go\", \"risk:rian\", \"b\"]",
                &[
                    "unknown-outcome `pivto`: `b` has no outcome `pivto` | did you mean `pivot`?",
                    "unknown-outcome `go`: `c` has no outcome `go` | it has none: `outcomes = { go = \"70%\", … = \"rest\" }` below `[milestone.c]`",
                    "unknown-milestone `bb`: no milestone is called `bb` | there is `b`, `c`, `a`",
                    "unknown-risk `rian`: no risk is called `rian` | did you mean `rain`?",
                    "bad-condition `b`: `b` alone says nothing about it | `b.OUTCOME` is how it turned out, `b.finish > 2027-05-01` when it finished, `risk:b` a risk",
                ],
            ),
            (
                "only_if = [\"b.finish > 2027-01-01\", \"b.finish > deadline\", \"b.start > 3ed\", 3]",
                &[
                    "date-without-start `\"b.finish > 2027-01-01\"`: a plan without a start has no dates | give it one: `start = 2027-01-11` below `[plan]`",
                    "missing-key `deadline`: the plan has no `deadline`",
                    "bad-condition `\"b.start > 3ed\"`: time since the plan's start is counted in working time: `h d w mo`",
                    "wrong-type `3`: `only_if` takes conditions like `\"evaluate.pivot\"`, `\"risk:consent\"` or `\"label.finish > 2027-05-01\"`, alone or in a list, not a whole number",
                ],
            ),
        ],
    );
    assert_said(
        str::to_owned,
        &[
            (
                "[stage.s]\nrework = { probability = 1 }",
                &["unknown-key `rework`: `rework` is no key of a stage | it is a key of a milestone"],
            ),
            (
                "[milestone]\na = {}\nb = { only_if = \"risk:r\", after = \"a\" }\n[risk]\nr = { probability = 0.3, on = \"a\", delay = 1 }\n[scenario.x]\nrisk.r = false",
                &["unknown-risk `r`: no risk is called `r`"],
            ),
        ],
    );
}

#[test]
fn what_is_wrong_with_a_group_is_said() {
    let of = |keys: &str| format!("{PARTS}[correlation.g]\n{keys}\n");
    assert_said(
        of,
        &[
            (
                "rho = 0.4",
                &[
                    "missing-key `g`: `g` has nothing that goes together | like `among = [\"stage:data\", \"train\"]`",
                ][..],
            ),
            (
                "among = []\nrho = 0.4",
                &[
                    "missing-key `g`: `g` has nothing that goes together | like `among = [\"stage:data\", \"train\"]`",
                ],
            ),
            (
                "among = \"all\"",
                &[
                    "missing-key `g`: `g` has neither a `rho` nor a `matrix` | `rho = 0.4` holds for every pair",
                ],
            ),
            (
                "among = [\"a\", \"b\"]\nrho = 0.4\nmatrix = [[1, 0], [0, 1]]",
                &[
                    "conflicting-keys `[[1, 0], [0, 1]]`: `rho` is the same for every pair, `matrix` says one for each | keep one of them",
                ],
            ),
            (
                "among = [\"a\", \"b\"]\nrho = 40",
                &["out-of-range `40`: a correlation lies between -1 and 1 | write `0.4`"],
            ),
            (
                "among = [\"aa\", \"tag:y\", \"risk:rr\", \"c.cost\", \"a.duraton\", \"kind:people\", 3]\nrho = 0.4",
                &[
                    "unknown-milestone `\"aa\"`: no milestone is called `aa` | there is `a`, `b`, `c`",
                    "empty-selection `\"tag:y\"`: no milestone has the tag `y`",
                    "unknown-risk `\"risk:rr\"`: no risk is called `rr` | there is `r`",
                    "missing-key `\"c.cost\"`: `c` has no `cost`",
                    "bad-selector `duraton`: `duraton` of a milestone can't go together with others | did you mean `duration`?",
                    "bad-selector `\"kind:people\"`: `kind:` selects money, and milestones are meant here | milestones are an id, `stage:…`, `tag:…` or `all`",
                    "wrong-type `3`: `among` takes members like `\"stage:data\"`, `\"train.cost\"` or `\"risk:consent\"`, alone or in a list, not a whole number",
                ],
            ),
            (
                "among = [\"a\", \"b\", \"c\"]\nrho = -0.1",
                &[
                    "impossible-correlation `-0.1`: 3 members can't all go against each other | two can; of more, say it of pairs in a `matrix`",
                ],
            ),
            (
                "among = [\"a\", \"risk:r\"]\nmatrix = [[1, 0.5]]",
                &["wrong-type `[[1, 0.5]]`: a matrix of 2 members has 2 rows of 2 correlations"],
            ),
            (
                "among = [\"a\", \"risk:r\"]\nmatrix = 1",
                &[
                    "wrong-type `1`: `matrix` takes rows of correlations like `[[1, 0.5], [0.5, 1]]`, not a whole number",
                ],
            ),
            (
                "among = [\"a\", \"risk:r\"]\nmatrix = [[1, 0.5], [0.4, 0.9]]",
                &[
                    "impossible-correlation `0.4`: this pair goes together by 0.4 here and by 0.5 there",
                    "impossible-correlation `0.9`: everything goes together with itself by 1",
                ],
            ),
            (
                "among = [\"a\", \"risk:r\"]\nmatrix = [[1, 2], [2, 1]]",
                &["out-of-range `2`: a correlation lies between -1 and 1"; 2],
            ),
            (
                "among = [\"b\", \"a\", \"a\"]\nmatrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]",
                &[
                    "impossible-correlation `\"b\"`: a row of a matrix is one quantity, and this of `b` is 2 | like `b.duration`; `rho` takes them all",
                    "impossible-correlation `\"a\"`: this stands in the matrix already",
                ],
            ),
            (
                "among = [\"a\", \"b.work\"]\nmatrix = [[1, 0], [0, 1]]\n[correlation.h]\namong = [\"a\", \"b.duration\"]\nrho = 0.3",
                &[
                    "impossible-correlation `0.3`: `duration` of `a` stands in a matrix and in another group | say all that it goes together with in the matrix",
                ],
            ),
            (
                "among = [\"a\", \"b\"]\nrho = 0.6\n[correlation.h]\namong = [\"a\", \"risk:r\"]\nrho = 0.6",
                &[
                    "impossible-correlation `0.6`: `duration` of `a` has to go together with more than there is of it: 124% | lower the `rho` of its groups until their sum is below 1",
                ],
            ),
            ("among = [\"c\", \"a\"]\nrho = 1\n[correlation.h]\namong = [\"c\", \"b\"]\nrho = 1", &[]),
            ("among = [\"a\", \"b\"]\nrho = -1", &[]),
            (
                "among = [\"a\", \"b\"]\nrhoo = 0.3\nrho = 0.3",
                &["unknown-key `rhoo`: `rhoo` is no key of a correlation | did you mean `rho`?"],
            ),
        ],
    );
    let default = |rho: &str, among: &str| {
        said(&format!("[plan]\ncorrelation = 0.3\n{PARTS}[correlation.g]\nrho = {rho}\namong = {among}\n"))
    };
    let lower = "impossible-correlation `0.2`: this is less than the 0.3 that holds between all estimates | lower `correlation` of the plan, or say it of pairs in a `matrix`";
    assert_eq!(default("0.2", "[\"a\", \"b\", \"a.cost\"]"), [lower]);
    assert_eq!(default("0.2", "[\"a\", \"b\"]"), Vec::<String>::new());
    assert_eq!(default("0.3", "\"all\""), Vec::<String>::new());
    let against = "impossible-correlation `-0.6`: `duration` of `a` has to go together with more than there is of it: 125% | bring the `rho` of its groups nearer to the plan's `correlation`, which holds already";
    assert_eq!(default("-0.6", "[\"a\", \"b.duration\"]"), [against]);
    assert_said(
        str::to_owned,
        &[
            (
                "correlation = 0.3",
                &[
                    "misplaced-key `correlation`: `correlation` is a key of `[plan]` | write it below that header: here it is the table of groups",
                ],
            ),
            ("[plan]\ncorrelation = -0.2", &["out-of-range `-0.2`: a share lies between 0% and 100%"]),
        ],
    );
}
