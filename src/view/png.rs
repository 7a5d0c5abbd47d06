//! A picture as PNG, rendered in this process with the embedded font alone.
//!
//! Neither the machine's fonts nor its files are looked at, so the same picture gives the same
//! bytes everywhere. Characters that the embedded font lacks (Chinese, Japanese, Korean) are
//! boxes here, while SVG viewers show them in a font of their own.

use std::fmt;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, ImageHrefResolver, Node, Options, TextChunk, Tree, fontdb};

use super::fonts;

/// The largest picture, in pixels: 256 MiB of memory.
const MOST_PIXELS: f64 = 67_108_864.0;

/// Why there is no PNG.
#[derive(Clone, Debug, PartialEq)]
pub enum PngError {
    /// The text is no SVG picture; why.
    NotSvg(String),
    /// The picture at that scale has no pixel, or more than 67 million: width and height.
    Size(f64, f64),
    /// The encoder refused; why.
    Encoding(String),
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSvg(reason) => write!(f, "not an SVG picture: {reason}"),
            Self::Size(width, height) => {
                write!(f, "a picture of {width:.0} by {height:.0} pixels is not drawn")
            }
            Self::Encoding(reason) => write!(f, "cannot encode PNG: {reason}"),
        }
    }
}

impl std::error::Error for PngError {}

/// The picture as PNG; `scale` 2 gives twice as many pixels each way.
///
/// # Errors
/// If `svg` is no SVG document, or the picture at that scale is empty or too large.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let tree = tree(svg)?;
    let size = tree.size();
    let pixels = |length: f32| f64::from(length * scale).round();
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    if !(width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS) {
        return Err(PngError::Size(width, height));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked right above")]
    let mut pixmap = Pixmap::new(width as u32, height as u32).ok_or(PngError::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| PngError::Encoding(error.to_string()))
}

/// The characters of a picture's text that will be boxes in PNG, each once.
///
/// The embedded font holds Latin, Greek, Cyrillic, Arabic, Hebrew and many signs, but no Chinese,
/// Japanese, Korean or emoji. What is not drawn – titles for pointers and readers – does not count.
pub fn missing_glyphs(svg: &str) -> Vec<char> {
    fn drawn(group: &Group, words: &mut String) {
        for node in group.children() {
            match node {
                Node::Group(group) => drawn(group, words),
                Node::Text(text) => words.extend(text.chunks().iter().map(TextChunk::text)),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
    let mut words = String::new();
    if let Ok(tree) = tree(svg) {
        drawn(tree.root(), &mut words);
    }
    fonts::missing(&words)
}

/// The picture's parts, with its text laid out in the embedded font.
pub(super) fn tree(svg: &str) -> Result<Tree, PngError> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(fonts::FONT)));
    fonts.set_serif_family(fonts::FAMILY);
    fonts.set_sans_serif_family(fonts::FAMILY);
    let options = Options {
        font_family: fonts::FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        // A picture of ours holds no images, and no other may make us read files.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| PngError::NotSvg(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>\
                        <text x='2' y='15' font-family='Nowhere'>Ag</text></svg>";

    #[test]
    fn a_picture_is_drawn_with_the_embedded_font() {
        let drawn = png(TEXT, 2.0).unwrap();
        let empty = png(&TEXT.replace("Ag", ""), 2.0).unwrap();
        assert_eq!(&drawn[..8], b"\x89PNG\r\n\x1a\n");
        assert_ne!(drawn, empty, "the text left no trace");
    }

    #[test]
    fn what_will_be_boxes_is_known_before() {
        assert_eq!(missing_glyphs(TEXT), []);
        let svg = TEXT.replace("Ag", "A名<title>前</title>");
        assert_eq!(missing_glyphs(&svg), ['名']);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        assert!(matches!(png("no picture", 1.0), Err(PngError::NotSvg(_))));
        for scale in [0.0, -1.0, 1e6, f32::NAN, f32::INFINITY] {
            assert!(matches!(png(TEXT, scale), Err(PngError::Size(..))), "{scale}");
        }
    }
}
