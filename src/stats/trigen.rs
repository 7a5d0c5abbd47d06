//! The triangle through two percentiles.

/// The ends of the triangle with tip at `likely`, of which a tenth lies below `p10` and a tenth
/// above `p90`; p10 <= likely <= p90.
///
/// With d the distance from the tip to a percentile and w the triangle's width, that side of the
/// triangle is ((√(0.1 w) + √(0.1 w + 4 d)) / 2)² long. Both sides together make up w, which has one
/// root; it is found by halving, since Newton's method on the squared equations finds a false one.
pub(super) fn triangle_through(p10: f64, likely: f64, p90: f64) -> (f64, f64) {
    const TAIL: f64 = 0.1;
    let (down, up) = (likely - p10, p90 - likely);
    if p10 == p90 {
        return (likely, likely);
    }
    let side = |distance: f64, width: f64| {
        let tail = TAIL * width;
        let root = (libm::sqrt(tail) + libm::sqrt(tail + 4.0 * distance)) / 2.0;
        root * root
    };
    let too_narrow = |width: f64| side(down, width) + side(up, width) > width;
    let (mut narrow, mut wide) = (down + up, 2.0 * (down + up));
    while too_narrow(wide) {
        narrow = wide;
        wide *= 2.0;
    }
    loop {
        let middle = narrow + (wide - narrow) / 2.0;
        if middle <= narrow || middle >= wide {
            return (likely - side(down, wide), likely + side(up, wide));
        }
        if too_narrow(middle) {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_triangles_are_found() {
        for ((p10, likely, p90), (low, high)) in
            [((8.0, 10.0, 15.0), (5.66998, 18.20799)), ((5.0, 10.0, 40.0), (-4.40, 56.98))]
        {
            let (a, b) = triangle_through(p10, likely, p90);
            assert!((a - low).abs() < 5e-3 && (b - high).abs() < 5e-3, "{a}, {b}");
        }
        assert_eq!(triangle_through(3.0, 3.0, 3.0), (3.0, 3.0));
    }
}
