//! Reading a plan: TOML text to a model, with the place of every key.
