//! What the network part of a facts document means.

use eci_model::settings::EipChargeType;
use eci_model::{FieldPath, IdError, VSwitchId};
use ipnet::{Ipv4Net, Ipv6Net};

use super::{
    AddonsDocument, DocumentError, Ipv6Document, NatGatewayDocument, Network, NetworkDocument, SecurityGroupDocument,
    VSwitchDocument, VpcDocument, Wrong,
};
use crate::facts::{
    Addons, GroupKind, Inventory, Ipv6Gateway, KnownSecurityGroup, KnownVSwitch, KnownVpc, ScheduledSpread,
};

impl NetworkDocument {
    /// Reads every value.
    ///
    /// # Errors
    /// [`DocumentError`] for the first value that means nothing.
    pub fn read(&self) -> Result<Network, DocumentError> {
        self.read_beside(&Inventory::default())
    }

    /// Reads every value of a document that adds to what is known: ranges of vSwitches must lie in those of their VPCs also where an
    /// earlier document told the other one.
    ///
    /// # Errors
    /// [`DocumentError`] for the first value that means nothing.
    pub fn read_beside(&self, known: &Inventory) -> Result<Network, DocumentError> {
        let before = known;
        let mut inventory = Inventory::default();
        for (index, vpc) in self.vpcs.iter().enumerate() {
            inventory.insert_vpc(vpc.read(&Spot::item("vpcs", index))?);
        }
        for (index, vswitch) in self.vswitches.iter().enumerate() {
            let spot = Spot::item("vswitches", index);
            let mut known = vswitch.read(&spot)?;
            let of = |id| inventory.vpc(id).or_else(|| before.vpc(id));
            if let Some(vpc) = known.vpc.as_ref().and_then(of) {
                spot.lies_within(&known, vpc)?;
            }
            known.nat = known.nat.or_else(|| self.has_nat(vswitch));
            inventory.insert_vswitch(known);
        }
        self.holds(&inventory, before)?;
        for (index, group) in self.security_groups.iter().enumerate() {
            inventory.insert_security_group(group.read(&Spot::item("securityGroups", index))?);
        }
        for (index, gateway) in self.nat_gateways.iter().enumerate() {
            gateway.check(&Spot::item("natGateways", index))?;
        }
        let controller = Spot::field("controller");
        Ok(Network {
            inventory,
            addons: self.addons.read(&Spot::field("addons"))?,
            controller_vswitches: controller.ids("vswitches", &self.controller.vswitches)?,
            controller_security_groups: controller.ids("securityGroups", &self.controller.security_groups)?,
        })
    }

    /// Whether the VPCs of the document hold the vSwitches that were known before it.
    fn holds(&self, inventory: &Inventory, before: &Inventory) -> Result<(), DocumentError> {
        for old in before.vswitches().filter(|old| inventory.vswitch(&old.id).is_none()) {
            let Some(vpc) = old.vpc.as_ref().and_then(|id| inventory.vpc(id)) else {
                continue;
            };
            let Err(outside) = Spot::field("vpcs").lies_within(old, vpc) else {
                continue;
            };
            let index = self.vpcs.iter().rposition(|written| written.id == vpc.id.to_string());
            let is_ipv6 = matches!(outside.wrong, Wrong::OutsideIpv6 { .. });
            let wrong = Wrong::Leaves {
                vswitch: old.id.clone(),
                outside: Box::new(outside.wrong),
            };
            let field = if is_ipv6 { "ipv6" } else { "cidr" };
            return Err(Spot::item("vpcs", index.unwrap_or_default()).wrong(field, wrong));
        }
        Ok(())
    }

    fn has_nat(&self, vswitch: &VSwitchDocument) -> Option<bool> {
        let vpc = vswitch.vpc.as_deref()?;
        let mut gateways = self.nat_gateways.iter().filter(|gateway| gateway.vpc == vpc).peekable();
        gateways.peek()?;
        Some(gateways.any(|gateway| {
            let listed = gateway.vswitches.as_ref();
            listed.is_none_or(|listed| listed.contains(&vswitch.id))
        }))
    }
}

