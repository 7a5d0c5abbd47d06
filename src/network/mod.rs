//! The DAG of visits, both passes, floats, the critical path.
