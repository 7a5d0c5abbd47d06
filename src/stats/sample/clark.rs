//! The larger of two normal values, in closed form.

use crate::stats::Moments;
use crate::stats::special::{normal_cdf, normal_density};

/// Mean and standard deviation of the larger of two jointly normal values (Clark 1961, "The
/// Greatest of a Finite Set of Random Variables"). An oracle for the bias where paths merge.
pub fn larger_of_two_normals(first: Moments, second: Moments, correlation: f64) -> Moments {
    let (one, two) = (first.sd * first.sd, second.sd * second.sd);
    let spread = libm::sqrt((one + two - 2.0 * correlation * first.sd * second.sd).max(0.0));
    if spread == 0.0 {
        return if first.mean >= second.mean { first } else { second };
    }
    let alpha = (first.mean - second.mean) / spread;
    let (left, right, bump) = (normal_cdf(alpha), normal_cdf(-alpha), spread * normal_density(alpha));
    let mean = first.mean * left + second.mean * right + bump;
    let squares = (first.mean * first.mean + one) * left
        + (second.mean * second.mean + two) * right
        + (first.mean + second.mean) * bump;
    Moments { mean, sd: libm::sqrt((squares - mean * mean).max(0.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_cases_come_out() {
        let standard = Moments { mean: 0.0, sd: 1.0 };
        let independent = larger_of_two_normals(standard, standard, 0.0);
        let pi = std::f64::consts::PI;
        assert!((independent.mean - 1.0 / pi.sqrt()).abs() < 1e-15);
        assert!((independent.sd - (1.0 - 1.0 / pi).sqrt()).abs() < 1e-15);
        assert_eq!(larger_of_two_normals(standard, standard, 1.0), standard);
        let far = Moments { mean: 100.0, sd: 2.0 };
        let clear = larger_of_two_normals(far, standard, 0.3);
        assert!((clear.mean - 100.0).abs() < 1e-12 && (clear.sd - 2.0).abs() < 1e-9, "{clear:?}");
    }
}
