//! Every way to write an estimate, against its distribution in closed form.

use statrs::distribution::{Beta, ContinuousCDF, Exp, Gamma, LogNormal, Normal, Weibull};

use crate::support::{answer, assert_distribution, assert_mean, assert_sd, assert_share, written};

type Chance = Box<dyn Fn(f64) -> f64>;

/// Finishes in days of a plan of one milestone.
fn days(duration: &str) -> Vec<f64> {
    answer(&format!("[milestone]\na.duration = {duration}\n")).finish_days()
}

fn pert(low: f64, likely: f64, high: f64, shape: f64) -> Chance {
    let width = high - low;
    let (a, b) = (1.0 + shape * (likely - low) / width, 1.0 + shape * (high - likely) / width);
    beta(low, high, a, b)
}

fn beta(low: f64, high: f64, a: f64, b: f64) -> Chance {
    let beta = Beta::new(a, b).unwrap();
    Box::new(move |x| beta.cdf(((x - low) / (high - low)).clamp(0.0, 1.0)))
}

fn triangle(low: f64, likely: f64, high: f64) -> Chance {
    Box::new(move |x| {
        if x <= low {
            0.0
        } else if x < likely {
            (x - low).powi(2) / ((high - low) * (likely - low))
        } else if x < high {
            1.0 - (high - x).powi(2) / ((high - low) * (high - likely))
        } else {
            1.0
        }
    })
}

fn normal(mean: f64, sd: f64) -> Chance {
    let normal = Normal::new(mean, sd).unwrap();
    Box::new(move |x| normal.cdf(x))
}

/// By the moments of its own: σ² = ln(1 + s²/m²), μ = ln m − σ²/2.
fn lognormal(mean: f64, sd: f64) -> Chance {
    let variance = (1.0 + (sd / mean).powi(2)).ln();
    let law = LogNormal::new(mean.ln() - variance / 2.0, variance.sqrt()).unwrap();
    Box::new(move |x| law.cdf(x))
}

/// By its P10 and P90: μ is the middle of their logarithms, 2 × 1.2815515655 σ their distance.
fn lognormal_range(p10: f64, p90: f64) -> Chance {
    let (low, high) = (p10.ln(), p90.ln());
    let law = LogNormal::new((low + high) / 2.0, (high - low) / (2.0 * 1.281_551_565_544_600_5)).unwrap();
    Box::new(move |x| law.cdf(x))
}

fn gamma(mean: f64, sd: f64) -> Chance {
    let law = Gamma::new((mean / sd).powi(2), mean / sd.powi(2)).unwrap();
    Box::new(move |x| law.cdf(x))
}

fn weibull(shape: f64, scale: f64) -> Chance {
    let law = Weibull::new(shape, scale).unwrap();
    Box::new(move |x| law.cdf(x))
}

fn exponential(mean: f64) -> Chance {
    let law = Exp::new(1.0 / mean).unwrap();
    Box::new(move |x| law.cdf(x))
}

/// The metalog of three terms (Keelin 2016) through P10, P50 and P90, by bisection of its quantiles.
fn metalog(p10: f64, p50: f64, p90: f64) -> Chance {
    let log_odds = 9.0_f64.ln();
    let scale = (p90 - p10) / (2.0 * log_odds);
    let skew = (1.0 - 2.0 * (p50 - p10) / (p90 - p10)) * (p90 - p10) / (0.8 * log_odds);
    let quantile = move |u: f64| {
        let odds = (u / (1.0 - u)).ln();
        p50 + scale * odds + skew * (u - 0.5) * odds
    };
    Box::new(move |x| {
        let (mut low, mut high) = (1e-15, 1.0 - 1e-15);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if quantile(middle) < x { low = middle } else { high = middle }
        }
        low
    })
}

/// What is left between two bounds, made whole again.
fn between(chance: Chance, low: f64, high: f64) -> Chance {
    let (below, within) = (chance(low), chance(high) - chance(low));
    Box::new(move |x| ((chance(x.clamp(low, high)) - below) / within).clamp(0.0, 1.0))
}

fn shifted(chance: Chance, by: f64) -> Chance {
    Box::new(move |x| chance(x - by))
}