impl VpcDocument {
    fn read(&self, spot: &Spot) -> Result<KnownVpc, DocumentError> {
        let mut vpc = KnownVpc::new(spot.read("id", &self.id)?);
        vpc.range = spot.range("cidr", self.cidr.as_deref())?;
        vpc.ipv6 = spot.ipv6(self.ipv6.as_ref())?;
        vpc.ipv6_range = self.ipv6.as_ref().and_then(Ipv6Document::range);
        let gateways = || Ipv6Gateway::ALL.into_iter().map(|gateway| (gateway.name(), gateway));
        let choices = &["free", "enterprise", "enhanced"];
        let gateway = self.ipv6_gateway.as_deref();
        vpc.ipv6_gateway = spot.choice(
            "ipv6Gateway",
            gateway,
            "edition of the IPv6 gateway",
            gateways(),
            choices,
        )?;
        let charges = EipChargeType::ALL.iter().map(|charge| (charge.name(), *charge));
        let choices = &["PayByBandwidth", "PayByTraffic"];
        let charge = self.ipv6_charge_type.as_deref();
        vpc.ipv6_charge = spot.choice("ipv6ChargeType", charge, "way to pay for traffic", charges, choices)?;
        Ok(vpc)
    }
}

impl VSwitchDocument {
    fn read(&self, spot: &Spot) -> Result<KnownVSwitch, DocumentError> {
        Ok(KnownVSwitch {
            id: spot.read("id", &self.id)?,
            zone: self.zone.as_deref().map(|zone| spot.read("zone", zone)).transpose()?,
            vpc: self.vpc.as_deref().map(|vpc| spot.read("vpc", vpc)).transpose()?,
            range: spot.range("cidr", self.cidr.as_deref())?,
            used: self.used,
            reserved: self.reserved,
            ipv6: spot.ipv6(self.ipv6.as_ref())?,
            ipv6_range: self.ipv6.as_ref().and_then(Ipv6Document::range),
            nat: self.nat,
        })
    }
}

impl Ipv6Document {
    /// The range, when it is written and means something.
    fn range(&self) -> Option<Ipv6Net> {
        match self {
            Self::Range(text) => text.parse().ok(),
            Self::Has(_) => None,
        }
    }
}

impl SecurityGroupDocument {
    fn read(&self, spot: &Spot) -> Result<KnownSecurityGroup, DocumentError> {
        let kinds = [GroupKind::Basic, GroupKind::Advanced].map(|kind| (kind.name(), kind));
        let kind = self.kind.as_deref();
        Ok(KnownSecurityGroup {
            id: spot.read("id", &self.id)?,
            kind: spot.choice("kind", kind, "kind of security group", kinds, &["basic", "advanced"])?,
            vpc: self.vpc.as_deref().map(|vpc| spot.read("vpc", vpc)).transpose()?,
        })
    }
}

impl NatGatewayDocument {
    fn check(&self, spot: &Spot) -> Result<(), DocumentError> {
        spot.read::<eci_model::VpcId, _>("vpc", &self.vpc)?;
        let listed = self.vswitches.as_deref().unwrap_or_default();
        spot.ids::<VSwitchId>("vswitches", listed).map(drop)
    }
}

impl AddonsDocument {
    fn read(&self, spot: &Spot) -> Result<Addons, DocumentError> {
        let version = |field, text: &Option<String>| text.as_deref().map(|text| spot.read(field, text)).transpose();
        Ok(Addons {
            terway_trunking: self.terway_trunking,
            core_dns: self.core_dns,
            node_local_dns: self.node_local_dns,
            spread: ScheduledSpread {
                pro: self.pro,
                kubernetes: version("kubernetes", &self.kubernetes)?,
                virtual_node: version("virtualNode", &self.virtual_node)?,
                scheduler: version("scheduler", &self.scheduler)?,
            },
        })
    }
}

