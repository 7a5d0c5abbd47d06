//! The naive twin of the engine: sequential, obvious, slow.
