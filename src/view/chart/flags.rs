//! Labelled upright lines: percentiles, deadlines, budgets, today.
//!
//! Labels stand above the plot, each beside its line, in as few lanes as keep every label free of
//! every other label and of every other line.

use crate::view::fonts;

use super::axis::{Scale, Side};
use super::canvas::{Anchor, Canvas, LABEL, MARGIN, WIDTH};
use super::palette::Paint;

/// How high one lane of labels is, in pixels.
const LANE: f64 = 17.0;
/// Between a line and its label.
const GAP: f64 = 4.0;

/// A line across the plot and what stands beside it.
#[derive(Clone, Debug)]
pub(super) struct Flag {
    /// Where, in pixels; of a value beyond the picture, its edge.
    x: f64,
    /// Whether the value lies within the picture.
    side: Side,
    label: String,
    paint: Paint,
    pattern: &'static [f64],
    width: f64,
}

impl Flag {
    /// A thin line for a percentile.
    pub(super) fn percentile(scale: &Scale, value: f64, label: String, paint: Paint) -> Self {
        Self::new(scale, value, label, paint, &[2.0, 3.0], 1.3)
    }

    /// A dashed line for what the plan as written says.
    pub(super) fn written(scale: &Scale, value: f64, label: String, paint: Paint) -> Self {
        Self::new(scale, value, label, paint, &[7.0, 4.0], 1.5)
    }

    /// A whole line for a limit.
    pub(super) fn limit(scale: &Scale, value: f64, label: String, paint: Paint) -> Self {
        Self::new(scale, value, label, paint, &[], 1.8)
    }

    fn new(
        scale: &Scale,
        value: f64,
        label: String,
        paint: Paint,
        pattern: &'static [f64],
        width: f64,
    ) -> Self {
        let side = scale.side(value);
        let label = match side {
            Side::Before => format!("← {label}"),
            Side::Within => label,
            Side::Beyond => format!("{label} →"),
        };
        Self { x: scale.at(value), side, label, paint, pattern, width }
    }

    /// Left and right end of the label on either side of the line.
    fn extent(&self, rightwards: bool) -> (f64, f64) {
        let width = fonts::width(&self.label, LABEL);
        if rightwards { (self.x + GAP, self.x + GAP + width) } else { (self.x - GAP - width, self.x - GAP) }
    }
}

/// Flags with their places, ready to be drawn.
#[derive(Debug)]
pub(super) struct Flags {
    flags: Vec<Flag>,
    placing: Placing,
}

/// For each flag, on which side of its line the label stands and in which lane.
#[derive(Clone, Debug, Default, PartialEq)]
struct Placing {
    rightwards: Vec<bool>,
    lanes: Vec<usize>,
}

impl Placing {
    fn height(&self) -> usize {
        self.lanes.iter().max().map_or(0, |lane| lane + 1)
    }
}

impl Flags {
    /// Finds the places: the fewest lanes, then the most labels to the right of their lines.
    ///
    /// All choices of sides are tried: a picture has a handful of flags.
    pub(super) fn place(mut flags: Vec<Flag>) -> Self {
        flags.truncate(8);
        let choices = 0..1_usize << flags.len();
        let placing = choices
            .filter_map(|choice| {
                let rightwards = (0..flags.len()).map(|flag| choice >> flag & 1 == 0).collect();
                lanes(&flags, rightwards)
            })
            .min_by_key(|placing| {
                let flipped = placing.rightwards.iter().filter(|&&right| !right).count();
                (placing.height(), flipped, placing.lanes.iter().sum::<usize>())
            });
        let placing = placing.unwrap_or_else(|| Placing {
            rightwards: vec![true; flags.len()],
            lanes: (0..flags.len()).collect(),
        });
        Self { flags, placing }
    }

    /// How much room the labels need above the plot, in pixels.
    pub(super) fn height(&self) -> f64 {
        f64::from(u32::try_from(self.placing.height()).unwrap_or(0)) * LANE + 5.0
    }

    /// Where lines run through the plot, in pixels.
    pub(super) fn lines(&self) -> Vec<f64> {
        self.flags.iter().filter(|flag| flag.side == Side::Within).map(|flag| flag.x).collect()
    }

    /// Draws the lines through the plot.
    pub(super) fn draw_lines(&self, canvas: &mut Canvas, (top, bottom): (f64, f64)) {
        for (flag, &lane) in self.flags.iter().zip(&self.placing.lanes) {
            if flag.side == Side::Within {
                let from = middle_of(lane, top) - LANE * 0.35;
                canvas.dashed(vec![(flag.x, from), (flag.x, bottom)], flag.pattern, flag.paint, flag.width);
            }
        }
    }

