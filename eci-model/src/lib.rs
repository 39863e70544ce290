//! eci-model
