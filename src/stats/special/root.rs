//! Newton's method that cannot run away.

/// The root of an increasing or decreasing function between `low` and `high`, by Newton's steps
/// that fall back to halving whenever they leave the bracket or hardly shrink it.
///
/// `error_and_step(x)` returns the sign-carrying error (positive: the root lies below `x`) and
/// Newton's step. Stops when a step is below `tolerance` (absolute, in `x`).
pub(in crate::stats) fn newton_between(
    mut low: f64,
    mut high: f64,
    start: f64,
    tolerance: f64,
    error_and_step: impl Fn(f64) -> (f64, f64),
) -> f64 {
    let mut x = if low < start && start < high { start } else { (low + high) / 2.0 };
    let mut last_step = high - low;
    for _ in 0..200 {
        let (error, step) = error_and_step(x);
        if error == 0.0 {
            return x;
        }
        if error > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x + step;
        // A Newton step this small is followed by one of its square: the root is reached.
        if step.abs() <= tolerance {
            return (x + step).clamp(low, high);
        }
        let safe = newton > low && newton < high && step.abs() < 0.75 * last_step;
        let next = if safe { newton } else { (low + high) / 2.0 };
        last_step = (next - x).abs();
        if next == x {
            return x;
        }
        x = next;
    }
    x
}
