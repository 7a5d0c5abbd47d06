//! A distribution in one line of blocks, and a share as a bar.

const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Shares spread evenly over `width` letters, the tallest as a full block; what is never seen is blank.
pub(super) fn spark(bins: &[(f64, f64, f64)], from: f64, to: f64, width: usize) -> Vec<char> {
    let shares = resample(bins, from, to, width);
    let most = shares.iter().copied().fold(0.0, f64::max);
    let block = |share: f64| {
        if !(share > 0.0 && most > 0.0) {
            return ' ';
        }
        let height = (share / most * HEIGHTS.len() as f64).ceil() as usize;
        HEIGHTS[height.clamp(1, HEIGHTS.len()) - 1]
    };
    shares.into_iter().map(block).collect()
}

/// The shares of the bins (`from`, `to`, share) in `width` equal steps of `from..to`, each bin spread evenly.
fn resample(bins: &[(f64, f64, f64)], from: f64, to: f64, width: usize) -> Vec<f64> {
    let mut shares = vec![0.0; width];
    let step = (to - from) / width as f64;
    if step <= 0.0 || !step.is_finite() {
        return shares;
    }
    for &(low, high, share) in bins {
        let first = (((low - from) / step).floor().max(0.0) as usize).min(width.saturating_sub(1));
        let last = (((high - from) / step).ceil().max(0.0) as usize).clamp(first + 1, width.max(first + 1));
        for (index, slot) in shares.iter_mut().enumerate().take(last).skip(first) {
            let left = from + index as f64 * step;
            let overlap = (high.min(left + step) - low.max(left)).max(0.0);
            *slot += if high > low { share * overlap / (high - low) } else { share };
        }
    }
    shares
}

/// A share of 0..1 as a bar of at most `width` letters; anything above nothing shows.
pub(super) fn bar(share: f64, width: usize) -> String {
    let eighths = (share.clamp(0.0, 1.0) * (width * 8) as f64).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tallest_bin_is_a_full_block() {
        let bins = [(0.0, 1.0, 0.25), (1.0, 2.0, 0.5), (2.0, 3.0, 0.0), (3.0, 4.0, 0.25)];
        let line: String = spark(&bins, 0.0, 4.0, 4).into_iter().collect();
        assert_eq!(line, "▄█ ▄");
        assert_eq!(spark(&bins, 1.0, 1.0, 3), vec![' '; 3]);
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        for (share, expected) in
            [(0.0, ""), (0.001, "▏"), (0.5, "██"), (0.6, "██▍"), (1.0, "████"), (7.0, "████")]
        {
            assert_eq!(bar(share, 4), expected, "{share}");
        }
    }
}
