//! Reading the annotations of a pod once: typed settings, and findings about values that cannot be read.

use eci_model::policy::{CpuOptions, Policies, ResourceGroupKey};
use eci_model::{Findings, Origin, Overlay, PodView, Settings, Site};

use crate::facts::{Standing, Target};
use crate::key::Row;
use crate::keys;
use crate::legacy;
use crate::registry::registry;
use crate::rules::value;
use crate::subject::Subject;
use crate::value::Reading;

/// Reads every known annotation of a pod once, and tells what is wrong with their values.
///
/// Keys that do not act in the edition of the cluster, and those that only the platform writes, are left to [`check`](crate::check). A
/// retired key counts where its successor is not set.
///
/// # Example
/// ```
/// use eci_model::policy::Policies;
/// use eci_model::{Edition, Findings, Object, Overlay, Site};
/// use k8s_openapi::api::core::v1::Pod;
///
/// let pod: Pod = serde_json::from_str(
///     r#"{"metadata": {"name": "web", "annotations": {
///         "k8s.aliyun.com/eci-use-specs": "2-4Gi,4x8",
///         "k8s.aliyun.com/eci-with-eip": "true"}}}"#,
/// )?;
/// let view = Object::from(&pod).pod().expect("a pod");
/// let policies = Policies::default();
/// let site = Site::new(Edition::Ack, &policies);
/// let mut findings = Findings::new();
///
/// let settings = eci_annotations::read(&view, Overlay::of(pod.metadata.annotations.as_ref()), &site, &mut findings);
/// assert!(settings.with_eip.is_some_and(|given| given.value));
/// assert_eq!(settings.use_specs, None);
/// let finding = findings.iter().next().expect("a bad size");
/// assert_eq!((finding.found(), finding.place().within), (Some("4x8"), Some((6, 9))));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn read(pod: &PodView<'_>, annotations: Overlay<'_>, site: &Site<'_>, out: &mut Findings) -> Settings {
    let mut settings = Settings::default();
    read_into(&mut settings, pod, annotations, site, out);
    settings
}

fn read_into(
    settings: &mut Settings,
    pod: &PodView<'_>,
    annotations: Overlay<'_>,
    site: &Site<'_>,
    out: &mut Findings,
) {
    let subject = Subject::pod(pod, annotations);
    let mut retired = Vec::new();
    annotations.iter().for_each(|entry| {
        let Some(row) = read_row(entry.key, site) else { return };
        let mut origin = || match entry.injected {
            Some(injected) => injected.origin.clone(),
            None => Origin::PodAnnotation { key: row.name().into() },
        };
        let fill = row.fill().filter(|_| is_honoured(row, site.policies));
        let counts = value::tell(
            &subject,
            row,
            entry.key,
            entry.value,
            site,
            out,
            |text, reading| match fill {
                Some(fill) => fill(text, reading, settings, &mut origin),
                None => row.judge(text, reading),
            },
        );
        if counts && matches!(row.facts().standing, Standing::Retired(_)) {
            retired.push((row, entry.value, origin()));
        }
    });
    for (row, text, origin) in retired {
        succeed(row, text, &origin, &annotations, site, settings);
    }
}

/// Tells what is wrong with the value of one annotation.
pub(crate) fn value_of(subject: &Subject<'_>, key: &str, text: &str, site: &Site<'_>, out: &mut Findings) {
    if let Some(row) = read_row(key, site) {
        value::tell(subject, row, key, text, site, out, |text, reading| {
            row.judge(text, reading)
        });
    }
}

/// Whether a key of old pages alone still counts; no page says so.
pub(crate) fn is_honoured(row: &Row, policies: &Policies) -> bool {
    match row.name() {
        _ if row.facts().standing == Standing::Current => true,
        name if name == keys::RESOURCE_GROUP_ID.name() => policies.resource_group_key == ResourceGroupKey::Honoured,
        name if name == keys::CPU_OPTION_CORE.name() || name == keys::CPU_OPTION_HT.name() => {
            policies.cpu_options == CpuOptions::Honoured
        }
        _ => true,
    }
}

