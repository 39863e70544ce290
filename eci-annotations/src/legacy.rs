//! Retired keys: what their values mean in the words of the keys that replaced them.

use crate::facts::Standing;
use crate::key::Row;
use crate::keys;
use crate::registry::registry;

/// The key that replaced a retired one.
pub(crate) fn successor(row: &Row) -> Option<&'static Row> {
    match row.facts().standing {
        Standing::Retired(successor) => registry().exactly(successor),
        _ => None,
    }
}

/// The value of the successor that means the same; `None` where no page gives one.
pub(crate) fn converted(row: &Row, text: &str) -> Option<String> {
    const UNCHANGED: [&str; 4] = [
        keys::INSTANCE_TYPE.name(),
        keys::IMAGE_CACHE.name(),
        keys::IMAGE_SNAPSHOT_ID.name(),
        keys::ACR_INSTANCE_ID.name(),
    ];
    let value = row.canonical(text).ok()?;
    let strategy = match (row.name(), value.as_str()) {
        (name, _) if UNCHANGED.contains(&name) => return Some(value),
        (name, "1") if name == keys::IPV6_COUNT.name() => "true",
        (name, "true") if name == keys::RESCHEDULE_ENABLE.name() => "fail-back",
        (name, "true") if name == keys::FAIL_ON_CREATE_ERR.name() => "fail-fast",
        (name, "false") if name == keys::FAIL_ON_CREATE_ERR.name() => "fail-back",
        _ => return None,
    };
    Some(strategy.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! conversions {
        ($($fact:ident: $key:literal, $old:literal => $new:expr;)*) => {$(
            #[test]
            fn $fact() {
                let row = registry().find(concat!("k8s.aliyun.com/", $key)).expect("listed");
                let value: Option<&str> = $new;
                assert_eq!(converted(row, $old).as_deref(), value);
                if let Some(value) = value {
                    let successor = successor(row).expect("retired");
                    assert_eq!(successor.canonical(value).as_deref(), Ok(value));
                }
            }
        )*};
    }

    conversions! {
        a_type_is_a_list_of_one: "eci-instance-type", "ecs.c5.large" => Some("ecs.c5.large");
        a_gpu_model_is_no_type: "eci-gpu-type", "P4" => None;
        automatic_matching_keeps_its_switch: "eci-image-cache", "true" => Some("true");
        a_snapshot_is_a_cache: "eci-image-snapshot-id", "imc-2zebxkiifuyzzlhl" => Some("imc-2zebxkiifuyzzlhl");
        one_address_is_a_switch: "eci-ipv6-count", "1" => Some("true");
        rescheduling_is_failing_back: "eci-reschedule-enable", "true" => Some("fail-back");
        no_rescheduling_means_nothing_known: "eci-reschedule-enable", "false" => None;
        errors_at_once_are_failing_fast: "pod-fail-on-create-err", "true" => Some("fail-fast");
        one_registry_is_a_list_of_one: "acr-instance-id", "cn-beijing:cri-j36zhodptmyq" => Some("cn-beijing:cri-j36zhodptmyq");
        a_bad_value_converts_to_nothing: "eci-image-cache", "yes" => None;
    }

    #[test]
    fn current_keys_have_no_successor() {
        assert!(successor(&keys::USE_SPECS.row()).is_none());
    }
}
