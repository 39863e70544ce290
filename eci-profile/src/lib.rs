//! eci-profile
