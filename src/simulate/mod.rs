//! The Monte-Carlo engine: random streams, samplers, blocks of iterations.
