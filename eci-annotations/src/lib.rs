//! eci-annotations
