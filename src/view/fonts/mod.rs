//! The font of all pictures, and how wide its text is.
//!
//! DejaVu Sans is embedded whole (licence beside it), so that a picture is the same on every
//! machine. It is among the widest of common fonts: where a browser falls back to another one,
//! labels get narrower and still fit.

use std::sync::OnceLock;

use unicode_width::UnicodeWidthChar;

/// The font file.
pub(crate) static FONT: &[u8] = include_bytes!("DejaVuSans.ttf");

/// The name by which a renderer finds it.
pub(crate) const FAMILY: &str = "DejaVu Sans";

/// How many characters the table of widths covers: the Basic Multilingual Plane.
const PLANE: usize = 0x1_0000;

/// How wide a line of text is, in the unit of `size` (the height of an em).
///
/// The sum of the advance widths: kerning makes a line a little narrower, never wider. Characters
/// that the font lacks are taken as one em if they are wide, else as 0.7 em.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let advances = ADVANCES.get_or_init(|| read_advances(FONT).unwrap_or_default());
    text.chars().map(|character| em(advances, character)).sum::<f64>() * size
}

/// The widest beginning of `text` that fits, ending in `…` if something had to go.
pub(crate) fn fit(text: &str, size: f64, max_width: f64) -> String {
    if width(text, size) <= max_width {
        return text.to_owned();
    }
    let room = max_width - width("…", size);
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|character| {
            used += width(character.encode_utf8(&mut [0; 4]), size);
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// The characters of a text for which the font has no glyph, each once, in order of appearance.
pub(crate) fn missing(text: &str) -> Vec<char> {
    let advances = ADVANCES.get_or_init(|| read_advances(FONT).unwrap_or_default());
    let is_drawn = |character: char| !character.is_control() && character.width() != Some(0);
    let has_glyph = |character: char| advances.get(character as usize).is_some_and(|&advance| advance > 0.0);
    let mut found: Vec<char> = Vec::new();
    for character in text.chars() {
        if is_drawn(character) && !has_glyph(character) && !found.contains(&character) {
            found.push(character);
        }
    }
    found
}

/// The advance of each character of the plane in ems, 0 where there is no glyph.
static ADVANCES: OnceLock<Vec<f32>> = OnceLock::new();

fn em(advances: &[f32], character: char) -> f64 {
    match advances.get(character as usize) {
        Some(&advance) if advance > 0.0 => f64::from(advance),
        _ => match character.width() {
            Some(0) | None => 0.0,
            Some(1) => 0.7,
            Some(_) => 1.0,
        },
    }
}

/// Reads the advances out of the tables `head`, `hhea`, `hmtx` and a `cmap` of format 4
/// (`OpenType` specification, chapters of the same names).
fn read_advances(font: &[u8]) -> Option<Vec<f32>> {
    let units = f32::from(word(font, table(font, b"head")? + 18)?);
    let metrics = usize::from(word(font, table(font, b"hhea")? + 34)?).max(1);
    let advance_table = table(font, b"hmtx")?;
    let map = unicode_map(font)?;
    let segments = usize::from(word(font, map + 6)?) / 2;
    let (ends, starts) = (map + 14, map + 16 + 2 * segments);
    let (deltas, offsets) = (starts + 2 * segments, starts + 4 * segments);
    let mut advances = vec![0.0; PLANE];
    for segment in (0..2 * segments).step_by(2) {
        let (start, end) = (word(font, starts + segment)?, word(font, ends + segment)?);
        let (delta, offset) = (word(font, deltas + segment)?, word(font, offsets + segment)?);
        for character in start..=end {
            let glyph = if offset == 0 {
                character.wrapping_add(delta)
            } else {
                let place = offsets + segment + usize::from(offset) + 2 * usize::from(character - start);
                word(font, place).filter(|&glyph| glyph != 0).map_or(0, |glyph| glyph.wrapping_add(delta))
            };
            if glyph != 0 {
                let metric = usize::from(glyph).min(metrics - 1);
                advances[usize::from(character)] = f32::from(word(font, advance_table + 4 * metric)?) / units;
            }
        }
    }
    Some(advances)
}

/// Where the table of that name begins.
fn table(font: &[u8], name: &[u8; 4]) -> Option<usize> {
    let count = usize::from(word(font, 4)?);
    let entry = (0..count).map(|entry| 12 + 16 * entry).find(|&at| font.get(at..at + 4) == Some(name))?;
    long(font, entry + 8)
}

/// Where the map from Unicode's first plane to glyphs begins.
fn unicode_map(font: &[u8]) -> Option<usize> {
    let cmap = table(font, b"cmap")?;
    let count = usize::from(word(font, cmap + 2)?);
    let record = (0..count)
        .map(|record| cmap + 4 + 8 * record)
        .find(|&at| word(font, at) == Some(3) && word(font, at + 2) == Some(1))?;
    let map = cmap + long(font, record + 4)?;
    (word(font, map)? == 4).then_some(map)
}

fn word(font: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(font.get(at..at + 2)?.try_into().ok()?))
}

fn long(font: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(font.get(at..at + 4)?.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Advance widths of DejaVu Sans in 1/2048 em, from its `hmtx` table.
        for (text, units) in [("i", 569.0), ("m", 1995.0), ("0", 1303.0), (" ", 651.0), ("Ж", 2206.0)] {
            let expected = units / 2048.0 * 10.0;
            assert!((width(text, 10.0) - expected).abs() < 1e-4, "{text}: {}", width(text, 10.0));
        }
    }

    #[test]
    fn missing_glyphs_are_named_once() {
        assert_eq!(missing("Träger Ж → 名前 名 🚀\n"), ['名', '前', '🚀']);
        assert_eq!(missing("e\u{301}"), [], "marks take no room of their own");
    }

    #[test]
    fn what_is_cut_fits_and_says_so() {
        for text in ["a fairly long name of a milestone", "长的里程碑名称", "", "x"] {
            let cut = fit(text, 12.0, 60.0);
            assert!(width(&cut, 12.0) <= 60.0 && (cut == text || cut.ends_with('…')), "{cut}");
        }
    }

    #[test]
    fn a_broken_font_is_refused_without_a_panic() {
        for length in [0, 3, 12, 200, 5_000] {
            assert_eq!(read_advances(&FONT[..length]), None, "{length}");
        }
    }
}
