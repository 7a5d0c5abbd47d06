//! Is this plan sensible? Rules that find plans which run but probably lie.
