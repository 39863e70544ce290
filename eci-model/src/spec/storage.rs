//! Temporary storage beyond the free amount.

use k8s_openapi::api::core::v1::Container;

use crate::decision::{Decided, Origin};
use crate::pod::EffectivePod;
use crate::quantity::{Memory, Quantity, amount};
use crate::settings::ExtraStorage;

/// GiB of temporary storage that every instance has for nothing (Increase the temporary storage space, 2024-08-13).
pub const FREE_STORAGE_GIB: u32 = 30;

/// How many GiB are added to the free temporary storage, and by whom.
///
/// The annotation adds what it says; `requests.ephemeral-storage` of the containers adds what they need together beyond the free amount,
/// rounded up to a GiB; of the two the larger counts (Increase the temporary storage space, 2024-08-13). That several containers add up is
/// a decision of this project. A limit without a request counts as the request, because Kubernetes makes it one.
pub fn extra_storage(pod: &EffectivePod<'_>) -> Decided<ExtraStorage> {
    let requested: Memory = pod.containers().iter().filter_map(request).sum();
    let beyond = requested.saturating_sub(Memory::from_gib(FREE_STORAGE_GIB));
    let beyond = ExtraStorage(u32::try_from(beyond.gib_ceil()).unwrap_or(u32::MAX));
    let field = || Origin::PodSpec {
        path: "spec.containers[].resources.requests.ephemeral-storage".into(),
    };
    match &pod.settings().extra_storage {
        Some(given) if given.value >= beyond => {
            let decided = given.clone().decided();
            match beyond.0 {
                0 => decided,
                _ => decided.beat(beyond.to_string(), field(), "the larger of both counts"),
            }
        }
        Some(given) => {
            let decided = Decided::because(field(), "requested beyond the free amount", beyond);
            decided.beat(
                given.value.to_string(),
                given.origin.clone(),
                "the larger of both counts",
            )
        }
        None if beyond.0 > 0 => Decided::because(field(), "requested beyond the free amount", beyond),
        None => {
            let page = "Increase the temporary storage space, 2024-08-13";
            Decided::because(Origin::Platform { page }, "the free amount alone", ExtraStorage(0))
        }
    }
}

fn request(container: &Container) -> Option<Memory> {
    let resources = container.resources.as_ref()?;
    let amount = |list| amount(list, "ephemeral-storage")?.and_then(Quantity::memory).ok();
    amount(resources.requests.as_ref()).or_else(|| amount(resources.limits.as_ref()))
}
