//! The surface all pictures are drawn on: shapes through plotters' SVG backend, text by us.
//!
//! Coordinates are pixels of a picture [`WIDTH`] wide. Plotters counts in whole units, so the
//! backend gets tenths of a pixel and the picture a view box ten times its size.

use std::fmt::Write as _;

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::{RGBAColor, ShapeStyle};

use crate::view::fonts;

use super::palette::{GREY, INK, PAPER, Paint};

/// How wide every picture is, in pixels.
pub(super) const WIDTH: f64 = 800.0;
/// What stays free at the left and right edge, in pixels.
pub(super) const MARGIN: f64 = 20.0;
/// Size of titles.
pub(super) const TITLE: f64 = 18.0;
/// Size of most text.
pub(super) const BODY: f64 = 12.0;
/// Size of labels at axes and lines.
pub(super) const LABEL: f64 = 11.0;
/// Units of the backend in a pixel.
const UNITS: f64 = 10.0;

/// A point in pixels, from the upper left corner.
pub(super) type Point = (f64, f64);

/// What holds a text at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A picture in the making.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    shapes: Vec<Shape>,
    texts: Vec<Text>,
}

#[derive(Debug)]
enum Shape {
    Area(Vec<Point>, Paint),
    Line(Vec<Point>, Paint, f64),
    Dot(Point, f64, Paint),
}

#[derive(Debug)]
struct Text {
    at: Point,
    anchor: Anchor,
    size: f64,
    paint: Paint,
    content: String,
    /// What a pointer resting on it shows: the whole of a cut name.
    whole: Option<String>,
}

impl Canvas {
    /// A filled rectangle.
    pub(super) fn block(&mut self, (left, top): Point, (right, bottom): Point, paint: Paint) {
        self.area(vec![(left, top), (right, top), (right, bottom), (left, bottom)], paint);
    }

    /// The outline of a rectangle.
    pub(super) fn frame(&mut self, (left, top): Point, (right, bottom): Point, paint: Paint, width: f64) {
        let corners =
            vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)];
        self.line(corners, paint, width);
    }

    /// A filled polygon.
    pub(super) fn area(&mut self, points: Vec<Point>, paint: Paint) {
        self.shapes.push(Shape::Area(points, paint));
    }

    /// A line through points, `width` pixels thick.
    pub(super) fn line(&mut self, points: Vec<Point>, paint: Paint, width: f64) {
        self.shapes.push(Shape::Line(points, paint, width));
    }

    /// A line of strokes and gaps (in pixels); no pattern gives a whole line.
    pub(super) fn dashed(&mut self, points: Vec<Point>, pattern: &[f64], paint: Paint, width: f64) {
        if pattern.is_empty() {
            return self.line(points, paint, width);
        }
        for stroke in strokes(&points, pattern) {
            self.line(stroke, paint, width);
        }
    }

    /// A filled circle.
    pub(super) fn dot(&mut self, centre: Point, radius: f64, paint: Paint) {
        self.shapes.push(Shape::Dot(centre, radius, paint));
    }

    /// A line of text whose small letters stand around the height of `at`.
    pub(super) fn text(&mut self, at: Point, anchor: Anchor, size: f64, paint: Paint, content: &str) {
        let content = plain(content);
        self.texts.push(Text { at, anchor, size, paint, content, whole: None });
    }

    /// A name, cut to a width; a pointer resting on a cut name shows it whole.
    pub(super) fn name(&mut self, at: Point, size: f64, paint: Paint, name: &str, max_width: f64) {
        let name = plain(name);
        let content = fonts::fit(&name, size, max_width);
        let whole = (content != name).then_some(name);
        self.texts.push(Text { at, anchor: Anchor::Left, size, paint, content, whole });
    }

    /// The heading: what the picture shows, and of which plan.
    pub(super) fn heading(&mut self, title: &str, subtitle: &str) {
        let room = WIDTH - 2.0 * MARGIN;
        let whole = plain(title);
        let content = titled(&whole, room);
        let whole = (content != whole).then_some(whole);
        let at = (MARGIN, 26.0);
        self.texts.push(Text { at, anchor: Anchor::Left, size: TITLE, paint: INK, content, whole });
        self.name((MARGIN, 48.0), BODY, GREY, subtitle, room);
    }

    /// The finished picture with its accessible title and description.
    pub(super) fn finish(self, height: f64, title: &str, description: &str) -> String {
        let height = height.ceil().clamp(1.0, 1e6);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n",
            WIDTH * UNITS,
            height * UNITS,
            escape(&plain(title)),
            escape(&plain(description)),
        );
        svg.push_str(&self.drawn_shapes(height));
        let _ = writeln!(
            svg,
            "<g font-family=\"{}, Verdana, sans-serif\" stroke=\"{}\" stroke-width=\"30\" \
             stroke-opacity=\"0.8\" stroke-linejoin=\"round\" paint-order=\"stroke\">",
            fonts::FAMILY,
            PAPER.hex(),
        );
        for text in &self.texts {
            svg.push_str(&text.element());
        }
        svg.push_str("</g>\n</svg>\n");
        svg
    }

    /// The shapes as plotters writes them, without the document around them.
    fn drawn_shapes(&self, height: f64) -> String {
        let mut buffer = String::new();
        let mut backend = SVGBackend::with_string(&mut buffer, (span(WIDTH), span(height)));
        let paper = Shape::Area(vec![(0.0, 0.0), (WIDTH, 0.0), (WIDTH, height), (0.0, height)], PAPER);
        for shape in std::iter::once(&paper).chain(&self.shapes) {
            let drawn = match shape {
                Shape::Area(points, paint) => {
                    backend.fill_polygon(points.iter().copied().map(unit), &style(*paint, 0))
                }
                Shape::Line(points, paint, width) => {
                    backend.draw_path(points.iter().copied().map(unit), &style(*paint, span(*width)))
                }
                Shape::Dot(centre, radius, paint) => {
                    backend.draw_circle(unit(*centre), span(*radius), &style(*paint, 0), true)
                }
            };
            drawn.expect("writing to a string does not fail");
        }
        backend.present().expect("writing to a string does not fail");
        drop(backend);
        let inner = buffer.split_once(">\n").map_or("", |(_, after)| after);
        inner.trim_end().trim_end_matches("</svg>").to_owned()
    }
}

