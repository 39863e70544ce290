//! Where the service listens.

use std::borrow::Cow;

use crate::region::Region;

/// Rows of `region: public vpc`; one region has no entry inside a VPC.
macro_rules! regions {
    (@vpc) => { None };
    (@vpc $vpc:literal) => { Some($vpc) };
    ($($region:literal: $public:literal $($vpc:literal)?;)*) => {
        pub(super) static REGIONS: &[super::RegionEndpoint] = &[$(super::RegionEndpoint {
            region: $region,
            public: $public,
            vpc: regions!(@vpc $($vpc)?),
        }),*];
    };
}

mod table;

/// The endpoint that every SDK falls back to. Whether it serves every region is not documented.
pub const CENTRAL_ENDPOINT: &str = "eci.aliyuncs.com";

/// From where a program calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Network {
    /// The internet.
    #[default]
    Public,
    /// A VPC of the region.
    Vpc,
}

/// The endpoints of a region, as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegionEndpoint {
    /// The region.
    pub region: &'static str,
    /// The host on the internet.
    pub public: &'static str,
    /// The host inside a VPC of the region.
    pub vpc: Option<&'static str>,
}

/// The published endpoints, by region (metadata of the command line tool, 2026-04-21).
pub fn region_endpoints() -> &'static [RegionEndpoint] {
    table::REGIONS
}

/// The host that serves a region: the published one, else the one that the pattern of the names gives.
///
/// # Example
/// ```
/// use eci_model::api::{Network, endpoint};
///
/// assert_eq!(endpoint(&"cn-hangzhou".parse()?, Network::Vpc), "eci-vpc.cn-hangzhou.aliyuncs.com");
/// // The finance regions break the pattern.
/// assert_eq!(endpoint(&"cn-shanghai-finance-1".parse()?, Network::Public), "eci.cn-shanghai-finance.aliyuncs.com");
/// # Ok::<(), eci_model::PlaceError>(())
/// ```
pub fn endpoint(region: &Region, network: Network) -> Cow<'static, str> {
    let name = region.as_str();
    let known = table::REGIONS.iter().find(|known| known.region == name);
    let (published, host) = match network {
        Network::Public => (known.map(|known| known.public), "eci"),
        Network::Vpc => (known.and_then(|known| known.vpc), "eci-vpc"),
    };
    published.map_or_else(|| format!("{host}.{name}.aliyuncs.com").into(), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_finance_regions_break_the_pattern() {
        let broken: Vec<_> = table::REGIONS
            .iter()
            .filter(|row| row.public != format!("eci.{}.aliyuncs.com", row.region))
            .map(|row| row.region)
            .collect();
        assert_eq!(broken, ["cn-shanghai-finance-1", "cn-shenzhen-finance-1"]);
        assert!(table::REGIONS.iter().all(|row| {
            row.vpc
                .is_none_or(|vpc| vpc == format!("eci-vpc.{}.aliyuncs.com", row.region))
        }));
    }

    #[test]
    fn hangzhou_finance_has_no_entry_inside_a_vpc() {
        let row = table::REGIONS
            .iter()
            .find(|row| row.region == "cn-hangzhou-finance")
            .expect("a row");
        assert_eq!((row.public, row.vpc), ("eci.cn-hangzhou-finance.aliyuncs.com", None));
    }

    #[test]
    fn every_row_is_a_region() {
        assert_eq!(table::REGIONS.len(), 35);
        for row in table::REGIONS {
            row.region.parse::<Region>().unwrap_or_else(|error| panic!("{error}"));
        }
    }

    #[test]
    fn a_region_of_tomorrow_follows_the_pattern() {
        let region: Region = "cn-lhasa".parse().expect("a region");
        assert_eq!(endpoint(&region, Network::Public), "eci.cn-lhasa.aliyuncs.com");
        assert_eq!(endpoint(&region, Network::Vpc), "eci-vpc.cn-lhasa.aliyuncs.com");
    }
}
