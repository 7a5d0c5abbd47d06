//! Matrices of correlations: the nearest one that can be, and its triangular root.

use nalgebra::{DMatrix, SymmetricEigen};

/// No eigenvalue of a matrix in use is smaller.
const LEAST_EIGENVALUE: f64 = 1e-8;

/// A correlation matrix that some set of variables can have.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// Symmetric, ones on the diagonal, positive definite.
    pub matrix: Vec<Vec<f64>>,
    /// The entry that differs most from what was asked for (row below column), if rounding and
    /// the lift of a smallest eigenvalue of zero don't explain it.
    pub changed: Option<(usize, usize)>,
}

/// The matrix itself if some set of variables can have it; else one near it: eigenvalues below
/// 10⁻⁸ are raised to that, and rows and columns rescaled to ones on the diagonal (Rebonato and
/// Jäckel 1999, "The most general methodology to create a valid correlation matrix"). The matrix is symmetric.
pub fn nearest(matrix: &[Vec<f64>]) -> Nearest {
    // What rounding and raising a zero to 10⁻⁸ may change.
    const UNNOTICED: f64 = 1e-6;
    let size = matrix.len();
    if size == 0 {
        return Nearest { matrix: Vec::new(), changed: None };
    }
    let asked = DMatrix::from_fn(size, size, |row, column| matrix[row][column]);
    let SymmetricEigen { eigenvectors, eigenvalues } = SymmetricEigen::new(asked);
    if eigenvalues.iter().all(|&value| value >= LEAST_EIGENVALUE) {
        return Nearest { matrix: matrix.to_vec(), changed: None };
    }
    let raised: Vec<f64> = eigenvalues.iter().map(|value| value.max(LEAST_EIGENVALUE)).collect();
    let entry = |row: usize, column: usize| -> f64 {
        let products = raised.iter().enumerate();
        products.map(|(at, value)| value * eigenvectors[(row, at)] * eigenvectors[(column, at)]).sum()
    };
    let scales: Vec<f64> = (0..size).map(|row| libm::sqrt(entry(row, row))).collect();
    let mut near = vec![vec![1.0; size]; size];
    let (mut changed, mut largest) = (None, UNNOTICED);
    for row in 0..size {
        for column in row + 1..size {
            let value = entry(row, column) / (scales[row] * scales[column]);
            (near[row][column], near[column][row]) = (value, value);
            let change = (value - matrix[row][column]).abs();
            if change > largest {
                (changed, largest) = (Some((row, column)), change);
            }
        }
    }
    Nearest { matrix: near, changed }
}

/// The lower triangular matrix that, times its own transpose, gives this positive definite one.
pub fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut root = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|at| root[row][at] * root[column][at]).sum();
            let left = matrix[row][column] - known;
            root[row][column] =
                if row == column { libm::sqrt(left.max(0.0)) } else { left / root[column][column] };
        }
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    /// L Lᵀ.
    fn square(root: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let dot = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum();
        root.iter().map(|one| root.iter().map(|other| dot(one, other)).collect()).collect()
    }

    fn distance(one: &[Vec<f64>], other: &[Vec<f64>]) -> f64 {
        one.iter().flatten().zip(other.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn what_can_be_is_left_alone() {
        let matrix = vec![vec![1.0, 0.5, 0.3], vec![0.5, 1.0, 0.4], vec![0.3, 0.4, 1.0]];
        assert_eq!(nearest(&matrix), Nearest { matrix: matrix.clone(), changed: None });
        assert!(distance(&square(&cholesky(&matrix)), &matrix) < 1e-15);
    }

    /// With every pair at -0.9 the spectrum is 1.9, 1.9, -0.8; clipped and rescaled, every pair is at
    /// -1/2 but for the lifted eigenvalue.
    #[test]
    fn three_that_all_shun_each_other_do_so_by_half() {
        let matrix = vec![vec![1.0, -0.9, -0.9], vec![-0.9, 1.0, -0.9], vec![-0.9, -0.9, 1.0]];
        let near = nearest(&matrix);
        let half = vec![vec![1.0, -0.5, -0.5], vec![-0.5, 1.0, -0.5], vec![-0.5, -0.5, 1.0]];
        assert!(distance(&near.matrix, &half) < 1e-7, "{near:?}");
        assert!(near.changed.is_some());
        assert!(distance(&square(&cholesky(&near.matrix)), &near.matrix) < 1e-12);
    }

    #[test]
    fn the_largest_change_is_named() {
        let matrix = vec![vec![1.0, 0.9, 0.1], vec![0.9, 1.0, 0.9], vec![0.1, 0.9, 1.0]];
        let near = nearest(&matrix);
        let (row, column) = near.changed.expect("it cannot be");
        let change = (near.matrix[row][column] - matrix[row][column]).abs();
        assert_eq!(change, distance(&near.matrix, &matrix), "{near:?}");
        let again = nearest(&near.matrix);
        assert_eq!(again.changed, None, "{again:?}");
    }

    #[test]
    fn a_zero_eigenvalue_is_no_mistake() {
        let matrix = vec![vec![1.0; 3]; 3];
        let near = nearest(&matrix);
        assert_eq!(near.changed, None, "{near:?}");
        assert!(distance(&square(&cholesky(&near.matrix)), &matrix) < 1e-6);
    }
}
