//! Names beside points: clear of each other, and of the points where there is room.

use crate::view::fonts;

use super::canvas::{Anchor, Canvas, LABEL, Point};
use super::palette::Paint;

/// How high a name is, in pixels.
const HEIGHT: f64 = 14.0;
/// How far from the edge of its point a name may stand, in pixels, nearest first.
const AWAY: [f64; 8] = [3.0, 10.0, 20.0, 34.0, 52.0, 74.0, 100.0, 130.0];
/// From this distance on a thin line leads from the point to its name.
const LED: f64 = 20.0;
/// Directions that are tried at each distance, the best first.
const WAYS: [Point; 8] =
    [(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.7, -0.7), (0.7, 0.7), (-0.7, -0.7), (-0.7, 0.7)];

/// Left, top, right, bottom.
type Area = (f64, f64, f64, f64);

/// Names around points in a plot.
#[derive(Debug)]
pub(super) struct Labels {
    within: Area,
    points: Vec<(Point, f64)>,
    taken: Vec<Area>,
}

impl Labels {
    /// Names within a plot of these points, each with its radius.
    pub(super) fn new(
        (left, right): (f64, f64),
        (top, bottom): (f64, f64),
        points: Vec<(Point, f64)>,
    ) -> Self {
        Self { within: (left, top, right, bottom), points, taken: Vec::new() }
    }

    /// Keeps names away from words that stand at a place already.
    pub(super) fn keep_free(&mut self, at: Point, anchor: Anchor, words: &str) {
        let width = fonts::width(words, LABEL);
        let left = match anchor {
            Anchor::Left => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::Right => at.0 - width,
        };
        self.taken.push((left, at.1 - HEIGHT / 2.0, left + width, at.1 + HEIGHT / 2.0));
    }

    /// Keeps names off a line where there is room elsewhere.
    pub(super) fn avoid(&mut self, line: &[Point]) {
        for pair in line.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let steps = ((to.0 - from.0).hypot(to.1 - from.1) / (HEIGHT * 0.8)).ceil().clamp(1.0, 500.0);
            let at = |share: f64| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            self.points.extend(
                (0..=500_u16)
                    .map(f64::from)
                    .take_while(|step| *step <= steps)
                    .map(|step| (at(step / steps), 0.5)),
            );
        }
    }

    /// Writes a name beside a point; whether there was room.
    pub(super) fn write(
        &mut self,
        canvas: &mut Canvas,
        point: (Point, f64),
        paint: Paint,
        words: &str,
    ) -> bool {
        let places =
            || AWAY.into_iter().flat_map(|away| WAYS.map(|way| (away, beside(point, away, way, words))));
        let is_free =
            |area: &Area| is_inside(*area, self.within) && !self.taken.iter().any(|it| meet(*it, *area));
        let is_clear = |area: &Area| !self.points.iter().any(|point| covers(*point, *area));
        let place = places().find(|(_, area)| is_free(area) && is_clear(area));
        let Some((away, area)) = place.or_else(|| places().find(|(_, area)| is_free(area))) else {
            return false;
        };
        self.taken.push(area);
        let (left, top, right, bottom) = area;
        let middle = f64::midpoint(top, bottom);
        if away >= LED {
            let end = (point.0.0.clamp(left, right), point.0.1.clamp(top + 2.0, bottom - 2.0));
            canvas.line(vec![point.0, end], paint.fade(0.5), 0.8);
        }
        canvas.text((left, middle), Anchor::Left, LABEL, paint, words);
        true
    }
}

/// Where words stand that far from the edge of a point.
fn beside(((x, y), radius): (Point, f64), away: f64, way: Point, words: &str) -> Area {
    let (half, reach) = (fonts::width(words, LABEL) / 2.0, radius + away);
    let side = |way: f64, half: f64| if way == 0.0 { 0.0 } else { half * way.signum() };
    let (x, y) = (x + way.0 * reach + side(way.0, half), y + way.1 * reach + side(way.1, HEIGHT / 2.0));
    (x - half, y - HEIGHT / 2.0, x + half, y + HEIGHT / 2.0)
}

fn is_inside(area: Area, within: Area) -> bool {
    area.0 >= within.0 && area.1 >= within.1 && area.2 <= within.2 && area.3 <= within.3
}

fn meet(a: Area, b: Area) -> bool {
    const GAP: f64 = 3.0;
    a.0 < b.2 + GAP && b.0 < a.2 + GAP && a.1 < b.3 && b.1 < a.3
}

fn covers((centre, radius): (Point, f64), area: Area) -> bool {
    let near = (centre.0.clamp(area.0, area.2), centre.1.clamp(area.1, area.3));
    (near.0 - centre.0).hypot(near.1 - centre.1) < radius + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::chart::palette::INK;

    #[test]
    fn names_of_points_in_one_place_keep_clear_of_each_other() {
        let point = ((300.0, 200.0), 12.0);
        let mut labels = Labels::new((50.0, 750.0), (50.0, 400.0), vec![point; 20]);
        let mut canvas = Canvas::default();
        for number in 0..20 {
            assert!(labels.write(&mut canvas, point, INK, &format!("solution-{number}")), "{number}");
        }
        for (index, one) in labels.taken.iter().enumerate() {
            assert!(labels.taken[..index].iter().all(|other| !meet(*one, *other)), "{index}");
            assert!(!covers(point, *one), "{index}");
        }
    }

    #[test]
    fn what_has_no_room_is_not_written() {
        let mut labels = Labels::new((0.0, 40.0), (0.0, 40.0), Vec::new());
        assert!(!labels.write(&mut Canvas::default(), ((20.0, 20.0), 4.0), INK, "far too long a name"));
    }
}
