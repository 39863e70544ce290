//! eci-sdk