/// The row of a key that users set on pods and that acts here.
fn read_row(key: &str, site: &Site<'_>) -> Option<&'static Row> {
    registry().exactly(key).filter(|row| {
        let facts = row.facts();
        let users = !facts.is_written_by_platform() && facts.standing != Standing::ThirdParty;
        users && facts.is_for(Target::Pod) && facts.works_in(site.edition)
    })
}

/// Lets the value of a retired key count as that of its successor.
fn succeed(
    row: &Row,
    text: &str,
    origin: &Origin,
    annotations: &Overlay<'_>,
    site: &Site<'_>,
    settings: &mut Settings,
) {
    let counts = |successor: &&Row| !annotations.is_set(successor.name()) && successor.facts().works_in(site.edition);
    let Some(successor) = legacy::successor(row).filter(counts) else {
        return;
    };
    if let (Some(text), Some(fill)) = (legacy::converted(row, text), successor.fill()) {
        // What is converted was read already, so nothing is left to tell about it.
        let _ = fill(&text, &mut Reading::default(), settings, &mut || origin.clone());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use eci_model::policy::Policies;
    use eci_model::settings::FailStrategy;
    use eci_model::{Edition, FieldPath, Injected, Location, Object, ObjectRef, Severity};
    use k8s_openapi::api::core::v1::Pod;

    fn read_under(edition: Edition, policies: &Policies, entries: &[(&str, &str)]) -> (Settings, Findings) {
        let prefixed = entries
            .iter()
            .map(|(key, value)| (format!("k8s.aliyun.com/{key}"), (*value).to_owned()));
        let annotations: BTreeMap<String, String> = prefixed.collect();
        let pod = Pod::default();
        let view = Object::from(&pod).pod().expect("a pod");
        let mut findings = Findings::new();
        let settings = read(
            &view,
            Overlay::of(Some(&annotations)),
            &Site::new(edition, policies),
            &mut findings,
        );
        (settings, findings)
    }

    fn told(findings: &Findings) -> Vec<(u16, Severity)> {
        findings
            .iter()
            .map(|finding| (finding.rule().code().number(), finding.severity()))
            .collect()
    }

    fn verdicts(policies: &Policies, key: &str, value: &str) -> Vec<(u16, Severity)> {
        told(&read_under(Edition::Ack, policies, &[(key, value)]).1)
    }

    macro_rules! values {
        ($($fact:ident: $key:literal = $value:expr => [$($code:literal $severity:ident),*];)*) => {$(
            #[test]
            fn $fact() {
                let expected: &[(u16, Severity)] = &[$(($code, Severity::$severity)),*];
                assert_eq!(verdicts(&Policies::default(), $key, $value), expected);
            }
        )*};
    }

    values! {
        good_values_are_silent: "eci-use-specs" = "2-4Gi" => [];
        bad_values_are_errors: "eci-use-specs" = "2x4" => [2110 Error];
        numbers_have_a_range: "eci-max-pending-minute" = "5" => [2112 Error];
        open_forms_are_warned_of: "eci-extra-ephemeral-storage" = "20" => [2113 Warning];
        lists_have_a_length: "eci-use-specs" = "1-2Gi,2-4Gi,4-8Gi,8-16Gi,16-32Gi,32-64Gi" => [2114 Error];
        an_hour_is_the_least: "eci-fixed-ip-retain-hour" = "0" => [2112 Error];
        an_image_is_the_least: "imc-match-count-request" = "0" => [2112 Error];
        unfilled_templates_are_no_json: "eci-custom-hosts" = "{{ .Values.hosts }}" => [2120 Error];
        masked_addresses_are_no_values: "eci-custom-hosts" = r#"[{"host":"a","ip":"100.100.XX.XX"}]"# => [2120 Error];
        masked_names_are_no_values: "eci-ram-role-name" = "<role>" => [2120 Error];
        large_letters_are_values: "eci-data-cache-bucket" = "models-XXL" => [];
        single_values_are_no_lists: "eci-imc-id" = "imc-1,imc-2" => [2114 Error];
        items_stand_once: "eci-use-specs" = "2-4Gi,2.0-4.0Gi" => [2116 Warning];
        other_cases_are_told: "eci-schedule-strategy" = "vSwitchOrdered" => [2118 Info];
        masked_samples_are_no_values: "eci-vswitch" = "vsw-bp1xpiowfm5vo8o3c****" => [2120 Error];
        unusual_ids_are_warned_of: "eci-vswitch" = "vsw-1" => [2122 Warning];
        empty_values_are_warned_of: "eci-with-eip" = " " => [2124 Warning];
        spaces_are_told_once: "eci-instance-family" = "ecs.c6, ecs.c5, ecs.c7" => [2128 Info];
        an_open_form_hides_a_range: "eci-extra-ephemeral-storage" = "9000" => [2113 Warning];
        prices_have_a_rule_of_their_own: "eci-spot-price-limit" = "0.1234" => [2220 Error];
        a_price_of_nothing_is_none: "eci-spot-price-limit" = "0" => [2220 Error];
        tags_have_a_number_of_their_own: "eci-custom-tags" = "a:1,b:2,c:3,d:4" => [2330 Error];
        tags_have_a_form_of_their_own: "eci-custom-tags" = "aliyun:1" => [2332 Error];
        arrays_belong_to_the_other_key: "eci-custom-dnsconfig" = r#"{"nameservers":["1.1.1.1"]}"# => [2274 Error];
        third_servers_are_ignored: "eci-custom-dnsconfig" = r#"{"nameservers":"1.1.1.1,2.2.2.2,3.3.3.3"}"# => [2272 Warning];
        the_star_is_a_value: "eci-wait-clusterip-ready" = "*" => [];
        ranges_of_gateways_are_judged_elsewhere: "eci-ipv6-bandwidth" = "9999" => [];
        addresses_of_the_wrong_family_are_judged_elsewhere: "eci-private-ip-address" = "2001:db8::1" => [];
        keys_of_other_places_are_judged_elsewhere: "vswitch-ids" = "nonsense" => [];
        keys_of_the_platform_are_judged_elsewhere: "eci-instance-id" = "nonsense" => [];
    }

    #[test]
    fn values_of_other_editions_do_not_count() {
        let (settings, findings) = read_under(Edition::SelfManaged, &Policies::default(), &[("eci-vswitch", "?")]);
        assert_eq!((settings, findings.len()), (Settings::default(), 0));
    }

    fn choosing(name: &str, choice: &str) -> Policies {
        let mut policies = Policies::default();
        policies.set(name, choice).expect("a policy");
        policies
    }

    #[test]
    fn policies_choose_the_reading() {
        let strict = choosing("CaseRule", "Strict");
        assert_eq!(verdicts(&strict, "eci-with-eip", "True"), [(2110, Severity::Error)]);
        let refusing = choosing("OpenForms", "Refuse");
        assert_eq!(verdicts(&refusing, "eci-spot-duration", "6"), [(2113, Severity::Error)]);
        let bounds = choosing("ApiBounds", "Warn");
        assert_eq!(
            verdicts(&Policies::default(), "eip-bandwidth", "2000000"),
            [(2112, Severity::Error)]
        );
        let (settings, findings) = read_under(Edition::Ack, &bounds, &[("eip-bandwidth", "2000000")]);
        assert_eq!(told(&findings), [(2112, Severity::Warning)]);
        assert_eq!(settings.eip_bandwidth.map(|given| given.value), Some(2_000_000));
    }

    #[test]
    fn retired_keys_count_where_their_successor_is_silent() {
        let fast = |entries: &[(&str, &str)]| {
            let (settings, _) = read_under(Edition::Ack, &Policies::default(), entries);
            settings
                .fail_strategy
                .map(|given| (given.value, given.origin.to_string()))
        };
        let origin = |key: &str| format!("pod annotation k8s.aliyun.com/{key}");
        let old = ("pod-fail-on-create-err", "true");
        assert_eq!(
            fast(&[old]),
            Some((FailStrategy::FailFast, origin("pod-fail-on-create-err")))
        );
        let both = [("eci-fail-strategy", "fail-over"), old];
        assert_eq!(fast(&both), Some((FailStrategy::FailOver, origin("eci-fail-strategy"))));
        assert_eq!(fast(&[("eci-fail-strategy", "nonsense"), old]), None);
    }

    #[test]
    fn retired_keys_do_not_act_where_their_successor_does_not() {
        let policies = Policies::default();
        let (settings, _) = read_under(Edition::SelfManaged, &policies, &[("pod-fail-on-create-err", "true")]);
        assert_eq!(settings.fail_strategy, None);
    }

    #[test]
    fn policies_say_whether_keys_of_old_pages_count() {
        let entries = [
            ("eci-resource-group-id", "rg-acfm"),
            ("eci-cpu-option-core", "2"),
            ("eci-cpu-option-ht", "1"),
        ];
        let counts = |policies: &Policies| {
            let (settings, _) = read_under(Edition::Ack, policies, &entries);
            let cpu = settings.cpu_cores.is_some() && settings.cpu_threads.is_some();
            (settings.resource_group.is_some(), cpu)
        };
        assert_eq!(counts(&Policies::default()), (false, true));
        assert_eq!(counts(&choosing("ResourceGroupKey", "Honoured")), (true, true));
        assert_eq!(counts(&choosing("CpuOptions", "Ignored")), (false, false));
    }

    #[test]
    fn policies_say_what_becomes_of_spaces_and_long_lists() {
        let refused = choosing("ListSpaces", "Refused");
        let families = "ecs.c6, ecs.c5";
        assert_eq!(
            verdicts(&refused, "eci-instance-family", families),
            [(2110, Severity::Error)]
        );
        let families = "ecs.c5,ecs.c6,ecs.c7";
        assert_eq!(verdicts(&Policies::default(), "eci-instance-family", families), []);
        let as_shown = choosing("ListLength", "AsShown");
        assert_eq!(
            verdicts(&as_shown, "eci-instance-family", families),
            [(2113, Severity::Warning)]
        );
        assert_eq!(verdicts(&as_shown, "eci-instance-family", "ecs.c5,ecs.c6"), []);
    }

    #[test]
    fn a_policy_lets_masked_samples_pass_in_fixtures() {
        let told = |policies: &Policies| verdicts(policies, "eci-vswitch", "vsw-bp1****");
        assert_eq!(told(&Policies::default()), [(2120, Severity::Error)]);
        assert_eq!(told(&choosing("MaskedSamples", "Fixtures")), [(2120, Severity::Info)]);
    }

    #[test]
    fn injected_values_are_found_where_they_are_written() {
        let pod: Pod = serde_json::from_str(r#"{"metadata": {"name": "web", "namespace": "shop"}}"#).expect("a pod");
        let view = Object::from(&pod).pod().expect("a pod");
        let profile = ObjectRef::new("ConfigMap", Some("kube-system"), "eci-profile");
        let place = Location::new(profile, FieldPath::of("data.selectors"));
        let injected = [Injected {
            key: "k8s.aliyun.com/eci-max-pending-minute",
            value: "5",
            origin: Origin::ProfileEffect {
                selector: "batch".into(),
            },
            place: Some(&place),
        }];
        let policies = Policies::default();
        let mut findings = Findings::new();
        read(
            &view,
            Overlay::with(None, &injected),
            &Site::new(Edition::Ack, &policies),
            &mut findings,
        );
        let finding = findings.iter().next().expect("out of range");
        assert_eq!(
            finding.place().to_string(),
            "ConfigMap kube-system/eci-profile: data.selectors"
        );
        let (related, why) = &finding.related()[0];
        assert_eq!(
            (related.to_string().as_str(), why.as_ref()),
            ("Pod shop/web", "injected by eci-profile selector `batch`")
        );
    }
}
