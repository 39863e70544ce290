//! Identifiers, roles and hosts.

use std::net::{IpAddr, Ipv4Addr};

use eci_model::settings::{AcrInstance, AcrInstanceError, InstanceFamily, RegistryHost, RoleArn};
use eci_model::{
    BandwidthPlanId, ContainerGroupId, EipId, EniId, IdError, ImageCacheId, IpPoolId, PrivatePoolId, ResourceGroupId,
    SecurityGroupId, VSwitchId, VpcId,
};

use crate::value::text::is_unfilled;
use crate::value::{Fault, Reading, RemarkKind, Value, ValueError};

macro_rules! ids {
    ($($id:ident $usual:literal;)*) => {$(
        impl Value for $id {
            fn read(text: &str, reading: &mut Reading) -> Result<Self, ValueError> {
                let id: Self = text.parse().map_err(|error| refused(text, &error, $id::PREFIX))?;
                if !id.has_usual_length() {
                    let expected = concat!($usual, " characters after the prefix, as in all samples");
                    reading.remark(RemarkKind::UnusualLength, 0..text.len(), expected);
                }
                Ok(id)
            }
        }
    )*};
}

ids! {
    VSwitchId "21";
    SecurityGroupId "20";
    VpcId "21";
    EipId "21";
    BandwidthPlanId "21";
    IpPoolId "21";
    EniId "20";
    ContainerGroupId "20";
    ResourceGroupId "";
    ImageCacheId "";
    PrivatePoolId "";
}

fn refused(text: &str, error: &IdError, prefix: &str) -> ValueError {
    let expected = ValueError::new(text, format!("an id `{prefix}<digits and lower-case letters>`"));
    match error {
        IdError::Placeholder { .. } => expected.with_fault(Fault::Placeholder),
        _ => expected,
    }
}

macro_rules! parsed {
    ($($type:ident $expected:literal;)*) => {$(
        impl Value for $type {
            fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
                text.parse().map_err(|_| ValueError::new(text, $expected))
            }
        }
    )*};
}

impl Value for AcrInstance {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        text.parse().map_err(|error| {
            let colon = text.find(':');
            let wrong = match error {
                AcrInstanceError::Region(_) => 0..colon.unwrap_or(text.len()),
                _ => colon.map_or(0, |colon| colon + 1)..text.len(),
            };
            ValueError::within(text, wrong, "`cri-<id>`, or `<region>:cri-<id>` for another region")
        })
    }
}

impl Value for RegistryHost {
    fn read(text: &str, _: &mut Reading) -> Result<Self, ValueError> {
        // A masked address is a well-formed name.
        let host = text.parse().ok().filter(|_| !is_unfilled(text));
        host.ok_or_else(|| ValueError::new(text, "`host[:port]`"))
    }
}

parsed! {
    RoleArn "`acs:ram::<account>:role/<name>`";
    InstanceFamily "`ecs.<family>`";
    IpAddr "an IP address";
    Ipv4Addr "an IPv4 address";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarks<T: Value>(text: &str) -> usize {
        let mut reading = Reading::default();
        T::read(text, &mut reading).unwrap_or_else(|error| panic!("{error}"));
        reading.remarks().len()
    }

    #[test]
    fn unusual_lengths_are_told_where_one_is_known() {
        assert_eq!(remarks::<VSwitchId>("vsw-bp1xpiowfm5vo8o3cabcd"), 0);
        assert_eq!(remarks::<VSwitchId>("vsw-1"), 1);
        assert_eq!(remarks::<PrivatePoolId>("eap-1"), 0);
    }

    #[test]
    fn masked_samples_are_placeholders() {
        assert_eq!(
            EipId::parse("eip-bp1q5n8cq4p7f6dzu****").expect_err("masked").fault,
            Fault::Placeholder
        );
        assert_eq!(
            SecurityGroupId::parse("sg-xxx").expect_err("masked").fault,
            Fault::Placeholder
        );
        assert_eq!(
            RoleArn::parse("acs:ram::1609982529******:role/x")
                .expect_err("masked")
                .fault,
            Fault::Placeholder
        );
        let error = EipId::parse("vsw-1").expect_err("another kind");
        assert_eq!(
            error.to_string(),
            "`vsw-1` is not an id `eip-<digits and lower-case letters>`"
        );
        assert_eq!(error.fault, Fault::Form);
    }

    #[test]
    fn the_wrong_part_of_a_registry_is_pointed_at() {
        let within = |text: &str| AcrInstance::parse(text).expect_err(text).within;
        assert_eq!(
            (within("x:cri-1"), within("cn-beijing:abc"), within("abc")),
            (0..1, 11..14, 0..3)
        );
    }

    #[test]
    fn addresses_of_both_families_are_read() {
        assert_eq!(IpAddr::parse("172.16.0.1").expect("v4").to_string(), "172.16.0.1");
        assert!(IpAddr::parse("2001:db8::1").expect("v6").is_ipv6());
        assert!(IpAddr::parse("172.16.0").is_err());
        assert!(Ipv4Addr::parse("2001:db8::1").is_err());
    }
}
