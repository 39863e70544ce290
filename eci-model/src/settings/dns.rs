//! DNS settings, whichever text they were read from.

/// Name servers, search domains and resolver options.
///
/// The platform has two annotations for them, one with comma-separated strings and one with arrays; both mean this.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct DnsSettings {
    /// Name servers, as written.
    pub name_servers: Vec<String>,
    /// Search domains, as written.
    pub searches: Vec<String>,
    /// Resolver options.
    pub options: Vec<DnsOption>,
}

/// A resolver option, `ndots:2` or `edns0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DnsOption {
    /// The name.
    pub name: String,
    /// The value, if it takes one.
    pub value: Option<String>,
}

impl DnsSettings {
    /// How many name servers of `eci-custom-dnsconfig` are used (Configure custom DNS for ECI pods, 2024-06-28).
    pub const MAX_NAME_SERVERS: usize = 2;
    /// How many search domains it may have, on the same page.
    pub const MAX_SEARCHES: usize = 32;

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.name_servers.is_empty() && self.searches.is_empty() && self.options.is_empty()
    }
}

impl std::fmt::Display for DnsOption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{}:{value}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl std::fmt::Display for DnsSettings {
    /// For people: `servers 10.1.1.1, searches corp.example, options ndots:2`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let options: Vec<String> = self.options.iter().map(ToString::to_string).collect();
        let mut separator = "";
        for (name, items) in [
            ("servers", &self.name_servers),
            ("searches", &self.searches),
            ("options", &options),
        ] {
            if !items.is_empty() {
                write!(f, "{separator}{name} {}", items.join(" "))?;
                separator = ", ";
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_read_well_in_reports() {
        let option = |name: &str, value: Option<&str>| DnsOption {
            name: name.into(),
            value: value.map(Into::into),
        };
        let settings = DnsSettings {
            name_servers: vec!["10.1.1.1".into(), "10.1.1.2".into()],
            searches: Vec::new(),
            options: vec![option("ndots", Some("2")), option("edns0", None)],
        };
        assert_eq!(settings.to_string(), "servers 10.1.1.1 10.1.1.2, options ndots:2 edns0");
        assert!(!settings.is_empty() && DnsSettings::default().is_empty());
    }
}
