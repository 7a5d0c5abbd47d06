//! Risks, rework, outcomes, branches and correlation: what is believed.

use super::{Code, Places, Plan, Reading, Request, Source, Sources, plan, read, reading};
use crate::model::{
    Comparison, End, Impact, Limit, Member, OnlyIf, Otherwise, Outcome, Redo, RiskId, Season, SpanUnit,
    Strength, Subject,
};
use crate::text::Severity;

/// All that the language has (but what later versions add), as its documentation shows it.
const WHOLE: &str = include_str!("whole.toml");

fn id(plan: &Plan, key: &str) -> crate::model::MilestoneId {
    plan.milestone(key).unwrap()
}

#[test]
fn the_whole_language_is_read() {
    let (plan, places) = plan(WHOLE);
    assert_eq!(plan.correlation, 0.2);
    let (train, label, collect) = (id(&plan, "train"), id(&plan, "label"), id(&plan, "collect"));
    let evaluate = id(&plan, "evaluate");
    let rework = plan[evaluate].rework.as_ref().unwrap();
    assert_eq!((rework.probability.as_slice(), rework.at_most), (&[0.35, 0.2][..], 3));
    assert_eq!((&rework.redo, rework.otherwise), (&Redo::BackTo(train), Otherwise::Fail));
    assert_eq!((rework.share.planned, rework.share.written.as_str()), (0.4, "0.2..0.4..0.7"));
    let outcomes: Vec<_> = plan[evaluate].outcomes.iter().map(|it| (it.key.as_str(), it.share)).collect();
    assert_eq!(outcomes, [("go", 0.7), ("pivot", 1.0 - 0.7)]);
    assert_eq!(plan[id(&plan, "second-source")].only_if, [OnlyIf::Outcome(evaluate, 1)]);
    assert_eq!((plan[id(&plan, "launch")].success, plan[train].success), (0.9, 1.0));

    let [risk] = plan.risks.as_slice() else { panic!("{:?}", plan.risks) };
    assert_eq!((risk.key.as_str(), risk.name.as_str()), ("consent", "Consent banner cuts the data"));
    let terms = &risk.untreated;
    assert_eq!((terms.probability, terms.on.as_slice()), (0.25, &[collect, label][..]));
    assert_eq!(terms.seasons, [Season { from: (5, 1), to: (9, 30) }]);
    let delay = terms.impact.delay.as_ref().unwrap();
    assert_eq!((delay.span.seconds.planned, delay.span.unit), (10.0 * 8.0 * 3_600.0, SpanUnit::Work));
    let [(hit, own)] = terms.own.as_slice() else { panic!("{:?}", terms.own) };
    assert_eq!((*hit, own.delay.as_ref().unwrap().span.seconds.written.as_str()), (label, "2..4..9d"));
    assert!(!risk.responds && risk.in_force().is_none());
    let response = risk.response.as_ref().unwrap();
    assert_eq!(response.price.as_ref().unwrap().planned, 6_000.0);
    assert_eq!(response.treated.probability, 0.05);
    assert_eq!((&response.treated.impact, &response.treated.own), (&terms.impact, &terms.own));

    let [group] = plan.correlations.as_slice() else { panic!("{:?}", plan.correlations) };
    assert_eq!(group.members, [collect, label, train].map(Member::Span));
    assert_eq!(group.strength, Strength::Rho(0.4));
    let consent = RiskId::new(0);
    for (subject, expected) in [
        (Subject::Risk(consent), "consent"),
        (Subject::RiskKey(consent, "probability"), "\"25%\""),
        (Subject::Correlation(0), "same-team"),
        (Subject::MilestoneKey(id(&plan, "second-source"), "only_if"), "\"evaluate.pivot\""),
        (Subject::PlanKey("correlation"), "0.2"),
    ] {
        let found = &WHOLE[places.of(&subject).range()];
        assert!(found.contains(expected), "{subject:?}: {found}");
    }
}

#[test]
fn scenarios_put_responses_in_force() {
    for (scenario, in_force) in [(None, false), (Some("lean"), false), (Some("audited"), true)] {
        let (_, reading) = reading(WHOLE, scenario);
        let (plan, _) = reading.into_plan().unwrap();
        assert_eq!(plan.risks[0].in_force().is_some(), in_force, "{scenario:?}");
        let expected = if in_force { 0.05 } else { 0.25 };
        assert_eq!(plan.risks[0].terms().probability, expected, "{scenario:?}");
    }
}

fn changed(changes: &[&str], respond: &[&str]) -> (Sources, Reading) {
    let mut sources = Sources::new();
    let plan = sources.add(Source::new("plan.toml", WHOLE).unwrap());
    let mut add = |name: &str, words: &[&str]| -> Vec<_> {
        words.iter().map(|text| sources.add(Source::new(name, *text).unwrap())).collect()
    };
    let (set, respond) = (add("--set", changes), add("--respond", respond));
    let reading = read(&sources, &Request { set, respond, ..Request::plain(plan) });
    (sources, reading)
}

