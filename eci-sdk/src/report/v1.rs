//! Version 1 of the JSON form: small owned types, made from the types of the engine, which do not serialise themselves.
//!
//! Fields are added within a version, never removed or changed in meaning. [`SCHEMA`] describes it; a test keeps both together.
//!
//! # Example
//! ```
//! use eci_sdk::report::v1::RuleRow;
//!
//! let rule = eci_sdk::rule("host-path").map(RuleRow::from).expect("a rule");
//! assert_eq!((rule.code.as_str(), rule.severity), ("ECI1010", "error"));
//! ```

mod cost;
mod finding;
mod fix;
mod listing;
mod plan;
mod profile;
mod report;
mod summary;
mod verification;

pub use cost::{CostReport, CostRow};
pub use finding::{Counts, Finding, Place, Related, Suppressed};
pub use fix::{Fix, TextEdit};
pub use listing::{AnnotationRow, PolicyRow, RuleRow, SupportRow};
pub use plan::{DecisionRow, Loser, PlanRow, PriceRow, ReferenceRow, RoutingRow, Step};
pub use profile::{LintReport, ProfileReport, ProfiledPod, ProfiledValue};
pub use report::{
    CheckReport, ConfigurationReport, Explanation, FactsReport, JournalEntry, PlanReport, SettingRow, SimulatedCost,
    SimulatedPod, SimulationReport, VERSION,
};
pub use summary::{FactsRow, Knowledge, SilentRow, Skipped, Summary};
pub use verification::{AspectRow, Difference, EvidenceRow, Verification};

/// The JSON schema of this form, draft 2020-12: one of what the verbs of the command line print.
pub const SCHEMA: &str = include_str!("../../schema/report-v1.json");

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::generate::SchemaSettings;
    use serde_json::json;

    /// The schema as the types have it.
    fn schema() -> String {
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let reports = json!([
            generator.subschema_for::<CheckReport>(),
            generator.subschema_for::<PlanReport>(),
            generator.subschema_for::<FactsReport>(),
            generator.subschema_for::<SimulationReport>(),
            generator.subschema_for::<Verification>(),
            generator.subschema_for::<CostReport>(),
            generator.subschema_for::<ProfileReport>(),
            generator.subschema_for::<LintReport>(),
            generator.subschema_for::<ConfigurationReport>(),
            generator.subschema_for::<Explanation>(),
            generator.subschema_for::<Vec<RuleRow>>(),
            generator.subschema_for::<Vec<AnnotationRow>>(),
            generator.subschema_for::<Vec<SupportRow>>(),
        ]);
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "What eci prints as JSON, version 1",
            "anyOf": reports,
            "$defs": generator.take_definitions(true),
        });
        format!("{schema:#}\n")
    }

    #[test]
    fn schema_and_types_agree() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/report-v1.json");
        if std::env::var_os("ECI_REGENERATE").is_some() {
            std::fs::write(path, schema()).expect("it can be written");
        }
        let checked_in = std::fs::read_to_string(path).expect("it is there");
        assert!(
            checked_in == schema(),
            "run `ECI_REGENERATE=1 cargo test -p eci-sdk --features report schema`"
        );
    }

    #[test]
    fn reports() {
        let report = CheckReport::new(crate::report::samples::findings(), Summary::default());
        let mut json = serde_json::to_value(&report).expect("it has a form");
        // What is known changes with every list of prices.
        json["summary"]["knowledge"] = serde_json::Value::Null;
        insta::assert_snapshot!(serde_json::to_string_pretty(&json).expect("text"));
    }
}