impl Text {
    fn element(&self) -> String {
        let anchor = match self.anchor {
            Anchor::Left => "start",
            Anchor::Middle => "middle",
            Anchor::Right => "end",
        };
        let (x, y) = unit((self.at.0, self.at.1 + 0.36 * self.size));
        let whole =
            self.whole.as_ref().map_or(String::new(), |name| format!("<title>{}</title>", escape(name)));
        format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{}\" fill=\"{}\">{whole}{}</text>\n",
            span(self.size),
            self.paint.hex(),
            escape(&self.content),
        )
    }
}

/// The paint as plotters knows it, with a stroke so many units wide.
const fn style(paint: Paint, stroke_width: u32) -> ShapeStyle {
    let (red, green, blue) = paint.rgb;
    ShapeStyle { color: RGBAColor(red, green, blue, paint.alpha), filled: true, stroke_width }
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to a range that an i32 holds")]
fn unit((x, y): Point) -> (i32, i32) {
    let whole = |pixels: f64| (pixels * UNITS).round().clamp(-1e8, 1e8) as i32;
    (whole(x), whole(y))
}

fn span(pixels: f64) -> u32 {
    u32::try_from(unit((pixels, 0.0)).0).unwrap_or(0)
}

/// The strokes of a dashed line: pieces of it, by length along the line.
fn strokes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let mut done = Vec::new();
    let mut lengths = pattern.iter().copied().cycle();
    let mut left = lengths.next().unwrap_or(f64::INFINITY);
    let mut inked = true;
    let mut current: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let distance = (to.0 - from.0).hypot(to.1 - from.1);
            if distance <= left {
                left -= distance;
                current.push(to);
                break;
            }
            let share = left / distance;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            current.push(from);
            if inked {
                done.push(std::mem::take(&mut current));
            }
            current = vec![from];
            inked = !inked;
            left = lengths.next().unwrap_or(f64::INFINITY).max(0.5);
        }
    }
    if inked && current.len() > 1 {
        done.push(current);
    }
    done
}

/// One line that XML can hold: control characters and non-characters become spaces.
fn plain(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\u{FFFE}' | '\u{FFFF}' => ' ',
            character if character.is_control() => ' ',
            character => character,
        })
        .collect()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A title `NAME: what is shown` in so much room: where it is long the name is cut, for what is shown must be read.
fn titled(title: &str, room: f64) -> String {
    let Some((name, shown)) = title.rsplit_once(": ") else { return fonts::fit(title, TITLE, room) };
    let end = format!(": {shown}");
    let left = room - fonts::width(&end, TITLE);
    if fonts::width(title, TITLE) <= room || left < room / 4.0 {
        return fonts::fit(title, TITLE, room);
    }
    format!("{}{end}", fonts::fit(name, TITLE, left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_follow_the_line_around_its_corners() {
        let line = [(0.0, 0.0), (5.0, 0.0), (5.0, 10.0)];
        let expected =
            vec![vec![(0.0, 0.0), (4.0, 0.0)], vec![(5.0, 1.0), (5.0, 5.0)], vec![(5.0, 7.0), (5.0, 10.0)]];
        assert_eq!(strokes(&line, &[4.0, 2.0]), expected);
    }

    #[test]
    fn a_long_title_keeps_what_is_shown() {
        let room = WIDTH - 2.0 * MARGIN;
        assert_eq!(titled("Shop: timeline", room), "Shop: timeline");
        let long = titled(&format!("{}: value against effort", "a long name ".repeat(20)), room);
        assert!(long.ends_with("…: value against effort") && fonts::width(&long, TITLE) <= room, "{long}");
        let endless = titled(&format!("Shop: {}", "differences ".repeat(20)), room);
        assert!(
            endless.starts_with("Shop: differences") && fonts::width(&endless, TITLE) <= room,
            "{endless}"
        );
    }

    #[test]
    fn what_xml_cannot_hold_is_not_written() {
        assert_eq!(
            escape(&plain("a<b & \"c\"\u{0}\u{7}\n'd'>")),
            "a&lt;b &amp; &quot;c&quot;   &#39;d&#39;&gt;"
        );
    }
}