#[test]
fn every_estimate_has_the_distribution_it_says() {
    let spread = "[spread]\nresearch = \"-30% +150%\"\n[stage]\nwork = { spread = \"research\" }\n";
    let cases: Vec<(&str, Chance)> = vec![
        (r#""8..10..20d""#, pert(8.0, 10.0, 20.0, 4.0)),
        (r#""8d..10d..4w""#, pert(8.0, 10.0, 20.0, 4.0)),
        (r#""64..80..160h""#, pert(8.0, 10.0, 20.0, 4.0)),
        (r#""10..10..20d""#, pert(10.0, 10.0, 20.0, 4.0)),
        (r#""8..20..20d""#, pert(8.0, 20.0, 20.0, 4.0)),
        (r#""5d to 20d""#, lognormal_range(5.0, 20.0)),
        (r#""1w to 4w""#, lognormal_range(5.0, 20.0)),
        (r#""12d -30% +100%""#, pert(8.4, 12.0, 24.0, 4.0)),
        (r#""12d ±20%""#, pert(9.6, 12.0, 14.4, 4.0)),
        (r#"{ pert = ["8d", "10d", "20d"] }"#, pert(8.0, 10.0, 20.0, 4.0)),
        (r#"{ pert = ["8d", "10d", "20d"], shape = 6 }"#, pert(8.0, 10.0, 20.0, 6.0)),
        (r#"{ triangular = ["8d", "10d", "20d"] }"#, triangle(8.0, 10.0, 20.0)),
        (r#"{ uniform = ["8d", "20d"] }"#, Box::new(|x| ((x - 8.0) / 12.0).clamp(0.0, 1.0))),
        (r#"{ p10 = "5d", p50 = "8d", p90 = "20d" }"#, between(metalog(5.0, 8.0, 20.0), 0.0, 1e9)),
        (r#"{ p10 = 8, p50 = 14, p90 = 21 }"#, between(metalog(8.0, 14.0, 21.0), 0.0, 1e9)),
        (r#"{ normal = { mean = "10d", sd = "2d" } }"#, between(normal(10.0, 2.0), 0.0, 1e9)),
        (r#"{ normal = { mean = "2d", sd = "2d" } }"#, between(normal(2.0, 2.0), 0.0, 1e9)),
        (r#"{ lognormal = { mean = "10d", sd = "4d" } }"#, lognormal(10.0, 4.0)),
        (r#"{ gamma = { mean = "10d", sd = "4d" } }"#, gamma(10.0, 4.0)),
        (r#"{ weibull = { shape = 1.5, scale = "10d" } }"#, weibull(1.5, 10.0)),
        (r#"{ exponential = { mean = "10d" } }"#, exponential(10.0)),
        (r#"{ beta = { low = "5d", high = "20d", a = 2, b = 3 } }"#, beta(5.0, 20.0, 2.0, 3.0)),
        (r#"{ exponential = { mean = "5d" }, shift = "2d" }"#, shifted(exponential(5.0), 2.0)),
        (
            r#"{ normal = { mean = "10d", sd = "2d" }, min = "9d", max = "13d" }"#,
            between(normal(10.0, 2.0), 9.0, 13.0),
        ),
        (r#"{ gamma = { mean = "10d", sd = "4d" }, max = "15d" }"#, between(gamma(10.0, 4.0), 0.0, 15.0)),
        (
            r#"{ lognormal = { mean = "10d", sd = "4d" }, shift = "5d", min = "12d" }"#,
            between(shifted(lognormal(10.0, 4.0), 5.0), 12.0, 1e9),
        ),
    ];
    for (duration, chance) in cases {
        assert_distribution(&days(duration), chance, duration);
    }
    let text = format!("{spread}[milestone]\na = {{ duration = \"12d\", stage = \"work\" }}\n");
    assert_distribution(&answer(&text).finish_days(), pert(8.4, 12.0, 30.0, 4.0), "a spread");
}

/// Trigen: the triangle whose tenths are cut off where its author said.
#[test]
fn a_triangle_by_its_tenths_has_those_tenths() {
    for (p10, likely, p90) in [(8.0, 10.0, 15.0), (20.0, 30.0, 60.0)] {
        let values = days(&format!("{{ trigen = [\"{p10}d\", \"{likely}d\", \"{p90}d\"] }}"));
        let share =
            |limit: f64| values.iter().filter(|&&at| at <= limit).count() as f64 / values.len() as f64;
        assert_share(share(p10), 0.1, "P10");
        assert_share(share(p90), 0.9, "P90");
        // The ends, from the two equations by bisection on the width: see `docs/method.md`.
        let end =
            |width: f64, gap: f64| (((0.1 * width).sqrt() + (0.1 * width + 4.0 * gap).sqrt()) / 2.0).powi(2);
        let (mut narrow, mut wide) = (p90 - p10, 100.0 * (p90 - p10));
        for _ in 0..200 {
            let width = (narrow + wide) / 2.0;
            let ends = end(width, likely - p10) + end(width, p90 - likely);
            if ends > width { narrow = width } else { wide = width }
        }
        let (low, high) = (likely - end(narrow, likely - p10), likely + end(narrow, p90 - likely));
        assert_distribution(&values, triangle(low, likely, high), &format!("trigen {p10} {likely} {p90}"));
    }
}

#[test]
fn separate_values_come_as_often_as_they_weigh() {
    for (duration, chances) in [
        (r#"{ discrete = [["5d", 0.7], ["20d", 0.3]] }"#, vec![(5.0, 0.7), (20.0, 0.3)]),
        (r#"{ discrete = [[20, 3], [5, 6], ["1w", 1]] }"#, vec![(5.0, 0.7), (20.0, 0.3)]),
        (r#"{ samples = ["3d", "5d", "5d", "9d"] }"#, vec![(3.0, 0.25), (5.0, 0.5), (9.0, 0.25)]),
        (r#"{ samples = [3], shift = 2 }"#, vec![(5.0, 1.0)]),
        (r#"{ samples = ["3d", "5d", "9d"], min = "4d" }"#, vec![(5.0, 0.5), (9.0, 0.5)]),
        (r#""10d""#, vec![(10.0, 1.0)]),
    ] {
        let values = days(duration);
        for (value, chance) in chances {
            let found = values.iter().filter(|&&at| at == value).count() as f64 / values.len() as f64;
            assert_share(found, chance, &format!("{duration} at {value}"));
        }
    }
}

/// The same grammar wherever a number may be uncertain: lags, work, pieces, costs, rates, shares.
#[test]
fn the_grammar_is_the_same_everywhere() {
    let (mean, sd) = (7.0, 3.0_f64.sqrt()); // PERT(4, 6, 14)
    for (what, text) in [
        ("a lag", "a = { after = [] }\nb = { after = \"a FS+4..6..14d\" }"),
        ("a lag at a start", "a = { duration = \"1d\", after = [] }\nb = { after = \"a SS+4..6..14d\" }"),
        ("work", "a = { work.crew = \"4..6..14d\", after = [] }\n[resource]\ncrew = { kind = \"people\" }"),
        (
            "shared work",
            "a = { work.crew = \"8..12..28d\", uses.crew = 2, after = [] }\n[resource]\ncrew = { kind = \"people\" }",
        ),
        (
            "pieces",
            "a = { consumes.tile = \"40..60..140\", after = [] }\n[resource]\ncrew = { kind = \"people\" }\n\
             tile = { kind = \"data\", throughput = { crew = \"10/d\" } }",
        ),
    ] {
        let answer = answer(&format!("[milestone]\n{text}\n"));
        assert_mean(answer.forecast.finish.mean_days, mean, sd, what);
        assert_distribution(&answer.finish_days(), pert(4.0, 6.0, 14.0, 4.0), what);
    }
    for (what, text) in [
        ("a cost", "[milestone]\na.cost = \"4..6..14\""),
        ("a rate", "[milestone]\na = { duration = \"2d\", rate = \"2..3..7/d\" }"),
        (
            "a resource's rate",
            "[milestone]\na = { duration = \"2d\", uses.crew = 1 }\n[resource]\ncrew = { kind = \"people\", rate = \"2..3..7/d\" }",
        ),
        (
            "a price",
            "[milestone]\na = { consumes.tile = 20 }\n[resource]\ntile = { kind = \"data\", price = \"0.2..0.3..0.7\" }",
        ),
        (
            "an overhead",
            "[milestone]\na = { duration = \"2d\" }\n[overhead]\noffice = { rate = \"2..3..7/d\" }",
        ),
        (
            "units",
            "[milestone]\na = { duration = \"1d\", uses.gpu = \"4..6..14\" }\n[resource]\ngpu = { kind = \"compute\", rate = \"1/d\" }",
        ),
    ] {
        let answer = answer(&format!("{text}\n"));
        assert_mean(answer.forecast.cost.as_ref().unwrap().mean, mean, sd, what);
        assert_sd(&answer.samples.cost, sd, what);
        assert_distribution(&answer.samples.cost, pert(4.0, 6.0, 14.0, 4.0), what);
    }
    let surcharge =
        answer("[milestone]\na.cost = 100\n[overhead]\nagency = { share = \"4..6..14%\", of = \"all\" }\n");
    assert_mean(surcharge.forecast.cost.as_ref().unwrap().mean, 100.0 + mean, sd, "a surcharge");
    let share = answer(
        "[milestone]\na.duration = \"10d\"\nb = { duration = \"0d\", after = \"a SS+40..60..140%\" }\n",
    );
    let late = |x: f64| pert(4.0, 6.0, 14.0, 4.0)(x);
    let starts = share.milestone("b").finish_mean.days;
    assert_mean(starts, mean, sd, "a share of a predecessor");
    let after_a = share.finish_days().iter().filter(|&&at| at > 10.0).count() as f64 / 200_000.0;
    assert_share(after_a, 1.0 - late(10.0), "a share of a predecessor");
}

/// Units of time, by the calendar they run in: Monday 1 March 2027, eight hours a day.
#[test]
fn units_mean_what_their_calendar_says() {
    let week = "Mon-Thu 08:00-12:00 13:00-17:00 Fri 08:00-12:00";
    for (calendar, duration, finish) in [
        ("standard", "\"90min\"", "2027-03-01T10:30"),
        ("standard", "\"8h\"", "2027-03-01T17:00"),
        ("standard", "1", "2027-03-01T17:00"),
        ("standard", "2.5", "2027-03-03T13:00"),
        ("standard", "\"0.5w\"", "2027-03-03T13:00"),
        ("standard", "\"2w\"", "2027-03-12T17:00"),
        ("standard", "\"1mo\"", "2027-03-30T14:20"), // 52/12 weeks are 21 days and 5 h 20 min
        ("standard", "\"1_200min\"", "2027-03-03T13:00"),
        ("always", "\"1d\"", "2027-03-02T00:00"),
        ("always", "\"1w\"", "2027-03-08T00:00"),
        ("short", "\"1w\"", "2027-03-05T12:00"), // 36 hours
        ("short", "\"5d\"", "2027-03-08T12:00"), // 40 hours
        ("short", "\"1w..1w..1w\"", "2027-03-05T12:00"),
        ("standard", "\"12eh\"", "2027-03-01T12:00"),
        ("standard", "\"2ed\"", "2027-03-03T00:00"),
        ("standard", "\"1ew\"", "2027-03-08T00:00"),
    ] {
        let text = format!(
            "[plan]\nstart = 2027-03-01\ncalendar = \"{calendar}\"\n[calendar]\nshort.week = [\"{}\", \"Fri 08:00-12:00\"]\n\
             [milestone]\na = {{ duration = {duration}, after = [] }}\n",
            week.split(" Fri").next().unwrap()
        );
        let (_, network, schedule) = written(&text);
        let found = network.axis_instant(schedule.early.finish).to_string();
        assert_eq!(found, finish, "{duration} in {calendar}");
    }
}

/// The plan as written takes the middle that its author wrote, else the median.
#[test]
fn the_plan_as_written_takes_the_middle() {
    for (duration, expected) in [
        (r#""8..10..20d""#, 10.0),
        (r#""12d -30% +100%""#, 12.0),
        (r#""5d to 20d""#, 10.0), // √(5 × 20)
        (r#"{ triangular = ["8d", "10d", "20d"] }"#, 10.0),
        (r#"{ trigen = ["5d", "8d", "20d"] }"#, 8.0),
        (r#"{ p10 = "5d", p50 = "8d", p90 = "20d" }"#, 8.0),
        (r#"{ uniform = ["8d", "20d"] }"#, 14.0),
        (r#"{ normal = { mean = "10d", sd = "2d" } }"#, 10.0),
        (r#"{ exponential = { mean = "10d" } }"#, 10.0 * std::f64::consts::LN_2),
        (r#"{ weibull = { shape = 2, scale = "10d" } }"#, 10.0 * std::f64::consts::LN_2.sqrt()),
        (r#"{ discrete = [["5d", 0.7], ["20d", 0.3]] }"#, 5.0),
        (r#"{ samples = ["3d", "5d", "9d"] }"#, 5.0),
    ] {
        let (_, _, schedule) = written(&format!("[milestone]\na.duration = {duration}\n"));
        let found = schedule.early.finish as f64 / 28_800.0;
        assert!((found - expected).abs() < 1e-4, "{duration}: {found}, expected {expected}");
    }
}