fn with(changes: &[&str], respond: &[&str]) -> (Plan, Places) {
    let (sources, reading) = changed(changes, respond);
    let drawn = reading.report.draw(&sources, crate::text::Colour::Plain);
    reading.into_plan().unwrap_or_else(|_| panic!("{changes:?}\n{drawn}"))
}

#[test]
fn settings_and_respond_patch_risks() {
    assert!(with(&["plan.respond=true"], &[]).0.risks[0].in_force().is_some());
    assert!(with(&["risk.consent.respond=true"], &[]).0.risks[0].in_force().is_some());
    assert!(with(&[], &["consent"]).0.risks[0].in_force().is_some());
    assert!(with(&["plan.respond=true", "risk.consent.respond=false"], &[]).0.risks[0].in_force().is_none());
    let (plan, _) =
        with(&["risk.consent.response.delay=false", "risk.consent.response.impact.label=false"], &[]);
    let treated = &plan.risks[0].response.as_ref().unwrap().treated;
    assert_eq!((&treated.impact, treated.own.len(), treated.on.len()), (&Impact::default(), 0, 2));
    assert_eq!(with(&["risk.consent=false"], &[]).0.risks, []);
    let (plan, _) = with(&["milestone.evaluate.rework=false", "milestone.evaluate.outcomes.go=\"90%\""], &[]);
    let evaluate = &plan[id(&plan, "evaluate")];
    assert!(evaluate.rework.is_none());
    assert_eq!(evaluate.outcomes[0], Outcome { key: "go".into(), share: 0.9 });
    for (respond, expected) in [("consnet", Code::UnknownRisk), ("", Code::UnknownRisk)] {
        let codes: Vec<_> =
            changed(&[], &[respond]).1.report.diagnostics().iter().map(|it| it.code).collect();
        assert_eq!(codes, [expected], "{respond}");
    }
}

#[test]
fn what_a_scenario_removes_is_skipped_by_risks_groups_and_rework() {
    let (plan, _) = with(&["milestone.label=false", "expect.data=false"], &[]);
    let (collect, train) = (id(&plan, "collect"), id(&plan, "train"));
    assert_eq!(
        (plan.risks[0].untreated.on.as_slice(), plan.risks[0].untreated.own.len()),
        (&[collect][..], 0)
    );
    assert_eq!(plan.correlations[0].members, [Member::Span(collect), Member::Span(train)]);
    let (plan, _) = with(&["milestone.evaluate=false", "milestone.second-source=false"], &[]);
    let evaluate = &plan[id(&plan, "evaluate")];
    assert!(evaluate.rework.is_none() && evaluate.outcomes.is_empty());
    assert!(plan[id(&plan, "second-source")].only_if.is_empty());
    // A branch that hangs on what is gone has to say what becomes of it.
    let (_, reading) = changed(&["milestone.evaluate=false"], &[]);
    let [error] = reading.report.diagnostics() else { panic!("{:?}", reading.report) };
    assert_eq!((error.code, error.related.len()), (Code::UnknownOutcome, 1));
    assert!(error.help[0].contains("only_if = false"), "{:?}", error.help);
}

#[test]
fn what_is_left_out_has_its_default() {
    let (plan, _) = plan(
        "[stage]\nb = { only_if = \"a.no\", success = \"80%\" }\n\
         [milestone]\n\
         a = { rework = { probability = [0.3, 0.2] }, outcomes = { yes = 0.5, no = 0.5 } }\n\
         b = { stage = \"b\", after = \"a\" }\n\
         c = { stage = \"b\", after = \"a\", only_if = [], success = 1 }\n\
         [risk]\n\
         r = { probability = 1, impact = { a = { cost = 5 } } }\n\
         s = { probability = 0.5 }\n\
         [milestone.d]\nonly_if = [\"risk:s\", \"a.finish > 3w\", \"a.yes\"]\nafter = \"a\"\n",
    );
    let a = id(&plan, "a");
    let rework = plan[a].rework.as_ref().unwrap();
    assert_eq!(
        (&rework.redo, rework.at_most, rework.otherwise),
        (&Redo::These(vec![]), 2, Otherwise::Continue)
    );
    assert_eq!((rework.share.planned, rework.share.is_fixed()), (1.0, true));
    let (b, c) = (&plan[id(&plan, "b")], &plan[id(&plan, "c")]);
    assert_eq!((b.only_if.as_slice(), b.success), (&[OnlyIf::Outcome(a, 1)][..], 0.8));
    assert_eq!((c.only_if.len(), c.success), (0, 1.0));
    let risk = &plan.risks[0].untreated;
    assert_eq!((risk.on.as_slice(), &risk.impact, risk.own[0].0), (&[a][..], &Impact::default(), a));
    let limit = Limit::Span(3 * 40 * 3_600);
    assert_eq!(
        plan[id(&plan, "d")].only_if,
        [
            OnlyIf::Risk(RiskId::new(1)),
            OnlyIf::Date { milestone: a, end: End::Finish, comparison: Comparison::Above, limit },
            OnlyIf::Outcome(a, 0),
        ]
    );
}

