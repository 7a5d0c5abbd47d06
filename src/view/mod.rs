//! Answers as text, Markdown, JSON, CSV and pictures; returns strings.
