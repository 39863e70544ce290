//! eci-network
