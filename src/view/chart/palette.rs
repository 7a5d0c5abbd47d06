//! The colours of all pictures, safe for colour-blind readers.
//!
//! After Okabe & Ito (2008), "Color universal design". Vermilion is kept for limits (deadlines,
//! budgets), so that no stage and no scenario looks like one.

/// A colour with its opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Paint {
    /// Red, green, blue.
    pub(super) rgb: (u8, u8, u8),
    /// From 0, invisible, to 1.
    pub(super) alpha: f64,
}

impl Paint {
    const fn solid(red: u8, green: u8, blue: u8) -> Self {
        Self { rgb: (red, green, blue), alpha: 1.0 }
    }

    /// The same colour at another opacity, to the hundredth.
    pub(super) fn fade(self, alpha: f64) -> Self {
        Self { alpha: (alpha.clamp(0.0, 1.0) * 100.0).round() / 100.0, ..self }
    }

    /// The same hue, dark enough for text and outlines on white.
    pub(super) fn dark(self) -> Self {
        let darken = |part: u8| u8::try_from(u16::from(part) * 55 / 100).unwrap_or(part);
        let (red, green, blue) = self.rgb;
        Self { rgb: (darken(red), darken(green), darken(blue)), alpha: 1.0 }
    }

    /// As SVG writes it, without the opacity.
    pub(super) fn hex(self) -> String {
        let (red, green, blue) = self.rgb;
        format!("#{red:02X}{green:02X}{blue:02X}")
    }
}

/// The background.
pub(super) const PAPER: Paint = Paint::solid(255, 255, 255);
/// Titles and names.
pub(super) const INK: Paint = Paint::solid(0x22, 0x26, 0x2B);
/// Secondary text, axis labels.
pub(super) const GREY: Paint = Paint::solid(0x5A, 0x62, 0x6B);
/// Grid lines and frames.
pub(super) const RULE: Paint = Paint::solid(0xDD, 0xE1, 0xE6);
/// The forecast itself: bars and curves of a single plan.
pub(super) const BLUE: Paint = Paint::solid(0x00, 0x72, 0xB2);
/// Marks of what is there but does not count.
pub(super) const SHADE: Paint = Paint::solid(0xC2, 0xC7, 0xCD);
/// Histogram bars.
pub(super) const SKY: Paint = Paint::solid(0x56, 0xB4, 0xE9);
/// Limits, and what lies beyond them.
pub(super) const LIMIT: Paint = Paint::solid(0xD5, 0x5E, 0x00);
/// The plan as written.
pub(super) const WRITTEN: Paint = Paint::solid(0x7A, 0x3E, 0x6B);

/// Colours of stages and of scenarios, in order; more than these begin again.
const SERIES: [Paint; 7] = [
    BLUE,
    Paint::solid(0xE6, 0x9F, 0x00),
    Paint::solid(0x00, 0x9E, 0x73),
    Paint::solid(0xCC, 0x79, 0xA7),
    SKY,
    Paint::solid(0x8C, 0x8C, 0x8C),
    Paint::solid(0xD8, 0xC8, 0x1E),
];

/// Lengths of stroke and gap in pixels, in order; the first is a whole line.
const DASHES: [&[f64]; 6] =
    [&[], &[8.0, 4.0], &[2.0, 3.0], &[10.0, 3.0, 2.0, 3.0], &[4.0, 4.0], &[14.0, 4.0, 2.0, 3.0, 2.0, 4.0]];

/// The colour of the stage or scenario at this position.
pub(super) const fn series(position: usize) -> Paint {
    SERIES[position % SERIES.len()]
}

/// The dash of the scenario at this position.
pub(super) const fn dash(position: usize) -> &'static [f64] {
    DASHES[position % DASHES.len()]
}
