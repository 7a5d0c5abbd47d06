//! How a file is known to be an earlier output of ours, and so may be overwritten.
//!
//! | file | mark |
//! |---|---|
//! | JSON | its first key is `"schema": "plan.…"` |
//! | CSV | its first line is one of our rows of headings |
//! | SVG, Markdown | it ends in the comment `<!-- written by plan -->` |
//! | text | it ends in the line `(written by plan)` |
//! | part | it begins like one |
//! | PNG | a text chunk `Software: plan` |
//!
//! A plan file carries no mark: what people write is never overwritten without `--force`.

use crate::simulate::part::Part;
use crate::view::csv;

const COMMENT: &str = "<!-- written by plan -->\n";
const LINE: &str = "(written by plan)\n";
/// The PNG chunk `tEXt` with the keyword `Software` and the value `plan`, without length and checksum.
const CHUNK: &[u8] = b"tEXtSoftware\0plan";
/// The signature and the header chunk of a PNG: 8 + 25 bytes.
const PNG_HEADER: usize = 33;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A text that ends in a mark, by the file's extension; JSON and CSV carry theirs already.
pub(super) fn marked(extension: &str, mut text: String) -> String {
    match extension {
        "svg" | "md" => text.push_str(COMMENT),
        "txt" => {
            text.push('\n');
            text.push_str(LINE);
        }
        _ => {}
    }
    text
}

/// A PNG with our chunk after its header.
pub(super) fn marked_png(png: Vec<u8>) -> Vec<u8> {
    if png.len() < PNG_HEADER || !png.starts_with(PNG_SIGNATURE) {
        return png;
    }
    let mut marked = png[..PNG_HEADER].to_vec();
    // The length counts the data alone, without the four letters of the chunk's type.
    marked.extend((CHUNK.len() as u32 - 4).to_be_bytes());
    marked.extend(CHUNK);
    marked.extend(crc32(CHUNK).to_be_bytes());
    marked.extend(&png[PNG_HEADER..]);
    marked
}

/// Whether these bytes are an earlier output of ours, or nothing at all.
pub(super) fn is_ours(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    bytes.is_empty()
        || Part::is_begun_by(head)
        || is_our_json(head)
        || is_our_csv(bytes)
        || bytes.ends_with(COMMENT.as_bytes())
        || bytes.ends_with(LINE.as_bytes())
        || (head.starts_with(PNG_SIGNATURE)
            && head[PNG_HEADER.min(head.len())..].windows(CHUNK.len()).any(|part| part == CHUNK))
}

fn is_our_json(head: &[u8]) -> bool {
    let letters: Vec<u8> = head.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    letters.starts_with(b"{\"schema\":\"plan.")
}

fn is_our_csv(bytes: &[u8]) -> bool {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    csv::HEADINGS.iter().any(|headings| headings.join(",").as_bytes() == line.trim_ascii_end())
}

/// The checksum of PNG chunks (ISO 3309, polynomial 0xEDB88320 reflected), bit by bit: it is
/// taken of seventeen bytes.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b"IEND"), 0xAE42_6082);
    }

    #[test]
    fn what_we_wrote_is_known_and_what_people_wrote_is_not() {
        let png = [PNG_SIGNATURE, &[0; 25], &[0, 0, 0, 0], b"IEND", &[0xAE, 0x42, 0x60, 0x82]].concat();
        for (ours, bytes) in [
            (true, Vec::new()),
            (true, marked("svg", "<svg/>\n".to_owned()).into_bytes()),
            (true, marked("md", "# Plan\n".to_owned()).into_bytes()),
            (true, marked("txt", "Plan\n".to_owned()).into_bytes()),
            (true, b"{\n  \"schema\": \"plan.path/1\"\n}".to_vec()),
            (
                true,
                b"kind,unit,days,date,planned,p10,p50,p90,failing_p10,failing_p50,failing_p90\nwork,d,1\n"
                    .to_vec(),
            ),
            (true, marked_png(png.clone())),
            (false, png),
            (false, b"[plan]\nname = \"mine\"\n".to_vec()),
            (false, b"{\"schema\": \"other\"}".to_vec()),
            (false, b"a,b\n".to_vec()),
            (false, b"<svg/>".to_vec()),
            (false, vec![0xff; 100]),
        ] {
            assert_eq!(is_ours(&bytes), ours, "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