/// A part of the document, so that errors can say where they are.
struct Spot(FieldPath);

impl Spot {
    fn field(name: &'static str) -> Self {
        Self(FieldPath::ROOT.with_field(name))
    }

    fn item(list: &'static str, index: usize) -> Self {
        Self(FieldPath::ROOT.with_field(list).with_index(index))
    }

    /// Whether the ranges of a vSwitch lie in those of its VPC, as far as both are known.
    fn lies_within(&self, vswitch: &KnownVSwitch, vpc: &KnownVpc) -> Result<(), DocumentError> {
        match (vswitch.range, vpc.range) {
            (Some(range), Some(vpc)) if !vpc.contains(&range) => {
                return Err(self.wrong("cidr", Wrong::Outside { range, vpc }));
            }
            _ => {}
        }
        match (vswitch.ipv6_range, vpc.ipv6_range) {
            (Some(range), Some(vpc)) if !vpc.contains(&range) => {
                Err(self.wrong("ipv6", Wrong::OutsideIpv6 { range, vpc }))
            }
            _ => Ok(()),
        }
    }

    fn wrong(&self, field: &'static str, wrong: impl Into<Wrong>) -> DocumentError {
        DocumentError {
            path: self.0.clone().with_field(field),
            wrong: wrong.into(),
        }
    }

    fn read<T: std::str::FromStr<Err = E>, E: Into<Wrong>>(
        &self,
        field: &'static str,
        text: &str,
    ) -> Result<T, DocumentError> {
        text.parse().map_err(|wrong: E| self.wrong(field, wrong))
    }

    fn ids<T: std::str::FromStr<Err = IdError>>(
        &self,
        field: &'static str,
        texts: &[String],
    ) -> Result<Vec<T>, DocumentError> {
        let one = |(index, text): (usize, &String)| {
            let wrong = |wrong: IdError| DocumentError {
                path: self.0.clone().with_field(field).with_index(index),
                wrong: wrong.into(),
            };
            text.parse().map_err(wrong)
        };
        texts.iter().enumerate().map(one).collect()
    }

    fn range(&self, field: &'static str, text: Option<&str>) -> Result<Option<Ipv4Net>, DocumentError> {
        let read = |text: &str| {
            let range: Result<Ipv4Net, _> = text.parse();
            range.map_err(|_| self.wrong(field, range_error(text, "10.0.8.0/24")))
        };
        text.map(read).transpose()
    }

    fn ipv6(&self, written: Option<&Ipv6Document>) -> Result<Option<bool>, DocumentError> {
        match written {
            None => Ok(None),
            Some(Ipv6Document::Has(has)) => Ok(Some(*has)),
            Some(Ipv6Document::Range(text)) => match text.parse::<Ipv6Net>() {
                Ok(_) => Ok(Some(true)),
                Err(_) => Err(self.wrong("ipv6", range_error(text, "2001:db8:0:1::/64"))),
            },
        }
    }

    fn choice<T>(
        &self,
        field: &'static str,
        text: Option<&str>,
        what: &'static str,
        meanings: impl IntoIterator<Item = (&'static str, T)>,
        choices: &'static [&'static str],
    ) -> Result<Option<T>, DocumentError> {
        let Some(text) = text else { return Ok(None) };
        let meant = meanings.into_iter().find(|(name, _)| *name == text);
        let found = || excerpt(text);
        meant.map_or_else(
            || {
                Err(self.wrong(
                    field,
                    Wrong::Choice {
                        found: found(),
                        what,
                        choices,
                    },
                ))
            },
            |(_, meaning)| Ok(Some(meaning)),
        )
    }
}

fn range_error(text: &str, example: &'static str) -> Wrong {
    let found = excerpt(text);
    Wrong::Range { found, example }
}

fn excerpt(text: &str) -> Box<str> {
    text.chars().take(64).collect::<String>().into()
}

#[cfg(test)]
mod tests;
