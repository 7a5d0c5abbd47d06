//! Answers as values: dates, budgets, criticality, burndown, comparison.
