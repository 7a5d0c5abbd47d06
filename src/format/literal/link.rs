//! Links: `collect`, `collect FS+2d`, `dig SS+50%`, `screed FS+28..35..56ed`.

use super::estimate::estimate;
use super::quantity::{Measure, Unit};
use super::scan::Scan;
use super::selector::selector;
use super::{Selector, Slip, WrittenEstimate};
use crate::model::LinkKind;
use crate::text::Code;

/// A link as written.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenLink {
    /// What it leads from (in `after`) or to (in `before`).
    pub target: Selector,
    /// Which ends it ties together.
    pub kind: LinkKind,
    /// The wait, if any.
    pub lag: Option<WrittenLag>,
}

/// The wait of a link as written.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenLag {
    /// Whether it is a lead: so much earlier.
    pub is_negative: bool,
    /// How long: an estimate of time, or all in percent, a share of the predecessor's duration.
    pub amount: WrittenEstimate,
}

impl WrittenLag {
    /// Whether it is a share of the predecessor's duration.
    pub fn is_share(&self) -> bool {
        self.amount.quantities().any(|quantity| quantity.unit == Unit::Percent)
    }
}

const KINDS: [LinkKind; 4] =
    [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish, LinkKind::StartFinish];

/// A link.
///
/// # Errors
/// What it is instead.
pub fn link(text: &str) -> Result<WrittenLink, Slip> {
    let mut scan = Scan::new(text);
    scan.spaces();
    let start = scan.at();
    let name = scan.take_while(|letter| !letter.is_whitespace() && !"+,;&".contains(letter));
    let target = selector(name).map_err(|slip| no_target(slip, name, start))?;
    scan.spaces();
    if scan.is_done() {
        return Ok(WrittenLink { target, kind: LinkKind::FinishStart, lag: None });
    }
    let rest = scan.rest_range();
    if scan.rest().starts_with(['+', '-', '−']) {
        let lag = scan.text(rest.clone());
        return Err(Slip::new(Code::BadLink, rest, "a lag needs the type of its link before it")
            .help(format!("write `{name} FS{lag}`: so long after the finish of `{name}`")));
    }
    let kind_start = scan.at();
    let letters = scan.letters();
    let Some(kind) = KINDS.into_iter().find(|kind| kind.letters() == letters) else {
        return Err(no_kind(&scan, name, letters, kind_start));
    };
    scan.spaces();
    if scan.is_done() {
        return Ok(WrittenLink { target, kind, lag: None });
    }
    let is_negative = scan.take("-") || scan.take("−");
    if !is_negative && !scan.take("+") {
        let lag = scan.text(scan.rest_range()).to_owned();
        let slip = Slip::new(Code::BadLink, scan.rest_range(), format!("this can't follow `{letters}`"));
        let is_number = lag.starts_with(|letter: char| letter.is_ascii_digit());
        return Err(slip.help_if(is_number.then(|| format!("write `{name} {letters}+{lag}`"))));
    }
    let amount = lag(&scan, kind)?;
    Ok(WrittenLink { target, kind, lag: Some(WrittenLag { is_negative, amount }) })
}

fn lag(scan: &Scan<'_>, kind: LinkKind) -> Result<WrittenEstimate, Slip> {
    let start = scan.at();
    let amount = estimate(scan.rest(), Measure::Lag).map_err(|slip| slip.moved(start))?;
    let quantities = amount.quantities();
    let shares = quantities.clone().filter(|quantity| quantity.unit == Unit::Percent).count();
    if shares > 0 && shares < quantities.count() {
        return Err(Slip::new(Code::BadLink, scan.rest_range(), "a lag is a time or a share, not both"));
    }
    if shares > 0 && !matches!(kind, LinkKind::StartStart | LinkKind::FinishFinish) {
        return Err(Slip::new(
            Code::BadLink,
            scan.rest_range(),
            "only SS and FF take a share of the duration as their lag",
        )
        .help("`SS+50%`: when half of it is done"));
    }
    Ok(amount)
}

fn no_target(slip: Slip, name: &str, start: usize) -> Slip {
    if KINDS.iter().any(|kind| kind.letters() == name) {
        return Slip::new(
            Code::BadLink,
            start..start + name.len(),
            "a link begins with the id of a milestone",
        )
        .help(format!("write `ID {name}+2d`"));
    }
    slip.moved(start)
}

