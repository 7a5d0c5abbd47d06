//! A picture as the bytes of a PNG.

use crate::cli::failure::Failure;
use crate::cli::mark;
use crate::cli::terminal::Terminal;
use crate::view::png;

/// How many characters without a glyph are named.
const NAMED: usize = 8;

/// The picture as PNG with our mark; says which of its characters the embedded font lacks.
pub(super) fn rendered(svg: &str, scale: f32, terminal: &mut Terminal) -> Result<Vec<u8>, Failure> {
    let missing = png::missing_glyphs(svg);
    if !missing.is_empty() {
        let named: String = missing.iter().take(NAMED).collect();
        let more = if missing.len() > NAMED { "…" } else { "" };
        terminal.remark(&format!(
            "the font in PNG pictures lacks {named}{more}, drawn as boxes; write .svg, which is shown in fonts of its viewer\n"
        ));
    }
    let picture = png::png(svg, scale).map_err(|error| Failure::call(error.to_string()))?;
    Ok(mark::marked_png(picture))
}