#[test]
fn a_delay_is_counted_in_the_days_and_weeks_of_what_it_hits() {
    for (delay, expected) in [
        ("\"2d\"", [1.0, 24.0 / 8.0]),
        ("3", [1.0, 24.0 / 8.0]),
        ("\"1..2..3w\"", [1.0, 168.0 / 40.0]),
        ("\"2mo\"", [1.0, 168.0 / 40.0]),
        ("\"5h\"", [1.0, 1.0]),
        ("{ uniform = [\"1w\", \"2mo\"] }", [1.0, 168.0 / 40.0]),
        ("\"5ed\"", [40.0 / 168.0, 1.0]),
    ] {
        let text = format!(
            "[milestone]\na = {{}}\nb = {{ calendar = \"always\" }}\n[risk]\nr = {{ probability = 0.5, on = \"all\", delay = {delay} }}\n"
        );
        let (plan, _) = plan(&text);
        let found = &plan.risks[0].untreated.impact.delay.as_ref().unwrap().scale;
        assert_eq!(found.as_slice(), expected, "{delay}");
    }
}

/// Two milestones with every part, and a risk.
pub(super) const PARTS: &str = "\
[resource]
dev = {}
[milestone]
a = { duration = \"1..2..9d\", cost = \"1..2..3k\", tags = [\"x\"] }
b = { duration = \"1..2..9d\", work.dev = \"1..2..9d\", tags = [\"x\"] }
c = { duration = 3 }
[risk]
r = { probability = 0.5, on = \"a\", factor = 2 }
";

#[test]
fn members_are_parts_of_milestones_and_risks() {
    let (plan, _) = plan(&format!(
        "{PARTS}[correlation]\n\
         money = {{ among = [\"a.cost\", \"risk:r\"], rho = -0.9, note = \"cheap when late\" }}\n\
         x = {{ among = [\"tag:x\", \"b\", \"a.duration\", \"b.work\"], rho = \"40%\" }}\n",
    ));
    let (a, b) = (id(&plan, "a"), id(&plan, "b"));
    let members: Vec<_> = plan.correlations.iter().map(|group| group.members.as_slice()).collect();
    let expected = [[Member::Cost(a), Member::Risk(RiskId::new(0))], [Member::Span(a), Member::Span(b)]];
    assert_eq!(members, expected);
    let strengths: Vec<_> = plan.correlations.iter().map(|group| &group.strength).collect();
    assert_eq!(strengths, [&Strength::Rho(-0.9), &Strength::Rho(0.4)]);
}

#[test]
fn a_matrix_follows_its_members_and_loses_the_rows_of_removed_ones() {
    let text = format!(
        "{PARTS}[correlation.exact]\n\
         among = [\"b.work\", \"risk:r\", \"a\", \"c\"]\n\
         matrix = [[1, 0.1, 0.2, 0.3], [0.1, 1, 0.4, 0.5], [0.2, 0.4, 1, 0.6], [0.3, 0.5, 0.6, 1]]\n\
         [scenario.less]\nrisk.r = false\nmilestone.c = false\n",
    );
    let (whole, _) = plan(&text);
    let (a, b, c) = (id(&whole, "a"), id(&whole, "b"), id(&whole, "c"));
    let group = &whole.correlations[0];
    assert_eq!(
        group.members,
        [Member::Work(b), Member::Risk(RiskId::new(0)), Member::Span(a), Member::Span(c)]
    );
    assert!(matches!(&group.strength, Strength::Matrix(rows) if rows[1] == [0.1, 1.0, 0.4, 0.5]));
    let (less, _) = reading(&text, Some("less")).1.into_plan().unwrap();
    let group = &less.correlations[0];
    assert_eq!(group.members, [Member::Work(b), Member::Span(a)]);
    assert_eq!(group.strength, Strength::Matrix(vec![vec![1.0, 0.2], vec![0.2, 1.0]]));
}

#[test]
fn remarks_of_a_risk_are_made_once() {
    let text = "[milestone]\na = {}\n[risk]\nr = { probability = 1, on = \"a\", delay = { normal = { mean = 2, sd = 2 } }, response = { price = 3 } }\n";
    let (_, reading) = reading(text, None);
    assert_eq!((reading.report.diagnostics().len(), reading.report.count(Severity::Remark)), (1, 1));
}