fn no_kind(scan: &Scan<'_>, name: &str, letters: &str, start: usize) -> Slip {
    let upper = letters.to_ascii_uppercase();
    let whole = start..scan.rest_range().end.max(scan.at());
    if KINDS.iter().any(|kind| kind.letters() == upper) {
        return Slip::new(Code::BadLink, start..scan.at(), "the type of a link is written in capitals")
            .help(format!("write `{upper}`"));
    }
    let is_several =
        scan.text(whole.clone()).starts_with([',', ';', '&']) || matches!(letters, "and" | "und");
    let slip = Slip::new(Code::BadLink, whole, format!("this can't follow `{name}`"));
    if is_several {
        return slip.help("several links stand in a list: `[\"a\", \"b\"]`");
    }
    slip.help("a link is `ID`, `ID FS+2d`, or the same with SS, FF or SF")
}

#[cfg(test)]
mod tests {
    use super::super::quantity::Quantity;
    use super::super::{Spread, said};
    use super::*;

    fn of(value: f64, unit: Unit) -> Quantity {
        Quantity { value, unit }
    }

    #[test]
    fn links_are_read() {
        use LinkKind::*;
        let fixed = |value, unit| Some(WrittenEstimate::Fixed(of(value, unit)));
        let days = |value| of(value, Unit::ElapsedDay);
        for (text, name, kind, is_negative, amount) in [
            ("dig", "dig", FinishStart, false, None),
            ("dig FS", "dig", FinishStart, false, None),
            ("dig-3d", "dig-3d", FinishStart, false, None),
            ("dig FS+3d", "dig", FinishStart, false, fixed(3.0, Unit::Day)),
            ("dig FS-3d", "dig", FinishStart, true, fixed(3.0, Unit::Day)),
            ("dig FF + 2w", "dig", FinishFinish, false, fixed(2.0, Unit::Week)),
            ("dig SS+50%", "dig", StartStart, false, fixed(50.0, Unit::Percent)),
            ("dig SF+1", "dig", StartFinish, false, fixed(1.0, Unit::Day)),
            (
                "dig FS+28..35..56ed",
                "dig",
                FinishStart,
                false,
                Some(WrittenEstimate::Points(days(28.0), days(35.0), days(56.0))),
            ),
            (
                "dig FS+2d ±50%",
                "dig",
                FinishStart,
                false,
                Some(WrittenEstimate::Miss(of(2.0, Unit::Day), Spread { minus: 0.5, plus: 0.5 })),
            ),
        ] {
            let lag = amount.map(|amount| WrittenLag { is_negative, amount });
            assert_eq!(
                link(text),
                Ok(WrittenLink { target: Selector::Id(name.into()), kind, lag }),
                "{text}"
            );
        }
        assert_eq!(link("stage:data SS").unwrap().target, Selector::Stage("data".into()));
        assert!(link("x SS+50%").unwrap().lag.unwrap().is_share());
    }

    #[test]
    fn what_is_no_link_is_said() {
        for (text, expected) in [
            (
                "dig +3d",
                "bad-link `+3d`: a lag needs the type of its link before it | write `dig FS+3d`: so long after the finish of `dig`",
            ),
            (
                "dig+3d",
                "bad-link `+3d`: a lag needs the type of its link before it | write `dig FS+3d`: so long after the finish of `dig`",
            ),
            ("dig fs+3d", "bad-link `fs`: the type of a link is written in capitals | write `FS`"),
            ("dig FS 3d", "bad-link `3d`: this can't follow `FS` | write `dig FS+3d`"),
            (
                "dig FS+3m",
                "ambiguous-unit `m`: `m` may mean minutes or months | `3min` is minutes, `3mo` is months",
            ),
            (
                "dig FS+50%",
                "bad-link `50%`: only SS and FF take a share of the duration as their lag | `SS+50%`: when half of it is done",
            ),
            (
                "dig FS+-3d",
                "bad-link `-3d`: a lag has one sign | `+3d` is so much later, `-3d` so much earlier",
            ),
            ("dig FS+", "bad-duration ``: a duration is missing here"),
            (
                "dig, pour",
                "bad-link `, pour`: this can't follow `dig` | several links stand in a list: `[\"a\", \"b\"]`",
            ),
            (
                "dig and pour",
                "bad-link `and pour`: this can't follow `dig` | several links stand in a list: `[\"a\", \"b\"]`",
            ),
            (
                "dig pour",
                "bad-link `pour`: this can't follow `dig` | a link is `ID`, `ID FS+2d`, or the same with SS, FF or SF",
            ),
            ("FS+3d", "bad-link `FS`: a link begins with the id of a milestone | write `ID FS+2d`"),
            ("", "bad-id ``: an id is missing here"),
        ] {
            assert_eq!(said(text, link(text)), expected, "{text}");
        }
    }
}