    /// Writes the labels above the plot.
    pub(super) fn draw_labels(&self, canvas: &mut Canvas, top: f64) {
        for (position, flag) in self.flags.iter().enumerate() {
            let rightwards = self.placing.rightwards[position];
            let (from, to) = flag.extent(rightwards);
            let y = middle_of(self.placing.lanes[position], top);
            let (x, anchor) = if rightwards { (from, Anchor::Left) } else { (to, Anchor::Right) };
            canvas.text((x, y), anchor, LABEL, flag.paint.dark(), &flag.label);
        }
    }
}

fn middle_of(lane: usize, top: f64) -> f64 {
    top - 3.0 - LANE * (f64::from(u32::try_from(lane).unwrap_or(0)) + 0.5)
}

/// The lowest lanes for one choice of sides; `None` if a label leaves the picture or two labels
/// would each have to stand above the other's line.
fn lanes(flags: &[Flag], rightwards: Vec<bool>) -> Option<Placing> {
    let extents: Vec<(f64, f64)> =
        flags.iter().zip(&rightwards).map(|(flag, &right)| flag.extent(right)).collect();
    let fits = |&(from, to): &(f64, f64)| from >= MARGIN * 0.4 && to <= WIDTH - MARGIN * 0.4;
    if !extents.iter().all(fits) {
        return None;
    }
    let mut lanes: Vec<Option<usize>> = vec![None; flags.len()];
    while lanes.contains(&None) {
        let next = (0..flags.len()).find(|&flag| {
            lanes[flag].is_none() && crossed(flags, &extents, flag).all(|line| lanes[line].is_some())
        })?;
        let lowest = crossed(flags, &extents, next).filter_map(|line| lanes[line]).max();
        let mut lane = lowest.map_or(0, |lane| lane + 1);
        let clashes = |lane: usize| {
            (0..flags.len())
                .any(|other| lanes[other] == Some(lane) && overlap(extents[next], extents[other], 8.0))
        };
        while clashes(lane) {
            lane += 1;
        }
        lanes[next] = Some(lane);
    }
    Some(Placing { rightwards, lanes: lanes.into_iter().flatten().collect() })
}

/// The other flags whose lines run through this one's label.
fn crossed(flags: &[Flag], extents: &[(f64, f64)], flag: usize) -> impl Iterator<Item = usize> {
    let (from, to) = extents[flag];
    (0..flags.len()).filter(move |&other| {
        let line = flags[other].x;
        other != flag && flags[other].side == Side::Within && overlap((from, to), (line, line), 2.0)
    })
}

fn overlap(a: (f64, f64), b: (f64, f64), gap: f64) -> bool {
    a.0 < b.1 + gap && b.0 < a.1 + gap
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::chart::palette::{BLUE, LIMIT};

    fn flags_at(places: &[f64]) -> Vec<Flag> {
        let scale = Scale::new((0.0, 800.0), (0.0, 800.0));
        let flag = |&x: &f64| Flag::percentile(&scale, x, format!("P50 {x} Sep 2027"), BLUE);
        places.iter().map(flag).collect()
    }

    #[test]
    fn no_label_meets_a_label_or_the_line_of_another() {
        for places in [
            vec![100.0],
            vec![400.0, 400.0, 400.0],
            vec![390.0, 400.0, 401.0, 500.0],
            vec![700.0, 720.0, 790.0, 300.0],
            vec![5.0, 10.0, 795.0, 20.0, 760.0],
        ] {
            let placed = Flags::place(flags_at(&places));
            let count = places.len();
            for (a, b) in (0..count).flat_map(|a| (0..count).map(move |b| (a, b))).filter(|(a, b)| a != b) {
                let extent = |flag: usize| placed.flags[flag].extent(placed.placing.rightwards[flag]);
                let lane = |flag: usize| placed.placing.lanes[flag];
                let labels_meet = lane(a) == lane(b) && overlap(extent(a), extent(b), 0.0);
                let line = placed.flags[b].x;
                let line_meets = lane(b) >= lane(a) && overlap(extent(a), (line, line), 0.0);
                assert!(!labels_meet && !line_meets, "{places:?}: {a} and {b} in {:?}", placed.placing);
            }
        }
    }

    #[test]
    fn flags_far_apart_share_a_lane() {
        assert_eq!(Flags::place(flags_at(&[100.0, 300.0, 500.0])).placing.lanes, [0, 0, 0]);
    }

    #[test]
    fn a_limit_beyond_the_picture_is_pointed_at() {
        let scale = Scale::new((0.0, 10.0), (50.0, 700.0));
        assert_eq!(Flag::limit(&scale, 99.0, "deadline".into(), LIMIT).label, "deadline →");
        assert_eq!(Flag::limit(&scale, -9.0, "deadline".into(), LIMIT).label, "← deadline");
    }
}
